"""PDF: the paragraphs of a .pdf file that holds text, put together again from its lines."""

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from app.documents.blocks import Block, Unreadable
from app.documents.headings import Kind, recognise
from app.messages import Message

MOST_PAGES = 1_000
"""Pages that are read."""

_PAGE_NUMBER = re.compile(r"[\s\-—–－·•]*(第\s*)?\d{1,4}(\s*页)?(\s*[/／]\s*\d{1,4})?[\s\-—–－·•]*")
_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
"""Signs of the same shape as characters, which fonts make of these: ⼀ for 一."""

_BULLET = re.compile(r"[—–●■◆•]")
_SENTENCE_END = re.compile(r"[。！？；：.!?;:][”’」』）)]*$")
_FULL = 0.88
"""Part of the usual width from which a line counts as full, so that the next one goes on with it."""

_SHORT = 0.75
"""The same where paragraphs are indented: only lines of tables, titles and last lines are so short."""

_INDENTED = (10.0, 72.0)
"""Points by which the first line of a paragraph begins further right: two characters of 10 to 22 points, or so."""

_OFTEN = 0.05
"""Part of the lines from which a place to begin at counts as the margin, or as that of first lines."""

_EDGE_LINES = 2
"""Lines at the top and at the bottom of a page that may be its header and footer."""

logging.getLogger("pypdf").setLevel(logging.ERROR)


@dataclass(slots=True)
class _Line:
    """A line as printed, and where it begins, points from the left edge of the page."""

    text: str = ""
    left: float | None = None

    @property
    def width(self) -> float:
        """Its width in Chinese characters."""
        return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.5 for sign in self.text.strip())


@dataclass
class _Lines:
    """Takes the pieces of text that the parser meets on a page."""

    found: list[_Line] = field(default_factory=lambda: [_Line()])

    def add(self, text: str, page: Any, line: Any, *_: Any) -> None:
        """Take a piece with the matrices of the page and of the text (ISO 32000-1, 9.4.4)."""
        left = float(line[4] * page[0] + line[5] * page[2] + page[4])
        for at, piece in enumerate(text.split("\n")):
            if at:
                self.found.append(_Line())
            last = self.found[-1]
            if piece.strip() and last.left is None:
                last.left = left
            last.text += piece


def read_pdf(content: bytes) -> list[Block]:
    """Return the paragraphs of a PDF file; its tables are lines like any other.

    Parameters
    ----------
    content
        The file.

    Raises
    ------
    Unreadable
        When it is no PDF, asks for a password, or holds pictures of pages without text.
    """
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(Message("it asks for a password"))
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(Message("it has more than {most} pages", most=MOST_PAGES))
        pages = [_lines(page) for page in reader.pages]
    except Unreadable:
        raise
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError) as error:
        # Broken files make the parser stumble in many ways; it has no error of its own for all of them.
        raise Unreadable(Message("it is not a PDF file, or a broken one")) from error
    lines = [_Line(_RADICAL.sub(_character, one.text), one.left) for one in _body(pages)]
    if not lines:
        raise Unreadable(Message("it holds pictures of pages and no text; let a program recognise the text first"))
    return list(_paragraphs(lines))


def _character(radical: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", radical[0])


def _lines(page: PageObject) -> list[_Line]:
    lines = _Lines()
    page.extract_text(visitor_text=lines.add)
    return lines.found


def _body(pages: Sequence[Sequence[_Line]]) -> Iterator[_Line]:
    """Yield the lines without page numbers, and without what stands at the edge of most pages."""
    kept = [[one for one in page if one.text.strip() and not _PAGE_NUMBER.fullmatch(one.text)] for page in pages]
    edges = Counter(text for page in kept for text in {one.text.strip() for one in _edge(page)})
    repeated = {text for text, times in edges.items() if times > max(2, len(pages) // 2)}
    for page in kept:
        edge = {id(one) for one in _edge(page)}
        yield from (one for one in page if id(one) not in edge or one.text.strip() not in repeated)


def _edge(page: Sequence[_Line]) -> list[_Line]:
    return [*page[:_EDGE_LINES], *page[-_EDGE_LINES:]]


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    widths = sorted(line.width for line in lines)
    usual = widths[int(len(widths) * 0.9)]
    indented = _indented(lines)
    text = ""
    ended = True
    for line in lines:
        if text and (ended or id(line) in indented or _begins(line, text, usual)):
            yield text
            text = ""
        text = _joined(text, line.text.strip())
        # Without indentation a sentence that ends just before the end of a line has to do.
        last = not indented and line.width < usual - 1 and _SENTENCE_END.search(text) is not None
        ended = line.width < (_SHORT if indented else _FULL) * usual or last
    if text:
        yield text


def _indented(lines: Sequence[_Line]) -> set[int]:
    """Return the ids of the lines that begin right of the margin, or none where paragraphs are not set so."""
    lefts = Counter(round(line.left) for line in lines if line.left is not None)
    margin = min((left for left, times in lefts.items() if times >= _OFTEN * len(lines)), default=0)
    least, most = _INDENTED
    found = {id(one) for one in lines if one.left is not None and least <= one.left - margin <= most}
    return found if len(found) >= _OFTEN * len(lines) else set()


def _begins(line: _Line, before: str, usual: float) -> bool:
    """Tell whether a line begins a paragraph though the line before it is full."""
    text = line.text
    if text.startswith(("\u3000", "  ")):
        return True
    found = recognise(text)
    numbered = found is not None and found.kind not in (Kind.TITLE, Kind.SUBITEM)
    if _SENTENCE_END.search(before):
        return numbered or _BULLET.match(text) is not None
    # A full line may go on with 一、 too: 三期新建及一、二期改扩建.
    return numbered and line.width < _FULL * usual and not _SENTENCE_END.search(text)


def _joined(text: str, line: str) -> str:
    """Return two lines as one, with a space between words of Latin letters."""
    space = " " if text and text[-1].isascii() and line[:1].isascii() and text[-1].isalpha() else ""
    return f"{text}{space}{line}"
