"""Documents: landing page, conformance and collections as JSON objects."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.features.cql2 import CONFORMANCE as CQL2_CONFORMANCE
from app.features.service import LayerSize
from app.geodesy.crs import CRS84, EPSG_4490, REGISTRY
from app.ogc import negotiation
from app.ogc.links import HTML, JSON, OPENAPI, QUERYABLES, SCHEMA, Link, link, self_and_alternates, with_format
from app.registry.definition import LayerDefinition
from app.tiles import documents as tiles

FEATURES_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
FEATURES_2 = "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/"
FEATURES_3 = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/"

CONFORMANCE: tuple[str, ...] = (
    *(FEATURES_1 + name for name in ("core", "geojson", "html", "oas30")),
    f"{FEATURES_2}crs",
    *(FEATURES_3 + name for name in ("filter", "features-filter", "queryables", "queryables-query-parameters")),
    *CQL2_CONFORMANCE,
    *tiles.CONFORMANCE,
)
"""Every class that the service meets."""

_GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"

DOCUMENT_FORMATS = negotiation.titled(negotiation.DOCUMENTS)

TITLE = "园图 Yuantu"
DESCRIPTION = (
    "Industrial parks of Tianjin's Binhai New Area and the city around it, their priority industries and the spatial"
    " plans of five official planning documents. Outlines are indicative unless a feature says otherwise."
    " 天津市滨海新区及周边产业园区、重点产业与空间规划；除要素另有说明外，边界均为示意。"
)


def landing(root: str, current: str) -> dict[str, Any]:
    """Return the landing page.

    Parameters
    ----------
    root
        Absolute address of ``/ogc``.
    current
        Format of this answer.
    """
    return {
        "title": TITLE,
        "description": DESCRIPTION,
        "links": [
            *self_and_alternates(root, current, DOCUMENT_FORMATS),
            link(f"{root}/api", "service-desc", OPENAPI, "Description of the API (OpenAPI 3.0)"),
            link(f"{root}/api.html", "service-doc", HTML, "Documentation of the API"),
            link(f"{root}/conformance", "conformance", JSON, "Conformance classes"),
            link(
                f"{root}/conformance", "http://www.opengis.net/def/rel/ogc/1.0/conformance", JSON, "Conformance classes"
            ),
            link(f"{root}/collections", "data", JSON, "Collections"),
            link(f"{root}/collections", "http://www.opengis.net/def/rel/ogc/1.0/data", JSON, "Collections"),
            *tiles.landing_links(root.removesuffix("/ogc")),
        ],
    }


def conformance(root: str, current: str) -> dict[str, Any]:
    """Return the conformance declaration."""
    return {
        "links": self_and_alternates(f"{root}/conformance", current, DOCUMENT_FORMATS),
        "conformsTo": list(CONFORMANCE),
    }


def collection(
    root: str,
    layer: LayerDefinition,
    size: LayerSize,
    item_formats: Mapping[str, tuple[str, str]],
    *,
    current: str = "json",
    nested: bool = False,
) -> dict[str, Any]:
    """Return the description of a collection.

    Parameters
    ----------
    root
        Absolute address of ``/ogc``.
    layer
        The layer it is.
    size
        How far it reaches, in space and time.
    item_formats
        Formats of its items: key to media type and title.
    current
        Format of this answer.
    nested
        Whether it stands in the list of collections, which states the CRSs once for all.
    """
    here = f"{root}/collections/{layer.id}"
    items = [link(f"{here}/items", "items", "application/geo+json", f"{layer.title.en} as GeoJSON")]
    items += [
        link(with_format(f"{here}/items", key), "items", media_type, f"{layer.title.en} as {title}")
        for key, (media_type, title) in item_formats.items()
        if key != "geojson"
    ]
    return {
        "id": layer.id,
        "title": f"{layer.title.zh} {layer.title.en}",
        "description": f"{layer.description.zh} {layer.description.en}",
        "itemType": "feature",
        "extent": _extent(size),
        "crs": ["#/crs"] if nested else crs_uris(),
        "storageCrs": EPSG_4490.uri,
        "links": [
            *(_nested_self(here) if nested else self_and_alternates(here, current, DOCUMENT_FORMATS)),
            *items,
            link(f"{here}/queryables", QUERYABLES, SCHEMA, "Queryable properties"),
            *tiles.collection_links(root.removesuffix("/ogc"), layer.id),
        ],
    }


def _nested_self(here: str) -> list[Link]:
    return [link(here, "self", JSON, "This collection")]


def _extent(size: LayerSize) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if size.extent is not None:
        found["spatial"] = {"bbox": [size.extent], "crs": CRS84.uri}
    if size.time is not None:
        found["temporal"] = {"interval": [size.time], "trs": _GREGORIAN}
    return found


def crs_uris() -> list[str]:
    """Return the URIs of the CRSs that items come in."""
    return [crs.uri for crs in REGISTRY]


def collections(root: str, listed: Sequence[Mapping[str, Any]], current: str) -> dict[str, Any]:
    """Return the list of collections."""
    return {
        "links": self_and_alternates(f"{root}/collections", current, DOCUMENT_FORMATS),
        "crs": crs_uris(),
        "collections": list(listed),
    }
