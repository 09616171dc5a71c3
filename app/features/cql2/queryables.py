"""Queryables: the properties a filter may name, as JSON Schema (OGC 19-079r2, clause 6)."""

from collections.abc import Mapping
from typing import Any

from app.features.cql2.properties import Property, properties_of
from app.registry.definition import LayerDefinition

SCHEMA = "https://json-schema.org/draft/2020-12/schema"

_TYPES: Mapping[str, Mapping[str, Any]] = {
    "string": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
    "json": {"type": "string", "contentMediaType": "application/json"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "string[]": {"type": "array", "items": {"type": "string"}},
}
_GEOMETRY_FORMATS = {
    "point": "geometry-point-or-multipoint",
    "line": "geometry-linestring-or-multilinestring",
    "polygon": "geometry-polygon-or-multipolygon",
}


def queryables_schema(layer: LayerDefinition, base_url: str) -> dict[str, Any]:
    """Return the queryables of a layer.

    Parameters
    ----------
    layer
        The layer.
    base_url
        Address of the landing page, without a slash at its end.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12, with a property for each queryable. Titles are Chinese, descriptions English.
    """
    roles = _roles(layer)
    return {
        "$schema": SCHEMA,
        "$id": f"{base_url}/collections/{layer.id}/queryables",
        "type": "object",
        "title": layer.title.zh,
        "description": layer.title.en,
        "properties": {
            name: _property(layer, one) | ({"x-ogc-role": roles[name]} if name in roles else {})
            for name, one in properties_of(layer).items()
        },
        "additionalProperties": False,
    }


def _roles(layer: LayerDefinition) -> dict[str, str]:
    roles = {layer.source.key: "id", layer.source.geometry: "primary-geometry"}
    if len(layer.datetime) == 1:
        roles[layer.datetime[0]] = "primary-instant"
    elif layer.datetime:
        first, last = layer.datetime
        roles |= {first: "primary-interval-start", last: "primary-interval-end"}
    return roles


def _property(layer: LayerDefinition, one: Property) -> dict[str, Any]:
    if one.type == "geometry":
        return {"title": "图形", "description": "Geometry", "format": _GEOMETRY_FORMATS[layer.geometry]}
    schema = dict(_TYPES[one.type])
    if one.choices:
        listed = {"enum": list(one.choices)}
        schema |= {"items": {"type": "string", **listed}} if one.type == "string[]" else listed
    field = next((field for field in layer.fields if field.name == one.name), None)
    if field is None:
        return {"title": "标识", "description": "Identifier", **schema}
    unit = {"x-ogc-unit": field.unit.en} if field.unit else {}
    return {"title": field.title.zh, "description": field.title.en, **schema, **unit}
