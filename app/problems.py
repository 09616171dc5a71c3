"""Problems: one table from exception to status, and the application/problem+json they become (RFC 9457)."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DBAPIError, OperationalError
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ParameterError:
    """One thing wrong with one request parameter.

    Attributes
    ----------
    parameter
        Name of the parameter.
    message
        What is wrong and what would be right.
    value
        The value as received, shortened.
    allowed
        The values that would have been accepted, where they can be listed.
    """

    parameter: str
    message: str
    value: str = ""
    allowed: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the error as the member of a problem's ``errors`` list."""
        body: dict[str, Any] = {"parameter": self.parameter, "message": self.message}
        if self.value:
            body["value"] = self.value[:200]
        if self.allowed:
            body["allowed"] = list(self.allowed)
        return body


class BadRequest(ValueError):
    """The request cannot be understood; carries every error found in it."""

    def __init__(self, errors: Sequence[ParameterError]) -> None:
        """Collect the errors into one message."""
        self.errors = tuple(errors)
        super().__init__("; ".join(f"{e.parameter}: {e.message}" for e in self.errors))


class NotFound(LookupError):
    """A thing the request names does not exist.

    Parameters
    ----------
    what
        The kind of thing, such as ``layer`` or ``zone``.
    name
        The name that was asked for.
    allowed
        The names that exist, where the list is short enough to help.
    """

    def __init__(self, what: str, name: str, allowed: Sequence[str] = ()) -> None:
        """Say which thing is missing."""
        self.what, self.name, self.allowed = what, name, tuple(allowed)
        super().__init__(f"There is no {what} {name[:100]!r}.")


def problem(status: int, detail: str, **members: Any) -> JSONResponse:
    """Return a problem+json response.

    Parameters
    ----------
    status
        HTTP status code.
    detail
        One or two sentences for the person who made the request.
    members
        Further members of the problem object.
    """
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **members}
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


async def _bad_request(_: Request, exc: Exception) -> Response:
    assert isinstance(exc, BadRequest)  # noqa: S101 - registered for this type only
    return problem(400, str(exc), errors=[error.as_json() for error in exc.errors])


async def _not_found(_: Request, exc: Exception) -> Response:
    assert isinstance(exc, NotFound)  # noqa: S101
    return problem(404, str(exc), **({"allowed": list(exc.allowed)} if exc.allowed else {}))


async def _invalid(_: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)  # noqa: S101
    errors = [
        ParameterError(str(e["loc"][-1]), str(e["msg"]), value="" if e.get("input") is None else str(e["input"]))
        for e in exc.errors()
    ]
    return problem(400, str(BadRequest(errors)), errors=[error.as_json() for error in errors])


async def _http(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)  # noqa: S101
    detail = exc.detail
    if exc.status_code == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
        detail = f"There is nothing at {request.url.path[:200]!r}. /layers lists the layers, /docs describes the API."
    response = problem(exc.status_code, detail)
    response.headers.update(exc.headers or {})
    return response


_QUERY_CANCELED = "57014"


async def _database(request: Request, exc: Exception) -> Response:
    state = getattr(getattr(exc, "orig", None), "sqlstate", None)
    _log.error("%s %s: %s", request.method, request.url.path, getattr(exc, "orig", exc))
    if state == _QUERY_CANCELED:
        return problem(503, "The query took longer than this server allows. Ask for a smaller area or fewer features.")
    if isinstance(exc, OperationalError):
        return problem(503, "The database cannot be reached at the moment. Try again shortly.")
    return problem(500, "The server failed to answer this request. The failure has been logged.")


async def _unexpected(_: Request, exc: Exception) -> Response:
    return problem(500, "The server failed to answer this request. The failure has been logged.")


HANDLERS = {
    BadRequest: _bad_request,
    NotFound: _not_found,
    RequestValidationError: _invalid,
    HTTPException: _http,
    DBAPIError: _database,
    Exception: _unexpected,
}


def install(app: FastAPI) -> None:
    """Register the handlers of the table with the application."""
    for exception, handler in HANDLERS.items():
        app.add_exception_handler(exception, handler)
