"""Feature pages: what the templates of items and of an item are given, and what the map draws."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from app.features.query import DEFAULT_LIMIT, MAX_LIMIT
from app.geodesy.crs import CRS84
from app.language import Language
from app.ogc.site import Document, Site, formats, href_of
from app.ogc.values import is_empty, say, value_text, value_url
from app.registry.definition import LayerDefinition, LayerField

PAGE_SIZES = (10, 100, 1000)

_CONTEXT_LAYER = "districts"
_NO_CONDITIONS = ("f", "limit", "cursor", "offset")
_PAIRED = re.compile(r"(.+)_(zh|en)")


def _columns(layer: LayerDefinition, language: Language, present: Callable[[str], bool]) -> list[LayerField]:
    """Return the fields that a table of features shows.

    Of a field in two languages the one in the language of the page, where only one of both is for people; where both
    are, the one in the language of the page goes first.
    """
    by_name = {field.name: field for field in layer.fields if present(field.name)}
    chosen: list[LayerField] = []
    for field in by_name.values():
        found = _PAIRED.fullmatch(field.name)
        pair = [by_name.get(f"{found[1]}_{one}") for one in ("zh", "en")] if found else []
        both = [one for one in pair if one is not None]
        if len(both) < 2:
            chosen += [field] if field.popup else []
        elif field is both[0]:
            ordered = both if language == "zh" else both[::-1]
            shown = sum(one.popup for one in both)
            chosen += ordered[:shown]
    return chosen


def _label_fields(layer: LayerDefinition, language: Language) -> list[str]:
    """Return the fields a feature is called by, the best first."""
    found = [say(layer.label, language), layer.label.zh] if layer.label else []
    found += ["name_en", "name_zh"] if language == "en" else ["name_zh"]
    names = {field.name for field in layer.fields}
    return list(dict.fromkeys(one for one in found if one in names))


def drawn_fields(layer: LayerDefinition) -> list[str]:
    """Return the fields that the map needs."""
    names = {field.name for field in layer.fields}
    wanted = [layer.style.by, "geometry_status", *_label_fields(layer, "zh"), *_label_fields(layer, "en")]
    return list(dict.fromkeys(one for one in wanted if one in names))


def _label(layer: LayerDefinition, language: Language, feature: Document) -> str:
    properties = feature.get("properties") or {}
    values = (properties.get(name) for name in _label_fields(layer, language))
    return next((str(one) for one in values if not is_empty(one)), str(feature.get("id", "")))


def map_data(
    site: Site,
    layer: LayerDefinition,
    *,
    features: Sequence[Document] = (),
    url: str | None = None,
    box: Sequence[float] | None = None,
) -> dict[str, Any]:
    """Return what the browser code draws: features, or the address it fetches them from."""
    drawn = drawn_fields(layer)
    return {
        "features": [
            {
                "type": "Feature",
                "id": str(feature.get("id", "")),
                "geometry": feature["geometry"],
                "properties": {k: v for k, v in (feature.get("properties") or {}).items() if k in drawn},
            }
            for feature in features
        ],
        "url": url,
        "box": box,
        "context": _context(site, layer),
        "label": _label_fields(layer, site.language),
        "geometry": layer.geometry,
        "status": layer.status,
        "style": {
            **layer.style.model_dump(
                mode="json", include={"by", "color", "fill_opacity", "weight", "dashed", "radius"}
            ),
            "classes": {one.value: one.color for one in layer.style.classes},
        },
        "texts": {key: site.texts[key] for key in ("zoom_in", "zoom_out", "map_failed")},
    }


def _context(site: Site, layer: LayerDefinition) -> dict[str, Any] | None:
    """Return what lies beneath the features, to find one's way: address and the fields of the names."""
    beneath = site.registry.layers.get(_CONTEXT_LAYER)
    if beneath is None or beneath.id == layer.id:
        return None
    return {"url": f"{site.base}/layers/{beneath.id}.geojson", "label": _label_fields(beneath, site.language)}


def _placed(site: Site, layer: LayerDefinition, features: Sequence[Document]) -> dict[str, Any] | None:
    """Return the map's data; in a CRS that is not longitude before latitude, the browser fetches the same in CRS84."""
    if not any(feature.get("geometry") for feature in features):
        return None
    asked = dict(site.request.query_params)
    if asked.get("crs", CRS84.uri) in (CRS84.uri, CRS84.safe_curie):
        return map_data(site, layer, features=features)
    asked |= {"crs": CRS84.uri, "f": "geojson"}
    return map_data(site, layer, url=f"{site.base}{_path(site)}?{urlencode(asked)}")


def _path(site: Site) -> str:
    """Return the path of the request below the root, percent-encoded."""
    path: str = site.request.scope["path"]
    return quote(path.removeprefix(site.request.scope.get("root_path", "")))


def items(site: Site, *, document: Document, layer: LayerDefinition) -> dict[str, Any]:
    """Return what the page of features shows."""
    features = document["features"]
    asked = dict(site.request.query_params)
    listing = f"{site.collection(layer)}/items"
    restricted = "properties" in asked
    present = {name for feature in features for name in feature.get("properties") or {}} if restricted else set()
    columns = _columns(layer, site.language, lambda name: not restricted or name in present)
    # What features are called by heads their rows, and need no column of its own.
    called = [one for one in columns if one.name in _label_fields(layer, site.language)[:1]]
    columns = [one for one in columns if one not in called]
    rows = [_row(site, layer, columns, feature) for feature in features]
    return {
        "title": f"{say(layer.title, site.language)} · {site.texts['items']}",
        "crumbs": site.crumbs(layer=layer),
        "formats": formats(site, document),
        "layer": layer,
        "called": _heading(site, layer, called[0], asked, listing) if called else None,
        "columns": [_heading(site, layer, field, asked, listing) for field in columns],
        "rows": rows,
        "unplaced": sum(not one["placed"] for one in rows),
        "skipped": asked.get("skipGeometry") == "true",
        "count": _count(site, document, asked),
        "pager": _pager(document, asked, listing),
        "conditions": [
            (name, value, _with(listing, asked, **{name: None}))
            for name, value in asked.items()
            if name not in _NO_CONDITIONS
        ],
        "cleared": _with(listing, {"limit": asked["limit"]} if "limit" in asked else {}),
        "kept": [(name, value) for name, value in asked.items() if name not in ("f", "cursor", "offset")],
        "asked": asked,
        "data": _placed(site, layer, features),
    }


def _with(listing: str, asked: Mapping[str, str], **changes: str | None) -> str:
    """Return the address of the first page with parameters changed, or taken out where the change is None."""
    first: dict[str, str | None] = {
        name: value for name, value in asked.items() if name not in ("f", "cursor", "offset")
    }
    query = urlencode({name: value for name, value in {**first, **changes}.items() if value is not None})
    return f"{listing}?{query}" if query else listing


def _row(site: Site, layer: LayerDefinition, columns: Iterable[LayerField], feature: Document) -> dict[str, Any]:
    properties = feature.get("properties") or {}
    return {
        "id": str(feature.get("id", "")),
        "href": site.item(layer, feature.get("id", "")),
        "label": _label(layer, site.language, feature),
        "placed": bool(feature.get("geometry")),
        "cells": [
            (
                value_text(one, properties.get(one.name), site.language),
                value_url(one, properties.get(one.name)),
                _kind(one),
            )
            for one in columns
        ],
    }


def _kind(field: LayerField) -> str:
    return "number" if field.type in ("integer", "number") else "text"


def _heading(
    site: Site, layer: LayerDefinition, field: LayerField, asked: Mapping[str, str], listing: str
) -> dict[str, Any]:
    first = asked.get("sortby", "").split(",")[0].strip()
    down = first == f"-{field.name}"
    up = first.removeprefix("+") == field.name
    following = f"-{field.name}" if up else field.name
    title = say(field.title, site.language)
    return {
        "title": title,
        "unit": say(field.unit, site.language) if field.unit else None,
        "kind": _kind(field),
        "sorted": "descending" if down else "ascending" if up else None,
        "sort": None if field.type == "string[]" else _with(listing, asked, sortby=following),
        "sort_title": site.texts["sort_down" if up else "sort_up"].format(title=title),
    }


def _count(site: Site, document: Document, asked: Mapping[str, str]) -> str:
    returned, matched = document["numberReturned"], document.get("numberMatched")
    if matched is None:
        return site.texts["items_uncounted"].format(returned=f"{returned:,}")
    if returned == 0 or "cursor" in asked:
        return site.texts["items_some"].format(returned=f"{returned:,}", matched=f"{matched:,}")
    first = int(asked.get("offset", "0"))
    return site.texts["items_range"].format(
        first=f"{first + 1:,}", last=f"{first + returned:,}", matched=f"{matched:,}"
    )


def _pager(document: Document, asked: Mapping[str, str], listing: str) -> dict[str, Any]:
    limit = min(int(asked.get("limit", DEFAULT_LIMIT)), MAX_LIMIT)
    offset = int(asked.get("offset", "0"))
    before = str(max(offset - limit, 0)) if offset > limit else None
    return {
        "first": _with(listing, asked) if offset or "cursor" in asked else None,
        "previous": _with(listing, asked, offset=before) if offset else None,
        "cursor": "cursor" in asked,
        "next": href_of(document, "next"),
        "sizes": [(size, _with(listing, asked, limit=str(size)), size == limit) for size in PAGE_SIZES],
    }


def item(site: Site, *, document: Document, layer: LayerDefinition) -> dict[str, Any]:
    """Return what the page of a feature shows."""
    properties = document.get("properties") or {}
    label = _label(layer, site.language, document)
    select = {"select": f"{layer.id}/{document['id']}", **({"lang": "en"} if site.language == "en" else {})}
    return {
        "title": label,
        "crumbs": site.crumbs("items", layer=layer),
        "formats": formats(site, document),
        "layer": layer,
        "id": str(document["id"]),
        "other_label": _label(layer, "zh" if site.language == "en" else "en", document),
        "rows": [
            (
                field,
                value_text(field, properties[field.name], site.language, unit=True),
                value_url(field, properties[field.name]),
            )
            for field in layer.fields
            if field.name in properties
        ],
        "skipped": site.request.query_params.get("skipGeometry") == "true",
        "map_href": f"{site.base}/?{urlencode(select)}",
        "record": site.base + layer.detail.replace("{id}", quote(str(document["id"]), safe=""))
        if layer.detail
        else None,
        "data": _placed(site, layer, [document]),
    }
