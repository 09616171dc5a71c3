"""SQL of the survey: every candidate with its area, its middle, its distances and what it lies in, in one statement."""

from dataclasses import dataclass
from typing import Any

from app.features.conditions import quoted
from app.registry.definition import LayerDefinition
from app.siting.knowledge_sql import GATEWAY_KINDS, IS_CANDIDATE
from app.siting.question import GATEWAYS, Question

_ZONE_SOURCE = f"""
SELECT z.id, z.name_zh, z.name_en, z.id AS zone, coalesce(z.official_area_ha, z.area_ha) AS area_ha, z.geom,
       ST_Centroid(z.geom) AS middle, z.sort AS place
  FROM yuantu.zone AS z WHERE {IS_CANDIDATE}"""

_ECCENTRICITY = 0.00669438002290079
"""First eccentricity squared of the CGCS2000 ellipsoid (GB 22021-2008)."""
_AXIS = 6378137.0
"""Semi-major axis of the same, metres."""

_RADIANS = "radians(ST_Y(middle))"
_SMALL_AREA = (
    f"abs(ST_Area(geom)) * power(radians(1), 2) * cos({_RADIANS}) * power({_AXIS}, 2) * (1 - {_ECCENTRICITY})"
    f" / power(1 - {_ECCENTRICITY} * power(sin({_RADIANS}), 2), 2) / 10000"
)
"""Area in hectares of what is small on the ellipsoid: the plane area in degrees times that of a square degree at the
middle (product of both radii of curvature). Its relative error is below one in a million for what is less than 10 km
across; geodesic area takes thirty times as long."""

_LARGE = "greatest(ST_XMax(geom) - ST_XMin(geom), ST_YMax(geom) - ST_YMin(geom)) > 0.1"


@dataclass(frozen=True)
class Statement:
    """A statement and the values bound in it."""

    clause: str
    values: dict[str, Any]


def columns(question: Question) -> list[str]:
    """Return the names of the statement's columns."""
    names = ["id", "name_zh", "name_en", "zone", "area_ha", "lon", "lat"]
    for gateway in GATEWAYS:
        names += [f"{gateway}_km", f"{gateway}_at"]
    return [*names, *_optional(question)]


def width(question: Question) -> int:
    """Return the number of the statement's columns."""
    return len(columns(question))


def _optional(question: Question) -> dict[str, str]:
    """Return the columns that only some questions need, with their SQL."""
    found = {}
    if question.districts or question.avoid_districts:
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
    for number, layer in enumerate(question.exclude_layers):
        found[f"covered_{number}"] = _covered(layer)
    return found


def _covered(layer: LayerDefinition) -> str:
    """Return SQL for the share of a candidate that a layer covers; features that overlap count once."""
    geometry = quoted(layer.source.geometry)
    return (
        f"(SELECT coalesce(ST_Area(ST_Union(ST_Intersection({geometry}, c.geom))) / nullif(ST_Area(c.geom), 0), 0)"
        f" FROM {layer.source.relation} AS f WHERE ST_Intersects({geometry}, c.geom))"
    )


def statement(question: Question, most: int) -> Statement:
    """Return the statement that gathers the candidates of a question.

    Parameters
    ----------
    question
        What is asked.
    most
        Largest number of features of a layer; one more is returned where there are more.
    """
    values: dict[str, Any] = {}
    parts = [f"polygon AS MATERIALIZED ({_POLYGON})"] if question.within is not None else []
    if question.within is not None:
        values["within"] = question.within
    if question.districts or question.avoid_districts:
        values["places"] = [*question.districts, *question.avoid_districts]
    if question.in_elements or question.avoid_elements:
        values["elements"] = [*question.in_elements, *question.avoid_elements]
    if question.layer is None:
        source, order = _ZONE_SOURCE, "c.place, c.id"
    else:
        source, order = _layer_source(question.layer), "c.id"
        values["most"] = most + 1
        parts.append(f"around AS MATERIALIZED ({_AROUND})")
    parts += [f"candidate AS MATERIALIZED ({source})", f"facility AS MATERIALIZED ({_FACILITY})"]
    asked = ["c.id", "c.name_zh", "c.name_en", "c.zone", "c.area_ha", "ST_X(c.middle) AS lon", "ST_Y(c.middle) AS lat"]
    for gateway in GATEWAYS:
        asked += [f"{gateway}.km AS {gateway}_km", f"{gateway}.id AS {gateway}_at"]
    asked += [f"{sql} AS {name}" for name, sql in _optional(question).items()]
    joins = "".join(f"\n  LEFT JOIN LATERAL ({_nearest(gateway)}) AS {gateway} ON true" for gateway in GATEWAYS)
    clause = f"WITH {', '.join(parts)}\nSELECT {', '.join(asked)}\n  FROM candidate AS c{joins}\n ORDER BY {order}"
    return Statement(clause, values)


_POLYGON = "SELECT ST_SetSRID(ST_GeomFromGeoJSON(:within), 4490) AS geom"
_FACILITY = "SELECT id, kind, geom, ST_X(geom) AS x, ST_Y(geom) AS y FROM yuantu.facility"
_AROUND = f"""
SELECT z.id, z.geom, row_number() OVER (ORDER BY z.kind = 'district', z.area_ha, z.id) AS place
  FROM yuantu.zone AS z WHERE ({IS_CANDIDATE} OR z.kind = 'district') AND z.geom IS NOT NULL"""


def _nearest(gateway: str) -> str:
    """Return SQL for the nearest facility of a kind, and the geodesic distance to it.

    Which one is nearest is decided on a plane with the longitudes shrunk to the latitude of the middle, which costs a
    hundredth of a geodesic distance; over a hundred kilometres it is right to one in a thousand.
    """
    kind = GATEWAY_KINDS[gateway]
    across = "(f.x - ST_X(c.middle)) * cos(radians((f.y + ST_Y(c.middle)) / 2))"
    return (
        f"SELECT n.id, ST_DistanceSpheroid(n.geom, c.middle) / 1000 AS km FROM (SELECT f.id, f.geom FROM facility AS f"
        f" WHERE f.kind = '{kind}' AND c.middle IS NOT NULL"
        f" ORDER BY power({across}, 2) + power(f.y - ST_Y(c.middle), 2), f.id LIMIT 1) AS n"
    )


def _layer_source(layer: LayerDefinition) -> str:
    source = layer.source
    label_zh = f"{quoted(layer.label.zh)}::text" if layer.label else "NULL::text"
    label_en = f"{quoted(layer.label.en)}::text" if layer.label else "NULL::text"
    area = f"CASE WHEN {_LARGE} THEN ST_Area(geom::geography) / 10000 ELSE {_SMALL_AREA} END"
    around = "(SELECT min(a.place) FROM around AS a WHERE a.geom && p.middle AND ST_Covers(a.geom, p.middle))"
    return f"""
SELECT p.id, p.name_zh, p.name_en, (SELECT a.id FROM around AS a WHERE a.place = {around}) AS zone,
       nullif({area}, 0) AS area_ha, p.geom, p.middle
  FROM (SELECT {quoted(source.key)}::text AS id, {label_zh} AS name_zh, {label_en} AS name_en,
               {quoted(source.geometry)} AS geom, ST_Centroid({quoted(source.geometry)}) AS middle
          FROM {source.relation} AS f LIMIT :most) AS p"""
