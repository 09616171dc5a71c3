"""Constraints: what rules a candidate out, with the rule, its source, and what would have to be relaxed."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.evidence.demand import Demand
from app.evidence.tiers import tier_of
from app.facts.names import normalise
from app.siting.constraint import Constraint, Relaxed, apart, mask
from app.siting.constraints_distance import distances, named_distances
from app.siting.criteria.industry import tier_sentence
from app.siting.curves import Floats
from app.siting.fit import fit
from app.siting.reading import LEVELS
from app.siting.survey import Survey
from app.siting.words import Words, exact, joined, say

MOST_COVERED = 0.5
"""A park is ruled out by a layer that covers more than half of it; a parcel by one that covers any of it."""

_TOUCHED = 1e-6
"""Share below which an overlap is two outlines that do not quite agree."""


def constraints(survey: Survey) -> list[Constraint]:
    """Return the constraints of the question, in the order in which they are told."""
    return [
        *_level(survey), *_places(survey), *_elements(survey), *_within(survey), *_area(survey),
        *distances(survey), *named_distances(survey), *_avoided(survey), *_ruled_out(survey), *_layers(survey),
    ]  # fmt: skip


def _level(survey: Survey) -> Iterator[Constraint]:
    asked = survey.question.levels
    if not asked:
        return
    known = {zone: None if zone is None else survey.record.level(zone) for zone in set(survey.zones)}
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

    passes = mask(survey, lambda row: known[survey.zones[row]] in asked)
    yield Constraint("level", say("rule_level", levels=names), say("source_level"), passes, reason, relaxed)


def _places(survey: Survey) -> Iterator[Constraint]:
    record, question = survey.record, survey.question

    def lies(row: int, asked: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for one in asked if survey.lies_in(row, one) > 0)

    def whole(row: int, asked: Sequence[str]) -> bool:
        return any(survey.lies_in(row, one) == 1 for one in asked)

    def outside(row: int, names: Words) -> Words:
        zone = survey.zones[row]
        district = say("nowhere") if zone is None else record.zones[record.line(zone)[-2:][0]].words
        return say("out_districts", names=names, district=district)

    source = say("source_places")
    places = _Places("districts", {one.id: one.words for one in record.zones.values()}, lies, outside, whole)
    yield from _confined(survey, places, question.districts, source)
    yield from _kept_out(survey, places, question.avoid_districts, source)


def _halfway(survey: Survey, row: int, asked: Sequence[str]) -> Words:
    """Say of a candidate who administers it and where it lies, where the two differ."""
    zone = survey.record.zones[survey.zones[row] or ""]
    ruling = survey.record.zones[survey.record.line(zone.id)[1]].words
    lies = [survey.record.zones[one].words for one, share in zone.lies_in.items() if share >= _PARTLY]
    return say("halfway", ruling=ruling, districts=joined(lies) if lies else say("nowhere"))


_PARTLY = 0.05
"""Share of an outline in a district from which on it is said to lie there, too."""


def _elements(survey: Survey) -> Iterator[Constraint]:
    record, question = survey.record, survey.question
    memberships = {zone: record.elements_of(zone) if zone else frozenset() for zone in set(survey.zones)}
    # What a document gives members lies where they are; what it gives none is drawn as a corridor.
    parents = {one.parent for one in record.elements.values()}
    drawn = {one.id for one in record.elements.values() if not one.members and one.id not in parents}

    def lies(row: int, asked: Sequence[str]) -> tuple[str, ...]:
        member = memberships[survey.zones[row]]
        return tuple(one for one in asked if one in member or (one in drawn and one in survey.elements[row]))

    def outside(row: int, names: Words) -> Words:
        return say("out_elements", names=names)

    places = _Places("elements", {one.id: one.words for one in record.elements.values()}, lies, outside)
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
    whole
        Whether it lies in one of them in every sense; None where there is one sense only.
    """

    kind: str
    words: Mapping[str, Words]
    lies: Callable[[int, Sequence[str]], tuple[str, ...]]
    outside: Callable[[int, Words], Words]
    whole: Callable[[int, Sequence[str]], bool] | None = None

    def names(self, ids: Sequence[str]) -> Words:
        """Return the names of some of them in a row."""
        return joined([self.words[one] for one in ids])


def _confined(survey: Survey, places: _Places, asked: Sequence[str], source: Words) -> Iterator[Constraint]:
    """Yield the constraint to lie in one of those asked for."""
    if not asked:
        return
    names = places.names(asked)
    field = {"districts": "districts", "elements": "in_elements"}[places.kind]
    whole = places.whole
    yield Constraint(
        field, say(f"rule_{places.kind}", names=names), source,
        mask(survey, lambda row: bool(places.lies(row, asked))),
        lambda row: places.outside(row, names),
        lambda row: Relaxed(say("relax_places", names=names)),
        None if whole is None else mask(survey, lambda row: bool(places.lies(row, asked)) and not whole(row, asked)),
        lambda row: _halfway(survey, row, asked),
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
        mask(survey, lambda row: not places.lies(row, avoided)),
        lambda row: say(f"out_avoid_{places.kind}", name=places.names(places.lies(row, avoided))),
        relaxed,
    )  # fmt: skip


def _element_sources(survey: Survey, asked: Sequence[str]) -> Words:
    sources = [survey.record.elements[one].source for one in asked]
    return joined(
        [
            {
                "zh": f"《{survey.record.documents[one.document]['short_title_zh']}》{one.locator}",
                "en": f"{survey.record.documents[one.document]['title_en']}, {one.locator}",
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
        mask(survey, lambda row: bool(inside[row])),
        lambda row: say("out_within") if inside[row] is not None else say("unknown_place"),
        lambda row: Relaxed(say("relax_within")),
    )  # fmt: skip


def _area(survey: Survey) -> Iterator[Constraint]:
    needed = survey.question.least_ha
    if needed is None:
        return
    around = _parks_around(survey)
    area = np.where(np.isnan(survey.area_ha), [one[1] for one in around], survey.area_ha)
    most = _districts_area(survey)

    def reason(row: int) -> Words:
        if np.isnan(area[row]):
            larger = most[row] < needed and not np.isnan(survey.points[row, 0])
            return say("out_area_district", needed=exact(needed)) if larger else say("unknown_area")
        has = apart(float(area[row]), needed)
        if np.isnan(survey.area_ha[row]):
            return say("out_area_around", park=around[row][0], area=has, needed=exact(needed))
        return say("out_area", area=has, needed=exact(needed))

    def relaxed(row: int) -> Relaxed:
        enough = _floor(float(area[row]))
        if not enough > 0:
            return Relaxed(say("relax_area_any"))
        return Relaxed(
            say("relax_area", area=exact(enough)), enough,
            lambda other: bool(area[other] >= enough),
            lambda other: bool(np.isnan(area[other]) and survey.drawn_ha[other] < enough),
        )  # fmt: skip

    rule = say("rule_area", needed=exact(needed))
    # An outline that is an estimate has no area: such a park is not known to be too small, unless that around it is.
    passes = (area >= needed) | (np.isnan(area) & ~np.isnan(survey.points[:, 0]) & survey.of_zones & (most >= needed))
    # That a park whose outline is drawn smaller than what is needed has room, nobody would say either.
    doubtful = passes & np.isnan(area) & (survey.drawn_ha < needed)
    yield Constraint(
        "area", rule, say("source_area"), passes, reason, relaxed, doubtful,
        lambda row: say("doubt_area", needed=exact(needed)),
    )  # fmt: skip


def _districts_area(survey: Survey) -> Floats:
    """Return the area of the district that administers each candidate, hectares: no park is larger than that."""
    if not survey.of_zones:
        return np.full(len(survey), np.inf)
    found = []
    for zone in survey.zones:
        around = survey.record.line(zone)[1:] if zone is not None else ()
        district = next((one for one in around if survey.record.zones[one].kind == "district"), None)
        found.append(math.inf if district is None else survey.record.zones[district].known_area_ha)
    return np.array(found, dtype=np.float64)


def _parks_around(survey: Survey) -> list[tuple[Words | None, float]]:
    """Return of each candidate the park that it is a part of, by its name and area in hectares; NaN where unknown."""
    found: list[tuple[Words | None, float]] = []
    if not survey.of_zones:
        return [(None, math.nan)] * len(survey)
    for zone in survey.zones:
        whole = survey.record.park_around(zone) if zone is not None else None
        park = None if whole is None else survey.record.zones[whole]
        found.append((None, math.nan) if park is None else (park.words, park.known_area_ha))
    return found


def _floor(area: float) -> float:
    """Return an area in round numbers that a place of this area has."""
    if math.isnan(area):
        return 0.0
    places = 10 if area >= 1 else 10_000
    return math.floor(area * places) / places


def _avoided(survey: Survey) -> Iterator[Constraint]:
    """Yield the constraint that documents do not place certain industries in a site: 不要石化园区."""
    avoided = survey.question.avoid_industries
    if not avoided:
        return
    names = joined([{"zh": demand.words, "en": demand.words} for demand in avoided])

    def placed(row: int) -> list[Demand]:
        zone = survey.zones[row]
        return [
            one
            for one in avoided
            if tier_of(survey.record, zone, [one]) == "itself" or _called_after(survey, zone, one)
        ]

    def reason(row: int) -> Words:
        zone, demand = survey.zones[row] or "", placed(row)[0]
        if tier_of(survey.record, zone, [demand]) != "itself":
            return say("out_avoid_name", name=survey.record.zones[zone].words)
        return tier_sentence(survey.record, demand, fit(survey.record, zone, demand))

    passes = mask(survey, lambda row: not placed(row))
    yield Constraint(
        "avoid_industries", say("rule_avoid_industries", names=names), say("source_statements"), passes, reason,
        lambda row: Relaxed(say("relax_avoid_industries", names=names)),
    )  # fmt: skip


def _called_after(survey: Survey, zone: str | None, demand: Demand) -> bool:
    """Tell whether a place is called after an industry: 大港石化产业园区."""
    if zone is None:
        return False
    name = normalise(survey.record.zones[zone].name_zh)
    labels = [label for match in demand.matches for label in survey.record.industries[match.id].labels]
    return any(label in name for label in labels if len(label) > 1)


def _ruled_out(survey: Survey) -> Iterator[Constraint]:
    """Yield the constraint of rules that prohibit the industry in a place."""
    if not survey.prohibited:
        return
    passes = mask(survey, lambda row: survey.zones[row] not in survey.prohibited)
    yield Constraint(
        "rules", say("rule_rules"), say("source_rules"), passes,
        lambda row: survey.prohibited[survey.zones[row] or ""],
        lambda row: Relaxed(say("relax_rules")),
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
        return say("out_layer", layer=title, share=apart(100 * float(covered[row]), 100 * most))

    rule = say("rule_layer_zone" if survey.of_zones else "rule_layer_parcel", layer=title)
    passes = (covered <= most) & ~np.isnan(survey.points[:, 0])
    relaxed = Relaxed(say("relax_layer", layer=title))
    return Constraint(f"exclude_layers.{layer_id}", rule, say("source_layer"), passes, reason, lambda row: relaxed)
