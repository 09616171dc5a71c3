"""Files: the table of a comparison as a workbook and as CSV."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from app.comparison.parts import Part, Row
from app.comparison.service import NOTES, Comparison
from app.features.encoders.csv_text import protected
from app.features.encoders.values import without_control_characters

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(2000, 1, 1)
"""A fixed time, so that the same data give the same file."""
_LONGEST_CELL = 32_767


def comparison_csv(comparison: Comparison) -> bytes:
    """Return the table as CSV: UTF-8 with a byte order mark, CRLF, cells that no spreadsheet takes for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([protected(cell) for cell in line] for line in _lines(comparison))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def comparison_xlsx(comparison: Comparison, version: str) -> bytes:
    """Return a workbook with the table as it is read, the numbers in it as numbers, and where it all comes from.

    Parameters
    ----------
    comparison
        The zones side by side.
    version
        The data version, which goes with the sources.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"created": _CREATED})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1, "text_wrap": True, "valign": "vcenter"})
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    _table_sheet(book, comparison, head, body)
    _number_sheet(book, comparison, head, body)
    _source_sheet(book, comparison, version, head)
    book.close()
    return out.getvalue()


def _lines(comparison: Comparison) -> list[list[str]]:
    t = comparison.words
    lines = [[t("section"), t("row"), *comparison.names, t("alike")]]
    for section in comparison.sections:
        title = t(f"section_{section.key}")
        for row in section.rows:
            cells = ["\n".join(_cell(part, comparison) for part in cell) or t("not_stated") for cell in row.cells]
            lines.append([title, row.title, *cells, _alike(row, comparison)])
    return lines


def _cell(part: Part, comparison: Comparison) -> str:
    line = part.as_line(comparison.words)
    return line if part.shared != "common" else f"{line} · {comparison.words('common')}"


def _alike(row: Row, comparison: Comparison) -> str:
    return comparison.words(row.shared or ("same" if row.same else "different"))


def _table_sheet(book: Workbook, comparison: Comparison, head: Format, body: Format) -> None:
    t = comparison.words
    sheet = book.add_worksheet(t("title"))
    lines = _lines(comparison)
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            words = without_control_characters(text)[:_LONGEST_CELL]
            sheet.write_string(row, column, words, head if row == 0 or column < 2 else body)
    last = len(lines[0]) - 1
    for first, end, width in ((0, 0, 12), (1, 1, 16), (2, last - 1, 42), (last, last, 10)):
        sheet.set_column(first, end, width)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _number_sheet(book: Workbook, comparison: Comparison, head: Format, body: Format) -> None:
    t = comparison.words
    sheet = book.add_worksheet(t("value_sheet"))
    for column, title in enumerate((t("row"), t("unit"), *comparison.names)):
        sheet.write_string(0, column, title, head)
    for row, (title, unit, values) in enumerate(comparison.numbers(), 1):
        sheet.write_string(row, 0, title, head)
        sheet.write_string(row, 1, unit, body)
        for column, value in enumerate(values, 2):
            if value is not None:
                sheet.write_number(row, column, float(value), body)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1 + len(comparison.names), 18)
    sheet.freeze_panes(1, 2)


def _source_sheet(book: Workbook, comparison: Comparison, version: str, head: Format) -> None:
    t = comparison.words
    sheet = book.add_worksheet(t("source_sheet"))
    listed = [(one["short_title_zh"], t.of(one, "title"), t.of(one["period"], "text")) for one in comparison.documents]
    rows: list[Sequence[str]] = [(t("short_title"), t("document"), t("period")), *listed, ("",)]
    rows += [(t("notes"), t(f"note_{name}")) for name in NOTES]
    rows.append((t("data_version"), version))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, without_control_characters(text), head if row == 0 else None)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.set_column(2, 2, 26)
