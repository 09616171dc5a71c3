"""Chromium, and pages that remember what they asked for and complained about."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ARTIFACTS = Path(__file__).resolve().parents[2] / "artifacts"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PATIENCE = 20.0  # seconds


@dataclass
class Map:
    """An open page, and what happened on it.

    Attributes
    ----------
    hosts
        Hosts that were asked for anything.
    complaints
        Console errors and warnings, and uncaught exceptions.
    """

    page: Page
    url: str
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )

    def go(self, query: str = "") -> None:
        self.page.goto(f"{self.url}/{query}")
        self.settle()

    def settle(self) -> None:
        """Wait until no layer is loading. (`wait_for_function` would need unsafe-eval.)"""
        self.until("!!globalThis.yuantu?.tree && [...yuantu.layers.values()].every((l) => l.state !== 'loading')")

    def until(self, expression: str) -> None:
        end = time.monotonic() + PATIENCE
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, f"never true: {expression}"
            self.page.wait_for_timeout(50)

    def at(self, lng: float, lat: float) -> tuple[float, float]:
        """Return where a place is on the screen, pixels."""
        x, y = self.page.evaluate(
            """([lng, lat]) => {
                const box = document.querySelector(".map").getBoundingClientRect();
                const at = yuantu.map.latLngToContainerPoint([lat, lng]);
                return [box.x + at.x, box.y + at.y];
            }""",
            [lng, lat],
        )
        return x, y

    def click(self, lng: float, lat: float) -> None:
        self.page.mouse.click(*self.at(lng, lat))

    def label_point(self, layer: str, feature: str) -> tuple[float, float]:
        """Return a place inside a feature, degrees."""
        lng, lat = self.page.evaluate(
            "([layer, id]) => yuantu.layers.get(layer).items.find((item) => item.id === id).at", [layer, feature]
        )
        return lng, lat

    def paths(self, layer: str) -> int:
        """Return how many shapes of a layer are drawn."""
        selector = f".leaflet-layer-{layer}-pane path"
        return self.page.locator(selector).count()

    def panel(self) -> str:
        return self.page.locator("#panel").inner_text()

    def shoot(self, name: str) -> None:
        ARTIFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTIFACTS / f"{name}.png")


OpenMap = Callable[..., Map]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing; `make test` installs it")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_map(browser: Browser, live_server: Any) -> Iterator[OpenMap]:
    """Open the map: ``open_map("?lang=en")``; before it goes there, ``routes`` may replace answers."""
    contexts = []

    def open_it(
        query: str = "", *, phone: bool = False, routes: dict[str, Callable[..., Any]] | None = None, go: bool = True
    ) -> Map:
        context = browser.new_context(viewport=PHONE if phone else DESK, has_touch=phone, is_mobile=phone)
        contexts.append(context)
        opened = Map(context.new_page(), live_server.url)
        for pattern, handler in (routes or {}).items():
            opened.page.route(pattern, handler)
        opened.watch()
        if go:
            opened.go(query)
        return opened

    yield open_it
    for context in contexts:
        context.close()
