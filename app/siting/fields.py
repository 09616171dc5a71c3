"""Fields: what a question may hold, each with its reader; JSON members and query parameters are read alike."""

import json
import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.messages import Message
from app.siting.criteria import CRITERIA, GROUPS
from app.siting.polygon import read_polygon
from app.siting.question import GATEWAYS
from app.siting.reading import LONGEST
from app.siting.weights import PRESETS

LEVELS = {"国家级": "national", "市级": "municipal", "区级": "district", "街镇级": "town"}
GATEWAY_WORDS = {
    "港口": "port", "港": "port", "机场": "airport", "高铁": "rail", "铁路": "rail", "火车站": "rail", "地铁": "metro",
    "高铁站": "rail", "铁路站": "rail", "地铁站": "metro",
}  # fmt: skip

HECTARES = {
    "公顷": 1.0, "ha": 1.0, "hectare": 1.0, "hectares": 1.0, "亩": 1 / 15, "mu": 1 / 15, "km2": 100.0, "km^2": 100.0,
    "平方公里": 100.0, "平方千米": 100.0, "m2": 1e-4, "平方米": 1e-4,
    "平米": 1e-4, "hm2": 1.0,
}  # fmt: skip
"""Hectares in a unit; 亩 is 1/15 公顷."""

MOST_LIMIT = 1_000
_LARGEST_HA = 1_200_000.0
"""Hectares: Tianjin has some 1.2 million."""
_FARTHEST_KM = 1_000.0
MOST_WORDS = 20
_LONGEST_WORD = 100

_COMMAS = re.compile(r"[,，;；]")
"""Between names; 、 stands in names as well (铁路、船舶、航空航天和其他运输设备制造业)."""
_SEPARATORS = re.compile(r"[,，、;；]")
_AREA = re.compile(
    r"(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?)"
    r"\s*(?P<myriads>万?)(?P<unit>[^\d\s]*\d?)",
    re.I,
)
_PAIR = re.compile(r"(?P<name>[^:：=]+)[:：=](?P<number>.+)")
_LENGTH = re.compile(r"(?P<number>.*?)\s*(?P<unit>km|公里|千米|m|米)?", re.I)
_METRES = ("m", "米")
_NUMERAL = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.I | re.ASCII)


class Wrong(ValueError):
    """A field cannot be read; the message says what would be right."""

    def __init__(self, message: str, allowed: Sequence[str] = ()) -> None:
        """Keep the sentence and the values that would be right."""
        self.message, self.allowed = message, tuple(allowed)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Field:
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


def _plain(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong(Message("should be text that is not empty"))
    return value.strip()


def _words(value: Any) -> tuple[str, ...]:
    parts = _COMMAS.split(value) if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(one, str) for one in parts):
        raise Wrong(Message("should be a list of words, or words joined by commas"))
    found = tuple(dict.fromkeys(one.strip() for one in parts if one.strip()))
    if not found:
        raise Wrong(Message("should name at least one"))
    # A name may hold a 、 or two; a list of them is looked up word by word.
    if len(found) > MOST_WORDS or sum(one.count("、") + 1 for one in found) > 2 * MOST_WORDS:
        raise Wrong(Message("should name at most {most}", most=MOST_WORDS))
    if any(len(part) > _LONGEST_WORD for one in found for part in one.split("、")):
        raise Wrong(Message("should be words of at most {most} characters", most=_LONGEST_WORD))
    return found


def _number(value: Any) -> float:
    if isinstance(value, str):
        value = unicodedata.normalize("NFKC", value).strip()
    if isinstance(value, bool) or not (isinstance(value, int | float) or _is_numeral(value)):
        raise Wrong(Message("should be a number"))
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise Wrong(Message("should be a number")) from None
    if not math.isfinite(number):
        raise Wrong(Message("should be a finite number"))
    return number


def _is_numeral(value: Any) -> bool:
    """Tell whether text is a number as people write it; Python's float takes 1_0, inf and nan as well."""
    return isinstance(value, str) and _NUMERAL.fullmatch(value) is not None


def _area(value: Any) -> float:
    """Return hectares: of a number, of text such as 50公顷 or 750亩, or of an object of number and unit."""
    unit = "公顷"
    if isinstance(value, dict):
        if value.keys() - {"value", "unit"} or "value" not in value:
            raise Wrong(Message("should be a number with a unit, such as 50公顷, 750亩 or 0.5km²"))
        unit, value = value.get("unit", unit), value["value"]
    if isinstance(value, str):
        match = _AREA.fullmatch(unicodedata.normalize("NFKC", value).strip())
        if match is None:
            raise Wrong(Message("should be a number with a unit, such as 50公顷, 750亩 or 0.5km²"))
        unit, value = match["myriads"] + (match["unit"] or unit), match["number"].replace(",", "")
    factor = _hectares_in(unit) if isinstance(unit, str) else None
    if factor is None:
        raise Wrong(Message("has a unit that is not known; use 公顷, 亩 or km²"), tuple(HECTARES))
    hectares = round(_number(value) * factor, 4)
    if not 0 < hectares <= _LARGEST_HA:
        raise Wrong(Message("should be more than 0 and at most {most} 公顷", most=f"{_LARGEST_HA:,.0f}"))
    return hectares


def _hectares_in(unit: str) -> float | None:
    """Return the hectares in a unit, or in ten thousand of it (万亩); None for what is none."""
    plain = unicodedata.normalize("NFKC", unit).strip().lower()
    one = HECTARES.get(plain.removeprefix("万"))
    return one * 10_000 if one is not None and plain.startswith("万") else one


def _listed(value: Any) -> tuple[str, ...]:
    """Return words none of which holds a 、."""
    return tuple(dict.fromkeys(one.strip() for part in _words(value) for one in part.split("、") if one.strip()))


def _choices(allowed: Sequence[str], words: Mapping[str, str] | None = None) -> Callable[[Any], tuple[str, ...]]:
    def read(value: Any) -> tuple[str, ...]:
        found = tuple(dict.fromkeys((words or {}).get(one, one) for one in _listed(value)))
        if any(one not in allowed for one in found):
            raise Wrong(Message("should be one or several of {names}", names=", ".join(allowed)), allowed)
        return found

    return read


def _pairs(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    if not isinstance(value, str) or not value.strip():
        raise Wrong(Message("should be names with numbers, such as airport:30,port:20"))
    found: dict[str, Any] = {}
    for part in filter(None, (one.strip() for one in _SEPARATORS.split(value))):
        match = _PAIR.fullmatch(part)
        if match is None or match["name"].strip() in found:
            raise Wrong(Message("should be names with numbers, such as airport:30,port:20"))
        found[match["name"].strip()] = match["number"].strip()
    return found


def _distances(value: Any) -> dict[str, float]:
    found = {}
    for name, number in _pairs(value).items():
        gateway = GATEWAY_WORDS.get(name, name)
        if gateway not in GATEWAYS:
            raise Wrong(Message("should be distances to {names}", names=", ".join(GATEWAYS)), GATEWAYS)
        if gateway in found:
            raise Wrong(Message("should be names with numbers, such as airport:30,port:20"))
        km = _kilometres(number)
        if not 0 < km <= _FARTHEST_KM:
            raise Wrong(Message("should be more than 0 and at most {most} km", most=f"{_FARTHEST_KM:,.0f}"))
        found[gateway] = km
    if not found:
        raise Wrong(Message("should name at least one"))
    return {gateway: found[gateway] for gateway in GATEWAYS if gateway in found}


def _kilometres(value: Any) -> float:
    """Return kilometres: of a number, or of text such as 30, 30km, 30公里 or 500米."""
    match = _LENGTH.fullmatch(unicodedata.normalize("NFKC", value).strip()) if isinstance(value, str) else None
    if match is None:
        return _number(value)
    number = _number(match["number"])
    return number / 1000 if (match["unit"] or "").lower() in _METRES else number


def _weights(value: Any) -> dict[str, float]:
    allowed = tuple(dict.fromkeys([*GROUPS, *CRITERIA]))
    found = {}
    for name, number in _pairs(value).items():
        if name not in allowed:
            raise Wrong(Message("should be weights of {names}", names=", ".join(allowed)), allowed)
        weight = _number(number)
        if not 0 <= weight <= 1e6:
            raise Wrong(Message("should be weights from 0 to 1,000,000"))
        found[name] = weight
    if not found:
        raise Wrong(Message("should name at least one"))
    return {name: found[name] for name in allowed if name in found}


def _preset(value: Any) -> str:
    if not isinstance(value, str) or value not in PRESETS:
        raise Wrong(Message("should be one of {names}", names=", ".join(PRESETS)), tuple(PRESETS))
    return value


def _limit(value: Any) -> int:
    number = _number(value)
    if number != int(number) or not 1 <= number <= MOST_LIMIT:
        raise Wrong(Message("should be a whole number from {least} to {most}", least=1, most=MOST_LIMIT))
    return int(number)


def _sentence(value: Any) -> str:
    text = _plain(value)
    if len(text) > LONGEST:
        raise Wrong(Message("should be at most {most} characters", most=LONGEST))
    return text


def _within(value: Any) -> str:
    try:
        return read_polygon(value)
    except ValueError as error:
        raise Wrong(error.args[0]) from None


def _joined(values: Sequence[str]) -> str:
    return ",".join(values)


def _numbers(values: Mapping[str, float]) -> str:
    return ",".join(f"{name}:{value:.12g}" for name, value in values.items())


_LIST = {"type": "array", "items": {"type": "string"}}
_NUMBERS = {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}}

FIELDS: dict[str, Field] = {
    "q": Field(
        _sentence, str,
        "A sentence, read by rules into the fields below; a field that is given replaces what the sentence says of it.",
        {"type": "string", "maxLength": LONGEST, "examples": ["建一个细胞治疗中试基地，要50公顷，离机场30公里以内"]},
    ),
    "industries": Field(
        _words, _joined,
        "Industries: ids, Chinese or English names, aliases, products, or codes of GB/T 4754-2017 (C27, 3841).",
        _LIST | {"maxItems": MOST_WORDS, "examples": [["集成电路"]]},
    ),
    "area": Field(
        _area, lambda value: f"{value:.12g}公顷",
        "Land needed: a number with 公顷, 亩 or km² (50公顷), or an object of value and unit; else 公顷.",
        {"type": ["string", "number", "object"], "examples": ["50公顷"]},
    ),
    "level": Field(
        _choices(tuple(LEVELS.values()), LEVELS), _joined, "Levels that will do.",
        {"type": "array", "items": {"type": "string", "enum": list(LEVELS.values())}},
    ),
    "districts": Field(
        _words, _joined,
        "Districts, development zones or parks to lie in (ids or names): by administration, or with the middle inside.",
        _LIST,
    ),
    "avoid_districts": Field(_words, _joined, "Districts, development zones or parks not to lie in.", _LIST),
    "in_elements": Field(_words, _joined, "Elements of plans to lie in (ids or names): a member, or inside.", _LIST),
    "avoid_elements": Field(_words, _joined, "Elements of plans not to lie in.", _LIST),
    "within": Field(
        _within, str,
        "A GeoJSON Polygon or MultiPolygon of longitudes and latitudes, at most 10,000 vertices: the middle is in it.",
        {"type": ["object", "string"]},
    ),
    "max_km": Field(
        _distances, _numbers,
        "Largest distance in a straight line, km, to the nearest port, airport, rail or metro: airport:30,port:20.",
        _NUMBERS | {"examples": [{"airport": 30}]},
    ),
    "min_km": Field(_distances, _numbers, "Smallest distance, in the same form.", _NUMBERS),
    "exclude_layers": Field(
        _listed, _joined, "Published polygon layers that rule out what they cover (a park: over half of it).", _LIST
    ),
    "preset": Field(
        _preset, str, "Weights that go together; industry-first unless weights are given.",
        {"type": "string", "enum": list(PRESETS)},
    ),
    "weights": Field(
        _weights, _numbers,
        f"Weights of criteria or groups ({', '.join(dict.fromkeys([*GROUPS, *CRITERIA]))}): industry:40,gateways:20. "
        "They replace those of the preset; without a preset what is not given weighs nothing.",
        _NUMBERS,
    ),
    "emphasis": Field(
        _choices(GROUPS), _joined, "Groups that matter more: the first weighs three times as much, the others twice.",
        {"type": "array", "items": {"type": "string", "enum": list(GROUPS)}},
    ),
    "layer": Field(
        _plain, str, "A published layer whose features (at most 200,000) are the candidates, instead of parks.",
        {"type": "string"},
    ),
    "limit": Field(
        _limit, str, "Number of answers.", {"type": "integer", "minimum": 1, "maximum": MOST_LIMIT, "default": 10}
    ),
}  # fmt: skip
"""Every field of a question, in the order of links."""


def as_text(values: Mapping[str, Any]) -> str:
    """Return read fields as one line of JSON that is the same for the same question."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
