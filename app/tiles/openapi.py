"""The paths of OGC API - Tiles for the OpenAPI 3.0 description of /ogc."""

from collections.abc import Sequence
from typing import Any

from app.problems import MEDIA_TYPE as PROBLEM
from app.tiles import grid
from app.tiles.documents import JSON, MVT

_TAG = "Tiles"


def paths(collections: Sequence[str]) -> dict[str, Any]:
    """Return the paths; their faults refer to ``#/components/schemas/problem``.

    Parameters
    ----------
    collections
        Ids of the collections.
    """
    collection = _parameter("path", "collectionId", "Id of a collection.", _enum(collections))
    matrix_set = _parameter("path", "tileMatrixSetId", "Id of a tile matrix set.", _enum([grid.ID]))
    f = _parameter("query", "f", "Format of the answer.", _enum(["json"]))
    document = {"200": {"description": "The document", "content": {JSON: {"schema": {"type": "object"}}}}}
    tiles = "/collections/{collectionId}/tiles"
    # OGC 20-057, table 7: clients recognise the operations by how their ids end.
    return {
        "/tileMatrixSets": _get("getTileMatrixSetsList", "The tile matrix sets", [f], document),
        "/tileMatrixSets/{tileMatrixSetId}": _get(
            "getTileMatrixSet", "Definition of a tile matrix set", [matrix_set, f], document
        ),
        tiles: _get(".collection.vector.getTileSetsList", "Tile sets of a collection", [collection, f], document),
        f"{tiles}/{{tileMatrixSetId}}": _get(
            ".collection.vector.getTileSet", "Metadata of a tile set", [collection, matrix_set, f], document
        ),
        f"{tiles}/{{tileMatrixSetId}}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}": _get(
            ".collection.vector.getTile", "A vector tile", [collection, matrix_set, *_address(), *_options()], _tile()
        ),
    }


def _address() -> list[dict[str, Any]]:
    number = {"type": "integer", "minimum": 0}
    return [
        _parameter("path", "tileMatrix", "Id of a tile matrix: the zoom.", {"type": "string"}, "11"),
        _parameter("path", "tileRow", "Row, from the north.", number, 782),
        _parameter("path", "tileCol", "Column, from the west.", number, 1693),
    ]


def _options() -> list[dict[str, Any]]:
    names = {"type": "array", "items": {"type": "string"}}
    return [
        _parameter("query", "properties", "Only these attributes, joined by commas; nothing for none.", names),
        _parameter("query", "f", "Format of the answer.", _enum(["mvt"])),
    ]


def _tile() -> dict[str, Any]:
    content = {MVT: {"schema": {"type": "string", "format": "binary"}}}
    return {
        "200": {"description": "The tile", "content": content},
        "204": {"description": "The collection has nothing there"},
    }


def _enum(values: Sequence[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _parameter(place: str, name: str, words: str, schema: dict[str, Any], example: Any = None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": words,
        "schema": schema,
    }
    if place == "query":
        found |= {"style": "form", "explode": False}
    if example is not None:
        found["example"] = example
    return found


def _get(operation: str, summary: str, parameters: list[dict[str, Any]], answers: dict[str, Any]) -> dict[str, Any]:
    problem = {
        "description": "What was wrong",
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}}},
    }
    faults = {"400": problem, "500": problem}
    if any(one["in"] == "path" for one in parameters):
        faults["404"] = problem
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "tags": [_TAG],
            "parameters": parameters,
            "responses": {**answers, **faults},
        }
    }
