"""Spool: rows kept in an Arrow file in the working folder, so that a format can be told what they hold before it begins.

A file of one geometry type, an index that takes no null, columns as wide as their widest value: formats want to know
such things first, and rows come once. The rows go to the disk, and the connection to the database is free again.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import shapely

from app.features.encoders.arrow import FAMILIES, Geometries, Table, family_of, from_wkb, to_wkb
from app.features.encoders.workfile import Batches


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
    count
        How many rows there are.
    """

    def __init__(self, table: Table, folder: Path, batches: Batches) -> None:
        """Write the rows."""
        self.table = table
        self.types: Counter[int] = Counter()
        self.missing = 0
        self.count = 0
        self._path = folder / "rows.arrow"
        with pa.OSFile(str(self._path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            for rows in batches:
                if rows:
                    writer.write_batch(table.batch(rows, self._noted))
                    self.count += len(rows)

    def _noted(self, geometries: Geometries) -> Geometries:
        """Count the types; an empty geometry becomes none, since not every format has it."""
        geometries[shapely.is_empty(geometries)] = None
        kinds = Counter(int(kind) for kind in shapely.get_type_id(geometries))
        self.missing += kinds.pop(-1, 0)
        self.types += kinds
        return geometries

    @property
    def families(self) -> tuple[str, ...]:
        """The families of geometry that are there, points before lines before polygons; collections have none."""
        found = {family_of(kind) for kind in self.types}
        return tuple(family for family in FAMILIES if family in found)

    @property
    def mixed(self) -> bool:
        """Whether no single type can hold the geometries."""
        return len({family_of(kind) for kind in self.types}) > 1 or any(family_of(kind) is None for kind in self.types)

    def batches(self, fit: Callable[[Geometries], Geometries] | None = None) -> Iterator[pa.RecordBatch]:
        """Yield the record batches again, with geometries changed by ``fit``."""
        with pa.memory_map(str(self._path)) as source:
            reader = pa.ipc.open_file(source)
            for at in range(reader.num_record_batches):
                batch = reader.get_batch(at)
                yield batch if fit is None or not self.table.with_geometry else self._changed(batch, fit)

    def _changed(self, batch: pa.RecordBatch, fit: Callable[[Geometries], Geometries]) -> pa.RecordBatch:
        last = batch.num_columns - 1
        wkb = to_wkb(fit(from_wkb(batch.column(last).to_pylist())))
        return batch.set_column(last, batch.schema.field(last), pa.array(wkb, pa.binary()))
