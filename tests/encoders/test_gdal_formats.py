"""FlatGeobuf, GeoPackage, KML and DXF read back with GDAL (pyogrio's, and Debian's ogrinfo)."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pyogrio.raw
import pytest
import shapely

from app.features.encoders import Row, gdal
from app.geodesy.crs import CRS84, EPSG_4490, find_crs
from app.registry.definition import LayerDefinition
from tests.encoders.support import SAMPLES, Facts, encoded, every_type, made_layer, ogrinfo, saved, stream_of

_KML = {"k": "http://www.opengis.net/kml/2.2"}
SPATIAL = ("fgb", "gpkg", "kml")


def _crs(key: str) -> Any:
    return CRS84 if key == "kml" else EPSG_4490


def _read(path: Path, layer: str | None = None) -> tuple[dict[str, Any], list[Any], dict[str, Any]]:
    """Return what GDAL says of the layer, its geometries and its columns."""
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=layer, datetime_as_string=True)
    geometries = list(shapely.force_2d(shapely.from_wkb(wkb))) if wkb is not None else []
    return meta, geometries, dict(zip(meta["fields"], columns, strict=True))


def _same(found: list[Any], expected: list[Any], tolerance: float = 1e-6) -> bool:
    pairs = zip(found, expected, strict=True)
    return all(
        (a is None and b is None)
        or (shapely.hausdorff_distance(a, b) < tolerance and abs(shapely.area(a) - shapely.area(b)) < tolerance)
        for a, b in pairs
    )


def _in_order(columns: dict[str, Any], expected: list[str]) -> list[int]:
    """Return where each expected id stands: the index of FlatGeobuf reorders features."""
    places = {one: at for at, one in enumerate(columns.get("feature_id", columns["id"]))}
    return [places[one] for one in expected]


@pytest.mark.parametrize("key", SPATIAL)
@pytest.mark.parametrize("layer_id", ["parks", "functional-areas"])
def test_every_feature_comes_back_with_its_values_and_its_geometry(
    key: str, layer_id: str, facts_of: Callable[..., Facts], tmp_path: Path
) -> None:
    facts = facts_of(layer_id)
    path = saved(key, stream_of(facts.layer, facts.rows, _crs(key)), tmp_path)
    _, geometries, columns = _read(path)
    order = _in_order(columns, facts.ids)
    assert len(geometries) == len(facts.rows)
    assert _same([geometries[at] for at in order], facts.geometries())
    for name in ("name_zh", "name_en"):
        assert [columns[name][at] for at in order] == facts.column(name)
    lists = [";".join(one) if one is not None else None for one in facts.column("sectors_zh")]
    assert [columns["sectors_zh"][at] or None for at in order] == [one or None for one in lists]
    areas = [float(one) if one is not None else np.nan for one in facts.column("area_ha")]
    assert np.allclose(columns["area_ha"][order].astype(float), areas, equal_nan=True)


@pytest.mark.parametrize("key", SPATIAL)
def test_gdal_of_some_years_ago_reads_it_too(key: str, parks: Facts, tmp_path: Path) -> None:
    said = ogrinfo(saved(key, stream_of(parks.layer, parks.rows, _crs(key)), tmp_path), "-al")
    assert f"Feature Count: {len(parks.rows)}" in said
    assert all(f"name_zh (String) = {name}" in said for name in parks.column("name_zh"))
    assert ('ID["EPSG",4490]' if key != "kml" else 'ID["EPSG",4326]') in said


@pytest.mark.parametrize(("srid", "key"), [(s, k) for s in (3857, 4548, 4527) for k in ("fgb", "gpkg")])
def test_a_projected_crs_is_named_and_coordinates_stay_east_then_north(
    srid: int, key: str, facts_of: Callable[..., Facts], tmp_path: Path
) -> None:
    facts = facts_of("parks", srid)
    meta, geometries, columns = _read(
        saved(key, stream_of(facts.layer, facts.rows, find_crs(f"EPSG:{srid}")), tmp_path)
    )
    assert meta["crs"] == f"EPSG:{srid}"
    assert _same([geometries[at] for at in _in_order(columns, facts.ids)], facts.geometries(), 1e-3)


@pytest.mark.parametrize("key", ["fgb", "gpkg"])
def test_crs84_is_written_as_epsg_4326(key: str, parks: Facts, tmp_path: Path) -> None:
    meta, geometries, _ = _read(saved(key, stream_of(parks.layer, parks.rows, CRS84), tmp_path))
    assert meta["crs"] == "EPSG:4326"
    assert all(116 < one.centroid.x < 119 for one in geometries)


@pytest.mark.parametrize("key", SPATIAL)
def test_no_rows_make_a_valid_file_with_its_fields(key: str, layer: LayerDefinition, tmp_path: Path) -> None:
    path = saved(key, stream_of(layer, (), _crs(key)), tmp_path)
    info = pyogrio.read_info(path, force_feature_count=True)
    assert info["features"] == 0
    names = [one.name for one in layer.fields]
    if key == "kml":
        fields = ElementTree.parse(path).findall(".//k:SimpleField", _KML)
        assert [one.get("name") for one in fields] == ["feature_id", *names]
    else:
        assert list(info["fields"]) == ["id", *names]
        assert (info["geometry_type"], info["crs"]) == ("MultiPolygon", "EPSG:4490")


@pytest.mark.parametrize("key", ["fgb", "gpkg"])
def test_types_are_those_of_the_fields(key: str, layer: LayerDefinition, tmp_path: Path) -> None:
    typed = every_type(layer)
    rows = [Row("a", None, list(SAMPLES.values())), Row("b", None, [None] * len(SAMPLES))]
    meta, _, columns = _read(saved(key, stream_of(typed, rows), tmp_path))
    assert list(meta["ogr_types"]) == [
        "OFTString",
        "OFTString",
        "OFTString",
        "OFTString",
        "OFTInteger64",
        "OFTReal",
        "OFTInteger",
        "OFTDateTime" if key == "fgb" else "OFTDate",  # FlatGeobuf has no dates
        "OFTDateTime",
    ]
    first = columns["id"].tolist().index("a")
    assert columns["a_list"][first] == "生物医药;新能源"
    assert columns["a_number"][first] == 12.5
    assert columns["a_integer"][first] == 2025
    assert str(columns["a_date"][first]).startswith("2021-11-03")
    assert str(columns["a_datetime"][first]).startswith("2021-11-03T16:30")
    assert columns["a_string"][1 - first] is None


@pytest.mark.parametrize("key", SPATIAL)
def test_points_lines_polygons_and_collections_may_stand_side_by_side(
    key: str, layer: LayerDefinition, tmp_path: Path
) -> None:
    named = made_layer(layer, [{"name": "name"}])
    box = shapely.box(117, 39, 117.1, 39.1)
    shapes = [
        box,
        shapely.MultiPolygon([box]),
        shapely.Point(117, 39),
        shapely.LineString([(117, 39), (118, 40)]),
        shapely.GeometryCollection([box, shapely.Point(1, 1)]),
        shapely.Point(),
    ]
    rows = [Row(str(at), shapely.to_wkb(one), [one.geom_type]) for at, one in enumerate(shapes)]
    _, geometries, columns = _read(saved(key, stream_of(named, rows, _crs(key)), tmp_path))
    found = [geometries[at] for at in _in_order(columns, [row.id for row in rows])]
    assert [one is None for one in found] == [False] * 5 + [True]
    assert all(shapely.equals(a, b) for a, b in zip(found[:5], shapes[:5], strict=True))


def test_a_point_layer_is_of_points(facts_of: Callable[..., Facts], tmp_path: Path) -> None:
    facts = facts_of("facilities")
    for key in ("fgb", "gpkg"):
        info = pyogrio.read_info(saved(key, stream_of(facts.layer, facts.rows, EPSG_4490), tmp_path))
        assert (info["geometry_type"], info["features"]) == ("Point", len(facts.rows))


def test_flatgeobuf_is_indexed_unless_a_geometry_is_missing_or_there_are_very_many(
    parks: Facts, functional_areas: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def indexed(facts: Facts) -> bool:
        path = saved("fgb", stream_of(facts.layer, facts.rows, EPSG_4490), tmp_path)
        return bool(pyogrio.read_info(path)["capabilities"]["fast_spatial_filter"])

    assert indexed(parks)
    assert not indexed(functional_areas)
    monkeypatch.setattr(gdal, "MAX_INDEXED", len(parks.rows) - 1)
    assert not indexed(parks)


@pytest.mark.parametrize("key", ["fgb", "gpkg"])
def test_without_geometry_there_is_a_table(key: str, parks: Facts, tmp_path: Path) -> None:
    rows = [Row(row.id, None, row.values) for row in parks.rows]
    _, geometries, columns = _read(saved(key, stream_of(parks.layer, rows, with_geometry=False), tmp_path))
    assert all(one is None for one in geometries)
    assert columns["id"].tolist() == parks.ids


def test_the_geopackage_says_what_it_is(parks: Facts, tmp_path: Path) -> None:
    path = saved("gpkg", stream_of(parks.layer, parks.rows, EPSG_4490), tmp_path)
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        contents = db.execute("SELECT table_name, data_type, identifier, srs_id FROM gpkg_contents").fetchall()
        assert contents == [("parks", "features", "园区", 4490)]
        assert db.execute("SELECT column_name, geometry_type_name FROM gpkg_geometry_columns").fetchone() == (
            "geom",
            "MULTIPOLYGON",
        )
        titles = dict(db.execute("SELECT column_name, name FROM gpkg_data_columns").fetchall())
        assert titles["area_ha"] == "图上面积"
        assert db.execute("SELECT count(*) FROM rtree_parks_geom").fetchone() == (len(parks.rows),)


def test_columns_that_differ_in_case_only_or_are_called_fid_or_geom_all_arrive(
    layer: LayerDefinition, tmp_path: Path
) -> None:
    named = made_layer(layer, [{"name": one} for one in ("Name", "name", "fid", "geom", "id")])
    rows = [Row("x", shapely.to_wkb(shapely.Point(1, 2)), list("abcde"))]
    _, geometries, columns = _read(saved("gpkg", stream_of(named, rows, EPSG_4490), tmp_path))
    values = {name: column[0] for name, column in columns.items()}
    assert values == {"feature_id": "x", "Name": "a", "name_2": "b", "fid": "c", "geom": "d", "id": "e"}
    assert geometries == [shapely.Point(1, 2)]


def test_kml_names_placemarks_by_the_label_and_titles_its_fields(parks: Facts) -> None:
    root = ElementTree.fromstring(encoded("kml", stream_of(parks.layer, parks.rows)))
    assert root.findtext("k:Document/k:name", namespaces=_KML) == "园区"
    names = [one.text for one in root.findall(".//k:Placemark/k:name", _KML)]
    assert names == parks.column(parks.layer.label.zh if parks.layer.label else "name_zh")
    titles = [one.text for one in root.findall(".//k:SimpleField/k:displayName", _KML)]
    assert titles == ["feature_id", *(one.title.zh for one in parks.layer.fields)]


def test_kml_leaves_out_what_xml_forbids_and_escapes_the_rest(layer: LayerDefinition) -> None:
    named = made_layer(layer, [{"name": "name"}])
    root = ElementTree.fromstring(encoded("kml", stream_of(named, [Row("a", None, ["<b>\x01\x0b&\ufffe]]>😀"])])))
    assert root.findtext(".//k:SimpleData[@name='name']", namespaces=_KML) == "<b>&]]>😀"


def test_gdal_reads_yes_and_no_of_a_kml(layer: LayerDefinition, tmp_path: Path) -> None:
    named = made_layer(layer, [{"name": "sure", "type": "boolean"}])
    rows = [Row("a", None, [True]), Row("b", None, [False]), Row("c", None, [None])]
    _, _, columns = _read(saved("kml", stream_of(named, rows), tmp_path))
    # pyogrio turns whole numbers of which one is absent into floating-point numbers.
    assert [None if value != value else value for value in columns["sure"]] == [1, 0, None]


def test_kml_in_another_crs_is_an_error(parks: Facts) -> None:
    with pytest.raises(ValueError, match="CRS84"):
        encoded("kml", stream_of(parks.layer, parks.rows, EPSG_4490))


@pytest.fixture(scope="module")
def projected(facts_of: Callable[..., Facts]) -> Facts:
    return facts_of("parks", 4548)


def test_dxf_has_every_ring_as_a_closed_line_and_every_name_as_text(projected: Facts, tmp_path: Path) -> None:
    path = saved("dxf", stream_of(projected.layer, projected.rows, find_crs("EPSG:4548")), tmp_path)
    _, geometries, columns = _read(path)
    on = columns["Layer"]
    rings = [one for one, name in zip(geometries, on, strict=True) if name == "PARKS"]
    expected = [
        ring
        for geometry in projected.geometries()
        for part in geometry.geoms
        for ring in (part.exterior, *part.interiors)
    ]
    assert len(rings) == len(expected)
    assert all(one.is_closed for one in rings)
    assert all(shapely.hausdorff_distance(a, b) < 2e-3 for a, b in zip(rings, expected, strict=True))
    label = projected.layer.label.zh if projected.layer.label else "name_zh"
    assert [text for text, name in zip(columns["Text"], on, strict=True) if name == "PARKS-TEXT"] == projected.column(
        label
    )
    assert projected.column(label)[0] in ogrinfo(path, "-al")


def test_dxf_carries_ids_as_extended_data_and_chinese_in_its_code_page(projected: Facts) -> None:
    data = encoded("dxf", stream_of(projected.layer, projected.rows, find_crs("EPSG:4548")))
    lines = data.decode("gbk").split("\r\n")
    groups = list(zip((int(code) for code in lines[:-1:2]), lines[1::2], strict=True))
    assert groups[:4] == [(0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, "AC1009")]
    assert (3, "ANSI_936") in groups
    assert groups[-1] == (0, "EOF")
    assert list(dict.fromkeys(value for code, value in groups if code == 1000)) == projected.ids


def test_dxf_writes_what_the_code_page_lacks_by_its_number(layer: LayerDefinition) -> None:
    labelled = made_layer(layer, [{"name": "name"}]).model_copy(
        update={"label": layer.title.model_copy(update={"zh": "name", "en": "name"})}
    )
    rows = [Row("a", shapely.to_wkb(shapely.Point(500000, 4300000)), ["滨海\u1e3f\n😀"])]
    assert "滨海\\U+1E3F \\U+D83D\\U+DE00".encode("gbk") in encoded(
        "dxf", stream_of(labelled, rows, find_crs("EPSG:4548"))
    )


def test_dxf_of_nothing_is_a_drawing(layer: LayerDefinition, tmp_path: Path) -> None:
    path = saved("dxf", stream_of(layer, [Row("a", None, [None] * len(layer.fields))], find_crs("EPSG:4548")), tmp_path)
    assert "Feature Count: 0" in ogrinfo(path, "-al", "-so")
