"""Metro station: how far the nearest is."""

from app.siting.criteria.base import register
from app.siting.criteria.gateways import Gateway
from app.siting.curves import Piecewise
from app.siting.words import words


@register
class Metro(Gateway):
    """Distance to the nearest metro station, kilometres in a straight line."""

    name = "metro"
    order = 53
    title = words("地铁站", "Metro station")
    basis = words(
        "本服务设定：1 公里内 1，3 公里 0.7，8 公里 0.3，20 公里 0；文件没有给出阈值。",
        "Set by this service: 1 up to 1 km, 0.7 at 3, 0.3 at 8, 0 at 20. No document gives thresholds.",
    )
    points = Piecewise(((1, 1.0), (3, 0.7), (8, 0.3), (20, 0.0)))
