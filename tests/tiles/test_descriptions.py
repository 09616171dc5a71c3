"""TileJSON, style and OGC API - Tiles: what clients are told of the tiles."""

import re
from typing import Any

import httpx
import pytest

from tests.asgi import client_of
from tests.tiles.decoder import decode

REL = "http://www.opengis.net/def/rel/ogc/1.0/"
OAS30 = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30"
TMS = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"


def get(api: httpx.Client, path: str, **headers: str) -> Any:
    answer = api.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def path_of(url: str) -> str:
    return url.removeprefix("http://testserver")


def links(document: Any, rel: str) -> list[dict[str, Any]]:
    return [one for one in document["links"] if one["rel"] == rel]


def layers(api: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(api, "/layers")["layers"]
    return found


def test_tilejson_of_every_layer(tiles: httpx.Client) -> None:
    for layer in layers(tiles):
        told = get(tiles, f"/tiles/{layer['id']}.json")
        assert told["tilejson"] == "3.0.0" and told["scheme"] == "xyz"
        (template,) = told["tiles"]
        assert template == f"http://testserver/tiles/{layer['id']}/{{z}}/{{x}}/{{y}}.mvt"
        assert 0 <= told["minzoom"] <= told["maxzoom"] <= 30
        west, south, east, north = told["bounds"]
        assert told["bounds"] == layer["extent"]
        longitude, latitude, zoom = told["center"]
        assert west <= longitude <= east and south <= latitude <= north and told["minzoom"] <= zoom <= told["maxzoom"]
        (content,) = told["vector_layers"]
        assert content["id"] == layer["id"]
        assert set(content["fields"].values()) <= {"String", "Number", "Boolean"}
        assert set(content["fields"]) == {"id", *(field["name"] for field in layer["fields"])}


def test_the_middle_of_tilejson_has_a_tile_as_described(tiles: httpx.Client) -> None:
    told = get(tiles, "/tiles/districts.json")
    kinds = {"String": str, "Number": (int, float), "Boolean": bool}
    fields = told["vector_layers"][0]["fields"]
    url = told["tiles"][0].replace("{z}", "8").replace("{x}", "211").replace("{y}", "97")
    (layer,) = decode(tiles.get(path_of(url)).content)
    assert layer.name == told["vector_layers"][0]["id"] and layer.features
    for feature in layer.features:
        for name, value in feature.properties.items():
            assert isinstance(value, kinds[fields[name]]), name


def test_addresses_are_those_behind_a_prefix(app: Any) -> None:
    with client_of(app, base_url="https://maps.example.org", root_path="/park") as client:
        assert client.get("/park/tiles/parks.json").json()["tiles"] == [
            "https://maps.example.org/park/tiles/parks/{z}/{x}/{y}.mvt"
        ]
        one = client.get("/park/tiles/parks/style.json")
        assert one.json()["sources"]["parks"]["url"] == "https://maps.example.org/park/tiles/parks.json"
    with client_of(app) as client:
        other = client.get("/tiles/parks/style.json")
        assert other.headers["etag"] != one.headers["etag"]


def test_styles_draw_what_the_layer_file_says(tiles: httpx.Client) -> None:
    for layer in layers(tiles):
        style = get(tiles, f"/tiles/{layer['id']}/style.json")
        assert style["version"] == 8 and "glyphs" not in style and "sprite" not in style
        (source,) = style["sources"]
        assert path_of(style["sources"][source]["url"]) == f"/tiles/{layer['id']}.json"
        fields = get(tiles, f"/tiles/{layer['id']}.json")["vector_layers"][0]["fields"]
        kinds = [one["type"] for one in style["layers"]]
        assert kinds == {"point": ["circle"], "line": ["line"], "polygon": ["fill", "line"]}[layer["geometry"]]
        for drawn in style["layers"]:
            assert drawn["source"] == source and drawn["source-layer"] == layer["id"]
            color = drawn["paint"][f"{drawn['type']}-color"]
            if layer["style"]["by"] is not None:
                operator, (_, (_, field)), *pairs = color
                assert operator == "match" and field == layer["style"]["by"] and field in fields
                assert pairs[-1] == layer["style"]["color"]
                wanted = {one["value"]: one["color"] for one in layer["style"]["classes"]}
                assert dict(zip(pairs[:-1:2], pairs[1:-1:2], strict=True)) == wanted
            elif not (drawn["type"] == "fill" and layer["style"].get("fill")):
                assert color == layer["style"]["color"]
        outline = style["layers"][-1]["paint"]
        if layer["geometry"] == "polygon":
            doubtful = layer["style"]["dashed"] or layer["status"] in ("indicative", "derived")
            assert ("line-dasharray" in outline) == doubtful


def test_the_tile_matrix_set_is_the_registered_one(tiles: httpx.Client) -> None:
    listed = get(tiles, "/ogc/tileMatrixSets")
    (one,) = listed["tileMatrixSets"]
    assert one["id"] == "WebMercatorQuad" and one["uri"] == TMS
    (self_link,) = links(one, "self")
    matrix_set = get(tiles, path_of(self_link["href"]))
    assert matrix_set["uri"] == TMS and matrix_set["crs"] == "http://www.opengis.net/def/crs/EPSG/0/3857"
    # Values of OGC 17-083r4, annex D.1 (WebMercatorQuad).
    values = {
        "0": (559082264.028717, 156543.033928041, 1),
        "1": (279541132.014358, 78271.5169640204, 2),
        "10": (545978.773465544, 152.874056570353, 1024),
        "18": (2132.72958384978, 0.597164283477939, 262144),
        "24": (33.3238997476528, 0.0093306919293428, 16777216),
    }
    matrices = {matrix["id"]: matrix for matrix in matrix_set["tileMatrices"]}
    assert list(matrices) == [str(z) for z in range(25)]
    for key, (scale, cell, side) in values.items():
        matrix = matrices[key]
        assert matrix["scaleDenominator"] == pytest.approx(scale, rel=1e-11)
        assert matrix["cellSize"] == pytest.approx(cell, rel=1e-11)
        assert matrix["matrixWidth"] == matrix["matrixHeight"] == side
        assert matrix["pointOfOrigin"] == [-20037508.3427892, 20037508.3427892]
        assert matrix["tileWidth"] == matrix["tileHeight"] == 256


def test_the_way_from_a_collection_to_a_tile(tiles: httpx.Client) -> None:
    tilesets = get(tiles, "/ogc/collections/parks/tiles")
    (listed,) = tilesets["tilesets"]
    assert listed["dataType"] == "vector" and listed["tileMatrixSetURI"] == TMS
    assert links(listed, f"{REL}tiling-scheme")
    tileset = get(tiles, path_of(links(listed, "self")[0]["href"]))
    assert tileset["crs"] == listed["crs"] and tileset["tileMatrixSetURI"] == TMS
    assert get(tiles, path_of(links(tileset, f"{REL}tiling-scheme")[0]["href"]))["id"] == "WebMercatorQuad"
    assert get(tiles, path_of(links(tileset, "alternate")[0]["href"]))["tilejson"] == "3.0.0"
    assert get(tiles, path_of(tileset["style"]["links"][0]["href"]))["version"] == 8
    (item,) = links(tileset, "item")
    assert item["templated"] is True and item["type"] == "application/vnd.mapbox-vector-tile"
    assert re.findall(r"{(\w+)}", item["href"]) == ["tileMatrix", "tileRow", "tileCol"]
    url = item["href"].format(tileMatrix=12, tileRow=1565, tileCol=3387)
    answer = tiles.get(path_of(url))
    assert answer.status_code == 200 and answer.headers["content-type"] == item["type"]
    assert answer.content == tiles.get("/tiles/parks/12/3387/1565.mvt").content
    west, south = tileset["boundingBox"]["lowerLeft"]
    assert [west, south] == get(tiles, "/tiles/parks.json")["bounds"][:2]


def test_the_limits_say_which_tiles_there_are(tiles: httpx.Client) -> None:
    tileset = get(tiles, "/ogc/collections/parks/tiles/WebMercatorQuad")
    limits = {one["tileMatrix"]: one for one in tileset["tileMatrixSetLimits"]}
    base = "/ogc/collections/parks/tiles/WebMercatorQuad"
    for zoom in range(25):
        last = 2**zoom - 1
        status = tiles.get(f"{base}/{zoom}/{last}/{last}").status_code
        if str(zoom) in limits:
            assert status in (200, 204)
            assert limits[str(zoom)]["maxTileRow"] == limits[str(zoom)]["maxTileCol"] == last
            assert tiles.get(f"{base}/{zoom}/{last + 1}/0").status_code == 404
        else:
            assert status == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ogc/collections/nothing/tiles", 404),
        ("/ogc/collections/nothing/tiles/WebMercatorQuad", 404),
        ("/ogc/collections/nothing/tiles/WebMercatorQuad/3/0/0", 404),
        ("/ogc/collections/parks/tiles/WorldCRS84Quad", 404),
        ("/ogc/collections/parks/tiles/WorldCRS84Quad/3/0/0", 404),
        ("/ogc/collections/parks/tiles/WebMercatorQuad/3/8/0", 404),
        ("/ogc/collections/parks/tiles/WebMercatorQuad/3/0/8", 404),
        ("/ogc/collections/parks/tiles/WebMercatorQuad/a/0/0", 400),
        ("/ogc/collections/parks/tiles/WebMercatorQuad/3/0/0?nothing=1", 400),
        ("/ogc/collections/parks/tiles/WebMercatorQuad/3/0/0?f=png", 400),
        ("/ogc/collections/parks/tiles?f=html", 400),
        ("/ogc/collections/parks/tiles?limit=1", 400),
        ("/ogc/tileMatrixSets/nothing", 404),
    ],
)
def test_faults_are_problems(tiles: httpx.Client, path: str, status: int) -> None:
    answer = tiles.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_the_described_paths_are_there(tiles: httpx.Client) -> None:
    values = {
        "collectionId": "parks", "tileMatrixSetId": "WebMercatorQuad", "tileMatrix": "12", "tileRow": "1565",
        "tileCol": "3387",
    }  # fmt: skip
    served = tiles.get("/ogc/api").json()["paths"]
    described = {path: operations for path, operations in served.items() if "tile" in path}
    assert len(described) == 5
    assert OAS30 in tiles.get("/ogc/conformance").json()["conformsTo"]
    for path, operations in described.items():
        operation = operations["get"]
        named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))
        for one in operation["parameters"]:
            for value in one["schema"].get("enum", [])[:1] if one["in"] == "query" else []:
                answer = tiles.get(f"/ogc{path.format(**values)}", params={one["name"]: value})
                assert answer.status_code == 200
                assert answer.headers["content-type"] in operation["responses"]["200"]["content"]
    ids = [operations["get"]["operationId"] for operations in described.values()]
    for suffix in ("getTileSetsList", "getTileSet", "getTile"):
        assert any(one.endswith(f".collection.vector.{suffix}") for one in ids)
