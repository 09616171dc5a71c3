"""Policy: the role that plans give a site, the theme parks it hosts, and the future-industry tracks placed in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.evidence.demand import Demand
from app.evidence.record import PlanningRecord, Theme
from app.evidence.source import Source
from app.siting.criteria.base import Criterion, Evidence, Explained, register
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.fit import demand_factor
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import Words, inside_quotes, say, words

ROLES = {"core": 40, "valley": 40, "base": 30, "belt": 30, "area": 20, "group": 15, "city": 5}
"""Points for a place in a plan, by the kind of element; the largest counts, whatever the industry."""

INHERITED = 0.5
"""Share of them where the document names the zone around the site, not the site."""

INNER = 0.5
"""Share of them where the plan is the inner layout of one park."""

THEME = 35
"""Points for hosting a theme park of the industry."""

THEME_AROUND = 15
"""The same where the development zone or district around the site is named as host, and no zone inside that one."""

TRACK = {"hub": 25, "carrier": 25, "source": 10, "responsible": 12}
"""Points for a place in a future-industry track of the industry."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Points, where they are from, and the sentence that says so."""

    points: float
    source: Source
    key: str
    values: Mapping[str, Words]

    @property
    def evidence(self) -> Evidence:
        return Evidence(say(self.key, **self.values), self.source)


@register
class Policy(Criterion):
    """Points for plan role (at most 40), theme park (35) and future-industry track (25).

    They are given for the documents' designations. That a document names the industry in the site is the matter of
    ``industry``; a theme park or track counts here for what it is, with the factor of its relation to the industry.
    """

    name = "policy"
    group = "policy"
    order = 20
    title = words("规划政策", "Plans and policy")
    unit = words("分（0–100）", "points (0–100)")
    of_the_zone = True
    direction = "more"
    presets = {  # noqa: RUF012
        "industry-first": 15, "balanced": 1, "policy-first": 40, "transport-first": 10, "land-first": 10,
        "cluster-first": 10,
    }  # fmt: skip
    colour = {"light": "#d98c00", "dark": "#f0b332"}  # noqa: RUF012
    spoken = ("政策", "政策支持", "规划定位", "规划", "扶持政策", "优惠政策", "policy")
    spoken_title = words("规划与政策", "policy")
    basis = words(
        "本服务设定：规划中的角色最高 40 分（点名所在区域的减半，园区内部布局的减半），主题园区 35 分，"
        "未来产业赛道 25 分；名单来自文件。",
        "Set by this service: a role in a plan up to 40 points (half where the zone around is named, half in "
        "the inner layout of one park), a theme park 35, a future-industry track 25. Who they are is from the "
        "documents.",
    )

    def curve(self, question: Question) -> Curve:
        """Points are values already."""
        return Piecewise(((0, 0), (100, 1)))

    def measure(self, survey: Survey) -> Floats:
        """Return the points of each site; the mean over the industries asked for."""
        return survey.by_zone(self.name, lambda zone: round(sum(one.points for one in self._parts(survey, zone)), 2))

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Say which designations gave points."""
        zone = survey.zones[row]
        evidence = [one.evidence for one in self._parts(survey, zone)] if zone is not None else []
        if not evidence:
            return Explained(say("policy_none"))
        says = words("；".join(one.says["zh"] for one in evidence), "; ".join(one.says["en"] for one in evidence))
        return Explained(says, tuple(evidence))

    def _parts(self, survey: Survey, zone: str) -> list[_Part]:
        record, demands = survey.record, survey.question.demands
        found = [_best(_roles(record, zone), 1)]
        for parts in (_themes, _tracks):
            found += [_best(parts(record, zone, demand), len(demands)) for demand in demands]
        return [one for one in found if one is not None]


def _best(parts: Iterable[_Part], share: int) -> _Part | None:
    """Return the part with the most points, and of them one share."""
    best = max(parts, key=lambda one: one.points, default=None)
    return replace(best, points=best.points / share) if best is not None and best.points > 0 else None


def _roles(record: PlanningRecord, zone: str) -> Iterator[_Part]:
    for membership in record.memberships.get(zone, ()):
        around = "" if membership.own else "_around"
        for element in record.elements_up(membership.element):
            points = ROLES[element.kind] * (1.0 if membership.own else INHERITED) * (INNER if element.inner else 1.0)
            role = "core" if membership.core and element is membership.element else "role"
            values = {"element": inside_quotes(element.words), "plan": element.plan_words}
            yield _Part(points, element.source, f"policy_{role}{around}", values)


def _themes(record: PlanningRecord, zone: str, demand: Demand) -> Iterator[_Part]:
    for around in record.line(zone):
        for theme in record.themes.get(around, ()):
            if around != zone and _placed_inside(record, theme, around):
                continue
            near = max((demand_factor(record, demand, one) for one in theme.industries), default=0.0)
            points = (THEME if around == zone else THEME_AROUND) * near
            core, source = theme.hosts[around]
            values = {"theme": inside_quotes(theme.words), "host": record.zones[around].words}
            yield _Part(points, source, "policy_theme_core" if core else "policy_theme", values)


def _placed_inside(record: PlanningRecord, theme: Theme, zone: str) -> bool:
    """Tell whether a document places a theme park more exactly, inside a zone that hosts it."""
    return any(zone in record.line(host)[1:] for host in theme.hosts)


def _tracks(record: PlanningRecord, zone: str, demand: Demand) -> Iterator[_Part]:
    for around in record.line(zone):
        for role in record.roles.get(around, ()):
            near = demand_factor(record, demand, role.industry)
            points = TRACK[role.role] if around == zone else min(TRACK[role.role], TRACK["responsible"])
            values = {"track": inside_quotes(role.track.words), "place": record.zones[around].words}
            yield _Part(points * near, role.source, f"policy_track_{role.role}", values)
