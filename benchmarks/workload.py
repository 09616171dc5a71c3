"""Workload: which boxes and which tiles are asked for. The same for every server, and the same on every machine."""

import math

import numpy as np

from benchmarks.parcels import CELL_LAT, CELL_LON, SEED, SOUTH, WEST, Cells, middles, morton

BOXES = 200
BOX_CELLS = (34.0, 40.0)
"""Shortest and longest side of a box, cells: it holds some 1,200 to 1,650 parcels, so that a page of 1,000 is full."""

TILE_ZOOM = 12
TILE_PARCELS = (4_000, 6_000)

Box = tuple[float, float, float, float]
Tile = tuple[int, int, int]


def boxes(cells: Cells, count: int = BOXES) -> list[Box]:
    """Return boxes all of whose cells hold a parcel.

    A larger table that goes on beyond these cells has then no more features in a box than a table of just these.

    Parameters
    ----------
    cells
        Columns and rows of the cells that hold a parcel; shape (n, 2).
    count
        How many boxes.

    Returns
    -------
    list
        West, south, east, north, degrees with six decimals.

    Raises
    ------
    ValueError
        When the cells leave no room for them.
    """
    there = np.zeros(cells.max(axis=0) + 2, dtype=bool)
    there[cells[:, 0], cells[:, 1]] = True
    random = np.random.default_rng(SEED)
    found: list[Box] = []
    for _ in range(200 * count):
        if len(found) == count:
            return found
        column, row = cells[random.integers(len(cells))] + random.random(2)
        wide, high = random.uniform(*BOX_CELLS, size=2)
        covered = there[int(column) : math.ceil(column + wide), int(row) : math.ceil(row + high)]
        fits = column + wide < there.shape[0] and row + high < there.shape[1]
        if fits and covered.all():
            edges = (column, row, column + wide, row + high)
            west, east = (round(WEST + edge * CELL_LON, 6) for edge in edges[::2])
            south, north = (round(SOUTH + edge * CELL_LAT, 6) for edge in edges[1::2])
            found.append((west, south, east, north))
    raise ValueError(f"only {len(found)} of {count} boxes fit")


def whole_boxes(around: Box, count: int = BOXES) -> list[Box]:
    """Return boxes that all hold the given one and differ a little, so that no two requests are the same."""
    west, south, east, north = around
    step = 0.0001
    return [
        (
            round(west - 0.01 - number * step, 6),
            round(south - 0.01 - number * step, 6),
            round(east + 0.01 + number * step, 6),
            round(north + 0.01 + number * step, 6),
        )
        for number in range(count)
    ]


def tiles(cells: Cells, zoom: int = TILE_ZOOM, parcels: tuple[int, int] = TILE_PARCELS) -> list[Tile]:
    """Return the Web Mercator tiles that hold a number of parcels within the bounds: zoom, column, row.

    Neighbours on the Z-order curve do not follow one another, so that each round sees the whole land.
    """
    lon, lat = np.radians(middles(cells)).T
    side = 2.0**zoom
    column = np.floor((lon / math.pi + 1) / 2 * side).astype(np.int64)
    row = np.floor((1 - np.arcsinh(np.tan(lat)) / math.pi) / 2 * side).astype(np.int64)
    pairs, counts = np.unique(np.stack([column, row], axis=1), axis=0, return_counts=True)
    full = pairs[(counts >= parcels[0]) & (counts <= parcels[1])]
    ordered = full[np.argsort(morton(full))]
    shuffled = np.random.default_rng(SEED).permutation(len(ordered))
    return [(zoom, int(x), int(y)) for x, y in ordered[shuffled]]
