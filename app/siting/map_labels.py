"""Map labels: where numbers and names stand on a drawing so that none lies over another."""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely

RADIUS = 9.0
"""Of the disc that a rank stands in, units of the drawing."""
SMALL_RADIUS = 7.0
"""Of the mark of a place without a rank."""
NAME_SIZE, TITLE_SIZE = 10.0, 12.0
"""Heights of names of places and of districts."""

_GAP = 2.0
_EDGE = 4.0
_RINGS = (0.0, 21.0, 30.0, 40.0, 52.0, 66.0, 82.0, 100.0)
_DIRECTIONS = 16
_WIDE, _NARROW = 1.0, 0.55
"""Widths of Chinese and of Latin characters, times the height."""

Point = tuple[float, float]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a place: where the place is, and where its number stands; a line joins them where they differ."""

    at_x: float
    at_y: float
    x: float
    y: float
    rank: int | None

    @property
    def moved(self) -> bool:
        """Whether the number stands beside the place."""
        return (self.at_x, self.at_y) != (self.x, self.y)

    @property
    def radius(self) -> float:
        """Half its size."""
        return SMALL_RADIUS if self.rank is None else RADIUS


@dataclass(frozen=True, slots=True)
class Label:
    """A text: where its start, its middle or its end stands, half way up."""

    text: str
    x: float
    y: float
    anchor: str = "middle"


class Room:
    """What is taken of a drawing.

    Parameters
    ----------
    width, height
        Its size.
    corners
        Boxes that are taken from the beginning.
    """

    def __init__(self, width: float, height: float, corners: Sequence[Box] = ()) -> None:
        """Take the corners."""
        self._paper = (_EDGE, _EDGE, width - _EDGE, height - _EDGE)
        self._taken: list[Box] = list(corners)
        self._leaders: list[shapely.LineString] = []

    def marks(self, places: Sequence[tuple[shapely.Point, int | None]]) -> list[Mark]:
        """Return the marks of places, each as near to its place as there is room, the first ones first.

        Parameters
        ----------
        places
            Where each is, and its rank.
        """
        anchors = [(round(point.x, 1), round(point.y, 1)) for point, _ in places]
        found = []
        for at, (_, rank) in zip(anchors, places, strict=True):
            radius = SMALL_RADIUS if rank is None else RADIUS
            free = [one for one in _positions(at) if self._is_free(_around(one, radius))]
            others = [one for one in anchors if one != at]
            x, y = next(
                (one for one in free if one == at or self._is_clear(at, one, radius, others)), (free or [at])[0]
            )
            found.append(Mark(*at, x, y, rank))
            self._taken.append(_around((x, y), radius))
            if (x, y) != at:
                self._leaders.append(shapely.LineString([at, (x, y)]))
        return found

    def _is_clear(self, at: Point, to: Point, radius: float, others: Sequence[Point]) -> bool:
        """Tell whether a mark moved there covers no other place, and neither it nor its line crosses another's."""
        if any(math.hypot(to[0] - one[0], to[1] - one[1]) < radius + _GAP for one in others):
            return False
        leader, disc = shapely.LineString([at, to]), shapely.box(*_around(to, radius))
        crossed = any(one.intersects(leader) or one.intersects(disc) for one in self._leaders)
        return not crossed and not any(shapely.box(*one).intersects(leader) for one in self._taken)

    def names(self, places: Sequence[tuple[Mark, str]]) -> list[Label | None]:
        """Return where names of places stand beside their marks; None where there is no room."""
        return [self._beside(mark, text) for mark, text in places]

    def _beside(self, mark: Mark, text: str) -> Label | None:
        width, reach = width_of(text, NAME_SIZE), mark.radius + 4.5
        up = reach + NAME_SIZE / 2
        for anchor, x, y in (
            ("start", mark.x + reach, mark.y), ("end", mark.x - reach, mark.y),
            ("middle", mark.x, mark.y + up), ("middle", mark.x, mark.y - up),
        ):  # fmt: skip
            left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
            if self._take(left + width / 2, y, width, NAME_SIZE):
                return Label(text, round(x, 1), round(y, 1), anchor)
        return None

    def titles(
        self, areas: Sequence[tuple[shapely.Geometry, str]], size: float = TITLE_SIZE, spacing: float = 1.0
    ) -> list[Label]:
        """Return where names of areas stand in them; those for which there is room.

        Parameters
        ----------
        areas
            Each with its name.
        size, spacing
            Height of the letters, and room between them.
        """
        found = []
        for shape, text in areas:
            if shape.is_empty:
                continue
            width = width_of(text, size) + spacing * len(text)
            for x, y in _inside(shape):
                box = shapely.box(x - width / 2, y - size / 2, x + width / 2, y + size / 2)
                if shape.contains(box) and self._take(x, y, width, size):
                    found.append(Label(text, round(x, 1), round(y, 1)))
                    break
        return found

    def _take(self, x: float, y: float, width: float, height: float) -> bool:
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if not self._is_free(box) or any(shapely.box(*box).intersects(one) for one in self._leaders):
            return False
        self._taken.append(box)
        return True

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = self._paper
        within = box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom
        return within and not any(_overlap(box, one) for one in self._taken)


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is."""
    return size * sum(_WIDE if unicodedata.east_asian_width(char) in "WF" else _NARROW for char in text)


def _positions(at: Point) -> Iterator[Point]:
    """Yield a point, then points on rings around it, the nearest first."""
    for ring in _RINGS:
        for step in range(_DIRECTIONS if ring else 1):
            angle = 2 * math.pi * step / _DIRECTIONS
            yield round(at[0] + ring * math.cos(angle), 1), round(at[1] - ring * math.sin(angle), 1)


def _around(at: Point, radius: float) -> Box:
    return at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius


def _overlap(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] + _GAP and other[0] < one[2] + _GAP and one[1] < other[3] + _GAP and other[1] < one[3] + _GAP
    )


def _inside(shape: shapely.Geometry) -> Iterator[Point]:
    """Yield points of an area: a good middle, then a grid from the middle outwards."""
    point = shape.representative_point()
    yield point.x, point.y
    left, top, right, bottom = shape.bounds
    middle = ((left + right) / 2, (top + bottom) / 2)
    grid = [
        (left + (right - left) * column / 12, top + (bottom - top) * row / 12)
        for column in range(1, 12)
        for row in range(1, 12)
    ]
    yield from sorted(grid, key=lambda one: math.hypot(one[0] - middle[0], one[1] - middle[1]))
