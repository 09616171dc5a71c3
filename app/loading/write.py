"""Writing: facts and geometries into the tables, in one transaction."""

from collections.abc import Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, delete, insert, text

from app.db import models
from app.db.models import SCHEMA, SRID, Base
from app.loading.elements import ElementGeometry
from app.loading.facts import Facts
from app.loading.footprints import Footprint
from app.loading.named import named_batches, subject
from app.loading.roster import districts_of, park_ids
from app.loading.search_terms import place_targets, search_rows
from app.loading.tables import Row
from app.loading.taxonomy import chain_rows, gbt_rows, label_rows
from app.loading.words import NOTHING

RENAMED = {
    "document": "document_id",
    "parent": "parent_id",
    "zone": "zone_id",
    "industry": "industry_id",
    "scope": "scope_zone_id",
    "scope_zone": "scope_zone_id",
    "parent_element": "parent_element_id",
    "plan": "plan_id",
    "cluster": "cluster_id",
}
"""Columns of the files that the tables call otherwise."""

EMPTIED = [table for table in reversed(Base.metadata.sorted_tables) if table.name not in ("revision", "short_link")]
"""Tables whose rows a load replaces; past revisions stay, and so do the links that people keep."""


LEAST_SHARE = 0.01
"""Share of a footprint in a district from which on it is told; less is the error of the outlines."""

LIES_IN = """
INSERT INTO yuantu.zone_lies_in (zone_id, district_id, share)
SELECT zone_id, district_id, least(1, share)
  FROM (SELECT z.id AS zone_id, d.id AS district_id,
               ST_Area(ST_Intersection(z.geom, d.geom)::geography) / ST_Area(z.geom::geography) AS share
          FROM yuantu.zone AS z
          JOIN yuantu.zone AS d ON d.kind = 'district' AND ST_Intersects(z.geom, d.geom)
         WHERE z.kind NOT IN ('district', 'municipality') AND z.extent_basis <> 'host') AS shared
 WHERE share >= :least
"""
"""Where a zone lies (地处), by its footprint; who administers it is another question."""

FEATURE_VIEWS = ("zone_feature", "plan_feature", "cluster_feature", "thing_feature", "link_feature")
"""Materialised views that layers read."""


def _ewkt(geometry: BaseGeometry) -> str:
    return f"SRID={SRID};{shapely.to_wkt(geometry, rounding_precision=6)}"


def _plain(row: Row, sort: int, *without: str) -> dict[str, Any]:
    values = {RENAMED.get(column, column): value for column, value in row.values.items() if column not in without}
    return {**values, "sort": sort}


def write(
    connection: Connection,
    facts: Facts,
    footprints: Mapping[str, Footprint],
    elements: Mapping[str, ElementGeometry],
) -> int:
    """Replace every row by those of the facts.

    Parameters
    ----------
    connection
        Inside a transaction; constraints are checked when it commits.
    facts
        Rows of every table.
    footprints
        Geometries of zones, by zone id.
    elements
        Geometries of plan elements, by element id.

    Returns
    -------
    int
        Number of rows written.
    """
    for table in EMPTIED:
        connection.execute(delete(table))
    written = 0
    for model, rows in _batches(facts, footprints, elements):
        if rows:
            connection.execute(insert(model), rows)
            written += len(rows)
    connection.execute(text(LIES_IN), {"least": LEAST_SHARE})
    # Last, since whoever reads the features waits from here until the transaction ends.
    for view in FEATURE_VIEWS:
        connection.execute(text(f"REFRESH MATERIALIZED VIEW {SCHEMA}.{view}"))
    place_targets(connection)
    return written


def _batches(
    facts: Facts, footprints: Mapping[str, Footprint], elements: Mapping[str, ElementGeometry]
) -> list[tuple[type[Base], list[dict[str, Any]]]]:
    targets, terms = search_rows(facts)
    return [
        (models.Document, [{**_plain(row, n), **_period(row)} for n, row in enumerate(facts["documents"])]),
        (models.Zone, [*_zones(facts, footprints), *_theme_parks(facts, footprints)]),
        (models.ZoneHost, _hosts(facts)),
        (models.Industry, _industries(facts)),
        (models.ZoneIndustry, _zone_industries(facts)),
        (models.IndustryFirm, [_plain(row, n) for n, row in enumerate(facts["industry_firms"])]),
        (models.Plan, [{**_plain(row, n), "note_zh": None, "note_en": None} for n, row in enumerate(facts["plans"])]),
        (models.PlanElement, _plan_elements(facts, elements)),
        (models.PlanElementZone, _element_zones(facts)),
        (models.Cluster, _clusters(facts)),
        (models.ClusterZone, _links(facts["clusters"], "responsible_zones", "cluster_id", "zone_id")),
        (models.ClusterPlace, [_plain(row, n) for n, row in enumerate(facts["cluster_places"])]),
        *named_batches(facts.tables),
        (models.Indicator, [_plain(row, n) for n, row in enumerate(facts["indicators"])]),
        (models.Facility, _facilities(facts)),
        *_taxonomy(facts),
        (models.SearchTarget, targets),
        (models.SearchTerm, terms),
    ]  # fmt: skip


def _taxonomy(facts: Facts) -> list[tuple[type[Base], list[dict[str, Any]]]]:
    codes, mapped = gbt_rows(facts.tables)
    return [
        (models.IndustryLabel, label_rows(facts.tables, facts.industry_paths)),
        (models.ValueChainLink, chain_rows(facts.tables)),
        (models.GbtCode, codes),
        (models.IndustryGbt, mapped),
    ]


def _period(row: Row) -> dict[str, int | None]:
    """Return the years of a period written as 2021-2025."""
    start, _, end = (row["period"] or "").partition("-")
    return {"period_start": int(start) if start else None, "period_end": int(end) if end else None}


def _explained(shape: Footprint | ElementGeometry | None) -> dict[str, str | None]:
    method, source = (shape.method, shape.source) if shape else (NOTHING, NOTHING)
    told = {**method.columns("geometry_method"), **source.columns("geometry_source")}
    return {column: text or None for column, text in told.items()}


def _shape(footprint: Footprint | None) -> dict[str, Any]:
    return {
        "geom": _ewkt(footprint.geometry) if footprint else None,
        "geometry_status": footprint.status if footprint else None,
        "extent_basis": footprint.basis if footprint else None,
        "accuracy_m": footprint.accuracy_m if footprint else None,
        **_explained(footprint),
    }


def _zones(facts: Facts, footprints: Mapping[str, Footprint]) -> list[dict[str, Any]]:
    parks = park_ids(facts["zones"])
    districts = districts_of(facts["zones"])
    return [
        {
            **_plain(row, n),
            "positioning_zh": None,
            "positioning_en": None,
            "is_park": row["id"] in parks,
            "district_id": districts[row["id"]],
            **_shape(footprints.get(row["id"])),
        }
        for n, row in enumerate(facts["zones"])
    ]


def _theme_parks(facts: Facts, footprints: Mapping[str, Footprint]) -> list[dict[str, Any]]:
    first = len(facts["zones"])
    districts = districts_of(facts["zones"], facts["theme_parks"])
    return [
        {
            **_plain(row, first + n, "planned_area_ha"),
            "short_name_zh": None,
            "kind": "theme_park",
            "level": None,
            "official_area_ha": row["planned_area_ha"],
            "official_area_year": None,
            "official_area_source": _cited(facts, row) if row["planned_area_ha"] is not None else None,
            "parks_listed_by": None,
            "is_park": False,
            "district_id": districts[row["id"]],
            **_shape(footprints.get(row["id"])),
        }
        for n, row in enumerate(facts["theme_parks"])
    ]


def _cited(facts: Facts, row: Row) -> str:
    titles = {document["id"]: document["title_zh"] for document in facts["documents"]}
    return f"{titles[row['document']]} {row['locator']}"


def _hosts(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "zone_id": row["theme_park"],
            "host_id": row["host"],
            "role": row["role"],
            "wording": row["wording"],
            "document_id": row["document"],
            "locator": row["locator"],
            "sort": n,
        }
        for n, row in enumerate(facts["theme_park_hosts"])
    ]


def _industries(facts: Facts) -> list[dict[str, Any]]:
    return [{**_plain(row, n), "path": facts.industry_paths[row["id"]]} for n, row in enumerate(facts["industries"])]


def _clusters(facts: Facts) -> list[dict[str, Any]]:
    rows = facts["clusters"]
    return [{**_plain(row, n, "responsible_zones"), "note_zh": None, "note_en": None} for n, row in enumerate(rows)]


def _zone_industries(facts: Facts) -> list[dict[str, Any]]:
    elements = {row["id"] for row in facts["plan_elements"]}
    rows = facts["zone_industries"]
    return [{**_plain(row, n, "subject"), **subject(row["subject"], elements)} for n, row in enumerate(rows)]


def _links(rows: list[Row], column: str, own: str, other: str) -> list[dict[str, Any]]:
    return [{own: row["id"], other: one, "sort": n} for row in rows for n, one in enumerate(dict.fromkeys(row[column]))]


def _plan_elements(facts: Facts, elements: Mapping[str, ElementGeometry]) -> list[dict[str, Any]]:
    written = []
    for n, row in enumerate(facts["plan_elements"]):
        element = elements.get(row["id"])
        shape = {
            "geom": _ewkt(element.geometry) if element else None,
            "geometry_status": "derived" if element else None,
            "extent_basis": element.basis if element else None,
            **_explained(element),
        }
        sort = n if row["sort"] is None else row["sort"]
        written.append({**_plain(row, sort, "members", "core", "via", "along"), **shape})
    return written


def _element_zones(facts: Facts) -> list[dict[str, Any]]:
    return [
        {**link, "role": role}
        for role, column in (("member", "members"), ("core", "core"), ("via", "via"))
        for link in _links(facts["plan_elements"], column, "element_id", "zone_id")
    ]


def _facilities(facts: Facts) -> list[dict[str, Any]]:
    return [
        {**_plain(row, n, "lon", "lat"), "geom": f"SRID={SRID};POINT({row['lon']} {row['lat']})"}
        for n, row in enumerate(facts["facilities"])
    ]
