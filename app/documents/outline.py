"""Outline: the paragraphs of a document, and the headings they stand under."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.headings import Kind
from app.documents.words import numeral_of

CELL_MARK = "\t"
"""Stands between the cells of a row in its text."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a row of a table.

    Attributes
    ----------
    number
        Its place in the document, from 1.
    text
        As printed; the cells of a row are parted by tabs, without those carried down.
    words
        The text in the form in which words are compared.
    under
        The headings it stands under, outermost first, as indexes into ``Outline.headings``; a heading's own line does
        not stand under it.
    cells
        Cells of a row, with those that go on from the rows above. Of a paragraph none.
    carried
        How many of the cells, the first ones, go on from the rows above.
    is_header
        Whether the row is the header of its table.
    """

    number: int
    text: str
    words: str
    under: tuple[int, ...]
    cells: tuple[str, ...] = ()
    carried: int = 0
    is_header: bool = False


@dataclass(slots=True)
class Heading:
    """A heading and the paragraphs it heads, its own line being the first of them.

    Attributes
    ----------
    kind, number
        What it heads; its number where one is printed.
    title
        Its line; of a numbered paragraph only the words before the first stop.
    words
        The title without its number, in the form in which words are compared.
    start, end
        Indexes of its own line and of the paragraph behind its last one.
    parent
        Index of the heading it stands under, or None.
    """

    kind: Kind
    number: int | None
    title: str
    words: str
    start: int
    end: int
    parent: int | None


@dataclass(frozen=True)
class Outline:
    """A document's text.

    Attributes
    ----------
    paragraphs
        Paragraphs and rows in order.
    headings
        Headings in order.
    tells_cells
        Whether the file tells the cells of its tables apart; else their rows are lines like any other.
    """

    paragraphs: Sequence[Paragraph]
    headings: Sequence[Heading]
    tells_cells: bool = True

    def path(self, paragraph: Paragraph) -> list[str]:
        """Return the titles a paragraph stands under, outermost first; those of a row with the cells carried down."""
        titles = (self.headings[index].title for index in paragraph.under)
        return [title for title in (*titles, *paragraph.cells[: paragraph.carried]) if title]

    def locator(self, heading: Heading) -> str | None:
        """Return the locator of a chapter, section, item, annex or numbered table; None of other headings."""
        above = heading
        while above.parent is not None and (above is heading or above.kind > Kind.SUBITEM):
            above = self.headings[above.parent]
        before = self.locator(above) if above is not heading else ""
        if heading.number is None or before is None:
            return None
        if heading.kind in (Kind.ANNEX, Kind.TABLE):
            named = _NAMED.match(heading.title)
            return f"{named[0]}{heading.number}" if named else None
        dot = "·" if above.kind == Kind.ANNEX else ""
        number = {
            Kind.CHAPTER: numeral_of(heading.number),
            Kind.SECTION: f"（{numeral_of(heading.number)}）",
            Kind.ITEM: str(heading.number),
            Kind.SUBITEM: f"（{heading.number}）",
        }.get(heading.kind)
        return f"{before}{dot}{number}" if number else None


_NAMED = re.compile("附件|附录|附?表")
