"""Siting, answered: weights that put the list in order, reasons, who is ruled out, places side by side, files."""

import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import openpyxl
import pytest
from playwright.sync_api import Route, expect

from tests.browser.map_page import OpenMap
from tests.browser.siting_page import (
    CELLS,
    answer_of,
    dock_of,
    faded,
    ids_in,
    link,
    listed,
    question,
    ranked,
    scores,
    wait_for_answer,
)


def weighed(answer: dict[str, Any], weights: dict[str, float]) -> list[tuple[str, float]]:
    """Return ids and scores of the ranked places under weights of criteria, the best first."""
    total = sum(weights.values())
    found = [
        (place["id"], sum(100 * value["normalised"] * weights[value["name"]] / total for value in place["criteria"]))
        for place in ranked(answer)
    ]
    return sorted(found, key=lambda pair: -round(pair[1], 6))


def test_a_slider_puts_the_list_in_order_before_the_service_is_asked(open_map: OpenMap) -> None:
    fields = {"industries": "integrated-circuits", "emphasis": "metro"}
    opened = open_map(link(**fields))
    dock, page = dock_of(opened), opened.page
    wait_for_answer(dock)
    answer = answer_of(opened, **fields)
    held: list[Route] = []
    page.route("**/api/siting?*", lambda route: held.append(route))
    dock.locator("#siting-step-weights > summary").click()
    slider = dock.get_by_role("slider", name="地铁站")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("PageUp")
    value = float(slider.input_value())
    assert value > 40
    before = answer["request"]["weights"]
    weights = {name: round(100 * weight, 2) for name, weight in before.items() if weight > 0} | {"metro": value}
    expected = weighed(answer, weights)
    assert listed(dock) == [place for place, _ in expected]
    assert scores(dock) == pytest.approx([score for _, score in expected], abs=0.051)
    # Places around which something is stated stay behind those where it is, whatever they score.
    around = [place["id"] for place in answer["results"] if place["tier"] == "surrounding"]
    assert set(ids_in(dock, "surrounding")) <= set(around)
    expect(dock.locator(".siting-leaders")).to_contain_text(dock.locator(".siting-name").first.inner_text())
    share = round(100 * value / sum(weights.values()))
    expect(dock.locator("#siting-weight-metro + output")).to_have_text(f"{share}%")
    opened.until("new URLSearchParams(location.search).get('siting').includes('weights=')")
    page.wait_for_timeout(600)
    assert len(held) == 1
    held[0].continue_()
    expect(dock.locator(".siting-stale")).to_have_count(0)
    confirmed = answer_of(opened, **question(page))
    assert listed(dock) == [place["id"] for place in ranked(confirmed)]
    assert scores(dock) == pytest.approx([place["score"] for place in ranked(confirmed)], abs=0.051)
    assert dict(expected) == pytest.approx({place["id"]: place["score"] for place in ranked(confirmed)}, abs=1e-4)
    expect(slider).to_be_focused()


def test_only_what_counts_has_a_slider_and_more_can_be_added(open_map: OpenMap) -> None:
    opened = open_map(link(industries="integrated-circuits"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    answer = answer_of(opened, industries="integrated-circuits")
    dock.locator("#siting-step-weights > summary").click()
    used = [criterion["title"]["zh"] for criterion in answer["criteria"] if criterion["used"]]
    expect(dock.get_by_role("slider")).to_have_count(len(used))
    for title in used:
        expect(dock.get_by_role("slider", name=title)).to_be_visible()
    dock.get_by_label("再计入").select_option(label="港口")
    opened.until("new URLSearchParams(location.search).get('siting').includes('port:10')")
    wait_for_answer(dock)
    expect(dock.get_by_role("slider", name="港口")).to_have_value("10")
    # What weighs nothing keeps its slider, so that it can be raised again.
    dock.get_by_role("slider", name="港口").focus()
    opened.page.keyboard.press("Home")
    opened.until("new URLSearchParams(location.search).get('siting').includes('port:0')")
    wait_for_answer(dock)
    expect(dock.get_by_role("slider", name="港口")).to_have_value("0")
    dock.get_by_role("button", name="产业优先").click()
    expect(dock.get_by_role("slider", name="港口")).to_have_count(0)


def test_the_service_s_own_rule_says_so_and_can_be_left_out(open_map: OpenMap) -> None:
    opened = open_map(link(industries="marine-equipment"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    needs = answer_of(opened, industries="marine-equipment")["request"]["needs"]
    assert [need["gateway"] for need in needs] == ["port"]
    line = dock.locator(".siting-needs-line")
    expect(line).to_contain_text("本服务规则")
    expect(line).to_contain_text(needs[0]["why"]["zh"])
    dock.locator("#siting-step-weights > summary").click()
    row = dock.locator(".siting-slider", has=opened.page.get_by_role("slider", name="港口"))
    expect(row).to_contain_text("本服务规则")
    dock.get_by_role("checkbox", name="计入本服务规则").uncheck()
    opened.until("new URLSearchParams(location.search).get('siting').includes('needs=off')")
    wait_for_answer(dock)
    expect(row).to_have_count(0)
    expect(line).to_have_count(0)
    dock.get_by_role("checkbox", name="计入本服务规则").check()
    wait_for_answer(dock)
    expect(row).to_have_count(1)


def test_each_point_is_explained_on_hover_by_key_and_in_text(open_map: OpenMap) -> None:
    opened = open_map(link(q=CELLS))
    dock = dock_of(opened)
    wait_for_answer(dock)
    place = answer_of(opened, q=CELLS)["results"][0]
    values = {value["name"]: value for value in place["criteria"]}
    first = dock.locator(".siting-entry").first
    readout = first.locator(".siting-readout")
    first.locator("[data-name=industry]").hover()
    points = values["industry"]["contribution"]
    weight = round(100 * values["industry"]["weight"])
    value = values["industry"]["normalised"]
    expect(readout).to_have_text(f"产业契合：价值 {value:.2f} × 权重 {weight}% = {points:.1f} 分")
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
    sources = rows.first.locator(".siting-sources")
    expect(sources).to_contain_text("高新区规划纲要　三（三）1·创新药领域 “免疫细胞治疗”")
    reasons = first.locator(".siting-reasons li").all_inner_texts()
    assert reasons[-len(place["reasons"]["zh"]) :] == place["reasons"]["zh"]
    assert any(reason.startswith(place["tier_says"]["zh"]) for reason in reasons)


def test_who_is_ruled_out_and_why_and_what_relaxing_gives(open_map: OpenMap) -> None:
    fields = {"industries": "biologics", "max_km": "airport:15"}
    opened = open_map(link(**fields))
    dock, page = dock_of(opened), opened.page
    wait_for_answer(dock)
    answer = answer_of(opened, **fields)
    out = dock.locator("#siting-excluded")
    out.locator("summary").press("Enter")
    expect(out.locator(".siting-outsider")).to_have_count(len(answer["excluded"]))
    record = next(place for place in answer["excluded"] if place["id"] == "teda-east")
    entry = out.locator("[data-id=teda-east]")
    assert entry.locator("li").all_inner_texts() == [reason["zh"] for reason in record["reasons"]]
    expect(entry.locator("li")).to_contain_text("超过 15 公里")
    way = next(item for item in answer["alternatives"] if item["constraint"] == "max_km.airport")
    dock.get_by_role("button", name=way["says"]["zh"]).click()
    opened.until(f"new URLSearchParams(location.search).get('siting').includes('airport:{way['relax_to']:g}')")
    wait_for_answer(dock)
    assert question(page) == {"industries": "biologics", "max_km": f"airport:{way['relax_to']:g}"}
    assert way["id"] in listed(dock) + ids_in(dock, "surrounding")


def test_where_nothing_is_left_the_way_out_is_a_button(open_map: OpenMap) -> None:
    fields = {"industries": "biologics", "max_km": "port:0.5,airport:0.5"}
    opened = open_map(link(**fields))
    dock = dock_of(opened)
    wait_for_answer(dock)
    answer = answer_of(opened, **fields)
    assert answer["counts"]["remaining"] == 0
    expect(dock.locator(".siting-conclusion-none")).to_have_text(answer["conclusion"]["zh"])
    assert listed(dock) == [] and faded(opened.page)[0] == set()
    dock.locator(".siting-alternatives button").first.click()
    expect(dock.locator(".siting-entry").first).to_be_visible()
    # Conditions that no single step undoes: each can be dropped.
    opened.go(link(industries="biologics", max_km="port:0.5", avoid_districts="binhai", level="town"))
    wait_for_answer(dock)
    expect(dock.locator(".siting-alternatives button").first).to_be_visible()


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
    places = {place["id"]: place for place in answer["results"]}
    pairs = zip(*(places[place]["criteria"] for place in chosen), strict=True)
    values = next(pair for pair in pairs if pair[0]["normalised"] != pair[1]["normalised"])
    title = next(item["title"]["zh"] for item in answer["criteria"] if item["name"] == values[0]["name"])
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
    hrefs = {item.inner_text(): str(item.get_attribute("href")) for item in files.all()}
    assert set(hrefs) == {"XLSX", "GeoJSON", "报告", "报告 PDF"}
    first = dock.locator(".siting-name").first.inner_text()
    book = openpyxl.load_workbook(io.BytesIO(httpx.get(opened.url + hrefs["XLSX"], timeout=30).content))
    assert any(cell.value == first for row in book["排名"].iter_rows() for cell in row)
    collection = httpx.get(opened.url + hrefs["GeoJSON"], timeout=30).json()
    assert collection["features"][0]["properties"]["name_zh"] == first
    assert first in httpx.get(opened.url + hrefs["报告"], timeout=30).text


def test_how_reliable_the_first_place_is_in_plain_words(open_map: OpenMap) -> None:
    opened = open_map(link(industries="biologics"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    answer = answer_of(opened, industries="biologics")
    assert answer["verdict"]["stable"]
    box = dock.locator(".siting-verdict-box")
    expect(box).to_contain_text(f"首选：{answer['results'][0]['name_zh']}")
    expect(box.locator(".siting-verdict")).to_have_text("稳")
    # The word stands once: in the mark, not before the sentence again.
    expect(box).not_to_contain_text("稳：")
    expect(dock.locator(".siting-badge-first")).to_have_text(["首选"])
    turned = dock.locator("#siting-steadiness")
    turned.locator("summary").click()
    for cause in answer["verdict"]["turned_by"]:
        expect(turned).to_contain_text(cause["says"]["zh"])
    expect(turned).to_contain_text("TOPSIS")


def test_places_that_cannot_be_told_apart_are_first_together(open_map: OpenMap) -> None:
    opened = open_map(link(industries="integrated-circuits"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    answer = answer_of(opened, industries="integrated-circuits")
    group = answer["verdict"]["group"]
    assert len(group) > 1 and not answer["verdict"]["stable"]
    names = {place["id"]: place["name_zh"] for place in answer["results"]}
    box = dock.locator(".siting-verdict-box")
    expect(box).to_contain_text(f"并列首选：{'、'.join(names[place] for place in group)}")
    expect(box.locator(".siting-verdict")).to_have_text("不稳")
    expect(dock.locator(".siting-badge-first")).to_have_text(["并列首选"] * len(group))
    expect(dock.locator(".siting-in-group")).to_have_count(len(group))
