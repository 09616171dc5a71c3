"""``GET /print``: the sheet as a page; ``/print.pdf`` and ``/print.png``: the sheet as a file."""

import logging
import secrets
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app import __version__
from app.answers import etag, text_answer
from app.dependencies import ReaderDep, RegistryDep, SettingsDep
from app.messages import Message
from app.printing.chromium import NoChromium
from app.printing.own_host import OwnHost
from app.printing.printer import Busy, Format, Incomplete, Job, Printer, PrintFailed, TooSlow
from app.printing.sheet import (
    GRIDS,
    LONGEST_MAKER,
    LONGEST_TITLE,
    ORIENTATIONS,
    PAPERS,
    RESOLUTIONS,
    SCALES,
    read_sheet,
)
from app.problems import problem
from app.proxy import base_url
from app.webmap.page import PageQuery, render_page
from app.webmap.routes import security_headers

router = APIRouter(tags=["map"])

_log = logging.getLogger(__name__)
_TYPES: dict[Format, str] = {"pdf": "application/pdf", "png": "image/png"}
_WAIT_SECONDS = "10"
_NO_CHROMIUM = (
    "This server has no Chromium to print with. Install it (Debian: apt-get install chromium fonts-noto-cjk) or name "
    "it in YUANTU_CHROMIUM. The browser's own print works all the same."
)


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


_PARAMETERS = [
    _parameter("layers", "Layers on the sheet, joined by commas, as in the map's address.", type="string"),
    _parameter(
        "view", "Longitude and latitude of the middle, and zoom, as in the map's address.",
        type="string", examples=["117.7,39.0,11"],
    ),
    _parameter("paper", "Size of the paper.", type="string", enum=list(PAPERS), default="A4"),
    _parameter("orientation", "How it lies.", type="string", enum=list(ORIENTATIONS), default="landscape"),
    _parameter("title", "Heading.", type="string", maxLength=LONGEST_TITLE),
    _parameter("maker", "Who has it made.", type="string", maxLength=LONGEST_MAKER),
    _parameter(
        "scale", "Denominator of the scale in the middle; without one the view's extent is fitted in.",
        type="integer", minimum=SCALES[0], maximum=SCALES[1],
    ),
    _parameter(
        "grid", "Coordinate grid: degrees, or Gauss-Kruger kilometres.",
        type="string", enum=list(GRIDS), default="degrees",
    ),
    _parameter("date", "The day on the sheet; today.", type="string", format="date"),
    _parameter(
        "resolution", "Dots per inch of the PNG.", type="integer", enum=[int(one) for one in RESOLUTIONS], default=150
    ),
    _parameter("lang", "Language of the texts.", type="string", enum=["zh", "en"], default="zh"),
]  # fmt: skip


def _described(media_type: str) -> dict[str, Any]:
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {
        "responses": {
            200: {"description": "The sheet", "content": {media_type: binary}},
            503: {"description": "There is no Chromium, too many sheets are being made, or a layer cannot be drawn"},
            504: {"description": "The sheet took too long"},
        },
        "openapi_extra": {"parameters": _PARAMETERS},
        "response_class": Response,
    }


@router.get("/print", response_class=HTMLResponse, include_in_schema=False)
async def sheet_page(request: Request, settings: SettingsDep, registry: RegistryDep) -> HTMLResponse:
    """Return the sheet as a page: what browsers print, and what the files are made from."""
    query = read_sheet(request.query_params.multi_items(), tuple(registry.layers))
    nonce = secrets.token_urlsafe(16)
    page = PageQuery(
        language=query.language,
        layers=query.layers,
        root=request.scope.get("root_path", "").rstrip("/"),
        sheet=asdict(query.sheet) | {"size": query.sheet.size_mm},
    )
    body = render_page(settings=settings, registry=registry, query=page, nonce=nonce)
    return HTMLResponse(body, headers=security_headers(settings, nonce))


@router.get("/print.pdf", summary="The map as a sheet of paper: PDF", **_described(_TYPES["pdf"]))
async def sheet_pdf(request: Request, registry: RegistryDep, reader: ReaderDep) -> Response:
    """Return the map of an address as one page, with legend, scale, grid, sources and notes.

    It takes any part that the map's address has, beside those of the paper.
    """
    return await _file(request, "pdf", tuple(registry.layers), await reader.data_version())


@router.get("/print.png", summary="The map as a sheet of paper: PNG", **_described(_TYPES["png"]))
async def sheet_png(request: Request, registry: RegistryDep, reader: ReaderDep) -> Response:
    """Return the same sheet as an image."""
    return await _file(request, "png", tuple(registry.layers), await reader.data_version())


async def _file(request: Request, form: Format, layer_ids: tuple[str, ...], version: str | None) -> Response:
    query = read_sheet(request.query_params.multi_items(), layer_ids)
    printer: Printer = request.app.state.printer
    base = base_url(request)
    host = OwnHost(request.app, request.scope, base)
    job = Job(f"{base}/print?{query.canonical}", host, query.sheet, form)
    name = query.sheet.title or {"zh": "园图", "en": "Yuantu"}[query.language]
    file_name = quote(f"{name} {query.sheet.date}.{form}", safe="")
    headers = {
        "Content-Disposition": f"inline; filename=\"yuantu-{query.sheet.date}.{form}\"; filename*=UTF-8''{file_name}"
    }
    tag = etag("print", form, __version__, version or "", base, query.canonical)
    try:
        return await text_answer(
            request, tag, lambda: printer.make(job), media_type=_TYPES[form], max_age=0, headers=headers
        )
    except (NoChromium, Busy, TooSlow, PrintFailed, Incomplete) as error:
        return refused(request, error)


def refused(request: Request, error: Exception) -> Response:
    """Say why a sheet could not be made."""
    match error:
        case NoChromium():
            _log.warning("no sheet can be made: %s", error)
            return problem(request, 503, _NO_CHROMIUM, reason="no-chromium")
        case Busy():
            said = problem(
                request, 503, "As many sheets are being made as this server bears. Try again shortly.", reason="busy"
            )
            said.headers["Retry-After"] = _WAIT_SECONDS
            return said
        case TooSlow():
            return problem(
                request, 504, "The sheet was not ready in time. Ask for fewer layers or smaller paper.", reason="slow"
            )
        case Incomplete(asked_wrongly=True):
            return problem(
                request, 400, Message("The map cannot be drawn as asked: {faults}", faults=str(error)), reason="address"
            )
        case Incomplete():
            return problem(
                request,
                503,
                Message("The map could not be drawn in full: {faults}", faults=str(error)),
                reason="layers",
            )
        case _:
            _log.error("printing failed: %s", error)
            return problem(request, 503, "The sheet could not be made. Try again shortly.", reason="failed")
