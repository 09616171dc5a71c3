"""Gateways: how far the nearest facility of a kind is; a criterion for each file of ``app/siting/gateways``.

Each gateway is two criteria: that it is near, and that it is far. Neither weighs anything unless the question asks for
it, or, of the first, our table of rules gives it to the industry.
"""

import math
from collections.abc import Mapping
from typing import ClassVar

from app.evidence.record import Facility
from app.siting.criteria.base import Criterion, Direction, Evidence, Explained, add, texts_of
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.gateways import GATEWAYS, Gateway
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import Words, fill, number, words

TEXTS = texts_of(
    says=("距{place}约 {km} 公里（直线）", "about {km} km in a straight line from {place}"),
    below=("距{place}不到 {km} 公里（直线）", "less than {km} km in a straight line from {place}"),
    evidence=(
        "按设施表中{facility}的位置量算（大地线，从图形的最近边起，误差约 {error} 公里）",
        "measured to {facility} in the table of facilities (geodesic, from the nearest edge of the outline; error "
        "about {error} km)",
    ),
    from_middle=(
        "按设施表中{facility}的位置量算（大地线，从地块中心起）",
        "measured to {facility} in the table of facilities (geodesic, from the middle of the feature)",
    ),
    lines=("{facility}停靠：{lines}（来源：{source}）", "{facility} is served by: {lines} (source: {source})"),
    basis=("本服务设定：{points}；文件没有给出阈值。", "Set by this service: {points}. No document gives thresholds."),
    point=("{km} 公里 {value}", "{value} at {km} km"),
    away=("远离{title}", "Far from {title}"),
)

_PRESETS = {
    "industry-first": 10, "balanced": 1, "policy-first": 10, "transport-first": 45, "land-first": 10,
    "cluster-first": 10,
}  # fmt: skip


class Nearness(Criterion):
    """Geodesic distance in a straight line from the edge of a site to the nearest facility of a kind."""

    group = "gateways"
    unit = words("公里（直线）", "km (straight line)")
    direction: ClassVar[Direction] = "less"
    presets = _PRESETS

    def __init__(self, gateway: Gateway) -> None:
        """Take what the file of the gateway says."""
        self.gateway = gateway
        self.name, self.order = gateway.name, gateway.order  # type: ignore[misc]
        self.title, self.colour = dict(gateway.title), gateway.colour  # type: ignore[misc]
        self.points = Piecewise(gateway.curve)
        self.basis = _basis(self.points)  # type: ignore[misc]

    def idle(self, question: Question) -> str | None:
        """Without a wish or a need nobody has to be near."""
        needed = any(need.gateway == self.name for need in question.needs)
        away = self.name in question.far_from
        return None if _asked(question, self.name) or (needed and not away) else "idle_gateway"

    def curve(self, question: Question) -> Curve:
        """Return the curve over kilometres."""
        return self.points

    def measure(self, survey: Survey) -> Floats:
        """Return kilometres; NaN where a site has no place on the map."""
        return survey.km[self.gateway.name]

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Name the nearest facility and its distance."""
        facility = survey.facility(self.gateway.name, row)
        error = survey.error_km(row, facility)
        says = distance(TEXTS, facility.words, raw, error)
        return Explained(says, tuple(_evidence(facility, error, survey.of_zones)))


class Remoteness(Nearness):
    """The same distance where far is better: 离港口远一点."""

    direction: ClassVar[Direction] = "more"

    def __init__(self, gateway: Gateway) -> None:
        """Turn the curve of nearness over."""
        super().__init__(gateway)
        self.name, self.order = f"{gateway.name}_away", gateway.order + 4  # type: ignore[misc]
        self.title = fill(TEXTS["away"], title=dict(gateway.title))  # type: ignore[misc]
        self.points = Piecewise(tuple((km, round(1 - value, 6)) for km, value in gateway.curve))
        self.basis = _basis(self.points)  # type: ignore[misc]

    def idle(self, question: Question) -> str | None:
        """Only who asks for it is to be far."""
        return None if self.gateway.name in question.far_from or _given(question, self.name) else "idle_away"


def _given(question: Question, name: str) -> bool:
    return bool((question.asked_weights.get("weights") or {}).get(name))


def _asked(question: Question, name: str) -> bool:
    """Tell whether a question asks for a gateway, or for gateways as a whole."""
    asked = question.asked_weights
    emphasis = asked.get("emphasis") or ()
    if name in emphasis or _given(question, name):
        return True
    together = "gateways" in emphasis or _given(question, "gateways") or asked.get("preset") == "transport-first"
    return together and name not in question.far_from


def distance(templates: Mapping[str, Words], place: Words, km: float, error: float) -> Words:
    """Say a distance with the digits that are known: whole kilometres where the error is half a kilometre or more.

    Parameters
    ----------
    templates
        Sentences ``says`` and ``below`` with the fields ``place`` and ``km``.
    km, error
        The distance and its likely error, kilometres. Of what is shorter than its error only that is said.
    """
    if km < error:
        return fill(templates["below"], place=place, km=max(math.ceil(error), 1))
    return fill(templates["says"], place=place, km=number(round(km, 0 if error >= _COARSE else 1)))


_COARSE = 0.5


def _basis(points: Piecewise) -> Words:
    at = [fill(TEXTS["point"], km=km, value=value) for km, value in points.points]
    said = {"zh": "，".join(one["zh"] for one in at), "en": ", ".join(one["en"] for one in at)}
    return fill(TEXTS["basis"], points=said)


def _evidence(facility: Facility, error: float, from_edge: bool) -> list[Evidence]:
    """Return what the table of facilities states of one."""
    key = "evidence" if from_edge else "from_middle"
    measured = Evidence(fill(TEXTS[key], facility=facility.words, error=round(error, 1)))
    if facility.lines is None:
        return [measured]
    lines = fill(TEXTS["lines"], facility=facility.words, lines=facility.lines, source=facility.lines_source)
    return [measured, Evidence(lines)]


for _gateway in GATEWAYS.values():
    add(Nearness(_gateway))
    add(Remoteness(_gateway))
