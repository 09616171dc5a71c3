"""Answers: JSON text with an ETag, and 304 where the client has it already."""

import hashlib
from collections.abc import Awaitable, Callable, Iterable

from fastapi import Request
from fastapi.responses import Response

from app.problems import BadRequest, ParameterError

JSON = "application/json"
GEOJSON = "application/geo+json"


def etag(*parts: str) -> str:
    """Return a weak ETag of what decides an answer: data version, canonical query, format.

    Weak, because the same answer is sent compressed and uncompressed (RFC 9110, 8.8.1).
    """
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:24]}"'


def matches(request: Request, tag: str) -> bool:
    """Tell whether the client's If-None-Match names the tag (weak comparison)."""
    asked = request.headers.get("if-none-match")
    if asked is None:
        return False
    if asked.strip() == "*":
        return True
    opaque = tag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") == opaque for one in asked.split(","))


async def text_answer(
    request: Request,
    tag: str,
    produce: Callable[[], Awaitable[str]],
    *,
    media_type: str = JSON,
    max_age: int = 60,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return the text, or 304 when the client has it.

    Parameters
    ----------
    request
        For its If-None-Match.
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
    """
    common = {"ETag": tag, "Cache-Control": f"public, max-age={max_age}", **(headers or {})}
    if matches(request, tag):
        return Response(status_code=304, headers=common)
    return Response(await produce(), media_type=media_type, headers=common)


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
