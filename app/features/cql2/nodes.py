"""Nodes: a CQL2 filter as a tree (OGC 21-065r2), the same for text and JSON.

Two trees are equal when they say the same; where a node stood in the text is kept aside, for error messages.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Position: TypeAlias = int | None


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a filter.

    Attributes
    ----------
    position
        Offset into the text of the filter; None for JSON. Does not take part in comparison.
    """

    position: Position = field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class PropertyName(Node):
    """A reference to a queryable."""

    name: str


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A character literal."""

    value: str


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A finite numeric literal."""

    value: int | float


@dataclass(frozen=True, slots=True)
class Boolean(Node):
    """TRUE or FALSE."""

    value: bool


@dataclass(frozen=True, slots=True)
class Date(Node):
    """An instant of the granularity of a day: ``2022-04-16``."""

    value: str


@dataclass(frozen=True, slots=True)
class Timestamp(Node):
    """An instant in UTC: ``2022-04-16T10:13:19Z``."""

    value: str


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """An interval, closed at both ends. An end is an instant, a property, a function or None: unbounded."""

    start: Node | None
    end: Node | None


@dataclass(frozen=True, slots=True)
class Geometry(Node):
    """A geometry of one GeoJSON type; coordinates are nested tuples, positions of two or three numbers."""

    type: str
    coordinates: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class GeometryCollection(Node):
    """Geometries of any types."""

    parts: tuple[Geometry, ...]


@dataclass(frozen=True, slots=True)
class Bbox(Node):
    """A box of four or six numbers: lower corner, upper corner, in the axis order of the filter's CRS."""

    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Array(Node):
    """An array literal: a set of values."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Function(Node):
    """A call of a function that is not part of the language."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fold(Node):
    """CASEI or ACCENTI of a character expression."""

    op: Literal["casei", "accenti"]
    arg: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Two numbers and one of ``+ - * / % div ^``."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """Two scalars and one of ``= <> < > <= >=``."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Like(Node):
    """A character expression and a pattern with ``%``, ``_`` and the escape ``\\``."""

    value: Node
    pattern: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """A number and the two ends, both included, of a range."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """A scalar and the list it may be in."""

    value: Node
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class IsNull(Node):
    """Whether a value is null."""

    value: Node


@dataclass(frozen=True, slots=True)
class Not(Node):
    """A condition turned round."""

    arg: Node


@dataclass(frozen=True, slots=True)
class And(Node):
    """Two or more conditions, all of them."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Two or more conditions, any of them."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Spatial(Node):
    """A spatial comparison function, such as ``s_intersects``."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Temporal(Node):
    """A temporal comparison function, such as ``t_finishedBy``."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class ArrayComparison(Node):
    """An array comparison function, such as ``a_contains``."""

    op: str
    left: Node
    right: Node


Predicate: TypeAlias = Comparison | Like | Between | In | IsNull | Spatial | Temporal | ArrayComparison

COMPARISONS = ("=", "<>", "<=", ">=", "<", ">")
ARITHMETIC = ("+", "-", "*", "/", "%", "div", "^")
FOLDS = ("casei", "accenti")
SPATIAL = (
    "s_contains", "s_crosses", "s_disjoint", "s_equals", "s_intersects", "s_overlaps", "s_touches", "s_within",
)  # fmt: skip
TEMPORAL = (
    "t_after", "t_before", "t_contains", "t_disjoint", "t_during", "t_equals", "t_finishedBy", "t_finishes",
    "t_intersects", "t_meets", "t_metBy", "t_overlappedBy", "t_overlaps", "t_startedBy", "t_starts",
)  # fmt: skip
ARRAY = ("a_containedBy", "a_contains", "a_equals", "a_overlaps")
"""Names of the functions as JSON spells them; in text, upper and lower case are the same."""

GEOMETRY_DEPTHS = {
    "Point": 0, "LineString": 1, "MultiPoint": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3,
}  # fmt: skip
"""How deep positions are nested in the coordinates of each type."""

CALLABLE = ("casei", "accenti", *SPATIAL, *TEMPORAL, *ARRAY)
"""Every function that a filter may call."""

_CONDITIONS = (
    Comparison, Like, Between, In, IsNull, Not, And, Or, Spatial, Temporal, ArrayComparison, Boolean,
)  # fmt: skip


def is_condition(node: Node) -> bool:
    """Tell whether a node can be true or false; of a property or a function only its type can tell."""
    return isinstance(node, (*_CONDITIONS, PropertyName, Function))


def is_scalar(node: Node) -> bool:
    """Tell whether a node can be an operand of a comparison (rule ``scalarExpression``)."""
    return isinstance(node, Text | Number | Boolean | Date | Timestamp | Arithmetic | Fold | PropertyName | Function)


def is_numeric(node: Node) -> bool:
    """Tell whether a node can be a number (rule ``numericExpression``)."""
    return isinstance(node, Number | Arithmetic | PropertyName | Function)


def is_character(node: Node) -> bool:
    """Tell whether a node can be a string (rule ``characterExpression``)."""
    return isinstance(node, Text | Fold | PropertyName | Function)


def is_pattern(node: Node) -> bool:
    """Tell whether a node can be a pattern (rule ``patternExpression``): a literal, folded or not."""
    while isinstance(node, Fold):
        node = node.arg
    return isinstance(node, Text)


def is_spatial(node: Node) -> bool:
    """Tell whether a node can be a geometry (rule ``geomExpression``)."""
    return isinstance(node, Geometry | GeometryCollection | Bbox | PropertyName | Function)


def is_temporal(node: Node) -> bool:
    """Tell whether a node can be an instant or an interval (rule ``temporalExpression``)."""
    return isinstance(node, Date | Timestamp | Interval | PropertyName | Function)


def is_array(node: Node) -> bool:
    """Tell whether a node can be an array (rule ``arrayOperand``)."""
    return isinstance(node, Array | PropertyName | Function)


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts of a node, in order."""
    match node:
        case Interval(start, end):
            return tuple(one for one in (start, end) if one is not None)
        case GeometryCollection(parts):
            return parts
        case Array(items):
            return items
        case Function(_, args) | And(args) | Or(args):
            return args
        case Fold(_, arg) | Not(arg) | IsNull(arg):
            return (arg,)
        case Arithmetic() | Comparison() | Spatial() | Temporal() | ArrayComparison():
            return (node.left, node.right)
        case Like(value, pattern):
            return (value, pattern)
        case Between(value, low, high):
            return (value, low, high)
        case In(value, items):
            return (value, *items)
    return ()
