"""XLSX read back with openpyxl."""

import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from app.features.encoders import EncoderOptions, Row, SourceDocument, xlsx
from app.problems import BadRequest
from app.registry.definition import LayerDefinition
from tests.encoders.support import SAMPLES, Facts, encoded, every_type, made_layer, stream_of


def _open(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def _column(sheet: Any, title: str) -> list[Any]:
    titles = [cell.value for cell in sheet[1]]
    return [cell.value for cell in sheet[openpyxl.utils.get_column_letter(titles.index(title) + 1)]][1:]


def test_every_park_is_there_under_chinese_titles_with_units(parks: Facts) -> None:
    book = _open(encoded("xlsx", stream_of(parks.layer, parks.rows)))
    assert book.sheetnames == ["数据", "字段说明", "出处"]
    sheet = book["数据"]
    assert _column(sheet, "标识") == parks.ids
    assert _column(sheet, "名称") == parks.column("name_zh")
    areas = parks.column("area_ha")
    numbers = [None if one is None else float(one) for one in areas]
    assert _column(sheet, "图上面积（公顷）") == pytest.approx(numbers)
    levels = {value: title.zh for one in parks.layer.fields for value, title in (one.choices or {}).items()}
    assert _column(sheet, "级别") == [levels.get(one, one) for one in parks.column("level")]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", sheet.dimensions)


def test_the_other_sheets_explain_the_fields_and_name_the_sources(parks: Facts) -> None:
    documents = (SourceDocument("binhai-industry", "滨海新区工业规划", "Industry plan of Binhai"),)
    book = _open(encoded("xlsx", stream_of(parks.layer, parks.rows, documents=documents)))
    fields = [[cell.value for cell in row] for row in book["字段说明"].iter_rows(min_row=2)]
    assert [row[0] for row in fields] == [one.name for one in parks.layer.fields]
    assert any("national=国家级" in (row[5] or "") for row in fields)
    said = {row[0].value: row[1].value for row in book["出处"].iter_rows()}
    assert said["依据文件"] == "滨海新区工业规划"
    assert (said["数据版本"], said["行数"]) == ("0123abcd", str(len(parks.rows)))
    assert "示意" in said["性质"]
    assert said["说明"] == parks.layer.description.zh
    assert "GeoPackage" in said["图形"]


def test_in_english_headings_and_sheets_are_english(parks: Facts) -> None:
    book = _open(encoded("xlsx", stream_of(parks.layer, parks.rows, options=EncoderOptions(language="en"))))
    assert book.sheetnames == ["Data", "Fields", "Sources"]
    assert len(_column(book["Data"], "Computed area (ha)")) == len(parks.rows)


@pytest.mark.parametrize("value", ["=1+1", "{=SUM(A1)}", "https://example.org", "12345", "  ", "\x01a\x0b"])
def test_text_is_text_never_a_formula_a_link_or_a_number(layer: LayerDefinition, value: str) -> None:
    named = made_layer(layer, [{"name": "text"}])
    sheet = _open(encoded("xlsx", stream_of(named, [Row("a", None, [value])])))["数据"]
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].value == value.replace("\x01", "").replace("\x0b", "")
    assert sheet["B2"].hyperlink is None


def test_every_type_arrives_and_times_are_those_of_beijing(layer: LayerDefinition) -> None:
    rows = [Row("a", None, list(SAMPLES.values())), Row("b", None, [None] * len(SAMPLES))]
    sheet = _open(encoded("xlsx", stream_of(every_type(layer), rows)))["数据"]
    first, second = ([cell.value for cell in row][1:] for row in sheet.iter_rows(min_row=2, max_col=9))
    assert first[:6] == ["滨海新区", "https://example.org/滨海", "生物医药;新能源", 2025, 12.5, True]
    assert first[6:] == [datetime(2021, 11, 3), datetime(2021, 11, 4, 0, 30)]
    assert second == [None] * 8


def test_what_excel_cannot_hold_is_written_as_text_or_cut(layer: LayerDefinition) -> None:
    kinds = ["integer", "date", "datetime", "number", "string"]
    named = made_layer(layer, [{"name": f"f{n}", "type": kind} for n, kind in enumerate(kinds)])
    values = [12345678901234567, date(1860, 10, 24), datetime(1860, 10, 24, tzinfo=UTC), float("nan"), "滨" * 40_000]
    sheet = _open(encoded("xlsx", stream_of(named, [Row("a", None, values)])))["数据"]
    found = [cell.value for cell in sheet[2]][1:]
    assert found[:4] == ["12345678901234567", "1860-10-24", "1860-10-24T00:00:00Z", "nan"]
    assert found[4] == "滨" * 32_767


def test_no_rows_leave_the_titles(layer: LayerDefinition) -> None:
    sheet = _open(encoded("xlsx", stream_of(layer, ())))["数据"]
    assert sheet.max_row == 1
    assert sheet["A1"].value == "标识"


def test_more_rows_than_a_sheet_has_are_refused_with_what_to_do(
    layer: LayerDefinition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 21)
    named = made_layer(layer, [{"name": "text"}])
    rows = [Row(str(at), None, ["滨"]) for at in range(21)]
    assert _open(encoded("xlsx", stream_of(named, rows[:20])))["数据"].max_row == 21
    with pytest.raises(BadRequest, match="at most 20 features"):
        encoded("xlsx", stream_of(named, rows))
