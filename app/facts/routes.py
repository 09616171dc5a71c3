"""Routes of the domain: /api/zones, /api/industries, /api/plans, /api/clusters, /api/projects, /api/documents, …"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from app.answers import etag, single_values, text_answer
from app.db.reader import Reader
from app.db.vocabulary import INDICATOR_KINDS, ZONE_KINDS, ZONE_LEVELS
from app.dependencies import ReaderDep
from app.facts import industry_sql, sql
from app.facts.industries import industry_tree, resolve_industry
from app.messages import Message
from app.problems import BadRequest, NotFound, ParameterError

router = APIRouter(prefix="/api", tags=["facts"])

_TEXT = {"schema": {"type": "string"}, "required": False, "in": "query"}


def _parameters(**described: tuple[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return the OpenAPI description of optional query parameters: name to (text, allowed values)."""
    return {
        "parameters": [
            {
                **_TEXT,
                "name": name,
                "description": words,
                "schema": {"type": "string", **({"enum": list(values)} if values else {})},
            }
            for name, (words, values) in described.items()
        ]
    }


async def _answer(
    request: Request, reader: Reader, statement: str, values: Mapping[str, Any] | None = None
) -> Response:
    async def produce() -> str:
        return str(await reader.value(statement, values))

    version = await reader.data_version()
    tag = etag(version, request.url.path, str(sorted((values or {}).items())), statement)
    return await text_answer(request, tag, produce, cacheable=True, thorough=False, version=version)


def _choice(values: dict[str, str], name: str, allowed: tuple[str, ...]) -> str | None:
    value = values.get(name)
    if value is not None and value not in allowed:
        raise BadRequest(
            [ParameterError(name, Message("should be one of {names}", names=", ".join(allowed)), value, allowed)]
        )
    return value


@router.get(
    "/zones",
    summary="The roster of zones",
    openapi_extra=_parameters(
        kind=("Kind of zone.", ZONE_KINDS),
        level=("Level of the zone.", ZONE_LEVELS),
        industry=("An industry: id, name, alias, product or GB/T 4754-2017 code; what it contains matches too.", ()),
    ),
)
async def zones(request: Request, reader: ReaderDep) -> Response:
    """List zones with their industries and areas."""
    asked = single_values(request, ("kind", "level", "industry"))
    words = asked.get("industry")
    values = {
        "kind": _choice(asked, "kind", ZONE_KINDS),
        "level": _choice(asked, "level", ZONE_LEVELS),
        "industries": await resolve_industry(reader, words) if words is not None else None,
    }
    return await _answer(request, reader, sql.ZONES, values)


@router.get("/zones/{zone_id}", summary="A zone with everything the documents state of it")
async def zone(request: Request, reader: ReaderDep, zone_id: Annotated[str, Path(max_length=100)]) -> Response:
    """Return a zone: industries, plan memberships, areas in 公顷, 亩 and km², and the evidence for each."""
    single_values(request, ())
    found = await reader.value("SELECT id FROM yuantu.zone WHERE id = :id", {"id": zone_id.replace("\x00", "")})
    if found is None:
        raise NotFound("zone", zone_id)
    return await _answer(request, reader, sql.ZONE, {"id": zone_id})


@router.get("/industries", summary="The taxonomy as a tree")
async def industries(request: Request, reader: ReaderDep) -> Response:
    """Return sectors, subsectors and products with parks, 公顷, words, GB/T 4754-2017 codes and value-chain neighbours.

    Terms say whether a document prints them or they are our mapping; the mapping to codes is ours and not official.
    """
    single_values(request, ())

    async def produce() -> str:
        return industry_tree(str(await reader.value(industry_sql.INDUSTRIES)))

    version = await reader.data_version()
    tag = etag(version, request.url.path, industry_sql.INDUSTRIES)
    return await text_answer(request, tag, produce, cacheable=True, version=version)


@router.get("/plans", summary="The spatial plans")
async def plans(request: Request, reader: ReaderDep) -> Response:
    """Return every plan with its elements, their members and their positioning."""
    single_values(request, ())
    return await _answer(request, reader, sql.PLANS)


@router.get("/clusters", summary="The future-industry tracks")
async def clusters(request: Request, reader: ReaderDep) -> Response:
    """Return the eight tracks with the places named for each and the zones responsible."""
    single_values(request, ())
    return await _answer(request, reader, sql.CLUSTERS)


@router.get("/projects", summary="The listed projects")
async def projects(request: Request, reader: ReaderDep) -> Response:
    """Return the listed projects; money is in 亿元."""
    single_values(request, ())
    return await _answer(request, reader, sql.PROJECTS)


@router.get("/documents", summary="The source documents")
async def documents(request: Request, reader: ReaderDep) -> Response:
    """Return the documents every fact is from."""
    single_values(request, ())
    return await _answer(request, reader, sql.DOCUMENTS)


@router.get(
    "/indicators",
    summary="Indicators and sector targets",
    openapi_extra=_parameters(
        scope=("Id of the zone the indicator is of.", ()),
        kind=("headline: a row of an indicator table; sector_target: an output target.", INDICATOR_KINDS),
        document=("Id of the document.", ()),
    ),
)
async def indicators(request: Request, reader: ReaderDep) -> Response:
    """Return indicators: the value of the base year and the 2025 target, as printed and as numbers."""
    asked = single_values(request, ("scope", "kind", "document"))
    values = {
        "scope": await _known(reader, asked, "scope", "zone"),
        "kind": _choice(asked, "kind", INDICATOR_KINDS),
        "document": await _known(reader, asked, "document", "document"),
    }
    return await _answer(request, reader, sql.INDICATORS, values)


_IDS = {
    "zone": "SELECT DISTINCT scope_zone_id FROM yuantu.indicator ORDER BY 1",
    "document": "SELECT id FROM yuantu.document ORDER BY sort",
}


async def _known(reader: Reader, asked: dict[str, str], name: str, what: str) -> str | None:
    if name not in asked:
        return None
    return _choice(asked, name, tuple(row[0] for row in await reader.rows(_IDS[what])))
