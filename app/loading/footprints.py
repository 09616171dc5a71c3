"""Footprints: geodata/footprints/*.geojson read, and checked before anything derives from them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from app.db.vocabulary import GEOMETRY_STATUSES
from app.geodesy.area import geodesic_area
from app.loading.facts import BOUNDS, Facts
from app.loading.statements import check_source
from app.loading.words import Words

GRID = 1e-6
"""Coordinates are kept to six decimals of a degree (0.1 m), so that answers say exactly what is stored."""

OVERLAP_LIMIT_HA = 30.0
"""Largest overlap of two parks that passes, hectares."""

AREA_TOLERANCE = 0.15
"""Largest deviation of a footprint from the published area that passes."""

PARTITION_TOLERANCE = 0.01
"""Largest share of a functional area that may lie outside its park or inside a sibling."""

PROPERTIES = ("id", "geometry_status", "extent_basis", "accuracy_m", "method", "method_zh", "source", "source_zh")


AUTHORED_BASES = ("document", "schematic")
"""A footprint of its own follows a published text (bounding roads, an area, a survey), or is an estimate of ours."""

MEASURED = ("document", "members")
"""Extents that have an area."""


@dataclass(frozen=True)
class Footprint:
    """The geometry of a zone, and what it is.

    Attributes
    ----------
    zone
        Zone id.
    geometry
        MultiPolygon in longitude and latitude (CGCS2000), exterior rings counter-clockwise.
    status
        indicative, derived, imported or statutory.
    basis
        What the extent rests on: document, members, host or schematic.
    accuracy_m
        Likely error of an edge, metres.
    method, source
        How it was made and what it is based on, in both languages.
    place
        ``file:line`` it comes from.
    """

    zone: str
    geometry: MultiPolygon
    status: str
    basis: str
    accuracy_m: float
    method: Words
    source: Words
    place: str


def tidy(geometry: BaseGeometry) -> MultiPolygon:
    """Return a geometry on the six-decimal grid, as a MultiPolygon with counter-clockwise exterior rings."""
    snapped = shapely.set_precision(geometry, GRID)
    parts = [part for part in getattr(snapped, "geoms", [snapped]) if isinstance(part, Polygon) and not part.is_empty]
    return MultiPolygon([shapely.orient_polygons(part) for part in parts])


def read_footprints(folder: Path, facts: Facts, faults: list[str]) -> dict[str, Footprint]:
    """Read the footprints of a geodata folder; append what is wrong to ``faults``.

    Parameters
    ----------
    folder
        The geodata folder.
    facts
        For the ids of the zones.
    faults
        Receives each fault as ``file:line: what``.
    """
    zones = {row["id"] for row in facts["zones"]} | {row["id"] for row in facts["theme_parks"]}
    footprints: dict[str, Footprint] = {}
    paths = sorted((folder / "footprints").glob("*.geojson"))
    if not paths:
        faults.append("footprints/: holds no GeoJSON file")
    for path in paths:
        name = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        try:
            features = json.loads(text)["features"]
        except (ValueError, KeyError, TypeError) as error:
            faults.append(f"{name}:{getattr(error, 'lineno', 1)}: not a GeoJSON FeatureCollection: {error}")
            continue
        for feature in features:
            footprint = _read_feature(feature, name, text, zones, faults)
            if footprint is None:
                continue
            if footprint.zone in footprints:
                faults.append(
                    f"{footprint.place}: {footprint.zone} stands already at {footprints[footprint.zone].place}"
                )
            footprints[footprint.zone] = footprint
    return footprints


def _read_feature(feature: Any, name: str, text: str, zones: set[str], faults: list[str]) -> Footprint | None:
    properties = feature.get("properties") or {}
    zone = properties.get("id")
    at = text.find(f'"{zone}"')
    place = f"{name}:{text.count(chr(10), 0, max(at, 0)) + 1}"
    found = len(faults)
    faults.extend(f"{place}: {key}: missing" for key in PROPERTIES if properties.get(key) in (None, ""))
    if len(faults) > found:
        return None
    if zone not in zones:
        faults.append(f"{place}: {zone!r} is not an id of zones")
    if properties["geometry_status"] not in GEOMETRY_STATUSES:
        faults.append(f"{place}: geometry_status is not one of {', '.join(GEOMETRY_STATUSES)}")
    if properties["extent_basis"] not in AUTHORED_BASES:
        faults.append(f"{place}: extent_basis is not one of {', '.join(AUTHORED_BASES)}")
    for key in ("source", "source_zh"):
        check_source(place, key, properties[key], faults)
    accuracy = properties["accuracy_m"]
    if not isinstance(accuracy, int | float) or accuracy <= 0:
        faults.append(f"{place}: accuracy_m should be a number above 0")
    geometry = _read_geometry(feature.get("geometry"), place, faults)
    if len(faults) > found or geometry is None:
        return None
    return Footprint(
        str(zone),
        geometry,
        properties["geometry_status"],
        properties["extent_basis"],
        float(accuracy),
        Words(properties["method_zh"], properties["method"]),
        Words(properties["source_zh"], properties["source"]),
        place,
    )


def _read_geometry(raw: Any, place: str, faults: list[str]) -> MultiPolygon | None:
    if not isinstance(raw, dict) or raw.get("type") not in ("Polygon", "MultiPolygon"):
        faults.append(f"{place}: geometry should be a Polygon or a MultiPolygon")
        return None
    try:
        geometry = shape(raw)
    except (ValueError, TypeError, KeyError, IndexError, shapely.GEOSException) as error:
        faults.append(f"{place}: geometry cannot be read: {error}")
        return None
    if geometry.is_empty or not geometry.is_valid:
        faults.append(f"{place}: geometry is not valid: {shapely.is_valid_reason(geometry)}")
        return None
    west, south, east, north = geometry.bounds
    if west < BOUNDS[0] or south < BOUNDS[1] or east > BOUNDS[2] or north > BOUNDS[3]:
        faults.append(f"{place}: lies outside Tianjin {BOUNDS}: longitude comes first, in degrees")
        return None
    return tidy(geometry)


def check_topology(facts: Facts, footprints: Mapping[str, Footprint], faults: list[str]) -> None:
    """Check overlaps, published areas and the division of parks; append what is wrong to ``faults``."""
    zones = {row["id"]: row for row in facts["zones"]}
    own = {zone: p for zone, p in footprints.items() if zone in zones}
    # A development zone that has its own footprint (东疆, 生态城) is one park.
    parks = [p for zone, p in own.items() if zones[zone]["kind"] in ("park", "development_zone")]
    for one, other in combinations(parks, 2):
        shared = _shared_ha(one, other)
        if shared > OVERLAP_LIMIT_HA:
            faults.append(f"{other.place}: {other.zone} overlaps {one.zone} ({one.place}) by {shared:.1f} ha")
    for zone, footprint in own.items():
        official = zones[zone]["official_area_ha"]
        area = geodesic_area(footprint.geometry).hectares
        if footprint.basis == "document" and official is None and zones[zone]["kind"] == "functional_area":
            faults.append(f"{footprint.place}: {zone}: no document gives the extent of a functional area")
        if official is not None and abs(area - float(official)) > AREA_TOLERANCE * float(official):
            faults.append(
                f"{footprint.place}: {zone} measures {area:.0f} ha, {official} ha are published ({zones[zone].place})"
            )
    _check_parts(zones, own, faults)


def _check_parts(zones: Mapping[str, Any], own: Mapping[str, Footprint], faults: list[str]) -> None:
    areas = [p for zone, p in own.items() if zones[zone]["kind"] == "functional_area"]
    for part in areas:
        park = own.get(zones[part.zone]["parent"])
        size = geodesic_area(part.geometry).hectares
        if park is not None and size - _shared_ha(part, park) > PARTITION_TOLERANCE * size:
            faults.append(f"{part.place}: {part.zone} reaches outside its park {park.zone} ({park.place})")
    for one, other in combinations(areas, 2):
        small = min(geodesic_area(one.geometry).hectares, geodesic_area(other.geometry).hectares)
        if _shared_ha(one, other) > PARTITION_TOLERANCE * small:
            faults.append(f"{other.place}: {other.zone} overlaps {one.zone} ({one.place})")


def _shared_ha(one: Footprint, other: Footprint) -> float:
    if not one.geometry.intersects(other.geometry):
        return 0.0
    shared = one.geometry.intersection(other.geometry)
    return geodesic_area(shared).hectares if shared.area else 0.0


def joint_basis(bases: Iterable[str]) -> str:
    """Return what a union of extents rests on: it is as good as the weakest of them."""
    return "members" if all(basis in MEASURED for basis in bases) else "schematic"
