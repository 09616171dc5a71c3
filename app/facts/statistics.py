"""``/api/statistics``: what the parks, the indicators and the projects add up to, everywhere or in an extent."""

import math

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.answers import etag, single_values, text_answer
from app.dependencies import ReaderDep
from app.facts.statistics_sql import STATISTICS
from app.problems import BadRequest, ParameterError

router = APIRouter(prefix="/api", tags=["facts"])

_CORNERS = ("west", "south", "east", "north")

_BBOX = {
    "name": "bbox",
    "in": "query",
    "required": False,
    "description": "west,south,east,north, degrees (CRS84): only what meets this extent counts.",
    "schema": {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "number"}},
    "style": "form",
    "explode": False,
}


@router.get("/statistics", summary="Sums over parks, indicators and projects", openapi_extra={"parameters": [_BBOX]})
async def statistics(request: Request, reader: ReaderDep) -> Response:
    """Return parks by sector, areas by level, indicators as printed, and projects by sector, year and district.

    Each number comes with the ids it counts and the documents it is from. Areas are 公顷: the computed ones and the
    published ones are summed apart, each over the parks that have one (``with_area``, ``official.count``). Indicators
    bear the years and the nature that are printed, and the period of their document. Projects of all documents are
    counted by district and by how they are ``located``; ``cells`` and investment, 亿元, are those of the table of
    projects. In an extent only projects count that a document places in a park. A park counts once a sector, as leading
    where any document says so.
    """
    asked = single_values(request, ("bbox",)).get("bbox")
    corners = dict(zip(_CORNERS, _extent(asked), strict=True)) if asked is not None else dict.fromkeys(_CORNERS)
    version = await reader.data_version()

    async def produce() -> str:
        return str(await reader.value(STATISTICS, corners))

    tag = etag(version, request.url.path, str(tuple(corners.values())), STATISTICS)
    # There are as many extents as there are views of the map: they are not worth remembering.
    whole = asked is None
    return await text_answer(request, tag, produce, cacheable=whole, thorough=False, version=version if whole else None)


def _extent(text: str) -> tuple[float, ...]:
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if len(numbers) != len(_CORNERS) or not all(map(math.isfinite, numbers)):
        raise _wrong("should be four numbers joined by commas: west,south,east,north", text)
    west, south, east, north = numbers
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise _wrong("should lie within -180,-90,180,90 degrees: longitude comes first", text)
    if west > east or south > north:
        raise _wrong("should have its west below its east and its south below its north", text)
    return numbers


def _wrong(message: str, text: str) -> BadRequest:
    return BadRequest([ParameterError("bbox", message, text)])
