"""Statistics: what the charts show is what the text files add up to, and what is clicked lights up on the map."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import shapely
from playwright.sync_api import Locator, Page, expect

from tests import geodata
from tests.browser.map_page import Map, OpenMap
from tests.browser.test_industry import lit, part

CHART = "/assets/chart.js/chart.umd.min.js"


def open_tool(opened: Map) -> Locator:
    opened.page.locator("#tool-statistics").click()
    dock = opened.page.get_by_role("complementary", name="统计")
    expect(dock.locator(".statistics-total")).to_be_visible()
    return dock


def chart(page: Page, section: str) -> dict[str, Any]:
    """Return what a chart draws: its labels, and its series by name."""
    found: dict[str, Any] = page.evaluate(
        """(section) => {
            const { data } = Chart.getChart(document.querySelector(`#statistics-${section} canvas`));
            const series = Object.fromEntries(data.datasets.map((one) => [one.label, one.data]));
            return { labels: data.labels, series };
        }""",
        section,
    )
    return found


def click_bar(page: Page, section: str, label: str, series: str) -> None:
    canvas = page.locator(f"#statistics-{section} canvas")
    canvas.scroll_into_view_if_needed()
    x, y = page.evaluate(
        """([section, label, series]) => {
            const chart = Chart.getChart(document.querySelector(`#statistics-${section} canvas`));
            const place = chart.data.datasets.findIndex((one) => one.label === series);
            const { x, y } = chart.getDatasetMeta(place).data[chart.data.labels.indexOf(label)].getCenterPoint();
            const box = chart.canvas.getBoundingClientRect();
            return [box.x + x, box.y + y];
        }""",
        [section, label, series],
    )
    page.mouse.click(x, y)


def sector_names() -> dict[str, str]:
    return {row["id"]: row["name_zh"] for row in geodata.rows("industries")}


def test_the_charts_are_fetched_when_they_are_wanted_and_from_here(open_map: OpenMap) -> None:
    opened = open_map(go=False)
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    opened.go()
    assert not [path for path in asked if "chart" in path or "statistics" in path]
    open_tool(opened)
    assert any(path.endswith(CHART) for path in asked)
    assert opened.hosts == {urlsplit(opened.url).netloc}
    opened.shoot("statistics-1280x800")
    assert opened.complaints == []


def test_parks_by_sector_as_bars_and_as_a_table(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)
    names, wanted = sector_names(), geodata.parks_by_sector()
    drawn = chart(opened.page, "sectors")
    for rank, label in (("leading", "重点"), ("supporting", "辅助或培育"), ("service", "服务功能")):
        found = dict(zip(drawn["labels"], drawn["series"][label], strict=True))
        assert found == {names[sector]: len(ranked[rank]) for sector, ranked in wanted.items()}
    expect(dock.get_by_role("img", name=f"条形图：{len(wanted)} 个产业门类的园区数")).to_be_visible()
    section = dock.locator("#statistics-sectors")
    section.locator("summary").click()
    assert opened.page.evaluate("document.body.scrollHeight") <= 800, "the panel scrolls, the page does not"
    rows = {row[0]: row[1:5] for row in (r.all_inner_texts() for r in _rows(section))}
    assert rows == {
        names[sector]: [str(len(ranked[rank])) for rank in geodata.RANKS] + [str(sum(map(len, ranked.values())))]
        for sector, ranked in wanted.items()
    }
    titles = {row["id"]: row["short_title_zh"] for row in geodata.rows("documents")}
    cited = {titles[row["document"]] for row in geodata.rows("zone_industries") if row["subject"] in geodata.parks()}
    assert set(section.locator(".source").inner_text().removeprefix("出处：").split("、")) == cited


def _rows(section: Locator) -> list[Locator]:
    return [row.locator("th, td") for row in section.locator("tbody tr").all()]


def test_a_bar_lights_its_parks_and_once_more_ends_it(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)
    wanted = geodata.parks_by_sector()["biomedicine"]["leading"]
    click_bar(opened.page, "sectors", "生物医药", "重点")
    expect(dock.locator(".statistics-lit")).to_contain_text(f"已点亮 生物医药 · 重点：{len(wanted)} 个园区")
    assert lit(opened.page) == (wanted, set(geodata.parks()) - wanted)
    assert part(opened.page, "statistics") == "lit:sector.biomedicine.leading"
    opened.shoot("statistics-lit-1280x800")
    dock.locator(".statistics-lit summary").click()
    names = {row["name_zh"] for zone, row in geodata.parks().items() if zone in wanted}
    assert set(dock.locator(".statistics-lit li").all_inner_texts()) == names
    dock.get_by_role("button", name="缩放至").click()
    bounds = opened.page.evaluate(
        "(b => [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()])(yuantu.map.getBounds())"
    )
    assert all(shapely.box(*bounds).contains(geodata.footprints()[zone]) for zone in wanted)
    click_bar(opened.page, "sectors", "生物医药", "重点")
    expect(dock.locator(".statistics-lit")).to_be_hidden()
    assert lit(opened.page) == (set(), set())
    assert part(opened.page, "statistics") is None


def test_the_buttons_of_a_table_do_what_the_bars_do(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)
    section = dock.locator("#statistics-levels")
    section.locator("summary").focus()
    opened.page.keyboard.press("Enter")
    button = section.get_by_role("button", name="街镇级", exact=True)
    button.focus()
    opened.page.keyboard.press("Enter")
    towns = {zone for zone, row in geodata.parks().items() if row["level"] == "town"}
    assert lit(opened.page)[0] == towns
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "true")
    published = {
        zone for zone, row in geodata.parks().items() if row["level"] == "national" and row["official_area_ha"]
    }
    section.get_by_role("button", name="国家级 公布面积").click()
    assert lit(opened.page)[0] == published


def test_computed_and_published_areas_stand_side_by_side(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)
    drawn = chart(opened.page, "levels")
    parks = geodata.parks()
    for level, label in (("national", "国家级"), ("municipal", "市级（无面积）"), ("town", "街镇级（无面积）")):
        at = drawn["labels"].index(label)
        ids = [zone for zone, row in parks.items() if row["level"] == level]
        published = [float(parks[zone]["official_area_ha"]) for zone in ids if parks[zone]["official_area_ha"]]
        measured = any(map(geodata.has_area, ids))
        wanted = pytest.approx(geodata.total_hectares(ids), rel=1e-3) if measured else None
        assert drawn["series"]["图上面积"][at] == wanted, "no area is no bar, not a bar of 0"
        assert drawn["series"]["公布面积"][at] == (sum(published) if published else None)
    expect(dock.locator("#statistics-levels")).to_contain_text("两者分别统计，不相加")
    with_area = sum(map(geodata.has_area, parks))
    said = f"面积仅合计有公布范围或面积的 {with_area} 处；其余 {len(parks) - with_area} 处边界为估计，不计面积"
    expect(dock.locator(".statistics-status")).to_contain_text(said)
    dock.locator("#statistics-levels summary").click()
    towns = dock.locator("#statistics-levels tr", has_text="街镇级")
    expect(towns).to_contain_text("边界为估计，不计")


def test_only_what_is_in_view_counts_when_that_is_wanted(open_map: OpenMap) -> None:
    opened = open_map("?view=117.72,39.03,12")
    dock = open_tool(opened)
    expect(dock.locator(".statistics-total")).to_have_text(f"全部 {len(geodata.parks())} 个园区")

    def in_view() -> set[str]:
        bounds = opened.page.evaluate(
            "(b => [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()])(yuantu.map.getBounds())"
        )
        return {zone for zone in geodata.parks() if geodata.footprints()[zone].intersects(shapely.box(*bounds))}

    dock.get_by_label("只统计当前视图").check()
    expect(dock.locator(".statistics-total")).to_have_text(f"当前视图内 {len(in_view())} 个园区")
    first = in_view()
    opened.page.evaluate("yuantu.map.setView([39.08, 117.4], 12, { animate: false })")
    second = in_view()
    assert first != second and second
    expect(dock.locator(".statistics-total")).to_have_text(f"当前视图内 {len(second)} 个园区")
    wanted = {
        sector_names()[sector]: len(both)
        for sector, ranked in geodata.parks_by_sector().items()
        if (both := ranked["leading"] & second)
    }
    drawn = chart(opened.page, "sectors")
    found = dict(zip(drawn["labels"], drawn["series"]["重点"], strict=True))
    assert {name: count for name, count in found.items() if count} == wanted
    assert part(opened.page, "statistics") == "view"
    opened.page.evaluate("yuantu.map.setView([38, 119.5], 11, { animate: false })")
    expect(dock.locator(".statistics-total")).to_have_text("当前视图内 0 个园区")
    expect(dock.locator("#statistics-sectors")).to_contain_text("当前视图内没有。")
    opened.shoot("statistics-nothing-1280x800")
    dock.get_by_label("只统计当前视图").uncheck()
    expect(dock.locator(".statistics-total")).to_have_text(f"全部 {len(geodata.parks())} 个园区")


def test_indicators_as_printed_and_the_parks_they_are_of(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)
    section = dock.locator("#statistics-indicators")
    section.get_by_label("哪个区域").select_option(label="天津滨海高新技术产业开发区 · 高新区规划纲要 · 指标（55）")
    rows = [row for row in geodata.rows("indicators") if row["scope"] == "thip" and row["kind"] == "headline"]
    section.locator("summary").click()
    shown = [row.all_inner_texts() for row in _rows(section)]
    natures = {"binding": "约束性", "expected": "预期性"}

    def value(row: dict[str, str], side: str) -> str:
        text, year = row[f"{side}_text"], row[f"{side}_year"]
        return (f"{text}\n{year} 年" if year else text) if text else "未载明"

    assert [tuple(row) for row in shown] == [
        (
            "\n".join(
                filter(
                    None,
                    (
                        f"{row['name_zh']}（{row['unit']}）" if row["unit"] else row["name_zh"],
                        natures.get(row["nature"]),
                        row["note_zh"],
                    ),
                )
            ),
            value(row, "base"),
            value(row, "target"),
            row["locator"],
        )
        for row in rows
    ]
    assert {row["nature"] for row in rows} >= natures.keys(), "the table of the document prints both kinds"
    expect(section).to_contain_text("规划期 2021—2025，已届满")
    numbers = [row for row in rows if row["base_value"] or row["target_value"]]
    drawn = chart(opened.page, "indicators")
    assert len(drawn["labels"]) == len(numbers)
    growth = next(row for row in rows if row["id"] == "thip-gdp-growth")
    at = drawn["labels"].index(f"{growth['name_zh']}（%）")
    # -1.5 beside 10: each indicator is drawn on a scale of its own.
    assert (drawn["series"]["基期"][at], drawn["series"]["目标"][at]) == (-0.15, 1)
    section.get_by_role("button", name="点亮天津滨海高新技术产业开发区").click()
    assert lit(opened.page)[0] == {zone for zone, row in geodata.parks().items() if row["parent"] == "thip"}
    assert part(opened.page, "statistics") == "group:thip.hitech-zone.headline,lit:scope.thip.*"
    section.locator("canvas").scroll_into_view_if_needed()
    opened.shoot("statistics-indicators-1280x800")


def test_projects_by_sector_and_year(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)
    wanted = geodata.projects_by_sector_and_year()
    names = sector_names()
    section = dock.locator("#statistics-projects")
    for button, value in (
        ("投资（亿元）", lambda projects: sum(float(row["investment_total"]) for row in projects)),
        ("项目数", len),
    ):
        section.get_by_role("button", name=button).click()
        drawn = chart(opened.page, "projects")
        assert drawn["labels"] == sorted({str(year) for _, year in wanted})
        for sector in {sector for sector, _ in wanted}:
            found = dict(zip(drawn["labels"], drawn["series"][names[sector]], strict=True))
            assert found == pytest.approx({year: value(wanted.get((sector, int(year)), [])) for year in found})
    text = [row for row in geodata.rows("named") if row["kind"] == "project"]
    expect(section).to_contain_text(
        f"文件点名 {58 + len(text)} 个项目；其中 58 个列于东丽区项目表，预计总投资 129.3014 亿元"
    )
    click_bar(opened.page, "projects", "2021", "装备制造")
    ids = {row["id"] for row in wanted["equipment", 2021]}
    expect(dock.locator(".statistics-lit")).to_contain_text(f"已点亮 项目 装备制造 · 2021：{len(ids)} 个")
    opened.settle()
    stacks = opened.page.evaluate(
        """() => yuantu.layers.get("projects").stacks.map((stack) => ({
            ids: stack.map((item) => item.id), lit: stack[0].path.getElement().classList.contains("lit"),
        }))"""
    )
    assert stacks and all(stack["lit"] == bool(ids & set(stack["ids"])) for stack in stacks)
    dock.locator(".statistics-lit summary").click()
    expect(dock.locator(".statistics-lit li")).to_have_count(len(ids))
    dock.locator(".statistics-lit li button").first.click()
    expect(opened.page.locator("#panel h2")).to_have_text(next(row["name_zh"] for row in wanted["equipment", 2021]))


def test_what_no_document_locates_is_counted_in_its_district_and_has_no_point(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)
    told = opened.page.request.get(f"{opened.url}/api/statistics").json()["projects"]
    section = dock.locator("#statistics-projects")
    located = told["located"]
    expect(section).to_contain_text(
        f"{located['park']} 个文件写明所在园区，落点于园区；{located['district']} 个只知所在区，计入该区，不落点；"
        f"{located['none']} 个文件未写地点"
    )
    rows = [row.all_inner_texts() for row in _rows(section.get_by_role("group", name="按区计数"))]
    dongli = [one for one in told["items"] if one["district"] == "dongli"]
    in_park = sum(one["located"] == "park" for one in dongli)
    assert ["东丽区", str(len(dongli)), str(in_park), "58", "129.3014"] in rows
    assert rows[-1] == ["文件未写地点", str(located["none"]), "0", "0", "—"]
    section.get_by_role("button", name="东丽区").click()
    box = dock.locator(".statistics-lit")
    expect(box).to_contain_text(f"已点亮 项目 东丽区：{len(dongli)} 个")
    expect(box).to_contain_text(f"其中 {len(dongli) - in_park} 个文件未写明所在园区，地图上没有点")
    box.locator("summary").click()
    expect(box.locator("li")).to_have_count(len(dongli))
    assert part(opened.page, "statistics") == "lit:district.dongli.*"
    opened.settle()
    assert lit(opened.page, "districts")[0] == {"dongli"}
    box.get_by_role("button", name="缩放至").click()
    nowhere = section.get_by_role("button", name="文件未写地点")
    nowhere.click()
    expect(box).to_contain_text(f"已点亮 项目 文件未写地点：{located['none']} 个")
    expect(box.get_by_role("button", name="缩放至")).to_have_count(0)
    opened.shoot("statistics-districts-1280x800")
    assert opened.complaints == []


def test_the_address_opens_the_same_statistics_and_back_goes_back(open_map: OpenMap) -> None:
    opened = open_map("?statistics=by:count,group:tianjin.tianjin-manufacturing.headline,lit:sector.automotive.*")
    dock = opened.page.get_by_role("complementary", name="统计")
    expect(dock.locator(".statistics-lit")).to_contain_text("已点亮 汽车")
    assert lit(opened.page)[0] == geodata.parks_by_sector()["automotive"]["leading"]
    expect(dock.get_by_role("button", name="项目数")).to_have_attribute("aria-pressed", "true")
    expect(dock.get_by_label("哪个区域")).to_have_value("tianjin.tianjin-manufacturing.headline")
    dock.get_by_role("button", name="取消点亮").click()
    assert lit(opened.page) == (set(), set())
    opened.page.go_back()
    expect(dock.locator(".statistics-lit")).to_contain_text("已点亮 汽车")
    assert lit(opened.page)[0]
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator("#dock")).to_be_hidden()
    assert lit(opened.page) == (set(), set())
    assert part(opened.page, "statistics") is None
    other = open_map("?statistics=lit:everything")
    expect(other.page.get_by_text("统计设置无法识别，已忽略：lit:everything")).to_be_visible()


def test_colours_follow_the_page(open_map: OpenMap) -> None:
    opened = open_map()
    dock = open_tool(opened)

    def bar() -> str:
        return str(
            opened.page.evaluate(
                """() => {
                    const chart = Chart.getChart(document.querySelector("#statistics-sectors canvas"));
                    const { x, y } = chart.getDatasetMeta(0).data[0].getCenterPoint();
                    const scale = chart.currentDevicePixelRatio;
                    const pixel = chart.ctx.getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data;
                    return "#" + [...pixel].slice(0, 3).map((part) => part.toString(16).padStart(2, "0")).join("");
                }"""
            )
        )

    def meant() -> str:
        return str(
            opened.page.evaluate(
                "getComputedStyle(document.querySelector('.statistics')).getPropertyValue('--chart-1').trim()"
            )
        )

    light = bar()
    assert light == meant()
    opened.page.locator("#theme").click()
    assert bar() == meant() != light
    dock.locator("#statistics-projects canvas").scroll_into_view_if_needed()
    opened.shoot("statistics-dark-1280x800")


def test_what_the_server_says_wrong_is_said_and_can_be_asked_again(open_map: OpenMap) -> None:
    opened = open_map(routes={"**/api/statistics*": lambda route: route.abort()})
    opened.page.locator("#tool-statistics").click()
    dock = opened.page.get_by_role("complementary", name="统计")
    expect(dock.get_by_text("没有取得统计：服务器没有应答")).to_be_visible()
    opened.page.unroute("**/api/statistics*")
    dock.get_by_role("button", name="重试").click()
    expect(dock.locator(".statistics-total")).to_have_text(f"全部 {len(geodata.parks())} 个园区")


def test_on_a_phone_in_english(open_map: OpenMap) -> None:
    opened = open_map("?lang=en&tool=statistics", phone=True)
    dock = opened.page.get_by_role("complementary", name="Statistics")
    expect(dock.locator(".statistics-total")).to_have_text(f"All {len(geodata.parks())} parks")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    section = dock.locator("#statistics-projects")
    section.scroll_into_view_if_needed()
    opened.shoot("statistics-390x844")
    box = section.locator("canvas").bounding_box()
    assert box and box["width"] <= 390
    section.locator("summary").click()
    expect(section.get_by_role("button", name=re.compile("Equipment Manufacturing 2021"))).to_be_visible()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.page.evaluate("document.body.scrollHeight") <= 844
    assert opened.complaints == []
