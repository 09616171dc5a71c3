"""Constraints: what rules a candidate out, with the rule, its source, and what would have to be relaxed."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.siting.question import GATEWAYS
from app.siting.reading import LEVELS
from app.siting.survey import Survey
from app.siting.words import Words, exact, joined, say

Mask = NDArray[np.bool_]

MOST_COVERED = 0.5
"""A park is ruled out by a layer that covers more than half of it; a parcel by one that covers any of it."""

_TOUCHED = 1e-6
"""Share below which an overlap is two outlines that do not quite agree."""


@dataclass(frozen=True)
class Constraint:
    """A rule that candidates have to meet.

    Attributes
    ----------
    id
        Its name: the field it is from, and what of it.
    rule, source
        What it asks, and what decides it.
    passes
        Which candidates meet it. What cannot be checked does not pass, and the reason says so; but an area that nobody
        knows rules out no park.
    reason
        Why a candidate does not meet it.
    relaxed
        What it would have to be relaxed to for a candidate to meet it.
    """

    id: str
    rule: Words
    source: Words
    passes: Mask
    reason: Callable[[int], Words]
    relaxed: Callable[[int], "Relaxed"]


@dataclass(frozen=True)
class Relaxed:
    """A rule relaxed as far as one candidate needs.

    Attributes
    ----------
    says, value
        In words, and as the value of the field; None: the field is left out.
    lets_in
        Whether another candidate meets the relaxed rule.
    """

    says: Words
    value: Any = None
    lets_in: Callable[[int], bool] = lambda row: True


def constraints(survey: Survey) -> list[Constraint]:
    """Return the constraints of the question, in the order in which they are told."""
    return [
        *_level(survey), *_places(survey), *_elements(survey), *_within(survey), *_area(survey),
        *_distances(survey), *_layers(survey),
    ]  # fmt: skip


def _mask(survey: Survey, test: Callable[[int], bool]) -> Mask:
    return np.fromiter((test(row) for row in range(len(survey))), dtype=np.bool_, count=len(survey))


def _level(survey: Survey) -> Iterator[Constraint]:
    asked = survey.question.levels
    if not asked:
        return
    known = {zone: None if zone is None else survey.knowledge.level(zone) for zone in set(survey.zones)}
    names = joined([say(f"level_{one}") for one in asked])

    def reason(row: int) -> Words:
        level = known[survey.zones[row]]
        return say("out_level", level=say(f"level_{level}")) if level else say("unknown_level")

    def relaxed(row: int) -> Relaxed:
        level = known[survey.zones[row]]
        if level not in LEVELS:
            return Relaxed(say("relax_level", level=say("level_any")))
        wider = [one for one in LEVELS if one in asked or one == level]
        says = say("relax_level", level=joined([say(f"level_{one}") for one in wider]))
        return Relaxed(says, wider, lambda other: known[survey.zones[other]] in wider)

    passes = _mask(survey, lambda row: known[survey.zones[row]] in asked)
    yield Constraint("level", say("rule_level", levels=names), say("source_level"), passes, reason, relaxed)


def _places(survey: Survey) -> Iterator[Constraint]:
    knowledge, question = survey.knowledge, survey.question

    def lies(row: int, asked: Sequence[str]) -> tuple[str, ...]:
        zone = survey.zones[row]
        line = knowledge.line(zone) if zone is not None else ()
        return tuple(one for one in asked if one in line or one in survey.places[row])

    def outside(row: int, names: Words) -> Words:
        zone = survey.zones[row]
        district = say("nowhere") if zone is None else knowledge.zones[knowledge.line(zone)[-2:][0]].words
        return say("out_districts", names=names, district=district)

    source = say("source_places")
    places = _Places("districts", {one.id: one.words for one in knowledge.zones.values()}, lies, outside)
    yield from _confined(survey, places, question.districts, source)
    yield from _kept_out(survey, places, question.avoid_districts, source)


def _elements(survey: Survey) -> Iterator[Constraint]:
    knowledge, question = survey.knowledge, survey.question
    memberships = {zone: knowledge.elements_of(zone) if zone else frozenset() for zone in set(survey.zones)}
    # What a document gives members lies where they are; what it gives none is drawn as a corridor.
    parents = {one.parent for one in knowledge.elements.values()}
    drawn = {one.id for one in knowledge.elements.values() if not one.members and one.id not in parents}

    def lies(row: int, asked: Sequence[str]) -> tuple[str, ...]:
        member = memberships[survey.zones[row]]
        return tuple(one for one in asked if one in member or (one in drawn and one in survey.elements[row]))

    def outside(row: int, names: Words) -> Words:
        return say("out_elements", names=names)

    places = _Places("elements", {one.id: one.words for one in knowledge.elements.values()}, lies, outside)
    yield from _confined(survey, places, question.in_elements, _element_sources(survey, question.in_elements))
    yield from _kept_out(survey, places, question.avoid_elements, _element_sources(survey, question.avoid_elements))


@dataclass(frozen=True)
class _Places:
    """What a question confines the search to, or keeps out: zones, or elements of plans.

    Attributes
    ----------
    kind
        ``districts`` or ``elements``: what the texts of its constraints end in.
    words
        Their names by id.
    lies
        Of those asked for, which a candidate lies in.
    outside
        Why a candidate is outside those named.
    """

    kind: str
    words: Mapping[str, Words]
    lies: Callable[[int, Sequence[str]], tuple[str, ...]]
    outside: Callable[[int, Words], Words]

    def names(self, ids: Sequence[str]) -> Words:
        """Return the names of some of them in a row."""
        return joined([self.words[one] for one in ids])


def _confined(survey: Survey, places: _Places, asked: Sequence[str], source: Words) -> Iterator[Constraint]:
    """Yield the constraint to lie in one of those asked for."""
    if not asked:
        return
    names = places.names(asked)
    field = {"districts": "districts", "elements": "in_elements"}[places.kind]
    yield Constraint(
        field, say(f"rule_{places.kind}", names=names), source,
        _mask(survey, lambda row: bool(places.lies(row, asked))),
        lambda row: places.outside(row, names),
        lambda row: Relaxed(say("relax_places", names=names)),
    )  # fmt: skip


def _kept_out(survey: Survey, places: _Places, avoided: Sequence[str], source: Words) -> Iterator[Constraint]:
    """Yield the constraint to lie in none of those to avoid."""
    if not avoided:
        return

    def relaxed(row: int) -> Relaxed:
        inside = places.lies(row, avoided)
        left = [one for one in avoided if one not in inside]
        says = say("relax_avoid", name=places.names(inside))
        return Relaxed(says, left or None, lambda other: not places.lies(other, left))

    yield Constraint(
        f"avoid_{places.kind}", say(f"rule_avoid_{places.kind}", names=places.names(avoided)), source,
        _mask(survey, lambda row: not places.lies(row, avoided)),
        lambda row: say(f"out_avoid_{places.kind}", name=places.names(places.lies(row, avoided))),
        relaxed,
    )  # fmt: skip


def _element_sources(survey: Survey, asked: Sequence[str]) -> Words:
    sources = [survey.knowledge.elements[one].source for one in asked]
    return joined(
        [
            {
                "zh": f"《{survey.knowledge.documents[one.document]['short_title_zh']}》{one.locator}",
                "en": f"{survey.knowledge.documents[one.document]['title_en']}, {one.locator}",
            }
            for one in sources
        ]
    )


def _within(survey: Survey) -> Iterator[Constraint]:
    if survey.question.within is None:
        return
    inside = survey.inside
    yield Constraint(
        "within", say("rule_within"), say("source_within"),
        _mask(survey, lambda row: bool(inside[row])),
        lambda row: say("out_within") if inside[row] is not None else say("unknown_place"),
        lambda row: Relaxed(say("relax_within")),
    )  # fmt: skip


def _area(survey: Survey) -> Iterator[Constraint]:
    needed = survey.question.area_ha
    if needed is None:
        return
    around = _parks_around(survey)
    area = np.where(np.isnan(survey.area_ha), [one[1] for one in around], survey.area_ha)

    def reason(row: int) -> Words:
        if np.isnan(area[row]):
            return say("unknown_area")
        has = _apart(float(area[row]), needed)
        if np.isnan(survey.area_ha[row]):
            return say("out_area_around", park=around[row][0], area=has, needed=exact(needed))
        return say("out_area", area=has, needed=exact(needed))

    def relaxed(row: int) -> Relaxed:
        most = _floor(float(area[row]))
        if not most > 0:
            return Relaxed(say("relax_area_any"))
        return Relaxed(say("relax_area", area=exact(most)), most, lambda other: bool(area[other] >= most))

    rule = say("rule_area", needed=exact(needed))
    # An outline that is an estimate has no area: such a park is not known to be too small, unless that around it is.
    passes = (area >= needed) | (np.isnan(area) & ~np.isnan(survey.points[:, 0]) & survey.of_zones)
    yield Constraint("area", rule, say("source_area"), passes, reason, relaxed)


def _parks_around(survey: Survey) -> list[tuple[Words | None, float]]:
    """Return of each candidate the park that it is a part of, by its name and area in hectares; NaN where unknown."""
    found: list[tuple[Words | None, float]] = []
    for zone in survey.zones:
        whole = survey.knowledge.park_around(zone) if survey.of_zones and zone is not None else None
        park = None if whole is None else survey.knowledge.zones[whole]
        found.append((None, math.nan) if park is None else (park.words, park.known_area_ha))
    return found


def _floor(area: float) -> float:
    """Return an area in round numbers that a place of this area has."""
    if math.isnan(area):
        return 0.0
    places = 10 if area >= 1 else 10_000
    return math.floor(area * places) / places


def _apart(value: float, limit: float) -> str:
    """Return a value with the decimals it takes to tell it from the limit that it misses: 50.04 is not 50."""
    above = value > limit
    rounded = (round(value, places) for places in range(1, 6))
    return exact(next((one for one in rounded if one != limit and (one > limit) == above), value))


def _distances(survey: Survey) -> Iterator[Constraint]:
    for gateway in GATEWAYS:
        if gateway in survey.question.max_km:
            yield _distance(survey, "max_km", gateway, survey.question.max_km[gateway])
        if gateway in survey.question.min_km:
            yield _distance(survey, "min_km", gateway, survey.question.min_km[gateway])


def _distance(survey: Survey, field: str, gateway: str, limit: float) -> Constraint:
    km, name = survey.km[gateway], say(f"gateway_{gateway}")
    upper = field == "max_km"

    def reason(row: int) -> Words:
        if np.isnan(km[row]):
            return say("unknown_place")
        apart = _apart(float(km[row]), limit)
        return say(f"out_{field}", facility=survey.facility(gateway, row).words, km=apart, limit=exact(limit))

    def relaxed(row: int) -> Relaxed:
        if np.isnan(km[row]) or (not upper and km[row] < 1):
            return Relaxed(say("relax_distance_any", gateway=name))
        reach = float(math.ceil(km[row]) if upper else math.floor(km[row]))
        says = say(f"relax_{field}", gateway=name, km=reach)
        return Relaxed(says, reach, lambda other: bool(km[other] <= reach if upper else km[other] >= reach))

    return Constraint(
        f"{field}.{gateway}", say(f"rule_{field}", gateway=name, limit=exact(limit)), say("source_distance"),
        km <= limit if upper else km >= limit, reason, relaxed,
    )  # fmt: skip


def _layers(survey: Survey) -> Iterator[Constraint]:
    most = MOST_COVERED if survey.of_zones else _TOUCHED
    for number, layer in enumerate(survey.question.exclude_layers):
        title: Words = {"zh": layer.title.zh, "en": layer.title.en}
        yield _layer(survey, layer.id, title, survey.covered[:, number], most)


def _layer(survey: Survey, layer_id: str, title: Words, covered: Any, most: float) -> Constraint:
    def reason(row: int) -> Words:
        if np.isnan(survey.points[row, 0]):
            return say("unknown_place")
        return say("out_layer", layer=title, share=_apart(100 * float(covered[row]), 100 * most))

    rule = say("rule_layer_zone" if survey.of_zones else "rule_layer_parcel", layer=title)
    passes = (covered <= most) & ~np.isnan(survey.points[:, 0])
    relaxed = Relaxed(say("relax_layer", layer=title))
    return Constraint(f"exclude_layers.{layer_id}", rule, say("source_layer"), passes, reason, lambda row: relaxed)
