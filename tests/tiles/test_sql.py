"""The statement behind a tile, on made-up geometries: thinning, ids, types, poles, the stored EPSG:3857 column."""

import asyncio
import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, OperationalError

from app.db.engine import read_engine
from app.db.reader import Reader
from app.registry.definition import LayerDefinition
from app.settings import Settings
from app.tiles.grid import Tile, degrees
from app.tiles.service import tile_bytes
from app.tiles.sql import most_features
from tests.tiles.decoder import Layer, decode

SQUARES = """
SELECT i AS id, 'n' || i AS name, i AS size, ST_Transform(geom, 3857) AS geom_3857, geom
  FROM generate_series(1, 4000) AS i,
       LATERAL (SELECT 117.5 + (i % 80) * 0.001 AS x, 39.0 + (i / 80) * 0.001 AS y,
                       0.0001 + i * 0.0000001 AS side) AS at,
       LATERAL (SELECT ST_MakeEnvelope(x, y, x + side, y + side, 4490) AS geom) AS made
"""

Ask = Callable[..., Layer | None]


def definition(sql: str, **more: Any) -> LayerDefinition:
    words = {"zh": "层", "en": "layer"}
    whole = {
        "id": "made-up", "title": words, "description": words, "group": "g", "status": "derived", "pane": "parks",
        "geometry": "polygon", "source": {"sql": sql, "key_type": "integer"}, "style": {"color": "#112233"},
        "fields": [{"name": "name", "title": words}],
        **more,
    }  # fmt: skip
    return LayerDefinition.model_validate(whole)


def field(name: str, kind: str) -> dict[str, Any]:
    return {"name": name, "type": kind, "title": {"zh": name, "en": name}}


@pytest.fixture
def ask(database_url: str) -> Ask:
    def run(layer: LayerDefinition, tile: Tile) -> Layer | None:
        async def once() -> bytes:
            reader = Reader([read_engine(database_url, Settings(), assume_role=True)])
            try:
                return await tile_bytes(reader, layer, tile, layer.fields)
            finally:
                await reader.close()

        found = decode(asyncio.run(once()))
        assert len(found) <= 1
        return found[0] if found else None

    return run


def at(lon: float, lat: float, z: int) -> Tile:
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return Tile(z, int((lon + 180) / 360 * 2**z), int(down * 2**z))


def test_integer_keys_are_the_ids_of_the_features(ask: Ask) -> None:
    layer = ask(definition(SQUARES), at(117.54, 39.025, 14))
    assert layer is not None and layer.features
    for feature in layer.features:
        assert feature.id is not None and feature.properties == {"name": f"n{feature.id}"}


def test_a_full_tile_keeps_the_largest(ask: Ask) -> None:
    tile = at(117.54, 39.025, 12)
    whole = ask(definition(SQUARES), tile)
    assert whole is not None
    everything = {feature.id for feature in whole.features if feature.id}
    assert len(everything) > 1000
    few = ask(definition(SQUARES, tiles={"limit": 100}), tile)
    assert few is not None
    kept = {feature.id for feature in few.features if feature.id}
    assert len(kept) == 100
    # Areas that differ by a hundredth count as equal.
    smallest, largest = (0.0001 + one * 0.0000001 for one in (min(kept), max(everything - kept)))
    assert smallest**2 > largest**2 * 0.98
    by_rank = ask(definition(SQUARES.replace("i AS size", "-i AS size"), tiles={"limit": 100, "rank": "size"}), tile)
    assert by_rank is not None
    assert {feature.id for feature in by_rank.features} == set(sorted(everything)[:100])


@pytest.mark.parametrize("more", [{}, {"rank": "size"}], ids=["by area", "by a column"])
def test_equal_features_thin_out_evenly(ask: Ask, more: dict[str, Any]) -> None:
    # 80 columns and 50 rows of lots whose corners are rounded, as stored ones are.
    sql = SQUARES.replace("0.0001 + i * 0.0000001", "0.00091").replace("i AS size", "7 AS size")
    box = "ST_MakeEnvelope(x, y, x + side, y + side, 4490)"
    sql = sql.replace(box, f"ST_SnapToGrid({box}, 0.0000001)")
    layer = definition(sql, tiles={"limit": 800, **more})
    tile = at(117.54, 39.025, 11)
    found = ask(layer, tile)
    assert found is not None and found == ask(layer, tile)
    ids = [feature.id or 0 for feature in found.features]
    assert len(ids) == 800
    # A fifth of each column and row in the mean; by chance hardly any has less than 2 or more than twice as many.
    for lines, count in ((Counter(one % 80 for one in ids), 80), (Counter(one // 80 for one in ids), 50)):
        assert len(lines) >= count - 1
        assert max(lines.values()) <= 2.2 * 800 / count


@pytest.mark.parametrize("z", [11, 14])
def test_features_stand_in_the_order_of_the_layer(ask: Ask, z: int) -> None:
    tile = at(117.54, 39.025, z)
    sql = SQUARES.replace("0.0001 + i * 0.0000001", "0.0009")
    layer = ask(definition(sql), tile)
    assert layer is not None
    ids = [feature.id or 0 for feature in layer.features]
    assert len(ids) > 100 and ids == sorted(ids)
    sql = sql.replace("i AS size", "i % 7 AS size")
    ordered = ask(definition(sql, source={"sql": sql, "key_type": "integer", "sort": "size"}), tile)
    assert ordered is not None
    assert [feature.id for feature in ordered.features] == sorted(ids, key=lambda one: (one % 7, one))


def test_low_zooms_are_thinned(ask: Ask) -> None:
    layer = definition(SQUARES, tiles={"limit": 10_000, "detail_from": 12})
    assert [most_features(layer, z) for z in (14, 12, 11, 10, 9, 0)] == [10_000, 10_000, 5_000, 2_500, 2_000, 2_000]
    assert most_features(definition(SQUARES, tiles={"limit": 50}), 3) == 50
    # At zoom 10 half a pixel is 0.00034 degrees: squares of 0.0003 and less are left out, those of 0.0005 stay.
    tile = at(117.54, 39.025, 10)
    found = ask(definition(SQUARES.replace("0.0001 + i * 0.0000001", "0.0001 * (1 + i % 5)")), tile)
    assert found is not None
    assert {(feature.id or 0) % 5 for feature in found.features} == {3, 4}
    assert ask(definition(SQUARES), at(117.54, 39.025, 5)) is None


@pytest.mark.parametrize("z", [9, 12, 15])
def test_the_stored_column_gives_the_same_tile(ask: Ask, z: int) -> None:
    sql = SQUARES.replace("0.0001 + i * 0.0000001", "0.0009")
    plain = ask(definition(sql), at(117.54, 39.025, z))
    stored = ask(definition(sql, tiles={"geometry_3857": "geom_3857", "rank": "size"}), at(117.54, 39.025, z))
    assert plain is not None and stored is not None
    drawn = {feature.id: feature.parts for feature in plain.features}
    kept = {feature.id: feature.parts for feature in stored.features}
    both = drawn.keys() & kept.keys()
    assert len(both) > 0 and all(drawn[one] == kept[one] for one in both)
    if z > 9:
        assert drawn.keys() == kept.keys()


def test_types_of_values(ask: Ask) -> None:
    sql = """
SELECT 'a%:x' AS id, '天津' AS name, ARRAY['石油化工', '新能源'] AS many, 1.5::numeric AS share, 7::smallint AS year,
       true AS built, date '2021-03-18' AS day, timestamptz '2021-03-18 08:00+08' AS moment, NULL::text AS nothing,
       ST_SetSRID(ST_MakePoint(117.5, 39), 4490) AS geom
 WHERE 'a%b' LIKE 'a%'
"""
    kinds = {
        "name": "string", "many": "string[]", "share": "number", "year": "integer", "built": "boolean", "day": "date",
        "moment": "datetime", "nothing": "string",
    }  # fmt: skip
    layer = definition(
        sql, geometry="point", source={"sql": sql}, fields=[field(name, kind) for name, kind in kinds.items()]
    )
    found = ask(layer, at(117.5, 39, 6))
    assert found is not None
    (feature,) = found.features
    assert feature.kind == 1 and feature.id is None
    assert feature.properties == {
        "id": "a%:x", "name": "天津", "many": "石油化工、新能源", "share": 1.5, "year": 7, "built": True,
        "day": "2021-03-18", "moment": "2021-03-18T00:00:00Z",
    }  # fmt: skip


def test_what_reaches_beyond_the_matrix_is_cut_off(ask: Ask) -> None:
    sql = """
SELECT 1 AS id, 'south' AS name, ST_GeomFromText('POLYGON((-180 -90,180 -90,180 -60,0 -60,-180 -60,-180 -90))', 4490)
       AS geom
"""
    found = ask(definition(sql), Tile(0, 0, 0))
    assert found is not None
    (feature,) = found.features
    (ring,) = feature.parts
    # 60 degrees south are 8,399,738 m of 20,037,508 m from the equator.
    top = round(2048 + 2048 * 8399737.89 / 20037508.34)
    assert {x for x, _ in ring} == {0, 4096}
    assert {min(y, 4096) for _, y in ring} == {top, 4096} and max(y for _, y in ring) <= 4096 + 64
    point = "SELECT 1 AS id, 'pole' AS name, ST_SetSRID(ST_MakePoint(0, 90), 4490) AS geom"
    assert ask(definition(point, geometry="point"), Tile(0, 0, 0)) is None


def test_features_beside_the_antimeridian_are_found(ask: Ask) -> None:
    sql = """
SELECT i AS id, 'n' || i AS name, ST_MakeEnvelope(x, 0.5, x + 5, 5, 4490) AS geom
  FROM (VALUES (1, -180), (2, 175), (3, -170)) AS made (i, x)
"""
    for tile, ids in ((Tile(3, 0, 3), {1, 3}), (Tile(3, 7, 3), {2})):
        found = ask(definition(sql), tile)
        assert found is not None
        assert {feature.id for feature in found.features} == ids


def test_the_box_of_a_tile() -> None:
    assert degrees(Tile(0, 0, 0), 64) == pytest.approx((-180, -85.0511287798066, 180, 85.0511287798066))
    assert degrees(Tile(1, 1, 0), 0) == pytest.approx((0, 0, 180, 85.0511287798066))
    west, _, east, _ = degrees(Tile(10, 846, 391), 64)
    assert east - west == pytest.approx(360 / 1024 * (1 + 128 / 4096))


def test_the_last_zoom() -> None:
    assert definition(SQUARES).last_tile_zoom == 22
    assert definition(SQUARES, tiles={"max_zoom": 16}).last_tile_zoom == 16
    with pytest.raises(ValidationError, match="max_zoom"):
        definition(SQUARES, zoom={"min": 8}, tiles={"max_zoom": 6})


def test_faults_of_the_database_are_those_that_routes_answer(database_url: str) -> None:
    async def once(statement: str) -> bytes | None:
        reader = Reader([read_engine(database_url, Settings(statement_timeout_ms=200), assume_role=True)])
        try:
            return await reader.bytes_value(statement, {"n": 5})
        finally:
            await reader.close()

    assert asyncio.run(once("SELECT '\\x00ff'::bytea WHERE %(n)s = 5")) == b"\x00\xff"
    assert asyncio.run(once("SELECT NULL::bytea WHERE %(n)s = 5")) is None
    with pytest.raises(OperationalError, match="statement timeout"):
        asyncio.run(once("SELECT pg_sleep(%(n)s)"))
    with pytest.raises(DBAPIError):
        asyncio.run(once("DELETE FROM yuantu.zone WHERE %(n)s = 5 RETURNING id"))
