"""Reader: the one way in which requests ask the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, TextClause, text
from sqlalchemy.ext.asyncio import AsyncEngine

_DATA_VERSION = text("SELECT content_hash FROM yuantu.revision ORDER BY id DESC LIMIT 1")


class Reader:
    """Runs statements in the read-only role, over one or several engines in turn.

    Parameters
    ----------
    engines
        One engine a database that serves reads: the primary, or its replicas.
    """

    def __init__(self, engines: Sequence[AsyncEngine]) -> None:
        """Keep the engines."""
        self._engines = tuple(engines)
        self._turn = 0

    def _engine(self) -> AsyncEngine:
        self._turn = (self._turn + 1) % len(self._engines)
        return self._engines[self._turn]

    async def value(self, statement: TextClause | str, values: Mapping[str, Any] | None = None) -> Any:
        """Return the first column of the first row, or None."""
        async with self._engine().connect() as connection:
            return (await connection.execute(_clause(statement), values)).scalar()

    async def rows(self, statement: TextClause | str, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Return all rows."""
        async with self._engine().connect() as connection:
            return (await connection.execute(_clause(statement), values)).all()

    async def data_version(self) -> str:
        """Return the hash of what is loaded; empty before the first load."""
        return str(await self.value(_DATA_VERSION) or "")

    async def close(self) -> None:
        """Close every connection."""
        for engine in self._engines:
            await engine.dispose()


def _clause(statement: TextClause | str) -> TextClause:
    return text(statement) if isinstance(statement, str) else statement
