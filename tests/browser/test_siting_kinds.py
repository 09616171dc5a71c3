"""Siting's kinds of answers: none documented, one place, what suits a place, where not, unread words; statements."""

from typing import Any

from playwright.sync_api import Route, expect

from tests.browser.map_page import OpenMap
from tests.browser.markup import IMAGE, SCRIPT
from tests.browser.siting_page import CELLS, answer_of, ask, dock_of, ids_in, link, listed, question, wait_for_answer


def test_an_answer_may_have_no_first_place(open_map: OpenMap) -> None:
    fields = {"industries": "石化", "avoid_districts": "binhai"}
    opened = open_map(link(**fields))
    dock, page = dock_of(opened), opened.page
    wait_for_answer(dock)
    answer = answer_of(opened, **fields)
    assert answer["counts"]["documented"] == 0 and answer["results"] == []
    expect(dock.locator(".siting-conclusion-none")).to_have_text(answer["conclusion"]["zh"])
    expect(dock.locator(".siting-badge-first")).to_have_count(0)
    expect(dock.locator(".siting-verdict")).to_have_count(0)
    expect(page.locator(".siting-mark-number")).to_have_count(0)
    # What is related is unfolded, without ranks and without points.
    assert ids_in(dock, "related") == [place["id"] for place in answer["related"]]
    related = dock.locator(".siting-group[data-group=related]")
    expect(related).to_have_attribute("open", "")
    expect(related.locator(".siting-rank")).to_have_count(0)
    assert set(related.locator(".siting-score").all_inner_texts()) == {""}


def test_what_is_not_decided_stands_apart_with_its_reason(open_map: OpenMap) -> None:
    fields = {"q": "在东丽区建新能源汽车工厂，要3000亩"}
    opened = open_map(link(**fields))
    dock = dock_of(opened)
    wait_for_answer(dock)
    answer = answer_of(opened, **fields)
    # 经开区西区 is run by TEDA (Binhai) and lies in Dongli: the documents do not settle whose it is.
    west = next(place for place in answer["results"] if place["id"] == "teda-west")
    entry = dock.locator(".siting-doubtful .siting-entry[data-id=teda-west]")
    expect(entry.locator(".siting-doubts")).to_have_text(west["possible"][0]["says"]["zh"])
    expect(entry.locator(".siting-score")).to_have_text("")
    expect(dock.locator(".siting-doubtful h4").first).to_contain_text(
        "可能符合（图形精度不足或管理与地处不一致，不能判定）"
    )
    expect(opened.page.locator(".siting-mark.siting-uncertain")).not_to_have_count(0)


def test_whether_a_place_suits(open_map: OpenMap) -> None:
    opened = open_map()
    sentence = "滨海高新区的华苑适合做集成电路设计吗"
    dock = ask(opened, sentence)
    answer = answer_of(opened, q=sentence)
    assert answer["kind"] == "place"
    assert ids_in(dock, "place") == ["thip-huayuan"]
    assert ids_in(dock, "better") == [place["id"] for place in answer["better"]]
    expect(dock.locator(".siting-conclusion")).to_have_text(answer["conclusion"]["zh"])
    expect(dock.locator("#siting-step-what .siting-step-says")).to_have_text("华苑科技园合适吗；集成电路设计")
    # What it stands on is open at once.
    expect(dock.locator(".siting-group[data-group=place] .siting-value").first).to_be_visible()
    dock.locator("#siting-step-what > summary").click()
    expect(dock.get_by_role("radio", name="这里合适吗")).to_be_checked()
    expect(dock.get_by_label("哪个地方")).to_have_value("thip-huayuan")
    dock.get_by_label("哪个地方").select_option("teda-east")
    opened.until("new URLSearchParams(location.search).get('siting').includes('place=teda-east')")
    wait_for_answer(dock)
    expect(dock.locator(".siting-group[data-group=place] .siting-entry")).to_have_attribute("data-id", "teda-east")


def test_what_suits_a_place(open_map: OpenMap) -> None:
    opened = open_map()
    opened.page.locator("#tool-siting").click()
    dock, page = dock_of(opened), opened.page
    dock.get_by_role("radio", name="这里适合做什么").check()
    expect(dock.locator(".siting-status")).to_contain_text("请在“做什么”里选一个地方")
    dock.get_by_label("哪个地方").select_option("dongjiang")
    wait_for_answer(dock)
    assert question(page) == {"ask": "what", "place": "dongjiang"}
    answer = answer_of(opened, ask="what", place="dongjiang")
    region = dock.get_by_role("region", name="文件为东疆港保税区列的产业")
    own = [item["industry"]["name_zh"] for item in answer["industries"] if item["tier"] == "itself"]
    assert "轨道交通装备" in own  # 滨海工业规划 表2
    for name in own:
        expect(region.get_by_role("listitem").filter(has_text=name).first).to_be_visible()
    expect(page.locator(".siting-mark")).to_have_count(0)
    expect(page.locator("path.siting-searched")).to_have_count(1)
    region.get_by_role("button", name="东疆港保税区", exact=True).click()
    expect(page.locator("#panel h2")).to_have_text("东疆港保税区")


def test_where_something_must_not_go(open_map: OpenMap) -> None:
    opened = open_map()
    sentence = "化工项目不能放在哪里"
    dock = ask(opened, sentence)
    answer = answer_of(opened, q=sentence)
    assert answer["kind"] == "against" and answer["results"] == []
    region = dock.get_by_role("region", name="文件里不支持的")
    expect(region).to_contain_text(answer["against"]["statements"][0]["says"]["zh"])
    for layer in answer["against"]["missing_layers"]:
        expect(region.get_by_text(layer["zh"], exact=True)).to_be_visible()
    expect(dock.locator(".siting-entry")).to_have_count(0)
    expect(opened.page.locator(".siting-mark")).to_have_count(0)


def test_nobody_is_ranked_while_a_decisive_word_is_not_read(open_map: OpenMap) -> None:
    opened = open_map()
    sentence = "危险化学品仓储，不能靠近居民区，不要中心城区"
    dock = ask(opened, sentence)
    answer = answer_of(opened, q=sentence)
    for word in answer["unread"]["words"]:
        expect(dock.locator(".siting-unread")).to_contain_text(word)
    assert listed(dock) == []
    expect(opened.page.locator(".siting-mark-number")).to_have_count(0)


def test_what_no_document_names_is_listed_on_request(open_map: OpenMap) -> None:
    opened = open_map(link(industries="信创"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    count = answer_of(opened, industries="信创")["counts"]["not_named"]
    assert count > 0 and ids_in(dock, "not_named") == []
    dock.get_by_role("button", name=f"列出文件未提及的 {count} 处").click()
    opened.until("new URLSearchParams(location.search).get('siting').includes('tiers=all')")
    expect(dock.locator(".siting-group[data-group=not_named] .siting-entry")).to_have_count(count)
    dock.get_by_role("button", name="不列文件未提及的").click()
    expect(dock.locator(".siting-group[data-group=not_named]")).to_have_count(0)


def test_places_where_a_document_places_an_industry_are_left_out(open_map: OpenMap) -> None:
    opened = open_map(link(industries="biologics"))
    dock = dock_of(opened)
    wait_for_answer(dock)
    dock.locator("#siting-step-what > summary").click()
    box = dock.get_by_role("combobox", name="避开产业")
    box.fill("石油化工")
    box.press("Enter")
    opened.until("new URLSearchParams(location.search).get('siting').includes('avoid_industries')")
    wait_for_answer(dock)
    assert question(opened.page) == {"industries": "biologics", "avoid_industries": "石油化工"}
    expect(dock.locator("#siting-step-what .siting-step-says")).to_contain_text("避开石油化工")
    dock.get_by_role("list", name="避开产业").get_by_role("button", name="去掉“石油化工").click()
    opened.until("!new URLSearchParams(location.search).get('siting').includes('avoid_industries')")


def test_what_documents_ask_stands_with_verb_effect_and_source(open_map: OpenMap) -> None:
    opened = open_map(link(industries="石油化工"))
    dock, page = dock_of(opened), opened.page
    wait_for_answer(dock)
    rule = answer_of(opened, industries="石油化工")["rules"][0]
    region = dock.get_by_role("region", name="文件怎么说")
    entry = region.get_by_role("listitem").first
    expect(entry).to_contain_text(rule["says"]["zh"])
    effects = {"justify": "需论证", "exclude": "不得", "note": "提示"}
    expect(entry.locator(".badge")).to_have_text(effects[rule["effect"]])
    expect(entry.locator(".source")).to_contain_text(rule["short_title_zh"])
    expect(entry.locator(".source")).to_contain_text(rule["locator"])
    entry.get_by_role("button", name="查看这条要求").click()
    expect(page.locator("#panel")).to_contain_text(rule["clause"])
    page.locator("#panel .panel-close").click()
    expect(dock).to_be_visible()


def test_the_answer_can_be_copied_as_text(open_map: OpenMap) -> None:
    opened = open_map(go=False)
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.go(link(q=CELLS))
    dock = dock_of(opened)
    wait_for_answer(dock)
    dock.get_by_role("button", name="复制答复").click()
    expect(dock.locator(".siting-copied")).to_contain_text("已复制")
    text = opened.page.evaluate("navigator.clipboard.readText()")
    titles = [part.split("\n")[0] for part in text.split("\n\n")]
    assert titles == ["问题", "答复", "依据", "不确定之处", "未考虑的因素"]
    assert "渤龙湖科技园" in text and "《" in text


def marked(value: Any, key: str = "") -> Any:
    """Return a document whose sentences and names hold markup."""
    if isinstance(value, list):
        return [marked(item, key) for item in value]
    if isinstance(value, dict):
        return {name: marked(item, name) for name, item in value.items()}
    texts = (
        "zh",
        "en",
        "name_zh",
        "name_en",
        "name",
        "clause",
        "wording",
        "words",
        "short_title_zh",
        "title_zh",
        "locator",
    )
    return f"{value}{IMAGE}{SCRIPT}" if isinstance(value, str) and key in texts else value


def test_nothing_that_the_service_sends_becomes_markup(open_map: OpenMap) -> None:
    def with_markup(route: Route) -> None:
        route.fulfill(json=marked(route.fetch().json()))

    opened = open_map(link(q="智能网联汽车，最好在东丽"), routes={"**/api/siting?*": with_markup})
    dock = dock_of(opened)
    wait_for_answer(dock)
    opened.page.evaluate("document.querySelectorAll('.siting details').forEach((fold) => (fold.open = true))")
    opened.page.wait_for_timeout(500)
    assert opened.page.evaluate("globalThis.ran") is None
    expect(dock.locator("img, script")).to_have_count(0)
    expect(dock.locator(".siting-conclusion")).to_contain_text("<img")
