"""Times: the temporal comparison functions, after the Time Ontology in OWL (clause 7.8 of OGC 21-065r2).

Intervals are closed at both ends. Where a date meets a time, both count as days in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.features.cql2.context import Context, Value, no_function
from app.features.cql2.errors import Cql2Error
from app.features.cql2.nodes import Function, Interval, Node, Temporal
from app.features.cql2.scalars import moment, scalar
from app.messages import Message

CONDITIONS: Mapping[str, str] = {
    "t_after": "{s1} > {e2}",
    "t_before": "{e1} < {s2}",
    "t_disjoint": "{e1} < {s2} OR {s1} > {e2}",
    "t_equals": "{s1} = {s2} AND {e1} = {e2}",
    "t_intersects": "{s1} <= {e2} AND {e1} >= {s2}",
    "t_contains": "{s1} < {s2} AND {e1} > {e2}",
    "t_during": "{s1} > {s2} AND {e1} < {e2}",
    "t_finishedBy": "{s1} < {s2} AND {e1} = {e2}",
    "t_finishes": "{s1} > {s2} AND {e1} = {e2}",
    "t_meets": "{e1} = {s2}",
    "t_metBy": "{s1} = {e2}",
    "t_overlappedBy": "{s1} > {s2} AND {s1} < {e2} AND {e1} > {e2}",
    "t_overlaps": "{s1} < {s2} AND {e1} > {s2} AND {e1} < {e2}",
    "t_startedBy": "{s1} = {s2} AND {e1} > {e2}",
    "t_starts": "{s1} = {s2} AND {e1} < {e2}",
}
"""What each function asks of the starts and ends of its operands."""

INSTANTS = ("t_after", "t_before", "t_disjoint", "t_equals", "t_intersects")
"""The functions that take instants as well as intervals."""


@dataclass(frozen=True, slots=True)
class Span:
    """An operand: its two ends, None where unbounded. Those of an instant are the same."""

    start: Value | None
    end: Value | None


def temporal(context: Context, node: Temporal) -> str:
    """Return a temporal comparison as SQL.

    Raises
    ------
    Cql2Error
        When an operand is no time, or an instant where only intervals can stand.
    """
    spans = [_span(context, node, one) for one in (node.left, node.right)]
    ends = [one for span in spans for one in (span.start, span.end) if one is not None]
    as_date = any(one.kind == "date" for one in ends)
    (s1, e1), (s2, e2) = (_ends(context, span, as_date=as_date) for span in spans)
    return f"({CONDITIONS[node.op].format(s1=s1, e1=e1, s2=s2, e2=e2)})"


def _span(context: Context, node: Temporal, operand: Node) -> Span:
    if isinstance(operand, Interval):
        return Span(*(None if end is None else instant(context, end) for end in (operand.start, operand.end)))
    if isinstance(operand, Function):
        raise no_function(operand)
    value = instant(context, operand)
    if node.op not in INSTANTS:
        raise Cql2Error(
            Message(
                "{op} compares intervals; {words}, an instant. Write INTERVAL(start, end)",
                op=node.op.upper(),
                words=value.words,
            ),
            operand.position,
        )
    return Span(value, value)


def instant(context: Context, node: Node) -> Value:
    """Return an instant.

    Raises
    ------
    Cql2Error
        When it is none.
    """
    value = scalar(context, node)
    if value.kind not in ("date", "timestamp"):
        raise Cql2Error(Message("Expected a date or a time; {words}", words=value.words), node.position)
    return value


def _ends(context: Context, span: Span, *, as_date: bool) -> tuple[str, str]:
    cast = "date" if as_date else "timestamptz"
    start = f"CAST('-infinity' AS {cast})" if span.start is None else moment(context, span.start, as_date=as_date)
    if span.end is span.start and span.end is not None:
        return start, start
    end = f"CAST('infinity' AS {cast})" if span.end is None else moment(context, span.end, as_date=as_date)
    return start, end
