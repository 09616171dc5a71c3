"""Pages: what each template is given, made of the document that the JSON answer is and of the layer file."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from app.features.encoders import ENCODERS
from app.geodesy.crs import REGISTRY
from app.ogc import feature_pages, links
from app.ogc.feature_pages import drawn_fields, map_data
from app.ogc.openapi import description
from app.ogc.site import Document, Site, formats
from app.ogc.values import say, value_text
from app.registry.definition import LayerDefinition, LayerField, Words

PREVIEW_FEATURES = 500
"""Features that the map of a collection's page asks for."""

_PREVIEW_STEPS = 2000
"""The map of a collection's page is simplified to this part of the extent's width, about half a pixel."""

_METRES_A_DEGREE = 111_320  # a degree of longitude at the equator, WGS 84
_MAX_TOLERANCE = 20_000.0
_FACET_LINKS = 60
_CLASS_URI = re.compile(r"https?://www\.opengis\.net/spec/([\w-]+)/([\w.]+)/conf/(.+)")


def _landing(site: Site, *, document: Document) -> dict[str, Any]:
    ours = ("self", "alternate", "service-doc", "conformance", "data")
    more = [
        one
        for one in document["links"]
        if one["rel"].removeprefix("http://www.opengis.net/def/rel/ogc/1.0/") not in ours
    ]
    return {
        "title": site.texts["home_title"],
        "crumbs": site.crumbs()[:1],
        "formats": formats(site, document),
        "count": len(site.registry.layers),
        "related": more,
    }


def _conformance(site: Site, *, document: Document) -> dict[str, Any]:
    standards: dict[str, list[tuple[str, str]]] = {}
    for uri in document["conformsTo"]:
        found = _CLASS_URI.fullmatch(uri)
        standard, name = (f"{found[1]} {found[2]}", found[3]) if found else ("", uri)
        standards.setdefault(standard, []).append((name, uri))
    return {
        "title": site.texts["conformance"],
        "crumbs": site.crumbs(),
        "formats": formats(site, document),
        "standards": standards,
        "count": len(document["conformsTo"]),
    }


def _collections(site: Site, *, document: Document) -> dict[str, Any]:
    listed = [site.registry.layer(one["id"]) for one in document["collections"]]
    groups: list[tuple[str, Words | None]] = [(one.id, one.title) for one in site.registry.groups]
    known = [name for name, _ in groups]
    # What a preview publishes stands under no heading of the layer tree.
    groups += [(name, None) for name in dict.fromkeys(layer.group for layer in listed) if name not in known]
    members = {name: [layer for layer in listed if layer.group == name] for name, _ in groups}
    return {
        "title": site.texts["collections"],
        "crumbs": site.crumbs(),
        "formats": formats(site, document),
        "groups": [(name, title, members[name]) for name, title in groups if members[name]],
        "count": len(listed),
    }


def _box(document: Document) -> list[float] | None:
    """Return west, south, east, north of a collection, or None where it has no extent."""
    boxes = document.get("extent", {}).get("spatial", {}).get("bbox") or [None]
    box: list[float] | None = boxes[0]
    return box


def _collection(site: Site, *, document: Document) -> dict[str, Any]:
    layer = site.layer
    box = _box(document)
    asked = {
        "f": "geojson",
        "limit": str(PREVIEW_FEATURES),
        "skipCount": "true",
        "properties": ",".join(drawn_fields(layer)),
    }
    if box is not None:
        tolerance = (box[2] - box[0]) % 360 * _METRES_A_DEGREE / _PREVIEW_STEPS
        asked |= {"simplify": f"{min(max(tolerance, 1.0), _MAX_TOLERANCE):.0f}"}
    by_uri = {crs.uri: crs for crs in REGISTRY}
    return {
        "title": say(layer.title, site.language),
        "crumbs": site.crumbs("collections"),
        "formats": formats(site, document),
        "layer": layer,
        "box": box,
        "span": next(iter(document.get("extent", {}).get("temporal", {}).get("interval", [])), None),
        "crs": [(uri, by_uri.get(uri)) for uri in document["crs"]],
        "storage": document["storageCrs"],
        "files": [
            (
                one.title_en if site.language == "en" else one.title_zh,
                f"{site.base}/layers/{quote(layer.id)}.{one.extension}",
            )
            for one in ENCODERS.values()
        ],
        "file_notes": [
            (one.title_en, one.note_en) if site.language == "en" else (one.title_zh, one.note_zh)
            for one in ENCODERS.values()
            if one.note_zh
        ],
        "downloads": formats(site, document, ("items",)),
        "related": [one for one in document["links"] if one["rel"] not in ("self", "alternate", "items")],
        "limit": PREVIEW_FEATURES,
        "data": map_data(site, layer, url=f"{site.collection(layer)}/items?{urlencode(asked)}", box=box),
    }


def _queryables(site: Site, *, document: Document) -> dict[str, Any]:
    layer = site.layer
    fields = {field.name: field for field in layer.fields}
    rows = [_queryable(site, layer, name, schema, fields.get(name)) for name, schema in document["properties"].items()]
    return {
        "title": f"{say(layer.title, site.language)} · {site.texts['queryables']}",
        "crumbs": site.crumbs(layer=layer),
        "formats": [
            {"href": f"{site.collection(layer)}/queryables?f=json", "type": links.SCHEMA, "label": "JSON Schema"}
        ],
        "layer": layer,
        "rows": rows,
    }


def _queryable(
    site: Site, layer: LayerDefinition, name: str, schema: Document, field: LayerField | None
) -> dict[str, Any]:
    shape = str(schema.get("format", "")).startswith("geometry")
    kind = f"geometry_{layer.geometry}" if shape else f"type_{field.type if field else schema.get('type')}"
    values = schema.get("enum") or schema.get("items", {}).get("enum") or []
    linked = field is not None and field.filterable
    return {
        "name": name,
        "field": field,
        "title": schema.get("description" if site.language == "en" else "title", name),
        "also": schema.get("title" if site.language == "en" else "description", ""),
        "kind": site.texts.get(kind, str(schema.get("type", ""))),
        "values": [
            (
                value_text(field, one, site.language) if field else str(one),
                str(one),
                f"{site.collection(layer)}/items?{urlencode({name: one})}" if linked else None,
            )
            for one in values[:_FACET_LINKS]
            if one is not None
        ],
        "more": max(len(values) - _FACET_LINKS, 0),
    }


def _api(site: Site) -> dict[str, Any]:
    formats_of_items = {one.key: (one.media_type, one.title_en) for one in ENCODERS.values()}
    document = description(site.address, list(site.registry.layers.values()), formats_of_items)
    operations = [(path, methods["get"]) for path, methods in document["paths"].items() if "get" in methods]
    return {
        "title": site.texts["api"],
        "crumbs": site.crumbs(),
        "formats": [{"href": f"{site.root}/api?f=json", "type": links.OPENAPI, "label": "OpenAPI 3.0"}],
        "operations": operations,
    }


CONTEXTS: Mapping[str, Callable[..., dict[str, Any]]] = {
    "landing": _landing,
    "conformance": _conformance,
    "collections": _collections,
    "collection": _collection,
    "queryables": _queryables,
    "items": feature_pages.items,
    "item": feature_pages.item,
    "api": _api,
}
"""What each template is given, by its name."""
