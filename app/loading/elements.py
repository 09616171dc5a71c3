"""Geometries of plan elements: what follows from their members, and what is schematic and says so."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely
from pyproj import Transformer
from shapely.geometry import LineString, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from app.loading.derive import footprints_of, parts_of, schematic_members, zone_names
from app.loading.facts import Facts
from app.loading.footprints import Footprint, joint_basis, tidy
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

UNSAID = Words("；文件未写明范围。", "; the document does not say how far it reaches.")


@dataclass(frozen=True)
class Line:
    """A road, railway or shore of the map's own base, which a belt may follow."""

    name: Words
    geometry: LineString


@dataclass(frozen=True)
class ElementGeometry:
    """The geometry of a plan element, what its extent rests on, how it came about and of what."""

    geometry: MultiPolygon
    basis: str
    method: Words
    source: Words


@dataclass(frozen=True)
class _Drawing:
    """What the geometries are made of."""

    facts: Facts
    footprints: Mapping[str, Footprint]
    names: Mapping[str, Words]
    lines: Mapping[str, Line]

    def known(self, zones: Iterable[str]) -> list[Footprint]:
        return [self.footprints[zone] for zone in zones if zone in self.footprints]


def read_lines(folder: Path) -> dict[str, Line]:
    """Return the lines of ``base/`` in a geodata folder, by id."""
    features = [
        feature
        for path in sorted((folder / "base").glob("*.geojson"))
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
    ]
    return {
        one["properties"]["id"]: Line(
            Words(one["properties"]["name_zh"], one["properties"]["name_en"]),
            LineString(one["geometry"]["coordinates"]),
        )
        for one in features
        if one["geometry"]["type"] == "LineString"
    }


def derive_elements(
    facts: Facts, footprints: Mapping[str, Footprint], lines: Mapping[str, Line]
) -> dict[str, ElementGeometry]:
    """Return the geometries of the plan elements, by element id.

    An element is the union of its members; of its own parts; of its core, where the document names no more; or it is
    schematic: drawn by the zones of ``via``, and a belt by a corridor that joins its zones, along a line where one is
    given. A corridor leaves out what the document puts into another element. A member that is a development zone
    contributes only those of its parks that no sibling (an element of the same plan and parent) names.

    Parameters
    ----------
    facts
        For the elements and the roster.
    footprints
        Of the zones, by id.
    lines
        What belts may follow, by id.
    """
    drawing = _Drawing(facts, footprints, zone_names(facts), lines)
    rows = {row["id"]: row for row in facts["plan_elements"]}
    found: dict[str, ElementGeometry] = {}
    for row in sorted(rows.values(), key=lambda row: -_depth(row, rows)):
        parts = [part for part in rows.values() if part["parent"] == row["id"] and part["id"] in found]
        element = (
            _drawn(row, drawing)
            or _from_members(row, drawing)
            or (_from_parts(parts, found) if parts else None)
            or _from_core(row, drawing)
        )
        if element is not None:
            found[row["id"]] = element
    return found


def _depth(row: Row, rows: Mapping[str, Row]) -> int:
    return 0 if row["parent"] is None else 1 + _depth(rows[row["parent"]], rows)


def _from_members(row: Row, drawing: _Drawing) -> ElementGeometry | None:
    zones, remarks = _shares(row, [zone for zone in row["members"] if zone in drawing.footprints], drawing)
    members = drawing.known(zones)
    if not members:
        return None
    count = len(row["members"])
    method = Words("取其成员的边界。", "Footprint of its one member.")
    if count > 1:
        method = Words(f"由{count}个成员的边界合并而成。", f"Union of the footprints of its {count} members.")
    basis = joint_basis(member.basis for member in members)
    shapes: list[BaseGeometry] = [member.geometry for member in members]
    if row["kind"] == "belt":
        basis = "schematic"
        joined, said = _joined(row, shapes, drawing)
        shapes.append(joined)
        method += said
    missing = [drawing.names[zone] for zone in row["members"] if zone not in drawing.footprints]
    if missing:
        those = listed(missing)
        remarks += Words(f"不含{those.zh}（没有图形）。", f" Without {those.en}, which has no footprint.")
    remarks += schematic_members(members, drawing.names)
    union = tidy(shapely.union_all(shapes))
    return ElementGeometry(union, basis, method + remarks, footprints_of(zones, drawing.names))


def _shares(row: Row, members: list[str], drawing: _Drawing) -> tuple[list[str], Words]:
    """Return the zones that members contribute, and which parks of a development zone a sibling takes instead."""
    siblings = {
        zone: Words(other["name_zh"], other["name_en"])
        for other in _siblings(row, drawing)
        for zone in other["members"]
    }
    zones: list[str] = []
    remarks = NOTHING
    for member in members:
        parks = parts_of(drawing.facts, member, "park")
        taken = [park for park in parks if park in siblings]
        zones += [park for park in parks if park not in taken] if taken else [member]
        if taken:
            those = listed(drawing.names[park] for park in taken)
            by = listed(dict.fromkeys(siblings[park] for park in taken))
            name = drawing.names[member]
            remarks += Words(
                f"{name.zh}不含已列入{by.zh}的{those.zh}。",
                f" {name.en} is drawn without {those.en}, which is named for {by.en}.",
            )
    return zones, remarks


def _siblings(row: Row, drawing: _Drawing) -> list[Row]:
    place = (row["plan"], row["parent"])
    return [
        other
        for other in drawing.facts["plan_elements"]
        if other["id"] != row["id"] and (other["plan"], other["parent"]) == place
    ]


def _joined(row: Row, shapes: list[BaseGeometry], drawing: _Drawing) -> tuple[BaseGeometry, Words]:
    """Return the corridor that joins the zones of a belt, without what the document puts elsewhere."""
    line = drawing.lines.get(row["along"] or "")
    if line is None:
        path = corridor(shapes, BELT_HALF_WIDTH_M)
        said = Words("穿过其中部", "through their middles")
    else:
        path = along(line.geometry, shapes, BELT_HALF_WIDTH_M)
        said = Words(f"沿{line.name.zh}", f"along {line.name.en}")
    others = [zone for other in _siblings(row, drawing) for zone in other["members"] if zone not in row["members"]]
    elsewhere = [footprint.geometry for footprint in drawing.known(others)]
    if elsewhere:
        path = path.difference(shapely.union_all(elsewhere))
    width = 2 * BELT_HALF_WIDTH_M
    return path, Words(
        f"另有{said.zh}、宽{width:.0f}米的走廊相连；走廊为示意，文件未写明带的范围。",
        f" They are joined by a corridor {width:.0f} m wide {said.en}; it is schematic, and the document does not say"
        " how far the belt reaches.",
    )


def _from_core(row: Row, drawing: _Drawing) -> ElementGeometry | None:
    core = drawing.known(row["core"])
    if not core:
        return None
    those = listed(drawing.names[one.zone] for one in core)
    return ElementGeometry(
        tidy(shapely.union_all([one.geometry for one in core])),
        "host",
        Words(f"取其核心{those.zh}的范围", f"The outline of its core, {those.en}") + UNSAID,
        footprints_of((one.zone for one in core), drawing.names),
    )


def _from_parts(parts: list[Row], found: Mapping[str, ElementGeometry]) -> ElementGeometry:
    those = listed(Words(part["name_zh"], part["name_en"]) for part in parts)
    return ElementGeometry(
        tidy(shapely.union_all([found[part["id"]].geometry for part in parts])),
        joint_basis(found[part["id"]].basis for part in parts),
        Words(f"由{len(parts)}个下级要素合并而成。", f"Union of its {len(parts)} parts."),
        Words(f"{those.zh}的图形", f"Geometries of {those.en}"),
    )


def _drawn(row: Row, drawing: _Drawing) -> ElementGeometry | None:
    """Return the schematic shape of an element that is drawn by zones of our choice, or only along a line."""
    zones = drawing.known(row["via"])
    line = drawing.lines.get(row["along"] or "")
    shapes: list[BaseGeometry] = [one.geometry for one in zones]
    through = listed(drawing.names[one.zone] for one in zones)
    if zones:
        method = Words(f"示意，取{through.zh}的范围", f"Schematic: the outlines of {through.en}")
        if row["kind"] in ("belt", "area") and line is not None:
            shapes.append(along(line.geometry, shapes, BELT_HALF_WIDTH_M))
            method += Words(f"，以沿{line.name.zh}的走廊相连", f", joined along {line.name.en}")
        return ElementGeometry(
            tidy(shapely.union_all(shapes)), "schematic", method + UNSAID, footprints_of(row["via"], drawing.names)
        )
    if line is None or row["members"] or row["core"]:
        return None
    width = 2 * ROUTE_HALF_WIDTH_M / 1000
    return ElementGeometry(
        tidy(_within(_buffered(line.geometry, ROUTE_HALF_WIDTH_M), drawing)),
        "schematic",
        Words(
            f"沿{line.name.zh}、宽{width:.0f}公里的示意走廊",
            f"Schematic corridor {width:.0f} km wide along {line.name.en}",
        )
        + Words(
            "；文件未列成员，也未写明范围。", "; the document names no member and does not say how far it reaches."
        ),
        Words(f"{line.name.zh}的线位（示意）", f"Course of {line.name.en} (indicative)"),
    )


def _within(shape: BaseGeometry, drawing: _Drawing) -> BaseGeometry:
    """Return what of a shape lies in the municipality."""
    city = [drawing.footprints[row["id"]] for row in drawing.facts["zones"] if row["kind"] == "municipality"]
    return shape.intersection(shapely.union_all([one.geometry for one in city])) if city else shape


def _metres(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, _TO_METRES, interleaved=False)


def _buffered(line: BaseGeometry, half_width_m: float) -> BaseGeometry:
    return shapely.transform(_metres(line).buffer(half_width_m, quad_segs=8), _TO_DEGREES, interleaved=False)


def along(line: LineString, areas: Iterable[BaseGeometry], half_width_m: float) -> BaseGeometry:
    """Return the corridor along a line between the first and the last area beside it.

    Parameters
    ----------
    line
        In longitude and latitude, degrees.
    areas
        Polygons in the same.
    half_width_m
        Distance from the line to the edge, metres (in Gauss-Kruger, whose scale is within 0.02 % here).
    """
    path = _metres(line)
    at = [path.project(_metres(area).representative_point()) for area in areas]
    piece = substring(path, min(at), max(at)) if at else path
    return shapely.transform(piece.buffer(half_width_m, quad_segs=8), _TO_DEGREES, interleaved=False)


def corridor(areas: Iterable[BaseGeometry], half_width_m: float) -> BaseGeometry:
    """Return the corridor through the middles of areas, in the order in which they lie along their longer axis.

    Parameters
    ----------
    areas
        Polygons in longitude and latitude, degrees.
    half_width_m
        Distance from the middle line to the edge, metres (in Gauss-Kruger, whose scale is within 0.02 % here).
    """
    points: list[Point] = [_metres(area).representative_point() for area in areas]
    eastings, northings = [p.x for p in points], [p.y for p in points]
    northerly = max(northings) - min(northings) >= max(eastings) - min(eastings)
    points.sort(key=lambda p: p.y if northerly else p.x)
    line = LineString(points) if len(points) > 1 else points[0]
    return shapely.transform(line.buffer(half_width_m, quad_segs=8), _TO_DEGREES, interleaved=False)
