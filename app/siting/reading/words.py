"""Words: the vocabulary of sentences about sites, apart from the names of industries and places."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from app.facts.names import normalise

Kind = Literal["zone", "element", "gateway", "level", "criterion", "industry", "balanced", "unasked", "function"]
"""What sorts of things words stand for; ``unasked`` are wishes that no field answers to."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The vocabulary.

    Attributes
    ----------
    entries
        Kind, value, what to call it in Chinese and in English, and the words for it.
    common_labels
        Names of industries, in the form names are compared in, that are not read as industries in a sentence.
    modifiers
        Names of industries, in the same form, that may only say what sort of facility another industry's is.
    """

    entries: tuple[tuple[Kind, str, str, str, tuple[str, ...]], ...]
    common_labels: frozenset[str]
    modifiers: frozenset[str]


def _read() -> Vocabulary:
    file: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    entries = [(one["kind"], one["value"], one["zh"], one["en"], _list(one["words"])) for one in file["entries"]]
    entries.append(("function", "", "", "", _list(file["function"])))
    labels, modifiers = (frozenset(map(normalise, _list(file[name]))) for name in ("common_labels", "modifiers"))
    return Vocabulary(tuple(entries), labels, modifiers)


def _list(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split("|") if word.strip())


VOCABULARY = _read()
