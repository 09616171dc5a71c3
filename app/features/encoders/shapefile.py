"""Shapefile: a zip of one shapefile a kind of geometry, and a table that says what the short field names mean.

The format (ESRI, 1998, and dBASE III for the attributes) holds one kind of geometry a file, ASCII field names of at
most ten characters, and texts of at most 254 bytes.
"""

import csv
import io
import zipfile
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from app.features.encoders.arrow import Table, multi_name, only, promoted, single_name
from app.features.encoders.gdal import write_layer
from app.features.encoders.spool import Spool, geometries_of, with_geometries
from app.features.encoders.stream import Charset, FeatureStream
from app.features.encoders.workfile import Batches, through_file

MAX_NAME = 10
MAX_BYTES = 254
FIELD_TABLE = "fields.csv"
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_GDAL_ENCODING: Mapping[Charset, str] = {"utf-8": "UTF-8", "gbk": "LDID/77"}
"""LDID 77 (0x4D) is code page 936 in the header of a dBASE file."""
_CPG: Mapping[Charset, str] = {"utf-8": "UTF-8", "gbk": "GBK"}
_MINIMUM_PART = 2
_FIELD_TABLE_HEADER = (
    "短字段名 Short name",
    "字段名 Name",
    "中文标题 Title (Chinese)",
    "英文标题 Title",
    "单位 Unit",
    "类型 Type",
    "代码取值 Codes",
    "说明 Remarks",
)
_KINDS = {
    "string": "文本 text",
    "url": "网址 address",
    "json": "JSON，文本 JSON, as text",
    "string[]": "文本，多个值以 ; 连接 texts joined by ;",
    "integer": "整数 whole number",
    "number": "数值 number",
    "boolean": "1 是，0 否 1 true, 0 false",
    "date": "日期 date",
    "datetime": "时间，UTC，文本 time, UTC, as text",
}


def short_name(name: str, number: int) -> str:
    """Return an ASCII field name of at most ten characters.

    Parameters
    ----------
    name
        The field's name. Its words (between underscores) are cut from the end, the longest first, until they fit:
        ``industries_zh`` becomes ``industr_zh``.
    number
        The field's place in the layer file, from 1; names a field whose name has no ASCII letter: ``F07``.
    """
    plain = "".join(c for c in name if c.isascii() and (c.isalnum() or c == "_")).strip("_")
    if not any(c.isalpha() for c in plain):
        return f"F{number:02d}"
    words = [word for word in plain.split("_") if word]
    if not words[0][0].isalpha():
        words[0] = f"F{words[0]}"
    while len("_".join(words)) > MAX_NAME:
        longest = max(range(len(words)), key=lambda at: len(words[at]))
        if len(words[longest]) <= _MINIMUM_PART:
            return "_".join(words)[:MAX_NAME].rstrip("_")
        words[longest] = words[longest][:-1]
    return "_".join(words)


def short_names(names: Sequence[str], reserved: Sequence[str] = ()) -> dict[str, str]:
    """Return a short name for each name; of two that would be the same, the later ends in a number."""
    taken = {name.upper() for name in reserved}
    found: dict[str, str] = {}
    for number, one in enumerate(names, 1):
        base = name = short_name(one, number)
        again = 1
        while name.upper() in taken:
            again += 1
            name = f"{base[: MAX_NAME - len(str(again))]}{again}"
        taken.add(name.upper())
        found[one] = name
    return found


@dataclass
class Losses:
    """In how many values of a column texts were cut or characters replaced."""

    cut: int = 0
    replaced: int = 0

    def said(self) -> str:
        """Return the losses in words; empty if there are none."""
        said = []
        if self.cut:
            said.append(f"{self.cut} 个值超过 {MAX_BYTES} 字节，已截断 / {self.cut} values cut")
        if self.replaced:
            said.append(f"{self.replaced} 个值含 GBK 没有的字符，以 ? 代替 / {self.replaced} values with ?")
        return "; ".join(said)


def fitting(text: str, encoding: Charset, losses: Losses) -> str:
    """Return a text as the file can hold it.

    A character that the encoding lacks becomes ``?``; what goes beyond 254 bytes is cut between two characters.
    """
    data = text.encode(encoding, "replace")
    if encoding == "gbk":
        losses.replaced += data.decode(encoding) != text
    if len(data) > MAX_BYTES:
        losses.cut += 1
        data = data[:MAX_BYTES]
    return data.decode(encoding, "ignore")


class _Shapefiles:
    """The parts of the zip, and what was lost on the way into them."""

    def __init__(self, stream: FeatureStream, folder: Path, batches: Batches) -> None:
        self.stream, self._folder = stream, folder
        table = Table(stream, instead={"string[]": "string", "datetime": "string", "boolean": "integer"})
        self._spool = Spool(table, folder, batches)
        # Names come from all the fields of the layer, so that a selection does not change them.
        every = dict.fromkeys(one.name for one in (*stream.layer.fields, *stream.fields))
        short = short_names(list(every), (table.key,))
        self.names = [table.key[:MAX_NAME], *(short[one.name] for one in stream.fields)]
        self.losses = [Losses() for _ in self.names]
        columns = [
            pa.field(name, table.schema.field(at).type, metadata=self._width(at)) for at, name in enumerate(self.names)
        ]
        self._schema = pa.schema([*columns, *list(table.schema)[len(columns) :]])

    def _width(self, at: int) -> dict[str, str] | None:
        if not pa.types.is_string(self._spool.table.schema.field(at).type):
            return None
        return {"GDAL:OGR:width": str(min(max(self._spool.widths.get(at, 0), 1), MAX_BYTES))}

    def write(self) -> list[Path]:
        """Write one shapefile a family of geometry (or one table), and return their files.

        Features without a geometry stand in the shapefile of the layer's own family, or in the first if there is none
        of it.
        """
        if not self.stream.with_geometry:
            return self._written(self.stream.layer.id, None)
        families = self._spool.families or (self.stream.layer.geometry,)
        name = self.stream.layer.id
        if len(families) == 1:
            return self._written(name, families[0])
        return [path for family in families for path in self._written(f"{name}_{family}", family)]

    def _written(self, name: str, family: str | None) -> list[Path]:
        # A shapefile of lines or polygons holds single and multi ones alike, one of points either the one or the other.
        several = family == "point" and (self._spool.types[4] > 0 or self._spool.mixed)
        geometry = None
        if family is not None:
            geometry = (self._spool.table.geometry, multi_name(family) if several else single_name(family))
        path = self._folder / f"{name}{'.dbf' if family is None else '.shp'}"
        encoding = self.stream.options.encoding
        write_layer(
            path,
            self._batches(family, several=several),
            self._schema,
            driver="ESRI Shapefile",
            layer=name,
            geometry=geometry,
            crs=self.stream.crs,
            encoding=_GDAL_ENCODING[encoding],
        )
        path.with_suffix(".cpg").write_text(_CPG[encoding], encoding="ascii")
        return [part for suffix in _PARTS if (part := path.with_suffix(suffix)).exists()]

    def _batches(self, family: str | None, *, several: bool) -> Iterator[pa.RecordBatch]:
        for batch in self._spool.batches(promoted("point") if several else None):
            mine = self._of_family(batch, family) if family is not None and self._spool.mixed else batch
            columns = [self._column(at, mine.column(at)) for at in range(mine.num_columns)]
            yield pa.RecordBatch.from_arrays(columns, schema=self._schema)

    def _of_family(self, batch: pa.RecordBatch, family: str) -> pa.RecordBatch:
        geometries = geometries_of(batch)
        mine = only(family, geometries)
        families, own = self._spool.families, self.stream.layer.geometry
        home = family == (own if own in families else families[0])
        kept = [one is not None or (home and was is None) for one, was in zip(mine, geometries, strict=True)]
        return with_geometries(batch, mine).filter(pa.array(kept, pa.bool_()))

    def _column(self, at: int, column: pa.Array) -> pa.Array:
        if at >= len(self.names) or not pa.types.is_string(column.type):
            return column
        encoding = self.stream.options.encoding
        texts = [None if one is None else fitting(one, encoding, self.losses[at]) for one in column.to_pylist()]
        return pa.array(texts, pa.string())

    def field_table(self) -> bytes:
        """Return the table of fields, as CSV in UTF-8 with a byte order mark, which Excel needs."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(_FIELD_TABLE_HEADER)
        writer.writerow([self.names[0], self._spool.table.key, "要素标识", "Feature id", "", _KINDS["string"], "", ""])
        for name, one, losses in zip(self.names[1:], self.stream.fields, self.losses[1:], strict=True):
            unit = f"{one.unit.zh} / {one.unit.en}" if one.unit is not None else ""
            choices = "; ".join(f"{value}={title.zh}" for value, title in (one.choices or {}).items())
            writer.writerow(
                [name, one.name, one.title.zh, one.title.en, unit, _KINDS[one.type], choices, losses.said()]
            )
        return out.getvalue().encode("utf-8-sig")


def _write(stream: FeatureStream, folder: Path, batches: Batches) -> Path:
    shapefiles = _Shapefiles(stream, folder, batches)
    parts = shapefiles.write()
    path = folder / f"{stream.layer.id}.shp.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.write(part, part.name)
            part.unlink()
        archive.writestr(FIELD_TABLE, shapefiles.field_table())
    return path


def shapefile(stream: FeatureStream) -> AsyncGenerator[bytes, None]:
    """Yield a zip with a shapefile and the table of its fields, ``fields.csv``.

    The shapefile has the layer's name, and one more part of the name for each kind of geometry if there are several.
    Points are all written as multipoints where one feature is of several; a feature without a geometry is a null shape.
    Lists are joined by ``;``; times are text in UTC; true and false are 1 and 0. Text is UTF-8, or GBK if the options
    say so, and a ``.cpg`` names it. The table of fields says in which fields texts were cut or characters replaced.
    Without geometries there is only the ``.dbf``.
    """

    return through_file(stream.row_batches(), partial(_write, stream))
