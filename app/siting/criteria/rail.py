"""High-speed railway station: how far the nearest is."""

from app.siting.criteria.base import register
from app.siting.criteria.gateways import Gateway
from app.siting.curves import Piecewise
from app.siting.words import words


@register
class Rail(Gateway):
    """Distance to the nearest station of high-speed or intercity trains, kilometres in a straight line."""

    name = "rail"
    order = 52
    title = words("高铁站", "High-speed railway station")
    basis = words(
        "本服务设定：3 公里内 1，10 公里 0.7，25 公里 0.3，50 公里 0；文件没有给出阈值。只计高铁或城际列车停靠的车站，"
        "停靠的线路见设施表。",
        "Set by this service: 1 up to 3 km, 0.7 at 10, 0.3 at 25, 0 at 50. No document gives thresholds. Only "
        "stations where high-speed or intercity trains stop; the table of facilities has the lines.",
    )
    points = Piecewise(((3, 1.0), (10, 0.7), (25, 0.3), (50, 0.0)))
