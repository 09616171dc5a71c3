"""Ordering: the sort keys of a page, and the condition that goes on from a cursor.

Every order ends in the feature's id, so that it is total; nulls come last in either direction; text is compared by
code point (COLLATE "C"), whatever the database's own collation is, and as far as a cursor can hold it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from app.features.conditions import Conditions, compared, quoted
from app.features.cursor import BadCursor, Cursor, decode
from app.features.query import ItemsQuery
from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.registry.definition import LayerDefinition

_INT64 = 2**63

SORTED_CHARACTERS = 800
"""Characters of a feature's texts by which it is sorted, shared among the keys: a cursor, which stands in an address,
has to hold them. What is alike so far is ordered by id."""


def _integer(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,19}", text, re.ASCII) or not -_INT64 <= int(text) < _INT64:
        raise ValueError(text)
    return int(text)


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if value.is_snan():
        raise ValueError(text)
    return value


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _or_endless(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a reader that takes PostgreSQL's infinite dates too, which Python has none of."""
    return lambda text: text if text in ("infinity", "-infinity") else read(text)


_READ: dict[str, Callable[[str], Any]] = {
    "text": str,
    "bigint": _integer,
    "numeric": _decimal,
    "boolean": _boolean,
    "date": _or_endless(date.fromisoformat),
    "timestamptz": _or_endless(datetime.fromisoformat),
}
_CAST = {
    "string": "text", "url": "text", "json": "text", "integer": "bigint", "number": "numeric", "boolean": "boolean",
    "date": "date", "datetime": "timestamptz",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One key of an order.

    Attributes
    ----------
    expression
        The column in SQL, with its collation.
    cast
        Type that a cursor's value is bound as.
    descending
        Whether the largest come first.
    nullable
        Whether the column may be null; the feature's id never is.
    """

    expression: str
    cast: str
    descending: bool = False
    nullable: bool = True

    @property
    def clause(self) -> str:
        """The key as it stands behind ORDER BY."""
        return f"{self.expression} DESC NULLS LAST" if self.descending else self.expression


def order_of(layer: LayerDefinition, query: ItemsQuery) -> tuple[OrderKey, ...]:
    """Return the keys of the order that a query asks for, or of the layer's own; the id comes last.

    Raises
    ------
    BadRequest
        When a field cannot be sorted by.
    """
    source = layer.source
    id_cast = "bigint" if source.key_type == "integer" else "text"
    fields = {one.name: one for one in layer.fields}
    texts = sum(one.name in fields and _CAST.get(fields[one.name].type) == "text" for one in query.sortby)
    keys: list[OrderKey] = []
    for asked in query.sortby:
        if asked.name == source.key:
            # What follows the id decides nothing.
            return (*keys, OrderKey(quoted(source.key), id_cast, asked.descending, nullable=False))
        cast = _CAST.get(fields[asked.name].type)
        if cast is None:
            raise BadRequest(
                [ParameterError("sortby", Message("{name!r} is a list and cannot be sorted by", name=asked.name))]
            )
        column = compared(fields[asked.name])
        if cast == "text":
            column = f'left({column}, {SORTED_CHARACTERS // texts}) COLLATE "C"'
        keys.append(OrderKey(column, cast, asked.descending))
    if not query.sortby and source.sort is not None and source.sort != source.key:
        keys.append(OrderKey(quoted(source.sort), "bigint"))
    return (*keys, OrderKey(quoted(source.key), id_cast, nullable=False))


def read_cursor(layer: LayerDefinition, query: ItemsQuery, keys: Sequence[OrderKey]) -> Cursor | None:
    """Return the cursor of a query.

    Raises
    ------
    BadRequest
        When it is none, or belongs to another question.
    """
    if query.cursor is None:
        return None
    try:
        cursor = decode(query.cursor, f"{layer.id}\n{query.question}", len(keys))
        for key, text in zip(keys, cursor.values, strict=True):
            if text is not None:
                _READ[key.cast](text)
    except BadCursor as error:
        raise BadRequest([ParameterError("cursor", str(error))]) from None
    except (ValueError, OverflowError):
        message = "is not a cursor of this service; follow the next link of a page"
        raise BadRequest([ParameterError("cursor", message)]) from None
    return cursor


def next_cursor(layer: LayerDefinition, query: ItemsQuery, values: Sequence[str | None]) -> str:
    """Return the cursor that goes on after the feature with these sort values."""
    return Cursor(tuple(values)).encode(f"{layer.id}\n{query.question}")


def after(keys: Sequence[OrderKey], cursor: Cursor, found: Conditions) -> str:
    """Return the condition for what comes after a cursor."""
    alternatives: list[str] = []
    same: list[str] = []
    for key, text in zip(keys, cursor.values, strict=True):
        value = None if text is None else f"CAST({found.bind(_READ[key.cast](text))} AS {key.cast})"
        if value is not None:
            sign = "<" if key.descending else ">"
            beyond = f"{key.expression} {sign} {value}"
            if key.nullable:
                beyond = f"({beyond} OR {key.expression} IS NULL)"
            alternatives.append(" AND ".join([*same, beyond]))
        same.append(f"{key.expression} IS NULL" if value is None else f"{key.expression} = {value}")
    return f"({' OR '.join(alternatives)})"
