"""SQL: one statement that returns the features of a layer as GeoJSON text."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import TextClause, text

from app.db.models import SRID
from app.features.query import ItemsQuery
from app.registry.definition import LayerDefinition

# json_build_object takes at most 100 arguments; wider layers are joined from several objects.
_PAIRS_PER_OBJECT = 50


def _properties(names: Sequence[str]) -> str:
    """Return SQL for the properties object of a feature, in the order of the fields."""
    chunks = [names[at : at + _PAIRS_PER_OBJECT] for at in range(0, len(names), _PAIRS_PER_OBJECT)]
    objects = [
        "json_build_object(" + ", ".join(f"'{name}', f.\"{name}\"" for name in chunk) + ")::text" for chunk in chunks
    ]
    if len(objects) == 1:
        return objects[0]
    inner = " || ',' || ".join(f"substr({one}, 2, length({one}) - 2)" for one in objects)
    return f"'{{' || {inner} || '}}'"


def feature_text(layer: LayerDefinition) -> str:
    """Return SQL for one feature ``f`` as RFC 7946 text; NULL must not swallow it, so every part is non-null."""
    source = layer.source
    properties = _properties([field.name for field in layer.fields])
    return (
        f"""'{{"type":"Feature","id":' || to_json(f."{source.key}")::text"""
        f""" || ',"geometry":' || coalesce(f."{source.geojson}", 'null')"""
        f""" || ',"properties":' || {properties} || '}}'"""
    )


def conditions(
    layer: LayerDefinition, query: ItemsQuery, industries: Sequence[str]
) -> tuple[list[str], dict[str, Any]]:
    """Return the conditions of a query and their bound values.

    Parameters
    ----------
    layer
        Whose columns the conditions are on.
    query
        What was asked.
    industries
        Ids that the industry of the query stands for.
    """
    where: list[str] = []
    values: dict[str, Any] = {}
    if query.bbox is not None:
        where.append(_bbox_condition(layer, query.bbox, values))
    if query.industry is not None:
        where.append(f'f."{layer.filters.industry}" && CAST(:industries AS text[])')
        values["industries"] = list(industries)
    if query.level is not None:
        where.append(f'f."{layer.filters.level}" = :level')
        values["level"] = query.level
    return where, values


def _bbox_condition(layer: LayerDefinition, bbox: tuple[float, float, float, float], values: dict[str, Any]) -> str:
    west, south, east, north = bbox
    boxes = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    tests = []
    for number, (left, right) in enumerate(boxes):
        values |= {f"west{number}": left, f"east{number}": right}
        envelope = f"ST_MakeEnvelope(:west{number}, :south, :east{number}, :north, {SRID})"
        tests.append(f'ST_Intersects(f."{layer.source.geometry}", {envelope})')
    values |= {"south": south, "north": north}
    return f"({' OR '.join(tests)})"


def collection_statement(
    layer: LayerDefinition, query: ItemsQuery, industries: Sequence[str]
) -> tuple[TextClause, Mapping[str, Any]]:
    """Return the statement whose one value is a FeatureCollection, and its bound values.

    The collection says how many features match (``numberMatched``) and how many it holds (``numberReturned``).
    """
    where, values = conditions(layer, query, industries)
    clause = f"WHERE {' AND '.join(where)}" if where else ""
    limit = "LIMIT :limit" if query.limit is not None else ""
    if query.limit is not None:
        values["limit"] = query.limit
    order = ", ".join(f'f."{column}"' for column in _order(layer))
    statement = f"""
SELECT '{{"type":"FeatureCollection","name":' || CAST(:layer_name AS text)
       || ',"numberMatched":' || coalesce(max(page.matched), 0) || ',"numberReturned":' || count(page.feature)
       || ',"features":[' || coalesce(string_agg(page.feature, ',' ORDER BY page.place), '') || ']}}'
  FROM (SELECT {feature_text(layer)} AS feature, count(*) OVER () AS matched,
               row_number() OVER (ORDER BY {order}) AS place
          FROM {layer.source.relation} AS f
         {clause}
         ORDER BY {order} {limit}) AS page
"""
    values["layer_name"] = f'"{layer.id}"'
    return text(statement), values


def _order(layer: LayerDefinition) -> list[str]:
    """Return the columns of the order: the layer's own, then the key, so that it is total."""
    return [*([layer.source.sort] if layer.source.sort else []), layer.source.key]


def summary_statement(layer: LayerDefinition) -> TextClause:
    """Return the statement for a layer's number of features and its extent."""
    return text(
        f"""
SELECT count, ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
  FROM (SELECT count(*) AS count, ST_Extent(f."{layer.source.geometry}") AS box
          FROM {layer.source.relation} AS f) AS summary
"""
    )
