"""Scalars: strings, numbers, booleans and instants as SQL, and what compares with what.

Strings compare by code point (COLLATE "C"). CASEI is the full case folding of Unicode, ACCENTI takes nonspacing marks
away (clauses 7.3 and 7.4 of OGC 21-065r2); literals and columns are folded alike, by the database.
"""

import sys
import unicodedata
from functools import cache

from app.features.cql2 import numbers
from app.features.cql2.check import read_date, read_timestamp
from app.features.cql2.context import Context, Value, no_function
from app.features.cql2.errors import Cql2Error
from app.features.cql2.nodes import (
    Arithmetic,
    Boolean,
    Date,
    Fold,
    Function,
    Node,
    Number,
    PropertyName,
    Text,
    Timestamp,
)  # fmt: skip
from app.features.cql2.properties import KIND_WORDS
from app.messages import Message, sentence

# lower(upper(lower(x))) is Unicode's full case folding but for two letters: the final sigma, which ICU chooses by what
# stands around it, and the dotless i, which has no capital of its own in folding and waits as a noncharacter meanwhile.
_CASEI = (
    'translate(lower(upper(lower(translate({0}, chr(305), chr(1114110)) COLLATE "und-x-icu"))),'
    ' chr(962) || chr(1114110), chr(963) || chr(305)) COLLATE "C"'
)
_ACCENTI = "normalize(regexp_replace(normalize({0}, NFD), {1}, '', 'g'), NFC) COLLATE \"C\""
_JAPANESE_MARKS = (0x3099, 0x309A)


def scalar(context: Context, node: Node) -> Value:
    """Return an operand of a comparison, a list or a predicate.

    Raises
    ------
    Cql2Error
        When it names what does not exist or mixes what does not go together.
    """
    match node:
        case PropertyName():
            return _property(context, node)
        case Text(value):
            return Value("string", "", node, literal=value)
        case Number():
            return numbers.number_literal(node)
        case Boolean(value):
            return Value("boolean", "TRUE" if value else "FALSE", node, literal=value)
        case Date(value):
            return Value("date", "", node, literal=read_date(value))
        case Timestamp(value):
            return Value("timestamp", "", node, literal=read_timestamp(value))
        case Fold(op, arg):
            return _fold(context, node, op, scalar(context, arg))
        case Arithmetic(_, left, right):
            return numbers.arithmetic(context, node, scalar(context, left), scalar(context, right))
        case Function():
            raise no_function(node)
    raise Cql2Error("Expected a string, a number, a boolean, a date or a time", node.position)


def _property(context: Context, node: PropertyName) -> Value:
    one = context.lookup(node)
    sql = context.column(one)
    if one.kind == "number":
        return numbers.number_column(sql, node, integral=one.type == "integer")
    return Value(one.kind, sql, node)


def _fold(context: Context, node: Fold, op: str, value: Value) -> Value:
    string = text(context, value, Message("{op} takes a string", op=op.upper()))
    if op == "casei":
        return Value("string", f"({_CASEI.format(string)})", node)
    return Value("string", f"({_ACCENTI.format(string, context.bind(marks(), 'text'))})", node)


@cache
def marks() -> str:
    """Return the regular expression of all nonspacing marks but the Japanese voicing marks."""
    ranges: list[list[int]] = []
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)) != "Mn" or code in _JAPANESE_MARKS:
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges) + "]"


def text(context: Context, value: Value, needs: str) -> str:
    """Return a string as SQL.

    Raises
    ------
    Cql2Error
        When it is none; the message begins with what is needed.
    """
    if value.kind != "string":
        raise Cql2Error(Message("{needs}; {words}", needs=sentence(needs), words=value.words), value.node.position)
    return context.bind(value.literal, "text") if value.literal is not None else value.sql


def moment(context: Context, value: Value, *, as_date: bool) -> str:
    """Return an instant as SQL.

    Parameters
    ----------
    context
        Binds literals.
    value
        A date or a time.
    as_date
        Whether it is compared with a date, so that of a time only the day in UTC counts.
    """
    if value.literal is not None:
        if value.kind == "date":
            return context.bind(value.literal, "date")
        return context.bind(value.literal.date(), "date") if as_date else context.bind(value.literal, "timestamptz")
    if as_date and value.kind == "timestamp":
        return f"CAST(({value.sql} AT TIME ZONE 'UTC') AS date)"
    return value.sql


def comparable(context: Context, values: list[Value], operator: str) -> list[str]:
    """Return operands as SQL expressions of one type.

    Parameters
    ----------
    context
        Binds literals.
    values
        The operands.
    operator
        What compares them, for the error message.

    Raises
    ------
    Cql2Error
        When their types differ, or cannot be compared. Only a date and a time go together: as days.
    """
    first, *others = values
    for one in values:
        if one.kind in ("geometry", "array"):
            raise Cql2Error(
                Message(
                    "{operator} does not compare {kind} values; {words}",
                    operator=operator,
                    kind=one.kind,
                    words=one.words,
                ),
                one.node.position,
            )
    for one in others:
        if one.kind != first.kind and {one.kind, first.kind} != {"date", "timestamp"}:
            raise Cql2Error(
                Message(
                    "{operator} compares values of one type; {first}, {second}. {hint}",
                    operator=operator,
                    first=first.words,
                    second=one.words,
                    hint=_hint(first, one),
                ),
                one.node.position,
            )
    if first.kind == "string":
        return [f'{text(context, one, operator)} COLLATE "C"' for one in values]
    if first.kind == "number":
        doubles = any(numbers.is_double_column(one) for one in values)
        return [numbers.plain(context, one, beside_double=doubles) for one in values]
    if first.kind in ("date", "timestamp"):
        as_date = any(one.kind == "date" for one in values)
        return [moment(context, one, as_date=as_date) for one in values]
    return [one.sql for one in values]


def _hint(first: Value, second: Value) -> Message:
    kinds = {first.kind, second.kind}
    if "string" in kinds and kinds & {"date", "timestamp"}:
        wanted = "DATE('2022-04-16')" if "date" in kinds else "TIMESTAMP('2022-04-16T10:13:19Z')"
        return Message("Write {wanted}", wanted=wanted)
    if kinds == {"string", "number"}:
        return Message("Numbers go without quotes, strings with")
    return Message("Compare it with {kind}", kind=sentence(KIND_WORDS[first.kind]))
