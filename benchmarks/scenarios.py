"""Scenarios: who is asked for what, and which ratios are wanted. Every address stands in this one table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.prepare import PEER_SCHEMA, PEER_SCHEMA_3857
from benchmarks.servers import OURS, OURS_CACHED
from benchmarks.workload import Box, Tile

PAGE = 1_000
PARKS = 61
WALK = 100
"""Features on a page of the keyset walk."""

ADDRESSES: Mapping[tuple[str, str], str] = {
    ("page, 9 digits", OURS): "/ogc/collections/parcels/items?bbox={box}&limit={limit}&precision=9",
    ("page", OURS): "/ogc/collections/parcels/items?bbox={box}&limit={limit}",
    ("page", "tipg"): f"/collections/{PEER_SCHEMA}.parcels/items?bbox={{box}}&limit={{limit}}&f=geojson",
    ("page", "pygeoapi"): "/collections/parcels/items?bbox={box}&limit={limit}&f=json",
    ("page", "pg_featureserv"): f"/collections/{PEER_SCHEMA}.parcels/items.json?bbox={{box}}&limit={{limit}}",
    ("page of 2 million", OURS): "/ogc/collections/parcels-2m/items?bbox={box}&limit={limit}",
    ("parks", OURS): "/ogc/collections/parks/items?bbox={box}&limit={limit}",
    ("parks view", OURS): "/ogc/collections/parks-view/items?bbox={box}&limit={limit}",
    ("parks", "tipg"): f"/collections/{PEER_SCHEMA}.parks/items?bbox={{box}}&limit={{limit}}&f=geojson",
    ("parks", "pygeoapi"): "/collections/parks/items?bbox={box}&limit={limit}&f=json",
    ("parks", "pg_featureserv"): f"/collections/{PEER_SCHEMA}.parks/items.json?bbox={{box}}&limit={{limit}}",
    ("tile", OURS): "/tiles/parcels/{z}/{x}/{y}.mvt",
    ("tile", "tipg"): f"/collections/{PEER_SCHEMA}.parcels/tiles/WebMercatorQuad/{{z}}/{{x}}/{{y}}",
    ("tile", "pg_tileserv"): f"/{PEER_SCHEMA}.parcels/{{z}}/{{x}}/{{y}}.pbf",
    ("tile", "martin"): "/parcels/{z}/{x}/{y}",
    ("tile-3857", OURS): "/tiles/parcels-3857/{z}/{x}/{y}.mvt",
    ("tile-3857", "tipg"): f"/collections/{PEER_SCHEMA_3857}.parcels/tiles/WebMercatorQuad/{{z}}/{{x}}/{{y}}",
    ("tile-3857", "pg_tileserv"): f"/{PEER_SCHEMA_3857}.parcels/{{z}}/{{x}}/{{y}}.pbf",
    ("tile-3857", "martin"): "/parcels_3857/{z}/{x}/{y}",
}
WHOLE_LAYER = "/layers/parks.geojson"
STREAMED_LAYER = "/layers/parcels.geojson"
FIRST_OF_WALK = f"/ogc/collections/parcels/items?limit={WALK}"


@dataclass(frozen=True)
class Contender:
    """One side of a comparison.

    Attributes
    ----------
    name
        What the tables call it.
    server
        The server that is asked; None for the floor.
    paths
        What is asked for, in turn.
    kind
        What the answers are, for the check (see `checks.look`).
    headers
        Further request headers.
    floor_of
        For the floor: the contender whose statements it replays.
    relation
        For the floor: the relation that its statements name.
    """

    name: str
    server: str | None
    paths: tuple[str, ...] = ()
    kind: str = "features"
    headers: Mapping[str, str] = field(default_factory=dict)
    floor_of: str | None = None
    relation: str = ""


@dataclass(frozen=True)
class Goal:
    """A ratio that is wanted between two contenders, or a rate a worker.

    Attributes
    ----------
    contender, versus
        The ratio is the first's rate over the second's. Without ``versus`` it is the first's rate a worker.
    at_least
        The goal.
    """

    contender: str
    versus: str | None
    at_least: float


@dataclass(frozen=True)
class Scenario:
    """A comparison whose rounds are interleaved.

    Attributes
    ----------
    key
        Name on the command line.
    title
        What is measured.
    contenders, goals
        Who takes part, and what is wanted.
    seconds
        Length of a round.
    once
        Whether it is run with the first number of workers only.
    expected
        Number of features every answer must hold, where it is the same for all.
    tolerance
        How much the number of features may differ from the first contender's, as a share; None: not compared.
    """

    key: str
    title: str
    contenders: tuple[Contender, ...]
    goals: tuple[Goal, ...] = ()
    seconds: float = 2.0
    once: bool = False
    expected: int | None = None
    tolerance: float | None = 0.0


def box_text(box: Box) -> str:
    """Return a box as it stands in a query string."""
    return ",".join(f"{edge:.6f}".rstrip("0").rstrip(".") for edge in box)


def _boxes(what: str, server: str, boxes: list[Box], limit: int) -> tuple[str, ...]:
    return tuple(ADDRESSES[what, server].format(box=box_text(box), limit=limit) for box in boxes)


def page(boxes: list[Box]) -> Scenario:
    """Return the scenario of a page of 1,000 parcels in a box, like for like and with our defaults."""
    like, default = f"{OURS}, like for like", f"{OURS}, default page"
    return Scenario(
        "page",
        f"Page of {PAGE:,} parcels in a box",
        (
            Contender(like, OURS, _boxes("page, 9 digits", OURS, boxes, PAGE)),
            Contender(default, OURS, _boxes("page", OURS, boxes, PAGE)),
            *(Contender(one, one, _boxes("page", one, boxes, PAGE)) for one in ("tipg", "pygeoapi", "pg_featureserv")),
            Contender("SQL floor", None, floor_of=default, relation="bench.parcels_200k"),
        ),
        (
            Goal(like, "tipg", 12),
            Goal(default, "tipg", 20),
            Goal(default, "SQL floor", 0.85),
        ),
        expected=PAGE,
    )


def parks(boxes: list[Box]) -> Scenario:
    """Return the scenario of all parks with their attributes."""
    table = f"{OURS}, from a table"
    return Scenario(
        "parks",
        f"All {PARKS} parks, theme parks and development zones with every attribute",
        (
            Contender(table, OURS, _boxes("parks", OURS, boxes, PAGE)),
            Contender(f"{OURS}, from the published relation", OURS, _boxes("parks view", OURS, boxes, PAGE)),
            *(Contender(one, one, _boxes("parks", one, boxes, PAGE)) for one in ("tipg", "pygeoapi", "pg_featureserv")),
            Contender("SQL floor", None, floor_of=table, relation="bench.parks"),
        ),
        (Goal(table, "tipg", 8),),
        expected=PARKS,
    )


def tile(tiles: list[Tile], *, mercator: bool = False) -> Scenario:
    """Return the scenario of vector tiles that no cache has.

    Parameters
    ----------
    tiles
        What is asked for.
    mercator
        Whether every server reads geometries that are stored in Web Mercator, or transforms them from degrees.
    """
    key = "tile-3857" if mercator else "tile"
    stored = "stored in Web Mercator" if mercator else "transformed from degrees"

    def paths(server: str) -> tuple[str, ...]:
        return tuple(ADDRESSES[key, server].format(z=z, x=x, y=y) for z, x, y in tiles)

    return Scenario(
        key,
        f"Vector tile of about 5,000 parcels {stored}, computed each time ({len(tiles)} different tiles)",
        (
            *(Contender(one, one, paths(one), kind="tile") for one in (OURS, "tipg", "pg_tileserv", "martin")),
            Contender("SQL floor", None, floor_of=OURS, relation=f"bench.parcels_{'3857' if mercator else '200k'}"),
        ),
        (
            Goal(OURS, "tipg", 1.3),
            Goal(OURS, "pg_tileserv", 1.0),
            Goal(OURS, "martin", 1.0),
            Goal(OURS, "SQL floor", 0.9),
        ),
        once=mercator,
        # tipg leaves out what lies in the margin around a tile only; the others send it.
        tolerance=0.1,
    )


def cached(tiles: list[Tile], tags: Mapping[str, str], box: Box) -> Scenario:
    """Return the scenario of answers that need no query: from the cache, and 304.

    Parameters
    ----------
    tiles
        The first is asked for again and again.
    tags
        The ETag of each path.
    box
        Of the page that is asked for with its ETag.
    """
    z, x, y = tiles[0]
    one_tile = ADDRESSES["tile", OURS].format(z=z, x=x, y=y)
    page_path = _boxes("page", OURS, [box], PAGE)[0]
    gzip = {"Accept-Encoding": "gzip"}
    contenders = [
        Contender("whole layer", OURS_CACHED, (WHOLE_LAYER,)),
        Contender("whole layer, gzip", OURS_CACHED, (WHOLE_LAYER,), headers=gzip),
        Contender("tile", OURS_CACHED, (one_tile,), kind="tile"),
        Contender("tile, gzip", OURS_CACHED, (one_tile,), kind="tile", headers=gzip),
    ]
    for name, path in (("whole layer", WHOLE_LAYER), ("tile", one_tile), ("page", page_path)):
        if path in tags:
            unchanged = {"If-None-Match": tags[path]}
            contenders.append(Contender(f"{name}, 304", OURS_CACHED, (path,), kind="304", headers=unchanged))
    return Scenario(
        "cached",
        "Answers from the cache, and 304",
        tuple(contenders),
        tuple(Goal(one.name, None, 2_000) for one in contenders),
        seconds=1.0,
        tolerance=None,
    )


def cached_paths(tiles: list[Tile], box: Box) -> tuple[str, ...]:
    """Return the paths whose ETags `cached` needs."""
    z, x, y = tiles[0]
    return (WHOLE_LAYER, ADDRESSES["tile", OURS].format(z=z, x=x, y=y), _boxes("page", OURS, [box], PAGE)[0])


def walk(page_1: str, page_1000: str) -> Scenario:
    """Return the scenario of the first and the thousandth page of a walk."""
    return Scenario(
        "walk",
        f"Keyset walk, {WALK} parcels a page: page 1,000 beside page 1",
        (Contender("page 1", OURS, (page_1,)), Contender("page 1,000", OURS, (page_1000,))),
        (Goal("page 1,000", "page 1", 1 / 1.5),),
        once=True,
        expected=WALK,
    )


def size(boxes: list[Box]) -> Scenario:
    """Return the scenario of the same boxes in a table ten times as large."""
    small, large = "200,000 parcels", "2,000,000 parcels"
    return Scenario(
        "size",
        f"Page of {PAGE:,} parcels in a box, by the size of the table",
        (
            Contender(small, OURS, _boxes("page", OURS, boxes, PAGE)),
            Contender(large, OURS, _boxes("page of 2 million", OURS, boxes, PAGE)),
        ),
        (Goal(large, small, 1 / 1.3),),
        once=True,
        expected=PAGE,
    )
