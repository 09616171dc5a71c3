"""Workbook: an answer as XLSX, a sheet a part of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from app.siting.words import say
from app.siting.workbook_places import criteria, places, values
from app.siting.workbook_statements import (
    against,
    brief_rows,
    conditions,
    elsewhere,
    excluded,
    industries,
    premises,
    question,
    rules,
    sensitivity,
)

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(2000, 1, 1)
"""A fixed time, so that the same question gives the same file."""

_LONGEST = 32_000
"""Characters of a cell, below the 32,767 that Excel takes."""
_LONGEST_TITLE = 31
"""Characters of the name of a sheet, as many as Excel takes."""
_WIDEST, _NARROWEST = 60, 12
_SAMPLED = 50
"""Rows that the width of a column is made from."""

Document = Mapping[str, Any]
Row = Sequence[Any]
Rows = Callable[[Document, str], Iterable[Row]]

_SHEETS: tuple[tuple[str, Rows, bool], ...] = (
    ("brief", brief_rows, True),
    ("ranking", places("itself", "unranked", "place", "possible"), True),
    ("better", places("better"), False),
    ("surrounding", places("surrounding"), True),
    ("related", places("related"), True),
    ("not_named", places("not_named"), False),
    ("industries", industries, False),
    ("elsewhere", elsewhere, True),
    ("rules", rules, True),
    ("against", against, False),
    ("premises", premises, False),
    ("values", values, True),
    ("conditions", conditions, True),
    ("excluded", excluded, True),
    ("sensitivity", sensitivity, True),
    ("criteria", criteria, True),
    ("question", question, True),
)
"""Name, rows, and whether the sheet is there even without any."""


def workbook(document: Document, language: str) -> bytes:
    """Return an answer as a workbook.

    Parameters
    ----------
    document
        The answer.
    language
        ``zh`` or ``en``.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": say("report_title")[language], "created": _CREATED})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e5e7eb", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    for name, rows, always in _SHEETS:
        found = list(rows(document, language))
        if always or len(found) > 1:
            _write(book, say(f"sheet_{name}")[language][:_LONGEST_TITLE], found, head, cell)
    book.close()
    return out.getvalue()


def _write(book: Any, title: str, rows: Sequence[Row], head: Format, cell: Format) -> None:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            look = head if at == 0 else cell
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(at, column, value, look)
            elif value is not None:
                sheet.write_string(at, column, str(value)[:_LONGEST], look)
    for column in range(max((len(row) for row in rows), default=0)):
        sheet.set_column(column, column, _width(rows, column))


def _width(rows: Sequence[Row], column: int) -> float:
    """Return how wide a column should be: as its longest line, a Chinese character being two wide."""
    lines = [
        line
        for row in rows[:_SAMPLED]
        if column < len(row) and row[column] is not None
        for line in str(row[column]).split("\n")
    ]
    longest = max((sum(1 if char.isascii() else 2 for char in line) for line in lines), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
