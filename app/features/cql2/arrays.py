"""Arrays: the array comparison functions, on sets (clause 7.9 of OGC 21-065r2)."""

from collections.abc import Callable, Mapping

from app.features.cql2.check import read_timestamp
from app.features.cql2.context import CastType, Context, Value, no_function
from app.features.cql2.errors import Cql2Error
from app.features.cql2.nodes import (
    Array,
    ArrayComparison,
    Bbox,
    Boolean,
    Date,
    Function,
    Geometry,
    GeometryCollection,
    Interval,
    Node,
    Number,
    Text,
    Timestamp,
    children,
)  # fmt: skip
from app.features.cql2.properties import KIND_WORDS, Kind
from app.features.cql2.scalars import moment, scalar, text
from app.messages import Message, sentence

_CONDITIONS: Mapping[str, str] = {
    "a_contains": "{a} @> {b}",
    "a_containedBy": "{a} <@ {b}",
    "a_overlaps": "{a} && {b}",
    "a_equals": "{a} @> {b} AND {a} <@ {b}",
}
_SETS: Mapping[str, Callable[[frozenset[object], frozenset[object]], bool]] = {
    "a_contains": lambda a, b: a >= b,
    "a_containedBy": lambda a, b: a <= b,
    "a_overlaps": lambda a, b: bool(a & b),
    "a_equals": lambda a, b: a == b,
}
_CASTS: Mapping[Kind, CastType] = {
    "string": "text[]", "number": "numeric[]", "boolean": "boolean[]", "date": "date[]", "timestamp": "timestamptz[]",
}  # fmt: skip


def array_comparison(context: Context, node: ArrayComparison) -> str:
    """Return an array comparison as SQL.

    Raises
    ------
    Cql2Error
        When an operand is no array, or the elements of both are of different types.
    """
    operands = (node.left, node.right)
    if all(isinstance(one, Array) and _is_literal(one) for one in operands):
        return "TRUE" if _SETS[node.op](_set(node.left), _set(node.right)) else "FALSE"
    columns = [None if isinstance(one, Array) else _column(context, node, one) for one in operands]
    elements = [[scalar(context, item) for item in one.items] if isinstance(one, Array) else [] for one in operands]
    listed = [item for items in elements for item in items]
    kind = "string" if any(columns) or not listed else listed[0].kind
    for item in listed:
        if item.kind != kind:
            raise Cql2Error(
                Message(
                    "{op} compares arrays with elements of one type, here {kind}; {words}",
                    op=node.op.upper(),
                    kind=sentence(KIND_WORDS[kind]),
                    words=item.words,
                ),
                item.node.position,
            )
    a, b = (column or _array(context, items, kind) for column, items in zip(columns, elements, strict=True))
    return f"({_CONDITIONS[node.op].format(a=a, b=b)})"


def _is_literal(node: Node) -> bool:
    if isinstance(node, Array | Interval):
        return all(_is_literal(one) for one in children(node))
    return isinstance(node, Text | Number | Boolean | Date | Timestamp | Geometry | GeometryCollection | Bbox)


def _set(node: Node) -> frozenset[object]:
    return frozenset(_element(one) for one in children(node))


def _element(node: Node) -> object:
    """Return what makes two literals equal: their type and their value."""
    if isinstance(node, Array):
        return _set(node)
    if isinstance(node, Number | Boolean):
        return (type(node), node.value)
    if isinstance(node, Timestamp):
        return read_timestamp(node.value)
    return node


def _column(context: Context, node: ArrayComparison, operand: Node) -> str:
    if isinstance(operand, Function):
        raise no_function(operand)
    value = scalar(context, operand)
    if value.kind != "array":
        raise Cql2Error(
            Message("{op} compares arrays; {words}", op=node.op.upper(), words=value.words), operand.position
        )
    return value.sql


def _array(context: Context, items: list[Value], kind: Kind) -> str:
    if kind not in _CASTS:
        raise Cql2Error(
            "An array beside a property holds strings, numbers, booleans, dates or times", items[0].node.position
        )
    if all(item.literal is not None for item in items):
        return context.bind([item.literal for item in items], _CASTS[kind])
    return f"CAST(ARRAY[{', '.join(_item(context, item) for item in items)}] AS {_CASTS[kind]})"


def _item(context: Context, item: Value) -> str:
    if item.kind == "string":
        return text(context, item, "An array of strings takes strings")
    if item.kind in ("date", "timestamp"):
        return moment(context, item, as_date=False)
    if item.literal is not None:
        return context.bind(item.literal, "numeric") if item.kind == "number" else item.sql
    return f"CAST(CAST({item.sql} AS text) AS numeric)" if item.kind == "number" else item.sql
