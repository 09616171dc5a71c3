"""Siting, asked: a sentence and its reading, the four steps, links, and what cannot be answered."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests import geodata
from tests.browser.map_page import OpenMap
from tests.browser.siting_page import (
    CELLS,
    answer_of,
    ask,
    dock_of,
    faded,
    link,
    listed,
    open_tool,
    question,
    ranked,
    scores,
    wait_for_answer,
)

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def test_a_sentence_is_read_answered_and_shown_on_the_map(open_map: OpenMap) -> None:
    opened = open_map()
    dock = ask(opened, CELLS)
    page = opened.page
    chips = dock.get_by_role("list", name="读成").get_by_role("listitem")
    expect(chips).to_have_count(4)
    for words, meaning in (
        ("细胞治疗", "产业"),
        ("50公顷", "50 公顷"),
        ("机场30公里", "30 公里"),
        ("国家级", "国家级"),
    ):
        expect(chips.filter(has_text=words)).to_contain_text(meaning)
    expect(dock.locator(".siting-missed li")).to_contain_text("“中试”")
    # 滨海未来产业方案: 渤龙 carries the track of cell and gene therapy; 高新区规划纲要: cell therapy there.
    first = dock.locator(".siting-entry").first
    expect(first.get_by_role("button", name="渤龙湖科技园", exact=True)).to_be_visible()
    expect(first.locator(".siting-reason")).to_contain_text("细胞")
    answer = answer_of(opened, q=CELLS)
    assert listed(dock) == [place["id"] for place in ranked(answer)]
    assert scores(dock) == pytest.approx([place["score"] for place in ranked(answer)], abs=0.051)
    parks = set(geodata.parks())
    documented = {place["id"] for place in answer["results"]}
    assert faded(page) == (parks & documented, parks - documented)
    numbers = page.locator(".siting-mark-number").all_inner_texts()
    assert sorted(map(int, numbers)) == [place["rank"] for place in ranked(answer)]
    assert question(page) == {"q": CELLS}
    opened.shoot("siting-1280x800")
    page.locator("#dock .panel-close").click()
    expect(page.locator(".siting-mark")).to_have_count(0)
    assert faded(page) == (set(), set())
    assert opened.complaints == []


def test_places_in_the_sentence_are_counted_in_characters(open_map: OpenMap) -> None:
    dock = ask(open_map(), "😀😀𠮷建石墨烯工厂，要30公顷")
    assert dock.locator("mark.siting-understood").all_inner_texts() == ["石墨烯", "30公顷"]


def test_the_reading_can_be_corrected(open_map: OpenMap) -> None:
    opened = open_map()
    dock = ask(opened, CELLS)
    before = answer_of(opened, q=CELLS)["counts"]["remaining"]
    dock.get_by_role("button", name="去掉“级别：国家级”").click()
    wait_for_answer(dock)
    # What the sentence says no longer holds as a whole: the question is written out, without the level.
    fields = question(opened.page)
    assert fields == {"industries": "细胞治疗", "area": "50公顷", "max_km": "airport:30"}
    expect(dock.locator(".siting-chip-off")).to_contain_text("国家级")
    answer = answer_of(opened, **fields)
    assert answer["counts"]["remaining"] > before
    expect(dock.locator(".siting-conclusion")).to_have_text(answer["conclusion"]["zh"])
    assert listed(dock) == [place["id"] for place in ranked(answer)]
    # Changing what it says of something keeps the sentence.
    dock.locator("#siting-sentence").fill(CELLS)
    dock.locator("#siting-sentence").press("Enter")
    expect(dock.locator(".siting-chip-off")).to_have_count(0)
    wait_for_answer(dock)
    dock.locator("#siting-step-size > summary").click()
    dock.locator("#siting-area").fill("60")
    expect(dock.locator(".siting-chip-off")).to_contain_text("50公顷")
    opened.until("new URLSearchParams(location.search).get('siting').includes('area=60公顷')")
    assert question(opened.page) == {"q": CELLS, "area": "60公顷"}


def test_an_area_is_echoed_in_the_unit_it_was_given_in(open_map: OpenMap) -> None:
    opened = open_map()
    dock = ask(opened, "锂电池正极材料，用地300-500亩")
    says = dock.locator("#siting-step-size .siting-step-says")
    expect(says).to_have_text("300–500 亩")
    dock.locator("#siting-step-size > summary").click()
    expect(dock.locator("#siting-area")).to_have_value("300-500")
    expect(dock.locator(".siting-size [role=status]")).to_contain_text("20.0 公顷（300 亩")
    expect(dock.locator(".siting-size [role=status]")).to_contain_text("33.3 公顷（500 亩")
    # With the industry taken out of the sentence the range stays as it was written.
    dock.locator("#siting-step-what > summary").click()
    dock.get_by_role("list", name="已选产业").get_by_role("button").click()
    opened.until("!new URLSearchParams(location.search).get('siting').includes('q=')")
    assert question(opened.page) == {"area": "300-500亩"}


def test_floor_area_is_no_land(open_map: OpenMap) -> None:
    opened = open_map()
    dock = ask(opened, "脑机接口初创公司，要写字楼，200平方米")
    expect(dock.locator("#siting-step-size .siting-step-says")).to_have_text("写字楼 200 平方米")
    dock.locator("#siting-step-size > summary").click()
    expect(dock.locator("#siting-area")).to_have_value("")
    expect(dock.locator("#siting-floor")).to_have_value("200")
    expect(dock.get_by_role("region", name="文件点名的载体")).to_contain_text("哪里空置")
    dock.get_by_label("哪种房屋").select_option("laboratory")
    opened.until("new URLSearchParams(location.search).get('siting').includes('premises=laboratory')")


def test_a_wish_is_no_condition(open_map: OpenMap) -> None:
    opened = open_map(link(industries="biologics"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    before = set(listed(dock))
    dock.locator("#siting-step-where > summary").click()
    dock.get_by_role("group", name="最好").get_by_role("checkbox", name="国家级").check()
    opened.until("new URLSearchParams(location.search).get('siting').includes('prefer_level')")
    wait_for_answer(dock)
    assert set(listed(dock)) == before
    expect(dock.locator("#siting-step-where .siting-step-says")).to_have_text("最好国家级")
    assert question(opened.page) == {"industries": "biologics", "prefer_level": "national"}


def test_a_distance_to_a_named_place(open_map: OpenMap) -> None:
    opened = open_map(link(industries="biologics"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    dock.locator("#siting-step-where > summary").click()
    dock.get_by_label("到某地").last.select_option(label="天津站")
    opened.until("new URLSearchParams(location.search).get('siting').includes('near=rail-tianjin')")
    dock.get_by_role("combobox", name="与天津站的远近").select_option(label="不超过")
    kilometres = dock.get_by_role("spinbutton", name="与天津站的距离（公里）")
    kilometres.fill("40")
    kilometres.press("Enter")
    opened.until("new URLSearchParams(location.search).get('siting').includes('near=rail-tianjin:40')")
    wait_for_answer(dock)
    expect(dock.locator("#siting-step-where .siting-step-says")).to_have_text("距天津站 40 公里内")
    dock.get_by_role("combobox", name="与天津站的远近").select_option(label="不少于")
    opened.until("new URLSearchParams(location.search).get('siting').includes('apart=rail-tianjin:40')")
    assert question(opened.page) == {"industries": "biologics", "apart": "rail-tianjin:40"}


def test_a_gateway_can_be_near_or_far(open_map: OpenMap) -> None:
    opened = open_map(link(industries="biologics"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    dock.locator("#siting-step-where > summary").click()
    dock.get_by_role("combobox", name="离港口远近的倾向").select_option(label="越远越好")
    opened.until("new URLSearchParams(location.search).get('siting').includes('far_from=port')")
    wait_for_answer(dock)
    dock.locator("#siting-step-weights > summary").click()
    expect(dock.get_by_role("slider", name="远离港口")).to_be_visible()
    dock.get_by_role("combobox", name="离港口远近的倾向").select_option(label="越近越好")
    opened.until("new URLSearchParams(location.search).get('siting').includes('emphasis=port')")
    wait_for_answer(dock)
    assert question(opened.page) == {"industries": "biologics", "emphasis": "port"}
    expect(dock.get_by_role("slider", name="港口")).to_be_visible()
    expect(dock.get_by_role("slider", name="地铁站")).to_have_count(0)


def test_the_four_steps_with_keys_alone(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)
    page = opened.page
    dock.get_by_role("searchbox", name="查找产业").focus()
    page.keyboard.type("芯片")
    page.keyboard.press("Enter")
    wait_for_answer(dock)
    expect(dock.get_by_role("list", name="已选产业")).to_contain_text("集成电路")
    dock.get_by_role("button", name="下一步：多大").press("Enter")
    expect(dock.locator("#siting-step-size > summary")).to_be_focused()
    expect(dock.locator("#siting-step-what")).not_to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.type("750")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(dock.locator(".siting-size [role=status]")).to_contain_text("50.0 公顷")
    dock.get_by_role("button", name="下一步：在哪里").press("Enter")
    level = dock.get_by_role("group", name="必须").get_by_role("checkbox", name="国家级")
    level.press("Space")
    expect(level).to_be_focused()
    dock.get_by_role("spinbutton", name="距港口不超过（公里）").fill("40")
    dock.get_by_role("button", name="下一步：看重什么").press("Enter")
    dock.get_by_role("button", name="交通优先").press("Enter")
    expect(dock.get_by_role("button", name="交通优先")).to_have_attribute("aria-pressed", "true")
    dock.get_by_role("button", name="看结果").press("Enter")
    wait_for_answer(dock)
    fields = {"area": "750亩", "level": "national", "max_km": "port:40", "preset": "transport-first"}
    opened.until("new URLSearchParams(location.search).get('siting').includes('transport-first')")
    assert question(page) == {"industries": "integrated-circuits", **fields}
    assert dock.locator(".siting-step-says").all_inner_texts() == [
        "集成电路",
        "750 亩",
        "国家级；港口 40 公里内",
        "交通优先",
    ]
    # 滨海工业规划: integrated circuits in TEDA East.
    assert "teda-east" in listed(dock)[:2]


def test_what_cannot_be_answered_is_explained_in_place(open_map: OpenMap) -> None:
    opened = open_map(link(industries="量子猫", districts="binhai"))
    dock = dock_of(opened)
    fault = dock.locator(".siting-fault")
    expect(fault).to_contain_text("没有这样的产业")
    fault.get_by_role("button", name="量子信息").click()
    wait_for_answer(dock)
    expect(fault).to_have_count(0)
    assert question(opened.page) == {"industries": "量子信息", "districts": "binhai"}
    opened.go(link(industries="biologics", weights="industry:0", area="-5公顷"))
    expect(fault.get_by_role("listitem")).to_have_count(2)
    fault.get_by_role("button", name="恢复默认权重").click()
    expect(fault.get_by_role("listitem")).to_have_count(1)
    fault.get_by_role("button", name="去掉这一项").click()
    wait_for_answer(dock)
    assert question(opened.page) == {"industries": "biologics"}
    opened.go(link(q="明天天气不错"))
    expect(fault).to_contain_text("没有认出产业")
    expect(dock.get_by_role("searchbox", name="查找产业")).to_be_visible()


def test_an_answer_that_fails_can_be_asked_for_again(open_map: OpenMap) -> None:
    failing = {"on": True}

    def fail(route: Route) -> None:
        if failing["on"]:
            route.abort()
        else:
            route.continue_()

    opened = open_map(link(industries="biologics"), routes={"**/api/siting?*": fail})
    fault = dock_of(opened).locator(".siting-fault")
    expect(fault).to_contain_text("没有得到答案")
    failing["on"] = False
    fault.get_by_role("button", name="重试").click()
    wait_for_answer(dock_of(opened))


def test_a_link_reopens_the_whole_question(open_map: OpenMap) -> None:
    fields = {
        "industries": "marine-equipment", "area": "20公顷", "districts": "binhai", "avoid_elements": "plan-binhai-core",
        "max_km": "port:40", "min_km": "airport:5", "exclude_layers": "future-clusters",
        "weights": "industry:30,policy:10,level:5,port:40,agglomeration:15", "prefer_districts": "ftz", "limit": "3",
    }  # fmt: skip
    opened = open_map(link(**fields))
    dock = dock_of(opened)
    wait_for_answer(dock)
    answer = answer_of(opened, **{name: value for name, value in fields.items() if name != "limit"})
    assert listed(dock) == [place["id"] for place in ranked(answer)][:3]
    assert question(opened.page) == fields
    dock.locator("#siting-step-weights > summary").click()
    expect(dock.get_by_role("slider", name="港口")).to_have_value("40")
    dock.locator("#siting-step-where > summary").click()
    expect(dock.get_by_role("spinbutton", name="距机场不少于（公里）")).to_have_value("5")
    other = open_map(urlsplit(opened.page.url).query and f"?{urlsplit(opened.page.url).query}")
    wait_for_answer(dock_of(other))
    assert listed(dock_of(other)) == listed(dock)
    # The service's own link to the map leads to the same.
    shown = answer_of(opened, **fields)["links"]["map"]
    other.go(shown.removeprefix("/"))
    wait_for_answer(dock_of(other))
    assert sorted(question(other.page)["weights"].split(",")) == sorted(fields["weights"].split(","))
    opened.go("?siting=nonsense")
    expect(opened.page.locator(".notice")).to_contain_text("nonsense")


def test_back_leads_to_the_question_before(open_map: OpenMap) -> None:
    opened = open_map(link(industries="marine-equipment"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    dock.locator("#siting-step-where > summary").click()
    dock.get_by_role("group", name="必须").get_by_role("checkbox", name="国家级").check()
    opened.until("new URLSearchParams(location.search).get('siting').includes('level')")
    opened.page.go_back()
    opened.until("!new URLSearchParams(location.search).get('siting').includes('level')")
    expect(dock.locator("#siting-step-where .siting-step-says")).to_have_text("不限")


@pytest.mark.parametrize(("query", "phone", "dark"), [("lang=en", False, True), ("lang=zh", True, False)])
def test_nothing_stands_in_the_way_of_assistive_technology(
    open_map: OpenMap, query: str, phone: bool, dark: bool
) -> None:
    opened = open_map(phone=phone, go=False)
    if dark:
        opened.page.emulate_media(color_scheme="dark")
    opened.go(f"{link(q=CELLS)}&{query}")
    dock, page = dock_of(opened), opened.page
    wait_for_answer(dock)
    page.evaluate("document.querySelectorAll('.siting details').forEach((fold) => (fold.open = true))")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """axe.run("#dock", { resultTypes: ["violations"] }).then(({ violations }) =>
            violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).slice(0, 3)}`))"""
    )
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]  # type: ignore[index]
    assert opened.complaints == []
    opened.shoot(f"siting-{query.removeprefix('lang=')}-{'390x844' if phone else '1280x800'}")
