"""Files of one's own as the browser reads them: written here by GDAL, read there by the page's code."""

import zipfile
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from tests.unit.browser_code import PACKAGES, run_js

PLOTS = [
    shapely.Polygon([(540000, 4320000), (541000, 4320000), (541000, 4321000), (540000, 4321000)]),
    shapely.Polygon(
        [(542000, 4320000), (545000, 4320000), (545000, 4323000)],
        [[(543000, 4320200), (544000, 4320200), (544000, 4321000)]],
    ),
]
"""Eastings and northings in EPSG:4548."""


@pytest.fixture(scope="module")
def plots() -> geopandas.GeoDataFrame:
    columns = {"地块": ["一号地块", "二号地块"], "面积": [100.5, 450.25], "编号": [1, 2]}
    return geopandas.GeoDataFrame(columns, geometry=PLOTS, crs=4548)


def zipped(folder: Path, frame: geopandas.GeoDataFrame, encoding: str, without: tuple[str, ...] = ()) -> Path:
    source = folder / "地块.shp"
    frame.to_file(source, encoding=encoding)
    target = folder / "地块.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in folder.glob("地块.*"):
            if part.suffix not in (".zip", *without):
                archive.write(part, part.name)
    return target


def read(path: Path, choice: str = "auto") -> Any:
    return run_js(
        """
        const { readFile } = await load("tools/measure/files.js");
        const { Projection } = await load("tools/measure/projection.js");
        const part = (path) => import(data.packages + path);
        const libraries = {
          archive: () => part("/but-unzip/index.browser.min.mjs"),
          shapes: async () => (await part("/shpjs/lib/parseShp.js")).default,
          table: async () => (await part("/parsedbf/index.js")).default,
        };
        const bytes = readFileSync(data.path);
        const file = { name: data.name, size: bytes.length, arrayBuffer: async () => new Uint8Array(bytes).buffer };
        const means = { libraries, projection: new Projection(require("proj4")), choice: data.choice };
        try {
          return { layers: await readFile(file, means) };
        } catch (error) {
          if (!error.key) throw error;
          return { fault: error.key.replace("measure_fault_", ""), values: error.values };
        }
        """,
        {"path": str(path), "name": path.name, "packages": PACKAGES.as_uri(), "choice": choice},
    )


@pytest.mark.parametrize(
    ("encoding", "crs", "without"),
    [
        ("GBK", 4548, ()),
        ("GBK", 4527, (".cpg",)),
        ("UTF-8", 4527, (".cpg",)),
        ("UTF-8", 4548, (".prj",)),
        ("GBK", 4527, (".prj", ".cpg")),
        ("UTF-8", 4490, ()),
        ("UTF-8", 3857, ()),
    ],
)
def test_a_zipped_shapefile_is_where_and_what_it_was(
    tmp_path: Path, plots: geopandas.GeoDataFrame, encoding: str, crs: int, without: tuple[str, ...]
) -> None:
    result = read(zipped(tmp_path, plots.to_crs(crs), encoding, without))
    (layer,) = result["layers"]
    for feature, expected in zip(layer["features"], plots.to_crs(4490).itertuples(), strict=True):
        got = shapely.geometry.shape(feature["geometry"])
        assert got.hausdorff_distance(expected.geometry) < 1e-7  # degrees: a centimetre
        assert feature["properties"] == {"地块": expected.地块, "面积": expected.面积, "编号": expected.编号}


def test_an_older_datum_is_refused_by_name(tmp_path: Path, plots: geopandas.GeoDataFrame) -> None:
    xian_1980 = plots.set_crs(2384, allow_override=True)
    result = read(zipped(tmp_path, xian_1980, "UTF-8"))
    assert result["fault"] == "datum"
    assert "Xian_1980" in result["values"]["name"]


def test_geojson_is_read_in_degrees_in_metres_and_in_gbk(tmp_path: Path, plots: geopandas.GeoDataFrame) -> None:
    path = tmp_path / "plots.geojson"
    expected = plots.to_crs(4490).geometry
    for text in (
        plots.to_crs(4326).to_json(ensure_ascii=False),
        plots.to_json(ensure_ascii=False),
        plots.to_crs(4527).to_json(drop_id=True, ensure_ascii=False),
    ):
        for encoding in ("utf-8", "gb18030"):
            path.write_text(text, encoding=encoding)
            (layer,) = read(path)["layers"]
            assert [one["properties"]["地块"] for one in layer["features"]] == ["一号地块", "二号地块"]
            for feature, geometry in zip(layer["features"], expected, strict=True):
                assert shapely.geometry.shape(feature["geometry"]).hausdorff_distance(geometry) < 1e-7


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("empty.geojson", b"", "file_empty"),
        ("broken.geojson", b'{"type": "FeatureCollection", "features": [', "json"),
        ("plan.dwg", b"AC1032", "file_kind"),
        ("plots.shp", b"\x00\x00\x27\x0a", "file_unzipped"),
        ("cut.zip", b"PK\x03\x04 and nothing more", "archive_broken"),
        ("cut-long.zip", b"PK\x03\x04" + b"PK and so on " * 9000, "archive_broken"),
        ("none.zip", b"PK\x05\x06" + bytes(18), "archive"),
        ("none.geojson", b'{"type": "FeatureCollection", "features": []}', "empty"),
        ("local.geojson", b'{"type": "Point", "coordinates": [12345, 67890]}', "magnitude"),
        ("abroad.geojson", b'{"type": "Point", "coordinates": [2.35, 48.86]}', "outside_china"),
        ("large.geojson", b"[" * 31_000_000, "file_size"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, fault: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert read(path).get("fault") == fault


def test_some_features_far_away_are_kept_and_counted(tmp_path: Path) -> None:
    points = [(117.7, 39.0), (117.8, 39.1), (2.35, 48.86)]
    path = tmp_path / "points.geojson"
    path.write_text(geopandas.GeoSeries([shapely.Point(at) for at in points]).to_json())
    (layer,) = read(path)["layers"]
    assert len(layer["features"]) == 3
    assert layer["notes"] == [{"key": "measure_note_some_far", "values": {"count": 1}}]
