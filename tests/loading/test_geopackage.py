"""Previews of GeoPackages: what a person finds of the file in the database, and what is said of a bad file."""

import logging
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely
from pyproj import Transformer
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from app.db.engine import READ_ROLE, owner_engine
from app.loading.geopackage import GeoPackageError, drop_preview, load_geopackage
from app.registry.definition import LayerDefinition

SCHEMA = "yuantu_preview_test"


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = owner_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def _clean(engine: Engine) -> Iterator[None]:
    yield
    drop_preview(engine, SCHEMA)


def write(
    path: Path,
    shapes: Sequence[Any],
    columns: dict[str, Any] | None = None,
    *,
    layer: str = "things",
    crs: str | None = "EPSG:4490",
    kind: str = "Unknown",
    **options: Any,
) -> Path:
    """Add a table to a GeoPackage."""
    table = {
        **{name: value if isinstance(value, pa.Array) else pa.array(value) for name, value in (columns or {}).items()},
        "geom": pa.array([None if one is None else shapely.to_wkb(one, flavor="iso") for one in shapes], pa.binary()),
    }
    pyogrio.write_arrow(
        pa.table(table), path, layer=layer, driver="GPKG", geometry_name="geom", geometry_type=kind, crs=crs,
        append=path.exists(), **options,
    )  # fmt: skip
    return path


def rows(engine: Engine, layer: LayerDefinition, what: str) -> list[Any]:
    """Return rows as the reading role sees them."""
    with engine.connect() as connection:
        connection.exec_driver_sql(f"SET ROLE {READ_ROLE}")
        connection.exec_driver_sql("SET TimeZone = 'UTC'")
        query = f'SELECT {what} FROM {layer.source.relation} ORDER BY "{layer.source.key}"'
        return [tuple(row) for row in connection.execute(text(query)).all()]


def test_types_values_and_ids(engine: Engine, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.gpkg",
        [shapely.Point(117.123456789012, 39.1), None],
        {
            "名称": ['滨海 "新", 区\n', None],
            "empty": ["", "x"],
            "n": pa.array([2**62, None], pa.int64()),
            "x": [0.1, None],
            "flag": [True, None],
            "day": pa.array([date(2022, 4, 16), None]),
            "at": pa.array([datetime(2022, 4, 16, 10, 13, 19, tzinfo=UTC), None], pa.timestamp("ms", "UTC")),
            "blob": pa.array([b"\x00\xff", None], pa.binary()),
        },
    )
    [layer] = load_geopackage(engine, path, SCHEMA)
    assert layer.id == "things"
    assert (layer.group, layer.status, layer.geometry) == ("preview", "imported", "point")
    assert {one.name: one.type for one in layer.fields} == {
        "名称": "string", "empty": "string", "n": "integer", "x": "number", "flag": "boolean", "day": "date",
        "at": "datetime", "blob": "string",
    }  # fmt: skip
    assert all(one.filterable for one in layer.fields)
    assert (layer.source.table, layer.source.key, layer.source.key_type) == (f"{SCHEMA}.things", "fid", "integer")
    assert rows(engine, layer, 'fid, "名称", empty, n, x, flag, day, "at", blob, ST_X(geom), geojson') == [
        (
            1, '滨海 "新", 区\n', "", 2**62, 0.1, True, date(2022, 4, 16),
            datetime(2022, 4, 16, 10, 13, 19, tzinfo=UTC),
            "00ff", 117.123456789012, '{"type":"Point","coordinates":[117.123457,39.1]}',
        ),
        (2, None, "x", None, None, None, None, None, None, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize("crs", ["EPSG:4527", "EPSG:4548", "EPSG:3857", "EPSG:32650", "EPSG:4326", "EPSG:4490"])
def test_geometries_come_to_the_storage_crs(engine: Engine, tmp_path: Path, crs: str) -> None:
    x, y = Transformer.from_crs(4326, crs, always_xy=True).transform(117.7, 39.0)
    path = write(tmp_path / "a.gpkg", [shapely.Point(x, y)], crs=crs, kind="Point")
    [layer] = load_geopackage(engine, path, SCHEMA)
    assert rows(engine, layer, "ST_SRID(geom), ST_X(geom), ST_Y(geom)")[0] == pytest.approx(
        (4490, 117.7, 39.0), abs=1e-9
    )


# A local grid without an EPSG number, as surveyors' files have them: Gauss-Krüger on CGCS2000 about 117.5 E.
LOCAL_GRID = "+proj=tmerc +lat_0=0 +lon_0=117.5 +k=1 +x_0=500000 +y_0=-4000000 +ellps=GRS80 +units=m +no_defs"


def test_a_crs_without_a_number(engine: Engine, tmp_path: Path) -> None:
    x, y = Transformer.from_crs("EPSG:4490", LOCAL_GRID, always_xy=True).transform(117.7, 39.0)
    path = write(tmp_path / "a.gpkg", [shapely.Point(x, y, 7), None, shapely.Point(x, y)], crs=LOCAL_GRID)
    [layer] = load_geopackage(engine, path, SCHEMA)
    first, second, third = rows(engine, layer, "ST_SRID(geom), ST_X(geom), ST_Y(geom), ST_Z(geom)")
    assert first == pytest.approx((4490, 117.7, 39.0, 7), abs=1e-9)
    assert second == (None, None, None, None)
    assert third == pytest.approx((4490, 117.7, 39.0, 0), abs=1e-9)


def test_rings_run_counter_clockwise_and_nothing_else_is_changed(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clockwise = shapely.Polygon([(0, 0), (0, 4), (4, 4), (4, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    crossed = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    path = write(tmp_path / "a.gpkg", [clockwise, crossed], kind="Polygon")
    with caplog.at_level(logging.WARNING):
        [layer] = load_geopackage(engine, path, SCHEMA)
    assert layer.geometry == "polygon"
    first, second = rows(engine, layer, "ST_AsText(geom), ST_IsPolygonCCW(geom), ST_IsValid(geom)")
    assert first[1:] == (True, True)
    assert second[2] is False
    assert "1 geometries are not valid" in caplog.text


def test_lines_keep_their_direction(engine: Engine, tmp_path: Path) -> None:
    """A river or a one-way road read backwards would be another."""
    down = shapely.LineString([(117, 39), (118, 40), (119, 38)])
    both = shapely.MultiLineString([down, [(1, 2), (0, 0)]])
    path = write(tmp_path / "a.gpkg", [down, both, shapely.box(0, 0, 1, 1).reverse()])
    [layer] = load_geopackage(engine, path, SCHEMA)
    first, second, third = rows(engine, layer, "ST_AsBinary(geom), ST_IsPolygonCCW(geom)")
    assert shapely.from_wkb(bytes(first[0])).equals_exact(down)
    assert shapely.from_wkb(bytes(second[0])).equals_exact(both)
    assert third[1] is True


@pytest.mark.parametrize("times", [1, 2])
def test_the_only_time_is_the_time_of_the_features(engine: Engine, tmp_path: Path, times: int) -> None:
    columns = {"built": pa.array([date(1850, 5, 5)], pa.date32()), "closed": pa.array([date(1900, 1, 1)], pa.date32())}
    path = write(tmp_path / "a.gpkg", [shapely.Point(0, 0)], dict(list(columns.items())[:times]))
    [layer] = load_geopackage(engine, path, SCHEMA)
    assert layer.datetime == (("built",) if times == 1 else ())


@pytest.mark.parametrize(
    ("shapes", "kind", "geometry"),
    [
        ([shapely.LineString([(0, 0), (1, 1)])], "LineString", "line"),
        ([shapely.MultiPolygon([shapely.box(0, 0, 1, 1)])], "MultiPolygon", "polygon"),
        ([shapely.Point(0, 0), shapely.box(0, 0, 1, 1), None], "Unknown", "polygon"),
        ([shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)])], "Unknown", "line"),
        ([shapely.GeometryCollection([shapely.Point(0, 0)])], "GeometryCollection", "point"),
        ([None], "MultiPoint", "point"),
        ([None], "Unknown", "point"),
        ([], "Polygon", "polygon"),
    ],
)
def test_kinds_of_geometry(engine: Engine, tmp_path: Path, shapes: Any, kind: str, geometry: str) -> None:
    path = write(tmp_path / "a.gpkg", shapes, {"n": pa.array([1] * len(shapes), pa.int64())}, kind=kind)
    [layer] = load_geopackage(engine, path, SCHEMA)
    assert layer.geometry == geometry
    assert len(rows(engine, layer, "1")) == len(shapes)


def test_heights_are_kept_and_measures_left_out(engine: Engine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [shapely.Point(1, 2, 3), shapely.Point(4, 5)], layer="z")
    write(path, [shapely.from_wkt("POINT M (1 2 9)")], layer="m")
    write(path, [shapely.from_wkt("POINT ZM (1 2 3 9)")], layer="zm")
    z, m, zm = load_geopackage(engine, path, SCHEMA)
    assert [row[0] for row in rows(engine, z, "ST_AsText(geom)")] == ["POINT Z (1 2 3)", "POINT Z (4 5 0)"]
    assert [row[0] for row in rows(engine, m, "ST_AsText(geom)")] == ["POINT(1 2)"]
    assert [row[0] for row in rows(engine, zm, "ST_AsText(geom)")] == ["POINT Z (1 2 3)"]


def test_arcs_become_lines(engine: Engine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [shapely.Point(0, 0)], kind="Unknown")
    with sqlite3.connect(path) as file:
        header = b"GP\x00\x01" + (4490).to_bytes(4, "little")
        arc = bytes.fromhex("010800000003000000") + np.array([0, 0, 1, 1, 2, 0], "<f8").tobytes()
        file.execute("DROP TRIGGER IF EXISTS rtree_things_geom_update")
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("UPDATE things SET geom = ?", (header + arc,))
    [layer] = load_geopackage(engine, path, SCHEMA)
    [(kind, top)] = rows(engine, layer, "GeometryType(geom), ST_YMax(geom)")
    assert (kind, round(top, 3)) == ("LINESTRING", 1.0)


def test_names_that_are_no_words(engine: Engine, tmp_path: Path) -> None:
    names = [
        "a b",
        "a_b",
        "1st",
        "xmin",
        "geojson",
        "geom_2",
        'quo"te',
        "per%cent",
        "eo:x",
        "面积（公顷）",
        "长" * 70,
        "fid_",
    ]
    path = write(tmp_path / "a.gpkg", [shapely.Point(0, 0)], {name: [n] for n, name in enumerate(names)}, layer="园区")
    write(path, [shapely.Point(0, 0)], layer="My Table")
    write(path, [shapely.Point(0, 0)], layer="my-table")
    write(path, [shapely.Point(0, 0)], layer="my_table")
    write(path, [shapely.Point(0, 0)], layer="2nd")
    layers = load_geopackage(engine, path, SCHEMA, taken=["2nd"])
    assert [one.id for one in layers] == ["table", "my_table", "my-table", "my_table_2", "2nd_2"]
    assert [one.title.zh for one in layers] == ["园区", "My Table", "my-table", "my_table", "2nd"]
    assert len({one.source.table for one in layers}) == 5
    fields = layers[0].fields
    assert [one.title.zh for one in fields] == names
    assert [one.name for one in fields][:10] == [
        "a_b", "a_b_2", "f_1st", "xmin_2", "geojson", "geom_2", "quo_te", "per_cent", "eo_x", "面积_公顷",
    ]  # fmt: skip
    assert layers[0].source.geojson == "geojson_2"
    columns = ", ".join(f'"{one.name}"' for one in fields)
    assert rows(engine, layers[0], columns) == [tuple(range(len(names)))]


def test_a_table_without_geometries(engine: Engine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [shapely.Point(0, 0)])
    pyogrio.write_arrow(pa.table({"code": ["a", "b"]}), path, layer="codes", driver="GPKG", append=True)
    things, codes = load_geopackage(engine, path, SCHEMA)
    assert rows(engine, codes, "fid, code, geom, geojson") == [(1, "a", None, None), (2, "b", None, None)]
    # A layer needs a field; a table that has none shows its ids.
    assert [one.name for one in things.fields] == ["fid"]


def test_the_reading_role_may_read_and_not_write(engine: Engine, tmp_path: Path) -> None:
    [layer] = load_geopackage(engine, write(tmp_path / "a.gpkg", [shapely.Point(0, 0)]), SCHEMA)
    assert len(rows(engine, layer, "1")) == 1
    with engine.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.exec_driver_sql(f"SET ROLE {READ_ROLE}")
        connection.exec_driver_sql(f"DELETE FROM {layer.source.relation}")


def test_loading_again_replaces_and_dropping_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [shapely.Point(0, 0)])
    load_geopackage(engine, path, SCHEMA)
    [layer] = load_geopackage(engine, path, SCHEMA)
    assert len(rows(engine, layer, "1")) == 1
    drop_preview(engine, SCHEMA)
    drop_preview(engine, SCHEMA)
    with engine.connect() as connection:
        found = connection.scalar(text("SELECT count(*) FROM pg_namespace WHERE nspname = :name"), {"name": SCHEMA})
    assert found == 0


@pytest.mark.parametrize("schema", ["yuantu", "public", "yuantu_preview_", "yuantu_preview_1; DROP", "x"])
def test_no_other_schema_is_touched(engine: Engine, tmp_path: Path, schema: str) -> None:
    with pytest.raises(ValueError, match="yuantu_preview_"):
        drop_preview(engine, schema)
    with pytest.raises(ValueError, match="yuantu_preview_"):
        load_geopackage(engine, tmp_path / "a.gpkg", schema)


def _refused(engine: Engine, path: Path, *says: str) -> None:
    with pytest.raises(GeoPackageError) as caught:
        load_geopackage(engine, path, SCHEMA)
    for words in says:
        assert words in str(caught.value)
    with engine.connect() as connection:
        assert not connection.scalar(text("SELECT count(*) FROM pg_namespace WHERE nspname = :n"), {"n": SCHEMA})


def test_files_that_are_no_geopackage(engine: Engine, tmp_path: Path) -> None:
    _refused(engine, tmp_path / "missing.gpkg", "missing.gpkg", "cannot be read")
    _refused(engine, tmp_path, "cannot be read")
    for name, content in (("empty.gpkg", b""), ("text.gpkg", b"hello" * 100), ("json.gpkg", b"{}")):
        (tmp_path / name).write_bytes(content)
        _refused(engine, tmp_path / name, name, "is not a GeoPackage")
    sqlite3.connect(tmp_path / "plain.gpkg").execute("CREATE TABLE t (x)").connection.close()
    _refused(engine, tmp_path / "plain.gpkg", "is not a GeoPackage")
    whole = write(tmp_path / "whole.gpkg", [shapely.Point(0, 0)] * 5000).read_bytes()
    (tmp_path / "cut.gpkg").write_bytes(whole[: len(whole) // 3])
    _refused(engine, tmp_path / "cut.gpkg", "cut.gpkg")


def test_a_geopackage_without_tables(engine: Engine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [shapely.Point(0, 0)])
    with sqlite3.connect(path) as file:
        for table in ("gpkg_contents", "gpkg_geometry_columns", "gpkg_ogr_contents", "gpkg_extensions"):
            file.execute(f"DELETE FROM {table}")
        file.execute("DROP TABLE things")
    _refused(engine, path, "table")


@pytest.mark.parametrize("crs", [None, "ENGCRS"])
def test_a_table_whose_crs_is_unknown(engine: Engine, tmp_path: Path, crs: str | None) -> None:
    path = write(tmp_path / "a.gpkg", [shapely.Point(0, 0)])
    with sqlite3.connect(path) as file:
        for trigger in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f'DROP TRIGGER "{trigger[0]}"')
        srs = 0 if crs is None else -1
        file.execute("UPDATE gpkg_contents SET srs_id = ?", (srs,))
        file.execute("UPDATE gpkg_geometry_columns SET srs_id = ?", (srs,))
    _refused(engine, path, "table things", "CRS")


def test_coordinates_outside_their_crs(engine: Engine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [shapely.Point(1e300, 1e300)], crs="EPSG:4527", layer="far")
    _refused(engine, path, "table far")
    path = write(tmp_path / "b.gpkg", [shapely.Point(1e300, 1e300)], crs=LOCAL_GRID, layer="far")
    _refused(engine, path, "table far", "does not reach")


def test_a_surface_that_cannot_be_shown(engine: Engine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [shapely.Point(0, 0)])
    with sqlite3.connect(path) as file:
        for trigger in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f'DROP TRIGGER "{trigger[0]}"')
        triangle = np.array([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0], "<f8").tobytes()
        surface = bytes.fromhex("01f803000001000000" + "01f90300000100000004000000") + triangle
        file.execute("UPDATE things SET geom = ?", (b"GP\x00\x01" + (4490).to_bytes(4, "little") + surface,))
    _refused(engine, path, "table things", "TIN")


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4548", LOCAL_GRID], ids=["stored", "numbered", "local"])
def test_many_rows_load_quickly_and_in_place(engine: Engine, tmp_path: Path, crs: str) -> None:
    count = 50_000
    west, south = np.meshgrid(np.linspace(117, 118, 250), np.linspace(38.5, 39.5, count // 250))
    boxes = shapely.box(west.ravel(), south.ravel(), west.ravel() + 0.003, south.ravel() + 0.003)
    forward = Transformer.from_crs("EPSG:4490", crs, always_xy=True)
    drawn = shapely.transform(boxes, lambda points: np.column_stack(forward.transform(*points.T)))
    columns = {"code": [f"P{n:06d}" for n in range(count)], "area": np.arange(count) / 7, "n": np.arange(count)}
    path = write(tmp_path / "a.gpkg", drawn, columns, kind="Polygon", crs=crs)
    began = time.monotonic()
    [layer] = load_geopackage(engine, path, SCHEMA)
    took = time.monotonic() - began
    assert took < 30  # about 3 s on two cores that are otherwise idle
    envelope = "ST_MakeEnvelope(117.5, 39, 117.51, 39.01, 4490)"
    with engine.connect() as connection:
        statement = f"SELECT count(*) FROM {layer.source.relation} WHERE geom && {envelope}"
        plan = connection.execute(text(f"EXPLAIN {statement}")).scalars().all()
        assert any("Index" in line for line in plan)
        found = connection.scalar(text(statement))
    assert found == int(shapely.intersects(boxes, shapely.box(117.5, 39, 117.51, 39.01)).sum())


def test_the_standards_data_set(engine: Engine, shared: Path, tmp_path: Path) -> None:
    source = shared / "cql2" / "ne110m4cql2.gpkg"
    if not source.is_file():
        pytest.skip("the data set of the standard's abstract tests is not here")
    path = Path(shutil.copy(source, tmp_path / "ne.gpkg"))
    layers = {one.id: one for one in load_geopackage(engine, path, SCHEMA)}
    assert {name: one.geometry for name, one in layers.items()} == {
        "ne_110m_admin_0_countries": "polygon",
        "ne_110m_populated_places_simple": "point",
        "ne_110m_rivers_lake_centerlines": "line",
    }
    counts = {name: len(rows(engine, one, "1")) for name, one in layers.items()}
    assert list(counts.values()) == [177, 243, 13]
    for name, layer in layers.items():
        _, table = pyogrio.read_arrow(path, layer=name)
        drawn = shapely.from_wkb(table["geom"].to_numpy())
        loaded = shapely.from_wkb([row[0] for row in rows(engine, layer, "ST_AsBinary(geom)")])
        assert shapely.equals(drawn, loaded).all()
        assert np.array_equal(shapely.get_num_coordinates(drawn), shapely.get_num_coordinates(loaded))
