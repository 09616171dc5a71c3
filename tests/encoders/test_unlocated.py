"""Features without a geometry, and points beside multipoints, in every format: served, and read by other programs.

GDAL (pyogrio's, and Debian's ogrinfo), geopandas, openpyxl and Python's csv and json read what is served; what should
be there comes straight from the table.
"""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import httpx
import openpyxl
import psycopg
import pyogrio
import pytest
import shapely
from shapely.geometry import shape

from app.cli import migrate
from app.db.cluster import Cluster
from app.db.engine import owner_engine
from app.features.encoders import ENCODERS
from app.main import create_app
from app.settings import Settings
from tests.asgi import client_of
from tests.encoders.support import ogrinfo

HERE = Path(__file__).resolve().parent / "unlocated"
LAYERS = ("sites", "points", "nowhere", "nothing", "lines", "areas", "outlines")
HEADER = "Yuantu-Left-Out"
KEEPS_ALL = [key for key in ENCODERS if key != "dxf"]

Rows = dict[str, tuple[str | None, int | None, Any]]
"""Name, year and geometry by id."""


@dataclass(frozen=True)
class Served:
    client: httpx.Client
    rows: dict[str, Rows]

    def file(self, address: str, key: str, layer: str, folder: Path) -> Path:
        """Download an answer as a file."""
        extension = ENCODERS[key].extension
        answer = self.client.get(address.format(layer=layer, extension=extension, key=key))
        assert answer.status_code == 200, answer.text
        path = folder / f"{layer}.{extension}"
        path.write_bytes(answer.content)
        return path


@pytest.fixture(scope="module")
def served(cluster: Cluster) -> Iterator[Served]:
    url = cluster.ensure_database("unlocated")
    engine = owner_engine(url)
    migrate(engine)
    engine.dispose()
    rows: dict[str, Rows] = {layer: {} for layer in LAYERS}
    with psycopg.connect(url) as connection:
        connection.execute((HERE / "table.sql").read_text("utf-8"))
        for layer, key, name, year, wkb in connection.execute(
            "SELECT layer, id, name_zh, year, ST_AsBinary(geom) FROM found ORDER BY id"
        ):
            rows[layer][key] = (name, year, _located(None if wkb is None else shapely.from_wkb(bytes(wkb))))
    with client_of(create_app(Settings(layers_dir=HERE / "layers", database_url=url))) as client:
        yield Served(client, rows)
    with psycopg.connect(cluster.url(user="postgres", database="postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE unlocated WITH (FORCE)")


def _located(geometry: Any) -> Any:
    """Return a geometry, None for an empty one: some formats tell the two apart, others do not."""
    return None if geometry is None or shapely.is_empty(geometry) else geometry


def _row(name: Any, year: Any, geometry: Any) -> tuple[str | None, int | None, Any]:
    return _value(name), None if _value(year) is None else int(year), _located(geometry)


def _value(value: Any) -> Any:
    """Return a value, None for an empty cell and for NaN, which stands for what is missing in some readers."""
    return None if value in (None, "") or value != value else value


def _by_id(rows: list[tuple[str, Any, Any, Any]]) -> Rows:
    found = {key: _row(name, year, geometry) for key, name, year, geometry in rows}
    assert len(found) == len(rows), "an id stands twice"
    return found


def _gdal(path: Path) -> Rows:
    meta, _, wkb, columns = pyogrio.raw.read(f"/vsizip/{path}" if path.suffix == ".zip" else path)
    values = dict(zip(meta["fields"], columns, strict=True))
    names = ("feature_id" if "feature_id" in values else "id", "name_zh", "year")
    shapes = shapely.force_2d(shapely.from_wkb(wkb))
    if not len(shapes):
        return {}  # GDAL makes the columns of a KML of its placemarks
    return _by_id(list(zip(*(values[name] for name in names), shapes, strict=True)))


def _parquet(path: Path) -> Rows:
    frame = geopandas.read_parquet(path)
    return _by_id(list(zip(frame["id"], frame["name_zh"], frame["year"], frame.geometry, strict=True)))


def _csv(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    shapes = [shapely.from_wkt(one["geometry"]) if one["geometry"] else None for one in rows]
    return _by_id([(one["id"], one["name_zh"], one["year"], at) for one, at in zip(rows, shapes, strict=True)])


def _xlsx(path: Path) -> Rows:
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True))
    return _by_id([(str(key), name, year, None) for key, name, year in rows])


def _json(path: Path) -> Rows:
    text = path.read_text("utf-8")
    if path.suffix == ".geojsons":
        features = [json.loads(one) for one in text.split("\x1e") if one]
    else:
        features = json.loads(text)["features"]
    rows = []
    for one in features:
        drawn = one.get("place") or one["geometry"]
        told = one["properties"]
        rows.append((one["id"], told["name_zh"], told["year"], None if drawn is None else shape(drawn)))
    return _by_id(rows)


READERS: dict[str, Callable[[Path], Rows]] = {
    "geojson": _json, "geojsonseq": _json, "jsonfg": _json, "csv": _csv, "xlsx": _xlsx, "parquet": _parquet,
    "fgb": _gdal, "gpkg": _gdal, "shp": _gdal, "kml": _gdal,
}  # fmt: skip
ADDRESSES = ("/layers/{layer}.{extension}", "/ogc/collections/{layer}/items?f={key}")


def _same(found: Any, expected: Any) -> bool:
    if found is None or expected is None:
        return found is expected
    return len(shapely.get_parts(found)) == len(shapely.get_parts(expected)) and bool(
        shapely.hausdorff_distance(found, expected) < 1e-6
    )


def _assert_same(found: Rows, expected: Rows, *, geometry: bool = True) -> None:
    assert sorted(found) == sorted(expected)
    for key, (name, year, drawn) in expected.items():
        assert found[key][:2] == (name, year), key
        assert not geometry or _same(found[key][2], drawn), key


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("key", KEEPS_ALL)
@pytest.mark.parametrize("address", ADDRESSES, ids=["layers", "ogc"])
def test_every_row_is_there_and_what_has_no_geometry_has_none(
    address: str, key: str, layer: str, served: Served, tmp_path: Path
) -> None:
    path = served.file(address, key, layer, tmp_path)
    _assert_same(READERS[key](path), served.rows[layer], geometry=key != "xlsx")


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("key", ["geojson", "geojsonseq", "jsonfg"])
def test_gdal_reads_the_json_formats_too(key: str, layer: str, served: Served, tmp_path: Path) -> None:
    if layer == "nothing" and key != "geojson":
        pytest.skip("GDAL opens neither an empty sequence nor an empty JSON-FG collection")
    path = served.file(ADDRESSES[0], key, layer, tmp_path)
    if layer == "nothing":
        assert pyogrio.read_info(path, force_feature_count=True)["features"] == 0
    else:
        _assert_same(_gdal(path), served.rows[layer])


_KINDS = {
    "sites": ("MultiPoint", "MultiPoint"),
    "points": ("Point", "Point"),
    "nowhere": ("Point", "Point"),
    "nothing": ("Point", "Point"),
    "lines": ("MultiLineString", "LineString"),
    "areas": ("MultiPolygon", "Polygon"),
    "outlines": ("MultiPolygon", "Polygon"),
}
"""Type of the layer in FlatGeobuf and GeoPackage, and in a shapefile, which has one type for a line and several."""


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("key", ["fgb", "gpkg", "shp"])
def test_the_layer_has_one_type_that_every_geometry_fits(key: str, layer: str, served: Served, tmp_path: Path) -> None:
    path = served.file(ADDRESSES[0], key, layer, tmp_path)
    source = f"/vsizip/{path}" if key == "shp" else str(path)
    assert pyogrio.list_layers(source).tolist() == [[layer, _KINDS[layer][key == "shp"]]]
    said = ogrinfo(source, "-al", "-so")
    assert f"Feature Count: {len(served.rows[layer])}" in said


def test_geoparquet_names_the_types_that_occur(served: Served, tmp_path: Path) -> None:
    frame = geopandas.read_parquet(served.file(ADDRESSES[0], "parquet", "sites", tmp_path))
    assert set(frame.geom_type.dropna()) == {"Point", "MultiPoint"}
    assert geopandas.read_parquet(served.file(ADDRESSES[0], "parquet", "nowhere", tmp_path)).geometry.isna().all()


@pytest.mark.parametrize("key", KEEPS_ALL)
def test_a_format_that_holds_every_row_leaves_none_out(key: str, served: Served) -> None:
    answer = served.client.get(f"/layers/sites.{ENCODERS[key].extension}")
    assert HEADER not in answer.headers


def _groups(data: bytes) -> list[tuple[int, str]]:
    lines = data.decode("gbk").split("\r\n")
    return [(int(code), value) for code, value in zip(lines[:-1:2], lines[1::2], strict=True)]


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("address", ADDRESSES, ids=["layers", "ogc"])
def test_a_drawing_says_what_it_leaves_out(address: str, layer: str, served: Served, tmp_path: Path) -> None:
    answer = served.client.get(address.format(layer=layer, extension="dxf", key="dxf"))
    rows = served.rows[layer]
    left_out = [key for key, row in rows.items() if row[2] is None]
    assert answer.headers[HEADER] == str(len(left_out))
    groups = _groups(answer.content)
    drawn = list(dict.fromkeys(value for code, value in groups if code == 1000))
    assert drawn == [key for key, row in rows.items() if row[2] is not None]
    comments = [value for code, value in groups if code == 999]
    named = [one.split(": ", 1)[1] for one in comments[: len(left_out)]]
    assert named == [f"{key} {rows[key][0] or ''}".strip() for key in left_out]
    totals = comments[len(left_out) :]
    assert [one.split(" ", 1)[0] for one in totals] == ([str(len(left_out))] if left_out else [])
    path = tmp_path / "drawing.dxf"
    path.write_bytes(answer.content)
    parts = sum(len(shapely.get_parts(row[2])) for row in rows.values() if row[2] is not None)
    labels = sum(row[2] is not None and row[0] is not None for row in rows.values())
    assert f"Feature Count: {parts + labels}" in ogrinfo(path, "-al", "-so")


@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        ("limit=2", 1),
        ("limit=2&offset=3", 1),
        ("bbox=117.6,38.9,117.9,39.2", 0),
        ("filter=year%3E2022", 1),
        ("filter=year%3E2022&properties=name_zh&simplify=10", 1),
        ("skipGeometry=true", 7),
        ("crs=http://www.opengis.net/def/crs/EPSG/0/4548&sortby=-name_zh", 3),
    ],
)
def test_only_rows_of_the_answer_are_counted(query: str, left_out: int, served: Served) -> None:
    answer = served.client.get(f"/layers/sites.dxf?{query}")
    assert answer.headers[HEADER] == str(left_out)
    assert served.client.head(f"/layers/sites.dxf?{query}").headers[HEADER] == str(left_out)
    comments = [value for code, value in _groups(answer.content) if code == 999]
    assert len(comments) == (left_out + 1 if left_out else 0)


@pytest.mark.parametrize(
    ("language", "note"),
    [("zh-CN", "没有图形的要素不在图上"), ("en", "Features without a geometry are not drawn")],
)
def test_the_page_of_a_collection_says_what_a_drawing_lacks(language: str, note: str, served: Served) -> None:
    page = served.client.get("/ogc/collections/sites", headers={"Accept": "text/html", "Accept-Language": language})
    assert note in page.text


def test_the_description_of_the_interface_names_the_header(served: Served) -> None:
    described = served.client.get("/openapi.json").json()["paths"]["/layers/{file}"]["get"]["description"]
    assert HEADER in described
    assert "Features without a geometry are not drawn" in described
