"""Style: a layer's look as a MapLibre style (version 8)."""

from typing import Any

from app.registry.definition import LayerDefinition
from app.tiles.documents import TiledLayer, middle
from app.tiles.grid import zoom_that_shows

_DASHES = [4, 3]
"""Dash and gap of outlines that are not statutory, in widths of the line."""

_LAST_STYLE_ZOOM = 24


def style(one: TiledLayer) -> dict[str, Any]:
    """Return the style; it refers to nothing but the layer's own TileJSON, so it has no labels."""
    layer, box = one.layer, one.box
    whole: dict[str, Any] = {
        "version": 8,
        "name": one.title,
        "sources": {layer.id: {"type": "vector", "url": f"{one.base}/tiles/{layer.id}.json"}},
        "layers": _layers(layer),
    }
    if box is not None:
        whole["center"] = list(middle(box))
        whole["zoom"] = zoom_that_shows(box, layer.zoom.min, layer.zoom.max)
    return whole


def _layers(layer: LayerDefinition) -> list[dict[str, Any]]:
    if layer.geometry == "point":
        return [_circle(layer)]
    if layer.geometry == "line":
        return [_line(layer)]
    return [_fill(layer), _line(layer)]


def _drawn(layer: LayerDefinition, kind: str, paint: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": f"{layer.id}-{kind}",
        "type": kind,
        "source": layer.id,
        "source-layer": layer.id,
        "minzoom": layer.zoom.min,
        # A style's last zoom is the first at which the layer is not drawn.
        "maxzoom": min(layer.zoom.max + 1, _LAST_STYLE_ZOOM),
        **more,
        "paint": paint,
    }


def _colour(layer: LayerDefinition) -> Any:
    """Return the colour, or the expression that finds it by class."""
    look = layer.style
    if look.by is None:
        return look.color
    pairs = [part for one in look.classes for part in (one.value, one.color)]
    return ["match", ["to-string", ["get", look.by]], *pairs, look.color]


def _fill(layer: LayerDefinition) -> dict[str, Any]:
    colour = layer.style.fill or _colour(layer)
    return _drawn(layer, "fill", {"fill-color": colour, "fill-opacity": layer.style.fill_opacity})


def _line(layer: LayerDefinition) -> dict[str, Any]:
    paint: dict[str, Any] = {"line-color": _colour(layer), "line-width": layer.style.weight}
    if layer.style.dashed or layer.status in ("indicative", "derived"):
        paint["line-dasharray"] = _DASHES
    return _drawn(layer, "line", paint, layout={"line-join": "round"})


def _circle(layer: LayerDefinition) -> dict[str, Any]:
    paint = {
        "circle-color": _colour(layer),
        "circle-opacity": layer.style.fill_opacity,
        "circle-radius": layer.style.radius,
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": layer.style.weight,
    }
    return _drawn(layer, "circle", paint)
