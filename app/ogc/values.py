"""Values as people read them: titles instead of codes, numbers with their decimals, lists as one text."""

import json
import math
from typing import Any

from app.language import Language
from app.registry.definition import LayerField, Words

_SEPARATORS = {"zh": ("、", "；"), "en": (", ", "; ")}
_TRUTH = {"zh": ("否", "是"), "en": ("no", "yes")}


def say(words: Words, language: Language) -> str:
    """Return a text in a language."""
    return words.en if language == "en" else words.zh


def also(words: Words, language: Language) -> str:
    """Return a text in the other language."""
    return words.zh if language == "en" else words.en


def is_empty(value: Any) -> bool:
    """Tell whether nothing is stated."""
    return value is None or value == "" or value == []


def number_text(value: float, decimals: int | None, *, grouped: bool = True) -> str:
    """Return a number with its decimals; without ``decimals`` as many as it has, at most six."""
    if not math.isfinite(value):
        return str(value)
    comma = "," if grouped else ""
    if decimals is not None:
        return f"{value:{comma}.{decimals}f}"
    if isinstance(value, int):
        return f"{value:{comma}d}"
    return f"{value:{comma}.6f}".rstrip("0").rstrip(".")


def value_text(field: LayerField, value: Any, language: Language, *, unit: bool = False) -> str:
    """Return a value of a field as text.

    Parameters
    ----------
    field
        Tells the decimals, the unit and the titles of codes.
    value
        As it stands in the GeoJSON.
    language
        Language of the page.
    unit
        Whether the unit follows the number; not under a heading that has it.
    """
    if is_empty(value):
        return ""
    if isinstance(value, list):
        parts = [value_text(field, one, language, unit=unit) for one in value]
        return _joined(parts, "en" if field.name.endswith("_en") else language)
    if isinstance(value, bool):
        return _TRUTH[language][value]
    if field.choices and str(value) in field.choices:
        return say(field.choices[str(value)], language)
    if isinstance(value, int | float):
        # A whole number without unit is a year or a count that people write without separators.
        text = number_text(value, field.decimals, grouped=not (field.type == "integer" and field.unit is None))
        return f"{text} {say(field.unit, language)}" if unit and field.unit else text
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def value_url(field: LayerField, value: Any) -> str | None:
    """Return the address that a value is, if a click may go there."""
    is_web = field.type == "url" and isinstance(value, str) and value.startswith(("https://", "http://"))
    return value if is_web else None


def _joined(parts: list[str], language: Language) -> str:
    """Return several texts as one; a stronger separator where a part holds the usual one."""
    usual, stronger = _SEPARATORS[language]
    return (stronger if any(usual.strip() in part for part in parts) else usual).join(parts)
