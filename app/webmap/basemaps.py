"""Basemaps an operator has configured. None is: the page then asks no other host for anything."""

from dataclasses import dataclass

from app.settings import Settings

_TIANDITU_HOSTS = tuple(f"https://t{number}.tianditu.gov.cn" for number in range(8))
_OSM_HOST = "https://tile.openstreetmap.org"


@dataclass(frozen=True, slots=True)
class Basemap:
    """A choice of the basemap list.

    Attributes
    ----------
    id
        Name of the choice; ``basemap_{id}`` is its text.
    tiles
        Address templates of its tile layers, the lowest first.
    hosts
        Origins the tiles come from, for the Content-Security-Policy.
    subdomains
        What ``{s}`` in the templates stands for.
    max_zoom
        Deepest zoom level the tiles exist for.
    attribution, attribution_url
        Whom to credit, and where that credit leads.
    """

    id: str
    tiles: tuple[str, ...]
    hosts: tuple[str, ...]
    subdomains: str
    max_zoom: int
    attribution: str
    attribution_url: str


def basemaps(settings: Settings) -> tuple[Basemap, ...]:
    """Return the basemaps that the settings allow, in the order of the list."""
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
                tiles=(_OSM_HOST + "/{z}/{x}/{y}.png",),
                hosts=(_OSM_HOST,),
                subdomains="",
                max_zoom=19,
                attribution="© OpenStreetMap contributors",
                attribution_url="https://www.openstreetmap.org/copyright",
            )
        )
    return tuple(choices)


def _tianditu(name: str, products: tuple[str, ...], key: str) -> Basemap:
    # Web Mercator matrix set `w`; parameters as in the WMTS description at http://lbs.tianditu.gov.cn/server/MapService.html
    tiles = tuple(
        f"https://t{{s}}.tianditu.gov.cn/{product}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={product}"
        "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}" + f"&tk={key}"
        for product in products
    )
    return Basemap(name, tiles, _TIANDITU_HOSTS, "01234567", 18, "© 天地图", "https://www.tianditu.gov.cn/")
