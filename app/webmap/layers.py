"""Layers on the Folium map: what the browser is told of each, and the element that declares it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from folium.map import Layer

from app.registry.definition import LayerDefinition, LayerSet
from app.webmap.colors import LAND_DARK, line_color
from app.webmap.templating import template
from app.webmap.texts import Language

PANES = ("districts", "plans", "zones", "parks", "areas", "points")
"""Classes of layer from the bottom up: points stay over parks over plans over districts."""
_SERVER_ONLY = {"source", "filters", "max_age", "tiles"}


class RemoteLayer(Layer):
    """A layer whose GeoJSON the browser fetches by URL once the layer is switched on.

    Folium's own ``GeoJson(url)`` downloads on the server and writes the data into the page.

    Parameters
    ----------
    definition
        The layer, as its file describes it.
    title
        Its title in the language of the page.
    show
        Whether it is on when the page opens.
    """

    _template = template("layer.js.jinja")

    def __init__(self, definition: LayerDefinition, *, title: str, show: bool) -> None:
        """Name the element after the layer, so that the same page has the same names every time."""
        super().__init__(name=title, overlay=True, control=True, show=show)
        self._name = "Layer"
        self._id = definition.id.replace("-", "_")
        self.layer_id = definition.id


def client_definition(definition: LayerDefinition, language: Language) -> dict[str, Any]:
    """Return what the browser is told of a layer: no SQL, one language, no field keys at their defaults.

    A text in two languages becomes the text; ``label`` so becomes the name of the field that holds the label. ``tiles``
    says when the map draws the layer from its tiles, their last zoom and the first that holds every feature. Each
    colour comes with that of its lines on a dark map.
    """
    whole = definition.model_dump(mode="json", exclude=_SERVER_ONLY)
    tiles = definition.tiles
    whole["tiles"] = {"drawn": tiles.drawn, "last_zoom": definition.last_tile_zoom, "detail_from": tiles.detail_from}
    whole["fields"] = [field.model_dump(mode="json", exclude_defaults=True) for field in definition.fields]
    for one in (whole["style"], *whole["style"]["classes"]):
        one["dark"] = one["dark"] or line_color(one["color"], LAND_DARK)
    told = _in_language(whole, language)
    assert isinstance(told, dict)  # noqa: S101 - the dump of a model is one
    return told


def with_shared_fields(layers: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return ``layers`` whose ``fields`` are places in one list of ``fields``.

    Layers made from the same template have the same fields; told once each, they are a quarter as long.
    """
    fields: list[dict[str, Any]] = []
    places: dict[str, int] = {}
    told = []
    for layer in layers:
        mine = []
        for one in layer["fields"]:
            key = json.dumps(one, ensure_ascii=False, sort_keys=True)
            if key not in places:
                places[key] = len(fields)
                fields.append(one)
            mine.append(places[key])
        told.append({**layer, "fields": mine})
    return {"fields": fields, "layers": told}


def _in_language(value: Any, language: Language) -> Any:
    if isinstance(value, Mapping):
        if value.keys() == {"zh", "en"}:
            return value[language]
        return {key: _in_language(part, language) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_in_language(part, language) for part in value]
    return value


def client_sets(sets: Iterable[LayerSet], language: Language) -> list[dict[str, Any]]:
    """Return the sets of layers that the browser offers, in one language."""
    return [{"id": one.id, "title": getattr(one.title, language), "layers": list(one.layers)} for one in sets]


def opening_layers(definitions: Iterable[LayerDefinition], query: str | None) -> tuple[set[str], list[str]]:
    """Tell which layers are on when the page opens.

    Parameters
    ----------
    definitions
        All layers.
    query
        Ids joined by commas, as in ``?layers=parks,plan-binhai``; None for the layers that are visible by themselves.

    Returns
    -------
    tuple of set of str and list of str
        The ids that are on, and the ids of the query that no layer has.
    """
    by_id = {definition.id: definition for definition in definitions}
    if query is None:
        return {layer_id for layer_id, definition in by_id.items() if definition.visible}, []
    asked = [part.strip() for part in query.split(",") if part.strip()]
    unknown = list(dict.fromkeys(part for part in asked if part not in by_id))
    return {part for part in asked if part in by_id}, unknown
