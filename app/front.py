"""Front: requests whose answer is known are answered before any route is looked for."""

from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Receive, Scope, Send

from app.answers import names
from app.cache import AnswerCache, Known
from app.compression import IDENTITY, accepted, is_compressible
from app.db.reader import Reader

_Headers = list[tuple[bytes, bytes]]


class Front:
    """Middleware: answer the repetition of a request with 304, or with the answer kept in memory.

    Finding the route, resolving its dependencies and reading its parameters takes longer than sending what is ready.
    What is known holds for one data version; once the data change, the request goes to its route again.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["method"] == "GET":
            ready = await _ready(scope)
            if ready is not None:
                status, headers, body = ready
                await send({"type": "http.response.start", "status": status, "headers": headers})
                await send({"type": "http.response.body", "body": body})
                return
        await self.app(scope, receive, send)


async def _ready(scope: Scope) -> tuple[int, _Headers, bytes] | None:
    state = scope["app"].state
    cache: AnswerCache = state.answers
    known = cache.known(scope)
    if known is None or known.version != await _version(state.reader):
        return None
    asked = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"if-none-match"), None)
    if names(asked, known.tag):
        return 304, list(known.headers), b""
    return _kept(scope, cache, known)


async def _version(reader: Reader) -> str | None:
    try:
        return await reader.data_version()
    except SQLAlchemyError:
        # The route says what is wrong.
        return None


def _kept(scope: Scope, cache: AnswerCache, known: Known) -> tuple[int, _Headers, bytes] | None:
    coding = accepted(scope).coding if is_compressible(known.media_type) else IDENTITY
    packed = cache.get(known.tag, coding)
    if packed is None:
        return None
    if not packed.body and known.empty_status != 200:
        return known.empty_status, list(known.headers), b""
    length = str(len(packed.body)).encode()
    headers = [*known.headers, (b"content-type", known.media_type.encode("latin-1")), (b"content-length", length)]
    if packed.coding != IDENTITY:
        headers.append((b"content-encoding", packed.coding.encode()))
    return 200, headers, packed.body
