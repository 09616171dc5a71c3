"""What an answer states is so: documents counted, stations served by high-speed trains, wholes and parts, parcels."""

import io
from typing import Any

import httpx
import openpyxl

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
