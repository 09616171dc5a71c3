"""HTML: the documents and features as pages."""

import hashlib
import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.types import Scope

from app.language import Language, preferred
from app.ogc.pages import CONTEXTS
from app.ogc.site import Site
from app.ogc.values import also, say

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
    "Vary": "Accept, Accept-Language",
}
"""Headers of every page: nothing inline runs, nothing comes from another host; the client's language decides."""

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_function"] = json.dumps
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


@cache
def _digest() -> str:
    """Return a hash of what the pages are made of, so that an upgrade changes their ETags."""
    made_of = [*TEMPLATES.iterdir(), *Path(__file__).parent.glob("*.py")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(made_of))).hexdigest()[:12]


def language_of(request: Request) -> Language:
    """Return the language of a page: English where the client prefers it to Chinese, else Chinese."""
    return preferred(request.headers.get("accept-language"), "zh")


def variant(request: Request) -> str:
    """Return what decides a page beside its address and its data, for its ETag: the language and the templates."""
    return f"{language_of(request)}-{_digest()}"


def page(request: Request, name: str, **context: Any) -> str:
    """Return a page as text.

    Parameters
    ----------
    request
        For addresses, the language (``Accept-Language``), the layers, and what was asked for.
    name
        Name of the template.
    context
        What the page shows: ``document``, and ``layer`` where it is about one.
    """
    language = language_of(request)
    site = Site(request, language)
    return (
        _environment()
        .get_template(f"{name}.html")
        .render(
            site=site,
            t=SimpleNamespace(**site.texts),
            say=lambda words: say(words, language),
            also=lambda words: also(words, language),
            **CONTEXTS[name](site, **context),
        )
    )


def answer(request: Request, name: str, **context: Any) -> Response:
    """Return a page as a response."""
    return HTMLResponse(page(request, name, **context), headers=SECURITY)


class _Files(StaticFiles):
    """Files that a browser may keep, but asks about every time: an upgrade is seen at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def mount_static(app: FastAPI) -> None:
    """Mount the style and the script of the pages under ``/ogc-static``. Leaflet is the map's own mount."""
    app.mount("/ogc-static", _Files(directory=STATIC), name="ogc-static")
