"""The frame of the workbench: toolbar, places of tools, address, sharing, colours. The tools here are stand-ins."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.map_page import Map, OpenMap

TOOL = """
export default class {
  constructor(workbench) { this.workbench = workbench; this.text = ""; }
  open(container, argument) {
    this.input = document.createElement("input");
    this.input.setAttribute("aria-label", "ID state");
    this.input.addEventListener("change", () => {
      this.text = this.input.value;
      this.workbench.permalink.changed("ID", { push: true });
    });
    this.input.value = this.text;
    const told = document.createElement("p");
    told.textContent = `ID with ${argument ?? "nothing"}`;
    container.append(told, this.input);
    document.body.classList.add("has-ID");
  }
  close() { this.text = ""; document.body.classList.remove("has-ID"); }
  state() { return this.text || null; }
  restore(text) { this.text = text; this.input.value = text; }
}
"""
MODULE = re.compile(r"/static/js/tools/(\w+)\.js")


def serve_tool(route: Route) -> None:
    found = MODULE.search(route.request.url)
    assert found
    route.fulfill(status=200, content_type="text/javascript", body=TOOL.replace("ID", found[1]))


def offering(*ids: str) -> Callable[[Route], None]:
    """Return a handler that makes the page offer these tools and no others."""

    def handle(route: Route) -> None:
        answer = route.fetch()
        told = json.dumps([{"id": name, "style": False, "texts": False} for name in ids])
        route.fulfill(response=answer, body=re.sub(r'"tools":\s*\[.*?\]', f'"tools":{told}', answer.text()))

    return handle


def with_tools(*ids: str) -> dict[Any, Any]:
    return {re.compile(r":\d+/(\?.*)?$"): offering(*ids), MODULE: serve_tool}


THREE = with_tools("measure", "statistics", "table")


def query_of(page: Page) -> dict[str, str]:
    return {name: value for name, [value] in parse_qs(urlsplit(page.url).query, keep_blank_values=True).items()}


def layers_on(opened: Map) -> list[str]:
    on: list[str] = opened.page.evaluate("[...yuantu.layers.values()].filter((l) => yuantu.isOn(l)).map((l) => l.id)")
    return on


def test_the_toolbar_has_the_tools_that_the_service_has(open_map: OpenMap) -> None:
    opened = open_map(routes=THREE)
    bar = opened.page.get_by_role("toolbar", name="工具")
    assert bar.get_by_role("button").all_inner_texts() == ["测量绘制", "属性表", "统计"]
    assert bar.locator("svg path").count() >= 3
    opened.page.locator("#tool-measure").focus()
    opened.page.keyboard.press("ArrowRight")
    expect(opened.page.locator("#tool-table")).to_be_focused()
    opened.page.keyboard.press("End")
    expect(opened.page.locator("#tool-statistics")).to_be_focused()
    opened.page.keyboard.press("ArrowRight")
    expect(opened.page.locator("#tool-measure")).to_be_focused()
    expect(open_map(routes=with_tools()).page.locator("#tools")).to_be_hidden()


def test_a_tool_is_loaded_when_it_is_first_opened(open_map: OpenMap) -> None:
    opened = open_map(routes=THREE, go=False)
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    opened.go()
    assert not [path for path in asked if "/tools/" in path]
    button = opened.page.locator("#tool-measure")
    expect(button).to_have_attribute("aria-expanded", "false")
    for _ in range(2):
        button.click()
        dock = opened.page.get_by_role("complementary", name="测量绘制")
        expect(dock).to_contain_text("measure with nothing")
        expect(dock.locator("h2")).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "true")
        opened.page.keyboard.press("Escape")
        expect(dock).to_be_hidden()
        expect(button).to_be_focused()
    assert [path for path in asked if "/tools/" in path] == ["/static/js/tools/measure.js"]
    assert opened.complaints == []


def test_a_tool_that_cannot_be_had_says_so_and_can_be_asked_for_again(open_map: OpenMap) -> None:
    opened = open_map(routes={**THREE, "**/static/js/tools/statistics.js*": lambda route: route.abort()})
    opened.page.locator("#tool-statistics").click()
    dock = opened.page.locator("#dock")
    expect(dock.get_by_role("alert")).to_contain_text("“统计”打不开：服务器没有应答")
    opened.shoot("tool-failed-1280x800")
    opened.page.unroute("**/static/js/tools/statistics.js*")
    dock.get_by_role("button", name="重试").click()
    expect(dock).to_contain_text("statistics with nothing")


def test_a_tool_that_breaks_leaves_the_map_usable(open_map: OpenMap) -> None:
    def broken(route: Route) -> None:
        body = "export default class { open() { throw new Error('broken'); } close() {} }"
        route.fulfill(status=200, content_type="text/javascript", body=body)

    opened = open_map(routes={**THREE, "**/static/js/tools/measure.js*": broken})
    opened.page.locator("#tool-measure").click()
    expect(opened.page.locator("#dock").get_by_role("alert")).to_contain_text("工具内部出错")
    opened.page.get_by_role("button", name="关闭“测量绘制”").click()
    expect(opened.page.locator("#dock")).to_be_hidden()
    opened.click(*opened.label_point("parks", "teda-east"))
    expect(opened.page.locator("#panel h2")).to_have_text("经开区东区")


def test_side_tools_take_turns_and_give_way_to_the_panel(open_map: OpenMap) -> None:
    opened = open_map(routes=THREE)
    page, dock, panel = opened.page, opened.page.locator("#dock"), opened.page.locator("#panel")
    page.locator("#tool-measure").click()
    page.locator("#tool-table").click()
    expect(page.locator("#drawer")).to_contain_text("table with nothing")
    page.locator("#tool-statistics").click()
    expect(dock).to_contain_text("statistics with nothing")
    assert page.evaluate("document.body.className").split() == ["has-table", "has-statistics"]
    assert page.evaluate("yuantu.tools.current") == "statistics"
    opened.click(*opened.label_point("parks", "teda-west"))
    expect(panel.locator("h2")).to_have_text("经开区西区")
    expect(dock).to_be_hidden()
    expect(page.locator("#drawer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(dock).to_contain_text("statistics with nothing")
    opened.click(*opened.label_point("parks", "teda-west"))
    page.locator("#tool-statistics").click()
    expect(panel).to_be_hidden()
    expect(dock).to_be_visible()
    opened.shoot("dock-and-drawer-1280x800")
    assert opened.complaints == []


def test_an_open_tool_is_given_a_new_argument(open_map: OpenMap) -> None:
    opened = open_map(routes=THREE)
    opened.page.evaluate("yuantu.tools.open('measure', 'one').then(() => null)")
    expect(opened.page.locator("#dock")).to_contain_text("measure with one")
    opened.page.evaluate("yuantu.tools.open('measure', 'two').then(() => null)")
    expect(opened.page.locator("#dock")).to_contain_text("measure with two")
    opened.page.evaluate("yuantu.tools.open('measure').then(() => null)")
    expect(opened.page.locator("#dock")).to_contain_text("measure with two")


def test_the_drawer_is_resized_by_keyboard_and_pointer_and_stays_so(open_map: OpenMap) -> None:
    opened = open_map(routes=THREE)
    page, drawer = opened.page, opened.page.locator("#drawer")

    def height() -> float:
        box = drawer.bounding_box()
        assert box
        return box["height"]

    page.locator("#tool-table").click()
    handle = page.get_by_role("separator", name="调整高度")
    before, map_before = height(), page.evaluate("yuantu.map.getSize().y")
    handle.focus()
    page.keyboard.press("ArrowUp")
    assert height() == before + 24
    assert handle.get_attribute("aria-valuenow") == str(round(before + 24))
    opened.until(f"yuantu.map.getSize().y === {map_before} - 24")
    page.keyboard.press("End")
    stage = page.locator("#stage").bounding_box()
    assert stage
    assert stage["height"] > 100, "some of the map stays"
    page.keyboard.press("Home")
    assert height() == 120
    box = handle.bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 4 - 90)
    page.mouse.up()
    page.mouse.move(box["x"] + 100, box["y"] - 300)
    assert abs(height() - 210) < 8
    dragged = height()
    opened.go("?tool=table")
    opened.until("document.querySelector('#drawer input') !== null")
    assert height() == dragged


def test_the_address_opens_the_whole_state(open_map: OpenMap) -> None:
    query = (
        "?layers=districts,parks,plan-hitech&order=districts,parks,plan-hitech&opacity=parks:0.5,districts:0.25"
        "&off=parks:intelligent-technology,parks:&tool=table,measure&measure=7&view=117.6,39.05,11"
    )
    opened = open_map(query, routes=THREE)
    page = opened.page
    opened.until("document.querySelector('#dock input')?.value === '7'")
    assert page.evaluate("yuantu.layerOrder()") == ["plan-hitech", "parks", "districts"]
    assert page.evaluate("['parks', 'districts'].map((id) => yuantu.layers.get(id).opacity)") == [0.5, 0.25]
    assert page.evaluate("[...yuantu.layers.get('parks').hiddenClasses]") == ["intelligent-technology", None]
    expect(page.locator("#drawer")).to_contain_text("table with nothing")
    assert page.evaluate("[yuantu.map.getZoom(), yuantu.map.getCenter().lng.toFixed(2)]") == [11, "117.60"]
    assert opened.complaints == []
    page.get_by_label("园区功能区", exact=True).check()
    said, now = parse_qs(query[1:]), query_of(page)
    for name in ("order", "opacity", "off"):
        assert sorted(now[name].replace("functional-areas", "").strip(",").split(",")) == sorted(
            said[name][0].split(",")
        ), name


def test_back_and_forward_bring_the_state_back(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks", routes=THREE)
    page = opened.page
    page.get_by_label("一谷三区", exact=True).check()
    opened.settle()
    opened.click(*opened.label_point("parks", "teda-east"))
    expect(page.locator("#panel h2")).to_have_text("经开区东区")
    page.locator("#tool-measure").click()
    page.get_by_label("measure state").fill("drawn")
    page.get_by_label("measure state").press("Tab")
    assert query_of(page)["measure"] == "drawn"
    page.get_by_role("button", name="关闭“测量绘制”").click()
    assert not {"tool", "measure"} & query_of(page).keys()

    page.go_back()
    opened.until("document.querySelector('#dock input')?.value === 'drawn'")
    page.go_back()
    opened.until("document.querySelector('#dock input')?.value === ''")
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("经开区东区")
    assert page.evaluate("yuantu.tools.current") is None
    page.go_back()
    expect(page.locator("#panel")).to_be_hidden()
    assert layers_on(opened) == ["districts", "parks", "plan-hitech"]
    page.go_back()
    opened.until("!yuantu.isOn(yuantu.layers.get('plan-hitech'))")
    for _ in range(4):
        page.go_forward()
    opened.until("document.querySelector('#dock input')?.value === 'drawn'")
    assert layers_on(opened) == ["districts", "parks", "plan-hitech"]
    assert opened.complaints == []


def test_moving_the_map_adds_nothing_to_the_history(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks")
    page = opened.page
    page.get_by_label("一谷三区", exact=True).check()
    entries = page.evaluate("history.length")
    page.evaluate("yuantu.map.setView([39.1, 117.4], 11, { animate: false }) && null")
    opened.until("location.search.includes('view=117.4')")
    assert page.evaluate("history.length") == entries
    page.evaluate("for (let i = 0; i < 300; i++) yuantu.map.panBy([3, 0], { animate: false })")
    lng = page.evaluate("yuantu.map.getCenter().lng.toFixed(5)")
    opened.until(f"location.search.includes('view={lng}')")
    assert page.evaluate("history.length") == entries
    assert opened.complaints == []


def test_the_order_of_layers_is_kept_when_it_is_not_the_usual_one(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks,plan-binhai")
    page = opened.page
    assert page.evaluate("yuantu.layerOrder()") == ["parks", "plan-binhai", "districts"]
    page.evaluate("yuantu.setLayerOrder(['plan-binhai', 'parks', 'districts'])")
    assert query_of(page)["order"] == "districts,parks,plan-binhai"
    opened.click(*opened.label_point("parks", "teda-east"))
    expect(page.locator("#panel .panel-layer")).to_contain_text("一核两带多片区")
    heights = page.evaluate(
        """["parks", "plan-binhai"].map((id) => {
            const pane = document.querySelector(`.leaflet-layer-${id}-pane`);
            return [pane.parentElement.className, Number(pane.style.zIndex)]; })"""
    )
    assert heights[0][0] == heights[1][0]
    assert heights[0][1] < heights[1][1]
    page.evaluate("yuantu.setLayerOrder(['parks', 'plan-binhai', 'districts'])")
    assert "order" not in query_of(page)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("?view=here", "view"),
        ("?order=parks,nowhere", "order"),
        ("?opacity=parks:much", "opacity"),
        ("?opacity=parks:2", "opacity"),
        ("?off=nowhere:x", "off"),
        ("?off=parks:%25E5%25", "off"),
        ("?tool=%3Cb%3Ehammer", "<b>hammer"),
        ("?tool=measure,statistics", "measure,statistics"),
        ("?%3Ci%3Ename=1&utm=2", "<i>name、utm"),
        ("?select=", "select"),
    ],
)
def test_parts_that_cannot_be_read_are_told_and_nothing_else_suffers(open_map: OpenMap, query: str, named: str) -> None:
    opened = open_map(query, routes=THREE)
    expect(opened.page.locator("#notices")).to_contain_text("已忽略")
    if named != "select":
        expect(opened.page.locator("#notices")).to_contain_text(named)
    assert opened.paths("parks") > 0
    assert opened.complaints == []


def test_the_address_can_be_copied_and_shortened(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks,plan-hitech&view=117.6,39.05,11")
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="分享").click()
    dialog = page.get_by_role("dialog", name="分享这个画面")
    dialog.get_by_role("button", name="复制").click()
    expect(dialog.get_by_role("status")).to_have_text("已复制到剪贴板")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    dialog.get_by_role("button", name="生成短链接").click()
    short = dialog.get_by_label("短链接")
    expect(short).to_have_value(re.compile(rf"^{re.escape(opened.url)}/s/[a-z2-7]{{16}}$"))
    opened.shoot("share-1280x800")
    address = short.input_value()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.goto(address)
    opened.settle()
    assert layers_on(opened) == ["parks", "plan-hitech"]
    assert page.evaluate("yuantu.map.getZoom()") == 11
    assert opened.complaints == []


def test_a_short_link_that_is_refused_says_why(open_map: OpenMap) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=429, content_type="application/problem+json", body='{"detail": "请稍后再试。"}')

    opened = open_map(routes={"**/api/links": refuse})
    opened.page.get_by_role("button", name="分享").click()
    opened.page.get_by_role("button", name="生成短链接").click()
    expect(opened.page.get_by_role("dialog").get_by_role("status")).to_have_text("短链接没有生成：请稍后再试。")


def test_a_long_address_offers_the_short_link(open_map: OpenMap) -> None:
    opened = open_map("?tool=measure", routes=THREE)
    opened.until("document.querySelector('#dock input') !== null")
    state = opened.page.get_by_label("measure state")
    state.fill("1" * 2500)
    state.press("Tab")
    notice = opened.page.locator("#notices .notice")
    expect(notice).to_contain_text("网址已超过 2000 个字符")
    notice.get_by_role("button", name="分享").click()
    expect(opened.page.get_by_role("dialog")).to_contain_text("请改用短链接")
    opened.page.get_by_role("button", name="生成短链接").click()
    expect(opened.page.get_by_label("短链接", exact=True)).to_have_value(re.compile("/s/"))


def test_colours_follow_the_system_until_the_button_says_otherwise(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page

    def is_dark() -> bool:
        red, green, blue = map(
            int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))[:3]
        )
        return red + green + blue < 200

    assert not is_dark()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(100)
    assert is_dark()
    opened.shoot("dark-1280x800")
    page.get_by_role("button", name="浅色显示").click()
    assert not is_dark()
    opened.go()
    assert not is_dark()
    page.get_by_role("button", name="深色显示").click()
    assert is_dark()
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(100)
    assert not is_dark(), "what agreed with the system follows it"


def test_emphasis_lights_some_zones_and_fades_the_others(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks")
    page = opened.page
    page.evaluate("yuantu.emphasis.set(new Set(['teda-east', 'lingang']))")
    faded = page.locator(".leaflet-layer-parks-pane path.faded")
    total = opened.paths("parks")
    lit = page.locator(".leaflet-layer-parks-pane path:not(.faded)").count()
    assert lit < 5
    assert faded.count() == total - lit
    assert page.locator(".leaflet-layer-districts-pane path.faded").count() == 0
    expect(page.locator(".label-parks", has_text="经开区东区")).not_to_have_class(re.compile("faded"))
    expect(page.locator(".label-parks", has_text="南港").first).to_have_class(re.compile("faded"))
    page.get_by_label("开发区", exact=True).check()
    opened.settle()
    assert page.locator(".leaflet-layer-development-zones-pane path.faded").count() > 0
    opened.shoot("emphasis-1280x800")
    page.evaluate("yuantu.emphasis.set(null)")
    expect(page.locator(".faded")).to_have_count(0)


def test_a_feature_of_a_layer_that_is_off_can_be_shown(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts")
    page = opened.page
    entries = page.evaluate("history.length")
    assert page.evaluate("yuantu.showFeature('parks', 'teda-east')") is True
    expect(page.locator("#panel h2")).to_have_text("经开区东区")
    assert layers_on(opened) == ["districts", "parks"]
    assert page.evaluate("history.length") == entries + 1
    assert query_of(page)["select"] == "parks/teda-east"
    assert page.evaluate("yuantu.showFeature('parks', 'nowhere')") is False
    assert page.evaluate("yuantu.showFeature('nowhere', 'x')") is False
    page.go_back()
    expect(page.locator("#panel")).to_be_hidden()
    assert layers_on(opened) == ["districts"]


def test_on_a_phone_the_tools_are_a_row_and_open_as_sheets(open_map: OpenMap) -> None:
    every = ("industry", "siting", "compare", "measure", "table", "statistics", "print", "basemap")
    opened = open_map(phone=True, routes=with_tools(*every))
    page = opened.page
    for name in every:
        expect(page.locator(f"#tool-{name}")).to_be_in_viewport(ratio=0.95)
    page.locator("#tool-measure").tap()
    dock = page.locator("#dock")
    expect(dock).to_contain_text("measure with nothing")
    box = dock.bounding_box()
    assert box
    assert box["width"] == 390
    assert box["y"] > 400
    opened.shoot("phone-tool-390x844")
    dock.get_by_role("button", name="收起").tap()
    folded = dock.bounding_box()
    assert folded
    assert folded["height"] < 60
    expect(dock.get_by_label("measure state")).to_be_hidden()
    dock.get_by_role("button", name="展开").tap()
    expect(dock.get_by_label("measure state")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.complaints == []
