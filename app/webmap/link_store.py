"""Where short links are kept: a table that grows through one function of the database."""

import hashlib
from base64 import b32encode
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from app.db.reader import Reader

ID_LENGTH = 16
"""Characters of an id, five bits each: 80 bits of the query's SHA-256."""

_TOUCH_AFTER = timedelta(days=1)
_FIND = text("SELECT query, used_at FROM yuantu.short_link WHERE id = :id")
_KEEP = text("SELECT yuantu.keep_link(:id, :query, :most)")
_TOUCH = text("SELECT yuantu.use_link(:id)")


class NoLinkStore(RuntimeError):
    """Links can be followed, but none can be kept: this service has no database that it may write to."""


@dataclass(frozen=True, slots=True)
class Link:
    """A kept query.

    Attributes
    ----------
    query
        What stands behind ``/?``.
    stale
        Whether nobody has followed it for a day, so that its use is worth noting.
    """

    query: str
    stale: bool


def link_id(query: str) -> str:
    """Return the id of a canonical query: the same for the same query, anywhere."""
    return b32encode(hashlib.sha256(query.encode("ascii")).digest()).decode("ascii").lower()[:ID_LENGTH]


class LinkStore:
    """Short links.

    Parameters
    ----------
    reader
        Finds them.
    engine
        Calls the functions that keep them; None where there is only a replica.
    most
        How many are kept. Where there are more, those go that were not used for longest.
    """

    def __init__(self, reader: Reader, engine: AsyncEngine | None, most: int) -> None:
        """See the class."""
        self._reader, self._engine, self._most = reader, engine, most

    async def find(self, identifier: str) -> Link | None:
        """Return the link of an id, or None."""
        rows = await self._reader.rows(_FIND, {"id": identifier})
        if not rows:
            return None
        return Link(rows[0].query, datetime.now(UTC) - rows[0].used_at > _TOUCH_AFTER)

    async def keep(self, query: str) -> str:
        """Keep a canonical query, and return its id.

        Raises
        ------
        NoLinkStore
            When there is no database to keep it in.
        """
        if self._engine is None or self._most == 0:
            raise NoLinkStore
        identifier = link_id(query)
        async with self._engine.connect() as connection:
            await connection.execute(_KEEP, {"id": identifier, "query": query, "most": self._most})
        return identifier

    async def touch(self, identifier: str) -> None:
        """Note that a link was followed. That it cannot be noted is no reason not to follow it."""
        if self._engine is None:
            return
        with suppress(SQLAlchemyError):
            async with self._engine.connect() as connection:
                await connection.execute(_TOUCH, {"id": identifier})

    async def close(self) -> None:
        """Close every connection."""
        if self._engine is not None:
            await self._engine.dispose()
