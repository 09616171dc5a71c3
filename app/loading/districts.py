"""The outlines of Tianjin's sixteen districts, read from the map file of the npm package echarts 4.9.0.

The file carries one outline a district, each simplified and rounded on its own, so that neighbours leave slivers or
overlap. Reading decodes the outlines, mends the shared edges into a coverage and converts it to WGS 84. The mending
works on the file's own grid of 1/1024 degree, where a vertex that two districts share is the same pair of integers.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import shapely
from shapely import MultiPolygon, Polygon

from app.geodesy.datum import LonLat, gcj02_to_wgs84

SOURCE: Final = "npm echarts 4.9.0, map/json/province/tianjin.json (Apache-2.0)"
"""Where the outlines come from, with the licence they are under."""

SOURCE_ZH: Final = "npm 软件包 echarts 4.9.0 的 map/json/province/tianjin.json（Apache-2.0 许可）"

METHOD: Final = (
    "District outlines generalised by their publisher and rounded up to 1/1024 degree; decoded to the middle of the "
    "cell, taken as GCJ-02 as is the convention for such maps and converted to WGS 84 by the published approximate "
    "formula; gaps and overlaps between neighbours mended so that shared edges coincide; enclaves that the publisher "
    "left out are not restored and boundaries changed since are not updated. "
    "Not authoritative and without a map approval number (无审图号)."
)
"""How the outlines were made and what they are not."""

METHOD_ZH: Final = (
    "区界轮廓经发布者概括，坐标向上取整到1/1024度；解码时取网格中点，按此类地图的惯例视为GCJ-02坐标，"
    "用公开的近似公式换算为WGS 84；相邻各区之间的缝隙和重叠已修补，使公共边一致；"
    "发布者略去的飞地未补绘，此后的区划调整未更新。非权威边界，无审图号。"
)

ACCURACY_M: Final = 500.0
"""Stated accuracy of an edge in metres.

Measured against a finer independent outline, half of the edges of each district lie within 30 m and 95 % of the outer
districts' within 250 m, the worst about 500 m; where a boundary has moved since (south and east of the city, between
河西, 津南, 西青, 河东, 东丽 and 南开) stretches differ by 1 to 4 km.
"""

DISTRICT_NAMES: Final[Mapping[str, str]] = {
    "120101": "和平区",
    "120102": "河东区",
    "120103": "河西区",
    "120104": "南开区",
    "120105": "河北区",
    "120106": "红桥区",
    "120110": "东丽区",
    "120111": "西青区",
    "120112": "津南区",
    "120113": "北辰区",
    "120114": "武清区",
    "120115": "宝坻区",
    "120116": "滨海新区",
    "120117": "宁河区",
    "120118": "静海区",
    "120119": "蓟州区",
}
"""Names by GB/T 2260 code; the file's own names are not read, for older copies still call three of them counties."""

_SCALE: Final = 1024  # ECharts' UTF8Scale, unless the file states another
_CELL_MIDDLE: Final = -0.5  # ECharts' encoder rounds up: a coded value stands for the cell below it
_NODE_GRID: Final = 1 / 16  # grid cells; crossings of edges are snapped to it, about 6 m
_MAX_ARTEFACT: Final = (
    100.0  # grid cells, about 0.9 km²: the largest gap or detached piece that is taken for an artefact
)
_DECIMALS: Final = 6

Cell: TypeAlias = tuple[int, int]


class DistrictSourceError(ValueError):
    """The map file is not what it should be; the message names the file and what is wrong in it."""


@dataclass(frozen=True, slots=True)
class DistrictOutline:
    """The outline of one district.

    Attributes
    ----------
    adcode : str
        The administrative division code of GB/T 2260, such as ``120116``.
    name_zh : str
        The district's present name.
    geometry : shapely.MultiPolygon
        WGS 84 longitudes and latitudes in degrees with at most six decimals; shells run counter-clockwise. Neighbours
        share the vertices of their common edge exactly.
    """

    adcode: str
    name_zh: str
    geometry: MultiPolygon


def read_districts(path: Path) -> list[DistrictOutline]:
    """Read, mend and convert the sixteen outlines.

    Parameters
    ----------
    path : Path
        The file ``map/json/province/tianjin.json`` of the package.

    Returns
    -------
    list of DistrictOutline
        The sixteen districts in the order of their codes.

    Raises
    ------
    DistrictSourceError
        If the file is not an ECharts map of exactly the sixteen districts, or the mended outlines do not form a valid
        coverage.
    OSError
        If the file cannot be read.
    """
    document, scale = _load(path)
    cells = {adcode: _polygonal(shapely.make_valid(rings)) for adcode, rings in _decode(path, document).items()}
    mended = mend_shared_edges([cells[adcode] for adcode in DISTRICT_NAMES])
    placed = [_to_wgs84(geometry, scale) for geometry in mended]
    if not (all(g.is_valid and not g.is_empty for g in placed) and shapely.coverage_is_valid(placed)):
        raise DistrictSourceError(f"{path}: the mended outlines do not form a valid coverage")
    return [
        DistrictOutline(adcode, name, geometry)
        for (adcode, name), geometry in zip(DISTRICT_NAMES.items(), placed, strict=True)
    ]


def by_zone(outlines: Iterable[DistrictOutline], zone_ids: Mapping[str, str]) -> dict[str, DistrictOutline]:
    """Key the outlines by zone id.

    Parameters
    ----------
    outlines : iterable of DistrictOutline
        The districts.
    zone_ids : mapping of str to str
        Zone id by the district's Chinese name.

    Returns
    -------
    dict of str to DistrictOutline
        Outline by zone id, in the order given.

    Raises
    ------
    KeyError
        If a district's name has no zone id.
    """
    return {zone_ids[outline.name_zh]: outline for outline in outlines}


def decode_ring(text: str, offset: Sequence[int]) -> list[Cell]:
    """Decode one ring of ECharts' UTF8Encoding.

    Each vertex is two characters, the zigzag-coded steps from the vertex before it plus 64; the first steps from the
    ring's own offset. After `decodePolygon` of ECharts 4.9.0, lib/coord/geo/parseGeoJson.js.

    Parameters
    ----------
    text : str
        The coded ring, two characters a vertex.
    offset : sequence of int
        The ring's encode offset, x and y in grid cells.

    Returns
    -------
    list of (int, int)
        The ring's vertices in grid cells, closed if the file left it open.

    Raises
    ------
    ValueError
        If the text has an odd number of characters.
    """
    if len(text) % 2:
        raise ValueError(f"a coded ring has two characters a vertex, this one has {len(text)} characters")
    x, y = offset
    ring: list[Cell] = []
    for east, north in zip(text[::2], text[1::2], strict=True):
        x, y = x + _unzigzag(ord(east) - 64), y + _unzigzag(ord(north) - 64)
        ring.append((x, y))
    return ring if ring[:1] == ring[-1:] else [*ring, ring[0]]


def mend_shared_edges(outlines: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    """Turn outlines that nearly fit into a coverage whose neighbours share edges exactly.

    All edges are noded together and cut the plane into faces. A face that lies in one outline is that one's. A face in
    several is given to the one of them with which it shares the longest edge, a gap or detached piece of at most
    `_MAX_ARTEFACT` to whichever neighbour that is. Larger gaps stay holes; a small piece with no neighbour is dropped.

    Parameters
    ----------
    outlines : sequence of shapely.Geometry
        Valid polygons or multipolygons in grid cells of the file.

    Returns
    -------
    list of shapely.Geometry
        The mended outlines in the same order.
    """
    edges = shapely.union_all([outline.boundary for outline in outlines], grid_size=_NODE_GRID)
    faces: list[Polygon] = list(shapely.get_parts(shapely.polygonize(shapely.get_parts(edges))))
    claims = [_claims(face, outlines) for face in faces]
    owners = _settled(faces, claims)
    pending = [i for i, owner in enumerate(owners) if owner is None and (claims[i] or faces[i].area <= _MAX_ARTEFACT)]
    pending.sort(key=lambda i: -faces[i].area)
    _assign(pending, owners, _neighbours(faces), claims)
    return [
        shapely.coverage_union_all([face for face, owner in zip(faces, owners, strict=True) if owner == district])
        for district in range(len(outlines))
    ]


def _claims(face: Polygon, outlines: Sequence[shapely.Geometry]) -> set[int]:
    """Tell which outlines cover a face, by more than half of it: snapping may have moved its edge a little."""
    return {i for i, outline in enumerate(outlines) if outline.intersection(face).area > face.area / 2}


def _settled(faces: Sequence[Polygon], claims: Sequence[set[int]]) -> list[int | None]:
    """Give each face that one outline alone covers to it, except small ones, which are yet to find a neighbour."""
    return [
        next(iter(claim)) if len(claim) == 1 and face.area > _MAX_ARTEFACT else None
        for face, claim in zip(faces, claims, strict=True)
    ]


def _assign(
    pending: list[int],
    owners: list[int | None],
    neighbours: Sequence[Mapping[int, float]],
    claims: Sequence[set[int]],
) -> None:
    """Give each pending face the owner it shares the longest edge with: first among those claiming it, then any."""
    for claimed_only in (True, False):
        progress = True
        while progress:
            progress = False
            for i in [i for i in pending if owners[i] is None]:
                lengths: dict[int, float] = {}
                for other, length in neighbours[i].items():
                    owner = owners[other]
                    if owner is not None and (owner in claims[i] or not (claimed_only and claims[i])):
                        lengths[owner] = lengths.get(owner, 0.0) + length
                if lengths:
                    owners[i] = max(sorted(lengths), key=lambda owner: lengths[owner])
                    progress = True


def _neighbours(faces: Sequence[Polygon]) -> list[dict[int, float]]:
    """List for each face the faces beside it with the length of the shared edge in grid cells; faces must be noded."""
    sides: dict[frozenset[LonLat], list[int]] = {}
    for i, face in enumerate(faces):
        for ring in (face.exterior, *face.interiors):
            for start, end in zip(ring.coords[:-1], ring.coords[1:], strict=True):
                sides.setdefault(frozenset((start, end)), []).append(i)
    beside: list[dict[int, float]] = [{} for _ in faces]
    for side, between in sides.items():
        if len(between) == 2:
            a, b = between
            length = math.dist(*side)
            beside[a][b] = beside[a].get(b, 0.0) + length
            beside[b][a] = beside[b].get(a, 0.0) + length
    return beside


def _load(path: Path) -> tuple[dict[str, Any], int]:
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DistrictSourceError(f"{path}: not a JSON file: {error}") from error
    if not document.get("UTF8Encoding"):
        raise DistrictSourceError(f"{path}: not an encoded ECharts map, UTF8Encoding is not set")
    return document, int(document.get("UTF8Scale", _SCALE))


def _decode(path: Path, document: Mapping[str, Any]) -> dict[str, MultiPolygon]:
    try:
        found = {str(feature["id"]): _feature_rings(feature["geometry"]) for feature in document["features"]}
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise DistrictSourceError(f"{path}: a feature cannot be decoded: {error!r}") from error
    if found.keys() != DISTRICT_NAMES.keys():
        missing, surplus = DISTRICT_NAMES.keys() - found.keys(), found.keys() - DISTRICT_NAMES.keys()
        raise DistrictSourceError(f"{path}: districts missing {sorted(missing)}, unknown {sorted(surplus)}")
    return found


def _feature_rings(geometry: Mapping[str, Any]) -> MultiPolygon:
    """Decode a feature; a MultiPolygon nests rings and offsets one level deeper than a Polygon."""
    polygons, offsets = geometry["coordinates"], geometry["encodeOffsets"]
    if geometry["type"] == "Polygon":
        polygons, offsets = [polygons], [offsets]
    parts = []
    for rings, ring_offsets in zip(polygons, offsets, strict=True):
        shell, *holes = [decode_ring(text, offset) for text, offset in zip(rings, ring_offsets, strict=True)]
        parts.append(Polygon(shell, holes))
    return MultiPolygon(parts)


def _unzigzag(value: int) -> int:
    return (value >> 1) ^ -(value & 1)


def _polygonal(geometry: shapely.Geometry) -> shapely.Geometry:
    """Keep the areas of a mended ring and leave the lines that its spikes collapsed to."""
    return shapely.union_all([part for part in shapely.get_parts(geometry) if part.area > 0])


def _to_wgs84(geometry: shapely.Geometry, scale: int) -> MultiPolygon:
    """Convert a geometry of grid cells to WGS 84 degrees, vertex by vertex, so that shared vertices stay shared.

    The half cell is taken off because the encoder that such maps are written with rounds up (``quantize`` in
    echarts-maps/echarts-mapmaker, src/map-tool.js); left in, every edge would lie some 40 m east and 50 m north.
    """

    def vertex(cell: Sequence[float]) -> LonLat:
        lon, lat = gcj02_to_wgs84((cell[0] + _CELL_MIDDLE) / scale, (cell[1] + _CELL_MIDDLE) / scale)
        return round(lon, _DECIMALS), round(lat, _DECIMALS)

    polygons = [
        Polygon([vertex(c) for c in part.exterior.coords], [[vertex(c) for c in r.coords] for r in part.interiors])
        for part in shapely.get_parts(geometry)
    ]
    return shapely.orient_polygons(MultiPolygon(polygons))
