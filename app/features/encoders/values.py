"""Values and names as formats other than JSON need them: as text, without forbidden characters, unique."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from app.registry.definition import LayerField

SEPARATOR = ";"
"""Joins the elements of a list where a format has no lists."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_text(value: Any) -> str:
    """Return a value as text: lists joined by ``;``, times in UTC as RFC 3339, true and false, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat() if value.tzinfo is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list | tuple):
        return SEPARATOR.join(as_text(one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def without_control_characters(text: str) -> str:
    """Return the text without the characters that XML 1.0 (section 2.2) does not allow."""
    return _NOT_XML.sub("", text)


def free_name(wanted: Iterable[str], taken: Iterable[str]) -> str:
    """Return the first of the wanted names that is not taken, upper and lower case being one; numbered if all are."""
    used = {name.casefold() for name in taken}
    candidates = list(wanted)
    for name in candidates:
        if name.casefold() not in used:
            return name
    number = 2
    while f"{candidates[-1]}_{number}".casefold() in used:
        number += 1
    return f"{candidates[-1]}_{number}"


def id_name(fields: Sequence[LayerField]) -> str:
    """Return the name of the column of feature ids: ``id``, or ``feature_id`` where a field is called so."""
    return free_name(("id", "feature_id"), (one.name for one in fields))


def geometry_name(fields: Sequence[LayerField]) -> str:
    """Return the name of the geometry column: ``geometry``, or ``feature_geometry`` where a field is called so."""
    return free_name(("geometry", "feature_geometry"), (one.name for one in fields))


def column_names(fields: Sequence[LayerField], reserved: Iterable[str]) -> list[str]:
    """Return a column name a field: its own, numbered where only upper and lower case tell two apart."""
    taken = list(reserved)
    names = []
    for one in fields:
        names.append(free_name((one.name,), taken))
        taken.append(names[-1])
    return names
