"""Nearness to a named place: 离一汽大众近一点, 靠东疆."""

from app.siting.criteria.base import Criterion, Evidence, Explained, register, texts_of
from app.siting.criteria.gateways import distance
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import fill, words

TEXTS = texts_of(
    says=("距{place}约 {km} 公里（直线）", "about {km} km in a straight line from {place}"),
    below=("距{place}不到 {km} 公里（直线）", "less than {km} km in a straight line from {place}"),
    inside=("就在{place}", "in {place}"),
    evidence=(
        "从两者图形的最近边起量算，误差约 {error} 公里",
        "measured between the nearest edges; error about {error} km",
    ),
)


@register
class NearPlace(Criterion):
    """Distance from edge to edge to the farthest of the named places that should be near, kilometres."""

    name = "near_place"
    group = "near_place"
    order = 45
    title = words("靠近指定地点", "Nearness to a named place")
    unit = words("公里（直线）", "km (straight line)")
    direction = "less"
    presets = dict.fromkeys(
        ("industry-first", "policy-first", "transport-first", "land-first", "cluster-first"), 20
    ) | {"balanced": 1}
    colour = {"light": "#374c80", "dark": "#8fa6e0"}  # noqa: RUF012
    basis = words(
        "由提问者提出；本服务设定：5 公里内 1，20 公里 0.6，40 公里 0.2，70 公里 0；有几个地点时按最远的计。",
        "From who asks; set by this service: 1 up to 5 km, 0.6 at 20, 0.2 at 40, 0 at 70; of several places the "
        "farthest counts.",
    )

    def idle(self, question: Question) -> str | None:
        """Nothing to be near to, or a limit decides alone."""
        return None if any(place.km is None for place in question.near) else "idle_near_place"

    def curve(self, question: Question) -> Curve:
        """Return the curve over kilometres."""
        return Piecewise(((5, 1.0), (20, 0.6), (40, 0.2), (70, 0.0)))

    def measure(self, survey: Survey) -> Floats:
        """Return kilometres to the farthest of them; NaN where a site has no place on the map."""
        found: Floats = survey.near_km[:, self._wished(survey)].max(axis=1)
        return found

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Name the farthest of them and its distance."""
        at = max(self._wished(survey), key=lambda place: float(survey.near_km[row, place]))
        place = survey.near_places[at]
        error = survey.error_km(row, place)
        inside = survey.zones[row] == place.id or place.id in survey.record.line(survey.zones[row] or place.id)
        says = fill(TEXTS["inside"], place=place.words) if inside else distance(TEXTS, place.words, raw, error)
        return Explained(says, (Evidence(fill(TEXTS["evidence"], error=round(error, 1))),))

    def _wished(self, survey: Survey) -> list[int]:
        return [at for at, place in enumerate(survey.question.near) if place.km is None]
