"""The dictionary of the real data, and questions to the real resolver."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from app.db.engine import read_engine
from app.db.reader import Reader
from app.settings import Settings
from app.siting.reading import Dictionary, load_dictionary
from app.siting.spoken import spoken

T = TypeVar("T")
WithReader = Callable[[Callable[[Reader], Awaitable[T]]], T]


@pytest.fixture(scope="session")
def with_reader(database_url: str) -> WithReader[T]:
    """Return a function that does some work with a reader of the loaded database."""

    def call(work: Callable[[Reader], Awaitable[T]]) -> T:
        async def run() -> T:
            reader = Reader([read_engine(database_url, Settings(), assume_role=True)])
            try:
                return await work(reader)
            finally:
                await reader.close()

        # Other tests may leave a loop running in this thread.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, run()).result()

    return call


@pytest.fixture(scope="session")
def dictionary(with_reader: WithReader[Dictionary]) -> Dictionary:
    return with_reader(lambda reader: load_dictionary(reader, spoken()))
