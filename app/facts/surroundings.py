"""``/api/zones/{id}/surroundings``: what is around a zone, how far it is and in which direction."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from app.answers import etag, single_values, text_answer
from app.dependencies import ReaderDep
from app.facts.surroundings_sql import SURROUNDINGS
from app.problems import NotFound

router = APIRouter(prefix="/api", tags=["facts"])

_KNOWN = "SELECT id FROM yuantu.zone WHERE id = :id"


@router.get("/zones/{zone_id}/surroundings", summary="What is around a zone")
async def surroundings_of_zone(
    request: Request, reader: ReaderDep, zone_id: Annotated[str, Path(max_length=100)]
) -> Response:
    """Return neighbours, the nearest port area, airport, rail and metro station, plan elements, projects, indicators.

    Distances are straight lines (geodesics on the ellipsoid) in metres: ``boundary_m`` from outline to outline, 0 where
    they meet, or from the outline to the facility; ``centroid_m`` from centre to centre. ``azimuth`` goes from centre
    to centre, degrees from north over east. Plan elements that name the development zone of a park have that in
    ``through``.
    Projects are those of the zone and of the zones in it; indicators are the zone's own or, where it has none, those of
    the smallest zone around it that has some (``scope``).
    """
    single_values(request, ())
    values = {"id": zone_id.replace("\x00", "")}
    if await reader.value(_KNOWN, values) is None:
        raise NotFound("zone", zone_id)
    version = await reader.data_version()

    async def produce() -> str:
        return str(await reader.value(SURROUNDINGS, values))

    tag = etag(version, request.url.path, SURROUNDINGS)
    return await text_answer(request, tag, produce, cacheable=True, thorough=False, version=version)
