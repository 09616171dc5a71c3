"""Writing CQL2: a tree as text and as JSON. Reading what is written gives an equal tree."""

import math
import re
from typing import Any

from app.features.cql2 import nodes
from app.features.cql2.lexer import NAME_PART, NAME_START
from app.features.cql2.nodes import Node
from app.features.cql2.text_reader import RESERVED

_PLAIN = re.compile(f"[{NAME_START}][{NAME_PART}]*")
_ESCAPED = str.maketrans(
    {"'": "''", "\\": "\\\\", "\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r"}
)


def to_text(node: Node) -> str:
    """Return a tree as CQL2 text: one fixed spelling."""
    match node:
        case nodes.And(args) | nodes.Or(args):
            word = " AND " if isinstance(node, nodes.And) else " OR "
            return word.join(_grouped(one, nodes.And, nodes.Or) for one in args)
        case nodes.Not(arg):
            return f"NOT {_grouped(arg, nodes.And, nodes.Or, nodes.Not)}"
        case nodes.IsNull(value):
            return f"{_grouped(value, *_PREDICATES)} IS NULL"
        case nodes.Comparison(op, left, right):
            return f"{to_text(left)} {op} {to_text(right)}"
        case nodes.Like(value, pattern):
            return f"{to_text(value)} LIKE {to_text(pattern)}"
        case nodes.Between(value, low, high):
            return f"{to_text(value)} BETWEEN {to_text(low)} AND {to_text(high)}"
        case nodes.In(value, items):
            return f"{to_text(value)} IN ({_list(items)})"
        case nodes.Spatial(op, left, right) | nodes.Temporal(op, left, right):
            return f"{op.upper()}({to_text(left)}, {to_text(right)})"
        case nodes.ArrayComparison(op, left, right):
            return f"{op.upper()}({_array_operand(left)}, {_array_operand(right)})"
    return _value_text(node)


_PREDICATES = (
    nodes.And, nodes.Or, nodes.Not, nodes.Comparison, nodes.Like, nodes.Between, nodes.In, nodes.IsNull,
)  # fmt: skip


def _grouped(node: Node, *kinds: type[Node]) -> str:
    return f"({to_text(node)})" if isinstance(node, kinds) else to_text(node)


def _list(items: tuple[Node, ...]) -> str:
    return ", ".join(to_text(one) for one in items)


def _array_operand(node: Node) -> str:
    return f"({_list(node.items)})" if isinstance(node, nodes.Array) else to_text(node)


def _value_text(node: Node) -> str:
    match node:
        case nodes.PropertyName(name):
            return name if _PLAIN.fullmatch(name) and name.lower() not in RESERVED else _quoted(name)
        case nodes.Text(value):
            return f"'{value.translate(_ESCAPED)}'"
        case nodes.Number(value):
            return repr(value)
        case nodes.Boolean(value):
            return "TRUE" if value else "FALSE"
        case nodes.Arithmetic(op, left, right):
            return f"{_grouped(left, nodes.Arithmetic)} {op} {_grouped(right, nodes.Arithmetic)}"
        case nodes.Fold(op, arg):
            return f"{op.upper()}({to_text(arg)})"
        case nodes.Function(name, args):
            return f"{name}({_list(args)})"
        case nodes.Array(items):
            # As an element, (a) would be an expression in parentheses; the set of (a, a) is the same as that of (a).
            return f"({_list(items * 2 if len(items) == 1 else items)})"
    return _instance_text(node)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _instance_text(node: Node) -> str:
    match node:
        case nodes.Date(value):
            return f"DATE('{value}')"
        case nodes.Timestamp(value):
            return f"TIMESTAMP('{value}')"
        case nodes.Interval(start, end):
            return f"INTERVAL({_end_text(start)}, {_end_text(end)})"
        case nodes.Bbox(values):
            return f"BBOX({', '.join(_number(one) for one in values)})"
        case nodes.GeometryCollection(parts):
            return f"GEOMETRYCOLLECTION({_list(parts)})"
        case nodes.Geometry(kind, coordinates):
            return _wkt(kind, coordinates)
    raise TypeError(f"{type(node).__name__} is no part of a filter")


def _end_text(end: Node | None) -> str:
    if end is None:
        return "'..'"
    return f"'{end.value}'" if isinstance(end, nodes.Date | nodes.Timestamp) else to_text(end)


def _number(value: float) -> str:
    whole = value.is_integer() and abs(value) < 1e15 and not (value == 0 and math.copysign(1, value) < 0)
    return str(int(value)) if whole else repr(value)


def _position(coordinates: tuple[float, ...]) -> str:
    return " ".join(_number(one) for one in coordinates)


def _nested(coordinates: tuple[Any, ...], depth: int) -> str:
    if depth == 0:
        return _position(coordinates)
    return f"({', '.join(_nested(one, depth - 1) for one in coordinates)})"


def _wkt(kind: str, coordinates: tuple[Any, ...]) -> str:
    first = coordinates
    while isinstance(first[0], tuple):
        first = first[0]
    word = f"{kind.upper()} Z" if len(first) == 3 else kind.upper()
    if kind == "Point":
        return f"{word}({_position(coordinates)})"
    if kind == "MultiPoint":
        return f"{word}({', '.join(f'({_position(one)})' for one in coordinates)})"
    return f"{word}{_nested(coordinates, nodes.GEOMETRY_DEPTHS[kind])}"


def to_json(node: Node) -> Any:
    """Return a tree as CQL2 JSON: dicts, lists, strings, numbers, booleans."""
    match node:
        case nodes.Text() | nodes.Number() | nodes.Boolean():
            return node.value
        case nodes.PropertyName(name):
            return {"property": name}
        case nodes.Array(items):
            return [to_json(one) for one in items]
        case nodes.In(value, items):
            return {"op": "in", "args": [to_json(value), [to_json(one) for one in items]]}
        case nodes.Interval() | nodes.Date() | nodes.Timestamp():
            return _time_json(node)
        case nodes.Bbox() | nodes.Geometry() | nodes.GeometryCollection():
            return _geometry_json(node)
    return {"op": _op(node), "args": [to_json(one) for one in nodes.children(node)]}


def _time_json(node: nodes.Interval | nodes.Date | nodes.Timestamp) -> Any:
    if isinstance(node, nodes.Interval):
        return {"interval": [_end_json(node.start), _end_json(node.end)]}
    return {"date" if isinstance(node, nodes.Date) else "timestamp": node.value}


def _geometry_json(node: nodes.Bbox | nodes.Geometry | nodes.GeometryCollection) -> Any:
    if isinstance(node, nodes.Bbox):
        return {"bbox": list(node.values)}
    if isinstance(node, nodes.Geometry):
        return {"type": node.type, "coordinates": _lists(node.coordinates)}
    return {"type": "GeometryCollection", "geometries": [_geometry_json(one) for one in node.parts]}


def _op(node: Node) -> str:
    if isinstance(node, nodes.Function):
        return node.name
    if isinstance(
        node,
        nodes.Comparison | nodes.Arithmetic | nodes.Fold | nodes.Spatial | nodes.Temporal | nodes.ArrayComparison,
    ):
        return node.op
    return {
        nodes.And: "and", nodes.Or: "or", nodes.Not: "not", nodes.Like: "like", nodes.Between: "between",
        nodes.IsNull: "isNull",
    }[type(node)]  # fmt: skip


def _end_json(end: Node | None) -> Any:
    if end is None:
        return ".."
    return end.value if isinstance(end, nodes.Date | nodes.Timestamp) else to_json(end)


def _lists(value: Any) -> Any:
    return [_lists(one) for one in value] if isinstance(value, tuple) else value
