"""CSV (RFC 4180): the id, one column a field, and the geometry as WKT."""

import csv
import io
import re
from collections.abc import AsyncGenerator, Sequence

import shapely
from anyio import to_thread

from app.features.encoders.stream import FeatureStream, Row
from app.features.encoders.values import as_text, column_names, geometry_name, id_name

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""How a text begins that a spreadsheet may take for a formula, or that looks like one already protected."""
_PROTECTED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


def protected(text: str) -> str:
    """Return a text so that no spreadsheet runs it: one that begins like a formula gets an apostrophe before it.

    Spreadsheets take a cell for a formula when it begins with = + - @, their full-width forms, a tab or a line break
    (OWASP, CSV Injection). A text that begins with apostrophes before one of these gets one more, so that
    ``unprotected`` gives every text back.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unprotected(text: str) -> str:
    """Return what ``protected`` was given."""
    return text[1:] if _PROTECTED.match(text) else text


def _cell(value: object) -> str:
    text = as_text(value)
    return protected(text) if isinstance(value, str | list | tuple | dict) else text


def _lines(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _batch(stream: FeatureStream, batch: Sequence[Row]) -> str:
    rows = [[protected(str(key)), *map(_cell, values)] for key, _, values in batch]
    if stream.with_geometry:
        geometries = shapely.from_wkb([wkb for _, wkb, _ in batch])
        texts = shapely.to_wkt(geometries, rounding_precision=stream.crs.decimals)
        for row, text in zip(rows, texts, strict=True):
            row.append(text or "")
    return _lines(rows)


async def csv_text(stream: FeatureStream) -> AsyncGenerator[bytes, None]:
    """Yield a CSV with CRLF line ends and a header of column names.

    Lists are joined by ``;``. None and the empty text are both an empty cell. Geometries are WKT, x before y, with the
    decimals of the CRS. Text cells are protected (see ``protected``); numbers, dates and geometries need not be.
    """
    encoding = stream.options.encoding
    if stream.options.bom and encoding == "utf-8":
        yield b"\xef\xbb\xbf"
    key, geometry = id_name(stream.fields), geometry_name(stream.fields)
    names = column_names(stream.fields, (key, geometry))
    yield _lines([[key, *names, *([geometry] if stream.with_geometry else [])]]).encode(encoding, "replace")
    async for batch in stream.row_batches():
        if batch:
            yield (await to_thread.run_sync(_batch, stream, batch)).encode(encoding, "replace")
