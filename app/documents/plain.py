"""Plain text: paragraphs a line each, and tables whose cells begin with a tab or are parted by tabs."""

import codecs
from itertools import groupby

from app.documents.blocks import Block, Table, Unreadable
from app.messages import Message

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TEXT, _TABBED, _ROW = range(3)
_Line = tuple[int, list[str]]
"""What a line is: a paragraph, a line with tabs in it, a row of cells that began with a tab each; and its cells."""


def read_plain(content: bytes) -> list[Block]:
    """Return the blocks of a text file.

    A table is written as word processors write it when they save text: a line that begins with a tab for each cell, an
    empty line between rows, lines without a tab that go on with the cell before; or a line for each row, its cells
    parted by tabs.

    Parameters
    ----------
    content
        The file: UTF-8, UTF-16 with a byte order mark, or GB 18030.

    Raises
    ------
    Unreadable
        When it is in no such encoding.
    """
    blocks: list[Block] = []
    for kind, lines in groupby(_lines(_decoded(content)), key=lambda line: line[0]):
        blocks += _block(kind, [cells for _, cells in lines])
    return [block for block in blocks if block]


def _decoded(content: bytes) -> str:
    encodings = [encoding for mark, encoding in _MARKS if content.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(Message("it is not text in UTF-8, UTF-16 or GB 18030"))


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    row: list[str] | None = None
    for line in text.splitlines():
        if line.startswith("\t"):
            if row is None:
                row = []
                found.append((_ROW, row))
            row += line[1:].split("\t")
        elif not line.strip():
            row = None
        elif row is not None:
            row[-1] += f"\n{line}"
        else:
            cells = line.strip().split("\t")
            found.append((_TABBED if len(cells) > 1 else _TEXT, cells))
    return found


def _block(kind: int, rows: list[list[str]]) -> list[Block]:
    """Return lines of a kind as paragraphs or as a table.

    One line with tabs in it makes no table, nor one row of several cells: that is how indented paragraphs look.
    """
    if kind == _TEXT:
        return [cells[0].strip() for cells in rows]
    alike = len(rows) > 1 and len({len(cells) for cells in rows}) == 1
    if kind == _TABBED and not alike:
        return [" ".join(cells) for cells in rows]
    if len(rows) == 1 and len(rows[0]) > 1:
        return [line.strip() for cell in rows[0] for line in cell.split("\n")]
    return [Table(tuple(tuple(_tidy(cell) for cell in cells) for cells in _whole_rows(rows)))]


def _whole_rows(rows: list[list[str]]) -> list[list[str]]:
    """Return rows without the breaks that empty lines within a cell make: two parts are as wide as the first row."""
    whole: list[list[str]] = []
    for cells in rows:
        if len(whole) > 1 and len(whole[-1]) + len(cells) == len(whole[0]):
            whole[-1] = whole[-1] + cells
        else:
            whole.append(cells)
    return whole


def _tidy(cell: str) -> str:
    return "\n".join(line.strip() for line in cell.strip().split("\n"))
