"""What an answer states is so: documents counted, stations served by high-speed trains, wholes and parts, parcels."""

import io
from typing import Any

import httpx
import openpyxl
import pytest

from tests import geodata

NEAR = {"同一产业": 0, "所含产业": 0, "所属产业": 1, "同一大类": 2, "产业链相关": 3}
"""How far what a document names is from what is asked for."""

AGREE = {0: (0,), 1: (0, 1), 2: (2,), 3: (3,)}
"""By the nearest: how far what says the same may be, as docs/siting.md has it."""


def ask(api: httpx.Client, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/api/siting", params={"limit": 100} | fields).raise_for_status().json()
    return found


def value(place: dict[str, Any], criterion: str) -> dict[str, Any]:
    return next(one for one in place["criteria"] if one["name"] == criterion)


def test_documents_that_say_something_less_are_not_counted_as_agreeing(api: httpx.Client) -> None:
    checked = 0
    for industry in ("集成电路", "生物药", "动力电池", "石墨烯"):
        for place in ask(api, industries=industry)["results"]:
            told = value(place, "industry")
            if "依据" not in told["says"]["zh"]:
                continue
            said = told["says"]["zh"].split("依据")[1]
            said_as = {one["document"]: one["says"]["zh"].rsplit("；", 1)[1] for one in told["evidence"]}
            kinds = {document: NEAR[words.rstrip("）")] for document, words in said_as.items()}
            names = {one["document"]: one["short_title_zh"] for one in told["evidence"]}
            strongest = kinds[told["evidence"][0]["document"]]
            for document, kind in kinds.items():
                if kind not in AGREE[strongest]:
                    checked += 1
                    assert names[document] not in said, (industry, place["id"], told["says"]["zh"])
    assert checked > 0


def test_what_is_said_of_a_plan_area_is_not_said_of_a_member_itself(api: httpx.Client) -> None:
    # 四（一）3 gives 先进化工材料 to 大港片区 as a whole; 附表2 does not give it to 中塘.
    fields = {"industries": "先进化工材料", "level": "town"}
    answer = ask(api, **fields)
    told = value(next(one for one in answer["results"] if one["id"] == "zhongtang"), "industry")
    assert told["says"]["zh"].startswith("文件将“先进化工材料”列为所在片区（大港片区）的重点产业")
    assert told["says"]["en"].startswith("the plan area around it (Dagang area) is named with")
    assert told["evidence"][0]["says"]["zh"] == "所在片区（大港片区）：先进化工材料（重点产业；同一产业）"
    assert told["raw"] == pytest.approx(100 * 0.6 * 0.8)
    report = api.get("/siting/report", params=fields).text
    assert "列为所在片区（大港片区）的重点产业" in report and "列为天津中塘工业园的重点产业" not in report
    book = openpyxl.load_workbook(io.BytesIO(api.get("/api/siting.xlsx", params=fields | {"lang": "zh"}).content))
    cells = [str(cell.value) for row in book["逐项得分"].iter_rows(min_row=2) for cell in row]
    assert any(cell.startswith("所在片区（大港片区）：先进化工材料") for cell in cells)


def test_what_is_said_of_a_theme_park_says_that_it_is_one(api: httpx.Client) -> None:
    answer = ask(api, industries="集成电路")
    marine = value(next(one for one in answer["results"] if one["id"] == "thip-marine"), "industry")
    assert marine["says"]["zh"].startswith("文件将“集成电路”列为园内的主题园区（中国信创谷）的重点产业")
    assert "the theme park in it (China Xinchuang Valley)" in marine["says"]["en"]
    # 表2 names the two parks with it: they fit better than where it is a link of a theme park's chain.
    fits = {one["id"]: value(one, "industry")["raw"] for one in answer["results"]}
    assert min(fits["teda-east"], fits["teda-micro"]) > fits["thip-marine"]


def test_a_theme_park_is_designated_for_its_theme_and_where_documents_place_it(api: httpx.Client) -> None:
    def policy(industry: str) -> dict[str, dict[str, Any]]:
        found = ask(api, industries=industry, weights="policy:1")["results"]
        return {one["id"]: value(one, "policy") for one in found}

    xinchuang, circuits = policy("信创"), policy("集成电路")
    assert "主题园区“中国信创谷”由高新区海洋片区承载" in xinchuang["thip-marine"]["says"]["zh"]
    # 芯片 is one link of the chain behind its theme (五（五）4·专栏).
    assert circuits["thip-marine"]["raw"] < xinchuang["thip-marine"]["raw"]
    # The city's plan names the whole of 高新区; two others say where in it.
    for park in ("thip-huayuan", "thip-bolonghu", "thip-jingjin"):
        assert "中国信创谷" not in xinchuang[park]["says"]["zh"]
    marine = policy("海洋装备")
    assert "主题园区“海洋装备主题园区”的核心区在保税区临港片区" in marine["ftz-lingang"]["says"]["zh"]
    assert "海洋装备主题园区" not in marine["ftz-airport"]["says"]["zh"]


def test_what_an_industry_belongs_to_is_not_taken_for_it(api: httpx.Client) -> None:
    # No park itself is named with 细胞治疗 or 量子科技: a statement on 未来产业 or 新赛道 is none on them.
    for words, meant in (("细胞治疗", {"细胞治疗"}), ("量子科技", {"量子通信"}), ("数据中心", {"新型智能基础设施"})):
        answer = ask(api, industries=words)
        assert {one["name_zh"] for one in answer["request"]["industries"][0]["means"]} == meant
        for place in answer["results"]:
            for one in value(place, "industry")["evidence"]:
                said, _, relation = one["says"]["zh"].rpartition("；")
                assert relation.rstrip("）") != "同一产业" or any(f"：{name}（" in said for name in meant), one["says"]


def test_the_core_of_a_plan_area_has_its_role_but_not_what_is_said_of_the_area(api: httpx.Client) -> None:
    answer = ask(api, industries="人工智能", weights="industry:1,policy:1")
    park = next(one for one in answer["results"] if one["id"] == "haihe-education")
    assert "“天津智谷”的核心或主要载体" in value(park, "policy")["says"]["zh"]
    assert value(park, "policy")["raw"] == 40
    assert not any("天津智谷" in one["says"]["zh"] for one in value(park, "industry")["evidence"])


def test_an_area_that_nobody_knows_rules_nothing_out_but_a_part_is_no_larger_than_its_park(api: httpx.Client) -> None:
    answer = ask(api, industries="集成电路", area="4000公顷")
    official = {row["id"]: float(row["official_area_ha"] or "nan") for row in geodata.rows("zones")}
    kept = {one["id"]: one for one in answer["results"]}
    assert official["thip-bolonghu"] < 4000
    micro = kept["teda-micro"]
    assert micro["area_ha"] is None and micro["missing"] == ["size"]
    assert any("缺少“规模适配”的数据" in reason for reason in micro["reasons"]["zh"])
    out = {one["id"]: one["reasons"][0]["zh"] for one in answer["excluded"]}
    assert out["thip-bolonghu"] == "面积 3,050 公顷，小于 4,000 公顷"
    assert out["bolonghu-cell-valley"] == "所在园区渤龙湖科技园面积 3,050 公顷，小于 4,000 公顷"
    assert "不按面积排除" in answer["constraints"][0]["source"]["zh"]
    assert not {one["id"] for one in answer["results"] if one["area_ha"] is not None and one["area_ha"] < 4000}


def test_high_speed_stations_are_those_where_such_trains_stop(api: httpx.Client) -> None:
    ordinary = {row["name_zh"] for row in geodata.rows("facilities") if row["trains"] == "ordinary"}
    assert ordinary == {"天津北站"}
    answer = ask(api, industries="集成电路", weights="rail:1")
    for place in answer["results"]:
        rail = value(place, "rail")
        if rail["missing"]:
            continue
        assert not any(name in rail["says"]["zh"] for name in ordinary)
        lines = rail["evidence"][1]["says"]["zh"]
        assert "停靠：" in lines and "来源：" in lines and ("城际" in lines or "高铁" in lines)
    assert "高铁或城际列车停靠" in next(one for one in answer["criteria"] if one["name"] == "rail")["basis"]["zh"]
    # It stays a place on the map.
    station = api.get("/layers/facilities.geojson", params={"trains": "ordinary"}).json()["features"]
    assert [one["properties"]["name_zh"] for one in station] == ["天津北站"]


def test_a_part_and_its_whole_name_each_other(api: httpx.Client) -> None:
    answer = ask(api, industries="细胞")
    places = {one["id"]: one for one in answer["results"]}
    assert places["bolonghu-cell-valley"]["part_of"]["id"] == "thip-bolonghu"
    assert "bolonghu-cell-valley" in [one["id"] for one in places["thip-bolonghu"]["contains"]]
    assert places["dongjiang"]["part_of"] is None and places["dongjiang"]["contains"] == []
    for one in places.values():
        if one["part_of"] is not None:
            assert one["id"] in [part["id"] for part in places[one["part_of"]["id"]]["contains"]]
    parts = [one for one in places.values() if one["part_of"] is not None]
    assert f"其中 {len(parts)} 处是其他入选园区的片区" in answer["conclusion"]["zh"]
    features = api.get(answer["links"]["geojson"]).json()["features"]
    assert {one["id"]: one["properties"]["part_of"] for one in features}["bolonghu-cell-valley"] == "thip-bolonghu"
    whole = places["thip-bolonghu"]
    report = api.get(answer["links"]["report"]).text
    assert f"渤龙湖科技园（第 {whole['rank']}）的片区" in report
    book = openpyxl.load_workbook(io.BytesIO(api.get(answer["links"]["xlsx"]).content))
    column = [cell.value for cell in book["排名"][1]].index("整体与片区")
    rows = {row[2].value: row[column].value for row in book["排名"].iter_rows(min_row=2)}
    assert set(rows) == set(places)
    assert rows["bolonghu-cell-valley"] == f"渤龙湖科技园（第 {whole['rank']}）的片区"


def test_more_places_on_a_level_than_are_named_are_counted(api: httpx.Client) -> None:
    answer = ask(api, industries="集成电路", weights="level:1")
    first = [one for one in answer["results"] if one["rank"] == 1]
    assert len(first) > 5
    assert f"等 {len(first)} 处并列" in answer["conclusion"]["zh"]


def test_of_a_parcel_a_larger_share_is_better_and_said_so(api: httpx.Client) -> None:
    answer = ask(api, industries="氢能", layer="theme-parks", area="5公顷")
    size = next(one for one in answer["criteria"] if one["name"] == "size")
    assert size["direction"] == "more" and "地块" in size["basis"]["zh"]
    told = [value(one, "size") for one in answer["results"]]
    told = sorted((one for one in told if not one["missing"]), key=lambda one: one["raw"])
    values = [one["normalised"] for one in told]
    assert values == sorted(values) and {one["direction"] for one in told} == {"more"}
    parks = ask(api, industries="氢能", area="5公顷")
    assert next(one for one in parks["criteria"] if one["name"] == "size")["direction"] == "less"


def test_a_workbook_flags_what_is_missing(api: httpx.Client) -> None:
    answer = ask(api, industries="轻工业")
    missing = {(one["id"], name) for one in answer["results"] for name in one["missing"]}
    assert missing
    for language, sheet, flag in (("zh", "逐项得分", "是"), ("en", "Values", "yes")):
        told = api.get("/api/siting.xlsx", params={"industries": "轻工业", "limit": 100, "lang": language})
        rows = list(openpyxl.load_workbook(io.BytesIO(told.raise_for_status().content))[sheet].iter_rows(min_row=2))
        assert len([row for row in rows if row[8].value == flag]) == len(missing)
