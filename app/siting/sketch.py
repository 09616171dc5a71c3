"""Sketch: where the places of an answer are, as the parts of an SVG drawing on land, sea and districts."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from app.siting.base_map import BaseMap
from app.siting.map_labels import TITLE_SIZE, Label, Mark, Room
from app.siting.words import say

WIDTH, HEIGHT, MARGIN = 680.0, 470.0, 34.0
"""Size of the drawing and the room around the places, units of the drawing."""

LEAST_KM = 30.0
"""Width of the smallest frame: places alone in it would be nowhere."""

SEA_NAME = (14.0, 3.0)
"""Height of the sea's name and the room between its letters."""

_KILOMETRES = (1, 2, 5, 10, 20, 50, 100)
_KM_PER_DEGREE = 111.2
_COARSE, _FINE = 0.8, 0.3
"""Units that a simplified line may be off: of the base map, and of the places."""
_SPECK = 1.2
"""Parts smaller than so many square units are not drawn."""
_LEAST_SIDE = 3.0
"""Units of the side of a square that stands for a place too small to see."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A place to draw.

    Attributes
    ----------
    shape
        Its outline or its point as GeoJSON text.
    tier
        How the documents place the industry in it.
    rank
        Its rank; None where it has none.
    name
        What it is called.
    first
        Whether it is one of the first.
    possible
        Whether it may fail a condition, as far as its outline tells.
    """

    shape: str
    tier: str
    rank: int | None
    name: str
    first: bool = False
    possible: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A place in the drawing: its outline as path data, its mark, and its name where there is room for it."""

    shown: Shown
    path: str
    mark: Mark
    name: Label | None


@dataclass(frozen=True, slots=True)
class Sketch:
    """The drawing; outlines are SVG path data.

    Attributes
    ----------
    sea, land, borders, coast, rivers, reservoirs
        The base map.
    named
        Districts that documents name without a park that is drawn.
    places
        The places, those to draw last at the end.
    districts, sea_name
        Names of districts and of the sea.
    bar_km, bar
        The scale bar: kilometres, and its length in units.
    """

    sea: str
    land: str
    borders: str
    coast: str
    rivers: str
    reservoirs: str
    named: str
    places: tuple[Drawn, ...]
    districts: tuple[Label, ...]
    sea_name: Label | None
    bar_km: int
    bar: float
    width: int = int(WIDTH)
    height: int = int(HEIGHT)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Part of the earth that is drawn: longitudes and latitudes to units."""

    west: float
    north: float
    flat: float
    scale: float

    @property
    def km(self) -> float:
        """Units of a kilometre."""
        return self.scale / _KM_PER_DEGREE

    @property
    def project(self) -> Callable[[np.ndarray], np.ndarray]:
        """Return units of coordinates in degrees."""

        def to_units(points: np.ndarray) -> np.ndarray:
            x = (points[:, 0] - self.west) * self.flat * self.scale
            return np.column_stack([x, (self.north - points[:, 1]) * self.scale])

        return to_units


def sketch(shown: Sequence[Shown], base: BaseMap, named: Sequence[str], language: str) -> Sketch | None:
    """Return the drawing of some places.

    Parameters
    ----------
    shown
        The places, the best first.
    base
        What they lie on.
    named
        Ids of districts that documents name without a park that is drawn; they are hatched.
    language
        ``zh`` or ``en``.

    Returns
    -------
    Sketch or None
        None where there is nothing to draw.
    """
    shapes = [shapely.from_geojson(one.shape) for one in shown]
    districts = [one for one in base.districts if one.id in named]
    around = shapes or [one.shape for one in districts]
    if not around:
        return None
    frame = _frame(shapely.total_bounds(around))
    paper = shapely.box(0, 0, WIDTH, HEIGHT)

    def drawn(shape: shapely.Geometry, tolerance: float = _COARSE) -> shapely.Geometry:
        flat = shapely.transform(shape, frame.project)
        return shapely.intersection(shapely.simplify(flat, tolerance), paper)

    land = [(one, drawn(one.shape)) for one in base.districts]
    land = [(one, shape) for one, shape in land if not shape.is_empty]
    sea = shapely.difference(drawn(base.waters.sea), shapely.union_all([shape for _, shape in land]))
    outlines = [_visible(shapely.simplify(shapely.transform(one, frame.project), _FINE)) for one in shapes]
    bar_km = max((one for one in _KILOMETRES if one * frame.km <= WIDTH / 4), default=1)
    bar = round(bar_km * frame.km, 1)
    room = Room(WIDTH, HEIGHT, corners=((0, HEIGHT - 36, bar + 44, HEIGHT), (WIDTH - 46, 0, WIDTH, 56)))
    places = _placed(shown, outlines, room)
    taken = shapely.buffer(shapely.union_all(outlines), TITLE_SIZE / 4)
    sea_name = room.titles([(shapely.difference(sea, taken), say("report_map_sea")[language])], *SEA_NAME)
    titles = [
        (shapely.difference(shape, taken), one.name_zh if language == "zh" else one.name_en) for one, shape in land
    ]
    return Sketch(
        sea=path_of(sea),
        land="".join(path_of(shape) for _, shape in land),
        borders="".join(_border(shape, paper) for _, shape in land),
        coast="".join(path_of(drawn(one)) for one in base.waters.coasts),
        rivers="".join(path_of(drawn(one)) for one in base.waters.rivers),
        reservoirs="".join(path_of(drawn(one)) for one in base.waters.reservoirs),
        named="".join(path_of(shape) for one, shape in land if one in districts),
        places=places,
        districts=tuple(room.titles(titles)),
        sea_name=sea_name[0] if sea_name else None,
        bar_km=bar_km,
        bar=bar,
    )


def _placed(shown: Sequence[Shown], outlines: Sequence[shapely.Geometry], room: Room) -> tuple[Drawn, ...]:
    """Return the places with their marks and names, the first one last."""
    marks = room.marks([(shape.representative_point(), one.rank) for one, shape in zip(shown, outlines, strict=True)])
    names = room.names([(mark, one.name) for mark, one in zip(marks, shown, strict=True)])
    found = zip(shown, outlines, marks, names, strict=True)
    return tuple(reversed([Drawn(one, path_of(shape), mark, name) for one, shape, mark, name in found]))


def _frame(bounds: Sequence[float]) -> _Frame:
    """Return the frame around some bounds (west, south, east, north), at least ``LEAST_KM`` wide."""
    west, south, east, north = (float(one) for one in bounds)
    flat = math.cos(math.radians((south + north) / 2))
    across, up = (east - west) * flat, north - south
    room_x, room_y = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    degrees_a_unit = max(across / room_x, up / room_y, LEAST_KM / _KM_PER_DEGREE / WIDTH)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return _Frame(
        west=middle_x - WIDTH / 2 * degrees_a_unit / flat,
        north=middle_y + HEIGHT / 2 * degrees_a_unit,
        flat=flat,
        scale=1 / degrees_a_unit,
    )


def _visible(shape: shapely.Geometry) -> shapely.Geometry:
    """Return an outline, or a small square in place of a point or of one that is too small to see."""
    if shape.area >= _LEAST_SIDE**2:
        return shape
    middle = shape.centroid
    half = _LEAST_SIDE / 2
    return shapely.box(middle.x - half, middle.y - half, middle.x + half, middle.y + half)


def _border(shape: shapely.Geometry, paper: shapely.Geometry) -> str:
    """Return the border of a district without the edge of the paper."""
    return path_of(shapely.difference(shape.boundary, shapely.buffer(paper.boundary, 0.2)))


def path_of(shape: shapely.Geometry) -> str:
    """Return the lines and areas of a geometry as SVG path data, to one decimal."""
    parts = []
    for part in shapely.get_parts(shape, return_index=False):
        if isinstance(part, shapely.Polygon) and part.area >= _SPECK:
            parts += [_line(ring, closed=True) for ring in (part.exterior, *part.interiors)]
        elif isinstance(part, shapely.LineString) and part.length > 0:
            parts.append(_line(part, closed=False))
    return "".join(parts)


def _line(line: shapely.Geometry, *, closed: bool) -> str:
    points = [f"{_decimal(x)} {_decimal(y)}" for x, y in shapely.get_coordinates(line)]
    kept = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    return f"M{'L'.join(kept[:-1] if closed and len(kept) > 1 else kept)}{'Z' if closed else ''}"


def _decimal(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
