"""The reader: read-only, and with a limit on time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from app.db.engine import read_engine
from app.db.reader import Reader
from app.settings import Settings


def ask(url: str, statement: str, *, timeout_ms: int = 5000) -> object:
    async def run() -> object:
        settings = Settings(statement_timeout_ms=timeout_ms)
        reader = Reader([read_engine(url, settings, assume_role=True)])
        try:
            return await reader.value(statement)
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
