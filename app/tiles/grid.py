"""Grid: the tile matrix set WebMercatorQuad and the addresses of its tiles."""

import math
import re
from typing import Any, NamedTuple

from app.messages import Message
from app.problems import BadRequest, NotFound, ParameterError

ID = "WebMercatorQuad"
URI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
CRS_URI = "http://www.opengis.net/def/crs/EPSG/0/3857"
TITLE = "Google Maps Compatible for the World"

MAX_ZOOM = 24
"""Deepest tile matrix of the registered set (OGC 17-083r4, D.1)."""

EXTENT = 4096
"""Units along the side of a tile (Mapbox Vector Tile specification 2.1, 4.1)."""

TILE_PIXELS = 512
"""Side of a vector tile on the screen, as MapLibre draws it."""

WORLD = 2 * math.pi * 6378137.0
"""Side of the whole matrix, metres: the circumference of the sphere of EPSG:3857."""

_CELL_SIZE = 156543.0339280410
_SCALE = 559082264.0287178
"""Cell size in metres and scale denominator of matrix 0 (OGC 17-083r4, D.1)."""

_NUMBER = re.compile(r"-?[0-9]{1,20}")


class Tile(NamedTuple):
    """The address of a tile: zoom (tile matrix), column from the west, row from the north."""

    z: int
    x: int
    y: int


class Degrees(NamedTuple):
    """A box in degrees of longitude and latitude."""

    west: float
    south: float
    east: float
    north: float


def parse_tile(z: str, x: str, y: str, *, names: tuple[str, str, str], least: int, most: int) -> Tile:
    """Read the address of a tile.

    Parameters
    ----------
    z, x, y
        Zoom, column and row as they stand in the address.
    names
        What the three are called there, for messages.
    least, most
        First and last zoom the tiles exist at.

    Raises
    ------
    BadRequest
        When one is not a whole number.
    NotFound
        When there is no such tile: the zoom, the column or the row is out of range.
    """
    errors = [
        ParameterError(name, "should be a whole number", text)
        for name, text in zip(names, (z, x, y), strict=True)
        if _NUMBER.fullmatch(text) is None
    ]
    if errors:
        raise BadRequest(errors)
    tile = Tile(int(z), int(x), int(y))
    if not least <= tile.z <= most:
        raise NotFound("zoom with tiles", str(tile.z), [str(zoom) for zoom in range(least, most + 1)])
    side = 1 << tile.z
    if not (0 <= tile.x < side and 0 <= tile.y < side):
        raise NotFound(
            "tile",
            f"{tile.z}/{tile.x}/{tile.y}",
            hint=Message("{x} and {y} go from 0 to {most}", x=names[1], y=names[2], most=side - 1),
        )
    return tile


def degrees(tile: Tile, buffer: int) -> Degrees:
    """Return the box of a tile and of `buffer` units around it, cut to the globe's 180 degrees east and west."""
    side = 1 << tile.z
    margin = buffer / EXTENT
    west, east = ((tile.x + edge) / side * 360 - 180 for edge in (-margin, 1 + margin))
    north, south = (_latitude((tile.y + edge) / side) for edge in (-margin, 1 + margin))
    return Degrees(max(west, -180.0), south, min(east, 180.0), north)


def _latitude(down: float) -> float:
    """Return the latitude at a part of the way from the top of the matrix to its bottom."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * min(max(down, 0.0), 1.0)))))


def unit_metres(z: int) -> float:
    """Return the side of one unit of a tile in metres of EPSG:3857."""
    return WORLD / EXTENT / (1 << z)


def unit_degrees(z: int) -> float:
    """Return the width of one unit of a tile in degrees of longitude."""
    return 360 / EXTENT / (1 << z)


def zoom_that_shows(box: Degrees, least: int, most: int) -> int:
    """Return the zoom at which a box about fills a map of one tile's size."""
    width = max(box.east - box.west, 1e-6) / 360
    height = max(_down(box.south) - _down(box.north), 1e-6)
    return min(max(int(-math.log2(max(width, height))), least), most)


def _down(latitude: float) -> float:
    within = math.radians(min(max(latitude, -85.0511), 85.0511))
    return (1 - math.asinh(math.tan(within)) / math.pi) / 2


def matrix_set() -> dict[str, Any]:
    """Return the definition of the tile matrix set (OGC 17-083r4, 7.2, as JSON)."""
    return {
        "id": ID,
        "title": TITLE,
        "uri": URI,
        "crs": CRS_URI,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": [_matrix(z) for z in range(MAX_ZOOM + 1)],
    }


def _matrix(z: int) -> dict[str, Any]:
    side = 1 << z
    return {
        "id": str(z),
        "scaleDenominator": float(f"{_SCALE / side:.15g}"),
        "cellSize": float(f"{_CELL_SIZE / side:.15g}"),
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-20037508.3427892, 20037508.3427892],
        "tileWidth": 256,
        "tileHeight": 256,
        "matrixWidth": side,
        "matrixHeight": side,
    }


def limits(least: int, most: int) -> list[dict[str, Any]]:
    """Return the limits of a tile set that covers the world from one zoom to another (OGC 17-083r4, 7.3)."""
    return [
        {
            "tileMatrix": str(z),
            "minTileRow": 0,
            "maxTileRow": (1 << z) - 1,
            "minTileCol": 0,
            "maxTileCol": (1 << z) - 1,
        }
        for z in range(least, most + 1)
    ]
