"""An open map, as tests handle it."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route

ARTIFACTS = Path(__file__).resolve().parents[2] / "artifacts"
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

SQUARE = [[117.5, 39.0], [117.6, 39.0], [117.6, 39.1], [117.5, 39.1], [117.5, 39.0]]


def query_of(opened: Map) -> dict[str, list[str]]:
    """Return the parameters of the address."""
    return parse_qs(urlsplit(opened.page.url).query, keep_blank_values=True)


def park(feature_id: str, **properties: Any) -> dict[str, Any]:
    """Return a GeoJSON feature that is a square."""
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    return {"type": "Feature", "id": feature_id, "geometry": geometry, "properties": properties}


def answer(body: Any) -> Any:
    """Return a route handler that answers with a body."""

    def fulfill(route: Route) -> None:
        route.fulfill(status=200, content_type="application/geo+json", body=json.dumps(body))

    return fulfill
