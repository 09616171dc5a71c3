"""Routes of the vector tiles: /tiles, and OGC API - Tiles below /ogc."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.answers import JSON, etag, single_values, text_answer
from app.db.reader import Reader
from app.dependencies import ReaderDep, RegistryDep
from app.features.readers import names
from app.features.service import LayerSizes
from app.messages import Message
from app.problems import BadRequest, NotFound, ParameterError
from app.proxy import base_url
from app.registry.definition import LayerDefinition, LayerField
from app.registry.reader import Registry
from app.tiles import documents, grid
from app.tiles.documents import MVT, TiledLayer
from app.tiles.grid import Degrees, Tile, parse_tile
from app.tiles.service import tile_bytes
from app.tiles.style import style

router = APIRouter(tags=["tiles"])
ogc_router = APIRouter(prefix="/ogc", tags=["tiles"], include_in_schema=False)

_PROPERTIES = "properties"
_TILE_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The tile", "content": {MVT: {"schema": {"type": "string", "format": "binary"}}}},
    204: {"description": "The layer has nothing there"},
    304: {"description": "The client has the tile already"},
}
_PROPERTIES_PARAMETER = {
    "name": _PROPERTIES,
    "in": "query",
    "required": False,
    "description": "Only these attributes, joined by commas; nothing for none.",
    "schema": {"type": "string"},
}


async def _collection(registry: RegistryDep, collection_id: str) -> LayerDefinition:
    if collection_id not in registry.layers:
        raise NotFound("collection", collection_id, tuple(registry.layers))
    return registry.layers[collection_id]


async def _matrix_set(matrix_set_id: str) -> None:
    if matrix_set_id != grid.ID:
        raise NotFound("tile matrix set", matrix_set_id, (grid.ID,))


CollectionDep = Annotated[LayerDefinition, Depends(_collection)]
MatrixSetDep = Annotated[None, Depends(_matrix_set)]


def _fields(layer: LayerDefinition, text: str | None) -> tuple[LayerField, ...]:
    """Return the fields that a request selects, in the layer's order."""
    if text is None:
        return layer.fields
    try:
        asked = names(text)
    except ValueError as error:
        raise BadRequest([ParameterError(_PROPERTIES, str(error), text)]) from None
    known = tuple(field.name for field in layer.fields)
    errors = [
        ParameterError(_PROPERTIES, "there is no such property", name, known) for name in asked if name not in known
    ]
    if errors:
        raise BadRequest(errors)
    return tuple(field for field in layer.fields if field.name in asked)


def _check_format(values: Mapping[str, str], allowed: str) -> None:
    asked = values.get("f", allowed)
    if asked != allowed:
        raise BadRequest([ParameterError("f", Message("should be {allowed}", allowed=allowed), asked, (allowed,))])


async def _tile(
    request: Request, reader: Reader, registry: Registry, layer: LayerDefinition, tile: Tile, properties: str | None
) -> Response:
    """Answer a tile; 204 where it is empty."""
    fields = _fields(layer, properties)
    version = await reader.data_version()
    tag = etag(version, registry.digests[layer.id], "mvt", str(tile), ",".join(field.name for field in fields))

    async def produce() -> bytes:
        return await tile_bytes(reader, layer, tile, fields)

    return await text_answer(
        request,
        tag,
        produce,
        media_type=MVT,
        max_age=layer.max_age,
        cacheable=True,
        thorough=False,
        version=version,
        empty_status=204,
    )


@router.get(
    "/tiles/{layer_id}/{z}/{x}/{y}.mvt",
    summary="A vector tile (Mapbox Vector Tile 2.1, WebMercatorQuad)",
    response_class=Response,
    responses=_TILE_ANSWERS,
    openapi_extra={"parameters": [_PROPERTIES_PARAMETER]},
)
async def tile(
    request: Request, layer_id: str, z: str, x: str, y: str, reader: ReaderDep, registry: RegistryDep
) -> Response:
    """Return a tile: zoom, column from the west, row from the north."""
    layer = registry.layer(layer_id)
    address = parse_tile(z, x, y, names=("z", "x", "y"), least=layer.zoom.min, most=layer.last_tile_zoom)
    properties = single_values(request, (_PROPERTIES,)).get(_PROPERTIES)
    return await _tile(request, reader, registry, layer, address, properties)


async def _document(
    request: Request, reader: Reader, registry: Registry, document: Mapping[str, Any], headers: dict[str, str] | None
) -> Response:
    version = await reader.data_version()
    tag = etag(version, registry.digest, base_url(request), request.scope["path"], "tiles")

    async def produce() -> str:
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))

    return await text_answer(request, tag, produce, media_type=JSON, headers=headers, version=version)


async def _tiled(request: Request, layer: LayerDefinition) -> TiledLayer:
    sizes: LayerSizes = request.app.state.sizes
    box = (await sizes.of(layer)).extent
    return TiledLayer(base_url(request), layer, None if box is None else Degrees(*box))


@router.get("/tiles/{layer_id}.json", summary="A layer's vector tiles as TileJSON 3.0")
async def tilejson(request: Request, layer_id: str, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return what a client has to know of a layer's tiles: address, zooms, extent and attributes."""
    layer = registry.layer(layer_id)
    single_values(request, ())
    document = documents.tilejson(await _tiled(request, layer))
    return await _document(request, reader, registry, document, None)


@router.get("/tiles/{layer_id}/style.json", summary="A layer's look as a MapLibre style")
async def style_json(request: Request, layer_id: str, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return a style of version 8 that refers to nothing outside this service."""
    layer = registry.layer(layer_id)
    single_values(request, ())
    document = style(await _tiled(request, layer))
    return await _document(request, reader, registry, document, None)


@ogc_router.get("/tileMatrixSets")
async def tile_matrix_sets(request: Request, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return the tile matrix sets."""
    _check_format(single_values(request, ("f",)), "json")
    return await _document(request, reader, registry, documents.tile_matrix_sets(base_url(request)), None)


@ogc_router.get("/tileMatrixSets/{matrix_set_id}")
async def tile_matrix_set(request: Request, _: MatrixSetDep, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return the definition of a tile matrix set."""
    _check_format(single_values(request, ("f",)), "json")
    return await _document(request, reader, registry, grid.matrix_set(), None)


@ogc_router.get("/collections/{collection_id}/tiles")
async def tilesets(request: Request, layer: CollectionDep, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return the tile sets of a collection."""
    _check_format(single_values(request, ("f",)), "json")
    return await _document(request, reader, registry, documents.tilesets(base_url(request), layer), None)


@ogc_router.get("/collections/{collection_id}/tiles/{matrix_set_id}")
async def tileset(
    request: Request, layer: CollectionDep, _: MatrixSetDep, reader: ReaderDep, registry: RegistryDep
) -> Response:
    """Return the metadata of a tile set."""
    _check_format(single_values(request, ("f",)), "json")
    document = documents.tileset(await _tiled(request, layer))
    template = {"Link-Template": f'<{documents.tile_template(base_url(request), layer)}>; rel="item"; type="{MVT}"'}
    return await _document(request, reader, registry, document, template)


@ogc_router.get("/collections/{collection_id}/tiles/{matrix_set_id}/{tile_matrix}/{tile_row}/{tile_col}")
async def ogc_tile(
    request: Request,
    layer: CollectionDep,
    _: MatrixSetDep,
    tile_matrix: str,
    tile_row: str,
    tile_col: str,
    reader: ReaderDep,
    registry: RegistryDep,
) -> Response:
    """Return a tile; the row comes before the column."""
    address = parse_tile(
        tile_matrix,
        tile_col,
        tile_row,
        names=("tileMatrix", "tileCol", "tileRow"),
        least=layer.zoom.min,
        most=layer.last_tile_zoom,
    )
    values = single_values(request, (_PROPERTIES, "f"))
    _check_format(values, "mvt")
    return await _tile(request, reader, registry, layer, address, values.get(_PROPERTIES))
