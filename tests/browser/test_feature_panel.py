"""What is read of a feature: in the panel after a click, in the tooltip before it."""

import re

from playwright.sync_api import expect

from tests.browser.map_page import OpenMap, answer, park, query_of

STACKS = "yuantu.layers.get('projects').stacks.map((s) => [s.length, ...yuantu.layers.get('projects').placeOf(s)])"


def test_a_click_on_teda_east_shows_its_industries(open_map: OpenMap) -> None:
    opened = open_map()
    opened.click(*opened.label_point("parks", "teda-east"))
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("经开区东区")
    for name in ("人工智能", "集成电路", "大数据", "生物药", "高端医疗器械"):
        expect(panel.locator(".rows").first).to_contain_text(name)
    expect(panel.locator(".record")).to_contain_text("表2·经开区·东区")
    expect(panel.locator(".record")).to_contain_text("一核两带多片区")
    text = opened.panel()
    assert re.search(r"[\d,.]+ 公顷（[\d,]+ 亩，[\d.]+\u00a0km²）", text)
    assert "示意（非法定边界）" in text
    assert "此处共 3 个要素" in text
    assert query_of(opened)["select"] == ["parks/teda-east"]
    opened.page.mouse.move(640, 60)
    opened.shoot("teda-east-1280x800")
    opened.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert "select" not in query_of(opened)
    assert opened.complaints == []


def test_a_long_list_is_shown_when_it_is_wanted(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts&select=districts/dongli")
    panel = opened.page.locator("#panel")
    industries = opened.page.evaluate(
        "yuantu.layers.get('districts').items.find((item) => item.id === 'dongli').properties.industries_zh"
    )
    assert len(industries) > 50
    row = panel.locator(".rows > div", has_text="细分领域").locator("dd")
    expect(row).to_contain_text("、".join(industries[:12]) + "…")
    expect(row).not_to_contain_text(industries[-1])
    row.get_by_role("button", name=f"显示全部 {len(industries)} 项").click()
    expect(row).to_have_text("、".join(industries))
    expect(row).to_be_focused()


def test_the_plan_under_a_park_can_be_read_from_the_panel(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks,plan-binhai&select=parks/teda-east")
    panel = opened.page.locator("#panel")
    panel.get_by_role("button", name="一核：滨海新区主城区", exact=True).click()
    expect(panel.locator("h2")).to_contain_text("滨海新区主城区")
    panel.locator(".element-members").get_by_role("button", name="经开区东区", exact=True).click()
    expect(panel.locator("h2")).to_have_text("经开区东区")


def test_a_layer_switched_on_later_joins_what_else_is_at_the_place(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks&select=parks/thip-marine")
    panel = opened.page.locator("#panel")
    expect(panel.locator(".around")).to_have_text("没有打开规划图层，未查规划。")
    opened.page.get_by_label("一谷三区", exact=True).check()
    expect(panel.locator(".here")).to_contain_text("一谷三区")
    opened.page.get_by_label("一谷三区", exact=True).uncheck()
    expect(panel.locator(".here")).to_have_count(0)
    opened.page.get_by_label("园区", exact=True).uncheck()
    expect(panel).to_be_hidden()


def test_a_zone_s_record_that_fails_leaves_the_rest_readable(open_map: OpenMap) -> None:
    opened = open_map("?select=parks/teda-east", routes={"**/api/zones/*": lambda route: route.abort()})
    panel = opened.page.locator("#panel")
    expect(panel).to_contain_text("完整记录读取失败")
    expect(panel).to_contain_text("人工智能")
    opened.page.unroute("**/api/zones/*")
    panel.get_by_role("button", name="重试").click()
    expect(panel.locator(".record")).to_contain_text("表2·经开区·东区")


def test_stored_markup_is_shown_as_text(open_map: OpenMap) -> None:
    name = '<img src=x onerror="window.pwned=1"><script>window.pwned=2</script>'
    properties = {"name_zh": name, "name_en": name, "short_name_zh": name, "level": name, "industries_zh": [name]}
    record = {
        "id": "evil", "name_zh": name, "name_en": name, "aliases": [name], "positioning_zh": name,
        "parent": {"id": "x", "name_zh": name, "name_en": name, "kind": "district"}, "children": [],
        "industries": [{
            "id": "a", "name_zh": name, "name_en": name, "kind": "sector", "rank": "leading", "wording": f"{name}!",
            "qualifier": None, "note_zh": name, "note_en": name,
            "sector": {"id": "s", "name_zh": name, "name_en": name},
            "evidence": {"document": "d", "title_zh": name, "short_title_zh": name, "locator": name},
        }],
        "plans": [{
            "plan": {"id": "p", "name_zh": name, "name_en": name},
            "element": {"id": "e", "name_zh": name, "name_en": name, "kind": "core"}, "positioning_zh": name,
            "evidence": {"document": "d", "title_zh": name, "short_title_zh": name, "locator": name},
        }],
        "contradictions": [{
            "id": "c", "summary_zh": name, "summary_en": name, "bears_on": ["a"],
            "sides": [{"wording": name, "evidence": {"document": "d", "short_title_zh": name, "locator": name}}],
        }],
        "named": [{
            "kind": "policy", "here": 1, "candidate": 0, "listed": 1, "unplaced": 1,
            "things": [{
                "id": "t", "name_zh": name, "name_en": name, "status": "planned", "certainty": "inferred",
                "place_basis_zh": name, "place_basis_en": name, "summary_zh": name, "summary_en": name,
                "figures": [name], "evidence": {"document": "d", "short_title_zh": name, "locator": name},
            }],
        }],
    }  # fmt: skip
    zone = {"id": "x", "name_zh": name, "name_en": name, "kind": "park"}
    far = {"boundary_m": 1, "centroid_m": 2, "azimuth": 0, "overlap_ha": None}
    evidence = {"document": "d", "title_zh": name, "short_title_zh": name, "locator": name}
    around = {
        "zone": zone, "neighbours": [{"zone": zone, "level": name, **far}], "plans": [],
        "facilities": [{**zone, **far, "kind": "airport", "accuracy_m": 1, "source_zh": name, "source_en": name}],
        "projects": {"count": 1, "investment_total": 1, "items": [{
            "id": "p", "name_zh": name, "investment_total": 1, "year_start": 2021, "year_end": 2022, "owner_zh": name,
            "in_table": True, "located": "park", "places_zh": [name], "places_en": [name], "figures": [name],
            "evidence": evidence,
        }]},
        "indicators": {"scope": zone, "items": [{
            "id": "i", "kind": "headline", "category_zh": name, "name_zh": name, "unit": name, "base_year": 2020,
            "base": name, "target_year": 2025, "target": name, "nature": None, "period": None, "evidence": evidence,
        }]},
    }  # fmt: skip
    body = {"type": "FeatureCollection", "features": [park("evil", **properties)]}
    routes = {
        "**/layers/parks.geojson": answer(body),
        "**/api/zones/evil": answer(record),
        "**/api/zones/evil/surroundings": answer(around),
    }
    opened = open_map("?layers=parks&view=117.55,39.05,12", routes=routes)
    expect(opened.page.locator(".label-parks")).to_have_text(name)
    opened.page.mouse.move(*opened.at(117.55, 39.02))
    expect(opened.page.locator(".tip")).to_contain_text(name)
    opened.click(117.55, 39.02)
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(name)
    expect(panel.locator(".record .source").first).to_contain_text(name)
    expect(panel.locator(".positioning")).to_have_text(name)
    for part in (".ways", ".neighbour", ".indicators", ".contradictions", ".kind", ".note"):
        expect(panel.locator(part).first).to_contain_text(name)
    assert opened.page.locator("#panel img, #panel script, .label img, .tip img, #stage script").count() == 0
    assert opened.page.evaluate("globalThis.pwned") is None
    assert opened.complaints == []


def test_projects_at_one_place_are_one_circle_that_lists_them(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,projects")
    stacks = opened.page.evaluate(STACKS)
    features = opened.page.request.get(f"{opened.url}/layers/projects.geojson").json()["features"]
    points = [one["geometry"] for one in features if one["geometry"]]
    # A project of several places stands at each of them.
    places = sum(1 if one["type"] == "Point" else len(one["coordinates"]) for one in points)
    assert sum(count for count, _, _ in stacks) == places < len(features)
    count, lng, lat = max(stacks)
    circles = opened.page.locator(".leaflet-layer-projects-pane .stack")
    assert sorted(circles.all_inner_texts()) == sorted(str(stack[0]) for stack in stacks if stack[0] > 1)
    opened.click(lng, lat)
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(f"同一位置的 {count} 个要素")
    choices = panel.locator("ol.choices button")
    assert choices.count() == count
    opened.shoot("projects-1280x800")
    first = choices.first.inner_text()
    choices.first.click()
    expect(panel.locator("h2")).to_have_text(first)
    expect(panel).to_contain_text("点为园区内的示意点，不是地址")
    panel.get_by_role("button", name=f"返回列表（{count}）").click()
    assert panel.locator("ol.choices button").count() == count


def test_the_tooltip_names_the_park_and_its_industries(open_map: OpenMap) -> None:
    opened = open_map()
    opened.page.mouse.move(*opened.at(*opened.label_point("parks", "teda-east")))
    tip = opened.page.locator(".tip")
    expect(tip).to_contain_text("经开区东区")
    expect(tip).to_contain_text("人工智能、集成电路、大数据")
    expect(opened.page.locator("#coordinates")).to_contain_text("东经 117.")
    opened.shoot("tooltip-1280x800")


def test_english(open_map: OpenMap) -> None:
    opened = open_map("?lang=en&layers=districts,parks,plan-binhai&select=parks/teda-east")
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("TEDA East")
    expect(panel.locator(".rows").first).to_contain_text("Artificial intelligence", ignore_case=True)
    expect(panel.locator(".rows").first).to_contain_text("National")
    expect(panel.locator(".record")).to_contain_text("Priority industries and their sources")
    expect(opened.page.locator("#layers")).to_contain_text("One core, two belts, several areas")
    opened.shoot("teda-east-en-1280x800")
    assert opened.complaints == []


def test_a_list_of_names_that_hold_the_separator_can_still_be_read(open_map: OpenMap) -> None:
    properties = {"plan_roles_zh": ["两带集聚、双城优化·带", "一谷三区·谷"], "sectors_zh": ["汽车", "装备"]}
    body = {"type": "FeatureCollection", "features": [park("a", name_zh="甲", **properties)]}
    opened = open_map("?layers=parks&select=parks/a", routes={"**/layers/parks.geojson": answer(body)})
    panel = opened.page.locator("#panel")
    # There is no record of it: what that would say with its sources stands as the layer has it.
    expect(panel).to_contain_text("完整记录读取失败")
    expect(panel.locator("dd:visible", has_text="两带集聚、双城优化·带；一谷三区·谷")).to_have_count(1)
    expect(panel).to_contain_text("汽车、装备")


def test_the_firms_that_documents_name_stand_with_industry_and_source(open_map: OpenMap) -> None:
    opened = open_map("?select=districts/binhai")
    firms = opened.page.locator("#panel .block", has=opened.page.get_by_role("heading", name="文件列举的企业和机构"))
    # A long list is folded; it says how many there are.
    expect(firms.locator(".block-count")).to_have_text(re.compile(r"^\d{2,}$"))
    expect(firms.get_by_text("空客", exact=True)).to_be_hidden()
    firms.locator("summary").click()
    aircraft = firms.locator(".sector", has=opened.page.get_by_role("heading", name="大飞机"))
    line = aircraft.locator("li", has_text="空客").first
    expect(line).to_be_visible()
    expect(line.locator(".source").first).to_contain_text("滨海")
