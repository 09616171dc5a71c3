"""Arrow: rows as record batches, and geometries made to fit a format."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from app.features.encoders.stream import FeatureStream, Row
from app.features.encoders.values import as_text, column_names, geometry_name, id_name
from app.registry.definition import LayerField

Geometries = npt.NDArray[np.object_]


def _text(value: Any) -> str | None:
    return None if value is None else as_text(value)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _flag(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _list(value: Any) -> list[str] | None:
    return None if value is None else [as_text(one) for one in value]


_Column = tuple[pa.DataType, Callable[[Any], Any]]
_TEXT: _Column = (pa.string(), _text)
_COLUMNS: Mapping[str, _Column] = {
    "string": _TEXT,
    "url": _TEXT,
    "json": _TEXT,
    "string[]": (pa.list_(pa.string()), _list),
    "integer": (pa.int64(), _whole),
    "number": (pa.float64(), _number),
    "boolean": (pa.bool_(), _flag),
    "date": (pa.date32(), _day),
    "datetime": (pa.timestamp("us", tz="UTC"), _moment),
}


class Table:
    """How the rows of a stream become record batches.

    Parameters
    ----------
    stream
        The stream.
    instead
        Field types that the format lacks, and those that stand for them. A list as text is joined by ``;``.

    Attributes
    ----------
    key, geometry
        Names of the id and the geometry column.
    schema
        The id, the fields and, where geometries were asked for, the geometry as WKB.
    """

    def __init__(self, stream: FeatureStream, *, instead: Mapping[str, str] | None = None) -> None:
        """Decide on names and types."""
        fields = stream.fields
        self.key, self.geometry = id_name(fields), geometry_name(fields)
        self._columns = [_COLUMNS[(instead or {}).get(one.type, one.type)] for one in fields]
        names = column_names(fields, (self.key, self.geometry))
        listed = [pa.field(self.key, pa.string(), nullable=False)]
        for name, one, (kind, _) in zip(names, fields, self._columns, strict=True):
            listed.append(pa.field(name, kind, metadata=_field_metadata(one)))
        self.with_geometry = stream.with_geometry
        if stream.with_geometry:
            listed.append(pa.field(self.geometry, pa.binary()))
        self.schema = pa.schema(listed)

    def batch(self, rows: Sequence[Row], fit: "Callable[[Geometries], Geometries] | None" = None) -> pa.RecordBatch:
        """Return rows as a record batch.

        Parameters
        ----------
        rows
            The rows.
        fit
            Turns the geometries into what the format takes.
        """
        columns = [pa.array([str(row[0]) for row in rows], pa.string())]
        for at, (kind, convert) in enumerate(self._columns):
            columns.append(pa.array([convert(row[2][at]) for row in rows], kind))
        if self.with_geometry:
            wkb = [row[1] for row in rows]
            if fit is not None:
                wkb = to_wkb(fit(from_wkb(wkb)))
            columns.append(pa.array(wkb, pa.binary()))
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)


def _field_metadata(field: LayerField) -> dict[str, str]:
    """Return the titles of a field: under our names, and under those that GDAL looks for."""
    said = {"title_zh": field.title.zh, "title_en": field.title.en, "GDAL:OGR:alternative_name": field.title.zh}
    comment = field.title.en
    if field.unit is not None:
        said |= {"unit_zh": field.unit.zh, "unit_en": field.unit.en}
        comment += f" ({field.unit.en})"
    if field.choices:
        titles = {value: title.zh for value, title in field.choices.items()}
        said["choices"] = json.dumps(titles, ensure_ascii=False)
    return {**said, "GDAL:OGR:comment": comment}


def from_wkb(wkb: Sequence[bytes | None]) -> Geometries:
    """Return WKB as two-dimensional geometries; None stays None."""
    found: Geometries = shapely.force_2d(shapely.from_wkb(np.array(wkb, dtype=object)))
    return found


def to_wkb(geometries: Geometries) -> list[bytes | None]:
    """Return geometries as ISO WKB."""
    return list(shapely.to_wkb(geometries, flavor="iso"))


FAMILIES = ("point", "line", "polygon")
_SINGLE = {"point": "Point", "line": "LineString", "polygon": "Polygon"}
_TYPE_IDS = {"point": (0, 4), "line": (1, 2, 5), "polygon": (3, 6)}
_COLLECT: Mapping[str, Callable[..., Any]] = {
    "point": shapely.multipoints,
    "line": shapely.multilinestrings,
    "polygon": shapely.multipolygons,
}
TYPE_NAMES = (
    "Point",
    "LineString",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
)
"""Names of the types, by shapely's type id; a linear ring is written as a line."""


def family_of(geometry: Any) -> str | None:
    """Return the family of a geometry; None for a collection."""
    return family_of_type(int(shapely.get_type_id(geometry)))


def family_of_type(type_id: int) -> str | None:
    """Return the family of a shapely type id; None for a collection."""
    return next((family for family, ids in _TYPE_IDS.items() if type_id in ids), None)


def multi_name(family: str) -> str:
    """Return the name of the type that holds several of a family."""
    return f"Multi{_SINGLE[family]}"


def single_name(family: str) -> str:
    """Return the name of a family's single type."""
    return _SINGLE[family]


def promoted(family: str) -> Callable[[Geometries], Geometries]:
    """Return what turns the geometries of a family into its multi type."""
    return partial(_promote, family)


def _promote(family: str, geometries: Geometries) -> Geometries:
    """Return the geometries with every single one of the family as its multi type."""
    single = np.isin(shapely.get_type_id(geometries), [i for i in _TYPE_IDS[family] if i < 4])
    single &= ~shapely.is_empty(geometries)
    count = int(single.sum())
    if not count:
        return geometries
    result = geometries.copy()
    result[single] = _COLLECT[family](geometries[single], indices=np.arange(count))
    return result


def only(family: str, geometries: Geometries) -> Geometries:
    """Return what of each geometry belongs to a family, as its multi type; None where nothing does."""
    result = np.full(len(geometries), None, dtype=object)
    for at, geometry in enumerate(geometries):
        parts = [part for part in leaves(geometry) if family_of(part) == family]
        if parts:
            result[at] = _COLLECT[family](parts)
    return result


def leaves(geometry: Any) -> list[Any]:
    """Return the non-empty single geometries that a geometry, however nested, consists of."""
    if geometry is None or shapely.is_empty(geometry):
        return []
    if int(shapely.get_type_id(geometry)) < 4:
        return [geometry]
    return [leaf for part in shapely.get_parts(geometry) for leaf in leaves(part)]
