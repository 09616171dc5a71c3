"""Links: typed, complete, absolute."""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import Request

from app.proxy import base_url

JSON = "application/json"
HTML = "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"

Link = dict[str, str]


def root(request: Request) -> str:
    """Return the absolute address of ``/ogc``, as the client sees it."""
    return f"{base_url(request)}/ogc"


def link(href: str, rel: str, media_type: str, title: str, **more: str) -> Link:
    """Return a link object (RFC 8288)."""
    return {"href": href, "rel": rel, "type": media_type, "title": title, **more}


def with_format(href: str, f: str) -> str:
    """Return an address that asks for a format."""
    return f"{href}{'&' if '?' in href else '?'}f={f}"


def self_and_alternates(href: str, current: str, formats: Mapping[str, tuple[str, str]]) -> list[Link]:
    """Return the link to a document itself, and to its other formats.

    Parameters
    ----------
    href
        Address without ``f``.
    current
        Key of the format of this answer.
    formats
        Key to media type and title.
    """
    links = []
    for key, (media_type, title) in formats.items():
        rel, words = ("self", "This document") if key == current else ("alternate", f"This document as {title}")
        links.append(link(with_format(href, key), rel, media_type, words))
    return sorted(links, key=lambda one: one["rel"] != "self")


def segment(text: str) -> str:
    """Return text as one segment of an address."""
    return quote(text, safe="")
