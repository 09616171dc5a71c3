"""Terms: the paragraph, or the rows of a table, that a term within a place leads to."""

import re
from collections.abc import Sequence

from app.documents.headings import run_in
from app.documents.outline import Paragraph
from app.documents.words import folded

Candidate = tuple[int, Paragraph]
"""A paragraph with its index."""


def find(term: str, texts: Sequence[Candidate], rows: Sequence[Candidate]) -> list[int]:
    """Return the indexes of the paragraphs that a term leads to, or none.

    The paragraph that has the term as its run-in title comes before one that begins with it, this before one whose
    title holds it, then the shortened forms of titles (经开区 for 天津经济技术开发区), then what holds it anywhere.
    Where no paragraph has it, rows of tables are looked at: all rows with a cell that is the term, else those that
    hold it.

    Parameters
    ----------
    term
        The term, folded.
    texts
        Paragraphs of the place outside of tables.
    rows
        Rows of the tables in it.
    """
    rows = [(at, one) for at, one in rows if not one.is_header]
    return titled(term, texts) or _in_texts(term, texts) or _in_rows(term, rows) or _apart(term, texts, rows)


def titled(term: str, texts: Sequence[Candidate]) -> list[int]:
    """Return the index of the paragraph that has a term as its run-in title, else of the first that begins with it."""
    titles = [(at, run_in(one.words)) for at, one in texts]
    named = [at for at, title in titles if title == term]
    return named[:1] or [at for at, title in titles if title.startswith(term)][:1]


def _in_texts(term: str, texts: Sequence[Candidate]) -> list[int]:
    titles = [(at, run_in(one.words)) for at, one in texts]
    if held := [at for at, title in titles if term in title]:
        return held[:1]
    if (short := _shortened(term, titles)) is not None:
        return [short]
    return [at for at, one in texts if term in one.words]


def _in_rows(term: str, rows: Sequence[Candidate]) -> list[int]:
    cells = [(at, [folded(cell) for cell in one.cells or (one.words,)]) for at, one in rows]
    return [at for at, row in cells if term in row] or [at for at, row in cells if any(term in cell for cell in row)]


def _apart(term: str, texts: Sequence[Candidate], rows: Sequence[Candidate]) -> list[int]:
    """Return the one paragraph that holds the signs of the term near each other: 经开区北区、中区 for 经开区中区."""
    near = [at for at, one in [*texts, *rows] if _span(term, one.words) <= 2 * len(term) + 2]
    return near if len(near) == 1 and len(term) > 2 else []


_PAUSE = re.compile(r"[(,、]")


def _shortened(term: str, titles: Sequence[tuple[int, str]]) -> int | None:
    """Return the paragraph whose opening words the term shortens; the tightest, and of these the first to begin."""
    best: tuple[int, int, int] | None = None
    for at, title in titles:
        opening = _PAUSE.split(title, maxsplit=1)[0]
        span = _span(term, opening)
        if len(term) > 2 and span <= len(opening):
            this = (span, opening.index(term[0]), at)
            best = min(best, this) if best else this
    return best[2] if best else None


def _span(term: str, text: str) -> int:
    """Return the length of the shortest piece of a text with the signs of a term in their order, or a huge number."""
    best = 1_000_000
    start = text.find(term[0])
    while start >= 0:
        end = start
        for sign in term[1:]:
            end = text.find(sign, end + 1)
            if end < 0:
                return best
        best = min(best, end - start + 1)
        start = text.find(term[0], start + 1)
    return best
