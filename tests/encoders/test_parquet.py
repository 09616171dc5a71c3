"""GeoParquet read back with pyarrow, pyproj and geopandas, against the rules of version 1.1."""

import io
import json
from collections.abc import Callable
from typing import Any

import geopandas
import pyarrow.parquet as pq
import pyproj
import pytest
import shapely

from app.features.encoders import Row
from app.geodesy.crs import CRS84, EPSG_4490, find_crs
from app.registry.definition import LayerDefinition
from tests.encoders.support import SAMPLES, Facts, encoded, every_type, stream_of


def _geo(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(pq.read_metadata(io.BytesIO(data)).metadata[b"geo"])
    return found


@pytest.mark.parametrize("layer_id", ["parks", "functional-areas"])
def test_every_feature_comes_back(layer_id: str, facts_of: Callable[..., Facts]) -> None:
    facts = facts_of(layer_id)
    table = pq.read_table(io.BytesIO(encoded("parquet", stream_of(facts.layer, facts.rows, EPSG_4490))))
    assert table.column("id").to_pylist() == facts.ids
    assert table.column("name_zh").to_pylist() == facts.column("name_zh")
    assert table.column("sectors_zh").to_pylist() == facts.column("sectors_zh")
    for wkb, expected in zip(table.column("geometry").to_pylist(), facts.geometries(), strict=True):
        assert (wkb is None) == (expected is None)
        assert wkb is None or shapely.equals_exact(shapely.from_wkb(wkb).normalize(), expected.normalize(), 1e-6)


def test_the_metadata_follow_version_1_1(parks: Facts) -> None:
    data = encoded("parquet", stream_of(parks.layer, parks.rows, EPSG_4490))
    geo = _geo(data)
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    column = geo["columns"]["geometry"]
    assert (column["encoding"], column["orientation"]) == ("WKB", "counterclockwise")
    assert column["geometry_types"] == ["MultiPolygon"]
    assert pyproj.CRS.from_json_dict(column["crs"]) == pyproj.CRS("EPSG:4490")
    assert column["bbox"] == pytest.approx(shapely.total_bounds(parks.geometries()).tolist())


def test_exterior_rings_run_counter_clockwise_whatever_the_database_has(layer: LayerDefinition) -> None:
    clockwise = shapely.box(117, 39, 118, 40, ccw=False)
    rows = [Row("a", shapely.to_wkb(clockwise), [None] * len(layer.fields))]
    table = pq.read_table(io.BytesIO(encoded("parquet", stream_of(layer, rows, EPSG_4490))))
    assert shapely.from_wkb(table.column("geometry")[0].as_py()).exterior.is_ccw


@pytest.mark.parametrize("name", ["EPSG:4490", "EPSG:4548", "EPSG:3857", "OGC:CRS84"])
def test_geopandas_reads_it_and_knows_the_crs(name: str, facts_of: Callable[..., Facts]) -> None:
    crs = find_crs(name)
    facts = facts_of("parks", crs.srid)
    frame = geopandas.read_parquet(io.BytesIO(encoded("parquet", stream_of(facts.layer, facts.rows, crs))))
    assert pyproj.CRS(frame.crs) == pyproj.CRS(name)
    assert len(frame) == len(facts.rows)
    assert frame.total_bounds == pytest.approx(shapely.total_bounds(facts.geometries()))


def test_types_lists_and_titles_are_kept(layer: LayerDefinition) -> None:
    typed = every_type(layer)
    rows = [Row("a", None, list(SAMPLES.values())), Row("b", None, [None] * len(SAMPLES))]
    table = pq.read_table(io.BytesIO(encoded("parquet", stream_of(typed, rows))))
    kinds = [str(one.type) for one in table.schema]
    assert kinds[1:3] == ["string", "string"]
    assert kinds[3].startswith("list<")
    assert kinds[4:] == ["int64", "double", "bool", "date32[day]", "timestamp[us, tz=UTC]", "binary"]
    first = table.to_pylist()[0]
    assert first["a_list"] == ["生物医药", "新能源"]
    assert first["a_datetime"] == SAMPLES["datetime"]
    assert table.schema.field("a_string").metadata[b"title_zh"].decode() == "字段0"


def test_nothing_and_tables_without_geometry_are_valid_too(parks: Facts) -> None:
    empty = encoded("parquet", stream_of(parks.layer, (), CRS84))
    assert geopandas.read_parquet(io.BytesIO(empty)).empty
    assert _geo(empty)["columns"]["geometry"]["geometry_types"] == []
    assert "bbox" not in _geo(empty)["columns"]["geometry"]
    plain = encoded("parquet", stream_of(parks.layer, parks.rows, with_geometry=False))
    assert b"geo" not in (pq.read_metadata(io.BytesIO(plain)).metadata or {})
    assert pq.read_table(io.BytesIO(plain)).num_rows == len(parks.rows)
