"""Spool: rows kept in an Arrow file in the working folder, so that a format knows what they hold before it begins.

A file of one geometry type, an index that takes no null, columns as wide as their widest value: formats want to know
such things first, and rows come once. The rows go to the disk, and the connection to the database is free again.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import shapely

from app.features.encoders.arrow import FAMILIES, Geometries, Table, family_of, family_of_type, from_wkb, leaves, to_wkb
from app.features.encoders.workfile import Batches

_COLLECTION = 7
"""Shapely's type id of a geometry collection."""


class Spool:
    """Rows on the disk.

    Parameters
    ----------
    table
        How rows become record batches.
    folder
        Where the file goes.
    batches
        The rows.

    Attributes
    ----------
    types
        How many geometries there are of each shapely type id.
    missing
        How many rows have no geometry, or an empty one.
    families
        Which families of geometry there are, inside collections too; points before lines before polygons.
    widths
        Bytes of the longest text of each text column, in UTF-8, by its place.
    """

    def __init__(self, table: Table, folder: Path, batches: Batches) -> None:
        """Write the rows."""
        self.table = table
        self.types: Counter[int] = Counter()
        self.missing = 0
        self.widths: dict[int, int] = {}
        self._families: set[str | None] = set()
        self._path = folder / "rows.arrow"
        with pa.OSFile(str(self._path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            for rows in batches:
                if rows:
                    batch = table.batch(rows, self._noted)
                    self._measure(batch)
                    writer.write_batch(batch)

    def _noted(self, geometries: Geometries) -> Geometries:
        """Count the types; an empty geometry becomes none, since not every format has it."""
        geometries[shapely.is_empty(geometries)] = None
        kinds = Counter(int(kind) for kind in shapely.get_type_id(geometries))
        self.missing += kinds.pop(-1, 0)
        self.types += kinds
        if kinds[_COLLECTION]:
            self._families |= {family_of(part) for geometry in geometries for part in leaves(geometry)}
        return geometries

    def _measure(self, batch: pa.RecordBatch) -> None:
        for at, column in enumerate(batch.columns):
            if pa.types.is_string(column.type):
                longest = pc.max(pc.binary_length(column)).as_py() or 0
                self.widths[at] = max(self.widths.get(at, 0), longest)

    @property
    def families(self) -> tuple[str, ...]:
        """See the class."""
        found = {family_of_type(kind) for kind in self.types} | self._families
        return tuple(family for family in FAMILIES if family in found)

    @property
    def mixed(self) -> bool:
        """Whether no single type can hold the geometries."""
        return len(self.families) > 1 or self.types[_COLLECTION] > 0

    def batches(self, fit: Callable[[Geometries], Geometries] | None = None) -> Iterator[pa.RecordBatch]:
        """Yield the record batches again, with geometries changed by ``fit``."""
        with pa.memory_map(str(self._path)) as source:
            reader = pa.ipc.open_file(source)
            for at in range(reader.num_record_batches):
                batch = reader.get_batch(at)
                if fit is not None and self.table.with_geometry:
                    batch = with_geometries(batch, fit(geometries_of(batch)))
                yield batch


def geometries_of(batch: pa.RecordBatch) -> Geometries:
    """Return the geometries of a record batch; they stand in its last column."""
    return from_wkb(batch.column(batch.num_columns - 1).to_pylist())


def with_geometries(batch: pa.RecordBatch, geometries: Geometries) -> pa.RecordBatch:
    """Return a record batch with other geometries."""
    last = batch.num_columns - 1
    return batch.set_column(last, batch.schema.field(last), pa.array(to_wkb(geometries), pa.binary()))
