"""Verifying: whether every locator of the facts leads somewhere, and every wording stands where its locator leads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.documents.blocks import Unreadable
from app.documents.marks import find_marks
from app.documents.outline import Outline
from app.documents.resolving import Resolution, resolve
from app.documents.shelf import NoText, Shelf

WORDINGS = ("wording", "clause_zh", "verb_zh", "base_text", "target_text")
"""Columns that hold words of the document."""

NAMES = {
    "named": ("name_zh",),
    "projects": ("name_zh",),
    "industry_firms": ("name_zh",),
    "cluster_places": ("name_zh",),
    "industry_terms": ("term",),
}
"""Columns that hold words of the document in some tables only."""


class Row(Protocol):
    """A row of a table of facts, as ``app.loading`` reads it."""

    @property
    def place(self) -> str:
        """``file:line``."""

    @property
    def values(self) -> Mapping[str, Any]:
        """Values by column."""


@dataclass
class Verdict:
    """What was found.

    Attributes
    ----------
    faults
        ``file:line: what`` for each locator that leads nowhere or not all the way, and each wording that is not there.
    locators, wordings
        How many were looked for.
    wider
        How many locators lead to a wider place, because the text lacks a heading or the cells of a table.
    unread
        Documents without a text, by id, with the reason; their rows are not looked at.
    """

    faults: list[str] = field(default_factory=list)
    locators: int = 0
    wordings: int = 0
    wider: int = 0
    unread: dict[str, str] = field(default_factory=dict)


def verify(tables: Mapping[str, Sequence[Row]], shelf: Shelf) -> Verdict:
    """Look up every locator and every wording of the facts in the documents' texts.

    Parameters
    ----------
    tables
        Rows by table name; those of tables with the columns ``document`` and ``locator`` are looked at.
    shelf
        The documents.
    """
    verdict = Verdict()
    outlines: dict[str, Outline | None] = {}
    for table, rows in tables.items():
        for row in rows:
            document, locator = row.values.get("document"), row.values.get("locator")
            if not document or not locator:
                continue
            if document not in outlines:
                outlines[document] = _outline(shelf, document, verdict)
            outline = outlines[document]
            if outline is not None:
                _verify_row(verdict, outline, row, (*WORDINGS, *NAMES.get(table, ())))
    return verdict


def _outline(shelf: Shelf, document: str, verdict: Verdict) -> Outline | None:
    try:
        return shelf.text(document).outline
    except (NoText, Unreadable) as fault:
        verdict.unread[document] = str(fault.args[0])
        return None


def _verify_row(verdict: Verdict, outline: Outline, row: Row, columns: Sequence[str]) -> None:
    locator = row.values["locator"]
    found = resolve(outline, locator)
    verdict.locators += 1
    if found is None:
        verdict.faults.append(f"{row.place}: locator: {locator!r} leads nowhere in {row.values['document']}")
        return
    if found.absent:
        steps = ", ".join(found.absent)
        verdict.faults.append(f"{row.place}: locator: {locator!r}: {steps} is not in {row.values['document']} there")
    verdict.wider += bool(found.lost)
    for column, wording in _wordings(row, columns):
        verdict.wordings += 1
        if not find_marks(found.paragraphs, wording) and not _may_be_hidden(outline, found):
            verdict.faults.append(f"{row.place}: {column}: {wording!r} does not stand at {locator}")


def _wordings(row: Row, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    for column in columns:
        if value := row.values.get(column):
            yield column, str(value)


def _may_be_hidden(outline: Outline, found: Resolution) -> bool:
    """Tell whether words may be there unseen: lines of a table, told row by row, cut the words of its cells apart."""
    return bool(found.lost) and not outline.tells_cells
