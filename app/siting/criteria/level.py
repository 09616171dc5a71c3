"""Level: national, municipal, district or town."""

from typing import Any

from app.siting.criteria.base import Criterion, Evidence, Explained, register
from app.siting.curves import Curve, Floats, Steps
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import say, words

LEVELS = Steps({"national": 1.0, "municipal": 0.7, "district": 0.5, "town": 0.4, "none": 0.0})
"""Value of each level; ``none`` is a parcel outside every park."""


@register
class Level(Criterion):
    """The level at which a site was approved; a functional area has that of its park."""

    name = "level"
    group = "level"
    order = 30
    title = words("园区级别", "Level")
    unit = words("级别", "level")
    of_the_zone = True
    direction = "more"
    presets = {  # noqa: RUF012
        "industry-first": 5, "balanced": 1, "policy-first": 10, "transport-first": 5, "land-first": 5,
        "cluster-first": 5,
    }  # fmt: skip
    colour = {"light": "#009e73", "dark": "#27c39a"}  # noqa: RUF012
    spoken = ("级别", "园区级别", "园区等级", "等级")
    spoken_title = words("园区级别", "level")
    basis = words(
        "本服务设定：国家级 1、市级 0.7、区级 0.5、街镇级 0.4、园区外 0。",
        "Set by this service: national 1, municipal 0.7, district 0.5, town 0.4, outside every park 0.",
    )

    def curve(self, question: Question) -> Curve:
        """Return the table of levels."""
        return LEVELS

    def measure(self, survey: Survey) -> Floats:
        """Return the place of each site's level in the table."""
        return survey.by_zone(self.name, lambda zone: LEVELS.code(survey.record.level(zone)))

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Name the level."""
        says = say(f"level_{LEVELS.word(raw)}")
        return Explained(says, (Evidence(say("level_evidence", level=says)),))

    def shown(self, question: Question, raw: float) -> Any:
        """Return the level's word."""
        return LEVELS.word(raw)
