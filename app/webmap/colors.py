"""Colours of lines: those of the layer files, made darker or lighter until they stand out from the land they lie on.

Contrast is that of WCAG 2.2, which asks 3:1 of graphical objects (success criterion 1.4.11); lightness is that of
Oklab, so that a colour keeps its hue.
"""

from functools import cache

from coloraide import Color

LAND_LIGHT, LAND_DARK = "#fdfdfb", "#2a333d"
"""Colours of the land: the fill of the districts' layer, and ``--land`` of dark.css."""

LEAST_CONTRAST = 3.0

_STEPS = 24
"""Halvings of the span of lightness: finer than a whole number of a channel."""


@cache
def line_color(color: str, land: str) -> str:
    """Return a colour for lines on land: the colour itself, or the nearest of its hue that stands out enough.

    Parameters
    ----------
    color, land
        As ``#rrggbb``.
    """
    if _stands_out(color, land):
        return color
    ends = {"#000000": 0.0, "#ffffff": 1.0}
    far = ends[max(ends, key=lambda end: Color(end).contrast(land))]
    near = Color(color).convert("oklch")["lightness"]
    for _ in range(_STEPS):
        middle = (near + far) / 2
        if _stands_out(_of_lightness(color, middle), land):
            far = middle
        else:
            near = middle
    return _of_lightness(color, far)


def _stands_out(color: str, land: str) -> bool:
    return Color(color).contrast(land) >= LEAST_CONTRAST


def _of_lightness(color: str, lightness: float) -> str:
    """Return a colour of another lightness as ``#rrggbb``, with as much of its chroma as sRGB has there."""
    changed = Color(color).convert("oklch").set("lightness", lightness)
    return str(changed.convert("srgb").fit(method="oklch-chroma").to_string(hex=True))
