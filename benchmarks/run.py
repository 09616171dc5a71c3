"""Run: every scenario, with one worker and with two; then the memory of a stream, siting, and the page in a browser."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from urllib.parse import urlsplit

import httpx
import psycopg
import shapely

from app.db.cluster import Cluster
from benchmarks import browser, checks, floor, machine, memory, parcels, scenarios, siting, workload
from benchmarks.measure import Bench, Outcome, Plan
from benchmarks.peers import NotInstalled
from benchmarks.prepare import LARGE, SMALL, has_large, land_of, say
from benchmarks.scenarios import Scenario
from benchmarks.servers import OURS, OURS_CACHED, Server, all_started, started

KEYS = ("page", "parks", "tile", "tile-3857", "cached", "walk", "size", "memory", "siting", "browser")
_FEATURE_SERVERS = (OURS, "tipg", "pygeoapi", "pg_featureserv")
_TILE_SERVERS = (OURS, OURS_CACHED, "tipg", "pg_tileserv", "martin")
BUSY_SHARE = 0.1
"""Share of the processors in others' use above which the results say that the machine was busy."""


class Workload:
    """The boxes and tiles of a run.

    Attributes
    ----------
    boxes, park_boxes, tiles
        See `benchmarks.workload`.
    """

    def __init__(self, cluster: Cluster) -> None:
        """Derive them from the land and from the parks in the database."""
        with psycopg.connect(cluster.url()) as connection:
            cells = parcels.cells_within(land_of(connection), SMALL)
            row = connection.execute("SELECT ST_AsBinary(ST_Extent(geom)::geometry) FROM bench.parks").fetchone()
        assert row is not None
        self.boxes = workload.boxes(cells)
        self.park_boxes = workload.whole_boxes(tuple(shapely.from_wkb(bytes(row[0])).bounds))
        self.tiles = workload.tiles(cells)

    def pictures(self) -> tuple[Scenario, Scenario]:
        """Return the scenarios of the tile servers."""
        return scenarios.tile(self.tiles), scenarios.tile(self.tiles, mercator=True)

    def features(self) -> tuple[Scenario, Scenario]:
        """Return the scenarios of the feature servers."""
        return scenarios.page(self.boxes), scenarios.parks(self.park_boxes)


def run(cluster: Cluster, plan: Plan, only: Sequence[str]) -> dict[str, object]:
    """Measure and return the raw results."""
    busy = machine.busy()
    if busy > BUSY_SHARE:
        say(f"Others use {busy:.0%} of this machine's processors: figures will be noisy.")
    began = time.time()
    work = Workload(cluster)
    scripts = _floors(cluster, work, only)
    outcomes: list[Outcome] = []
    for workers in plan.workers:
        outcomes += _features(cluster, work, scripts, plan, workers, only)
        outcomes += _tiles(cluster, work, scripts, plan, workers, only)
    grown = _memory(cluster) if "memory" in only else []
    asked = siting.measure(cluster, plan.rounds) if "siting" in only else []
    page = browser.measure(cluster, plan.rounds) if "browser" in only else None
    return {
        "machine": machine.describe(cluster),
        "peers": machine.peer_versions(),
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(began)),
        "minutes": round((time.time() - began) / 60, 1),
        "busy": busy,
        "rounds": plan.rounds,
        "data": _data(cluster),
        "outcomes": [asdict(one) for one in outcomes],
        "memory": grown,
        "siting": asked,
        "browser": page,
    }


def _data(cluster: Cluster) -> dict[str, int]:
    sizes = {"parcels": SMALL, "parks": scenarios.PARKS}
    return {**sizes, "parcels of the large table": LARGE} if has_large(cluster) else sizes


def _floors(cluster: Cluster, work: Workload, only: Sequence[str]) -> Mapping[tuple[str, str], floor.Script | str]:
    """Record what the service sends in each scenario that has a floor."""
    wanted = [one for one in (*work.features(), *work.pictures()) if one.key in only]
    found: dict[tuple[str, str], floor.Script | str] = {}
    if not wanted:
        return found
    with floor.logging_statements(cluster) as log, started(cluster, OURS, 1) as server:
        for scenario in wanted:
            by_name = {one.name: one for one in scenario.contenders}
            for number, one in enumerate(scenario.contenders):
                if one.floor_of is None:
                    continue
                try:
                    captured = floor.capture(log, server.url, by_name[one.floor_of].paths, one.relation)
                    found[scenario.key, one.floor_of] = floor.script(f"{scenario.key}-{number}", captured)
                except (floor.NoFloor, httpx.HTTPError) as error:
                    found[scenario.key, one.floor_of] = str(error).splitlines()[0]
    return found


def _features(
    cluster: Cluster,
    work: Workload,
    scripts: Mapping[tuple[str, str], floor.Script | str],
    plan: Plan,
    workers: int,
    only: Sequence[str],
) -> list[Outcome]:
    first = workers == plan.workers[0]
    wanted = [one for one in work.features() if one.key in only and (first or not one.once)]
    alone = [key for key in ("walk", "size") if key in only and first]
    if not wanted and not alone:
        return []
    with all_started(cluster, _FEATURE_SERVERS if wanted else (OURS,), workers) as (running, missing):
        bench = Bench(cluster, running, missing, scripts, plan, workers)
        outcomes = [bench.run(one) for one in wanted]
        if "walk" in alone and OURS in running:
            outcomes.append(bench.run(scenarios.walk(*_walk(running[OURS]))))
        if "size" in alone and has_large(cluster):
            outcomes.append(bench.run(scenarios.size(work.boxes)))
    return outcomes


def _tiles(
    cluster: Cluster,
    work: Workload,
    scripts: Mapping[tuple[str, str], floor.Script | str],
    plan: Plan,
    workers: int,
    only: Sequence[str],
) -> list[Outcome]:
    first = workers == plan.workers[0]
    wanted = [one for one in work.pictures() if one.key in only and (first or not one.once)]
    if not wanted and "cached" not in only:
        return []
    names = _TILE_SERVERS if wanted else (OURS_CACHED,)
    with all_started(cluster, names, workers) as (running, missing):
        bench = Bench(cluster, running, missing, scripts, plan, workers)
        outcomes = [bench.run(one) for one in wanted]
        if "cached" in only and OURS_CACHED in running:
            tags = _tags(running[OURS_CACHED], scenarios.cached_paths(work.tiles, work.boxes[0]))
            outcomes.append(bench.run(scenarios.cached(work.tiles, tags, work.boxes[0])))
    return outcomes


def _tags(server: Server, paths: Sequence[str]) -> dict[str, str]:
    """Return the ETag of each path that has one."""
    tags = {}
    for path in paths:
        answer = httpx.get(server.url + path, timeout=60)
        if answer.status_code == 200 and "etag" in answer.headers:
            tags[path] = answer.headers["etag"]
    return tags


def _walk(server: Server, pages: int = 1_000) -> tuple[str, str]:
    """Follow the links from page to page; return the paths of the first page and of the last one reached."""
    path = scenarios.FIRST_OF_WALK
    seen: set[str] = set()
    with httpx.Client(base_url=server.url, timeout=60) as client:
        for number in range(1, pages + 1):
            answer = client.get(path)
            answer.raise_for_status()
            page = answer.json()
            ids = {str(one["id"]) for one in page["features"]}
            if len(ids) != scenarios.WALK or ids & seen:
                raise checks.WrongAnswer(f"page {number} of the walk repeats or lacks features")
            seen |= ids
            if number < pages:
                target = urlsplit(next(link["href"] for link in page["links"] if link["rel"] == "next"))
                path = f"{target.path}?{target.query}"
    return scenarios.FIRST_OF_WALK, path


def _memory(cluster: Cluster) -> list[dict[str, object]]:
    grown: list[dict[str, object]] = []
    say("\nMemory while streaming")
    for name, pausing in (("quick reader", False), ("reader that stops for 3 s", True)):
        try:
            with started(cluster, OURS, 1) as server:
                for _ in range(20):
                    httpx.get(server.url + scenarios.FIRST_OF_WALK, timeout=60).raise_for_status()
                growth = memory.stream(server, scenarios.STREAMED_LAYER, expected=SMALL, pausing=pausing)
            grown.append({"name": name, "note": "", **asdict(growth)})
        except (checks.WrongAnswer, httpx.HTTPError, NotInstalled) as error:
            grown.append({"name": name, "note": f"not measured: {type(error).__name__}: {error}"})
        say(f"  {grown[-1]}")
    return grown
