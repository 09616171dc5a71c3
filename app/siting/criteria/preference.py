"""Preference: which of the wished-for districts and levels a site has; a wish rules nothing out."""

from collections.abc import Sequence

import numpy as np

from app.siting.criteria.base import Criterion, Explained, register, texts_of
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import fill, joined, say, words

TEXTS = texts_of(
    met=("合乎意愿：{names}", "as wished for: {names}"),
    unmet=("不合意愿：{names}", "not as wished for: {names}"),
)


@register
class Preference(Criterion):
    """Share of the wishes of a question (最好在东丽，最好国家级) that a site meets."""

    name = "preference"
    group = "preference"
    order = 35
    title = words("意愿", "Wishes")
    unit = words("合乎意愿的比例", "share of the wishes met")
    direction = "more"
    presets = dict.fromkeys(
        ("industry-first", "policy-first", "transport-first", "land-first", "cluster-first"), 15
    ) | {"balanced": 1}
    colour = {"light": "#7a5195", "dark": "#b48fd0"}  # noqa: RUF012
    basis = words(
        "由提问者提出：所在区域和级别两项意愿，各占一半；意愿不排除任何地方。",
        "From who asks: wishes for places and for levels count alike; a wish rules nothing out.",
    )

    def idle(self, question: Question) -> str | None:
        """Nothing to meet without a wish."""
        return None if question.prefer_districts or question.prefer_levels else "idle_preference"

    def curve(self, question: Question) -> Curve:
        """A share is a value already."""
        return Piecewise(((0, 0), (1, 1)))

    def measure(self, survey: Survey) -> Floats:
        """Return the share of the wishes that each site meets."""
        return np.array([_share(_wishes(survey, row)) for row in range(len(survey))], dtype=np.float64)

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Name the wishes that are met, else those that are not."""
        wishes = _wishes(survey, row)
        met = [name for name, holds in wishes if holds]
        key = "met" if met else "unmet"
        return Explained(fill(TEXTS[key], names=joined(met or [name for name, _ in wishes])))


def _share(wishes: Sequence[tuple[dict[str, str], bool]]) -> float:
    return sum(holds for _, holds in wishes) / len(wishes)


def _wishes(survey: Survey, row: int) -> list[tuple[dict[str, str], bool]]:
    question, record, zone = survey.question, survey.record, survey.zones[row]
    found = []
    if question.prefer_districts:
        names = joined([record.zones[one].words for one in question.prefer_districts])
        found.append((names, any(survey.lies_in(row, one) > 0 for one in question.prefer_districts)))
    if question.prefer_levels:
        names = joined([say(f"level_{one}") for one in question.prefer_levels])
        found.append((names, zone is not None and record.level(zone) in question.prefer_levels))
    return found
