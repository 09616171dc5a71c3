"""Gateways: what the criteria of port, airport, rail and metro have in common. It registers none itself."""

from typing import ClassVar

from app.siting.criteria.base import Criterion, Evidence, Explained
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.knowledge import Facility
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import say, words


class Gateway(Criterion):
    """Geodesic distance in a straight line from the middle of a site to the nearest facility of a kind."""

    group = "gateways"
    unit = words("公里（直线）", "km (straight line)")
    direction = "less"
    points: ClassVar[Piecewise]

    def curve(self, question: Question) -> Curve:
        """Return the curve over kilometres."""
        return self.points

    def measure(self, survey: Survey) -> Floats:
        """Return kilometres; NaN where a site has no place on the map."""
        return survey.km[self.name]

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Name the nearest facility and its distance."""
        facility = survey.facility(self.name, row)
        says = say("gateway_says", facility=facility.words, km=round(raw, 1))
        memory, key = survey.knowledge.memory, ("gateway", facility.id)
        if key not in memory:
            memory[key] = _evidence(facility)
        return Explained(says, memory[key])


def _evidence(facility: Facility) -> tuple[Evidence, ...]:
    """Return what the table of facilities states of one."""
    measured = Evidence(say("gateway_evidence", facility=facility.words))
    if facility.lines is None:
        return (measured,)
    lines = say("gateway_lines", facility=facility.words, lines=facility.lines, source=facility.lines_source)
    return measured, Evidence(lines)
