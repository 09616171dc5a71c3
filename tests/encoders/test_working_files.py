"""Files that formats are written to: gone after success, failure and cancellation; sources closed; memory bounded."""

import asyncio
import gc
import os
import threading
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from app.features.encoders import ENCODERS, FeatureStream, Row, begun, workfile
from app.features.encoders.workfile import through_file
from app.geodesy.crs import CRS84, EPSG_4490
from app.registry.definition import LayerDefinition
from tests.encoders.support import Facts, encoded, made_layer, stream_of

BINARY = [key for key, one in ENCODERS.items() if one.binary]
OF_ROWS = [key for key, one in ENCODERS.items() if one.reads == "rows"]


class Source:
    """Batches that note how far they were read and whether they were closed."""

    def __init__(self, batches: Sequence[Any], *, fail_after: int | None = None, pause: float = 0) -> None:
        self._left = list(batches)
        self._fail_after, self._pause = fail_after, pause
        self.read = 0
        self.closed = False

    def __aiter__(self) -> "Source":
        return self

    async def __anext__(self) -> Any:
        await asyncio.sleep(self._pause)
        if self._fail_after is not None and self.read >= self._fail_after:
            raise ConnectionError("the database went away")
        if not self._left:
            raise StopAsyncIteration
        self.read += 1
        return self._left.pop(0)

    async def aclose(self) -> None:
        self.closed = True


def _stream(facts: Facts, key: str, source: Any) -> FeatureStream:
    return replace(stream_of(facts.layer, (), CRS84 if key == "kml" else EPSG_4490), rows=source)


def _batches(facts: Facts, size: int = 5) -> list[Sequence[Row]]:
    return [facts.rows[at : at + size] for at in range(0, len(facts.rows), size)]


def test_the_binary_formats_are_those_that_need_a_file() -> None:
    assert BINARY == ["fgb", "gpkg", "shp", "xlsx", "parquet"]


@pytest.mark.parametrize("key", OF_ROWS)
def test_nothing_is_left_after_success_and_the_source_is_closed(key: str, parks: Facts, temporary: Path) -> None:
    source = Source(_batches(parks))
    assert len(encoded(key, _stream(parks, key, source))) > 1000
    assert source.closed
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("key", BINARY)
def test_the_file_is_gone_before_the_first_byte_is_sent(key: str, parks: Facts, temporary: Path) -> None:
    async def first() -> None:
        chunks = ENCODERS[key].encode(_stream(parks, key, Source(_batches(parks))))
        assert await anext(chunks)
        assert list(temporary.iterdir()) == []
        await chunks.aclose()

    asyncio.run(first())


@pytest.mark.parametrize("key", OF_ROWS)
def test_an_error_of_the_rows_comes_through_and_leaves_nothing(key: str, parks: Facts, temporary: Path) -> None:
    source = Source(_batches(parks), fail_after=3)
    with pytest.raises(ConnectionError, match="went away"):
        encoded(key, _stream(parks, key, source))
    assert source.closed
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("key", BINARY)
def test_an_error_of_the_writer_comes_through_and_leaves_nothing(key: str, parks: Facts, temporary: Path) -> None:
    broken = parks.rows[0]._replace(values=parks.rows[0].values[:-1])
    source = Source([[broken], *_batches(parks)] * 5)
    with pytest.raises((ValueError, IndexError)):
        encoded(key, _stream(parks, key, source))
    assert source.closed
    assert source.read < 40, "rows are read on although nothing takes them"
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("key", OF_ROWS)
def test_a_client_that_goes_away_while_bytes_are_sent_leaves_nothing(key: str, parks: Facts, temporary: Path) -> None:
    source = Source(_batches(parks))

    async def leave() -> None:
        chunks = ENCODERS[key].encode(_stream(parks, key, source))
        await anext(chunks)
        await chunks.aclose()

    asyncio.run(leave())
    assert source.closed
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("key", BINARY)
def test_a_client_that_goes_away_while_rows_arrive_leaves_nothing(key: str, parks: Facts, temporary: Path) -> None:
    source = Source(_batches(parks), pause=0.2)
    before = threading.active_count()

    async def leave() -> None:
        task = asyncio.ensure_future(anext(ENCODERS[key].encode(_stream(parks, key, source))))
        await asyncio.sleep(0.5)
        assert list(temporary.iterdir()), "the file was not begun"
        task.cancel()
        started = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - started < 1

    asyncio.run(leave())
    assert source.closed
    assert source.read < len(_batches(parks))
    assert list(temporary.iterdir()) == []
    assert threading.active_count() <= before + 1


def test_other_requests_are_served_while_a_file_is_written(parks: Facts) -> None:
    def slow(folder: Path, batches: Any) -> Path:
        list(batches)
        time.sleep(0.3)
        path = folder / "file"
        path.write_bytes(b"x" * 600_000)
        return path

    async def both() -> tuple[int, int]:
        ticks = 0
        chunks = begun(through_file(_source(parks), slow))
        task = asyncio.ensure_future(chunks)
        while not task.done():
            await asyncio.sleep(0.01)
            ticks += 1
        return ticks, sum([len(chunk) async for chunk in task.result()])

    ticks, size = asyncio.run(both())
    assert ticks > 10
    assert size == 600_000


async def _source(facts: Facts) -> AsyncIterator[Sequence[Row]]:
    for batch in _batches(facts):
        yield batch


def test_begun_raises_before_an_answer_is_begun_and_loses_no_byte(parks: Facts) -> None:
    async def whole(source: Source) -> bytes:
        chunks = await begun(ENCODERS["csv"].encode(_stream(parks, "csv", source)))
        return b"".join([chunk async for chunk in chunks])

    assert asyncio.run(whole(Source(_batches(parks)))) == encoded("csv", _stream(parks, "csv", Source(_batches(parks))))

    async def start() -> None:
        await begun(ENCODERS["gpkg"].encode(_stream(parks, "gpkg", Source(_batches(parks), fail_after=1))))

    with pytest.raises(ConnectionError):
        asyncio.run(start())


def test_more_exports_than_there_are_slots_wait_and_finish(layer: LayerDefinition) -> None:
    named = made_layer(layer, [{"name": "text"}])
    rows = [Row(str(at), shapely.to_wkb(shapely.Point(at, at)), ["滨"]) for at in range(50)]

    async def one() -> int:
        return sum([len(chunk) async for chunk in ENCODERS["gpkg"].encode(stream_of(named, rows, EPSG_4490))])

    async def many() -> list[int]:
        return await asyncio.gather(*(one() for _ in range(3 * workfile._CONCURRENT)))

    assert all(size > 10_000 for size in asyncio.run(many()))


_PARCELS = 200_000
_BATCH = 1000
_SLOW = {"kml": 60_000, "xlsx": 60_000, "dxf": 60_000}
"""Formats whose rows Python writes one by one are told enough by fewer."""


_MOST_GROWTH = 120_000_000
_MOST_GROWTH_OF_TEXT = 25_000_000


@pytest.fixture(scope="module")
def parcels() -> list[Sequence[Row]]:
    """Return made-up squares with a name and a number, 1,000 at a time."""
    number = np.arange(_PARCELS)
    west, south = 117 + number % 500 / 1000, 38 + number // 500 / 1000
    wkb = shapely.to_wkb(shapely.box(west, south, west + 0.0009, south + 0.0009)).tolist()
    rows = [Row(f"parcel-{at}", one, ("测试地块", float(at))) for at, one in enumerate(wkb)]
    return [rows[at : at + _BATCH] for at in range(0, _PARCELS, _BATCH)]


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Growth:
    """Watches how far the resident memory of the process grows: GDAL's and Arrow's as well as Python's."""

    def __enter__(self) -> "Growth":
        gc.collect()
        self._start = self.most = _resident()
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch)
        self._watcher.start()
        return self

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self.most = max(self.most, _resident())

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()
        self.bytes = self.most - self._start


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="resident memory is read from /proc")
@pytest.mark.parametrize("key", OF_ROWS)
def test_200000_features_take_bounded_memory(key: str, layer: LayerDefinition, parcels: list[Sequence[Row]]) -> None:
    named = made_layer(layer, [{"name": "name"}, {"name": "area", "type": "number"}])
    batches = parcels[: _SLOW.get(key, _PARCELS) // _BATCH]
    stream = replace(stream_of(named, (), CRS84), rows=Source(batches))

    async def size() -> int:
        return sum([len(chunk) async for chunk in ENCODERS[key].encode(stream)])

    with Growth() as growth:
        written = asyncio.run(size())
    assert written > 900_000
    assert growth.bytes < (_MOST_GROWTH if ENCODERS[key].binary and key != "xlsx" else _MOST_GROWTH_OF_TEXT)
