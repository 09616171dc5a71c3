"""A layer with more than 2,000 features: drawn from tiles, it looks and clicks as one that is drawn from GeoJSON."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from app.db.cluster import Cluster
from tests.browser.conftest import DESK
from tests.browser.map_page import Map
from tests.conftest import ROOT, serving

COLUMNS, ROWS = 60, 50
WEST, SOUTH, STEP, SIDE = 117.50, 38.90, 0.004, 0.0034  # degrees; roads lie between the lots
USES = ("industry", "storage", "green")
LAYER = f"""\
id: {{id}}
title: {{{{zh: {{title}}, en: Lots}}}}
description: {{{{zh: 由测试生成的地块, en: Lots made by a test}}}}
group: parks
status: imported
geometry: polygon
pane: areas
source:
  key_type: integer
  sql: >-
    SELECT n AS id, '地块' || n AS name_zh, (ARRAY['industry', 'storage', 'green'])[n % 3 + 1] AS use, n * 10 AS area,
    ARRAY['甲' || n, '乙'] AS owners, box AS geom, ST_AsGeoJSON(box, 6) AS geojson
    FROM (SELECT n, ST_MakeEnvelope({WEST} + n % {COLUMNS} * {STEP}, {SOUTH} + n / {COLUMNS} * {STEP},
    {WEST} + n % {COLUMNS} * {STEP} + {SIDE}, {SOUTH} + n / {COLUMNS} * {STEP} + {SIDE}, 4490) AS box
    FROM generate_series(0, {COLUMNS * ROWS - 1}) AS n) AS lots
fields:
  - {{{{name: name_zh, title: {{{{zh: 名称, en: Name}}}}, tooltip: true, filterable: true}}}}
  - {{{{name: use, title: {{{{zh: 用途, en: Use}}}}, tooltip: true, filterable: true}}}}
  - {{{{name: area, type: integer, title: {{{{zh: 面积, en: Area}}}}}}}}
  - {{{{name: owners, type: "string[]", title: {{{{zh: 权利人, en: Owners}}}}}}}}
label: {{{{zh: name_zh, en: name_zh}}}}
zoom: {{{{labels_from: 15}}}}
tiles: {{{{drawn: {{drawn}}, max_zoom: 13}}}}
style:
  by: use
  color: "#6b7280"
  fill_opacity: 1
  weight: 2
  classes:
    - {{{{value: industry, title: {{{{zh: 工业, en: Industry}}}}, color: "#aa3300"}}}}
    - {{{{value: storage, title: {{{{zh: 仓储, en: Storage}}}}, color: "#0044bb"}}}}
    - {{{{value: green, title: {{{{zh: 绿地, en: Green}}}}, color: "#118833"}}}}
"""


@pytest.fixture(scope="module")
def lots(cluster: Cluster, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the lots twice: `lots` as the map has them by itself, `lots-plain` always as GeoJSON."""
    folder = tmp_path_factory.mktemp("lots")
    layers = Path(shutil.copytree(ROOT / "layers", folder / "layers"))
    for layer_id, drawn in (("lots", "auto"), ("lots-plain", "never")):
        text = LAYER.format(id=layer_id, title=f"地块{drawn}", drawn=drawn)
        (layers / f"{layer_id}.yaml").write_text(text, encoding="utf-8")
    with serving(cluster, database_url, folder, YUANTU_LAYERS_DIR=str(layers)) as server:
        yield server.url


@pytest.fixture
def opened(browser: Browser, lots: str) -> Iterator[Map]:
    context = browser.new_context(viewport={"width": DESK["width"], "height": DESK["height"]})
    page = Map(context.new_page(), lots)
    page.watch()
    yield page
    context.close()


def lot(number: int) -> tuple[float, float]:
    """Return the middle of a lot, degrees."""
    return (
        WEST + number % COLUMNS * STEP + SIDE / 2,
        SOUTH + number // COLUMNS * STEP + SIDE / 2,
    )


def go(opened: Map, layers: str, number: int, zoom: float) -> None:
    lng, lat = lot(number)
    opened.go(f"?layers={layers}&view={lng},{lat},{zoom}")


def colour(opened: Map, lng: float, lat: float) -> tuple[int, ...]:
    """Return the colour on the screen at a place."""
    x, y = opened.at(lng, lat)
    clip = {"x": round(x), "y": round(y), "width": 1, "height": 1}
    opened.page.wait_for_timeout(400)  # squares fade in
    shot = opened.page.screenshot(clip=clip)  # type: ignore[arg-type]
    pixel: list[int] = opened.page.evaluate(
        """async (bytes) => {
            const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], {type: "image/png"}));
            const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            return [...context.getImageData(0, 0, 1, 1).data];
        }""",
        list(shot),
    )
    return tuple(pixel[:3])


INDUSTRY, STORAGE, GREEN = (0xAA, 0x33, 0x00), (0x00, 0x44, 0xBB), (0x11, 0x88, 0x33)
"""Of the lots whose numbers leave 0, 1 and 2 when divided by 3."""


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))


def test_more_than_two_thousand_features_come_as_tiles_and_others_as_geojson(opened: Map) -> None:
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(request.url))
    go(opened, "parks,lots", 1530, 13)
    assert any("/tiles/lots/" in url for url in asked)
    assert not any("/layers/lots.geojson" in url for url in asked)
    assert any("/layers/parks.geojson" in url for url in asked)
    assert not any("/tiles/parks/" in url for url in asked)
    opened.shoot("tiled-layer-1280x800")
    assert opened.complaints == []


@pytest.mark.parametrize("zoom", [13, 14.25, 17.5], ids=["tiles", "between zooms", "beyond the last tiles"])
def test_both_kinds_look_alike(opened: Map, zoom: float) -> None:
    for number, expected in ((1530, INDUSTRY), (1531, STORAGE), (1532, GREEN)):
        seen = []
        for layer in ("lots", "lots-plain"):
            go(opened, layer, number, zoom)
            lng, lat = lot(number)
            seen.append(colour(opened, lng + SIDE / 4, lat + SIDE / 4))
        assert near(seen[0], expected), seen
        assert near(seen[1], expected), seen
    assert opened.complaints == []


@pytest.mark.parametrize("layer", ["lots", "lots-plain"])
def test_both_kinds_click_alike(opened: Map, layer: str) -> None:
    go(opened, layer, 1531, 14)
    opened.page.mouse.move(*opened.at(*lot(1531)))
    tip = opened.page.locator(".tip")
    expect(tip).to_contain_text("地块1531")
    expect(tip).to_contain_text("storage")
    opened.click(*lot(1531))
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("地块1531")
    expect(panel).to_contain_text("甲1531、乙")  # the whole feature, of which a tile has a part
    expect(panel).to_contain_text("15310")
    outline = opened.page.locator(".leaflet-selection-pane path").first
    expect(outline).to_be_attached()
    box: Any = opened.page.evaluate("yuantu.selection.item.bounds")
    west, south = lot(1531)[0] - SIDE / 2, lot(1531)[1] - SIDE / 2
    assert box == pytest.approx([west, south, west + SIDE, south + SIDE], abs=1.5e-6)
    opened.until(f"location.search.includes('select={layer}/1531')")
    road = (lot(1531)[0] + SIDE / 2 + (STEP - SIDE) / 2, lot(1531)[1])
    opened.click(*road)
    expect(panel.locator("h2")).to_have_text("此处没有已打开图层的要素")
    assert opened.complaints == []


def test_a_link_to_a_feature_of_a_tiled_layer_opens_it(opened: Map) -> None:
    opened.go("?layers=districts&select=lots/77")
    expect(opened.page.locator("#panel h2")).to_have_text("地块77")
    lng, lat = lot(77)
    assert opened.page.evaluate("([lng, lat]) => yuantu.map.getBounds().contains([lat, lng])", [lng, lat])


@pytest.mark.parametrize("layer", ["lots", "lots-plain"])
def test_both_kinds_leave_out_and_count_classes(opened: Map, layer: str) -> None:
    go(opened, layer, 1531, 15)
    page = opened.page
    lng, lat = lot(1531)
    entry = page.locator("#legend li", has_text="仓储")
    expect(entry.locator(".legend-count")).to_have_text("1,000")
    assert near(colour(opened, lng + SIDE / 4, lat + SIDE / 4), STORAGE)
    entry.get_by_role("checkbox").uncheck()
    expect(page.locator(".label", has_text="地块1531")).to_have_count(0)
    expect(page.locator(".label", has_text="地块1530")).to_have_count(1)
    assert not near(colour(opened, lng + SIDE / 4, lat + SIDE / 4), STORAGE)
    opened.click(lng, lat)
    expect(page.locator("#panel h2")).to_have_text("此处没有已打开图层的要素")
    assert opened.complaints == []


@pytest.mark.parametrize("layer", ["lots", "lots-plain"])
def test_both_kinds_fade_what_is_not_lit(opened: Map, layer: str) -> None:
    go(opened, layer, 1531, 15)
    lit, faded = lot(1531), lot(1532)
    opened.page.evaluate("layer => yuantu.layers.get(layer).emphasise(new Set(['1531']))", layer)
    assert near(colour(opened, lit[0] + SIDE / 4, lit[1] + SIDE / 4), STORAGE)
    assert min(colour(opened, faded[0] + SIDE / 4, faded[1] + SIDE / 4)) > 150, "pale"
    opened.page.evaluate("layer => yuantu.layers.get(layer).emphasise(null)", layer)
    assert near(colour(opened, faded[0] + SIDE / 4, faded[1] + SIDE / 4), GREEN)


def test_tiles_that_fail_are_told_and_can_be_tried_again(opened: Map) -> None:
    opened.page.route("**/tiles/lots/**", lambda route: route.abort())
    go(opened, "lots", 1531, 14)
    notice = opened.page.locator("#notices .notice")
    expect(notice).to_contain_text("加载失败")
    opened.page.unroute("**/tiles/lots/**")
    notice.get_by_role("button", name="重试").click()
    opened.until("yuantu.layers.get('lots').state === 'ready'")
    assert near(colour(opened, lot(1531)[0] + SIDE / 4, lot(1531)[1] + SIDE / 4), STORAGE)


def test_the_features_of_a_tiled_layer_are_listed_page_by_page(opened: Map) -> None:
    go(opened, "lots", 1531, 14)
    page = opened.page
    page.locator("#entry-lots .entry-about").click()
    page.locator("#about-lots .listing-button").click()
    names = page.locator("#features-lots .choice:not(.listing-more)")
    expect(names).to_have_count(100)
    page.get_by_role("button", name="再显示 100 个").click()
    expect(names).to_have_count(200)
    names.nth(150).click()
    expect(page.locator("#panel h2")).to_have_text("地块150")
    assert opened.complaints == []


def test_a_browser_whose_workers_cannot_draw_draws_on_the_page(opened: Map) -> None:
    # Without OffscreenCanvas: Safari before 16.4.
    opened.page.add_init_script("delete globalThis.OffscreenCanvas")
    go(opened, "lots", 1531, 14.25)
    page = opened.page
    assert page.evaluate("typeof OffscreenCanvas") == "undefined"
    for number, expected in ((1530, INDUSTRY), (1531, STORAGE), (1532, GREEN)):
        lng, lat = lot(number)
        assert near(colour(opened, lng + SIDE / 4, lat + SIDE / 4), expected)
    page.locator("#legend li", has_text="仓储").get_by_role("checkbox").uncheck()
    lng, lat = lot(1531)
    assert not near(colour(opened, lng + SIDE / 4, lat + SIDE / 4), STORAGE)
    opened.click(*lot(1532))
    expect(page.locator("#panel h2")).to_have_text("地块1532")
    assert opened.complaints == []
