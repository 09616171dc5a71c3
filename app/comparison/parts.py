"""Parts: what a table of comparison is made of."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from app.comparison.words import Words

Shared = Literal["common", "some", "single"]
"""Of an industry: documents name it for all zones, for several of them, or for one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One statement in a cell.

    Attributes
    ----------
    text
        What is stated.
    note
        What goes with it.
    source
        The document and the place in it.
    shared
        Of an industry: which of the zones have it too; empty for anything else.
    places
        The places in documents that the source names, each with the words that stand there.
    """

    text: str
    note: str = ""
    source: str = ""
    shared: Shared | Literal[""] = ""
    places: tuple[dict[str, str], ...] = ()

    def as_line(self, words: Words) -> str:
        """Return the part as one line: what is stated, what goes with it, where it stands."""
        text = words("with_note", text=self.text, note=self.note) if self.note else self.text
        return words("with_source", text=text, source=self.source) if self.source else text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    Attributes
    ----------
    key
        Its name for programs.
    title
        Its name for people.
    cells
        A cell a zone: its statements, none where nothing is stated.
    shared
        Of a row of an industry: which zones have it.
    """

    key: str
    title: str
    cells: tuple[tuple[Part, ...], ...]
    shared: Shared | Literal[""] = ""

    @property
    def same(self) -> bool:
        """Whether every zone has the same statements."""
        return len({frozenset(part.text for part in cell) for cell in self.cells}) == 1

    def as_json(self) -> dict[str, Any]:
        """Return the row, without what is empty."""
        cells = [[{k: v for k, v in asdict(part).items() if v} for part in cell] for cell in self.cells]
        shared = {"shared": self.shared} if self.shared else {}
        return {"key": self.key, "title": self.title, "same": self.same, **shared, "cells": cells}


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together; the words have its title as ``section_{key}``."""

    key: str
    rows: list[Row]


def cited(words: Words, *records: dict[str, Any]) -> dict[str, Any]:
    """Return source and places of a part that rests on the evidence of records, each place once.

    Parameters
    ----------
    words
        The language.
    records
        What has a member ``evidence``, and perhaps the words that stand there: ``wording`` or ``clause_zh``.
    """
    found: dict[str, dict[str, str]] = {}
    for record in records:
        evidence = record.get("evidence") or {}
        place = {
            key: evidence[key] for key in ("document", "short_title_zh", "title_zh", "locator") if evidence.get(key)
        }
        wording = record.get("wording") or record.get("clause_zh")
        if place:
            found.setdefault(source_of(record), place | ({"wording": wording} if wording else {}))
    return {"source": words("join").join(found), "places": tuple(found.values())}


def source_of(record: dict[str, Any]) -> str:
    """Return the document and the place in it that a record names as its evidence."""
    evidence = record.get("evidence") or {}
    return "　".join(
        filter(None, (evidence.get("short_title_zh") or evidence.get("title_zh"), evidence.get("locator")))
    )
