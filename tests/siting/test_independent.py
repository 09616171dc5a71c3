"""An independent computation: values, scores and ranks from the exported GeoJSON and the fact files, without our code.

geopandas and pyproj measure, pymcdm scores; what the documents name is read from geodata/ once more.
"""

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import geopandas
import httpx
import numpy as np
import pytest
from pymcdm.methods import TOPSIS, WSM
from pymcdm.normalizations import minmax_normalization
from pyproj import Geod
from scipy.stats import rankdata, spearmanr

GEODATA = Path(__file__).resolve().parents[2] / "geodata"
GEOD = Geod(ellps="GRS80")
"""The ellipsoid of CGCS2000 to a tenth of a millimetre."""

KINDS = {"port": "port_area", "airport": "airport", "rail": "rail_station", "metro": "metro_station"}
CURVES = {
    "port": ([10, 30, 60, 100], [1, 0.6, 0.2, 0]),
    "airport": ([10, 30, 60, 100], [1, 0.6, 0.2, 0]),
    "rail": ([3, 10, 25, 50], [1, 0.7, 0.3, 0]),
    "metro": ([1, 3, 8, 20], [1, 0.7, 0.3, 0]),
    "size": ([0.05, 0.2, 0.5, 1.0], [1, 0.8, 0.4, 0.1]),
    "industry": ([0, 100], [0, 1]),
    "policy": ([0, 100], [0, 1]),
    "agglomeration": ([0, 2, 5, 8], [0, 0.4, 0.8, 1]),
    "crowding": ([0, 1, 2, 4, 8], [1, 0.8, 0.6, 0.3, 0]),
}
"""The value functions as docs/siting.md prints them."""

LEVELS = {"national": 1.0, "municipal": 0.7, "district": 0.5, "town": 0.4}
NEEDED_HA = 80.0


def rows(name: str) -> list[dict[str, str]]:
    paths = sorted((GEODATA / name).glob("*.csv")) if (GEODATA / name).is_dir() else [GEODATA / f"{name}.csv"]
    found = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


# Named with a theme park (集成电路, 氢能), with a plan area as a whole (先进化工材料), and with parks alone.
@pytest.fixture(scope="module", params=["集成电路", "现代中药", "海洋工程装备", "先进化工材料", "氢能"])
def industry(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def exported(api: httpx.Client, industry: str) -> geopandas.GeoDataFrame:
    asked: dict[str, Any] = {"industries": industry, "area": f"{NEEDED_HA:g}公顷", "preset": "balanced", "limit": 1000}
    text = api.get("/api/siting.geojson", params=asked).raise_for_status().text
    frame = geopandas.GeoDataFrame.from_features(json.loads(text)["features"], crs="EPSG:4490")
    frame.index = [one["id"] for one in json.loads(text)["features"]]
    assert len(frame) > 45
    return frame


@pytest.fixture(scope="module")
def answer(api: httpx.Client, industry: str) -> dict[str, Any]:
    asked: dict[str, Any] = {"industries": industry, "area": f"{NEEDED_HA:g}公顷", "preset": "balanced", "limit": 1000}
    found: dict[str, Any] = api.get("/api/siting", params=asked).raise_for_status().json()
    return found


def names(frame: geopandas.GeoDataFrame) -> list[str]:
    return [one.removesuffix("_weight") for one in frame.columns if one.endswith("_weight")]


@pytest.mark.filterwarnings("ignore:Geometry is in a geographic CRS")
def test_distances_are_those_of_pyproj(exported: geopandas.GeoDataFrame) -> None:
    placed = exported[~exported.geometry.isna()]
    middles = placed.geometry.centroid
    for gateway, kind in KINDS.items():
        facilities = [one for one in rows("facilities") if one["kind"] == kind and one["trains"] != "ordinary"]
        for zone, middle in middles.items():
            nearest = min(
                GEOD.inv(middle.x, middle.y, float(one["lon"]), float(one["lat"]))[2] / 1000 for one in facilities
            )
            assert placed.loc[zone, f"{gateway}_raw"] == pytest.approx(nearest, abs=0.002), (gateway, zone)


def test_shares_are_those_of_the_published_or_measured_areas(exported: geopandas.GeoDataFrame) -> None:
    published = {one["id"]: one["official_area_ha"] for one in rows("zones")}
    measured = outlines_that_rest_on_a_document()
    known = set()
    for zone, place in exported.iterrows():
        if not published[zone] and zone not in measured:
            # An estimate has no area: nothing is divided by it, and it rules nothing out.
            assert np.isnan(place.size_raw) and place.size_missing and np.isnan(place.area_ha), zone
            continue
        known.add(zone)
        area = float(published[zone]) if published[zone] else abs(GEOD.geometry_area_perimeter(place.geometry)[0]) / 1e4
        assert place.size_raw == pytest.approx(NEEDED_HA / area, abs=1e-6), zone
        assert not place.size_missing, zone
    assert known and known < set(exported.index)


def outlines_that_rest_on_a_document() -> set[str]:
    features = [
        feature
        for path in (GEODATA / "footprints").glob("*.geojson")
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
    ]
    return {one["properties"]["id"] for one in features if one["properties"]["extent_basis"] == "document"}


def line(zone: str, parents: dict[str, str]) -> list[str]:
    found = [zone]
    while parents.get(found[-1]):
        found.append(parents[found[-1]])
    return found


def relation(asked: str, said: str, taxonomy: dict[str, dict[str, str]], chained: set[str]) -> str | None:
    parents = {key: row["parent"] for key, row in taxonomy.items()}
    if asked == said:
        return "same"
    if asked in line(said, parents):
        return "part"
    if said in line(asked, parents):
        return "sector" if taxonomy[said]["kind"] == "sector" else "above"
    return "chain" if set(line(said, parents)) & chained else None


def test_industry_fit_is_what_the_fact_files_give(exported: geopandas.GeoDataFrame, industry: str) -> None:
    taxonomy: dict[str, dict[str, str]] = {}
    for row in rows("industries"):
        taxonomy.setdefault(row["id"], row)
    asked = next(key for key, row in taxonomy.items() if row["name_zh"] == industry)
    chained = {
        other
        for row in rows("value_chains")
        for one, other in _links(row)
        if one == asked
    }  # fmt: skip
    zones = {row["id"]: row for row in rows("zones")}
    parents = {key: row["parent"] for key, row in zones.items()}
    statements = defaultdict(list)
    for row in rows("zone_industries"):
        statements[row["subject"]].append(row)
    for zone, place in exported.iterrows():
        points = _fit(str(zone), asked, statements, zones, parents, taxonomy, chained)
        assert place.industry_raw == pytest.approx(points, abs=0.006), zone


def _links(row: dict[str, str]) -> list[tuple[str, str]]:
    pairs = [(row["upstream"], row["downstream"]), (row["chain"], row["upstream"]), (row["chain"], row["downstream"])]
    return [pair for one, other in pairs if one != other for pair in ((one, other), (other, one))]


def _fit(zone: str, asked: str, statements: Any, zones: Any, parents: Any, taxonomy: Any, chained: set[str]) -> float:
    near = {"same": 1.0, "part": 0.9, "above": 0.7, "sector": 0.45, "chain": 0.3}
    rank = {"leading": 1.0, "supporting": 0.7, "service": 0.9}
    places = [(zone, 1.0)]
    if zones[zone]["kind"] == "park":
        places += [(key, 0.9) for key in zones if key != zone and zone in line(key, parents)]
    # A theme park counts where a document names the zone itself as its host; a plan element for its members.
    places += [(row["theme_park"], 0.9) for row in rows("theme_park_hosts") if row["host"] == zone]
    places += [(row["id"], 0.6) for row in rows("plan_elements") if zone in row["members"].split(";")]
    for around in line(zone, parents)[1:]:
        factor = {"park": 0.6, "development_zone": 0.6, "district": 0.3}.get(zones[around]["kind"])
        places += [(around, factor)] if factor else []
    found = []
    for key, factor in places:
        for row in statements[key]:
            how = relation(asked, row["industry"], taxonomy, chained)
            if how:
                found.append((near[how] * rank[row["rank"]] * factor, how, factor, row["document"]))
    if not found:
        return 0.0
    best = max(found, key=lambda one: one[0])
    agreeing = {"same": ("same", "part"), "part": ("same", "part"), "above": ("same", "part", "above")}
    documents: dict[str, float] = {}
    for _, how, factor, document in found:
        if how in agreeing.get(best[1], (best[1],)):
            documents[document] = max(documents.get(document, 0), factor)
    return 100 * best[0] * (0.8 + 0.1 * min(max(sum(documents.values()) - 1, 0), 2))


def test_crowding_counts_the_parks_within_fifteen_kilometres(exported: geopandas.GeoDataFrame, industry: str) -> None:
    taxonomy = {row["id"]: row for row in reversed(rows("industries"))}
    parents = {key: row["parent"] for key, row in taxonomy.items()}
    asked = next(key for key, row in taxonomy.items() if row["name_zh"] == industry)
    leading = {
        row["subject"]
        for row in rows("zone_industries")
        if row["rank"] == "leading" and asked in line(row["industry"], parents)
    }
    zones = {row["id"]: row for row in rows("zones")}
    around = {key: row["parent"] for key, row in zones.items()}
    parks = exported[[zones[key]["kind"] != "functional_area" for key in exported.index]]
    for zone, place in exported.iterrows():
        count = sum(
            GEOD.inv(place.longitude, place.latitude, other.longitude, other.latitude)[2] <= 15_000
            for key, other in parks.iterrows()
            if key != zone and key in leading and key not in line(str(zone), around)
        )
        assert place.crowding_raw == count, zone


def test_values_follow_the_printed_curves(exported: geopandas.GeoDataFrame) -> None:
    for name in names(exported):
        if name == "level":
            expected = exported.level.map(LEVELS)
        else:
            expected = np.interp(exported[f"{name}_raw"].astype(float), *CURVES[name])
        known = ~exported[f"{name}_missing"].astype(bool)
        assert np.allclose(exported[f"{name}_value"][known], np.asarray(expected)[known], atol=1e-6), name
        assert (exported[f"{name}_value"][~known] == 0.5).all()


@pytest.mark.filterwarnings("ignore:Alternatives with indices")
def test_scores_and_ranks_are_those_of_pymcdm(exported: geopandas.GeoDataFrame, answer: dict[str, Any]) -> None:
    criteria = names(exported)
    matrix = exported[[f"{name}_value" for name in criteria]].to_numpy(dtype=float)
    weights = exported[[f"{name}_weight" for name in criteria]].iloc[0].to_numpy(dtype=float)
    assert weights.sum() == pytest.approx(1)
    types = np.ones(len(criteria))
    # An ideal and an anti-ideal beside the candidates: normalising between the least and the most changes nothing then.
    framed = np.vstack([matrix, np.ones(len(criteria)), np.zeros(len(criteria))])
    scores = WSM(minmax_normalization)(framed, weights, types)[:-2]
    assert np.allclose(exported.score, 100 * scores, atol=1e-4)
    assert list(exported["rank"]) == list(rankdata(-exported.score, method="min"))
    closeness = TOPSIS(minmax_normalization)(framed, weights, types)[:-2]
    ours = answer["sensitivity"]["topsis"]
    assert np.allclose([ours["closeness"][zone] for zone in exported.index], closeness, atol=1e-5)
    assert ours["rank_correlation"] == pytest.approx(spearmanr(exported.score, closeness.round(6)).statistic, abs=1e-3)
    assert ours["same_winner"] == (int(np.argmax(closeness)) == int(np.argmax(exported.score)))
