"""The description of /ogc in OpenAPI 3.0, made of the parameters' own declarations."""

from collections.abc import Mapping, Sequence
from typing import Any

from app import __version__
from app.features.query import PARAMETERS, Parameter
from app.ogc.documents import DESCRIPTION, TITLE
from app.ogc.links import HTML, JSON, SCHEMA
from app.problems import MEDIA_TYPE as PROBLEM
from app.registry.definition import LayerDefinition

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
    collection_id = _path("collectionId", "Id of a collection.", [layer.id for layer in layers])
    feature_id = _path("featureId", "Id of a feature.")
    document_f = _format(("json", "html"))
    items_f = _format((*item_formats, "html"))
    media = {media_type: {"schema": {"type": "object"}} for media_type, _ in item_formats.values()}
    items = {
        "application/geo+json": {"schema": {"$ref": "#/components/schemas/featureCollection"}},
        HTML: {"schema": {"type": "string"}},
        **{k: {"schema": {"type": "string", "format": "binary"}} for k in media if k != "application/geo+json"},
    }
    feature = {
        "application/geo+json": {"schema": {"$ref": "#/components/schemas/feature"}},
        HTML: {"schema": {"type": "string"}},
    }
    one = [_query(name, PARAMETERS[name]) for name in ("crs", "properties", "skipGeometry", "precision", "simplify")]
    many = [_query(name, parameter) for name, parameter in PARAMETERS.items() if name not in _NOT_OURS]
    document: dict[str, Any] = {
        "openapi": "3.0.3",
        "info": {"title": TITLE, "description": DESCRIPTION, "version": __version__,
                 "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"}},
        "servers": [{"url": root}],
        "tags": [{"name": "Capabilities"}, {"name": "Data"}],
        "paths": {
            "/": _get("landingPage", "Landing page", "Capabilities", [document_f], _documents()),
            "/conformance": _get("conformance", "Conformance classes", "Capabilities", [document_f], _documents()),
            "/collections": _get("collections", "The collections", "Capabilities", [document_f], _documents()),
            "/collections/{collectionId}": _get(
                "collection", "A collection", "Capabilities", [collection_id, document_f], _documents()
            ),
            "/collections/{collectionId}/queryables": _get(
                "queryables", "Queryable properties", "Capabilities", [collection_id, document_f],
                {SCHEMA: {"schema": {"type": "object"}}, HTML: {"schema": {"type": "string"}}},
            ),
            "/collections/{collectionId}/items": _get(
                "items", "Features of a collection", "Data", [collection_id, *many, items_f], items
            ),
            "/collections/{collectionId}/items/{featureId}": _get(
                "item", "A feature", "Data", [collection_id, feature_id, *one, _format(("geojson", "html"))], feature
            ),
        },
        "components": {"schemas": _SCHEMAS},
    }  # fmt: skip
    # One path more a collection: clients that look for its queryables among the parameters (GDAL) find them there.
    for layer in layers:
        document["paths"][f"/collections/{layer.id}/items"] = _get(
            f"items.{layer.id}", f"Features of {layer.title.en}", "Data", [*many, *_fields(layer), items_f], items
        )
    return document


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
    "problem": {
        "type": "object",
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {"type": "array", "items": {"type": "object"}},
        },
    },
}
