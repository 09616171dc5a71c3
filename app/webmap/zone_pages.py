"""``GET /zones/{id}``: the map opened on one zone, an address to pass on; suggestions where there is no such zone."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from app.db.reader import Reader
from app.dependencies import ReaderDep, RegistryDep, SettingsDep
from app.problems import BadRequest
from app.proxy import base_url
from app.search import service
from app.webmap.page import PageQuery, ZoneOfPage, render_page
from app.webmap.routes import security_headers
from app.webmap.templating import template
from app.webmap.texts import Language, texts

router = APIRouter()

MOST_SUGGESTED = 8

_ZONE = """
SELECT z.id, z.name_zh, z.name_en, t.detail_zh, t.detail_en, t.layer, t.feature, f.sectors_zh, f.sectors_en, z.area_ha,
       z.extent_basis
  FROM yuantu.zone AS z
  JOIN yuantu.zone_fact AS f ON f.id = z.id
  LEFT JOIN yuantu.search_target AS t ON t.id = z.id AND t.kind = z.kind
 WHERE z.id = :id"""
_IDS = "SELECT id, name_zh, name_en FROM yuantu.zone ORDER BY sort"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A zone that may have been meant."""

    id: str
    title: str


@router.get("/zones/{zone_id}", response_class=HTMLResponse, include_in_schema=False)
async def zone_page(
    request: Request,
    reader: ReaderDep,
    registry: RegistryDep,
    settings: SettingsDep,
    zone_id: Annotated[str, Path(max_length=100)],
    lang: Annotated[str, Query()] = "zh",
    layers: Annotated[str | None, Query()] = None,
) -> HTMLResponse:
    """Return the map with a zone selected and its layer on; it takes every part that the map's address has."""
    language: Language = "en" if lang == "en" else "zh"
    root = request.scope.get("root_path", "").rstrip("/")
    nonce = secrets.token_urlsafe(16)
    rows = await reader.rows(_ZONE, {"id": zone_id.replace("\x00", "")})
    if not rows:
        body = await _missing(reader, zone_id, language=language, root=root, layers=tuple(registry.layers))
        return HTMLResponse(body, 404, headers=security_headers(settings, nonce))
    zone = _described(rows[0], language, base=base_url(request), root=root, layers=tuple(registry.layers))
    query = PageQuery(language=language, layers=layers, root=root, zone=zone)
    page = render_page(settings=settings, registry=registry, query=query, nonce=nonce)
    return HTMLResponse(page, headers=security_headers(settings, nonce))


def _described(row: Any, language: Language, *, base: str, root: str, layers: Iterable[str]) -> ZoneOfPage:
    text = texts(language) | texts(language, "zone_page")
    english = language == "en"
    name = row.name_en if english else row.name_zh
    said = [row.detail_en if english else row.detail_zh]
    if sectors := (row.sectors_en if english else row.sectors_zh):
        said.append(text["zone_page_sectors"].format(names=text["list"].join(sectors)))
    if row.area_ha:
        said.append(text["zone_page_area"].format(ha=f"{row.area_ha:,.0f}"))
    elif row.extent_basis in ("schematic", "host"):
        said.append(text[f"zone_page_{row.extent_basis}"])
    form = "zone_page_description" if row.extent_basis else "zone_page_undrawn"
    description = text[form].format(name=name, said=text["list_of_lists"].join(filter(None, said)))
    return ZoneOfPage(
        id=row.id,
        layer=row.layer if row.layer in layers else None,
        path=f"{root}/zones/{row.id}",
        title=text["zone_page_title"].format(name=name),
        description=description,
        canonical=f"{base}/zones/{row.id}{'?lang=en' if english else ''}",
    )


async def _missing(reader: Reader, asked: str, *, language: Language, root: str, layers: tuple[str, ...]) -> str:
    found = await _suggestions(reader, asked, language, layers, root)
    page = template("zone_missing.html.jinja")
    return page.render(text=texts(language), language=language, root=root, asked=asked[:60], suggestions=found)


async def _suggestions(
    reader: Reader, asked: str, language: Language, layers: tuple[str, ...], root: str
) -> list[Suggestion]:
    """Return the zones whose ids are like what was asked for, and those that a search for it finds."""
    titles = {row.id: row.name_en if language == "en" else row.name_zh for row in await reader.rows(_IDS)}
    ids = get_close_matches(asked.lower(), titles, n=MOST_SUGGESTED // 2, cutoff=0.7)
    try:
        query = service.parse({"q": asked, "kind": "zone", "limit": str(MOST_SUGGESTED)})
        hits = json.loads(await service.find(reader, query, layers=layers, root=root))["hits"]
    except BadRequest:
        hits = []
    named = dict.fromkeys([*ids, *(hit["id"] for hit in hits if hit["id"] in titles)])
    return [Suggestion(one, titles[one]) for one in named][:MOST_SUGGESTED]
