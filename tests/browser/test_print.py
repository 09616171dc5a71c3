"""Printing as a land-use officer does it: choosing the paper, looking at the sheet, taking the file, or Ctrl-P."""

import io
import re
import unicodedata
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Route, expect
from pypdf import PdfReader

from tests.browser.map_page import ARTIFACTS, Map, OpenMap

FRAME = "document.querySelector('.print-frame').getBoundingClientRect()"


def open_tool(opened: Map) -> None:
    opened.page.get_by_role("button", name="打印", exact=True).click()
    expect(opened.page.get_by_role("button", name="预览")).to_be_visible()


def frame_width_km(opened: Map) -> float:
    """Return how wide the ground in the frame is, by the map's own measure."""
    metres: float = opened.page.evaluate(
        f"""() => {{
            const box = {FRAME}, map = yuantu.map, at = map.getContainer().getBoundingClientRect();
            const y = box.y + box.height / 2 - at.y;
            const [a, b] = [box.x, box.x + box.width].map((x) => map.containerPointToLatLng([x - at.x, y]));
            return map.distance(a, b);
        }}"""
    )
    return metres / 1000


def test_the_frame_shows_what_the_paper_will(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks&view=117.65,39.02,10")
    open_tool(opened)
    page = opened.page
    page.get_by_label("比例尺").select_option("200000")
    # 297 mm less margins of 8, the legend's 60 + 2 and a rim of 5.5 on each side leave 208 mm: 41.6 km at 1:200,000.
    assert frame_width_km(opened) == pytest.approx(41.6, rel=0.005)
    page.get_by_label("A3").check()
    page.get_by_label("纵向").check()
    # 297 mm less 2 x 8 and 2 x 5.5 are 270 mm.
    assert frame_width_km(opened) == pytest.approx(54.0, rel=0.005)
    box = page.evaluate(f"[{FRAME}.width, {FRAME}.height]")
    page.get_by_label("放大").click()
    opened.until(f"{FRAME}.width > {box[0]} * 1.5")
    assert frame_width_km(opened) == pytest.approx(54.0, rel=0.005)
    page.get_by_role("button", name="关闭“打印”").click()
    assert page.locator(".print-frame").count() == 0
    assert opened.complaints == []


def test_the_scale_that_fits_keeps_the_frame_in_the_view(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks&view=117.65,39.02,11&tool=print")
    expect(opened.page.get_by_label("比例尺")).to_be_visible()
    for _ in range(3):
        inside = opened.page.evaluate(
            f"""() => {{
                const a = {FRAME}, b = yuantu.map.getContainer().getBoundingClientRect();
                return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
            }}"""
        )
        assert inside
        opened.page.evaluate("yuantu.map.setZoom(yuantu.map.getZoom() - 1, {animate: false})")


def test_the_choices_are_in_the_address(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks&tool=print")
    page = opened.page
    page.get_by_label("标题").fill("东疆，港口与物流")
    page.get_by_label("A3").check()
    page.get_by_label("坐标网").select_option("kilometres")
    page.get_by_label("比例尺").select_option("50000")
    opened.until("new URLSearchParams(location.search).get('print')?.includes('50000')")
    again = open_map("?" + urlsplit(page.url).query)
    expect(again.page.get_by_label("标题")).to_have_value("东疆，港口与物流")
    expect(again.page.get_by_label("A3")).to_be_checked()
    expect(again.page.get_by_label("坐标网")).to_have_value("kilometres")
    expect(again.page.get_by_label("比例尺")).to_have_value("50000")
    bad = open_map("?layers=parks&tool=print&print=A9,askew")
    expect(bad.page.locator("#notices")).to_contain_text("print")
    expect(bad.page.get_by_label("A4")).to_be_checked()


@pytest.mark.parametrize("phone", [False, True])
def test_the_preview_is_the_sheet(open_map: OpenMap, phone: bool) -> None:
    opened = open_map("?layers=districts,parks,plan-binhai&view=117.65,39.02,10&tool=print", phone=phone)
    page = opened.page
    page.get_by_label("标题").fill("一核两带多片区")
    page.get_by_role("button", name="预览").click()
    dialog = page.get_by_role("dialog", name="预览")
    print_button = dialog.get_by_role("button", name="打印", exact=True)
    expect(print_button).to_be_enabled(timeout=20_000)
    sheet = page.frame_locator(".print-sheet")
    expect(sheet.get_by_role("heading", name="一核两带多片区", level=1)).to_be_visible()
    for words in ("图例", "比例尺 1:", "资料来源", "示意图，不作为法定依据"):
        expect(sheet.locator(".sheet")).to_contain_text(words)
    for part in ("#tools", "#layers", "#notices", ".bar"):
        expect(sheet.locator(part)).to_be_hidden()
    assert sheet.locator(".sheet-number").count() > 8
    opened.shoot(f"print-preview-{'phone' if phone else 'desk'}")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert opened.complaints == []


def test_a_pdf_is_saved_under_its_title(open_map: OpenMap, tmp_path: Path) -> None:
    opened = open_map("?layers=districts,parks&view=117.65,39.02,10&tool=print")
    page = opened.page
    page.get_by_label("标题").fill("园区/分布")
    page.get_by_label("日期").fill("2025-06-01")
    page.get_by_label("纵向").check()
    with page.expect_download(timeout=60_000) as told:
        page.get_by_role("button", name="下载 PDF").click()
        expect(page.locator(".print-said")).to_contain_text("正在制图")
    assert told.value.suggested_filename == "园区_分布 2025-06-01.pdf"
    file = tmp_path / "sheet.pdf"
    told.value.save_as(file)
    (one,) = PdfReader(file).pages
    assert float(one.mediabox.height) > float(one.mediabox.width)
    expect(page.locator(".print-said")).to_contain_text("已生成")
    assert opened.complaints == []


def test_a_server_without_chromium_leaves_the_browsers_own_print(open_map: OpenMap) -> None:
    said = "本服务器没有可用于制图的 Chromium。"

    def refuse(route: Route) -> None:
        body = f'{{"status": 503, "detail": "{said}", "reason": "no-chromium"}}'
        route.fulfill(status=503, content_type="application/problem+json", body=body)

    opened = open_map("?layers=parks&tool=print", routes={"**/print.png**": refuse})
    page = opened.page
    page.get_by_role("button", name="下载 PNG").click()
    expect(page.locator(".print-said")).to_contain_text(said)
    page.get_by_role("button", name="预览并用浏览器打印").click()
    expect(page.get_by_role("dialog", name="预览")).to_be_visible()


def test_the_sheet_is_printed_by_the_browser_on_its_own_paper(open_map: OpenMap) -> None:
    opened = open_map(go=False)
    opened.page.goto(f"{opened.url}/print?layers=parks&paper=A3&orientation=portrait&date=2025-06-01")
    opened.until("document.documentElement.dataset.ready === 'true'")
    pdf = opened.page.pdf(prefer_css_page_size=True, print_background=True)
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((841.9, 1190.6), abs=1)
    assert opened.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_printing_the_workbench_gives_one_page(open_map: OpenMap, scheme: str) -> None:
    opened = open_map("?layers=districts,parks,plan-binhai&tool=print")
    page = opened.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.wait_for_timeout(100)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    ARTIFACTS.mkdir(exist_ok=True)
    (ARTIFACTS / f"print-workbench-{scheme}.pdf").write_bytes(pdf)
    (only,) = PdfReader(io.BytesIO(pdf)).pages
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", only.extract_text()))
    for words in ("园图", "一核两带多片区", "智能科技", "不作为法定依据"):
        assert words in text, words
    for words in ("搜索图层", "下载PDF", "度分秒", "English"):
        assert words not in text, words


def test_a_sheet_keeps_the_address_it_was_asked_with(open_map: OpenMap) -> None:
    opened = open_map(go=False)
    asked = "?layers=parks&view=117.7,39.01,11&scale=100000&date=2025-06-01"
    opened.page.goto(f"{opened.url}/print{asked}")
    opened.until("document.documentElement.dataset.ready === 'true'")
    assert parse_qs(urlsplit(opened.page.url).query) == parse_qs(asked[1:])
    lng, lat = opened.page.evaluate("(({lng, lat}) => [lng, lat])(yuantu.map.getCenter())")
    assert (lng, lat) == pytest.approx((117.7, 39.01), abs=1e-3)
    picture = Image.open(io.BytesIO(opened.page.screenshot()))
    assert picture.size[0] > 0
    assert opened.complaints == []
