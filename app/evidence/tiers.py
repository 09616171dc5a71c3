"""Tiers: whether a document places an industry in a place, around it, or only names something related there.

A statement about what is around a place (a development zone, a plan area, a district) bears on the place only where no
document tells more exactly where in it: once 临港 is named for marine equipment, what is said of 保税区 is said of 临港
and not of the other parks of 保税区. A plan area lists its members, so what is said of it stands around each of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.evidence.demand import Demand
from app.evidence.record import PlanningRecord, Role, Statement, grouped
from app.evidence.relations import INSIDE, Relation, Standing, named, places, standings

Tier = Literal["itself", "surrounding", "related", "not_named"]

TIERS: tuple[Tier, ...] = ("itself", "surrounding", "related", "not_named")
"""The nearest first."""

PLACED_BY_TRACKS = ("hub", "carrier")
"""Roles in a future-industry track by which a document places it; a source of ideas or an office in charge does not."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A statement as it bears on a place.

    Attributes
    ----------
    statement
        What the document says.
    industry
        The industry asked for.
    weight
        How directly the words that were asked lead to it.
    relation, standing
        How near it is, and of whom it is said.
    places
        Whether it places the industry where its subject is.
    """

    statement: Statement
    industry: str
    weight: float
    relation: Relation
    standing: Standing
    places: bool


@dataclass(frozen=True, slots=True)
class Placement:
    """What documents say of an industry at a place.

    Attributes
    ----------
    tier
        How near they place it.
    namings
        The statements that bear on the place.
    roles
        Places in future-industry tracks by which a document places it, and of whom it is said.
    elsewhere
        What is around the place and named for the industry, by id, and the zones in it that documents name more
        exactly.
    """

    tier: Tier
    namings: tuple[Naming, ...]
    roles: tuple[tuple[Role, Standing], ...]
    elsewhere: tuple[tuple[str, tuple[str, ...]], ...]


def placement(record: PlanningRecord, zone: str, demand: Demand) -> Placement:
    """Return what documents say of an industry at a zone; worked out once for the data in force."""
    known: dict[tuple[str, ...], Placement] = record.memory.setdefault(("placements",), {})
    key = (zone, *(match.id for match in demand.matches))
    if key not in known:
        if len(known) >= _MOST_KEPT:
            known.clear()
        known[key] = _placement(record, zone, demand)
    return known[key]


_MOST_KEPT = 10_000
"""Placements that are kept between questions."""


def _placement(record: PlanningRecord, zone: str, demand: Demand) -> Placement:
    bearing = list(_namings(record, zone, demand))
    roles = list(_roles(record, zone, demand))
    placed = any(naming.places and naming.standing in INSIDE for naming in bearing)
    if placed or any(standing in INSIDE for _, standing in roles):
        return Placement("itself", tuple(bearing), tuple(roles), ())
    closer = located(record, demand)
    narrowed = {
        naming.statement.subject: closer[naming.statement.subject]
        for naming in bearing
        if naming.places and naming.statement.subject in closer
    }
    left = tuple(naming for naming in bearing if not (naming.places and naming.statement.subject in narrowed))
    around = tuple(pair for pair in roles if pair[0].zone not in closer)
    tier: Tier = "not_named"
    if any(naming.places for naming in left) or around:
        tier = "surrounding"
    elif left or narrowed or roles:
        tier = "related"
    return Placement(tier, left, around, tuple(narrowed.items()))


def _namings(record: PlanningRecord, zone: str, demand: Demand) -> Iterator[Naming]:
    for match in demand.matches:
        related = named(record, match.id)
        for subject, standing in standings(record, zone):
            for statement, near in related.get(subject, ()):
                places_it = places(record, match.id, statement.industry)
                yield Naming(statement, match.id, match.weight, near, standing, places_it)


def _roles(record: PlanningRecord, zone: str, demand: Demand) -> Iterator[tuple[Role, Standing]]:
    for subject, standing in standings(record, zone):
        for role in record.roles.get(subject, ()):
            if role.role in PLACED_BY_TRACKS and any(places(record, one.id, role.industry) for one in demand.matches):
                yield role, standing


def located(record: PlanningRecord, demand: Demand) -> dict[str, tuple[str, ...]]:
    """Return what is around zones that documents name for an industry, by id, and these zones."""
    known: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = record.memory.setdefault(("located",), {})
    key = tuple(match.id for match in demand.matches)
    found = known.get(key)
    if found is None:
        if len(known) >= _MOST_KEPT:
            known.clear()
        named_inside = [
            zone.id for zone in record.zones.values() if zone.candidate and _named_inside(record, zone.id, demand)
        ]
        around = (
            (subject, zone)
            for zone in named_inside
            for subject, standing in standings(record, zone)
            # A plan area names its members: what is said of it stands around each of them.
            if standing not in INSIDE and subject in record.zones
        )
        found = known[key] = grouped(around)
    return found


def _named_inside(record: PlanningRecord, zone: str, demand: Demand) -> bool:
    namings = any(naming.places and naming.standing in INSIDE for naming in _namings(record, zone, demand))
    return namings or any(standing in INSIDE for _, standing in _roles(record, zone, demand))


def tier_of(record: PlanningRecord, zone: str | None, demands: Sequence[Demand]) -> Tier:
    """Return the tier of a zone for several industries: that of the one it is nearest to."""
    if zone is None:
        return "not_named"
    return min((placement(record, zone, demand).tier for demand in demands), key=TIERS.index, default="not_named")


def subjects_that_place(record: PlanningRecord, demand: Demand) -> dict[str, list[Naming]]:
    """Return every subject (zone, theme park, plan element) that a document names for an industry, with how."""
    found: dict[str, list[Naming]] = {}
    for match in demand.matches:
        for subject, statements in named(record, match.id).items():
            for statement, near in statements:
                if places(record, match.id, statement.industry):
                    naming = Naming(statement, match.id, match.weight, near, "own", places=True)
                    found.setdefault(subject, []).append(naming)
    return found
