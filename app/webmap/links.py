"""Short links: ``POST /api/links`` keeps a query of the page, ``GET /s/{id}`` leads to it."""

import json
import math
import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import OperationalError
from starlette.background import BackgroundTask

from app.messages import Message
from app.problems import BadRequest, NotFound, ParameterError, problem
from app.proxy import base_url
from app.webmap.address import LONGEST_QUERY, canonical_query
from app.webmap.limiter import Limiter
from app.webmap.link_store import ID_LENGTH, LinkStore, NoLinkStore, link_id

router = APIRouter(tags=["map"])

BURST = 10
PER_HOUR = 30
"""New links that one client may have kept: ten at once, thirty an hour."""

_LARGEST_BODY = LONGEST_QUERY * 6 + 1000
"""Bytes; JSON may write a character as six."""

_ID = re.compile(f"[a-z2-7]{{{ID_LENGTH}}}")

_BODY = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["query"],
                "additionalProperties": False,
                "properties": {
                    "query": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": LONGEST_QUERY,
                        "description": "The query of the map's address, percent-encoded, without the question mark.",
                        "examples": ["layers=districts,parks&view=117.7,39.0,11"],
                    }
                },
            }
        }
    },
}
_KEPT = {
    "description": "The link is kept",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["id", "url"],
                "properties": {"id": {"type": "string"}, "url": {"type": "string", "format": "uri"}},
            }
        }
    },
}


class TooLarge(ValueError):
    """The body of a request is longer than any that could be right."""


@router.post(
    "/api/links",
    status_code=201,
    summary="Keep a view of the map under a short link",
    openapi_extra={"requestBody": _BODY},
    responses={
        201: _KEPT,
        413: {"description": "The body is too long"},
        415: {"description": "The body is not JSON"},
        429: {"description": "This client has had many links kept lately"},
        503: {"description": "No links can be kept here"},
    },
    response_class=JSONResponse,
)
async def keep_link(request: Request) -> Response:
    """Return the id and the address of a query of the map; the same query has the same id.

    The query may name only parts that the map's address has (`layers`, `view`, `select` …).
    """
    # A page elsewhere can send a plain form without asking; JSON it cannot.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return problem(request, 415, "The body should be JSON, sent as Content-Type application/json.")
    try:
        query = canonical_query(_query_in(await _read(request)))
    except TooLarge:
        return problem(request, 413, Message("The body should be at most {most} bytes.", most=_LARGEST_BODY))
    store: LinkStore = request.app.state.links
    identifier = link_id(query)
    known = await store.find(identifier)
    if known is None:
        wait = _limiter(request).wait(request.client.host if request.client else "")
        if wait:
            said = problem(request, 429, "Many links have been kept for this address lately. Try again later.")
            said.headers["Retry-After"] = str(math.ceil(wait))
            return said
        try:
            await store.keep(query)
        except (NoLinkStore, OperationalError):
            return problem(
                request,
                503,
                "No short links can be kept at the moment. The long address of the map works all the same.",
            )
    url = f"{base_url(request)}/s/{identifier}"
    return JSONResponse({"id": identifier, "url": url}, 201, {"Location": url, "Cache-Control": "no-store"})


@router.get(
    "/s/{identifier}",
    status_code=303,
    summary="Follow a short link",
    response_class=Response,
    responses={303: {"description": "The map, as it was when the link was made"}, 404: {"description": "No such link"}},
)
async def follow_link(request: Request, identifier: str) -> Response:
    """Lead to the map with the query that was kept."""
    store: LinkStore = request.app.state.links
    link = await store.find(identifier) if _ID.fullmatch(identifier) else None
    if link is None:
        raise NotFound("short link", identifier)
    root = request.scope.get("root_path", "").rstrip("/")
    task = BackgroundTask(store.touch, identifier) if link.stale else None
    headers = {"Location": f"{root}/?{link.query}", "Cache-Control": "public, max-age=300"}
    return Response(status_code=303, headers=headers, background=task)


def _limiter(request: Request) -> Limiter:
    limiter: Limiter = request.app.state.link_limiter
    return limiter


async def _read(request: Request) -> bytes:
    """Return the body, as long as it is not longer than one that could be right."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > _LARGEST_BODY:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)


def _query_in(body: bytes) -> str:
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest([ParameterError("body", "should be JSON")]) from None
    if not isinstance(told, dict) or told.keys() != {"query"} or not isinstance(told["query"], str):
        raise BadRequest(
            [ParameterError("body", 'should be an object with one member, such as {"query": "layers=parks"}')]
        )
    query: str = told["query"]
    return query
