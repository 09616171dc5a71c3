"""Sections: the places of an answer by the tiers that panel, report, workbook and command keep apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.siting.words import Words, say

Place = Mapping[str, Any]

NOTED = frozenset({"surrounding", "possible", "related", "not_named"})
"""Sections that need a sentence of what they are."""


@dataclass(frozen=True, slots=True)
class Section:
    """Places that stand together.

    Attributes
    ----------
    name
        ``itself``, ``place``, ``unranked``, ``better``, ``surrounding``, ``possible``, ``related`` or ``not_named``.
    places
        The best first.
    """

    name: str
    places: Sequence[Place]

    @property
    def ranked(self) -> bool:
        """Whether any of them has a rank."""
        return any(one["rank"] is not None for one in self.places)

    @property
    def mixed(self) -> bool:
        """Whether their tiers have to be told apart."""
        return self.name in ("place", "better", "possible")

    @property
    def title(self) -> Words:
        """What stands over it."""
        return say(f"section_{self.name}")

    @property
    def note(self) -> Words | None:
        """What has to be said of it."""
        return say(f"note_{self.name}") if self.name in NOTED else None


def sections(document: Mapping[str, Any]) -> list[Section]:
    """Return the places of an answer by section, in the order of reading; only sections that hold any.

    A place that may fail a condition stands among the possible ones, whatever its tier.
    """
    certain = [one for one in document["results"] if not one["possible"]]
    if document["kind"] == "place":
        parts = [Section("place", document["results"]), Section("better", document["better"])]
    else:
        parts = [
            Section("itself", [one for one in certain if one["tier"] == "itself" and one["rank"] is not None]),
            Section("unranked", [one for one in certain if one["tier"] == "itself" and one["rank"] is None]),
            Section("surrounding", [one for one in certain if one["tier"] == "surrounding"]),
            Section("possible", [one for one in document["results"] if one["possible"]]),
        ]
    parts += [Section("related", document["related"]), Section("not_named", document["not_named"])]
    return [one for one in parts if one.places]


def every_place(document: Mapping[str, Any]) -> list[Place]:
    """Return the places of every section, each once."""
    return list({one["id"]: one for section in sections(document) for one in section.places}.values())


def tier_title(place: Place) -> Words:
    """Return the short name of the tier of a place."""
    return say(f"tier_{place['tier']}")


def first_of(document: Mapping[str, Any], place: Place) -> Words | None:
    """Return the word for a place that is the first, or one of the first; None for the others."""
    if not place["group"]:
        return None
    verdict = document["verdict"]
    return say("shown_tied_first" if verdict is not None and len(verdict["group"]) > 1 else "shown_first")


def names(places: Iterable[Place], language: str) -> list[str]:
    """Return the names of places, zones or industries in a language; the Chinese one where there is no other."""
    return [name_of(one, language) for one in places]


def name_of(one: Place, language: str) -> str:
    """Return the name of a place, zone or industry in a language; the Chinese one where there is no other."""
    return str(one.get(f"name_{language}") or one.get("name_zh") or one["id"])
