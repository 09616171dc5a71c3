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
from app.loading.words import NOTHING, Words, listed

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
    """The geometry of a plan element, how it came about and of what."""

    geometry: MultiPolygon
    method: Words
    source: Words


_UNIONS = (
    ("development_zone", "park", Words("由所辖{}个园区的边界合并而成。", "Union of the footprints of its {} parks.")),
    ("municipality", "district", Words("由所辖{}个区的轮廓合并而成。", "Union of the footprints of its {} districts.")),
)
"""Kinds of zone, what they are made of, and how that is said."""

_HOSTED = Words(
    "取依托园区的范围；文件未划主题园区的边界。",
    "Footprint of the host; the document draws no boundary of the theme park.",
)


def derive_zones(facts: Facts, footprints: Mapping[str, Footprint]) -> dict[str, Footprint]:
    """Return the footprints of the zones that have none of their own but parts or hosts that have.

    Parameters
    ----------
    facts
        The roster of zones and the theme parks.
    footprints
        Footprints read or imported, by zone.
    """
    names = zone_names(facts)
    derived: dict[str, Footprint] = {}
    for kind, part_kind, said in _UNIONS:
        for row in facts["zones"]:
            if row["kind"] != kind or row["id"] in footprints:
                continue
            members = [footprints[part] for part in _parts(facts, row["id"], part_kind) if part in footprints]
            if members:
                method = Words(said.zh.format(len(members)), said.en.format(len(members)))
                derived[row["id"]] = _united(row, members, method, names)
    known = {**footprints, **derived}
    for row in facts["theme_parks"]:
        hosts = [known[host] for host in row["hosts"] if host in known]
        if hosts and row["id"] not in footprints:
            derived[row["id"]] = _united(row, hosts, _HOSTED, names)
    return derived


def zone_names(facts: Facts) -> dict[str, Words]:
    """Return the names of zones and theme parks, by id."""
    rows = [*facts["zones"], *facts["theme_parks"]]
    return {row["id"]: Words(row["name_zh"], row["name_en"]) for row in rows}


def _parts(facts: Facts, zone: str, kind: str) -> list[str]:
    return [row["id"] for row in facts["zones"] if row["parent"] == zone and row["kind"] == kind]


def _footprints_of(zones: Iterable[str], names: Mapping[str, Words]) -> Words:
    those = listed(names[zone] for zone in zones)
    return Words(f"{those.zh}的边界", f"Footprints of {those.en}")


def _united(row: Row, members: list[Footprint], method: Words, names: Mapping[str, Words]) -> Footprint:
    return Footprint(
        row["id"],
        tidy(shapely.union_all([member.geometry for member in members])),
        "derived",
        max(member.accuracy_m for member in members),
        method,
        _footprints_of([member.zone for member in members], names),
        row.place,
    )


def derive_elements(facts: Facts, footprints: Mapping[str, Footprint]) -> dict[str, ElementGeometry]:
    """Return the geometries of the plan elements, by element id.

    An element with members is their union; a belt is that and a corridor through them; an element without members is
    a schematic corridor through the zones of ``via``, or the union of its own parts. A member that is a development
    zone contributes only those of its parks that no sibling (an element of the same plan and parent) names.
    """
    rows = {row["id"]: row for row in facts["plan_elements"]}
    names = zone_names(facts)
    found: dict[str, ElementGeometry] = {}
    for row in sorted(rows.values(), key=lambda row: -_depth(row, rows)):
        parts = [part for part in rows.values() if part["parent"] == row["id"] and part["id"] in found]
        element = (
            _from_members(row, facts, footprints, names)
            or (_from_parts(parts, found) if parts else None)
            or _from_route(row, footprints, names)
        )
        if element is not None:
            found[row["id"]] = element
    return found


def _depth(row: Row, rows: Mapping[str, Row]) -> int:
    return 0 if row["parent"] is None else 1 + _depth(rows[row["parent"]], rows)


def _from_members(
    row: Row, facts: Facts, footprints: Mapping[str, Footprint], names: Mapping[str, Words]
) -> ElementGeometry | None:
    members = [zone for zone in row["members"] if zone in footprints]
    zones, remarks = _shares(row, members, facts, names)
    zones = [zone for zone in zones if zone in footprints]
    shapes = [footprints[zone].geometry for zone in zones]
    if not shapes:
        return None
    method = Words("取其成员的边界。", "Footprint of its one member.")
    if len(members) > 1:
        count = len(members)
        method = Words(f"由{count}个成员的边界合并而成。", f"Union of the footprints of its {count} members.")
    if row["kind"] == "belt":
        width = 2 * BELT_HALF_WIDTH_M
        shapes.append(corridor(shapes, BELT_HALF_WIDTH_M))
        method = Words(
            f"由{len(members)}个成员的边界与穿过其中部、宽{width:.0f}米的走廊合并而成；走廊为示意。",
            f"Union of the footprints of its {len(members)} members and of a corridor {width:.0f} m wide through their"
            " middles; the corridor is schematic.",
        )
    missing = [names[zone] for zone in row["members"] if zone not in footprints]
    if missing:
        those = listed(missing)
        remarks += Words(f"不含{those.zh}（没有图形）。", f" Without {those.en}, which has no footprint.")
    return ElementGeometry(tidy(shapely.union_all(shapes)), method + remarks, _footprints_of(zones, names))


def _shares(row: Row, members: list[str], facts: Facts, names: Mapping[str, Words]) -> tuple[list[str], Words]:
    """Return the zones that members contribute, and which parks of a development zone a sibling takes instead."""
    siblings = {
        zone: Words(other["name_zh"], other["name_en"])
        for other in facts["plan_elements"]
        if other["id"] != row["id"] and (other["plan"], other["parent"]) == (row["plan"], row["parent"])
        for zone in other["members"]
    }
    zones: list[str] = []
    remarks = NOTHING
    for member in members:
        parks = _parts(facts, member, "park")
        taken = [park for park in parks if park in siblings]
        zones += [park for park in parks if park not in taken] if taken else [member]
        if taken:
            those = listed(names[park] for park in taken)
            by = listed(dict.fromkeys(siblings[park] for park in taken))
            remarks += Words(
                f"{names[member].zh}不含已列入{by.zh}的{those.zh}。",
                f" {names[member].en} is drawn without {those.en}, which is named for {by.en}.",
            )
    return zones, remarks


def _from_parts(parts: list[Row], found: Mapping[str, ElementGeometry]) -> ElementGeometry:
    those = listed(Words(part["name_zh"], part["name_en"]) for part in parts)
    return ElementGeometry(
        tidy(shapely.union_all([found[part["id"]].geometry for part in parts])),
        Words(f"由{len(parts)}个下级要素合并而成。", f"Union of its {len(parts)} parts."),
        Words(f"{those.zh}的图形", f"Geometries of {those.en}"),
    )


def _from_route(row: Row, footprints: Mapping[str, Footprint], names: Mapping[str, Words]) -> ElementGeometry | None:
    zones = [zone for zone in row["via"] if zone in footprints]
    if not zones:
        return None
    shapes = [footprints[zone].geometry for zone in zones]
    through = listed(names[zone] for zone in zones)
    unsaid = Words("；文件未列成员，也未划边界。", "; the document names no member and draws no boundary.")
    if len(zones) == 1:
        shape, method = shapes[0], Words(f"示意，取{through.zh}的范围", f"Schematic: the outline of {through.en}")
    else:
        shape, width = corridor(shapes, ROUTE_HALF_WIDTH_M), 2 * ROUTE_HALF_WIDTH_M / 1000
        method = Words(
            f"穿过{through.zh}、宽{width:.0f}公里的示意走廊",
            f"Schematic corridor {width:.0f} km wide through {through.en}",
        )
    return ElementGeometry(tidy(shape), method + unsaid, _footprints_of(zones, names))


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
