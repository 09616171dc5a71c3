"""The attribute table: sorted, filtered, of any length, and leading to the map."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, expect

from app.db.cluster import Cluster
from tests.browser.conftest import DESK
from tests.browser.map_page import Map, OpenMap
from tests.conftest import ROOT, serving

MANY = 210_000
LAYER = f"""\
id: rows
title: {{zh: 很多行, en: Rows}}
description: {{zh: 由测试生成, en: Made by a test}}
group: parks
status: imported
geometry: point
pane: points
source:
  key_type: integer
  sql: >-
    SELECT n AS id, '第' || n || '行' AS name, n % 1000 AS rest, at AS geom, ST_AsGeoJSON(at, 6) AS geojson
    FROM (SELECT n, ST_SetSRID(ST_MakePoint(117.0 + n % 500 * 0.001, 39.0 + n / 500 * 0.001), 4490) AS at
    FROM generate_series(1, {MANY}) AS n) AS points
fields:
  - {{name: name, title: {{zh: 名称, en: Name}}, filterable: true}}
  - {{name: rest, type: integer, title: {{zh: 余数, en: Rest}}, filterable: true, table: false}}
style: {{color: "#6b7280"}}
"""


def names(opened: Map) -> list[str]:
    """Return the first cell of each row on the screen, from above."""
    rows = opened.page.locator(".grid-body .grid-row")
    ordered = sorted(rows.all(), key=lambda row: int(row.get_attribute("aria-rowindex") or 0))
    return [row.locator(".grid-cell").nth(1).inner_text() for row in ordered]


def first_names(opened: Map, *expected: str) -> None:
    row = opened.page.locator(".grid-body .grid-row")
    for place, name in enumerate(expected):
        expect(row.nth(place).locator(".grid-cell").nth(1)).to_have_text(name)


def filter_of(opened: Map, title: str) -> Locator:
    return opened.page.get_by_label(f"按“{title}”筛选")


def test_a_person_sorts_filters_and_goes_to_a_row(open_map: OpenMap, api: httpx.Client) -> None:
    opened = open_map("?tool=table&table=layer%3Dparks")
    page = opened.page
    parks = api.get("/layers/parks.geojson").json()["features"]
    expect(page.locator(".table-said")).to_have_text(f"{len(parks)} 个要素")

    page.get_by_role("button", name="图上面积 (公顷)").click()
    page.get_by_role("button", name="图上面积 (公顷)").click()
    by_area = sorted(parks, key=lambda one: -(one["properties"]["area_ha"] or 0))
    first_names(opened, *(one["properties"]["name_zh"] for one in by_area[:3]))

    filter_of(opened, "级别").select_option(label="国家级")
    national = [one for one in by_area if one["properties"]["level"] == "national"]
    expect(page.locator(".table-said")).to_have_text(f"{len(national)} 个要素")
    first_names(opened, national[0]["properties"]["name_zh"])

    filter_of(opened, "图上面积 (公顷)").fill("<=3000")
    filter_of(opened, "图上面积 (公顷)").press("Enter")
    # An estimated outline has no area: it is not among the small ones.
    small = [one for one in national if (one["properties"]["area_ha"] or 3001) <= 3000]
    assert 0 < len(small) < len(national)
    expect(page.locator(".table-said")).to_have_text(f"{len(small)} 个要素")

    page.get_by_role("button", name="清除条件").click()
    filter_of(opened, "名称").first.fill("渤龙")
    filter_of(opened, "名称").first.press("Enter")
    expect(page.locator(".table-said")).to_have_text("1 个要素")
    opened.shoot("table")
    page.locator(".grid-body").get_by_role("button", name="在地图上定位").click()
    expect(page.locator("#panel h2")).to_contain_text("渤龙湖")
    expect(page.locator('.grid-body [aria-selected="true"]')).to_have_count(1)
    assert not opened.complaints


def test_a_filter_that_cannot_be_read_is_said(open_map: OpenMap) -> None:
    opened = open_map("?tool=table&table=layer%3Dparks")
    number = filter_of(opened, "图上面积 (公顷)")
    number.fill("大约一百")
    number.press("Enter")
    expect(opened.page.get_by_role("alert").filter(has_text="请写数字")).to_be_visible()
    assert number.get_attribute("aria-invalid") == "true"
    number.fill("> 100")
    number.press("Enter")
    expect(opened.page.get_by_role("alert").filter(has_text="请写数字")).to_have_count(0)


def test_the_table_follows_the_typing(open_map: OpenMap) -> None:
    opened = open_map("?tool=table&table=layer%3Dprojects")
    page, said, faults = opened.page, opened.page.locator(".table-said"), opened.page.locator(".table .fault")
    projects = page.request.get(f"{opened.url}/layers/projects.geojson").json()["features"]
    everything = f"{len(projects)} 个要素"
    expect(said).to_have_text(everything)
    money = filter_of(opened, "预计总投资 (亿元)")
    money.press_sequentially(">")
    page.wait_for_timeout(800)
    expect(faults).to_be_hidden()
    money.press_sequentially("10")
    expect(said).not_to_have_text(everything)
    expect(money).to_be_focused()
    large = [one for one in projects if (one["properties"]["investment_total"] or 0) > 10]
    expect(said).to_have_text(f"{len(large)} 个要素")
    money.fill("")
    expect(said).to_have_text(everything)
    page.get_by_label("在本图层中查找").press_sequentially("永磁直驱")
    expect(said).to_have_text("1 个要素")
    assert opened.complaints == []


def test_what_is_typed_is_a_value_and_never_a_condition(open_map: OpenMap) -> None:
    opened = open_map("?tool=table&table=layer%3Dparks")
    text = filter_of(opened, "名称").first
    for typed in ("' OR 1=1 --", "%", "_", "\\", "<img src=x onerror=alert(1)>"):
        text.fill(typed)
        text.press("Enter")
        expect(opened.page.locator(".table-said")).to_have_text("没有符合条件的要素。")
    assert not opened.complaints


def test_the_export_holds_what_the_table_shows(open_map: OpenMap) -> None:
    opened = open_map("?tool=table&table=layer%3Dparks%26sort%3D-area_ha%26f.level%3Dnational")
    expect(opened.page.locator(".table-said")).to_contain_text("个要素")
    shown = names(opened)
    opened.page.get_by_text("导出", exact=True).click()
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("link", name="CSV").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    column = next(place for place, title in enumerate(rows[0]) if title in ("name_zh", "名称"))
    assert [row[column] for row in rows[1 : len(shown) + 1]] == shown


def test_only_what_the_map_shows(open_map: OpenMap) -> None:
    opened = open_map("?tool=table&table=layer%3Dparks%26view%3D1&view=117.79,38.72,12")
    expect(opened.page.locator(".table-said")).to_contain_text("个要素")
    inside = opened.page.locator(".table-said").inner_text()
    opened.page.get_by_label("只列当前视图").uncheck()
    expect(opened.page.locator(".table-said")).not_to_have_text(inside)


def test_what_no_document_locates_is_listed_and_opened_where_the_map_is(open_map: OpenMap) -> None:
    opened = open_map("?tool=table&table=layer%3Dprojects%26columns%3Dname%2Cin_table%2Clocated")
    page = opened.page
    projects = page.request.get(f"{opened.url}/layers/projects.geojson").json()["features"]
    nowhere = next(one for one in projects if one["geometry"] is None and one["properties"]["in_table"])
    expect(page.locator(".table-said")).to_have_text(f"{len(projects)} 个要素")
    filter_of(opened, "列于东丽项目表").select_option(label="是")
    expect(page.locator(".table-said")).to_have_text("58 个要素")
    filter_of(opened, "名称").first.fill(nowhere["properties"]["name_zh"])
    filter_of(opened, "名称").first.press("Enter")
    row = page.locator(".grid-body .grid-row").first
    expect(row.locator(".grid-cell")).to_have_text(["", nowhere["properties"]["name_zh"], "是", "只知所在区，不落点"])
    before = page.evaluate("yuantu.map.getZoom()")
    row.get_by_role("button", name="没有图形，打开要素信息").click()
    expect(page.locator("#panel h2")).to_have_text(nowhere["properties"]["name_zh"])
    assert page.evaluate("yuantu.map.getZoom()") == before
    page.get_by_role("button", name="清除条件").click()
    page.get_by_label("只列当前视图").check()
    expect(page.locator(".table-said")).to_contain_text("没有图形的不在视图内")
    assert opened.complaints == []


def test_the_address_brings_the_table_back(open_map: OpenMap) -> None:
    opened = open_map("?tool=table&table=layer%3Dparks")
    page = opened.page
    page.get_by_text("选择列").click()
    page.locator(".table-pop").get_by_label("级别").uncheck()
    expect(page.get_by_role("columnheader", name="级别")).to_have_count(0)
    page.get_by_role("button", name="名称", exact=True).click()
    opened.until("location.search.includes('sort')")
    again = open_map(page.evaluate("location.search"))
    expect(again.page.get_by_role("columnheader", name="名称", exact=True)).to_have_attribute("aria-sort", "ascending")
    expect(again.page.get_by_role("columnheader", name="级别")).to_have_count(0)


@pytest.fixture(scope="module")
def many_rows(cluster: Cluster, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("rows")
    layers = folder / "layers"
    layers.mkdir()
    for name in ("groups.yaml",):
        (layers / name).write_bytes((ROOT / "layers" / name).read_bytes())
    (layers / "rows.yaml").write_text(LAYER, encoding="utf-8")
    with serving(cluster, database_url, folder, YUANTU_LAYERS_DIR=str(layers)) as server:
        yield server.url


def test_two_hundred_thousand_rows_are_scrolled_to_the_end(browser: Browser, many_rows: str) -> None:
    context = browser.new_context(viewport={"width": DESK["width"], "height": DESK["height"]})
    opened = Map(context.new_page(), many_rows)
    opened.watch()
    opened.go("?layers=&tool=table&table=layer%3Drows")
    page = opened.page
    expect(page.locator(".table-said")).to_have_text("210,000 个要素")
    grid = page.get_by_role("grid")
    assert grid.get_attribute("aria-rowcount") == str(MANY + 2)
    expect(page.get_by_role("columnheader", name="余数")).to_have_count(0)

    page.locator(".grid-body .grid-row").first.focus()
    page.keyboard.press("End")
    last = page.locator(f'.grid-body [aria-rowindex="{MANY + 2}"]')
    expect(last).to_contain_text(f"第{MANY}行")
    assert page.locator(".grid-body .grid-row").count() < 100
    page.keyboard.press("Home")
    expect(page.locator('.grid-body [aria-rowindex="3"]')).to_contain_text("第1行")
    assert not opened.complaints
    context.close()


def test_on_a_phone(open_map: OpenMap) -> None:
    opened = open_map("?tool=table&table=layer%3Dparks", phone=True)
    expect(opened.page.locator(".grid-body .grid-row").first).to_be_visible()
    opened.shoot("table-phone")
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
