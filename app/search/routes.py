"""Route of the search: ``/api/search``."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.answers import etag, single_values, text_answer
from app.dependencies import ReaderDep, RegistryDep
from app.search import service, sql
from app.search.sound import sounds

router = APIRouter(prefix="/api", tags=["search"])

_PARAMETERS: list[dict[str, Any]] = [
    {
        "name": "q",
        "in": "query",
        "required": True,
        "description": "A name, a part of one, pinyin or initials; case, full width, traditional characters, spaces "
        "and punctuation make no difference.",
        "schema": {"type": "string", "minLength": 1, "maxLength": service.MAX_QUERY},
        "examples": {"a park": {"value": "经开东区"}, "pinyin": {"value": "bolonghu"}, "a product": {"value": "芯片"}},
    },
    {
        "name": "kind",
        "in": "query",
        "required": False,
        "description": f"Kinds of things to look among, joined by commas: {', '.join(service.KINDS)}.",
        "schema": {"type": "array", "items": {"type": "string", "enum": list(service.KINDS)}},
        "style": "form",
        "explode": False,
    },
    {
        "name": "limit",
        "in": "query",
        "required": False,
        "description": "Most hits.",
        "schema": {"type": "integer", "minimum": 1, "maximum": service.MAX_LIMIT, "default": 20},
    },
    {
        "name": "lang",
        "in": "query",
        "required": False,
        "description": "Language of titles and subtitles; names that are Chinese only stay so.",
        "schema": {"type": "string", "enum": ["zh", "en"], "default": "zh"},
    },
]

_NUMBERS = {"type": ["array", "null"], "items": {"type": "number"}}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_HIT: dict[str, Any] = {
    "type": "object",
    "required": ["kind", "id", "title", "subtitle", "matched", "layer", "feature", "bbox", "point", "link"],
    "properties": {
        "kind": {"type": "string", "enum": list(service.KINDS[1:])},
        "id": {"type": "string"},
        "title": {"type": "string"},
        "subtitle": {"type": "string", "description": "What tells it from others of its name."},
        "matched": {
            "type": "object",
            "required": ["how", "form", "term", "ranges"],
            "properties": {
                "how": {"type": "string", "enum": list(dict.fromkeys(sql.HOW.values()))},
                "form": {"type": "string", "description": "Which form of its name: official, short, alias, …"},
                "term": {"type": "string", "description": "That form, as it is written."},
                "ranges": {
                    "type": "array",
                    "description": "Characters of the term that matched: first, and one past the last.",
                    "items": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
                },
            },
        },
        "layer": {**_TEXT_OR_NULL, "description": "Id of the layer that draws it."},
        "feature": {**_TEXT_OR_NULL, "description": "Its id in that layer."},
        "bbox": {**_NUMBERS, "description": "West, south, east, north; CGCS2000 degrees."},
        "point": {**_NUMBERS, "description": "Longitude and latitude of a place inside it."},
        "link": {**_TEXT_OR_NULL, "description": "Address that shows it."},
        "zones": {"type": "integer", "description": "Of an industry: how many zones have it."},
        "parts": {
            "type": "array",
            "description": "What it stands for where it is several things: an owner's projects, a firm's zones.",
            "items": {"type": "object"},
        },
    },
}
_ANSWER = {
    "type": "object",
    "required": ["q", "normal", "more", "hits"],
    "properties": {
        "q": {"type": "string"},
        "normal": {"type": "string", "description": "What was compared; empty when the query has no letter or digit."},
        "more": {"type": "boolean", "description": "Whether there are more hits than the limit."},
        "hits": {"type": "array", "items": _HIT},
    },
}


@router.get(
    "/search",
    summary="Names, aliases, pinyin",
    openapi_extra={"parameters": _PARAMETERS},
    responses={200: {"description": "The hits, best first", "content": {"application/json": {"schema": _ANSWER}}}},
)
async def search(request: Request, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Find zones, plans, industries, projects, owners, firms, facilities and documents by any form of their names.

    Whole names come before their beginnings, then parts of names, pinyin, initials, and what is merely near. Of equally
    good hits zones come before plans, plans before industries, industries before projects.
    """
    asked = service.parse(single_values(request, service.PARAMETERS))
    root = request.scope.get("root_path", "").rstrip("/")

    async def produce() -> str:
        # The dictionaries of pinyin are read on the first query that needs them.
        await asyncio.to_thread(sounds, asked.normal)
        return await service.find(reader, asked, layers=registry.layers, root=root)

    version = await reader.data_version()
    tag = etag(version, request.url.path, repr(asked), root, str(sorted(registry.layers)), sql.HITS)
    return await text_answer(request, tag, produce, cacheable=True, thorough=False, version=version)
