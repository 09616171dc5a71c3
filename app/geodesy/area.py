"""Areas: geodesic on the CGCS2000 ellipsoid, shown in 公顷 first, then 亩 and km²."""

import math
from dataclasses import dataclass
from typing import Final, Literal, Self

import shapely
from pyproj import Geod

M2_PER_HECTARE: Final = 10_000.0
"""Square metres in a hectare (公顷); SI Brochure, 9th edition, table 8."""

MU_PER_HECTARE: Final = 15.0
"""Mu (亩) in a hectare: 1 亩 is 6000 square 市尺 of a third of a metre each, 6000/9 = 10000/15 = 666.666… m²."""

HECTARES_PER_KM2: Final = 100.0
"""Hectares in a square kilometre (平方公里)."""

CGCS2000_SEMI_MAJOR_AXIS_M: Final = 6_378_137.0
"""Semi-major axis of the CGCS2000 ellipsoid in metres; EPSG Dataset, ellipsoid 1024."""

CGCS2000_INVERSE_FLATTENING: Final = 298.257222101
"""Inverse flattening of the CGCS2000 ellipsoid; EPSG Dataset, ellipsoid 1024."""

_CGCS2000: Final = Geod(a=CGCS2000_SEMI_MAJOR_AXIS_M, rf=CGCS2000_INVERSE_FLATTENING)
_SIGNIFICANT_DIGITS: Final = 4
_MAX_DECIMALS: Final = 4  # 1 m² in hectares, the resolution of a land register


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """An area, kept in hectares and readable in every unit the service shows.

    Parameters
    ----------
    hectares : float
        The area in 公顷; finite and not negative.

    Raises
    ------
    ValueError
        If `hectares` is negative, infinite or not a number.

    Examples
    --------
    >>> Area(2.0).mu
    30.0
    >>> Area.from_km2(1.0).hectares
    100.0
    """

    hectares: float

    def __post_init__(self) -> None:
        """Refuse what cannot be an area."""
        if not math.isfinite(self.hectares) or self.hectares < 0:
            raise ValueError(f"an area is a finite number of hectares, zero or more, not {self.hectares!r}")

    @classmethod
    def from_m2(cls, square_metres: float) -> Self:
        """Return the area of so many square metres."""
        return cls(square_metres / M2_PER_HECTARE)

    @classmethod
    def from_mu(cls, mu: float) -> Self:
        """Return the area of so many mu (亩)."""
        return cls(mu / MU_PER_HECTARE)

    @classmethod
    def from_km2(cls, square_kilometres: float) -> Self:
        """Return the area of so many square kilometres (平方公里)."""
        return cls(square_kilometres * HECTARES_PER_KM2)

    @property
    def m2(self) -> float:
        """The area in square metres."""
        return self.hectares * M2_PER_HECTARE

    @property
    def mu(self) -> float:
        """The area in mu (亩)."""
        return self.hectares * MU_PER_HECTARE

    @property
    def km2(self) -> float:
        """The area in square kilometres."""
        return self.hectares / HECTARES_PER_KM2

    def format(self, language: Literal["zh", "en"] = "zh") -> str:
        """Write the area for a reader: hectares, and mu and km² behind it.

        Each number keeps four significant digits, at most four decimals and never fewer than its whole units.

        Parameters
        ----------
        language : {"zh", "en"}
            The language of the units.

        Returns
        -------
        str
            For example ``33.07 公顷（496.0 亩，0.3307 km²）`` or ``33.07 ha (496.0 mu, 0.3307 km²)``.

        Raises
        ------
        ValueError
            If the language is neither ``zh`` nor ``en``.
        """
        hectares, mu, km2 = _number(self.hectares), _number(self.mu), _number(self.km2)
        if language == "zh":
            return f"{hectares} 公顷（{mu} 亩，{km2} km²）"
        if language == "en":
            return f"{hectares} ha ({mu} mu, {km2} km²)"
        raise ValueError(f"areas are written in 'zh' or 'en', not {language!r}")


def geodesic_area(geometry: shapely.Geometry) -> Area:
    """Compute the area of a geometry on the CGCS2000 ellipsoid, its edges taken as geodesics.

    Karney's method (C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87, 2013), as PROJ implements it and as
    PostGIS computes ``ST_Area(geography)``.

    Parameters
    ----------
    geometry : shapely.Geometry
        A valid geometry of longitudes and latitudes in degrees (EPSG:4490 or WGS 84), x being the longitude. Rings may
        run either way; holes are subtracted; points and lines, also within a collection, count nothing.

    Returns
    -------
    Area
        The area; zero for an empty geometry.
    """
    return Area.from_m2(_square_metres(geometry))


def _square_metres(geometry: shapely.Geometry) -> float:
    if geometry.is_empty:
        return 0.0
    if isinstance(geometry, shapely.Polygon):
        # PROJ adds the signed areas of the rings, so that holes must run against the shell.
        signed, _perimeter = _CGCS2000.geometry_area_perimeter(shapely.orient_polygons(geometry))
        return abs(float(signed))
    return math.fsum(_square_metres(part) for part in getattr(geometry, "geoms", ()))


def _number(value: float) -> str:
    if value == 0:
        return "0"
    whole_digits = math.floor(math.log10(value)) + 1
    decimals = min(max(_SIGNIFICANT_DIGITS - whole_digits, 0), _MAX_DECIMALS)
    return f"{value:,.{decimals}f}"
