"""Cache: finished answers in memory, and one production for identical requests."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from starlette.types import Scope

from app.compression import CODINGS, IDENTITY, MINIMUM_SIZE, compress, compressed, decompress

T = TypeVar("T")
Produce = Callable[[], Awaitable[str | bytes]]

_ENTRY_OVERHEAD = 400
"""What an entry takes beside its body, bytes."""

_DECIDING = frozenset({b"host", b"accept", b"accept-language", b"accept-crs"})
"""Request headers that decide which answer a request gets; Accept-Encoding only decides how it is packed."""

_MAX_KNOWN = 4096
"""Requests whose ETag is known without asking a route."""

_MAX_QUERY = 1024
"""Requests with a longer query string are not remembered, bytes."""

_MAX_IMPROVEMENTS = 16
"""Bodies that may wait for the thorough compression at a time."""


class Packed(NamedTuple):
    """A finished body and the coding it is in."""

    coding: str
    body: bytes


class Known(NamedTuple):
    """What is known of the answer to a request before any route has seen it.

    Attributes
    ----------
    version
        The data version that this holds for.
    tag
        The ETag of the answer.
    headers
        Its headers but for Content-Type, Content-Length and Content-Encoding.
    media_type
        Its Content-Type.
    empty_status
        Its status where the body is empty.
    """

    version: str
    tag: str
    headers: tuple[tuple[bytes, bytes], ...]
    media_type: str
    empty_status: int = 200


@dataclass(slots=True)
class _Flight:
    task: asyncio.Future[Any]
    waiting: int = 0


class AnswerCache:
    """Finished answers in memory, compressed, the least recently used dropped first.

    An entry's key is its ETag and coding, so that an entry never has to be thrown away for being old: new data have
    another ETag. Requests for the same missing entry share one production; it is cancelled when all have left.

    Parameters
    ----------
    limit
        Memory for the bodies, bytes. An answer longer than a quarter of it is not kept.
    """

    def __init__(self, limit: int) -> None:
        """Start empty."""
        self.limit = limit
        self.size = 0
        self._entries: OrderedDict[tuple[str, str], Packed] = OrderedDict()
        self._known: OrderedDict[Hashable, Known] = OrderedDict()
        self._flights: dict[Hashable, _Flight] = {}
        self._packer: ThreadPoolExecutor | None = None
        self._improving = 0

    def get(self, tag: str, coding: str) -> Packed | None:
        """Return the answer where it is ready."""
        found = self._entries.get((tag, coding))
        if found is not None:
            self._entries.move_to_end((tag, coding))
        return found

    def put(self, tag: str, coding: str, packed: Packed) -> None:
        """Keep an answer, unless it is too long."""
        if len(packed.body) > self.limit // 4:
            return
        old = self._entries.pop((tag, coding), None)
        self.size += _weight(packed) - (0 if old is None else _weight(old))
        self._entries[tag, coding] = packed
        while self.size > self.limit:
            self.size -= _weight(self._entries.popitem(last=False)[1])

    def known(self, scope: Scope) -> Known | None:
        """Return what is known of the answer to the request of a scope; its version has to be compared."""
        found = self._known.get(key := _address(scope))
        if found is not None:
            self._known.move_to_end(key)
        return found

    def remember(self, scope: Scope, known: Known) -> None:
        """Remember what the answer to the request of a scope is, for the requests that repeat it."""
        if len(scope["query_string"]) <= _MAX_QUERY:
            self._known[_address(scope)] = known
            while len(self._known) > _MAX_KNOWN:
                self._known.popitem(last=False)

    async def answer(self, tag: str, coding: str, produce: Produce, *, thorough: bool = False) -> Packed:
        """Return an answer, made and kept where it is missing.

        Parameters
        ----------
        tag
            Its ETag: names the data version, the query and the format (and the address, if links are absolute).
        coding
            Coding the client accepts; short answers come uncoded all the same.
        produce
            Makes the plain answer.
        thorough
            Whether a thread should compress it once more at leisure, for the many times it will be sent.
        """
        ready = self.get(tag, coding)
        if ready is not None:
            return ready
        return await self._join((tag, coding), self._make(tag, coding, produce, thorough))

    async def _make(self, tag: str, coding: str, produce: Produce, thorough: bool) -> Packed:
        plain = await self._plain(tag, produce)
        if coding == IDENTITY or len(plain) < MINIMUM_SIZE:
            packed = Packed(IDENTITY, plain)
        else:
            packed = Packed(coding, await compressed(plain, coding))
        self.put(tag, coding, packed)
        if thorough and packed.coding != IDENTITY and self.get(tag, coding) is packed:
            self._improve(tag, packed, plain)
        return packed

    async def _plain(self, tag: str, produce: Produce) -> bytes:
        for coding in (IDENTITY, *CODINGS):
            packed = self._entries.get((tag, coding))
            if packed is not None:
                return await asyncio.to_thread(decompress, packed.body, packed.coding)

        async def made() -> bytes:
            body = await produce()
            return body.encode() if isinstance(body, str) else body

        return await self._join(tag, made())

    async def _join(self, key: Hashable, work: Coroutine[Any, Any, T]) -> T:
        """Await the work under way for a key, or start this one."""
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.ensure_future(work))
        else:
            work.close()
        flight.waiting += 1
        try:
            result: T = await asyncio.shield(flight.task)
            return result
        finally:
            flight.waiting -= 1
            if flight.waiting == 0:
                if self._flights.get(key) is flight:
                    del self._flights[key]
                flight.task.cancel()
                flight.task.add_done_callback(_look_at)

    def _improve(self, tag: str, packed: Packed, plain: bytes) -> None:
        if self._improving >= _MAX_IMPROVEMENTS:
            return
        if self._packer is None:
            self._packer = ThreadPoolExecutor(1, thread_name_prefix="packer")
        self._improving += 1
        better = asyncio.get_running_loop().run_in_executor(self._packer, _thoroughly, plain, packed.coding)

        def keep(done: asyncio.Future[bytes]) -> None:
            self._improving -= 1
            if done.cancelled() or done.exception() is not None or (tag, packed.coding) not in self._entries:
                return
            if len(done.result()) < len(packed.body):
                self.put(tag, packed.coding, Packed(packed.coding, done.result()))

        better.add_done_callback(keep)

    def close(self) -> None:
        """Drop every answer and end the thread."""
        self._entries.clear()
        self._known.clear()
        self.size = 0
        if self._packer is not None:
            self._packer.shutdown(wait=False, cancel_futures=True)


def _address(scope: Scope) -> Hashable:
    """Return all of a request that may decide which answer it gets: address, query, languages, media types."""
    said = [pair for pair in scope["headers"] if pair[0] in _DECIDING]
    return scope["scheme"], scope.get("root_path", ""), scope["path"], scope["query_string"], *said


def _weight(packed: Packed) -> int:
    return len(packed.body) + _ENTRY_OVERHEAD


def _thoroughly(plain: bytes, coding: str) -> bytes:
    return compress(plain, coding, thorough=True)


def _look_at(task: asyncio.Future[Any]) -> None:
    """Take note of a task's exception, so that it is not reported as never looked at."""
    if not task.cancelled():
        task.exception()
