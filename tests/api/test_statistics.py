"""/api/statistics against counts that are made from the text files alone."""

from collections import Counter
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
import shapely

from tests import geodata

AROUND_TEDA = (117.6, 38.95, 117.8, 39.1)


@pytest.fixture(scope="module")
def told(api: httpx.Client) -> Any:
    answer = api.get("/api/statistics")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_parks_by_sector(told: Any) -> None:
    wanted = geodata.parks_by_sector()
    found = {one["sector"]["id"]: {rank: set(one[rank]) for rank in geodata.RANKS} for one in told["sectors"]}
    assert found == wanted
    for one in told["sectors"]:
        ids = set().union(*(one[rank] for rank in geodata.RANKS))
        assert one["parks"] == len(ids)
        assert one["area_ha"] == pytest.approx(geodata.total_hectares(ids), rel=1e-3)
        assert one["with_area"] == sum(map(geodata.has_area, ids))
    counts = [one["parks"] for one in told["sectors"]]
    assert counts == sorted(counts, reverse=True)


def test_each_sector_names_the_documents_that_are_counted(told: Any) -> None:
    for one in told["sectors"]:
        named = {
            row["document"]
            for row in geodata.rows("zone_industries")
            if row["subject"] in geodata.parks() and geodata.path_of(row["industry"])[0] == one["sector"]["id"]
        }
        assert {document["id"] for document in one["documents"]} == named
        assert all(document["short_title_zh"] for document in one["documents"])


def test_areas_by_level_with_computed_and_published_ones_apart(told: Any) -> None:
    parks = geodata.parks().values()
    found = {one["level"]: one for one in told["levels"]}
    assert set(found) == {row["level"] for row in parks}
    for level, one in found.items():
        ids = {row["id"] for row in parks if row["level"] == level}
        published = {
            row["id"]: float(row["official_area_ha"]) for row in parks if row["id"] in ids and row["official_area_ha"]
        }
        assert set(one["zones"]) == ids
        assert one["area_ha"] == pytest.approx(geodata.total_hectares(ids), rel=1e-3)
        assert one["with_area"] == sum(map(geodata.has_area, ids)), "an estimated outline has no area, and none of 0"
        assert set(one["official_zones"]) == set(published)
        assert one["official_area_ha"] == (sum(published.values()) if published else None)
    assert told["parks"]["count"] == len(parks)
    assert told["parks"]["area_ha"] == pytest.approx(sum(one["area_ha"] for one in told["levels"]), abs=0.2)
    assert told["parks"]["official"]["count"] == sum(1 for row in parks if row["official_area_ha"])
    assert 0 < told["parks"]["with_area"] == sum(map(geodata.has_area, geodata.parks())) < len(parks)
    named = {row["subject"] for row in geodata.rows("zone_industries")}
    assert told["parks"]["without_industry"] == sum(1 for row in parks if row["id"] not in named)


def test_indicators_are_as_printed(told: Any) -> None:
    printed: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in geodata.rows("indicators"):
        if row["kind"] == "stated":
            continue
        printed.setdefault((row["scope"], row["document"], row["kind"]), {})[row["id"]] = (
            row["base_text"] or None,
            row["base_value"] and Decimal(row["base_value"]),
            (row["base_year"] and int(row["base_year"])) or None,
            row["target_text"] or None,
            row["target_value"] and Decimal(row["target_value"]),
            (row["target_year"] and int(row["target_year"])) or None,
            row["unit"] or None,
            row["nature"] or None,
            (row["note_zh"] or None, row["note_en"] or None),
        )

    def value(side: Any) -> Any:
        return "" if side["value"] is None else Decimal(str(side["value"]))

    found = {
        (one["scope"]["id"], one["document"]["id"], one["kind"]): {
            item["id"]: (
                item["base"]["text"],
                value(item["base"]),
                item["base_year"],
                item["target"]["text"],
                value(item["target"]),
                item["target_year"],
                item["unit"],
                item["nature"],
                (item["note_zh"], item["note_en"]),
            )
            for item in one["items"]
        }
        for one in told["indicators"]
    }
    assert found == printed
    whose = {one["scope"]["id"]: set(one["zones"]) for one in told["indicators"]}
    assert whose["tianjin"] == set(geodata.parks())
    assert whose["thip"] == {row["id"] for row in geodata.parks().values() if row["parent"] == "thip"}
    assert whose["huaming"] == {"huaming"}


def test_indicators_say_which_years_their_document_plans_for(told: Any) -> None:
    planned = {row["id"]: tuple(map(int, row["period"].split("-"))) for row in geodata.rows("documents")}
    year = datetime.now(ZoneInfo("Asia/Shanghai")).year
    for group in told["indicators"]:
        start, end = planned[group["document"]["id"]]
        period = group["period"]
        assert (period["start"], period["end"], period["expired"]) == (start, end, end < year)
        assert period["text_zh"] == f"规划期 {start}—{end}" + ("，已届满" if end < year else "")


def test_projects_by_sector_and_starting_year(told: Any) -> None:
    wanted = geodata.projects_by_sector_and_year()
    found = {(cell["sector"]["id"], cell["year"]): cell for cell in told["projects"]["cells"]}
    assert set(found) == set(wanted)
    for key, cell in found.items():
        assert set(cell["projects"]) == {row["id"] for row in wanted[key]}
        assert cell["count"] == len(wanted[key])
        assert Decimal(str(cell["investment_total"])) == sum(Decimal(row["investment_total"]) for row in wanted[key])
    # The document prints the totals itself: 58 projects, 129.3 亿元.
    assert told["projects"]["in_table"] == 58
    assert round(told["projects"]["investment_total"], 1) == 129.3
    assert {document["id"] for document in told["projects"]["documents"]} == {
        row["document"] for row in _projects().values()
    }


def _projects() -> dict[str, dict[str, str]]:
    """Return the projects of the table and those of running text, by id."""
    text = [row for row in geodata.rows("named") if row["kind"] == "project"]
    return {row["id"]: row for row in [*geodata.rows("projects"), *text]}


def _district(zone: str) -> str | None:
    """Return the district that a zone lies in or is; None for the city."""
    zones = {row["id"]: row for row in geodata.rows("zones")}
    while zone and zones[zone]["kind"] != "district":
        zone = zones[zone]["parent"]
    return zone or None


def test_projects_are_in_the_park_that_a_document_names_or_counted_in_the_district(told: Any) -> None:
    projects = told["projects"]
    items = {one["id"]: one for one in projects["items"]}
    rows = _projects()
    assert items.keys() == rows.keys() and projects["count"] == len(rows)
    for key, row in rows.items():
        named = row["places"].split(";") if row["places"] and row["certainty"] == "named" else []
        districts = {_district(place) for place in named} or {_district(row["area"]) if row["area"] != "-" else None}
        if row["certainty"] != "inferred":
            assert items[key]["district"] in districts, key
        assert (items[key]["located"] == "park") == any(place in geodata.footprints() for place in named), key
        assert (items[key]["located"] == "none") == (items[key]["district"] is None), key
    counted = Counter(one["located"] for one in items.values())
    assert projects["located"] == counted and counted["district"] > counted["park"] > 0 < counted["none"]
    by_district = Counter(one["district"] for one in items.values() if one["district"])
    assert {one["district"]["id"]: one["count"] for one in projects["districts"]} == by_district
    listed = {one["district"]["id"]: one["in_table"] for one in projects["districts"] if one["in_table"]}
    assert listed == {"dongli": 58}, "the table is that of one district"


def test_an_extent_counts_what_meets_it(api: httpx.Client, told: Any) -> None:
    answer = api.get("/api/statistics", params={"bbox": ",".join(map(str, AROUND_TEDA))}).json()
    box = shapely.box(*AROUND_TEDA)
    inside = {zone for zone in geodata.parks() if geodata.footprints()[zone].intersects(box)}
    assert 0 < len(inside) < len(geodata.parks())
    assert {zone["id"] for zone in answer["parks"]["zones"]} == inside
    assert answer["parks"]["area_ha"] == pytest.approx(geodata.total_hectares(inside), rel=1e-3)
    for one in answer["sectors"]:
        ranked = geodata.parks_by_sector()[one["sector"]["id"]]
        assert {rank: set(one[rank]) for rank in geodata.RANKS} == {
            rank: ranked[rank] & inside for rank in geodata.RANKS
        }
    assert {zone for one in answer["levels"] for zone in one["zones"]} == inside
    assert {one["scope"]["id"] for one in answer["indicators"]} == {"tianjin", "binhai", "thip"}
    placed = answer["projects"]
    assert 0 < placed["count"] == placed["located"]["park"] < told["projects"]["located"]["park"]
    assert placed["located"]["district"] == placed["located"]["none"] == 0, "what has no place is in no extent"
    assert placed["cells"] == []
    everything = api.get("/api/statistics", params={"bbox": "-180,-90,180,90"}).json()
    assert everything["parks"]["count"] == told["parks"]["count"]


def test_an_extent_with_nothing_in_it(api: httpx.Client) -> None:
    answer = api.get("/api/statistics", params={"bbox": "0,0,1,1"}).json()
    assert answer["parks"] == {
        "count": 0, "area_ha": 0, "with_area": 0, "official": {"count": 0, "area_ha": 0}, "without_industry": 0,
        "zones": [],
    }  # fmt: skip
    assert (answer["sectors"], answer["levels"], answer["indicators"]) == ([], [], [])
    assert answer["projects"]["investment_total"] == 0 and answer["projects"]["documents"] == []


@pytest.mark.parametrize(
    ("bbox", "said"),
    [
        ("1,2,3", "四个数"),
        ("a,b,c,d", "四个数"),
        ("nan,0,1,1", "四个数"),
        ("", "四个数"),
        ("39,117,39.1,118", "经度在前"),
        ("118,39,117,40", "西应小于东"),
        ("117,40,118,39", "南应小于北"),
    ],
)
def test_what_is_no_extent_is_said_to_be_none(api: httpx.Client, bbox: str, said: str) -> None:
    answer = api.get("/api/statistics", params={"bbox": bbox}, headers={"Accept-Language": "zh"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert api.get("/api/statistics", params={"box": "1"}).status_code == 400


def test_who_has_the_answer_is_not_sent_it_again(api: httpx.Client) -> None:
    for query in ({}, {"bbox": "117,38,118,40"}):
        first = api.get("/api/statistics", params=query)
        again = api.get("/api/statistics", params=query, headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 304 and not again.content
    assert api.get("/api/statistics").headers["etag"] != first.headers["etag"]
