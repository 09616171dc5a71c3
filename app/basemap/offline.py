"""The basemap of this host: coast, rivers, main roads and railways as lines, read and checked."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

KINDS: Final = ("coast", "river", "reservoir", "motorway", "road", "railway")
"""What a line is; ``reservoir`` is the outline of water."""

_TEXTS = ("name_zh", "name_en", "method", "method_zh", "source", "source_zh")
_GEOMETRIES = {"LineString", "MultiLineString", "Polygon", "MultiPolygon"}


class OfflineBasemapError(ValueError):
    """A file of the basemap is wrong; the message names the file and the feature."""


LAND: Final = """
    SELECT array_agg(json_build_object(
             'type', 'Feature', 'id', id, 'geometry', ST_AsGeoJSON(geom, 4, 0)::json,
             'properties', json_build_object('kind', 'land', 'name_zh', name_zh, 'name_en', name_en,
               'geometry_status', geometry_status, 'accuracy_m', accuracy_m,
               'method', geometry_method_en, 'method_zh', geometry_method_zh,
               'source', geometry_source_en, 'source_zh', geometry_source_zh))::text ORDER BY sort)
      FROM yuantu.zone_feature
     WHERE kind = 'district' AND geom IS NOT NULL"""
"""SQL for the features that are the land: the districts, each as JSON text."""


@cache
def offline_lines(geodata: Path) -> tuple[str, ...]:
    """Return the features of every file in ``geodata/base/``, each as JSON text.

    Raises
    ------
    OfflineBasemapError
        When a file is no feature collection, or a feature lacks what it has to say of itself.
    """
    features: list[dict[str, Any]] = []
    for path in sorted((geodata / "base").glob("*.geojson")):
        try:
            collection = json.loads(path.read_text(encoding="utf-8"))
            features += [_checked(feature, path) for feature in collection["features"]]
        except (ValueError, KeyError, TypeError) as error:
            if isinstance(error, OfflineBasemapError):
                raise
            raise OfflineBasemapError(f"{path.name}: should be a GeoJSON feature collection ({error})") from None
    ids = [feature["id"] for feature in features]
    if len(set(ids)) < len(ids):
        raise OfflineBasemapError(f"{geodata.name}/base: an id stands twice among {', '.join(sorted(ids))}")
    return tuple(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)


def _checked(feature: dict[str, Any], path: Path) -> dict[str, Any]:
    told = feature["properties"]
    name = f"{path.name}: {feature.get('id') or '(no id)'}"
    if not feature.get("id"):
        raise OfflineBasemapError(f"{name}: every feature needs an id")
    if told.get("kind") not in KINDS:
        raise OfflineBasemapError(f"{name}: kind should be one of {', '.join(KINDS)}")
    if missing := [key for key in _TEXTS if not told.get(key)]:
        raise OfflineBasemapError(f"{name}: {missing[0]} is missing")
    if told.get("geometry_status") != "indicative" or not told.get("accuracy_m", 0) > 0:
        raise OfflineBasemapError(f"{name}: geometry_status should be indicative, accuracy_m a number of metres")
    if feature["geometry"]["type"] not in _GEOMETRIES:
        raise OfflineBasemapError(f"{name}: should be lines or areas, not {feature['geometry']['type']}")
    return feature
