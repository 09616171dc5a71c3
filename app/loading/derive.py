"""Derived geometries: what follows from the footprints of others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import shapely
from pyproj import Transformer
from shapely.geometry import LineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from app.loading.facts import Facts
from app.loading.footprints import Footprint, tidy
from app.loading.tables import Row

METRIC_EPSG = 4548
"""CGCS2000 / 3-degree Gauss-Kruger CM 117E: metres, for buffers in and around Tianjin."""

BELT_HALF_WIDTH_M = 1_000.0
"""Half the width of the corridor that joins the members of a belt."""

ROUTE_HALF_WIDTH_M = 5_000.0
"""Half the width of a corridor for which the document names no member."""

_TO_METRES = Transformer.from_crs(4490, METRIC_EPSG, always_xy=True).transform
_TO_DEGREES = Transformer.from_crs(METRIC_EPSG, 4490, always_xy=True).transform


@dataclass(frozen=True)
class ElementGeometry:
    """The geometry of a plan element and how it came about."""

    geometry: MultiPolygon
    method: str


def derive_zones(facts: Facts, footprints: Mapping[str, Footprint]) -> dict[str, Footprint]:
    """Return the footprints of the zones that have none of their own but parts or hosts that have.

    Parameters
    ----------
    facts
        The roster of zones and the theme parks.
    footprints
        Footprints read or imported, by zone.
    """
    derived: dict[str, Footprint] = {}
    for kind, parts, name in (("development_zone", "park", "parks"), ("municipality", "district", "districts")):
        for row in facts["zones"]:
            if row["kind"] != kind or row["id"] in footprints:
                continue
            members = [
                footprints[part["id"]]
                for part in facts["zones"]
                if part["parent"] == row["id"] and part["kind"] == parts and part["id"] in footprints
            ]
            if members:
                method = f"Union of the footprints of its {len(members)} {name}."
                derived[row["id"]] = _united(row, members, method)
    known = {**footprints, **derived}
    for row in facts["theme_parks"]:
        hosts = [known[host] for host in row["hosts"] if host in known]
        if hosts and row["id"] not in footprints:
            method = "Footprint of the host; the document draws no boundary of the theme park."
            derived[row["id"]] = _united(row, hosts, method)
    return derived


def _united(row: Row, members: list[Footprint], method: str) -> Footprint:
    return Footprint(
        row["id"],
        tidy(shapely.union_all([member.geometry for member in members])),
        "derived",
        max(member.accuracy_m for member in members),
        method,
        f"Footprints of {', '.join(member.zone for member in members)}",
        row.place,
    )


def derive_elements(facts: Facts, footprints: Mapping[str, Footprint]) -> dict[str, ElementGeometry]:
    """Return the geometries of the plan elements, by element id.

    An element with members is their union; a belt is that and a corridor through them; an element without members is
    a schematic corridor through the zones of ``via``, or the union of its own parts.
    """
    rows = {row["id"]: row for row in facts["plan_elements"]}
    found: dict[str, ElementGeometry] = {}
    for row in sorted(rows.values(), key=lambda row: -_depth(row, rows)):
        parts = [
            found[part["id"]].geometry for part in rows.values() if part["parent"] == row["id"] and part["id"] in found
        ]
        element = _derive_element(row, footprints, parts)
        if element is not None:
            found[row["id"]] = element
    return found


def _depth(row: Row, rows: Mapping[str, Row]) -> int:
    return 0 if row["parent"] is None else 1 + _depth(rows[row["parent"]], rows)


def _derive_element(row: Row, footprints: Mapping[str, Footprint], parts: list[MultiPolygon]) -> ElementGeometry | None:
    members = [footprints[zone].geometry for zone in row["members"] if zone in footprints]
    missing = [zone for zone in row["members"] if zone not in footprints]
    without = f" Without {', '.join(missing)}, which has no footprint." if missing else ""
    if members and row["kind"] == "belt":
        joined = shapely.union_all([*members, corridor(members, BELT_HALF_WIDTH_M)])
        method = (
            f"Union of the {len(members)} members and of a corridor {2 * BELT_HALF_WIDTH_M:.0f} m wide through their"
            f" middles; the corridor is schematic.{without}"
        )
        return ElementGeometry(tidy(joined), method)
    if members:
        shape = tidy(shapely.union_all(members))
        return ElementGeometry(shape, f"Union of the footprints of its {len(members)} members.{without}")
    if parts:
        return ElementGeometry(tidy(shapely.union_all(parts)), f"Union of its {len(parts)} parts.")
    route = [footprints[zone].geometry for zone in row["via"] if zone in footprints]
    if route:
        method = (
            f"Schematic corridor {2 * ROUTE_HALF_WIDTH_M / 1000:.0f} km wide through {', '.join(row['via'])};"
            " the document names no member and draws no boundary."
        )
        shape = corridor(route, ROUTE_HALF_WIDTH_M) if len(route) > 1 else route[0]
        return ElementGeometry(tidy(shape), method)
    return None


def corridor(areas: Iterable[BaseGeometry], half_width_m: float) -> BaseGeometry:
    """Return the corridor through the middles of areas, in the order in which they lie along their longer axis.

    Parameters
    ----------
    areas
        Polygons in longitude and latitude, degrees.
    half_width_m
        Distance from the middle line to the edge, metres (in Gauss-Kruger, whose scale is within 0.02 % here).
    """
    points = [shapely.transform(area, _TO_METRES, interleaved=False).point_on_surface() for area in areas]
    eastings, northings = [p.x for p in points], [p.y for p in points]
    northerly = max(northings) - min(northings) >= max(eastings) - min(eastings)
    points.sort(key=lambda p: p.y if northerly else p.x)
    line = LineString(points) if len(points) > 1 else points[0]
    return shapely.transform(line.buffer(half_width_m, quad_segs=8), _TO_DEGREES, interleaved=False)
