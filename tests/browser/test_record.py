"""What a panel says of the documents: whose statement it is, how sure, where it stands, whether it is past."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.map_page import Map, OpenMap


def block(opened: Map, title: str) -> Locator:
    """Return the section of the panel under a heading."""
    return opened.page.locator("#panel .block").filter(
        has=opened.page.get_by_role("heading", level=3, name=re.compile(title))
    )


def record_of(opened: Map, path: str) -> Any:
    return opened.page.request.get(f"{opened.url}{path}").json()


def test_directions_stand_with_the_clause_as_printed_and_its_source(open_map: OpenMap) -> None:
    opened = open_map("zones/teda-west")
    first = block(opened, "^发展方向").locator("li").first
    expect(first.locator("q.clause")).to_have_text(re.compile("^承接研发转化高端业态，重点发展生物药"))
    expect(first).to_contain_text("归纳：")
    expect(first.locator(".source")).to_have_text("滨海工业规划　四（一）2·先进制造发展带·经开区西区")


def test_what_is_said_of_the_area_is_never_shown_as_the_park_s_own(open_map: OpenMap) -> None:
    opened = open_map("zones/zhongtang")
    around = block(opened, "^所在片区的布局（不是本园区自身）")
    expect(around.locator(".lines li")).to_have_count(1)
    expect(around.locator(".terms")).to_have_text(re.compile("^所在片区（大港片区）：先进化工材料生物医药"))
    expect(around.locator(".source")).to_have_text("滨海工业规划　四（一）3·多片区·大港片区")
    own = block(opened, "^重点产业与出处")
    expect(own).to_contain_text("机械装备")
    for name in ("先进化工材料", "生物医药"):
        expect(own).not_to_contain_text(name)
        expect(opened.page.locator("#panel .rows").first).not_to_contain_text(name)
    district = open_map("?layers=districts&select=districts/dongli")
    expect(block(district, "^所在片区的布局（不是本区自身）")).to_contain_text("所在片区（环城四区）：")


def test_where_a_park_belongs_and_where_it_lies_are_told_apart(open_map: OpenMap) -> None:
    opened = open_map("zones/teda-west")
    districts = opened.page.locator("#panel .districts")
    expect(districts.locator("div").first).to_have_text("管理归属滨海新区")
    expect(districts.locator(".lies-in")).to_have_text("地处东丽区 约 96%、滨海新区 约 4%（按图形量算）")
    opened.go("zones/teda-east")
    expect(districts).to_have_text("管理归属滨海新区")
    # A schematic outline has no shares.
    opened.go("?layers=functional-areas&select=functional-areas/bolonghu-cell-valley")
    expect(districts.locator(".lies-in")).to_have_text("地处滨海新区、东丽区（按图形，不是其自身范围）")
    expect(districts).not_to_contain_text("%")


@pytest.mark.parametrize(
    ("select", "said"),
    [
        ("theme-parks/tp-cell-valley", "图形取所在园区的范围，不是自身范围；不计面积、不示精度。"),
        ("parks/zhongtang", "图形为示意，文件未写明范围；不计面积、不示精度。"),
        ("plan-binhai/plan-binhai-dagang", "图形为示意，文件未写明范围；不计面积、不示精度。"),
    ],
)
def test_a_shape_that_is_not_its_own_has_neither_area_nor_accuracy(open_map: OpenMap, select: str, said: str) -> None:
    opened = open_map(f"?layers={select.split('/')[0]}&select={select}")
    panel = opened.page.locator("#panel")
    expect(panel.locator(".extent-notice")).to_have_text(said)
    expect(panel.locator(".record .block").first).to_be_visible()
    expect(panel).not_to_contain_text("公顷（")
    expect(panel).not_to_contain_text("边界精度")


def test_a_shape_of_a_published_extent_keeps_its_area(open_map: OpenMap) -> None:
    panel = open_map("zones/teda-west").page.locator("#panel")
    expect(panel).to_contain_text(re.compile(r"[\d,.]+ 公顷（"))
    expect(panel.locator(".extent-notice")).to_have_count(0)


def test_notes_are_seen_in_the_language_of_the_page(open_map: OpenMap) -> None:
    for language, note, other in (("zh", "文件将高新区渤龙湖片区", "name"), ("en", None, "文件将高新区渤龙湖片区")):
        opened = open_map(f"zones/teda-west?lang={language}")
        future = opened.page.locator("#panel .sector", has_text=re.compile("空天利用|Use of air and space")).first
        record = record_of(opened, "/api/zones/teda-west")
        statement = next(one for one in record["industries"] if one[f"note_{language}"])
        said = statement[f"note_{language}"]
        expect(opened.page.locator("#panel .note:visible").filter(has_text=said).first).to_be_visible()
        if note:
            assert note in said
        expect(future).not_to_contain_text(other)


def test_a_note_on_several_statements_of_a_source_stands_once(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts&select=districts/dongli")
    own = block(opened, "^重点产业与出处")
    expect(own.locator(".term").first).to_be_attached()
    # Long lists are folded sector by sector.
    expect(own.locator(".term:visible")).to_have_count(0)
    own.locator("details.kind", has_text="新材料").first.locator("summary").first.click()
    expect(own.locator(".term:visible").first).to_be_visible()
    for line in own.locator(".lines > li").all():
        notes = [one.split("：", 1)[1] for one in line.locator("> .note").all_text_contents()]
        assert len(notes) == len(set(notes)), notes


def test_every_document_s_statement_on_a_theme_park_is_shown(open_map: OpenMap) -> None:
    opened = open_map("?layers=theme-parks&select=theme-parks/tp-cell-valley")
    hosts = block(opened, "^依托园区")
    stated = record_of(opened, "/api/zones/tp-cell-valley")["hosts"]
    assert len({one["evidence"]["document"] for one in stated}) > 1
    expect(hosts.locator(".lines li")).to_have_count(len(stated))
    for one in stated:
        line = hosts.locator("li", has_text=one["evidence"]["locator"]).filter(has_text=one["wording"])
        expect(line.first).to_contain_text(one["evidence"]["short_title_zh"])


def test_a_carrier_of_a_track_that_may_be_elsewhere_says_so_and_why(open_map: OpenMap) -> None:
    opened = open_map("zones/teda-west")
    track = block(opened, "^未来产业赛道").locator(".track", has_text="空天利用")
    sure = track.locator("li", has_text="产业载体：经开区西区")
    expect(sure.locator(".doubt")).to_have_count(0)
    doubtful = track.locator("li", has_text="航天产业孵化器")
    expect(doubtful.locator(".doubt")).to_contain_text("候选地之一")
    expect(doubtful.locator(".doubt")).to_contain_text("未写何者在何处")


def test_what_documents_name_is_grouped_and_counted_by_kind(open_map: OpenMap) -> None:
    opened = open_map("zones/teda-west")
    kinds = block(opened, "^文件点名的事项").locator("details.kind")
    groups = record_of(opened, "/api/zones/teda-west")["named"]
    expect(kinds).to_have_count(len(groups))
    carriers = kinds.filter(has=opened.page.get_by_role("heading", name="载体", exact=True))
    [group] = [one for one in groups if one["kind"] == "carrier"]
    expect(carriers.locator("summary").first).to_contain_text(f"{group['here']} 项在此、{group['candidate']} 项候选")
    entry = carriers.locator(".thing", has_text="航天产业孵化器")
    expect(entry).to_be_hidden()
    carriers.locator("summary").first.click()
    expect(entry).to_contain_text("规划或争取中")
    expect(entry.locator(".doubt")).to_contain_text("候选地之一")
    expect(entry.locator(".source")).to_have_text("滨海未来产业方案　三（六）")
    entry.get_by_role("button").first.click()
    expect(opened.page.locator("#panel h2")).to_have_text("航天产业孵化器")
    expect(opened.page.locator("#panel .whereabouts")).to_contain_text("候选地（文件未写明是哪一处）：")
    expect(opened.page).to_have_url(re.compile("select=things/"))
    opened.page.go_back()
    expect(opened.page.locator("#panel h2")).to_have_text("经开区西区")
    assert opened.complaints == []


def test_a_title_that_is_sought_is_not_said_to_be_obtained(open_map: OpenMap) -> None:
    opened = open_map("zones/thip-marine")
    titles = (
        block(opened, "^文件点名的事项")
        .locator("details.kind")
        .filter(has=opened.page.get_by_role("heading", name="称号与定位"))
    )
    titles.locator("summary").first.click()
    entry = titles.locator(".thing", has_text="国家信息技术应用创新基地")
    expect(entry.locator(".tag")).to_have_text("争取中")


def test_what_is_only_listed_in_a_district_is_counted_and_can_be_listed(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts&select=districts/binhai")
    group = next(one for one in record_of(opened, "/api/zones/binhai")["named"] if one["kind"] == "carrier")
    unplaced = record_of(opened, "/api/things?zone=binhai&kind=carrier&certainty=none&limit=1")["count"]
    assert 0 < group["unplaced"] == unplaced < group["listed"]
    carriers = (
        block(opened, "^文件点名的事项")
        .locator("details.kind")
        .filter(has=opened.page.get_by_role("heading", name="载体", exact=True))
    )
    carriers.locator("summary").first.click()
    rest = carriers.locator(".rest").first
    expect(rest).to_contain_text(f"另有 {unplaced} 项列于滨海新区、未写明地点")
    rest.get_by_role("button", name="列出", exact=True).click()
    expect(carriers.locator(".thing")).to_have_count(unplaced)
    expect(carriers.locator(".thing").first).to_contain_text("文件未写明地点")
    # Those that a document places in a park of the district are not said to be without a place.
    expect(carriers.locator(".rest").last).to_contain_text(f"另有 {group['listed'] - unplaced} 项")
    expect(carriers.locator(".rest").last).to_contain_text("地点写在其他园区或区域")


def test_rules_have_the_document_s_verb_and_clause_and_say_that_they_are_past(open_map: OpenMap) -> None:
    opened = open_map("zones/teda-west")
    rules = block(opened, "^规定与要求")
    expect(rules.locator(".period").first).to_have_text("规划期 2021—2025，已届满")
    rule = rules.locator(".rule", has_text="承接研发转化高端业态").first
    expect(rule.locator(".tag-verb")).to_have_text("“承接”")
    expect(rule.locator("q.clause")).to_contain_text("重点发展生物药、高端医疗器械")
    opened.go("?layers=districts&select=districts/binhai")
    count = record_of(opened, "/api/zones/binhai")["rule_count"]
    expect(rules.locator(".rule")).to_have_count(0)
    expect(rules).to_contain_text(f"共 {count} 条，适用于滨海新区全域。")
    rules.get_by_role("button", name="列出").click()
    expect(rules.locator(".rule")).to_have_count(count)


def test_indicators_say_that_their_period_is_past(open_map: OpenMap) -> None:
    opened = open_map("zones/teda-east")
    indicators = block(opened, "滨海新区的指标")
    expect(indicators.locator(".period").first).to_have_text("滨海工业规划 · 规划期 2021—2025，已届满")
    row = indicators.locator("tr", has_text="国家级高新技术企业数").first
    expect(row.locator("td")).to_have_text(["3270", "5800"])
    # A plan that is still in force is not said to be past.
    expect(indicators.locator(".period", has_text="滨海未来产业方案")).to_have_text(
        "滨海未来产业方案 · 规划期 2023—2030"
    )
    english = open_map("zones/teda-east?lang=en")
    expect(english.page.locator("#panel .surroundings .period").first).to_contain_text("expired")


def test_projects_of_the_table_and_of_running_text_are_told_apart(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts&select=districts/dongli")
    around = record_of(opened, "/api/zones/dongli/surroundings")["projects"]
    projects = block(opened, "^项目")
    heads = projects.locator("h4")
    expect(heads.first).to_have_text(re.compile(rf"^项目表所列 {around['in_table']} 个，预计总投资 129\.3014 亿元$"))
    text = around["count"] - around["in_table"]
    expect(heads.last).to_have_text(f"正文提到 {text} 个（不在项目表内，不计投资）")
    lists = projects.locator(".lines")
    expect(lists.first.locator("> li")).to_have_count(around["in_table"])
    expect(lists.last.locator("> li")).to_have_count(text)


def test_both_sides_of_a_contradiction_stand_at_the_fact(open_map: OpenMap) -> None:
    opened = open_map("?layers=theme-parks,districts&select=districts/binhai")
    section = block(opened, "^文件的说法不一致")
    found = record_of(opened, "/api/zones/binhai")["contradictions"]
    expect(section.locator(".block-count")).to_have_text(str(len(found)))
    section.locator("summary").first.click()
    scale = section.locator(".contradiction", has_text="2025年航空航天")
    expect(scale.locator(".sides li")).to_have_count(2)
    expect(scale.locator(".sides li").first).to_contain_text("产值达到80亿元，年均增速30%")
    expect(scale.locator(".sides li").first.locator(".source")).to_have_text("滨海工业规划　三（三）3")
    expect(scale.locator(".sides li").last.locator(".source")).to_have_text("天津制造业规划　三（三）4")
    at_fact = block(opened, "^重点产业与出处").locator(".sector", has_text="航空航天").locator(".contradicted").first
    at_fact.locator("summary").click()
    expect(at_fact).to_contain_text("产业规模达到50亿元，年均增长20%")
    row = block(opened, "滨海新区的指标").locator("tr, li", has=opened.page.locator(".contradicted")).first
    expect(row.locator(".sides li").first).to_be_attached()


def test_links_between_parks_say_who_takes_over_from_whom(open_map: OpenMap) -> None:
    opened = open_map("zones/teda-west")
    link = block(opened, "^与其他园区的联系").locator(".park-link", has_text="承接产业").first
    expect(link).to_contain_text(re.compile("经开区东区、经开区西区 → 南部新兴产业区"))
    expect(link.locator("q")).to_have_text("积极承接经开区东、西区产业转移")


def test_a_plan_element_has_its_own_industries_and_its_members(open_map: OpenMap) -> None:
    opened = open_map("?layers=plan-tianjin&select=plan-tianjin/plan-tianjin-group-ziya")
    members = block(opened, "^成员与图形范围")
    expect(members.locator(".element-core dd")).to_have_text(re.compile("子牙"))
    expect(members.locator(".element-members")).to_have_count(0)
    expect(members.locator(".note")).to_contain_text("未给组团命名")
    opened.go("?layers=plan-binhai&select=plan-binhai/plan-binhai-dagang")
    expect(block(opened, "^文件对本要素整体所列产业")).to_contain_text("先进化工材料")
    expect(members.locator(".element-members")).to_contain_text("天津中塘工业园")
    expect(block(opened, "^规定与要求").locator(".period")).to_contain_text("已届满")
    members.get_by_role("button", name="天津中塘工业园").click()
    expect(opened.page.locator("#panel h2")).to_have_text("天津中塘工业园")


def test_sections_fold_and_stay_folded_from_one_park_to_the_next(open_map: OpenMap) -> None:
    opened = open_map("zones/teda-west")
    panel = opened.page.locator("#panel")
    directions = block(opened, "^发展方向")
    first = directions.locator("q").first
    expect(first).to_be_visible()
    directions.locator("summary").click()
    expect(first).to_be_hidden()
    opened.page.evaluate("yuantu.showFeature('parks', 'teda-east')")
    expect(panel.locator("h2")).to_have_text("经开区东区")
    expect(directions.locator("summary")).to_be_visible()
    expect(directions.locator("q").first).to_be_hidden()
    industries = block(opened, "^重点产业与出处").locator(".lines").first
    expect(industries).to_be_visible()
    panel.get_by_role("button", name="收起各节").click()
    expect(industries).to_be_hidden()
    panel.get_by_role("button", name="展开各节").click()
    expect(directions.locator("q").first).to_be_visible()
    titles = panel.locator(".record .block h3").all_inner_texts()
    assert [re.sub(r"\d+$", "", one) for one in titles[:2]] == ["发展方向", "重点产业与出处"]
    assert opened.complaints == []


def test_a_record_that_no_layer_draws_has_an_address(open_map: OpenMap) -> None:
    opened = open_map("?select=rules/hz-b-r-standard-land")
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("标准地")
    expect(panel).to_contain_text("实施工业项目“标准地”")
    expect(panel).to_contain_text("规划期 2021—2025，已届满")
    opened.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opened.page).not_to_have_url(re.compile("select="))
    opened.go("?select=things/no-such-thing")
    expect(panel).to_contain_text("没有点名事项 'no-such-thing'")


def test_the_documents_of_a_layer_say_that_they_are_past(open_map: OpenMap) -> None:
    opened = open_map("?layers=future-clusters,parks")
    for layer, said in (("parks", "规划期 2021—2025，已届满"), ("future-clusters", "规划期 2023—2030")):
        opened.page.locator(f"#entry-{layer} .entry-about").click()
        document = opened.page.locator(f"#about-{layer} .entry-document").first
        expect(document.locator(".period")).to_have_text(said)
