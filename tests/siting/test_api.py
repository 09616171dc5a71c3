"""The answer as its readers see it: constraints, alternatives, sentences, files, and what is said of bad questions."""

import html
import io
import json
import re
import shutil
import unicodedata
from typing import Any

import geopandas
import httpx
import openpyxl
import pypdf
import pytest
from shapely.geometry import shape
from shapely.ops import unary_union

ZH = {"Accept-Language": "zh"}


def ask(api: httpx.Client, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/api/siting", params=fields).raise_for_status().json()
    return found


def listed(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the places of an answer by id, whatever their tier."""
    return {one["id"]: one for part in ("results", "related", "not_named") for one in answer[part]}


def everybody(api: httpx.Client, **fields: Any) -> dict[str, dict[str, Any]]:
    """Return every place that meets the conditions of a question by id, the places that no document names too."""
    answer = ask(api, limit=100, tiers="all", **fields)
    found = listed(answer)
    assert len(found) == answer["counts"]["remaining"]
    return found


def nearest_km(api: httpx.Client, zone: str, kind: str) -> float:
    """Return the kilometres from the edge of a park to the nearest facility of a kind, measured on a plane."""
    parks = api.get("/layers/parks.geojson").json()
    points = api.get("/layers/facilities.geojson", params={"kind": kind}).json()
    outlines = geopandas.GeoDataFrame.from_features(parks, crs=4490).to_crs(4548)
    facilities = geopandas.GeoDataFrame.from_features(points, crs=4490).to_crs(4548)
    at = [one["id"] for one in parks["features"]].index(zone)
    return float(facilities.distance(outlines.geometry.iloc[at]).min() / 1000)


def test_a_sentence_is_read_shown_and_corrected(api: httpx.Client) -> None:
    words = "建一个细胞治疗中试基地，要50公顷，离机场15公里以内，国家级园区，天气不错"
    answer = ask(api, q=words)
    request = answer["request"]
    assert request["area"] == {"ha": 50.0, "mu": 750.0, "km2": 0.5, "low_ha": None, "given": "50公顷"}
    assert request["max_km"] == {"airport": 15.0}
    assert request["level"] == ["national"]
    assert "天气不错" in [one["text"] for one in request["reading"]["not_understood"]]
    assert all(words[one["start"] : one["end"]] == one["text"] for one in request["reading"]["spans"])
    corrected = ask(api, q=words, max_km="airport:30")
    assert corrected["request"]["max_km"] == {"airport": 30.0}
    assert corrected["request"]["area"] == request["area"]


def test_constraints_say_what_they_removed_and_alternatives_what_would_enter(api: httpx.Client) -> None:
    fields = {"industries": "细胞", "level": "national", "area": "50公顷"}
    answer = ask(api, **fields, max_km="airport:15")
    by_id = {one["id"]: one for one in answer["constraints"]}
    assert list(by_id) == ["level", "area", "max_km.airport"]
    assert by_id["max_km.airport"]["left_after_it"] == answer["counts"]["remaining"]
    out = next(one for one in answer["excluded"] if one["id"] == "teda-east")
    assert [one["constraint"] for one in out["reasons"]] == ["max_km.airport"]
    km = nearest_km(api, "teda-east", "airport")
    assert out["reasons"][0]["zh"] == f"距天津滨海国际机场 {km:.1f} 公里，超过 15 公里"
    enters = next(one for one in answer["alternatives"] if one["constraint"] == "max_km.airport")
    # Of the parks that documents name for it, those that fail nothing but the distance, 东区 scores highest.
    assert (enters["id"], enters["tier"]) == ("teda-east", "itself")
    assert enters["says"]["zh"].startswith(f"到最近的机场放宽到 {enters['relax_to']:.0f} 公里内，则经开区东区入选")
    relaxed = ask(api, **fields, max_km=f"airport:{enters['relax_to']}")
    place = listed(relaxed)["teda-east"]
    assert (place["score"], place["rank"]) == (enters["score"], enters["would_rank"])
    level = next(one for one in answer["alternatives"] if one["constraint"] == "level")
    assert (level["tier"], level["would_rank"], level["relax_to"]) == ("surrounding", None, ["national", "municipal"])


def test_an_impossible_combination_names_what_removes_the_last(api: httpx.Client) -> None:
    fields = {"industries": "集成电路", "max_km": "airport:1,port:1"}
    answer = ask(api, **fields)
    assert (answer["results"], answer["related"], answer["counts"]["remaining"]) == ([], [], 0)
    port, airport = answer["constraints"]
    # Four parks may lie at a harbour, and none of them lies at the airport.
    assert (port["id"], port["left_after_it"], port["removes_the_last"]) == ("max_km.port", 4, False)
    assert (airport["id"], airport["left_after_it"], airport["removes_the_last"]) == ("max_km.airport", 0, True)
    assert "“距最近的机场直线不超过 1 公里”去掉了最后的候选" in answer["conclusion"]["zh"]
    assert (answer["sensitivity"], answer["verdict"]) == (None, None)
    page = api.get("/siting/report", params=fields).text
    assert "没有文件布局“集成电路”的园区" in page and "去掉了最后的候选" in page


def test_areas_in_three_units_are_one_question(api: httpx.Client) -> None:
    answers = [ask(api, industries="信创", area=area) for area in ("50公顷", "750亩", "0.5km²", "50")]
    assert {one["request"]["area"]["ha"] for one in answers} == {50.0}
    assert len({json.dumps(one["results"]) for one in answers}) == 1


def test_codes_of_the_national_classification_are_industries(api: httpx.Client) -> None:
    answer = ask(api, industries="C27")
    assert [one["id"] for one in answer["request"]["industries"][0]["means"]] == ["biomedicine"]
    assert answer["results"][0]["criteria"][0]["raw"] > 80


def test_places_can_be_asked_for_and_avoided(api: httpx.Client) -> None:
    inside = everybody(api, industries="新材料", districts="东丽区")
    assert inside.keys() >= {"dongli-eda", "huaming", "linkong"}
    assert not {"teda-nangang", "thip-marine"} & inside.keys()
    assert not inside["dongli-eda"]["possible"] and not inside["huaming"]["possible"]
    # Administered by the development zone, but drawn in Wuqing: whether it lies there depends on what is meant.
    wuqing = everybody(api, industries="新材料", districts="武清区")["teda-yixian"]
    assert [one["constraint"] for one in wuqing["possible"]] == ["districts"]
    assert wuqing["possible"][0]["says"]["zh"].startswith("由天津经济技术开发区管理，地处武清区")
    assert (wuqing["tier"], wuqing["rank"]) == ("itself", None)
    belt = everybody(api, industries="新材料", in_elements="plan-binhai-belt-coastal")
    assert belt.keys() == {"teda-north", "ecocity", "teda-central", "teda-nangang", "ftz-lingang"}
    rest = everybody(api, industries="新材料", avoid_elements="plan-binhai-belt-coastal")
    assert not belt.keys() & rest.keys()
    assert belt.keys() | rest.keys() == everybody(api, industries="新材料").keys()


def test_the_reason_names_the_place_asked_for_and_not_the_one_avoided(api: httpx.Client) -> None:
    answer = ask(api, industries="integrated-circuits", districts="binhai", avoid_districts="teda-nangang")
    reasons = {one["id"]: [said["zh"] for said in one["reasons"]] for one in answer["excluded"]}
    # 东丽经济技术开发区 lies outside 滨海新区; 南港工业区, which is avoided, has nothing to do with it.
    assert any("滨海新区" in said for said in reasons["dongli-eda"])
    assert not any("南港" in said for said in reasons["dongli-eda"])
    assert any("南港" in said for said in reasons["teda-nangang"])


def test_a_drawn_polygon_confines_the_search(api: httpx.Client) -> None:
    ring = [[117.5, 38.6], [117.9, 38.6], [117.9, 38.85], [117.5, 38.85], [117.5, 38.6]]
    body = {"industries": ["石油化工"], "within": {"type": "Polygon", "coordinates": [ring]}, "limit": 100}
    answer = api.post("/api/siting", json=body).raise_for_status().json()
    assert answer["results"][0]["id"] == "teda-nangang"
    for one in listed(answer).values():
        assert 117.5 <= one["point"][0] <= 117.9
        assert 38.6 <= one["point"][1] <= 38.85
    assert answer["counts"]["remaining"] < answer["counts"]["candidates"]
    assert "within" in [one["id"] for one in answer["constraints"]]


def test_features_of_a_layer_can_be_the_candidates(api: httpx.Client) -> None:
    answer = ask(api, industries="氢能", layer="theme-parks", limit=100)
    assert {one["kind"] for one in listed(answer).values()} == {"feature"}
    hydrogen = next(one for one in answer["results"] if one["id"] == "tp-hydrogen-park")
    assert hydrogen["zone_id"] == "ftz-lingang"
    points = ask(api, industries="氢能", layer="facilities", area="1公顷", limit=100)
    assert points["counts"]["remaining"] == 0
    assert points["excluded"][0]["reasons"][0]["zh"] == "没有面积，无法判断"


def test_a_layer_can_rule_out_what_it_covers(api: httpx.Client) -> None:
    answer = ask(api, industries="海洋装备", exclude_layers="plan-dongli", limit=100)
    out = {one["id"] for one in answer["excluded"]}
    assert {"dongli-eda", "huaming", "linkong"} <= out
    left = everybody(api, industries="海洋装备", exclude_layers="plan-dongli")
    assert not {"dongli-eda", "huaming", "linkong"} & left.keys() and left["ftz-lingang"]["rank"] == 1


@pytest.mark.parametrize(("layer", "covers"), [(None, "theme-parks"), ("theme-parks", "parks"), ("parks", "districts")])
def test_the_share_that_a_layer_covers(api: httpx.Client, layer: str | None, covers: str) -> None:
    """Beside shapely: what overlaps counts once, what is cut counts by its area."""

    def outlines(name: str) -> dict[str, Any]:
        features = api.get(f"/layers/{name}.geojson").raise_for_status().json()["features"]
        return {one["id"]: shape(one["geometry"]) for one in features if one["geometry"] is not None}

    own = outlines(layer) if layer else outlines("parks") | outlines("functional-areas")
    union = unary_union(list(outlines(covers).values()))
    share = {name: 100 * union.intersection(one).area / one.area for name, one in own.items()}
    most = 0.0001 if layer else 50
    fields = {"exclude_layers": covers} | ({"layer": layer} if layer else {"areas": "separate"})
    fields["industries"] = "海洋装备"
    answer = ask(api, **fields, limit=100)
    assert everybody(api, **fields).keys() == {name for name in own if share[name] <= most}
    said = {
        one["id"]: float(re.findall(r"([\d.]+)%", one["reasons"][0]["zh"])[0])
        for one in answer["excluded"]
        if one["id"] in own
    }
    assert said == pytest.approx({name: share[name] for name in said}, abs=0.06) and len(said) > 5


def test_missing_data_is_flagged_and_counts_with_the_middle(api: httpx.Client) -> None:
    fields = {"industries": "轻工业", "areas": "separate", "preset": "transport-first"}
    one = listed(ask(api, **fields))["dongli-eda-north"]
    assert {"port", "airport", "rail", "metro"} <= set(one["missing"])
    port = next(value for value in one["criteria"] if value["name"] == "port")
    assert (port["raw"], port["normalised"]) == (None, 0.5)
    assert one["score_range"][0] < one["score"] < one["score_range"][1]
    assert any("缺少“港口”的数据" in reason for reason in one["reasons"]["zh"])


def test_presets_emphasis_and_weights_decide_what_matters(api: httpx.Client) -> None:
    transport = ask(api, industries="集成电路", preset="transport-first")["request"]["weights"]
    # 45 of 25 + 10 + 5 + 45 + 5: size, wishes, a place to be near and rivals weigh nothing where nobody asks for them.
    assert transport["airport"] == pytest.approx(0.45 / 4 / 0.9, abs=1e-5)
    only = ask(api, industries="集成电路", weights="metro:1")
    assert only["request"]["weights"]["metro"] == 1
    assert [one["name"] for one in only["results"][0]["criteria"]] == ["metro"]
    told = ask(api, q="做集成电路，看重交通")["request"]
    assert told["emphasis"] == ["gateways"]
    plain = ask(api, industries="集成电路")["request"]["weights"]
    assert [plain[name] for name in ("port", "airport", "rail", "metro")] == [0, 0, 0, 0]
    assert told["weights"]["rail"] == told["weights"]["port"] > 0
    single = ask(api, industries="集成电路", emphasis="port")["request"]["weights"]
    assert single["port"] > 0 and [single[name] for name in ("airport", "rail", "metro")] == [0, 0, 0]


def test_the_workbook_holds_the_values_of_the_answer(api: httpx.Client) -> None:
    fields = {"industries": "集成电路", "max_km": "airport:40"}
    answer = ask(api, **fields)
    book = openpyxl.load_workbook(io.BytesIO(api.get("/api/siting.xlsx", params={**fields, "lang": "zh"}).content))
    titles = {one["name"]: one["title"]["zh"] for one in answer["criteria"]}
    rows = list(book["逐项得分"].iter_rows(values_only=True))
    at = {title: rows[0].index(title) for title in ("名称", "判据", "权重", "贡献（分）")}
    told = {(row[at["名称"]], row[at["判据"]]): (row[at["权重"]], row[at["贡献（分）"]]) for row in rows[1:]}
    for place in answer["results"]:
        for value in place["criteria"]:
            said = told[place["name_zh"], titles[value["name"]]]
            assert said == pytest.approx((value["weight"], value["contribution"]), abs=1e-3)


def test_the_report_says_the_conclusion_in_both_languages(api: httpx.Client) -> None:
    for industry, first in (("烃类", "首选南港工业区"), ("集成电路", "并列首选经开区东区")):
        answer = ask(api, industries=industry)
        assert first in answer["conclusion"]["zh"]
        for lang in ("zh", "en"):
            page = api.get("/siting/report", params={"industries": industry, "lang": lang})
            assert "script-src" not in page.headers["content-security-policy"]
            assert answer["conclusion"][lang] in html.unescape(page.text)


def test_links_lead_to_the_same_answer(api: httpx.Client) -> None:
    answer = ask(api, q="细胞，要50公顷", max_km="airport:30")
    assert api.get(answer["links"]["self"]).json()["results"] == answer["results"]
    features = api.get(answer["links"]["geojson"]).json()["features"]
    assert [one["id"] for one in features] == [one["id"] for one in answer["results"]]
    assert api.get(answer["links"]["report"]).status_code == 200
    assert answer["links"]["map"].startswith("/?siting=")


def test_options_list_criteria_groups_and_presets(api: httpx.Client) -> None:
    told = api.get("/api/siting/options").raise_for_status().json()
    gateways = ["port", "airport", "rail", "metro"]
    assert [one["name"] for one in told["gateways"]] == gateways
    assert {one["name"] for one in told["criteria"]} == {
        "industry", "policy", "level", "preference", "size", "near_place", "agglomeration", "crowding", *gateways,
        *(f"{one}_away" for one in gateways),
    }  # fmt: skip
    assert all({"light", "dark"} == set(one["colour"]) and one["title"]["zh"] for one in told["criteria"])
    assert all(one["basis"]["zh"] and one["unit"]["en"] for one in told["criteria"])
    assert [one["name"] for one in told["presets"] if one["default"]] == ["industry-first"]


BAD = (
    ({}, "industries"),
    ({"industries": ""}, "industries"),
    ({"q": "要50公顷"}, "q"),
    ({"industries": "集成电路", "area": "-5公顷"}, "area"),
    ({"industries": "集成电路", "area": "五十"}, "area"),
    ({"industries": "集成电路", "area": "50 acre"}, "area"),
    ({"industries": "集成电路", "area": "1e999"}, "area"),
    ({"industries": "集成电路", "level": "国际级"}, "level"),
    ({"industries": "集成电路", "max_km": "airport:NaN"}, "max_km"),
    ({"industries": "集成电路", "max_km": "airport:inf"}, "max_km"),
    ({"industries": "集成电路", "max_km": "spaceport:3"}, "max_km"),
    ({"industries": "集成电路", "weights": "industry:0,policy:0"}, "weights"),
    ({"industries": "集成电路", "weights": "size:5"}, "weights"),
    ({"industries": "集成电路", "weights": "industry:-1"}, "weights"),
    ({"industries": "集成电路", "preset": "cheapest"}, "preset"),
    ({"industries": "集成电路", "limit": "0"}, "limit"),
    ({"industries": "集成电路", "limit": "2.5"}, "limit"),
    ({"industries": "集成电路", "layer": "nowhere"}, "layer"),
    ({"industries": "集成电路", "exclude_layers": "facilities"}, "exclude_layers"),
    ({"industries": "集成电路", "within": "{}"}, "within"),
    ({"industries": "集成电路", "within": '{"type":"Point","coordinates":[117,39]}'}, "within"),
    ({"industries": "集成电路", "colour": "red"}, "colour"),
)


@pytest.mark.parametrize(("fields", "parameter"), BAD, ids=lambda one: json.dumps(one, ensure_ascii=True)[:50])
def test_bad_questions_are_told_what_would_be_right(api: httpx.Client, fields: dict[str, str], parameter: str) -> None:
    for language in ("zh", "en"):
        answer = api.get("/api/siting", params=fields, headers={"Accept-Language": language})
        assert answer.status_code == 400
        assert [one["parameter"] for one in answer.json()["errors"]] == [parameter]


def test_unknown_names_come_with_suggestions(api: httpx.Client) -> None:
    answer = api.get("/api/siting", params={"industries": "生物要,集成电陆"}, headers=ZH).json()
    assert [one["value"] for one in answer["errors"]] == ["生物要", "集成电陆"]
    assert "集成电路" in answer["errors"][1]["allowed"]
    place = api.get("/api/siting", params={"industries": "氢能", "districts": "东丽去"}, headers=ZH).json()
    assert "东丽区" in place["errors"][0]["allowed"]


def polygon(count: int) -> dict[str, Any]:
    from math import cos, pi, sin

    ring = [[117.6 + 0.2 * cos(2 * pi * n / count), 39 + 0.2 * sin(2 * pi * n / count)] for n in range(count)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def test_polygons_are_checked(api: httpx.Client) -> None:
    def said(within: Any) -> httpx.Response:
        return api.post("/api/siting", json={"industries": ["集成电路"], "within": within})

    assert said(polygon(9_999)).status_code == 200
    many = said(polygon(10_000))
    assert many.status_code == 400
    assert "10001 vertices" in many.json()["detail"]
    bow = [[117, 39], [118, 40], [118, 39], [117, 40], [117, 39]]
    assert "Self-intersection" in said({"type": "Polygon", "coordinates": [bow]}).json()["detail"]
    across = [[179, 38], [-179, 38], [-179, 40], [179, 40], [179, 38]]
    assert "180th meridian" in said({"type": "Polygon", "coordinates": [across]}).json()["detail"]
    assert said({"type": "Polygon", "coordinates": [[[500000, 4300000]] * 4]}).status_code == 400
    assert said({"type": "Polygon", "coordinates": [[[117, 39]] * 4]}).status_code == 400
    assert said({"type": "Polygon", "coordinates": [[["a", 39]] * 4]}).status_code == 400


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"industries":["集成电路"],"area":NaN}', 400),
        ('{"industries":["集成电路"],"max_km":{"airport":Infinity}}', 400),
        ('{"industries":["集成电路"],"area":1e400}', 400),
        ('{"industries":"集成电路"', 400),
        ("[" * 100_000, 400),
        ("[]", 400),
        ('{"industries":[1,2]}', 400),
        ('{"industries":["\\ud800"]}', 400),
        ('{"industries":["集成电路"],"preset":{"a":1}}', 400),
        ('{"industries":["集成电路"],"level":[],"max_km":{},"within":null}', 200),
        ('{"industries":["集成电路"],"area":true}', 400),
        ('{"industries":["集成电路"],"within":{"type":"Polygon","coordinates":[[[NaN,1]]]}}', 400),
        ('{"industries":["集成电路"],"q":"' + "长" * 400_000 + '"}', 413),
    ],
    ids=lambda one: str(one)[:40].encode("ascii", "replace").decode(),
)
def test_bad_bodies_get_a_clear_answer(api: httpx.Client, body: str, status: int) -> None:
    answer = api.post("/api/siting", content=body.encode(), headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json") == (status != 200)


def test_a_form_is_not_json(api: httpx.Client) -> None:
    assert api.post("/api/siting", data={"industries": "集成电路"}).status_code == 415


@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium")
def test_the_report_is_a_file_of_pages_too(api: httpx.Client) -> None:
    fields = {"industries": "细胞", "max_km": "airport:15"}
    answer = api.get("/siting/report.pdf", params=fields, timeout=90)
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) > 2
    assert "产业选址报告" in unicodedata.normalize("NFKC", pages[0].extract_text())
    wrong = api.get("/siting/report.pdf", params={"industries": "集成电陆"}, headers=ZH)
    assert wrong.status_code == 400
    assert "集成电路" in wrong.json()["errors"][0]["allowed"]


def preflight(api: httpx.Client, path: str) -> httpx.Response:
    asked = {
        "Origin": "https://map.example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    return api.options(path, headers=asked)


def test_a_page_of_another_origin_may_post_a_question_and_nothing_else(api: httpx.Client) -> None:
    allowed = preflight(api, "/api/siting")
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "*"
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert "content-type" in allowed.headers["access-control-allow-headers"].lower()
    answer = api.post("/api/siting", json={"industries": ["集成电路"]}, headers={"Origin": "https://map.example.org"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")
    # Short links are kept by the service: another origin's page may not make any.
    assert preflight(api, "/api/links").status_code == 400
