"""Tile cache: tiles that were fetched, on the disk, within bounds."""

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

_TABLE = """
CREATE TABLE IF NOT EXISTS tile (
  key TEXT PRIMARY KEY, media_type TEXT NOT NULL, body BLOB NOT NULL, size INTEGER NOT NULL,
  fetched REAL NOT NULL, used REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS tile_used ON tile (used);
"""
_FRESH_SECONDS = 7 * 24 * 3600
"""A kept tile is shown this long before its host is asked again."""

_USED_SECONDS = 3600
"""How exactly it is known when a tile was last used; every use written down would make each reading a writing."""

_SLACK = 0.9
"""Part of the room that is filled after some was made."""

Tile = tuple[str, bytes]
"""Media type and image."""


class TileCache:
    """Tiles by their keys. Those not used for longest make room. Several processes may share one file.

    Parameters
    ----------
    path
        The file.
    most
        Room for images, bytes; 0 keeps none.
    """

    def __init__(self, path: Path, most: int) -> None:
        """Make nothing yet."""
        self._path, self._most = path, most
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def get(self, key: str, *, stale: bool = False) -> Tile | None:
        """Return a tile that is kept, unless it is too old.

        Parameters
        ----------
        key
            Its name.
        stale
            Whether an old one will do.
        """
        if not self._most:
            return None
        now = time.time()
        with self._lock:
            row = (
                self._open()
                .execute("SELECT media_type, body, fetched, used FROM tile WHERE key = ?", (key,))
                .fetchone()
            )
            if row is None or (not stale and now - row[2] > _FRESH_SECONDS):
                return None
            if now - row[3] > _USED_SECONDS:
                with self._open() as connection:
                    connection.execute("UPDATE tile SET used = ? WHERE key = ?", (now, key))
        return row[0], row[1]

    def keep(self, key: str, tile: Tile) -> None:
        """Keep a tile; where it needs room, others go."""
        media_type, body = tile
        if len(body) > self._most:
            return
        now = time.time()
        with self._lock, self._open() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO tile VALUES (?, ?, ?, ?, ?, ?)", (key, media_type, body, len(body), now, now)
            )
            self._make_room(connection)

    def size(self) -> int:
        """Return how much is kept, bytes of images."""
        with self._lock:
            return int(self._open().execute("SELECT coalesce(sum(size), 0) FROM tile").fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _make_room(self, connection: sqlite3.Connection) -> None:
        total = connection.execute("SELECT coalesce(sum(size), 0) FROM tile").fetchone()[0]
        if total <= self._most:
            return
        surplus = total - int(self._most * _SLACK)
        gone: list[tuple[str]] = []
        with closing(connection.execute("SELECT key, size FROM tile ORDER BY used, key")) as rows:
            for key, size in rows:
                if surplus <= 0:
                    break
                gone.append((key,))
                surplus -= size
        connection.executemany("DELETE FROM tile WHERE key = ?", gone)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, timeout=5, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_TABLE)
        return self._connection
