"""The reader: read-only, and with a limit on time."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from app.db.engine import read_engine
from app.db.reader import Reader
from app.settings import Settings


def ask(url: str, statement: str, *, timeout_ms: int = 5000) -> object:
    return with_reader(url, lambda reader: reader.value(statement), timeout_ms=timeout_ms)


def with_reader(url: str, work: Callable[[Reader], Awaitable[object]], *, timeout_ms: int = 5000) -> object:
    async def run() -> object:
        settings = Settings(statement_timeout_ms=timeout_ms)
        reader = Reader([read_engine(url, settings, assume_role=True)])
        try:
            return await work(reader)
        finally:
            await reader.close()

    # The browser tests leave a loop running in this thread.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, run()).result()


def test_it_steps_down_to_the_reading_role(database_url: str) -> None:
    assert ask(database_url, "SELECT current_user") == "yuantu_read"
    with pytest.raises(DBAPIError):
        ask(database_url, "DELETE FROM yuantu.zone RETURNING id")


def test_a_long_statement_is_cancelled(database_url: str) -> None:
    with pytest.raises(OperationalError, match="statement timeout"):
        ask(database_url, "SELECT pg_sleep(5)", timeout_ms=200)


@pytest.mark.parametrize("way", ["value", "bytes_row"])
def test_a_connection_that_was_lost_is_replaced(database_url: str, way: str) -> None:
    """As after a restart of the database: every connection of the pool is dead, and the first question is answered."""

    async def work(reader: Reader) -> object:
        async def pid() -> object:
            if way == "value":
                return await reader.value("SELECT pg_backend_pid()")
            row = await reader.bytes_row("SELECT pg_backend_pid()", {})
            return row and row[0]

        # Several at a time, so that the pool holds several connections.
        before = set(await asyncio.gather(*(pid() for _ in range(4))))
        with psycopg.connect(database_url, autocommit=True) as connection:
            for one in before:
                connection.execute("SELECT pg_terminate_backend(%s)", [one])
        after = [await pid() for _ in range(4)]
        assert not before & set(after)
        return None

    with_reader(database_url, work)


def test_a_database_that_is_gone_is_said_at_once(tmp_path: object) -> None:
    with pytest.raises(OperationalError):
        ask(f"postgresql://nobody@/none?host={tmp_path}", "SELECT 1")


def test_bytes_are_asked_for_with_names_and_percent_signs(database_url: str) -> None:
    """A name may stand twice, a percent sign is one, and what looks like a placeholder in a value is a value."""

    async def work(reader: Reader) -> object:
        row = await reader.bytes_row(
            "SELECT CAST(:a AS text) || CAST(:b AS text) || CAST(:a AS text), '50%' LIKE '5%', CAST(:c AS int) + 1",
            {"a": "甲%(b)s$1", "b": ":c", "c": 41},
        )
        found = await reader.bytes_value("SELECT convert_to(%(x)s || '%%' || %(x)s, 'UTF8')", {"x": "乙"})
        return row, found

    row, found = with_reader(database_url, work)  # type: ignore[misc]
    assert row == ("甲%(b)s$1:c甲%(b)s$1".encode(), True, 42)
    assert found == "乙%乙".encode()
