"""Tile proxy: fetches the tiles of configured basemaps, so that browsers ask no host but this one."""

import asyncio
import hashlib
import logging
import sqlite3
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import httpx

from app import __version__
from app.basemap.tile_cache import Tile, TileCache
from app.settings import Settings
from app.webmap.basemaps import Basemap, basemaps

LARGEST_TILE = 2 * 1024 * 1024
"""Bytes; tiles of 256 pixels have some ten thousand."""

_SECONDS = 10.0
_AT_ONCE = 8
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}
_log = logging.getLogger(__name__)
logging.getLogger("httpx").setLevel(logging.WARNING)  # it would write down every address, with the key in it


class NoTile(LookupError):
    """The host has no such tile."""


class TileHostFault(RuntimeError):
    """The host gave no tile: it is down, refuses, or sent something else.

    Attributes
    ----------
    slow
        Whether it did not answer in time.
    """

    def __init__(self, reason: str, *, slow: bool = False) -> None:
        """Say what it did; never with the address, which may hold a key."""
        self.slow = slow
        super().__init__(reason)


class TileProxy:
    """Fetches tiles, a few at a time and each only once, and keeps them.

    Parameters
    ----------
    settings
        Which basemaps there are, and how much is kept.
    seconds
        Longest time a host may take for one tile.
    """

    def __init__(self, settings: Settings, seconds: float = _SECONDS) -> None:
        """Ask nothing yet."""
        self._basemaps = {one.id: one for one in basemaps(settings)} if settings.tile_proxy else {}
        self._cache = TileCache(settings.home / "tiles.sqlite", settings.tile_cache_bytes)
        self._seconds = seconds
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._under_way: dict[str, asyncio.Task[Tile]] = {}
        self._client: httpx.AsyncClient | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Names of the basemaps whose tiles it fetches."""
        return tuple(self._basemaps)

    def basemap(self, name: str) -> Basemap | None:
        """Return a basemap whose tiles it fetches."""
        return self._basemaps.get(name)

    async def kept(self, basemap: Basemap, place: int, z: int, x: int, y: int) -> Tile | None:
        """Return a tile that is there already."""
        return await self._cached(_key(basemap, place, z, x, y))

    async def fetch(self, basemap: Basemap, place: int, z: int, x: int, y: int) -> Tile:
        """Return a tile from its host; where that fails, an old one that is kept.

        Parameters
        ----------
        basemap
            Whose tile.
        place
            Which of its tile layers, from the lowest.
        z, x, y
            Zoom level, column from the west, row from the north.

        Raises
        ------
        NoTile
            When the host has none there.
        TileHostFault
            When it gives none, and none is kept.
        """
        key = _key(basemap, place, z, x, y)
        task = self._under_way.get(key)
        if task is None:
            letters = basemap.subdomains or "a"
            url = basemap.tiles[place].format(s=letters[(x + y) % len(letters)], z=z, x=x, y=y)
            task = asyncio.create_task(self._fetch(basemap.id, key, url))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        try:
            # Whoever leaves does not take the tile from those who wait for it too.
            return await asyncio.shield(task)
        except TileHostFault:
            old = await self._cached(key, stale=True)
            if old is None:
                raise
            return old

    async def close(self) -> None:
        """End what is under way, and let go of connections and files."""
        for task in self._under_way.values():
            task.cancel()
        if self._client is not None:
            await self._client.aclose()
        self._cache.close()

    async def _fetch(self, name: str, key: str, url: str) -> Tile:
        try:
            async with self._places, asyncio.timeout(self._seconds):
                tile = await self._ask(url)
        except TimeoutError:
            raise self._fault(name, f"no answer within {self._seconds:g} s", slow=True) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._fault(name, type(error).__name__) from None
        except TileHostFault as fault:
            raise self._fault(name, str(fault)) from None
        with suppress(sqlite3.Error, OSError):  # a full disk does not keep the tile from being shown
            await asyncio.to_thread(self._cache.keep, key, tile)
        return tile

    async def _ask(self, url: str) -> Tile:
        self._client = self._client or httpx.AsyncClient(
            headers={"User-Agent": f"yuantu/{__version__} (tile proxy)"}, follow_redirects=False, timeout=self._seconds
        )
        parts: list[bytes] = []
        size = 0
        async with self._client.stream("GET", url) as answer:
            if answer.status_code in (204, 404):
                raise NoTile
            if answer.status_code != 200:
                raise TileHostFault(f"status {answer.status_code}")
            async for part in answer.aiter_bytes():
                size += len(part)
                if size > LARGEST_TILE:
                    raise TileHostFault(f"more than {LARGEST_TILE} bytes")
                parts.append(part)
        body = b"".join(parts)
        return media_type(body), body

    async def _cached(self, key: str, *, stale: bool = False) -> Tile | None:
        reading: Coroutine[Any, Any, Tile | None] = asyncio.to_thread(self._cache.get, key, stale=stale)
        try:
            return await reading
        except (sqlite3.Error, OSError) as error:
            _log.warning("tiles cannot be kept: %s", error)
            return None

    @staticmethod
    def _fault(name: str, reason: str, *, slow: bool = False) -> TileHostFault:
        _log.warning("basemap %s: %s", name, reason)
        return TileHostFault(reason, slow=slow)


def media_type(body: bytes) -> str:
    """Return the media type of an image by its first bytes; what a host calls it is not believed.

    Raises
    ------
    TileHostFault
        When it is none that browsers show.
    """
    for start, kind in _IMAGES.items():
        if body.startswith(start):
            return kind
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    raise TileHostFault("the answer is no image")


def _key(basemap: Basemap, place: int, z: int, x: int, y: int) -> str:
    # A template that changes makes other keys; the template itself may hold a key of the operator's.
    template = hashlib.sha256(basemap.tiles[place].encode()).hexdigest()[:16]
    return f"{basemap.id}/{template}/{z}/{x}/{y}"
