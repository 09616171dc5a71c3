"""Alternatives and reasons: what is said of a relaxed rule is what asking with it gives; a miss by little is told."""

import re
from typing import Any

import httpx
import pytest


def ask(api: httpx.Client, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/api/siting", params={"limit": 100} | fields).raise_for_status().json()
    return found


RELAXED: tuple[dict[str, str], ...] = (
    {"industries": "细胞", "max_km": "airport:15", "level": "national"},
    {"industries": "集成电路", "area": "5万亩"},
    {"industries": "集成电路", "area": "3000公顷", "level": "national", "max_km": "port:12"},
    {"industries": "石墨烯", "min_km": "port:40,airport:12"},
    {"industries": "集成电路", "min_km": "port:3", "avoid_districts": "dongli,binhai"},
    {"industries": "新材料", "avoid_elements": "plan-binhai-belt-coastal,plan-binhai-core", "level": "national"},
    {"industries": "新材料", "districts": "东丽区", "level": "national"},
    {"industries": "新材料", "in_elements": "plan-binhai-belt-coastal", "area": "60km²"},
    {"industries": "新材料", "near": "dongjiang:20", "apart": "teda-nangang:30"},
    {"industries": "新材料", "avoid_industries": "石油化工"},
    {"industries": "海洋装备", "level": "town", "area": "120km²"},
)


def relaxed(fields: dict[str, str], constraint: str, to: Any) -> dict[str, str]:
    """Return the fields of a question with one rule relaxed as an alternative says."""
    name, _, part = constraint.partition(".")
    if not part:
        value = ",".join(to) if isinstance(to, list) else to
        return {key: one for key, one in fields.items() if key != name} | ({} if to is None else {name: value})
    pairs = dict(one.split(":") for one in fields[name].split(","))
    pairs.pop(part)
    pairs |= {} if to is None else {part: to}
    joined = ",".join(f"{key}:{one}" for key, one in pairs.items())
    return {key: one for key, one in fields.items() if key != name} | ({name: joined} if joined else {})


@pytest.mark.parametrize("fields", RELAXED, ids=lambda one: "-".join(one))
def test_an_alternative_is_what_asking_so_gives(api: httpx.Client, fields: dict[str, str]) -> None:
    answer = ask(api, **fields)
    assert answer["alternatives"]
    before = {one["id"] for one in answer["results"]}
    for one in answer["alternatives"]:
        after = ask(api, **relaxed(fields, one["constraint"], one["relax_to"]))["results"]
        entered = {place["id"]: place for place in after if place["id"] not in before}
        place = entered[one["id"]]
        assert (place["score"], place["tier"]) == (one["score"], one["tier"]), one["says"]["zh"]
        assert place["rank"] == one["would_rank"], one["says"]["zh"]
        assert len(entered) == one["would_enter"], one["says"]["zh"]


@pytest.mark.parametrize("fields", RELAXED, ids=lambda one: "-".join(one))
def test_an_alternative_is_the_best_that_a_document_names_and_fails_that_alone(
    api: httpx.Client, fields: dict[str, str]
) -> None:
    answer = ask(api, **fields)
    placed = [one for one in answer["excluded"] if one["tier"] in ("itself", "surrounding")]
    for constraint in answer["constraints"]:
        alone = [one for one in placed if [why["constraint"] for why in one["reasons"]] == [constraint["id"]]]
        found = [one for one in answer["alternatives"] if one["constraint"] == constraint["id"]]
        assert len(found) == bool(alone)
        if alone and not alone[0]["possible"]:
            best = max(alone, key=lambda one: (one["tier"] == "itself", not one["possible"], one["score"]))
            assert (found[0]["id"], found[0]["tier"]) == (best["id"], best["tier"])


def test_allowing_one_of_two_places_leaves_the_other_avoided(api: httpx.Client) -> None:
    answer = ask(api, industries="集成电路", avoid_districts="dongli,binhai")
    one = next(one for one in answer["alternatives"] if one["constraint"] == "avoid_districts")
    assert one["says"]["zh"].startswith("允许滨海新区，")
    assert one["relax_to"] == ["dongli"]


def test_a_place_in_two_avoided_ones_names_both(api: httpx.Client) -> None:
    answer = ask(api, industries="集成电路", avoid_districts="teda-east,teda")
    out = next(one for one in answer["excluded"] if one["id"] == "teda-east")
    assert "经开区东区" in out["reasons"][0]["zh"] and "天津经济技术开发区" in out["reasons"][0]["zh"]


def accuracy_km(api: httpx.Client) -> float:
    """Return the error of the distance from 经开区西区 to the airport, as the layers state it of both."""
    parks = api.get("/layers/parks.geojson").json()["features"]
    airport = api.get("/layers/facilities.geojson", params={"kind": "airport"}).json()["features"]
    park = next(one for one in parks if one["id"] == "teda-west")
    return float(park["properties"]["accuracy_m"] + airport[0]["properties"]["accuracy_m"]) / 1000


@pytest.mark.parametrize(("field", "side"), [("max_km", 1), ("min_km", -1)])
def test_a_distance_that_the_accuracy_does_not_decide_is_possible(api: httpx.Client, field: str, side: int) -> None:
    values = ask(api, industries="生物药", weights="airport:1")["results"]
    km = next(one for one in values if one["id"] == "teda-west")["criteria"][0]["raw"]
    error = accuracy_km(api)

    def asked(limit: float) -> tuple[dict[str, Any], float]:
        limit = round(limit, 3)
        return ask(api, industries="生物药", **{field: f"airport:{limit}"}), limit

    def west(answer: dict[str, Any], part: str) -> list[dict[str, Any]]:
        return [one for one in answer[part] if one["id"] == "teda-west"]

    # Missed by metres even so: it is out, and the reason does not read as kept.
    out, limit = asked(km - side * (error + 0.004))
    said = west(out, "excluded")[0]["reasons"][0]["zh"]
    match = re.fullmatch(r"距天津滨海国际机场 ([\d.]+) 公里，(?:超过|不到) ([\d.]+) 公里", said)
    assert match is not None, said
    shown, told = float(match[1]), float(match[2])
    assert told == limit and side * (shown - told) > 0 and not west(out, "results")
    for between in (km - side * (error - 0.004), km, km + side * (error - 0.004)):
        may, limit = asked(between)
        place = west(may, "results")[0]
        assert [one["constraint"] for one in place["possible"]] == [f"{field}.airport"]
        assert place["rank"] is None and f"误差约 {error:g} 公里" in place["possible"][0]["says"]["zh"]
        assert f"不能判定是否合乎 {limit:g} 公里的条件" in place["possible"][0]["says"]["zh"]
        # Whoever is sure comes before all who are not.
        assert sorted(bool(one["possible"]) for one in may["results"] if one["tier"] == "itself") == [
            bool(one["possible"]) for one in may["results"] if one["tier"] == "itself"
        ]
    sure, _ = asked(km + side * (error + 0.004))
    assert west(sure, "results")[0]["possible"] == [] and west(sure, "results")[0]["rank"] is not None


def test_relaxing_never_asks_for_what_cannot_be_asked(api: httpx.Client) -> None:
    # The station stands in the park: a smallest distance below one kilometre can only be given up.
    answer = ask(api, industries="集成电路", min_km="metro:40")
    for one in answer["alternatives"]:
        asked = relaxed({"industries": "集成电路", "min_km": "metro:40"}, one["constraint"], one["relax_to"])
        assert api.get("/api/siting", params=asked).status_code == 200
    parks = ask(api, industries="集成电路", layer="theme-parks", level="municipal")
    level = next(one for one in parks["alternatives"] if one["constraint"] == "level")
    assert level["relax_to"] is None or set(level["relax_to"]) <= {"national", "municipal", "district", "town"}


def test_where_no_single_step_helps_none_is_offered(api: httpx.Client) -> None:
    answer = ask(api, industries="石墨烯", max_km="port:1", min_km="port:100")
    placed = [one for one in answer["excluded"] if one["tier"] in ("itself", "surrounding")]
    own = [one["name_zh"] for one in placed if one["tier"] == "itself"]
    assert own == ["滨海-中关村科技园"] and len(placed) > 3
    assert all(len(one["reasons"]) == 2 for one in placed)
    assert answer["alternatives"] == []
    assert "没有文件布局“石墨烯”的园区；不加条件时文件布局到滨海-中关村科技园" in answer["conclusion"]["zh"]
    assert "“距最近的港口直线不少于 100 公里”去掉了最后的候选" in answer["conclusion"]["zh"]
