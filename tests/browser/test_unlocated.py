"""Features that no document locates: counted at their district, listed from there, never given a place."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from shapely.geometry import Point, shape

from tests.browser.map_page import Map, OpenMap, answer

ONE = re.compile(r"^东丽区 (\d+) 项 · 未落点$")


def features(opened: Map, layer: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = opened.page.request.get(f"{opened.url}/layers/{layer}.geojson").json()["features"]
    return found


def in_district(opened: Map, layer: str, district: str) -> list[dict[str, Any]]:
    return [
        one
        for one in features(opened, layer)
        if one["geometry"] is None and one["properties"]["district_id"] == district
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_district_is_marked_with_what_is_only_known_to_be_in_it(open_map: OpenMap, theme: str) -> None:
    opened = open_map("?layers=districts,projects")
    if theme == "dark":
        opened.page.locator("#theme").click()
    count = len(in_district(opened, "projects", "dongli"))
    marker = opened.page.locator(".count-button", has_text="东丽区")
    expect(marker).to_have_text(f"东丽区 {count} 项 · 未落点")
    box = marker.bounding_box()
    assert box and box["height"] >= 24
    opened.shoot(f"unlocated-{theme}-1280x800")
    colours = marker.evaluate(
        "(one) => [getComputedStyle(one).color, getComputedStyle(one.parentElement).backgroundColor]"
    )
    ink, paper = (sum(int(part) for part in re.findall(r"\d+", colour)[:3]) / 3 for colour in colours)
    assert abs(ink - paper) > 120, colours
    marker.click()
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(f"东丽区：未落点的项目 {count} 项")
    expect(panel.locator("ol.choices li")).to_have_count(count)
    panel.locator("ol.choices button").first.click()
    expect(panel.locator(".place-notice")).to_contain_text("文件未写明地点，列于东丽区")
    panel.get_by_role("button", name=f"返回列表（{count}）").click()
    expect(panel.locator("ol.choices li")).to_have_count(count)
    opened.page.evaluate("yuantu.switch(yuantu.layers.get('projects'), false)")
    expect(opened.page.locator(".count-marker")).to_have_count(0)
    expect(panel).to_be_hidden()
    assert opened.complaints == []


@pytest.mark.parametrize("phone", [False, True])
def test_the_mark_lies_in_its_district_whether_that_is_drawn_or_not(open_map: OpenMap, phone: bool) -> None:
    opened = open_map("?layers=projects", phone=phone)
    assert opened.paths("districts") == 0
    for name, district in (("滨海新区", "binhai"), ("东丽区", "dongli")):
        box = opened.page.locator(".count-button", has_text=name).bounding_box()
        assert box
        lng, lat = opened.page.evaluate(
            """([x, y]) => {
                const map = document.querySelector(".map").getBoundingClientRect();
                const at = yuantu.map.containerPointToLatLng([x - map.x, y - map.y]);
                return [at.lng, at.lat];
            }""",
            [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
        )
        [found] = [one for one in features(opened, "districts") if one["id"] == district]
        assert shape(found["geometry"]).contains(Point(lng, lat)), name
    assert opened.complaints == []


def test_several_layers_share_the_mark_of_a_district(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,projects,carriers&view=117.4,39.1,10")
    marker = opened.page.locator(".count-marker", has_text="东丽区 · 未落点")
    said = [
        f"{title} {len(in_district(opened, layer, 'dongli'))} 项"
        for layer, title in (("carriers", "载体与平台"), ("projects", "项目"))
    ]
    expect(marker.locator("button")).to_have_count(2)
    assert sorted(marker.locator("button").all_inner_texts()) == sorted(said)
    marker.get_by_role("button", name=re.compile(r"^项目 \d+ 项，列出东丽区")).click()
    expect(opened.page.locator("#panel h2")).to_contain_text("未落点的项目")


def test_the_mark_is_reached_and_opened_with_the_keyboard(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,projects")
    page = opened.page
    expect(page.locator(".count-button").first).to_be_visible()
    page.locator(".map").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('count-button')"):
            break
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.match(r"^.+区 \d+ 项 · 未落点，列出.+区未写明地点的“项目”$", name)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('count-button')")


@pytest.mark.parametrize("phone", [False, True])
def test_a_feature_without_a_place_opens_and_the_map_stays(open_map: OpenMap, phone: bool) -> None:
    opened = open_map("?layers=districts&view=117.4,39.1,10&select=projects/dongli-p01", phone=phone)
    panel = opened.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("永磁直驱系统系列产品生产项目")
    expect(panel.locator(".place-notice")).to_contain_text("文件未写明地点，列于东丽区；不落点。")
    expect(panel.locator(".panel-layer .badge")).to_have_count(0)
    view = opened.page.evaluate(
        "[yuantu.map.getCenter().lng.toFixed(2), yuantu.map.getCenter().lat.toFixed(2), yuantu.map.getZoom()]"
    )
    assert view == ["117.40", "39.10", 10]
    opened.shoot(f"unlocated-panel-{'390x844' if phone else '1280x800'}")
    panel.get_by_role("button", name="查看东丽区").click()
    expect(panel.locator("h2")).to_have_text("东丽区")
    assert opened.complaints == []


def test_candidates_are_named_as_candidates(open_map: OpenMap) -> None:
    opened = open_map("?lang=zh")
    found = [
        one
        for one in features(opened, "carriers")
        if one["geometry"] is None and one["properties"]["certainty"] == "one_of"
    ]
    places = found[0]["properties"]["places_zh"]
    assert len(places) > 1
    opened.go(f"?layers=districts,carriers&select=carriers/{found[0]['id']}")
    notice = opened.page.locator("#panel .place-notice")
    expect(notice).to_contain_text(f"文件列有多个候选地，未写明是哪一处，不落图。候选地：{'、'.join(places)}。")
    if found[0]["properties"]["place_basis_zh"]:
        expect(notice).to_contain_text(found[0]["properties"]["place_basis_zh"])


def test_legend_and_tree_count_what_has_no_place(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,projects")
    everything = features(opened, "projects")
    unplaced = [one["properties"] for one in everything if one["geometry"] is None]
    nowhere = sum(one["located"] == "none" and one["certainty"] == "none" for one in unplaced)
    candidates = sum(one["located"] == "none" and one["certainty"] != "none" for one in unplaced)
    district = sum(one["located"] == "district" for one in unplaced)
    assert nowhere and district and nowhere + candidates + district == len(unplaced)
    legend = opened.page.locator("#legend .legend-layer", has_text="项目")
    expect(legend).to_contain_text(f"另有 {nowhere} 项无地点。")
    if candidates:
        expect(legend).to_contain_text(f"另有 {candidates} 项只有候选地点，未落图。")
    expect(legend).to_contain_text(f"其中 {district} 项只知所在区，未落点，按区计数。")
    opened.page.locator("#entry-projects .entry-about").click()
    expect(opened.page.locator("#about-projects")).to_contain_text(f"另有 {nowhere} 项无地点。")
    opened.page.locator("#about-projects .listing-button").click()
    names = opened.page.locator("#features-projects li")
    expect(names).to_have_count(len(everything))
    expect(names.filter(has_text="永磁直驱系统系列产品生产项目")).to_contain_text("东丽区 · 未落点")


def test_a_layer_of_zones_counts_them_in_the_same_way(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,theme-parks&view=117.3,39.6,9")
    expect(opened.page.locator(".count-button", has_text="宝坻区")).to_have_text("宝坻区 1 项 · 未落点")
    opened.page.locator(".count-button", has_text="宝坻区").click()
    opened.page.locator("#panel ol.choices button").first.click()
    expect(opened.page.locator("#panel .place-notice")).to_contain_text(
        "没有文件写明其范围，没有图形；管理归属宝坻区。"
    )
    tracks = open_map("?layers=districts,future-clusters&select=future-clusters/cl-aerospace-hub-1")
    expect(tracks.page.locator("#panel .place-notice")).to_contain_text(
        "候选地：渤龙湖科技园、经开区西区、保税区临港片区"
    )
    expect(tracks.page.locator(".count-marker")).to_have_count(0)
    assert opened.complaints == tracks.complaints == []


def feature(feature_id: str, geometry: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": feature_id,
        "geometry": geometry,
        "properties": {"name_zh": feature_id, **properties},
    }


def test_a_feature_of_several_points_stands_at_each_and_can_be_chosen_there(open_map: OpenMap) -> None:
    west, east = [117.35, 39.1], [117.45, 39.1]
    found = [
        feature("dongli-p01", {"type": "MultiPoint", "coordinates": [west, east]}, name_zh="甲"),  # has a record
        feature("乙", {"type": "Point", "coordinates": east}),
        feature("丙", None, located="none", district_id=None),
        feature("丁", {"type": "MultiPoint", "coordinates": []}),
    ]
    body = {"type": "FeatureCollection", "features": found}
    opened = open_map("?layers=projects&view=117.4,39.1,11", routes={"**/layers/projects.geojson": answer(body)})
    panel = opened.page.locator("#panel")
    assert opened.paths("projects") == 1
    expect(opened.page.locator(".leaflet-layer-projects-pane .stack")).to_have_text("2")
    opened.click(*west)
    expect(panel.locator("h2")).to_have_text("甲")
    assert opened.page.locator(".leaflet-selection-pane path").count() == 4, "two rings at each of its places"
    opened.click(*east)
    expect(panel.locator("ol.choices button")).to_have_text(["甲", "乙"])
    expect(opened.page.locator("#legend .legend-layer", has_text="项目")).to_contain_text("没有图形")
    assert opened.complaints == []
