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
    # 附件1 of the document: 58 projects, 129.3 亿元. The running text names more.
    assert dongli["projects"]["in_table"] == sum(one["in_table"] for one in dongli["projects"]["items"]) == 58
    assert dongli["projects"]["count"] == len(dongli["projects"]["items"]) > 58
    assert dongli["projects"]["investment_total"] == pytest.approx(129.3, abs=0.05)
    assert dongli["indicators"]["scope"]["id"] == "dongli"
    huaming = get(api, "/api/zones/huaming/surroundings")
    named = [row for path in (GEODATA / "named").glob("*.csv") for row in read(path) if row["kind"] == "project"]
    here = {
        row["id"]
        for row in [*named, *read(GEODATA / "projects.csv")]
        if row["area"] == "huaming" or (row["certainty"] == "named" and "huaming" in row["places"].split(";"))
    }
    assert here and {one["id"] for one in huaming["projects"]["items"]} == here
    assert huaming["indicators"]["scope"]["id"] == "huaming"
    assert get(api, "/api/zones/thip-huayuan/surroundings")["indicators"]["scope"]["id"] == "thip"
    east = get(api, "/api/zones/teda-east/surroundings")
    assert east["indicators"]["scope"]["id"] == "binhai" and east["projects"]["count"] == 0
    rows = [row for row in read(GEODATA / "indicators" / "1-binhai-industry.csv") if row["scope"] == "binhai"]
    of_the_tables = {row["id"] for row in rows if row["kind"] != "stated"}
    assert {one["id"] for one in east["indicators"]["items"]} >= of_the_tables


def test_plan_elements_say_whether_they_name_the_zone_or_what_it_belongs_to(api: httpx.Client) -> None:
    plans = get(api, "/api/zones/teda-east/surroundings")["plans"]
    through = {one["element"]["id"]: (one["through"] or {}).get("id") for one in plans}
    assert through["plan-binhai-core"] is None
    # The city plan names the development zone for the north of its coastal belt and for no other element.
    elements = {row["id"]: row["members"].split(";") for row in read(GEODATA / "plan_elements.csv")}
    belt = [element for element, via in through.items() if element.startswith("plan-tianjin")]
    assert belt == ["plan-tianjin-coastal-north"]
    assert through[belt[0]] == "teda" and "teda" in elements[belt[0]] and "teda-east" not in elements[belt[0]]


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
        zone: {sector(row["industry"]) for row in statements if row["subject"] == zone} for zone in THREE.split(",")
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
    # 一（一）4 lists it as in place by 2020, which is no focus of the plan.
    supporting = next(part for part in rows["equipment"]["cells"][2] if part["text"] == "全门类")
    assert supporting["note"].startswith("辅助") and supporting["source"] == "东丽工业规划　一（一）4"


def test_areas_distances_and_projects_side_by_side(api: httpx.Client, footprints: dict[str, Any]) -> None:
    told = get(api, "/api/compare", zones=THREE)
    assert [zone["id"] for zone in told["zones"]] == THREE.split(",")
    drawn = [part[0]["text"] for part in rows_of(told, "area")["area_computed"]["cells"]]
    assert drawn[2] == "边界为估计，不计面积", "no document gives the extent of huaming"
    for zone, text in zip(THREE.split(",")[:2], drawn[:2], strict=True):
        ha = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(footprints[zone]))[0]) / 10_000
        assert text == f"{ha:,.1f} 公顷（{ha * 15:,.0f} 亩，{ha / 100:,.2f} km²）"
    official = rows_of(told, "area")["area_official"]["cells"]
    assert official[0][0]["text"] == "4,000 公顷（60,000 亩，40.00 km²）" and official[2] == []
    assert rows_of(told, "profile")["level"]["same"] is False
    assert [cell[0]["text"] for cell in rows_of(told, "profile")["level"]["cells"]] == ["国家级", "国家级", "市级"]
    metro = rows_of(told, "distance")["metro_station"]["cells"][0][0]
    assert metro["text"] == "边界内　市民广场站" and "点位精度" in metro["note"]
    projects = rows_of(get(api, "/api/compare", zones="huaming,dongli"), "projects")
    money = sum(float(row["investment_total"]) for row in read(GEODATA / "projects.csv"))
    assert projects["project_count"]["cells"] == [[], [{"text": "58 个", "source": "东丽工业规划"}]]
    assert projects["project_total"]["cells"] == [[], [{"text": f"{round(money, 4)} 亿元"}]]
    assert projects["project_text"]["cells"][0] == [{"text": "2 个", "source": "东丽工业规划"}]
    assert "东丽工业规划" in {one["short_title_zh"] for one in told["documents"]}
    english = get(api, "/api/compare", zones=THREE, lang="en")
    assert rows_of(english, "profile")["level"]["cells"][0][0]["text"] == "National"


def texts(cell: list[dict[str, str]]) -> list[str]:
    return [part["text"] for part in cell]


def test_who_administers_a_park_and_where_it_lies_are_two_questions(api: httpx.Client) -> None:
    profile = rows_of(get(api, "/api/compare", zones="thip-huayuan,huaming"), "profile")
    # 华苑 is governed from Binhai and lies in 西青; its extent is published. That of 华明 is an estimate.
    assert [texts(cell) for cell in profile["district"]["cells"]] == [["滨海新区"], ["东丽区"]]
    assert [texts(cell) for cell in profile["lies_in"]["cells"]] == [["西青区"], ["东丽区"]]
    assert [cell[0].get("note") for cell in profile["lies_in"]["cells"]] == [None, "按估计边界"]


def test_what_an_extent_rests_on_and_what_has_no_area(api: httpx.Client) -> None:
    zones = "teda-east,dagang-petro,tp-xinchuang-valley,tp-baodi-power-batteries"
    told = get(api, "/api/compare", zones=zones)
    assert [texts(cell) for cell in rows_of(told, "boundary")["extent_basis"]["cells"]] == [
        ["公布资料给出范围或面积"], ["示意，文件未写明范围"], ["取所在园区的范围，不是自身范围"], [],
    ]  # fmt: skip
    _, estimate, host, none = (texts(cell) for cell in rows_of(told, "area")["area_computed"]["cells"])
    assert (estimate, host, none) == (["边界为估计，不计面积"], ["图形取所在园区的范围，不计面积"], ["无图形"])
    port = rows_of(told, "distance")["port_area"]["cells"]
    assert port[1][0]["note"].startswith("边界为估计，距离仅供参考")
    english = get(api, "/api/compare", zones=zones, lang="en")
    assert texts(rows_of(english, "area")["area_computed"]["cells"][1]) == ["The outline is an estimate, no area"]


def test_what_is_said_of_the_area_around_a_park_is_not_the_park_s_own(api: httpx.Client) -> None:
    told = get(api, "/api/compare", zones="dagang-petro,teda-nangang")
    around = rows_of(told, "surrounding")
    # 四（一）3 says it of 大港片区 as a whole: new chemical materials, biomedicine, car parts.
    assert around["plan-binhai-dagang"]["title"] == "所在片区（大港片区）"
    dagang, nangang = around["plan-binhai-dagang"]["cells"]
    assert texts(dagang) == ["先进化工材料", "生物医药", "汽车关键零部件"] and nangang == []
    assert dagang[2]["note"] == "原文“汽车零部件”" and dagang[0]["source"].startswith("滨海工业规划　四（一）3")
    own = rows_of(told, "industries")
    assert "automotive" not in own, "no document names cars for either park itself"
    assert any("片区整体" in note for note in told["notes"])


def test_directions_links_contradictions_and_counts_of_what_is_named(api: httpx.Client) -> None:
    told = get(api, "/api/compare", zones="teda-nangang,thip-bolonghu")
    stated = rows_of(told, "stated")
    directions = [row for row in read(GEODATA / "directions.csv") if row["subject"] == "teda-nangang"]
    assert texts(stated["directions"]["cells"][0]) == [row["text_zh"] for row in directions]
    clauses = [part["note"] for part in stated["directions"]["cells"][0]]
    assert clauses == [f"原文：{row['clause_zh']}" for row in directions]
    [differing] = stated["contradictions"]["cells"][0]
    assert "化学药" in differing["text"] and "；" in differing["source"], "both sides are named"
    named = [row for path in (GEODATA / "named").glob("*.csv") for row in read(path) if row["kind"] == "carrier"]
    here = [row for row in named if "teda-nangang" in row["places"].split(";")]
    sure = sum(row["certainty"] == "named" for row in here)
    carriers = rows_of(told, "named")["thing_carrier"]["cells"][0]
    assert texts(carriers) == [f"{sure} 个写明在此", f"{len(here) - sure} 个可能在此（多处之一或推断）"]
    english = get(api, "/api/compare", zones="teda-nangang,thip-bolonghu", lang="en")
    assert texts(rows_of(english, "stated")["directions"]["cells"][0]) == [row["text_en"] for row in directions]


def test_notes_are_in_the_language_of_the_table(api: httpx.Client) -> None:
    for language, said in (("zh", "文件说的是该领域的智能制造环节"), ("en", "smart manufacturing links of this field")):
        told = get(api, "/api/compare", zones="thip-bolonghu,thip-marine", lang=language)
        aerospace = rows_of(told, "industries")["aerospace"]["cells"][0]
        assert said in aerospace[0]["note"]


def test_the_documents_say_which_years_they_plan_for(api: httpx.Client) -> None:
    told = get(api, "/api/compare", zones="teda-east,thip-bolonghu")
    periods = {one["short_title_zh"]: one["period"]["text_zh"] for one in told["documents"]}
    assert periods["滨海工业规划"].startswith("规划期 2021—2025") and periods["滨海未来产业方案"].startswith(
        "规划期 2023—2030"
    )
    book = openpyxl.load_workbook(io.BytesIO(api.get("/api/compare.xlsx", params={"zones": THREE}).content))
    assert ("滨海工业规划", "天津市滨海新区工业高质量发展“十四五”规划", periods["滨海工业规划"]) in set(
        book["出处"].values
    )


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
    ha = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(footprints["teda-east"]))[0]) / 10_000
    assert numbers["图上面积", "公顷"][0] == pytest.approx(ha, abs=0.06)
    assert numbers["图上面积", "公顷"][1] is None, "an estimated outline has no area: the cell is empty, not 0"
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
    computed = next(row for row in rows if row[1] == "Computed area")
    assert computed[3] == "The outline is an estimate, no area"


def test_a_zone_has_a_page_of_its_own(api: httpx.Client) -> None:
    page = api.get("/zones/teda-east")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    assert "<title>经开区东区 · 园图</title>" in page.text
    assert '<meta name="description" content="经开区东区：国家级园区' in page.text
    assert "智能科技、生物医药" in page.text and "script-src 'self' 'nonce-" in page.headers["content-security-policy"]
    english = api.get("/zones/teda-east", params={"lang": "en"}).text
    assert "<title>TEDA East · Yuantu</title>" in english and '<html lang="en">' in english
    assert api.get("/zones/tianjin").status_code == 200, "a zone that no layer draws"


@pytest.mark.parametrize(
    ("zone", "said", "never"),
    [
        ("teda-east", "图上面积约 4,1", "边界为估计"),
        ("dagang-petro", "边界为估计，不计面积", "图上面积"),
        ("tp-xinchuang-valley", "图形取所在园区的范围，不计面积", "图上面积"),
        ("tp-baodi-power-batteries", "文件未写明位置，没有图形", "边界"),
    ],
)
def test_the_page_of_a_zone_gives_an_area_only_where_there_is_one(
    api: httpx.Client, zone: str, said: str, never: str
) -> None:
    page = api.get(f"/zones/{zone}").text
    description = page.split('<meta name="description" content="')[1].split('"')[0]
    assert said in description and never not in description


def test_a_zone_that_there_is_not_is_answered_with_suggestions(api: httpx.Client) -> None:
    page = api.get("/zones/teda-eest")
    assert page.status_code == 404 and page.headers["content-type"].startswith("text/html")
    assert 'href="/zones/teda-east"' in page.text and "经开区东区" in page.text
    assert 'href="/zones/thip-bolonghu"' in api.get("/zones/bolonghu").text
    assert 'href="/zones/teda-east?lang=en"' in api.get("/zones/teda-eest", params={"lang": "en"}).text
    hostile = api.get("/zones/%3Cscript%3Ealert(1)%3C%2Fscript%3E".replace("%2F", "%5C"))
    assert hostile.status_code == 404 and "<script>alert" not in hostile.text
