"""Where places lie, measured once more with geopandas, pyproj and shapely: without our code and a database.

Outlines are those of geodata/footprints; an edge between two of their points is a geodesic. Distances are the shortest
between two outlines, found on a plane laid at one of them and measured on the ellipsoid.
"""

import json
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import geopandas
import httpx
import numpy as np
import shapely
from pyproj import Geod, Transformer

from tests.siting.independent import GEODATA, rows, zones, zones_around, zones_inside

GEOD = Geod(ellps="GRS80")
"""The ellipsoid of CGCS2000 to a tenth of a millimetre."""

REACH_KM = 15.0
"""Up to here parks are neighbours."""

SURE_KM = 0.003
"""What our measure may be off by: nobody may be nearer than this to a limit, else the test says nothing."""

_STEP_M = 400
"""An edge is straight on the plane of a map over so many metres to a centimetre."""


@cache
def _footprints() -> dict[str, dict[str, object]]:
    found = {}
    for path in sorted((GEODATA / "footprints").glob("*.geojson")):
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            found[feature["properties"]["id"]] = {**feature["properties"], "geometry": feature["geometry"]}
    return found


@cache
def outlines() -> geopandas.GeoSeries:
    """Return the outlines of parks and functional areas by id."""
    shapes = {zone: shapely.from_geojson(json.dumps(entry["geometry"])) for zone, entry in _footprints().items()}
    return geopandas.GeoSeries(shapes, crs="EPSG:4490")


def accuracy_km(zone: str) -> float:
    """Return the likely error of the outline of a zone."""
    return float(str(_footprints()[zone]["accuracy_m"])) / 1000


def area_ha(zone: str) -> float | None:
    """Return the published area, else that of an outline that rests on a document; None where there is neither."""
    published = zones()[zone]["official_area_ha"]
    if published:
        return float(published)
    rests = zone in _footprints() and _footprints()[zone]["extent_basis"] == "document"
    return geodesic_ha(outlines()[zone]) if rests else None


def geodesic_ha(shape: shapely.Geometry) -> float:
    """Return the area of a shape on the ellipsoid."""
    return float(abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e4)


def facilities(kind: str) -> dict[str, dict[str, str]]:
    """Return the facilities of a kind by id; of the railway stations those where more than ordinary trains stop."""
    return {row["id"]: row for row in rows("facilities") if row["kind"] == kind and row["trains"] != "ordinary"}


@cache
def facilities_km(zone: str) -> dict[str, float]:
    """Return the distance from the nearest edge of a zone to each facility; 0 inside."""
    points = {row["id"]: shapely.Point(float(row["lon"]), float(row["lat"])) for row in rows("facilities")}
    return dict(zip(points, km_from(zone, list(points.values())), strict=True))


def nearest_facility(zone: str, kind: str) -> tuple[str, float]:
    """Return the nearest facility of a kind, and the distance to it."""
    distances = {facility: facilities_km(zone)[facility] for facility in facilities(kind)}
    nearest = min(distances, key=distances.__getitem__)
    return nearest, distances[nearest]


def facility_error_km(facility: str) -> float:
    """Return the likely error of the point of a facility."""
    return next(float(row["accuracy_m"]) for row in rows("facilities") if row["id"] == facility) / 1000


@cache
def zones_km(zone: str) -> dict[str, float]:
    """Return the distance from the nearest edge of a zone to that of each zone that is drawn; 0 where they touch."""
    return dict(
        zip(outlines().index, km_from(zone, [_dense_outline(other) for other in outlines().index]), strict=True)
    )


@cache
def _dense_outline(zone: str) -> shapely.Geometry:
    return along(outlines()[zone])


def km_from(zone: str, shapes: Sequence[shapely.Geometry]) -> list[float]:
    """Return the shortest distances between a zone and shapes along the ellipsoid, kilometres."""
    at = shapely.centroid(outlines()[zone])
    plane = f"+proj=aeqd +lat_0={at.y} +lon_0={at.x} +ellps=GRS80"
    there = Transformer.from_crs("EPSG:4490", plane, always_xy=True)
    back = Transformer.from_crs(plane, "EPSG:4490", always_xy=True)
    own, *flat = shapely.transform([_dense_outline(zone), *shapes], there.transform, interleaved=False)
    shapely.prepare(own)
    lines = shapely.transform(shapely.shortest_line(own, flat), back.transform, interleaved=False)
    ends = shapely.get_coordinates(lines).reshape(-1, 4)
    metres = GEOD.inv(*ends.T)[2]
    found: list[float] = np.where(shapely.intersects(own, flat), 0.0, metres / 1000).tolist()
    return found


def along(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape with points put in along the geodesics that its edges are."""
    if isinstance(shape, shapely.Polygon):
        rings = [_dense(ring.coords) for ring in (shape.exterior, *shape.interiors)]
        return shapely.Polygon(rings[0], rings[1:])
    if isinstance(shape, shapely.MultiPolygon):
        return shapely.MultiPolygon([along(part) for part in shape.geoms])
    return shape


def _dense(ring: shapely.coords.CoordinateSequence) -> list[tuple[float, float]]:
    found = []
    for (lon, lat), (to_lon, to_lat) in pairwise((x, y) for x, y, *_ in ring):
        steps = int(GEOD.inv(lon, lat, to_lon, to_lat)[2] // _STEP_M)
        found += [(lon, lat), *(GEOD.npts(lon, lat, to_lon, to_lat, steps) if steps else [])]
    return [*found, found[0]]


@cache
def neighbours(zone: str) -> frozenset[str]:
    """Return the parks, and development zones without parks, within reach of a place; not what is the same land."""
    with_parks = {row["parent"] for row in zones().values() if row["kind"] == "park"}
    family = {zone, *zones_around(zone), *zones_inside(zone)}
    found = set()
    for other, km in zones_km(zone).items():
        if other not in family and zones()[other]["kind"] in ("park", "development_zone") and other not in with_parks:
            assert abs(km - REACH_KM) > SURE_KM, (zone, other, km)
            if km <= REACH_KM:
                found.add(other)
    return frozenset(found)


class Districts:
    """Outlines of the districts, as the layer of that name publishes them."""

    def __init__(self, api: httpx.Client) -> None:
        features = api.get("/layers/districts.geojson").raise_for_status().json()["features"]
        self.outlines = geopandas.GeoSeries(
            {entry["id"]: shapely.from_geojson(json.dumps(entry["geometry"])) for entry in features}, crs="EPSG:4490"
        )
        without = [key for key in self.outlines.index if not zones()[key]["parks_listed_by"]]
        self._without = dict(zip(without, map(along, self.outlines[without]), strict=True))
        self._unlisted: dict[str, frozenset[str]] = {}

    def unlisted(self, zone: str) -> frozenset[str]:
        """Return the districts within the reach of a place whose parks no document lists."""
        if zone not in self._unlisted:
            distances = dict(zip(self._without, km_from(zone, list(self._without.values())), strict=True))
            assert all(abs(km - REACH_KM) > SURE_KM for km in distances.values()), (zone, distances)
            self._unlisted[zone] = frozenset(key for key, km in distances.items() if km <= REACH_KM)
        return self._unlisted[zone]

    def share(self, zone: str, district: str) -> float:
        """Return the share of the outline of a place that lies in a district."""
        common = shapely.intersection(outlines()[zone], self.outlines[district])
        return geodesic_ha(common) / geodesic_ha(outlines()[zone])


def curve(points: tuple[tuple[float, float], ...], raw: np.ndarray) -> np.ndarray:
    """Return the values of a value function that is straight between its points."""
    at, values = zip(*points, strict=True)
    return np.interp(raw, at, values)
