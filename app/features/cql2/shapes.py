"""Shapes: geometry literals, brought to the storage CRS and checked, so that the database can always compare them."""

import math
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from app.db.models import SRID
from app.features.cql2.errors import Cql2Error
from app.features.cql2.nodes import Bbox, Geometry, GeometryCollection, Node, Position
from app.geodesy.crs import Crs
from app.messages import Message

MAX_COORDINATE = 1e8
"""Largest coordinate, degrees or metres: beyond it nothing lies on the Earth in any CRS of the service."""

_SAME_AS_STORED = (4326, SRID)
_BOX_STEPS = 16
"""Parts that the edges of a box in a projected CRS are cut into; they are curves in degrees."""


def shape(node: Node, crs: Crs) -> BaseGeometry:
    """Return a geometry literal in the storage CRS, x being the longitude. Heights are left out: features have none.

    Parameters
    ----------
    node
        A geometry, a collection or a box, coordinates in the axis order of the CRS.
    crs
        Its CRS.

    Raises
    ------
    Cql2Error
        When it is not valid, or lies where the CRS does not reach.
    """
    if isinstance(node, Bbox):
        return _reprojected(_box(node, crs), crs, node.position)
    members = node.parts if isinstance(node, GeometryCollection) else (node,)
    made = [_part(one, crs) for one in members if isinstance(one, Geometry)]
    return shapely.GeometryCollection(made) if isinstance(node, GeometryCollection) else made[0]


def _part(node: Geometry, crs: Crs) -> BaseGeometry:
    plane = _flat(node.coordinates, swap=crs.swaps_xy, position=node.position)
    drawn = shapely.geometry.shape({"type": node.type, "coordinates": plane})
    if not shapely.is_valid(drawn):
        reason = shapely.is_valid_reason(drawn)
        raise Cql2Error(
            Message("This {type} is not a valid geometry: {reason}", type=node.type.upper(), reason=reason),
            node.position,
        )
    return _reprojected(drawn, crs, node.position)


def _flat(coordinates: Any, *, swap: bool, position: Position) -> Any:
    """Return coordinates as x and y, x being east."""
    if isinstance(coordinates[0], tuple):
        return [_flat(one, swap=swap, position=position) for one in coordinates]
    x, y = _checked(coordinates[:2], position)
    return (y, x) if swap else (x, y)


def _checked(numbers: tuple[float, ...], position: Position) -> tuple[float, ...]:
    if any(abs(one) > MAX_COORDINATE for one in numbers):
        raise Cql2Error(
            Message(
                "A coordinate should be between -{most:g} and {most:g}",
                most=MAX_COORDINATE,
            ),
            position,
        )
    return numbers


def _box(node: Bbox, crs: Crs) -> BaseGeometry:
    half = len(node.values) // 2
    low, high = _checked(node.values[:2], node.position), _checked(node.values[half : half + 2], node.position)
    if crs.swaps_xy:
        low, high = low[::-1], high[::-1]
    (west, south), (east, north) = low, high
    if south > north:
        raise Cql2Error(
            Message("The box has its south ({south:g}) above its north ({north:g})", south=south, north=north),
            node.position,
        )
    if west <= east:
        return _rectangle(west, south, east, north, crs)
    if not crs.is_geographic or west > 180 or east < -180:
        raise Cql2Error(
            Message("The box has its west ({west:g}) beyond its east ({east:g})", west=west, east=east), node.position
        )
    halves = [_rectangle(*one, crs) for one in ((west, south, 180.0, north), (-180.0, south, east, north))]
    whole: BaseGeometry = shapely.union_all([one for one in halves if one.area] or halves)
    return whole


def _rectangle(west: float, south: float, east: float, north: float, crs: Crs) -> BaseGeometry:
    if west == east and south == north:
        return shapely.Point(west, south)
    if west == east or south == north:
        drawn: BaseGeometry = shapely.LineString([(west, south), (east, north)])
    else:
        drawn = shapely.box(west, south, east, north)
    if crs.is_geographic:
        return drawn
    return shapely.segmentize(drawn, max(east - west, north - south) / _BOX_STEPS)


@lru_cache
def _transformer(srid: int) -> Transformer:
    # WGS 84 is treated as identical to the storage CRS.
    return Transformer.from_crs(srid, 4326 if srid == 3857 else SRID, always_xy=True)


def _reprojected(drawn: BaseGeometry, crs: Crs, position: Position) -> BaseGeometry:
    if crs.srid in _SAME_AS_STORED:
        return drawn
    transformer = _transformer(crs.srid)

    def move(points: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    moved: BaseGeometry = shapely.transform(drawn, move)
    if not all(math.isfinite(one) for one in shapely.total_bounds(moved)) or not shapely.is_valid(moved):
        raise Cql2Error(
            Message("The geometry lies where {name} does not reach; is filter-crs right?", name=crs.name), position
        )
    return moved


def simplest(drawn: BaseGeometry) -> BaseGeometry | None:
    """Return a collection as one geometry of points, lines or areas, or None where it mixes them for good."""
    if drawn.geom_type != "GeometryCollection":
        return drawn
    whole: BaseGeometry = shapely.union_all(list(drawn.geoms))
    return None if whole.geom_type == "GeometryCollection" else whole
