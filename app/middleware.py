"""Middleware: HEAD for every GET, headers that every answer carries, and pages of other origins."""

from collections.abc import Collection, Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEAD_ONLY = "yuantu.head"
"""Key of a scope whose request is a HEAD served as GET: the body of a stream need not be made."""

_ALWAYS = ((b"x-content-type-options", b"nosniff"),)


class HeadAsGet:
    """Answer HEAD as GET without the body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET", HEAD_ONLY: True}, receive, send_head)


class StandingHeaders:
    """Add the headers that every answer carries, unless it sets them itself."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))
                present = {name.lower() for name, _ in headers}
                headers.extend(pair for pair in _ALWAYS if pair[0] not in present)
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_with_headers)


class CrossOrigin:
    """Let pages of other origins read everything, and post where a post only asks a question.

    A path that keeps something, such as that of short links, is not among ``posted``: no page elsewhere posts there.

    Parameters
    ----------
    app
        The application to wrap.
    origins
        The origins; ``*`` for all.
    posted
        Paths, without the root path, that may be posted to.
    """

    def __init__(self, app: ASGIApp, *, origins: Sequence[str], posted: Collection[str]) -> None:
        """Wrap an application."""
        self.posted = frozenset(posted)
        exposed = ["ETag", "Content-Disposition", "Yuantu-Left-Out"]
        self.read = CORSMiddleware(
            app,
            allow_origins=list(origins),
            allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match"],
            expose_headers=exposed,
        )
        self.ask = CORSMiddleware(
            app,
            allow_origins=list(origins),
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["If-None-Match", "Content-Type"],
            expose_headers=exposed,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        path = str(scope.get("path", "")).removeprefix(scope.get("root_path", "").rstrip("/"))
        await (self.ask if path in self.posted else self.read)(scope, receive, send)
