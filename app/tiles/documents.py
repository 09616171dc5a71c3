"""Documents: TileJSON, and the tile sets of OGC API - Tiles."""

from dataclasses import dataclass
from typing import Any

from app.geodesy.crs import CRS84
from app.registry.definition import LayerDefinition, LayerField
from app.tiles import grid
from app.tiles.grid import Degrees

MVT = "application/vnd.mapbox-vector-tile"
JSON = "application/json"
TILEJSON = "application/json"
"""TileJSON has no registered media type; clients expect this one (TileJSON 3.0.0, 2)."""

OGC_REL = "http://www.opengis.net/def/rel/ogc/1.0/"

CONFORMANCE = (
    *(
        f"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{name}"
        for name in ("core", "tileset", "tilesets-list", "geodata-tilesets", "mvt", "oas30")
    ),
    *(
        f"http://www.opengis.net/spec/tms/2.0/conf/{name}"
        for name in (
            "tilematrixset", "json-tilematrixset", "tilematrixsetlimits", "json-tilematrixsetlimits",
            "tilesetmetadata", "json-tilesetmetadata",
        )
    ),
)  # fmt: skip
"""Conformance classes of OGC API - Tiles, Part 1 (OGC 20-057) and of the tile matrix set standard (OGC 17-083r4)."""

Link = dict[str, Any]


def _link(href: str, rel: str, title: str, media_type: str = JSON, **more: Any) -> Link:
    return {"href": href, "rel": rel, "type": media_type, "title": title, **more}


def landing_links(base: str) -> list[Link]:
    """Return what the landing page of ``/ogc`` links to.

    Parameters
    ----------
    base
        Absolute address of the service.
    """
    return [_link(f"{base}/ogc/tileMatrixSets", f"{OGC_REL}tiling-schemes", "Tile matrix sets")]


def collection_links(base: str, layer_id: str) -> list[Link]:
    """Return what the description of a collection links to."""
    return [_link(f"{base}/ogc/collections/{layer_id}/tiles", f"{OGC_REL}tilesets-vector", "Vector tiles")]


@dataclass(frozen=True, slots=True)
class TiledLayer:
    """A layer whose tiles are described.

    Attributes
    ----------
    base
        Absolute address of the service.
    layer
        The layer.
    box
        Its extent; None when it has no geometries.
    """

    base: str
    layer: LayerDefinition
    box: Degrees | None

    @property
    def title(self) -> str:
        """Its title in both languages."""
        return f"{self.layer.title.zh} {self.layer.title.en}"

    @property
    def description(self) -> str:
        """What it holds, in both languages."""
        return f"{self.layer.description.zh} {self.layer.description.en}"


_TILEJSON_TYPES = {"integer": "Number", "number": "Number", "boolean": "Boolean"}


def attribute_names(layer: LayerDefinition) -> dict[str, str]:
    """Return the attributes of a layer's tiles, each with its kind: String, Number or Boolean."""
    kinds = {field.name: _TILEJSON_TYPES.get(field.type, "String") for field in layer.fields}
    return kinds if layer.source.key_type == "integer" else {"id": "String", **kinds}


def tilejson(one: TiledLayer) -> dict[str, Any]:
    """Return the TileJSON 3.0.0 description of a layer's tiles."""
    layer, box = one.layer, one.box
    least, most = layer.zoom.min, layer.last_tile_zoom
    described: dict[str, Any] = {
        "tilejson": "3.0.0",
        "tiles": [f"{one.base}/tiles/{layer.id}/{{z}}/{{x}}/{{y}}.mvt"],
        "vector_layers": [
            {
                "id": layer.id,
                "description": one.title,
                "minzoom": least,
                "maxzoom": most,
                "fields": attribute_names(layer),
            }
        ],
        "name": one.title,
        "description": one.description,
        "scheme": "xyz",
        "minzoom": least,
        "maxzoom": most,
    }
    if box is not None:
        described["bounds"] = list(box)
        described["center"] = [*middle(box), grid.zoom_that_shows(box, least, most)]
    return described


def middle(box: Degrees) -> tuple[float, float]:
    """Return longitude and latitude of the middle of a box."""
    return round((box.west + box.east) / 2, 6), round((box.south + box.north) / 2, 6)


def tile_matrix_sets(base: str) -> dict[str, Any]:
    """Return the list of tile matrix sets."""
    here = f"{base}/ogc/tileMatrixSets"
    return {
        "links": [_link(here, "self", "This document")],
        "tileMatrixSets": [
            {
                "id": grid.ID,
                "title": grid.TITLE,
                "uri": grid.URI,
                "links": [_link(f"{here}/{grid.ID}", "self", "Definition of the tile matrix set")],
            }
        ],
    }


def tilesets(base: str, layer: LayerDefinition) -> dict[str, Any]:
    """Return the list of a collection's tile sets (OGC 20-057, 9)."""
    here = f"{base}/ogc/collections/{layer.id}/tiles"
    return {
        "links": [
            _link(here, "self", "This document"),
            _link(f"{base}/ogc/collections/{layer.id}", f"{OGC_REL}geodata", "The collection"),
        ],
        "tilesets": [_summary(base, layer)],
    }


def _summary(base: str, layer: LayerDefinition) -> dict[str, Any]:
    return {
        "title": f"{layer.title.zh} {layer.title.en}",
        "dataType": "vector",
        "crs": grid.CRS_URI,
        "tileMatrixSetURI": grid.URI,
        "links": [
            _link(f"{base}/ogc/collections/{layer.id}/tiles/{grid.ID}", "self", "The tile set"),
            _link(f"{base}/ogc/tileMatrixSets/{grid.ID}", f"{OGC_REL}tiling-scheme", "The tile matrix set"),
        ],
    }


def tile_template(base: str, layer: LayerDefinition) -> str:
    """Return the template of the addresses of a layer's tiles, row before column."""
    return f"{base}/ogc/collections/{layer.id}/tiles/{grid.ID}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"


_DIMENSIONS = {"point": 0, "line": 1, "polygon": 2}


def tileset(one: TiledLayer) -> dict[str, Any]:
    """Return the metadata of a collection's tile set (OGC 17-083r4, 8; OGC 20-057, 8)."""
    base, layer, box = one.base, one.layer, one.box
    summary = _summary(base, layer)
    collection = f"{base}/ogc/collections/{layer.id}"
    least, most = layer.zoom.min, layer.last_tile_zoom
    whole: dict[str, Any] = {
        **summary,
        "description": one.description,
        "mediaTypes": [MVT],
        "tileMatrixSetLimits": grid.limits(least, most),
        "layers": [
            {
                "id": layer.id,
                "title": one.title,
                "dataType": "vector",
                "geometryDimension": _DIMENSIONS[layer.geometry],
                "minTileMatrix": str(least),
                "maxTileMatrix": str(most),
                "propertiesSchema": {"type": "object", "properties": _schema(layer)},
                "links": [_link(collection, f"{OGC_REL}geodata", "The collection")],
            }
        ],
        "style": {
            "id": "default",
            "title": "MapLibre style",
            "links": [_link(f"{base}/tiles/{layer.id}/style.json", "style", "MapLibre style")],
        },
        "links": [
            *summary["links"],
            _link(tile_template(base, layer), "item", "A tile", MVT, templated=True),
            _link(f"{base}/tiles/{layer.id}.json", "alternate", "This tile set as TileJSON", TILEJSON),
            _link(collection, f"{OGC_REL}geodata", "The collection"),
            _link(f"{base}/ogc/conformance", f"{OGC_REL}conformance", "Conformance classes"),
        ],
    }
    if box is not None:
        corners = {"lowerLeft": [box.west, box.south], "upperRight": [box.east, box.north], "crs": CRS84.uri}
        whole["boundingBox"] = corners
        whole["layers"][0]["boundingBox"] = corners
        zoom = str(grid.zoom_that_shows(box, least, most))
        whole["centerPoint"] = {"coordinates": list(middle(box)), "crs": CRS84.uri, "tileMatrix": zoom}
    return whole


_SCHEMA_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}


def _schema(layer: LayerDefinition) -> dict[str, Any]:
    named = {field.name: _property(field) for field in layer.fields}
    return named if layer.source.key_type == "integer" else {"id": {"type": "string"}, **named}


def _property(field: LayerField) -> dict[str, Any]:
    described: dict[str, Any] = {
        "title": f"{field.title.zh} {field.title.en}",
        "type": _SCHEMA_TYPES.get(field.type, "string"),
    }
    if field.choices:
        described["enum"] = list(field.choices)
    return described
