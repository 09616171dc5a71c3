"""Shapefile: a zip of one shapefile a kind of geometry, and a table that says what the short field names mean.

The format (ESRI, 1998, and dBASE III for the attributes) holds one kind of geometry a file, ASCII field names of at
most ten characters, and texts of at most 254 bytes.
"""

import csv
import io
import zipfile
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyarrow as pa

from app.features.encoders.arrow import Geometries, Table, multi_name, only, single_name
from app.features.encoders.gdal import write_layer
from app.features.encoders.spool import Spool
from app.features.encoders.stream import Charset, FeatureStream
from app.features.encoders.workfile import Batches, through_file
from app.registry.definition import LayerField

MAX_NAME = 10
MAX_BYTES = 254
FIELD_TABLE = "fields.csv"
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_GDAL_ENCODING: Mapping[Charset, str] = {"utf-8": "UTF-8", "gbk": "LDID/77"}
"""LDID 77 (0x4D) is code page 936 in the header of a dBASE file."""
_CPG: Mapping[Charset, str] = {"utf-8": "UTF-8", "gbk": "GBK"}
_MINIMUM_PART = 2


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


def short_names(fields: Sequence[LayerField], reserved: Sequence[str] = ()) -> dict[str, str]:
    """Return a short name for each field's name; of two that would be the same, the later ends in a number."""
    taken = {name.upper() for name in reserved}
    found: dict[str, str] = {}
    for number, one in enumerate(fields, 1):
        base = name = short_name(one.name, number)
        again = 1
        while name.upper() in taken:
            again += 1
            name = f"{base[: MAX_NAME - len(str(again))]}{again}"
        taken.add(name.upper())
        found[one.name] = name
    return found


@dataclass
class Losses:
    """What a column lost on its way into the file."""

    cut: int = 0
    replaced: int = 0


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


@dataclass
class _Files:
    """Writes the parts of the zip, and keeps what was lost for the table of fields."""

    stream: FeatureStream
    folder: Path
    spool: Spool
    losses: dict[int, Losses] = field(default_factory=dict)

    def __post_init__(self) -> None:
        table = self.spool.table
        # Names come from all the fields of the layer, so that a selection does not change them.
        every = [*self.stream.layer.fields, *(f for f in self.stream.fields if f not in self.stream.layer.fields)]
        short = short_names(every, (table.key[:MAX_NAME],))
        self.names = [table.key[:MAX_NAME], *(short[one.name] for one in self.stream.fields)]
        columns = [pa.field(name, _narrow(one.type)) for name, one in zip(self.names, table.schema, strict=False)]
        self.schema = pa.schema([*columns, *list(table.schema)[len(columns) :]])

    def write(self, name: str, family: str | None) -> list[Path]:
        """Write one shapefile, or with no family one table, and return its files."""
        table = self.spool.table
        geometry = None
        if family is not None:
            several = family == "point" and self.spool.types[4] + self.spool.types[7] > 0
            kind = multi_name(family) if several else single_name(family)
            geometry = (table.geometry, kind)
        path = self.folder / f"{name}{'.shp' if family is not None else '.dbf'}"
        encoding = self.stream.options.encoding
        write_layer(
            path,
            self._batches(family),
            self.schema,
            driver="ESRI Shapefile",
            layer=name,
            geometry=geometry,
            crs=self.stream.crs,
            encoding=_GDAL_ENCODING[encoding],
        )
        path.with_suffix(".cpg").write_text(_CPG[encoding], encoding="ascii")
        return [part for suffix in _PARTS if (part := path.with_suffix(suffix)).exists()]

    def _batches(self, family: str | None) -> Iterator[pa.RecordBatch]:
        alone = family is None or len(self.spool.families) <= 1
        fit = None if family is None or not self.spool.mixed else partial(_only, family)
        self.losses.clear()
        for batch in self.spool.batches(fit):
            changed = [self._column(at, batch.column(at)) for at in range(batch.num_columns)]
            result = pa.RecordBatch.from_arrays(changed, schema=self.schema)
            yield result if alone else self._kept(result, family)

    def _kept(self, batch: pa.RecordBatch, family: str | None) -> pa.RecordBatch:
        """Return the rows of a family; those without any geometry go with the layer's own kind."""
        here = batch.column(batch.num_columns - 1).is_valid()
        return batch.filter(here)

    def _column(self, at: int, column: pa.Array) -> pa.Array:
        if at >= len(self.names):
            return column
        if pa.types.is_boolean(column.type) or pa.types.is_date(column.type):
            return column.cast(self.schema.field(at).type)
        if not pa.types.is_string(column.type):
            return column
        losses = self.losses.setdefault(at, Losses())
        encoding = self.stream.options.encoding
        texts = [None if text is None else fitting(text, encoding, losses) for text in column.to_pylist()]
        return pa.array(texts, pa.string())


def _narrow(kind: str) -> pa.DataType:
    raise NotImplementedError


def _only(family: str, geometries: Geometries) -> Geometries:
    return only(family, geometries)
