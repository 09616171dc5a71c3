"""What the tests of measuring share."""

import math
import random

TIANJIN = (116.70, 38.55, 118.10, 40.25)


def close(a: list[float], b: tuple[float, float], tolerance: float) -> bool:
    return all(abs(x - y) <= tolerance for x, y in zip(a, b, strict=True))


def some_rings(seed: int, count: int) -> list[list[tuple[float, float]]]:
    """Return star-shaped rings around places in Tianjin, from some ten metres to some ten kilometres across."""
    chance = random.Random(seed)
    rings = []
    for _ in range(count):
        lon, lat = chance.uniform(TIANJIN[0], TIANJIN[2]), chance.uniform(TIANJIN[1], TIANJIN[3])
        size = 10 ** chance.uniform(-4, -1)
        corners = sorted(chance.uniform(0, 2 * math.pi) for _ in range(chance.randint(3, 12)))
        radii = [size * chance.uniform(0.5, 1) for _ in corners]
        ring = [(lon + r * math.cos(a), lat + r * math.sin(a)) for a, r in zip(corners, radii, strict=True)]
        rings.append([*ring, ring[0]])
    return rings
