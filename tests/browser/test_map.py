"""The map as a land-use officer has it: opened, clicked, read, on a desk and on a phone."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.browser.map_page import Map, OpenMap

PLANS = ("plan-binhai", "plan-hitech")
SQUARE = [[117.5, 39.0], [117.6, 39.0], [117.6, 39.1], [117.5, 39.1], [117.5, 39.0]]


def query_of(opened: Map) -> dict[str, list[str]]:
    return parse_qs(urlsplit(opened.page.url).query, keep_blank_values=True)


def park(feature_id: str, **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    return {"type": "Feature", "id": feature_id, "geometry": geometry, "properties": properties}


def answer(body: Any) -> Any:
    def fulfill(route: Route) -> None:
        route.fulfill(status=200, content_type="application/geo+json", body=json.dumps(body))

    return fulfill


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


def test_a_click_on_teda_east_shows_its_industries(open_map: OpenMap) -> None:
    opened = open_map()
    opened.click(*opened.label_point("parks", "teda-east"))
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("经开区东区")
    for name in ("人工智能", "集成电路", "大数据", "生物药", "高端医疗器械"):
        expect(panel.locator(".rows").first).to_contain_text(name)
    expect(panel.locator(".record")).to_contain_text("表2·经开区·东区")
    expect(panel.locator(".record")).to_contain_text("一核两带多片区")
    text = opened.panel()
    assert re.search(r"[\d,.]+ 公顷（[\d,]+ 亩，[\d.]+ km²）", text)
    assert "示意（非法定边界）" in text
    assert "此处共 3 个要素" in text
    assert query_of(opened)["select"] == ["parks/teda-east"]
    opened.page.mouse.move(640, 60)
    opened.shoot("teda-east-1280x800")
    opened.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert "select" not in query_of(opened)
    assert opened.complaints == []


def test_the_plan_under_a_park_can_be_read_from_the_panel(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks,plan-binhai&select=parks/teda-east")
    panel = opened.page.locator("#panel")
    panel.get_by_role("button", name="一核：滨海新区主城区", exact=True).click()
    expect(panel.locator("h2")).to_contain_text("滨海新区主城区")
    panel.get_by_role("button", name="经开区东区", exact=True).click()
    expect(panel.locator("h2")).to_have_text("经开区东区")


def test_a_layer_switched_on_later_joins_what_else_is_at_the_place(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks&select=parks/thip-marine")
    panel = opened.page.locator("#panel")
    expect(panel.locator(".around")).to_have_text("没有打开规划图层，未查规划。")
    opened.page.get_by_label("一谷三区", exact=True).check()
    expect(panel.locator(".here")).to_contain_text("一谷三区")
    opened.page.get_by_label("一谷三区", exact=True).uncheck()
    expect(panel.locator(".here")).to_have_count(0)
    opened.page.get_by_label("园区", exact=True).uncheck()
    expect(panel).to_be_hidden()


def test_points_lie_over_parks_over_plans_over_districts(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks,plan-binhai,facilities,development-zones,functional-areas")
    heights = opened.page.evaluate(
        """["districts", "plans", "zones", "parks", "areas", "points", "labels"].map(
            (name) => Number(getComputedStyle(yuantu.map.getPane(name)).zIndex))"""
    )
    assert heights == sorted(set(heights))
    panes = opened.page.evaluate(
        """Object.fromEntries([...yuantu.layers.values()].filter((l) => l.items.length).map(
            (l) => [l.id, document.querySelector(`.leaflet-layer-${l.id}-pane`).parentElement.className]))"""
    )
    assert "leaflet-points-pane" in panes["facilities"]
    assert "leaflet-parks-pane" in panes["parks"]
    assert "leaflet-plans-pane" in panes["plan-binhai"]
    assert "leaflet-districts-pane" in panes["districts"]


def test_indicative_and_derived_outlines_are_dashed_and_said_to_be(open_map: OpenMap) -> None:
    opened = open_map()
    for layer in ("parks", "plan-binhai"):
        dashes = opened.page.eval_on_selector_all(
            f".leaflet-layer-{layer}-pane path:not([fill=none])",
            "paths => paths.map((p) => p.getAttribute('stroke-dasharray'))",
        )
        assert dashes
        assert all(dashes)
    legend = opened.page.locator("#legend")
    expect(legend.locator("h3", has_text="园区")).to_contain_text("示意")
    expect(legend.locator("h3", has_text="一核两带多片区")).to_contain_text("推算")
    assert legend.locator("rect[stroke-dasharray]").count() >= 2


def test_an_official_outline_within_an_indicative_layer_is_solid(open_map: OpenMap) -> None:
    features = [park("official", name_zh="法定园区", geometry_status="statutory")]
    body = {"type": "FeatureCollection", "features": features}
    opened = open_map("?layers=parks", routes={"**/layers/parks.geojson": answer(body)})
    path = opened.page.locator(".leaflet-layer-parks-pane path")
    assert path.get_attribute("stroke-dasharray") is None


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


def test_a_zone_s_record_that_fails_leaves_the_rest_readable(open_map: OpenMap) -> None:
    opened = open_map("?select=parks/teda-east", routes={"**/api/zones/*": lambda route: route.abort()})
    panel = opened.page.locator("#panel")
    expect(panel).to_contain_text("完整记录读取失败")
    expect(panel).to_contain_text("人工智能")
    opened.page.unroute("**/api/zones/*")
    panel.get_by_role("button", name="重试").click()
    expect(panel.locator(".record")).to_contain_text("表2·经开区·东区")


def test_an_unknown_layer_or_feature_in_the_address_is_told(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks,<i>nonsense&select=parks/nowhere")
    notices = opened.page.locator("#notices")
    expect(notices).to_contain_text("<i>nonsense")
    expect(notices).to_contain_text("parks/nowhere")
    assert opened.paths("parks") > 0
    expect(opened.page.locator("#panel")).to_be_hidden()
    assert opened.complaints == []


def test_stored_markup_is_shown_as_text(open_map: OpenMap) -> None:
    name = '<img src=x onerror="window.pwned=1"><script>window.pwned=2</script>'
    properties = {"name_zh": name, "name_en": name, "short_name_zh": name, "level": name, "industries_zh": [name]}
    record = {
        "id": "evil", "name_zh": name, "name_en": name, "aliases": [name], "positioning_zh": name,
        "parent": {"id": "x", "name_zh": name, "name_en": name, "kind": "district"}, "children": [],
        "industries": [{
            "id": "a", "name_zh": name, "name_en": name, "kind": "sector", "rank": "leading", "wording": f"{name}!",
            "qualifier": None, "note": name, "sector": {"id": "s", "name_zh": name, "name_en": name},
            "evidence": {"document": "d", "title_zh": name, "short_title_zh": name, "locator": name},
        }],
        "plans": [{
            "plan": {"id": "p", "name_zh": name, "name_en": name},
            "element": {"id": "e", "name_zh": name, "name_en": name, "kind": "core"}, "positioning_zh": name,
            "evidence": {"document": "d", "title_zh": name, "short_title_zh": name, "locator": name},
        }],
    }  # fmt: skip
    body = {"type": "FeatureCollection", "features": [park("evil", **properties)]}
    routes = {"**/layers/parks.geojson": answer(body), "**/api/zones/evil": answer(record)}
    opened = open_map("?layers=parks&view=117.55,39.05,12", routes=routes)
    expect(opened.page.locator(".label-parks")).to_have_text(name)
    opened.page.mouse.move(*opened.at(117.55, 39.02))
    expect(opened.page.locator(".tip")).to_contain_text(name)
    opened.click(117.55, 39.02)
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(name)
    expect(panel.locator(".record .source").first).to_contain_text(name)
    expect(panel.locator(".positioning")).to_have_text(name)
    assert opened.page.locator("#panel img, #panel script, .label img, .tip img, #stage script").count() == 0
    assert opened.page.evaluate("globalThis.pwned") is None
    assert opened.complaints == []


def test_projects_at_one_place_are_one_circle_that_lists_them(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,projects")
    stacks = opened.page.evaluate("yuantu.layers.get('projects').stacks.map((s) => [s.length, ...s[0].at])")
    assert sum(count for count, _, _ in stacks) == 58
    count, lng, lat = max(stacks)
    circles = opened.page.locator(".leaflet-layer-projects-pane .stack")
    assert sorted(circles.all_inner_texts()) == sorted(str(stack[0]) for stack in stacks if stack[0] > 1)
    opened.click(lng, lat)
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(f"同一位置的 {count} 个要素")
    choices = panel.locator("ol.choices button")
    assert choices.count() == count
    opened.shoot("projects-1280x800")
    first = choices.first.inner_text()
    choices.first.click()
    expect(panel.locator("h2")).to_have_text(first)
    expect(panel).to_contain_text("亿元")
    panel.get_by_role("button", name=f"返回列表（{count}）").click()
    assert panel.locator("ol.choices button").count() == count


def test_the_tooltip_names_the_park_and_its_industries(open_map: OpenMap) -> None:
    opened = open_map()
    opened.page.mouse.move(*opened.at(*opened.label_point("parks", "teda-east")))
    tip = opened.page.locator(".tip")
    expect(tip).to_contain_text("经开区东区")
    expect(tip).to_contain_text("人工智能、集成电路、大数据")
    expect(opened.page.locator("#coordinates")).to_contain_text("CGCS2000　东经 117.")
    opened.shoot("tooltip-1280x800")


def test_labels_do_not_overlap_and_take_no_clicks(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks,plan-binhai&view=117.62,39.05,12")
    labels = opened.page.locator(".label:not(.label-hidden)")
    assert labels.count() > 5
    boxes = [box for box in (label.bounding_box() for label in labels.all()) if box]
    for index, a in enumerate(boxes):
        for b in boxes[index + 1 :]:
            apart = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
            assert apart or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
    opened.shoot("labels-1280x800")
    park_label = opened.page.locator(".label-parks:not(.label-hidden)", has_text="经开区东区").bounding_box()
    assert park_label
    opened.page.mouse.click(park_label["x"] + park_label["width"] / 2, park_label["y"] + park_label["height"] / 2)
    expect(opened.page.locator("#panel h2")).to_have_text("经开区东区")


def test_english(open_map: OpenMap) -> None:
    opened = open_map("?lang=en&layers=districts,parks,plan-binhai&select=parks/teda-east")
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("TEDA East")
    expect(panel.locator(".rows").first).to_contain_text("Artificial intelligence", ignore_case=True)
    expect(panel.locator(".rows").first).to_contain_text("National")
    expect(panel.locator(".record")).to_contain_text("Priority industries and their sources")
    expect(opened.page.locator("#layers")).to_contain_text("One core, two belts, several areas")
    opened.shoot("teda-east-en-1280x800")
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


def test_a_plan_of_the_same_outline_as_its_parks_shows_around_them(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks,plan-hitech")
    widths = opened.page.eval_on_selector_all(
        ".leaflet-layer-plan-hitech-pane path", "paths => paths.map((p) => Number(p.getAttribute('stroke-width')))"
    )
    parks = opened.page.locator(".leaflet-layer-parks-pane path").first.get_attribute("stroke-width")
    assert max(widths) > float(parks or 0) + 4


def test_features_without_a_place_are_counted_and_said_to_have_none(open_map: OpenMap) -> None:
    body = {
        "type": "FeatureCollection",
        "features": [park("placed", name_zh="甲"), {**park("unplaced", name_zh="乙"), "geometry": None}],
    }
    opened = open_map("?layers=parks", routes={"**/layers/parks.geojson": answer(body)})
    assert opened.paths("parks") == 1
    opened.page.get_by_label("“园区”说明").click()
    expect(opened.page.locator("#about-parks")).to_contain_text("1 个没有图形")


def test_a_list_of_names_that_hold_the_separator_can_still_be_read(open_map: OpenMap) -> None:
    properties = {"plan_roles_zh": ["两带集聚、双城优化·带", "一谷三区·谷"], "sectors_zh": ["汽车", "装备"]}
    body = {"type": "FeatureCollection", "features": [park("a", name_zh="甲", **properties)]}
    opened = open_map("?layers=parks&select=parks/a", routes={"**/layers/parks.geojson": answer(body)})
    panel = opened.page.locator("#panel .rows").first
    expect(panel).to_contain_text("两带集聚、双城优化·带；一谷三区·谷")
    expect(panel).to_contain_text("汽车、装备")
