"""Checks that hold for text and JSON alike: how much a filter may hold, and what its literals may be."""

import math
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from app.features.cql2.errors import Cql2Error, shown
from app.features.cql2.nodes import Bbox, Date, Geometry, Node, Position, Timestamp, children, is_condition
from app.messages import Message

MAX_TEXT = 20_000
"""Longest filter in text, characters."""
MAX_DEPTH = 50
"""Deepest nesting of parentheses, functions, NOT and arithmetic."""
MAX_NODES = 10_000
MAX_COORDINATES = 20_000
"""Most positions of all geometries of a filter together."""
MAX_NUMBER = sys.float_info.max

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIMESTAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?[Zz]", re.ASCII)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def check_tree(root: Node) -> Node:
    """Return a tree that is a condition and within the limits.

    Raises
    ------
    Cql2Error
        When it is a value and no condition, or holds too much.
    """
    require(is_condition, root, "A filter is a condition, such as name = 'x'; this is a value")
    nodes = positions = 0
    waiting: list[tuple[Node, int]] = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        nodes += 1
        if isinstance(node, Geometry):
            positions += _count(node.coordinates)
        if depth > MAX_DEPTH:
            raise too_deep(node.position)
        if nodes > MAX_NODES:
            raise Cql2Error(
                Message("The filter has more than {most} parts; ask for less at once", most=MAX_NODES),
                node.position,
            )
        if positions > MAX_COORDINATES:
            raise Cql2Error(
                Message(
                    "The geometries of the filter have more than {most} positions; simplify them",
                    most=MAX_COORDINATES,
                ),
                node.position,
            )
        waiting.extend((child, depth + 1) for child in children(node))
    return root


def too_deep(position: Position) -> Cql2Error:
    """Return the error for too much nesting."""
    return Cql2Error(
        Message(
            "The filter is nested more than {most} deep; use fewer parentheses, shorter sums, or IN instead of OR",
            most=MAX_DEPTH,
        ),
        position,
    )


def require(fits: Callable[[Node], bool], node: Node, message: str) -> Node:
    """Return the node if it fits.

    Raises
    ------
    Cql2Error
        With the message, at the node.
    """
    if not fits(node):
        raise Cql2Error(message, node.position)
    return node


def check_text(text: str, position: Position = None) -> str:
    """Return a text that the database can hold.

    Raises
    ------
    Cql2Error
        When it has a NUL or half a surrogate pair.
    """
    found = _UNSTORABLE.search(text)
    if found:
        at = None if position is None else position + found.start()
        raise Cql2Error(
            Message("The character U+{found:04X} cannot stand in a filter; leave it out", found=ord(found[0])), at
        )
    return text


def check_number(value: float, position: Position = None) -> int | float:
    """Return a number that is finite and within the range of a double.

    Raises
    ------
    Cql2Error
        When it is not.
    """
    if isinstance(value, float) and not math.isfinite(value):
        raise Cql2Error("A number should be finite", position)
    if abs(value) > MAX_NUMBER:
        raise Cql2Error(Message("A number should be between -{most:g} and {most:g}", most=MAX_NUMBER), position)
    return value


def read_date(text: str) -> date:
    """Return the day of an RFC 3339 full-date.

    Raises
    ------
    ValueError
        When the text is none, or the day does not exist.
    """
    if not _DATE.fullmatch(text):
        raise ValueError(Message("{text} is not a date; write it like 2022-04-16", text=shown(text)))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            Message("There is no day {text} in the calendar of the years 0001 to 9999", text=shown(text))
        ) from None


def read_timestamp(text: str) -> datetime:
    """Return the instant of an RFC 3339 date-time in UTC, to the microsecond.

    Raises
    ------
    ValueError
        When the text is none, or the instant does not exist.
    """
    found = _TIMESTAMP.fullmatch(text)
    if not found:
        raise ValueError(Message("{text} is not a time in UTC; write it like 2022-04-16T10:13:19Z", text=shown(text)))
    day = read_date(found[1])
    micro = int((found[5] or "")[:6].ljust(6, "0"))
    try:
        return datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), int(found[4]), micro, UTC)
    except ValueError:
        raise ValueError(
            Message("There is no time {text}: hours go to 23, minutes and seconds to 59", text=shown(text))
        ) from None


def date_node(text: str, position: Position = None) -> Date:
    """Return a date literal.

    Raises
    ------
    Cql2Error
        When the text is no date.
    """
    try:
        read_date(text)
    except ValueError as error:
        raise Cql2Error(str(error), position) from None
    return Date(text, position=position)


def timestamp_node(text: str, position: Position = None) -> Timestamp:
    """Return a timestamp literal.

    Raises
    ------
    Cql2Error
        When the text is no timestamp.
    """
    try:
        read_timestamp(text)
    except ValueError as error:
        raise Cql2Error(str(error), position) from None
    return Timestamp(text, position=position)


def instant_node(text: str, position: Position = None) -> Date | Timestamp | None:
    """Return the end of an interval: an instant, or None for ``..``.

    Raises
    ------
    Cql2Error
        When the text is neither.
    """
    if text == "..":
        return None
    if "T" in text or "t" in text:
        return timestamp_node(text, position)
    return date_node(text, position)


def bbox_node(values: list[float], position: Position = None) -> Bbox:
    """Return a box literal.

    Raises
    ------
    Cql2Error
        When it has not four or six numbers.
    """
    if len(values) not in (4, 6):
        raise Cql2Error(
            Message("A BBOX has four or six numbers, not {count}: lower corner, then upper corner", count=len(values)),
            position,
        )
    return Bbox(tuple(float(one) for one in values), position=position)


def geometry_node(kind: str, coordinates: Any, position: Position = None) -> Geometry:
    """Return a geometry literal whose rings are closed and whose positions all have two, or all three, numbers.

    Parameters
    ----------
    kind
        GeoJSON type.
    coordinates
        Nested tuples, as deep as the type has it.
    position
        Where it stands.

    Raises
    ------
    Cql2Error
        When a line is too short, a ring is not closed, or positions differ in length.
    """
    _check_lines(kind, coordinates, position)
    lengths = {len(one) for one in _positions(coordinates)}
    if not lengths:
        raise Cql2Error(Message("An empty {kind} intersects nothing; give it coordinates", kind=kind.upper()), position)
    if len(lengths) > 1 or not lengths <= {2, 3}:
        raise Cql2Error("All positions of a geometry have two numbers (x y), or all have three (x y z)", position)
    return Geometry(kind, coordinates, position=position)


def _check_lines(kind: str, coordinates: Any, position: Position) -> None:
    lines = {"LineString": (coordinates,), "MultiLineString": coordinates}.get(kind, ())
    polygons = {"Polygon": (coordinates,), "MultiPolygon": coordinates}.get(kind, ())
    if any(len(line) < 2 for line in lines):
        raise Cql2Error("A line needs at least two positions", position)
    if kind in ("MultiPolygon", "MultiLineString") and not all(coordinates):
        raise Cql2Error(Message("A part of the {kind} is empty; leave it out", kind=kind.upper()), position)
    for ring in (ring for polygon in polygons for ring in polygon):
        if len(ring) < 4:
            raise Cql2Error("A ring of a polygon needs at least four positions, the last equal to the first", position)
        if ring[0] != ring[-1]:
            raise Cql2Error("A ring of a polygon should end where it begins: repeat the first position", position)


def _positions(coordinates: tuple[Any, ...]) -> list[tuple[float, ...]]:
    if not coordinates or not isinstance(coordinates[0], tuple):
        return [coordinates] if coordinates else []
    return [position for part in coordinates for position in _positions(part)]


def _count(coordinates: tuple[Any, ...]) -> int:
    return len(_positions(coordinates))
