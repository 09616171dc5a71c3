"""Relations: how near what a document names is to what is asked for, and of whom the document says it.

A relation comes from the tree of the taxonomy or from a value chain that a document states, from nothing else.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from app.evidence.demand import Demand
from app.evidence.record import PlanningRecord, Statement
from app.evidence.source import Source

Relation = Literal["same", "part", "wider", "sector", "chain"]
"""The industry itself; one that it contains; one that contains it; only its sector; linked by a value chain."""

Standing = Literal["own", "part", "around", "district"]
"""Of whom it is said: of the place; of a part of it or a theme park in it; of what it belongs to (the park, the
development zone or the plan area around it); of its district."""

PLACES_IT: tuple[Relation, ...] = ("same", "part", "wider")
"""Relations in which a statement may place an industry; of what contains it only what directly does."""

INSIDE: tuple[Standing, ...] = ("own", "part")
"""Standings of what is said of the place or of something in it."""


def relation(record: PlanningRecord, asked: str, said: str) -> Relation | None:
    """Return how a said industry relates to an asked one, or None where it does not."""
    key = ("relation", asked, said)
    if key not in record.memory:
        record.memory[key] = _relation(record, asked, said)
    found: Relation | None = record.memory[key]
    return found


def _relation(record: PlanningRecord, asked: str, said: str) -> Relation | None:
    wanted, named = record.industries.get(asked), record.industries.get(said)
    if wanted is None or named is None:
        return None
    if asked == said:
        return "same"
    if asked in named.path:
        return "part"
    if said in wanted.path:
        return "sector" if named.kind == "sector" else "wider"
    return "chain" if chain(record, asked, said) is not None else None


def places(record: PlanningRecord, asked: str, said: str) -> bool:
    """Tell whether naming the said industry places the asked one: it is it, a part of it, or directly contains it."""
    near = relation(record, asked, said)
    return near in ("same", "part") or (near == "wider" and said == record.industries[asked].path[-2])


def chain(record: PlanningRecord, asked: str, said: str) -> Source | None:
    """Return where a document links two industries by a value chain, or what they contain or directly belong to."""
    links = record.chains.get(asked, {})
    named = record.industries[said]
    return next((links[step] for step in reversed(named.path) if step in links), None)


Related = Mapping[str, Sequence[tuple[Statement, Relation]]]
"""By subject: the statements of it that relate to an industry, and how."""


def named(record: PlanningRecord, asked: str) -> Related:
    """Return every statement that relates to an industry; worked out once for the data in force."""
    found: Related | None = record.memory.get(("named", asked))
    if found is None:
        near = {said: relation(record, asked, said) for said in record.said}
        found = {}
        for subject, statements in record.statements.items():
            related = [(statement, how) for statement in statements if (how := near[statement.industry]) is not None]
            if related:
                found[subject] = related
        record.memory["named", asked] = found
    return found


def standings(record: PlanningRecord, zone: str) -> Sequence[tuple[str, Standing]]:
    """Return the subjects whose statements bear on a zone: itself, its parts, and what is around it up to the district.

    What is said of a plan area as a whole (大港片区) is said of what is around its members, never of one of them. What
    a document names only as the core of an area is none of its members.
    """
    found: Sequence[tuple[str, Standing]] | None = record.memory.get(("standings", zone))
    if found is None:
        found = record.memory["standings", zone] = _standings(record, zone)
    return found


def _standings(record: PlanningRecord, zone: str) -> list[tuple[str, Standing]]:
    found: list[tuple[str, Standing]] = [(zone, "own")]
    found += [(part, "part") for part in record.parts.get(zone, ())] if record.zones[zone].kind == "park" else []
    found += [(theme.id, "part") for theme in record.themes.get(zone, ())]
    member_of = [one.element.id for one in record.memberships.get(zone, ()) if one.own and not one.core]
    found += [(element, "around") for element in member_of]
    for around in record.line(zone)[1:]:
        kind = record.zones[around].kind
        if kind in ("park", "development_zone"):
            found.append((around, "around"))
        elif kind == "district":
            found.append((around, "district"))
    return found


def demand_relation(record: PlanningRecord, demand: Demand, said: str) -> Relation | None:
    """Return the nearest relation of a said industry to a demand, or None where there is none."""
    found = [near for match in demand.matches if (near := relation(record, match.id, said)) is not None]
    return min(found, key=_NEARNESS.index, default=None)


_NEARNESS: tuple[Relation, ...] = ("same", "part", "wider", "sector", "chain")
