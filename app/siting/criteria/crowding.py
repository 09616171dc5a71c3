"""Crowding: neighbours that lead with the same industry."""

from collections.abc import Iterator

from app.evidence.record import REACH_KM, Statement
from app.evidence.relations import named
from app.evidence.source import Source
from app.siting.criteria.agglomeration import unlisted
from app.siting.criteria.base import Criterion, Evidence, Explained, register
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import Words, joined, say, words

PROBLEM = Source("binhai-industry", "一（一）", "园区主导产业同质化")
"""Where a document itself names parks with the same leading industries as a problem."""


@register
class Crowding(Criterion):
    """Number of parks within reach that a document names as leading with the industry asked for."""

    name = "crowding"
    group = "crowding"
    order = 70
    title = words("同质竞争", "Crowding")
    unit = words("个（同主导产业的邻近园区）", "neighbouring parks with the same leading industry")
    of_the_zone = True
    direction = "less"
    presets = dict.fromkeys(
        ("industry-first", "policy-first", "transport-first", "land-first", "cluster-first"), 10
    ) | {"balanced": 1}
    colour = {"light": "#8a7c00", "dark": "#d6c93f"}  # noqa: RUF012
    spoken = (
        "同质化", "同质竞争", "竞争少", "竞争小", "竞争不激烈", "避免同质化", "不扎堆", "错位发展", "crowding",
        "competition",
    )  # fmt: skip
    spoken_title = words("同质竞争少", "little crowding")
    spoken_alone = True
    basis = words(
        "本服务设定：15 公里内没有同主导产业的园区为 1，1 个 0.8，2 个 0.6，4 个 0.3，8 个 0；"
        "只在提问要求避开同类时计。",
        "Set by this service: no park within 15 km that leads with the same industry 1, one 0.8, two 0.6, four "
        "0.3, eight 0; counted only where the question asks to keep away from the same industry.",
    )

    def idle(self, question: Question) -> str | None:
        """Nobody keeps away from a cluster who does not ask to."""
        asked = question.asked_weights
        wanted = "crowding" in (asked.get("emphasis") or ()) or (asked.get("weights") or {}).get("crowding")
        return None if wanted else "idle_crowding"

    def curve(self, question: Question) -> Curve:
        """Return the curve over the number of parks."""
        return Piecewise(((0, 1.0), (1, 0.8), (2, 0.6), (4, 0.3), (8, 0.0)))

    def measure(self, survey: Survey) -> Floats:
        """Return the number; NaN for a site without a place on the map, or outside every park."""

        def number(zone: str) -> float:
            if not survey.record.placed(zone):
                return float("nan")
            count = sum(1 for _ in _rivals(survey, zone))
            # Of a district whose parks no document lists, none found does not mean that there are none.
            return float("nan") if count == 0 and survey.record.unlisted.get(zone) else float(count)

        return survey.by_zone(self.name, number)

    def unknown(self, survey: Survey, row: int) -> Words | None:
        """Name the districts whose parks no document lists."""
        return unlisted(survey, row)

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Name the parks."""
        zone = survey.zones[row] or ""
        found = list(_rivals(survey, zone))
        problem = Evidence(say("crowding_problem"), PROBLEM)
        if not found:
            return Explained(say("crowding_none", km=REACH_KM), (problem,))
        parks = joined([survey.record.zones[other].words for other, _ in found])
        evidence = [
            Evidence(say("crowding_park", park=survey.record.zones[other].words), statement.source)
            for other, statement in found
        ]
        return Explained(say("crowding_says", km=REACH_KM, count=len(found), parks=parks), (*evidence, problem))


def _rivals(survey: Survey, zone: str) -> Iterator[tuple[str, Statement]]:
    record = survey.record
    family = {zone, *record.line(zone), *record.parts.get(zone, ())}
    leading = survey.kept("leading", lambda: _leading(survey))
    for other, _ in record.neighbours.get(zone, ()):
        if other in leading and other not in family:
            yield other, leading[other]


def _leading(survey: Survey) -> dict[str, Statement]:
    """Return the zones that lead with an industry asked for, or with part of it."""
    found: dict[str, Statement] = {}
    for match in (one for demand in survey.question.demands for one in demand.matches):
        for zone, statements in named(survey.record, match.id).items():
            for statement, near in statements:
                if statement.rank == "leading" and near in ("same", "part"):
                    found.setdefault(zone, statement)
    return found
