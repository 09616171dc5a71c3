"""A target of the search: a thing that can be found, with its names and what a list of hits shows of it."""

from dataclasses import dataclass, field
from typing import Any

from app.loading.words import Words

RANKS = {
    "plan": 1,
    "plan_element": 1,
    "industry": 2,
    "cluster": 3,
    "project": 4,
    "carrier": 5,
    "platform": 6,
    "owner": 7,
}
RANKS |= {
    "firm": 7,
    "designation": 8,
    "infrastructure": 8,
    "facility": 8,
    "document": 9,
    "technology": 9,
    "policy": 10,
    "rule": 11,
}
RANKS |= {"governance": 12, "fund": 12, "unit": 13}
"""Of equally good hits, zones (0) come before plans, plans before industries, and so on."""


@dataclass(frozen=True)
class Target:
    """A thing that can be found.

    Attributes
    ----------
    kind, id
        What it is; the id of an owner is its name as printed.
    title
        Its name; the English one is empty where there is none.
    details
        What tells it from others of its name, in parts.
    names
        Each form of its name, and which form that is.
    layer, feature
        Where the map draws it.
    parts
        What it stands for where it is several things.
    sort
        Its place among those of its kind.
    """

    kind: str
    id: str
    title: Words
    details: tuple[Words, ...]
    names: tuple[tuple[str, str], ...]
    sort: int
    layer: str | None = None
    feature: str | None = None
    parts: list[dict[str, Any]] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """Return the target as a row of its table; places on the map come when everything is written."""
        details = [one for one in self.details if one.zh]
        return {
            "kind": self.kind,
            "id": self.id,
            "title_zh": self.title.zh,
            "title_en": self.title.en or None,
            "detail_zh": " · ".join(one.zh for one in details),
            "detail_en": " · ".join(one.en for one in details if one.en),
            "layer": self.layer,
            "feature": self.feature,
            "parts": self.parts,
            "zones": None,
            "rank": RANKS.get(self.kind, 0),
            "sort": self.sort,
        }


def part(layer: str | None, feature: str | None, title: Words) -> dict[str, Any]:
    """Return one of the several things a target stands for."""
    return {"layer": layer, "feature": feature, "title_zh": title.zh, "title_en": title.en or None}
