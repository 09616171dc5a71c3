"""Words: the vocabulary of sentences about sites, apart from the names of industries and places."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from app.facts.names import normalise

Kind = Literal[
    "zone", "element", "facility", "gateway", "level", "criterion", "industry", "firm", "premises", "hazard",
    "balanced", "unasked", "function",
]  # fmt: skip
"""What sorts of things words stand for; ``hazard`` are things that no industry covers and that decide a question,
``unasked`` demands that no field answers to, ``function`` words that hold a sentence together."""


@dataclass(frozen=True, slots=True)
class VocabularyEntry:
    """Words that stand for the same thing.

    Attributes
    ----------
    kind, value
        What they stand for.
    zh, en
        What to call it when the reading is shown.
    words
        The words.
    bare
        Of a criterion, whether naming it is enough to call it important; else the sentence has to say so.
    """

    kind: Kind
    value: str
    zh: str
    en: str
    words: tuple[str, ...]
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The vocabulary. Names of industries and places are in the form names are compared in.

    Attributes
    ----------
    entries
        Words by what they stand for.
    common_labels
        Names of industries that are not read as industries in a sentence.
    capital_labels
        Names of industries that are read as such only where they are written in capitals.
    modifiers
        Names of industries that may only say what sort of facility another industry's is.
    generic_heads
        Words for parts and processes that mean no industry of their own behind the name of an industry.
    head_endings
        Endings of names of industries that an industry's name before them narrows.
    general_places
        Short names of districts that are also ordinary words.
    zone_names
        Further names of zones by the zone's id.
    generic_zones
        Names of zones that also stand for any zone of that sort.
    doubtful_zones
        Names of zones that are read only where the sentence places something there.
    common_firms
        Names of firms that are also ordinary words.
    taken_as
        Zones by a name that documents print without an extent, with what to say of it.
    """

    entries: tuple[VocabularyEntry, ...]
    common_labels: frozenset[str]
    capital_labels: frozenset[str]
    modifiers: frozenset[str]
    generic_heads: tuple[str, ...]
    head_endings: tuple[str, ...]
    general_places: frozenset[str]
    zone_names: Mapping[str, tuple[str, ...]]
    generic_zones: frozenset[str]
    doubtful_zones: frozenset[str]
    common_firms: frozenset[str]
    taken_as: tuple[VocabularyEntry, ...]


def _read() -> Vocabulary:
    file: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return Vocabulary(
        entries=(
            *(_entry(**given) for given in file["entries"]),
            *(VocabularyEntry("function", "", "", "", _list(file[name])) for name in ("function", "filling")),
        ),
        common_labels=_names(file["common_labels"]),
        capital_labels=_names(file["capital_labels"]),
        modifiers=_names(file["modifiers"]),
        generic_heads=_list(file["generic_heads"]),
        head_endings=tuple(normalise(word) for word in _list(file["head_endings"])),
        general_places=_names(file["general_places"]),
        zone_names={zone: _list(names) for zone, names in file["zone_names"].items()},
        generic_zones=_names(file["generic_zones"]),
        doubtful_zones=_names(file["doubtful_zones"]),
        common_firms=_names(file["common_firms"]),
        taken_as=tuple(_entry(kind="zone", **given) for given in file["taken_as"]),
    )


def _entry(kind: Kind, value: str, zh: str, en: str, words: str, bare: bool = False) -> VocabularyEntry:
    return VocabularyEntry(kind, value, zh, en, _list(words), bare)


def _names(text: str) -> frozenset[str]:
    return frozenset(map(normalise, _list(text)))


def _list(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split("|") if word.strip())


VOCABULARY = _read()
