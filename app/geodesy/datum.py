"""Chinese map datums: WGS 84 to GCJ-02 and BD-09, and back.

GCJ-02 is the offset datum that map services in China publish in, BD-09 is Baidu's offset on top of it. No official
formula is public. The one here is the reverse-engineered one that the open tools share (googollee/eviltransform,
wandergis/coordtransform); its agreement with the true datum is a matter of a metre or so, and a position converted here
is approximate. WGS 84 is treated as identical to CGCS2000.

All functions take and return longitude before latitude, in degrees. Outside the rectangle that the published formula
takes for China they return the point unchanged.
"""

import math
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

LonLat: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees."""

KRASOVSKY_1940_SEMI_MAJOR_AXIS_M: Final = 6_378_245.0
"""Semi-major axis in metres of the Krasovsky 1940 ellipsoid, on which the GCJ-02 formula is written."""

KRASOVSKY_1940_ECCENTRICITY_SQUARED: Final = 0.00669342162296594323
"""First eccentricity squared of the Krasovsky 1940 ellipsoid, with the digits of the published formula."""

CHINA_BOUNDS: Final = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east and north of the rectangle in which the published formula offsets a point, in degrees."""

_BD_ANGLE: Final = math.pi * 3000.0 / 180.0
_INVERSE_TOLERANCE_DEG: Final = 1e-11
_INVERSE_MAX_STEPS: Final = 30


def in_china(lon: float, lat: float) -> bool:
    """Tell whether the published GCJ-02 formula offsets a point.

    Parameters
    ----------
    lon, lat : float
        Longitude and latitude in degrees, of any of the three datums.

    Returns
    -------
    bool
        True within `CHINA_BOUNDS`, a rectangle and no statement about any border.
    """
    west, south, east, north = CHINA_BOUNDS
    return west <= lon <= east and south <= lat <= north


def wgs84_to_gcj02(lon: float, lat: float) -> LonLat:
    """Convert a WGS 84 position to GCJ-02, approximately.

    Parameters
    ----------
    lon, lat : float
        WGS 84 (or CGCS2000) longitude and latitude in degrees.

    Returns
    -------
    tuple of float
        GCJ-02 longitude and latitude in degrees; the same point outside `CHINA_BOUNDS`.
    """
    return _to_gcj02(lon, lat) if in_china(lon, lat) else (lon, lat)


def gcj02_to_wgs84(lon: float, lat: float) -> LonLat:
    """Convert a GCJ-02 position to WGS 84, the exact inverse of `wgs84_to_gcj02` within 1e-9 degrees.

    Parameters
    ----------
    lon, lat : float
        GCJ-02 longitude and latitude in degrees.

    Returns
    -------
    tuple of float
        WGS 84 longitude and latitude in degrees; the same point outside `CHINA_BOUNDS`.

    Raises
    ------
    ArithmeticError
        If the iteration does not settle, which no point within the bounds is known to cause.
    """
    return _invert(_to_gcj02, lon, lat) if in_china(lon, lat) else (lon, lat)


def gcj02_to_bd09(lon: float, lat: float) -> LonLat:
    """Convert a GCJ-02 position to Baidu's BD-09, approximately.

    Parameters
    ----------
    lon, lat : float
        GCJ-02 longitude and latitude in degrees.

    Returns
    -------
    tuple of float
        BD-09 longitude and latitude in degrees; the same point outside `CHINA_BOUNDS`.
    """
    return _to_bd09(lon, lat) if in_china(lon, lat) else (lon, lat)


def bd09_to_gcj02(lon: float, lat: float) -> LonLat:
    """Convert a BD-09 position to GCJ-02, the exact inverse of `gcj02_to_bd09` within 1e-9 degrees.

    The closed inverse that circulates with the formula is off by up to two decimetres; this one iterates instead.

    Parameters
    ----------
    lon, lat : float
        BD-09 longitude and latitude in degrees.

    Returns
    -------
    tuple of float
        GCJ-02 longitude and latitude in degrees; the same point outside `CHINA_BOUNDS`.

    Raises
    ------
    ArithmeticError
        If the iteration does not settle, which no point within the bounds is known to cause.
    """
    return _invert(_to_bd09, lon, lat) if in_china(lon, lat) else (lon, lat)


def wgs84_to_bd09(lon: float, lat: float) -> LonLat:
    """Convert a WGS 84 position to BD-09 by way of GCJ-02; arguments and result as in `wgs84_to_gcj02`."""
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def bd09_to_wgs84(lon: float, lat: float) -> LonLat:
    """Convert a BD-09 position to WGS 84 by way of GCJ-02; arguments, result and errors as in `bd09_to_gcj02`."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


def convert_points(points: Iterable[LonLat], convert: Callable[[float, float], LonLat]) -> list[LonLat]:
    """Convert a sequence of positions by one of this module's functions.

    Parameters
    ----------
    points : iterable of (lon, lat)
        Longitudes and latitudes in degrees.
    convert : callable
        One of the functions above, such as `gcj02_to_wgs84`.

    Returns
    -------
    list of (lon, lat)
        The converted positions in degrees, as many and in the same order.
    """
    return [convert(lon, lat) for lon, lat in points]


def _to_gcj02(lon: float, lat: float) -> LonLat:
    """Apply the published offset, in metres on the ellipsoid's two radii of curvature, anywhere."""
    x, y = lon - 105.0, lat - 35.0
    east_m, north_m = _offset_m(x, y)
    phi = math.radians(lat)
    w2 = 1.0 - KRASOVSKY_1940_ECCENTRICITY_SQUARED * math.sin(phi) ** 2
    prime_vertical = KRASOVSKY_1940_SEMI_MAJOR_AXIS_M / math.sqrt(w2)
    meridian = KRASOVSKY_1940_SEMI_MAJOR_AXIS_M * (1.0 - KRASOVSKY_1940_ECCENTRICITY_SQUARED) / w2**1.5
    return (
        lon + math.degrees(east_m / (prime_vertical * math.cos(phi))),
        lat + math.degrees(north_m / meridian),
    )


def _offset_m(x: float, y: float) -> LonLat:
    """Return the east and north offset in metres at x degrees east of 105° and y degrees north of 35°."""
    root = math.sqrt(abs(x))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    ripple = 20.0 * _sin(6.0 * x) + 20.0 * _sin(2.0 * x)
    east_waves = 20.0 * _sin(x) + 40.0 * _sin(x / 3.0) + 150.0 * _sin(x / 12.0) + 300.0 * _sin(x / 30.0)
    north_waves = 20.0 * _sin(y) + 40.0 * _sin(y / 3.0) + 160.0 * _sin(y / 12.0) + 320.0 * _sin(y / 30.0)
    return east + (ripple + east_waves) * 2.0 / 3.0, north + (ripple + north_waves) * 2.0 / 3.0


def _sin(half_turns: float) -> float:
    return math.sin(half_turns * math.pi)


def _to_bd09(lon: float, lat: float) -> LonLat:
    radius = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BD_ANGLE)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BD_ANGLE)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


def _invert(forward: Callable[[float, float], LonLat], lon: float, lat: float) -> LonLat:
    """Find the point that `forward` takes to (lon, lat): fixed-point iteration, each step adding what is missing."""
    guess_lon, guess_lat = lon, lat
    for _ in range(_INVERSE_MAX_STEPS):
        there_lon, there_lat = forward(guess_lon, guess_lat)
        missing_lon, missing_lat = lon - there_lon, lat - there_lat
        guess_lon, guess_lat = guess_lon + missing_lon, guess_lat + missing_lat
        if max(abs(missing_lon), abs(missing_lat)) < _INVERSE_TOLERANCE_DEG:
            return guess_lon, guess_lat
    raise ArithmeticError(f"the datum inverse did not settle at {lon!r}, {lat!r}")
