"""Size fit: what share of a parcel the land that is needed would take."""

import numpy as np

from app.siting.criteria.base import Criterion, Evidence, Explained, register
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import say, words

OF_A_PARCEL = Piecewise(((0.05, 0.3), (0.2, 0.6), (0.5, 1.0), (1.0, 1.0), (1.000001, 0.0)))
"""Of a parcel: the land should fit without leaving most of it unused."""


@register
class SizeFit(Criterion):
    """Land needed over the area of a parcel. Of a park nobody knows how much is free: its size scores nothing."""

    name = "size"
    group = "size"
    order = 40
    title = words("规模适配", "Size fit")
    unit = words("占比（需要面积÷面积）", "share (land needed over area)")
    direction = "more"
    presets = {  # noqa: RUF012
        "industry-first": 10, "balanced": 1, "policy-first": 5, "transport-first": 5, "land-first": 40,
        "cluster-first": 5,
    }  # fmt: skip
    colour = {"light": "#cc79a7", "dark": "#dc9cc0"}  # noqa: RUF012
    spoken = ("面积合适", "地够大", "地方大", "用地充足", "土地充足", "空间充足", "size")
    spoken_title = words("面积合适", "size fit")
    spoken_alone = True
    basis = words(
        "本服务设定：地块按整块使用，占地块面积 50%–100% 最合适，越小越浪费。园区不计分：文件没有给出可供用地，"
        "面积只用来排除装不下的园区。",
        "Set by this service: a parcel is used as a whole; 50 to 100 % of it fits best, less leaves land unused. Parks "
        "get no points: no document says how much land is free, so that areas only rule out what is too small.",
    )

    def idle(self, question: Question) -> str | None:
        """Without an area that is needed there is nothing to fit, and no document says what is free in a park."""
        if question.area_ha is None:
            return "idle_size"
        return "idle_free_land" if question.of_zones else None

    def curve(self, question: Question) -> Curve:
        """Return the curve for parcels."""
        return OF_A_PARCEL

    def measure(self, survey: Survey) -> Floats:
        """Return the share; NaN where the area is unknown."""
        needed = np.nan if survey.question.area_ha is None else survey.question.area_ha
        share: Floats = (needed / survey.area_ha).round(6)
        return share

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Say what share it is."""
        area, needed = float(survey.area_ha[row]), survey.question.area_ha
        says = say("size_says", needed=needed, area=area, share=round(raw * 100, 1))
        return Explained(says, (Evidence(say("size_parcel", area=area)),))
