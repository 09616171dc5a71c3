"""ItemsQuery: what a request for the features of a layer may ask, each parameter declared once."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.db.vocabulary import ZONE_LEVELS
from app.problems import BadRequest, ParameterError
from app.registry.definition import LayerDefinition

MAX_LIMIT = 100_000
MAX_WORDS = 200
"""Longest text of a parameter, characters."""

Bbox = tuple[float, float, float, float]


def _bbox(text: str) -> Bbox:
    parts = text.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        raise ValueError("should be four numbers joined by commas: west,south,east,north in degrees") from None
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        raise ValueError("should be four numbers joined by commas: west,south,east,north in degrees")
    west, south, east, north = numbers
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise ValueError("should lie within -180,-90,180,90: longitude comes first, in degrees")
    if south > north:
        raise ValueError(f"has its south ({south:g}) above its north ({north:g})")
    return west, south, east, north


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise ValueError(f"should be a whole number from 1 to {MAX_LIMIT}")
    return min(int(text), MAX_LIMIT)


def _level(text: str) -> str:
    if text not in ZONE_LEVELS:
        raise ValueError(f"should be one of {', '.join(ZONE_LEVELS)}")
    return text


def _words(text: str) -> str:
    words = text.strip()
    if not words or len(words) > MAX_WORDS or "\x00" in words:
        raise ValueError(f"should be an id or a name of 1 to {MAX_WORDS} characters")
    return words


@dataclass(frozen=True, slots=True)
class Parameter:
    """A request parameter: how it is read, and how the description of the API presents it."""

    read: Callable[[str], Any]
    description: str
    schema: Mapping[str, Any]
    allowed: tuple[str, ...] = ()


PARAMETERS: Mapping[str, Parameter] = {
    "bbox": Parameter(
        _bbox,
        "West, south, east, north in degrees (CRS84), joined by commas. Features that intersect it are returned; a west"
        " that is greater than the east crosses the antimeridian.",
        {"type": "string", "examples": ["117.6,38.9,117.8,39.1"]},
    ),
    "industry": Parameter(
        _words,
        "An industry: its id, a Chinese name or an alias. Matches what the industry contains too.",
        {"type": "string", "examples": ["生物药", "biomedicine"]},
    ),
    "level": Parameter(
        _level, "Administrative level of the zone.", {"type": "string", "enum": list(ZONE_LEVELS)}, ZONE_LEVELS
    ),
    "limit": Parameter(
        _limit,
        "Largest number of features to return. Without it the whole layer is returned.",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
    ),
}
"""Every parameter of ``/layers/{id}.geojson``: parsing, the API's description and the check for unknown ones."""


@dataclass(frozen=True, slots=True)
class ItemsQuery:
    """A checked request for the features of a layer.

    Attributes
    ----------
    bbox
        West, south, east, north, degrees.
    industry
        An industry as the client named it.
    level
        A word of the levels of zones.
    limit
        Largest number of features.
    """

    bbox: Bbox | None = None
    industry: str | None = None
    level: str | None = None
    limit: int | None = None

    @property
    def canonical(self) -> str:
        """The query in one fixed spelling, for cache keys."""
        return ";".join(f"{name}={getattr(self, name)!r}" for name in PARAMETERS if getattr(self, name) is not None)


def allowed_parameters(layer: LayerDefinition) -> tuple[str, ...]:
    """Return the names of the parameters that make sense for a layer."""
    filters = layer.filters
    own = {"industry": filters.industry is not None, "level": filters.level is not None}
    return tuple(name for name in PARAMETERS if own.get(name, True))


def parse_items_query(layer: LayerDefinition, parameters: Iterable[tuple[str, str]]) -> ItemsQuery:
    """Read the query string of a request for a layer.

    Parameters
    ----------
    layer
        The layer: decides which parameters it takes.
    parameters
        Names and values as they stand in the query string.

    Raises
    ------
    BadRequest
        With every unknown, repeated or malformed parameter.
    """
    allowed = allowed_parameters(layer)
    values: dict[str, Any] = {}
    errors: list[ParameterError] = []
    for name, text in parameters:
        if name not in allowed:
            errors.append(_unknown(layer, name, allowed))
        elif name in values:
            errors.append(ParameterError(name, "stands in the query twice", text))
        else:
            try:
                values[name] = PARAMETERS[name].read(text)
            except ValueError as error:
                errors.append(ParameterError(name, str(error), text, PARAMETERS[name].allowed))
                values[name] = None
    if errors:
        raise BadRequest(errors)
    return ItemsQuery(**values)


def _unknown(layer: LayerDefinition, name: str, allowed: tuple[str, ...]) -> ParameterError:
    if name in PARAMETERS:
        return ParameterError(name, f"the layer {layer.id} cannot be filtered by it", allowed=allowed)
    return ParameterError(name[:100], "there is no such parameter", allowed=allowed)
