"""What a click says: every feature at the place, what is not there, and the record of a zone with its ways out."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.map_page import OpenMap

ALL = "?layers=districts,parks,development-zones,functional-areas,plan-binhai,plan-hitech,plan-tianjin"


def test_a_click_lists_every_feature_of_every_layer_under_it(open_map: OpenMap) -> None:
    opened = open_map(ALL)
    opened.click(*opened.label_point("parks", "thip-bolonghu"))
    panel, here = opened.page.locator("#panel"), opened.page.locator("#panel .here")
    titles = here.locator(".here-title").all_inner_texts()
    for title in ("园区\n示意", "开发区\n推算", "一核两带多片区\n推算", "一谷三区\n推算", "市辖区\n引入"):
        assert title in titles or title.replace("\n", "") in titles
    assert "此处共" in here.locator("summary").inner_text()
    expect(here.locator("[aria-current]")).to_have_count(1)
    expect(panel).not_to_contain_text("没有规划覆盖此点")
    here.get_by_role("button", name="智能制造集聚区").click()
    expect(panel.locator("h2")).to_have_text("智能制造集聚区")
    expect(panel).to_contain_text("高新区规划纲要")
    expect(here.locator("[aria-current]")).to_have_text("智能制造集聚区")
    district = here.locator(".here-layer").filter(has_text="市辖区").get_by_role("button")
    name = district.inner_text()
    district.click()
    expect(panel.locator("h2")).to_have_text(name)
    expect(panel.locator(".rows").first).to_contain_text("公顷")
    opened.shoot("identify-zh-1280x800")
    assert opened.complaints == []


def test_where_no_plan_is_that_is_said_with_the_plans_that_were_looked_at(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks,plan-binhai,plan-hitech")
    panel = opened.page.locator("#panel")
    opened.click(*opened.label_point("parks", "huaming"))
    expect(panel.locator("h2")).to_have_text("华明高新区")
    expect(panel.locator(".no-plan")).to_have_text(
        re.compile("没有规划覆盖此点.*一核两带多片区.*一谷三区|.*一谷三区.*一核两带多片区")
    )
    for title in ("一核两带多片区", "一谷三区"):
        opened.page.get_by_label(title, exact=True).uncheck()
    expect(panel.locator(".no-plan")).to_have_text("没有打开规划图层，未查规划。")
    opened.page.get_by_label("一核双区", exact=True).check()
    expect(panel.locator(".no-plan")).to_be_hidden()
    expect(panel.locator(".here")).to_contain_text("一核双区")


def test_outside_all_layers_the_coordinates_and_the_layers_are_said(open_map: OpenMap) -> None:
    opened = open_map()
    opened.click(118.0, 38.8)
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("此处没有已打开图层的要素")
    said = panel.locator(".place-at").inner_text()
    lng, lat = (float(one) for one in re.findall(r"(\d+\.\d+)°", said))
    assert lng == pytest.approx(118.0, abs=0.005) and lat == pytest.approx(38.8, abs=0.005)
    expect(panel).to_contain_text("已查图层：园区、一核两带多片区、市辖区")
    expect(panel).to_contain_text("没有规划覆盖此点（已查：一核两带多片区）")
    opened.shoot("identify-nothing-1280x800")
    opened.click(*opened.label_point("parks", "teda-nangang"))
    expect(panel.locator("h2")).to_have_text("南港工业区")


def test_the_page_of_a_zone(open_map: OpenMap) -> None:
    opened = open_map("zones/huaming")
    page, panel = opened.page, opened.page.locator("#panel")
    expect(page).to_have_title("华明高新区 · 园图")
    expect(panel.locator("h2")).to_have_text("华明高新区")
    assert page.evaluate("yuantu.map.getZoom()") > 10
    ways = panel.locator(".ways")
    expect(ways).to_contain_text(re.compile(r"机场.*天津滨海国际机场 4\.0 km 东?南", re.S))
    expect(ways).to_contain_text("空港经济区站 311 m")
    expect(panel).to_contain_text("自示意边界量起的椭球面直线距离")
    expect(panel.get_by_role("heading", name="相邻")).to_be_visible()
    expect(panel.locator(".surroundings")).to_contain_text("正文提到 2 个（不在项目表内，不计投资）")
    expect(panel.get_by_role("heading", name="华明高新区的指标")).to_be_attached()
    assert urlsplit(page.url).path == "/zones/huaming"
    opened.shoot("zone-page-1280x800")
    neighbour = panel.locator(".neighbour button").first
    name = neighbour.inner_text()
    neighbour.click()
    expect(panel.locator("h2")).to_have_text(name)
    expect(page).to_have_url(re.compile(r"/\?.*select=parks/"))
    page.go_back()
    expect(panel.locator("h2")).to_have_text("华明高新区")
    assert urlsplit(page.url).path == "/zones/huaming"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert urlsplit(page.url).path == "/"
    assert opened.complaints == []


def test_the_page_of_a_zone_switches_its_layer_on_and_speaks_english(open_map: OpenMap) -> None:
    opened = open_map("zones/teda?lang=en")
    panel = opened.page.locator("#panel")
    expect(opened.page).to_have_title("Tianjin Economic-Technological Development Area (TEDA) · Yuantu")
    expect(panel.locator("h2")).to_contain_text("TEDA")
    expect(opened.page.get_by_label("Development zones", exact=True)).to_be_checked()
    expect(panel.get_by_role("heading", name="Straight-line distances")).to_be_visible()
    assert opened.page.locator("#language").get_attribute("href").startswith("/zones/teda?lang=zh")  # type: ignore[union-attr]
    phone = open_map("zones/teda-east?lang=en", phone=True)
    expect(phone.page.locator("#panel h2")).to_have_text("TEDA East")
    expect(phone.page.locator(".ways")).to_be_attached()
    phone.shoot("zone-page-en-390x844")
    assert opened.complaints == phone.complaints == []


def test_the_link_of_a_feature_is_copied(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks,plan-binhai&select=parks/teda-east")
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel = opened.page.locator("#panel")
    panel.get_by_role("button", name="复制链接").click()
    expect(panel.get_by_role("button", name="已复制")).to_be_visible()
    assert opened.page.evaluate("navigator.clipboard.readText()") == f"{opened.url}/zones/teda-east"
    panel.locator(".here").get_by_role("button", name="滨海新区主城区").click()
    panel.get_by_role("button", name="复制链接").click()
    expect(panel.get_by_role("button", name="已复制")).to_be_visible()
    link = opened.page.evaluate("navigator.clipboard.readText()")
    assert link == f"{opened.url}/?select=plan-binhai/plan-binhai-core"


def test_the_indicators_of_what_a_park_lies_in_unfold(open_map: OpenMap) -> None:
    opened = open_map("zones/teda-east")
    panel = opened.page.locator("#panel")
    expect(panel).to_contain_text("没有单列本区域的指标；以下为所在的滨海新区。")
    rows = panel.locator(".indicators").first.locator("tbody tr")
    assert rows.locator("visible=true").count() == 8
    expect(rows.first).to_contain_text("表1")
    panel.locator(".indicators + .more").first.click()
    expect(rows.last).to_be_visible()


def test_what_cannot_be_read_about_the_surroundings_can_be_asked_for_again(open_map: OpenMap) -> None:
    opened = open_map("zones/teda-east", routes={"**/surroundings": lambda route: route.abort()})
    panel = opened.page.locator("#panel")
    expect(panel.locator(".surroundings")).to_contain_text("服务器没有应答")
    opened.page.unroute("**/surroundings")
    panel.locator(".surroundings").get_by_role("button", name="重试").click()
    expect(panel.locator(".ways")).to_be_visible()
