"""``/api/compare``: two to four zones side by side; ``.xlsx`` and ``.csv`` of the same."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app import __version__
from app.answers import JSON, etag, single_values, text_answer
from app.comparison.files import comparison_csv, comparison_xlsx
from app.comparison.service import PARAMETERS, Asked, Comparison, compare, parse
from app.dependencies import ReaderDep

router = APIRouter(prefix="/api", tags=["facts"])

_DESCRIBED: dict[str, Any] = {
    "parameters": [
        {
            "name": "zones",
            "in": "query",
            "required": True,
            "description": "Ids of two to four zones, in the order of the columns.",
            "schema": {"type": "array", "minItems": 2, "maxItems": 4, "uniqueItems": True, "items": {"type": "string"}},
            "style": "form",
            "explode": False,
            "example": ["teda-east", "thip-bolonghu"],
        },
        {
            "name": "lang",
            "in": "query",
            "required": False,
            "description": "Language of the table.",
            "schema": {"type": "string", "enum": ["zh", "en"], "default": "zh"},
        },
    ]
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"


@router.get("/compare", summary="Two to four zones side by side", openapi_extra=_DESCRIBED)
async def compare_zones(request: Request, reader: ReaderDep) -> Response:
    """Return what is known of each zone, and a table of it with what they have in common.

    Rows: kind, level, the district that administers a zone and those its footprint lies in, directions, areas (computed
    and published, never mixed; none where the outline is an estimate), straight-line distances from the outline to the
    nearest port area, airport, rail and metro station, roles in plans, industries by sector, apart from them what is
    said of the plan elements around it, tracks, projects, counts of what is named, what the outline rests on. Each
    statement bears its document and the place in it; ``documents`` say which years they plan for.
    """
    return await _answer(request, reader, JSON, lambda made, _: made.as_json())


@router.get("/compare.xlsx", summary="The same as a workbook", openapi_extra=_DESCRIBED, response_class=Response)
async def compare_xlsx(request: Request, reader: ReaderDep) -> Response:
    """Return the table, its numbers and its sources as three sheets."""
    return await _answer(request, reader, _XLSX, comparison_xlsx, "xlsx")


@router.get("/compare.csv", summary="The same as CSV", openapi_extra=_DESCRIBED, response_class=Response)
async def compare_csv(request: Request, reader: ReaderDep) -> Response:
    """Return the table as CSV."""
    return await _answer(request, reader, _CSV, lambda made, _: comparison_csv(made), "csv")


async def _answer(
    request: Request,
    reader: ReaderDep,
    media_type: str,
    encode: Callable[[Comparison, str], str | bytes],
    suffix: str | None = None,
) -> Response:
    asked: Asked = parse(single_values(request, PARAMETERS))
    made = await compare(reader, asked)
    version = await reader.data_version()

    async def produce() -> str | bytes:
        return encode(made, version)

    headers = None
    if suffix is not None:
        name = quote(f"{made.words('title')}-{'-'.join(made.names)}.{suffix}", safe="")
        disposition = f"attachment; filename=\"compare.{suffix}\"; filename*=UTF-8''{name}"
        headers = {"Content-Disposition": disposition}
    tag = etag(version, request.url.path, __version__, asked.language, *asked.ids)
    return await text_answer(request, tag, produce, media_type=media_type, headers=headers)
