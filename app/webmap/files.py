"""The page's files: read and compressed once, then sent from memory."""

import hashlib
import mimetypes
import os
import stat
from pathlib import Path
from typing import NamedTuple

from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers
from starlette.types import Scope

from app.answers import names
from app.compression import IDENTITY, accepted, compressed, is_compressible

FOR_GOOD = "public, max-age=31536000, immutable"
"""Cache-Control of what never changes at its address (RFC 8246)."""

_LARGEST = 4 * 1024 * 1024
"""Larger files are sent from the disk, bytes."""


class _Stamp(NamedTuple):
    """What changes when a file does."""

    modified_ns: int
    size: int


class _Kept(NamedTuple):
    """A file in one coding, as it was when it had the stamp."""

    stamp: _Stamp
    tag: str
    body: bytes


class Files(StaticFiles):
    """Files that a browser may keep; opening the page asks for dozens of them at once.

    By default the browser asks about them every time, so that an upgrade is seen at once. Where the address bears the
    files' present version, it need not ask again; where it bears another one, it is given what there is now, and asks
    again. The files of a folder are few and small, so each one that is asked for stays in memory, in each coding, until
    it changes.

    Parameters
    ----------
    directory
        The folder.
    cache_control
        Cache-Control of an answer to an address without the present version.
    version
        The files' present version, which an address may bear as the path parameter ``version``.
    """

    def __init__(self, directory: Path, cache_control: str = "no-cache", version: object = "") -> None:
        """See the class."""
        super().__init__(directory=directory)
        self._cache_control = cache_control
        self._version = version
        self._kept: dict[tuple[str, str], _Kept] = {}

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer a request for a file."""
        response = await self._from_memory(path, scope) or await super().get_response(path, scope)
        asked = scope.get("path_params", {}).get("version")
        is_present = asked is not None and asked == str(self._version)
        response.headers["Cache-Control"] = FOR_GOOD if is_present else self._cache_control
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    async def _from_memory(self, path: str, scope: Scope) -> Response | None:
        """Return the answer; None where the request is not for a whole file of moderate size."""
        asked = Headers(scope=scope)
        if scope["method"] != "GET" or "range" in asked:
            return None
        # A look at the disk takes microseconds, a thread for it a multiple of that.
        place, status = self.lookup_path(path)
        if status is None or not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            return None
        media_type = mimetypes.guess_type(place)[0] or "text/plain"
        open_ = is_compressible(media_type)
        coding = accepted(scope).coding if open_ else IDENTITY
        kept = await self._packed(place, _Stamp(status.st_mtime_ns, status.st_size), coding)
        headers = {"ETag": kept.tag} | ({"Vary": "Accept-Encoding"} if open_ else {})
        if names(asked.get("if-none-match"), kept.tag):
            return Response(status_code=304, headers=headers)
        if coding != IDENTITY:
            headers["Content-Encoding"] = coding
        return Response(kept.body, media_type=media_type, headers=headers)

    async def _packed(self, place: str, stamp: _Stamp, coding: str) -> _Kept:
        kept = self._kept.get((place, coding))
        if kept is None or kept.stamp != stamp:
            body = Path(os.fsdecode(place)).read_bytes()
            tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
            kept = _Kept(stamp, tag, await compressed(body, coding, thorough=True))
            self._kept[place, coding] = kept
        return kept
