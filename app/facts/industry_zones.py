"""``/api/industries/{id}/zones``: where an industry is named, by which document, and how large the places are."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from app.answers import etag, single_values, text_answer
from app.dependencies import ReaderDep
from app.facts.industry_zones_sql import ZONES_OF_INDUSTRY
from app.problems import NotFound

router = APIRouter(prefix="/api", tags=["facts"])

_KNOWN = "SELECT id FROM yuantu.industry WHERE id = :industry"


@router.get("/industries/{industry_id}/zones", summary="The zones in which documents name an industry")
async def zones_of_industry(
    request: Request, reader: ReaderDep, industry_id: Annotated[str, Path(max_length=100)]
) -> Response:
    """Return zones of every kind for which a document names the industry, or one that it contains.

    Each with its level, district, computed and published area in 公顷 (two values that are never mixed), the plan
    elements it belongs to (``through`` the development zone that the document names, where it names that), and the
    statements: leading, supporting or service, with the wording and its place in a document. ``districts`` and
    ``plans`` are all there are, whether or not a zone of the industry lies in them.
    """
    single_values(request, ())
    values = {"industry": industry_id.replace("\x00", "")}
    if await reader.value(_KNOWN, values) is None:
        raise NotFound("industry", industry_id, hint="/api/industries lists them all")
    version = await reader.data_version()

    async def produce() -> str:
        return str(await reader.value(ZONES_OF_INDUSTRY, values))

    tag = etag(version, request.url.path, ZONES_OF_INDUSTRY)
    return await text_answer(request, tag, produce, cacheable=True, thorough=False, version=version)
