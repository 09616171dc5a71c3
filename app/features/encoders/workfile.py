"""Working files: formats that are written as a whole go to a private folder in a thread, and stream from there.

The folder belongs to the thread that writes: the thread opens the finished file, removes the folder and hands the open
file over, so that nothing is left on the disk from then on, whatever becomes of the client or of the process. When the
client goes away while rows still arrive, the thread is told to stop and removes the folder at once.
"""

import asyncio
import queue
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import anyio
from anyio import to_thread
from anyio.lowlevel import RunVar

from app.features.encoders.stream import Row

Batches = Iterator[Sequence[Row]]
Writer = Callable[[Path, Batches], Path]
"""Writes the batches into a folder and returns the finished file in it."""

FOLDER_PREFIX = "yuantu-export-"
CHUNK = 256 * 1024
_AHEAD = 2
_CONCURRENT = 3
_limiter: RunVar[anyio.CapacityLimiter] = RunVar("yuantu-exports")


class _Abandoned(Exception):
    """Nobody waits for the file any more."""


class _Job:
    """One file being written: batches go in on the event loop and come out in the thread, a few at a time."""

    def __init__(self, write: Writer) -> None:
        self._write = write
        self._queue: queue.SimpleQueue[Sequence[Row] | None] = queue.SimpleQueue()
        self._room = asyncio.Semaphore(_AHEAD)
        self._loop = asyncio.get_running_loop()
        self._abandoned = False
        self._over = False
        self.file: BinaryIO | None = None
        self.error: Exception | None = None

    async def put(self, batch: Sequence[Row]) -> bool:
        """Hand a batch over; False when the thread takes no more."""
        await self._room.acquire()
        self._queue.put(batch)
        return not self._over

    def end(self, *, abandoned: bool = False) -> None:
        """Say that no batch follows."""
        self._abandoned = self._abandoned or abandoned
        self._queue.put(None)

    async def run(self) -> None:
        """Write the file in a thread; keeps the file or the error."""
        try:
            self.file = await to_thread.run_sync(self._work)
        except _Abandoned:
            pass
        except Exception as error:  # handed to whoever waits for the file
            self.error = error
        finally:
            self._over = True
            self._room.release()

    def _work(self) -> BinaryIO:
        with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX) as folder:
            path = self._write(Path(folder), self._batches())
            if self._abandoned:
                raise _Abandoned
            return path.open("rb")

    def _batches(self) -> Batches:
        while (batch := self._queue.get()) is not None:
            if self._abandoned:
                break
            self._loop.call_soon_threadsafe(self._room.release)
            yield batch
        if self._abandoned:
            raise _Abandoned


def _slots() -> anyio.CapacityLimiter:
    try:
        return _limiter.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(_CONCURRENT)
        _limiter.set(limiter)
        return limiter


async def _feed(job: _Job, rows: AsyncIterator[Sequence[Row]]) -> Exception | None:
    """Hand every batch to the job; return what the rows failed with."""
    try:
        async for batch in rows:
            if not await job.put(batch):
                break
    except Exception as error:
        job.end(abandoned=True)
        return error
    except BaseException:
        job.end(abandoned=True)
        raise
    job.end()
    return None


async def _written(rows: AsyncIterator[Sequence[Row]], write: Writer) -> BinaryIO:
    """Return the finished file, open and already without a name."""
    async with _slots():
        job = _Job(write)
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(job.run)
                failure = await _feed(job, rows)
        except BaseException:
            if job.file is not None:
                job.file.close()
            raise
    error = failure or job.error
    if error is not None:
        raise error
    if job.file is None:
        raise RuntimeError("the file was not written")
    return job.file


async def through_file(rows: AsyncIterator[Sequence[Row]], write: Writer) -> AsyncGenerator[bytes, None]:
    """Yield the bytes of a file that is made of rows.

    Parameters
    ----------
    rows
        Batches of rows; read in the caller's task.
    write
        Writes them; runs in a thread.

    Raises
    ------
    Exception
        Whatever the rows or the writer fail with, before the first byte.
    """
    file = await _written(rows, write)
    try:
        while chunk := await to_thread.run_sync(file.read, CHUNK):
            yield chunk
    finally:
        file.close()
