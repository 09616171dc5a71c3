"""Constraints: what rules a candidate out, with the rule, its source, and what would have to be relaxed."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.siting.question import GATEWAYS
from app.siting.survey import Survey
from app.siting.words import Words, joined, say

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
        Which candidates meet it. What cannot be checked does not pass, and the reason says so.
    reason
        Why a candidate does not meet it.
    relaxed
        What it would have to be relaxed to for a candidate to meet it, in words and as the value of the field.
    """

    id: str
    rule: Words
    source: Words
    passes: Mask
    reason: Callable[[int], Words]
    relaxed: Callable[[int], tuple[Words, Any]]


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

    def relaxed(row: int) -> tuple[Words, Any]:
        level = known[survey.zones[row]]
        return say("relax_level", level=say(f"level_{level}") if level else say("level_any")), level

    passes = _mask(survey, lambda row: known[survey.zones[row]] in asked)
    yield Constraint("level", say("rule_level", levels=names), say("source_level"), passes, reason, relaxed)


def _places(survey: Survey) -> Iterator[Constraint]:
    knowledge, question = survey.knowledge, survey.question

    def lies(row: int, asked: Sequence[str]) -> str | None:
        zone = survey.zones[row]
        line = knowledge.line(zone) if zone is not None else ()
        return next((one for one in asked if one in line or one in survey.places[row]), None)

    def of(row: int) -> Words:
        zone = survey.zones[row]
        if zone is None:
            return say("nowhere")
        return next(knowledge.zones[one].words for one in knowledge.line(zone)[-2:])

    if question.districts:
        asked = question.districts
        names = joined([knowledge.zones[one].words for one in asked])
        yield Constraint(
            "districts", say("rule_districts", names=names), say("source_places"),
            _mask(survey, lambda row: lies(row, asked) is not None),
            lambda row: say("out_districts", names=names, district=of(row)),
            lambda row: (say("relax_districts", names=names), None),
        )  # fmt: skip
    if question.avoid_districts:
        avoided = question.avoid_districts

        def inside(row: int) -> Words:
            return knowledge.zones[lies(row, avoided) or avoided[0]].words

        # `names` stays as it is: the reasons of the constraint above are told from it later.
        shunned = joined([knowledge.zones[one].words for one in avoided])
        yield Constraint(
            "avoid_districts", say("rule_avoid_districts", names=shunned), say("source_places"),
            _mask(survey, lambda row: lies(row, avoided) is None),
            lambda row: say("out_avoid_districts", name=inside(row)),
            lambda row: (say("relax_avoid", name=inside(row)), None),
        )  # fmt: skip


def _elements(survey: Survey) -> Iterator[Constraint]:
    knowledge, question = survey.knowledge, survey.question
    memberships = {zone: knowledge.elements_of(zone) if zone else frozenset() for zone in set(survey.zones)}

    def lies(row: int, asked: Sequence[str]) -> str | None:
        for one in asked:
            # What a document gives members lies where they are; what it gives none is drawn as a corridor.
            named = bool(knowledge.elements[one].members) or any(e.parent == one for e in knowledge.elements.values())
            if one in memberships[survey.zones[row]] or (not named and one in survey.elements[row]):
                return one
        return None

    if question.in_elements:
        asked = question.in_elements
        names = joined([knowledge.elements[one].words for one in asked])
        yield Constraint(
            "in_elements", say("rule_in_elements", names=names), _element_sources(survey, asked),
            _mask(survey, lambda row: lies(row, asked) is not None),
            lambda row: say("out_in_elements", names=names),
            lambda row: (say("relax_in_elements", names=names), None),
        )  # fmt: skip
    if question.avoid_elements:
        avoided = question.avoid_elements

        def inside(row: int) -> Words:
            return knowledge.elements[lies(row, avoided) or avoided[0]].words

        # `names` stays as it is: the reasons of the constraint above are told from it later.
        shunned = joined([knowledge.elements[one].words for one in avoided])
        yield Constraint(
            "avoid_elements", say("rule_avoid_elements", names=shunned), _element_sources(survey, avoided),
            _mask(survey, lambda row: lies(row, avoided) is None),
            lambda row: say("out_avoid_elements", name=inside(row)),
            lambda row: (say("relax_avoid", name=inside(row)), None),
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
        lambda row: (say("relax_within"), None),
    )  # fmt: skip


def _area(survey: Survey) -> Iterator[Constraint]:
    needed = survey.question.area_ha
    if needed is None:
        return
    area = survey.area_ha
    yield Constraint(
        "area", say("rule_area", needed=needed), say("source_area"),
        area >= needed,
        lambda row: say("out_area", area=float(area[row]), needed=needed)
        if not np.isnan(area[row]) else say("unknown_area"),
        lambda row: _area_relaxed(float(area[row])),
    )  # fmt: skip


def _area_relaxed(area: float) -> tuple[Words, Any]:
    if math.isnan(area):
        return say("relax_area_any"), None
    at_most = math.floor(area * 10) / 10
    return say("relax_area", area=at_most), at_most


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
        return say(f"out_{field}", facility=survey.facility(gateway, row), km=round(float(km[row]), 1), limit=limit)

    def relaxed(row: int) -> tuple[Words, Any]:
        if np.isnan(km[row]):
            return say("relax_distance_any", gateway=name), None
        reach = float(math.ceil(km[row]) if upper else math.floor(km[row]))
        return say(f"relax_{field}", gateway=name, km=reach), reach

    return Constraint(
        f"{field}.{gateway}", say(f"rule_{field}", gateway=name, limit=limit), say("source_distance"),
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
        return say("out_layer", layer=title, share=round(float(covered[row]) * 100, 1))

    rule = say("rule_layer_zone" if survey.of_zones else "rule_layer_parcel", layer=title)
    passes = (covered <= most) & ~np.isnan(survey.points[:, 0])
    relaxed = say("relax_layer", layer=title)
    return Constraint(
        f"exclude_layers.{layer_id}", rule, say("source_layer"), passes, reason, lambda row: (relaxed, None)
    )
