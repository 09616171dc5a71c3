"""An independent computation: values, weights, scores and ranks from outlines and the fact files, without our code.

geopandas and pyproj measure (``measured``), what the documents name is read from geodata/ once more (``expected``), and
pymcdm scores. What an answer does not export is taken from its JSON.
"""

from dataclasses import dataclass
from typing import Any

import geopandas
import httpx
import numpy as np
import pandas
import pytest
import shapely
import yaml
from pymcdm.methods import TOPSIS, WSM
from pymcdm.normalizations import minmax_normalization
from scipy.stats import rankdata, spearmanr

from tests.conftest import ROOT
from tests.siting import expected, measured
from tests.siting.independent import industries, lineage, zones, zones_around

GATEWAYS = {"port": "port_area", "airport": "airport", "rail": "rail_station", "metro": "metro_station"}
CURVES = {
    "industry": ((0, 0), (100, 1)),
    "policy": ((0, 0), (100, 1)),
    "preference": ((0, 0), (1, 1)),
    "size": ((0.05, 0.3), (0.2, 0.6), (0.5, 1), (1, 1)),
    "near_place": ((5, 1), (20, 0.6), (40, 0.2), (70, 0)),
    "port": ((10, 1), (30, 0.6), (60, 0.2), (100, 0)),
    "airport": ((10, 1), (30, 0.6), (60, 0.2), (100, 0)),
    "rail": ((3, 1), (10, 0.7), (25, 0.3), (50, 0)),
    "metro": ((1, 1), (3, 0.7), (8, 0.3), (20, 0)),
    "agglomeration": ((0, 0), (2, 0.4), (5, 0.8), (8, 1)),
    "crowding": ((0, 1), (1, 0.8), (2, 0.6), (4, 0.3), (8, 0)),
}
"""The value functions as docs/siting.md prints them."""

NEEDED_HA = 2000.0
TIERS = ("itself", "surrounding", "related", "not_named")

WHOLE = {"preset": "balanced", "areas": "separate", "tiers": "all", "needs": "off", "limit": 1000}
"""Every place with its values: functional areas too, and what no document names."""

WISHES: dict[str, dict[str, Any]] = {
    "near": {
        "area": f"{NEEDED_HA:g}公顷", "emphasis": "gateways", "near": "dongjiang", "prefer_districts": "dongli",
        "prefer_level": "national",
    },
    "far": {
        "emphasis": "crowding,policy", "far_from": "port,airport,rail,metro", "near": "rail-tianjin,teda-east",
    },
}  # fmt: skip
"""What is asked of every industry: near to everything, and far from everything."""

USED = {
    "near": {
        "industry": 1.0, "policy": 1.0, "level": 1.0, "preference": 1.0, "near_place": 1.0, "agglomeration": 1.0,
        "port": 0.75, "airport": 0.75, "rail": 0.75, "metro": 0.75,
    },
    "far": {
        "industry": 1.0, "policy": 2.0, "level": 1.0, "near_place": 1.0, "agglomeration": 1.0, "crowding": 3.0,
        "port_away": 0.25, "airport_away": 0.25, "rail_away": 0.25, "metro_away": 0.25,
    },
}  # fmt: skip
"""What each criterion weighs then, before the whole is scaled: the first emphasised three times, the next twice."""


@dataclass(frozen=True)
class Case:
    """A question, its answer, and every place of it as a row: values, geometry and standing."""

    industry: str
    wish: str
    answer: dict[str, Any]
    places: geopandas.GeoDataFrame

    @property
    def drawn(self) -> geopandas.GeoDataFrame:
        return self.places[~self.places.geometry.isna()]

    @property
    def ranked(self) -> geopandas.GeoDataFrame:
        return self.places[self.places["rank"].notna()]


def ask(api: httpx.Client, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/api/siting", params=WHOLE | fields).raise_for_status().json()
    return found


def every_place(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [*answer["results"], *answer["related"], *answer["not_named"]]


def names(places: pandas.DataFrame) -> list[str]:
    return [column.removesuffix("_weight") for column in places.columns if column.endswith("_weight")]


# Named with a theme park (集成电路, 氢能), with a plan area as a whole (先进化工材料), and with parks alone.
@pytest.fixture(scope="module", params=["集成电路", "现代中药", "海洋工程装备", "先进化工材料", "氢能"])
def industry_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=["near", "far"])
def case(api: httpx.Client, industry_name: str, request: pytest.FixtureRequest) -> Case:
    answer = ask(api, industries=industry_name, **WISHES[request.param])
    table = []
    for place in every_place(answer):
        row = {key: place[key] for key in ("rank", "tied", "tier", "group", "score", "level", "area_ha")}
        for value in place["criteria"]:
            row |= {f"{value['name']}_{key}": value[key] for key in ("raw", "normalised", "weight", "missing")}
        table.append(row | {"id": place["id"], "sure": not place["possible"]})
    frame = pandas.DataFrame(table).set_index("id")
    shapes = measured.outlines().reindex(frame.index)
    assert len(frame) > 40
    return Case(
        expected.industry_named(industry_name),
        request.param,
        answer,
        geopandas.GeoDataFrame(frame, geometry=shapes, crs=4490),
    )


@pytest.fixture(scope="module")
def districts(api: httpx.Client) -> measured.Districts:
    return measured.Districts(api)


def test_the_places_are_all_that_are_not_known_to_be_too_small(case: Case) -> None:
    areas = {zone: measured.area_ha(zone) for zone in expected.places()}
    for zone, place in case.places.iterrows():
        assert place.area_ha == pytest.approx(areas[zone], abs=0.01) if areas[zone] else np.isnan(place.area_ha), zone
    if case.wish == "near":
        # A functional area is no larger than its park; what is not drawn cannot be judged.
        known = {
            zone: next((areas[around] for around in (zone, *zones_around(zone)) if areas.get(around)), None)
            for zone in areas
        }
        fits = {zone for zone in measured.outlines().index if (known[zone] or NEEDED_HA) >= NEEDED_HA}
        assert fits < set(measured.outlines().index)
        assert set(case.places.index) == fits
    else:
        assert set(case.places.index) == set(expected.places())
    assert "size" not in names(case.places)


def test_distances_run_from_the_nearest_edge(case: Case) -> None:
    inside = 0
    for zone, place in case.drawn.iterrows():
        for gateway, kind in GATEWAYS.items():
            raw = place[f"{gateway}_raw" if case.wish == "near" else f"{gateway}_away_raw"]
            assert raw == pytest.approx(measured.nearest_facility(zone, kind)[1], abs=0.002), (gateway, zone)
            inside += raw == 0
        wished = [measured.zones_km(zone)["dongjiang"]]
        if case.wish == "far":
            wished = [measured.facilities_km(zone)["rail-tianjin"], measured.zones_km(zone)["teda-east"]]
        assert place.near_place_raw == pytest.approx(max(wished), abs=0.002), zone
    assert inside > 5
    nowhere = case.places[case.places.geometry.isna()]
    assert len(nowhere) == (0 if case.wish == "near" else 2)
    assert nowhere[[f"{gateway}_away_missing" for gateway in GATEWAYS if case.wish == "far"]].all(axis=None)


def test_industry_fit_tier_and_policy_are_what_the_fact_files_give(case: Case) -> None:
    for zone, place in case.places.iterrows():
        nearest = min(expected.fits(zone, case.industry), key=lambda points: abs(points - place.industry_raw))
        assert place.industry_raw == pytest.approx(nearest, abs=0.0051), zone
        assert place.tier == expected.tier(zone, case.industry), zone
        assert place.policy_raw == pytest.approx(expected.policy(zone, case.industry), abs=0.0051), zone
        assert place.level_raw == place.level == expected.level(zone), zone


def test_neighbours_are_counted_from_edge_to_edge(case: Case, districts: measured.Districts) -> None:
    unknown = 0
    for zone, place in case.drawn.iterrows():
        points = expected.agglomeration(zone, case.industry, districts, with_same=case.wish == "near")
        assert_is(place.agglomeration_raw, place.agglomeration_missing, points, zone)
        unknown += points is None
        if case.wish == "far":
            count = expected.crowding(zone, case.industry, districts)
            assert_is(place.crowding_raw, place.crowding_missing, count, zone)
    assert unknown > 0


def assert_is(raw: float, missing: bool, wanted: float | None, zone: Any) -> None:
    assert missing == (wanted is None), zone
    assert wanted is None or raw == pytest.approx(wanted, abs=0.0051), zone


@pytest.mark.parametrize("industry", ["vehicle-manufacturing", "drive-motors"])
def test_projects_count_in_the_place_they_are_named_for_and_once(
    api: httpx.Client, industry: str, districts: measured.Districts
) -> None:
    """What a document puts in 经开区 as a whole is in no park of it; what a table and the text print is one project."""
    answer = ask(api, industries=industry, emphasis="agglomeration")
    for place in every_place(answer):
        value = next(entry for entry in place["criteria"] if entry["name"] == "agglomeration")
        if place["point"] is not None and not value["missing"]:
            wanted = expected.agglomeration(place["id"], industry, districts, with_same=True)
            assert value["raw"] == wanted, (place["id"], value["says"]["zh"], expected.projects(place["id"], industry))


def test_wishes_are_met_by_administration_or_on_the_ground(case: Case, districts: measured.Districts) -> None:
    if case.wish == "near":
        for zone, place in case.drawn.iterrows():
            in_it = "dongli" in zones_around(zone) or districts.share(zone, "dongli") >= 0.5
            assert place.preference_raw == (in_it + (expected.level(zone) == "national")) / 2, zone


def test_values_follow_the_printed_curves(case: Case) -> None:
    places = case.places
    for name in names(places):
        known = ~places[f"{name}_missing"].astype(bool)
        if name == "level":
            wanted = places.level.map(expected.LEVELS)
        else:
            wanted = measured.curve(CURVES[name.removesuffix("_away")], places[f"{name}_raw"].astype(float))
            wanted = 1 - wanted if name.endswith("_away") else wanted
        assert np.allclose(places[f"{name}_normalised"][known], np.asarray(wanted)[known], atol=1e-6), name
        assert (places[f"{name}_normalised"][~known] == 0.5).all()
    shown = {entry["name"]: entry["value_function"] for entry in case.answer["criteria"]}
    for name, function in shown.items():
        if function["kind"] == "piecewise_linear":
            points = np.array(CURVES[name.removesuffix("_away")], dtype=float)
            points[:, 1] = 1 - points[:, 1] if name.endswith("_away") else points[:, 1]
            assert np.allclose(np.array(function["points"])[: len(points)], points), name
        else:
            assert {key: value for key, value in function["values"].items() if value} == expected.LEVELS


def test_weights_are_those_of_the_preset_and_the_emphasis(case: Case) -> None:
    whole = sum(USED[case.wish].values())
    wanted = {name: weight / whole for name, weight in USED[case.wish].items()}
    for _, place in case.places.iterrows():
        assert {name: place[f"{name}_weight"] for name in names(case.places)} == pytest.approx(wanted)
    given = case.answer["request"]["weights"]
    assert {name: weight for name, weight in given.items() if weight} == pytest.approx(wanted, abs=1e-6)


@pytest.mark.filterwarnings("ignore:Alternatives with indices")
def test_scores_are_those_of_pymcdm(case: Case) -> None:
    criteria = names(case.places)
    weights = case.places[[f"{name}_weight" for name in criteria]].iloc[0].to_numpy(dtype=float)
    types = np.ones(len(criteria))

    def computed(method: Any, places: geopandas.GeoDataFrame) -> np.ndarray:
        matrix = places[[f"{name}_normalised" for name in criteria]].to_numpy(dtype=float)
        # Beside an ideal and an anti-ideal, normalising between the least and the most changes nothing.
        framed = np.vstack([matrix, np.ones(len(criteria)), np.zeros(len(criteria))])
        return np.asarray(method(minmax_normalization)(framed, weights, types)[:-2])

    assert np.allclose(case.places.score, 100 * computed(WSM, case.places), atol=1e-4)
    ranked = case.ranked
    closeness = computed(TOPSIS, ranked)
    ours = case.answer["sensitivity"]["topsis"]
    assert ours["closeness"] == pytest.approx(dict(zip(ranked.index, closeness, strict=True)), abs=1e-5)
    best = ranked.index[ranked.score == ranked.score.max()]
    winners = ranked.index[closeness.round(6) == closeness.round(6).max()]
    assert ours["winners"] == sorted(winners)
    assert ours["same_winner"] == bool(set(best) & set(winners))
    if len(ranked) > 2:
        correlation = spearmanr(ranked.score, closeness.round(6)).statistic
        assert ours["rank_correlation"] == pytest.approx(correlation, abs=1e-3)


def test_ranks_are_those_of_what_is_placed_for_sure(case: Case) -> None:
    sure = case.places[(case.places.tier == "itself") & case.places.sure]
    group = case.answer["verdict"]["group"]
    assert set(case.ranked.index) == set(sure.index)
    assert set(group) == set(case.places.index[case.places.group])
    assert list(sure.index[: len(group)]) == group
    others = sure.iloc[len(group) :]
    wanted = [1] * len(group) + [len(group) + rank for rank in rankdata(-others.score, method="min")]
    assert list(sure["rank"]) == wanted
    assert list(sure.tied) == [wanted.count(rank) > 1 for rank in wanted]
    # What is not sure stands behind, of each the nearest tier first, then by score.
    listed = case.places[len(group) :]
    for part in (
        listed[listed.tier.isin(TIERS[:2])],
        listed[listed.tier == "related"],
        listed[listed.tier == TIERS[3]],
    ):
        order = [(not place.sure, TIERS.index(place.tier), -place.score) for _, place in part.iterrows()]
        assert order == sorted(order)


def test_the_export_says_the_same(api: httpx.Client, case: Case) -> None:
    fields = WHOLE | WISHES[case.wish] | {"industries": case.industry}
    features = api.get("/api/siting.geojson", params=fields).raise_for_status().json()["features"]
    assert [entry["id"] for entry in features] == [entry["id"] for entry in case.answer["results"]]
    for feature, place in zip(features, case.answer["results"], strict=True):
        shown = feature["properties"]
        assert (shown["rank"], shown["tier"], shown["score"]) == (place["rank"], place["tier"], place["score"])
        for value in place["criteria"]:
            for key, column in (("raw", "raw"), ("normalised", "value"), ("weight", "weight"), ("missing", "missing")):
                assert shown[f"{value['name']}_{column}"] == value[key], (place["id"], value["name"])
        shape = None if feature["geometry"] is None else shapely.geometry.shape(feature["geometry"])
        if place["id"] in measured.outlines().index:
            assert shape is not None and shape.equals(measured.outlines()[place["id"]]), place["id"]
        else:
            assert shape is None


def test_what_the_accuracy_does_not_decide_is_possible(api: httpx.Client, districts: measured.Districts) -> None:
    fields = {"max_km": "airport:25", "min_km": "port:15", "near": "dongjiang:45", "apart": "rail-tianjin:6"}
    answer = ask(api, industries="集成电路", **fields)
    wanted = {}
    for zone in measured.outlines().index:
        own = measured.accuracy_km(zone)
        airport, port = measured.nearest_facility(zone, "airport"), measured.nearest_facility(zone, "port_area")
        reach = [
            ("max_km.airport", airport[1], own + measured.facility_error_km(airport[0]), 25),
            ("min_km.port", -port[1], own + measured.facility_error_km(port[0]), -15),
            ("near.dongjiang", measured.zones_km(zone)["dongjiang"], own + measured.accuracy_km("dongjiang"), 45),
            (
                "apart.rail-tianjin", -measured.facilities_km(zone)["rail-tianjin"],
                own + measured.facility_error_km("rail-tianjin"), -6,
            ),
        ]  # fmt: skip
        assert all(abs(abs(km - limit) - error) > measured.SURE_KM for _, km, error, limit in reach), zone
        if all(km - error <= limit for _, km, error, limit in reach):
            wanted[zone] = {name for name, km, error, limit in reach if km + error > limit}
    shown = {entry["id"]: {doubt["constraint"] for doubt in entry["possible"]} for entry in every_place(answer)}
    assert shown == wanted
    assert any(wanted.values()) and not all(wanted.values())


@pytest.mark.parametrize("district", ["dongli", "binhai", "jinnan"])
def test_a_district_by_administration_and_on_the_ground(
    api: httpx.Client, district: str, districts: measured.Districts
) -> None:
    shown = {
        entry["id"]: bool(entry["possible"]) for entry in every_place(ask(api, industries="氢能", districts=district))
    }
    wanted = {}
    for zone in measured.outlines().index:
        ruled, drawn = district in zones_around(zone), districts.share(zone, district) >= 0.5
        if ruled or drawn:
            wanted[zone] = ruled != drawn
    assert {zone: doubt for zone, doubt in shown.items() if zone in measured.outlines().index} == wanted


def test_parcels_are_scored_by_their_size(api: httpx.Client) -> None:
    """Functional areas stand for parcels: of these the whole is used."""
    fields = {"industries": "人工智能", "layer": "functional-areas", "area": "250公顷", "tiers": "all", "limit": 1000}
    answer = api.get("/api/siting", params=fields | {"weights": "size:1"}).raise_for_status().json()
    areas = {zone: measured.geodesic_ha(shape) for zone, shape in measured.outlines().items()}
    areas = {zone: area for zone, area in areas.items() if zones()[zone]["kind"] == "functional_area"}
    shown = {entry["id"]: entry["criteria"][0] for entry in every_place(answer)}
    assert set(shown) == {zone for zone, area in areas.items() if area >= 250} and len(shown) < len(areas)
    for zone, value in shown.items():
        assert value["raw"] == pytest.approx(250 / areas[zone], rel=1e-4)
        assert value["normalised"] == pytest.approx(measured.curve(CURVES["size"], value["raw"]), abs=1e-6)


def test_gateways_weigh_by_the_table_of_needs(api: httpx.Client) -> None:
    table = yaml.safe_load((ROOT / "app" / "evidence" / "needs.yaml").read_text(encoding="utf-8"))
    mentioned = {entry for row in table for key in ("industries", "except") for entry in row.get(key, ())}
    below = sorted(mentioned | {key for key, entry in industries().items() if entry.parent in mentioned})[::2]
    for industry in below:
        line = set(lineage(industry))
        wanted = {
            row["gateway"] for row in table if line & set(row["industries"]) and not line & set(row.get("except", ()))
        }
        for needs in ("on", "off"):
            answer = api.get("/api/siting", params={"industries": industry, "needs": needs, "limit": 1}).json()
            given = answer["request"]["weights"]
            weighing = {name for name in given if given[name] and name.removesuffix("_away") in GATEWAYS}
            assert weighing == (wanted if needs == "on" else set()), industry
            assert {entry["gateway"] for entry in answer["request"]["needs"]} == weighing, industry
