"""Literals of CQL2 text: geometries in WKT, boxes, instants and intervals."""

from collections.abc import Callable
from typing import Any, TypeVar

from app.features.cql2 import check
from app.features.cql2.errors import Cql2Error
from app.features.cql2.nodes import (
    GEOMETRY_DEPTHS,
    Bbox,
    Date,
    Geometry,
    GeometryCollection,
    Interval,
    Node,
    Position,
    PropertyName,
    Timestamp,
)  # fmt: skip
from app.features.cql2.stream import TokenStream
from app.messages import Message, sentence

GEOMETRY_WORDS = {name.lower(): name for name in GEOMETRY_DEPTHS}
COLLECTION = "geometrycollection"

Item = TypeVar("Item")


def read_number(text: str, position: Position = None) -> int | float:
    """Return the value of an unsigned numeric literal: an int if it is written as one.

    Raises
    ------
    Cql2Error
        When it is outside the range of a double.
    """
    if text.isdigit() and len(text) <= 400:
        return check.check_number(int(text), position)
    try:
        return check.check_number(float(text), position)
    except OverflowError:
        raise Cql2Error("A number should be finite", position) from None


def signed_number(stream: TokenStream, what: str) -> float:
    """Read a number with or without a sign."""
    sign = -1.0 if stream.at_sign("-") else 1.0
    if stream.at_sign("+", "-"):
        stream.next()
    if stream.token.kind != "number":
        stream.fail(Message("Expected {what}", what=sentence(what)))
    token = stream.next()
    return sign * float(read_number(token.text, token.position))


def _listed(stream: TokenStream, read: Callable[[], Item], where: str) -> tuple[Item, ...]:
    """Read ``( … , … )``."""
    stream.expect_sign("(", where)
    items = [read()]
    while stream.take_sign(","):
        items.append(read())
    stream.expect_sign(")", where)
    return tuple(items)


def _point(stream: TokenStream) -> tuple[float, ...]:
    numbers = [signed_number(stream, "a coordinate"), signed_number(stream, "a second coordinate")]
    while stream.token.kind == "number" or stream.at_sign("+", "-"):
        numbers.append(signed_number(stream, "a coordinate"))
    return tuple(numbers)


def _coordinates(stream: TokenStream, kind: str) -> Any:
    where = Message("in the coordinates of {kind}", kind=kind.upper())

    def line() -> tuple[Any, ...]:
        return _listed(stream, lambda: _point(stream), where)

    def lines() -> tuple[Any, ...]:
        return _listed(stream, line, where)

    def multipoint_member() -> tuple[float, ...]:
        # OGC 06-103r4 puts each point in parentheses; without them is an older spelling that is still common.
        if not stream.take_sign("("):
            return _point(stream)
        point = _point(stream)
        stream.expect_sign(")", where)
        return point

    if kind == "Point":
        stream.expect_sign("(", where)
        point = _point(stream)
        stream.expect_sign(")", where)
        return point
    if kind == "MultiPoint":
        return _listed(stream, multipoint_member, where)
    depth = GEOMETRY_DEPTHS[kind]
    if depth == 3:
        return _listed(stream, lines, where)
    return lines() if depth == 2 else line()


def geometry(stream: TokenStream) -> Geometry | GeometryCollection:
    """Read a geometry literal, whose keyword comes next. Two or three coordinates, with or without ``Z``."""
    token = stream.next()
    if stream.token.word in ("m", "zm"):
        raise Cql2Error("Geometries in CQL2 have two coordinates or three (Z); leave M out", stream.token.position)
    stream.take_word("z")
    if token.word == COLLECTION:
        return GeometryCollection(
            _listed(stream, lambda: _part(stream), Message("in {text}", text=token.text)), position=token.position
        )
    kind = GEOMETRY_WORDS[token.word]
    return check.geometry_node(kind, _coordinates(stream, kind), token.position)


def _part(stream: TokenStream) -> Geometry:
    if stream.token.word not in GEOMETRY_WORDS:
        stream.fail("Expected a geometry such as POINT(…) or POLYGON((…)) in GEOMETRYCOLLECTION")
    part = geometry(stream)
    assert isinstance(part, Geometry)  # noqa: S101 - a collection is no member of GEOMETRY_WORDS
    return part


def bbox(stream: TokenStream) -> Bbox:
    """Read ``BBOX(…)``, whose keyword comes next."""
    token = stream.next()
    values = _listed(stream, lambda: signed_number(stream, "a number"), "in BBOX")
    return check.bbox_node(list(values), token.position)


def instant(stream: TokenStream) -> Date | Timestamp:
    """Read ``DATE('…')`` or ``TIMESTAMP('…')``, whose keyword comes next."""
    token = stream.next()
    example = "2022-04-16" if token.word == "date" else "2022-04-16T10:13:19Z"
    stream.expect_sign("(", Message("after {text}: {text}('{example}')", text=token.text, example=example))
    content = stream.expect_string(Message("a value like '{example}'", example=example))
    stream.expect_sign(")", Message("to close {text}(", text=token.text))
    make = check.date_node if token.word == "date" else check.timestamp_node
    return make(content.text, content.position)


def interval(stream: TokenStream, function: Callable[[], Node]) -> Interval:
    """Read ``INTERVAL(…, …)``, whose keyword comes next.

    Parameters
    ----------
    stream
        The tokens.
    function
        Reads the call of a function.
    """
    token = stream.next()

    def end() -> Node | None:
        if stream.token.kind == "string":
            content = stream.next()
            return check.instant_node(content.text, content.position)
        if stream.token.kind == "name" and stream.following.text == "(" and stream.following.kind == "sign":
            return function()
        if stream.token.kind in ("name", "quoted"):
            name = stream.next()
            return PropertyName(name.text, position=name.position)
        stream.fail("An end of an INTERVAL is '2022-04-16', '2022-04-16T10:13:19Z', '..' or a property")

    stream.expect_sign("(", "after INTERVAL")
    start = end()
    stream.expect_sign(",", "between the ends of an INTERVAL")
    node = Interval(start, end(), position=token.position)
    stream.expect_sign(")", "to close INTERVAL(")
    return node
