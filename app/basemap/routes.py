"""``/basemap``: the tiles of configured basemaps, and the lines of the one that is this host's own."""

import math
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from app.answers import GEOJSON, etag, single_values, text_answer
from app.basemap.offline import LAND, offline_lines
from app.basemap.proxy import NoTile, TileHostFault, TileProxy
from app.dependencies import ReaderDep, SettingsDep
from app.problems import NotFound, problem
from app.webmap.basemaps import Basemap
from app.webmap.limiter import Limiter

router = APIRouter(tags=["map"])

BURST = 400
"""Tiles that one client may have fetched at once: several screens full, with names over the image."""

_DAY = 24 * 3600


@router.get(
    "/basemap/offline.geojson",
    summary="Districts, coast, rivers, main roads and railways, as indicative lines",
    response_class=Response,
    responses={200: {"description": "A feature collection", "content": {GEOJSON: {"schema": {"type": "object"}}}}},
)
async def offline(request: Request, reader: ReaderDep, settings: SettingsDep) -> Response:
    """Return the map's own basemap, with the accuracy and the source of each feature; nothing in it is surveyed."""
    single_values(request, ())
    lines = offline_lines(settings.geodata_dir)
    version = await reader.data_version()

    async def produce() -> str:
        land = await reader.value(LAND)
        return f'{{"type":"FeatureCollection","features":[{",".join([*(land or ()), *lines])}]}}'

    tag = etag("offline", version, *lines)
    return await text_answer(request, tag, produce, media_type=GEOJSON, max_age=3600, cacheable=True, version=version)


@router.get(
    "/basemap/{name}/{place}/{z}/{x}/{y}",
    summary="A tile of a basemap that the operator has configured",
    response_class=Response,
    responses={
        200: {"description": "The image", "content": {"image/png": {}, "image/jpeg": {}, "image/webp": {}}},
        404: {"description": "There is no such basemap or tile"},
        429: {"description": "This client has had many tiles fetched lately"},
        502: {"description": "The host of the tiles gives none"},
        504: {"description": "The host of the tiles does not answer in time"},
    },
)
async def tile(
    request: Request,
    name: str,
    place: Annotated[int, Path(ge=0, le=9)],
    z: Annotated[int, Path(ge=0, le=30)],
    x: Annotated[int, Path(ge=0)],
    y: Annotated[int, Path(ge=0)],
) -> Response:
    """Return a tile in Web Mercator, fetched from its host or kept from before."""
    single_values(request, ())
    proxy: TileProxy = request.app.state.tile_proxy
    basemap = _checked(proxy, name, place, (z, x, y))
    found = await proxy.kept(basemap, place, z, x, y)
    if found is None:
        wait = _limiter(request).wait(request.client.host if request.client else "")
        if wait:
            said = problem(request, 429, "Many tiles have been fetched for this address lately. Try again later.")
            said.headers["Retry-After"] = str(math.ceil(wait))
            return said
        try:
            found = await proxy.fetch(basemap, place, z, x, y)
        except NoTile:
            raise NotFound("tile", f"{z}/{x}/{y}") from None
        except TileHostFault as fault:
            if fault.slow:
                return problem(request, 504, "The host of this basemap did not answer in time.")
            return problem(
                request, 502, "The host of this basemap gave no tile. Its key or its address may be wrong; see the log."
            )
    kind, body = found
    return Response(body, media_type=kind, headers={"Cache-Control": f"public, max-age={_DAY}"})


def _checked(proxy: TileProxy, name: str, place: int, address: tuple[int, int, int]) -> Basemap:
    basemap = proxy.basemap(name)
    if basemap is None:
        raise NotFound(
            "basemap", name, proxy.ids, hint="" if proxy.ids else "this server fetches no tiles (YUANTU_TILE_PROXY)"
        )
    if place >= len(basemap.tiles):
        raise NotFound("tile layer", str(place), [str(number) for number in range(len(basemap.tiles))])
    z, x, y = address
    if z > basemap.max_zoom or max(x, y) >= 2**z:
        raise NotFound(
            "tile",
            f"{z}/{x}/{y}",
            hint="zoom levels go to the basemap's deepest, columns and rows to 2 to the power of zoom, less one",
        )
    return basemap


def _limiter(request: Request) -> Limiter:
    limiter: Limiter = request.app.state.tile_limiter
    return limiter
