"""What the routes of the domain share: parameters, what they may be, and the answer."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.answers import etag, text_answer
from app.db.reader import Reader
from app.facts.industries import resolve_industry
from app.messages import Message
from app.problems import BadRequest, ParameterError

INDUSTRY: tuple[str, tuple[str, ...]] = (
    "An industry: id, name, alias, product or GB/T 4754-2017 code; what it contains matches too.",
    (),
)

_TEXT = {"schema": {"type": "string"}, "required": False, "in": "query"}


def parameters(**described: tuple[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return the OpenAPI description of optional query parameters: name to (text, allowed values)."""
    return {
        "parameters": [
            {
                **_TEXT,
                "name": name,
                "description": words,
                "schema": {"type": "string", **({"enum": list(values)} if values else {})},
            }
            for name, (words, values) in described.items()
        ]
    }


async def answer(request: Request, reader: Reader, statement: str, values: Mapping[str, Any] | None = None) -> Response:
    """Return the one value of a statement as a JSON answer that is kept for its data version."""

    async def produce() -> str:
        return str(await reader.value(statement, values))

    version = await reader.data_version()
    tag = etag(version, request.url.path, str(sorted((values or {}).items())), statement)
    return await text_answer(request, tag, produce, cacheable=True, thorough=False, version=version)


def choice(values: dict[str, str], name: str, allowed: tuple[str, ...]) -> str | None:
    """Return a parameter that has to be one of several words, or None where it is not given.

    Raises
    ------
    BadRequest
        When it is another.
    """
    value = values.get(name)
    if value is not None and value not in allowed:
        raise BadRequest(
            [ParameterError(name, Message("should be one of {names}", names=", ".join(allowed)), value, allowed)]
        )
    return value


_IDS = {
    "scope": "SELECT DISTINCT scope_zone_id FROM yuantu.indicator ORDER BY 1",
    "document": "SELECT id FROM yuantu.document ORDER BY sort",
    "district": "SELECT id FROM yuantu.zone WHERE kind = 'district' ORDER BY sort",
    "place": "SELECT id FROM yuantu.zone UNION ALL SELECT id FROM yuantu.plan_element ORDER BY 1",
}


async def known(reader: Reader, values: dict[str, str], name: str, what: str) -> str | None:
    """Return a parameter that has to be an id: of a ``document``, a ``district``, a ``scope`` or a ``place``.

    Raises
    ------
    BadRequest
        When there is no such id.
    """
    if name not in values:
        return None
    return choice(values, name, tuple(row[0] for row in await reader.rows(_IDS[what])))


async def industries_of(reader: Reader, values: dict[str, str]) -> list[str] | None:
    """Return the ids of the industries that the words of ``industry`` lead to; None where it is not given."""
    words = values.get("industry")
    return None if words is None else list(await resolve_industry(reader, words))


def year_of(values: dict[str, str], name: str = "year") -> int | None:
    """Return a parameter that has to be a year.

    Raises
    ------
    BadRequest
        When it is none.
    """
    text = values.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise BadRequest([ParameterError(name, "should be a year of four digits, such as 2025", text)])
    return int(text)


def number_of(values: dict[str, str], name: str, *, default: int, least: int, most: int) -> int:
    """Return a parameter that has to be a whole number.

    Raises
    ------
    BadRequest
        When it is none, or too small or too large.
    """
    text = values.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most:
        return int(text)
    message = Message("should be a whole number from {least} to {most}", least=least, most=most)
    raise BadRequest([ParameterError(name, message, text)])
