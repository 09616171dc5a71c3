"""XLSX: a workbook for people, with the attributes, what the columns mean, and where they come from."""

import math
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.features.encoders.stream import FeatureStream, Language, Row
from app.features.encoders.values import as_text, without_control_characters
from app.features.encoders.workfile import Batches, through_file
from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.registry.definition import LayerField

MAX_ROWS = 1_048_576
"""Rows of a sheet, the header included (ECMA-376 as Excel implements it)."""
MAX_TEXT = 32_767
"""Characters of a cell."""
_EXACT = 10**15
"""From here on Excel does not keep every digit of a whole number."""
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel's calendar is wrong or missing."""
_BEIJING = timezone(timedelta(hours=8))

_SHEETS = {"zh": ("数据", "字段说明", "出处"), "en": ("Data", "Fields", "Sources")}
_FIELD_HEADER = {
    "zh": ("字段", "标题", "英文标题", "单位", "类型", "代码取值"),
    "en": ("Field", "Title (Chinese)", "Title", "Unit", "Type", "Codes"),
}
_NOTES = {
    "zh": {
        "layer": "图层",
        "description": "说明",
        "status": "性质",
        "rows": "行数",
        "version": "数据版本",
        "documents": "依据文件",
        "geometry": "图形",
        "geometry_note": "本表只含属性；图形请下载 GeoPackage、Shapefile 或 GeoJSON。",
        "time": "（北京时间）",
        "id": "标识",
    },
    "en": {
        "layer": "Layer",
        "description": "Description",
        "status": "Status",
        "rows": "Rows",
        "version": "Data version",
        "documents": "Documents",
        "geometry": "Geometry",
        "geometry_note": "Attributes only; GeoPackage, Shapefile and GeoJSON carry the geometry.",
        "time": " (Beijing time)",
        "id": "Id",
    },
}
_STATUS = {
    "indicative": {"zh": "示意（非法定）", "en": "Indicative (not legal)"},
    "derived": {"zh": "推算", "en": "Derived"},
    "imported": {"zh": "引入数据", "en": "Imported"},
    "statutory": {"zh": "法定", "en": "Statutory"},
}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
_CREATED = datetime(2000, 1, 1)
"""A fixed time, so that the same data give the same file."""


def _words(value: Any) -> str:
    return without_control_characters(as_text(value))[:MAX_TEXT]


class _Sheet:
    """The sheet of data."""

    def __init__(self, sheet: Worksheet, stream: FeatureStream, formats: Mapping[str, Format]) -> None:
        self._sheet, self._formats = sheet, formats
        self._language: Language = stream.options.language
        self._fields = stream.fields
        self.rows = 0
        sheet.freeze_panes(1, 1)
        titles = [_NOTES[self._language]["id"], *(self._title(one) for one in stream.fields)]
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, formats["head"])
            sheet.set_column(column, column, min(max(2.2 * len(title), 10), 40))
        self._writers = [self._writer(one) for one in stream.fields]

    def _title(self, one: LayerField) -> str:
        title = str(getattr(one.title, self._language))
        if one.unit is not None:
            unit = getattr(one.unit, self._language)
            title += f"（{unit}）" if self._language == "zh" else f" ({unit})"
        return title + (_NOTES[self._language]["time"] if one.type == "datetime" else "")

    def _writer(self, one: LayerField) -> Callable[[int, int, Any], Any]:
        number = self._formats[f"number{one.decimals}"] if one.decimals is not None else None
        titles = {value: getattr(title, self._language) for value, title in (one.choices or {}).items()}

        def write(row: int, column: int, value: Any) -> None:
            if value is None:
                return
            if isinstance(value, bool):
                self._sheet.write_boolean(row, column, value)
            elif isinstance(value, int | float | Decimal) and _exact(value):
                self._sheet.write_number(row, column, float(value), number)
            elif isinstance(value, date) and _in_calendar(value):
                moment = value.astimezone(_BEIJING) if isinstance(value, datetime) and value.tzinfo else value
                kind = "time" if isinstance(value, datetime) else "day"
                self._sheet.write_datetime(row, column, moment, self._formats[kind])
            else:
                words = titles.get(value, value) if isinstance(value, str) else value
                self._sheet.write_string(row, column, _words(words))

        return write

    def write(self, batch: Sequence[Row]) -> None:
        """Write rows.

        Raises
        ------
        BadRequest
            If there are more than a sheet can hold.
        """
        if self.rows + len(batch) > MAX_ROWS - 1:
            message = Message(
                "xlsx holds at most {most} features; ask for fewer, or for csv, gpkg or parquet",
                most=MAX_ROWS - 1,
            )
            raise BadRequest([ParameterError("f", message, "xlsx")])
        for key, _, values in batch:
            self.rows += 1
            self._sheet.write_string(self.rows, 0, _words(key))
            for column, (write, value) in enumerate(zip(self._writers, values, strict=True), 1):
                write(self.rows, column, value)

    def finish(self) -> None:
        """Put the filter over what was written."""
        self._sheet.autofilter(0, 0, max(self.rows, 1), len(self._fields))


def _exact(value: int | float | Decimal) -> bool:
    return math.isfinite(value) and (not isinstance(value, int) or abs(value) < _EXACT)


def _in_calendar(value: date) -> bool:
    return (value.date() if isinstance(value, datetime) else value) >= _FIRST_DAY


def _write_fields(sheet: Worksheet, stream: FeatureStream, head: Format) -> None:
    language = stream.options.language
    rows: list[Sequence[str]] = [_FIELD_HEADER[language]]
    for one in stream.fields:
        unit = getattr(one.unit, language) if one.unit is not None else ""
        choices = "; ".join(f"{value}={getattr(title, language)}" for value, title in (one.choices or {}).items())
        rows.append((one.name, one.title.zh, one.title.en, unit, one.type, choices))
    _write_rows(sheet, rows, head, heads=(0,), widths=(22, 24, 30, 12, 10, 60))


def _write_sources(sheet: Worksheet, stream: FeatureStream, head: Format, rows_written: int) -> None:
    language = stream.options.language
    said, layer = _NOTES[language], stream.layer
    titles = [(one.title_zh if language == "zh" else one.title_en) or one.title_zh for one in stream.documents]
    rows = [
        (said["layer"], getattr(stream.words, language)),
        (said["description"], getattr(layer.description, language)),
        (said["status"], _STATUS[layer.status][language]),
        (said["rows"], str(rows_written)),
        (said["version"], stream.data_version),
        (said["geometry"], said["geometry_note"]),
        *((said["documents"], title) for title in titles or layer.documents),
    ]
    _write_rows(sheet, rows, head, heads=(), widths=(14, 100))


def _write_rows(
    sheet: Worksheet, rows: Sequence[Sequence[str]], head: Format, *, heads: Sequence[int], widths: Sequence[int]
) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(at, column, _words(text), head if at in heads or (not heads and column == 0) else None)


def _write(stream: FeatureStream, folder: Path, batches: Batches) -> Path:
    path = folder / f"{stream.layer.id}.xlsx"
    # On an error the workbook is left as it is: closing it would put the whole file together first.
    workbook = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": str(folder)})
    workbook.set_properties({"title": getattr(stream.words, stream.options.language), "created": _CREATED})
    formats = {
        "head": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e5e7eb"}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        "time": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        **{f"number{n}": workbook.add_format({"num_format": "0" + (f".{'0' * n}" if n else "")}) for n in range(7)},
    }
    data, fields, sources = (workbook.add_worksheet(name) for name in _SHEETS[stream.options.language])
    sheet = _Sheet(data, stream, formats)
    for batch in batches:
        sheet.write(batch)
    sheet.finish()
    _write_fields(fields, stream, formats["head"])
    _write_sources(sources, stream, formats["head"], sheet.rows)
    workbook.close()
    return path


def xlsx(stream: FeatureStream) -> AsyncGenerator[bytes, None]:
    """Yield a workbook of three sheets: the data, what the fields mean, and the sources.

    The data have titles with units as a frozen header with a filter; coded values stand as their titles; lists are
    joined by ``;``; times are Beijing time. Text is text, never a formula or a link. Geometries are left out.

    Raises
    ------
    BadRequest
        If there are more features than a sheet has rows.
    """

    return through_file(stream.row_batches(), partial(_write, stream))
