"""SQL of the survey: every candidate with its area, its middle, its distances and what it lies in, in one statement."""

from dataclasses import dataclass
from typing import Any

from app.evidence.record import PlanningRecord
from app.evidence.record_sql import IS_CANDIDATE
from app.features.conditions import quoted
from app.registry.definition import LayerDefinition
from app.siting.gateways import GATEWAYS
from app.siting.question import Question

_ZONE_SOURCE = """
SELECT z.id, z.name_zh, z.name_en, z.id AS zone, coalesce(z.official_area_ha, z.area_ha) AS area_ha,
       CASE WHEN coalesce(z.official_area_ha, z.area_ha) IS NULL
            THEN ST_Area(z.geom::geography) / 10000 END AS drawn_ha,
       z.geom,
       ST_Centroid(z.geom) AS middle, z.sort AS place
  FROM yuantu.zone AS z WHERE """

_ECCENTRICITY = 0.00669438002290079
"""First eccentricity squared of the CGCS2000 ellipsoid (GB 22021-2008)."""
_AXIS = 6378137.0
"""Semi-major axis of the same, metres."""

_RADIANS = "radians(ST_Y(p.middle))"
_SMALL_AREA = (
    f"ST_Area(p.geom) * power(radians(1), 2) * cos({_RADIANS}) * power({_AXIS}, 2) * (1 - {_ECCENTRICITY})"
    f" / power(1 - {_ECCENTRICITY} * power(sin({_RADIANS}), 2), 2) / 10000"
)
"""Area in hectares of what is small on the ellipsoid: the plane area in degrees times that of a square degree at the
middle (product of both radii of curvature). Its relative error is below one in a million for what is less than 10 km
across; geodesic area takes thirty times as long."""

_LARGE = "ST_XMax(p.geom) - ST_XMin(p.geom) > 0.1 OR ST_YMax(p.geom) - ST_YMin(p.geom) > 0.1"


@dataclass(frozen=True)
class Statement:
    """A statement and the values bound in it."""

    clause: str
    values: dict[str, Any]


def columns(question: Question) -> list[str]:
    """Return the names of the statement's columns."""
    names = ["id", "name_zh", "name_en", "zone", "area_ha", "lon", "lat"]
    for gateway in gateways(question):
        names += [f"{gateway}_km", f"{gateway}_at"]
    return [*names, *_optional(question)]


def gateways(question: Question) -> list[str]:
    """Return the gateways whose distance matters: by a weight or by a limit."""
    limits = {*question.max_km, *question.min_km}
    weighed = {name for name, weight in question.weights.items() if weight > 0}
    return [name for name in GATEWAYS if name in limits or weighed & {name, f"{name}_away"}]


def named_places(question: Question) -> list[str]:
    """Return the ids of the places that distances are asked to, in the order of the columns."""
    return [place.place for place in (*question.near, *question.apart)]


def _optional(question: Question) -> dict[str, str]:
    """Return the columns that only some questions need, with their SQL."""
    found = {}
    if question.of_zones:
        found["drawn_ha"] = "c.drawn_ha"
        for number in range(len(named_places(question))):
            found[f"place_{number}_km"] = f"ST_Distance(c.geom::geography, place_{number}.geom::geography) / 1000"
    if question.districts or question.avoid_districts or question.prefer_districts:
        found["places"] = (
            "ARRAY(SELECT o.id FROM yuantu.zone AS o WHERE o.id = ANY(:places) AND ST_Covers(o.geom, c.middle))"
        )
    if question.in_elements or question.avoid_elements:
        found["elements"] = (
            "ARRAY(SELECT o.id FROM yuantu.plan_element AS o"
            " WHERE o.id = ANY(:elements) AND ST_Covers(o.geom, c.middle))"
        )
    if question.within is not None:
        found["inside"] = "ST_Covers((SELECT geom FROM polygon), c.middle)"
    for number in range(len(question.exclude_layers)):
        found[f"covered_{number}"] = f"coalesce(share_{number}.share, 0)"
    return found


def _covering(question: Question) -> tuple[str, str]:
    """Return the common tables of the shares of candidates that layers cover, and their joins to the candidates.

    It goes from the few features of a layer to the candidates in each, whose geometry is then prepared once; what lies
    in one whole is not cut. Features that overlap count once.
    """
    tables, joins = "", ""
    ground = "yuantu.zone" if question.layer is None else f"({_ground(question.layer)})"
    for number, layer in enumerate(question.exclude_layers):
        geometry = quoted(layer.source.geometry)
        tables += f"""hit_{number} AS MATERIALIZED (
  SELECT g.id, g.geom, {geometry} AS other, ST_Covers({geometry}, g.geom) AS whole
    FROM {layer.source.relation} AS f JOIN {ground} AS g ON ST_Intersects({geometry}, g.geom)), share_{number} AS (
  SELECT id, CASE WHEN bool_or(whole) THEN 1 ELSE ST_Area(ST_Union(CASE WHEN NOT whole THEN ST_Intersection(other, geom)
         END)) / nullif(ST_Area((array_agg(geom))[1]), 0) END AS share
    FROM hit_{number} GROUP BY id), """
        joins += f" LEFT JOIN share_{number} ON share_{number}.id = c.id"
    return tables, joins


def _ground(layer: LayerDefinition) -> str:
    source = layer.source
    return f"SELECT {quoted(source.key)}::text AS id, {quoted(source.geometry)} AS geom FROM {source.relation} AS f"


def statement(question: Question, record: PlanningRecord, most: int) -> Statement:
    """Return the statement that gathers the candidates of a question.

    Parameters
    ----------
    question
        What is asked.
    record
        For the facilities.
    most
        Largest number of features of a layer; one more is returned where there are more.
    """
    values: dict[str, Any] = {}
    polygon = ""
    if question.within is not None:
        polygon = "polygon AS MATERIALIZED (SELECT ST_SetSRID(ST_GeomFromGeoJSON(:within), 4490) AS geom), "
        values["within"] = question.within
    if question.districts or question.avoid_districts or question.prefer_districts:
        values["places"] = [*question.districts, *question.avoid_districts, *question.prefer_districts]
    if question.in_elements or question.avoid_elements:
        values["elements"] = [*question.in_elements, *question.avoid_elements]
    if question.layer is None:
        source, order = f"{_ZONE_SOURCE}{IS_CANDIDATE}", " ORDER BY c.place, c.id"
    else:
        source, order = _layer_source(question.layer), ""
        values["most"] = most + 1
    asked = ["c.id", "c.name_zh", "c.name_en", "c.zone", "c.area_ha", "c.lon", "c.lat"]
    candidates = (
        "(SELECT *, ST_X(middle) AS lon, ST_Y(middle) AS lat, cos(radians(ST_Y(middle))) AS shrunk FROM candidate)"
    )
    for gateway in gateways(question):
        places = record.gateways.get(GATEWAYS[gateway].facilities, ())
        if not places:
            asked += [f"NULL::float8 AS {gateway}_km", f"NULL::int AS {gateway}_at"]
            continue
        candidates = _with_nearest(candidates, gateway, len(places), exact=question.layer is None)
        at = f"ST_SetSRID(ST_MakePoint((:{gateway}_x)[c.{gateway}_n], (:{gateway}_y)[c.{gateway}_n]), 4490)"
        km = f"c.{gateway}_least" if question.of_zones else f"ST_DistanceSpheroid({at}, c.middle)"
        asked += [f"{km} / 1000 AS {gateway}_km", f"c.{gateway}_n AS {gateway}_at"]
        values[f"{gateway}_x"] = [one.lon for one in places]
        values[f"{gateway}_y"] = [one.lat for one in places]
    asked += [f"{sql} AS {name}" for name, sql in _optional(question).items()]
    tables, joins = _covering(question)
    if question.of_zones:
        for number, place in enumerate(named_places(question)):
            joins += f" CROSS JOIN ({_PLACE.format(number=number)}) AS place_{number}"
            values[f"place_{number}"] = place
    clause = (
        f"WITH {polygon}{tables}candidate AS ({source})\n"
        f"SELECT {', '.join(asked)}\n  FROM {candidates} AS c{joins}{order}"
    )
    return Statement(clause, values)


_PLACE = """SELECT geom FROM yuantu.zone WHERE id = :place_{number} UNION ALL
 SELECT geom FROM yuantu.facility WHERE id = :place_{number} LIMIT 1"""


def _with_nearest(candidates: str, gateway: str, count: int, *, exact: bool) -> str:
    """Return SQL that adds to candidates the place, from 1, of their nearest facility of a kind, and the distance.

    Of a park it is the geodesic distance from the nearest edge of its outline, metres. Among two hundred thousand
    parcels (not ``exact``), each small, it is decided from their middles on a plane whose longitudes are shrunk to the
    latitude of the parcel: that costs a hundredth of a geodesic distance to each, and may mistake two facilities for
    each other whose distances differ by less than half a per cent. The distance to the one chosen is geodesic always.
    """
    x, y = f"(:{gateway}_x)[{{n}}]", f"(:{gateway}_y)[{{n}}]"
    length = f"ST_Distance(geom::geography, ST_SetSRID(ST_MakePoint({x}, {y}), 4490)::geography)"
    square = f"((lon - {x}) * shrunk) * ((lon - {x}) * shrunk) + (lat - {y}) * (lat - {y})"
    measure = length if exact else square
    distances = ", ".join(f"{measure.format(n=n)} AS {gateway}_{n}" for n in range(1, count + 1))
    names = [f"{gateway}_{n}" for n in range(1, count + 1)]
    least = f"least({', '.join(names)})"
    cases = " ".join(f"WHEN {name} THEN {n}" for n, name in enumerate(names, 1))
    return (
        f"(SELECT *, {least} AS {gateway}_least, CASE {least} {cases} END AS {gateway}_n"
        f" FROM (SELECT *, {distances} FROM {candidates} AS s OFFSET 0) AS t OFFSET 0)"
    )


def _layer_source(layer: LayerDefinition) -> str:
    source = layer.source
    label_zh = f"{quoted(layer.label.zh)}::text" if layer.label else "NULL::text"
    label_en = f"{quoted(layer.label.en)}::text" if layer.label else "NULL::text"
    area = f"CASE WHEN {_LARGE} THEN ST_Area(p.geom::geography) / 10000 ELSE {_SMALL_AREA} END"
    return f"""
SELECT p.id, p.name_zh, p.name_en, NULL::text AS zone, nullif({area}, 0) AS area_ha, p.geom, p.middle
  FROM (SELECT {quoted(source.key)}::text AS id, {label_zh} AS name_zh, {label_en} AS name_en,
               {quoted(source.geometry)} AS geom, ST_Centroid({quoted(source.geometry)}) AS middle
          FROM {source.relation} AS f ORDER BY {quoted(source.key)} LIMIT :most OFFSET 0) AS p"""


SHAPES = """
SELECT id, ST_AsBinary(geom) AS outline FROM yuantu.zone WHERE id = ANY(:ids) UNION ALL
SELECT id, ST_AsBinary(geom) FROM yuantu.facility WHERE id = ANY(:ids)
"""
"""Geometries of named places."""

OUTLINES = f"""
SELECT z.id, ST_AsBinary(z.geom) AS outline FROM yuantu.zone AS z
 WHERE ({IS_CANDIDATE} OR z.kind = 'district') AND z.geom IS NOT NULL
 ORDER BY z.kind = 'district', ST_Area(z.geom), z.id
"""
"""Outlines that parcels are looked up in, the smallest first and districts last."""
