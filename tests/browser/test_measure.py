"""Measuring and drawing as an officer does it: by clicks, by coordinates, from files, on a desk and on a phone."""

import base64
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import geopandas
import pytest
import shapely
from playwright.sync_api import Locator, Page, expect
from pyproj import Geod, Transformer

from tests.browser.map_page import Map, OpenMap

GEOD = Geod(a=6_378_137.0, rf=298.257222101)
CORNERS = [(117.60, 39.02), (117.72, 39.03), (117.70, 39.10), (117.62, 39.11)]
VIEW = "?layers=parks&view=117.725,39.06,11"
"""The corners are right of the legend then, and left of the dock."""


def tool(opened: Map) -> Locator:
    """Return the tool's place in the dock, opened."""
    if opened.page.locator("#dock").is_hidden():
        opened.page.locator("#tool-measure").click()
    place = opened.page.locator("#tool-body-measure")
    expect(place.get_by_role("button", name="画面")).to_be_visible()
    return place


def section(opened: Map, name: str) -> Locator:
    """Return a folded part of the tool, unfolded."""
    part = tool(opened).locator(f"#measure-{name}")
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()
    return part


def click_corners(opened: Map, corners: list[tuple[float, float]]) -> None:
    for corner in corners:
        opened.click(*corner)
        opened.page.wait_for_timeout(350)  # two clicks in haste are a double click


def drawn(opened: Map) -> Any:
    return opened.page.evaluate("yuantu.drawing")


def hectares(geometry: Any) -> float:
    area, _ = GEOD.geometry_area_perimeter(shapely.geometry.shape(geometry))
    return abs(area) / 10_000


def shown_hectares(text: str) -> float:
    found = re.search(r"([\d,.]+) 公顷", text)
    assert found, text
    return float(found.group(1).replace(",", ""))


def reach(page: Page) -> str:
    return urlsplit(page.url).query


def paste(opened: Map, text: str, choice: str = "auto") -> Locator:
    part = section(opened, "paste")
    part.locator("textarea").fill(text)
    part.locator("#measure-paste-choice").select_option(choice)
    part.get_by_role("button", name="加到图上").click()
    return part


def test_a_polygon_is_drawn_measured_changed_and_taken_back(open_map: OpenMap) -> None:
    opened = open_map(VIEW)
    place = tool(opened)
    place.get_by_role("button", name="画面").click()
    bar = opened.page.locator(".sketch-bar")
    click_corners(opened, [*CORNERS[:2], (117.66, 39.05)])
    expect(bar.locator("output")).to_contain_text("3 点")
    opened.page.keyboard.press("Backspace")
    expect(bar.locator("output")).to_contain_text("2 点")
    click_corners(opened, CORNERS[2:])
    opened.page.keyboard.press("Enter")
    expect(bar).to_have_count(0)
    assert opened.page.locator("#panel").is_hidden()  # the clicks were for the drawing
    geometry = drawn(opened)
    for corner, wanted in zip(geometry["coordinates"][0], CORNERS, strict=False):
        assert corner == pytest.approx(wanted, abs=0.001)
    row = place.locator(".drawing-current")
    assert shown_hectares(row.inner_text()) == pytest.approx(hectares(geometry), abs=0.006)
    expect(row).to_contain_text("亩")
    expect(row).to_contain_text("km²")
    opened.shoot("measure-1280x800")
    handle = opened.page.locator(".handle").first.bounding_box()
    assert handle
    x, y = handle["x"] + 13, handle["y"] + 13
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 40, y - 30, steps=5)
    opened.page.mouse.up()
    moved = drawn(opened)
    assert moved != geometry
    assert shown_hectares(row.inner_text()) == pytest.approx(hectares(moved), abs=0.006)
    place.get_by_role("button", name="撤销").click()
    assert drawn(opened) == geometry
    place.get_by_role("button", name="重做").click()
    assert drawn(opened) == moved
    row.get_by_label("名称").fill("某<b>地块</b>")
    row.get_by_label("名称").press("Enter")
    expect(opened.page.locator(".drawing-label strong")).to_have_text("某<b>地块</b>")
    row.get_by_role("button", name="删除").click()
    assert drawn(opened) is None
    assert opened.complaints == []


def test_a_line_by_double_click_and_a_drawing_given_up(open_map: OpenMap) -> None:
    opened = open_map(VIEW)
    place = tool(opened)
    place.get_by_role("button", name="画线").click()
    click_corners(opened, CORNERS[:1])
    zoom = opened.page.evaluate("yuantu.map.getZoom()")
    opened.page.mouse.dblclick(*opened.at(*CORNERS[1]))
    row = place.locator(".drawing-current")
    metres = GEOD.line_length(*zip(*CORNERS[:2], strict=True))
    expect(row).to_contain_text(" km")
    found = re.search(r"([\d.]+) km", row.inner_text())
    assert found
    assert float(found.group(1)) == pytest.approx(metres / 1000, rel=0.01)
    assert opened.page.evaluate("yuantu.map.getZoom()") == zoom
    place.get_by_role("button", name="画面").click()
    click_corners(opened, CORNERS[:2])
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator(".sketch-bar")).to_have_count(0)
    expect(place.locator(".drawing")).to_have_count(1)
    expect(place).to_be_visible()
    assert opened.complaints == []


def test_a_polygon_is_drawn_without_a_pointer(open_map: OpenMap) -> None:
    opened = open_map(VIEW)
    place = tool(opened)
    place.get_by_role("button", name="画面").press("Enter")
    field = opened.page.get_by_label("键入下一点坐标，回车加入")
    for text in ("117.60, 39.02", "39.03 117.72", "4330000 39540000"):
        field.fill(text)
        field.press("Enter")
    field.fill("117.6")
    field.press("Enter")
    expect(opened.page.locator(".sketch-bar .fault")).to_contain_text("需要两个坐标值")
    field.fill("")
    field.press("Enter")
    assert len(drawn(opened)["coordinates"][0]) == 4
    corner = opened.page.locator(".handle:not(.handle-middle)").first
    corner.press("Shift+ArrowRight")
    assert drawn(opened)["coordinates"][0][0][0] > 117.6
    assert opened.complaints == []


def test_pasted_rows_are_where_they_belong(open_map: OpenMap) -> None:
    opened = open_map(VIEW)
    rows = [(4320000, 39540000), (4321000, 39540000), (4321000, 39541000), (4320000, 39541000)]
    paste(opened, "\n".join(f"J{place} {north} {east}" for place, (north, east) in enumerate(rows, 1)))
    said = tool(opened).locator(".measure-message")
    expect(said).to_contain_text("EPSG:4527")
    expect(said).to_contain_text("北坐标在前")
    to_degrees = Transformer.from_crs(4527, 4490, always_xy=True)
    for corner, (north, east) in zip(drawn(opened)["coordinates"][0], rows, strict=False):
        assert corner == pytest.approx(to_degrees.transform(east, north), abs=1e-7)
    # A kilometre square in the plane is within a thousandth of 100 ha on the ellipsoid.
    row = tool(opened).locator(".drawing-current")
    assert shown_hectares(row.inner_text()) == pytest.approx(100, rel=1e-3)
    row.locator("summary").click()
    expect(row.locator("tbody tr").first).to_have_text(re.compile(r"^1\s*4320000\.00\s*540000\.00\s*"))
    paste(opened, "POLYGON((117.7 39, 117.8 39))")
    expect(section(opened, "paste")).to_contain_text("至少要 3 个不同的点")
    paste(opened, "117.7 39\n117.8 39\n12 13")
    expect(section(opened, "paste")).to_contain_text("第 3 行的 12, 13 不像坐标")
    assert opened.complaints == []


def test_a_polygon_that_crosses_itself_has_no_area(open_map: OpenMap) -> None:
    opened = open_map(VIEW)
    paste(opened, "117.6 39\n117.7 39.1\n117.7 39\n117.6 39.1")
    row = tool(opened).locator(".drawing-current")
    expect(row).to_contain_text("第 1 条边与第 3 条边")
    expect(row).not_to_contain_text("公顷（")
    expect(opened.page.locator(".drawing-flaw")).to_be_visible()
    assert drawn(opened) is None
    opened.shoot("measure-crossing-1280x800")
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("117.7 39.0", 117.7, 39.0),
        ("117°41′30″E 39°02′N", 117 + 41.5 / 60, 39 + 2 / 60),
        ("4320000 540000", *Transformer.from_crs(4548, 4490, always_xy=True).transform(540_000, 4_320_000)),
    ],
)
def test_going_to_a_coordinate(open_map: OpenMap, text: str, lon: float, lat: float) -> None:
    opened = open_map("?layers=parks")
    part = section(opened, "goto")
    part.get_by_label("坐标", exact=True).fill(text)
    part.get_by_label("坐标", exact=True).press("Enter")
    popup = opened.page.locator(".goto-popup")
    expect(popup).to_contain_text(f"{lon:.6f}, {lat:.6f}")
    expect(popup).to_contain_text("GCJ-02（近似）")
    expect(popup).to_contain_text("约 550 米")
    for code in (4548, 4527):
        east, north = Transformer.from_crs(4490, code, always_xy=True).transform(lon, lat)
        expect(popup).to_contain_text(f"{north:.2f}, {east:.2f}")
    centre = opened.page.evaluate("(({lng, lat}) => [lng, lat])(yuantu.map.getCenter())")
    assert centre == pytest.approx([lon, lat], abs=0.01)
    again = open_map(f"?{reach(opened.page)}")
    expect(again.page.locator(".goto-pin")).to_be_visible()
    opened.shoot("measure-goto-1280x800")
    assert opened.complaints + again.complaints == []


def test_the_footer_reads_out_the_pointer(open_map: OpenMap) -> None:
    opened = open_map(VIEW)
    foot = opened.page.locator("#coordinates")
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(request.url))
    opened.page.mouse.move(*opened.at(117.65, 39.05))
    expect(foot).to_contain_text("EPSG:4527")
    assert any("proj4" in url for url in asked)
    found = re.search(r"东经 ([\d.]+)°\s+北纬 ([\d.]+)°", foot.inner_text())
    assert found
    lon, lat = float(found.group(1)), float(found.group(2))
    assert (lon, lat) == pytest.approx((117.65, 39.05), abs=0.001)
    metres = [float(value) for value in re.findall(r"\d{6,}\.\d\d", foot.inner_text())]
    east, north = Transformer.from_crs(4490, 4548, always_xy=True).transform(lon, lat)
    # Six decimals of a degree are a decimetre.
    assert metres == pytest.approx([north, east, north, east + 39_000_000], abs=0.1)
    opened.click(117.65, 39.05)
    foot.get_by_role("button", name="度分秒").click()
    expect(foot).to_contain_text(re.compile(r"117°(38|39)′\d\d\.\d\d″"))
    expect(foot).to_contain_text("EPSG:4548")  # the place that was clicked stays
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    foot.get_by_role("button", name="复制").click()
    expect(foot).to_contain_text("已复制")
    assert "EPSG:4548" in opened.page.evaluate("navigator.clipboard.readText()")
    assert opened.complaints == []


def test_drawings_come_back_with_the_address_and_with_back_and_forward(open_map: OpenMap) -> None:
    opened = open_map(VIEW)
    paste(opened, "117.6 39\n117.7 39\n117.7 39.1")
    first = drawn(opened)
    paste(opened, "117.5 39\n117.6 39\n117.6 39.1")
    opened.page.go_back()
    expect(opened.page.locator(".drawing-label")).to_have_count(1)
    assert drawn(opened) == first
    opened.page.go_forward()
    expect(opened.page.locator(".drawing-label")).to_have_count(2)
    again = open_map(f"?{reach(opened.page)}")
    expect(again.page.locator(".drawing-label")).to_have_count(2)
    assert drawn(again) == drawn(opened)
    again.page.locator("#tool-measure").click()
    expect(again.page.locator("#dock")).to_be_hidden()
    expect(again.page.locator(".drawing-label")).to_have_count(2)  # other tools search in them
    broken = open_map("?layers=parks&measure=p!!!")
    expect(broken.page.locator("#notices")).to_contain_text("绘图内容无法识别")
    assert opened.complaints + again.complaints == []


@pytest.fixture
def plots() -> geopandas.GeoDataFrame:
    shape = shapely.Polygon([(540000, 4320000), (544000, 4320000), (544000, 4324000), (540000, 4324000)])
    columns = {"name": ["<img src=x onerror=alert(1)>"], "area": [1600.0]}
    return geopandas.GeoDataFrame(columns, geometry=[shape], crs=4548)


def test_files_are_shown_without_leaving_the_machine(
    open_map: OpenMap, plots: geopandas.GeoDataFrame, tmp_path: Path
) -> None:
    opened = open_map("?layers=parks")
    sent: list[str] = []
    opened.page.on("request", lambda request: sent.append(request.url) if request.method != "GET" else None)
    part = section(opened, "files")
    plots.to_file(tmp_path / "plots.shp.zip", driver="ESRI Shapefile")
    plots.to_crs(4326).to_file(tmp_path / "plots.kml", driver="KML")
    plots.to_file(tmp_path / "plots.geojson", driver="GeoJSON")
    for count, name in enumerate(("plots.shp.zip", "plots.kml", "plots.geojson"), 1):
        part.locator("#measure-file").set_input_files(tmp_path / name)
        expect(part.locator(".local")).to_have_count(count)
        expect(part.locator(".local").last).to_contain_text("1 个要素")
        opened.page.wait_for_timeout(400)
        centre = opened.page.evaluate("(({lng, lat}) => [lng, lat])(yuantu.map.getCenter())")
        assert centre == pytest.approx(plots.to_crs(4490).geometry[0].centroid.coords[0], abs=0.01)
    at = plots.to_crs(4490).geometry[0].representative_point()
    opened.click(at.x + 0.005, at.y + 0.005)
    popup = opened.page.locator(".local-popup")
    expect(popup.locator("section")).to_have_count(3)
    expect(popup).to_contain_text("<img src=x onerror=alert(1)>")
    expect(popup).not_to_contain_text("stroke")
    expect(opened.page.locator("#panel")).to_be_hidden()
    opened.shoot("measure-files-1280x800")
    part.locator(".local").first.get_by_role("button", name="移除").click()
    expect(part.locator(".local")).to_have_count(2)
    (tmp_path / "plan.dwg").write_bytes(b"AC1032")
    part.locator("#measure-file").set_input_files(tmp_path / "plan.dwg")
    expect(tool(opened).locator(".measure-message")).to_contain_text("不是能读的类型")
    assert sent == []
    assert opened.hosts == {urlsplit(opened.url).netloc}
    assert opened.complaints == []


def test_a_file_may_be_dropped_on_the_map(open_map: OpenMap, plots: geopandas.GeoDataFrame) -> None:
    opened = open_map("?layers=parks")
    content = base64.b64encode(plots.to_crs(4326).to_json().encode()).decode()
    opened.page.evaluate(
        """(content) => {
            const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], "dropped.geojson"));
            const stage = document.getElementById("stage");
            for (const name of ["dragenter", "dragover", "drop"]) {
                stage.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: data }));
            }
        }""",
        content,
    )
    expect(opened.page.locator(".local")).to_contain_text("dropped")
    assert opened.complaints == []


def test_drawings_go_out_as_geojson_and_wkt(open_map: OpenMap) -> None:
    opened = open_map(VIEW)
    paste(opened, "117.6 39\n117.7 39\n117.7 39.1")
    with opened.page.expect_download() as download:
        tool(opened).get_by_role("button", name="导出 GeoJSON").click()
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    (feature,) = saved["features"]
    assert feature["properties"]["name"] == "面 1"
    assert feature["properties"]["area_ha"] == pytest.approx(hectares(feature["geometry"]), abs=1e-4)
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    row = tool(opened).locator(".drawing-current")
    row.get_by_role("button", name="复制 WKT").click()
    expect(row).to_contain_text("已复制")
    wkt = opened.page.evaluate("navigator.clipboard.readText()")
    assert shapely.from_wkt(wkt).equals_exact(shapely.geometry.shape(drawn(opened)), 1e-6)
    row.get_by_role("button", name="复制界址点").click()
    expect(row.get_by_role("button", name="复制界址点")).to_have_text("已复制")
    rows = opened.page.evaluate("navigator.clipboard.readText()")
    before = drawn(opened)
    paste(opened, rows)
    expect(tool(opened).locator(".drawing")).to_have_count(2)
    again = shapely.geometry.shape(drawn(opened))
    assert again.hausdorff_distance(shapely.geometry.shape(before)) < 1e-7
    assert opened.complaints == []


def test_a_phone_draws_by_taps_and_reads_out_a_tap(open_map: OpenMap) -> None:
    opened = open_map("?layers=plan-binhai&view=117.75,38.95,9", phone=True)
    page = opened.page
    tool(opened).get_by_role("button", name="画面").tap()
    expect(page.locator("#dock")).to_be_hidden()  # room for the map
    for corner in ((117.6, 38.8), (117.9, 38.8), (117.8, 38.65)):
        page.touchscreen.tap(*opened.at(*corner))
        page.wait_for_timeout(400)
    opened.shoot("measure-sketch-390x844")
    expect(page.locator("#coordinates")).to_contain_text("EPSG:4548")
    page.get_by_role("button", name="完成").tap()
    expect(page.locator("#dock")).to_be_visible()
    row = tool(opened).locator(".drawing-current")
    assert shown_hectares(row.inner_text()) == pytest.approx(hectares(drawn(opened)), abs=0.006)
    opened.shoot("measure-390x844")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.complaints == []


def test_in_english(open_map: OpenMap) -> None:
    opened = open_map(VIEW + "&lang=en&measure=tginBg40s_Gi7p0rC")
    opened.page.locator("#tool-measure").click()
    place = opened.page.locator("#tool-body-measure")
    expect(place).to_contain_text("Go to a coordinate")
    assert not re.search(r"[\u4e00-\u9fff]", place.inner_text())
    opened.shoot("measure-en-1280x800")
    assert opened.complaints == []


def test_nothing_of_the_tool_is_loaded_with_the_page(open_map: OpenMap) -> None:
    opened = open_map(go=False)
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    opened.go()
    assert not [path for path in asked if "measure" in path or "proj4" in path or "geodesic" in path]
