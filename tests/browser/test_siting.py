"""Siting: an officer asks where an industry should go, sees why, moves the weights, and passes the question on."""

import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

import httpx
import openpyxl
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests import geodata
from tests.browser.map_page import Map, OpenMap

CELLS = "建一个细胞治疗中试基地，要50公顷，离机场30公里以内，国家级园区"
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
GATEWAYS = ("port", "airport", "rail", "metro")


def link(**fields: str) -> str:
    """Return the query of a page that opens on a question."""
    return f"?siting={quote(urlencode(fields, safe=',:'))}"


def dock_of(opened: Map) -> Locator:
    return opened.page.locator("#dock .siting")


def wait_for_answer(dock: Locator) -> None:
    expect(dock.locator(".siting-conclusion")).to_be_visible(timeout=20_000)
    expect(dock.locator(".siting-status")).not_to_have_attribute("aria-busy", "true")


def open_tool(opened: Map) -> Locator:
    opened.page.locator("#tool-siting").click()
    dock = dock_of(opened)
    expect(dock.locator("#siting-sentence")).to_be_visible(timeout=20_000)
    return dock


def ask(opened: Map, sentence: str) -> Locator:
    dock = open_tool(opened)
    dock.locator("#siting-sentence").fill(sentence)
    dock.locator("#siting-sentence").press("Enter")
    wait_for_answer(dock)
    return dock


def listed(dock: Locator) -> list[str]:
    return [str(one.get_attribute("data-id")) for one in dock.locator(".siting-entry").all()]


def scores(dock: Locator) -> list[float]:
    return [float(text.split()[0]) for text in dock.locator(".siting-score").all_inner_texts()]


def part(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("siting", [""])[0]


def question(page: Page) -> dict[str, str]:
    pairs = (one.partition("=") for one in part(page).split("&") if one)
    return {name: unquote(value) for name, _, value in pairs}


def answer_of(opened: Map, **fields: str) -> dict[str, Any]:
    """Return the service's answer with every candidate that meets the conditions."""
    answer = httpx.get(f"{opened.url}/api/siting", params=fields | {"limit": "100"}, timeout=30)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def faded(page: Page) -> tuple[set[str], set[str]]:
    """Return the parks whose shapes are lit, and those whose shapes are faded."""
    found = page.evaluate(
        """() => {
            const items = yuantu.layers.get("parks").items.filter((item) => item.path);
            const elements = (path) => path.getLayers ? path.getLayers().flatMap(elements) : [path.getElement()];
            const has = (item, name) => elements(item.path).some((one) => one?.classList.contains(name));
            const having = (name) => items.filter((item) => has(item, name));
            return [having("lit"), having("faded")].map((found) => found.map((item) => item.id));
        }"""
    )
    return set(found[0]), set(found[1])


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
    dock.get_by_role("button", name="机场放宽到 34 公里内，则京津合作示范区入选").click()
    opened.until("new URLSearchParams(location.search).get('siting').includes('airport:34')")
    wait_for_answer(dock)
    assert question(page) == {"q": CELLS, "max_km": "airport:34"}
    dock.get_by_role("button", name="显示全部").click()
    assert "thip-jingjin" in listed(dock)


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
