"""The page: a Folium map in a frame of its own, with local assets only."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import folium
from branca.element import Figure

from app.documents.shelf import available
from app.registry.reader import Registry
from app.settings import Settings
from app.webmap.assets import STATIC, core_modules, tools
from app.webmap.basemaps import client_basemaps
from app.webmap.layers import PANES, RemoteLayer, client_definition, client_sets, opening_layers, with_shared_fields
from app.webmap.templating import template
from app.webmap.texts import Language, texts
from app.webmap.version import files_root

__all__ = ["HOME", "STATIC", "Page", "PageQuery", "WebMap", "ZoneOfPage", "render_page"]

HOME = (117.3, 38.64, 117.95, 39.27)
"""West, south, east, north of what the page shows first: the parks of Binhai, degrees."""
_STYLES = ("base", "tree", "map", "dock", "panel", "coordinates")


@dataclass(frozen=True, slots=True)
class ZoneOfPage:
    """The zone that a page is opened on.

    Attributes
    ----------
    id
        Its id.
    layer
        The layer that draws it; None where none does.
    path
        Path of the page.
    title, description
        What search engines and messengers say of the page.
    canonical
        Its whole address.
    """

    id: str
    layer: str | None
    path: str
    title: str
    description: str
    canonical: str


@dataclass(frozen=True, slots=True)
class PageQuery:
    """What the address of the page asks for.

    Attributes
    ----------
    language
        Language of the interface.
    layers
        Layers to open with, joined by commas; None for the usual ones.
    root
        Path under which a proxy serves the application, without a slash at the end.
    sheet
        The sheet of paper that the page is, as ``app.printing`` describes it; None for the workbench.
    zone
        The zone that the page is opened on.
    """

    language: Language = "zh"
    layers: str | None = None
    root: str = ""
    sheet: Mapping[str, Any] | None = None
    zone: ZoneOfPage | None = None


class WebMap(folium.Map):
    """A Folium map that pulls its assets from this host.

    Folium keeps the links of its assets in lists of the class, to which ``add_js_link`` appends for every map that
    follows. Here each map has lists of its own.

    Parameters
    ----------
    files
        Path below which ``/static`` and ``/assets`` are served.
    """

    _template = template("map.js.jinja")

    def __init__(self, files: str = "") -> None:
        """Make an empty map of the home view."""
        west, south, east, north = HOME
        super().__init__(location=((south + north) / 2, (west + east) / 2), zoom_start=10, tiles=None)
        self._id = "main"
        self.default_js = [("leaflet", f"{files}/assets/leaflet/leaflet.js")]
        self.default_css = [("leaflet_css", f"{files}/assets/leaflet/leaflet.css")]
        self.default_css += [(f"{name}_css", f"{files}/static/css/{name}.css") for name in _STYLES]
        self.leaflet_options = {
            "center": self.location,
            "zoom": self.options["zoom"],
            "minZoom": 7,
            "maxZoom": 19,
            "zoomSnap": 0.25,
            "zoomControl": False,
            "attributionControl": False,
        }


class Page(Figure):
    """The frame around the map: header, layer tree, panel, footer, and the one inline script, which bears a nonce."""

    _template = template("page.html.jinja")

    def __init__(self, web_map: WebMap, *, nonce: str, language: Language, config: dict[str, Any]) -> None:
        """Frame the map; config is what the browser code is told."""
        super().__init__()
        self.nonce, self.language, self.config = nonce, language, config
        self.root, self.files = config["root"], config["files"]
        self.text = texts(language)
        self.modules = core_modules()
        self.zone: ZoneOfPage | None = None
        self.map_name = web_map.get_name()
        self.add_child(web_map)


def render_page(*, settings: Settings, registry: Registry, query: PageQuery, nonce: str) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    settings
        What the operator has set: basemaps and the map approval number.
    registry
        The layers to offer.
    query
        What the address asks for.
    nonce
        The value that the Content-Security-Policy of this answer admits for inline scripts.
    """
    shown, unknown = opening_layers(registry.layers.values(), query.layers)
    if query.zone is not None and query.zone.layer is not None:
        shown.add(query.zone.layer)
    config = _config(settings, registry, query) | {"unknownLayers": unknown}
    web_map = WebMap(config["files"])
    for definition in registry.layers.values():
        title = getattr(definition.title, query.language)
        web_map.add_child(RemoteLayer(definition, title=title, show=definition.id in shown))
    page = Page(web_map, nonce=nonce, language=query.language, config=config)
    page.zone = query.zone
    return str(page.render())


def _config(settings: Settings, registry: Registry, query: PageQuery) -> dict[str, Any]:
    return {
        "language": query.language,
        "root": query.root,
        "files": files_root(query.root, settings.assets_dir),
        "home": HOME,
        "panes": PANES,
        "groups": [{"id": group.id, "title": getattr(group.title, query.language)} for group in registry.groups],
        "sets": client_sets(registry.sets, query.language),
        **with_shared_fields(client_definition(layer, query.language) for layer in registry.layers.values()),
        "basemaps": client_basemaps(settings, query.language),
        "documents": sorted(available(settings)),
        "approvalNumber": settings.map_approval_number,
        "tools": [asdict(tool) for tool in tools()],
        "sheet": query.sheet,
        "zone": _zone(query.zone),
        "texts": texts(query.language),
    }


def _zone(zone: ZoneOfPage | None) -> dict[str, str | None] | None:
    if zone is None:
        return None
    return {"path": zone.path, "select": f"{zone.layer}/{zone.id}" if zone.layer else None}
