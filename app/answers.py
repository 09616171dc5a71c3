"""Answers: text and bytes with an ETag, 304 where the client has them, from memory where they are finished."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

from app.cache import AnswerCache, Known, Produce
from app.compression import IDENTITY, accepted, is_compressible
from app.middleware import HEAD_ONLY
from app.problems import BadRequest, ParameterError

T = TypeVar("T")

JSON = "application/json"
GEOJSON = "application/geo+json"

CLIENT_GONE = 499
"""Status of an answer that nobody waits for any more; seen by logs only."""

_PART_SIZE = 64 * 1024
_PART_SECONDS = 0.5


class ClientGone(Exception):
    """The client closed the connection before its answer was ready."""


def etag(*parts: str) -> str:
    """Return a weak ETag of what decides an answer: data version, canonical query, format.

    Weak, because the same answer is sent compressed and uncompressed (RFC 9110, 8.8.1).
    """
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:24]}"'


def matches(request: Request, tag: str) -> bool:
    """Tell whether the client's If-None-Match names the tag (weak comparison)."""
    return names(request.headers.get("if-none-match"), tag)


def names(asked: str | None, tag: str) -> bool:
    """Tell whether an If-None-Match header names a tag (weak comparison)."""
    if asked is None:
        return False
    if asked.strip() == "*":
        return True
    opaque = tag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") == opaque for one in asked.split(","))


async def run_unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Await work as long as the client waits for it; when it leaves, the work is cancelled, and its query with it.

    The body of the request has to be read before: listening for the end of the connection passes over it.

    Raises
    ------
    ClientGone
        When the client closed the connection first.
    """
    return await _unless_gone(request.receive, work)


async def _unless_gone(receive: Receive, work: Coroutine[Any, Any, T]) -> T:
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((task, watch), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise ClientGone
    finally:
        for one in (task, watch):
            if not one.done():
                one.cancel()
                one.add_done_callback(_look_at)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _look_at(task: asyncio.Future[Any]) -> None:
    """Take note of a task's exception, so that it is not reported as never looked at."""
    if not task.cancelled():
        task.exception()


def _headers(tag: str, max_age: int, headers: dict[str, str] | None) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": f"public, max-age={max_age}", **(headers or {})}


async def text_answer(
    request: Request,
    tag: str,
    produce: Produce,
    *,
    media_type: str = JSON,
    max_age: int = 60,
    headers: dict[str, str] | None = None,
    cacheable: bool = False,
    thorough: bool = True,
    version: str | None = None,
    empty_status: int = 200,
) -> Response:
    """Return the text or the bytes, or 304 when the client has them.

    Parameters
    ----------
    request
        For its If-None-Match and Accept-Encoding; when its client leaves, the production is cancelled.
    tag
        The ETag.
    produce
        Makes the text; not called for a 304.
    media_type
        Media type of the text.
    max_age
        Seconds a cache may use the answer without asking.
    headers
        Further headers.
    cacheable
        Whether the answer is one of few and asked for often: it is kept in memory, compressed.
    thorough
        Whether a kept answer is worth the slow levels of compression.
    version
        The data version that went into the tag. Given, the request is remembered: the middleware ``Front`` answers its
        repetition (304, or from memory) before any route is looked for. The answer then has to be the same for every
        request of this address, query, Host, Accept and Accept-Language.
    empty_status
        Status of an answer whose body is empty: 204 where that says that there is nothing.
    """
    common = _headers(tag, max_age, headers)
    _remember(request, version, tag, common, media_type, empty_status)
    if matches(request, tag):
        return Response(status_code=304, headers=common)
    cache = _cache(request) if cacheable else None
    try:
        if cache is None:
            body = await run_unless_gone(request, _awaited(produce))
            return _whole(body, media_type, common, empty_status)
        coding = accepted(request.scope).coding if is_compressible(media_type) else IDENTITY
        packed = cache.get(tag, coding)
        if packed is None:
            packed = await run_unless_gone(request, cache.answer(tag, coding, produce, thorough=thorough))
    except ClientGone:
        return Response(status_code=CLIENT_GONE)
    if packed.coding != IDENTITY:
        common["Content-Encoding"] = packed.coding
    return _whole(packed.body, media_type, common, empty_status)


def _whole(body: str | bytes, media_type: str, headers: dict[str, str], empty_status: int) -> Response:
    if not body and empty_status != 200:
        return Response(status_code=empty_status, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _cache(request: Request) -> AnswerCache | None:
    return getattr(request.app.state, "answers", None)


def _remember(
    request: Request, version: str | None, tag: str, common: dict[str, str], media_type: str, empty_status: int = 200
) -> None:
    cache = _cache(request)
    if version is not None and cache is not None:
        plain = Response(headers=common, media_type=media_type)
        typed = plain.headers["content-type"]
        headers = tuple(pair for pair in plain.raw_headers if pair[0] not in (b"content-type", b"content-length"))
        cache.remember(request.scope, Known(version, tag, headers, typed, empty_status))


async def _awaited(produce: Callable[[], Awaitable[T]]) -> T:
    return await produce()


class StreamingAnswer(Response):
    """An answer that is sent while it is made, in parts of about 64 KiB, and never held as a whole.

    The first part decides: a fault before it is answered as any fault is, a fault after it breaks the connection off,
    so that nobody takes half an answer for a whole one. When the client leaves, the iterator is closed and what it
    waits for is cancelled. The middleware compresses the parts as they come.

    Parameters
    ----------
    chunks
        The answer, piece by piece; ``aclose()`` is called at the end, whatever the end is.
    media_type, status_code, headers
        As for any response.
    """

    def __init__(
        self,
        chunks: AsyncIterator[str | bytes],
        *,
        media_type: str = JSON,
        status_code: int = 200,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Keep the iterator; nothing is asked of it yet."""
        self.chunks = chunks
        self.status_code = status_code
        self.media_type = media_type
        self.background = None
        self.init_headers(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer."""
        if scope["method"] == "HEAD" or scope.get(HEAD_ONLY, False):
            await self._part(send, b"", started=False, more=True)
            await self._part(send, b"", started=True, more=False)
            await self._close()
            return
        with suppress(ClientGone):
            await _unless_gone(receive, self._pump(send))

    async def _pump(self, send: Send) -> None:
        started = False
        held, size, since = [], 0, time.monotonic()
        try:
            async for chunk in self.chunks:
                held.append(chunk.encode() if isinstance(chunk, str) else chunk)
                size += len(held[-1])
                if size >= _PART_SIZE or (size and time.monotonic() - since >= _PART_SECONDS):
                    await self._part(send, b"".join(held), started=started, more=True)
                    started, held, size, since = True, [], 0, time.monotonic()
            await self._part(send, b"".join(held), started=started, more=False)
        finally:
            await self._close()

    async def _part(self, send: Send, body: bytes, *, started: bool, more: bool) -> None:
        if not started:
            headers = self.raw_headers if more else [*self.raw_headers, (b"content-length", str(len(body)).encode())]
            await send({"type": "http.response.start", "status": self.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": more})

    async def _close(self) -> None:
        close = getattr(self.chunks, "aclose", None)
        if close is not None:
            await close()


def streaming_answer(
    request: Request,
    tag: str,
    produce: Callable[[], AsyncIterator[str | bytes]],
    *,
    media_type: str = JSON,
    max_age: int = 60,
    headers: dict[str, str] | None = None,
    version: str | None = None,
) -> Response:
    """Return a long answer that is sent while it is made, or 304 when the client has it; see ``text_answer``."""
    common = _headers(tag, max_age, headers)
    _remember(request, version, tag, common, media_type)
    if matches(request, tag):
        return Response(status_code=304, headers=common)
    return StreamingAnswer(produce(), media_type=media_type, headers=common)


def single_values(request: Request, allowed: Iterable[str]) -> dict[str, str]:
    """Return the query string as a dict.

    Raises
    ------
    BadRequest
        When a parameter is unknown or stands twice.
    """
    names = tuple(allowed)
    values: dict[str, str] = {}
    errors: list[ParameterError] = []
    for name, value in request.query_params.multi_items():
        if name not in names:
            errors.append(ParameterError(name[:100], "there is no such parameter", allowed=names))
        elif name in values:
            errors.append(ParameterError(name, "stands in the query twice", value))
        values[name] = value
    if errors:
        raise BadRequest(errors)
    return values
