"""Which features spatial filters select, in every CRS of the service; and that an index answers them."""

from typing import Any

import pytest
from pyproj import Transformer
from sqlalchemy import text

from app.features.cql2 import Cql2Error, compile_filter, parse_text
from app.features.cql2.nodes import Bbox, Spatial
from app.features.cql2.shapes import shape
from app.geodesy.crs import CRS84, find_crs
from tests.cql2.conftest import Table

EVERY = [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("filter_", "ids"),
    [
        ("S_INTERSECTS(geom, POINT(2 2))", [1, 2]),
        ("S_INTERSECTS(geom, POINT(4 4))", [1, 3]),
        ("S_INTERSECTS(POINT(4 4), geom)", [1, 3]),
        ("S_INTERSECTS(geom, POINT Z(4 4 100))", [1, 3]),
        ("S_INTERSECTS(geom, POINT(4 4 100))", [1, 3]),
        ("S_INTERSECTS(geom, BBOX(0.5,0.5,1.5,1.5))", [1, 6]),
        ("S_INTERSECTS(geom, BBOX(0.5,0.5,-9,1.5,1.5,9))", [1, 6]),
        ("S_INTERSECTS(geom, BBOX(4,4,4,4))", [1, 3]),
        ("S_INTERSECTS(geom, BBOX(4,0,4,10))", [1, 2, 3]),
        ("S_INTERSECTS(geom, BBOX(170,-10,4,10))", [1, 2, 3, 6]),
        ("S_INTERSECTS(geom, BBOX(180,-10,-180,10))", []),
        ("S_INTERSECTS(geom, LINESTRING(-5 0,5 0))", [1]),
        ("S_INTERSECTS(geom, MULTIPOINT((9 9),(4 2)))", [1, 2]),
        ("S_INTERSECTS(geom, MULTILINESTRING((9 9,8 8),(4 4,5 5)))", [1, 3]),
        ("S_INTERSECTS(geom, MULTIPOLYGON(((9 9,9 8,8 8,9 9)),((3 3,5 3,5 5,3 3))))", [1, 3]),
        ("S_INTERSECTS(geom, GEOMETRYCOLLECTION(POINT(20 20),LINESTRING(4.5 0,4.5 3)))", [2, 6]),
        ("S_DISJOINT(geom, POINT(4 4))", [2, 4, 6]),
        ("S_DISJOINT(geom, GEOMETRYCOLLECTION(POINT(20 20),LINESTRING(4.5 0,4.5 3)))", [1, 3, 4]),
        ("S_EQUALS(geom, POLYGON((4 4,0 4,0 0,4 0,4 4)))", [1]),
        ("S_EQUALS(geom, LINESTRING(5 2,2 2,-1 2))", [2]),
        ("S_EQUALS(geom, geom)", [1, 2, 3]),
        ("S_TOUCHES(geom, POINT(4 4))", [1]),
        ("S_TOUCHES(geom, POLYGON((4 0,6 0,6 4,4 4,4 0)))", [1, 3]),
        ("S_CROSSES(geom, LINESTRING(2 -1,2 9))", [1, 2]),
        ("S_CROSSES(geom, BBOX(0,0,4,4))", [2]),
        ("S_WITHIN(geom, BBOX(-1,-1,5,5))", [1, 2, 3]),
        ("S_WITHIN(geom, BBOX(0,0,4,4))", [1]),
        ("S_CONTAINS(geom, POINT(2 2))", [1, 2]),
        ("S_CONTAINS(geom, POINT(4 4))", [3]),
        ("S_CONTAINS(BBOX(-1,-1,5,5), geom)", [1, 2, 3]),
        ("S_OVERLAPS(geom, BBOX(3,3,6,6))", [1]),
        ("S_OVERLAPS(geom, LINESTRING(2 2,9 2))", [2]),
        # A collection of one kind is that kind; the parts of one area are one area.
        ("S_WITHIN(geom, GEOMETRYCOLLECTION(POLYGON((0 0,2 0,2 4,0 4,0 0)),POLYGON((2 0,4 0,4 4,2 4,2 0))))", [1]),
        ("S_EQUALS(geom, GEOMETRYCOLLECTION(POINT(4 4),POINT(4 4)))", [3]),
        ("S_WITHIN(geom, GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,4 0,4 4,0 4,0 0))))", [1]),
        ("S_CROSSES(LINESTRING(0 0,2 2), LINESTRING(0 2,2 0))", EVERY),
        ("geom IS NULL", [5]),
        ("POINT(1 2) IS NULL", []),
        # what DE-9IM leaves open, for a collection, is unknown
        ("NOT S_WITHIN(geom, BBOX(-1,-1,5,5))", [4]),
    ],
)
def test_space(sample: Table, filter_: str, ids: list[int]) -> None:
    assert sample.ids(filter_) == ids


@pytest.mark.parametrize(
    ("crs", "west_south", "east_north"),
    [
        ("[OGC:CRS84]", (3.9, 3.8), (4.1, 4.2)),
        ("[EPSG:4326]", (3.8, 3.9), (4.2, 4.1)),
        ("[EPSG:4490]", (3.8, 3.9), (4.2, 4.1)),
        # pyproj: EPSG:4326 to EPSG:3857
        ("[EPSG:3857]", (434146.0, 423332.0), (456410.0, 467972.0)),
    ],
)
def test_filter_crs(sample: Table, crs: str, west_south: Any, east_north: Any) -> None:
    (a, b), (c, d) = west_south, east_north
    assert sample.ids(f"S_INTERSECTS(geom, BBOX({a},{b},{c},{d}))", find_crs(crs)) == [1, 3]
    polygon = f"POLYGON(({a} {b},{c} {b},{c} {d},{a} {d},{a} {b}))"
    assert sample.ids(f"S_INTERSECTS(geom, {polygon})", find_crs(crs)) == [1, 3]
    assert sample.ids(f"S_DISJOINT(geom, {polygon})", find_crs(crs)) == [2, 4, 6]


@pytest.mark.parametrize("crs", ["[EPSG:4548]", "[EPSG:4527]", "[EPSG:3857]"])
def test_filter_crs_of_grids(crs: str) -> None:
    here = find_crs(crs)
    forward = Transformer.from_crs(4326, here.srid)  # axes in the order of the CRS: 4548 and 4527 have north first
    node = parse_text("S_INTERSECTS(geom, POINT({} {}))".format(*forward.transform(39.0, 117.7)))
    assert isinstance(node, Spatial)
    point = shape(node.right, here)
    assert (point.x, point.y) == pytest.approx((117.7, 39.0), abs=1e-9)
    south, west = forward.transform(38.9, 117.6)
    north, east = forward.transform(39.1, 117.8)
    box = shape(Bbox((south, west, north, east)), here)
    assert box.contains(point)
    assert box.bounds == pytest.approx((117.6, 38.9, 117.8, 39.1), abs=2e-3)


def test_a_geometry_beyond_its_crs(sample: Table) -> None:
    with pytest.raises(Cql2Error, match="does not reach"):
        sample.ids("S_INTERSECTS(geom, POINT(99999999 99999999))", find_crs("EPSG:4548"))


@pytest.mark.parametrize(
    ("filter_", "says"),
    [
        ("S_INTERSECTS(geom, POLYGON((0 0,2 2,2 0,0 2,0 0)))", "Self-intersection"),
        ("S_INTERSECTS(geom, POLYGON((0 0,1 0,1 1,0 0),(5 5,6 5,6 6,5 5)))", "outside"),
        ("S_INTERSECTS(geom, BBOX(0,5,1,2))", "south"),
        ("S_INTERSECTS(geom, POINT(1e9 0))", "between"),
        ("S_TOUCHES(geom, GEOMETRYCOLLECTION(POINT(9 9),LINESTRING(0 0,1 1)))", "mixes points, lines and areas"),
        ("S_INTERSECTS(name, POINT(1 2))", "'name' is a string"),
        ("S_INTERSECTS(geom, tags)", "'tags' is an array"),
    ],
)
def test_geometries_that_cannot_be(sample: Table, filter_: str, says: str) -> None:
    with pytest.raises(Cql2Error, match=says):
        sample.ids(filter_)


def test_an_index_answers_spatial_and_numeric_filters(sample: Table) -> None:
    with sample.engine.connect() as connection:
        connection.exec_driver_sql(
            "CREATE TEMPORARY TABLE many AS SELECT i AS id, CAST(i AS bigint) AS n,"
            " ST_SetSRID(ST_MakePoint(mod(i, 180), i / 400), 4490) AS geom FROM generate_series(1, 30000) AS i"
        )
        connection.exec_driver_sql("CREATE INDEX ON many (n)")
        connection.exec_driver_sql("CREATE INDEX ON many USING gist (geom)")
        connection.exec_driver_sql("ANALYZE many")
        for filter_ in ("n = 5", "n IN (5, 6)", "S_INTERSECTS(geom, BBOX(1,1,2,2))", "S_WITHIN(geom, BBOX(1,1,2,2))"):
            sql, values = compile_filter(parse_text(filter_), sample.properties, filter_crs=CRS84, geometry="geom")
            plan = connection.execute(text(f"EXPLAIN SELECT * FROM many AS f WHERE {sql}"), values).scalars().all()
            assert any("Index" in line for line in plan), (filter_, plan)
