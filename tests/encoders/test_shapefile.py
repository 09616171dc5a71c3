"""Shapefile zips read back with GDAL; the table of fields with Python's csv module."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from app.features.encoders import EncoderOptions, Row
from app.features.encoders.shapefile import short_name, short_names
from app.geodesy.crs import EPSG_4490, find_crs
from app.registry.definition import LayerDefinition
from tests.encoders.support import SAMPLES, Facts, encoded, every_type, made_layer, ogrinfo, saved, stream_of

GBK = EncoderOptions(encoding="gbk")


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _table(data: bytes) -> list[list[str]]:
    raw = _members(data)["fields.csv"]
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))[1:]


def _read(path: Path, member: str) -> tuple[dict[str, Any], list[Any], dict[str, Any]]:
    meta, _, wkb, columns = pyogrio.raw.read(f"/vsizip/{path}/{member}")
    geometries = list(shapely.from_wkb(wkb)) if wkb is not None else []
    return meta, geometries, dict(zip(meta["fields"], columns, strict=True))


@pytest.mark.parametrize("options", [EncoderOptions(), GBK], ids=["utf-8", "gbk"])
@pytest.mark.parametrize("layer_id", ["parks", "functional-areas", "facilities"])
def test_every_feature_comes_back(
    options: EncoderOptions, layer_id: str, facts_of: Callable[..., Facts], tmp_path: Path
) -> None:
    facts = facts_of(layer_id)
    path = saved("shp", stream_of(facts.layer, facts.rows, EPSG_4490, options=options), tmp_path)
    meta, geometries, columns = _read(path, f"{layer_id}.shp")
    assert columns["id"].tolist() == facts.ids
    assert columns["name_zh"].tolist() == facts.column("name_zh")
    assert pyproj.CRS.from_user_input(meta["crs"]).equals(pyproj.CRS("EPSG:4490"), ignore_axis_order=True)
    for found, expected in zip(geometries, facts.geometries(), strict=True):
        assert (found is None) == (expected is None)
        assert found is None or shapely.hausdorff_distance(found, expected) < 1e-6
    cpg = _members(path.read_bytes())[f"{layer_id}.cpg"]
    assert cpg == (b"GBK" if options.encoding == "gbk" else b"UTF-8")
    said = ogrinfo(f"/vsizip/{path}", "-al")
    assert f"Feature Count: {len(facts.rows)}" in said
    assert f"name_zh (String) = {facts.column('name_zh')[0]}" in said


def test_the_bytes_of_the_table_are_in_the_encoding_asked_for(parks: Facts) -> None:
    name = parks.column("name_zh")[0]
    dbf = _members(encoded("shp", stream_of(parks.layer, parks.rows, EPSG_4490, options=GBK)))["parks.dbf"]
    assert name.encode("gbk") in dbf
    assert dbf[29] == 0x4D
    assert name.encode() in _members(encoded("shp", stream_of(parks.layer, parks.rows, EPSG_4490)))["parks.dbf"]


def test_the_table_of_fields_explains_every_column(parks: Facts, tmp_path: Path) -> None:
    path = saved("shp", stream_of(parks.layer, parks.rows, EPSG_4490), tmp_path)
    meta, _, _ = _read(path, "parks.shp")
    table = _table(path.read_bytes())
    assert [row[0] for row in table] == list(meta["fields"])
    assert [row[1] for row in table] == ["id", *(one.name for one in parks.layer.fields)]
    rows = {row[1]: row for row in table}
    assert rows["area_ha"][2:5] == ["图上面积", "Computed area", "公顷 / ha"]
    assert "national=国家级" in rows["level"][6]


def test_a_selection_of_fields_does_not_change_their_short_names(parks: Facts) -> None:
    whole = {row[1]: row[0] for row in _table(encoded("shp", stream_of(parks.layer, (), EPSG_4490)))}
    chosen = parks.layer.fields[-3:]
    for row in _table(encoded("shp", stream_of(parks.layer, (), EPSG_4490, fields=chosen)))[1:]:
        assert row[0] == whole[row[1]]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("name_zh", "name_zh"),
        ("industries_zh", "industr_zh"),
        ("administration", "administra"),
        ("面积", "F07"),
        ("2面积a", "F2a"),
        ("_private_", "private"),
        ("a_b_c_d_e_f_g_h", "a_b_c_d_e"),
    ],
)
def test_short_names(name: str, expected: str) -> None:
    assert short_name(name, 7) == expected


@given(st.lists(st.from_regex(r"[^\W\d]\w{0,30}", fullmatch=True), unique=True, max_size=200))
def test_short_names_are_ascii_unique_and_always_the_same(names: list[str]) -> None:
    found = short_names(names, ("id",))
    assert list(found) == names
    shorts = ["ID", *(one.upper() for one in found.values())]
    assert len(set(shorts)) == len(shorts)
    assert all(one.isascii() and 1 <= len(one) <= 10 and one[0].isalpha() for one in found.values())
    assert short_names(names, ("id",)) == found


@pytest.mark.parametrize("options", [EncoderOptions(), GBK], ids=["utf-8", "gbk"])
def test_a_long_text_is_cut_between_characters_and_the_table_says_so(
    options: EncoderOptions, layer: LayerDefinition, tmp_path: Path
) -> None:
    named = made_layer(layer, [{"name": "text"}, {"name": "other"}])
    long = "a" + "滨" * 300
    rows = [Row("1", None, [long, "短"]), Row("2", None, ["短", "短"])]
    path = saved("shp", stream_of(named, rows, EPSG_4490, options=options), tmp_path)
    _, _, columns = _read(path, "parks.shp")
    width = 3 if options.encoding == "utf-8" else 2
    assert columns["text"].tolist() == ["a" + "滨" * (253 // width), "短"]
    remarks = {row[1]: row[7] for row in _table(path.read_bytes())}
    assert remarks["text"].startswith("1 个值超过 254 字节")
    assert remarks["other"] == ""


def test_characters_that_gbk_lacks_become_question_marks_and_the_table_says_so(
    layer: LayerDefinition, tmp_path: Path
) -> None:
    named = made_layer(layer, [{"name": "text"}])
    path = saved("shp", stream_of(named, [Row("1", None, ["滨😀海"])], EPSG_4490, options=GBK), tmp_path)
    assert _read(path, "parks.shp")[2]["text"].tolist() == ["滨?海"]
    assert "1 个值含 GBK 没有的字符" in _table(path.read_bytes())[1][7]


def test_each_kind_of_geometry_gets_a_shapefile_of_its_own(layer: LayerDefinition, tmp_path: Path) -> None:
    named = made_layer(layer, [{"name": "text"}])
    box = shapely.box(117, 39, 117.1, 39.1)
    line = shapely.LineString([(117, 39), (118, 40)])
    shapes = [box, shapely.Point(1, 2), line, None, shapely.GeometryCollection([box, shapely.Point(3, 4)])]
    rows = [Row(str(at), None if one is None else shapely.to_wkb(one), ["滨"]) for at, one in enumerate(shapes)]
    path = saved("shp", stream_of(named, rows, EPSG_4490), tmp_path)
    parts = {kind: _read(path, f"parks_{kind}.shp") for kind in ("point", "line", "polygon")}
    assert {kind: part[2]["id"].tolist() for kind, part in parts.items()} == {
        "point": ["1", "4"],
        "line": ["2"],
        "polygon": ["0", "3", "4"],
    }
    assert shapely.equals(parts["line"][1][0], line)
    assert parts["polygon"][1][1] is None


@pytest.mark.parametrize("srid", [3857, 4548, 4527])
def test_a_projected_crs_has_its_prj(srid: int, facts_of: Callable[..., Facts], tmp_path: Path) -> None:
    facts = facts_of("parks", srid)
    path = saved("shp", stream_of(facts.layer, facts.rows, find_crs(f"EPSG:{srid}")), tmp_path)
    meta, geometries, _ = _read(path, "parks.shp")
    assert meta["crs"] == f"EPSG:{srid}"
    assert all(shapely.hausdorff_distance(*pair) < 1e-3 for pair in zip(geometries, facts.geometries(), strict=True))


def test_every_type_arrives_and_none_stays_none(layer: LayerDefinition, tmp_path: Path) -> None:
    typed = every_type(layer)
    rows = [Row("a", None, list(SAMPLES.values())), Row("b", None, [None] * len(SAMPLES))]
    _, _, columns = _read(saved("shp", stream_of(typed, rows, EPSG_4490), tmp_path), "parks.shp")
    values = [column[0] for column in columns.values()][1:]
    assert values[:6] == ["滨海新区", "https://example.org/滨海", "生物医药;新能源", 2025, 12.5, 1]
    assert values[6] == np.datetime64("2021-11-03")
    assert values[7] == "2021-11-03T16:30:00Z"
    assert [column[1] for column in columns.values()][1:4] == [None] * 3


def test_nothing_and_tables_without_geometry_are_valid_too(parks: Facts, tmp_path: Path) -> None:
    path = saved("shp", stream_of(parks.layer, (), EPSG_4490), tmp_path)
    meta, geometries, _ = _read(path, "parks.shp")
    assert (meta["geometry_type"], geometries) == ("Polygon", [])
    assert len(meta["fields"]) == len(parks.layer.fields) + 1
    plain = encoded("shp", stream_of(parks.layer, parks.rows, with_geometry=False))
    assert sorted(_members(plain)) == ["fields.csv", "parks.cpg", "parks.dbf"]
