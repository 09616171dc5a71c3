"""Layers of a preview: what the tables and columns of a GeoPackage are called here, and their layer definitions."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from app.registry.definition import (
    FieldType,
    GeometryType,
    LayerDefinition,
    LayerField,
    Pane,
    Source,
    Style,
    Words,
    Zoom,
)  # fmt: skip

GROUP = "preview"
"""Group that the layers of a preview stand under."""

_COLUMN = re.compile(r"[^\W\d]\w*")
_LONGEST_NAME = 60
_LONGEST_BYTES = 63
"""Longest name in a layer definition, characters, and in PostgreSQL, bytes."""
_SYSTEM_COLUMNS = ("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid")
_LABELS = ("name_zh", "名称", "name", "title", "label")
_SEARCHED = 8
_COLORS: Mapping[GeometryType, str] = {"point": "#b45309", "line": "#1d4ed8", "polygon": "#475569"}
_PANES: Mapping[GeometryType, Pane] = {"point": "points", "line": "areas", "polygon": "zones"}


@dataclass(frozen=True, slots=True)
class Column:
    """An attribute.

    Attributes
    ----------
    source
        Its name in the GeoPackage.
    name
        Its name here: the same if that is a word.
    type
        What a layer definition calls its type.
    """

    source: str
    name: str
    type: FieldType


@dataclass(frozen=True, slots=True)
class PreviewTable:
    """A table of the GeoPackage and what becomes of it.

    Attributes
    ----------
    source
        Its name in the GeoPackage.
    id
        Id of its layer.
    table
        Its name in the preview's schema.
    columns
        Its attributes.
    key, geometry, geojson
        Names of the columns of the feature ids, of the geometries and of their GeoJSON.
    """

    source: str
    id: str
    table: str
    columns: tuple[Column, ...]
    key: str
    geometry: str
    geojson: str


def slug(name: str, taken: Collection[str]) -> str:
    """Return the id of a layer: the table's name in lower case, what an id cannot hold replaced by one underscore."""
    kept = re.sub(r"([-_])[-_]+", r"\1", re.sub(r"[^a-z0-9_-]+", "_", name.lower())).strip("-_")
    return _unique(kept[: _LONGEST_NAME - 6].strip("-_") or "table", taken)


def column_name(name: str, taken: Collection[str]) -> str:
    """Return the name of a column: the same if it is a word, else with underscores for what is none."""
    if not _COLUMN.fullmatch(name):
        name = re.sub(r"\W+", "_", name).strip("_")
        name = name if _COLUMN.fullmatch(name) else f"f_{name}".rstrip("_")
    return _unique(_shortened(name), {*taken, *_SYSTEM_COLUMNS})


def _shortened(name: str) -> str:
    if len(name) <= _LONGEST_NAME and len(name.encode()) <= _LONGEST_BYTES:
        return name
    return name.encode()[: _LONGEST_NAME - 6].decode(errors="ignore")


def _unique(name: str, taken: Collection[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate


def field_type(kind: pa.DataType) -> FieldType:
    """Return the type of a field for a column of Arrow data."""
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind) and kind != pa.uint64():
        return "integer"
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    if pa.types.is_date(kind):
        return "date"
    return "datetime" if pa.types.is_timestamp(kind) else "string"


def preview_table(
    source: str, schema: pa.Schema, *, key: str, geometry: str, ids: Collection[str], tables: Collection[str]
) -> PreviewTable:
    """Return what becomes of a table.

    Parameters
    ----------
    source
        Its name.
    schema
        Its columns.
    key, geometry
        The columns of the feature ids and, if there is one, of the geometries.
    ids, tables
        Names of layers and of tables that are taken.
    """
    columns: list[Column] = []
    names: set[str] = set()
    for one in schema:
        if one.name not in (key, geometry):
            columns.append(Column(one.name, column_name(one.name, names), field_type(one.type)))
            names.add(columns[-1].name)
    fixed: list[str] = []
    for wanted in (key or "fid", geometry or "geom", "geojson"):
        fixed.append(column_name(wanted, names))
        names.add(fixed[-1])
    layer_id = slug(source, ids)
    table = layer_id.replace("-", "_")
    table = _unique(table if table[0].isalpha() else f"t_{table}", tables)
    return PreviewTable(source, layer_id, table, tuple(columns), fixed[0], fixed[1], fixed[2])


def definition(table: PreviewTable, schema: str, geometry: GeometryType, order: int) -> LayerDefinition:
    """Return the layer of a table.

    Parameters
    ----------
    table
        The table.
    schema
        Schema it is in.
    geometry
        Kind of its geometries.
    order
        Its place in the group.
    """
    fields = [_field(column) for column in table.columns]
    if not fields:
        fields = [_field(Column(table.key, table.key, "integer"))]
    texts = [column.name for column in table.columns if column.type == "string"]
    times = [column.name for column in table.columns if column.type in ("date", "datetime")]
    label = _label(texts)
    return LayerDefinition(
        id=table.id,
        title=Words(zh=table.source, en=table.source),
        description=Words(zh=f"预览：{table.source}", en=f"Preview of {table.source}"),
        group=GROUP,
        order=order,
        status="imported",
        geometry=geometry,
        source=Source(
            table=f"{schema}.{table.table}",
            key=table.key,
            key_type="integer",
            geometry=table.geometry,
            geojson=table.geojson,
        ),
        fields=tuple(fields),
        search=tuple(texts[:_SEARCHED]),
        # Of several, nothing says which one is meant.
        datetime=tuple(times) if len(times) == 1 else (),
        style=Style(color=_COLORS[geometry], weight=2 if geometry == "line" else 1.2, radius=4),
        zoom=Zoom(),
        pane=_PANES[geometry],
        visible=True,
        label=Words(zh=label, en=label) if label else None,
        max_age=0,
    )


def _field(column: Column) -> LayerField:
    return LayerField(
        name=column.name, title=Words(zh=column.source, en=column.source), type=column.type, filterable=True
    )


def _label(texts: Iterable[str]) -> str | None:
    by_name = {name.lower(): name for name in texts}
    return next((by_name[one] for one in _LABELS if one in by_name), None)
