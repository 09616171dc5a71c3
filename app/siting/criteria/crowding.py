"""Crowding: neighbours that lead with the same industry."""

from collections.abc import Iterator

from app.siting.criteria.base import Criterion, Evidence, Explained, register
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.knowledge import REACH_KM, Source, Statement
from app.siting.question import Question
from app.siting.relations import named
from app.siting.survey import Survey
from app.siting.words import joined, say, words

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
    basis = words(
        "本服务设定：15 公里内没有同主导产业的园区为 1，1 个 0.8，2 个 0.6，4 个 0.3，8 个 0。",
        "Set by this service: no park within 15 km that leads with the same industry 1, one 0.8, two 0.6, four "
        "0.3, eight 0.",
    )

    def curve(self, question: Question) -> Curve:
        """Return the curve over the number of parks."""
        return Piecewise(((0, 1.0), (1, 0.8), (2, 0.6), (4, 0.3), (8, 0.0)))

    def measure(self, survey: Survey) -> Floats:
        """Return the number; NaN for a site without a place on the map, or outside every park."""

        def number(zone: str) -> float:
            if not survey.knowledge.placed(zone):
                return float("nan")
            return float(sum(1 for _ in _rivals(survey, zone)))

        return survey.by_zone(self.name, number)

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Name the parks."""
        zone = survey.zones[row] or ""
        found = list(_rivals(survey, zone))
        problem = Evidence(say("crowding_problem"), PROBLEM)
        if not found:
            return Explained(say("crowding_none", km=REACH_KM), (problem,))
        parks = joined([survey.knowledge.zones[other].words for other, _ in found])
        evidence = [
            Evidence(say("crowding_park", park=survey.knowledge.zones[other].words), statement.source)
            for other, statement in found
        ]
        return Explained(say("crowding_says", km=REACH_KM, count=len(found), parks=parks), (*evidence, problem))


def _rivals(survey: Survey, zone: str) -> Iterator[tuple[str, Statement]]:
    knowledge = survey.knowledge
    family = {zone, *knowledge.line(zone), *knowledge.parts.get(zone, ())}
    leading = survey.kept("leading", lambda: _leading(survey))
    for other, _ in knowledge.neighbours.get(zone, ()):
        if other in leading and other not in family:
            yield other, leading[other]


def _leading(survey: Survey) -> dict[str, Statement]:
    """Return the zones that lead with an industry asked for, or with part of it."""
    found: dict[str, Statement] = {}
    for match in (one for wish in survey.question.wishes for one in wish.meant):
        for zone, statements in named(survey.knowledge, match.id).items():
            for statement, near in statements:
                if statement.rank == "leading" and near in ("same", "part"):
                    found.setdefault(zone, statement)
    return found
