"""PlanningRecord: what the documents say of zones and industries, held in memory for a data version."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.evidence.rule import Rule
from app.evidence.source import Source

REACH_KM = 15.0
"""Parks are neighbours up to here, from edge to edge: our choice, about half an hour by road. No document says."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with an id and a name in both languages."""

    id: str
    name_zh: str
    name_en: str

    @property
    def words(self) -> dict[str, str]:
        """The name by language."""
        return {"zh": self.name_zh, "en": self.name_en}


@dataclass(frozen=True, slots=True)
class Industry(Named):
    """A node of the taxonomy; ``path`` are the ids from its sector down to itself, ``labels`` its names, compared."""

    kind: str
    path: tuple[str, ...]
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A document's statement that an industry has a place in its subject: a zone, or a plan element as a whole."""

    subject: str
    industry: str
    rank: str
    source: Source


@dataclass(frozen=True, slots=True)
class Zone(Named):
    """A zone as the documents have it.

    Attributes
    ----------
    area_ha, official_area_ha
        Of its outline where that rests on a document, and as published; hectares.
    accuracy_km
        Likely error of an edge of its outline, kilometres; None without one.
    lies_in
        By district: the share of its outline that lies there.
    listed_by
        Of a district, the document that lists its parks; of the others it is not known how many they have.
    """

    other_names: tuple[str, ...]
    kind: str
    level: str | None
    parent: str | None
    area_ha: float | None
    official_area_ha: float | None
    located: bool
    candidate: bool
    park: bool
    accuracy_km: float | None
    lies_in: Mapping[str, float]
    listed_by: str | None

    @property
    def known_area_ha(self) -> float:
        """The published area, else that of an outline that rests on a document; NaN where there is none."""
        known = self.area_ha if self.official_area_ha is None else self.official_area_ha
        return math.nan if known is None else known


@dataclass(frozen=True, slots=True)
class Element(Named):
    """A core, belt or area of a plan, and the zones that the document names as its members, or as its core only.

    ``inner`` tells whether the plan is the inner layout of one park.
    """

    plan: str
    plan_words: dict[str, str]
    parent: str | None
    kind: str
    members: tuple[str, ...]
    cores: tuple[str, ...]
    inner: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Membership:
    """A zone's place in a plan.

    Attributes
    ----------
    element
        The element.
    own
        Whether the document names the zone itself, not one around it.
    core
        Whether it names it as the core of the element (以海河教育园区为核心) and not as a member.
    """

    element: Element
    own: bool
    core: bool


@dataclass(frozen=True, slots=True)
class Theme(Named):
    """A theme park.

    Attributes
    ----------
    industries
        Its themes; the fields that a document lists behind them are statements like any other.
    hosts
        By the zone that hosts it: whether the document puts the park's core there, and where it says so.
    """

    industries: tuple[str, ...]
    hosts: Mapping[str, tuple[bool, Source]]


@dataclass(frozen=True, slots=True)
class Role:
    """What a zone is to a future-industry track: carrier, hub, source or responsible."""

    zone: str
    track: Named
    industry: str
    role: str
    source: Source


@dataclass(frozen=True, slots=True)
class Facility(Named):
    """A place that distances are measured to: what it is, and where, degrees.

    ``lines`` are those that stop at a railway station, and ``lines_source`` is where that is from; by language.
    ``stops`` tells whether high-speed or intercity trains stop there; true for what is no railway station.
    ``accuracy_km`` is the likely error of the point.
    """

    kind: str
    lon: float
    lat: float
    stops: bool
    accuracy_km: float
    lines: dict[str, str] | None
    lines_source: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Thing:
    """A carrier, designation, platform or project that a document names.

    Attributes
    ----------
    name_en
        None where the document's own name has no settled English one; ``summary`` says in both languages what it is.
    industries
        What it is of.
    places
        Zones and plan elements it is at.
    certainty
        How the places are known: named, one_of, inferred, or none.
    place_zh
        The document's words for its place.
    listed
        Whether it is a project of a list that a document prints.
    """

    id: str
    kind: str
    name_zh: str
    name_en: str | None
    summary: Mapping[str, str]
    industries: tuple[str, ...]
    places: tuple[str, ...]
    certainty: str
    place_zh: str | None
    listed: bool
    source: Source


def grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, tuple[Any, ...]]:
    """Return the second of each pair by the first."""
    found: dict[str, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


@dataclass(frozen=True)
class PlanningRecord:
    """Everything that does not depend on the question.

    Attributes
    ----------
    zones, industries, elements, facilities
        By id, in the order of the facts.
    statements
        By their subject: a zone, or an element of a plan as a whole.
    roles
        By the zone they are about.
    things
        Carriers, designations, platforms and projects, in the order of the documents.
    themes
        By the zone that hosts them.
    chains
        By industry: those that a value chain links it to, each with where.
    neighbours
        By zone: parks within ``REACH_KM``, nearest first, with kilometres from edge to edge.
    unlisted
        By zone: districts within ``REACH_KM`` whose parks no document lists.
    rules
        What documents ask, in their order.
    documents
        Titles by id.
    loaded_on
        Day on which the data were loaded, YYYY-MM-DD.
    memory
        What was worked out of the rest and will be wanted again; ``app.evidence.relations`` keeps it. It does not
        outgrow the taxonomy and the roster of zones.
    answers
        What was worked out for lately asked industries; ``Survey.kept`` keeps it, and empties it when it is full.
    """

    zones: Mapping[str, Zone]
    industries: Mapping[str, Industry]
    elements: Mapping[str, Element]
    facilities: Mapping[str, Facility]
    statements: Mapping[str, tuple[Statement, ...]]
    roles: Mapping[str, tuple[Role, ...]]
    things: tuple[Thing, ...]
    themes: Mapping[str, tuple[Theme, ...]]
    chains: Mapping[str, Mapping[str, Source]]
    neighbours: Mapping[str, tuple[tuple[str, float], ...]]
    unlisted: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    documents: Mapping[str, Mapping[str, Any]]
    loaded_on: str
    memory: dict[tuple[str, ...], Any] = field(default_factory=dict, repr=False)
    answers: dict[Any, Any] = field(default_factory=dict, repr=False)
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def line(self, zone: str) -> tuple[str, ...]:
        """Return the ids of a zone and of all zones around it, from the inside out."""
        found = self._lines.get(zone)
        if found is None:
            steps = [zone]
            while (up := self.zones[steps[-1]].parent) is not None:
                steps.append(up)
            found = self._lines[zone] = tuple(steps)
        return found

    @cached_property
    def gateways(self) -> Mapping[str, tuple[Facility, ...]]:
        """The facilities by kind, without the railway stations where only ordinary trains stop."""
        return grouped((facility.kind, facility) for facility in self.facilities.values() if facility.stops)

    @cached_property
    def projects(self) -> Mapping[str, tuple[Thing, ...]]:
        """By zone, the projects of a printed list that a document names there."""
        named = (thing for thing in self.things if thing.listed and thing.certainty == "named")
        return grouped((place, thing) for thing in named for place in thing.places)

    @cached_property
    def said(self) -> frozenset[str]:
        """Ids of the industries that documents name zones with."""
        return frozenset(one.industry for statements in self.statements.values() for one in statements)

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """By zone, the ids of the zones inside it, theme parks aside."""
        found: dict[str, list[str]] = defaultdict(list)
        for zone in self.zones.values():
            if zone.kind != "theme_park":
                for around in self.line(zone.id)[1:]:
                    found[around].append(zone.id)
        return {key: tuple(value) for key, value in found.items()}

    def level(self, zone: str) -> str | None:
        """Return the level of a zone, or of the park around it; ``none`` for a district: it is no park."""
        if self.zones[zone].kind == "district":
            return "none"
        return next((self.zones[one].level for one in self.line(zone) if self.zones[one].level), None)

    def placed(self, zone: str) -> bool:
        """Tell whether a zone is a candidate of its own with a place on the map, so that it has neighbours."""
        return self.zones[zone].candidate and self.zones[zone].located

    def drawn_up_on(self, document: str) -> frozenset[str]:
        """Return the documents that one says it is drawn up on."""
        return frozenset(self.documents[document]["drawn_up_on"])

    def place(self, subject: str) -> Zone | Element:
        """Return what a statement speaks of."""
        return self.zones[subject] if subject in self.zones else self.elements[subject]

    @cached_property
    def memberships(self) -> Mapping[str, tuple[Membership, ...]]:
        """By zone, its places in the plans.

        Of the elements beside each other in a plan those count that name the zone itself, else the nearest zone around
        it: a development zone among the members leaves the parks that an element beside it names to that one.
        """
        beside: dict[tuple[str, str | None], list[Element]] = defaultdict(list)
        for element in self.elements.values():
            beside[element.plan, element.parent].append(element)
        return {zone: tuple(self._memberships(zone, beside.values())) for zone in self.zones}

    def _memberships(self, zone: str, groups: Iterable[list[Element]]) -> Iterable[Membership]:
        for group in groups:
            for around in self.line(zone):
                named = [element for element in group if around in element.members or around in element.cores]
                yield from (Membership(one, around == zone, around not in one.members) for one in named)
                if named:
                    break

    def park_around(self, zone: str) -> str | None:
        """Return the candidate that a candidate is a part of, such as the park of a functional area."""
        return next((one for one in self.line(zone)[1:] if self.zones[one].candidate), None)

    def parts_of(self, zone: str) -> tuple[str, ...]:
        """Return the candidates that are parts of a candidate."""
        return tuple(one for one in self.parts.get(zone, ()) if self.zones[one].candidate)

    def elements_of(self, zone: str) -> frozenset[str]:
        """Return the ids of the plan elements that a zone lies in, with those around them."""
        return frozenset(one.id for place in self.memberships.get(zone, ()) for one in self.elements_up(place.element))

    def elements_up(self, element: Element) -> tuple[Element, ...]:
        """Return a plan element and those that it is part of, from the inside out."""
        found = [element]
        while (up := found[-1].parent) is not None:
            found.append(self.elements[up])
        return tuple(found)
