"""Colours of lines: those of the layer files, made darker or lighter until they stand out from the land they lie on.

Lightness is that of Oklab (B. Ottosson, "A perceptual color space for image processing", 2020), so that a colour keeps
its hue; contrast is that of WCAG 2.2, which asks 3:1 of graphical objects (success criterion 1.4.11).
"""

from collections.abc import Sequence
from functools import cache

LAND_LIGHT, LAND_DARK = "#fdfdfb", "#2a333d"
"""Colours of the land: the fill of the districts' layer, and ``--land`` of dark.css."""

LEAST_CONTRAST = 3.0
_MARGIN = 0.02
"""Added to what is aimed at, so that rounding to whole numbers does not fall short of it."""

_STEPS = 24
_CHROMA_STEP = 0.97

_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_LMS = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)

_Triple = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@cache
def line_color(color: str, land: str) -> str:
    """Return a colour for lines on land: the colour itself, or the nearest of its hue that stands out enough.

    Parameters
    ----------
    color, land
        As ``#rrggbb``.
    """
    if contrast(color, land) >= LEAST_CONTRAST:
        return color
    lightness, a, b = _oklab(color)
    # Of black and white, the one that the land is further from.
    end = 1.0 if contrast("#ffffff", land) > contrast("#000000", land) else 0.0
    near, far = lightness, end
    for _ in range(_STEPS):
        middle = (near + far) / 2
        if contrast(_within_srgb(middle, a, b), land) >= LEAST_CONTRAST + _MARGIN:
            far = middle
        else:
            near = middle
    return _within_srgb(far, a, b)


def _within_srgb(lightness: float, a: float, b: float) -> str:
    """Return a colour as ``#rrggbb``, with as much of its chroma as sRGB has at that lightness."""
    while True:
        light = _from_oklab((lightness, a, b))
        if all(-1e-4 <= value <= 1 + 1e-4 for value in light) or abs(a) + abs(b) < 1e-3:
            return "#" + "".join(f"{round(255 * _encoded(min(max(value, 0.0), 1.0))):02x}" for value in light)
        a, b = a * _CHROMA_STEP, b * _CHROMA_STEP


def _linear(color: str) -> _Triple:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return _decoded(red), _decoded(green), _decoded(blue)


def _decoded(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _encoded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)


def _luminance(color: str) -> float:
    red, green, blue = _linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(color: str) -> _Triple:
    long, middle, short = _times(_TO_LMS, _linear(color))
    return _times(_TO_LAB, (long ** (1 / 3), middle ** (1 / 3), short ** (1 / 3)))


def _from_oklab(lab: _Triple) -> _Triple:
    long, middle, short = _times(_FROM_LAB, lab)
    return _times(_FROM_LMS, (long**3, middle**3, short**3))


def _times(matrix: Sequence[_Triple], vector: _Triple) -> _Triple:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third
