"""GeoParquet 1.1 (https://geoparquet.org/releases/v1.1.0), written by pyarrow."""

import json
import math
from collections.abc import AsyncGenerator
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from app.features.encoders.arrow import TYPE_NAMES, Geometries, Table
from app.features.encoders.stream import FeatureStream
from app.features.encoders.workfile import Batches, through_file
from app.geodesy.crs import Crs

ROW_GROUP_ROWS = 20_000
_ROW_GROUP_BYTES = 64 * 1024 * 1024
_VERSION = "1.1.0"


@cache
def _projjson(name: str) -> dict[str, Any]:
    found: dict[str, Any] = pyproj.CRS.from_user_input(name).to_json_dict()
    return found


class _Column:
    """The geometry column: makes geometries fit, and gathers what the metadata say of them."""

    def __init__(self, crs: Crs) -> None:
        self._crs = crs
        self._types: set[str] = set()
        self._box = [math.inf, math.inf, -math.inf, -math.inf]

    def fit(self, geometries: Geometries) -> Geometries:
        """Return the geometries with exterior rings counter-clockwise."""
        oriented: Geometries = shapely.orient_polygons(geometries)
        kinds = np.unique(shapely.get_type_id(oriented))
        self._types |= {TYPE_NAMES[int(kind)] for kind in kinds if kind >= 0}
        west, south, east, north = shapely.total_bounds(oriented).tolist()
        if not math.isnan(west):
            box = self._box
            self._box = [min(box[0], west), min(box[1], south), max(box[2], east), max(box[3], north)]
        return oriented

    def metadata(self, name: str) -> str:
        """Return the ``geo`` metadata of the file."""
        column: dict[str, Any] = {
            "encoding": "WKB",
            "geometry_types": sorted(self._types),
            "crs": _projjson(self._crs.name),
            "orientation": "counterclockwise",
            "edges": "planar",
        }
        if math.isfinite(self._box[0]):
            column["bbox"] = self._box
        return json.dumps({"version": _VERSION, "primary_column": name, "columns": {name: column}})


def _write(stream: FeatureStream, folder: Path, batches: Batches) -> Path:
    table, column = Table(stream), _Column(stream.crs)
    path = folder / f"{stream.layer.id}.parquet"
    with pq.ParquetWriter(path, table.schema, compression="zstd") as writer:
        waiting: list[pa.RecordBatch] = []
        for rows in batches:
            if rows:
                waiting.append(table.batch(rows, column.fit))
            full = sum(one.num_rows for one in waiting) >= ROW_GROUP_ROWS
            if full or sum(one.nbytes for one in waiting) >= _ROW_GROUP_BYTES:
                writer.write_table(pa.Table.from_batches(waiting))
                waiting = []
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting))
        if stream.with_geometry:
            writer.add_key_value_metadata({"geo": column.metadata(table.geometry)})
    return path


def geoparquet(stream: FeatureStream) -> AsyncGenerator[bytes, None]:
    """Yield a GeoParquet file: WKB in the column ``geometry``, x before y; lists are lists.

    The metadata give the CRS as PROJJSON, the geometry types, the bounding box and the orientation of rings. Each
    column's metadata give its titles, its unit and the titles of its codes. Row groups hold 20,000 rows or 64 MiB.
    """

    return through_file(stream.row_batches(), partial(_write, stream))
