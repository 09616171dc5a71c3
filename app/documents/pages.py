"""Pages: a passage of a document as HTML."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import yaml
from fastapi import FastAPI, Request
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.documents.headings import Kind
from app.documents.outline import CELL_MARK, Outline, Paragraph
from app.documents.passages import Passage, runs
from app.language import Language

SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'self'"
    ),
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Language",
}
"""Headers of every page: nothing runs, nothing comes from another host."""

MOST_OUTLINED = 30
"""Headings of the outline that a page shows, at most."""

_NEAR = 2
"""Paragraphs shown dimmed before and behind the passage; before and behind each of several pieces, one."""

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Document:
    """What a page says of a document.

    Attributes
    ----------
    id, title_zh, title_en, issuer_zh, issued_on, period
        As the facts have them.
    has_ended
        Whether the last year of its period is over.
    """

    id: str
    title_zh: str
    title_en: str
    issuer_zh: str
    issued_on: str | None
    period: str | None
    has_ended: bool

    @classmethod
    def of(cls, row: Any, *, today: date) -> "Document":
        """Return the document of a row of the database as of a day."""
        ended = row.period_end is not None and row.period_end < today.year
        return cls(row.id, row.title_zh, row.title_en, row.issuer_zh, row.issued_on, row.period, ended)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page addresses the service.

    Attributes
    ----------
    root
        Path below which a proxy serves it, without a slash at the end.
    path
        Path of the page.
    language
        Its language.
    asked
        Its query string; what was not given is empty.
    """

    root: str
    path: str
    language: Language
    asked: Mapping[str, str]

    @classmethod
    def of(cls, request: Request, language: Language, asked: Mapping[str, str]) -> "Frame":
        """Return the frame of a request's page."""
        root = request.scope.get("root_path", "").rstrip("/")
        path = request.url.path
        path = path if path.startswith(root) else f"{root}{path}"
        return cls(root, path, language, {"at": "", "mark": "", **asked})

    def address(self, **changed: str) -> str:
        """Return the address of the page with other parameters; an empty one is left out."""
        values = {name: value for name, value in {**self.asked, **changed}.items() if value}
        return f"{self.path}?{urlencode(values)}" if values else self.path


Segment = tuple[str, bool]
"""A piece of text, and whether it is marked."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph or a row as the template takes it.

    Attributes
    ----------
    cells
        Cells of a row, or the one text of a paragraph, each in pieces.
    carried
        How many of the cells go on from rows above.
    is_near
        Whether it only stands beside the passage.
    is_heading, is_header
        Whether it is a heading, or the header of a table.
    """

    cells: Sequence[Sequence[Segment]]
    carried: int
    is_near: bool
    is_heading: bool
    is_header: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Paragraphs without a gap.

    Attributes
    ----------
    path
        Headings above the first of the passage among them.
    groups
        Whether these are rows of one table, and the paragraphs or rows.
    """

    path: Sequence[str]
    groups: Sequence[tuple[bool, Sequence[Shown]]]


def page(frame: Frame, document: Document, outline: Outline, passage: Passage | None) -> str:
    """Return the page of a passage; without one the page says so, and shows how the document begins.

    Parameters
    ----------
    frame
        How the page addresses the service.
    document
        What it says of the document.
    outline
        The document's text.
    passage
        What is shown; None where the locator leads nowhere, or none was given.
    """
    return _render(
        frame,
        document=document,
        passage=passage,
        pieces=_pieces(outline, passage) if passage is not None else (),
        outline=_outline(frame, outline) if passage is None else (),
    )


def without_text(frame: Frame, document: Document, why: str) -> str:
    """Return the page of a document whose text is not at hand, with the reason in the page's language."""
    return _render(frame, document=document, why=why)


def unknown(frame: Frame, asked: str, rows: Iterable[Any]) -> str:
    """Return the page for an id that no document has, with the documents there are."""
    listed = [(f"{frame.root}/documents/{row.id}", getattr(row, f"title_{frame.language}")) for row in rows]
    return _render(frame, unknown=asked[:60], documents=listed)


def _render(frame: Frame, **context: Any) -> str:
    defaults: dict[str, Any] = dict.fromkeys(("document", "passage", "why", "unknown"))
    empty: dict[str, Any] = {"pieces": (), "outline": (), "documents": ()}
    template = _environment().get_template("passage.html")
    words = SimpleNamespace(**_texts(frame.language))
    return template.render(frame=frame, t=words, lang=frame.language, **{**defaults, **empty, **context})


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _texts(language: Language) -> dict[str, str]:
    entries = yaml.safe_load((_FOLDER / "templates" / "texts.yaml").read_text(encoding="utf-8"))
    return {key: str(words[language]) for key, words in entries.items()}


def _outline(frame: Frame, outline: Outline) -> list[tuple[int, str, str]]:
    """Return level, title and address of the first headings that have a locator."""
    found = []
    for heading in outline.headings:
        locator = outline.locator(heading)
        if locator and heading.kind in (Kind.ANNEX, Kind.CHAPTER, Kind.SECTION, Kind.TABLE):
            level = 2 if heading.kind == Kind.SECTION else 1
            found.append((level, heading.title, frame.address(at=locator, mark="")))
    return found[:MOST_OUTLINED]


def _pieces(outline: Outline, passage: Passage) -> list[Piece]:
    chosen = {one.number: one for one in passage.paragraphs}
    parts = runs(sorted(chosen))
    near = _NEAR if len(parts) == 1 else 1
    wide = sorted({at for part in parts for at in range(part.start - near, part.stop + near)})
    last = len(outline.paragraphs)
    pieces = []
    for part in runs(at for at in wide if 1 <= at <= last):
        first = next(chosen[at] for at in part if at in chosen)
        shown = [outline.paragraphs[at - 1] for at in part]
        pieces.append(Piece(outline.path(first), _groups(outline, passage, shown, frozenset(chosen))))
    return pieces


def _groups(
    outline: Outline, passage: Passage, shown: Sequence[Paragraph], chosen: frozenset[int]
) -> list[tuple[bool, list[Shown]]]:
    """Return paragraphs, and rows of one table together under its header."""
    groups: list[tuple[bool, list[Shown]]] = []
    for one in shown:
        is_row = bool(one.cells)
        if not groups or groups[-1][0] != is_row:
            groups.append((is_row, []))
            if is_row and not one.is_header and (header := _header(outline, one)) is not None:
                groups[-1][1].append(_shown(outline, passage, header, is_near=True))
        groups[-1][1].append(_shown(outline, passage, one, is_near=one.number not in chosen))
    return groups


def _header(outline: Outline, row: Paragraph) -> Paragraph | None:
    """Return the header that stands last above a row of the same table."""
    for one in reversed(outline.paragraphs[: row.number - 1]):
        if one.is_header:
            return one
        if not one.cells and not set(one.under) >= set(row.under[:1]):
            return None
    return None


def _shown(outline: Outline, passage: Passage, one: Paragraph, *, is_near: bool) -> Shown:
    starts = {heading.start + 1 for heading in outline.headings}
    printed = _segments(one.text, passage.marks.get(one.number, ()))
    cells = _in_cells(printed) if one.cells else [printed]
    carried = [[(cell, False)] for cell in one.cells[: one.carried]]
    return Shown(
        [*carried, *cells], one.carried, is_near, one.number in starts and not one.cells and "。" not in one.text,
        one.is_header,
    )  # fmt: skip


def _segments(text: str, ranges: Iterable[tuple[int, int]]) -> list[Segment]:
    """Return a text in pieces that are marked and pieces that are not."""
    marked = [False] * len(text)
    for begin, end in ranges:
        marked[begin:end] = [True] * (end - begin)
    pieces: list[Segment] = []
    for sign, is_marked in zip(text, marked, strict=True):
        if pieces and pieces[-1][1] == is_marked:
            pieces[-1] = (pieces[-1][0] + sign, is_marked)
        else:
            pieces.append((sign, is_marked))
    return pieces


def _in_cells(pieces: Iterable[Segment]) -> list[list[Segment]]:
    """Return the pieces of a row's text by cell."""
    cells: list[list[Segment]] = [[]]
    for text, is_marked in pieces:
        first, *others = text.split(CELL_MARK)
        cells[-1].append((first, is_marked))
        cells.extend([(other, is_marked)] for other in others)
    return [[piece for piece in cell if piece[0]] for cell in cells]


def mount_static(app: FastAPI) -> None:
    """Mount the style of the pages under ``/documents-static``."""
    app.mount("/documents-static", StaticFiles(directory=_FOLDER / "static"), name="documents-static")
