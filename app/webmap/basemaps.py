"""Basemaps that the map offers. Without settings it asks no other host for anything."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from app.settings import Settings
from app.settings_basemaps import TileSource
from app.webmap.texts import Language, texts

OFFLINE = "offline"
"""The basemap that comes from this host: coast, rivers and main roads as lines."""

_TIANDITU = "https://t{s}.tianditu.gov.cn"
_OSM_HOST = "https://tile.openstreetmap.org"


@dataclass(frozen=True, slots=True)
class Basemap:
    """A basemap of tiles.

    Attributes
    ----------
    id
        Name of the choice.
    title_zh, title_en
        Its titles.
    tiles
        Address templates of its tile layers at their host, the lowest first; keys are in them.
    subdomains
        What ``{s}`` in the templates stands for.
    max_zoom
        Deepest zoom level the tiles exist for.
    attribution, attribution_url
        Whom to credit, and where that credit leads.
    """

    id: str
    title_zh: str
    title_en: str
    tiles: tuple[str, ...]
    subdomains: str
    max_zoom: int
    attribution: str
    attribution_url: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """Origins the tiles come from."""
        return tuple(
            f"{parts.scheme}://{parts.netloc}"
            for template in self.tiles
            for letter in (self.subdomains or "a")
            for parts in [urlsplit(template.replace("{s}", letter))]
        )


def basemaps(settings: Settings) -> tuple[Basemap, ...]:
    """Return the basemaps of tiles that the settings allow, in the order of the list."""
    choices: list[Basemap] = []
    if settings.tianditu_key is not None:
        key = settings.tianditu_key.get_secret_value()
        choices += [
            _tianditu("tianditu_vector", ("vec", "cva"), key),
            _tianditu("tianditu_imagery", ("img", "cia"), key),
        ]
    if settings.openstreetmap:
        choices.append(
            Basemap(
                id="osm",
                title_zh=texts("zh")["basemap_osm"],
                title_en=texts("en")["basemap_osm"],
                tiles=(_OSM_HOST + "/{z}/{x}/{y}.png",),
                subdomains="",
                max_zoom=19,
                attribution="© OpenStreetMap contributors",
                attribution_url="https://www.openstreetmap.org/copyright",
            )
        )
    return (*choices, *map(_configured, settings.basemaps))


def foreign_hosts(settings: Settings) -> list[str]:
    """Return the origins that browsers ask for tiles: none where this service fetches them."""
    if settings.tile_proxy:
        return []
    return sorted({host for basemap in basemaps(settings) for host in basemap.hosts})


def client_basemaps(settings: Settings, language: Language) -> list[dict[str, Any]]:
    """Return the basemaps of tiles as the browser is told of them, in one language.

    Templates of tiles that this service fetches start with a slash, and hold no key.
    """
    return [
        {
            "id": one.id,
            "title": one.title_en if language == "en" else one.title_zh,
            "tiles": [f"/basemap/{one.id}/{place}/{{z}}/{{x}}/{{y}}" for place in range(len(one.tiles))]
            if settings.tile_proxy
            else list(one.tiles),
            "subdomains": one.subdomains,
            "max_zoom": one.max_zoom,
            "attribution": one.attribution,
            "attribution_url": one.attribution_url,
        }
        for one in basemaps(settings)
    ]


def _configured(source: TileSource) -> Basemap:
    return Basemap(
        id=source.id,
        title_zh=source.title_zh,
        title_en=source.title_en,
        tiles=tuple(template for template in (source.url, source.overlay_url) if template),
        subdomains=source.subdomains,
        max_zoom=source.max_zoom,
        attribution=source.attribution,
        attribution_url=source.attribution_url,
    )


def _tianditu(name: str, products: tuple[str, ...], key: str) -> Basemap:
    # Web Mercator matrix set `w`; parameters as in the WMTS description at http://lbs.tianditu.gov.cn/server/MapService.html
    tiles = tuple(
        f"{_TIANDITU}/{product}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={product}"
        "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}" + f"&tk={key}"
        for product in products
    )
    title = f"basemap_{name}"
    return Basemap(
        name, texts("zh")[title], texts("en")[title], tiles, "01234567", 18, "© 天地图", "https://www.tianditu.gov.cn/"
    )
