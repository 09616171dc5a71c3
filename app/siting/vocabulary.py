"""Vocabulary: the words for values of an answer, the same in the report, the workbook and the command."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.siting.words import Words, number, say, texts


def word(prefix: str, key: str | None) -> Words:
    """Return the word for a value of a vocabulary; the value itself where the texts have none.

    Parameters
    ----------
    prefix
        The vocabulary: ``tier``, ``effect``, ``kind`` …
    key
        The value.
    """
    return say(f"{prefix}_{key}") if f"{prefix}_{key}" in texts() else {"zh": key or "", "en": key or ""}


def curve(criterion: Mapping[str, Any], language: str) -> str:
    """Return the points of the value function of a criterion: 10 → 1; 30 → 0.6."""
    function = criterion["value_function"]
    if "points" in function:
        return "; ".join(f"{number(at)} → {number(value)}" for at, value in function["points"])
    named = [(word("level", key)[language], value) for key, value in function["values"].items()]
    return "; ".join(f"{name} → {number(value)}" for name, value in named)


def listed(items: Iterable[str], language: str) -> str:
    """Return items with what stands between names in a language."""
    return ("、" if language == "zh" else ", ").join(items)


def few(items: Sequence[str], language: str, most: int = 5, more: str = "brief_more") -> str:
    """Return the first of some items, and how many there are where there are more, as the text ``more`` counts."""
    text = listed(items[:most], language)
    if len(items) <= most:
        return text
    return text + ("" if language == "zh" else " ") + say(more, count=len(items))[language]


def bracketed(text: str, language: str) -> str:
    """Return a text in brackets, to stand behind another."""
    return f"（{text}）" if language == "zh" else f" ({text})"


def labelled(label: str, text: str, language: str) -> str:
    """Return a text behind a label and a colon."""
    return f"{label}：{text}" if language == "zh" else f"{label}: {text}"


def sequence(items: Iterable[str], language: str) -> str:
    """Return clauses with semicolons between them."""
    return ("；" if language == "zh" else "; ").join(items)
