"""Browser: how heavy the page is, how soon it is ready, and whether it stays at hand while the map moves.

In Chromium without a screen, beside a plain Folium page that has the same layers written into it. Each round is a fresh
profile, so that nothing is cached.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx
from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright
from playwright.sync_api import Error as BrowserError

from app.db.cluster import Cluster
from benchmarks import folium_page, machine
from benchmarks.peers import NotInstalled
from benchmarks.prepare import say
from benchmarks.servers import FOLIUM, OURS_MAP, started

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
DESK: ViewportSize = {"width": 1280, "height": 800}
LAYERS = ("districts", "plan-binhai", "plan-hitech", "development-zones", "parks", "theme-parks")
"""What the page opens with, from the bottom up: 63 outlines of parks over the plans 一核两带多片区 and 一谷三区."""

PARCELS = "parcels"
HOME_VIEW, PARCEL_VIEW = (117.62, 38.95, 10), (117.6, 39.0, 13)
"""Longitude, latitude, zoom."""

PATIENCE_SECONDS = 120.0
SHORTEST_TASK_MS = 50.0
"""Browsers report no shorter task as a long one."""

_OURS_READY = """globalThis.yuantu?.tree && yuantu.basemaps.state === 'ready'
    && [...yuantu.layers.values()].every((layer) => !yuantu.isOn(layer) || layer.state === 'ready')"""
_OURS_STILL = "!yuantu.layers.get('parcels').drawing.grid.isLoading()"
_FOLIUM_DRAWN = "document.querySelectorAll('.leaflet-overlay-pane path').length >= {count}"
_FOLIUM_MANY = "document.readyState === 'complete'"

_WATCH = """(() => {
  globalThis.benchTasks = [];
  globalThis.benchReady = null;
  new PerformanceObserver((list) => benchTasks.push(...list.getEntries().map((one) => one.duration)))
    .observe({ type: "longtask", buffered: true });
  const look = () => {
    if (!(READY)) return requestAnimationFrame(look);
    // What is there now is on the screen once the next frame is.
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => (benchReady = performance.now());
      after.port2.postMessage(null);
    });
  };
  requestAnimationFrame(look);
})()"""

_MOVES: tuple[tuple[str, int, int], ...] = (
    ("drag", -300, -150), ("drag", -300, 100), ("wheel", -180, 0), ("drag", 250, 200), ("wheel", -180, 0),
    ("drag", -250, -200), ("wheel", 360, 0), ("wheel", 240, 0), ("drag", 200, 250), ("wheel", -240, 0),
)  # fmt: skip
"""What the hand does: pixels of a drag across and down, or of a turn of the wheel (away from the body: nearer)."""


@dataclass
class Figure:
    """A figure of the workbench and of the plain page, one a round.

    Attributes
    ----------
    name, unit
        What it is.
    decimals
        With how many it is written.
    goal
        The most that is wanted of the workbench; None: none.
    ours, plain
        The rounds of each.
    """

    name: str
    unit: str
    decimals: int = 0
    goal: float | None = None
    ours: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Side:
    """One of the two pages.

    Attributes
    ----------
    opening, moving
        Addresses of the page with the layers it opens with, and of the one that has the parcels too.
    drawn, drawn_moving
        JavaScript that tells when each is drawn.
    still
        JavaScript that tells when everything has arrived after a move.
    """

    opening: str
    moving: str
    drawn: str
    drawn_moving: str
    still: str


def measure(cluster: Cluster, rounds: int) -> dict[str, Any]:
    """Return the figures of the opening page and of moving over the parcels, or why there are none."""
    say("\nThe page in a browser")
    when = {"date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), "busy": machine.busy(), "rounds": rounds}
    folium_page.write_assets()
    try:
        with started(cluster, OURS_MAP, 1) as ours, started(cluster, FOLIUM, 1) as plain, _chromium() as browser:
            sides = _sides(ours.url, plain.url)
            opening = _rounds(rounds, sides, lambda side: _open(browser, side), _opening_figures())
            moving = _rounds(rounds, sides, lambda side: _move(browser, side), _moving_figures())
            version = browser.version
    except (NotInstalled, BrowserError, httpx.HTTPError) as error:
        say(f"  not measured: {error}")
        return {**when, "note": f"{type(error).__name__}: {error}".splitlines()[0], "opening": [], "moving": []}
    told = {"opening": [asdict(one) for one in opening], "moving": [asdict(one) for one in moving]}
    return {**when, "note": "", "version": f"Chromium {version}", **told}


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def _sides(ours: str, plain: str) -> tuple[Side, Side]:
    """Write the plain pages; return both sides."""
    with httpx.Client(base_url=ours, timeout=PATIENCE_SECONDS) as client:
        layers = {one: client.get(f"/layers/{one}.geojson").raise_for_status().json() for one in LAYERS}
        folium_page.write(folium_page.OPENING, folium_page.page(layers, HOME_VIEW))
        layers[PARCELS] = client.get(f"/layers/{PARCELS}.geojson").raise_for_status().json()
        folium_page.write(folium_page.PARCELS, folium_page.page(layers, PARCEL_VIEW))
    count = sum(folium_page.drawn(layers[one]) for one in LAYERS)
    asked = ",".join(LAYERS)
    lng, lat, zoom = PARCEL_VIEW
    return (
        Side(
            f"{ours}/?layers={asked}",
            f"{ours}/?layers={asked},{PARCELS}&view={lng},{lat},{zoom}",
            _OURS_READY,
            _OURS_READY,
            _OURS_STILL,
        ),
        Side(
            plain + folium_page.OPENING,
            plain + folium_page.PARCELS,
            _FOLIUM_DRAWN.format(count=count),
            _FOLIUM_MANY,
            "true",
        ),
    )


def _rounds(
    rounds: int, sides: tuple[Side, Side], measured: Callable[[Side], Sequence[float]], figures: list[Figure]
) -> list[Figure]:
    """Measure both sides in turn; the first time, which warms the servers up, does not count."""
    for number in range(-1, rounds):
        for mine, side in zip((True, False), sides, strict=True):
            if number < 0 and not mine:
                continue
            for figure, value in zip(figures, measured(side), strict=True):
                if number >= 0:
                    (figure.ours if mine else figure.plain).append(value)
    for figure in figures:
        both = [f"{statistics.median(values):,.{figure.decimals}f}" for values in (figure.ours, figure.plain)]
        say(f"  {figure.name}: {both[0]} {figure.unit}, plain Folium {both[1]}")
    return figures


def _opening_figures() -> list[Figure]:
    return [
        Figure("ready", "s", 2, goal=2.0),
        Figure("longest task while opening", "ms"),
        Figure("HTML", "kB", 1, goal=60),
        Figure("HTML, compressed", "kB", 1),
        Figure("scripts and styles, compressed", "kB", 1, goal=350),
        Figure("data, compressed", "kB", 1),
        Figure("requests", ""),
    ]


def _open(browser: Browser, side: Side) -> list[float]:
    with _page(browser, side.drawn) as (page, session):
        traffic = _Traffic(session, side.opening)
        page.goto(side.opening, timeout=PATIENCE_SECONDS * 1000)
        ready = _until_ready(page)
        longest = _longest(page)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1000)  # what the page asks for once it is idle counts too
        html = len(page.request.get(side.opening).body())
        sizes = traffic.sizes()
    weights = (html, sizes["page"], sizes["files"], sizes["data"])
    return [ready / 1000, longest, *(one / 1000 for one in weights), float(sizes["requests"])]


def _moving_figures() -> list[Figure]:
    return [
        Figure("drawn, with the parcels", "s", 2),
        Figure("longest task while moving", "ms", goal=200),
        Figure("longest task while moving, processor time alone", "ms", goal=200),
        Figure("time in long tasks while moving", "ms"),
    ]


def _move(browser: Browser, side: Side) -> list[float]:
    with _page(browser, side.drawn_moving) as (page, _):
        page.goto(side.moving, timeout=PATIENCE_SECONDS * 1000)
        ready = _until_ready(page)
        page.wait_for_timeout(1000)
        page.evaluate("benchTasks.length = 0")
        browser.start_tracing(page=page, categories=["disabled-by-default-devtools.timeline"])
        for what, across, down in _MOVES:
            page.mouse.move(DESK["width"] / 2, DESK["height"] / 2)
            if what == "wheel":
                page.mouse.wheel(0, across)
            else:
                page.mouse.down()
                page.mouse.move(DESK["width"] / 2 + across, DESK["height"] / 2 + down, steps=8)
                page.mouse.up()
            page.wait_for_timeout(600)
            while not page.evaluate(side.still):
                page.wait_for_timeout(50)
        page.wait_for_timeout(300)
        processor = busiest(browser.stop_tracing())
        total: float = page.evaluate("benchTasks.reduce((sum, one) => sum + one, 0)")
        return [ready / 1000, _longest(page), processor, total]


@contextmanager
def _page(browser: Browser, drawn: str) -> Iterator[tuple[Page, CDPSession]]:
    context = browser.new_context(viewport=DESK)
    try:
        page = context.new_page()
        page.add_init_script(_WATCH.replace("READY", drawn))
        yield page, context.new_cdp_session(page)
    finally:
        context.close()


def _until_ready(page: Page) -> float:
    """Return when the page was ready, milliseconds from when it was asked for."""
    for _ in range(int(PATIENCE_SECONDS * 20)):
        ready: float | None = page.evaluate("benchReady")
        if ready is not None:
            return ready
        page.wait_for_timeout(50)
    raise BrowserError(f"{page.url} is not ready after {PATIENCE_SECONDS:.0f} s")


def _longest(page: Page) -> float:
    longest: float = page.evaluate("Math.max(0, ...benchTasks)")
    return max(longest, SHORTEST_TASK_MS)


def busiest(trace: bytes) -> float:
    """Return the most processor time that a task of a page's main thread took, milliseconds.

    A long task lasts as long as the clock says, also while other programs have the processor; this does not count that.
    """
    events = json.loads(trace)["traceEvents"]
    mains = {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    tasks = [one for one in events if one["name"] == "RunTask" and (one["pid"], one["tid"]) in mains]
    if not tasks:
        raise BrowserError("the trace names no task")
    longest: float = max(one.get("tdur", 0) for one in tasks)
    return longest / 1000


class _Traffic:
    """What a page asks for, and how much comes over the wire, headers included."""

    def __init__(self, session: CDPSession, address: str) -> None:
        self._address = address
        self._paths: dict[str, str] = {}
        self._bytes: dict[str, int] = {}
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)
        session.send("Network.enable")

    def _asked(self, event: Mapping[str, Any]) -> None:
        self._paths[event["requestId"]] = event["request"]["url"]

    def _came(self, event: Mapping[str, Any]) -> None:
        self._bytes[event["requestId"]] = event["encodedDataLength"]

    def sizes(self) -> dict[str, int]:
        """Return bytes of the page, of files and of data, and the number of requests."""
        found = {"page": 0, "files": 0, "data": 0, "requests": len(self._paths)}
        for request, url in self._paths.items():
            path = httpx.URL(url).path
            is_file = path.endswith((".js", ".mjs", ".css", ".svg", ".png"))
            kind = "page" if url == self._address else "files" if is_file else "data"
            found[kind] += int(self._bytes.get(request, 0))
        return found
