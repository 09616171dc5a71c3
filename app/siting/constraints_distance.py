"""Constraints of distance: to the nearest facility of a kind, and to named places; from the nearest edge."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from app.siting.constraint import Constraint, Relaxed, apart
from app.siting.curves import Floats
from app.siting.gateways import GATEWAYS
from app.siting.survey import Survey
from app.siting.words import Words, exact, say


def distances(survey: Survey) -> Iterator[Constraint]:
    """Yield the constraints of the gateways: 离机场30公里以内."""
    for gateway in GATEWAYS:
        for field, limits in (("max_km", survey.question.max_km), ("min_km", survey.question.min_km)):
            if gateway in limits:
                yield _distance(survey, field, gateway, limits[gateway])


def _distance(survey: Survey, field: str, gateway: str, limit: float) -> Constraint:
    km, title = survey.km[gateway], GATEWAYS[gateway].title
    name = {"zh": title["zh"], "en": title["en"].lower()}
    error = survey.gateway_errors_km(gateway)
    return _reach(
        survey,
        _Reach(f"{field}.{gateway}", field, name, lambda row: survey.facility(gateway, row).words),
        km,
        error,
        limit,
    )


def named_distances(survey: Survey) -> Iterator[Constraint]:
    """Yield the constraints of the named places: 离东疆50公里以内."""
    question = survey.question
    wanted = [*(("near", place) for place in question.near), *(("apart", place) for place in question.apart)]
    for at, (field, near) in enumerate(wanted):
        if near.km is None:
            continue
        place = survey.near_places[at]
        error = survey.own_errors_km + (place.accuracy_km or 0.0)
        reach = _Reach(f"{field}.{near.place}", "max_km" if field == "near" else "min_km", place.words, None)
        yield _reach(survey, reach, survey.near_km[:, at], error, near.km)


@dataclass(frozen=True)
class _Reach:
    """A limit of distance.

    Attributes
    ----------
    id
        Name of the constraint.
    field
        ``max_km`` or ``min_km``.
    name
        What the distance is to.
    facility
        The very facility by candidate; None where the name says it.
    """

    id: str
    field: str
    name: Words
    facility: Callable[[int], Words] | None

    @property
    def upper(self) -> bool:
        """Whether the limit is a largest distance."""
        return self.field == "max_km"

    def key(self, what: str) -> str:
        """Return the key of a text about it."""
        return f"{what}_{self.field}" if self.facility is not None else f"{what}_place_{self.field}"


def _reach(survey: Survey, reach: _Reach, km: Floats, error: Floats, limit: float) -> Constraint:
    """Return a constraint of distance: what the accuracy of the outlines does not decide may meet it."""
    sure = km + error <= limit if reach.upper else km - error >= limit
    may = km - error <= limit if reach.upper else km + error >= limit

    def place(row: int) -> Words:
        return reach.name if reach.facility is None else reach.facility(row)

    def reason(row: int) -> Words:
        if np.isnan(km[row]):
            return say("unknown_place")
        return say(f"out_{reach.field}", facility=place(row), km=apart(float(km[row]), limit), limit=exact(limit))

    def doubt(row: int) -> Words:
        return say(
            "doubt_km", facility=place(row), km=round(float(km[row]), 1), error=round(float(error[row]), 1),
            limit=exact(limit),
        )  # fmt: skip

    def relaxed(row: int) -> Relaxed:
        if np.isnan(km[row]) or (not reach.upper and km[row] - error[row] < 1):
            return Relaxed(say("relax_distance_any", gateway=reach.name))
        needed = float(math.ceil(km[row] + error[row]) if reach.upper else math.floor(km[row] - error[row]))
        says = say(reach.key("relax"), gateway=reach.name, km=needed)
        lets_in = km - error <= needed if reach.upper else km + error >= needed
        doubtful = lets_in & ~(km + error <= needed if reach.upper else km - error >= needed)
        return Relaxed(says, needed, lambda other: bool(lets_in[other]), lambda other: bool(doubtful[other]))

    rule = say(reach.key("rule"), gateway=reach.name, limit=exact(limit))
    return Constraint(reach.id, rule, say("source_distance"), may, reason, relaxed, may & ~sure, doubt)
