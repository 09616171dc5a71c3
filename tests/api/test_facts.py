"""/api/… on the real data: what it states is what the documents print."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from jsonschema import Draft202012Validator


def get(api: httpx.Client, path: str, **query: str) -> Any:
    answer = api.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_zone_with_its_evidence(api: httpx.Client) -> None:
    zone = get(api, "/api/zones/teda-east")
    assert (zone["name_zh"], zone["kind"], zone["level"]) == ("经开区东区", "park", "national")
    assert zone["parent"]["id"] == "teda"
    table_2 = [i["name_zh"] for i in zone["industries"] if i["evidence"]["locator"].startswith("表2")]
    assert {"人工智能", "集成电路", "大数据", "生物药", "高端医疗器械"} <= set(table_2)
    chapter = [i for i in zone["industries"] if i["evidence"]["locator"].startswith("四（一）")]
    assert chapter, "the chapter's own wording is kept beside table 2"
    area = zone["area"]
    assert area["official"] == {
        "ha": 4000.0,
        "mu": 60000,
        "km2": 40.00,
        "year": 2022,
        "source": area["official"]["source"],
    }
    assert area["computed"]["ha"] == pytest.approx(4000, rel=0.15)
    assert {p["plan"]["id"] for p in zone["plans"]} >= {"plan-binhai"}
    drawn = zone["geometry"]
    assert drawn["status"] == "indicative" and "海滨大道" in drawn["method_zh"] and "East edge" in drawn["method_en"]
    assert "40平方公里" in drawn["source_zh"] and "40 km²" in drawn["source_en"]
    assert (zone["note_zh"][:4], zone["note_en"][:12]) == ("规划面积", "Planned area")
    assert zone["evidence"]["title_zh"] == "天津市滨海新区工业高质量发展“十四五”规划"


def test_service_only_parks_have_service_roles_and_no_manufacturing(api: httpx.Client) -> None:
    for park, roles in (
        ("teda-cbd", {"总部经济", "商贸", "金融", "高技术服务业", "现代新兴服务业"}),
        ("ftz-seaport", {"现代物流"}),
        ("ftz-air-logistics", {"现代物流", "航空服务"}),
    ):
        industries = get(api, f"/api/zones/{park}")["industries"]
        stated = [i for i in industries if i["evidence"]["locator"].startswith("表2")]
        assert {i["rank"] for i in stated} == {"service"}, park
        assert roles <= {i["name_zh"] for i in stated}, park


def test_the_tree_of_industries(api: httpx.Client) -> None:
    sectors = {node["id"]: node for node in get(api, "/api/industries")["industries"]}
    appendix_1 = {
        "智能科技", "生物医药", "新能源", "新材料", "汽车", "装备制造", "航空航天", "石油化工",
    }  # fmt: skip
    assert appendix_1 <= {node["name_zh"] for node in sectors.values()}
    drugs = {node["name_zh"]: node for node in sectors["biomedicine"]["children"]}
    assert {"化学药", "现代中药", "生物药", "高端医疗器械"} <= set(drugs)
    assert {"疫苗", "重组蛋白", "干细胞", "海洋药物"} <= {p["name_zh"] for p in drugs["生物药"]["children"]}
    assert drugs["生物药"]["parks"] >= 5 and drugs["生物药"]["area_ha"] > 0
    assert sectors["biomedicine"]["parks"] >= drugs["生物药"]["parks"]


def test_plans_with_elements_and_members(api: httpx.Client) -> None:
    plans = {plan["id"]: plan for plan in get(api, "/api/plans")["plans"]}
    binhai = {e["id"]: e for e in plans["plan-binhai"]["elements"]}
    assert [m["id"] for m in binhai["plan-binhai-core"]["members"]] == ["teda-east", "thip-marine"]
    assert [m["id"] for m in binhai["plan-binhai-belt-advanced"]["members"]] == [
        "ftz-airport", "teda-west", "thip-bolonghu",
    ]  # fmt: skip
    assert {m["id"] for m in binhai["plan-binhai-belt-coastal"]["members"]} == {
        "teda-north", "ecocity", "teda-central", "teda-nangang", "ftz-lingang",
    }  # fmt: skip
    hitech = [m["id"] for e in plans["plan-hitech"]["elements"] for m in e["members"]]
    assert hitech == ["thip-marine", "thip-huayuan", "thip-bolonghu", "thip-jingjin"]
    assert len(plans["plan-hitech-marine"]["elements"]) == 4
    assert len(plans["plan-hitech-huayuan"]["elements"]) == 5
    assert len(plans["plan-hitech-bolonghu"]["elements"]) == 4
    belt = next(e for e in plans["plan-tianjin"]["elements"] if e["name_zh"] == "京津高新技术产业带")
    assert belt["members"] == [] and belt["extent_basis"] == "schematic"
    assert "示意走廊" in belt["geometry_method_zh"] and "京津塘高速" in belt["geometry_source_zh"]
    zhigu = next(e for e in plans["plan-tianjin"]["elements"] if e["name_zh"] == "天津智谷")
    assert zhigu["members"] == [] and [m["id"] for m in zhigu["core"]] == ["haihe-education"]
    assert zhigu["extent_basis"] == "host"
    groups = [e for e in plans["plan-tianjin"]["elements"] if e["kind"] == "group"]
    assert len(groups) == 4 and all("名称为本系统所加" in e["note_zh"] and not e["members"] for e in groups)


def test_what_is_said_of_a_plan_area_stays_with_it(api: httpx.Client) -> None:
    """四（一）3 speaks of 大港片区 as a whole; its members have what 附表2 says of them."""
    plans = {plan["id"]: plan for plan in get(api, "/api/plans")["plans"]}
    dagang = next(e for e in plans["plan-binhai"]["elements"] if e["id"] == "plan-binhai-dagang")
    said = {"先进化工材料", "生物医药", "汽车零部件"}
    assert {one["wording"] for one in dagang["industries"]} == said
    for member in ("dagang-petro", "zhongtang"):
        zone = get(api, f"/api/zones/{member}")
        assert not {one["wording"] for one in zone["industries"] if "大港片区" in one["evidence"]["locator"]}
        wider = [one for one in zone["surrounding"] if one["of"]["id"] == "plan-binhai-dagang"]
        assert {one["statement"]["wording"] for one in wider} == said
        assert {one["of"]["name_zh"] for one in wider} == {"大港片区"}
    parks = get(api, "/layers/parks.geojson", industry="汽车零部件")["features"]
    assert "dagang-petro" not in {feature["id"] for feature in parks}


def test_who_administers_a_park_and_where_it_lies(api: httpx.Client) -> None:
    west = get(api, "/api/zones/teda-west")
    assert west["district"]["id"] == "binhai"
    lies = {one["district"]["id"]: one["share"] for one in west["lies_in"]}
    assert lies["dongli"] > 0.9 and sum(lies.values()) == pytest.approx(1, abs=0.02)
    administered = {zone["id"] for zone in get(api, "/api/zones", district="binhai", kind="park")["zones"]}
    located = {zone["id"] for zone in get(api, "/api/zones", lies_in="dongli", kind="park")["zones"]}
    assert "teda-west" in administered and "teda-west" in located and "dongli-eda" not in administered


@pytest.mark.parametrize("parameter", ["district", "lies_in"])
def test_a_district_that_is_none_is_refused(api: httpx.Client, parameter: str) -> None:
    answer = api.get("/api/zones", params={parameter: "teda"})
    assert answer.status_code == 400 and "binhai" in answer.json()["errors"][0]["allowed"]


def test_a_plan_whose_years_are_past_says_so(api: httpx.Client) -> None:
    """By the clock: 2021-2025 is past, the action plan runs to 2030."""
    documents = {d["id"]: d for d in get(api, "/api/documents")["documents"]}
    year = datetime.now(ZoneInfo("Asia/Shanghai")).year
    for document in documents.values():
        planned = document["planned"]
        assert planned["expired"] is (planned["end"] < year) is document["expired"]
        assert ("已届满" in planned["text_zh"]) is planned["expired"]
    assert documents["binhai-industry"]["planned"]["text_zh"].startswith("规划期 2021—2025")
    assert documents["binhai-future"]["planned"]["end"] == 2030
    row = get(api, "/api/indicators", document="hitech-zone")["indicators"][0]
    assert row["period"] == documents["hitech-zone"]["planned"]


def test_five_documents(api: httpx.Client) -> None:
    documents = get(api, "/api/documents")["documents"]
    assert {d["id"] for d in documents} == {
        "binhai-industry", "tianjin-manufacturing", "binhai-future", "dongli-industry", "hitech-zone",
    }  # fmt: skip
    assert next(d for d in documents if d["id"] == "binhai-future")["issued_on"] == "2023-07-06"


def test_indicators_as_printed_and_as_numbers(api: httpx.Client) -> None:
    rows = get(api, "/api/indicators", document="binhai-industry", kind="headline")["indicators"]
    table_1 = [row for row in rows if row["evidence"]["locator"].startswith("表1")]
    assert len(table_1) == 18
    growth = next(row for row in table_1 if "增长率" in row["name_zh"])
    assert (growth["base"]["text"], growth["target"]["text"]) == ("2左右", "6.5以上")
    assert (growth["base"]["value"], growth["target"]["value"]) == (2, 6.5)
    city = get(api, "/api/indicators", document="tianjin-manufacturing", scope="tianjin", kind="headline")["indicators"]
    assert len(city) == 15
    targets = get(api, "/api/indicators", document="binhai-industry", kind="sector_target")["indicators"]
    values = {row["industry"]["id"]: row["target"]["value"] for row in targets if row["unit"] == "亿元"}
    assert values["biomedicine"] == 700 and values["new-energy"] == 900 and values["petrochemicals"] == 2600
    assert values["automotive"] == 2300 and values["aerospace"] == 80 and values["new-materials"] == 1200


def test_the_projects_sum_to_the_printed_totals(api: httpx.Client) -> None:
    every = get(api, "/api/projects")["projects"]
    projects = [one for one in every if one["in_table"]]
    assert len(projects) == 58 == sum(one["id"].startswith("dongli-p") for one in every)
    total = sum(Decimal(str(p["investment_total"])) for p in projects)
    period = sum(Decimal(str(p["investment_period"])) for p in projects)
    assert abs(total - Decimal("129.3")) <= Decimal("0.05")
    assert abs(period - Decimal("95.9")) <= Decimal("0.05")


def test_clusters_with_carriers_and_the_responsible(api: httpx.Client) -> None:
    clusters = {c["name_zh"]: c for c in get(api, "/api/clusters")["clusters"]}
    assert len(clusters) == 8
    assert {z["id"] for z in clusters["生物制造"]["responsible"]} == {"ftz", "teda", "dagang-petro"}
    carriers = {p["name_zh"]: p for p in clusters["生物制造"]["places"] if p["role"] == "carrier"}
    assert carriers["南港工业区"]["zone"] == "teda-nangang" and carriers["南港工业区"]["certainty"] == "named"
    guessed = carriers["空港生物制造产业园"]
    assert guessed["certainty"] == "inferred" and guessed["basis_zh"] and guessed["basis_en"]
    candidates = [p for p in clusters["空天利用"]["places"] if p["name_zh"] == "无人机产业基地"]
    assert {p["zone"] for p in candidates} == {"thip-bolonghu", "teda-west", "ftz-lingang"}
    assert {p["certainty"] for p in candidates} == {"one_of"}


def test_zones_by_kind_and_industry(api: httpx.Client) -> None:
    parks = get(api, "/api/zones", kind="park", industry="风电")["zones"]
    assert "thip-bolonghu" in {zone["id"] for zone in parks}
    assert all(zone["kind"] == "park" for zone in parks)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/zones/atlantis", 404),
        ("/api/zones/%00", 404),
        ("/api/zones/" + "x" * 101, 400),
        ("/api/zones?kind=village", 400),
        ("/api/zones?industry=不存在的产业", 400),
        ("/api/plans?x=1", 400),
        ("/api/indicators?scope=atlantis", 400),
        ("/api/indicators?kind=wish", 400),
        ("/api/nothing", 404),
        ("/layers/parks.shp", 404),
    ],
)
def test_what_is_not_there_or_not_right_is_a_problem(api: httpx.Client, path: str, status: int) -> None:
    answer = api.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_only_reading_is_allowed(api: httpx.Client) -> None:
    assert api.post("/api/zones").status_code == 405
    assert api.delete("/layers/parks.geojson").status_code == 405


def test_the_service_says_that_it_is_ready_and_describes_itself(api: httpx.Client) -> None:
    assert get(api, "/healthz") == {"status": "ok"}
    assert get(api, "/readyz")["data_version"]
    paths = get(api, "/openapi.json")["paths"]
    assert {"/layers", "/layers/{layer_id}.geojson", "/api/zones/{zone_id}"} <= set(paths)
    assert "http" not in api.get("/docs").text, "no file from another host"


def test_the_description_names_the_faults_that_are_answered(api: httpx.Client) -> None:
    document = get(api, "/openapi.json")
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    assert not {"HTTPValidationError", "ValidationError"} & set(document["components"]["schemas"])
    for path, operations in document["paths"].items():
        for operation in operations.values():
            answers = operation["responses"]
            assert "422" not in answers, path
            if "operations" not in operation["tags"]:
                assert answers["400"]["content"] == problem, path
                assert ("404" in answers) == ("{" in path), path
    schema = document["components"]["schemas"]["Problem"]
    for path, status in (("/api/zones?level=x&y=1", 400), ("/layers/parkz", 404)):
        answer = api.get(path)
        assert answer.status_code == status
        Draft202012Validator(schema).validate(answer.json())
    assert set(document["paths"]["/readyz"]["get"]["responses"]) == {"200", "503"}
