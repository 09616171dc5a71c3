"""Generated parcels: not real, the same on every machine, stored in spatial order.

A parcel belongs to a cell of a fixed grid, and everything about it but its number follows from the cell alone. So a
larger table has the same parcels in the same places as a smaller one, and more around them: a bbox that lies within
the smaller table finds the same features in both.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

SEED = 20_210_318
WEST, SOUTH = 116.0, 38.0
"""South-western corner of the grid, degrees."""

CELL_LON, CELL_LAT = 0.0012, 0.00094
"""Size of a cell, degrees: about 104 m each way at 39° north, so a full z12 tile holds some 5,300 parcels."""

VERTICES = 12
METRES_PER_DEGREE = 111_195.0
"""Length of a degree on a sphere of 6,371 km; good to half a per cent, and the areas are made up anyway."""

LAND_USES = ("100101", "100102", "100103", "110101", "0901", "0902", "1301", "1207")
FIRST_YEAR, YEARS = 1984, 42

_POLYGON_WITH_SRID = 0x20000003
_EWKB = np.dtype(
    [("order", "u1"), ("type", "<u4"), ("srid", "<u4"), ("rings", "<u4"), ("points", "<u4"), ("xy", "<f8", (13, 2))]
)

Cells = NDArray[np.int64]


@dataclass(frozen=True)
class Parcels:
    """Some parcels, as columns.

    Attributes
    ----------
    ids
        Numbers from 1, in spatial order; shape (n,).
    rings
        Longitude and latitude of the closed, counter-clockwise outer rings, degrees; shape (n, 13, 2).
    area_m2, use, year
        Made-up attributes; shape (n,). ``use`` is an index into `LAND_USES`.
    """

    ids: Cells
    rings: NDArray[np.float64]
    area_m2: NDArray[np.float64]
    use: Cells
    year: Cells

    def rows(self, srid: int) -> Iterator[str]:
        """Yield lines for COPY: id, name, use_code, area_m2, year, geometry as hexadecimal EWKB."""
        for at, wkb in enumerate(_ewkb(self.rings, srid)):
            number = int(self.ids[at])
            yield (
                f"{number}\t基准测试地块{number:07d}\t{LAND_USES[self.use[at]]}"
                f"\t{self.area_m2[at]:.1f}\t{self.year[at]}\t{wkb}\n"
            )


def _ewkb(rings: NDArray[np.float64], srid: int) -> Iterator[str]:
    records = np.zeros(len(rings), dtype=_EWKB)
    records["order"], records["type"], records["srid"], records["rings"] = 1, _POLYGON_WITH_SRID, srid, 1
    records["points"] = VERTICES + 1
    records["xy"] = rings
    raw = records.tobytes()
    return (raw[at : at + _EWKB.itemsize].hex() for at in range(0, len(raw), _EWKB.itemsize))


def _mix(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return 64 well-mixed bits for each word (the finaliser of SplitMix64)."""
    with np.errstate(over="ignore"):
        words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def _random(cells: Cells, count: int) -> NDArray[np.float64]:
    """Return numbers in [0, 1) that depend on the cell only; shape (n, count)."""
    with np.errstate(over="ignore"):
        base = _mix(morton(cells) + np.uint64(SEED) * np.uint64(0x9E3779B97F4A7C15))
        steps = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        words = _mix(base[:, None] + steps[None, :])
    return (words >> np.uint64(11)).astype(np.float64) / 2.0**53


def morton(cells: Cells) -> NDArray[np.uint64]:
    """Return the place of each cell on the Z-order curve.

    Parameters
    ----------
    cells
        Columns and rows, below 65,536; shape (n, 2).
    """

    def spread(values: Cells) -> NDArray[np.uint64]:
        bits = values.astype(np.uint64)
        for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
            bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
        return bits

    return spread(cells[:, 0]) | (spread(cells[:, 1]) << np.uint64(1))


def cells_within(land: shapely.Geometry, count: int) -> Cells:
    """Return `count` cells whose middles lie on the land, in spatial order.

    Where the land has more cells than that, those nearest to its middle are taken.

    Raises
    ------
    ValueError
        When the land has fewer.
    """
    west, south, east, north = land.bounds
    columns = np.arange(int((west - WEST) / CELL_LON), int((east - WEST) / CELL_LON) + 1)
    rows = np.arange(int((south - SOUTH) / CELL_LAT), int((north - SOUTH) / CELL_LAT) + 1)
    grid = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2).astype(np.int64)
    x, y = middles(grid).T
    shapely.prepare(land)
    inside = grid[shapely.contains_xy(land, x, y)]
    if len(inside) < count:
        raise ValueError(f"the land holds {len(inside)} parcels, not {count}")
    middle = land.centroid
    x, y = middles(inside).T
    distance = ((x - middle.x) / CELL_LON) ** 2 + ((y - middle.y) / CELL_LAT) ** 2
    chosen = inside[np.argsort(distance, kind="stable")[:count]]
    ordered: Cells = chosen[np.argsort(morton(chosen))]
    return ordered


def middles(cells: Cells) -> NDArray[np.float64]:
    """Return longitude and latitude of the middles of cells, degrees; shape (n, 2)."""
    return np.stack([WEST + (cells[:, 0] + 0.5) * CELL_LON, SOUTH + (cells[:, 1] + 0.5) * CELL_LAT], axis=1)


def parcels(cells: Cells, first_id: int = 1) -> Parcels:
    """Return the parcels of cells: twelve-cornered, simple, apart from each other.

    The corners stand in order of their angle around the middle, so no two sides cross; none reaches the border of the
    cell.
    """
    random = _random(cells, 2 * VERTICES + 2)
    angles = (np.arange(VERTICES) + 0.6 * (random[:, :VERTICES] - 0.5)) * (2 * np.pi / VERTICES)
    cosine, sine = np.cos(angles), np.sin(angles)
    # From a circle towards the square around it, so that parcels look like land parcels.
    square = 1 / np.maximum(np.abs(cosine), np.abs(sine))
    radius = np.minimum(square, 1.2) * (0.34 + 0.06 * random[:, VERTICES : 2 * VERTICES])
    offsets = np.stack([radius * cosine * CELL_LON, radius * sine * CELL_LAT], axis=-1)
    corners = middles(cells)[:, None, :] + offsets
    rings = np.concatenate([corners, corners[:, :1]], axis=1)
    return Parcels(
        ids=np.arange(first_id, first_id + len(cells), dtype=np.int64),
        rings=rings,
        area_m2=_areas(rings),
        use=(random[:, -2] * len(LAND_USES)).astype(np.int64),
        year=FIRST_YEAR + (random[:, -1] * YEARS).astype(np.int64),
    )


def _areas(rings: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = rings[..., 0], rings[..., 1]
    doubled = (x[:, :-1] * y[:, 1:] - x[:, 1:] * y[:, :-1]).sum(axis=1)
    shrink = np.cos(np.radians(y[:, :-1].mean(axis=1)))
    return np.asarray(doubled / 2 * METRES_PER_DEGREE**2 * shrink)
