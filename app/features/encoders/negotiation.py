"""Negotiation: which representation answers a request, from ``f`` and the Accept header (RFC 9110, 12.5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.messages import Message
from app.problems import BadRequest, ParameterError

_MAX_RANGES = 64
_IGNORED_PARAMETERS = ("q", "charset")


@dataclass(frozen=True, kw_only=True)
class Representation:
    """A form that an answer can take.

    Attributes
    ----------
    key
        Its value of ``f``.
    media_type
        What it is sent as, parameters included.
    title_zh, title_en
        What it is called in links.
    other_keys
        Further values of ``f`` that ask for it.
    other_media_types
        Further media types of an Accept header that ask for it.
    """

    key: str
    media_type: str
    title_zh: str
    title_en: str
    other_keys: tuple[str, ...] = ()
    other_media_types: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Every value of ``f`` that asks for it."""
        return (self.key, *self.other_keys)

    @property
    def media_types(self) -> tuple[str, ...]:
        """Every media type that asks for it."""
        return (self.media_type, *self.other_media_types)


@dataclass(frozen=True, slots=True)
class _Range:
    type: str
    parameters: frozenset[str]
    quality: float

    @property
    def precision(self) -> int:
        if self.type == "*/*":
            return 0
        return 1 if self.type.endswith("/*") else 2 + len(self.parameters)

    def covers(self, media_type: str) -> bool:
        name, parameters, _ = _parsed(media_type)
        family = self.type[:-1]
        fits = self.type in ("*/*", name) or (self.type.endswith("/*") and name.startswith(family))
        return fits and self.parameters <= parameters


def _parsed(text: str) -> tuple[str, frozenset[str], float]:
    name, *rest = (part.strip() for part in text.lower().split(";"))
    quality = 1.0
    parameters = set()
    for parameter in rest:
        key, _, value = (part.strip() for part in parameter.partition("="))
        if key == "q":
            quality = _quality(value)
        elif key and key not in _IGNORED_PARAMETERS:
            parameters.add(f"{key}={value.strip(chr(34))}")
    return ("*/*" if name == "*" else name), frozenset(parameters), quality


def _quality(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return min(max(value, 0.0), 1.0) if value == value else 0.0


def _ranges(accept: str) -> list[_Range]:
    parts = [part for part in accept.split(",")[:_MAX_RANGES] if part.strip()]
    ranges = [_Range(*_parsed(part)) for part in parts]
    return [one for one in ranges if one.type.count("/") == 1 and not one.type.startswith("/")]


R = TypeVar("R", bound=Representation)


def _preference(one: R, ranges: Sequence[_Range]) -> tuple[float, int]:
    """Return quality and precision of the most precise range that covers a representation; (0, 0) if none does."""
    found = [
        (part.precision, part.quality) for part in ranges for media_type in one.media_types if part.covers(media_type)
    ]
    if not found:
        return 0.0, 0
    precision, quality = max(found)
    return quality, precision


def negotiate(accept: str | None, f: str | None, allowed: Sequence[R]) -> R:
    """Choose the representation that answers a request.

    Parameters
    ----------
    accept
        The Accept header, if there is one. A header of which nothing can be read counts as none.
    f
        The parameter ``f``, if there is one; it wins over the header. Upper and lower case are one.
    allowed
        What can be had, the default first.

    Returns
    -------
    Representation
        With neither ``f`` nor a header the default. Of several that the header allows, the one it gives the highest
        quality; among equals the one it names most precisely, then the one that comes first in ``allowed``. Where the
        header allows none, the default too: RFC 9110, 12.4.1, lets a server pass over the header instead of answering
        406, and a client can do more with an answer that names its media type.

    Raises
    ------
    BadRequest
        When ``f`` names nothing that can be had; lists what can.
    """
    if f is not None:
        for one in allowed:
            if f.lower() in one.keys:
                return one
        keys = tuple(one.key for one in allowed)
        raise BadRequest([ParameterError("f", Message("should be one of {names}", names=", ".join(keys)), f, keys)])
    ranges = _ranges(accept or "")
    if not ranges:
        return allowed[0]
    ranked = [(*_preference(one, ranges), -place) for place, one in enumerate(allowed)]
    best = max(ranked)
    return allowed[-best[2]] if best[0] > 0 else allowed[0]
