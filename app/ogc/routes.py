"""Routes of OGC API - Features: /ogc and what lies below it."""

import asyncio
import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.answers import GEOJSON, etag, single_values, text_answer
from app.db.reader import Reader
from app.dependencies import ReaderDep, RegistryDep
from app.features.cql2.queryables import queryables_schema
from app.features.encoders import ENCODERS
from app.features.export import export
from app.features.query import DEFAULT_LIMIT, ItemsQuery, parse_items_query
from app.features.service import PageResult, page_text, read_item, read_page
from app.geodesy.crs import CRS84
from app.messages import Message
from app.ogc import documents, html, negotiation
from app.ogc.links import HTML, JSON, OPENAPI, SCHEMA, Link, link, root, segment, self_and_alternates
from app.ogc.negotiation import choose
from app.ogc.openapi import description
from app.problems import NotFound
from app.registry.definition import LayerDefinition
from app.settings import Settings

router = APIRouter(prefix="/ogc", tags=["ogc"], include_in_schema=False)


async def _layer(registry: RegistryDep, collection_id: str) -> LayerDefinition:
    if collection_id not in registry.layers:
        raise NotFound("collection", collection_id, tuple(registry.layers))
    return registry.layers[collection_id]


SHORTHANDS = ("level",)
"""Parameters of /layers that are properties like any other here: a value that no feature has finds none."""

LayerDep = Annotated[LayerDefinition, Depends(_layer)]

ITEM_FORMATS = negotiation.titled(tuple(ENCODERS.values()))
"""Formats of items: key to media type and title."""


def _dump(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


async def _document(
    request: Request, reader: Reader, f: str, page: str, document: Mapping[str, Any], media_type: str = JSON
) -> Response:
    """Answer a document as JSON, or as the HTML page of that name."""
    version = await reader.data_version()
    language = html.variant(request) if f == "html" else ""
    tag = etag(version, request.app.state.registry.digest, root(request), str(request.url), f, language)

    async def produce() -> str:
        return html.page(request, page, document=document) if f == "html" else _dump(document)

    headers = {"Vary": "Accept", **(html.SECURITY if f == "html" else {})}
    media_type = HTML if f == "html" else media_type
    return await text_answer(request, tag, produce, media_type=media_type, headers=headers, version=version)


@router.get("")
@router.get("/")
async def landing(request: Request, reader: ReaderDep) -> Response:
    """Return the landing page."""
    single_values(request, ("f",))
    f = choose(request, negotiation.DOCUMENTS)
    return await _document(request, reader, f, "landing", documents.landing(root(request), f))


@router.get("/conformance")
async def conformance(request: Request, reader: ReaderDep) -> Response:
    """Return the conformance classes."""
    single_values(request, ("f",))
    f = choose(request, negotiation.DOCUMENTS)
    return await _document(request, reader, f, "conformance", documents.conformance(root(request), f))


@router.get("/api")
async def api(request: Request, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return the description of this API in OpenAPI 3.0."""
    single_values(request, ("f",))
    if choose(request, negotiation.DESCRIPTION) == "html":
        return RedirectResponse(f"{root(request)}/api.html")
    document = description(root(request), list(registry.layers.values()), ITEM_FORMATS)
    return await _document(request, reader, "json", "api", document, OPENAPI)


@router.get("/api.html")
async def api_html(request: Request) -> Response:
    """Return the description of this API as a page."""
    single_values(request, ("f",))
    return html.answer(request, "api")


@router.get("/collections")
async def collections(request: Request, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return the collections."""
    single_values(request, ("f",))
    f = choose(request, negotiation.DOCUMENTS)
    base = root(request)
    listed = [
        documents.collection(base, layer, await request.app.state.sizes.of(layer), ITEM_FORMATS, nested=True)
        for layer in registry.layers.values()
    ]
    return await _document(request, reader, f, "collections", documents.collections(base, listed, f))


@router.get("/collections/{collection_id}")
async def collection(request: Request, reader: ReaderDep, layer: LayerDep) -> Response:
    """Return a collection."""
    single_values(request, ("f",))
    f = choose(request, negotiation.DOCUMENTS)
    size = await request.app.state.sizes.of(layer)
    document = documents.collection(root(request), layer, size, ITEM_FORMATS, current=f)
    return await _document(request, reader, f, "collection", document)


@router.get("/collections/{collection_id}/queryables")
async def queryables(request: Request, reader: ReaderDep, layer: LayerDep) -> Response:
    """Return the properties that a filter may name, as a JSON Schema."""
    single_values(request, ("f",))
    f = choose(request, negotiation.QUERYABLES)
    return await _document(request, reader, f, "queryables", queryables_schema(layer, root(request)), SCHEMA)


@router.get("/collections/{collection_id}/items")
async def items(request: Request, reader: ReaderDep, layer: LayerDep) -> Response:
    """Return a page of features."""
    parameters = request.query_params.multi_items()
    if "limit" not in request.query_params:
        parameters = [*parameters, ("limit", str(DEFAULT_LIMIT))]
    query = parse_items_query(layer, parameters, without=SHORTHANDS)
    f = choose(request, negotiation.ITEMS)
    if f not in ("geojson", "html"):
        return await export(request, layer, query, ENCODERS[f], default_crs=CRS84)
    settings: Settings = request.app.state.settings
    here = f"{root(request)}/collections/{layer.id}/items"

    async def produce() -> str | bytes:
        page = await read_page(reader, layer, query, count_bound=settings.count_bound, page_bytes=settings.page_bytes)
        links = _page_links(request, layer, query, page, here, f)
        text = page_text(page, links)
        if f != "html":
            return text
        return await asyncio.to_thread(html.page, request, "items", document=json.loads(text), layer=layer)

    headers = {"Content-Crs": f"<{query.crs.uri}>", "Vary": "Accept"}
    version = await reader.data_version()
    language = html.variant(request) if f == "html" else ""
    digest = request.app.state.registry.digests[layer.id]
    tag = etag(version, digest, root(request), query.canonical, f, language)
    if f == "html":
        headers |= html.SECURITY
        return await text_answer(request, tag, produce, media_type=HTML, headers=headers, version=version)
    return await text_answer(
        request, tag, produce, media_type=GEOJSON, max_age=layer.max_age, headers=headers, version=version
    )


def _page_links(
    request: Request, layer: LayerDefinition, query: ItemsQuery, page: PageResult, here: str, f: str
) -> list[Link]:
    asked = query.link_query(f=None)
    formats = negotiation.titled(negotiation.ITEMS)
    links = self_and_alternates(f"{here}?{asked}" if asked else here, f, formats)
    if page.cursor is not None:
        following = query.link_query(cursor=page.cursor, offset=None, f=f)
        media_type = formats[f][0]
        links.append(link(f"{here}?{following}", "next", media_type, "Next page"))
    links.append(link(f"{root(request)}/collections/{layer.id}", "collection", JSON, "The collection"))
    return links


@router.get("/collections/{collection_id}/items/{feature_id:path}")
async def item(request: Request, reader: ReaderDep, layer: LayerDep, feature_id: str) -> Response:
    """Return one feature."""
    single_values(request, ("crs", "properties", "skipGeometry", "precision", "simplify", "f"))
    query = parse_items_query(layer, request.query_params.multi_items())
    f = choose(request, negotiation.ITEM)
    text = await read_item(reader, layer, query, feature_id)
    if text is None:
        raise NotFound(Message("feature of {layer}", layer=layer.id), feature_id)
    here = f"{root(request)}/collections/{layer.id}"
    links = [
        *self_and_alternates(f"{here}/items/{segment(feature_id)}", f, negotiation.titled(negotiation.ITEM)),
        link(here, "collection", JSON, "The collection"),
    ]
    whole = f'{text[:-1]},"links":{json.dumps(links, ensure_ascii=False)}}}'

    async def produce() -> str:
        return html.page(request, "item", document=json.loads(whole), layer=layer) if f == "html" else whole

    headers = {"Content-Crs": f"<{query.crs.uri}>", "Vary": "Accept", **(html.SECURITY if f == "html" else {})}
    version = await reader.data_version()
    language = html.variant(request) if f == "html" else ""
    digest = request.app.state.registry.digests[layer.id]
    tag = etag(version, digest, root(request), str(request.url), f, language)
    return await text_answer(request, tag, produce, media_type=HTML if f == "html" else GEOJSON, headers=headers)
