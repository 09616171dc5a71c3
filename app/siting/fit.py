"""Fit: how strongly documents name a place with an industry, in points.

The factors are ours; no document gives any. They are fixed, so that an answer can be worked out by hand; docs/siting.md
gives the reasons, and sensitivity varies them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.evidence.demand import Demand
from app.evidence.record import PlanningRecord
from app.evidence.relations import INSIDE, Relation, Standing, demand_relation
from app.evidence.tiers import Naming, Placement, placement

RELATIONS: Mapping[Relation, float] = {"same": 1.0, "part": 0.9, "wider": 0.7, "sector": 0.45, "chain": 0.3}
"""The industry itself; one that it contains; one that contains it; only its sector; linked by a value chain."""

RANKS: Mapping[str, float] = {"leading": 1.0, "supporting": 0.7, "service": 0.9}
"""Leading above supporting. A service role is named for services only, where they are a zone's main business."""

STANDINGS: Mapping[Standing, float] = {"own": 1.0, "part": 0.9, "around": 0.6, "district": 0.3}
"""Of whom it is said: of the place; of a part of it or a theme park in it; of what it belongs to (the park, the
development zone or the plan area around it); of its district."""

AGREEMENT = (0.8, 0.1, 2.0)
"""One document counts 0.8; each further one adds 0.1 (less where it speaks of a wider zone), two at most."""

_AGREE: Mapping[Relation, tuple[Relation, ...]] = {
    "same": ("same", "part"), "part": ("same", "part"), "wider": ("same", "part", "wider"), "sector": ("sector",),
    "chain": ("chain",),
}  # fmt: skip
"""By the strongest relation: those in which another document says the same."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a place fits an industry that is asked for.

    Attributes
    ----------
    points
        0 to 100.
    placement
        What the documents say of it there.
    namings
        The statements that count, one a document: the strongest first, and those that say the same before the others.
    witnesses
        Ids of the documents that say so: what they name is as near as the strongest.
    copies
        Of these, the ones drawn up on another of them: both are one witness.
    differ
        Whether documents give it different ranks.
    """

    points: float
    placement: Placement
    namings: tuple[Naming, ...]
    witnesses: tuple[str, ...]
    copies: tuple[str, ...]
    differ: bool


def strength(naming: Naming) -> float:
    """Return the product of the factors of a statement, 0 to 1."""
    return naming.weight * RELATIONS[naming.relation] * RANKS[naming.statement.rank] * STANDINGS[naming.standing]


def directness(found: Fit) -> float:
    """Return how directly a place is named with an industry: the product of relation and standing, at most 1."""
    inside = (one for one in found.placement.namings if one.places and one.standing in INSIDE)
    return max((RELATIONS[one.relation] * STANDINGS[one.standing] for one in inside), default=0.0)


def is_direct(found: Fit) -> bool:
    """Tell whether a document names a place with the industry itself or a part of it, or as carrier of its track."""
    inside = any(one.relation in ("same", "part") and one.standing in INSIDE for one in found.placement.namings)
    return inside or any(standing in INSIDE for _, standing in found.placement.roles)


def fit(record: PlanningRecord, zone: str, demand: Demand) -> Fit:
    """Return how well a zone fits a demand, from what the documents state of it, its parts and what is around it."""
    found = placement(record, zone, demand)
    namings = sorted(found.namings, key=lambda naming: -strength(naming))
    if not namings:
        return Fit(0.0, found, (), (), (), differ=False)
    agreeing: dict[str, float] = {}
    for naming in namings:
        if naming.relation in _AGREE[namings[0].relation]:
            document = naming.statement.source.document
            agreeing[document] = max(agreeing.get(document, 0.0), STANDINGS[naming.standing])
    copies = tuple(document for document in agreeing if record.drawn_up_on(document) & agreeing.keys())
    points = round(100 * strength(namings[0]) * agreement_factor(record, agreeing), 2)
    ranks = {one.statement.rank for one in namings if one.relation == "same" and one.standing == "own"}
    return Fit(points, found, _first_of_each_document(namings), tuple(agreeing), copies, len(ranks) > 1)


def agreement_factor(record: PlanningRecord, agreeing: Mapping[str, float]) -> float:
    """Return what the number of independent documents multiplies by.

    Parameters
    ----------
    agreeing
        The standing of what each document says, by its id. Of a document and the one it is drawn up on the higher
        counts: they are one witness.
    """
    witnesses: dict[str, float] = {}
    for document, standing in agreeing.items():
        root = min(record.drawn_up_on(document) & agreeing.keys(), default=document)
        witnesses[root] = max(witnesses.get(root, 0.0), standing)
    first, more, most = AGREEMENT
    return first + more * min(max(sum(witnesses.values()) - 1, 0.0), most)


def _first_of_each_document(namings: Sequence[Naming]) -> tuple[Naming, ...]:
    """Return of each document what agrees with the strongest, else its strongest; the strongest of all first."""
    found: dict[str, Naming] = {}
    agree = _AGREE[namings[0].relation]
    for naming in sorted(namings, key=lambda one: one.relation not in agree):
        found.setdefault(naming.statement.source.document, naming)
    return tuple(found.values())


def demand_factor(record: PlanningRecord, demand: Demand, said: str) -> float:
    """Return the factor of the nearest relation of a said industry to a demand; 0 for none."""
    near = demand_relation(record, demand, said)
    return 0.0 if near is None else RELATIONS[near]
