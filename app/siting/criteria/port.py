"""Port: how far the nearest is."""

from app.siting.criteria.base import register
from app.siting.criteria.gateways import Gateway
from app.siting.curves import Piecewise
from app.siting.words import words


@register
class Port(Gateway):
    """Distance to the nearest port, kilometres in a straight line."""

    name = "port"
    order = 50
    title = words("港口", "Port")
    basis = words(
        "本服务设定：10 公里内 1，30 公里 0.6，60 公里 0.2，100 公里 0；文件没有给出阈值。",
        "Set by this service: 1 up to 10 km, 0.6 at 30, 0.2 at 60, 0 at 100. No document gives thresholds.",
    )
    points = Piecewise(((10, 1.0), (30, 0.6), (60, 0.2), (100, 0.0)))
