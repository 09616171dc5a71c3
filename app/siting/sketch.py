"""Sketch: where the places of an answer are, as the parts of an SVG drawing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely

WIDTH, HEIGHT, MARGIN = 640.0, 400.0, 24.0
"""Size of the drawing and the room around it, pixels."""

_KILOMETRES = (1, 2, 5, 10, 20, 50, 100)
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A place: its outline as SVG path data, and where its rank stands, pixels."""

    rank: int
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """The drawing: the places, and the length of a bar of so many kilometres, pixels."""

    places: tuple[Drawn, ...]
    bar_km: int
    bar: float


def sketch(shapes: Sequence[tuple[int, str]]) -> Sketch | None:
    """Return the drawing of some outlines.

    Parameters
    ----------
    shapes
        Rank and GeoJSON text of each, the best first; None is returned where there are none.
    """
    if not shapes:
        return None
    geometries = [(rank, shapely.from_geojson(text)) for rank, text in shapes]
    west, south, east, north = shapely.total_bounds([shape for _, shape in geometries])
    flat = math.cos(math.radians((south + north) / 2))
    across, up = max((east - west) * flat, 0.01), max(north - south, 0.01)
    scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / up)
    left, top = (WIDTH - across * scale) / 2, (HEIGHT - up * scale) / 2

    def at(lon: float, lat: float) -> tuple[float, float]:
        return round(left + (lon - west) * flat * scale, 1), round(top + (north - lat) * scale, 1)

    places = []
    for rank, shape in geometries:
        middle = shape.representative_point()
        rings = [ring for part in shapely.get_parts(shape) for ring in _rings(part)]
        path = " ".join(f"M{' L'.join('{} {}'.format(*at(*xy)) for xy in ring)}Z" for ring in rings)
        places.append(Drawn(rank, path, *at(middle.x, middle.y)))
    km = scale / _KM_PER_DEGREE
    bar_km = max((one for one in _KILOMETRES if one * km <= WIDTH / 4), default=1)
    return Sketch(tuple(reversed(places)), bar_km, round(bar_km * km, 1))


def _rings(part: shapely.Geometry) -> list[list[tuple[float, float]]]:
    if not isinstance(part, shapely.Polygon):
        x, y = part.centroid.x, part.centroid.y
        return [[(x - 0.002, y - 0.002), (x + 0.002, y - 0.002), (x + 0.002, y + 0.002), (x - 0.002, y + 0.002)]]
    rings = (part.exterior, *part.interiors)
    return [[(float(x), float(y)) for x, y in shapely.get_coordinates(ring)[:-1]] for ring in rings]
