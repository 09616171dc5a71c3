"""An application in this process, asked as by HTTP."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

T = TypeVar("T")


class _Transport(httpx.BaseTransport):
    """Hands requests to the loop that the application runs in; may be used from several threads at once."""

    def __init__(self, portal: BlockingPortal, application: httpx.ASGITransport) -> None:
        self.portal, self.application = portal, application

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self.portal.call(self._answer, request)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = await self.application.handle_async_request(request)
        assert isinstance(answer.stream, httpx.AsyncByteStream)
        body = b"".join([part async for part in answer.stream])
        return httpx.Response(answer.status_code, headers=answer.headers, stream=httpx.ByteStream(body))


@contextmanager
def client_of(
    app: FastAPI, *, root_path: str = "", base_url: str = "http://testserver", **options: Any
) -> Iterator[httpx.Client]:
    """Give a client of an application, from its start to its end.

    Parameters
    ----------
    app
        The application.
    root_path
        Path below which a proxy serves it.
    base_url
        Where it is, as the client sees it.
    options
        Further options of ``httpx.Client``.
    """
    with start_blocking_portal() as portal:
        transport = _Transport(portal, httpx.ASGITransport(app, root_path=root_path))
        with (
            portal.wrap_async_context_manager(app.router.lifespan_context(app)),
            httpx.Client(transport=transport, base_url=base_url, follow_redirects=True, **options) as client,
        ):
            yield client


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end, in a loop of its own."""
    # The browser tests leave a loop running in this thread.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
