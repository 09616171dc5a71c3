"""Preview: the tables of a GeoPackage in a schema of their own, each with the definition of a layer.

Geometries become EPSG:4490 and keep every digit. Apart from the direction of rings and from arcs, which become lines,
nothing about them is changed: what is invalid stays so, and is logged.
"""

import json
import logging
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyogrio.raw import open_arrow
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from sqlalchemy import Connection, Engine, Row, text
from sqlalchemy.exc import DBAPIError

from app.db.engine import READ_ROLE
from app.db.models import SRID
from app.loading.geopackage_layers import PreviewTable, definition, preview_table
from app.registry.definition import FieldType, GeometryType, LayerDefinition

SCHEMA_PREFIX = "yuantu_preview_"

_log = logging.getLogger(__name__)
_SCHEMA = re.compile(SCHEMA_PREFIX + r"[a-z0-9_]{1,40}")
_HEADER = b"SQLite format 3\x00"
_APPLICATION_IDS = (b"GPKG", b"GP10", b"GP11")
_BATCH_ROWS = 20_000
_SAME_AS_STORED = (4326, SRID)
"""WGS 84 is treated as identical to the storage CRS."""
_SQL_TYPES: Mapping[FieldType, str] = {
    "string": "text",
    "integer": "bigint",
    "number": "double precision",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamptz",
}
_EPSG = re.compile(r"EPSG:(\d{1,6})", re.IGNORECASE)
_STAGING = "pg_temp.gpkg_rows"
_UNKNOWN_GEOMETRIES = ("TIN", "POLYHEDRALSURFACE", "TRIANGLE")


class GeoPackageError(ValueError):
    """A file that cannot be previewed; the message says what is wrong with which table."""


def load_geopackage(engine: Engine, path: Path, schema: str, *, taken: Collection[str] = ()) -> list[LayerDefinition]:
    """Load every table of a GeoPackage into a schema of its own, which the reading role may read.

    Parameters
    ----------
    engine
        Of the owner.
    path
        The file.
    schema
        ``yuantu_preview_…``. If it exists, it is replaced.
    taken
        Ids that layers have already; a table of such a name gets a number behind it.

    Returns
    -------
    list of LayerDefinition
        One for each table, in the order of the file, under the group ``preview``.

    Raises
    ------
    GeoPackageError
        When the file is no GeoPackage, holds no table, or a table cannot be loaded. Nothing is kept then.
    """
    _check_schema(schema)
    layers: list[LayerDefinition] = []
    ids, tables = set(taken), set[str]()
    names = _table_names(path)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {READ_ROLE}")
        for order, name in enumerate(names):
            with _errors_name(path, name):
                table, geometry = _load_table(connection, path, name, schema, ids, tables)
                layers.append(definition(table, schema, geometry, order))
            ids.add(table.id)
            tables.add(table.table)
        connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {READ_ROLE}")
    return layers


def drop_preview(engine: Engine, schema: str) -> None:
    """Drop a preview's schema and all that is in it."""
    _check_schema(schema)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def _check_schema(schema: str) -> None:
    if not _SCHEMA.fullmatch(schema):
        raise ValueError(f"the schema of a preview is called {SCHEMA_PREFIX} and a number, not {schema!r}")


def _table_names(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError as error:
        raise GeoPackageError(f"{path}: cannot be read: {error.strerror}") from None
    if not header.startswith(_HEADER) or header[68:72] not in _APPLICATION_IDS:
        raise GeoPackageError(f"{path}: is not a GeoPackage")
    try:
        names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    except DataSourceError as error:
        raise GeoPackageError(f"{path}: is not a GeoPackage with tables of features: {error}") from None
    if not names:
        raise GeoPackageError(f"{path}: holds no table of features")
    return names


@contextmanager
def _errors_name(path: Path, name: str) -> Iterator[None]:
    """Turn what goes wrong with a table into an error that names it."""
    try:
        yield
    except GeoPackageError as error:
        raise GeoPackageError(f"{path}: table {name}: {error}") from None
    except (DBAPIError, psycopg.Error) as error:
        original = getattr(error, "orig", error)
        said = getattr(getattr(original, "diag", None), "message_primary", None) or str(original)
        raise GeoPackageError(f"{path}: table {name}: {said}") from error
    except (DataSourceError, DataLayerError, pa.ArrowException, ValueError) as error:
        raise GeoPackageError(f"{path}: table {name}: {error}") from error


def _load_table(
    connection: Connection, path: Path, name: str, schema: str, ids: Collection[str], tables: Collection[str]
) -> tuple[PreviewTable, GeometryType]:
    with open_arrow(path, layer=name, return_fids=True, use_pyarrow=True, batch_size=_BATCH_ROWS) as (meta, reader):
        key = meta.get("fid_column") or "OGC_FID"
        geometry = (meta.get("geometry_name") or "wkb_geometry") if meta.get("geometry_type") else ""
        geometry = geometry if geometry in reader.schema.names else ""
        table = preview_table(name, reader.schema, key=key, geometry=geometry, ids=ids, tables=tables)
        crs = _crs(connection, meta.get("crs")) if geometry else SRID
        mover = crs if isinstance(crs, Transformer) else None
        _stage(connection, table, reader, key, geometry, mover)
    found = _inspect(connection)
    _create(connection, table, schema, z=bool(found.z))
    _fill(connection, table, schema, z=bool(found.z), srid=SRID if isinstance(crs, Transformer) else crs)
    _finish(connection, table, schema)
    return table, _geometry_type(meta.get("geometry_type"), found.dimension)


def _crs(connection: Connection, declared: str | None) -> int | Transformer:
    """Return the SRID to transform from, or a transformer where the database does not know the CRS by a number.

    PostGIS would take any CRS as text, too, but sets up the transformation anew for every row.

    Raises
    ------
    GeoPackageError
        When there is no CRS, or none on the Earth.
    """
    if not declared:
        raise GeoPackageError("its CRS is not stated; give it one, such as EPSG:4490")
    try:
        crs = CRS.from_user_input(declared)
    except CRSError:
        raise GeoPackageError("its CRS is not known; give it one, such as EPSG:4490") from None
    if not (crs.is_geographic or crs.is_projected) or "undefined" in crs.name.lower():
        raise GeoPackageError(f"its CRS is {crs.name!r}, which says nothing of where it is; give it one like EPSG:4490")
    if crs.to_epsg() in _SAME_AS_STORED:
        return SRID
    number = _EPSG.fullmatch(declared)
    known = text("SELECT srid FROM spatial_ref_sys WHERE auth_name = 'EPSG' AND auth_srid = :number AND srid = :number")
    if number and connection.scalar(known, {"number": int(number[1])}):
        return int(number[1])
    return Transformer.from_crs(crs, SRID, always_xy=True)


def _stage(
    connection: Connection,
    table: PreviewTable,
    reader: pa.RecordBatchReader,
    key: str,
    geometry: str,
    mover: Transformer | None,
) -> None:
    """Copy the rows of a table to the database as they are, or with geometries transformed on the way."""
    columns = ["fid bigint", "shape geometry", *(f"{_column(n)} {_SQL_TYPES[c.type]}" for n, c in _numbered(table))]
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_STAGING}")
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {_STAGING.split('.')[1]} ({', '.join(columns)})")
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with driver.cursor() as cursor, cursor.copy(f"COPY {_STAGING} FROM STDIN (FORMAT csv)") as copy:
        for batch in reader:
            moved = batch if mover is None else _moved(batch, geometry, mover)
            copy.write(_csv(moved, [key, geometry, *(column.source for column in table.columns)]))


def _moved(batch: pa.RecordBatch, geometry: str, mover: Transformer) -> pa.RecordBatch:
    """Return rows with their geometries transformed; heights stay."""

    def move(points: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
        x, y = mover.transform(points[:, 0], points[:, 1])
        if not (np.isfinite(x).all() and np.isfinite(y).all()):
            raise GeoPackageError("it has coordinates where its CRS does not reach")
        return np.column_stack([x, y, *points.T[2:]])

    drawn = shapely.from_wkb(batch.column(geometry).to_numpy(zero_copy_only=False))
    try:
        shapes = shapely.to_wkb(shapely.transform(drawn, move, include_z=None), flavor="iso")
    except NotImplementedError:
        raise GeoPackageError(
            "it holds arcs, in a CRS that the database has no number for; make lines of them"
        ) from None
    place = batch.schema.get_field_index(geometry)
    return batch.set_column(place, geometry, pa.array(shapes, pa.binary()))


def _numbered(table: PreviewTable) -> Iterator[tuple[int, Any]]:
    return iter(enumerate(table.columns))


def _column(number: int) -> str:
    return f"c{number}"


def _csv(batch: pa.RecordBatch, names: list[str]) -> bytes:
    columns = [_plain(batch.column(name)) if name else pa.nulls(batch.num_rows) for name in names]
    table = pa.table(columns, names=[str(number) for number in range(len(columns))])
    buffer = BytesIO()
    # Strings are quoted and nulls are not, which is how COPY tells an empty string from NULL.
    pa.csv.write_csv(table, buffer, pa.csv.WriteOptions(include_header=False))
    return buffer.getvalue()


def _plain(column: pa.Array) -> pa.Array:
    """Return a column as CSV can hold it: binary as hexadecimal digits, times in UTC, lists as JSON."""
    kind = column.type
    if pa.types.is_timestamp(kind):
        return pc.assume_timezone(column, "UTC") if kind.tz is None else column.cast(pa.timestamp(kind.unit, "UTC"))
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return pa.array([None if one is None else one.hex() for one in column.to_pylist()], pa.large_string())
    if pa.types.is_nested(kind):
        values = column.to_pylist()
        return pa.array([None if one is None else json.dumps(one, default=str) for one in values], pa.large_string())
    return column.cast(pa.string()) if pa.types.is_time(kind) or kind == pa.uint64() else column


def _inspect(connection: Connection) -> Row[Any]:
    found = connection.execute(
        text(f"""
SELECT count(*) AS rows, max(ST_Dimension(shape)) AS dimension, bool_or(ST_Zmflag(shape) IN (2, 3)) AS z,
       string_agg(DISTINCT GeometryType(shape), ', ') FILTER (WHERE GeometryType(shape) = ANY(:unknown)) AS unknown
  FROM {_STAGING}"""),  # noqa: S608 - constants
        {"unknown": list(_UNKNOWN_GEOMETRIES)},
    ).one()
    if found.unknown:
        raise GeoPackageError(f"it holds {found.unknown}; only points, lines and polygons can be shown")
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _create(connection: Connection, table: PreviewTable, schema: str, *, z: bool) -> None:
    attributes = [f"{_quoted(column.name)} {_SQL_TYPES[column.type]}" for column in table.columns]
    geometry = _quoted(table.geometry)
    columns = [
        f"{_quoted(table.key)} bigint PRIMARY KEY",
        *attributes,
        f"{geometry} geometry(Geometry{'Z' if z else ''}, {SRID})",
        f"{_quoted(table.geojson)} text GENERATED ALWAYS AS (ST_AsGeoJSON({geometry}, 6, 0)) STORED",
    ]
    connection.exec_driver_sql(f"CREATE TABLE {schema}.{_quoted(table.table)} ({', '.join(columns)})")


def _fill(connection: Connection, table: PreviewTable, schema: str, *, z: bool, srid: int) -> None:
    """Bring the rows to their table, geometries in the storage CRS, rows that are near each other side by side."""
    lines = "CASE WHEN ST_HasArc(shape) THEN ST_CurveToLine(shape) ELSE shape END"
    placed = f"ST_SetSRID({lines}, {srid})"
    placed = placed if srid == SRID else f"ST_Transform({placed}, {SRID})"
    flat = f"ST_Force{'3DZ' if z else '2D'}({placed})"
    # It would turn lines round as well.
    shape = f"CASE WHEN ST_Dimension({flat}) = 2 THEN ST_ForcePolygonCCW({flat}) ELSE {flat} END"
    targets = [_quoted(one) for one in (table.key, table.geometry, *(column.name for column in table.columns))]
    values = ["fid", "shape", *(_column(n) for n, _ in _numbered(table))]
    connection.execute(
        text(
            f"INSERT INTO {schema}.{_quoted(table.table)} ({', '.join(targets)})"  # noqa: S608 - checked names
            f" SELECT {', '.join(values)} FROM (SELECT {', '.join(v for v in values if v != 'shape')},"
            f" {shape} AS shape FROM {_STAGING}) AS placed ORDER BY shape"
        )
    )


def _finish(connection: Connection, table: PreviewTable, schema: str) -> None:
    where, geometry = f"{schema}.{_quoted(table.table)}", _quoted(table.geometry)
    connection.exec_driver_sql(f"DROP TABLE {_STAGING}")
    connection.exec_driver_sql(f"CREATE INDEX ON {where} USING gist ({geometry})")
    connection.exec_driver_sql(f"ANALYZE {where}")
    invalid = connection.scalar(text(f"SELECT count(*) FROM {where} WHERE NOT ST_IsValid({geometry})"))  # noqa: S608
    if invalid:
        _log.warning("%s: %d geometries are not valid; they are shown as they are", table.source, invalid)


def _geometry_type(declared: str | None, dimension: int | None) -> GeometryType:
    """Return the kind of geometry that a table says it holds or, where it leaves that open, that its rows hold."""
    words = (declared or "").lower()
    if "point" in words:
        return "point"
    if "line" in words or "curve" in words.replace("curvepolygon", ""):
        return "line"
    if "polygon" in words or "surface" in words:
        return "polygon"
    by_dimension: tuple[GeometryType, ...] = ("point", "line", "polygon")
    return by_dimension[dimension or 0]
