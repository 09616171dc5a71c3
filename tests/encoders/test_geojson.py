"""GeoJSON, text sequences and JSON-FG from feature texts."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import shapely

from app.features.encoders import FeatureStream
from app.features.encoders.geojson import time_of
from app.geodesy.crs import CRS84, EPSG_4490, Crs
from app.registry.definition import LayerDefinition
from tests.encoders.support import Facts, encoded, in_batches, made_layer, ogrinfo, saved


def _text(key: str, geometry: Any, properties: Mapping[str, Any]) -> str:
    shape = "null" if geometry is None else shapely.to_geojson(geometry)
    return (
        f'{{"type":"Feature","id":{json.dumps(key)},"geometry":{shape}'
        f',"properties":{json.dumps(properties, ensure_ascii=False)}}}'
    )


def _stream(facts: Facts, crs: Crs = CRS84, **more: Any) -> FeatureStream:
    names = facts.column("name_zh")
    texts = [
        _text(key, geometry, {"name_zh": name})
        for key, geometry, name in zip(facts.ids, facts.geometries(), names, strict=True)
    ]
    return FeatureStream(layer=facts.layer, fields=facts.layer.fields, crs=crs, texts=in_batches(texts), **more)


def test_a_collection_holds_every_feature_once_and_head_and_tail(parks: Facts) -> None:
    async def tail(returned: int) -> Mapping[str, Any]:
        return {"numberMatched": returned + 5}

    head = {"links": [{"href": "https://example.org/", "rel": "self"}]}
    found = json.loads(encoded("geojson", _stream(parks, head=head, tail=tail)))
    assert found["type"] == "FeatureCollection"
    assert [one["id"] for one in found["features"]] == parks.ids
    assert [one["properties"]["name_zh"] for one in found["features"]] == parks.column("name_zh")
    assert found["links"] == head["links"]
    assert (found["numberReturned"], found["numberMatched"]) == (len(parks.rows), len(parks.rows) + 5)


@pytest.mark.parametrize("key", ["geojson", "jsonfg"])
def test_an_empty_collection_is_one(key: str, layer: LayerDefinition) -> None:
    found = json.loads(encoded(key, _stream(Facts(layer, ()))))
    assert (found["type"], found["features"], found["numberReturned"]) == ("FeatureCollection", [], 0)


def test_a_sequence_puts_each_feature_between_rs_and_lf_and_gdal_reads_it(parks: Facts, tmp_path: Path) -> None:
    path = saved("geojsonseq", _stream(parks), tmp_path)
    records = path.read_bytes().split(b"\x1e")
    assert records[0] == b""
    assert all(one.endswith(b"\n") for one in records[1:])
    assert [json.loads(one)["id"] for one in records[1:]] == parks.ids
    assert f"Feature Count: {len(parks.rows)}" in ogrinfo(path, "-al", "-so")
    assert encoded("geojsonseq", _stream(Facts(parks.layer, ()))) == b""


def test_json_fg_in_crs84_keeps_geometry_and_leaves_place_null(functional_areas: Facts) -> None:
    found = json.loads(encoded("jsonfg", _stream(functional_areas)))
    assert found["conformsTo"] == [
        "http://www.opengis.net/spec/json-fg-1/1.0/conf/core",
        "http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas",
    ]
    assert (found["featureType"], found["geometryDimension"]) == ("functional-areas", 2)
    assert "coordRefSys" not in found
    assert all(one["place"] is None for one in found["features"])
    assert sum(one["geometry"] is None for one in found["features"]) == 2
    assert all("conformsTo" not in one and "coordRefSys" not in one for one in found["features"])


def test_json_fg_in_another_crs_moves_the_geometry_to_place(parks: Facts) -> None:
    found = json.loads(encoded("jsonfg", _stream(parks, EPSG_4490)))
    assert found["coordRefSys"] == "http://www.opengis.net/def/crs/EPSG/0/4490"
    assert all(one["geometry"] is None for one in found["features"])
    for one, geometry in zip(found["features"], parks.geometries(), strict=True):
        assert shapely.equals_exact(shapely.geometry.shape(one["place"]), geometry, 1e-9)


def test_json_fg_is_not_misled_by_a_feature_that_talks_of_geometry(layer: LayerDefinition) -> None:
    tricky = _text('x","geometry":null', shapely.Point(1, 2), {"name_zh": '{"a":1,"geometry":null}'})
    stream = FeatureStream(layer=layer, fields=(), crs=EPSG_4490, texts=in_batches([tricky]))
    (one,) = json.loads(encoded("jsonfg", stream))["features"]
    assert one["id"] == 'x","geometry":null'
    assert (one["geometry"], one["place"]["coordinates"]) == (None, [1.0, 2.0])
    assert one["properties"] == {"name_zh": '{"a":1,"geometry":null}'}


def test_json_fg_takes_time_from_the_fields_the_layer_names(layer: LayerDefinition) -> None:
    dated = made_layer(
        layer, [{"name": "start", "type": "integer"}, {"name": "end", "type": "integer"}], datetime=("start", "end")
    )
    texts = [_text("a", None, {"start": 2021, "end": 2023}), _text("b", None, {"start": None, "end": None})]

    def features(fields: Any) -> list[dict[str, Any]]:
        stream = FeatureStream(layer=dated, fields=fields, crs=CRS84, texts=in_batches(texts))
        found: list[dict[str, Any]] = json.loads(encoded("jsonfg", stream))["features"]
        return found

    assert [one["time"] for one in features(dated.fields)] == [{"interval": ["2021-01-01", "2023-12-31"]}, None]
    assert all("time" not in one for one in features(dated.fields[:1]))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["2021-11-03"], {"date": "2021-11-03"}),
        (["2021-11-03T08:30:00+08:00"], {"timestamp": "2021-11-03T00:30:00Z"}),
        (["2021-11-03T00:30:00.25Z"], {"timestamp": "2021-11-03T00:30:00.250000Z"}),
        ([2021], {"interval": ["2021-01-01", "2021-12-31"]}),
        (["2021-01-01", None], {"interval": ["2021-01-01", ".."]}),
        ([None, 2025], {"interval": ["..", "2025-12-31"]}),
        (["2021-01-01", "2021-06-01T12:00:00Z"], {"interval": ["2021-01-01T00:00:00Z", "2021-06-01T12:00:00Z"]}),
        (["2021-06-01T12:00:00Z", "2021-06-01"], {"interval": ["2021-06-01T12:00:00Z", "2021-06-01T23:59:59Z"]}),
        (["2023-01-01", "2021-01-01"], None),
        ([None], None),
        (["十四五"], None),
    ],
)
def test_time_is_as_json_fg_writes_it(values: list[Any], expected: dict[str, Any] | None) -> None:
    assert time_of(values) == expected


def test_a_format_of_texts_without_texts_is_an_error(layer: LayerDefinition) -> None:
    with pytest.raises(ValueError, match="texts"):
        asyncio.run(anext(_bytes(layer)))


async def _bytes(layer: LayerDefinition) -> Any:
    from app.features.encoders import ENCODERS

    async for chunk in ENCODERS["geojsonseq"].encode(FeatureStream(layer=layer, fields=(), crs=CRS84)):
        yield chunk
