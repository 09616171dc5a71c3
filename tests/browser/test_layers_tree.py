"""The layers as an officer arranges them: found, switched, faded, ordered, narrowed to classes, kept as sets."""

import json
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.map_page import Map, OpenMap

OPEN = "?layers=districts,parks,plan-binhai"


def shown(opened: Map) -> set[str]:
    return set(opened.page.evaluate("yuantu.layerOrder()"))


def at_the_top(opened: Map, lng: float, lat: float) -> str:
    """Return the layer of the panel that a click at a place opens."""
    opened.click(lng, lat)
    text: str = opened.page.locator("#panel .panel-layer").inner_text()
    return text


def test_the_search_box_narrows_the_tree(open_map: OpenMap) -> None:
    opened = open_map(OPEN)
    page = opened.page
    page.get_by_label("搜索图层").fill("规划")
    expect(page.locator("#entry-plan-hitech")).to_be_visible()
    expect(page.locator("#entry-facilities")).to_be_hidden()
    page.get_by_label("搜索图层").fill("生物医药")  # a class of the parks
    expect(page.locator("#entry-parks")).to_be_visible()
    expect(page.locator("#entry-districts")).to_be_hidden()
    page.get_by_label("搜索图层").fill("不存在的图层")
    expect(page.locator("#layers")).to_contain_text("没有符合的图层")
    page.keyboard.press("Escape")
    expect(page.locator("#entry-facilities")).to_be_visible()
    assert shown(opened) == {"districts", "parks", "plan-binhai"}, "searching switches nothing"


def test_a_group_is_switched_as_a_whole_and_says_what_is_on(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks")
    box = opened.page.get_by_label("整组显示：园区")
    assert box.evaluate("box => [box.checked, box.indeterminate]") == [False, True]
    box.check()
    opened.settle()
    assert shown(opened) == {"parks", "development-zones", "functional-areas", "theme-parks"}
    assert box.evaluate("box => [box.checked, box.indeterminate]") == [True, False]
    box.uncheck()
    assert shown(opened) == set()
    opened.page.go_back()
    opened.until("yuantu.layerOrder().length === 4")


def test_a_layer_can_be_made_paler_and_the_address_keeps_it(open_map: OpenMap) -> None:
    opened = open_map(OPEN)
    page = opened.page
    page.get_by_label("“园区”说明").click()
    slider = page.get_by_label("“园区”的不透明度")
    slider.focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    pane = page.locator(".leaflet-layer-parks-pane")
    assert pane.evaluate("pane => getComputedStyle(pane).opacity") == "0.6"
    opened.until("decodeURIComponent(location.search).includes('opacity=parks:0.6')")
    opened.page.reload()
    opened.settle()
    assert pane.evaluate("pane => getComputedStyle(pane).opacity") == "0.6"


def test_the_order_is_changed_with_buttons(open_map: OpenMap) -> None:
    opened = open_map(f"{OPEN},facilities")
    page = opened.page
    lng, lat = opened.label_point("parks", "teda-east")
    assert "园区" in at_the_top(opened, lng, lat)
    page.locator("#order summary").click()
    rows = page.locator("#order-list .order-title")
    expect(rows).to_have_text(["交通设施", "园区", "一核两带多片区", "市辖区"])
    up = page.get_by_label("上移“一核两带多片区”")
    up.focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_text(["交通设施", "一核两带多片区", "园区", "市辖区"])
    expect(up).to_be_focused()
    expect(page.locator("#order")).to_contain_text("“一核两带多片区”现为第 2 层，共 4 层")
    expect(up).to_have_attribute("aria-disabled", "true")  # points stay on top
    zs = page.evaluate(
        "['parks', 'plan-binhai'].map((id) => Number(document.querySelector(`.leaflet-layer-${id}-pane`).style.zIndex))"
    )
    assert zs[0] < zs[1]
    assert "一核两带多片区" in at_the_top(opened, lng, lat)
    opened.shoot("layer-order-1280x800")
    page.get_by_role("button", name="恢复默认顺序").click()
    expect(rows).to_have_text(["交通设施", "园区", "一核两带多片区", "市辖区"])


def test_the_order_is_changed_by_dragging(open_map: OpenMap) -> None:
    opened = open_map(OPEN)
    page = opened.page
    page.locator("#order summary").click()
    rows = page.locator("#order-list .order-row")
    expect(rows).to_have_count(3)
    start, end = (rows.nth(n).locator(".order-handle").bounding_box() for n in (0, 2))
    assert start and end
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + 20, steps=6)
    page.mouse.up()
    expect(page.locator("#order-list .order-title")).to_have_text(["一核两带多片区", "市辖区", "园区"])
    assert opened.page.evaluate("yuantu.layerOrder()") == ["plan-binhai", "districts", "parks"]
    assert opened.complaints == []


def test_classes_of_the_legend_are_switched_off_and_counted(open_map: OpenMap, api: httpx.Client) -> None:
    opened = open_map(OPEN)
    page = opened.page
    features = api.get("/layers/parks.geojson").json()["features"]
    biomedicine = [one["id"] for one in features if one["properties"]["lead_sector_id"] == "biomedicine"]
    legend = page.locator("#legend")
    entry = legend.locator("li", has_text="生物医药")
    expect(entry.locator(".legend-count")).to_have_text(str(len(biomedicine)))
    drawn = opened.paths("parks")
    place = opened.label_point("parks", biomedicine[0])
    entry.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    assert opened.paths("parks") == drawn - len(biomedicine)
    expect(entry.get_by_role("checkbox")).to_be_focused()
    expect(entry.get_by_role("checkbox")).not_to_be_checked()
    opened.click(*place)
    expect(page.locator("#panel .panel-layer")).not_to_contain_text("园区")
    opened.until("location.search.includes('off=parks')")
    opened.shoot("legend-class-off-1280x800")
    page.get_by_label("园区", exact=True).uncheck()
    page.get_by_label("园区", exact=True).check()
    opened.settle()
    assert opened.paths("parks") == drawn - len(biomedicine), "a layer keeps its classes while it is off"
    legend.locator("li", has_text="生物医药").get_by_role("checkbox").check()
    assert opened.paths("parks") == drawn


def test_a_layer_tells_what_it_is_and_how_to_take_it_along(open_map: OpenMap, api: httpx.Client) -> None:
    opened = open_map(OPEN)
    page = opened.page
    page.get_by_label("“园区”说明").click()
    about = page.locator("#about-parks")
    expect(about).to_contain_text("不是法定边界")
    expect(about).to_contain_text("天津市滨海新区人民政府")
    expect(about).to_contain_text("EPSG:4490")
    parks = [feature["properties"] for feature in api.get("/layers/parks.geojson").json()["features"]]
    accuracies = [one["accuracy_m"] for one in parks if one["accuracy_m"] is not None]
    expect(about).to_contain_text(f"{min(accuracies):,.0f}～{max(accuracies):,.0f} 米")
    expect(about).to_contain_text(api.get("/layers/parks").json()["data_version"])
    links = {link.inner_text(): link.get_attribute("href") for link in about.locator(".entry-downloads a").all()}
    assert {"geojson", "gpkg", "fgb", "shp.zip", "kml", "csv", "xlsx", "parquet", "dxf"} <= links.keys()
    for path in links.values():
        assert path
        assert api.head(path).status_code == 200, path
    address = about.get_by_label("“园区”的 OGC API 地址").input_value()
    assert address == f"{opened.url}/ogc/collections/parks"
    assert httpx.get(address, params={"f": "json"}).json()["id"] == "parks"
    opened.shoot("layer-metadata-1280x800")


def test_a_layer_can_be_zoomed_to(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks&view=117.1,39.1,13")
    page = opened.page
    page.get_by_label("“交通设施”说明").click()
    page.locator("#about-facilities").get_by_role("button", name="缩放至图层").click()
    opened.settle()
    assert "facilities" in shown(opened)
    assert page.evaluate(
        "yuantu.layers.get('facilities').items.every((i) => yuantu.map.getBounds().contains([i.at[1], i.at[0]]))"
    )


def test_a_set_that_is_offered_shows_its_layers_and_no_others(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks,theme-parks")
    page = opened.page
    page.get_by_role("button", name="园区+规划").click()
    opened.settle()
    assert shown(opened) == {"districts", "parks", "plan-binhai", "plan-hitech"}
    expect(page.get_by_role("button", name="园区+规划")).to_have_attribute("aria-pressed", "true")
    assert set(parse_qs(urlsplit(page.url).query)["layers"][0].split(",")) == shown(opened)
    page.go_back()
    opened.until("yuantu.layerOrder().length === 2")
    assert shown(opened) == {"parks", "theme-parks"}


def test_a_set_of_one_s_own_outlives_the_page(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks,facilities")
    page = opened.page
    page.evaluate("yuantu.layers.get('parks').opacity = 0.5")
    page.get_by_label("组合名称").fill("<b>我的</b>")
    page.keyboard.press("Enter")
    expect(page.locator("#sets")).to_contain_text("已保存")
    opened.go("?layers=districts")
    page.get_by_role("button", name="<b>我的</b>", exact=True).click()
    opened.settle()
    assert shown(opened) == {"parks", "facilities"}
    assert page.evaluate("yuantu.layers.get('parks').opacity") == 0.5
    page.get_by_label("删除组合“<b>我的</b>”").click()
    expect(page.locator(".set-own")).to_have_count(0)
    page.reload()
    opened.settle()
    expect(page.locator(".set-own")).to_have_count(0)
    assert opened.complaints == []


@pytest.mark.parametrize(
    "stored",
    ["{", "7", '[{"name": 3}, null, {"name": "旧", "layers": ["parks", "gone"], "opacity": null, "hidden": 4}]'],
)
def test_what_the_browser_has_kept_may_be_anything(open_map: OpenMap, stored: str) -> None:
    opened = open_map(go=False)
    opened.page.add_init_script(f"localStorage.setItem('yuantu-sets', {json.dumps(stored)})")
    opened.go("?layers=districts")
    own = opened.page.locator(".set-own .set")
    if "旧" in stored:
        own.click()
        opened.settle()
        assert shown(opened) == {"parks"}
        expect(opened.page.locator("#sets")).to_contain_text("gone")
    else:
        expect(own).to_have_count(0)
    assert opened.complaints == []


def test_a_browser_that_keeps_nothing_says_so(open_map: OpenMap) -> None:
    opened = open_map(go=False)
    opened.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    opened.go("?layers=parks")
    opened.page.get_by_label("组合名称").fill("临时")
    opened.page.get_by_role("button", name="保存当前").click()
    expect(opened.page.locator("#sets")).to_contain_text("只保留到关闭本页")
    expect(opened.page.get_by_role("button", name="临时", exact=True)).to_be_visible()
    assert opened.complaints == []


def test_the_tree_on_a_phone(open_map: OpenMap) -> None:
    opened = open_map(OPEN, phone=True)
    page = opened.page
    page.locator("#open-layers").tap()
    page.wait_for_timeout(300)
    page.get_by_role("button", name="项目与设施").tap()
    opened.settle()
    assert shown(opened) == {"districts", "parks", "projects", "park-links", "facilities"}
    page.get_by_label("“园区”说明").tap()
    opened.shoot("phone-layers-390x844")
    assert page.evaluate(
        "document.querySelector('#layers').scrollWidth <= document.querySelector('#layers').clientWidth"
    )
    assert opened.complaints == []
