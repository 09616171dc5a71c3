"""By industry: an officer picks one, sees where documents name it, narrows the list and takes it along."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests import geodata
from tests.browser.map_page import Map, OpenMap


def open_tool(opened: Map) -> Locator:
    opened.page.locator("#tool-industry").click()
    dock = opened.page.get_by_role("complementary", name="按产业")
    expect(dock.get_by_role("tree")).to_be_visible()
    return dock


def choose(opened: Map, words: str) -> Locator:
    """Open the tool and take the best match for words."""
    dock = open_tool(opened)
    dock.get_by_role("searchbox").fill(words)
    dock.get_by_role("searchbox").press("Enter")
    wait_for_list(dock)
    return dock


def wait_for_list(dock: Locator) -> None:
    expect(dock.locator(".industry-kinds")).to_be_visible()


def listed(dock: Locator) -> list[str]:
    """Return the ids of the zones that are listed, in the order of the list."""
    return [str(zone.get_attribute("data-id")) for zone in dock.locator(".industry-zone").all()]


def lit(page: Page, layer: str = "parks") -> tuple[set[str], set[str]]:
    """Return the features whose shapes are lit, and those whose shapes are faded."""
    found = page.evaluate(
        """(layer) => {
            const items = yuantu.layers.get(layer).items.filter((item) => item.path);
            const elements = (path) => path.getLayers ? path.getLayers().flatMap(elements) : [path.getElement()];
            const has = (item, name) => elements(item.path).some((element) => element?.classList.contains(name));
            const having = (name) => items.filter((item) => has(item, name));
            return [having("lit"), having("faded")].map((found) => found.map((item) => item.id));
        }""",
        layer,
    )
    return set(found[0]), set(found[1])


def parks_of(industry: str) -> set[str]:
    return set(geodata.zones_of(industry)) & set(geodata.parks())


def part(page: Page, name: str) -> str | None:
    return parse_qs(urlsplit(page.url).query).get(name, [None])[0]


def test_a_product_by_another_of_its_names(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)
    box = dock.get_by_role("searchbox", name="查找产业")
    box.press_sequentially("芯片")
    expect(dock.get_by_role("treeitem", name="集成电路 又称 芯片")).to_be_visible()
    expect(dock.get_by_role("treeitem", name="石油化工")).to_have_count(0)
    opened.shoot("industry-find-1280x800")
    box.press("Enter")
    wait_for_list(dock)
    expect(dock.get_by_role("heading", name="集成电路")).to_be_focused()
    expect(dock.locator(".industry-above")).to_have_text("智能科技 › 新一代信息技术 ›")
    wanted = parks_of("integrated-circuits")
    assert set(listed(dock)) == wanted == {"teda-east", "teda-micro"}
    assert lit(opened.page) == (wanted, set(geodata.parks()) - wanted)
    assert part(opened.page, "industry") == "integrated-circuits"
    opened.shoot("industry-1280x800")
    assert opened.complaints == []


def test_how_many_and_how_large_with_the_two_kinds_of_area_apart(open_map: OpenMap) -> None:
    dock = choose(open_map(), "生物医药")
    wanted = parks_of("biomedicine")
    status = dock.locator(".industry-summary")
    expect(status).to_contain_text(f"{len(wanted)} 个园区")
    computed = geodata.total_hectares(wanted)
    published = [float(geodata.parks()[zone]["official_area_ha"] or 0) for zone in wanted]
    said = status.locator(".industry-sum").all_inner_texts()
    assert said[0].startswith("图上面积合计")
    assert float(said[0].split()[1].replace(",", "")) == pytest.approx(computed, rel=1e-3)
    assert said[1].startswith(f"公布面积合计（{sum(1 for area in published if area)} 个有） {sum(published):,.0f} 公顷")
    expect(status).to_contain_text("与图上面积分别合计")


def test_leading_and_supporting_ones_and_the_documents_behind_them(open_map: OpenMap) -> None:
    dock = choose(open_map(), "现代服务业")
    ranks = {zone: rank for zone, rank in geodata.zones_of("modern-services").items() if zone in geodata.parks()}
    for rank, heading in (("leading", "重点"), ("supporting", "辅助或培育"), ("service", "服务功能")):
        group = dock.get_by_role("region", name=heading)
        assert {z.get_attribute("data-id") for z in group.locator(".industry-zone").all()} == {
            zone for zone, own in ranks.items() if own == rank
        }
    seaport = dock.locator(".industry-zone[data-id='ftz-seaport']")
    expect(seaport.locator("summary", has_text="依据")).to_contain_text("滨海工业规划")
    expect(seaport.get_by_text("表2·保税区·海港")).to_be_hidden()
    seaport.locator("summary", has_text="依据").click()
    expect(seaport.get_by_text("表2·保税区·海港")).to_be_visible()
    expect(seaport.locator(".industry-evidence li").first).to_contain_text("服务功能")


def test_the_tree_with_keys_alone(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)
    page = opened.page
    dock.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    sector = dock.get_by_role("treeitem", name="智能科技")
    expect(sector).to_be_focused()
    expect(sector).to_have_attribute("aria-expanded", "false")
    assert sector.get_attribute("aria-level") == "1"
    page.keyboard.press("ArrowRight")
    expect(sector).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowRight")
    expect(dock.get_by_role("treeitem", name="新一代信息技术", exact=False).first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(sector).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(dock.get_by_role("treeitem", name="生物医药")).to_be_focused()
    assert dock.locator("[role=treeitem][tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    wait_for_list(dock)
    assert set(listed(dock)) == parks_of("biomedicine")
    page.keyboard.press("Tab")
    expect(dock.get_by_role("button", name="换一个")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dock.get_by_role("searchbox")).to_be_focused()
    assert lit(page) == (set(), set()) and part(page, "industry") is None


def test_the_filters_narrow_list_map_and_sums_together(open_map: OpenMap) -> None:
    opened = open_map()
    dock = choose(opened, "装备制造")
    parks = geodata.parks()
    dock.get_by_label("级别").select_option("national")
    wanted = {zone for zone in parks_of("equipment") if parks[zone]["level"] == "national"}
    assert set(listed(dock)) == wanted
    dock.get_by_label("管理归属").select_option("binhai")
    administrations = {row["id"] for row in geodata.rows("zones") if row["parent"] == "binhai"} | {"binhai"}
    wanted = {zone for zone in wanted if parks[zone]["parent"] in administrations}
    assert set(listed(dock)) == wanted
    element = next(row for row in geodata.rows("plan_elements") if row["id"] == "plan-binhai-belt-coastal")
    dock.get_by_label("规划要素").focus()
    dock.get_by_label("规划要素").select_option(element["id"])
    wanted &= set(element["members"].split(";"))
    assert set(listed(dock)) == wanted and wanted
    assert lit(opened.page)[0] == wanted
    expect(dock.locator(".industry-summary")).to_contain_text(f"{len(wanted)} 个园区")
    expect(dock.locator("summary", has_text="筛选")).to_have_text("筛选（3 项）")
    assert part(opened.page, "industry") == "equipment,level:national,district:binhai,element:plan-binhai-belt-coastal"
    expect(dock.get_by_label("规划要素")).to_be_focused()
    opened.shoot("industry-filtered-1280x800")


def test_what_removes_everything_is_said_and_can_be_dropped(open_map: OpenMap) -> None:
    opened = open_map()
    opened.go("?industry=modern-services,level:town,rank:supporting")
    dock = opened.page.get_by_role("complementary", name="按产业")
    wait_for_list(dock)
    found = {z: r for z, r in geodata.zones_of("modern-services").items() if z in geodata.parks()}
    town = [zone for zone in found if geodata.parks()[zone]["level"] == "town"]
    supporting = [zone for zone, rank in found.items() if rank == "supporting"]
    assert town and supporting and not set(town) & set(supporting)
    status = dock.locator(".industry-summary")
    expect(status).to_contain_text(f"{len(found)} 个园区中，没有一个同时符合所选条件")
    expect(status).to_contain_text(f"去掉“级别：街镇级”，有 {len(supporting)} 个")
    expect(status).to_contain_text(f"去掉“主次：辅助或培育”，有 {len(town)} 个")
    expect(dock.locator(".industry-files")).to_have_count(0)
    status.get_by_role("button", name="去掉“级别").click()
    assert set(listed(dock)) == set(supporting)
    assert part(opened.page, "industry") == "modern-services,rank:supporting"


def test_an_industry_that_no_park_is_named_with_points_to_what_it_belongs_to(open_map: OpenMap) -> None:
    dock = choose(open_map(), "集成电路设计")
    expect(dock.locator(".industry-summary")).to_contain_text("没有文件为任何一个园区列明“集成电路设计”")
    dock.locator(".industry-summary").get_by_role("button", name="集成电路（2）").click()
    expect(dock.get_by_role("heading", name="集成电路", exact=True)).to_be_focused()
    expect(dock.locator(".industry-zone")).to_have_count(2)


def test_where_no_park_is_named_the_zones_that_are_named_are_listed(open_map: OpenMap) -> None:
    opened = open_map()
    opened.page.locator("#search-input").fill("核心芯片")
    opened.page.get_by_role("option", name="核心芯片").first.click()
    dock = opened.page.get_by_role("complementary", name="按产业")
    wait_for_list(dock)
    kinds = {row["id"]: row["kind"] for row in geodata.rows("zones")}
    areas = {zone for zone in geodata.zones_of("core-chips") if kinds[zone] == "functional_area"}
    assert areas and not set(geodata.zones_of("core-chips")) & geodata.parks().keys()
    assert set(listed(dock)) == areas
    expect(dock.locator(".industry-summary")).to_contain_text("文件没有为园区列明“核心芯片”，这里列出的是功能区")
    assert part(opened.page, "industry") == "core-chips,kind:functional_area"
    # Another industry begins with parks again.
    dock.locator(".industry-above").get_by_role("button", name="智能科技").click()
    expect(dock.get_by_role("heading", name="智能科技")).to_be_visible()
    wait_for_list(dock)
    assert set(listed(dock)) == parks_of("smart-tech")
    assert part(opened.page, "industry") == "smart-tech"


def seen(opened: Map) -> Callable[[str], bool]:
    """Return what tells whether a park is seen as a whole, not under a sheet."""
    west, south, east, north = opened.page.evaluate(
        """(() => {
            const { x, y } = yuantu.map.getSize(), at = (corner) => yuantu.map.containerPointToLatLng(corner);
            return [at([0, y - yuantu.cover]), at([x, 0])].flatMap(({ lng, lat }) => [lng, lat]); })()"""
    )

    def is_seen(zone: str) -> bool:
        box = geodata.footprints()[zone].bounds
        return bool(west < box[0] and south < box[1] and east > box[2] and north > box[3])

    return is_seen


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_what_is_lit_is_seen(open_map: OpenMap, phone: bool) -> None:
    opened = open_map("?industry=petrochemicals", phone=phone)
    wait_for_list(opened.page.get_by_role("complementary", name="按产业"))
    assert all(map(seen(opened), parks_of("petrochemicals")))
    # An address that says what the map shows is taken at its word; what is picked then is brought into view.
    opened.go("?industry=petrochemicals&view=117.2,39.4,12")
    dock = opened.page.get_by_role("complementary", name="按产业")
    wait_for_list(dock)
    assert not any(map(seen(opened), parks_of("petrochemicals")))
    opened.until("location.search.includes('view=117.2,39.4,12')")
    dock.get_by_role("button", name="换一个").click()
    dock.get_by_role("treeitem", name="航空航天").click()
    wait_for_list(dock)
    assert all(map(seen(opened), parks_of("aerospace")))


def test_other_kinds_of_zone_have_lists_of_their_own(open_map: OpenMap) -> None:
    opened = open_map()
    dock = choose(opened, "生物医药")
    kinds = {row["id"]: row["kind"] for row in geodata.rows("zones")}
    for name, kind in (("功能区", "functional_area"), ("开发区", "development_zone"), ("市辖区", "district")):
        dock.locator(".industry-kinds").get_by_role("button", name=name).click()
        wanted = {zone for zone in geodata.zones_of("biomedicine") if kinds.get(zone) == kind}
        assert set(listed(dock)) == wanted, kind
    opened.settle()
    assert lit(opened.page, "districts")[0] == wanted
    opened.shoot("industry-districts-1280x800")
    opened.page.keyboard.press("Escape")
    assert lit(opened.page, "districts") == (set(), set())


def test_the_files_hold_just_what_is_listed(open_map: OpenMap) -> None:
    opened = open_map()
    dock = choose(opened, "装备制造")
    for level in ("", "municipal"):
        dock.get_by_label("级别").select_option(level)
        wanted = set(listed(dock))
        assert wanted
        answers = {}
        for name in ("XLSX", "CSV", "GeoJSON"):
            href = dock.locator(".industry-files").get_by_role("link", name=name).get_attribute("href")
            answers[name] = opened.page.request.get(f"{opened.url}{href}")
            assert answers[name].ok, answers[name].text()
        text = answers["CSV"].body().decode("utf-8-sig")
        assert {row["id"] for row in csv.DictReader(io.StringIO(text))} == wanted
        assert {feature["id"] for feature in answers["GeoJSON"].json()["features"]} == wanted
        sheet = openpyxl.load_workbook(io.BytesIO(answers["XLSX"].body())).worksheets[0]
        cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
        names = {row["id"]: row["name_zh"] for row in geodata.parks().values()}
        assert {zone for zone, name in names.items() if name in cells} == wanted


def test_the_address_opens_the_same_list_and_back_goes_back(open_map: OpenMap) -> None:
    opened = open_map()
    dock = choose(opened, "集成电路")
    dock.locator(".industry-above").get_by_role("button", name="智能科技").click()
    expect(dock.get_by_role("heading", name="智能科技")).to_be_visible()
    wait_for_list(dock)
    dock.get_by_label("级别").select_option("national")
    address = opened.page.url
    before = listed(dock)
    again = open_map()
    again.page.goto(address)
    again.settle()
    reopened = again.page.get_by_role("complementary", name="按产业")
    wait_for_list(reopened)
    assert listed(reopened) == before
    assert lit(again.page)[0] == set(before)
    opened.page.go_back()
    expect(dock.get_by_label("级别")).to_have_value("")
    opened.page.go_back()
    expect(dock.get_by_role("heading", name="集成电路")).to_be_visible()
    expect(dock.locator(".industry-zone")).to_have_count(2)
    opened.page.go_back()
    expect(dock.get_by_role("tree")).to_be_visible()
    assert lit(opened.page) == (set(), set())


@pytest.mark.parametrize(
    ("asked", "said"),
    [("nothing", "网址中的产业不存在，已忽略：nothing"), ("biomedicine,size:9", "筛选条件无法识别，已忽略：size:9")],
)
def test_an_address_that_is_not_understood(open_map: OpenMap, asked: str, said: str) -> None:
    opened = open_map(f"?industry={asked}")
    expect(opened.page.get_by_text(said)).to_be_visible()


def test_zooming_to_all_and_to_one(open_map: OpenMap) -> None:
    opened = open_map("?view=117.7,39,13")
    dock = choose(opened, "石油化工")
    dock.get_by_role("button", name="缩放至全部").click()
    west, south, east, north = opened.page.evaluate(
        "(() => { const b = yuantu.map.getBounds(); return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]; })()"
    )
    for zone in parks_of("petrochemicals"):
        box = geodata.footprints()[zone].bounds
        assert west < box[0] and south < box[1] and east > box[2] and north > box[3], zone
    dock.get_by_role("button", name="南港工业区").click()
    expect(opened.page.locator("#panel h2")).to_have_text("南港工业区")
    assert part(opened.page, "select") == "parks/teda-nangang"
    opened.page.locator("#panel").get_by_role("button", name="关闭").click()
    expect(dock.get_by_role("heading", name="石油化工")).to_be_visible()
    assert lit(opened.page)[0] == parks_of("petrochemicals")


def test_a_search_for_an_industry_opens_it_here(open_map: OpenMap) -> None:
    opened = open_map()
    opened.page.locator("#search-input").fill("集成电路")
    opened.page.get_by_role("option", name="集成电路").first.click()
    dock = opened.page.get_by_role("complementary", name="按产业")
    wait_for_list(dock)
    expect(dock.get_by_role("heading", name="集成电路", exact=True)).to_be_visible()
    assert set(listed(dock)) == parks_of("integrated-circuits")


def test_closing_leaves_the_map_as_it_was(open_map: OpenMap) -> None:
    opened = open_map()
    choose(opened, "汽车")
    assert lit(opened.page)[0]
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator("#dock")).to_be_hidden()
    assert lit(opened.page) == (set(), set())
    assert part(opened.page, "industry") is None


def test_what_the_server_says_wrong_is_said_and_can_be_asked_again(open_map: OpenMap) -> None:
    opened = open_map(routes={"**/api/industries/*/zones": lambda route: route.abort()})
    dock = open_tool(opened)
    dock.get_by_role("treeitem", name="汽车").click()
    expect(dock.get_by_text("没有取得名单：服务器没有应答")).to_be_visible()
    opened.page.unroute("**/api/industries/*/zones")
    dock.get_by_role("button", name="重试").click()
    wait_for_list(dock)
    assert set(listed(dock)) == parks_of("automotive")


def test_names_are_text_and_nothing_else(open_map: OpenMap) -> None:
    evil = "</script><img src=x onerror=\"document.title='broken'\">"

    def spoil(route: Route) -> None:
        answer: dict[str, Any] = route.fetch().json()
        for zone in answer["zones"]:
            zone["name_zh"] = evil
        route.fulfill(status=200, content_type="application/json", body=json.dumps(answer))

    opened = open_map(routes={"**/api/industries/*/zones": spoil})
    dock = choose(opened, "石油化工")
    expect(dock.locator(".industry-zone .choice").first).to_have_text(evil)
    assert dock.locator("img").count() == 0
    assert "broken" not in opened.page.title()


def test_on_a_phone_in_english(open_map: OpenMap) -> None:
    opened = open_map("?lang=en&industry=biomedicine", phone=True)
    dock = opened.page.get_by_role("complementary", name="By industry")
    wait_for_list(dock)
    expect(dock.locator(".industry-summary")).to_contain_text(f"{len(parks_of('biomedicine'))} parks")
    assert lit(opened.page)[0] == parks_of("biomedicine")
    expect(dock.get_by_label("Level")).to_be_hidden()
    dock.locator("summary", has_text="Filters").click()
    dock.get_by_label("Level").select_option("national")
    expect(dock.locator("summary", has_text="Filters")).to_have_text("Filters (1)")
    width = opened.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    opened.shoot("industry-390x844")
    assert opened.complaints == []
