"""What the page says of where its shapes come from, and how it shows what is land."""

import pytest
from playwright.sync_api import expect

from tests.browser.map_page import OpenMap


@pytest.mark.parametrize(
    ("query", "chinese", "english"),
    [
        ("parks/teda-east", "东边线沿海滨大道", "East edge follows"),
        ("parks/teda-zgc", "未经核实：约1030公顷", "Unverified: about 1030 ha"),
        ("development-zones/teda", "由所辖11个园区的边界合并而成", "Union of the footprints of its 11 parks"),
        ("districts/dongli", "GCJ-02坐标", "taken as GCJ-02"),
        ("plan-tianjin/plan-tianjin-coastal-north", "（海滨大道）的走廊相连", "joined along Coastal Expressway"),
        ("projects/dongli-p03", "列为东丽经开区的项目", "among the projects of"),
        ("facilities/airport-tsn", "机场基准点", "aerodrome reference point"),
        ("future-clusters/cl-aerospace", "不是赛道自身的边界", "no boundary of the track"),
    ],
)  # fmt: skip
def test_provenance_is_told_in_the_language_of_the_page(
    open_map: OpenMap, query: str, chinese: str, english: str
) -> None:
    for language, told, untold in (("zh", chinese, english), ("en", english, chinese)):
        panel = open_map(f"?lang={language}&layers={query.split('/')[0]}&select={query}").page.locator("#panel")
        expect(panel).to_contain_text(told)
        expect(panel).not_to_contain_text(untold)


def test_an_english_note_stays_off_the_chinese_page(open_map: OpenMap) -> None:
    query = "layers=plan-hitech-huayuan&select=plan-hitech-huayuan/hitech-huayuan-headquarters"
    for language, count in (("zh", 0), ("en", 1)):
        opened = open_map(f"?lang={language}&{query}")
        expect(opened.page.locator("#panel h2")).to_be_visible()
        expect(opened.page.locator("#panel dd", has_text="Place named")).to_have_count(count)


def test_land_and_sea_differ_until_a_basemap_shows_them(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts&basemap=none")
    path = opened.page.locator(".leaflet-layer-districts-pane path").first
    sea = "getComputedStyle(document.querySelector('.map')).backgroundColor"
    around = opened.page.evaluate(sea)
    assert path.get_attribute("fill") not in (None, path.get_attribute("stroke"))
    assert float(path.evaluate("path => getComputedStyle(path).fillOpacity")) > 0.9
    opened.page.evaluate("yuantu.map.getContainer().classList.add('over-basemap')")
    assert float(path.evaluate("path => getComputedStyle(path).fillOpacity")) < 0.1
    opened.page.get_by_label("市辖区", exact=True).uncheck()
    assert opened.page.evaluate(sea) != around, "no sea where no land is drawn"
