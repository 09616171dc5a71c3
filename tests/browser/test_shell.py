"""The frame of the workbench: toolbar, places of tools, colours, emphasis. The tools here are stand-ins."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Route, expect

from tests.browser.map_page import OpenMap
from tests.browser.stand_ins import THREE, with_tools


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
    (path,) = [path for path in asked if "/tools/" in path]
    assert path.endswith("/static/js/tools/measure.js")
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
    opened.until("document.documentElement.dataset.theme === 'dark'")
    assert is_dark()
    opened.shoot("dark-1280x800")
    page.get_by_role("button", name="浅色显示").click()
    assert not is_dark()
    opened.go()
    assert not is_dark()
    page.get_by_role("button", name="深色显示").click()
    assert is_dark()
    page.emulate_media(color_scheme="light")
    opened.until("document.documentElement.dataset.theme === 'light'")
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
