"""Routes of siting: ``/api/siting`` as JSON, GeoJSON and XLSX, and ``/siting/report`` for people."""

import json
from asyncio import to_thread
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app import __version__
from app.answers import GEOJSON, etag, single_values, text_answer
from app.db.reader import Reader
from app.dependencies import ReaderDep, RegistryDep, SettingsDep
from app.messages import Message
from app.problems import BadRequest, ParameterError, problem
from app.registry.reader import Registry
from app.siting import apidoc, exports, options
from app.siting.brief import brief_text
from app.siting.parameters import PARAMETERS
from app.siting.report import report
from app.siting.request import SitingRequest, read_fields
from app.siting.service import Answer, SitingCaches, answer_question
from app.siting.workbook import workbook

router = APIRouter(tags=["siting"])

LARGEST_BODY = 1024 * 1024
"""Bytes of the longest body: a polygon of ten thousand vertices has about half as many."""

POSTED = frozenset({"/api/siting"})
"""Paths to which pages of other origins may post."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The report has its style in itself and asks for nothing."""


@dataclass(frozen=True)
class Form:
    """A form an answer can have.

    Attributes
    ----------
    name
        Its name in the ETag.
    media_type
        What it is sent as.
    make
        Makes it of an answer.
    headers
        Further headers.
    """

    name: str
    media_type: str
    make: Callable[[Answer, Reader], Awaitable[str | bytes]]
    headers: dict[str, str] | None = None


async def _json(answer: Answer, reader: Reader) -> str:
    return answer.text


_JSON = Form("json", "application/json", _json)
_GEOJSON = Form("geojson", GEOJSON, exports.geojson, {"Content-Disposition": 'inline; filename="siting.geojson"'})


@router.get("/api/siting", summary="Where should this industry go, and why?", **apidoc.QUESTION)
async def siting(request: Request, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Answer a question of siting: ranked places with every value, its weight and the document it stands on.

    With `q` the question is a sentence; the answer shows how it was read and what was not understood.
    """
    return await _answer(request, reader, registry, read_fields(single_values(request, PARAMETERS)), _JSON)


@router.post("/api/siting", summary="The same with the question as JSON", **apidoc.POSTED)
async def posted_siting(request: Request, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Answer a question of siting that is sent as JSON, such as one with a drawn polygon."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return problem(request, 415, "The body should be JSON, sent as Content-Type application/json.")
    body = await _body(request)
    if body is None:
        return problem(request, 413, Message("The body should be at most {most} bytes.", most=LARGEST_BODY))
    return await _answer(request, reader, registry, read_fields(_members(body)), _JSON)


@router.get("/api/siting.geojson", summary="The answer as GeoJSON", **apidoc.as_file(GEOJSON))
async def siting_geojson(request: Request, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return the places of an answer with their footprints, and every raw value, value, weight and contribution."""
    return await _answer(request, reader, registry, read_fields(single_values(request, PARAMETERS)), _GEOJSON)


@router.get("/api/siting.xlsx", summary="The answer as a workbook", **apidoc.as_file(XLSX))
async def siting_xlsx(request: Request, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return the answer as a workbook: ranking, values with evidence, constraints, what was excluded, sensitivity."""
    asked, language = with_language(request)

    async def make(answer: Answer, reader: Reader) -> bytes:
        return workbook(answer.document, language)

    headers = {"Content-Disposition": 'attachment; filename="siting.xlsx"'}
    return await _answer(request, reader, registry, asked, Form(f"xlsx-{language}", XLSX, make, headers))


@router.get("/api/siting.txt", summary="The answer as text to paste", **apidoc.as_file("text/plain"))
async def siting_text(request: Request, reader: ReaderDep, registry: RegistryDep) -> Response:
    """Return question, answer, basis, uncertainties and what was not considered, as plain text."""
    asked, language = with_language(request)

    async def make(answer: Answer, reader: Reader) -> str:
        return brief_text(answer.document, language)

    headers = {"Content-Language": language}
    return await _answer(request, reader, registry, asked, Form(f"txt-{language}", TEXT, make, headers))


@router.get("/siting/report", summary="The answer as a report to print", **apidoc.as_file("text/html"))
async def siting_report(request: Request, reader: ReaderDep, registry: RegistryDep, settings: SettingsDep) -> Response:
    """Return the answer as a page of sentences and tables, to read and to print."""
    asked, language = with_language(request)

    async def make(answer: Answer, reader: Reader) -> str:
        drawing = await exports.drawing(answer, reader, settings.geodata_dir)
        # Lines are cut to the paper and labels moved apart: other requests should not wait for it.
        return await to_thread(report, answer.document, drawing, language)

    headers = {
        "Content-Security-Policy": REPORT_POLICY,
        "Content-Language": language,
    }
    return await _answer(request, reader, registry, asked, Form(f"report-{language}", HTML, make, headers))


@router.get("/api/siting/options", summary="Criteria, weights, value functions and fields", **apidoc.OPTIONS)
async def siting_options(request: Request, reader: ReaderDep) -> Response:
    """Return what a question may hold: criteria with units and value functions, groups, presets and fields."""
    single_values(request, ())

    async def produce() -> str:
        return json.dumps(options.document(), ensure_ascii=False, separators=(",", ":"))

    version = await reader.data_version()
    tag = etag(__version__, version, "siting-options")
    return await text_answer(request, tag, produce, cacheable=True, version=version)


def with_language(request: Request) -> tuple[SitingRequest, str]:
    """Return the question of a request for a file of words, and the language of the words.

    Raises
    ------
    BadRequest
        Naming every parameter that is wrong.
    """
    values = single_values(request, (*PARAMETERS, "lang"))
    language = values.pop("lang", "zh")
    if language not in ("zh", "en"):
        raise BadRequest([ParameterError("lang", "should be zh or en", language, ("zh", "en"))])
    return read_fields(values), language


async def _answer(request: Request, reader: Reader, registry: Registry, asked: SitingRequest, form: Form) -> Response:
    root = request.scope.get("root_path", "").rstrip("/")
    caches: SitingCaches = request.app.state.siting

    async def produce() -> str | bytes:
        answer = await answer_question(asked, reader=reader, registry=registry, caches=caches, root=root)
        return await form.make(answer, reader)

    version = await reader.data_version()
    layers = [str(registry.digests.get(name)) for name in asked.layers]
    tag = etag(__version__, version, "siting", form.name, root, *layers, asked.canonical)
    remembered = version if request.method == "GET" else None
    return await text_answer(
        request, tag, produce, media_type=form.media_type, headers=form.headers, cacheable=True, thorough=False,
        version=remembered,
    )  # fmt: skip


async def _body(request: Request) -> bytes | None:
    """Return the body, or None when it is longer than any that could be right."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            return None
        parts.append(part)
    return b"".join(parts)


def _members(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body, parse_constant=_no_constant)
        json.dumps(told, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (ValueError, RecursionError):
        raise BadRequest([ParameterError("body", "should be JSON")]) from None
    if not isinstance(told, dict):
        raise BadRequest(
            [ParameterError("body", "should be a JSON object with the fields of a question", allowed=tuple(PARAMETERS))]
        )
    return told


def _no_constant(word: str) -> None:
    """Refuse NaN and Infinity, which are not JSON (RFC 8259, 6)."""
    raise ValueError(word)
