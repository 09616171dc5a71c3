"""SQL: statements that return features as text, one round trip a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.features.conditions import compared, conditions, quoted
from app.features.ordering import OrderKey, after, order_of, read_cursor
from app.features.query import ItemsQuery
from app.geodesy.crs import CRS84, EPSG_4490
from app.registry.definition import LayerDefinition, LayerField

ACCURACY = "accuracy_m"
"""Field that states how far a feature may lie from where it is drawn, metres."""

METRES_PER_DEGREE = 111_320.0
"""Length of a degree of latitude, metres; turns a tolerance in metres into degrees, generously in longitude."""


@dataclass(frozen=True)
class Statement:
    """A statement and the values bound in it."""

    clause: str
    values: dict[str, Any]


def selected_fields(layer: LayerDefinition, query: ItemsQuery) -> tuple[LayerField, ...]:
    """Return the fields that an answer carries, in the layer's order."""
    if query.properties is None:
        return layer.fields
    return tuple(one for one in layer.fields if one.name in query.properties)


def _properties(fields: Sequence[LayerField]) -> str:
    """Return SQL for the properties object of a feature, in the order of the fields.

    Joined text is faster than json_build_object, which looks up the type of each argument anew for each row.
    """
    if not fields:
        return "'{}'"
    members = [f"""'{"," if place else "{"}"{one.name}":' || {_json(one)}""" for place, one in enumerate(fields)]
    return _joined([*members, "'}'"])


def _joined(texts: Sequence[str]) -> str:
    """Return SQL that joins texts in pairs of pairs; one after the other, the first is copied with each of them."""
    if len(texts) == 1:
        return texts[0]
    half = len(texts) // 2
    return f"({_joined(texts[:half])} || {_joined(texts[half:])})"


def _json(field: LayerField) -> str:
    column = quoted(field.name)
    if field.type == "number":
        # JSON has no NaN and no infinity: a number less itself is not 0 then.
        return f"CASE WHEN {column} - {column} = 0 THEN to_json({column})::text ELSE 'null' END"
    text = f"{column}::text" if field.type == "integer" else f"to_json({column})::text"
    return f"coalesce({text}, 'null')"


def geometry_sql(layer: LayerDefinition, query: ItemsQuery, *, axis_order: bool = True) -> str:
    """Return SQL for the geometry in the CRS of the query.

    Parameters
    ----------
    layer, query
        Whose geometry, and in which CRS.
    axis_order
        Whether coordinates stand in the order of the CRS (latitude or northing first where it says so); GDAL and WKB
        want x before y.
    """
    geometry = quoted(layer.source.geometry)
    if query.simplify is not None:
        tolerance = query.simplify / METRES_PER_DEGREE
        geometry = f"ST_SimplifyPreserveTopology({geometry}, {tolerance!r})"
    crs = query.crs
    if crs.srid not in (CRS84.srid, EPSG_4490.srid):
        geometry = f"ST_Transform({geometry}, {crs.srid})"
    return f"ST_FlipCoordinates({geometry})" if axis_order and crs.swaps_xy else geometry


def _geometry_text(layer: LayerDefinition, query: ItemsQuery) -> str:
    if query.skip_geometry:
        return "'null'"
    if query.crs == CRS84 and query.precision is None and query.simplify is None:
        return f"coalesce({quoted(layer.source.geojson)}, 'null')"
    decimals = query.precision
    if decimals is None:
        decimals = 6 if query.crs == CRS84 else query.crs.decimals
    return f"coalesce(ST_AsGeoJSON({geometry_sql(layer, query)}, {decimals}, 0), 'null')"


def feature_text(layer: LayerDefinition, query: ItemsQuery, members: str = "") -> str:
    """Return SQL for one feature ``f`` as RFC 7946 text; NULL must not swallow it, so every part is non-null.

    Parameters
    ----------
    layer, query
        Which fields, and the geometry in which form.
    members
        SQL for further members, beginning with a comma.
    """
    more = f" || {members}" if members else ""
    made = (
        f"""'{{"type":"Feature","id":' || to_json({quoted(layer.source.key)})::text"""
        f""" || ',"geometry":' || {_geometry_text(layer, query)}"""
        f""" || ',"properties":' || {_properties(selected_fields(layer, query))}{more} || '}}'"""
    )
    if members or layer.source.feature is None or not query.is_plain:
        return made
    return f"coalesce({quoted(layer.source.feature)}, {made})"


@dataclass(frozen=True)
class Page:
    """What a page statement needs, and what reads its answer."""

    keys: tuple[OrderKey, ...]
    statement: Statement


def page_statement(
    layer: LayerDefinition, query: ItemsQuery, industries: Sequence[str], count_bound: int, page_bytes: int
) -> Page:
    """Return the statement of one page, whose single row is

    ``features`` (texts joined by commas), ``returned``, ``more`` (whether there is another page), ``matched`` (or null)
    and ``last_0``, ``last_1``, … (sort values of the last feature, as text).

    Counting is left out where the first page holds everything anyway, and stops at ``count_bound`` + 1. A page ends
    with the feature that fills ``page_bytes``, should that come before the limit.
    """
    assert query.limit is not None  # noqa: S101 - routes give a default
    found = conditions(layer, query, industries)
    counted = found.clause
    keys = order_of(layer, query)
    cursor = read_cursor(layer, query, keys)
    if cursor is not None:
        found.parts.append(after(keys, cursor, found))
    order = ", ".join(key.clause for key in keys)
    relation = layer.source.relation
    limit = query.limit
    whole = cursor is None and query.offset == 0
    count = f"(SELECT count(*) FROM (SELECT FROM {relation} AS f {counted} LIMIT {count_bound + 1}) AS bounded)"
    matched = "NULL" if query.skip_count else count
    if whole:
        matched = f"CASE WHEN count(*) <= {limit} THEN count(*) ELSE {matched} END"
    lasts = "".join(f", max(page.k{n}) FILTER (WHERE page.fits AND page.full) AS last_{n}" for n in range(len(keys)))
    key_texts = "".join(f", ({key.expression})::text AS k{n}" for n, key in enumerate(keys))
    # The rows come from a sorted subquery without a join, so what stands around it takes them in that order; told to
    # sort them themselves, the aggregates would move every text once more.
    clause = f"""
SELECT coalesce(string_agg(page.feature, ',') FILTER (WHERE page.fits), '') AS features,
       count(*) FILTER (WHERE page.fits) AS returned, NOT bool_and(page.fits) AS more, {matched} AS matched{lasts}
  FROM (SELECT row.*, place <= {limit} AND upto - octet_length(feature) < {page_bytes} AS fits,
               place = {limit} OR upto >= {page_bytes} AS full
          FROM (SELECT found.*, row_number() OVER page AS place, sum(octet_length(feature)) OVER page AS upto
                  FROM (SELECT {feature_text(layer, query)} AS feature{key_texts}
                          FROM {relation} AS f
                         {found.clause}
                         ORDER BY {order}
                         LIMIT {limit + 1} OFFSET {query.offset}) AS found
                WINDOW page AS (ROWS UNBOUNDED PRECEDING)) AS row) AS page
"""
    return Page(keys, Statement(clause, found.values))


def texts_statement(layer: LayerDefinition, query: ItemsQuery, industries: Sequence[str]) -> Statement:
    """Return the statement whose rows are features as text, in order."""
    return _rows(layer, query, industries, f"{feature_text(layer, query)} AS feature")


def records_statement(layer: LayerDefinition, query: ItemsQuery, industries: Sequence[str]) -> Statement:
    """Return the statement whose rows are id, geometry as WKB (x before y) and the selected fields, in order."""
    geometry = "NULL::bytea" if query.skip_geometry else f"ST_AsBinary({geometry_sql(layer, query, axis_order=False)})"
    columns = "".join(f', {compared(one)} AS "{one.name}"' for one in selected_fields(layer, query))
    return _rows(layer, query, industries, f"{quoted(layer.source.key)}::text AS id, {geometry} AS wkb{columns}")


def _rows(layer: LayerDefinition, query: ItemsQuery, industries: Sequence[str], columns: str) -> Statement:
    found = conditions(layer, query, industries)
    keys = order_of(layer, query)
    cursor = read_cursor(layer, query, keys)
    if cursor is not None:
        found.parts.append(after(keys, cursor, found))
    order = ", ".join(key.clause for key in keys)
    limit = f"LIMIT {query.limit}" if query.limit is not None else ""
    clause = (
        f"SELECT {columns} FROM {layer.source.relation} AS f {found.clause}"
        f" ORDER BY {order} {limit} OFFSET {query.offset}"
    )
    return Statement(clause, found.values)


def count_statement(layer: LayerDefinition, query: ItemsQuery, industries: Sequence[str]) -> Statement:
    """Return the statement for the number of features that match."""
    found = conditions(layer, query, industries)
    return Statement(f"SELECT count(*) FROM {layer.source.relation} AS f {found.clause}", found.values)


def item_statement(layer: LayerDefinition, query: ItemsQuery, feature_id: str) -> Statement:
    """Return the statement for one feature, as text without its closing brace."""
    key = quoted(layer.source.key)
    condition = f"{key} = CAST(:feature_id AS bigint)" if layer.source.key_type == "integer" else f"{key} = :feature_id"
    clause = f"SELECT {feature_text(layer, query)} AS feature FROM {layer.source.relation} AS f WHERE {condition}"
    value: Any = int(feature_id) if layer.source.key_type == "integer" else feature_id
    return Statement(clause, {"feature_id": value})


def summary_statement(layer: LayerDefinition) -> str:
    """Return the statement for a layer's number of features, its extents, and the accuracies its features state."""
    stated = any(field.name == ACCURACY and field.type in ("integer", "number") for field in layer.fields)
    best, worst = (f"{one}({quoted(ACCURACY)})" if stated else "NULL::float8" for one in ("min", "max"))
    return f"""
SELECT features, ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north, best, worst,
       first, last
  FROM (SELECT count(*) AS features, ST_Extent({quoted(layer.source.geometry)}) AS box,
               {best} AS best, {worst} AS worst,
               {_end_of_time(layer, 0, "min")} AS first, {_end_of_time(layer, -1, "max")} AS last
          FROM {layer.source.relation} AS f) AS summary
"""


_INSTANTS = {
    "integer": ("lpad({0}::text, 4, '0') || '-01-01T00:00:00Z'", "lpad({0}::text, 4, '0') || '-12-31T23:59:59Z'"),
    "date": ("to_char({0}, 'YYYY-MM-DD\"T00:00:00Z\"')", "to_char({0}, 'YYYY-MM-DD\"T23:59:59Z\"')"),
    "datetime": ("to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",) * 2,
}
"""The first and the last instant of a value of a type, as RFC 3339; NULL of an infinite one."""


def _end_of_time(layer: LayerDefinition, end: int, extreme: str) -> str:
    """Return SQL for the first (0) or the last (-1) instant of a layer's features; NULL where there is none."""
    if not layer.datetime:
        return "NULL::text"
    column = quoted(layer.datetime[end])
    kind = next(one.type for one in layer.fields if one.name == layer.datetime[end])
    instant = _INSTANTS[kind][end].format(f"{extreme}({column})")
    if len(layer.datetime) == 1:
        return instant
    # Of two times, one that is null is an open end; a feature with neither has no time at all.
    timed = " OR ".join(f"{quoted(name)} IS NOT NULL" for name in layer.datetime)
    return f"CASE WHEN count(*) FILTER (WHERE {timed}) = count({column}) THEN {instant} END"
