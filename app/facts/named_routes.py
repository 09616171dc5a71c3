"""Routes of what the documents name: /api/things, /api/rules, /api/elements, /api/links, /api/contradictions."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from app.answers import single_values
from app.db.vocabulary import CERTAINTIES, LINK_KINDS, RULE_STRENGTHS, RULE_THEMES, THING_KINDS, THING_STATUSES
from app.dependencies import ReaderDep
from app.facts import named_sql, single_sql
from app.facts.asking import INDUSTRY, answer, choice, industries_of, known, number_of, parameters, year_of
from app.problems import NotFound

router = APIRouter(prefix="/api", tags=["facts"])

MOST_THINGS = 1000

_DOCUMENT: tuple[str, tuple[str, ...]] = ("Id of the document.", ())
_Id = Annotated[str, Path(max_length=100)]


async def _single(request: Request, reader: ReaderDep, statement: str, missing: NotFound) -> Response:
    """Return what a statement makes of an id, or raise that there is none."""
    single_values(request, ())
    values = {"id": missing.name.replace("\x00", "")}
    if await reader.value(statement, values) is None:
        raise missing
    return await answer(request, reader, statement, values)


@router.get(
    "/things",
    summary="Named things of the documents",
    openapi_extra=parameters(
        kind=("Kind of thing.", THING_KINDS),
        zone=("Id of a zone or plan element: what is placed or listed there.", ()),
        industry=INDUSTRY,
        document=_DOCUMENT,
        year=("A year in which it is built, as far as a document gives its years.", ()),
        status=("Whether it is there, under way or planned.", THING_STATUSES),
        certainty=("How its place is known.", CERTAINTIES),
        limit=(f"How many are returned, 100 by default and {MOST_THINGS} at most.", ()),
        offset=("How many are passed over.", ()),
    ),
)
async def things(request: Request, reader: ReaderDep) -> Response:
    """Return projects, carriers, platforms, firms, designations, infrastructure, governance, policies, funds and units.

    Each with its places and how they are known: ``named`` by the document, ``one_of`` several candidates, ``inferred``
    with its reason, or ``none``; with figures as printed and as numbers, and its place in a document.
    """
    names = ("kind", "zone", "industry", "document", "year", "status", "certainty", "limit", "offset")
    asked = single_values(request, names)
    values = {
        "kind": choice(asked, "kind", THING_KINDS),
        "zone": await known(reader, asked, "zone", "place"),
        "industries": await industries_of(reader, asked),
        "document": await known(reader, asked, "document", "document"),
        "year": year_of(asked),
        "status": choice(asked, "status", THING_STATUSES),
        "certainty": choice(asked, "certainty", CERTAINTIES),
        "limit": number_of(asked, "limit", default=100, least=1, most=MOST_THINGS),
        "offset": number_of(asked, "offset", default=0, least=0, most=1_000_000),
    }
    return await answer(request, reader, named_sql.THINGS, values)


@router.get("/things/counts", summary="How many things of each kind each document names")
async def counts(request: Request, reader: ReaderDep) -> Response:
    """Return the number of named things, rules, links, directions and indicators by kind and document."""
    single_values(request, ())
    return await answer(request, reader, named_sql.COUNTS)


@router.get("/things/{thing_id}", summary="A named thing, with what other documents say of it")
async def thing(request: Request, reader: ReaderDep, thing_id: _Id) -> Response:
    """Return a named thing as ``/api/things`` does, with its namesakes (``alike``) and what contradicts it."""
    missing = NotFound("named thing", thing_id, hint="/api/things lists them all")
    return await _single(request, reader, single_sql.SINGLE_THING, missing)


@router.get(
    "/rules",
    summary="What the documents ask of land, layout, admission, environment and more",
    openapi_extra=parameters(
        theme=("What it is about.", RULE_THEMES),
        strength=("Our order of the documents' own verbs, from what binds to what is tried.", RULE_STRENGTHS),
        zone=("Id of a zone or plan element that the rule speaks of.", ()),
        industry=INDUSTRY,
        document=_DOCUMENT,
    ),
)
async def rules(request: Request, reader: ReaderDep) -> Response:
    """Return rules with the document's own verb and its clause; no document prohibits an industry at a place."""
    asked = single_values(request, ("theme", "strength", "zone", "industry", "document"))
    values = {
        "theme": choice(asked, "theme", RULE_THEMES),
        "strength": choice(asked, "strength", RULE_STRENGTHS),
        "zone": await known(reader, asked, "zone", "place"),
        "industries": await industries_of(reader, asked),
        "document": await known(reader, asked, "document", "document"),
    }
    return await answer(request, reader, named_sql.RULES, values)


@router.get("/rules/{rule_id}", summary="What a document asks")
async def rule(request: Request, reader: ReaderDep, rule_id: _Id) -> Response:
    """Return a rule as ``/api/rules`` does, with what contradicts it."""
    missing = NotFound("rule", rule_id, hint="/api/rules lists them all")
    return await _single(request, reader, single_sql.SINGLE_RULE, missing)


@router.get("/elements/{element_id}", summary="A plan element with everything the documents state of it as a whole")
async def element(request: Request, reader: ReaderDep, element_id: _Id) -> Response:
    """Return a plan element: its members, directions, industries, rules, links and things, each with its source."""
    missing = NotFound("plan element", element_id, hint="/api/plans lists them all")
    return await _single(request, reader, single_sql.SINGLE_ELEMENT, missing)


@router.get(
    "/links",
    summary="Links between parks",
    openapi_extra=parameters(
        kind=("Kind of link.", LINK_KINDS), zone=("Id of a zone or plan element at an end.", ()), document=_DOCUMENT
    ),
)
async def links(request: Request, reader: ReaderDep) -> Response:
    """Return which places hand industry to which, take it over, develop as one, were merged, or serve one another."""
    asked = single_values(request, ("kind", "zone", "document"))
    values = {
        "kind": choice(asked, "kind", LINK_KINDS),
        "zone": await known(reader, asked, "zone", "place"),
        "document": await known(reader, asked, "document", "document"),
    }
    return await answer(request, reader, named_sql.LINKS, values)


@router.get(
    "/contradictions",
    summary="Where the documents contradict each other or themselves",
    openapi_extra=parameters(zone=("Id of a zone it bears on.", ()), document=_DOCUMENT),
)
async def contradictions(request: Request, reader: ReaderDep) -> Response:
    """Return the statements that do not go together, each side with its wording and place in a document."""
    asked = single_values(request, ("zone", "document"))
    values = {
        "zone": await known(reader, asked, "zone", "place"),
        "document": await known(reader, asked, "document", "document"),
    }
    return await answer(request, reader, named_sql.CONTRADICTIONS, values)
