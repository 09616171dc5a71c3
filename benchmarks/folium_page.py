"""The plain Folium page that the workbench is compared with: the same layers, written into the page as GeoJSON.

What anyone makes with Folium in ten lines, but for Leaflet, which comes from here and not from a CDN: two pages, one
with the layers that the workbench opens with, one with the generated parcels as well. They are served as files,
compressed as this service compresses.
"""

import shutil
from collections.abc import Mapping, Sequence
from typing import Any

import folium
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from app.compression import Compression
from benchmarks.places import HOME, ROOT

SITE = HOME / "folium"
OPENING, PARCELS = "/opening.html", "/parcels.html"
CANVAS_FROM = 2_000
"""Layers with more features are drawn on a canvas: as SVG, so many would not open at all."""


def page(layers: Mapping[str, Mapping[str, Any]], view: tuple[float, float, int]) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    layers
        GeoJSON by title, from the bottom up.
    view
        Longitude, latitude, zoom.
    """
    many = any(len(collection["features"]) > CANVAS_FROM for collection in layers.values())
    lng, lat, zoom = view
    plain = folium.Map(location=(lat, lng), zoom_start=zoom, tiles=None, prefer_canvas=many)
    plain.default_js = [("leaflet", "leaflet.js")]
    plain.default_css = [("leaflet_css", "leaflet.css")]
    for title, collection in layers.items():
        folium.GeoJson(
            dict(collection),
            name=title,
            style_function=lambda feature: {"weight": 1, "fillOpacity": 0.3},
            tooltip=folium.GeoJsonTooltip(_names(collection)),
        ).add_to(plain)
    folium.LayerControl().add_to(plain)
    return str(plain.get_root().render())


def _names(collection: Mapping[str, Any]) -> Sequence[str]:
    known = collection["features"][0]["properties"]
    return [next(name for name in ("name_zh", "name") if name in known)]


def write_assets() -> None:
    """Put Leaflet into the folder that is served."""
    SITE.mkdir(parents=True, exist_ok=True)
    (SITE / "favicon.ico").touch()
    for asset in ("leaflet.js", "leaflet.css"):
        shutil.copy(ROOT / "node_modules" / "leaflet" / "dist" / asset, SITE)


def write(name: str, text: str) -> None:
    """Put a page into the folder that is served."""
    (SITE / name.lstrip("/")).write_text(text, encoding="utf-8")


def drawn(collection: Mapping[str, Any]) -> int:
    """Return how many features of a collection are drawn: those with a geometry."""
    return sum(1 for feature in collection["features"] if feature["geometry"])


def app() -> Starlette:
    """Return the application that serves the pages."""
    return Starlette(
        routes=[Mount("/", StaticFiles(directory=SITE, check_dir=False))], middleware=[Middleware(Compression)]
    )
