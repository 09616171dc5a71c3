"""/tiles/{layer}/{z}/{x}/{y}.mvt on the real data, read by a decoder of our own and by GDAL."""

import asyncio
import math
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pyogrio
import pytest
import shapely
from fastapi import FastAPI
from pyproj import Transformer
from shapely.geometry import shape

from tests.tiles.decoder import Feature, decode

MVT = "application/vnd.mapbox-vector-tile"
SIDE = 40075016.685578488
TO_MERCATOR = Transformer.from_crs(4326, 3857, always_xy=True)


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    n = 2**z
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * n), int(down * n)


def box(z: int, x: int, y: int, buffer: float = 0) -> shapely.Polygon:
    side = SIDE / 2**z
    west, north = -SIDE / 2 + x * side, SIDE / 2 - y * side
    margin = side * buffer / 4096
    return shapely.box(west - margin, north - side - margin, west + side + margin, north + margin)


def mercator(api: httpx.Client, layer: str) -> dict[str, Any]:
    body = api.get(f"/layers/{layer}.geojson").json()
    return {
        feature["id"]: shapely.transform(shape(feature["geometry"]), TO_MERCATOR.transform, interleaved=False)
        for feature in body["features"]
        if feature["geometry"] is not None
    }


def fetch(api: httpx.Client, path: str, **query: str) -> list[Feature]:
    answer = api.get(path, params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == MVT
    (layer,) = decode(answer.content)
    assert layer.version == 2 and layer.extent == 4096
    assert layer.name == path.split("/")[2]
    return layer.features


@pytest.mark.parametrize(
    ("layer", "z", "at"),
    [
        ("parks", 12, (117.70, 39.03)), ("parks", 13, (117.70, 39.03)), ("districts", 12, (117.5, 39.1)),
        ("facilities", 11, (117.35, 39.12)), ("plan-binhai", 14, (117.72, 39.04)),
    ],
)  # fmt: skip
def test_a_tile_holds_what_touches_it(tiles: httpx.Client, layer: str, z: int, at: tuple[float, float]) -> None:
    x, y = tile_of(*at, z)
    found = fetch(tiles, f"/tiles/{layer}/{z}/{x}/{y}.mvt")
    area = box(z, x, y, 64)
    unit = SIDE / 2**z / 4096
    geometries = mercator(tiles, layer)
    ids = [feature.properties["id"] for feature in found]
    assert len(set(ids)) == len(ids)
    surely = {key for key, one in geometries.items() if one.intersection(area).buffer(-2 * unit).area > 0}
    if layer == "facilities":
        surely = {key for key, one in geometries.items() if one.within(area)}
    perhaps = {key for key, one in geometries.items() if one.distance(area) <= 2 * unit}
    assert surely and surely <= set(ids) <= perhaps


def test_outlines_stand_where_pyproj_puts_them(tiles: httpx.Client) -> None:
    z = 12
    x, y = tile_of(117.70, 39.03, z)
    geometries = mercator(tiles, "parks")
    area = box(z, x, y, 64)
    west, _, _, north = box(z, x, y).bounds
    unit = SIDE / 2**z / 4096
    for feature in fetch(tiles, f"/tiles/parks/{z}/{x}/{y}.mvt"):
        assert feature.kind == 3
        rings = [[(west + i * unit, north - j * unit) for i, j in ring] for ring in feature.parts]
        drawn = shapely.union_all(shapely.make_valid([shapely.Polygon(ring) for ring in rings]))
        expected = geometries[feature.properties["id"]].intersection(area)
        assert drawn.hausdorff_distance(expected) < 2 * unit, feature.properties["id"]


def test_attributes_are_those_of_the_layer(tiles: httpx.Client) -> None:
    x, y = tile_of(117.70, 39.03, 12)
    found = {one.properties["id"]: one for one in fetch(tiles, f"/tiles/parks/12/{x}/{y}.mvt")}
    whole = {one["id"]: one["properties"] for one in tiles.get("/layers/parks.geojson").json()["features"]}
    east = found["teda-east"].properties
    assert east["name_zh"] == "经开区东区"
    assert "集成电路" in east["industries_zh"].split("、")
    for key, feature in found.items():
        assert feature.id is None
        for name, value in whole[key].items():
            if value is None:
                assert name not in feature.properties
            elif isinstance(value, list):
                assert feature.properties[name] == "、".join(value)
            elif isinstance(value, float):
                assert feature.properties[name] == pytest.approx(value)
            else:
                assert feature.properties[name] == value


def test_gdal_reads_it(tiles: httpx.Client, tmp_path: Path) -> None:
    x, y = tile_of(117.70, 39.03, 12)
    file = tmp_path / "tile.mvt"
    file.write_bytes(tiles.get(f"/tiles/parks/12/{x}/{y}.mvt").content)
    assert [name for name, _ in pyogrio.list_layers(file)] == ["parks"]
    frame = pyogrio.read_dataframe(file, layer="parks", X=x, Y=y, Z=12)
    assert len(frame) == len(fetch(tiles, f"/tiles/parks/12/{x}/{y}.mvt"))
    assert "经开区东区" in set(frame["name_zh"])
    assert frame.crs.to_epsg() == 3857 and frame.total_bounds[0] < SIDE / 2
    assert shapely.box(*frame.total_bounds).intersects(box(12, x, y))


def test_properties_are_selected(tiles: httpx.Client) -> None:
    x, y = tile_of(117.70, 39.03, 12)
    path = f"/tiles/parks/12/{x}/{y}.mvt"
    assert {key for one in fetch(tiles, path, properties="name_zh,area_ha") for key in one.properties} == {
        "id", "name_zh", "area_ha",
    }  # fmt: skip
    assert {key for one in fetch(tiles, path, properties="") for key in one.properties} == {"id"}
    one = tiles.get(path, params={"properties": "name_zh,area_ha"})
    other = tiles.get(path, params={"properties": "area_ha,name_zh"})
    assert one.content == other.content and one.headers["etag"] == other.headers["etag"]
    assert one.headers["etag"] != tiles.get(path).headers["etag"]
    wrong = tiles.get(path, params={"properties": "name_zh,nothing"})
    assert wrong.status_code == 400 and "name_zh" in wrong.json()["errors"][0]["allowed"]


def test_the_same_tile_has_the_same_bytes(app: FastAPI, tiles: httpx.Client) -> None:
    x, y = tile_of(117.5, 39.1, 8)
    for layer in ("parks", "districts", "projects", "facilities"):
        path = f"/tiles/{layer}/8/{x}/{y}.mvt"
        first = tiles.get(path)
        app.state.answers._entries.clear()
        again = tiles.get(path)
        assert first.status_code == again.status_code == 200
        assert first.content == again.content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tiles/parks/10/0/0.mvt", 204),  # the Arctic Ocean
        ("/tiles/parks/23/0/0.mvt", 404),
        ("/tiles/parks/99999999999/0/0.mvt", 404),
        ("/tiles/parks/-1/0/0.mvt", 404),
        ("/tiles/parks/3/8/0.mvt", 404),
        ("/tiles/parks/3/0/8.mvt", 404),
        ("/tiles/parks/3/-1/0.mvt", 404),
        ("/tiles/parks/z/0/0.mvt", 400),
        ("/tiles/parks/3/1.5/0.mvt", 400),
        ("/tiles/parks/3/٣/0.mvt", 400),
        ("/tiles/parks/3/0/0.mvt?limit=5", 400),
        ("/tiles/parks/3/0/0.mvt?properties=level&properties=kind", 400),
        ("/tiles/nothing/3/0/0.mvt", 404),
        ("/tiles/nothing.json", 404),
        ("/tiles/nothing/style.json", 404),
        ("/tiles/parks.json?f=json", 400),
    ],
)
def test_what_there_is_not(tiles: httpx.Client, path: str, status: int) -> None:
    for _ in range(2):  # made, then from memory
        answer = tiles.get(path)
        assert answer.status_code == status, answer.text
        if status == 204:
            assert answer.content == b"" and "content-type" not in answer.headers and answer.headers["etag"]
        else:
            assert answer.headers["content-type"] == "application/problem+json"


def test_a_client_that_has_the_tile_gets_304(tiles: httpx.Client) -> None:
    x, y = tile_of(117.70, 39.03, 12)
    for path in (f"/tiles/parks/12/{x}/{y}.mvt", "/tiles/parks/10/0/0.mvt", "/tiles/parks.json"):
        first = tiles.get(path)
        assert first.headers["cache-control"] == "public, max-age=60"
        for _ in range(2):
            again = tiles.get(path, headers={"If-None-Match": first.headers["etag"]})
            assert again.status_code == 304 and again.content == b""
            assert again.headers["etag"] == first.headers["etag"]


def test_304_does_not_ask_for_features(tiles: httpx.Client, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = tile_of(117.70, 39.03, 13)
    path = f"/tiles/parks/13/{x}/{y}.mvt"
    tag = tiles.get(path).headers["etag"]
    app.state.answers._entries.clear()

    async def nothing(*_: Any) -> bytes:
        raise AssertionError("the tile was asked for")

    monkeypatch.setattr(app.state.reader, "bytes_value", nothing)
    assert tiles.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_tiles_are_compressed_once(tiles: httpx.Client) -> None:
    x, y = tile_of(117.70, 39.03, 12)
    path = f"/tiles/parks/12/{x}/{y}.mvt"
    plain = tiles.get(path)
    assert "content-encoding" not in plain.headers
    for _ in range(2):
        with tiles.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
            raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert int(answer.headers["content-length"]) == len(raw) < len(plain.content)
        assert zlib.decompress(raw, 31) == plain.content


def test_identical_misses_are_made_once(tiles: httpx.Client, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = tile_of(117.70, 39.03, 15)
    asked = 0
    real = app.state.reader.bytes_value

    async def counted(statement: str, values: dict[str, Any]) -> bytes:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0.2)
        return await real(statement, values)

    monkeypatch.setattr(app.state.reader, "bytes_value", counted)

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(tiles.get, [f"/tiles/parks/15/{x}/{y}.mvt"] * 10))
    contents = [answer.content for answer in answers]
    assert asked == 1 and len(set(contents)) == 1 and contents[0]


def test_head(tiles: httpx.Client) -> None:
    x, y = tile_of(117.70, 39.03, 12)
    answer = tiles.head(f"/tiles/parks/12/{x}/{y}.mvt")
    assert answer.status_code == 200 and answer.headers["content-type"] == MVT and answer.content == b""
