"""Negotiation: JSON or HTML for documents; every encoder and HTML for items."""

from collections.abc import Mapping, Sequence
from typing import Final

from fastapi import Request

from app.features.encoders import ENCODERS, Representation, negotiate
from app.ogc.links import HTML, JSON, OPENAPI, SCHEMA

PAGE: Final = Representation(key="html", media_type=HTML, title_zh="网页", title_en="HTML")


def _json(media_type: str, *others: str) -> Representation:
    return Representation(key="json", media_type=media_type, title_zh="JSON", title_en="JSON", other_media_types=others)


DOCUMENTS: Final = (_json(JSON), PAGE)
QUERYABLES: Final = (_json(SCHEMA, JSON), PAGE)
DESCRIPTION: Final = (_json(OPENAPI, JSON), PAGE)
ITEMS: Final = (*ENCODERS.values(), PAGE)
ITEM: Final = (ENCODERS["geojson"], PAGE)
"""What each kind of resource can be had as, the default first."""


def titled(allowed: Sequence[Representation]) -> Mapping[str, tuple[str, str]]:
    """Return media type and title by key, for links."""
    return {one.key: (one.media_type, one.title_en) for one in allowed}


def choose(request: Request, allowed: Sequence[Representation]) -> str:
    """Return the key of the representation to answer with: by ``f``, or else by Accept.

    Raises
    ------
    BadRequest
        When ``f`` names none of them.
    """
    return negotiate(request.headers.get("accept"), request.query_params.get("f"), allowed).key
