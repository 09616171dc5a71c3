"""Conditions: the WHERE clause of a query, every value of the client bound."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.db.models import SRID
from app.features.cql2 import Cql2Error, compile_filter, properties_of
from app.features.query import ItemsQuery
from app.features.readers import Bbox, Interval
from app.geodesy.crs import Crs
from app.problems import BadRequest, ParameterError
from app.registry.definition import LayerDefinition, LayerField

EARTH_LIMITS = {3857: (0.0, 20_037_508.342789244), 4548: (500_000.0, 2_000_000.0), 4527: (39_500_000.0, 2_000_000.0)}
"""False easting and reach of each projected CRS, metres: a box is cut to them, since beyond them projections fail."""


def quoted(name: str) -> str:
    """Return a column of the source, as it stands in SQL. Names come from layer definitions only."""
    return 'f."' + name.replace('"', '""') + '"'


def compared(one: LayerField) -> str:
    """Return a field as it is compared and sorted: of JSON, its text."""
    return f"({quoted(one.name)})::text" if one.type == "json" else quoted(one.name)


@dataclass
class Conditions:
    """Conditions joined by AND, and the values they bind."""

    parts: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def bind(self, value: Any) -> str:
        """Bind a value; return its name as it stands in SQL."""
        name = f"w{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    @property
    def clause(self) -> str:
        """The WHERE clause, or nothing."""
        return f"WHERE {' AND '.join(self.parts)}" if self.parts else ""


def conditions(layer: LayerDefinition, query: ItemsQuery, industries: Sequence[str]) -> Conditions:
    """Return the conditions of a query.

    Parameters
    ----------
    layer
        Whose columns the conditions are on.
    query
        What was asked.
    industries
        Ids that the industry of the query stands for.

    Raises
    ------
    BadRequest
        When the filter names what the layer does not have, or compares what cannot be compared.
    """
    found = Conditions()
    if query.bbox is not None:
        found.parts.append(_bbox(layer, query.bbox, query.bbox_crs, found))
    if query.datetime is not None and layer.datetime:
        found.parts.extend(_time(layer, query.datetime, found))
    if query.industry is not None:
        column = quoted(str(layer.filters.industry))
        found.parts.append(f"{column} && CAST({found.bind(list(industries))} AS text[])")
    if query.level is not None:
        found.parts.append(f"{quoted(str(layer.filters.level))} = {found.bind(query.level)}")
    if query.q is not None:
        found.parts.append(_text_search(layer, query.q, found))
    fields = {one.name: one for one in layer.fields}
    for name, value in query.equals:
        found.parts.append(_equals(fields[name], value, found))
    if query.filter is not None:
        found.parts.append(_filter(layer, query, found))
    return found


def _filter(layer: LayerDefinition, query: ItemsQuery, found: Conditions) -> str:
    assert query.filter is not None  # noqa: S101 - checked by the caller
    try:
        condition, values = compile_filter(
            query.filter, properties_of(layer), filter_crs=query.filter_crs, alias="f", geometry=layer.source.geometry
        )
    except Cql2Error as error:
        raise BadRequest([ParameterError("filter", str(error))]) from None
    found.values |= values
    return f"({condition})"


def _bbox(layer: LayerDefinition, bbox: Bbox, crs: Crs, found: Conditions) -> str:
    west, south, east, north = bbox
    geometry = quoted(layer.source.geometry)
    if not crs.is_geographic:
        middle, reach = EARTH_LIMITS[crs.srid]
        west, east = (min(max(x, middle - reach), middle + reach) for x in (west, east))
        highest = 20_037_508.342789244 if crs.srid == 3857 else 10_000_000.0
        south, north = (min(max(y, -highest), highest) for y in (south, north))
        step = max(east - west, north - south, 1.0) / 16
        corners = ", ".join(f"CAST({found.bind(x)} AS float8)" for x in (west, south, east, north))
        box = f"ST_Segmentize(ST_MakeEnvelope({corners}, {crs.srid}), CAST({found.bind(step)} AS float8))"
        return f"ST_Intersects({geometry}, ST_Transform({box}, {SRID}))"
    boxes = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    tests = []
    for left, right in boxes:
        corners = ", ".join(f"CAST({found.bind(x)} AS float8)" for x in (left, south, right, north))
        box = f"ST_MakeEnvelope({corners}, {SRID})"
        # What lies wholly in the box need not be tested to the letter: most of what a box finds.
        exact = f"CASE WHEN {geometry} @ {box} THEN true ELSE ST_Intersects({geometry}, {box}) END"
        tests.append(f"({geometry} && {box} AND {exact})")
    return tests[0] if len(tests) == 1 else f"({' OR '.join(tests)})"


def _time(layer: LayerDefinition, span: Interval, found: Conditions) -> list[str]:
    """A feature meets the span if it starts before the span ends and ends after the span starts; null is open.

    A feature with neither has no time, and meets none (OGC 17-069r4, requirement /req/core/fc-time-response).
    """
    fields = {one.name: one for one in layer.fields}
    first, last = fields[layer.datetime[0]], fields[layer.datetime[-1]]
    parts = []
    # A feature with one time needs that time; one with two is open at the end that is null.
    orelse = "" if len(layer.datetime) == 1 else " OR {column} IS NULL"
    if span.end is not None:
        column = quoted(first.name)
        parts.append(f"({column} <= {_moment(first, span.end, found)}{orelse.format(column=column)})")
    if span.start is not None:
        column = quoted(last.name)
        parts.append(f"({column} >= {_moment(last, span.start, found)}{orelse.format(column=column)})")
    if parts and orelse:
        parts.append(f"num_nonnulls({quoted(first.name)}, {quoted(last.name)}) > 0")
    return parts


def _moment(one: LayerField, moment: datetime, found: Conditions) -> str:
    if one.type == "integer":
        return f"CAST({found.bind(moment.year)} AS integer)"
    if one.type == "date":
        return f"CAST({found.bind(moment.date())} AS date)"
    return f"CAST({found.bind(moment)} AS timestamptz)"


def _text_search(layer: LayerDefinition, q: str, found: Conditions) -> str:
    tests: list[str] = []
    columns = [compared(one) for one in layer.fields if one.name in layer.search]
    for word in (part.strip() for part in q.split(",")):
        if not word:
            continue
        pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        name = found.bind(pattern)
        tests.extend(f"{column} ILIKE CAST({name} AS text)" for column in columns)
    return f"({' OR '.join(tests)})" if tests else "true"


def _equals(one: LayerField, value: Any, found: Conditions) -> str:
    column = compared(one)
    if one.type == "string[]":
        return f"CAST({found.bind(value)} AS text) = ANY({column})"
    if isinstance(value, Interval):
        cast = "date" if one.type == "date" else "timestamptz"
        edges = [
            f"{column} {sign} CAST({found.bind(edge.date() if cast == 'date' else edge)} AS {cast})"
            for sign, edge in ((">=", value.start), ("<=", value.end))
            if edge is not None
        ]
        return f"({' AND '.join(edges)})"
    cast = {bool: "boolean", Decimal: "numeric"}.get(type(value), "text")
    return f"{column} = CAST({found.bind(value)} AS {cast})"
