"""``GET /``: the map; and the files it is made of."""

import secrets
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from app.settings import Settings
from app.webmap.basemaps import basemaps
from app.webmap.page import STATIC, PageQuery, render_page

router = APIRouter()


class AssetsMissing(RuntimeError):
    """The front-end packages are not installed."""


class _Files(StaticFiles):
    """Files that a browser may keep, but asks about every time: an upgrade is seen at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def map_page(
    request: Request, lang: Annotated[str, Query()] = "zh", layers: Annotated[str | None, Query()] = None
) -> HTMLResponse:
    """Return the map; ``lang=en`` in English, ``layers=a,b`` with those layers on."""
    settings: Settings = request.app.state.settings
    nonce = secrets.token_urlsafe(16)
    query = PageQuery(
        language="en" if lang == "en" else "zh", layers=layers, root=request.scope.get("root_path", "").rstrip("/")
    )
    page = render_page(settings=settings, registry=request.app.state.registry, query=query, nonce=nonce)
    return HTMLResponse(page, headers=security_headers(settings, nonce))


def security_headers(settings: Settings, nonce: str) -> dict[str, str]:
    """Return the headers that keep anything but the page's own code from running.

    Parameters
    ----------
    settings
        Tells which hosts the configured basemaps come from.
    nonce
        Admits the one inline script.
    """
    hosts = sorted({host for basemap in basemaps(settings) for host in basemap.hosts})
    policy = {
        "default-src": "'none'",
        "script-src": f"'self' 'nonce-{nonce}'",
        "style-src": "'self'",
        "img-src": " ".join(["'self'", "data:", *hosts]),
        "connect-src": "'self'",
        "font-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        # Tile hosts check the origin of a key; nothing more of the address leaves.
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


def mount_static(app: FastAPI, settings: Settings) -> None:
    """Mount the page's own files under ``/static`` and Leaflet under ``/assets/leaflet``.

    Raises
    ------
    AssetsMissing
        When Leaflet is not in ``settings.assets_dir``.
    """
    leaflet = settings.assets_dir / "leaflet" / "dist"
    if not (leaflet / "leaflet.js").is_file():
        raise AssetsMissing(f"{leaflet / 'leaflet.js'} is missing. Install the front-end packages with `npm ci`.")
    app.mount("/static", _Files(directory=STATIC), name="static")
    app.mount("/assets/leaflet", _Files(directory=leaflet), name="leaflet")
