"""The description of /ogc in OpenAPI 3.0, made of the parameters' own declarations."""

from collections.abc import Mapping, Sequence
from typing import Any

from app import __version__
from app.answers import GEOJSON
from app.features.query import PARAMETERS, Parameter
from app.ogc.documents import DESCRIPTION, TITLE
from app.ogc.links import HTML, JSON, SCHEMA
from app.problems import MEDIA_TYPE as PROBLEM
from app.problems import SCHEMA as PROBLEM_SCHEMA
from app.registry.definition import LayerDefinition
from app.tiles import openapi as tiles

_NOT_OURS = frozenset({"f", "level", "cursor"})


def description(
    root: str, layers: Sequence[LayerDefinition], item_formats: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    """Return the OpenAPI 3.0.3 document.

    Parameters
    ----------
    root
        Absolute address of ``/ogc``.
    layers
        The collections.
    item_formats
        Formats of items: key to media type and title.
    """
    return {
        "openapi": "3.0.3",
        "info": {
            "title": TITLE,
            "description": DESCRIPTION,
            "version": __version__,
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "servers": [{"url": root}],
        "tags": [{"name": "Capabilities"}, {"name": "Data"}, {"name": "Tiles"}],
        "paths": {**_document_paths(layers), **_item_paths(layers, item_formats), **tiles.paths(_ids(layers))},
        "components": {"schemas": _SCHEMAS},
    }


def _ids(layers: Sequence[LayerDefinition]) -> list[str]:
    return [layer.id for layer in layers]


def _collection_id(layers: Sequence[LayerDefinition]) -> dict[str, Any]:
    return _path("collectionId", "Id of a collection.", _ids(layers))


def _document_paths(layers: Sequence[LayerDefinition]) -> dict[str, Any]:
    """Return the paths of what describes the data."""
    f, collection_id = _format(("json", "html")), _collection_id(layers)
    schema = {SCHEMA: {"schema": {"type": "object"}}, HTML: {"schema": {"type": "string"}}}
    return {
        "/": _get("landingPage", "Landing page", "Capabilities", [f], _documents()),
        "/conformance": _get("conformance", "Conformance classes", "Capabilities", [f], _documents()),
        "/collections": _get("collections", "The collections", "Capabilities", [f], _documents()),
        "/collections/{collectionId}": _get(
            "collection", "A collection", "Capabilities", [collection_id, f], _documents()
        ),
        "/collections/{collectionId}/queryables": _get(
            "queryables", "Queryable properties", "Capabilities", [collection_id, f], schema
        ),
    }


def _item_paths(layers: Sequence[LayerDefinition], item_formats: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Return the paths of the features.

    One path more a collection: clients that look for its queryables among the parameters (GDAL) find them there.
    """
    collection_id, feature_id = _collection_id(layers), _path("featureId", "Id of a feature.")
    f = _format((*item_formats, "html"))
    one = [_query(name, PARAMETERS[name]) for name in ("crs", "properties", "skipGeometry", "precision", "simplify")]
    many = [_query(name, parameter) for name, parameter in PARAMETERS.items() if name not in _NOT_OURS]
    items = _features("featureCollection", [media_type for media_type, _ in item_formats.values()])
    here = "/collections/{collectionId}/items"
    return {
        here: _get("items", "Features of a collection", "Data", [collection_id, *many, f], items),
        f"{here}/{{featureId}}": _get(
            "item",
            "A feature",
            "Data",
            [collection_id, feature_id, *one, _format(("geojson", "html"))],
            _features("feature"),
        ),
        **{
            f"/collections/{layer.id}/items": _get(
                f"items.{layer.id}", f"Features of {layer.title.en}", "Data", [*many, *_fields(layer), f], items
            )
            for layer in layers
        },
    }


def _features(schema: str, further: Sequence[str] = ()) -> dict[str, Any]:
    """Return what carries features: GeoJSON, HTML and further media types; those of JSON have GeoJSON's schema."""
    json = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {
        GEOJSON: json,
        HTML: {"schema": {"type": "string"}},
        **{media_type: json if media_type.endswith("+json") else binary for media_type in further},
    }


def _documents() -> dict[str, Any]:
    return {JSON: {"schema": {"type": "object"}}, HTML: {"schema": {"type": "string"}}}


def _path(name: str, words: str, values: Sequence[str] = ()) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if values:
        schema["enum"] = list(values)
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema}


def _query(name: str, parameter: Parameter) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": parameter.description,
        "schema": _schema_30(name, parameter.schema),
        "style": "form",
        "explode": False,
    }


def _schema_30(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema in the words of OpenAPI 3.0."""
    if name == "bbox":
        return {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    found = dict(schema)
    least = found.pop("exclusiveMinimum", None)
    if least is not None:
        found |= {"minimum": least, "exclusiveMinimum": True}
    return found


def _format(keys: Sequence[str]) -> dict[str, Any]:
    return {
        "name": "f",
        "in": "query",
        "required": False,
        "description": "Format of the answer; without it the Accept header decides.",
        "schema": {"type": "string", "enum": list(dict.fromkeys(keys))},
        "style": "form",
        "explode": False,
    }


def _get(operation: str, summary: str, tag: str, parameters: list[dict[str, Any]], content: dict[str, Any]) -> Any:
    problem = {
        "description": "What was wrong",
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}}},
    }
    responses = {"200": {"description": summary, "content": content}, "400": problem, "500": problem}
    if any(one["in"] == "path" for one in parameters):
        responses["404"] = problem
    if tag == "Data":
        crs = {"Content-Crs": {"description": "CRS of the answer.", "schema": {"type": "string"}}}
        responses["200"] = {**responses["200"], "headers": crs}
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "tags": [tag],
            "parameters": parameters,
            "responses": responses,
        }
    }


_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}


def _fields(layer: LayerDefinition) -> list[dict[str, Any]]:
    """Return the fields of a layer that may be compared with a value, as parameters."""
    return [
        {
            "name": one.name,
            "in": "query",
            "required": False,
            "description": f"{one.title.zh} {one.title.en}",
            "schema": {"type": _TYPES.get(one.type, "string")},
            "style": "form",
            "explode": False,
        }
        for one in layer.fields
        if one.filterable and (one.name not in PARAMETERS or one.name == "level")
    ]


_LINKS = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
_SCHEMAS: dict[str, Any] = {
    "link": {
        "type": "object",
        "required": ["href", "rel"],
        "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
    },
    "feature": {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
            "geometry": {"type": "object", "nullable": True},
            "properties": {"type": "object", "nullable": True},
            "links": _LINKS,
        },
    },
    "featureCollection": {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "numberMatched": {"type": "integer", "minimum": 0},
            "numberReturned": {"type": "integer", "minimum": 0},
            "links": _LINKS,
            "features": {"type": "array", "items": {"$ref": "#/components/schemas/feature"}},
        },
    },
    "problem": PROBLEM_SCHEMA,
}
