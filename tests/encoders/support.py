"""What the tests of encoders share: rows of a layer straight from the database, and streams made of rows."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import shapely

from app.features.encoders import ENCODERS, FeatureStream, Row
from app.geodesy.crs import CRS84, Crs
from app.registry.definition import LayerDefinition, LayerField


@dataclass(frozen=True)
class Facts:
    """A layer and its features as the database has them."""

    layer: LayerDefinition
    rows: tuple[Row, ...]

    @property
    def ids(self) -> list[str]:
        return [row.id for row in self.rows]

    def column(self, name: str) -> list[Any]:
        at = [one.name for one in self.layer.fields].index(name)
        return [row.values[at] for row in self.rows]

    def geometries(self) -> list[Any]:
        return [None if row.wkb is None else shapely.from_wkb(row.wkb) for row in self.rows]


async def in_batches(items: Sequence[Any], size: int = 10) -> AsyncIterator[Sequence[Any]]:
    for at in range(0, len(items), size):
        await asyncio.sleep(0)
        yield items[at : at + size]


def stream_of(layer: LayerDefinition, rows: Sequence[Row], crs: Crs = CRS84, **more: Any) -> FeatureStream:
    settings = {"fields": layer.fields, "rows": in_batches(rows), "data_version": "0123abcd", **more}
    return FeatureStream(layer=layer, crs=crs, **settings)


def encoded(key: str, stream: FeatureStream) -> bytes:
    async def gather() -> bytes:
        return b"".join([chunk async for chunk in ENCODERS[key].encode(stream)])

    return asyncio.run(gather())


def saved(key: str, stream: FeatureStream, folder: Path) -> Path:
    path = folder / f"{stream.layer.id}.{ENCODERS[key].extension}"
    path.write_bytes(encoded(key, stream))
    return path


def ogrinfo(path: str | Path, *options: str) -> str:
    """Return what GDAL's own tool, not the library the encoders use, says of a file."""
    program = shutil.which("ogrinfo")
    if program is None:
        pytest.skip("ogrinfo (gdal-bin) is not installed")
    run = subprocess.run([program, "-ro", *options, str(path)], capture_output=True, text=True, check=True)
    return run.stdout


SAMPLES: dict[str, Any] = {
    "string": "滨海新区",
    "url": "https://example.org/滨海",
    "string[]": ["生物医药", "新能源"],
    "integer": 2025,
    "number": Decimal("12.50"),
    "boolean": True,
    "date": date(2021, 11, 3),
    "datetime": datetime(2021, 11, 3, 16, 30, tzinfo=UTC),
}
"""One value of every type a field can have."""


def made_layer(layer: LayerDefinition, fields: Iterable[dict[str, Any]], **changes: Any) -> LayerDefinition:
    """Return a layer like another, with fields of its own."""
    made = tuple(
        LayerField.model_validate({"title": {"zh": f"字段{n}", "en": f"Field {n}"}, **one})
        for n, one in enumerate(fields)
    )
    names = {"datetime": (), "search": (), "label": None, "style": layer.style.model_copy(update={"by": None})}
    return layer.model_copy(update={**names, "fields": made, **changes})


def every_type(layer: LayerDefinition, **changes: Any) -> LayerDefinition:
    """Return a layer with one field of each type."""
    named = {"string[]": "list"}
    return made_layer(layer, [{"name": f"a_{named.get(kind, kind)}", "type": kind} for kind in SAMPLES], **changes)
