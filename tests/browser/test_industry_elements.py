"""By industry: what documents say of a plan element as a whole, and parks that lie elsewhere than they are governed."""

from playwright.sync_api import expect

from tests import geodata
from tests.browser.map_page import OpenMap
from tests.browser.test_industry import choose, listed, lit, parks_of, part, wait_for_list


def test_what_is_said_of_a_plan_element_as_a_whole_stands_apart(open_map: OpenMap) -> None:
    opened = open_map()
    dock = choose(opened, "汽车关键零部件")
    elements = geodata.elements_of("auto-key-components")
    assert "plan-binhai-dagang" in elements and "dagang-petro" not in geodata.zones_of("auto-key-components")
    apart = dock.get_by_role("region", name="文件对片区整体的布局（未细分到园区）")
    assert {one.get_attribute("data-id") for one in apart.locator(".industry-element").all()} == set(elements)
    dagang = apart.locator("[data-id='plan-binhai-dagang']")
    expect(dagang).to_contain_text("片区内的园区和区域：大港石化产业园区、天津中塘工业园")
    dagang.locator("summary").click()
    expect(dagang).to_contain_text("〔汽车零部件〕")
    expect(dagang.locator(".source")).to_contain_text("滨海工业规划　四（一）3")
    # Its members are neither listed nor lit: the document says it of none of them.
    assert set(listed(dock)) == parks_of("auto-key-components") == lit(opened.page)[0]
    opened.shoot("industry-elements-1280x800")
    dagang.get_by_role("button", name="大港片区").click()
    expect(opened.page.locator("#panel h2")).to_have_text("大港片区")
    assert part(opened.page, "select") == "plan-binhai/plan-binhai-dagang"


def test_estimated_outlines_have_no_area(open_map: OpenMap) -> None:
    dock = choose(open_map(), "生物医药")
    wanted = parks_of("biomedicine")
    measured = sum(map(geodata.has_area, wanted))
    assert 0 < measured < len(wanted)
    said = f"面积仅合计有公布范围或面积的 {measured} 处；其余 {len(wanted) - measured} 处边界为估计，不计面积"
    expect(dock.locator(".industry-summary")).to_contain_text(said)
    estimate = next(zone for zone in sorted(wanted) if not geodata.has_area(zone))
    expect(dock.locator(f".industry-zone[data-id='{estimate}']")).to_contain_text("边界为估计，不计面积")


def test_a_park_that_lies_elsewhere_than_it_is_administered(open_map: OpenMap) -> None:
    dock = choose(open_map(), "新材料")
    huayuan = dock.locator(".industry-zone[data-id='thip-huayuan']")
    expect(huayuan.locator(".industry-place")).to_have_text("国家级 · 滨海新区")
    expect(huayuan).to_contain_text("地处：西青区")


def test_an_industry_that_only_a_plan_element_is_named_with(open_map: OpenMap) -> None:
    opened = open_map("?lang=en&industry=cloud-computing", phone=True)
    dock = opened.page.get_by_role("complementary", name="By industry")
    wait_for_list(dock)
    elements = geodata.elements_of("cloud-computing")
    assert elements and not parks_of("cloud-computing")
    expect(dock.locator(".industry-summary")).to_contain_text(f"For {len(elements)} plan elements more")
    apart = dock.get_by_role("region", name="Said of a plan element as a whole")
    expect(apart.locator(".industry-element")).to_have_count(len(elements))
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    opened.shoot("industry-elements-390x844")
    assert opened.complaints == []
