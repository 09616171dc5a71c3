"""Siting on the map: places chosen and pointed at, and a drawn polygon that confines the search."""

import json
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.map_page import Map, OpenMap
from tests.browser.siting_page import (
    CELLS,
    answer_of,
    dock_of,
    ids_in,
    link,
    listed,
    question,
    ranked,
    wait_for_answer,
)


def test_choosing_a_place_opens_its_panel_and_closing_that_returns(open_map: OpenMap) -> None:
    opened = open_map(link(q="信创产业放在哪里最合适"))
    dock, page = dock_of(opened), opened.page
    wait_for_answer(dock)
    # 滨海未来产业方案, 高新区规划纲要: the theme park of Xinchuang is in the Marine Science Park.
    assert listed(dock)[0] == "thip-marine"
    dock.get_by_role("button", name="高新区海洋片区", exact=True).first.click()
    expect(page.locator("#panel")).to_contain_text("高新区海洋片区")
    page.locator("#panel .panel-close").click()
    expect(dock).to_be_visible()
    page.locator(".siting-mark-number", has_text="1").first.click()
    expect(page.locator("#panel")).to_contain_text("高新区海洋片区")


def test_a_drawn_polygon_confines_the_search(open_map: OpenMap) -> None:
    opened = open_map()
    ring = [[117.55, 38.6], [118.05, 38.6], [118.05, 39.02], [117.55, 39.02], [117.55, 38.6]]
    area = {"type": "Polygon", "coordinates": [ring]}
    opened.page.evaluate("(area) => yuantu.tools.open('siting', { area, at: [117.8, 38.8] })", area)
    dock = dock_of(opened)
    expect(dock.locator("#siting-step-where .siting-step-says")).to_have_text("所画范围内")
    expect(opened.page.locator(".siting-searched")).to_have_count(1)
    dock.get_by_role("searchbox", name="查找产业").fill("海洋装备")
    dock.get_by_role("searchbox", name="查找产业").press("Enter")
    wait_for_answer(dock)
    answer = answer_of(opened, industries="marine-equipment", within=json.dumps(area))
    for place in answer["results"]:
        lng, lat = place["point"]
        assert 117.55 <= lng <= 118.05 and 38.6 <= lat <= 39.02
    assert listed(dock) == [place["id"] for place in answer["results"] if place["tier"] == "itself"]
    # 滨海工业规划: marine equipment in FTZ Lingang.
    assert listed(dock)[0] == "ftz-lingang"
    assert json.loads(question(opened.page)["within"]) == area
    dock.locator("#siting-step-where > summary").click()
    dock.get_by_role("button", name="不限范围").click()
    expect(opened.page.locator(".siting-searched")).to_have_count(0)


def test_a_polygon_too_long_for_an_address_is_posted(open_map: OpenMap) -> None:
    opened = open_map(link(industries="marine-equipment"))
    wait_for_answer(dock_of(opened))
    methods: list[str] = []
    opened.page.on("request", lambda request: methods.append(request.method) if "/api/siting" in request.url else None)
    opened.page.evaluate(
        """() => {
            const turns = Array.from({ length: 600 }, (_, at) => at * Math.PI / 300);
            const ring = turns.map((turn) => [117.7 + 0.5 * Math.cos(turn), 38.9 + 0.4 * Math.sin(turn)]);
            return yuantu.tools.open("siting", { area: { type: "Polygon", coordinates: [[...ring, ring[0]]] } });
        }"""
    )
    wait_for_answer(dock_of(opened))
    opened.until("document.querySelector('.siting-results')?.innerText.includes('不能用链接导出')")
    assert "POST" in methods


def test_from_an_industry_to_its_siting(open_map: OpenMap) -> None:
    opened = open_map("?industry=graphene")
    opened.page.get_by_role("button", name="为它选址").click()
    dock = dock_of(opened)
    wait_for_answer(dock)
    assert question(opened.page) == {"industries": "graphene"}
    # 滨海工业规划: graphene in the Binhai-Zhongguancun Science Park.
    assert listed(dock)[0] == "teda-zgc"


def point_at(opened: Map, place: dict[str, Any]) -> Locator:
    """Point at the middle of a place and return what the map says there."""
    page = opened.page
    x, y = page.evaluate(
        """([lng, lat]) => {
            yuantu.map.setView([lat, lng], yuantu.map.getZoom(), { animate: false });
            const box = document.querySelector(".map").getBoundingClientRect();
            const at = yuantu.map.latLngToContainerPoint([lat, lng]);
            return [box.x + at.x, box.y + at.y];
        }""",
        place["point"],
    )
    page.mouse.move(x - 4, y)
    page.mouse.move(x, y)
    return page.locator(".leaflet-tooltip.tip")


def test_the_map_says_where_a_place_stands_while_the_answer_is_shown(open_map: OpenMap) -> None:
    opened = open_map(link(q=CELLS))
    dock = dock_of(opened)
    wait_for_answer(dock)
    answer = answer_of(opened, q=CELLS)
    out = next(place for place in answer["excluded"] if place["id"] == "teda-nangang")
    remark = point_at(opened, out).locator(".tip-remark")
    expect(remark).to_have_text(f"选址未入选：{'；'.join(reason['zh'] for reason in out['reasons'])}")
    around = next(place for place in answer["results"] if place["tier"] == "surrounding")
    expect(point_at(opened, around)).to_contain_text("选址：文件布局到所在区域，不排名")
    first = ranked(answer)[0]
    expect(point_at(opened, first)).to_contain_text(f"选址：第 {first['rank']} 名，{first['score']:.1f} 分")
    # Another question, other remarks.
    dock.get_by_role("button", name="去掉“距机场不超过 30 公里”").click()
    wait_for_answer(dock)
    expect(point_at(opened, out)).to_contain_text("选址：")
    opened.page.locator("#dock .panel-close").click()
    expect(dock).to_be_hidden()
    tip = point_at(opened, out)
    expect(tip).to_contain_text(out["name"])
    expect(tip.locator(".tip-remark")).to_have_count(0)


def test_only_ranked_places_have_numbers_the_others_a_shape(open_map: OpenMap) -> None:
    fields = {"industries": "integrated-circuits"}
    opened = open_map(link(**fields))
    dock, page = dock_of(opened), opened.page
    wait_for_answer(dock)
    dock.locator(".siting-places > .siting-more").first.click()
    answer = answer_of(opened, **fields)
    numbers = sorted(int(text) for text in page.locator(".siting-mark-number").all_inner_texts())
    assert numbers == [place["rank"] for place in ranked(answer)]
    for tier, name in (("surrounding", "results"), ("related", "related")):
        count = sum(place["tier"] == tier and place["point"] is not None for place in answer[name])
        assert count > 0
        expect(page.locator(f".siting-mark.siting-shape-{tier}")).to_have_count(count)
    shapes = page.locator(".siting-mark.siting-shape")
    assert set(shapes.all_inner_texts()) == {""}
    # Shapes differ in more than colour.
    look = "(element) => ['transform', 'borderRadius'].map((name) => getComputedStyle(element)[name]).join()"
    first = {tier: page.locator(f".siting-mark.siting-shape-{tier}").first for tier in ("surrounding", "related")}
    assert first["surrounding"].evaluate(look) != first["related"].evaluate(look)


def test_districts_that_documents_name_are_outlined(open_map: OpenMap) -> None:
    opened = open_map(link(industries="智能网联汽车"))
    dock, page = dock_of(opened), opened.page
    wait_for_answer(dock)
    answer = answer_of(opened, industries="智能网联汽车")
    places = {place["id"]: place for place in answer["elsewhere"]}
    assert "xiqing" in places
    region = dock.get_by_role("region", name="其他地区")
    expect(region.locator("[data-id=xiqing]")).to_contain_text(places["xiqing"]["says"]["zh"])
    expect(region.locator("[data-id=xiqing]")).to_contain_text(places["xiqing"]["note"]["zh"])
    expect(page.locator("path.siting-elsewhere").first).to_be_attached()
    region.get_by_role("button", name="西青区", exact=True).click()
    expect(page.locator("#panel h2")).to_have_text("西青区")
    page.locator("#panel .panel-close").click()
    page.locator("#dock .panel-close").click()
    expect(page.locator("path.siting-elsewhere")).to_have_count(0)


def test_the_places_come_into_what_is_left_of_the_map(open_map: OpenMap) -> None:
    fields = {"q": "无人机整机制造，要么东丽要么滨海，五百亩左右"}
    opened = open_map(go=False)
    page = opened.page
    page.set_viewport_size({"width": 1440, "height": 900})
    opened.go(link(**fields))
    wait_for_answer(dock_of(opened))
    opened.until("document.querySelector('.siting-mark-number') !== null")
    legend = page.locator("#legend").bounding_box()
    stage = page.locator(".map").bounding_box()
    assert legend and stage
    for place in answer_of(opened, **fields)["results"]:
        x, y = opened.at(*place["point"])
        assert stage["x"] <= x <= stage["x"] + stage["width"] and stage["y"] <= y <= stage["y"] + stage["height"]
        assert x > legend["x"] + legend["width"] or y < legend["y"], place["id"]


def test_functional_areas_stand_inside_their_park_or_apart(open_map: OpenMap) -> None:
    opened = open_map(link(industries="cell-products"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    answer = answer_of(opened, industries="cell-products")
    park = next(place for place in answer["results"] if place["id"] == "thip-bolonghu")
    better = [area for area in park["areas"] if area["better"]]
    inside = dock.locator(".siting-entry[data-id=thip-bolonghu] .siting-inside")
    for area in better:
        expect(inside).to_contain_text(area["name_zh"])
        expect(inside).to_contain_text(f"更合适，因为{area['says']['zh']}")
    assert "bolonghu-cell-valley" not in listed(dock)
    dock.locator("#siting-step-where > summary").click()
    dock.get_by_role("checkbox", name="功能区单独作候选").check()
    opened.until("new URLSearchParams(location.search).get('siting').includes('areas=separate')")
    wait_for_answer(dock)
    apart = answer_of(opened, industries="cell-products", areas="separate")
    ranks = {place["id"]: place["rank"] for place in apart["results"]}
    part = dock.locator(".siting-entry[data-id=bolonghu-cell-valley] .siting-same-land")
    expect(part).to_have_text(f"是渤龙湖科技园（第 {ranks['thip-bolonghu']}）的片区")
    whole = dock.locator(".siting-entry[data-id=thip-bolonghu] .siting-same-land")
    expect(whole).to_contain_text(f"“细胞谷”（第 {ranks['bolonghu-cell-valley']}）")
    assert "bolonghu-cell-valley" in ids_in(dock, "itself")
