"""Routes of the layers: /layers, /layers/{id} and /layers/{id}.{format}."""

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.answers import GEOJSON, JSON, etag, single_values, text_answer
from app.dependencies import ReaderDep, RegistryDep
from app.features.encoders import BY_EXTENSION, ENCODERS
from app.features.export import LEFT_OUT, export
from app.features.query import PARAMETERS, parse_items_query
from app.features.service import layer_list
from app.problems import BadRequest, NotFound, ParameterError

router = APIRouter(tags=["layers"])

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


_BINARY = {"schema": {"type": "string", "format": "binary"}}
_OBJECT = {"schema": {"type": "object"}}
_FILE_TYPES: dict[str, Any] = {
    one.media_type: _OBJECT if one.media_type.endswith("json") else _BINARY for one in ENCODERS.values()
}


def _answers(content: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI description of an answer of these media types."""
    return {200: {"description": "The layer", "content": content}}


def _dump(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


@router.get("/layers", summary="The published layers")
async def layers(request: Request, reader: ReaderDep, registry: RegistryDep) -> Response:
    """List the layers: title, group, extent, number of features, fields, status, style and legend."""
    single_values(request, ())
    version = await reader.data_version()

    async def produce() -> str:
        return _dump(await layer_list(reader, registry, request.app.state.sizes, version))

    return await text_answer(
        request, etag(version, registry.digest, "layers"), produce, cacheable=True, version=version
    )


@router.get(
    "/layers/{layer_id}.geojson",
    summary="The features of a layer as GeoJSON (RFC 7946)",
    response_class=Response,
    responses=_answers({GEOJSON: _OBJECT}),
    openapi_extra={"parameters": _ITEM_PARAMETERS},
)
async def layer_geojson(request: Request, layer_id: str, registry: RegistryDep) -> Response:
    """Return a layer as a FeatureCollection: CRS84, six decimals, exterior rings counter-clockwise."""
    return await _file(request, registry, layer_id, "geojson")


@router.get(
    "/layers/{file}",
    summary="A layer as a file, or its description",
    response_class=Response,
    responses=_answers({JSON: _OBJECT, **_FILE_TYPES}),
    description=(
        "`{id}` describes a layer; `{id}.{format}` is the whole layer as a file. Formats: "
        + ", ".join(f"`{one.extension}` ({one.title_en})" for one in ENCODERS.values())
        + ". A file takes the parameters of `/layers/{id}.geojson`. "
        + " ".join(f"{one.title_en}: {one.note_en}" for one in ENCODERS.values() if one.note_en)
        + f" Where features without a geometry are left out, the header `{LEFT_OUT}` gives their number."
    ),
)
async def layer_file(request: Request, file: str, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return the description of a layer, or the layer in the format that the extension names."""
    layer_id, dot, extension = file.partition(".")
    if dot:
        return await _file(request, registry, layer_id, extension)
    single_values(request, ())
    registry.layer(layer_id)
    version = await reader.data_version()

    async def produce() -> str:
        listed = await layer_list(reader, registry, request.app.state.sizes, version)
        return _dump(next(layer for layer in listed["layers"] if layer["id"] == layer_id))

    tag = etag(version, registry.digest, "layer", layer_id)
    return await text_answer(request, tag, produce, cacheable=True, version=version)


async def _file(request: Request, registry: RegistryDep, layer_id: str, extension: str) -> Response:
    layer = registry.layer(layer_id)
    encoder = BY_EXTENSION.get(extension)
    if encoder is None:
        raise NotFound("format", f"{layer_id}.{extension}", tuple(f"{layer_id}.{known}" for known in BY_EXTENSION))
    if "f" in request.query_params:
        raise BadRequest([ParameterError("f", "the extension of the address names the format already")])
    return await export(request, layer, parse_items_query(layer, request.query_params.multi_items()), encoder)
