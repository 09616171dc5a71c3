"""The search box as a person uses it: typed into, read, chosen from, on a desk and on a phone."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.map_page import Map, OpenMap


def search_for(opened: Map, words: str) -> None:
    """Go to the box with the key / and type."""
    expect(opened.page.locator("#search-input")).to_be_attached()
    opened.page.keyboard.press("/")
    expect(opened.page.locator("#search-input")).to_be_focused()
    opened.page.locator("#search-input").press_sequentially(words)


def active(page: Page) -> str:
    """Return the text of the option that a screen reader is told of."""
    return str(
        page.evaluate(
            "document.getElementById(document.querySelector('#search-input').getAttribute('aria-activedescendant'))"
            "?.textContent ?? ''"
        )
    )


def answer(*hits: dict[str, Any], more: bool = False) -> Any:
    def fulfill(route: Route) -> None:
        body = json.dumps({"q": "", "normal": "", "more": more, "hits": hits})
        route.fulfill(status=200, content_type="application/json", body=body)

    return fulfill


def hit(title: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "park", "id": "x", "title": title, "subtitle": "", "layer": None, "feature": None, "bbox": None,
        "point": None, "link": None, "matched": {"how": "exact", "form": "official", "term": title, "ranges": []},
        **more,
    }  # fmt: skip


def test_a_park_by_its_pinyin_with_keys_alone(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page
    search_for(opened, "bolong")
    expect(page.get_by_role("option").first).to_contain_text("渤龙湖科技园")
    box = page.get_by_role("combobox", name="搜索园区")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert active(page).startswith("渤龙湖科技园")
    page.keyboard.press("ArrowDown")
    assert active(page).startswith("渤龙湖片区一谷一区两基地")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    opened.shoot("search-zh-1280x800")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("渤龙湖科技园")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"select=parks/thip-bolonghu"))
    opened.settle()
    assert opened.complaints == []


def test_it_says_what_matched(open_map: OpenMap) -> None:
    opened = open_map()
    search_for(opened, "xcg")
    first = opened.page.get_by_role("option").first
    expect(first).to_contain_text("高新区海洋片区")
    expect(first).to_contain_text("首字母")
    expect(first).to_contain_text("又称：信创谷")
    expect(first.locator("mark")).to_have_text("信创谷")
    groups = opened.page.get_by_role("listbox", name="搜索结果").get_by_role("group")
    expect(groups.first).to_have_accessible_name("园区与区域")


def test_in_english(open_map: OpenMap) -> None:
    opened = open_map("?lang=en")
    search_for(opened, "coastal industrial")
    first = opened.page.get_by_role("option").first
    expect(first).to_contain_text("Coastal industrial belt")
    expect(first).to_contain_text("One core, two belts, several areas")
    opened.shoot("search-en-1280x800")
    first.click()
    expect(opened.page.locator("#panel h2")).to_have_text("Coastal industrial belt")
    assert opened.complaints == []


def test_a_product_leads_to_its_zones(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page
    search_for(opened, "芯片")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("集成电路")
    zones = page.evaluate("fetch('/api/zones?industry=integrated-circuits').then((a) => a.json()).then((a) => a.zones)")
    expect(first).to_contain_text(f"{len(zones)} 个区域")
    first.click()
    if page.evaluate("yuantu.tools.entries.has('industry')"):
        expect(page.locator("#dock")).to_contain_text("集成电路")
        return
    options = page.get_by_role("option")
    expect(options).to_have_count(len(zones) + 1)
    options.filter(has_text="经开区东区").click()
    expect(page.locator("#panel h2")).to_have_text("经开区东区")


def test_an_owner_leads_to_its_projects(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page
    search_for(opened, "天津钢铁")
    expect(page.get_by_role("option").first).to_contain_text("16 个项目")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option")).to_have_count(17)
    page.get_by_role("option").filter(has_text="返回搜索结果").click()
    expect(page.get_by_role("option").first).to_contain_text("天津钢铁集团有限公司")
    page.keyboard.press("Enter")
    page.get_by_role("option").filter(has_text="公转铁建设").click()
    expect(page.locator("#panel")).to_contain_text("公转铁建设")
    assert opened.complaints == []


def test_a_plan_is_switched_on(open_map: OpenMap) -> None:
    opened = open_map()
    assert opened.paths("plan-hitech") == 0
    search_for(opened, "一谷三区")
    expect(opened.page.get_by_role("option").first).to_contain_text("一谷三区")
    opened.page.keyboard.press("Enter")
    opened.until("yuantu.layers.get('plan-hitech').state === 'ready'")
    assert opened.paths("plan-hitech") > 0


def test_a_rule_opens_with_its_clause_verb_scope_and_source(open_map: OpenMap) -> None:
    opened = open_map()
    panel = opened.page.locator("#panel")
    search_for(opened, "标准地")
    first = opened.page.get_by_role("option").first
    expect(first).to_contain_text("规定与要求")
    expect(opened.page.get_by_role("option").nth(1)).to_contain_text("条文：实施工业项目“标准地”")
    view = opened.page.evaluate("yuantu.map.getZoom()")
    opened.page.keyboard.press("Enter")
    expect(panel.locator("h2")).to_have_text("标准地")
    expect(panel).to_contain_text("实施工业项目“标准地”、“区域环评”、“区域水保”等改革举措")
    rows = panel.locator(".record .rows > div")
    expect(rows.filter(has_text="文件用语")).to_contain_text("实施")
    expect(rows.filter(has_text="适用范围").get_by_role("button")).to_have_text("天津滨海高新技术产业开发区")
    expect(panel.locator(".source")).to_contain_text("高新区规划纲要　九（五）")
    assert opened.page.evaluate("yuantu.map.getZoom()") == view
    rows.filter(has_text="适用范围").get_by_role("button").click()
    expect(panel.locator("h2")).to_have_text("天津滨海高新技术产业开发区")
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        ("海河产业基金", "基金 · ", "充分利用以引育高成长企业"),
        ("揭榜挂帅", "政策与行动", "同名事项"),
        ("中车唐车", "文件点名的企业", "东丽工业规划"),
        ("区工业和信息化局", "责任单位", "滨海未来产业方案"),
        ("滨海工业规划", "文件", "规划期 2021—2025，已届满"),
    ],
)
def test_what_no_layer_draws_opens_a_panel(open_map: OpenMap, words: str, kind: str, said: str) -> None:
    opened = open_map()
    search_for(opened, words)
    opened.page.get_by_role("option").filter(has_text=kind).first.click()
    expect(opened.page.locator("#panel")).to_contain_text(said)
    expect(opened.page.locator("#panel .record .source, #panel .record .note").first).to_be_visible()
    expect(opened.page.locator("#notices .notice")).to_have_count(0)
    assert opened.complaints == []


def test_a_project_without_a_place_opens_and_the_map_stays(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts&view=117.4,39.1,10")
    search_for(opened, "永磁直驱系统")
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#panel .place-notice")).to_contain_text("文件未写明地点，列于东丽区")
    assert opened.page.evaluate("yuantu.map.getZoom()") == 10


def test_one_kind_alone_can_be_looked_for(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page
    search_for(opened, "信创")
    filters = page.get_by_role("group", name="只看一类")
    expect(filters.get_by_role("button").first).to_have_attribute("aria-pressed", "true")
    filters.get_by_role("button", name="政策、基金与要求").click()
    groups = page.get_by_role("listbox", name="搜索结果").get_by_role("group")
    expect(groups).to_have_count(1)
    expect(groups.first).to_have_accessible_name("政策、基金与要求")
    expect(page.locator("#search-input")).to_be_focused()
    filters.get_by_role("button", name="交通设施").click()
    expect(page.locator(".search-note")).to_have_text("这一类中没有找到“信创”。")
    filters.get_by_role("button", name="全部").click()
    expect(page.get_by_role("option").first).to_contain_text("信创")
    page.locator("#search-input").fill("标准地")
    expect(page.get_by_role("option").first).to_contain_text("标准地")
    expect(filters).to_be_hidden()


def test_enter_before_the_answer_takes_the_first_hit(open_map: OpenMap) -> None:
    opened = open_map()
    search_for(opened, "TEDA East")
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#panel h2")).to_have_text("经开区东区")


def test_nothing_found_and_failures_are_said(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page
    search_for(opened, "qqqqqq")
    expect(page.locator(".search-note")).to_contain_text("没有找到“qqqqqq”")
    page.route("**/api/search?**", lambda route: route.abort())
    page.locator("#search-input").fill("华苑")
    expect(page.locator(".search-note")).to_contain_text("搜索失败")
    page.unroute("**/api/search?**")
    page.locator("#search-input").fill("华苑站")
    expect(page.get_by_role("option").first).to_contain_text("华苑站")


def test_escape_closes_then_empties_then_leaves(open_map: OpenMap) -> None:
    opened = open_map("?select=parks/teda-east")
    page = opened.page
    expect(page.locator("#panel h2")).to_have_text("经开区东区")
    search_for(opened, "华苑")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#search-input")).to_have_value("华苑")
    page.keyboard.press("Escape")
    expect(page.locator("#search-input")).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.locator("#search-input")).not_to_be_focused()
    expect(page.locator("#panel h2")).to_have_text("经开区东区")


def test_what_was_looked_for_is_offered_again(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page
    search_for(opened, "于家堡")
    expect(page.get_by_role("option").first).to_contain_text("中心商务片区")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("中心商务片区")
    opened.go()
    search_for(opened, "")
    expect(page.get_by_role("option").first).to_have_text("于家堡")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("option").first).to_contain_text("中心商务片区")
    page.locator("#search-input").fill("")
    page.get_by_role("option").filter(has_text="清除最近搜索").click()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_an_input_method_composes_in_peace(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/search" in request.url else None)
    search_for(opened, "")
    client = page.context.new_cdp_session(page)
    for typed in ("b", "bo", "bo long"):
        client.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
    page.wait_for_timeout(400)
    assert asked == []
    client.send("Input.insertText", {"text": "渤龙湖"})
    expect(page.get_by_role("option").first).to_contain_text("渤龙湖科技园")
    assert len(asked) == 1


def test_a_late_answer_does_not_replace_a_newer_one(open_map: OpenMap) -> None:
    held: list[Route] = []

    def by_words(route: Route) -> None:
        if "q=slow" in route.request.url:
            held.append(route)
        else:
            answer(hit("newer"))(route)

    opened = open_map(routes={"**/api/search?**": by_words})
    page = opened.page
    search_for(opened, "slow")
    page.wait_for_timeout(400)
    assert held
    page.locator("#search-input").fill("other")
    expect(page.get_by_role("option")).to_have_text(["newer"])
    answer(hit("older"))(held[0])
    page.wait_for_timeout(200)
    expect(page.get_by_role("option")).to_have_text(["newer"])


@pytest.mark.parametrize("markup", ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</script><b>"])
def test_markup_in_names_is_text(open_map: OpenMap, markup: str) -> None:
    other = {"how": "prefix", "form": "alias", "term": markup, "ranges": [[0, 3]]}
    opened = open_map(routes={"**/api/search?**": answer(hit(markup), hit("y", subtitle=markup, matched=other))})
    page = opened.page
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    search_for(opened, "x")
    expect(page.get_by_role("option").first).to_have_text(markup)
    expect(page.get_by_role("option").last).to_contain_text(markup)
    assert page.locator(".search-list img, .search-list script, .search-list b").count() == 0
    assert opened.complaints == []


def test_on_a_phone(open_map: OpenMap) -> None:
    opened = open_map(phone=True)
    page = opened.page
    box = page.locator("#search-input")
    expect(box).to_be_attached()
    closed = box.bounding_box()
    assert closed is not None and closed["width"] < 60
    box.tap()
    box.press_sequentially("华苑")
    expect(page.get_by_role("option").first).to_contain_text("华苑科技园")
    wide = box.bounding_box()
    assert wide is not None and wide["width"] > 340
    opened.shoot("search-zh-390x844")
    page.get_by_role("option").first.tap()
    expect(page.locator("#panel h2")).to_have_text("华苑科技园")
    expect(box).not_to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert opened.complaints == []
