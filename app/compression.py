"""Compression: which coding a client accepts (RFC 9110, 12.5.3), and the middleware that applies it."""

import asyncio
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import brotli
import zstandard
from isal import isal_zlib
from starlette.types import ASGIApp, Message, Receive, Scope, Send

IDENTITY = "identity"
CODINGS = ("zstd", "br", "gzip")
"""The codings on offer; of those a client likes equally, the first is taken."""

MINIMUM_SIZE = 1024
"""Bodies shorter than this are sent as they are, bytes: a packet holds them anyway."""

_THREAD_SIZE = 128 * 1024
"""Longer bodies are compressed beside the event loop, bytes; all three libraries let go of the interpreter's lock."""

_THOROUGH_SIZE = 1024 * 1024
"""Up to this size the best levels are worth their time (brotli 11: 1.3 s a MiB; zstd 19: 0.25 s a MiB), bytes."""

_GZIP_WINDOW = 31
"""zlib's window of 32 KiB, plus 16 for a gzip header."""

_HEADER_LENGTH = 512
"""Longer Accept-Encoding headers are not kept in the cache of those read, characters."""

_SEALED = frozenset(
    {
        "application/gzip", "application/octet-stream", "application/pdf", "application/vnd.apache.parquet",
        "application/vnd.google-earth.kmz", "application/x-7z-compressed", "application/x-gzip",
        "application/x-parquet", "application/zip", "application/zstd", "text/event-stream",
    }
)  # fmt: skip
"""Media types whose content is compressed already (or has to leave at once, as events do)."""

_SEALED_FAMILIES = ("image/", "audio/", "video/", "font/", "application/vnd.openxmlformats-", "application/font-woff")
_OPEN_IMAGES = frozenset({"image/svg+xml", "image/x-icon", "image/vnd.microsoft.icon", "image/bmp"})


class Choice(NamedTuple):
    """The coding a client gets.

    Attributes
    ----------
    coding
        A word of ``CODINGS``, or ``identity``.
    identity
        Whether an uncoded answer is acceptable.
    """

    coding: str
    identity: bool


def negotiate(header: str | None) -> Choice:
    """Choose a coding by an Accept-Encoding header.

    The highest quality wins; between equals the order of ``CODINGS`` decides, and ``identity`` comes last. A client
    that accepts nothing on offer gets ``identity``: RFC 9110 (12.4.1) lets a server disregard such a header.
    """
    if not header:
        return Choice(IDENTITY, True)
    return _read(header) if len(header) <= _HEADER_LENGTH else _read.__wrapped__(header)


@lru_cache(maxsize=256)
def _read(header: str) -> Choice:
    qualities: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        qualities["gzip" if name == "x-gzip" else name] = _quality(parameters)
    others = qualities.get("*", 0.0)
    identity = qualities.get(IDENTITY, qualities.get("*"))
    best, coding = max((qualities.get(one, others), -place) for place, one in enumerate(CODINGS))
    # Identity is acceptable unless it is refused, but where nothing is said of it, any coding goes before it.
    if best > 0 and best >= (identity or 0.0):
        return Choice(CODINGS[-coding], identity != 0)
    return Choice(IDENTITY, True)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return 0.0
            return quality if 0 <= quality <= 1 else 0.0
    return 1.0


def accepted(scope: Scope) -> Choice:
    """Return the coding for the request of a scope."""
    found = [value for name, value in scope["headers"] if name == b"accept-encoding"]
    return negotiate(b",".join(found).decode("latin-1") if found else None)


def is_compressible(media_type: str) -> bool:
    """Tell whether content of a media type gets smaller by compression; parameters of the type are ignored."""
    plain = media_type.partition(";")[0].strip().lower()
    if not plain or plain in _SEALED:
        return False
    return plain in _OPEN_IMAGES or not plain.startswith(_SEALED_FAMILIES)


def compress(body: bytes, coding: str, *, thorough: bool = False) -> bytes:
    """Compress a whole body; the same body gives the same bytes.

    Parameters
    ----------
    body
        What to compress.
    coding
        A word of ``CODINGS``, or ``identity``.
    thorough
        Whether the result will be sent many times: smaller, and 10 to 100 times slower to make.
    """
    small = len(body) <= _THOROUGH_SIZE
    if coding == "zstd":
        level = (19 if small else 12) if thorough else 3
        return zstandard.ZstdCompressor(level=level).compress(body)
    if coding == "br":
        packed: bytes = brotli.compress(body, quality=(11 if small else 7) if thorough else 4)
        return packed
    if coding == "gzip":
        return zlib.compress(body, 9 if small else 6, _GZIP_WINDOW) if thorough else _igzip(body)
    return body


def _igzip(body: bytes) -> bytes:
    packed: bytes = isal_zlib.compress(body, 2, _GZIP_WINDOW)
    return packed


def decompress(body: bytes, coding: str) -> bytes:
    """Return the body that ``compress`` was given."""
    plain: bytes = body
    if coding == "zstd":
        plain = zstandard.ZstdDecompressor().decompress(body)
    elif coding == "br":
        plain = brotli.decompress(body)
    elif coding == "gzip":
        plain = isal_zlib.decompress(body, _GZIP_WINDOW)
    return plain


class Compressor(Protocol):
    """Compresses a body that comes in parts."""

    def part(self, data: bytes) -> bytes:
        """Return coded bytes from which a client can restore everything up to the end of this part."""

    def end(self) -> bytes:
        """Return the bytes that end the body."""


class _Parts:
    def __init__(self, take: Callable[[bytes], bytes], flush: Callable[[], bytes], end: Callable[[], bytes]) -> None:
        self._take, self._flush, self.end = take, flush, end

    def part(self, data: bytes) -> bytes:
        return self._take(data) + self._flush()


def compressor(coding: str) -> Compressor:
    """Return a compressor for one body that comes in parts.

    Parameters
    ----------
    coding
        A word of ``CODINGS``.
    """
    one: Any
    if coding == "zstd":
        one = zstandard.ZstdCompressor(level=3).compressobj()
        return _Parts(one.compress, lambda: one.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK), one.flush)
    if coding == "br":
        one = brotli.Compressor(quality=4)
        return _Parts(one.process, one.flush, one.finish)
    one = isal_zlib.compressobj(2, isal_zlib.DEFLATED, _GZIP_WINDOW)
    return _Parts(one.compress, lambda: one.flush(isal_zlib.Z_SYNC_FLUSH), one.flush)


class Compression:
    """Middleware: compress what the client accepts compressed and what gets smaller by it.

    An answer that names its own Content-Encoding, a part of a file (206) and ``no-transform`` are left alone. A strong
    ETag is weakened, because it would promise the same bytes; a weak one stays. Parts of a streamed body are
    compressed as they come, each one flushed.
    """

    def __init__(self, app: ASGIApp, minimum_size: int = MINIMUM_SIZE) -> None:
        """Wrap an application."""
        self.app = app
        self.minimum_size = minimum_size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Answer(send, accepted(scope), self.minimum_size, scope["method"]).send)


_Headers = list[tuple[bytes, bytes]]


class _Answer:
    """One answer on its way to the client: the start is held back until the size of the body is known."""

    def __init__(self, send: Send, choice: Choice, minimum_size: int, method: str) -> None:
        self._send, self._choice, self._minimum_size, self._method = send, choice, minimum_size, method
        self._start: Message | None = None
        self._parts: Compressor | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._start is not None and message["type"] == "http.response.body":
            start, self._start = self._start, None
            await self._first(start, message)
        elif self._parts is not None and message["type"] == "http.response.body":
            await self._next(self._parts, message)
        else:
            if self._start is not None:
                start, self._start = self._start, None
                await self._send(start)
            await self._send(message)

    async def _begin(self, start: Message) -> None:
        headers: _Headers = list(start.get("headers", ()))
        start = {**start, "headers": headers}
        varies, open_ = self._judge(start["status"], dict(headers))
        if varies:
            _add_vary(headers)
        if open_ and self._choice.coding != IDENTITY:
            self._start = start
        else:
            await self._send(start)

    def _judge(self, status: int, headers: dict[bytes, bytes]) -> tuple[bool, bool]:
        """Tell whether the answer depends on Accept-Encoding, and whether it is to be compressed."""
        if b"content-encoding" in headers:
            return True, False
        if status == 304:
            return True, False
        if status < 200 or status == 204 or not is_compressible(headers.get(b"content-type", b"").decode("latin-1")):
            return False, False
        fixed = status == 206 or b"no-transform" in headers.get(b"cache-control", b"").lower()
        return True, not fixed and self._method != "HEAD"

    async def _first(self, start: Message, message: Message) -> None:
        body: bytes = message.get("body", b"")
        headers: _Headers = start["headers"]
        if message.get("more_body", False):
            self._parts = compressor(self._choice.coding)
            start["headers"] = _coded(headers, self._choice.coding, None)
            await self._send(start)
            if body:
                await self._next(self._parts, message)
            return
        if body and (len(body) >= self._minimum_size or not self._choice.identity):
            packed = await compressed(body, self._choice.coding)
            if len(packed) < len(body) or not self._choice.identity:
                start["headers"] = _coded(headers, self._choice.coding, len(packed))
                message = {**message, "body": packed}
        await self._send(start)
        await self._send(message)

    async def _next(self, parts: Compressor, message: Message) -> None:
        body: bytes = message.get("body", b"")
        last = not message.get("more_body", False)
        packed = b""
        if body:
            packed = await asyncio.to_thread(parts.part, body) if len(body) >= _THREAD_SIZE else parts.part(body)
        if last:
            packed += parts.end()
        if packed or last:
            await self._send({**message, "body": packed})


async def compressed(body: bytes, coding: str, *, thorough: bool = False) -> bytes:
    """Compress a whole body, beside the event loop where it is long."""
    if coding == IDENTITY:
        return body
    if thorough or len(body) >= _THREAD_SIZE:
        return await asyncio.to_thread(compress, body, coding, thorough=thorough)
    return compress(body, coding)


def _add_vary(headers: _Headers) -> None:
    for place, (name, value) in enumerate(headers):
        if name == b"vary":
            if value.strip() != b"*" and b"accept-encoding" not in value.lower():
                headers[place] = (name, value + b", Accept-Encoding")
            return
    headers.append((b"vary", b"Accept-Encoding"))


def _coded(headers: _Headers, coding: str, length: int | None) -> _Headers:
    """Return the headers of the coded answer: ranges and byte-for-byte promises of the plain one do not hold."""
    kept = [pair for pair in headers if pair[0] not in (b"content-length", b"accept-ranges", b"etag")]
    kept += [(name, value if value.startswith(b"W/") else b"W/" + value) for name, value in headers if name == b"etag"]
    kept.append((b"content-encoding", coding.encode()))
    if length is not None:
        kept.append((b"content-length", str(length).encode()))
    return kept
