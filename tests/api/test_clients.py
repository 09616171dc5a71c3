"""What GIS programs make of /ogc: GDAL's OAPIF driver, pyogrio and OWSLib read every collection, page by page."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import psycopg
import pyogrio
import pytest
import shapely
from owslib.ogcapi.features import Features
from shapely.geometry import shape

from app.registry.reader import read_registry
from tests.conftest import ROOT, Server

LAYERS = read_registry(ROOT / "layers").layers
SMALL_PAGE = 3

WITHOUT_PROXY = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}

needs_gdal = pytest.mark.skipif(
    shutil.which("ogr2ogr") is None or "OAPIF" not in subprocess.getoutput("ogrinfo --formats"),
    reason="no ogr2ogr with the OAPIF driver on this machine (Debian: apt-get install gdal-bin)",
)
needs_pyogrio = pytest.mark.skipif(
    "OAPIF" not in pyogrio.list_drivers(), reason="the GDAL in pyogrio's wheel has no OAPIF driver"
)

Bounds = tuple[float, float, float, float]


@pytest.fixture(scope="session")
def stored(live_server: Server) -> Iterator[dict[str, dict[str, Bounds | None]]]:
    """Return what the database holds: for each layer its features' ids, and their bounds, longitude first."""
    found: dict[str, dict[str, Bounds | None]] = {}
    with psycopg.connect(live_server.database_url) as connection:
        for layer_id, layer in LAYERS.items():
            source = layer.source
            box = ", ".join(f"ST_{end}({source.geometry})" for end in ("XMin", "YMin", "XMax", "YMax"))
            rows = connection.execute(f"SELECT {source.key}::text, {box} FROM {source.relation} s").fetchall()
            found[layer_id] = {key: None if bounds[0] is None else tuple(bounds) for key, *bounds in rows}
    yield found


def ids_where(server: Server, layer_id: str, condition: str) -> set[str]:
    """Return the ids for which a condition of PostgreSQL's own holds."""
    source = LAYERS[layer_id].source
    with psycopg.connect(server.database_url) as connection:
        rows = connection.execute(f"SELECT {source.key}::text FROM {source.relation} s WHERE {condition}").fetchall()
    assert rows, "a condition that holds for nothing proves nothing"
    return {key for (key,) in rows}


def assert_same_places(found: dict[str, Bounds | None], expected: dict[str, Bounds | None], layer_id: str) -> None:
    assert found.keys() == expected.keys(), layer_id
    for key, bounds in expected.items():
        if bounds is None:
            assert found[key] is None, f"{layer_id} {key}"
        else:
            assert found[key] == pytest.approx(bounds, abs=1e-6), f"{layer_id} {key}"


# --- GDAL ------------------------------------------------------------------------------------------------------------


def gdal(*command: str) -> tuple[str, list[str]]:
    """Run a program of GDAL; return what it printed and the addresses it asked."""
    environment = {**WITHOUT_PROXY, "CPL_DEBUG": "ON"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 0 and "ERROR" not in done.stderr, done.stderr
    return done.stdout, re.findall(r"HTTP: Fetch\((http.*)\)$", done.stderr, re.MULTILINE)


def read_with_gdal(
    server: Server, layer_id: str, *options: str, page: int = SMALL_PAGE
) -> tuple[list[dict], list[str]]:
    """Return the features that GDAL gets of a collection, and the addresses of the pages it asked."""
    source = f"OAPIF:{server.url}/ogc"
    command = ["ogr2ogr", "-f", "GeoJSONSeq", "/vsistdout/", source, layer_id, "-oo", f"PAGE_SIZE={page}", *options]
    printed, asked = gdal(*command)
    pages = [one for one in asked if urlsplit(one).path.endswith("/items")]
    return [json.loads(line.strip("\x1e")) for line in printed.splitlines() if line.strip()], pages


def asked_of_the_server(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@needs_gdal
def test_gdal_lists_every_collection(live_server: Server) -> None:
    printed, _ = gdal("ogrinfo", "-ro", "-q", f"OAPIF:{live_server.url}/ogc")
    assert re.findall(r"^\d+: (\S+)", printed, re.MULTILINE) == list(LAYERS)


@needs_gdal
def test_gdal_reads_every_collection_whole(live_server: Server, stored: dict[str, dict[str, Bounds | None]]) -> None:
    for layer_id, expected in stored.items():
        features, pages = read_with_gdal(live_server, layer_id)
        ids = [feature["properties"]["id"] for feature in features]
        assert len(ids) == len(set(ids)), f"{layer_id}: a feature came twice"
        places = {
            feature["properties"]["id"]: shape(feature["geometry"]).bounds if feature["geometry"] else None
            for feature in features
        }
        assert_same_places(places, expected, layer_id)
        assert len(pages) >= len(expected) / SMALL_PAGE, f"{layer_id} was not read in small pages"


@needs_gdal
def test_gdal_gets_the_titles_counts_and_extents(live_server: Server, stored: dict[str, dict]) -> None:
    for layer_id, expected in stored.items():
        printed, _ = gdal("ogrinfo", "-ro", "-so", f"OAPIF:{live_server.url}/ogc", layer_id)
        assert f"Feature Count: {len(expected)}\n" in printed
        assert LAYERS[layer_id].title.zh in printed
        extent = re.search(r"Extent: \((\S+), (\S+)\) - \((\S+), (\S+)\)", printed)
        assert extent is not None
        west, south, east, north = (float(one) for one in extent.groups())
        boxes = [bounds for bounds in expected.values() if bounds]
        assert west <= min(box[0] for box in boxes) and south <= min(box[1] for box in boxes), layer_id
        assert east >= max(box[2] for box in boxes) and north >= max(box[3] for box in boxes), layer_id


@needs_gdal
@pytest.mark.parametrize(
    "condition",
    [
        "administration = 'teda'",
        "name_zh = '东疆港保税区'",
        "level = 'national' AND lead_sector_id = 'biomedicine'",
    ],
)
def test_gdal_lets_the_server_compare(live_server: Server, condition: str) -> None:
    """Words that mean the same to GDAL and to PostgreSQL."""
    expected = ids_where(live_server, "parks", condition)
    features, pages = read_with_gdal(live_server, "parks", "-where", condition, page=100)
    assert {feature["properties"]["id"] for feature in features} == expected
    assert_pushed_down(pages, {"filter", "administration", "name_zh", "level"}, len(expected))


@needs_gdal
@pytest.mark.parametrize(
    "condition",
    [
        "area_ha > 1000",
        "area_ha >= 100.5 AND name_zh LIKE '%科技%'",
        "name_en ILIKE '%airport%'",
        "administration = 'teda' OR NOT (level = 'national')",
        "administration IN ('teda', 'ecocity')",
        "area_ha IS NULL AND level = 'town'",
        "name_zh <> '它''s \"x\"; -- 一'",
    ],
)
def test_gdal_lets_the_server_filter(live_server: Server, condition: str) -> None:
    """GDAL writes such a filter in the draft's CQL text, for a service that offers ``cql-text``."""
    expected = ids_where(live_server, "parks", condition)
    features, pages = read_with_gdal(live_server, "parks", "-where", condition, page=100)
    assert {feature["properties"]["id"] for feature in features} == expected
    if " IN (" not in condition:  # GDAL evaluates IN itself
        assert_pushed_down(pages, {"filter"}, len(expected))


def assert_pushed_down(pages: list[str], one_of: set[str], count: int) -> None:
    """See that the filter stood in the address, and that the server answered it with no more than what was wanted."""
    last = pages[-1]
    assert one_of & asked_of_the_server(last).keys(), f"GDAL filtered by itself: {last}"
    answer = httpx.get(last, headers={"Accept": "application/geo+json"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["numberMatched"] == count


@needs_gdal
def test_gdal_lets_the_server_cut_out_a_box(live_server: Server) -> None:
    box = (117.30, 38.95, 117.55, 39.15)
    envelope = f"ST_Intersects(geom, ST_MakeEnvelope({', '.join(map(str, box))}, 4490))"
    expected = ids_where(live_server, "parks", envelope)
    assert len(expected) < len(ids_where(live_server, "parks", "true"))
    features, pages = read_with_gdal(live_server, "parks", "-spat", *map(str, box), page=100)
    assert {feature["properties"]["id"] for feature in features} == expected
    sent = asked_of_the_server(pages[-1])["bbox"].split(",")
    assert [float(one) for one in sent] == pytest.approx(box)
    assert_pushed_down(pages, {"bbox"}, len(expected))

    both = ids_where(live_server, "parks", f"{envelope} AND level = 'national'")
    features, pages = read_with_gdal(live_server, "parks", "-spat", *map(str, box), "-where", "level = 'national'")
    assert {feature["properties"]["id"] for feature in features} == both
    assert asked_of_the_server(pages[-1]).keys() >= {"bbox"}


@needs_gdal
def test_gdal_asks_for_one_feature_by_its_id(live_server: Server) -> None:
    printed, asked = gdal("ogrinfo", "-ro", "-q", f"OAPIF:{live_server.url}/ogc", "parks", "-where", "id = 'dongjiang'")
    assert printed.count("OGRFeature(parks)") == 1 and "东疆港保税区" in printed
    assert asked[-1] == f"{live_server.url}/ogc/collections/parks/items/dongjiang"


# --- pyogrio ---------------------------------------------------------------------------------------------------------


@needs_pyogrio
def test_pyogrio_reads_every_collection_whole(live_server: Server, stored: dict[str, dict[str, Bounds | None]]) -> None:
    source = f"OAPIF:{live_server.url}/ogc"
    assert [name for name, _ in pyogrio.list_layers(source)] == list(LAYERS)
    for layer_id, expected in stored.items():
        meta, table = pyogrio.read_arrow(source, layer=layer_id, PAGE_SIZE=str(SMALL_PAGE))
        assert meta["crs"] in ("EPSG:4490", "OGC:CRS84", "EPSG:4326")
        ids = table["id"].to_pylist()
        assert len(ids) == len(set(ids)), f"{layer_id}: a feature came twice"
        shapes = shapely.from_wkb(table[meta["geometry_name"] or "wkb_geometry"].to_pylist())
        # GDAL asks in the stored CRS, where latitude comes first, and turns the axes round for its users.
        places = {key: one.bounds if one is not None else None for key, one in zip(ids, shapes, strict=True)}
        assert_same_places(places, expected, layer_id)


@needs_pyogrio
def test_pyogrio_lets_the_server_filter(live_server: Server) -> None:
    code = (
        "import sys, pyogrio\n"
        "_, table = pyogrio.read_arrow(sys.argv[1], layer='parks', where=\"administration = 'teda'\","
        " bbox=(117.5, 38.9, 117.8, 39.2))\n"
        "print(*table['id'].to_pylist())"
    )
    printed, asked = gdal(sys.executable, "-c", code, f"OAPIF:{live_server.url}/ogc")
    box = "ST_Intersects(geom, ST_MakeEnvelope(117.5, 38.9, 117.8, 39.2, 4490))"
    assert set(printed.split()) == ids_where(live_server, "parks", f"administration = 'teda' AND {box}")
    sent = asked_of_the_server(asked[-1])
    assert {"filter", "administration"} & sent.keys() and "bbox" in sent


# --- OWSLib ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def owslib(live_server: Server) -> Features:
    return Features(f"{live_server.url}/ogc")


def test_owslib_finds_its_way(owslib: Features) -> None:
    assert owslib.feature_collections() == list(LAYERS)
    assert owslib.api()["openapi"].startswith("3.0.")
    classes = owslib.conformance()["conformsTo"]
    for name in ("core", "oas30", "html", "geojson"):
        assert f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" in classes
    for layer_id, layer in LAYERS.items():
        collection = owslib.collection(layer_id)
        assert collection["id"] == layer_id and layer.title.zh in collection["title"]
        assert collection["crs"][0] == "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
        assert collection["storageCrs"] == "http://www.opengis.net/def/crs/EPSG/0/4490"


def test_owslib_pages_through_every_collection(owslib: Features, stored: dict[str, dict[str, Bounds | None]]) -> None:
    for layer_id, expected in stored.items():
        features: list[dict] = []
        query: dict[str, str] | None = {"limit": str(SMALL_PAGE)}
        while query is not None:
            page = owslib.collection_items(layer_id, **query)
            assert page["numberMatched"] == len(expected)
            assert page["numberReturned"] == len(page["features"]) <= SMALL_PAGE
            features += page["features"]
            following = [link for link in page["links"] if link["rel"] == "next"]
            assert len(following) <= 1 and len(features) <= len(expected)
            query = dict(parse_qsl(urlsplit(following[0]["href"]).query)) if following else None
        ids = [feature["id"] for feature in features]
        assert len(ids) == len(set(ids)), f"{layer_id}: a feature came twice"
        places = {
            feature["id"]: shape(feature["geometry"]).bounds if feature["geometry"] else None for feature in features
        }
        assert_same_places(places, expected, layer_id)


def test_owslib_filters(owslib: Features, live_server: Server) -> None:
    queryables = owslib.collection_queryables("parks")["properties"]
    assert {"level", "name_zh", "area_ha"} <= queryables.keys()

    def ids(**query: object) -> set[str]:
        return {feature["id"] for feature in owslib.collection_items("parks", limit=1000, **query)["features"]}

    text = "area_ha > 1000 AND name_zh LIKE '%区'"
    assert ids(filter=text) == ids_where(live_server, "parks", text)
    box = "ST_Intersects(geom, ST_MakeEnvelope(117.5, 38.9, 117.8, 39.2, 4490))"
    assert ids(bbox=[117.5, 38.9, 117.8, 39.2]) == ids_where(live_server, "parks", box)
    assert owslib.collection_item("parks", "dongjiang")["properties"]["name_zh"] == "东疆港保税区"
    pages = owslib.collection_items("parks", limit=1000, sortby=("area_ha", "desc"))["features"]
    areas = [one["properties"]["area_ha"] for one in pages if one["properties"]["area_ha"] is not None]
    assert areas == sorted(areas, reverse=True) and len(areas) > 1


# --- any client ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 2, 7])
@pytest.mark.parametrize("sortby", ["", "name_zh", "-name_zh", "note_en,-id"])
def test_following_next_returns_every_feature_once(
    api: httpx.Client, stored: dict[str, dict[str, Bounds | None]], limit: int, sortby: str
) -> None:
    for layer_id, expected in stored.items():
        if any(
            one.strip("-") not in {"id", *(f.name for f in LAYERS[layer_id].fields)} for one in sortby.split(",") if one
        ):
            continue
        ids: list[str] = []
        address: str | None = f"/ogc/collections/{layer_id}/items?limit={limit}" + (
            f"&sortby={sortby}" if sortby else ""
        )
        while address is not None:
            answer = api.get(address)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            ids += [feature["id"] for feature in page["features"]]
            assert len(ids) <= len(expected), f"{layer_id}: more than there is"
            following = {link["rel"]: link["href"] for link in page["links"]}
            address = following.get("next")
        assert sorted(ids) == sorted(expected), layer_id
