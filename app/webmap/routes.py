"""``GET /``: the map; and the files and texts it is made of."""

import json
import secrets
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import HTMLResponse, Response

from app.answers import etag, single_values, text_answer
from app.problems import BadRequest, NotFound, ParameterError
from app.settings import Settings
from app.webmap.assets import PACKAGES, STATIC
from app.webmap.basemaps import foreign_hosts
from app.webmap.files import Files
from app.webmap.page import PageQuery, render_page
from app.webmap.texts import Language, NoTexts, texts
from app.webmap.version import files_version

router = APIRouter()


class AssetsMissing(RuntimeError):
    """The front-end packages are not installed."""


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


@router.get("/map/texts/{name}.json", include_in_schema=False)
async def tool_texts(request: Request, name: str) -> Response:
    """Return the texts of one tool; ``lang=en`` in English."""
    asked = single_values(request, ("lang",)).get("lang", "zh")
    if asked not in ("zh", "en"):
        raise BadRequest([ParameterError("lang", "has to be a language of the interface", asked, ("zh", "en"))])
    language: Language = "en" if asked == "en" else "zh"
    try:
        words = texts(language, name)
    except NoTexts:
        raise NotFound("file of texts", name) from None
    body = json.dumps(words, ensure_ascii=False, separators=(",", ":"))

    async def produce() -> str:
        return body

    return await text_answer(request, etag("texts", body), produce, max_age=60)


def security_headers(settings: Settings, nonce: str) -> dict[str, str]:
    """Return the headers that keep anything but the page's own code from running.

    Parameters
    ----------
    settings
        Tells which hosts the configured basemaps come from.
    nonce
        Admits the one inline script.
    """
    policy = {
        "default-src": "'none'",
        "script-src": f"'self' 'nonce-{nonce}'",
        "style-src": "'self'",
        "img-src": " ".join(["'self'", "data:", *foreign_hosts(settings)]),
        "connect-src": "'self'",
        "frame-src": "'self'",
        "worker-src": "'self'",
        "object-src": "'none'",
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
    """Mount the page's own files under ``/static`` and those of the packages under ``/assets/{package}``.

    Each is also there below ``/v-{version}``, where a browser may keep it for good; the page names these addresses.

    Raises
    ------
    AssetsMissing
        When a package is not in ``settings.assets_dir``.
    """
    folders = {package.name: settings.assets_dir / package.name / package.folder for package in PACKAGES}
    for package in PACKAGES:
        proof = folders[package.name] / package.proof
        if not proof.is_file():
            raise AssetsMissing(f"{proof} is missing. Install the front-end packages with `npm ci`.")
    version = files_version(settings.assets_dir)
    app.mount("/v-{version}/static", Files(STATIC, version=version), name="static of a version")
    app.mount("/static", Files(STATIC), name="static")
    for name, folder in folders.items():
        app.mount(f"/v-{{version}}/assets/{name}", Files(folder, version=version), name=f"{name} of a version")
        app.mount(f"/assets/{name}", Files(folder, "public, max-age=3600"), name=name)
