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
    {"industries": "集成电路", "area": "1万亩"},
    {"industries": "集成电路", "area": "3000公顷", "level": "national", "max_km": "port:12"},
    {"industries": "石墨烯", "min_km": "port:40,airport:12"},
    {"industries": "集成电路", "min_km": "port:3", "avoid_districts": "dongli,binhai"},
    {"industries": "新材料", "avoid_elements": "plan-binhai-belt-coastal,plan-binhai-core", "level": "national"},
    {"industries": "新材料", "districts": "东丽区", "level": "national"},
    {"industries": "海洋装备", "in_elements": "plan-binhai-belt-coastal", "area": "60km²"},
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
        assert len(entered) == one["would_enter"], one["says"]["zh"]
        place = entered[one["id"]]
        assert (place["score"], place["rank"]) == (one["score"], one["would_rank"]), one["says"]["zh"]


def test_allowing_one_of_two_places_leaves_the_other_avoided(api: httpx.Client) -> None:
    answer = ask(api, industries="集成电路", avoid_districts="dongli,binhai")
    one = next(one for one in answer["alternatives"] if one["constraint"] == "avoid_districts")
    assert one["says"]["zh"].startswith("允许滨海新区，")
    assert one["relax_to"] == ["dongli"]


def test_a_place_in_two_avoided_ones_names_both(api: httpx.Client) -> None:
    answer = ask(api, industries="集成电路", avoid_districts="teda-east,teda")
    out = next(one for one in answer["excluded"] if one["id"] == "teda-east")
    assert "经开区东区" in out["reasons"][0]["zh"] and "天津经济技术开发区" in out["reasons"][0]["zh"]


@pytest.mark.parametrize(("field", "short"), [("max_km", -0.004), ("min_km", 0.004)])
def test_a_distance_missed_by_metres_does_not_read_as_kept(api: httpx.Client, field: str, short: float) -> None:
    km = next(
        value["raw"]
        for place in ask(api, industries="集成电路", weights="airport:1")["results"]
        for value in place["criteria"]
        if place["id"] == "teda-west"
    )
    limit = round(km + short, 3)
    answer = ask(api, industries="集成电路", **{field: f"airport:{limit}"})
    said = next(one for one in answer["excluded"] if one["id"] == "teda-west")["reasons"][0]["zh"]
    match = re.fullmatch(r"距天津滨海国际机场 ([\d.]+) 公里，(?:超过|不到) ([\d.]+) 公里", said)
    assert match is not None, said
    shown, asked = float(match[1]), float(match[2])
    assert asked == limit
    assert (shown > asked) if field == "max_km" else (shown < asked)


def test_relaxing_never_asks_for_what_cannot_be_asked(api: httpx.Client) -> None:
    # The station stands in the park: a smallest distance below one kilometre can only be given up.
    answer = ask(api, industries="集成电路", min_km="metro:40")
    for one in answer["alternatives"]:
        asked = relaxed({"industries": "集成电路", "min_km": "metro:40"}, one["constraint"], one["relax_to"])
        assert api.get("/api/siting", params=asked).status_code == 200
    parks = ask(api, industries="集成电路", layer="theme-parks", level="municipal")
    level = next(one for one in parks["alternatives"] if one["constraint"] == "level")
    assert level["relax_to"] is None or set(level["relax_to"]) <= {"national", "municipal", "district", "town"}


def test_what_no_single_step_undoes_is_said(api: httpx.Client) -> None:
    answer = ask(api, industries="集成电路", max_km="port:1,airport:1")
    assert answer["alternatives"] == []
    assert "只放宽其中一条也没有" in answer["conclusion"]["zh"]
    assert "放宽条件后的选项" not in answer["conclusion"]["zh"]
