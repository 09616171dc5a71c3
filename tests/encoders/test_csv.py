"""CSV read back with Python's csv module and with GDAL."""

import csv
import io
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from app.features.encoders import EncoderOptions, Row
from app.features.encoders.csv_text import protected, unprotected
from app.registry.definition import LayerDefinition
from tests.encoders.support import SAMPLES, Facts, encoded, every_type, made_layer, ogrinfo, saved, stream_of


def _read(data: bytes, encoding: str = "utf-8") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(encoding), newline="")))


def test_every_park_is_there_with_its_values_and_its_geometry(parks: Facts) -> None:
    data = encoded("csv", stream_of(parks.layer, parks.rows))
    rows = _read(data)
    assert list(rows[0]) == ["id", *(one.name for one in parks.layer.fields), "geometry"]
    assert [one["id"] for one in rows] == parks.ids
    assert [one["name_zh"] for one in rows] == parks.column("name_zh")
    assert [one["sectors_zh"] for one in rows] == [";".join(one or ()) for one in parks.column("sectors_zh")]
    for one, geometry in zip(rows, parks.geometries(), strict=True):
        assert shapely.equals_exact(shapely.from_wkt(one["geometry"]), geometry, 1e-6)


def test_lines_end_in_crlf_and_gdal_reads_the_geometry(parks: Facts, tmp_path: Path) -> None:
    path = saved("csv", stream_of(parks.layer, parks.rows), tmp_path)
    assert path.read_bytes().endswith(b"\r\n")
    assert path.read_bytes().count(b"\r\n") == len(parks.rows) + 1
    said = ogrinfo(path, "-al", "-so", "-oo", "GEOM_POSSIBLE_NAMES=geometry")
    assert f"Feature Count: {len(parks.rows)}" in said
    assert "Extent: (11" in said


def test_missing_geometries_are_empty_cells_and_without_geometry_there_is_no_column(functional_areas: Facts) -> None:
    rows = _read(encoded("csv", stream_of(functional_areas.layer, functional_areas.rows)))
    assert sum(one["geometry"] == "" for one in rows) == 2
    plain = _read(encoded("csv", stream_of(functional_areas.layer, functional_areas.rows, with_geometry=False)))
    assert "geometry" not in plain[0]
    assert [one["id"] for one in plain] == functional_areas.ids


def test_no_rows_leave_the_header(layer: LayerDefinition) -> None:
    lines = encoded("csv", stream_of(layer, ())).decode().split("\r\n")
    assert lines[0].startswith("id,name_zh,")
    assert lines[1:] == [""]


def test_every_type_of_value_has_one_spelling(layer: LayerDefinition) -> None:
    typed = every_type(layer)
    (row,) = _read(encoded("csv", stream_of(typed, [Row("a", None, list(SAMPLES.values()))])))
    del row["id"], row["geometry"]
    assert list(row.values()) == [
        "滨海新区",
        "https://example.org/滨海",
        "生物医药;新能源",
        "2025",
        "12.50",
        "true",
        "2021-11-03",
        "2021-11-03T16:30:00Z",
    ]


def test_the_mark_is_written_when_asked_for_and_gbk_replaces_what_it_lacks(layer: LayerDefinition) -> None:
    named = made_layer(layer, [{"name": "name"}])
    rows = [Row("a", None, ["滨海😀"])]
    assert not encoded("csv", stream_of(named, rows)).startswith(b"\xef\xbb\xbf")
    assert encoded("csv", stream_of(named, rows, options=EncoderOptions(bom=True))).startswith(b"\xef\xbb\xbf")
    gbk = encoded("csv", stream_of(named, rows, options=EncoderOptions(encoding="gbk")))
    assert _read(gbk, "gbk")[0]["name"] == "滨海?"


def test_a_field_called_id_and_one_called_geometry_keep_their_names(layer: LayerDefinition) -> None:
    named = made_layer(layer, [{"name": "id"}, {"name": "Geometry"}])
    rows = _read(encoded("csv", stream_of(named, [Row("a", shapely.to_wkb(shapely.Point(1, 2)), ["x", "y"])])))
    assert rows == [{"feature_id": "a", "id": "x", "Geometry": "y", "feature_geometry": "POINT (1 2)"}]


@pytest.mark.parametrize("text", ["=1+1", "+86 22", "-", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠x", "'=1"])
def test_a_text_that_looks_like_a_formula_is_protected(text: str) -> None:
    assert protected(text) == f"'{text}"


def test_numbers_and_harmless_texts_are_left_alone(layer: LayerDefinition) -> None:
    named = made_layer(layer, [{"name": "a"}, {"name": "b", "type": "number"}])
    (row,) = _read(encoded("csv", stream_of(named, [Row("a", None, ["'引号", -5.5])], with_geometry=False)))
    assert (row["a"], row["b"]) == ("'引号", "-5.5")


_TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)
_DANGEROUS = st.builds(lambda a, b: a + b, st.text("'=+-@\t\r\n＝＋－＠", max_size=4), _TEXT)


@given(st.lists(st.tuples(_TEXT | _DANGEROUS, st.lists(_TEXT, max_size=3)), max_size=8))
def test_any_text_comes_back_and_none_begins_a_formula(
    layer: LayerDefinition, values: list[tuple[str, list[str]]]
) -> None:
    named = made_layer(layer, [{"name": "a"}, {"name": "b", "type": "string[]"}])
    rows = [Row(str(at), None, pair) for at, pair in enumerate(values)]
    found = _read(encoded("csv", stream_of(named, rows, with_geometry=False)))
    assert [(unprotected(one["a"]), unprotected(one["b"])) for one in found] == [(a, ";".join(b)) for a, b in values]
    assert not any(one["a"].startswith(tuple("=+-@\t\r\n＝＋－＠")) for one in found)
