"""Relations: how near what a document names is to what is asked for, and how strongly a zone is named with it.

The factors are ours; no document gives any. They are fixed, so that an answer can be worked out by hand; docs/siting.md
gives the reasons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.siting.knowledge import Knowledge, Source, Statement
from app.siting.question import Wish

Relation = Literal["same", "part", "above", "sector", "chain"]

RELATIONS: dict[Relation, float] = {"same": 1.0, "part": 0.9, "above": 0.7, "sector": 0.45, "chain": 0.3}
"""The industry itself; one that it contains; the one it belongs to; only its sector; linked by a value chain."""

RANKS: dict[str, float] = {"leading": 1.0, "supporting": 0.7, "service": 0.9}
"""Leading above supporting. A service role is named for services only, where they are a zone's main business."""

Standing = Literal["own", "part", "around", "district"]

STANDINGS: dict[Standing, float] = {"own": 1.0, "part": 0.9, "around": 0.6, "district": 0.3}
"""Of whom it is said: of the zone; of a part of it or a theme park in it; of what it belongs to (the park, the
development zone or the plan area around it); of its district."""

_AGREE: dict[Relation, tuple[Relation, ...]] = {
    "same": ("same", "part"), "part": ("same", "part"), "above": ("same", "part", "above"), "sector": ("sector",),
    "chain": ("chain",),
}  # fmt: skip
"""By the strongest relation: those in which another document says the same."""

AGREEMENT = (0.8, 0.1, 2.0)
"""One document counts 0.8; each further one adds 0.1 (less where it speaks of a wider zone), two at most."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A statement as it bears on a candidate.

    Attributes
    ----------
    statement
        What the document says.
    industry
        The industry asked for.
    relation, standing
        How near it is, and of whom it is said.
    strength
        Product of the factors, 0 to 1.
    """

    statement: Statement
    industry: str
    relation: Relation
    standing: Standing
    strength: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a zone fits an industry that is asked for.

    Attributes
    ----------
    points
        0 to 100.
    namings
        The statements that count, one a document: the strongest first, and those that say the same before the others.
    agreeing
        Ids of the documents that say so: what they name is as near as the strongest.
    documents
        Number of these documents, each counted by the standing of what it says.
    differ
        Whether documents give it different ranks.
    """

    points: float
    namings: tuple[Naming, ...]
    agreeing: tuple[str, ...]
    documents: float
    differ: bool


def relation(knowledge: Knowledge, asked: str, said: str) -> Relation | None:
    """Return how a said industry relates to an asked one, or None where it does not."""
    key = ("relation", asked, said)
    if key not in knowledge.memory:
        knowledge.memory[key] = _relation(knowledge, asked, said)
    found: Relation | None = knowledge.memory[key]
    return found


def _relation(knowledge: Knowledge, asked: str, said: str) -> Relation | None:
    wanted, named = knowledge.industries.get(asked), knowledge.industries.get(said)
    if wanted is None or named is None:
        return None
    if asked == said:
        return "same"
    if asked in named.path:
        return "part"
    if said in wanted.path:
        return "sector" if named.kind == "sector" else "above"
    return "chain" if chain(knowledge, asked, said) is not None else None


def chain(knowledge: Knowledge, asked: str, said: str) -> Source | None:
    """Return where a document links two industries by a value chain, or what they contain or directly belong to."""
    links = knowledge.chains.get(asked, {})
    named = knowledge.industries[said]
    return next((links[step] for step in reversed(named.path) if step in links), None)


def fit(knowledge: Knowledge, zone: str, wish: Wish) -> Fit:
    """Return how well a zone fits a wish, from what the documents state of it, its parts and what is around it."""
    namings = sorted(_namings(knowledge, zone, wish), key=lambda one: -one.strength)
    if not namings:
        return Fit(0.0, (), (), 0.0, differ=False)
    agreeing: dict[str, float] = {}
    for one in namings:
        if one.relation in _AGREE[namings[0].relation]:
            document = one.statement.source.document
            agreeing[document] = max(agreeing.get(document, 0.0), STANDINGS[one.standing])
    documents = sum(agreeing.values())
    first, more, most = AGREEMENT
    factor = first + more * min(max(documents - 1, 0.0), most)
    ranks = {one.statement.rank for one in namings if one.relation == "same" and one.standing == "own"}
    points = round(100 * namings[0].strength * factor, 2)
    return Fit(points, _one_a_document(namings), tuple(agreeing), documents, len(ranks) > 1)


def _one_a_document(namings: list[Naming]) -> tuple[Naming, ...]:
    """Return of each document what agrees with the strongest, else its strongest; the strongest of all first."""
    found: dict[str, Naming] = {}
    agree = _AGREE[namings[0].relation]
    for one in sorted(namings, key=lambda one: one.relation not in agree):
        found.setdefault(one.statement.source.document, one)
    return tuple(found.values())


def _namings(knowledge: Knowledge, zone: str, wish: Wish) -> list[Naming]:
    found = []
    for match in wish.matches:
        related = named(knowledge, match.id)
        for place, standing in standings(knowledge, zone):
            for statement, near in related.get(place, ()):
                strength = match.weight * RELATIONS[near] * RANKS[statement.rank] * STANDINGS[standing]
                found.append(Naming(statement, match.id, near, standing, strength))
    return found


Related = Mapping[str, Sequence[tuple[Statement, Relation]]]
"""By subject: the statements of it that relate to an industry, and how."""


def named(knowledge: Knowledge, asked: str) -> Related:
    """Return every statement that relates to an industry; worked out once for the data in force."""
    found: Related | None = knowledge.memory.get(("named", asked))
    if found is None:
        near = {said: relation(knowledge, asked, said) for said in knowledge.said}
        found = {}
        for subject, statements in knowledge.statements.items():
            related = [(one, how) for one in statements if (how := near[one.industry]) is not None]
            if related:
                found[subject] = related
        knowledge.memory["named", asked] = found
    return found


def standings(knowledge: Knowledge, zone: str) -> Sequence[tuple[str, Standing]]:
    """Return the subjects whose statements bear on a zone: itself, its parts, and what is around it up to the district.

    What is said of a plan area as a whole (大港片区) is said of what is around its members, never of one of them. What
    a document names only as the core of an area is none of its members.
    """
    found: Sequence[tuple[str, Standing]] | None = knowledge.memory.get(("standings", zone))
    if found is None:
        found = knowledge.memory["standings", zone] = _standings(knowledge, zone)
    return found


def _standings(knowledge: Knowledge, zone: str) -> list[tuple[str, Standing]]:
    found: list[tuple[str, Standing]] = [(zone, "own")]
    found += [(part, "part") for part in knowledge.parts.get(zone, ())] if knowledge.zones[zone].kind == "park" else []
    found += [(theme.id, "part") for theme in knowledge.themes.get(zone, ())]
    member_of = [one.element.id for one in knowledge.memberships.get(zone, ()) if one.own and not one.core]
    found += [(element, "around") for element in member_of]
    for around in knowledge.line(zone)[1:]:
        kind = knowledge.zones[around].kind
        if kind in ("park", "development_zone"):
            found.append((around, "around"))
        elif kind == "district":
            found.append((around, "district"))
    return found


def wish_relation(knowledge: Knowledge, wish: Wish, said: str) -> float:
    """Return the factor of the nearest relation of a said industry to a wish, times its words' weight; 0 for none."""
    found = ((relation(knowledge, match.id, said), match.weight) for match in wish.matches)
    return max((RELATIONS[near] * weight for near, weight in found if near is not None), default=0.0)
