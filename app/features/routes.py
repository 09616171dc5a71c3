"""Routes of the layers: /layers and /layers/{id}.geojson."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.answers import GEOJSON, etag, single_values, text_answer
from app.db.reader import Reader
from app.features.query import PARAMETERS, parse_items_query
from app.features.service import collection_chunks, layer_list
from app.registry.reader import Registry

router = APIRouter(tags=["layers"])


def _reader(request: Request) -> Reader:
    reader: Reader = request.app.state.reader
    return reader


def _registry(request: Request) -> Registry:
    registry: Registry = request.app.state.registry
    return registry


ReaderDep = Annotated[Reader, Depends(_reader)]
RegistryDep = Annotated[Registry, Depends(_registry)]

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
        return json.dumps(await layer_list(reader, registry, version), ensure_ascii=False, separators=(",", ":"))

    return await text_answer(request, etag(version, registry.digest, "layers"), produce)


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

    async def produce() -> str:
        return "".join([chunk async for chunk in collection_chunks(reader, layer, query)])

    return await text_answer(
        request,
        etag(version, registry.digests[layer.id], query.canonical, "geojson"),
        produce,
        media_type=GEOJSON,
        max_age=layer.max_age,
        headers={"Content-Disposition": f'inline; filename="{layer.id}.geojson"'},
    )
