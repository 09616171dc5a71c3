"""Agglomeration: related parks near by, and listed projects of related industries."""

from collections.abc import Iterator

from app.siting.criteria.base import Criterion, Evidence, Explained, register
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.knowledge import REACH_KM, Knowledge, Project, Statement
from app.siting.question import Question, Wish
from app.siting.relations import relation
from app.siting.survey import Survey
from app.siting.words import joined, say, words

LINKED = 1.0
"""Points for a neighbour that a document names with an industry linked to the one asked for by a value chain."""

SAME_SECTOR = 0.5
"""Points for a neighbour named with another industry of the same sector."""

PROJECT = 0.5
"""Points for a listed project of the sector in the site. One listed for a whole district has no place: not counted."""

_MOST_EVIDENCE = 6


@register
class Agglomeration(Criterion):
    """Parks with related but other industries within reach, and listed projects of the sector.

    Parks with the very same industry are left to ``crowding``: nothing counts for both.
    """

    name = "agglomeration"
    group = "agglomeration"
    order = 60
    title = words("产业集聚", "Agglomeration")
    unit = words("分（相关园区与项目）", "points (related parks and projects)")
    of_the_zone = True
    direction = "more"
    basis = words(
        "本服务设定：15 公里内产业链相关园区各 1 分，同大类园区各 0.5 分，园区内列入项目表的同类项目各 0.5 分；"
        "8 分为满。项目表只有东丽区文件印出，他处没有项目不等于没有项目。",
        "Set by this service: within 15 km 1 point for each park linked by a value chain, 0.5 for each of the "
        "sector; 0.5 for each listed project of the sector inside; 8 points are full. Only the Dongli document "
        "prints a list of projects: none elsewhere does not mean that there are none.",
    )

    def curve(self, question: Question) -> Curve:
        """Return the curve over points."""
        return Piecewise(((0, 0.0), (2, 0.4), (5, 0.8), (8, 1.0)))

    def measure(self, survey: Survey) -> Floats:
        """Return points; NaN for a site without a place on the map, or outside every park."""
        return survey.by_zone(self.name, lambda zone: _points(survey, zone))

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Name the related parks and count the projects."""
        zone = survey.zones[row] or ""
        found = list(_parks(survey, zone))
        projects = list(_projects(survey, zone))
        names = [survey.knowledge.zones[other].words for other, _, _ in found]
        parks = joined(names or [say("agglomeration_nobody")])
        says = say("agglomeration_says", km=REACH_KM, parks=parks, projects=len(projects))
        evidence = [
            Evidence(
                say(
                    "agglomeration_park",
                    park=survey.knowledge.zones[other].words,
                    said=survey.knowledge.industries[statement.industry].words,
                ),
                statement.source,
            )
            for other, _, statement in found
        ]
        evidence += [Evidence(say("agglomeration_project", project=one.name_zh), one.source) for one in projects]
        return Explained(says, tuple(evidence[:_MOST_EVIDENCE]))


def _points(survey: Survey, zone: str) -> float:
    if not survey.knowledge.placed(zone):
        return float("nan")
    parks = sum(points for _, points, _ in _parks(survey, zone))
    return round(parks + PROJECT * sum(1 for _ in _projects(survey, zone)), 2)


def _parks(survey: Survey, zone: str) -> Iterator[tuple[str, float, Statement]]:
    knowledge = survey.knowledge
    family = {zone, *knowledge.line(zone), *knowledge.parts.get(zone, ())}
    related = survey.kept("related", lambda: _related(survey))
    for other, _ in knowledge.neighbours.get(zone, ()):
        if other in related and other not in family:
            yield other, *related[other]


def _related(survey: Survey) -> dict[str, tuple[float, Statement]]:
    """Return the parks that have related industries, without those that have the industry asked for itself."""
    knowledge, found = survey.knowledge, {}
    for zone, said in knowledge.statements.items():
        if zone not in knowledge.zones:
            continue  # an element of a plan is no neighbour
        points = [_near(knowledge, survey.question.wishes, one) for one in said]
        best = max(range(len(said)), key=lambda at: points[at] or 0.0)
        if None not in points and (points[best] or 0.0) > 0:
            found[zone] = (points[best] or 0.0, said[best])
    return found


def _near(knowledge: Knowledge, wishes: tuple[Wish, ...], statement: Statement) -> float | None:
    """Return the points of a statement, or None where it names the industry asked for itself."""
    found = 0.0
    for match in (one for wish in wishes for one in wish.matches):
        near = relation(knowledge, match.id, statement.industry)
        if near in ("same", "part"):
            return None
        if near == "chain":
            found = max(found, LINKED)
        elif _sector(knowledge, match.id) == _sector(knowledge, statement.industry):
            found = max(found, SAME_SECTOR)
    return found


def _projects(survey: Survey, zone: str) -> Iterator[Project]:
    knowledge = survey.knowledge
    sectors = {_sector(knowledge, match.id) for wish in survey.question.wishes for match in wish.matches}
    for place in (*knowledge.line(zone), *knowledge.parts.get(zone, ())):
        if knowledge.zones[place].kind not in ("district", "municipality"):
            for project in knowledge.projects.get(place, ()):
                if _sector(knowledge, project.industry) in sectors:
                    yield project


def _sector(knowledge: Knowledge, industry: str) -> str:
    return knowledge.industries[industry].path[0]
