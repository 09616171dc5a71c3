"""Reading CQL2 JSON: the schema of annex C of OGC 21-065r2 (cql2.json)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from app.features.cql2 import check, nodes
from app.features.cql2.check import MAX_DEPTH, check_number, check_text, check_tree, require, too_deep
from app.features.cql2.errors import Cql2Error, shown
from app.features.cql2.nodes import Node
from app.features.cql2.text_reader import make_call
from app.messages import Message

_OPERATORS = {
    one.lower(): one
    for one in ("and", "or", "not", "like", "between", "in", "isNull", *nodes.COMPARISONS, *nodes.ARITHMETIC,
                *nodes.CALLABLE)
}  # fmt: skip
_GEOMETRIES = (*nodes.GEOMETRY_DEPTHS, "GeometryCollection")
_MEMBERS = ("op", "property", "date", "timestamp", "interval", "type", "bbox")


def parse_json(value: Any) -> Node:
    """Return the tree of a filter in CQL2 JSON.

    Parameters
    ----------
    value
        What a JSON reader made of it: dicts, lists, strings, numbers, booleans.

    Raises
    ------
    Cql2Error
        Saying what departs from the schema and what would be right.
    """
    return check_tree(_node(value, 0))


def _node(value: Any, depth: int) -> Node:
    if depth > 2 * MAX_DEPTH:
        raise too_deep(None)
    if isinstance(value, bool):
        return nodes.Boolean(value)
    if isinstance(value, int | float):
        return nodes.Number(check_number(value))
    if isinstance(value, str):
        return nodes.Text(check_text(value))
    if isinstance(value, list):
        return nodes.Array(tuple(_node(one, depth + 1) for one in value))
    if isinstance(value, Mapping):
        return _object(value, depth)
    raise Cql2Error("null is no value in CQL2 JSON; test a property with isNull" if value is None else "not JSON")


def _object(value: Mapping[str, Any], depth: int) -> Node:
    kinds = [one for one in _MEMBERS if one in value]
    if kinds == ["type", "bbox"]:
        kinds = ["type"]
    if len(kinds) != 1:
        raise Cql2Error(
            Message(
                "An object has exactly one of the members {names}; this one has {found}",
                names=", ".join(_MEMBERS),
                found=", ".join(kinds) or Message("none"),
            )
        )
    member = kinds[0]
    content = value[member]
    if member == "op":
        return _operation(value, depth)
    if member == "type":
        return _geometry(value)
    if member == "interval":
        return _interval(content, depth)
    if member == "bbox":
        return check.bbox_node([_coordinate(one) for one in _sequence(content, "bbox")])
    text = check_text(_string(content, member))
    if member == "property":
        return nodes.PropertyName(text)
    return check.date_node(text) if member == "date" else check.timestamp_node(text)


def _string(value: Any, member: str) -> str:
    if not isinstance(value, str) or not value:
        raise Cql2Error(Message('The member "{member}" should be a string that is not empty', member=member))
    return value


def _sequence(value: Any, what: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise Cql2Error(Message('"{what}" should be an array', what=what))
    return value


def _operation(value: Mapping[str, Any], depth: int) -> Node:
    written = check_text(_string(value["op"], "op"))
    args = _sequence(value.get("args"), "args")
    op = _OPERATORS.get(written.lower())
    if op == "in":
        return _in(args, depth)
    parts = tuple(_node(one, depth + 1) for one in args)
    if op is None:
        return nodes.Function(written, parts)
    if op in nodes.CALLABLE:
        return _call(op, parts)
    least, most, make = _MAKERS[op]
    if not least <= len(parts) <= most:
        wanted = Message("{count} arguments" if least == most else "at least {count} arguments", count=least)
        raise Cql2Error(Message('"{op}" takes {wanted}, not {count}', op=op, wanted=wanted, count=len(parts)))
    return make(op, parts)


def _call(op: str, parts: tuple[Node, ...]) -> Node:
    return make_call(op, parts, None)


def _all(fits: Callable[[Node], bool], parts: Sequence[Node], message: str) -> Sequence[Node]:
    for one in parts:
        require(fits, one, message)
    return parts


def _logical(op: str, parts: tuple[Node, ...]) -> Node:
    _all(nodes.is_condition, parts, Message('The arguments of "{op}" are conditions; this is a value', op=op))
    if op == "not":
        return nodes.Not(parts[0])
    return nodes.And(parts) if op == "and" else nodes.Or(parts)


def _comparison(op: str, parts: tuple[Node, ...]) -> Node:
    left, right = _all(
        nodes.is_scalar, parts, Message('"{op}" compares strings, numbers, booleans, dates and times', op=op)
    )
    return nodes.Comparison(op, left, right)


def _arithmetic(op: str, parts: tuple[Node, ...]) -> Node:
    left, right = _all(nodes.is_numeric, parts, Message('"{op}" takes numbers', op=op))
    return nodes.Arithmetic(op, left, right)


def _like(_: str, parts: tuple[Node, ...]) -> Node:
    value, pattern = parts
    require(nodes.is_character, value, '"like" takes a string first')
    require(nodes.is_pattern, pattern, 'The pattern of "like" is a string, or casei or accenti of one')
    return nodes.Like(value, pattern)


def _between(_: str, parts: tuple[Node, ...]) -> Node:
    value, low, high = _all(nodes.is_numeric, parts, '"between" takes numbers')
    return nodes.Between(value, low, high)


def _is_null(_: str, parts: tuple[Node, ...]) -> Node:
    require(lambda one: not isinstance(one, nodes.Array), parts[0], '"isNull" takes no array literal')
    return nodes.IsNull(parts[0])


def _in(args: Sequence[Any], depth: int) -> Node:
    if len(args) != 2 or not isinstance(args[1], list):
        raise Cql2Error('"in" takes a value and an array of values')
    value = _node(args[0], depth + 1)
    items = tuple(_node(one, depth + 1) for one in args[1])
    _all(nodes.is_scalar, (value, *items), '"in" compares strings, numbers, booleans, dates and times')
    return nodes.In(value, items)


_Maker: TypeAlias = Callable[[str, tuple[Node, ...]], Node]
_MAKERS: Mapping[str, tuple[int, int, _Maker]] = {
    "and": (2, check.MAX_NODES, _logical),
    "or": (2, check.MAX_NODES, _logical),
    "not": (1, 1, _logical),
    "like": (2, 2, _like),
    "between": (3, 3, _between),
    "isNull": (1, 1, _is_null),
    **dict.fromkeys(nodes.COMPARISONS, (2, 2, _comparison)),
    **dict.fromkeys(nodes.ARITHMETIC, (2, 2, _arithmetic)),
}
"""Fewest and most arguments of each operator, and what makes its node."""


def _interval(content: Any, depth: int) -> Node:
    ends = _sequence(content, "interval")
    if len(ends) != 2:
        raise Cql2Error('"interval" takes two ends: an instant, "..", or a property')
    return nodes.Interval(*(_interval_end(one, depth) for one in ends))


def _interval_end(value: Any, depth: int) -> Node | None:
    if isinstance(value, str):
        return check.instant_node(check_text(value))
    if isinstance(value, Mapping):
        node = _node(value, depth + 1)
        if isinstance(node, nodes.PropertyName | nodes.Function):
            return node
    raise Cql2Error('An end of "interval" is "2022-04-16", "2022-04-16T10:13:19Z", ".." or a property')


def _geometry(value: Mapping[str, Any]) -> Node:
    kind = value["type"]
    if kind not in _GEOMETRIES:
        raise Cql2Error(
            Message("{kind} is not a type of geometry; one of {names}", kind=shown(kind), names=", ".join(_GEOMETRIES))
        )
    if kind != "GeometryCollection":
        depth = nodes.GEOMETRY_DEPTHS[kind]
        return check.geometry_node(kind, _coordinates(value.get("coordinates"), depth))
    members = _sequence(value.get("geometries"), "geometries")
    if not members:
        raise Cql2Error("An empty GeometryCollection intersects nothing; give it geometries")
    parts: list[nodes.Geometry] = []
    for member in members:
        part = _geometry(member) if isinstance(member, Mapping) and "type" in member else None
        if not isinstance(part, nodes.Geometry):
            raise Cql2Error("A member of a GeometryCollection is a geometry, but no GeometryCollection")
        parts.append(part)
    return nodes.GeometryCollection(tuple(parts))


def _coordinates(value: Any, depth: int) -> tuple[Any, ...]:
    items = _sequence(value, "coordinates")
    if depth == 0:
        return tuple(_coordinate(one) for one in items)
    return tuple(_coordinates(one, depth - 1) for one in items)


def _coordinate(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Cql2Error("A coordinate should be a number")
    return float(check_number(value))
