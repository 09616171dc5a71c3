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
    expect(first.locator(".siting-reason")).to_contain_text("细胞和基因治疗")
    said = answer_of(opened, q=CELLS)
    assert listed(dock) == [one["id"] for one in said["results"][:10]]
    assert scores(dock) == pytest.approx([one["score"] for one in said["results"][:10]], abs=0.051)
    parks = set(geodata.parks())
    remaining = {one["id"] for one in said["results"]}
    assert faded(page) == (parks & remaining, parks - remaining)
    marks = page.locator(".siting-mark")
    assert sorted(int(text) for text in marks.all_inner_texts()) == [one["rank"] for one in said["results"][:10]]
    assert question(page) == {"q": CELLS}
    opened.shoot("siting-1280x800")
    page.locator("#dock .panel-close").click()
    expect(marks).to_have_count(0)
    assert faded(page) == (set(), set())
    assert opened.complaints == []


def test_places_in_the_sentence_are_counted_in_characters(open_map: OpenMap) -> None:
    dock = ask(open_map(), "😀😀𠮷建石墨烯工厂，要30公顷")
    assert dock.locator("mark.siting-understood").all_inner_texts() == ["石墨烯", "30公顷"]


def test_the_reading_can_be_corrected(open_map: OpenMap) -> None:
    opened = open_map()
    dock = ask(opened, CELLS)
    count = int(dock.locator(".siting-conclusion").inner_text().split("有 ")[1].split(" ")[0])
    dock.get_by_role("button", name="去掉“级别：国家级”").click()
    wait_for_answer(dock)
    # What the sentence says no longer holds as a whole: the question is written out, without the level.
    asked = question(opened.page)
    assert asked == {"industries": "细胞治疗", "area": "50公顷", "max_km": "airport:30"}
    expect(dock.locator(".siting-chip-off")).to_contain_text("国家级")
    said = answer_of(opened, **asked)
    assert said["counts"]["remaining"] > count
    expect(dock.locator(".siting-conclusion")).to_contain_text(f"{said['counts']['remaining']} 处")
    assert listed(dock) == [one["id"] for one in said["results"][:10]]
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


def test_the_four_steps_with_keys_alone(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)
    page = opened.page
    dock.get_by_role("searchbox").focus()
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
    dock.get_by_role("checkbox", name="国家级").press("Space")
    expect(dock.get_by_role("checkbox", name="国家级")).to_be_focused()
    dock.get_by_role("spinbutton", name="距港口不超过（公里）").fill("40")
    dock.get_by_role("button", name="下一步：看重什么").press("Enter")
    dock.get_by_role("button", name="交通优先").press("Enter")
    expect(dock.get_by_role("button", name="交通优先")).to_have_attribute("aria-pressed", "true")
    dock.get_by_role("button", name="看结果").press("Enter")
    wait_for_answer(dock)
    asked = {"area": "750亩", "level": "national", "max_km": "port:40", "preset": "transport-first"}
    opened.until("new URLSearchParams(location.search).get('siting').includes('transport-first')")
    assert question(page) == {"industries": "integrated-circuits", **asked}
    assert dock.locator(".siting-step-says").all_inner_texts() == [
        "集成电路",
        "750 亩",
        "国家级；港口 40 公里内",
        "交通优先",
    ]
    # 滨海工业规划: integrated circuits in TEDA East.
    assert listed(dock)[0] == "teda-east"


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
    expect(dock.get_by_role("searchbox")).to_be_visible()


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
        "weights": "industry:30,policy:10,level:5,size:5,gateways:40,agglomeration:5,crowding:5", "limit": "3",
    }  # fmt: skip
    opened = open_map(link(**fields))
    dock = dock_of(opened)
    wait_for_answer(dock)
    said = answer_of(opened, **{name: value for name, value in fields.items() if name != "limit"})
    assert listed(dock) == [one["id"] for one in said["results"][:3]]
    assert question(opened.page) == fields
    dock.locator("#siting-step-weights > summary").click()
    expect(dock.get_by_role("slider", name="交通区位")).to_have_value("40")
    dock.locator("#siting-step-where > summary").click()
    expect(dock.get_by_role("spinbutton", name="距机场不少于（公里）")).to_have_value("5")
    other = open_map(urlsplit(opened.page.url).query and f"?{urlsplit(opened.page.url).query}")
    wait_for_answer(dock_of(other))
    assert listed(dock_of(other)) == listed(dock)
    # The service's own link to the map leads to the same.
    shown = answer_of(opened, **fields)["links"]["map"]
    other.go(shown.removeprefix("/"))
    wait_for_answer(dock_of(other))
    assert question(other.page)["weights"] == fields["weights"]
    opened.go("?siting=nonsense")
    expect(opened.page.locator(".notice")).to_contain_text("nonsense")


def test_back_leads_to_the_question_before(open_map: OpenMap) -> None:
    opened = open_map(link(industries="marine-equipment"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    dock.locator("#siting-step-where > summary").click()
    dock.get_by_role("checkbox", name="国家级").check()
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
    page.evaluate("document.querySelectorAll('.siting details').forEach((one) => (one.open = true))")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """axe.run("#dock", { resultTypes: ["violations"] }).then(({ violations }) =>
            violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).slice(0, 3)}`))"""
    )
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]  # type: ignore[index]
    assert opened.complaints == []
    opened.shoot(f"siting-{query.removeprefix('lang=')}-{'390x844' if phone else '1280x800'}")
