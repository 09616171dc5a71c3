"""The pages under /ogc in a browser: read, clicked, tabbed through, on a desk and on a phone."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import Request
from playwright.sync_api import Browser, Page, Route, expect

from app.ogc.html import SECURITY, page
from app.registry.reader import read_registry
from app.settings import Settings
from tests.browser.map_page import ARTIFACTS

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PAGES = {
    "landing": "/ogc",
    "conformance": "/ogc/conformance",
    "collections": "/ogc/collections",
    "collection": "/ogc/collections/parks",
    "queryables": "/ogc/collections/parks/queryables",
    "items": "/ogc/collections/parks/items?limit=10&level=national",
    "item": "/ogc/collections/parks/items/teda-east",
    "unplaced": "/ogc/collections/functional-areas/items",
    "empty": "/ogc/collections/parks/items?q=nowhere",
    "api": "/ogc/api.html",
}
HOSTILE = "</script><script>globalThis.harmed=1</script><img src=x onerror=globalThis.harmed=2>{{7*7}}"

Open = Callable[..., Page]


class Watched:
    """What pages complained about, and the hosts they asked."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.hosts: set[str] = set()

    def watch(self, opened: Page) -> None:
        opened.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        opened.on("pageerror", lambda error: self.complaints.append(str(error)))
        opened.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        opened.on(
            "console",
            lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def open_page(browser: Browser, live_server: Any, watched: Watched) -> Iterator[Open]:
    """Open a page: ``open_page("/ogc", phone=True, language="en-GB")``."""
    contexts = []

    def open_it(
        path: str, *, phone: bool = False, language: str = "zh-CN", routes: dict[str, Any] | None = None
    ) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESK, has_touch=phone, is_mobile=phone, locale=language
        )
        contexts.append(context)
        opened = context.new_page()
        watched.watch(opened)
        for pattern, handler in (routes or {}).items():
            opened.route(pattern, handler)
        opened.goto(f"{live_server.url}{path}")
        settle(opened)
        return opened

    yield open_it
    for context in contexts:
        context.close()


def settle(opened: Page) -> None:
    if opened.locator("#map").count():
        expect(opened.locator("html[data-map=ready]")).to_have_count(1)
        opened.wait_for_load_state("networkidle")


def shoot(opened: Page, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    size = opened.viewport_size or DESK
    opened.screenshot(path=ARTIFACTS / f"ogc-{name}-{size['width']}x{size['height']}.png")


def shapes(opened: Page) -> Any:
    return opened.locator(".leaflet-overlay-pane path")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("phone", [False, True])
def test_pages_fit_the_screen_and_ask_no_other_host(
    open_page: Open, watched: Watched, live_server: Any, name: str, phone: bool
) -> None:
    opened = open_page(PAGES[name], phone=phone)
    expect(opened.locator("h1")).to_be_visible()
    shoot(opened, name)
    assert opened.evaluate("document.documentElement.scrollWidth") <= (PHONE if phone else DESK)["width"]
    assert watched.hosts == {urlsplit(live_server.url).netloc}
    assert watched.complaints == []


# What axe asks of every page, as far as it applies to these: computed in the page, from what is really shown.
FAULTS = """() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  if (!document.documentElement.lang) faults.push("no lang");
  if (!document.title.trim()) faults.push("no title");
  if (all("h1").length !== 1) faults.push(`${all("h1").length} h1`);
  if (all("main").length !== 1) faults.push("no main");
  const ids = all("[id]").map((one) => one.id);
  if (new Set(ids).size !== ids.length) faults.push("an id stands twice");
  let level = 1;
  for (const one of all("h1,h2,h3,h4")) {
    const now = Number(one.tagName[1]);
    if (now > level + 1) faults.push(`h${now} after h${level}`);
    level = now;
  }
  for (const one of all("th")) if (!one.scope) faults.push(`th without scope: ${one.textContent}`);
  for (const one of all("table")) if (!one.querySelector("th[scope=col]")) faults.push("table without headings");
  for (const one of all("input:not([type=hidden])")) {
    if (!document.querySelector(`label[for="${one.id}"]`)) faults.push(`input ${one.name} without label`);
  }
  for (const one of all("a[href], button")) {
    const name = (one.getAttribute("aria-label") ?? one.textContent).trim();
    if (!name) faults.push(`nameless ${one.outerHTML}`);
  }
  for (const one of all("[aria-labelledby]")) {
    if (!document.getElementById(one.getAttribute("aria-labelledby"))) faults.push("aria-labelledby names nothing");
  }
  for (const one of all(".scroll")) {
    if (one.tabIndex !== 0 || one.getAttribute("role") !== "region") faults.push("a scrolled table without keyboard");
  }
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  for (const one of all("body *")) {
    if (one.closest("#map, script, noscript, .skip, .unseen") || one.offsetParent === null) continue;
    if (![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const style = getComputedStyle(one);
    const [a, b] = [light(rgb(style.color)), light(ground(one))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(2)}: ${one.textContent.trim().slice(0, 30)}`);
  }
  return faults;
}"""


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_pages_are_accessible(open_page: Open, name: str, language: str) -> None:
    opened = open_page(PAGES[name], language=language)
    if language == "en-GB":
        shoot(opened, f"{name}-en")
    assert opened.evaluate(FAULTS) == []


def test_what_has_the_focus_is_seen(open_page: Open) -> None:
    opened = open_page(PAGES["items"])
    for _ in range(12):
        opened.keyboard.press("Tab")
        outline = opened.evaluate("""() => {
            const style = getComputedStyle(document.activeElement);
            return [document.activeElement.tagName, style.outlineStyle, parseFloat(style.outlineWidth)];
        }""")
        assert outline[0] != "BODY" and outline[1] != "none" and outline[2] >= 2, outline


def test_every_row_with_a_geometry_is_on_the_map(open_page: Open) -> None:
    opened = open_page("/ogc/collections/parks/items?limit=10")
    assert opened.locator("tr[data-feature]").count() == 10
    assert shapes(opened).count() == 10
    shoot(opened, "items-10")


def test_row_and_shape_light_up_together(open_page: Open, watched: Watched) -> None:
    opened = open_page("/ogc/collections/parks/items?limit=10")
    near = opened.locator('.leaflet-overlay-pane path[stroke="#0b2545"]')
    row = opened.locator('tr[data-feature="ecocity"]')
    row.hover()
    expect(near).to_have_count(1)
    expect(row).to_have_class("near")
    opened.locator("h1").hover()
    expect(near).to_have_count(0)
    opened.locator('tr[data-feature="teda-west"] a').first.focus()
    expect(near).to_have_count(1)
    row.click()
    expect(row).to_have_class("near chosen")
    shoot(opened, "items-chosen")
    box = near.last.bounding_box()
    assert box is not None
    opened.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(opened.locator("tr.chosen")).to_have_count(1)
    assert watched.complaints == []


def test_a_click_on_a_shape_brings_its_row_into_sight(open_page: Open) -> None:
    opened = open_page("/ogc/collections/parks/items?limit=100")
    box = opened.evaluate("""() => {
        const paths = [...document.querySelectorAll(".leaflet-overlay-pane path")].reverse();
        for (const path of paths) {
            const box = path.getBoundingClientRect();
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            if (document.elementFromPoint(x, y) === path) return [x, y];
        }
    }""")
    opened.mouse.click(*box)
    expect(opened.locator("tr.chosen")).to_have_count(1)
    expect(opened.locator("tr.chosen")).to_be_in_viewport()


def middles(opened: Page) -> list[tuple[float, float]]:
    """Return where the shapes of a page have their middles, each place once: a click changes the order of shapes."""
    boxes = [one.bounding_box() for one in shapes(opened).all()]
    return list(dict.fromkeys((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes))


def click(opened: Page, place: tuple[float, float]) -> tuple[list[str], list[str]]:
    """Click a place; return the ids of the rows it chose, and of all rows at the place of the first."""
    opened.mouse.click(*place)
    chosen, alike = opened.evaluate("""() => {
        const { features } = JSON.parse(document.getElementById("map-data").textContent);
        const at = new Map(features.map((one) => [one.id, String(one.geometry?.coordinates)]));
        const chosen = [...document.querySelectorAll("tr.chosen")].map((row) => row.dataset.feature);
        return [chosen, [...at.keys()].filter((id) => at.get(id) === at.get(chosen[0]))];
    }""")
    return chosen, alike


def test_points_at_one_place_are_chosen_together(open_page: Open) -> None:
    opened = open_page("/ogc/collections/projects/items?limit=100")
    together = set()
    for place in middles(opened):
        chosen, alike = click(opened, place)
        assert chosen == alike != []
        together.add(len(chosen))
    assert max(together) > 1


def test_a_feature_of_several_points_is_chosen_by_any_of_them(open_page: Open) -> None:
    opened = open_page("/ogc/collections/projects/items?limit=100")
    several = opened.evaluate("""() => JSON.parse(document.getElementById("map-data").textContent).features
        .filter((one) => one.geometry?.type === "MultiPoint")
        .map((one) => [one.id, one.geometry.coordinates.length])""")
    assert several
    chosen = [click(opened, place)[0] for place in middles(opened)]
    for feature, points in several:
        assert chosen.count([feature]) == points


def test_turning_pages_and_going_back(open_page: Open) -> None:
    opened = open_page("/ogc/collections/parks/items?limit=10")
    first = opened.locator("tr[data-feature]").first.get_attribute("data-feature")
    opened.get_by_role("link", name="下一页").first.click()
    settle(opened)
    assert "cursor" in parse_qs(urlsplit(opened.url).query)
    assert opened.locator("tr[data-feature]").first.get_attribute("data-feature") != first
    opened.get_by_role("link", name="上一页").first.click()
    settle(opened)
    assert opened.locator("tr[data-feature]").first.get_attribute("data-feature") == first
    opened.get_by_role("link", name="1000", exact=True).click()
    settle(opened)
    expect(opened.locator("#count")).to_have_text("第 1–38 个，共 38 个")


def test_sorting_by_a_heading_and_searching(open_page: Open) -> None:
    opened = open_page("/ogc/collections/parks/items?limit=10")
    opened.get_by_role("link", name="图上面积", exact=True).click()
    settle(opened)
    heading = opened.locator("th[aria-sort]")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    heading.get_by_role("link").click()
    settle(opened)
    expect(opened.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    opened.get_by_label("按名称查找").fill("东区")
    opened.get_by_role("button", name="查找").click()
    settle(opened)
    asked = parse_qs(urlsplit(opened.url).query)
    assert asked["q"] == ["东区"] and asked["sortby"] == ["-area_ha"] and asked["limit"] == ["10"]
    expect(opened.locator("tr[data-feature=teda-east]")).to_have_count(1)
    opened.get_by_role("link", name="去除条件 q").click()
    settle(opened)
    assert "q" not in parse_qs(urlsplit(opened.url).query)


def test_an_item_opens_on_the_main_map(open_page: Open) -> None:
    opened = open_page(PAGES["item"])
    assert shapes(opened).count() == 1
    opened.get_by_role("link", name="在主地图上查看").click()
    expect(opened.locator("#panel h2")).to_have_text("经开区东区")


def test_a_collection_s_map_shows_its_features(open_page: Open, watched: Watched) -> None:
    opened = open_page("/ogc/collections/facilities")
    painted = """(selector) => {
        const canvas = document.querySelector(selector);
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.some((byte) => byte > 0);
    }"""
    assert opened.evaluate(painted, ".leaflet-overlay-pane canvas"), "features"
    assert opened.evaluate(painted, ".leaflet-box-pane canvas"), "extent"
    assert watched.complaints == []


def test_a_map_whose_geometries_do_not_come_says_so(open_page: Open) -> None:
    opened = open_page(PAGES["collection"], routes={"**/items?*": lambda route: route.fulfill(status=500)})
    expect(opened.locator("#map-fault")).to_have_text("图形读取失败，请刷新页面重试。")


def made_up(count: int, value: str) -> str:
    """Return the page of features that the data do not hold, as the service makes it."""
    registry = read_registry(Settings().layers_dir)
    layer = registry.layers["parks"]
    scope = {
        "type": "http", "method": "GET", "path": "/ogc/collections/parks/items", "root_path": "", "query_string": b"",
        "headers": [(b"accept-language", b"zh-CN")], "scheme": "http", "server": ("127.0.0.1", 80),
        "path_params": {"collection_id": "parks"}, "app": SimpleNamespace(state=SimpleNamespace(registry=registry)),
    }  # fmt: skip
    properties = {field.name: [value] * 3 if field.type == "string[]" else value for field in layer.fields}
    features = []
    for n in range(count):
        x, y = 117 + n % 40 / 50, 38.6 + n // 40 / 50
        corners = [[x, y], [x + 0.01, y], [x + 0.015, y + 0.01], [x, y + 0.015], [x, y]]
        geometry = {"type": "Polygon", "coordinates": [corners]}
        features.append({"type": "Feature", "id": f"{value}{n}", "geometry": geometry, "properties": properties})
    document = {"features": features, "numberReturned": count, "numberMatched": count, "links": []}
    return page(Request(scope), "items", document=document, layer=layer)


def served(text: str) -> Any:
    def fulfill(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html; charset=utf-8", headers=SECURITY, body=text)

    return fulfill


def test_hostile_values_stay_text_in_table_and_tooltip(open_page: Open, watched: Watched) -> None:
    opened = open_page("/ogc/collections/parks/items?made-up", routes={"**/items?made-up": served(made_up(2, HOSTILE))})
    expect(opened.locator("tbody th a").first).to_have_text(HOSTILE)
    shape = shapes(opened).first.bounding_box()
    assert shape is not None
    opened.mouse.move(shape["x"] + shape["width"] / 2, shape["y"] + shape["height"] / 2)
    expect(opened.locator(".leaflet-tooltip:not(.context-name)")).to_have_text(HOSTILE)
    shoot(opened, "items-hostile")
    assert opened.evaluate("globalThis.harmed") is None
    assert opened.locator("img").count() == 0
    assert watched.complaints == []


def test_a_thousand_features_stay_quick(open_page: Open, watched: Watched) -> None:
    text = made_up(1000, "某某产业园区")
    opened = open_page("/ogc/collections/parks/items?made-up", routes={"**/items?made-up": served(text)})
    timing = opened.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert opened.locator("tr[data-feature]").count() == 1000
    row = opened.locator("tr[data-feature]").nth(5)
    row.hover()
    expect(row).to_have_class("near")
    took = opened.evaluate("""async () => {
        const rows = [...document.querySelectorAll("tr[data-feature]")].slice(0, 50);
        const start = performance.now();
        for (const row of rows) {
            row.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
            row.dispatchEvent(new MouseEvent("mouseout", { bubbles: true }));
        }
        await new Promise((resolve) => requestAnimationFrame(resolve));
        return (performance.now() - start) / rows.length;
    }""")
    shoot(opened, "items-1000")
    assert timing < 5000 and took < 30, (timing, took)
    assert watched.complaints == []
