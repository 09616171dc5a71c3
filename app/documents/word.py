"""Word documents: the paragraphs and tables of a .docx file, with the numbers that Word prints by itself."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from app.documents.blocks import Block, Table, Unreadable
from app.documents.word_numbers import Numbers, W
from app.messages import Message

LARGEST_PART = 64 * 1024 * 1024
"""Bytes that one part of a document may unpack to."""

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({_FALLBACK, f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}tbl"})
_BREAKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read_word(content: bytes) -> list[Block]:
    """Return the blocks of a Word document.

    Parameters
    ----------
    content
        The file, Office Open XML (ECMA-376).

    Raises
    ------
    Unreadable
        When it is none, or unpacks to more than is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            document = _part(archive, "word/document.xml")
            if document is None:
                raise Unreadable(Message("it is not a Word document (.docx)"))
            numbers = Numbers(_part(archive, "word/numbering.xml"), _part(archive, "word/styles.xml"))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(Message("it is not a Word document (.docx)")) from error
    body = document.find(f"{W}body")
    blocks = _blocks(body, numbers) if body is not None else ()
    return [block for block in blocks if block]


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the root of a part, or None where the document has none of that name."""
    if name not in archive.namelist():
        return None
    with archive.open(name) as file:
        content = file.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise Unreadable(Message("it unpacks to more than {most} MB", most=LARGEST_PART // 1024**2))
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _blocks(parent: Any, numbers: Numbers) -> Iterator[Block]:
    for element in parent:
        if element.tag == f"{W}p":
            yield from _paragraphs(element, numbers)
        elif element.tag == f"{W}tbl":
            if rows := tuple(row for row in _rows(element, numbers) if row):
                yield Table(rows)
        elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
            yield from _blocks(element, numbers)


def _paragraphs(paragraph: Any, numbers: Numbers) -> Iterator[str]:
    """Yield a paragraph, one for each line where it has line breaks, then those of the text boxes fixed to it."""
    text = "".join(_text(paragraph))
    if text.strip():
        text = numbers.before(paragraph) + text
    for line in text.split("\n"):
        if line.strip():
            yield line.strip()
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            for block in _blocks(box, numbers):
                yield from [block] if isinstance(block, str) else [cell for row in block.rows for cell in row if cell]


def _text(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield "" if child.get(f"{W}type") == "page" else _BREAKS[child.tag]
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            yield from _text(child)


def _rows(table: Any, numbers: Numbers) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table; a cell that goes on from above is empty at the beginning of a row, else repeated."""
    above: dict[int, str] = {}
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        cells: list[str] = []
        column = 0
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue
            text, goes_on = "\n".join(_lines(cell, numbers)), _goes_on(cell)
            text = above.get(column, "") if goes_on else text
            above[column] = text
            cells.append("" if goes_on and not any(cells) else text)
            column += _span(cell)
        yield tuple(cells)


def _lines(cell: Any, numbers: Numbers) -> Iterator[str]:
    for block in _blocks(cell, numbers):
        if isinstance(block, str):
            yield block
        else:
            yield from (" ".join(part for part in row if part) for row in block.rows)


def _goes_on(cell: Any) -> bool:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _span(cell: Any) -> int:
    found = cell.find(f"{W}tcPr/{W}gridSpan")
    value = found.get(f"{W}val", "1") if found is not None else "1"
    return int(value) if value.isdecimal() else 1
