"""The map as a land-use officer has it: opened, layers switched on and off, on a desk and on a phone."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.browser.map_page import OpenMap, answer, park, query_of

PLANS = ("plan-binhai", "plan-hitech")


@pytest.mark.parametrize(("query", "heading"), [("", "园图"), ("?lang=en", "Yuantu")])
def test_opens_without_another_host_and_without_complaints(open_map: OpenMap, query: str, heading: str) -> None:
    opened = open_map(query)
    expect(opened.page.locator("h1")).to_contain_text(heading)
    for layer in ("districts", "parks", "plan-binhai"):
        assert opened.paths(layer) > 0, layer
    opened.shoot(f"map-{'en' if 'en' in query else 'zh'}-1280x800")
    assert opened.hosts == {urlsplit(opened.url).netloc}
    assert opened.complaints == []


def test_only_layers_that_are_on_are_fetched(open_map: OpenMap) -> None:
    opened = open_map(go=False)
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    opened.go("?layers=parks")
    assert [path for path in asked if re.fullmatch(r"/layers/.*\.geojson", path)] == ["/layers/parks.geojson"]
    for _ in range(3):
        opened.page.get_by_label("交通设施", exact=True).click()
    opened.settle()
    assert asked.count("/layers/facilities.geojson") >= 1
    assert opened.paths("facilities") == opened.page.evaluate("yuantu.layers.get('facilities').items.length")
    assert opened.complaints == []


def test_both_plans_can_be_switched_on(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks")
    for layer, title in zip(PLANS, ("一核两带多片区", "一谷三区"), strict=True):
        box = opened.page.get_by_label(title, exact=True)
        expect(box).not_to_be_checked()
        box.check()
        opened.settle()
        assert opened.paths(layer) > 0
        expect(opened.page.locator("#legend")).to_contain_text(title)
    assert query_of(opened)["layers"] == ["districts,parks,plan-binhai,plan-hitech"]
    opened.shoot("both-plans-1280x800")
    opened.page.get_by_label("一谷三区", exact=True).uncheck()
    assert opened.paths("plan-hitech") == 0
    expect(opened.page.locator("#legend")).not_to_contain_text("一谷三区")


def test_a_layer_that_fails_says_so_and_can_be_tried_again(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts", routes={"**/layers/parks.geojson": lambda route: route.abort()})
    opened.page.get_by_label("园区", exact=True).check()
    notice = opened.page.locator("#notices .notice")
    expect(notice).to_contain_text("“园区”加载失败")
    expect(opened.page.locator("#entry-parks")).to_contain_text("重试")
    assert opened.page.locator("#notices").get_attribute("aria-live") == "polite"
    opened.shoot("layer-failed-1280x800")
    opened.page.get_by_label("一谷三区", exact=True).check()
    opened.settle()
    assert opened.paths("plan-hitech") > 0
    opened.page.unroute("**/layers/parks.geojson")
    notice.get_by_role("button", name="重试").click()
    opened.until("yuantu.layers.get('parks').state === 'ready'")
    assert opened.paths("parks") > 0
    expect(notice).to_have_count(0)


def test_the_server_s_reason_is_shown(open_map: OpenMap) -> None:
    problem = {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "<b>数据库</b>暂停服务。",
    }

    def refuse(route: Route) -> None:
        route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(problem))

    opened = open_map("?layers=parks", routes={"**/layers/parks.geojson": refuse})
    expect(opened.page.locator("#notices")).to_contain_text("<b>数据库</b>暂停服务。")
    expect(opened.page.locator("#entry-parks")).to_contain_text("<b>数据库</b>暂停服务。")


def test_an_unknown_layer_or_feature_in_the_address_is_told(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks,<i>nonsense&select=parks/nowhere")
    notices = opened.page.locator("#notices")
    expect(notices).to_contain_text("<i>nonsense")
    expect(notices).to_contain_text("parks/nowhere")
    assert opened.paths("parks") > 0
    expect(opened.page.locator("#panel")).to_be_hidden()
    assert opened.complaints == []


def test_the_other_language_keeps_the_state(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks,plan-hitech&select=parks/thip-marine&view=117.6,39.05,11")
    expect(opened.page.locator("#panel h2")).to_have_text("高新区海洋片区")
    opened.page.get_by_role("link", name="English").click()
    opened.settle()
    expect(opened.page.locator("#panel h2")).to_have_text("Marine Science Park")
    assert query_of(opened)["layers"] == ["parks,plan-hitech"]
    assert opened.page.evaluate("yuantu.map.getZoom()") == 11
    expect(opened.page.locator("#layer-plan-hitech")).to_be_checked()
    expect(opened.page.locator("#layer-districts")).not_to_be_checked()


def test_on_a_phone(open_map: OpenMap) -> None:
    opened = open_map(phone=True)
    page = opened.page
    opened.shoot("phone-390x844")
    tree = page.locator("#layers")
    expect(tree).not_to_be_in_viewport()
    page.locator("#open-layers").tap()
    expect(tree).to_be_in_viewport()
    page.wait_for_timeout(300)
    page.get_by_label("一谷三区", exact=True).tap()
    opened.settle()
    opened.shoot("phone-drawer-390x844")
    page.locator("#close-layers").tap()
    expect(tree).not_to_be_in_viewport()
    page.wait_for_timeout(300)
    page.touchscreen.tap(*opened.at(*opened.label_point("parks", "teda-east")))
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("经开区东区")
    expect(panel.locator(".record")).to_contain_text("表2")
    opened.shoot("phone-panel-390x844")
    box = panel.bounding_box()
    assert box
    assert box["width"] == 390
    assert box["y"] > 250
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(panel.get_by_label("关闭")).to_be_in_viewport()
    panel.get_by_label("关闭").tap()
    expect(panel).to_be_hidden()
    assert opened.complaints == []


def test_the_keyboard_reaches_the_layers_and_shows_where_it_is(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts")
    page = opened.page
    page.locator("#layer-parks").focus()
    page.keyboard.press("Space")
    opened.settle()
    assert opened.paths("parks") > 0
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "“园区”说明"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#about-parks")).to_be_visible()
    expect(page.locator("#about-parks")).to_contain_text("边界为示意")


def test_features_without_a_place_are_counted_and_said_to_have_none(open_map: OpenMap) -> None:
    body = {
        "type": "FeatureCollection",
        "features": [park("placed", name_zh="甲"), {**park("unplaced", name_zh="乙"), "geometry": None}],
    }
    opened = open_map("?layers=parks", routes={"**/layers/parks.geojson": answer(body)})
    assert opened.paths("parks") == 1
    opened.page.get_by_label("“园区”说明").click()
    expect(opened.page.locator("#about-parks")).to_contain_text("另有 1 项没有图形。")
