"""Building: from the blocks of a file to its outline."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.documents.blocks import Block, Table
from app.documents.headings import LONGEST_CAPTION, Found, Kind, is_title, recognise
from app.documents.outline import CELL_MARK, Heading, Outline, Paragraph
from app.documents.words import folded


def outline_of(blocks: Iterable[Block], *, tells_cells: bool = True) -> Outline:
    """Return the paragraphs and headings of a document.

    Parameters
    ----------
    blocks
        What a reader found, in order.
    tells_cells
        Whether the reader finds tables.
    """
    builder = _Builder()
    for block, is_above_table in _with_captions(_without_contents([block for block in blocks if block])):
        if isinstance(block, Table):
            builder.add_table(block)
        else:
            builder.add_line(block, is_caption=is_above_table)
    builder.close(0)
    _end_run_in_items(builder.headings, builder.lines)
    return Outline(_paragraphs(builder), tuple(builder.headings), tells_cells)


_CONTENTS = re.compile(r"目\s*[录次]")
_PAGE_NUMBER = re.compile(r"[.．…·⋯\s]*[.．…·⋯\s]\d{1,3}$")


def _without_contents(blocks: list[Block]) -> list[Block]:
    """Return the blocks without a table of contents, whose lines would be taken for the headings themselves.

    It ends where its first line comes again.
    """
    lines = [block if isinstance(block, str) else block.rows[0][0] for block in blocks]
    titles = [_PAGE_NUMBER.sub("", line.strip()) for line in lines]
    for at, title in enumerate(titles[:-1]):
        if _CONTENTS.fullmatch(title):
            first = folded(titles[at + 1])
            ends = (other for other in range(at + 2, len(titles)) if first and folded(titles[other]) == first)
            end = next(ends, at)
            return blocks[:at] + blocks[end:]
    return blocks


_UNIT = re.compile(r"[（(]?\s*(计量)?单位\s*[:：]")


def _with_captions(blocks: list[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield each block, and whether it stands right above a table; a line with the unit may stand between them."""
    for at, block in enumerate(blocks):
        below = at + 1
        while below < len(blocks) and _is_unit(blocks[below]):
            below += 1
        table = blocks[below] if below < len(blocks) else None
        yield block, isinstance(table, Table) and not table.is_frame and not _is_unit(block)


def _is_unit(block: Block) -> bool:
    return isinstance(block, str) and len(block) < LONGEST_CAPTION and _UNIT.match(block) is not None


_BROKEN = re.compile("(?<=[\u4e00-\u9fff、]) (?=[\u4e00-\u9fff])")
"""A break within words, as narrow cells have them: 国 家 级."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    cells: tuple[str, ...] = ()
    carried: int = 0
    is_header: bool = False


@dataclass
class _Builder:
    """Takes paragraphs and tables in order; keeps the headings that are open, and closes them."""

    lines: list[_Line] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    floor: int = 0
    """How many of the open headings stay open whatever comes, as those around a table do while its rows are read."""

    def add_line(self, text: str, *, is_caption: bool = False) -> None:
        """Add a paragraph; a short line right above a table is its caption."""
        found = recognise(text)
        if is_caption and is_title(text.strip()) and (found is None or found.kind == Kind.TITLE):
            found = Found(Kind.TABLE, None, text)
        placed = self._placed(found, text) if found is not None else None
        if placed is not None:
            self._open(placed, text)
        elif self._within_table() and len(text) > LONGEST_CAPTION and text.rstrip().endswith("。"):
            self.close(len(self.open) - 1)
        self.lines.append(_Line(text))

    def add_table(self, table: Table) -> None:
        """Add a table's rows, or the paragraphs of a frame."""
        if table.is_frame:
            self._add_frame([line for row in table.rows for line in row[0].split("\n") if line.strip()])
            return
        rows = [tuple(_BROKEN.sub("", " ".join(cell.split())) for cell in row) for row in table.rows]
        if not any(map(any, rows)):
            return
        if not self._within_table():
            self._open(Found(Kind.TABLE, None, ""), "")
        with self._inside():
            self._add_rows([row for row in rows if any(row)])

    def close(self, keep: int) -> None:
        """Close the open headings but the first ones."""
        while len(self.open) > keep:
            self.headings[self.open.pop()].end = len(self.lines)

    def _add_frame(self, lines: list[str]) -> None:
        first = recognise(lines[0]) if lines else None
        if first is None or first.kind != Kind.FRAME:
            for line in lines:
                self.add_line(line)
            return
        self.add_line(lines[0])
        with self._inside():
            for line in lines[1:]:
                self.add_line(line)

    def _add_rows(self, rows: list[tuple[str, ...]]) -> None:
        header, above = rows[0], rows[0]
        for row in rows:
            filled = [cell for cell in row if cell]
            if len(filled) == 1 and row != header:
                found = recognise(filled[0])
                if found is not None and found.kind in (Kind.CHAPTER, Kind.SECTION):
                    self._open(found, filled[0])
                self.lines.append(_Line(filled[0]))
                above = header
                continue
            carried = _carried(row, above) if above != header else 0
            cells = above[:carried] + row[carried:]
            self.lines.append(_Line(CELL_MARK.join(cells[carried:]), cells, carried, row == header))
            above = header if row == header else cells

    @contextmanager
    def _inside(self) -> Iterator[None]:
        """Keep what is open open, and close at the end the heading that was opened last before, with all within it."""
        before, self.floor = self.floor, len(self.open)
        yield
        self.close(self.floor - 1)
        self.floor = before

    def _within_table(self) -> bool:
        return bool(self.open) and self.headings[self.open[-1]].kind == Kind.TABLE

    def _placed(self, found: Found, text: str) -> Found | None:
        """Return a heading as the place it is found at makes it; None where it is none here."""
        if found.kind == Kind.ANNEX and not any(one.kind == Kind.CHAPTER for one in self.headings):
            return None  # a line such as 附件3 at the top says what the document itself is an annex of
        if self._within_table() and found.kind in (Kind.ITEM, Kind.SUBITEM, Kind.TITLE):
            return None  # lines of a table whose cells the reader could not tell
        short = len(text) <= LONGEST_CAPTION and not text.rstrip().endswith("。")
        if short and found.kind == Kind.ITEM and self._goes_on(found, Kind.CHAPTER):
            return Found(Kind.CHAPTER, found.number, found.rest)
        if short and found.kind == Kind.SUBITEM and self._goes_on(found, Kind.SECTION):
            return Found(Kind.SECTION, found.number, found.rest)
        if found.loose and found.number != (self._last(found.kind) or 0) + 1:
            return None
        return found

    def _goes_on(self, found: Found, kind: Kind) -> bool:
        """Tell whether a number goes on from the last heading of a kind, and begins or goes on no list within it.

        Word processors that save text write 7、 or （2） where they number with 七、 or （二） themselves.
        """
        number = found.number or 0
        return number > 1 and not self.floor and self._last(kind) == number - 1 and self._last(found.kind) is None

    def _last(self, kind: Kind) -> int | None:
        """Return the number of the last heading of a kind that one opened now would stand beside, or None."""
        keep = self._kept_open(kind)
        parent = self.open[keep - 1] if keep else None
        beside = (one.number for one in reversed(self.headings) if one.kind == kind and one.parent == parent)
        return next(beside, None)

    def _kept_open(self, kind: Kind) -> int:
        keep = len(self.open)
        while keep > self.floor and _rank(self.headings[self.open[keep - 1]].kind) >= _rank(kind):
            keep -= 1
        return keep

    def _open(self, found: Found, text: str) -> None:
        self.close(self._kept_open(found.kind))
        title = text if len(text) <= LONGEST_CAPTION else text.partition("。")[0][:LONGEST_CAPTION]
        words = folded(found.rest.partition("。")[0])
        parent = self.open[-1] if self.open else None
        self.open.append(len(self.headings))
        self.headings.append(
            Heading(found.kind, found.number, title, words, start=len(self.lines), end=len(self.lines), parent=parent)
        )


def _rank(kind: Kind) -> int:
    """Return how far out a heading stands: titles, tables and frames stand beside each other."""
    return min(kind, Kind.TITLE)


def _carried(row: tuple[str, ...], above: tuple[str, ...]) -> int:
    """Return how many cells at the beginning of a row are empty, so that those above go on."""
    return min(next((at for at, cell in enumerate(row) if cell), len(row)), len(above))


def _end_run_in_items(headings: list[Heading], lines: list[_Line]) -> None:
    """End the last of several items at its own paragraph where each item before is one paragraph, title and text.

    What follows then speaks of the section as a whole.
    """
    beside: dict[int | None, list[Heading]] = {}
    for heading in headings:
        if heading.kind == Kind.ITEM:
            beside.setdefault(heading.parent, []).append(heading)
    for *before, last in beside.values():
        alone = all(one.end - one.start == 1 for one in before)
        if before and alone and all("。" in lines[one.start].text for one in (*before, last)):
            last.end = last.start + 1


def _paragraphs(builder: _Builder) -> tuple[Paragraph, ...]:
    under: list[list[int]] = [[] for _ in builder.lines]
    for index, heading in enumerate(builder.headings):
        for at in range(heading.start + 1, heading.end):
            under[at].append(index)
    return tuple(
        Paragraph(at + 1, line.text, folded(line.text), tuple(under[at]), line.cells, line.carried, line.is_header)
        for at, line in enumerate(builder.lines)
    )
