"""Knowledge: what the documents say of zones and industries, held in memory for a data version."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.db.reader import Reader
from app.siting import knowledge_sql

REACH_KM = 15.0
"""Parks are neighbours up to here, from middle to middle: our choice, about half an hour by road. No document says."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a document, and its own short words there."""

    document: str
    locator: str
    wording: str = ""


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
    """A node of the taxonomy; ``path`` are the ids from its sector down to itself."""

    kind: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A document's statement that an industry has a place in its subject: a zone, or a plan element as a whole."""

    subject: str
    industry: str
    rank: str
    source: Source


@dataclass(frozen=True, slots=True)
class Zone(Named):
    """A zone as the documents have it; areas in hectares."""

    other_names: tuple[str, ...]
    kind: str
    level: str | None
    parent: str | None
    area_ha: float | None
    official_area_ha: float | None
    located: bool
    candidate: bool
    park: bool


@dataclass(frozen=True, slots=True)
class Element(Named):
    """A core, belt or area of a plan, and the zones that the document names as its members.

    ``inner`` tells whether the plan is the inner layout of one park.
    """

    plan: str
    plan_words: dict[str, str]
    parent: str | None
    kind: str
    members: tuple[str, ...]
    inner: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Membership:
    """A zone's place in a plan: the element, and whether the document names the zone itself or one around it."""

    element: Element
    own: bool


@dataclass(frozen=True, slots=True)
class Theme(Named):
    """A theme park: its industries, and the zones that host it."""

    industries: tuple[str, ...]
    hosts: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Role:
    """What a zone is to a future-industry track: carrier, hub, source or responsible."""

    track: Named
    industry: str
    role: str
    source: Source


@dataclass(frozen=True, slots=True)
class Facility(Named):
    """A place that distances are measured to: which gateway it is, and where, degrees.

    ``lines`` are those that stop at a railway station, and ``lines_source`` is where that is from; by language.
    """

    gateway: str
    lon: float
    lat: float
    lines: dict[str, str] | None
    lines_source: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Project:
    """A listed project."""

    id: str
    name_zh: str
    industry: str
    source: Source


@dataclass(frozen=True)
class Knowledge:
    """Everything that does not depend on the question.

    Attributes
    ----------
    zones, industries, elements, facilities
        By id, in the order of the facts.
    statements
        By their subject: a zone, or an element of a plan as a whole.
    roles, projects
        By the zone they are about.
    themes
        By the zone that hosts them.
    chains
        By industry: those that a value chain links it to, each with where.
    neighbours
        By zone: parks within ``REACH_KM``, nearest first, with kilometres from middle to middle.
    documents
        Titles by id.
    loaded_on
        Day on which the data were loaded, YYYY-MM-DD.
    memory
        What was worked out of the rest and will be wanted again; ``app.siting.relations`` keeps it. It does not outgrow
        the taxonomy and the roster of zones.
    answers
        What was worked out for lately asked industries; ``Survey.kept`` keeps it, and empties it when it is full.
    """

    zones: Mapping[str, Zone]
    industries: Mapping[str, Industry]
    elements: Mapping[str, Element]
    facilities: Mapping[str, Facility]
    statements: Mapping[str, tuple[Statement, ...]]
    roles: Mapping[str, tuple[Role, ...]]
    projects: Mapping[str, tuple[Project, ...]]
    themes: Mapping[str, tuple[Theme, ...]]
    chains: Mapping[str, Mapping[str, Source]]
    neighbours: Mapping[str, tuple[tuple[str, float], ...]]
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
        """The facilities by gateway."""
        return _grouped((one.gateway, one) for one in self.facilities.values())

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

    def place(self, subject: str) -> Named:
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
                named = [element for element in group if around in element.members]
                yield from (Membership(element, around == zone) for element in named)
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
        found = set()
        for membership in self.memberships.get(zone, ()):
            step: str | None = membership.element.id
            while step is not None:
                found.add(step)
                step = self.elements[step].parent
        return frozenset(found)


class Library:
    """The knowledge of the data in force: read once a data version."""

    def __init__(self) -> None:
        """Hold none yet."""
        self._version: str | None = None
        self._knowledge: Knowledge | None = None

    async def current(self, reader: Reader) -> Knowledge:
        """Return the knowledge of the data version in force."""
        version = await reader.data_version()
        if self._knowledge is None or version != self._version:
            self._knowledge, self._version = await load_knowledge(reader), version
        return self._knowledge


async def load_knowledge(reader: Reader) -> Knowledge:
    """Read the knowledge from the database, in one round trip."""
    return _knowledge(json.loads(await reader.value(knowledge_sql.KNOWLEDGE, {"reach": REACH_KM})))


def _source(row: Mapping[str, Any]) -> Source:
    return Source(row["document"], row["locator"], row.get("wording") or "")


def _knowledge(told: Mapping[str, Any]) -> Knowledge:
    statements = [Statement(row["subject"], row["industry"], row["rank"], _source(row)) for row in told["statements"]]
    by_subject = _grouped((one.subject, one) for one in statements)
    return Knowledge(
        zones={row["id"]: _zone(row) for row in told["zones"]},
        industries={
            row["id"]: Industry(row["id"], row["name_zh"], row["name_en"], row["kind"], tuple(row["path"]))
            for row in told["industries"]
        },
        elements={row["id"]: _element(row) for row in told["elements"]},
        facilities={row["id"]: _facility(row) for row in told["facilities"]},
        statements=by_subject,
        roles=_grouped(_roles(told)),
        projects=_grouped(
            (row["zone"], Project(row["id"], row["name_zh"], row["industry"], _source(row))) for row in told["projects"]
        ),
        themes=_themes(told, by_subject),
        chains=_chains(told["chains"]),
        neighbours=_grouped((row["zone"], (row["other"], float(row["km"]))) for row in told["neighbours"]),
        documents={row["id"]: row for row in told["documents"]},
        loaded_on=told["loaded_on"] or "",
    )


def _grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _named(row: Mapping[str, Any]) -> Named:
    return Named(row["id"], row["name_zh"], row["name_en"])


def _facility(row: Mapping[str, Any]) -> Facility:
    gateway = next(name for name, kind in knowledge_sql.GATEWAY_KINDS.items() if kind == row["kind"])
    lines, source = _both(row, "lines"), _both(row, "lines_source")
    return Facility(*_words_of(row), gateway, row["lon"], row["lat"], lines, source)


def _both(row: Mapping[str, Any], column: str) -> dict[str, str] | None:
    """Return a text of two columns by language; None where there is none."""
    zh, en = row[f"{column}_zh"], row[f"{column}_en"]
    return None if zh is None or en is None else {"zh": zh, "en": en}


def _zone(row: Mapping[str, Any]) -> Zone:
    names = tuple(dict.fromkeys([row["short_name_zh"] or row["name_zh"], *row["aliases"]]))
    return Zone(
        row["id"], row["name_zh"], row["name_en"], names, row["kind"], row["level"], row["parent"],
        row["area_ha"], row["official_area_ha"], row["located"], row["candidate"], row["park"],
    )  # fmt: skip


def _element(row: Mapping[str, Any]) -> Element:
    return Element(
        row["id"], row["name_zh"], row["name_en"], row["plan"], {"zh": row["plan_zh"], "en": row["plan_en"]},
        row["parent"], row["kind"], tuple(row["members"]), row["inner"], _source(row),
    )  # fmt: skip


def _themes(told: Mapping[str, Any], statements: Mapping[str, tuple[Statement, ...]]) -> dict[str, tuple[Theme, ...]]:
    hosts = _grouped((row["zone"], row["host"]) for row in told["hosts"])
    found = []
    for row in told["themes"]:
        industries = tuple(dict.fromkeys(one.industry for one in statements.get(row["id"], ())))
        theme = Theme(*_words_of(row), industries, hosts.get(row["id"], ()), _source(row | {"wording": row["name_zh"]}))
        found += [(host, theme) for host in theme.hosts]
    return _grouped(found)


def _words_of(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["id"], row["name_zh"], row["name_en"]


def _roles(told: Mapping[str, Any]) -> Iterable[tuple[str, Role]]:
    tracks = {row["id"]: row for row in told["tracks"]}
    for row in told["places"]:
        track = tracks[row["track"]]
        source = _source(row | {"wording": row["name_zh"]})
        yield row["zone"], Role(_named(track), track["industry"], row["role"], source)
    for track in tracks.values():
        for zone in track["responsible"]:
            yield zone, Role(_named(track), track["industry"], "responsible", _source(track))


def _chains(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Source]]:
    found: dict[str, dict[str, Source]] = defaultdict(dict)
    for row in rows:
        source = _source(row)
        for one, other in (("upstream", "downstream"), ("chain", "upstream"), ("chain", "downstream")):
            if row[one] != row[other]:
                found[row[one]].setdefault(row[other], source)
                found[row[other]].setdefault(row[one], source)
    return dict(found)
