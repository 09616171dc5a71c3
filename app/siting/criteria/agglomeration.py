"""Agglomeration: parks with the same or related industries near by, and listed projects of the sector in the site.

The plans want clusters (产业集群); what one of them complains of is that parks lead with alike industries (同质化),
which is another thing. So neighbours with the same industry count here, for a site, unless the question asks to keep
away from them: then ``crowding`` counts them, against it. They never count twice.
"""

from collections.abc import Iterator

from app.evidence.record import REACH_KM, PlanningRecord, Statement, Thing
from app.evidence.relations import relation
from app.siting.criteria.base import Criterion, Evidence, Explained, register, texts_of
from app.siting.criteria.industry import term_of
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.question import Question
from app.siting.scoring import NEUTRAL
from app.siting.survey import Survey
from app.siting.words import Words, fill, joined, words

SAME = 1.0
"""Points for a neighbour that a document names with the industry asked for, or a part of it."""

LINKED = 1.0
"""Points for a neighbour that a document names with an industry linked to the one asked for by a value chain."""

SAME_SECTOR = 0.5
"""Points for a neighbour named with another industry of the same sector."""

PROJECT = 0.5
"""Points for a listed project of the sector in the site. One listed for a whole district has no place: not counted."""

_MOST_EVIDENCE = 2
_MOST_NAMED = 3

TEXTS = texts_of(
    nobody=("无", "none"),
    says=(
        "{km} 公里内有同类或相关产业的园区：{parks}；园区内列入项目表的同类项目 {projects} 个",
        "parks with the same or related industries within {km} km: {parks}; {projects} listed project(s) of the sector",
    ),
    more=("{parks}等 {count} 个", "{parks} and more, {count} in all"),
    unknown=(
        "{km} 公里内没有找到有关园区，但{districts}的园区没有文件列出，不能说没有；按中间值 {neutral} 计",
        "no such park is found within {km} km, but no document lists the parks of {districts}, so that there may be "
        "some; counted with the middle value {neutral}",
    ),
    unlisted=(
        "；{districts}的园区没有文件列出，未计",
        "; no document lists the parks of {districts}, which are not counted",
    ),
    park=("{park}：{said}", "{park}: {said}"),
    project=("项目：{project}", "project: {project}"),
)


@register
class Agglomeration(Criterion):
    """Parks with the same or related industries within reach, and listed projects of the sector."""

    name = "agglomeration"
    group = "agglomeration"
    order = 60
    title = words("产业集聚", "Agglomeration")
    unit = words("分（相关园区与项目）", "points (related parks and projects)")
    of_the_zone = True
    direction = "more"
    presets = {  # noqa: RUF012
        "industry-first": 10, "balanced": 1, "policy-first": 5, "transport-first": 5, "land-first": 5,
        "cluster-first": 40,
    }  # fmt: skip
    colour = {"light": "#d55e00", "dark": "#f0803c"}  # noqa: RUF012
    spoken = (
        "集聚", "产业集聚", "集聚度", "配套", "产业配套", "上下游", "上下游配套", "产业基础", "产业生态", "产业链",
        "产业链配套", "agglomeration", "clustering",
    )  # fmt: skip
    spoken_title = words("产业集聚与配套", "agglomeration")
    spoken_alone = True
    basis = words(
        "本服务设定：15 公里内（最近边之间）同类或产业链相关的园区各 1 分，同大类园区各 0.5 分，园区内列入项目表的"
        "同类项目各 0.5 分；8 分为满。规划主张产业集群，所以同类园区在此计为有利；提问要求避开同类时改由“同质竞争”计。"
        "15 公里内有未列出园区的区而又没有找到园区时，按缺数据处理。",
        "Set by this service: within 15 km, edge to edge, 1 point for each park with the same industry or one linked "
        "by a value chain, 0.5 for each of the sector; 0.5 for each listed project of the sector inside; 8 points are "
        "full. The plans want clusters, so the same industry near by counts for a site; who asks to keep away from it "
        "has it counted by crowding instead. Where no park is found and no document lists those of a district within "
        "reach, the value is missing.",
    )

    def curve(self, question: Question) -> Curve:
        """Return the curve over points."""
        return Piecewise(((0, 0.0), (2, 0.4), (5, 0.8), (8, 1.0)))

    def measure(self, survey: Survey) -> Floats:
        """Return points; NaN for a site off the map, outside every park, or where too little is known."""
        own = own_neighbours(survey.question)
        return survey.by_zone(f"{self.name}-{own}", lambda zone: _points(survey, zone))

    def unknown(self, survey: Survey, row: int) -> Words | None:
        """Name the districts whose parks no document lists."""
        return unlisted(survey, row)

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Name the related parks and count the projects."""
        record, zone = survey.record, survey.zones[row] or ""
        found, projects = list(_parks(survey, zone)), list(_projects(survey, zone))
        names = [record.zones[other].words for other, _, _ in found]
        parks = joined(names[:_MOST_NAMED] or [TEXTS["nobody"]])
        if len(names) > _MOST_NAMED:
            parks = fill(TEXTS["more"], parks=parks, count=len(names))
        says = fill(TEXTS["says"], km=REACH_KM, parks=parks, projects=len(projects))
        unlisted = [record.zones[one].words for one in record.unlisted.get(zone, ())]
        if unlisted:
            more = fill(TEXTS["unlisted"], districts=joined(unlisted))
            says = {language: says[language] + more[language] for language in says}
        evidence = [_evidence(record, other, statement) for other, _, statement in found[:_MOST_EVIDENCE]]
        evidence += [
            Evidence(fill(TEXTS["project"], project=one.name_zh), one.source) for one in projects[:_MOST_EVIDENCE]
        ]
        return Explained(says, tuple(evidence))


def unlisted(survey: Survey, row: int) -> Words | None:
    """Say which districts within reach have parks that no document lists; None where there are none."""
    names = [survey.record.zones[one].words for one in survey.record.unlisted.get(survey.zones[row] or "", ())]
    return fill(TEXTS["unknown"], km=REACH_KM, districts=joined(names), neutral=NEUTRAL) if names else None


def own_neighbours(question: Question) -> bool:
    """Tell whether parks with the very same industry count here: unless the question wants to keep away from them."""
    return not question.weights.get("crowding", 0.0) > 0


def _evidence(record: PlanningRecord, other: str, statement: Statement) -> Evidence:
    says = fill(TEXTS["park"], park=record.zones[other].words, said=term_of(record, statement))
    return Evidence(says, statement.source)


def _points(survey: Survey, zone: str) -> float:
    if not survey.record.placed(zone):
        return float("nan")
    parks = list(_parks(survey, zone))
    if not parks and survey.record.unlisted.get(zone):
        return float("nan")
    projects = sum(1 for _ in _projects(survey, zone))
    return round(sum(points for _, points, _ in parks) + PROJECT * projects, 2)


def _parks(survey: Survey, zone: str) -> Iterator[tuple[str, float, Statement]]:
    record = survey.record
    family = {zone, *record.line(zone), *record.parts.get(zone, ())}
    own = own_neighbours(survey.question)
    related = survey.kept(("related", own), lambda: _related(survey, own))
    for other, _ in record.neighbours.get(zone, ()):
        if other in related and other not in family:
            yield other, *related[other]


def _related(survey: Survey, own: bool) -> dict[str, tuple[float, Statement]]:
    """Return the parks that have related industries, with or without those that have the industry asked for itself."""
    record, found = survey.record, {}
    for zone, statements in record.statements.items():
        if zone not in record.zones:
            continue  # an element of a plan is no neighbour
        points = [_near(survey, statement) for statement in statements]
        if not own and "same" in points:
            continue
        worth = [SAME if one == "same" else float(one or 0.0) for one in points]
        best = max(range(len(worth)), key=worth.__getitem__)
        if worth[best] > 0:
            found[zone] = (worth[best], statements[best])
    return found


def _near(survey: Survey, statement: Statement) -> float | str | None:
    """Return the points of a statement, or ``same`` where it names the industry asked for itself or a part of it."""
    record, found = survey.record, None
    for match in (match for demand in survey.question.demands for match in demand.matches):
        near = relation(record, match.id, statement.industry)
        if near in ("same", "part"):
            return "same"
        if near == "chain":
            found = LINKED
        elif _sector(record, match.id) == _sector(record, statement.industry):
            found = max(found or 0.0, SAME_SECTOR)
    return found


def _projects(survey: Survey, zone: str) -> Iterator[Thing]:
    record = survey.record
    sectors = {_sector(record, match.id) for demand in survey.question.demands for match in demand.matches}
    seen = set()
    for place in (zone, *record.parts.get(zone, ())):
        for project in record.projects.get(place, ()):
            if project.id not in seen and any(_sector(record, one) in sectors for one in project.industries):
                seen.add(project.id)
                yield project


def _sector(record: PlanningRecord, industry: str) -> str:
    return record.industries[industry].path[0]
