"""The address of the page: which parts its query may have, and the one way in which a query is written."""

from urllib.parse import parse_qsl, urlencode

from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.webmap.assets import tools

PARTS = ("lang", "layers", "order", "opacity", "off", "filter", "view", "select", "basemap", "tool")
"""Parts of the query that belong to the map itself; each tool adds one of its name."""

LONGEST_QUERY = 60_000
"""Characters of the longest query that is kept: a drawing of some thousand corners."""


def known_parts() -> tuple[str, ...]:
    """Return every name that the query of the page may have."""
    return (*PARTS, *(tool.id for tool in tools() if tool.id not in PARTS))


def canonical_query(text: str) -> str:
    """Return a query of the page with its parts in the order of their names, in ASCII.

    Two queries that mean the same page become the same text. It names only parts that the page knows, and no character
    in it has a meaning outside a query, so that it can stand behind ``/?`` in a Location header.

    Parameters
    ----------
    text
        The query, percent-encoded, without the question mark.

    Raises
    ------
    BadRequest
        When it is empty, too long, not percent-encoded UTF-8, or names a part that is unknown or stands twice.
    """
    if len(text) > LONGEST_QUERY:
        raise _wrong(Message("should be at most {most} characters", most=LONGEST_QUERY))
    try:
        if not text:
            raise ValueError
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:  # UnicodeError is one
        raise _wrong("should be a query of the map's address, such as layers=parks&view=117.7,39,11") from None
    known = known_parts()
    names = [name for name, _ in pairs]
    if unknown := sorted(set(names) - set(known)):
        raise _wrong("names a part that the map's address does not have", unknown[0], known)
    if twice := [name for name in known if names.count(name) > 1]:
        raise _wrong("names a part twice", twice[0])
    if any(not value.isprintable() for _, value in pairs):
        raise _wrong("should hold no control characters")
    try:
        query = urlencode(sorted(pairs), safe=",:/")
    except UnicodeEncodeError:
        raise _wrong("should be text that can be written in UTF-8") from None
    if len(query) > LONGEST_QUERY:
        raise _wrong(Message("should be at most {most} characters", most=LONGEST_QUERY))
    return query


def _wrong(message: str, value: str = "", allowed: tuple[str, ...] = ()) -> BadRequest:
    return BadRequest([ParameterError("query", message, value, allowed)])
