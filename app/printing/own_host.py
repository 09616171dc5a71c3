"""Own host: what a browser asks this service for is answered here, without any network in between."""

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp, Message, Scope


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application answered.

    Attributes
    ----------
    status
        HTTP status code.
    headers
        Names and values.
    body
        The whole body.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class OwnHost:
    """The application, asked as a browser would ask it.

    Parameters
    ----------
    app
        The application.
    scope
        Of the request that is being answered: the same host, scheme, prefix and client.
    origin
        Scheme and host of the addresses that are the application's, with its prefix.
    """

    def __init__(self, app: ASGIApp, scope: Scope, origin: str) -> None:
        """Remember where requests go."""
        self._app, self._scope, self._origin = app, scope, origin

    def owns(self, url: str) -> bool:
        """Tell whether an address is one of the application's, and none that would print again."""
        inside = url == self._origin or url.startswith(f"{self._origin}/")
        return inside and not urlsplit(url).path.endswith(("/print.pdf", "/print.png"))

    async def ask(self, method: str, url: str, headers: dict[str, str], body: bytes) -> Answer:
        """Return what the application answers."""
        told: list[Message] = []
        finished = asyncio.Event()
        bodies = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            if bodies:
                return bodies.pop()
            await finished.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            told.append(message)

        try:
            await self._app(self._inner_scope(method, url, headers), receive, send)
        finally:
            finished.set()
        start = next(message for message in told if message["type"] == "http.response.start")
        lines = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in start.get("headers", ()))
        return Answer(start["status"], lines, b"".join(message.get("body", b"") for message in told))

    def _inner_scope(self, method: str, url: str, headers: dict[str, str]) -> dict[str, Any]:
        parts = urlsplit(url)
        lines = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        return {
            "type": "http",
            "asgi": self._scope["asgi"],
            "http_version": "1.1",
            "method": method,
            "scheme": parts.scheme,
            "path": unquote(parts.path),
            "raw_path": parts.path.encode("ascii"),
            "query_string": parts.query.encode("ascii"),
            "root_path": self._scope.get("root_path", ""),
            "headers": [(b"host", parts.netloc.encode("ascii")), *lines],
            "client": None,
            "server": self._scope.get("server"),
            "state": self._scope.get("state", {}),
        }
