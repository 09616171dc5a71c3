"""Compiling: a tree to a condition in SQL.

Everything that a client wrote is bound; the text of the condition is made of the constants in these modules and of
column names from layer definitions. NULL follows three-valued logic, as the standard has it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.features.cql2 import nodes, numbers
from app.features.cql2.arrays import array_comparison
from app.features.cql2.context import CastType, Context, Value, no_function
from app.features.cql2.errors import Cql2Error
from app.features.cql2.nodes import Node
from app.features.cql2.properties import Property
from app.features.cql2.scalars import comparable, scalar, text
from app.features.cql2.spatial import geometry, spatial
from app.features.cql2.temporal import instant, temporal
from app.geodesy.crs import Crs
from app.messages import Message

MAX_PATTERN = 1_000
"""Longest pattern of LIKE, characters."""


def compile_filter(
    node: Node, properties: Mapping[str, Property], *, filter_crs: Crs, alias: str = "f", geometry: str
) -> tuple[str, dict[str, Any]]:
    """Return a filter as a condition in SQL, and the values that it binds.

    Parameters
    ----------
    node
        The tree.
    properties
        The queryables by name.
    filter_crs
        CRS of the geometries in the filter; their coordinates are in its axis order.
    alias
        Name of the relation that holds the columns.
    geometry
        Column of the geometries.

    Returns
    -------
    str
        The condition, for SQLAlchemy's ``text``.
    dict
        Values by name: ``cql_0``, ``cql_1`` and so on.

    Raises
    ------
    Cql2Error
        When it names what does not exist, or compares what cannot be compared.
    """
    context = Context(properties, filter_crs, alias, geometry)
    return condition(context, node), context.values


def condition(context: Context, node: Node) -> str:
    """Return a condition as SQL."""
    if isinstance(node, nodes.Function):
        raise no_function(node)
    if type(node) not in _CONDITIONS:
        raise Cql2Error("Expected a condition, such as name = 'x'; this is a value", node.position)
    return _CONDITIONS[type(node)](context, node)


def combine_and(parts: Sequence[Node]) -> Node:
    """Return the condition that all of several conditions hold.

    Raises
    ------
    ValueError
        When there are none.
    """
    if not parts:
        raise ValueError("there is nothing to combine")
    return parts[0] if len(parts) == 1 else nodes.And(tuple(parts))


def _boolean(_: Context, node: nodes.Boolean) -> str:
    return "TRUE" if node.value else "FALSE"


def _property(context: Context, node: nodes.PropertyName) -> str:
    value = scalar(context, node)
    if value.kind != "boolean":
        raise Cql2Error(Message("A condition is needed here; {words}", words=value.words), node.position)
    return value.sql


def _joined(context: Context, node: nodes.And | nodes.Or) -> str:
    word = " AND " if isinstance(node, nodes.And) else " OR "
    return f"({word.join(condition(context, one) for one in node.args)})"


def _not(context: Context, node: nodes.Not) -> str:
    return f"(NOT {condition(context, node.arg)})"


def _comparison(context: Context, node: nodes.Comparison) -> str:
    operands = [scalar(context, one) for one in (node.left, node.right)]
    left, right = comparable(context, operands, f"{node.op!r}")
    return f"({left} {node.op} {right})"


def _between(context: Context, node: nodes.Between) -> str:
    operands = [scalar(context, one) for one in (node.value, node.low, node.high)]
    for one in operands:
        if one.kind != "number":
            raise Cql2Error(
                Message("BETWEEN compares numbers; {words}. Use >= and <=", words=one.words), one.node.position
            )
    value, low, high = comparable(context, operands, "BETWEEN")
    return f"({value} BETWEEN {low} AND {high})"


def _in(context: Context, node: nodes.In) -> str:
    value, items = scalar(context, node.value), [scalar(context, one) for one in node.items]
    if not items:
        return "FALSE"
    cast = _list_cast(value, items)
    if cast is None:
        tested, *listed = comparable(context, [value, *items], "IN")
        return f"({tested} IN ({', '.join(listed)}))"
    comparable(replace(context, values={}), [value, *items], "IN")
    # Their types are right; they go as one array, however many they are.
    literals = [int(one.literal) if cast == "bigint[]" else one.literal for one in items]
    return f"({_single(context, value)} = ANY({context.bind(literals, cast)}))"


def _list_cast(value: Value, items: Sequence[Value]) -> CastType | None:
    """Return the type of the array that the items of a list can be bound as; None where some have to be computed."""
    if any(one.literal is None for one in items):
        return None
    kinds = {value.kind, *(one.kind for one in items)}
    if kinds == {"number"} and all(numbers.is_bigint(one.literal) for one in items):
        return "bigint[]"
    casts: Mapping[str, CastType] = {
        "string": "text[]", "number": "numeric[]", "boolean": "boolean[]", "date": "date[]",
        "timestamp": "timestamptz[]",
    }  # fmt: skip
    return casts.get(kinds.pop()) if len(kinds) == 1 else None


def _like(context: Context, node: nodes.Like) -> str:
    value = text(context, scalar(context, node.value), "LIKE takes a string")
    return f"({value} LIKE {text(context, scalar(context, _pattern(node.pattern)), 'LIKE takes a pattern')})"


def _pattern(node: Node) -> Node:
    """Return a pattern in which the escape stands only before ``%``, ``_`` and itself, folded or not.

    Folding may take away or change the character after the escape, but never those three.
    """
    if isinstance(node, nodes.Fold):
        return nodes.Fold(node.op, _pattern(node.arg), position=node.position)
    assert isinstance(node, nodes.Text)  # noqa: S101 - the readers require it
    if len(node.value) > MAX_PATTERN:
        raise Cql2Error(Message("A pattern has at most {most} characters", most=MAX_PATTERN), node.position)
    parts: list[str] = []
    characters = iter(node.value)
    for one in characters:
        escaped = next(characters, "") if one == "\\" else None
        if escaped == "":
            raise Cql2Error("The pattern ends with its escape character; a backslash itself is \\\\", node.position)
        parts.append(one if escaped is None else f"\\{escaped}" if escaped in "%_\\" else escaped)
    return nodes.Text("".join(parts), position=node.position)


def _is_null(context: Context, node: nodes.IsNull) -> str:
    value = node.value
    if isinstance(value, nodes.Interval):
        ends = [instant(context, end) for end in (value.start, value.end) if end is not None]
        tests = [f"{_single(context, one)} IS NULL" for one in ends]
        return f"({' OR '.join(tests)})" if tests else "FALSE"
    if isinstance(value, nodes.Geometry | nodes.GeometryCollection | nodes.Bbox):
        return f"({geometry(context, value)} IS NULL)"
    if nodes.is_condition(value) and not isinstance(value, nodes.PropertyName):
        return f"({condition(context, value)} IS NULL)"
    return f"({_single(context, scalar(context, value))} IS NULL)"


def _single(context: Context, value: Value) -> str:
    if value.kind in ("geometry", "array"):
        return value.sql
    return comparable(context, [value], "IS NULL")[0]


_CONDITIONS: Mapping[type[Node], Callable[[Context, Any], str]] = {
    nodes.Boolean: _boolean,
    nodes.PropertyName: _property,
    nodes.And: _joined,
    nodes.Or: _joined,
    nodes.Not: _not,
    nodes.Comparison: _comparison,
    nodes.Between: _between,
    nodes.In: _in,
    nodes.Like: _like,
    nodes.IsNull: _is_null,
    nodes.Spatial: spatial,
    nodes.Temporal: temporal,
    nodes.ArrayComparison: array_comparison,
}
