"""Size fit: what share of a site the land that is needed would take."""

import numpy as np

from app.siting.criteria.base import Criterion, Direction, Evidence, Explained, register
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import Words, say, words

OF_A_ZONE = Piecewise(((0.05, 1.0), (0.2, 0.8), (0.5, 0.4), (1.0, 0.1), (1.000001, 0.0)))
"""Of a park: the larger the share, the less likely that so much of it is free. How much is free, no document says."""

OF_A_PARCEL = Piecewise(((0.05, 0.3), (0.2, 0.6), (0.5, 1.0), (1.0, 1.0), (1.000001, 0.0)))
"""Of a parcel: the land should fit without leaving most of it unused."""


OF_A_PARCEL_BASIS = words(
    "本服务设定：地块按整块使用，占地块面积 50%–100% 最合适，越小越浪费。",
    "Set by this service: a parcel is used as a whole; 50 to 100 % of it fits best, less leaves land unused.",
)


@register
class SizeFit(Criterion):
    """Land needed over the area of the site: published where it is, else that of the footprint."""

    name = "size"
    group = "size"
    order = 40
    title = words("规模适配", "Size fit")
    unit = words("占比（需要面积÷面积）", "share (land needed over area)")
    direction = "less"
    basis = words(
        "本服务设定：占园区面积越小越可能有地；文件没有给出可供面积。",
        "Set by this service: the smaller the share of a park, the likelier there is room. No document says "
        "how much land is free.",
    )

    def described(self, question: Question) -> tuple[Direction, Words]:
        """Of a park a smaller share is better; of a parcel, which is taken as a whole, a larger one."""
        return (self.direction, self.basis) if question.layer is None else ("more", OF_A_PARCEL_BASIS)

    def idle(self, question: Question) -> str | None:
        """Without an area that is needed there is nothing to fit."""
        return "idle_size" if question.area_ha is None else None

    def curve(self, question: Question) -> Curve:
        """Return the curve for parks, or for parcels."""
        return OF_A_ZONE if question.layer is None else OF_A_PARCEL

    def measure(self, survey: Survey) -> Floats:
        """Return the share; NaN where the area is unknown."""
        needed = np.nan if survey.question.area_ha is None else survey.question.area_ha
        share: Floats = (needed / survey.area_ha).round(6)
        return share

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Say what share it is."""
        area, needed = float(survey.area_ha[row]), survey.question.area_ha
        zone = survey.knowledge.zones.get(survey.zones[row] or "") if survey.of_zones else None
        known = "published" if zone is not None and zone.official_area_ha is not None else "drawn"
        if not survey.of_zones:
            known = "parcel"
        says = say("size_says", needed=needed, area=area, share=round(raw * 100, 1))
        return Explained(says, (Evidence(say(f"size_{known}", area=area)),))
