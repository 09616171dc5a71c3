"""What is around a zone, zones side by side, and the pages of zones; numbers are computed anew from geodata/."""

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import shape

from tests.conftest import ROOT

GEOD = Geod(ellps="GRS80")
GEODATA = ROOT / "geodata"


def get(api: httpx.Client, path: str, **query: str) -> Any:
    answer = api.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def footprints() -> dict[str, Any]:
    files = (GEODATA / "footprints").glob("*.geojson")
    features = [one for path in files for one in json.loads(path.read_text(encoding="utf-8"))["features"]]
    return {one["properties"]["id"]: shape(one["geometry"]) for one in features}


def boundary(geometry: Any) -> list[tuple[float, float]]:
    """Return points of a boundary, a few metres apart."""
    points: list[tuple[float, float]] = []
    for line in shapely.get_parts(geometry.boundary):
        for a, b in pairwise(shapely.segmentize(line, 0.0005).coords):
            points += [a, *GEOD.npts(*a, *b, 8)]
    return points


def metres(a: list[tuple[float, float]], b: list[tuple[float, float]]) -> float:
    """Return the shortest geodesic between two sets of points, metres."""
    tree = shapely.STRtree([shapely.Point(x * 0.777, y) for x, y in b])  # cos(39°): degrees of one size
    nearest = tree.nearest([shapely.Point(x * 0.777, y) for x, y in a])
    _, _, far = GEOD.inv([x for x, _ in a], [y for _, y in a], [b[n][0] for n in nearest], [b[n][1] for n in nearest])
    return float(min(far))


def test_neighbours_are_as_far_and_lie_as_the_geodesic_says(api: httpx.Client, footprints: dict[str, Any]) -> None:
    around = get(api, "/api/zones/teda-east/surroundings")
    own = footprints["teda-east"]
    distances = [one["boundary_m"] for one in around["neighbours"]]
    assert len(distances) == 6 and distances == sorted(distances)
    checked = 0
    for one in around["neighbours"]:
        other = footprints[one["zone"]["id"]]
        azimuth, _, far = GEOD.inv(own.centroid.x, own.centroid.y, other.centroid.x, other.centroid.y)
        assert one["centroid_m"] == pytest.approx(far, abs=2)
        assert one["azimuth"] == pytest.approx(azimuth % 360, abs=0.1)
        if own.distance(other) > 0:
            assert one["boundary_m"] == pytest.approx(metres(boundary(own), boundary(other)), rel=0.01, abs=12)
            checked += 1
        else:
            assert one["boundary_m"] == 0
    assert checked >= 3


def test_no_zone_is_its_own_neighbour_nor_that_of_what_holds_it(api: httpx.Client) -> None:
    for zone, never in {
        "thip-marine": {"thip-marine", "thip"},
        "teda": {"teda", "binhai", "teda-east"},
        "dongli-eda-core": {"dongli-eda-core", "dongli-eda"},
    }.items():
        near = {one["zone"]["id"] for one in get(api, f"/api/zones/{zone}/surroundings")["neighbours"]}
        assert near and not near & never
    districts = get(api, "/api/zones/binhai/surroundings")["neighbours"]
    assert {one["zone"]["kind"] for one in districts} == {"district"}
    assert {"dongli", "jinnan", "ninghe"} <= {one["zone"]["id"] for one in districts if one["boundary_m"] == 0}


def test_the_nearest_facility_of_each_kind(api: httpx.Client, footprints: dict[str, Any]) -> None:
    facilities = read(GEODATA / "facilities.csv")
    for zone in ("teda-east", "thip-bolonghu", "huaming"):
        told = get(api, f"/api/zones/{zone}/surroundings")["facilities"]
        assert [one["kind"] for one in told] == ["port_area", "airport", "rail_station", "metro_station"]
        edge, own = boundary(footprints[zone]), footprints[zone]
        for one in told:
            ways = {}
            for row in facilities:
                if row["kind"] == one["kind"]:
                    place = (float(row["lon"]), float(row["lat"]))
                    ways[row["id"]] = 0.0 if own.covers(shapely.Point(place)) else metres([place], edge)
            assert one["id"] == min(ways, key=lambda key: ways[key])
            assert one["boundary_m"] == pytest.approx(ways[one["id"]], rel=0.005, abs=12)


def test_projects_and_indicators_are_of_the_zone_or_of_what_it_lies_in(api: httpx.Client) -> None:
    dongli = get(api, "/api/zones/dongli/surroundings")
    # 附件1 of the document: 58 projects, 129.3 亿元.
    assert dongli["projects"]["count"] == len(dongli["projects"]["items"]) == 58
    assert dongli["projects"]["investment_total"] == pytest.approx(129.3, abs=0.05)
    assert dongli["indicators"]["scope"]["id"] == "dongli"
    huaming = get(api, "/api/zones/huaming/surroundings")
    assert huaming["projects"]["count"] == sum(row["zone"] == "huaming" for row in read(GEODATA / "projects.csv"))
    assert huaming["indicators"]["scope"]["id"] == "huaming"
    assert get(api, "/api/zones/thip-huayuan/surroundings")["indicators"]["scope"]["id"] == "thip"
    east = get(api, "/api/zones/teda-east/surroundings")
    assert east["indicators"]["scope"]["id"] == "binhai" and east["projects"]["count"] == 0
    rows = [row for row in read(GEODATA / "indicators" / "1-binhai-industry.csv") if row["scope"] == "binhai"]
    assert {one["id"] for one in east["indicators"]["items"]} >= {row["id"] for row in rows}


def test_plan_elements_say_whether_they_name_the_zone_or_what_it_belongs_to(api: httpx.Client) -> None:
    plans = get(api, "/api/zones/teda-east/surroundings")["plans"]
    through = {one["element"]["id"]: (one["through"] or {}).get("id") for one in plans}
    assert through["plan-binhai-core"] is None
    assert [via for element, via in through.items() if element.startswith("plan-tianjin")] == ["teda", "teda"]


def test_surroundings_of_what_does_not_exist(api: httpx.Client) -> None:
    answer = api.get("/api/zones/nowhere/surroundings", headers={"Accept-Language": "zh"})
    assert answer.status_code == 404 and "没有区域 'nowhere'" in answer.json()["detail"]
    assert api.get("/api/zones/teda-east/surroundings", params={"x": "1"}).status_code == 400
    first = api.get("/api/zones/teda-east/surroundings")
    again = api.get("/api/zones/teda-east/surroundings", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def rows_of(told: Any, section: str) -> dict[str, Any]:
    return {row["key"]: row for one in told["sections"] if one["key"] == section for row in one["rows"]}


THREE = "teda-east,thip-bolonghu,huaming"


def test_common_industries_are_those_that_documents_name_for_every_zone(api: httpx.Client) -> None:
    told = get(api, "/api/compare", zones=THREE)
    taxonomy = {row["id"]: row for path in (GEODATA / "industries").glob("[1-5]*.csv") for row in read(path)}

    def sector(industry: str) -> str:
        while taxonomy[industry]["parent"]:
            industry = taxonomy[industry]["parent"]
        return industry

    statements = [row for path in (GEODATA / "zone_industries").glob("*.csv") for row in read(path)]
    sectors = {
        zone: {sector(row["industry"]) for row in statements if row["zone"] == zone} for zone in THREE.split(",")
    }
    shared = set.intersection(*sectors.values())
    rows = rows_of(told, "industries")
    assert rows.keys() == set.union(*sectors.values())
    assert {key for key, row in rows.items() if row["shared"] == "common"} == shared >= {"smart-tech", "biomedicine"}
    intelligent = [
        cell[n] for cell in rows["smart-tech"]["cells"] for n in range(len(cell)) if cell[n]["text"] == "人工智能"
    ]
    assert [part["shared"] for part in intelligent] == ["common"] * 3
    chips = next(part for part in rows["smart-tech"]["cells"][0] if part["text"] == "集成电路")
    assert chips["shared"] == "single" and "表2·经开区·东区" in chips["source"]
    supporting = next(part for part in rows["smart-tech"]["cells"][2] if part["text"] == "人工智能")
    assert supporting["note"] == "辅助" and supporting["source"].startswith("东丽工业规划")


def test_areas_distances_and_projects_side_by_side(api: httpx.Client, footprints: dict[str, Any]) -> None:
    told = get(api, "/api/compare", zones=THREE)
    assert [zone["id"] for zone in told["zones"]] == THREE.split(",")
    drawn = [part[0]["text"] for part in rows_of(told, "area")["area_computed"]["cells"]]
    for zone, text in zip(THREE.split(","), drawn, strict=True):
        ha = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(footprints[zone]))[0]) / 10_000
        assert text == f"{ha:,.1f} 公顷（{ha * 15:,.0f} 亩，{ha / 100:,.2f} km²）"
    official = rows_of(told, "area")["area_official"]["cells"]
    assert official[0][0]["text"] == "4,000 公顷（60,000 亩，40.00 km²）" and official[2] == []
    assert rows_of(told, "profile")["level"]["same"] is False
    assert [cell[0]["text"] for cell in rows_of(told, "profile")["level"]["cells"]] == ["国家级", "国家级", "市级"]
    metro = rows_of(told, "distance")["metro_station"]["cells"][0][0]
    assert metro["text"] == "边界内　市民广场站" and "点位精度" in metro["note"]
    money = sum(float(row["investment_total"]) for row in read(GEODATA / "projects.csv") if row["zone"] == "huaming")
    projects = rows_of(told, "projects")
    assert projects["project_count"]["cells"] == [[], [], [{"text": "2 个", "source": "东丽工业规划"}]]
    assert projects["project_total"]["cells"][2][0]["text"] == f"{money:g} 亿元"
    assert "东丽工业规划" in {one["short_title_zh"] for one in told["documents"]}
    english = get(api, "/api/compare", zones=THREE, lang="en")
    assert rows_of(english, "profile")["level"]["cells"][0][0]["text"] == "National"


@pytest.mark.parametrize(
    ("zones", "said"),
    [
        ("teda-east", "2 至 4 个不同区域"),
        ("a,b,c,d,e", "2 至 4 个不同区域"),
        ("teda-east,teda-east", "2 至 4 个不同区域"),
        ("teda-east,nowhere", "没有这个区域"),
    ],
)
def test_what_cannot_be_compared_is_said(api: httpx.Client, zones: str, said: str) -> None:
    for form in ("", ".xlsx", ".csv"):
        answer = api.get(f"/api/compare{form}", params={"zones": zones}, headers={"Accept-Language": "zh"})
        assert answer.status_code == 400
        [error] = answer.json()["errors"]
        assert error["parameter"] == "zones" and said in error["message"]
    assert api.get("/api/compare", params={"zones": THREE, "lang": "fr"}).status_code == 400


def test_a_workbook_with_the_table_its_numbers_and_its_sources(api: httpx.Client, footprints: dict[str, Any]) -> None:
    answer = api.get("/api/compare.xlsx", params={"zones": "teda-east,huaming"})
    assert "filename*=UTF-8''" in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["园区对比", "数值", "出处"]
    table = list(book["园区对比"].values)
    assert table[0] == ("类别", "项目", "经开区东区", "华明高新区", "异同")
    assert ("概况", "级别", "国家级", "市级", "不同") in table
    industries = {row[1]: row[4] for row in table if row[0] == "重点产业"}
    assert industries["智能科技"] == "共有" and industries["汽车"] == "独有"
    numbers = {row[:2]: row[2:] for row in book["数值"].values}
    ha = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(footprints["huaming"]))[0]) / 10_000
    assert numbers["图上面积", "公顷"][1] == pytest.approx(ha, abs=0.06)
    assert numbers["公布面积", "公顷"] == (4000, None)
    assert any("天津市滨海新区工业高质量发展“十四五”规划" in row for row in book["出处"].values)
    assert answer.content == api.get("/api/compare.xlsx", params={"zones": "teda-east,huaming"}).content


def test_the_same_as_csv(api: httpx.Client) -> None:
    answer = api.get("/api/compare.csv", params={"zones": "teda-east,huaming", "lang": "en"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8" and answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Section", "Item", "TEDA East", "Huaming Hi-tech Zone", "Alike"]
    assert ["Profile", "Level", "National", "Municipal", "different"] in rows
    assert len({len(row) for row in rows}) == 1


def test_a_zone_has_a_page_of_its_own(api: httpx.Client) -> None:
    page = api.get("/zones/teda-east")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    assert "<title>经开区东区 · 园图</title>" in page.text
    assert '<meta name="description" content="经开区东区：国家级园区' in page.text
    assert "智能科技、生物医药" in page.text and "script-src 'self' 'nonce-" in page.headers["content-security-policy"]
    english = api.get("/zones/teda-east", params={"lang": "en"}).text
    assert "<title>TEDA East · Yuantu</title>" in english and '<html lang="en">' in english
    assert api.get("/zones/tianjin").status_code == 200, "a zone that no layer draws"


def test_a_zone_that_there_is_not_is_answered_with_suggestions(api: httpx.Client) -> None:
    page = api.get("/zones/teda-eest")
    assert page.status_code == 404 and page.headers["content-type"].startswith("text/html")
    assert 'href="/zones/teda-east"' in page.text and "经开区东区" in page.text
    assert 'href="/zones/thip-bolonghu"' in api.get("/zones/bolonghu").text
    assert 'href="/zones/teda-east?lang=en"' in api.get("/zones/teda-eest", params={"lang": "en"}).text
    hostile = api.get("/zones/%3Cscript%3Ealert(1)%3C%2Fscript%3E".replace("%2F", "%5C"))
    assert hostile.status_code == 404 and "<script>alert" not in hostile.text
