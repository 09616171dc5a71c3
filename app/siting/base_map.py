"""Base map: the districts, the coast and the waters that a drawing of places lies on."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import shapely

from app.db.reader import Reader

_DISTRICTS = """
    SELECT id, name_zh, name_en, geojson FROM yuantu.zone
     WHERE kind = 'district' AND geojson IS NOT NULL ORDER BY sort"""

_OFFSHORE_DEGREES = 3.0
"""How far the sea is drawn from the coast: beyond any frame."""


@dataclass(frozen=True, slots=True)
class District:
    """A district: the land, as far as it is known."""

    id: str
    name_zh: str
    name_en: str
    shape: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Waters:
    """Coast lines, rivers (lines) and reservoirs (areas), degrees."""

    coasts: tuple[shapely.Geometry, ...] = ()
    rivers: tuple[shapely.Geometry, ...] = ()
    reservoirs: tuple[shapely.Geometry, ...] = ()

    @property
    def sea(self) -> shapely.Geometry:
        """The sea before the coast, between the perpendiculars at its ends: beyond them no coast is known."""
        return shapely.union_all([_offshore(coast) for coast in self.coasts])


@dataclass(frozen=True, slots=True)
class BaseMap:
    """What a drawing of places lies on."""

    districts: tuple[District, ...]
    waters: Waters


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the map of a report is drawn from.

    Attributes
    ----------
    shapes
        Footprints of the places as GeoJSON text, by id.
    base
        What they lie on.
    """

    shapes: Mapping[str, str]
    base: BaseMap


async def read_base_map(reader: Reader, geodata: Path) -> BaseMap:
    """Return the base map.

    Parameters
    ----------
    reader
        The database, for the districts.
    geodata
        The folder with ``base/water.geojson``, whose features the basemap checks; without the file there is no water.
    """
    rows = await reader.rows(_DISTRICTS)
    districts = [District(row.id, row.name_zh, row.name_en, shapely.from_geojson(row.geojson)) for row in rows]
    return BaseMap(tuple(districts), _waters(geodata / "base" / "water.geojson"))


@cache
def _waters(path: Path) -> Waters:
    if not path.is_file():
        return Waters()
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    shapes = [(one["properties"]["kind"], shapely.from_geojson(json.dumps(one["geometry"]))) for one in features]
    return Waters(
        coasts=tuple(shape for kind, shape in shapes if kind == "coast"),
        rivers=tuple(shape for kind, shape in shapes if kind == "river"),
        reservoirs=tuple(shape for kind, shape in shapes if kind == "reservoir"),
    )


def _offshore(coast: shapely.Geometry) -> shapely.Geometry:
    """Return the sea to the right of a coast line, which has the land to its left."""
    points = shapely.get_coordinates(coast)
    (west, south), (east, north) = points[0], points[-1]
    length = math.hypot(east - west, north - south)
    if length == 0:
        return shapely.Polygon()
    x, y = ((north - south) / length * _OFFSHORE_DEGREES, -(east - west) / length * _OFFSHORE_DEGREES)
    return shapely.make_valid(shapely.Polygon([*points, (east + x, north + y), (west + x, south + y)]))
