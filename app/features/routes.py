"""Routes of the layers: /layers and /layers/{id}.geojson."""

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.answers import GEOJSON, etag, single_values, streaming_answer, text_answer
from app.dependencies import ReaderDep, RegistryDep
from app.features.query import PARAMETERS, parse_items_query
from app.features.service import collection_chunks, layer_list

router = APIRouter(tags=["layers"])


STREAM_FROM = 2_000
"""Layers of more features than this are sent while they are read, instead of from memory."""


_ITEM_PARAMETERS: list[dict[str, Any]] = [
    {
        "name": name,
        "in": "query",
        "required": False,
        "description": one.description,
        "schema": dict(one.schema),
        "style": "form",
        "explode": False,
    }
    for name, one in PARAMETERS.items()
]


@router.get("/layers", summary="The published layers")
async def layers(request: Request, reader: ReaderDep, registry: RegistryDep) -> Response:
    """List the layers: title, group, extent, number of features, fields, status, style and legend."""
    single_values(request, ())
    version = await reader.data_version()

    async def produce() -> str:
        listed = await layer_list(reader, registry, request.app.state.sizes, version)
        return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))

    tag = etag(version, registry.digest, "layers")
    return await text_answer(request, tag, produce, cacheable=True, version=version)


@router.get(
    "/layers/{layer_id}.geojson",
    summary="The features of a layer as GeoJSON (RFC 7946)",
    openapi_extra={"parameters": _ITEM_PARAMETERS},
)
async def layer_geojson(request: Request, layer_id: str, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return a layer as a FeatureCollection: CRS84, six decimals, exterior rings counter-clockwise."""
    layer = registry.layer(layer_id)
    query = parse_items_query(layer, request.query_params.multi_items())
    version = await reader.data_version()

    tag = etag(version, registry.digests[layer.id], query.canonical, "geojson")
    about: dict[str, Any] = {
        "media_type": GEOJSON,
        "max_age": layer.max_age,
        "headers": {
            "Content-Disposition": f'inline; filename="{layer.id}.geojson"',
            "Content-Crs": f"<{query.crs.uri}>",
        },
        "version": version,
    }
    if (await request.app.state.sizes.of(layer)).features > STREAM_FROM:
        return streaming_answer(request, tag, lambda: collection_chunks(reader, layer, query), **about)

    async def produce() -> str:
        return "".join([chunk async for chunk in collection_chunks(reader, layer, query)])

    # The whole layer is what everybody asks for; other questions are too many to keep.
    return await text_answer(request, tag, produce, cacheable=not query.raw, **about)
