"""Polygon: the area that a question is confined to, read from GeoJSON and checked."""

import json
import math
from itertools import pairwise
from typing import Any

import shapely
from shapely.errors import ShapelyError

from app.messages import Message

MOST_VERTICES = 10_000


def read_polygon(value: Any) -> str:
    """Return a polygon as GeoJSON text with seven decimals.

    Parameters
    ----------
    value
        A GeoJSON Polygon or MultiPolygon (RFC 7946), or a Feature with one, as an object or as text.

    Raises
    ------
    ValueError
        With a message: it is no such thing, has too many vertices, lies outside the world, or is not valid and where.
    """
    geometry = _geometry(_parsed(value))
    rings = _rings(geometry)
    vertices = sum(len(ring) for ring in rings)
    if vertices > MOST_VERTICES:
        raise ValueError(
            Message("has {count} vertices; at most {most} are taken. Simplify it", count=vertices, most=MOST_VERTICES)
        )
    for ring in rings:
        _check_ring(ring)
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except (ShapelyError, ValueError, TypeError):
        raise ValueError(_WANTED) from None
    if not shape.is_valid:
        raise ValueError(Message("is not a valid polygon: {reason}", reason=shapely.is_valid_reason(shape)))
    rounded = shapely.set_precision(shapely.force_2d(shape), 1e-7)
    if rounded.is_empty or rounded.area == 0:
        raise ValueError(Message("encloses no area"))
    text: str = shapely.to_geojson(rounded)
    return text


_WANTED = Message("should be a GeoJSON Polygon or MultiPolygon")


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise ValueError(_WANTED) from None


def _geometry(value: Any) -> dict[str, Any]:
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = value.get("geometry")
    if not isinstance(value, dict) or value.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError(_WANTED)
    if not isinstance(value.get("coordinates"), list):
        raise ValueError(_WANTED)
    return {"type": value["type"], "coordinates": value["coordinates"]}


def _rings(geometry: dict[str, Any]) -> list[list[Any]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    rings = [ring for polygon in polygons if isinstance(polygon, list) for ring in polygon]
    if not rings or not all(isinstance(polygon, list) for polygon in polygons):
        raise ValueError(_WANTED)
    if not all(isinstance(ring, list) for ring in rings):
        raise ValueError(_WANTED)
    return rings


def _check_ring(ring: list[Any]) -> None:
    for position in ring:
        if not isinstance(position, list) or len(position) not in (2, 3) or not all(map(_is_number, position)):
            raise ValueError(Message("should hold positions of longitude and latitude"))
        if not (-180 <= position[0] <= 180 and -90 <= position[1] <= 90):
            raise ValueError(Message("should hold longitudes from -180 to 180 and latitudes from -90 to 90"))
    if any(abs(one[0] - other[0]) > 180 for one, other in pairwise(ring)):
        raise ValueError(Message("crosses the 180th meridian, at which it should be cut in two (RFC 7946, 3.1.9)"))
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError(Message("should hold rings of at least four positions whose last is the first"))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
