"""Other questions than where: whether a place suits, what suits a place, where not; and the fields they come with."""

import json
from typing import Any

import geopandas
import httpx
import numpy as np
import pytest

from tests import geodata


def ask(api: httpx.Client, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/api/siting", params=fields).raise_for_status().json()
    return found


def listed(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the places of an answer by id, whatever their tier."""
    return {one["id"]: one for part in ("results", "related", "not_named") for one in answer[part]}


def value(place: dict[str, Any], criterion: str) -> dict[str, Any]:
    return next(one for one in place["criteria"] if one["name"] == criterion)


def distances(api: httpx.Client, zone: str) -> dict[str, float]:
    """Return the kilometres from each park to a zone, from edge to edge, measured on a plane."""
    parks = api.get("/layers/parks.geojson").json()
    outlines = geopandas.GeoDataFrame.from_features(parks, crs=4490).to_crs(4548).geometry
    ids = [one["id"] for one in parks["features"]]
    km = outlines.distance(outlines.iloc[ids.index(zone)]) / 1000
    return {one: float(far) for one, far in zip(ids, km, strict=True)}


def accuracies() -> dict[str, float]:
    """Return the likely error of each outline, kilometres, as the files of outlines state it."""
    found = {}
    for path in (geodata.GEODATA / "footprints").glob("*.geojson"):
        for one in json.loads(path.read_text(encoding="utf-8"))["features"]:
            found[one["id"]] = float(one["properties"]["accuracy_m"] or 0) / 1000
    return found


# --- whether a place suits ----------------------------------------------------------------------------------------


def test_a_place_is_judged_alone_and_better_ones_are_named(api: httpx.Client) -> None:
    answer = ask(api, ask="place", place="华苑科技园", industries="集成电路")
    where = ask(api, industries="集成电路", limit=50)
    assert (answer["kind"], answer["request"]["place"]["id"]) == ("place", "thip-huayuan")
    (own,) = answer["results"]
    whole = listed(where)["thip-huayuan"]
    assert (own["id"], own["tier"], own["rank"], own["score"]) == (
        "thip-huayuan", "itself", whole["rank"], whole["score"],
    )  # fmt: skip
    ahead = [one["id"] for one in where["results"] if one["rank"] is not None and one["rank"] < own["rank"]]
    better = [one["id"] for one in answer["better"]]
    assert 0 < len(better) <= 3 and set(better) <= set(ahead)
    assert (answer["related"], answer["not_named"]) == ([], [])
    assert answer["conclusion"]["zh"].startswith("文件把“集成电路”布局于此")
    assert all(one["name_zh"] in answer["conclusion"]["zh"] for one in answer["better"])
    # 表2 gives 华苑科技园 动力电池 and 超导材料 itself.
    assert {"power-batteries", "superconducting-materials"} <= {one["industry"]["id"] for one in answer["industries"]}


def test_what_no_document_places_there_is_said_of_a_place(api: httpx.Client) -> None:
    answer = ask(api, ask="place", place="thip-huayuan", industries="石油化工")
    (own,) = answer["results"]
    assert (own["tier"], own["rank"], own["group"]) == ("related", None, False)
    assert answer["conclusion"]["zh"].startswith("文件没有把“石油化工”布局于此")
    # 表2 gives it to 南港工业区; 四（一）2 has 经开区中区 do what follows it.
    assert [one["id"] for one in answer["better"]][:2] == ["teda-nangang", "teda-central"]


def test_the_parks_of_a_district_are_judged(api: httpx.Client) -> None:
    answer = ask(api, ask="place", place="东丽区", industries="智能电网", limit=20)
    assert {"huaming", "dongli-eda", "linkong"} <= {one["id"] for one in answer["results"]}
    for one in answer["results"]:
        assert "dongli" in [zone["id"] for zone in one["within"]]
    # 四（二）1 of 东丽工业规划: 华明高新区.
    assert (answer["results"][0]["id"], answer["results"][0]["tier"]) == ("huaming", "itself")


def test_a_district_without_a_drawn_park_is_answered_by_what_documents_say_of_it(api: httpx.Client) -> None:
    # 四（二）3 of 天津制造业规划: “西青区重点发展新一代信息技术（……集成电路……）”.
    answer = ask(api, ask="place", place="西青区", industries="集成电路")
    assert answer["results"] == []
    stated = next(one for one in answer["industries"] if one["industry"]["id"] == "integrated-circuits")
    assert (stated["tier"], stated["evidence"][0]["document"]) == ("itself", "tianjin-manufacturing")
    assert "没有文件" not in answer["conclusion"]["zh"], answer["conclusion"]["zh"]


# --- what suits a place -------------------------------------------------------------------------------------------


def test_what_suits_a_place_is_what_documents_name_it_with(api: httpx.Client) -> None:
    answer = ask(api, ask="what", place="东疆")
    assert (answer["kind"], answer["place"]["id"], answer["place"]["address"]) == (
        "what", "dongjiang", "/zones/dongjiang",
    )  # fmt: skip
    own = [one for one in answer["industries"] if one["tier"] == "itself"]
    around = [one for one in answer["industries"] if one["tier"] == "surrounding"]
    # 表2 东疆港保税区: 装备制造, 轨道交通装备; 三（四） and 三（六） of the future-industry plan name it beside others.
    assert {one["industry"]["id"] for one in own if one["rank"] == "leading"} == {"equipment", "rail-equipment"}
    assert {"表2·东疆港保税区", "三（四）", "三（六）"} == {each["locator"] for one in own for each in one["evidence"]}
    assert answer["industries"] == [*own, *around]
    assert all(each["subject"] == "dongjiang" for one in own for each in one["evidence"])
    assert all(each["subject"] != "dongjiang" for one in around for each in one["evidence"])
    assert f"列出 {len(own)} 项产业" in answer["conclusion"]["zh"]
    assert (answer["results"], answer["verdict"], answer["counts"]["candidates"]) == ([], None, 0)
    record = api.get(f"/api{answer['place']['address']}").raise_for_status().json()
    named = {one["name_zh"] for one in record["industries"]}
    assert {one["industry"]["name_zh"] for one in own if one["rank"] == "leading"} <= named
    assert api.get(answer["place"]["address"]).status_code == 200


@pytest.mark.parametrize(
    ("place", "industry", "member"),
    [
        ("tp-xinchuang-valley", "xinchuang", "thip-marine"),  # 五（五）4·专栏, a theme park in 海洋片区
        ("天津智谷", "artificial-intelligence", None),  # 四（一）·智谷升级, an element without members
        ("plan-binhai-core", "urban-industries", "teda-east"),  # 四（一）1
        ("信创产业产能集聚区", "security-software", None),  # 六（一）, a functional area
    ],
)
def test_theme_parks_elements_and_functional_areas_have_industries_too(
    api: httpx.Client, place: str, industry: str, member: str | None
) -> None:
    answer = ask(api, ask="what", place=place)
    own = {one["industry"]["id"] for one in answer["industries"] if one["tier"] == "itself"}
    assert industry in own
    assert member is None or member in [one["id"] for one in answer["place"]["members"]]


# --- where it must not go -----------------------------------------------------------------------------------------


def test_what_speaks_against_places_is_listed_and_nobody_wins(api: httpx.Client) -> None:
    answer = ask(api, ask="against", industries="石油化工")
    assert (answer["kind"], answer["results"], answer["related"], answer["verdict"]) == ("against", [], [], None)
    against = answer["against"]
    clauses = {one["clause"]: one for one in against["statements"]}
    chemical = next(one for clause, one in clauses.items() if "危化企业" in clause)
    assert (chemical["document"], chemical["effect"]) == ("dongli-industry", "justify")
    assert [one["id"] for one in chemical["scope"]] == ["dongli"]
    # The five documents prohibit nothing by industry and place.
    assert {one["effect"] for one in against["statements"]} == {"justify", "note"}
    assert answer["conclusion"]["zh"].startswith("没有文件禁止“石油化工”进入某个园区")
    missing = [one["zh"] for one in against["missing_layers"]]
    assert {"生态保护红线", "永久基本农田", "城镇开发边界"} <= set(missing)
    for one in against["statements"]:
        said = one["says"]["zh"].replace("‘", "“").replace("’", "”")
        assert one["clause"] in said and f"《{one['short_title_zh']}》" in said
        assert one["address"] is None or api.get(one["address"]).status_code == 200
    other = ask(api, ask="against", industries="集成电路")["against"]["statements"]
    assert not any("危化" in one["clause"] or "化工" in one["clause"] for one in other)


# --- fields that rule out -----------------------------------------------------------------------------------------


def test_places_of_an_avoided_industry_are_left_out(api: httpx.Client) -> None:
    whole = listed(ask(api, industries="新材料", tiers="all", limit=100))
    avoided = ask(api, industries="新材料", avoid_industries="石油化工", tiers="all", limit=100)
    documented = {one["id"] for one in ask(api, industries="石油化工", limit=50)["results"] if one["tier"] == "itself"}
    assert "teda-nangang" in documented
    assert whole.keys() - listed(avoided).keys() >= documented
    out = next(one for one in avoided["excluded"] if one["id"] == "teda-nangang")
    assert [one["constraint"] for one in out["reasons"]] == ["avoid_industries"]
    assert "“石油化工”列为南港工业区的重点产业" in out["reasons"][0]["zh"]
    assert [one["words"] for one in avoided["request"]["avoid_industries"]] == ["石油化工"]


def test_a_park_that_documents_call_petrochemical_is_no_answer_to_who_wants_none(api: httpx.Client) -> None:
    # 附表2 calls it 大港石化产业园区, 三（八） has it make 石化新材料.
    answer = ask(api, q="做新材料，不要石化园区")
    assert "大港石化产业园区" not in answer["conclusion"]["zh"]
    sure = [one["id"] for one in answer["results"] if not one["possible"]]
    assert sure and "dagang-petro" not in sure


def test_distances_to_named_places_are_from_edge_to_edge(api: httpx.Client) -> None:
    km, own = distances(api, "dongjiang"), distances(api, "teda-nangang")
    accuracy = accuracies()
    fields = {"industries": "新材料", "near": "dongjiang:20", "apart": "南港工业区:30"}
    answer = ask(api, **fields, tiers="all", limit=100)
    assert [(one["place"], one["km"]) for one in answer["request"]["near"]] == [("dongjiang", 20)]
    assert [(one["place"], one["km"]) for one in answer["request"]["apart"]] == [("teda-nangang", 30)]

    def error(zone: str, other: str) -> float:
        return accuracy[zone] + accuracy[other]

    near = {one for one in km if km[one] * 0.999 - error(one, "dongjiang") <= 20}
    apart = {one for one in own if own[one] * 1.001 + error(one, "teda-nangang") >= 30}
    assert listed(answer).keys() == near & apart
    for zone, one in listed(answer).items():
        sure = km[zone] + error(zone, "dongjiang") <= 20 and own[zone] - error(zone, "teda-nangang") >= 30
        assert (one["possible"] == []) == sure, (zone, one["possible"])
    posted = {"industries": ["新材料"], "near": [{"place": "dongjiang", "km": 20}], "tiers": "all", "limit": 100}
    posted["apart"] = [{"place": "teda-nangang", "km": 30}]
    assert api.post("/api/siting", json=posted).raise_for_status().json()["results"] == answer["results"]


# --- wishes -------------------------------------------------------------------------------------------------------


def test_near_without_a_distance_is_a_wish_and_rules_nothing_out(api: httpx.Client) -> None:
    km = distances(api, "dongjiang")
    answer = ask(api, industries="新材料", near="东疆", tiers="all", limit=100)
    assert answer["counts"]["remaining"] == answer["counts"]["candidates"] and answer["constraints"] == []
    # 20 beside industry 45, policy 15, level 5 and agglomeration 10.
    assert answer["request"]["weights"]["near_place"] == pytest.approx(20 / 95, abs=1e-6)
    for zone, one in listed(answer).items():
        told = value(one, "near_place")
        assert told["raw"] == pytest.approx(km[zone], rel=0.002, abs=0.01)
        assert told["normalised"] == pytest.approx(np.interp(km[zone], [5, 20, 40, 70], [1, 0.6, 0.2, 0]), abs=0.002)
    both = listed(ask(api, industries="新材料", near="东疆,teda-nangang", tiers="all", limit=100))
    other = distances(api, "teda-nangang")
    for zone, one in both.items():
        assert value(one, "near_place")["raw"] == pytest.approx(max(km[zone], other[zone]), rel=0.002, abs=0.01)


def test_preferences_are_wishes_and_rule_nothing_out(api: httpx.Client) -> None:
    answer = ask(api, industries="新材料", prefer_districts="东丽区", prefer_level="国家级", tiers="all", limit=100)
    assert answer["counts"]["remaining"] == answer["counts"]["candidates"] and answer["constraints"] == []
    assert answer["request"]["prefer_level"] == ["national"]
    assert [one["id"] for one in answer["request"]["prefer_districts"]] == ["dongli"]
    raw = {zone: value(one, "preference")["raw"] for zone, one in listed(answer).items()}
    # Both, the district alone, the level alone, neither.
    assert (raw["dongli-eda"], raw["huaming"], raw["teda-nangang"], raw["gulin"]) == (1, 0.5, 0.5, 0)
    plain = listed(ask(api, industries="新材料", tiers="all", limit=100))
    for zone, one in listed(answer).items():
        assert one["score"] == pytest.approx((75 * plain[zone]["score"] + 15 * 100 * raw[zone]) / 90, abs=0.001)


def test_far_from_a_gateway_turns_its_curve_over(api: httpx.Client) -> None:
    near = listed(ask(api, industries="新材料", emphasis="port", tiers="all", limit=100))
    answer = ask(api, industries="新材料", far_from="港口", tiers="all", limit=100)
    assert answer["request"]["far_from"] == ["port"]
    weights = answer["request"]["weights"]
    assert weights["port"] == 0 and weights["port_away"] > 0 and weights["airport"] == weights["airport_away"] == 0
    for zone, one in listed(answer).items():
        away, port = value(one, "port_away"), value(near[zone], "port")
        assert away["raw"] == port["raw"]
        assert away["normalised"] == pytest.approx(1 - port["normalised"], abs=1e-6)


def test_needs_of_an_industry_weigh_unless_switched_off_or_turned_over(api: httpx.Client) -> None:
    on, off = ask(api, industries="海洋装备"), ask(api, industries="海洋装备", needs="off")
    (need,) = on["request"]["needs"]
    assert (need["gateway"], need["industry"]["id"], need["title"]["zh"]) == ("port", "marine-equipment", "港口")
    assert need["why"]["zh"] and on["request"]["weights"]["port"] == pytest.approx(10 / 85, abs=1e-6)
    assert off["request"]["needs"] == [] and off["request"]["weights"]["port"] == 0
    assert not any(one["name"] == "port" for one in off["results"][0]["criteria"])
    assert ask(api, industries="石墨烯")["request"]["needs"] == []
    # Who wants to be far from it does not need it: nothing says that it was counted.
    far = {"industries": "海洋装备", "far_from": "port"}
    assert ask(api, **far)["request"]["weights"]["port"] == 0
    question = api.get("/api/siting.txt", params=far).text.split("\n\n")[0]
    assert "港口（海洋装备：" not in question, question


# --- what is listed -----------------------------------------------------------------------------------------------


def test_functional_areas_stand_in_their_park_or_apart_on_the_same_scale(api: httpx.Client) -> None:
    inside = ask(api, industries="集成电路", limit=100, tiers="all")
    apart = ask(api, industries="集成电路", limit=100, tiers="all", areas="separate")
    assert (inside["request"]["areas"], apart["request"]["areas"]) == ("inside", "separate")
    parks, all_of = listed(inside), listed(apart)
    assert not any(one["kind"] == "functional_area" for one in parks.values())
    areas = {zone for zone, one in all_of.items() if one["kind"] == "functional_area"}
    assert areas and all_of.keys() == parks.keys() | areas
    for zone, one in parks.items():
        assert one["score"] == all_of[zone]["score"]
        for area in one["areas"]:
            assert (area["tier"], area["score"]) == ("itself", all_of[area["id"]]["score"])
            assert area["better"] == (one["tier"] != "itself" or area["score"] > one["score"])
        named = {part["id"] for part in one["contains"] if all_of[part["id"]]["tier"] == "itself"}
        assert {area["id"] for area in one["areas"]} == named
    # 六（二）: “信息服务引领区：……打造芯片及核心硬件……”.
    assert "huayuan-information" in {one["id"] for one in parks["thip-huayuan"]["areas"]}


@pytest.mark.parametrize("industry", ["总部经济", "脑机接口"])
def test_places_that_no_document_names_are_listed_on_request(api: httpx.Client, industry: str) -> None:
    few, every = ask(api, industries=industry), ask(api, industries=industry, tiers="all", limit=100)
    assert few["not_named"] == [] and len(few["related"]) == 3 <= few["counts"]["related"]
    counts = every["counts"]
    assert counts["not_named"] == len(every["not_named"]) > 0
    assert counts["related"] == len(every["related"])
    assert counts["documented"] + counts["surrounding"] == len(every["results"])
    assert len(listed(every)) == counts["candidates"] == counts["remaining"]
    assert {name: few["counts"][name] for name in counts if name != "listed"} == {
        name: counts[name] for name in counts if name != "listed"
    }
    for tier, part in (("related", "related"), ("not_named", "not_named")):
        assert {(one["tier"], one["rank"], one["group"]) for one in every[part]} == {(tier, None, False)}
    tiers = [one["tier"] for one in every["results"]]
    assert tiers == sorted(tiers, key=["itself", "surrounding"].index)
    ranks = [one["rank"] for one in every["results"] if one["tier"] == "itself"]
    assert None not in ranks and ranks == sorted(ranks)


def test_a_decisive_word_that_is_not_read_leaves_nobody_ranked(api: httpx.Client) -> None:
    answer = ask(api, q="危险化学品仓储放哪里", limit=50)
    assert "危险化学品" in answer["unread"]["words"] and answer["unread"]["words"] == answer["request"]["undecided"]
    assert "危险化学品" in answer["conclusion"]["zh"] and "没有读懂" in answer["conclusion"]["zh"]
    assert answer["verdict"] is None and answer["counts"]["documented"] == 0
    assert all(one["rank"] is None and not one["group"] for one in listed(answer).values())
    assert ask(api, q="物流仓储放哪里")["unread"] is None


def test_floor_area_is_no_land_and_lists_what_documents_name(api: httpx.Client) -> None:
    plain = ask(api, industries="生物医药")
    answer = ask(api, industries="生物医药", floor="3万平方米", premises="车间")
    assert answer["request"]["area"] is None and answer["constraints"] == []
    floor = answer["request"]["floor"]
    assert (floor["m2"], floor["premises"], floor["given"]) == (30_000, "workshop", "3万平方米")
    assert [(one["id"], one["score"]) for one in answer["results"]] == [
        (one["id"], one["score"]) for one in plain["results"]
    ]
    assert plain["premises"] == []
    # 一（一）6 of 滨海工业规划.
    assert "中英生物医药技术转化与产业化基地" in [one["name_zh"] for one in answer["premises"]]
    for one in answer["premises"]:
        assert one["evidence"][0]["document"] and one["evidence"][0]["locator"] and one["name_zh"] in one["says"]["zh"]
    assert any("没有说哪些房屋空置" in one["zh"] for one in answer["notes"])


def test_offices_that_documents_name_for_software_are_listed(api: httpx.Client) -> None:
    # 六（二）: “信息服务引领区：……依托华苑软件园、360创业平台等载体集聚信息技术领域企业项目”.
    answer = ask(api, industries="软件", floor="200平方米", premises="office")
    found = {one["name_zh"]: one["place"] for one in answer["premises"]}
    assert "华苑软件园" in found, found
    assert found["华苑软件园"]["id"] == "huayuan-information"
