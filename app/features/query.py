"""ItemsQuery: what a request for the features of a layer may ask, each parameter declared once.

Reading the query string, the check for unknown parameters, the description of the API and the links to other pages all
derive from `PARAMETERS`.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from app.db.vocabulary import ZONE_LEVELS
from app.features import readers
from app.features.cql2 import Cql2Error, Node, parse_json, parse_text
from app.features.readers import Bbox, Interval, SortKey
from app.geodesy.crs import CRS84, REGISTRY, Crs
from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.registry.definition import LayerDefinition, LayerField

DEFAULT_LIMIT = 100
"""Features on a page when the request names no limit."""

MAX_LIMIT = readers.MAX_LIMIT


@dataclass(frozen=True, slots=True)
class Parameter:
    """A request parameter: how it is read, and how the description of the API presents it."""

    read: Callable[[str], Any]
    description: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    allowed: tuple[str, ...] = ()


def _strings(**more: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", **more}}


_FLAG = {"type": "boolean", "default": False}
_CRS = {"type": "string", "format": "uri", "enum": [crs.uri for crs in REGISTRY]}

PARAMETERS: Mapping[str, Parameter] = {
    "limit": Parameter(
        readers.limit,
        f"Largest number of features to return; above {MAX_LIMIT} it is {MAX_LIMIT}.",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    ),
    "bbox": Parameter(
        readers.bbox,
        "Only features that intersect the box: lower corner and upper corner, 4 numbers, or 6 with heights (ignored)."
        " Longitude first unless bbox-crs says otherwise. A west greater than the east crosses the antimeridian.",
        {"type": "array", "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
         "items": {"type": "number"}},
    ),
    "datetime": Parameter(
        readers.interval,
        "Only features whose time meets an instant (2025-01-31, 2025-01-31T12:00:00Z) or an interval (2021/2025-12-31"
        " with full dates, ../2025-12-31, 2021-01-01/..). Layers without time are not narrowed.",
    ),
    "bbox-crs": Parameter(readers.crs, "CRS of bbox, by URI.", _CRS),
    "crs": Parameter(readers.crs, "CRS of the answer, by URI; axes in the order of the CRS.", _CRS),
    "filter": Parameter(str, "Only features for which this CQL2 expression is true; see queryables."),
    "filter-lang": Parameter(
        str,
        "Language of filter; cql-text, which older clients know, is read as cql2-text.",
        {"type": "string", "enum": ["cql2-text", "cql2-json", "cql-text"], "default": "cql2-text"},
        ("cql2-text", "cql2-json", "cql-text"),
    ),
    "filter-crs": Parameter(readers.crs, "CRS of the geometries in filter, by URI.", _CRS),
    "q": Parameter(
        readers.words, "Only features whose names contain one of these words, joined by commas.", _strings()
    ),
    "sortby": Parameter(
        readers.sort_keys, "Fields to sort by, joined by commas; - before a field turns it round. Nulls come last.",
        _strings(pattern="[+-]?.+"),
    ),
    "properties": Parameter(readers.names, "Only these properties, joined by commas.", _strings()),
    "skipGeometry": Parameter(readers.flag, "Leave geometries out.", _FLAG),
    "precision": Parameter(
        readers.precision, "Decimals of coordinates.",
        {"type": "integer", "minimum": 0, "maximum": readers.MAX_PRECISION},
    ),
    "simplify": Parameter(
        readers.metres,
        "Simplify geometries by a tolerance in metres.",
        {"type": "number", "exclusiveMinimum": 0, "maximum": 100_000},
    ),
    "skipCount": Parameter(readers.flag, "Do not count all features that match.", _FLAG),
    "offset": Parameter(
        readers.offset, "Features to skip. The next links of pages are exact under changes; an offset is not.",
        {"type": "integer", "minimum": 0, "maximum": readers.MAX_OFFSET, "default": 0},
    ),
    "cursor": Parameter(str, "Where the page before ended; only from a next link."),
    "industry": Parameter(
        readers.words, "An industry: its id, a name or an alias. Matches what the industry contains too.",
    ),
    "level": Parameter(
        readers.level, "Administrative level of the zone.", {"type": "string", "enum": list(ZONE_LEVELS)}, ZONE_LEVELS
    ),
    "f": Parameter(str, "Format of the answer."),
    "encoding": Parameter(
        str, "Character encoding of shapefiles.", {"type": "string", "enum": ["utf-8", "gbk"], "default": "utf-8"},
        ("utf-8", "gbk"),
    ),
}  # fmt: skip
"""Every parameter that is the same for all layers; fields of a layer come on top."""

_ATTRIBUTES = {name: name.replace("-", "_") for name in PARAMETERS}
_ATTRIBUTES |= {"skipGeometry": "skip_geometry", "skipCount": "skip_count"}


@dataclass(frozen=True, slots=True)
class ItemsQuery:
    """A checked request for the features of a layer. See `PARAMETERS` for what each part means.

    Attributes
    ----------
    bbox
        West, south, east, north in ``bbox_crs``, whatever the axis order of that CRS.
    filter
        The parsed CQL2 expression.
    equals
        Values asked of single fields (``level=national``), by field name.
    raw
        The query string as it came, for links.
    """

    limit: int | None = None
    bbox: Bbox | None = None
    datetime: Interval | None = None
    bbox_crs: Crs = CRS84
    crs: Crs = CRS84
    filter: Node | None = None
    filter_lang: str = "cql2-text"
    filter_crs: Crs = CRS84
    q: str | None = None
    sortby: tuple[SortKey, ...] = ()
    properties: tuple[str, ...] | None = None
    skip_geometry: bool = False
    precision: int | None = None
    simplify: float | None = None
    skip_count: bool = False
    offset: int = 0
    cursor: str | None = None
    industry: str | None = None
    level: str | None = None
    f: str | None = None
    encoding: str = "utf-8"
    equals: tuple[tuple[str, Any], ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def canonical(self) -> str:
        """The whole query in one fixed spelling, for cache keys."""
        return "\n".join(f"{name}={self.raw[name]}" for name in sorted(self.raw))

    @property
    def question(self) -> str:
        """What decides which features there are and in which order, for cursors: not the page, not the looks."""
        deciding = (*_DECIDING, *(name for name, _ in self.equals))
        return "\n".join(f"{name}={self.raw[name]}" for name in deciding if name in self.raw)

    @property
    def is_plain(self) -> bool:
        """Whether features are asked for whole and as they are stored: every field, CRS84, the usual decimals."""
        whole = self.properties is None and not self.skip_geometry
        return whole and self.crs == CRS84 and self.precision is None and self.simplify is None

    def link_query(self, **changes: str | None) -> str:
        """Return the query string with some parameters changed, or taken out where the change is None."""
        parameters = {**self.raw, **{name: value for name, value in changes.items()}}
        return urlencode({name: value for name, value in parameters.items() if value is not None})


_DECIDING = ("bbox", "bbox-crs", "datetime", "filter", "filter-lang", "filter-crs", "q", "sortby", "industry", "level")


def allowed_parameters(layer: LayerDefinition, *, without: Collection[str] = ()) -> tuple[str, ...]:
    """Return the names of the parameters that make sense for a layer, its own fields last.

    Parameters
    ----------
    layer
        The layer.
    without
        Parameters to leave out; a field of that name takes their place.
    """
    filters = layer.filters
    own = {"industry": filters.industry is not None, "level": filters.level is not None, "q": bool(layer.search)}
    common = tuple(name for name in PARAMETERS if own.get(name, True) and name not in without)
    return (*common, *(one.name for one in layer.fields if one.filterable and one.name not in common))


def parse_items_query(
    layer: LayerDefinition, parameters: Iterable[tuple[str, str]], *, without: Collection[str] = ()
) -> ItemsQuery:
    """Read the query string of a request for a layer.

    Parameters
    ----------
    layer
        The layer: decides which parameters it takes.
    parameters
        Names and values as they stand in the query string.
    without
        Parameters not to take; a field of that name is compared with the value instead.

    Raises
    ------
    BadRequest
        With every unknown, repeated or malformed parameter.
    """
    allowed = allowed_parameters(layer, without=without)
    fields = {one.name: one for one in layer.fields}
    raw: dict[str, str] = {}
    values: dict[str, Any] = {}
    equals: list[tuple[str, Any]] = []
    errors: list[ParameterError] = []
    for name, text in parameters:
        if name not in allowed:
            errors.append(_unknown(layer, name, allowed))
        elif name in raw and name != "limit":
            # Clients that add their parameters to a next link say the same twice; a new limit replaces the old.
            if text != raw[name]:
                errors.append(ParameterError(name, "stands in the query twice, with different values", text))
        else:
            raw[name] = text
            _read(None if name in without else PARAMETERS.get(name), name, text, fields, values, equals, errors)
    _check_together(layer, values, errors)
    if errors:
        raise BadRequest(errors)
    return ItemsQuery(**values, equals=tuple(equals), raw=raw)


def _read(
    parameter: Parameter | None,
    name: str,
    text: str,
    fields: Mapping[str, LayerField],
    values: dict[str, Any],
    equals: list[tuple[str, Any]],
    errors: list[ParameterError],
) -> None:
    allowed = parameter.allowed if parameter else ()
    try:
        if parameter is None:
            equals.append((name, field_value(fields[name], text)))
            return
        if allowed and text not in allowed:
            raise ValueError(Message("should be one of {names}", names=", ".join(allowed)))
        values[_ATTRIBUTES[name]] = parameter.read(text)
    except ValueError as error:
        errors.append(ParameterError(name, str(error), text, allowed))


def field_value(one: LayerField, text: str) -> Any:
    """Read the value that a field should have: text for strings, a number, true or false.

    Raises
    ------
    ValueError
        Saying what would be right.
    """
    if "\x00" in text or len(text) > 2_000:
        raise ValueError("should be at most 2000 characters, without NUL")
    if one.type == "boolean":
        return readers.flag(text)
    if one.type in ("integer", "number"):
        try:
            number = Decimal(text.strip())
        except ArithmeticError:
            number = Decimal("nan")
        if not number.is_finite() or abs(number) > Decimal("1e300"):
            raise ValueError("should be a number")
        return number
    if one.type in ("date", "datetime"):
        return readers.interval(text)
    return text


def _check_together(layer: LayerDefinition, values: dict[str, Any], errors: list[ParameterError]) -> None:
    """Check what depends on several parameters or on the layer, and finish reading it."""
    names = tuple(one.name for one in layer.fields)
    if "bbox" in values:
        try:
            values["bbox"] = readers.oriented_bbox(values["bbox"], values.get("bbox_crs", CRS84))
        except ValueError as error:
            errors.append(ParameterError("bbox", str(error)))
    if "filter" in values:
        parse = _parse_json_text if values.get("filter_lang") == "cql2-json" else parse_text
        try:
            values["filter"] = parse(values["filter"])
        except Cql2Error as error:
            errors.append(ParameterError("filter", str(error)))
    for parameter, asked in (
        ("properties", values.get("properties") or ()),
        ("sortby", [key.name for key in values.get("sortby", ())]),
    ):
        errors.extend(
            ParameterError(
                parameter,
                Message("{name!r} is not a property of {layer}", name=one[:60], layer=layer.id),
                allowed=names,
            )
            for one in asked
            if one not in names and not (parameter == "sortby" and one == layer.source.key)
        )
    if values.get("offset") and values.get("cursor"):
        errors.append(ParameterError("offset", "goes without cursor"))


def _parse_json_text(text: str) -> Node:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Cql2Error(Message("is not JSON: {error}", error=error)) from None
    return parse_json(value)


def _unknown(layer: LayerDefinition, name: str, allowed: tuple[str, ...]) -> ParameterError:
    if name in PARAMETERS:
        return ParameterError(
            name, Message("the layer {layer} cannot be narrowed by it", layer=layer.id), allowed=allowed
        )
    if name in {one.name for one in layer.fields}:
        return ParameterError(name, "this property cannot be filtered by", allowed=allowed)
    return ParameterError(name[:100], "there is no such parameter", allowed=allowed)
