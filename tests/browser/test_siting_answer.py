"""Siting, answered: weights that put the list in order, reasons, who is ruled out, places side by side, files."""

import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import openpyxl
import pytest
from playwright.sync_api import Route, expect

from tests.browser.map_page import OpenMap
from tests.browser.siting_page import CELLS, answer_of, dock_of, faded, link, listed, question, scores, wait_for_answer

GATEWAYS = ("port", "airport", "rail", "metro")


def weighed(answer: dict[str, Any], weights: dict[str, float]) -> list[tuple[str, float]]:
    """Return ids and scores under weights of groups, the best first; gateways share theirs."""
    shares = {
        one["name"]: weights[one["group"]] / (4 if one["group"] == "gateways" else 1) for one in answer["criteria"]
    }
    total = sum(shares[one["name"]] for one in answer["results"][0]["criteria"])
    found = [
        (one["id"], sum(100 * value["normalised"] * shares[value["name"]] / total for value in one["criteria"]))
        for one in answer["results"]
    ]
    return sorted(found, key=lambda one: -round(one[1], 6))


def test_a_slider_puts_the_list_in_order_before_the_service_is_asked(open_map: OpenMap) -> None:
    opened = open_map(link(industries="integrated-circuits", area="50公顷"))
    dock, page = dock_of(opened), opened.page
    wait_for_answer(dock)
    before = listed(dock)
    said = answer_of(opened, industries="integrated-circuits", area="50公顷")
    held: list[Route] = []
    page.route("**/api/siting?*", lambda route: held.append(route))
    dock.locator("#siting-step-weights > summary").click()
    slider = dock.get_by_role("slider", name="交通区位")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("PageUp")
    value = float(slider.input_value())
    assert value > 40
    weights = {
        "industry": 45,
        "policy": 15,
        "level": 5,
        "size": 10,
        "gateways": value,
        "agglomeration": 8,
        "crowding": 7,
    }
    expected = weighed(said, weights)
    assert listed(dock) == [one for one, _ in expected[:10]] != before
    assert scores(dock) == pytest.approx([score for _, score in expected[:10]], abs=0.051)
    expect(dock.locator(".siting-front")).to_contain_text(f"1 {dock.locator('.siting-name').first.inner_text()}")
    share = round(100 * value / sum(weights.values()))
    expect(dock.locator("#siting-weight-gateways + output")).to_have_text(f"{share}%")
    opened.until("new URLSearchParams(location.search).get('siting').includes('weights=')")
    page.wait_for_timeout(600)
    assert len(held) == 1
    held[0].continue_()
    expect(dock.locator(".siting-stale")).to_have_count(0)
    assert listed(dock) == [one for one, _ in expected[:10]]
    confirmed = answer_of(opened, **question(page))
    assert [one["id"] for one in confirmed["results"][:10]] == listed(dock)
    expect(slider).to_be_focused()


def test_gateways_can_be_weighed_apart(open_map: OpenMap) -> None:
    opened = open_map(link(industries="marine-equipment"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    dock.locator("#siting-step-weights > summary").click()
    expect(dock.get_by_role("slider", name="规模适配")).to_be_disabled()
    dock.get_by_text("分开设“交通区位”").click()
    dock.get_by_role("slider", name="港口").focus()
    opened.page.keyboard.press("End")
    opened.until("new URLSearchParams(location.search).get('siting').includes('port:100')")
    given = dict(one.split(":") for one in question(opened.page)["weights"].split(","))
    assert "gateways" not in given and set(GATEWAYS) <= given.keys()
    wait_for_answer(dock)
    said = answer_of(opened, **question(opened.page))
    assert said["request"]["weights"]["size"] == 0
    assert listed(dock) == [one["id"] for one in said["results"][:10]]


def test_each_point_is_explained_on_hover_by_key_and_in_text(open_map: OpenMap) -> None:
    opened = open_map(link(q=CELLS))
    dock = dock_of(opened)
    wait_for_answer(dock)
    said = answer_of(opened, q=CELLS)["results"][0]
    values = {one["name"]: one for one in said["criteria"]}
    first = dock.locator(".siting-entry").first
    readout = first.locator(".siting-readout")
    first.locator("[data-name=industry]").hover()
    points = values["industry"]["contribution"]
    expect(readout).to_have_text(f"产业契合：价值 {values['industry']['normalised']:.2f} × 权重 45% = {points:.1f} 分")
    opened.page.mouse.move(0, 0)
    expect(readout).to_be_hidden()
    first.locator("[data-name=industry]").focus()
    opened.page.keyboard.press("ArrowRight")
    expect(first.locator("[data-name=policy]")).to_be_focused()
    expect(readout).to_contain_text("规划政策")
    first.locator(".siting-details > summary").click()
    rows = first.locator(".siting-value")
    expect(rows).to_have_count(len(values))
    expect(rows.first).to_contain_text("产业契合")
    expect(rows.first).to_contain_text(f"= {points:.1f} 分")
    rows.first.locator("summary").click()
    expect(rows.first.locator(".siting-sources")).to_contain_text(
        "《高新区规划纲要》三（三）1·创新药领域 “免疫细胞治疗”"
    )
    assert first.locator(".siting-reasons li").all_inner_texts() == said["reasons"]["zh"]


def test_who_is_ruled_out_and_why_and_what_relaxing_gives(open_map: OpenMap) -> None:
    opened = open_map(link(q=CELLS))
    dock, page = dock_of(opened), opened.page
    wait_for_answer(dock)
    said = answer_of(opened, q=CELLS)
    out = dock.locator("#siting-excluded")
    out.locator("summary").press("Enter")
    entries = out.locator(".siting-outsider")
    expect(entries).to_have_count(len(said["excluded"]))
    jingjin = out.locator("[data-id=thip-jingjin]")
    expect(jingjin.locator("li")).to_have_text("距天津滨海国际机场 33.8 公里，超过 30 公里")
    jingjin.hover()
    expect(jingjin).to_have_attribute("title", "距天津滨海国际机场 33.8 公里，超过 30 公里")
    dock.get_by_role("button", name="机场放宽到 33 公里内，则经开区东区入选").click()
    opened.until("new URLSearchParams(location.search).get('siting').includes('airport:33')")
    wait_for_answer(dock)
    assert question(page) == {"q": CELLS, "max_km": "airport:33"}
    dock.get_by_role("button", name="显示全部").click()
    assert "teda-east" in listed(dock)


def test_where_nothing_is_left_the_way_out_is_a_button(open_map: OpenMap) -> None:
    opened = open_map(link(industries="biologics", max_km="port:0.5"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    expect(dock.locator(".siting-conclusion")).to_contain_text("没有一处同时符合所有条件")
    assert listed(dock) == [] and faded(opened.page)[0] == set()
    dock.locator(".siting-alternatives button").first.click()
    expect(dock.locator(".siting-entry").first).to_be_visible()
    # Two conditions that no single step undoes: each can be dropped.
    opened.go(link(industries="biologics", max_km="port:0.5,airport:0.5"))
    wait_for_answer(dock)
    dock.get_by_role("button", name="去掉“距最近的港口直线不超过 0.5 公里”").click()
    opened.until("!new URLSearchParams(location.search).get('siting').includes('port:0.5,')")
    wait_for_answer(dock)
    assert question(opened.page) == {"industries": "biologics", "max_km": "airport:0.5"}


def test_candidates_side_by_side(open_map: OpenMap) -> None:
    opened = open_map(link(industries="integrated-circuits"))
    dock, page = dock_of(opened), opened.page
    wait_for_answer(dock)
    chosen = listed(dock)[:2]
    dock.get_by_role("checkbox", name="对比").first.check()
    expect(dock.locator(".siting-tray")).to_contain_text("再选一处")
    dock.get_by_role("checkbox", name="对比").nth(1).check()
    dock.get_by_role("button", name="并排对比").click()
    table = dock.get_by_role("table")
    answer = answer_of(opened, industries="integrated-circuits")
    said = {one["id"]: one for one in answer["results"]}
    pairs = zip(*(said[one]["criteria"] for one in chosen), strict=True)
    values = next(pair for pair in pairs if pair[0]["normalised"] != pair[1]["normalised"])
    title = next(one["title"]["zh"] for one in answer["criteria"] if one["name"] == values[0]["name"])
    row = page.get_by_role("rowheader", name=title)
    cells = table.get_by_role("row").filter(has=row).get_by_role("cell")
    for place, value in enumerate(values):
        expect(cells.nth(place)).to_contain_text(f"{value['normalised']:.2f}，{value['contribution']:.1f} 分")
        expect(cells.nth(place)).to_contain_text(value["says"]["zh"])
    best = max(range(2), key=lambda place: float(values[place]["normalised"]))
    expect(cells.nth(best)).to_contain_text("最高")
    expect(cells.nth(1 - best)).not_to_contain_text("最高")
    opened.shoot("siting-beside-1280x800")
    dock.get_by_role("button", name="返回排名").click()
    assert listed(dock)[:2] == chosen
    dock.get_by_role("button", name="并排对比").click()
    dock.get_by_role("button", name="对比园区资料").click()
    expect(page.locator("#compare-body table")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["compare"] == [f"table:{','.join(chosen)}"]
    page.go_back()
    wait_for_answer(dock_of(opened))


def test_the_answer_as_files(open_map: OpenMap) -> None:
    opened = open_map(link(industries="rail-transit-equipment", area="10公顷"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    files = dock.locator(".siting-files a")
    hrefs = {one.inner_text(): str(one.get_attribute("href")) for one in files.all()}
    assert set(hrefs) == {"XLSX", "GeoJSON", "报告", "报告 PDF"}
    first = dock.locator(".siting-name").first.inner_text()
    book = openpyxl.load_workbook(io.BytesIO(httpx.get(opened.url + hrefs["XLSX"], timeout=30).content))
    assert any(cell.value == first for row in book["排名"].iter_rows() for cell in row)
    collection = httpx.get(opened.url + hrefs["GeoJSON"], timeout=30).json()
    assert collection["features"][0]["properties"]["name_zh"] == first
    assert first in httpx.get(opened.url + hrefs["报告"], timeout=30).text


def test_how_steady_the_first_place_is_in_plain_words(open_map: OpenMap) -> None:
    opened = open_map(link(industries="aviation"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    said = answer_of(opened, industries="aviation")
    box = dock.locator("#siting-steadiness")
    box.locator("summary").click()
    share = said["sensitivity"]["winner_first_share"]
    name = said["results"][0]["name_zh"]
    expect(box).to_contain_text(f"所有权重随机上下浮动 20%，1,000 次里{name}有 {round(1000 * share):,} 次居首")
    change = said["sensitivity"]["smallest_change"]
    expect(box).to_contain_text(change["says"]["zh"] if change else "单独改变任何一项权重，首位都不变")
    expect(box).to_contain_text("TOPSIS")
