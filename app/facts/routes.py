"""Routes of the domain: /api/zones, /api/industries, /api/plans, /api/clusters, /api/projects, /api/documents, …"""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from app.answers import etag, single_values, text_answer
from app.db.vocabulary import INDICATOR_KINDS, ZONE_KINDS, ZONE_LEVELS
from app.dependencies import ReaderDep
from app.facts import industry_sql, sql, zone_sql
from app.facts.asking import INDUSTRY, answer, choice, industries_of, known, parameters, year_of
from app.facts.industries import industry_tree
from app.problems import NotFound

router = APIRouter(prefix="/api", tags=["facts"])


@router.get(
    "/zones",
    summary="The roster of zones",
    openapi_extra=parameters(
        kind=("Kind of zone.", ZONE_KINDS),
        level=("Level of the zone.", ZONE_LEVELS),
        industry=INDUSTRY,
        district=("Id of the district that administers the zone (管理归属).", ()),
        lies_in=("Id of the district that the zone's footprint lies in (地处).", ()),
    ),
)
async def zones(request: Request, reader: ReaderDep) -> Response:
    """List zones with their industries and areas."""
    asked = single_values(request, ("kind", "level", "industry", "district", "lies_in"))
    values = {
        "kind": choice(asked, "kind", ZONE_KINDS),
        "level": choice(asked, "level", ZONE_LEVELS),
        "industries": await industries_of(reader, asked),
        "district": await known(reader, asked, "district", "district"),
        "lies_in": await known(reader, asked, "lies_in", "district"),
    }
    return await answer(request, reader, sql.ZONES, values)


@router.get("/zones/{zone_id}", summary="A zone with everything the documents state of it")
async def zone(request: Request, reader: ReaderDep, zone_id: Annotated[str, Path(max_length=100)]) -> Response:
    """Return a zone: industries, plan memberships, areas in 公顷, 亩 and km², and the evidence for each."""
    single_values(request, ())
    found = await reader.value("SELECT id FROM yuantu.zone WHERE id = :id", {"id": zone_id.replace("\x00", "")})
    if found is None:
        raise NotFound("zone", zone_id)
    return await answer(request, reader, zone_sql.ZONE, {"id": zone_id})


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
    return await answer(request, reader, sql.PLANS)


@router.get("/clusters", summary="The future-industry tracks")
async def clusters(request: Request, reader: ReaderDep) -> Response:
    """Return the eight tracks with the places named for each and the zones responsible."""
    single_values(request, ())
    return await answer(request, reader, sql.CLUSTERS)


@router.get(
    "/projects",
    summary="The projects of all documents",
    openapi_extra=parameters(
        zone=("Id of a zone or plan element: projects placed or listed there.", ()),
        industry=INDUSTRY,
        document=("Id of the document.", ()),
        year=("A year in which the project is built, as far as a document gives its years.", ()),
    ),
)
async def projects(request: Request, reader: ReaderDep) -> Response:
    """Return the projects of the table, whose money is in 亿元, and those of running text, with figures as printed."""
    asked = single_values(request, ("zone", "industry", "document", "year"))
    values = {
        "zone": await known(reader, asked, "zone", "place"),
        "industries": await industries_of(reader, asked),
        "document": await known(reader, asked, "document", "document"),
        "year": year_of(asked),
    }
    return await answer(request, reader, sql.PROJECTS, values)


@router.get("/documents", summary="The source documents")
async def documents(request: Request, reader: ReaderDep) -> Response:
    """Return the documents every fact is from."""
    single_values(request, ())
    return await answer(request, reader, sql.DOCUMENTS)


@router.get(
    "/indicators",
    summary="Indicators and sector targets",
    openapi_extra=parameters(
        scope=("Id of the zone the indicator is of.", ()),
        kind=(
            "headline: a row of an indicator table; sector_target: an output target; stated: a number of running text.",
            INDICATOR_KINDS,
        ),
        industry=INDUSTRY,
        year=("Year of the base or of the target.", ()),
        document=("Id of the document.", ()),
    ),
)
async def indicators(request: Request, reader: ReaderDep) -> Response:
    """Return all indicators, unpaged: base and target with their years, as printed and as numbers, and the evidence."""
    asked = single_values(request, ("scope", "kind", "industry", "year", "document"))
    values = {
        "scope": await known(reader, asked, "scope", "scope"),
        "kind": choice(asked, "kind", INDICATOR_KINDS),
        "industries": await industries_of(reader, asked),
        "year": year_of(asked),
        "document": await known(reader, asked, "document", "document"),
    }
    return await answer(request, reader, sql.INDICATORS, values)
