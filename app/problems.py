"""Problems: one table from exception to status, and the application/problem+json they become (RFC 9457)."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DBAPIError, OperationalError
from starlette.exceptions import HTTPException

from app.language import Language, preferred
from app.messages import Message, sentence, translated

MEDIA_TYPE = "application/problem+json"

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "message"],
                "properties": {
                    "parameter": {"type": "string"},
                    "message": {"type": "string"},
                    "value": {"type": "string"},
                    "allowed": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
        "allowed": {"type": "array", "items": {"type": "string"}},
    },
}
"""A problem as a schema that OpenAPI 3.0 and 3.1 both understand."""

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
    titles
        What people call the parameter, by language; empty where they call it by its name.
    """

    parameter: str
    message: str
    value: str = ""
    allowed: Sequence[str] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    def as_json(self, language: Language = "en") -> dict[str, Any]:
        """Return the error as the member of a problem's ``errors`` list, its message in a language."""
        body: dict[str, Any] = {"parameter": self.parameter, "message": translated(self.message, language)}
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
    hint
        What would be right, where there is no list.
    """

    def __init__(self, what: str, name: str, allowed: Sequence[str] = (), *, hint: str = "") -> None:
        """Say which thing is missing."""
        self.what, self.name, self.allowed = what, name, tuple(allowed)
        said = {"what": sentence(what), "name": name[:100]}
        super().__init__(
            Message("There is no {what} {name!r}: {hint}.", **said, hint=sentence(hint))
            if hint
            else Message("There is no {what} {name!r}.", **said)
        )


def problem(request: Request, status: int, detail: str, **members: Any) -> JSONResponse:
    """Return a problem+json response, in Chinese where the client prefers it, else in English.

    Parameters
    ----------
    request
        Its Accept-Language decides.
    status
        HTTP status code.
    detail
        One or two sentences for the person who made the request, in English.
    members
        Further members of the problem object.
    """
    language = language_of(request)
    body = {
        "type": "about:blank",
        "title": translated(HTTPStatus(status).phrase, language),
        "status": status,
        "detail": translated(detail, language),
        **members,
    }
    headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": "Accept-Language"}
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def language_of(request: Request) -> Language:
    """Return the language of a problem: Chinese where the client prefers it to English, else English."""
    return preferred(request.headers.get("accept-language"), "en")


def _wrong_parameters(request: Request, errors: Sequence[ParameterError]) -> Response:
    language = language_of(request)
    said = [error.as_json(language) for error in errors]
    mark, gap = ("：", "；") if language == "zh" else (": ", "; ")
    titles = [one.titles.get(language, one.parameter) for one in errors]
    detail = gap.join(f"{title}{mark}{one['message']}" for title, one in zip(titles, said, strict=True))
    return problem(request, 400, detail, errors=said)


async def _bad_request(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, BadRequest)  # noqa: S101 - registered for this type only
    return _wrong_parameters(request, exc.errors)


async def _not_found(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, NotFound)  # noqa: S101
    return problem(request, 404, str(exc.args[0]), **({"allowed": list(exc.allowed)} if exc.allowed else {}))


_PYDANTIC = {
    "missing": "should be given",
    "extra_forbidden": "there is no such member",
    "string_too_long": "should be at most {max_length} characters",
    "string_too_short": "should be at least {min_length} characters",
    "too_long": "should be at most {max_length} members",
    "too_short": "should be at least {min_length} members",
    "json_invalid": "is not JSON: {error}",
}
"""Faults that pydantic finds, by its name for their kind; the others keep its own words."""


async def _invalid(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)  # noqa: S101
    errors = []
    for one in exc.errors():
        template = _PYDANTIC.get(one["type"])
        message = Message(template, **one.get("ctx", {})) if template else str(one["msg"])
        value = "" if one.get("input") is None else str(one["input"])
        errors.append(ParameterError(str(one["loc"][-1]), message, value=value))
    return _wrong_parameters(request, errors)


async def _http(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)  # noqa: S101
    detail = exc.detail
    if exc.status_code == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
        detail = Message(
            "There is nothing at {path!r}. /layers lists the layers, /docs describes the API.",
            path=request.url.path[:200],
        )
    response = problem(request, exc.status_code, detail)
    response.headers.update(exc.headers or {})
    return response


_QUERY_CANCELED = "57014"


async def _database(request: Request, exc: Exception) -> Response:
    state = getattr(getattr(exc, "orig", None), "sqlstate", None)
    _log.error("%s %s: %s", request.method, request.url.path, getattr(exc, "orig", exc))
    if state == _QUERY_CANCELED:
        return problem(
            request, 503, "The query took longer than this server allows. Ask for a smaller area or fewer features."
        )
    if isinstance(exc, OperationalError):
        return problem(request, 503, "The database cannot be reached at the moment. Try again shortly.")
    return problem(request, 500, "The server failed to answer this request. The failure has been logged.")


async def _unexpected(request: Request, exc: Exception) -> Response:
    return problem(request, 500, "The server failed to answer this request. The failure has been logged.")


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
