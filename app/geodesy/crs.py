"""The coordinate reference systems the service speaks, with their axis order, and the zones of the 3-degree grid.

Names, codes, axes and units are those of the EPSG Dataset (https://epsg.org) and, for CRS84, of OGC 18-058r1 (OGC API -
Features - Part 2). The database stores EPSG:4490, x being the longitude; WGS 84 is treated as identical to it, since
PROJ knows only a ballpark transformation between the two.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

from app.messages import Message


class UnknownCrsError(ValueError):
    """A CRS was asked for that the service does not speak.

    Parameters
    ----------
    asked : str
        The name that was given.

    Attributes
    ----------
    asked : str
        The same.
    allowed : tuple of str
        The URIs that would have been understood.
    """

    def __init__(self, asked: str) -> None:
        """Word the error for a name that was asked for."""
        self.asked = asked
        self.allowed = tuple(crs.uri for crs in REGISTRY)
        super().__init__(Message("unknown CRS {asked!r}; one of: {names}", asked=asked, names=", ".join(self.allowed)))


@dataclass(frozen=True, slots=True)
class Crs:
    """A coordinate reference system of the registry.

    Attributes
    ----------
    authority : str
        ``EPSG`` or ``OGC``.
    code : str
        The code within the authority, such as ``4490`` or ``CRS84``.
    srid : int
        The PostGIS SRID to store in or transform to. PostGIS keeps x = longitude or easting whatever the CRS says.
    uri : str
        The OGC URI, the form that requests and responses use.
    axes : tuple of str
        The two axes' directions in the order in which the CRS gives coordinates.
    unit : {"degree", "metre"}
        The unit of both axes.
    decimals : int
        Decimal places to write: 7 for degrees (1.1 cm on the ground), 3 for metres (1 mm).
    title_zh, title_en : str
        Names for people.
    """

    authority: Literal["EPSG", "OGC"]
    code: str
    srid: int
    uri: str
    axes: tuple[Literal["east", "north"], Literal["east", "north"]]
    unit: Literal["degree", "metre"]
    decimals: int
    title_zh: str
    title_en: str

    @property
    def name(self) -> str:
        """Authority and code, such as ``EPSG:4490``."""
        return f"{self.authority}:{self.code}"

    @property
    def safe_curie(self) -> str:
        """The safe CURIE, such as ``[EPSG:4490]``."""
        return f"[{self.name}]"

    @property
    def is_geographic(self) -> bool:
        """Whether coordinates are longitudes and latitudes in degrees."""
        return self.unit == "degree"

    @property
    def lat_first(self) -> bool:
        """Whether the latitude comes before the longitude."""
        return self.is_geographic and self.swaps_xy

    @property
    def northing_first(self) -> bool:
        """Whether the northing comes before the easting."""
        return not self.is_geographic and self.swaps_xy

    @property
    def swaps_xy(self) -> bool:
        """Whether coordinates go out as (y, x) of the database's order, north before east."""
        return self.axes[0] == "north"


@dataclass(frozen=True, slots=True)
class GaussKrugerZone:
    """A zone of the 3-degree Gauss-Krüger grid on CGCS2000.

    Attributes
    ----------
    number : int
        The zone number, 25 to 45.
    central_meridian : int
        The central meridian in degrees east.
    epsg_zone : int
        EPSG code of the form whose false easting starts with the zone number (zone 39: 39 500 000 m).
    epsg_cm : int
        EPSG code of the form named after the central meridian, with a false easting of 500 000 m.
    """

    number: int
    central_meridian: int
    epsg_zone: int
    epsg_cm: int


def _epsg(
    code: int,
    axes: tuple[Literal["east", "north"], Literal["east", "north"]],
    unit: Literal["degree", "metre"],
    title_zh: str,
    title_en: str,
) -> Crs:
    uri = f"http://www.opengis.net/def/crs/EPSG/0/{code}"
    return Crs("EPSG", str(code), code, uri, axes, unit, 7 if unit == "degree" else 3, title_zh, title_en)


CRS84: Final = Crs(
    authority="OGC",
    code="CRS84",
    srid=4326,
    uri="http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    axes=("east", "north"),
    unit="degree",
    decimals=7,
    title_zh="WGS 84 经纬度（经度在前）",
    title_en="WGS 84 longitude-latitude",
)
"""The default of GeoJSON and of OGC API - Features: longitude before latitude."""

EPSG_4490: Final = _epsg(
    4490, ("north", "east"), "degree", "2000 国家大地坐标系（纬度在前）", "CGCS2000 latitude-longitude"
)
"""CGCS2000, the storage CRS."""

REGISTRY: Final[tuple[Crs, ...]] = (
    CRS84,
    EPSG_4490,
    _epsg(4326, ("north", "east"), "degree", "WGS 84 经纬度（纬度在前）", "WGS 84 latitude-longitude"),
    _epsg(3857, ("east", "north"), "metre", "WGS 84 / Web 墨卡托", "WGS 84 / Pseudo-Mercator"),
    _epsg(
        4548,
        ("north", "east"),
        "metre",
        "CGCS2000 / 3 度带高斯-克吕格投影，中央经线 117°E",
        "CGCS2000 / 3-degree Gauss-Kruger CM 117E",
    ),
    _epsg(
        4527,
        ("north", "east"),
        "metre",
        "CGCS2000 / 3 度带高斯-克吕格投影，第 39 带（东坐标带带号）",
        "CGCS2000 / 3-degree Gauss-Kruger zone 39",
    ),
)
"""Every CRS the service speaks, the default first."""

_BY_NAME: Final = {key.upper(): crs for crs in REGISTRY for key in (crs.uri, crs.safe_curie, crs.name)}

_FIRST_ZONE: Final = 25
_LAST_ZONE: Final = 45
_ZONE_CODE_BASE: Final = 4488  # EPSG:4513 is zone 25, EPSG:4533 zone 45
_CM_CODE_BASE: Final = 4509  # EPSG:4534 is CM 75E (zone 25), EPSG:4554 CM 135E (zone 45)


def find_crs(name: str) -> Crs:
    """Look a CRS up by any of its names.

    Parameters
    ----------
    name : str
        The OGC URI (``http://www.opengis.net/def/crs/EPSG/0/4490``), the safe CURIE (``[EPSG:4490]``) or authority and
        code (``EPSG:4490``); upper or lower case, blanks around it are ignored.

    Returns
    -------
    Crs
        The registry's entry.

    Raises
    ------
    UnknownCrsError
        If no entry has that name; the error lists the URIs that are allowed.
    """
    crs = _BY_NAME.get(name.strip().upper())
    if crs is None:
        raise UnknownCrsError(name)
    return crs


def gauss_kruger_zone(lon: float) -> GaussKrugerZone:
    """Find the zone of the 3-degree Gauss-Krüger grid that a longitude lies in.

    Zone n has the central meridian 3n degrees east and reaches 1.5 degrees to either side; a longitude on the limit
    belongs to the eastern zone. EPSG codes are those of the EPSG Dataset for CGCS2000.

    Parameters
    ----------
    lon : float
        CGCS2000 or WGS 84 longitude in degrees.

    Returns
    -------
    GaussKrugerZone
        The zone; for Tianjin number 39, with the central meridian 117 degrees east, EPSG:4527 and EPSG:4548.

    Raises
    ------
    ValueError
        If the longitude is outside the grid, 73.5 to 136.5 degrees east, or not a number.
    """
    number = math.floor((lon + 1.5) / 3.0) if math.isfinite(lon) else 0
    if not _FIRST_ZONE <= number <= _LAST_ZONE:
        raise ValueError(f"the 3-degree grid of CGCS2000 spans 73.5 to 136.5 degrees east; {lon!r} is outside")
    return GaussKrugerZone(number, 3 * number, _ZONE_CODE_BASE + number, _CM_CODE_BASE + number)
