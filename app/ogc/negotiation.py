"""Negotiation: JSON or HTML for documents; every encoder and HTML for items."""

from collections.abc import Mapping, Sequence

from fastapi import Request

from app.problems import BadRequest, ParameterError

_NONE: Mapping[str, str] = {}


def accepted(header: str) -> list[tuple[str, float]]:
    """Return the media ranges of an Accept header with their quality, best first."""
    ranges: list[tuple[str, float]] = []
    for part in header.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = float(parameter[2:])
                except ValueError:
                    quality = 0.0
        if media and quality > 0:
            ranges.append((media.lower(), quality))
    return sorted(ranges, key=lambda one: -one[1])


def _matches(media_range: str, media_type: str) -> bool:
    return media_range in ("*/*", "*", media_type) or (
        media_range.endswith("/*") and media_type.startswith(media_range[:-1])
    )


def choose(
    request: Request, formats: Mapping[str, Sequence[str]], default: str, aliases: Mapping[str, str] = _NONE
) -> str:
    """Return the key of the format to answer in.

    Parameters
    ----------
    request
        Its ``f``, or else its Accept header, decides.
    formats
        For each key the media types that ask for it.
    aliases
        Further values of ``f``, and the keys they stand for.
    default
        What is answered when nothing is asked for, or nothing of it can be had.

    Raises
    ------
    BadRequest
        When ``f`` names no format.
    """
    asked = request.query_params.get("f")
    if asked is not None:
        asked = aliases.get(asked, asked)
        if asked not in formats:
            raise BadRequest([ParameterError("f", f"should be one of {', '.join(formats)}", asked, tuple(formats))])
        return asked
    for media_range, _ in accepted(request.headers.get("accept", "")):
        if any(_matches(media_range, media) for media in formats[default]):
            return default
        for key, media_types in formats.items():
            if any(_matches(media_range, media) for media in media_types):
                return key
    return default
