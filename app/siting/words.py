"""Words: sentences of answers in Chinese and English, from the templates of ``texts*.yaml``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TEXTS = Path(__file__).with_name("texts.yaml")
LANGUAGES = ("zh", "en")

Words = dict[str, str]
"""A text by language."""


@cache
def texts() -> dict[str, Words]:
    """Return every template by its key."""
    paths = sorted(TEXTS.parent.glob(f"{TEXTS.stem}*.yaml"))
    found: list[dict[str, Words]] = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]
    return {key: text for part in found for key, text in part.items()}


def group_title(group: str, otherwise: Words) -> Words:
    """Return the title of a group of criteria; of one that the texts do not name, that of its first criterion."""
    return say(f"group_{group}") if f"group_{group}" in texts() else otherwise


def words(zh: str, en: str) -> Words:
    """Return a text by language."""
    return {"zh": zh, "en": en}


def say(key: str, **values: Any) -> Words:
    """Fill in a template in both languages.

    Parameters
    ----------
    key
        Which template.
    values
        Its fields. Of a value that is a text by language the one of the template's language is taken; numbers are
        written without needless digits.
    """
    return fill(texts()[key], **values)


def fill(templates: Mapping[str, str], **values: Any) -> Words:
    """Fill in a template that is at hand, as ``say`` does."""
    return {
        language: templates[language].format(**{name: _one(value, language) for name, value in values.items()})
        for language in LANGUAGES
    }


def _one(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        return value[language]
    return number(value) if isinstance(value, float) else value


def number(value: float) -> str:
    """Return a number as people write it: no exponent, at most two decimals, thousands apart.

    >>> number(1234.5), number(30.0)
    ('1,234.5', '30')
    """
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def exact(value: float) -> str:
    """Return a number with as many of six decimals as it has, thousands apart: a limit is said as it was asked.

    >>> exact(30.005), exact(1200.0)
    ('30.005', '1,200')
    """
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def joined(parts: list[Words]) -> Words:
    """Join texts: 、 between the Chinese ones, a comma between the English ones."""
    return {"zh": "、".join(one["zh"] for one in parts), "en": ", ".join(one["en"] for one in parts)}


def inside_quotes(text: Words) -> Words:
    """Return a text as it stands between “ and ”: its own double quotation marks become single ones (GB/T 15834-2011).

    >>> inside_quotes({"zh": "“通导遥”融合", "en": "x"})["zh"]
    '‘通导遥’融合'
    """
    return {language: one.replace("“", "‘").replace("”", "’") for language, one in text.items()}
