"""The address of the page is its state: what it opens, what history brings back, how it is passed on."""

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Route, expect

from tests.browser.map_page import OpenMap
from tests.browser.stand_ins import THREE, layers_on, query_of


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


@pytest.mark.parametrize(
    "query",
    [
        "?tool=industry",
        "?industry=biomedicine",
        "?tool=table",
        "?tool=compare&compare=table:teda-east,thip-marine",
        "?select=parks/teda-east",
        "?tool=statistics&select=parks/huaming",
        "?layers=parks",
    ],
)
def test_opening_an_address_again_and_again_shows_the_same_place(open_map: OpenMap, query: str) -> None:
    """What stands beside the map takes room from it; the middle of what is left is the one that the address says."""
    opened = open_map(f"{query}&view=117.65,39.05,12")
    page = opened.page
    for _ in range(2):
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)  # the address is written some time after the map has moved
        assert query_of(page)["view"] == "117.65,39.05,12"
        middle = page.evaluate("(({ lng, lat }) => [lng, lat])(yuantu.map.getCenter())")
        assert middle == pytest.approx([117.65, 39.05], abs=2e-4)
        page.reload()
        opened.settle()


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
