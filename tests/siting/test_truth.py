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


def listed(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the places of an answer by id, whatever their tier."""
    return {one["id"]: one for part in ("results", "related", "not_named") for one in answer[part]}


def value(place: dict[str, Any], criterion: str) -> dict[str, Any]:
    return next(one for one in place["criteria"] if one["name"] == criterion)


def test_documents_that_say_something_less_are_not_counted_as_agreeing(api: httpx.Client) -> None:
    checked = 0
    for industry in ("集成电路", "生物药", "动力电池", "石墨烯"):
        for place in ask(api, industries=industry)["results"]:
            told = value(place, "industry")
            if "依据" not in told["says"]["zh"] or len(told["evidence"]) < 2:
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


FACTORS = {
    "relation": {"same": 1.0, "part": 0.9, "wider": 0.7, "sector": 0.45, "chain": 0.3},
    "standing": {"own": 1.0, "part": 0.9, "around": 0.6, "district": 0.3},
}
RANKS = {"重点产业": 1.0, "产业（本服务计为辅助）": 0.7, "服务业态": 0.9}
"""As docs/siting.md prints them."""


@pytest.mark.parametrize("industry", ["集成电路", "氢能", "石墨烯", "海洋装备", "人工智能"])
def test_the_statement_that_is_shown_is_the_one_that_counts(api: httpx.Client, industry: str) -> None:
    checked = 0
    for place in listed(ask(api, industries=industry, tiers="all")).values():
        told = value(place, "industry")
        if not told["evidence"]:
            continue
        shown = told["evidence"][0]
        factors = [FACTORS[name][shown[name]] for name in FACTORS]
        rank = next(factor for name, factor in RANKS.items() if f"（{name}；" in shown["says"]["zh"])
        strength = 100 * factors[0] * factors[1] * rank
        # One document counts 0.8, three that agree 1.
        assert 0.8 * strength - 0.01 <= told["raw"] <= strength + 0.01, (place["id"], told["raw"], shown["says"]["zh"])
        checked += 1
    assert checked > 5


def test_documents_that_copy_each_other_are_one_witness(api: httpx.Client) -> None:
    # 滨海工业规划 is drawn up on 天津制造业规划 (二, 编制依据); 高新区规划纲要 is not.
    places = listed(ask(api, industries="集成电路"))
    east, marine = value(places["teda-east"], "industry"), value(places["thip-marine"], "industry")
    assert {one["document"] for one in east["evidence"]} == {"binhai-industry", "tianjin-manufacturing"}
    assert (east["raw"], "二者只算一份佐证" in east["says"]["zh"]) == (80, True)
    assert {one["document"] for one in marine["evidence"]} > {"binhai-industry", "hitech-zone"}
    # Named as a link of the chain of the theme park in it (0.9); two of the three documents are witnesses.
    assert marine["raw"] == pytest.approx(100 * 0.9 * (0.8 + 0.1 * min(1, 0.9 + 0.9 - 1)), abs=0.01)


def test_what_is_said_of_a_plan_area_is_not_said_of_a_member_itself(api: httpx.Client) -> None:
    # 四（一）1: “滨海新区主城区主要包括经开区东区和高新区海洋片区，……大力发展都市型高科技产业”.
    # No document says of which of the two.
    fields = {"industries": "都市型产业"}
    answer = ask(api, **fields)
    assert [one["id"] for one in answer["results"]] == ["thip-marine", "teda-east"]
    assert {(one["tier"], one["rank"], one["group"]) for one in answer["results"]} == {("surrounding", None, False)}
    assert (answer["counts"]["documented"], answer["counts"]["surrounding"], answer["verdict"]) == (0, 2, None)
    assert answer["conclusion"]["zh"].startswith("文件把“都市型产业”布局到一核：滨海新区主城区，未细分到园区")
    told = value(answer["results"][1], "industry")
    assert told["says"]["zh"].startswith("文件将“都市型高科技产业”列为所在片区（一核：滨海新区主城区）的重点产业")
    assert told["says"]["en"].startswith("the plan area around it (Core: main urban area of Binhai) is named with")
    assert told["evidence"][0]["subject"] == "plan-binhai-core"
    assert told["raw"] == pytest.approx(100 * 0.6 * 0.8)
    assert "未细分到此处" in answer["results"][1]["tier_says"]["zh"]
    report = api.get("/siting/report", params=fields).text
    assert "列为所在片区（一核：滨海新区主城区）的重点产业" in report and "列为经开区东区的重点产业" not in report
    book = openpyxl.load_workbook(io.BytesIO(api.get("/api/siting.xlsx", params=fields | {"lang": "zh"}).content))
    cells = [str(cell.value) for row in book["逐项得分"].iter_rows(min_row=2) for cell in row]
    assert any(cell.startswith("所在片区（一核：滨海新区主城区）：都市型高科技产业") for cell in cells)


def test_a_member_of_a_plan_area_does_not_pass_for_unspoken_of(api: httpx.Client) -> None:
    # 四（一）3: “大港片区。涵盖大港石化产业园区和天津中塘工业园，……重点发展先进化工材料”.
    # That another plan names 大港石化 for it takes nothing from 中塘.
    place = listed(ask(api, industries="先进化工材料", level="town"))["zhongtang"]
    assert "没有说到此处" not in place["tier_says"]["zh"], place["tier_says"]["zh"]
    assert "列为天津中塘工业园的重点产业" not in place["tier_says"]["zh"]


def test_what_is_said_of_a_theme_park_says_that_it_is_one(api: httpx.Client) -> None:
    answer = ask(api, industries="集成电路")
    marine = value(next(one for one in answer["results"] if one["id"] == "thip-marine"), "industry")
    # 五（五）4·专栏 says 芯片, which a sentence may not say of 集成电路.
    said = "文件将“芯片”列为园内的主题园区（中国信创谷）的重点产业（“集成电路”归入此类）"
    assert marine["says"]["zh"].startswith(said)
    assert "the theme park in it (China Xinchuang Valley)" in marine["says"]["en"]
    # 表2 names the two parks with it: they fit better than where it is a link of a theme park's chain.
    fits = {one["id"]: value(one, "industry")["raw"] for one in answer["results"]}
    assert min(fits["teda-east"], fits["teda-micro"]) > fits["thip-marine"]


def test_a_theme_park_is_designated_for_its_theme_and_where_documents_place_it(api: httpx.Client) -> None:
    def policy(industry: str) -> dict[str, dict[str, Any]]:
        found = listed(ask(api, industries=industry, weights="policy:1", tiers="all"))
        return {zone: value(one, "policy") for zone, one in found.items()}

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
        answer = ask(api, industries=words, tiers="all")
        means = answer["request"]["industries"][0]["means"]
        assert {one["name_zh"] for one in means} == meant
        ids, seen = {one["id"] for one in means}, 0
        for place in listed(answer).values():
            for one in value(place, "industry")["evidence"]:
                seen += 1
                assert (one["relation"] == "same") == (one["industry"] in ids), one["says"]
                assert (one["relation"], one["standing"]) != ("same", "own"), one["says"]
                assert ("同一产业" in one["says"]["zh"]) == (one["relation"] == "same")
        assert seen > 0


def test_the_core_of_a_plan_area_has_its_role_but_not_what_is_said_of_the_area(api: httpx.Client) -> None:
    answer = ask(api, industries="人工智能", weights="industry:1,policy:1")
    park = listed(answer)["haihe-education"]
    assert "“天津智谷”的核心或主要载体" in value(park, "policy")["says"]["zh"]
    assert value(park, "policy")["raw"] == 40
    assert not any("天津智谷" in one["says"]["zh"] for one in value(park, "industry")["evidence"])


def test_an_area_that_nobody_knows_rules_nothing_out_but_a_part_is_no_larger_than_its_park(api: httpx.Client) -> None:
    answer = ask(api, industries="集成电路", area="4000公顷", areas="separate")
    official = {row["id"]: float(row["official_area_ha"] or "nan") for row in geodata.rows("zones")}
    kept = listed(answer)
    assert official["thip-bolonghu"] < 4000
    micro = kept["teda-micro"]
    assert micro["area_ha"] is None and (micro["tier"], micro["missing"]) == ("itself", [])
    out = {one["id"]: one["reasons"][0]["zh"] for one in answer["excluded"]}
    assert out["thip-bolonghu"] == "面积 3,050 公顷，小于 4,000 公顷"
    assert out["bolonghu-cell-valley"] == "所在园区渤龙湖科技园面积 3,050 公顷，小于 4,000 公顷"
    assert "不按面积排除" in answer["constraints"][0]["source"]["zh"]
    assert not {zone for zone, one in kept.items() if one["area_ha"] is not None and one["area_ha"] < 4000}


def test_the_size_of_a_park_rules_out_and_scores_nothing(api: httpx.Client) -> None:
    whole = listed(ask(api, industries="集成电路", tiers="all"))
    answer = ask(api, industries="集成电路", tiers="all", area="4000公顷")
    size = next(one for one in answer["criteria"] if one["name"] == "size")
    assert (size["used"], size["weight"]) == (False, 0)
    assert "没有给出园区里可供的用地" in size["not_used"]["zh"]
    left = listed(answer)
    assert 0 < len(left) < len(whole)
    assert {zone: one["score"] for zone, one in left.items()} == {zone: whole[zone]["score"] for zone in left}
    assert not any(value["name"] == "size" for one in left.values() for value in one["criteria"])


def test_high_speed_stations_are_those_where_such_trains_stop(api: httpx.Client) -> None:
    ordinary = {row["name_zh"] for row in geodata.rows("facilities") if row["trains"] == "ordinary"}
    assert ordinary == {"天津北站"}
    trains = {row["name_zh"] for row in geodata.rows("facilities") if row["trains"] == "high_speed"}
    answer = ask(api, industries="集成电路", weights="rail:1", tiers="all")
    lines, seen = 0, 0
    for place in listed(answer).values():
        rail = value(place, "rail")
        if rail["missing"]:
            continue
        seen += 1
        assert any(name in rail["says"]["zh"] for name in trains), rail["says"]
        assert not any(name in rail["says"]["zh"] for name in ordinary)
        for one in rail["evidence"][1:]:
            lines += 1
            said = one["says"]["zh"]
            assert "停靠：" in said and "来源：" in said and ("城际" in said or "高铁" in said)
    assert seen > 20 and lines >= 3
    assert any("高铁站只计高铁或城际列车停靠的" in one["zh"] for one in answer["notes"])
    # It stays a place on the map.
    station = api.get("/layers/facilities.geojson", params={"trains": "ordinary"}).json()["features"]
    assert [one["properties"]["name_zh"] for one in station] == ["天津北站"]


def test_a_part_and_its_whole_name_each_other(api: httpx.Client) -> None:
    answer = ask(api, industries="细胞", areas="separate", tiers="all")
    places = listed(answer)
    assert places["bolonghu-cell-valley"]["part_of"]["id"] == "thip-bolonghu"
    assert "bolonghu-cell-valley" in [one["id"] for one in places["thip-bolonghu"]["contains"]]
    assert places["dongjiang"]["part_of"] is None and places["dongjiang"]["contains"] == []
    for one in places.values():
        if one["part_of"] is not None:
            assert one["id"] in [part["id"] for part in places[one["part_of"]["id"]]["contains"]]
    features = api.get(answer["links"]["geojson"]).json()["features"]
    assert {one["id"]: one["properties"]["part_of"] for one in features}["bolonghu-cell-valley"] == "thip-bolonghu"
    whole = places["thip-bolonghu"]
    report = api.get(answer["links"]["report"]).text
    assert f"渤龙湖科技园（第 {whole['rank']}）的片区" in report
    book = openpyxl.load_workbook(io.BytesIO(api.get(answer["links"]["xlsx"]).content))
    ranking = list(book["排名"].iter_rows(values_only=True))
    identifier, kin = ranking[0].index("标识"), ranking[0].index("整体与片区")
    rows = {row[identifier]: row[kin] for row in ranking[1:]}
    assert set(rows) == {one["id"] for one in answer["results"] if one["tier"] == "itself"}
    assert rows["bolonghu-cell-valley"] == f"渤龙湖科技园（第 {whole['rank']}）的片区"


def test_the_same_land_is_counted_once(api: httpx.Client) -> None:
    parks, apart = ask(api, industries="细胞"), ask(api, industries="细胞", areas="separate")
    assert not any(one["part_of"] for one in listed(parks).values())
    assert [one["id"] for one in listed(parks)["thip-bolonghu"]["areas"]] == ["bolonghu-cell-valley"]
    assert f"布局到 {parks['counts']['documented']} 处园区" in parks["conclusion"]["zh"]
    parts = [one for one in apart["results"] if one["part_of"] is not None and one["tier"] == "itself"]
    assert len(parts) == apart["counts"]["documented"] - parks["counts"]["documented"] > 0
    # Of six places one is the land of another once more: six parks it is not.
    assert f"布局到 {apart['counts']['documented']} 处园区" not in apart["conclusion"]["zh"]


def test_more_places_on_a_level_than_are_named_are_counted(api: httpx.Client) -> None:
    answer = ask(api, industries="集成电路", weights="level:1")
    first = [one for one in answer["results"] if one["rank"] == 1]
    national = [one for one in answer["results"] if one["tier"] == "itself" and one["level"] == "national"]
    assert len(first) > 5 and [one["id"] for one in first] == [one["id"] for one in national]
    assert answer["verdict"]["group"] == [one["id"] for one in first]
    assert all(one["group"] and one["tied"] for one in first)
    assert f"等 {len(first)} 处（不分先后），差距小于不确定性所能分辨" in answer["conclusion"]["zh"]
    assert (answer["verdict"]["stable"], answer["verdict"]["says"]["zh"][:3]) == (False, "不稳：")


def test_of_a_parcel_a_larger_share_is_better_and_said_so(api: httpx.Client) -> None:
    answer = ask(api, industries="氢能", layer="theme-parks", area="300公顷", tiers="all")
    size = next(one for one in answer["criteria"] if one["name"] == "size")
    assert size["direction"] == "more" and "地块" in size["basis"]["zh"]
    told = [value(one, "size") for one in listed(answer).values()]
    told = sorted((one for one in told if not one["missing"]), key=lambda one: one["raw"])
    values = [one["normalised"] for one in told]
    assert values == sorted(values) and len(set(values)) > 1
    assert all("%" in one["says"]["zh"] for one in told)


def test_a_workbook_flags_what_is_missing(api: httpx.Client) -> None:
    answer = ask(api, industries="轻工业", preset="transport-first", areas="separate")
    missing = {(one["name_zh"], name) for one in listed(answer).values() for name in one["missing"]}
    titles = {one["name"]: one["title"] for one in answer["criteria"]}
    assert len({name for _, name in missing}) > 1
    for language, sheet, flag in (("zh", "逐项得分", "是"), ("en", "Values", "yes")):
        file = api.get(answer["links"]["xlsx"] + f"&lang={language}").raise_for_status()
        rows = list(openpyxl.load_workbook(io.BytesIO(file.content))[sheet].iter_rows(values_only=True))
        at = rows[0].index({"zh": "缺数据", "en": "Missing"}[language])
        assert len([row for row in rows[1:] if row[at] == flag]) == len(missing)
        if language == "zh":
            name, criterion = rows[0].index("名称"), rows[0].index("判据")
            flagged = {(row[name], row[criterion]) for row in rows[1:] if row[at] == flag}
            assert flagged == {(place, titles[one]["zh"]) for place, one in missing}
