"""Routes: ``/documents/{id}`` and ``/api/documents/{id}/passage``: the paragraph that a fact was read from."""

import asyncio
import json
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse, Response

from app.answers import etag, single_values, text_answer
from app.db.reader import Reader
from app.dependencies import ReaderDep
from app.documents import pages
from app.documents.blocks import Unreadable
from app.documents.locators import LONGEST
from app.documents.passages import Passage, as_json, passage_of
from app.documents.shelf import NoText, Shelf, Text
from app.language import Language, preferred
from app.messages import Message, translated
from app.problems import BadRequest, NotFound, ParameterError, problem

router = APIRouter(tags=["facts"])

_DOCUMENT = """
SELECT id, title_zh, title_en, issuer_zh, issued_on, period, period_end FROM yuantu.document WHERE id = :id"""
_IDS = "SELECT id, title_zh, title_en, issuer_zh, issued_on, period, period_end FROM yuantu.document ORDER BY sort"


async def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.documents
    return shelf


ShelfDep = Annotated[Shelf, Depends(_shelf)]
IdPath = Annotated[str, Path(max_length=100, description="Id of a document; /api/documents lists them.")]


_AT = {
    "in": "query",
    "name": "at",
    "description": "Locator of a fact, such as 三（二）1·光伏.",
    "required": True,
    "schema": {"type": "string", "pattern": r"\S", "minLength": 1, "maxLength": LONGEST},
}
_MARK = {
    "in": "query",
    "name": "mark",
    "description": "Wording to mark.",
    "required": False,
    "schema": {"type": "string", "maxLength": LONGEST},
}


@router.get(
    "/api/documents/{document_id}/passage",
    summary="The paragraphs that a locator leads to",
    openapi_extra={"parameters": [_AT, _MARK]},
)
async def passage(request: Request, reader: ReaderDep, shelf: ShelfDep, document_id: IdPath) -> Response:
    """Return the paragraphs, at most 20, with the headings they stand under and the places of the wording.

    ``exact`` is false where the text lacks a step of the locator (``missing`` names it), so that the place is wider.
    404 where the operator keeps no text of the document, or the locator leads nowhere in it.
    """
    asked = _asked(request, ("at", "mark"))
    if "at" not in asked:
        raise BadRequest([ParameterError("at", Message("should be given"))])
    row = await _known(reader, document_id)
    try:
        text = await asyncio.to_thread(shelf.text, row.id)
    except NoText as missing:
        raise NotFound("text of the document", row.id, hint=missing.hint) from None
    except Unreadable as fault:
        return problem(request, 503, _broken(row.id, fault))
    found = await _found(text, asked)
    if found is None:
        raise NotFound("place", asked["at"], hint="the text of the document has no such heading or table")

    async def produce() -> str:
        return json.dumps(as_json(row.id, text.outline, found), ensure_ascii=False, separators=(",", ":"))

    tag = etag(row.id, text.signature, asked["at"], asked.get("mark", ""))
    return await text_answer(request, tag, produce)


@router.get("/documents/{document_id}", response_class=HTMLResponse, include_in_schema=False)
async def page(request: Request, reader: ReaderDep, shelf: ShelfDep, document_id: IdPath) -> Response:
    """Return the passage as a page: the wording marked, the headings above, the neighbours dimmed."""
    asked = _asked(request, ("at", "mark", "lang"))
    language = _language(request, asked)
    rows = await reader.rows(_IDS)
    row = next((one for one in rows if one.id == document_id), None)
    frame = pages.Frame.of(request, language, asked)
    if row is None:
        return _page(pages.unknown(frame, document_id, rows), 404)
    document = pages.Document.of(row, today=date.today())
    try:
        text = await asyncio.to_thread(shelf.text, row.id)
    except NoText as missing:
        return _page(pages.without_text(frame, document, translated(missing.hint, language)), 404)
    except Unreadable as fault:
        return _page(pages.without_text(frame, document, translated(_broken(row.id, fault), language)), 503)
    found = await _found(text, asked)
    html = pages.page(frame, document, text.outline, found)
    if found is None and "at" in asked:
        return _page(html, 404)

    async def produce() -> str:
        return html

    headers = dict(pages.SECURITY)
    return await text_answer(request, etag(html), produce, media_type="text/html; charset=utf-8", headers=headers)


def _page(html: str, status: int) -> Response:
    return HTMLResponse(html, status, headers={**pages.SECURITY, "Cache-Control": "no-store"})


def _asked(request: Request, allowed: tuple[str, ...]) -> dict[str, str]:
    """Return the query string; what is empty was not asked for.

    Raises
    ------
    BadRequest
        When a parameter is unknown, stands twice or is too long.
    """
    asked = {name: value.replace("\x00", "") for name, value in single_values(request, allowed).items()}
    errors = [
        ParameterError(name, Message("should be 1 to {most} characters", most=LONGEST), value)
        for name, value in asked.items()
        if len(value) > LONGEST
    ]
    if errors:
        raise BadRequest(errors)
    return {name: value for name, value in asked.items() if value.strip()}


def _language(request: Request, asked: dict[str, str]) -> Language:
    lang = asked.get("lang")
    if lang is None:
        return preferred(request.headers.get("accept-language"), "zh")
    if lang not in ("zh", "en"):
        raise BadRequest([ParameterError("lang", "has to be a language of the interface", lang, ("zh", "en"))])
    return "en" if lang == "en" else "zh"


async def _known(reader: Reader, document_id: str) -> Any:
    rows = await reader.rows(_DOCUMENT, {"id": document_id.replace("\x00", "")})
    if not rows:
        ids = [row.id for row in await reader.rows(_IDS)]
        raise NotFound("document", document_id, ids)
    return rows[0]


async def _found(text: Text, asked: dict[str, str]) -> Passage | None:
    if "at" not in asked:
        return None
    return await asyncio.to_thread(passage_of, text.outline, asked["at"], asked.get("mark", ""))


def _broken(document_id: str, fault: Unreadable) -> Message:
    return Message("The file of the document {name!r} cannot be read: {why}.", name=document_id, why=fault.args[0])
