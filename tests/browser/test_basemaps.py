"""Basemaps: chosen, credited, remembered in the address; the one of this host asks nobody else."""

import base64
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import shapely
from playwright.sync_api import Route, expect

from app.basemap.offline import OfflineBasemapError, offline_lines
from tests.browser.map_page import OpenMap

ROOT = Path(__file__).resolve().parents[2]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CITY = {
    "id": "city",
    "title": "市级底图",
    "tiles": ["/basemap/city/0/{z}/{x}/{y}"],
    "subdomains": "",
    "max_zoom": 17,
    "attribution": "© 测绘院",
    "attribution_url": "https://survey.example.cn/",
}


def configured(route: Route) -> None:
    page = route.fetch()
    told = page.text().replace('"basemaps":[]', f'"basemaps":[{json.dumps(CITY, ensure_ascii=False)}]')
    route.fulfill(response=page, body=told)


def test_the_offline_basemap_lies_under_everything_and_asks_nobody(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks&view=117.6,39.03,10")
    opened.until("document.querySelectorAll('.base-river').length > 5")
    page = opened.page
    for kind in ("land", "coast", "motorway", "railway", "reservoir"):
        assert page.locator(f".base-{kind}").count() > 0, kind
    names = page.locator(".base-name").all_text_contents()
    assert "津滨高速" in names
    order = "['basemap', 'parks'].map((name) => Number(getComputedStyle(yuantu.map.getPane(name)).zIndex))"
    under, over = page.evaluate(order)
    assert under < over
    opened.click(117.70, 39.05)
    expect(page.locator("#panel h2")).to_contain_text("经开区东区")
    opened.shoot("basemap-offline")
    assert opened.hosts == {urlsplit(opened.url).netloc}
    assert opened.complaints == []


def test_the_basemap_is_chosen_and_remembered(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks")
    page = opened.page
    page.get_by_role("button", name="底图").click()
    expect(page.get_by_label("离线底图")).to_be_checked()
    page.get_by_label("无", exact=False).first.check()
    opened.until("document.querySelectorAll('.base').length === 0")
    opened.until("location.search.includes('basemap=none')")
    page.go_back()
    expect(page.get_by_label("离线底图")).to_be_checked()
    opened.until("document.querySelectorAll('.base').length > 0")
    assert opened.complaints == []
    again = open_map("?layers=parks&basemap=none")
    assert again.page.locator(".base").count() == 0
    wrong = open_map("?layers=parks&basemap=amap")
    expect(wrong.page.locator("#notices")).to_contain_text("basemap=amap")


def test_tiles_of_a_configured_basemap_are_shown_and_credited(open_map: OpenMap) -> None:
    asked: list[str] = []

    def tile(route: Route) -> None:
        asked.append(urlsplit(route.request.url).path)
        route.fulfill(status=200, content_type="image/png", body=PNG)

    opened = open_map(
        "?layers=parks&tool=basemap", routes={"**/?layers=parks**": configured, "**/basemap/city/**": tile}
    )
    page = opened.page
    page.get_by_label("市级底图").check()
    opened.until("document.querySelectorAll('.leaflet-tile-loaded').length > 0")
    expect(page.locator("#credit")).to_have_text("© 测绘院")
    expect(page.locator("#credit a")).to_have_attribute("href", CITY["attribution_url"])
    assert asked
    assert all(path.startswith("/basemap/city/0/") for path in asked)
    opened.until("document.querySelectorAll('.base').length === 0")
    page.get_by_label("离线底图").check()
    expect(page.locator("#credit")).to_be_empty()
    assert page.locator(".leaflet-tile").count() == 0
    assert opened.complaints == []


def test_a_basemap_that_fails_is_said_and_can_be_asked_again(open_map: OpenMap) -> None:
    bad = True

    def tile(route: Route) -> None:
        if bad:
            route.fulfill(status=502, content_type="application/problem+json", body="{}")
        else:
            route.fulfill(status=200, content_type="image/png", body=PNG)

    opened = open_map(
        "?layers=parks&tool=basemap", routes={"**/?layers=parks**": configured, "**/basemap/city/**": tile}
    )
    page = opened.page
    page.get_by_label("市级底图").check()
    expect(page.locator(".basemap-said")).to_contain_text("市级底图")
    assert opened.paths("parks") > 0
    bad = False
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".basemap-said")).to_be_empty()
    opened.until("document.querySelectorAll('.leaflet-tile-loaded').length > 0")


def test_without_settings_the_chooser_says_why_there_are_no_others(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks&tool=basemap")
    expect(opened.page.locator("#dock")).to_contain_text("天地图")
    expect(opened.page.locator("#dock")).to_contain_text("高德")
    assert opened.page.locator("input[name=basemap]").count() == 2


def test_every_line_says_what_it_is_worth() -> None:
    features = [json.loads(text) for text in offline_lines(ROOT / "geodata")]
    assert {feature["properties"]["kind"] for feature in features} >= {"coast", "river", "motorway", "railway"}
    names = {feature["properties"]["name_zh"] for feature in features}
    assert {"海河", "永定新河", "独流减河", "蓟运河", "京津塘高速", "津滨高速"} <= names
    for feature in features:
        shape = shapely.from_geojson(json.dumps(feature))
        assert shape.is_valid, feature["id"]
        west, south, east, north = shape.bounds
        assert 116.6 < west <= east < 118.1, feature["id"]
        assert 38.5 < south <= north < 40.3, feature["id"]
        assert feature["properties"]["accuracy_m"] >= 500


def metres(line: str, lng: float, lat: float) -> float:
    """Return how far a place is from a line of the basemap."""
    features = [json.loads(text) for text in offline_lines(ROOT / "geodata")]
    shape = shapely.from_geojson(json.dumps(next(one for one in features if one["id"] == line)))
    flat = shapely.transform(shape, lambda points: points * [86_500, 111_000])
    return float(flat.distance(shapely.Point(lng * 86_500, lat * 111_000)))


@pytest.mark.parametrize(
    ("line", "name", "least", "most"),
    [
        ("haihe", "马厂减河闸", 0, 1000),
        ("haihe", "GeoNames Gegu", 0, 2000),
        ("yongding-new", "GeoNames Ningchegu", 0, 2000),
        ("duliujian", "大港电厂 Dagang PS", 0, 1500),
        ("outer-ring", "地铁 大学城", 0, 1000),
        ("haibin", "TEDA Soccer Stadium", 500, 3000),
        ("jingjin-icr", "军粮城北站", 0, 500),
    ],
)
def test_lines_pass_the_places_they_are_known_to_pass(
    shared: Path, line: str, name: str, least: float, most: float
) -> None:
    rows = [row.split(",") for row in (shared / "geo" / "points.csv").read_text(encoding="utf-8").splitlines()]
    lng, lat = next((float(row[1]), float(row[2])) for row in rows if row[0] == name)
    assert least <= metres(line, lng, lat) <= most


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ({"kind": "canal"}, "kind should be one of"),
        ({"source_zh": ""}, "source_zh is missing"),
        ({"accuracy_m": 0}, "accuracy_m"),
        ({"geometry_status": "statutory"}, "should be indicative"),
    ],
)
def test_a_line_that_does_not_say_it_is_refused(tmp_path: Path, spoil: dict[str, object], said: str) -> None:
    feature = json.loads(offline_lines(ROOT / "geodata")[0])
    feature["properties"] |= spoil
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "x.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(OfflineBasemapError, match=said):
        offline_lines(tmp_path)
