"""Comparing: two sides of a bar over the map, and two to four parks in a table."""

import io
import re
import unicodedata
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pypdf
from playwright.sync_api import Page, expect

from tests.browser.map_page import Map, OpenMap

PLANS = "?layers=districts,parks,plan-binhai,plan-hitech"


def query_of(page: Page) -> dict[str, str]:
    return {name: value for name, [value] in parse_qs(urlsplit(page.url).query, keep_blank_values=True).items()}


def layers_on(opened: Map) -> set[str]:
    return set(opened.page.evaluate("yuantu.layerOrder()"))


def names_at(opened: Map, lng: float, lat: float) -> list[str]:
    """Return the layers that a click finds at a place."""
    found: list[str] = opened.page.evaluate(
        """async ([lng, lat]) => {
            const { identify } = await import("/static/js/identify.js");
            return identify(yuantu.map, yuantu.layers.values(), L.latLng(lat, lng)).map(([item]) => item.layer.id);
        }""",
        [lng, lat],
    )
    return found


def colour_under(opened: Map, layer: str, side: str) -> bool:
    """Tell whether the pane of a layer lets through a point at the middle of a side of the bar."""
    shown: bool = opened.page.evaluate(
        """([layer, side]) => {
            const box = document.querySelector(".map").getBoundingClientRect();
            const bar = document.querySelector(".swipe-bar").getBoundingClientRect();
            const middle = bar.x + bar.width / 2;
            const x = side === "left" ? (box.left + middle) / 2 : (middle + box.right) / 2;
            const pane = yuantu.map.getPane(`layer-${layer}`);
            const cut = getComputedStyle(pane).clipPath;
            if (cut === "none") return true;
            const xs = [...cut.matchAll(/(-?[\\d.e+]+)px -?[\\d.e+]+px/g)].map(([, one]) => Number(one));
            const at = x - pane.getBoundingClientRect().x;
            return at >= Math.min(...xs) && at <= Math.max(...xs);
        }""",
        [layer, side],
    )
    return shown


def test_two_plans_on_both_sides_of_a_bar(open_map: OpenMap) -> None:
    opened = open_map(PLANS)
    page = opened.page
    page.locator("#tool-compare").click()
    bar = page.get_by_role("slider", name="卷帘分界")
    expect(bar).to_have_attribute("aria-valuenow", "50")
    expect(bar).to_have_attribute("aria-valuetext", "50%，左：一核两带多片区，右：一谷三区")
    expect(page.locator(".swipe-left")).to_have_text("一核两带多片区")
    expect(page.locator(".swipe-right")).to_have_text("一谷三区")
    for layer, sides in {"plan-binhai": (True, False), "plan-hitech": (False, True), "parks": (True, True)}.items():
        assert (colour_under(opened, layer, "left"), colour_under(opened, layer, "right")) == sides
    legends = page.locator(".compare-legend")
    expect(legends.nth(0)).to_contain_text("一核两带多片区")
    expect(legends.nth(1)).to_contain_text("一谷三区")
    expect(legends.nth(2)).to_contain_text("生物医药")
    opened.shoot("swipe-zh-1280x800")
    # The park is right of the bar: the plan of the left is not found there until the bar has passed it.
    place = opened.label_point("parks", "thip-bolonghu")
    assert opened.at(*place)[0] > bar.bounding_box()["x"] + 16  # type: ignore[index]
    assert "plan-hitech" in names_at(opened, *place) and "plan-binhai" not in names_at(opened, *place)
    bar.focus()
    page.keyboard.press("End")
    expect(bar).to_have_attribute("aria-valuenow", "100")
    assert "plan-binhai" in names_at(opened, *place) and "plan-hitech" not in names_at(opened, *place)
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    expect(bar).to_have_attribute("aria-valuenow", "12")
    assert opened.complaints == []


def test_the_bar_is_dragged_and_stays_when_the_map_moves(open_map: OpenMap) -> None:
    opened = open_map(PLANS)
    page = opened.page
    page.locator("#tool-compare").click()
    bar = page.get_by_role("slider")
    box = page.locator(".map").bounding_box()
    assert box
    grip = bar.bounding_box()
    assert grip
    before = page.evaluate("yuantu.map.getCenter().lng")
    page.mouse.move(grip["x"] + 16, grip["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.25, grip["y"] + 220, steps=4)
    page.mouse.up()
    expect(bar).to_have_attribute("aria-valuenow", "25")
    assert page.evaluate("yuantu.map.getCenter().lng") == before, "the map does not go with the bar"
    expect(page.locator("#panel")).to_be_hidden()
    for move in (
        "yuantu.map.panBy([230, 90], {animate: false})",
        "yuantu.map.setZoom(yuantu.map.getZoom() + 2, {animate: false})",
    ):
        page.evaluate(move)
        assert bar.bounding_box()["x"] + 16 == round(box["x"] + box["width"] * 0.25)  # type: ignore[index]
        assert colour_under(opened, "plan-binhai", "left") and not colour_under(opened, "plan-binhai", "right")
        assert colour_under(opened, "plan-hitech", "right") and not colour_under(opened, "plan-hitech", "left")
    page.set_viewport_size({"width": 1000, "height": 700})
    opened.until("Math.abs(document.querySelector('.swipe-bar').offsetLeft + 16 - yuantu.map.getSize().x / 4) < 2")
    assert not colour_under(opened, "plan-hitech", "left")


def test_sides_are_chosen_kept_in_the_address_and_given_back(open_map: OpenMap) -> None:
    opened = open_map(PLANS)
    page = opened.page
    page.locator("#tool-compare").click()
    page.get_by_label("右侧").select_option(label="两带集聚、双城优化、智谷升级、组团联动")
    opened.settle()
    expect(page.locator(".swipe-right")).to_have_text("两带集聚、双城优化、智谷升级、组团联动")
    assert layers_on(opened) == {"districts", "parks", "plan-binhai", "plan-tianjin"}
    page.get_by_label("左侧").select_option(label="产业布局")
    opened.settle()
    assert "theme-parks" in layers_on(opened) and "plan-binhai" not in layers_on(opened)
    page.get_by_role("button", name="左右互换").click()
    expect(page.locator(".swipe-right")).to_have_text("产业布局")
    kept = query_of(page)["compare"]
    assert re.fullmatch(r"swipe:[a-z,-]*plan-tianjin/[a-z,-]*theme-parks[a-z,-]*/50", kept)
    # A layer switched on in the tree is on both sides.
    page.locator("#layer-facilities").check()
    opened.settle()
    assert colour_under(opened, "facilities", "left") and colour_under(opened, "facilities", "right")
    expect(page).to_have_url(re.compile("compare=swipe:[a-z,-]*facilities[a-z,-]*/[a-z,-]*facilities"))
    again = open_map(urlsplit(page.url)._replace(scheme="", netloc="").geturl().lstrip("/"))
    expect(again.page.locator(".swipe-right")).to_contain_text("特色主题园区")
    assert layers_on(again) == layers_on(opened)
    page.get_by_role("button", name="关闭“对比”").click()
    expect(page.locator(".swipe")).to_have_count(0)
    assert layers_on(opened) == {"districts", "parks", "plan-binhai", "plan-hitech"}
    assert "compare" not in query_of(page)
    assert page.evaluate("[...yuantu.layers.keys()].every((id) => !yuantu.map.getPane(`layer-${id}`).style.clipPath)")
    assert opened.complaints == again.complaints == []


def test_the_bar_on_a_phone(open_map: OpenMap) -> None:
    opened = open_map(f"{PLANS}&tool=compare&lang=en", phone=True)
    bar = opened.page.get_by_role("slider", name="Bar between the sides")
    box = bar.bounding_box()
    assert box and box["width"] >= 32
    opened.page.get_by_role("button", name="Fold").click()
    opened.shoot("swipe-en-390x844")
    expect(opened.page.locator(".swipe-left")).to_have_text("One core, two belts, several areas")
    opened.page.touchscreen.tap(box["x"] + 16, box["y"] + 240)
    expect(bar).to_be_focused()
    assert opened.complaints == []


def test_layers_in_tiles_are_cut_too(open_map: OpenMap) -> None:
    def always(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        route.fulfill(response=answer, body=re.sub(r'"drawn":\s*"auto"', '"drawn":"always"', answer.text()))  # type: ignore[attr-defined]

    opened = open_map(PLANS, routes={re.compile(r":\d+/(\?.*)?$"): always})  # type: ignore[dict-item]
    assert opened.page.evaluate("yuantu.layers.get('plan-binhai').isTiled")
    opened.page.locator("#tool-compare").click()
    expect(opened.page.get_by_role("slider")).to_be_visible()
    opened.settle()
    place = opened.label_point("parks", "thip-bolonghu")
    assert "plan-hitech" in names_at(opened, *place) and "plan-binhai" not in names_at(opened, *place)
    assert colour_under(opened, "plan-binhai", "left") and not colour_under(opened, "plan-binhai", "right")


def test_parks_are_added_from_the_panel_and_by_search(open_map: OpenMap) -> None:
    opened = open_map()
    page, dock = opened.page, opened.page.locator("#dock")
    opened.click(*opened.label_point("parks", "teda-east"))
    page.get_by_role("button", name="加入对比").click()
    expect(dock.get_by_role("tab", name="园区对比表")).to_have_attribute("aria-selected", "true")
    expect(dock.get_by_role("list", name="所选园区")).to_contain_text("经开区东区")
    expect(dock.get_by_role("status").last).to_contain_text("再选 1 个即可对比")
    find = dock.get_by_label("添加园区")
    find.fill("bolonghu")
    dock.locator(".compare-hits").get_by_role("button", name="渤龙湖科技园").click()
    table = dock.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["项目", "经开区东区", "渤龙湖科技园"])
    find.fill("华明")
    expect(dock.locator(".compare-hits button").first).to_contain_text("华明高新区")
    find.press("Enter")
    expect(table.get_by_role("columnheader")).to_have_count(4)
    expect(find).to_be_focused()
    smart = table.get_by_role("row").filter(has_text="智能科技").first
    expect(smart.get_by_role("rowheader")).to_contain_text("共有")
    expect(smart).to_contain_text("滨海工业规划　表2·经开区·东区")
    expect(table.get_by_role("row", name="最近港区")).to_contain_text("4.3 km")
    opened.shoot("compare-table-zh-1280x800")
    assert query_of(page)["compare"] == "table:teda-east,thip-bolonghu,huaming"
    assert page.locator("path.lit").count() == 3
    alike = table.get_by_role("row").filter(has_text="类型")
    expect(alike).to_be_visible()
    dock.get_by_label("只显示不同的行").check()
    expect(alike).to_be_hidden()
    dock.get_by_role("button", name="移除“华明高新区”").click()
    expect(table.get_by_role("columnheader")).to_have_count(3)
    page.go_back()
    expect(table.get_by_role("columnheader")).to_have_count(4)
    assert opened.complaints == []


def test_a_park_and_what_is_said_of_the_area_around_it(open_map: OpenMap) -> None:
    opened = open_map("?tool=compare&compare=table:teda-east,dagang-petro")
    dock = opened.page.locator("#dock")
    table = dock.get_by_role("table")
    expect(table).to_be_visible()

    def cells(row: str) -> list[str]:
        return table.get_by_role("row", name=row, exact=False).first.get_by_role("cell").all_inner_texts()

    assert cells("图上面积")[1] == "边界为估计，不计面积"
    assert cells("图形范围的依据") == ["公布资料给出范围或面积", "示意，文件未写明范围"]
    assert cells("管理归属") == ["滨海新区", "滨海新区"]
    none, around = cells("所在片区（大港片区）")
    assert none == "—" and "汽车关键零部件" in around and "原文“汽车零部件”" in around
    expect(table.get_by_role("row", name="所在片区的产业（文件对片区整体所说，不等于园区自身）")).to_be_visible()
    own = table.locator("tbody").filter(has=opened.page.get_by_role("rowheader", name="重点产业", exact=True))
    expect(own).not_to_contain_text("汽车")
    expect(dock.locator(".compare-notes")).to_contain_text("规划期 2021—2025，已届满")
    opened.shoot("compare-surrounding-zh-1280x800")
    assert opened.complaints == []


def test_parks_of_an_address_are_seen_beside_the_table(open_map: OpenMap) -> None:
    opened = open_map("?tool=compare&compare=table:teda-east,thip-marine,dongjiang")
    expect(opened.page.get_by_role("table").get_by_role("columnheader")).to_have_count(4)
    opened.until(
        """["teda-east", "thip-marine", "dongjiang"].every((id) => {
            const [west, south, east, north] = yuantu.layers.get("parks").items.find((item) => item.id === id).bounds;
            return yuantu.map.getBounds().contains([[south, west], [north, east]]); })"""
    )
    opened.go("?tool=compare&compare=table:teda-east,thip-marine&view=117.2,39.4,12")
    expect(opened.page.get_by_role("table").get_by_role("columnheader")).to_have_count(3)
    opened.settle()
    opened.until("location.search.includes('view=117.2,39.4,12')")


def test_at_most_four_and_none_that_there_is_not(open_map: OpenMap) -> None:
    opened = open_map("?tool=compare&compare=table:teda-east,teda-west,huaming,thip-marine")
    dock = opened.page.locator("#dock")
    expect(dock.get_by_role("table").get_by_role("columnheader")).to_have_count(5)
    dock.get_by_label("添加园区").fill("南港")
    dock.locator(".compare-hits button").first.click()
    expect(dock.get_by_role("status").last).to_contain_text("最多对比 4 个")
    wrong = open_map("?tool=compare&compare=table:teda-east,nowhere").page.locator("#dock")
    expect(wrong.get_by_role("alert")).to_contain_text("没有这个区域")
    malformed = open_map("?tool=compare&compare=side-by-side").page
    expect(malformed.locator("#notices")).to_contain_text("网址中的“compare”无法识别")


def test_the_table_is_downloaded_and_printed(open_map: OpenMap) -> None:
    opened = open_map("?tool=compare&compare=table:teda-east,huaming")
    page = opened.page
    expect(page.get_by_role("table")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 XLSX").click()
    assert download.value.suggested_filename == "园区对比-经开区东区-华明高新区.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert book.sheetnames == ["园区对比", "数值", "出处"]
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    width, height = paper.pages[0].mediabox.width, paper.pages[0].mediabox.height
    assert width > height, "it lies"
    # Chromium writes some characters as the radicals that look alike.
    text = unicodedata.normalize("NFKC", re.sub(r"\s", "", "".join(one.extract_text() for one in paper.pages)))
    for words in ("园区对比表", "经开区东区", "4,000公顷", "示意图,不作为法定依据"):
        assert words in text
    assert "测量绘制" not in text
    expect(page.locator(".compare-sheet")).to_have_count(0)


def test_the_table_on_a_phone_in_english(open_map: OpenMap) -> None:
    opened = open_map("?tool=compare&compare=table:teda-east,thip-bolonghu,huaming,ecocity&lang=en", phone=True)
    table = opened.page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Item", "TEDA East", "Bolonghu Science Park", "Huaming Hi-tech Zone", "Sino-Singapore Tianjin Eco-City"]
    )
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    scroll = opened.page.get_by_role("region", name="Table of parks")
    assert scroll.evaluate("element => element.scrollWidth > element.clientWidth")
    opened.shoot("compare-table-en-390x844")
    assert opened.complaints == []
