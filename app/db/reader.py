"""Reader: the one way in which requests ask the database."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from sqlalchemy import Dialect, Row, TextClause, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncResult

T = TypeVar("T")
_S = TypeVar("_S", TextClause, str)
_Ask = Callable[[AsyncEngine, _S, Mapping[str, Any]], Awaitable[T]]

_DATA_VERSION = text(
    "SELECT content_hash || '-' || EXTRACT(YEAR FROM now() AT TIME ZONE 'Asia/Shanghai')"
    " FROM yuantu.revision ORDER BY id DESC LIMIT 1"
)
"""Answers say whether the period of a plan is past, so the year belongs to the version."""

VERSION_SECONDS = 1.0
"""How old a data version may be that is not asked for again, seconds."""


class Reader:
    """Runs statements in the read-only role, over one or several engines in turn.

    When the task that waits for an answer is cancelled, the statement is cancelled in the database too.

    Parameters
    ----------
    engines
        One engine a database that serves reads: the primary, or its replicas.
    """

    def __init__(self, engines: Sequence[AsyncEngine]) -> None:
        """Keep the engines."""
        self._engines = tuple(engines)
        self._turn = 0
        self._version = ""
        self._version_until = 0.0
        self._asking: asyncio.Task[str] | None = None

    def _engine(self) -> AsyncEngine:
        self._turn = (self._turn + 1) % len(self._engines)
        return self._engines[self._turn]

    async def value(self, statement: TextClause | str, values: Mapping[str, Any] | None = None) -> Any:
        """Return the first column of the first row, or None."""
        return await self._ask(_value, _clause(statement), values)

    async def rows(self, statement: TextClause | str, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Return all rows."""
        return await self._ask(_rows, _clause(statement), values)

    async def bytes_value(self, statement: str, values: Mapping[str, Any]) -> bytes | None:
        """Return the first column of the first row, a bytea, as the database holds it, or None.

        Parameters
        ----------
        statement
            SQL with psycopg's placeholders, ``%(name)s``. It is planned anew each time, for the values it is given.
        values
            What is bound to them.
        """
        return await self._ask(_bytes, statement, values)

    async def bytes_row(self, statement: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return the first row, its texts as UTF-8 bytes: a long text goes out as it came, undecoded."""
        return await self._ask(_bytes_row, statement, values)

    async def _ask(self, ask: _Ask[_S, T], statement: _S, values: Mapping[str, Any] | None) -> T:
        work = partial(ask, self._engine(), statement, values or {})
        return await cancelled_once(once_more(work))

    async def stream(
        self, statement: TextClause | str, values: Mapping[str, Any] | None = None, batch: int = 1000
    ) -> AsyncGenerator[Sequence[Row[Any]], None]:
        """Yield the rows in batches, as a server-side cursor hands them out: only one batch is held at a time.

        The statement runs in a read-only transaction of its own; the time limit of a statement holds for each batch.
        Whoever stops early should ``aclose()`` the generator, so that the connection is given back at once.

        Parameters
        ----------
        statement, values
            The statement and its bound values.
        batch
            Largest number of rows in a batch.
        """
        cursor = _Cursor(self._engine(), _clause(statement), values, batch)
        try:
            while rows := await cancelled_once(cursor.fetch()):
                yield rows
        finally:
            await _never_cancelled(cursor.close())

    async def data_version(self) -> str:
        """Return the hash of what is loaded; empty before the first load.

        It is asked for at most once a second; requests that come meanwhile wait for the same answer. Replicas that
        differ give a version of their own, so that an answer of one that lags is not taken for one of the other.
        """
        if time.monotonic() < self._version_until:
            return self._version
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask_version())
            self._asking.add_done_callback(_look_at)
        return await asyncio.shield(self._asking)

    async def _ask_version(self) -> str:
        asked_at = time.monotonic()
        found = await asyncio.gather(
            *(once_more(partial(_value, engine, _DATA_VERSION, None)) for engine in self._engines)
        )
        self._version = "+".join(sorted({str(version or "") for version in found}))
        self._version_until = asked_at + VERSION_SECONDS
        return self._version

    async def close(self) -> None:
        """Close every connection."""
        for engine in self._engines:
            await engine.dispose()


class _Cursor:
    """A server-side cursor: its connection is taken with the first fetch and given back by ``close``."""

    def __init__(
        self, engine: AsyncEngine, statement: TextClause, values: Mapping[str, Any] | None, batch: int
    ) -> None:
        self._engine, self._statement, self._values, self._batch = engine, statement, values, batch
        self._turn = asyncio.Lock()
        self._connection: AsyncConnection | None = None
        self._result: AsyncResult[Any] | None = None

    async def fetch(self) -> Sequence[Row[Any]]:
        async with self._turn:
            if self._result is None:
                self._connection = await self._engine.connect()
                # A named cursor lives in a transaction; the pool's connections are in autocommit otherwise.
                await self._connection.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=True)
                self._result = await self._connection.stream(
                    self._statement, self._values, execution_options={"yield_per": self._batch}
                )
            return await self._result.fetchmany(self._batch)

    async def close(self) -> None:
        # After a cancelled fetch this waits until the database has let go of the statement.
        async with self._turn:
            if self._connection is None:
                return
            if self._result is not None:
                # After a fault the cursor is gone with its transaction.
                with suppress(DBAPIError):
                    await self._result.close()
            await self._connection.close()
            self._connection = None


_ending: set[asyncio.Task[Any]] = set()
"""Tasks that end without anyone who waits for them: held, because the event loop holds them weakly."""


async def cancelled_once(work: Coroutine[Any, Any, T]) -> T:
    """Await work in a task of its own, which is cancelled once when the awaiting task is cancelled.

    psycopg cancels the statement in the database when it is cancelled itself, but a second cancellation (anyio repeats
    them until a task has ended) interrupts it on the way there; then the statement may go on for nobody.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if not task.done():
            task.cancel()
            _ending.add(task)
            task.add_done_callback(_ending.discard)
            task.add_done_callback(_look_at)
        raise


async def _never_cancelled(work: Coroutine[Any, Any, T]) -> T:
    """Await work that goes on to its end even when the awaiting task is cancelled."""
    task = asyncio.ensure_future(work)
    _ending.add(task)
    task.add_done_callback(_ending.discard)
    return await asyncio.shield(task)


def _look_at(task: asyncio.Task[Any]) -> None:
    """Take note of a task's exception, so that it is not reported as never looked at."""
    if not task.cancelled():
        task.exception()


async def once_more(work: Callable[[], Awaitable[T]]) -> T:
    """Await work, and once more where it met a connection that had been lost.

    The pool keeps connections that the server may have closed since. Asking each time whether it is still there would
    cost every request a round trip; everything here only reads, so it may be done again.
    """
    try:
        return await work()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return await work()


class _Numbered(NamedTuple):
    """SQL with ``$1``, ``$2`` … in it, as the database takes it, and the names of what they stand for."""

    text: bytes
    names: tuple[str, ...]


_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


@lru_cache(maxsize=1024)
def _numbered(statement: str) -> _Numbered:
    """Return SQL with ``%(name)s`` in it as the database takes it.

    The same statements come again with other values; psycopg reads a long one anew each time.
    """
    numbers: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        return f"${numbers.setdefault(match[1], len(numbers) + 1)}" if match[1] else "%"

    return _Numbered(_PLACEHOLDER.sub(number, statement).encode(), tuple(numbers))


@lru_cache(maxsize=1024)
def _driver_text(statement: str, dialect: Dialect) -> str:
    """Return SQL with ``:name`` in it as psycopg wants it."""
    return str(text(statement).compile(dialect=dialect))


async def _value(engine: AsyncEngine, statement: TextClause, values: Mapping[str, Any] | None) -> Any:
    async with engine.connect() as connection:
        return (await connection.execute(statement, values)).scalar()


async def _rows(engine: AsyncEngine, statement: TextClause, values: Mapping[str, Any] | None) -> Sequence[Row[Any]]:
    async with engine.connect() as connection:
        return (await connection.execute(statement, values)).all()


async def _bytes(engine: AsyncEngine, statement: str, values: Mapping[str, Any]) -> bytes | None:
    # SQLAlchemy asks for results as text, and so for bytea in hexadecimal: twice the size, and decoded in Python.
    row = await _driver_row(engine, statement, values, binary=True, prepare=False)
    return bytes(row[0]) if row and row[0] is not None else None


async def _bytes_row(engine: AsyncEngine, statement: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    return await _driver_row(engine, _driver_text(statement, engine.dialect), values)


class _Utf8(Loader):
    """Leaves a text as the bytes the database sends; the connection speaks UTF-8."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


async def _driver_row(
    engine: AsyncEngine, statement: str, values: Mapping[str, Any], *, binary: bool = False, prepare: bool | None = None
) -> tuple[Any, ...] | None:
    """Ask psycopg itself, past SQLAlchemy's reading of statements and of results."""
    numbered = _numbered(statement)
    async with engine.connect() as connection:
        driver: psycopg.AsyncConnection[Any] = (await connection.get_raw_connection()).driver_connection  # type: ignore[assignment]
        try:
            async with psycopg.AsyncRawCursor(driver) as cursor:
                cursor.adapters.register_loader("text", _Utf8)
                bound = [values[name] for name in numbered.names]
                await cursor.execute(numbered.text, bound, prepare=prepare, binary=binary)
                row: tuple[Any, ...] | None = await cursor.fetchone()
        except psycopg.Error as error:
            lost = driver.closed
            if lost:
                # What else lies in the pool comes from the same server.
                await connection.invalidate()
                await engine.dispose()
            kind = OperationalError if isinstance(error, psycopg.OperationalError) else DBAPIError
            raise kind(statement, dict(values), error, connection_invalidated=lost) from error
    return row


def _clause(statement: TextClause | str) -> TextClause:
    return _text(statement) if isinstance(statement, str) else statement


_text = lru_cache(maxsize=1024)(text)
"""Reading a statement for its names takes longer than a small answer; clauses do not change."""
