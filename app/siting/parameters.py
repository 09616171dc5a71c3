"""Parameters: what a question may hold; JSON members and query parameters are read alike."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.siting.criteria import CRITERIA, GROUPS, PRESETS
from app.siting.gateways import GATEWAYS
from app.siting.parameter_readers import (
    GATEWAY_WORDS,
    LEVELS,
    MOST_LIMIT,
    MOST_WORDS,
    WEIGHT_WORDS,
    read_apart,
    read_ask,
    read_choices,
    read_distances,
    read_floor,
    read_land,
    read_limit,
    read_listed,
    read_near,
    read_plain,
    read_premises,
    read_preset,
    read_sentence,
    read_switch,
    read_weights,
    read_within,
    read_words,
    write_floor,
    write_land,
    write_near,
)
from app.siting.question import ASKS, PREMISES
from app.siting.reading import LONGEST
from app.siting.weights import EMPHASES


@dataclass(frozen=True, slots=True)
class Parameter:
    """A field of the question.

    Attributes
    ----------
    read
        Turns what was sent, text or JSON, into a value.
    write
        Turns the value into the text of a query parameter.
    description, schema
        For the description of the API.
    """

    read: Callable[[Any], Any]
    write: Callable[[Any], str]
    description: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})


def _joined(values: Sequence[str]) -> str:
    return ",".join(values)


def _numbers(values: Mapping[str, float]) -> str:
    return ",".join(f"{name}:{value:.12g}" for name, value in values.items())


_LIST = {"type": "array", "items": {"type": "string"}}
_NUMBERS = {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}}

PARAMETERS: dict[str, Parameter] = {
    "q": Parameter(
        read_sentence, str,
        "A sentence, read by rules into the fields below; a field that is given replaces what the sentence says of it.",
        {"type": "string", "maxLength": LONGEST, "examples": ["建一个细胞治疗中试基地，要50公顷，离机场30公里以内"]},
    ),
    "industries": Parameter(
        read_words, _joined,
        "Industries: ids, Chinese or English names, aliases, products, or codes of GB/T 4754-2017 (C27, 3841).",
        _LIST | {"maxItems": MOST_WORDS, "examples": [["集成电路"]]},
    ),
    "area": Parameter(
        read_land, write_land,
        "Land needed: a number with 公顷, 亩 or km² (50公顷), a range (300-500亩), or an object of value and unit; "
        "else 公顷.",
        {"type": ["string", "number", "object"], "examples": ["50公顷"]},
    ),
    "level": Parameter(
        read_choices(tuple(LEVELS.values()), LEVELS), _joined, "Levels that will do.",
        {"type": "array", "items": {"type": "string", "enum": list(LEVELS.values())}},
    ),
    "districts": Parameter(
        read_words, _joined,
        "Districts, development zones or parks to lie in (ids or names): by administration, or with the middle inside.",
        _LIST,
    ),
    "avoid_districts": Parameter(read_words, _joined, "Districts, development zones or parks not to lie in.", _LIST),
    "in_elements": Parameter(
        read_words, _joined, "Elements of plans to lie in (ids or names): a member, or inside.", _LIST
    ),
    "avoid_elements": Parameter(read_words, _joined, "Elements of plans not to lie in.", _LIST),
    "within": Parameter(
        read_within, str,
        "A GeoJSON Polygon or MultiPolygon of longitudes and latitudes, at most 10,000 vertices: the middle is in it.",
        {"type": ["object", "string"]},
    ),
    "max_km": Parameter(
        read_distances, _numbers,
        "Largest distance in a straight line, km, to the nearest port, airport, rail or metro: airport:30,port:20.",
        _NUMBERS | {"examples": [{"airport": 30}]},
    ),
    "min_km": Parameter(read_distances, _numbers, "Smallest distance, in the same form.", _NUMBERS),
    "ask": Parameter(
        read_ask, str,
        "where: where it should go; place: whether the place suits it; what: what suits the place; against: where it "
        "must not go.",
        {"type": "string", "enum": list(ASKS)},
    ),
    "place": Parameter(read_plain, str, "The zone (id or name) that place and what are about."),
    "avoid_industries": Parameter(
        read_words, _joined, "Industries (as above): places where a document places them are left out.", _LIST
    ),
    "floor": Parameter(
        read_floor, write_floor, "Floor area of buildings, m²: 200平方米. It is no land and rules nothing out.",
        {"type": ["string", "number"], "examples": ["200平方米"]},
    ),
    "premises": Parameter(
        read_premises, str, "The sort of building: carriers that documents name for it are listed.",
        {"type": "string", "enum": list(PREMISES)},
    ),
    "prefer_districts": Parameter(
        read_words, _joined, "Districts, development zones or parks wished for: no condition, but a criterion.", _LIST
    ),
    "prefer_level": Parameter(
        read_choices(tuple(LEVELS.values()), LEVELS), _joined, "Levels wished for: no condition, but a criterion.",
        {"type": "array", "items": {"type": "string", "enum": list(LEVELS.values())}},
    ),
    "near": Parameter(
        read_near, write_near,
        "Zones or facilities (ids or names) to be near to, with the largest distance in km from edge to edge: "
        "dongjiang:50; without km nearer is better. In JSON also a list of objects of place and km.",
        {"type": ["string", "array"], "examples": ["dongjiang:50"]},
    ),
    "apart": Parameter(
        read_apart, write_near, "The same with the smallest distance.", {"type": ["string", "array"]}
    ),
    "far_from": Parameter(
        read_choices(tuple(GATEWAYS), GATEWAY_WORDS), _joined, "Gateways that should be far: a criterion.",
        {"type": "array", "items": {"type": "string", "enum": list(GATEWAYS)}},
    ),
    "needs": Parameter(
        read_switch("on", "off"), str,
        "Whether gateways weigh that this service's table of rules gives the industry (port for shipbuilding …).",
        {"type": "string", "enum": ["on", "off"], "default": "on"},
    ),
    "areas": Parameter(
        read_switch("separate", "inside"), str,
        "inside: functional areas appear inside their park; separate: they are candidates of their own.",
        {"type": "string", "enum": ["inside", "separate"], "default": "inside"},
    ),
    "tiers": Parameter(
        read_switch("all", "named"), str, "all: places that no document names are listed too.",
        {"type": "string", "enum": ["named", "all"], "default": "named"},
    ),
    "exclude_layers": Parameter(
        read_listed, _joined, "Published polygon layers that rule out what they cover (a park: over half of it).", _LIST
    ),
    "preset": Parameter(
        read_preset, str, "Weights that go together; industry-first unless weights are given.",
        {"type": "string", "enum": list(PRESETS)},
    ),
    "weights": Parameter(
        read_weights, _numbers,
        f"Weights of criteria or groups ({', '.join(dict.fromkeys([*GROUPS, *CRITERIA]))}): industry:40,gateways:20. "
        "They replace those of the preset; without a preset what is not given weighs nothing.",
        _NUMBERS,
    ),
    "emphasis": Parameter(
        read_choices(EMPHASES, WEIGHT_WORDS), _joined,
        "Groups and single gateways that matter more: the first weighs three times as much, the others twice.",
        {"type": "array", "items": {"type": "string", "enum": list(EMPHASES)}},
    ),
    "layer": Parameter(
        read_plain, str, "A published layer whose features (at most 200,000) are the candidates, instead of parks.",
        {"type": "string"},
    ),
    "limit": Parameter(
        read_limit, str, "Number of answers.", {"type": "integer", "minimum": 1, "maximum": MOST_LIMIT, "default": 10}
    ),
}  # fmt: skip
"""Every field of a question, in the order of links."""


def as_text(values: Mapping[str, Any]) -> str:
    """Return read fields as one line of JSON that is the same for the same question."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
