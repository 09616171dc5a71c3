"""Numbers: arithmetic that cannot fail in the database.

Arithmetic is done in ``numeric``, exactly; division by zero, a power that is no real number and results beyond the
range of a double give NULL. How long a number can become is known before the query runs.
"""

from decimal import Decimal

from app.features.cql2.context import Context, Value
from app.features.cql2.errors import Cql2Error
from app.features.cql2.nodes import Arithmetic, Number
from app.messages import Message

MAX_DIGITS = 12_000
"""Most digits that a computed number may have; PostgreSQL's numeric has 131 072 before and 16 383 after the point."""

_BIGINT = 2**63
_DOUBLE_DIGITS = 309
_DOUBLE_SCALE = 340
_DIVISION_SCALE = 1_000
_POWER_DIGITS = 301

# An operand that stands twice in an expression is computed once: OFFSET 0 keeps the planner from copying it.
_POWER = (
    "(SELECT CASE WHEN n.a = 0 THEN CASE WHEN n.b > 0 THEN 0 WHEN n.b = 0 THEN 1 END"
    " WHEN (n.a > 0 OR n.b = trunc(n.b)) AND abs(n.b) <= 1000000 AND abs(n.b * log(abs(n.a))) < 300"
    " THEN power(n.a, n.b) END FROM (SELECT {a} AS a, {b} AS b OFFSET 0) AS n)"
)
_AS_DOUBLE = (
    "(SELECT CASE WHEN abs(n.a) <= 1.7976931348623157e308 AND abs(n.a) >= 3e-324 THEN CAST(n.a AS float8)"
    " WHEN abs(n.a) < 3e-324 THEN 0 END FROM (SELECT {a} AS a OFFSET 0) AS n)"
)


def number_literal(node: Number) -> Value:
    """Return a numeric literal; it is bound when the other operand is known."""
    exact = Decimal(node.value) if isinstance(node.value, int) else Decimal(repr(node.value))
    exponent = exact.as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else 0
    return Value("number", "", node, literal=exact, digits=max(1, exact.adjusted() + 1), scale=scale)


def number_column(sql: str, node: object, *, integral: bool) -> Value:
    """Return a property that is a number."""
    digits, scale = (19, 0) if integral else (_DOUBLE_DIGITS, _DOUBLE_SCALE)
    return Value("number", sql, node, integral=integral, digits=digits, scale=scale)  # type: ignore[arg-type]


def is_bigint(value: Decimal) -> bool:
    """Tell whether a literal is a whole number that a bigint holds."""
    return -_BIGINT <= value < _BIGINT and value == value.to_integral_value()


def plain(context: Context, value: Value, *, beside_double: bool = False) -> str:
    """Return a number to be compared.

    Parameters
    ----------
    context
        Binds literals: whole numbers as bigint, so that an index on a column of whole numbers serves.
    value
        The number.
    beside_double
        Whether it is compared with a column that may be a double, so that a computed number has to fit into one.
    """
    if value.literal is not None:
        if is_bigint(value.literal):
            return context.bind(int(value.literal), "bigint")
        return context.bind(value.literal, "numeric")
    if value.computed and beside_double:
        return _AS_DOUBLE.format(a=value.sql)
    return value.sql


def is_double_column(value: Value) -> bool:
    """Tell whether a number is a column that may be a double."""
    return value.literal is None and not value.computed and not value.integral


def _numeric(context: Context, value: Value) -> str:
    if value.literal is not None:
        return context.bind(value.literal, "numeric")
    if value.computed:
        return value.sql
    if value.integral:
        return f"CAST({value.sql} AS numeric)"
    # Through text, which has every digit of a double; the direct cast keeps fifteen.
    return f"CAST(CAST({value.sql} AS text) AS numeric)"


def arithmetic(context: Context, node: Arithmetic, left: Value, right: Value) -> Value:
    """Return the result of an arithmetic expression.

    Raises
    ------
    Cql2Error
        When an operand is no number, or the result could become too long a number.
    """
    for one in (left, right):
        if one.kind != "number":
            raise Cql2Error(Message("{op!r} takes numbers; {words}", op=node.op, words=one.words), one.node.position)
    digits, scale = _length(node.op, left, right)
    if digits + scale > MAX_DIGITS:
        raise Cql2Error("The numbers of this expression can become too long; multiply or divide less", node.position)
    a, b = _numeric(context, left), _numeric(context, right)
    sql = {
        "+": f"({a} + {b})",
        "-": f"({a} - {b})",
        "*": f"({a} * {b})",
        "/": f"({a} / nullif({b}, 0))",
        "div": f"div({a}, nullif({b}, 0))",
        "%": f"mod({a}, nullif({b}, 0))",
        "^": _POWER.format(a=a, b=b),
    }[node.op]
    return Value("number", sql, node, computed=True, digits=digits, scale=scale)


def _length(op: str, left: Value, right: Value) -> tuple[int, int]:
    """Return how many digits a result can have before and after its point."""
    longest, finest = max(left.digits, right.digits), max(left.scale, right.scale)
    if op == "*":
        return left.digits + right.digits, left.scale + right.scale
    if op == "/":
        return left.digits + right.scale, max(_DIVISION_SCALE, finest)
    if op == "div":
        return left.digits + right.scale, 0
    if op == "^":
        return _POWER_DIGITS, _DIVISION_SCALE
    return longest + 1, finest
