"""Siting on the map: places chosen and pointed at, and a drawn polygon that confines the search."""

import json
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.map_page import Map, OpenMap
from tests.browser.siting_page import CELLS, answer_of, dock_of, link, listed, question, wait_for_answer


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
    page.locator(".siting-mark", has_text="1").first.click()
    expect(page.locator("#panel")).to_contain_text("高新区海洋片区")


def test_a_drawn_polygon_confines_the_search(open_map: OpenMap) -> None:
    opened = open_map()
    ring = [[117.55, 38.6], [118.05, 38.6], [118.05, 39.02], [117.55, 39.02], [117.55, 38.6]]
    area = {"type": "Polygon", "coordinates": [ring]}
    opened.page.evaluate("(area) => yuantu.tools.open('siting', { area, at: [117.8, 38.8] })", area)
    dock = dock_of(opened)
    expect(dock.locator("#siting-step-where .siting-step-says")).to_have_text("所画范围内")
    expect(opened.page.locator(".siting-searched")).to_have_count(1)
    dock.get_by_role("searchbox").fill("海洋装备")
    dock.get_by_role("searchbox").press("Enter")
    wait_for_answer(dock)
    said = answer_of(opened, industries="marine-equipment", within=json.dumps(area))
    for one in said["results"]:
        lng, lat = one["point"]
        assert 117.55 <= lng <= 118.05 and 38.6 <= lat <= 39.02
    assert listed(dock) == [one["id"] for one in said["results"][:10]]
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
    opened.page.on("request", lambda one: methods.append(one.method) if "/api/siting" in one.url else None)
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
            const box = document.querySelector(".map").getBoundingClientRect();
            const at = yuantu.map.latLngToContainerPoint([lat, lng]);
            return [box.x + at.x, box.y + at.y];
        }""",
        place["point"],
    )
    page.mouse.move(x - 4, y)
    page.mouse.move(x, y)
    return page.locator(".leaflet-tooltip.tip")


def test_the_map_says_why_a_place_is_ruled_out_while_the_answer_is_shown(open_map: OpenMap) -> None:
    opened = open_map(link(q=CELLS))
    dock = dock_of(opened)
    wait_for_answer(dock)
    said = answer_of(opened, q=CELLS)
    out = next(one for one in said["excluded"] if one["id"] == "teda-nangang")
    tip = point_at(opened, out)
    expect(tip.locator(".tip-remark")).to_have_text(f"选址未入选：{out['reasons'][0]['zh']}")
    # A park whose level does not do and that is near enough gives that reason alone.
    out = next(one for one in said["excluded"] if one["id"] == "huaming")
    assert [one["constraint"] for one in out["reasons"]] == ["level"]
    expect(point_at(opened, out).locator(".tip-remark")).to_have_text("选址未入选：级别为市级")
    inside = next(one for one in said["results"] if one["id"] == "ftz-airport")
    expect(point_at(opened, inside)).to_contain_text(f"选址：第 {inside['rank']} 名，{inside['score']:.1f} 分")
    # Another question, other remarks.
    dock.get_by_role("button", name="去掉“级别：国家级”").click()
    wait_for_answer(dock)
    expect(point_at(opened, out)).to_contain_text("选址：第")
    opened.page.locator("#dock .panel-close").click()
    expect(dock).to_be_hidden()
    tip = point_at(opened, out)
    expect(tip).to_contain_text(out["name"])
    expect(tip.locator(".tip-remark")).to_have_count(0)


def test_a_park_and_its_parts_name_each_other_with_their_ranks(open_map: OpenMap) -> None:
    opened = open_map(link(industries="cell-products"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    dock.get_by_role("button", name="显示全部").click()
    ranks = {one["id"]: one["rank"] for one in answer_of(opened, industries="cell-products")["results"]}
    part = dock.locator(".siting-entry[data-id=bolonghu-cell-valley] .siting-kin")
    expect(part).to_have_text(f"是渤龙湖科技园（第 {ranks['thip-bolonghu']}）的片区")
    whole = dock.locator(".siting-entry[data-id=thip-bolonghu] .siting-kin")
    expect(whole).to_contain_text(f"“细胞谷”（第 {ranks['bolonghu-cell-valley']}）")
    expect(dock.locator(".siting-entry[data-id=dongjiang] .siting-kin")).to_be_hidden()
