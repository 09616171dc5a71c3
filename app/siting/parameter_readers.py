"""Readers: what was sent for a parameter, text or JSON, into its value."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.messages import Bilingual, Message
from app.siting.criteria import CRITERIA, GROUP_TITLES, GROUPS, PRESETS
from app.siting.gateways import GATEWAYS
from app.siting.polygon import read_polygon
from app.siting.question import ASKS, PREMISES
from app.siting.reading import LONGEST
from app.siting.words import say

LEVELS = {"国家级": "national", "市级": "municipal", "区级": "district", "街镇级": "town"}
GATEWAY_WORDS = {word: gateway.name for gateway in GATEWAYS.values() for word in (*gateway.words, gateway.name)}
GATEWAY_WORDS |= {"港": "port"} if "port" in GATEWAYS else {}
ASK_WORDS = {"选址": "where", "是否适合": "place", "适合做什么": "what", "不宜": "against"}
WEIGHT_WORDS = {one.title["zh"]: name for name, one in CRITERIA.items()} | {
    title["zh"]: group for group, title in GROUP_TITLES.items()
}
PRESET_WORDS = {say(f"preset_{name}")["zh"]: name for name in PRESETS}
PREMISES_WORDS = {
    "写字楼": "office",
    "标准厂房": "factory",
    "车间": "workshop",
    "仓库": "warehouse",
    "实验室": "laboratory",
}

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
_RANGE = re.compile(
    r"(?P<low>\d[\d.,]*)\s*(?P<low_unit>[^\d\s~～—–-]*\d?)\s*[-~～—–至到]+\s*(?P<high>\d[\d.,]*)\s*(?P<unit>[^\d\s]*\d?)"
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


def read_plain(value: Any) -> str:
    """Return text without the white space around it."""
    if not isinstance(value, str) or not value.strip():
        raise Wrong(Message("should be text that is not empty"))
    return value.strip()


def read_words(value: Any) -> tuple[str, ...]:
    """Return names: of text joined by commas, or of a list."""
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


def read_number(value: Any) -> float:
    """Return a finite number, of JSON or of text."""
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


def read_area(value: Any) -> float:
    """Return hectares: of a number, of text such as 50公顷 or 750亩, or of an object of number and unit."""
    unit = "公顷"
    if isinstance(value, dict):
        if value.keys() - {"value", "unit"} or "value" not in value:
            raise Wrong(Message("should be a number with a unit, such as 50公顷, 750亩 or 0.5km²"))
        unit, value = value.get("unit", unit), value["value"]
    if not isinstance(unit, str):
        raise Wrong(Message("has a unit that is not known; use 公顷, 亩 or km²"), tuple(HECTARES))
    if isinstance(value, str):
        match = _AREA.fullmatch(unicodedata.normalize("NFKC", value).strip())
        if match is None:
            raise Wrong(Message("should be a number with a unit, such as 50公顷, 750亩 or 0.5km²"))
        unit, value = match["myriads"] + (match["unit"] or unit), match["number"].replace(",", "")
    factor = _hectares_in(unit)
    if factor is None:
        raise Wrong(Message("has a unit that is not known; use 公顷, 亩 or km²"), tuple(HECTARES))
    hectares = round(read_number(value) * factor, 4)
    if not 0 < hectares <= _LARGEST_HA:
        raise Wrong(Message("should be more than 0 and at most {most} 公顷", most=f"{_LARGEST_HA:,.0f}"))
    return hectares


def read_land(value: Any) -> dict[str, Any]:
    """Return land needed: hectares, the lower end of a range, and the text as it was sent; 300-500亩 is a range."""
    text = value.strip() if isinstance(value, str) else None
    match = _RANGE.fullmatch(unicodedata.normalize("NFKC", text)) if text else None
    if match is None:
        hectares = read_area(value)
        return {"ha": hectares, "low_ha": None, "text": text if text and not _is_numeral(text) else None}
    high = read_area(f"{match['high']}{match['unit']}")
    low = read_area(f"{match['low']}{match['low_unit'] or match['unit']}")
    if low > high:
        raise Wrong(Message("should be a range from the smaller to the larger, such as 300-500亩"))
    return {"ha": high, "low_ha": low, "text": text}


def write_land(value: Mapping[str, Any]) -> str:
    """Return land needed as text that reads back the same."""
    return value["text"] or f"{value['ha']:.12g}公顷"


def read_floor(value: Any) -> dict[str, Any]:
    """Return floor area, square metres, and the text as it was sent; without a unit 平方米."""
    text = value.strip() if isinstance(value, str) else None
    plain = text is None or _is_numeral(text)
    try:
        hectares = read_area({"value": value if text is None else text, "unit": "m2"} if plain else text)
    except Wrong:
        raise Wrong(Message("should be a floor area above zero, such as 200平方米 or 3万平方米")) from None
    return {"m2": round(hectares * 10_000, 2), "text": None if plain else text}


def write_floor(value: Mapping[str, Any]) -> str:
    """Return floor area as text that reads back the same."""
    return value["text"] or f"{value['m2']:.12g}m2"


def read_choice(allowed: Sequence[str], words: Mapping[str, str]) -> Callable[[Any], str]:
    """Return a reader of one word of a vocabulary, or of what people call it."""

    def read(value: Any) -> str:
        found = words.get(value, value) if isinstance(value, str) else value
        if not isinstance(found, str) or found not in allowed:
            raise Wrong(Message("should be one of {names}", names=_names(allowed, words)), allowed)
        return found

    return read


read_ask = read_choice(ASKS, ASK_WORDS)
read_premises = read_choice(PREMISES, PREMISES_WORDS)


def read_switch(on: str, off: str) -> Callable[[Any], str]:
    """Return a reader of one of two words; true and false will do as well."""

    def read(value: Any) -> str:
        told = str(value).lower() if isinstance(value, str | bool) else ""
        found = {"true": on, "false": off}.get(told, told)
        if found not in (on, off):
            raise Wrong(Message("should be one of {names}", names=f"{on}, {off}"), (on, off))
        return found

    return read


def read_near(value: Any) -> tuple[tuple[str, float | None], ...]:
    """Return named places and kilometres: of dongjiang:50,rail-tianjin or of a list of objects of place and km."""
    given = [_SEPARATED.split(part, maxsplit=1) for part in _COMMAS.split(value)] if isinstance(value, str) else value
    if not isinstance(given, list) or not given or len(given) > MOST_WORDS:
        raise Wrong(_NEAR)
    found = tuple(_near(part) for part in given if part != [""])
    if not found or len({place for place, _ in found}) < len(found):
        raise Wrong(_NEAR)
    return found


_NEAR = Message("should be named places with kilometres, each once, such as dongjiang:50")
_SEPARATED = re.compile(r"\s*[:：=]\s*")


def _near(given: Any) -> tuple[str, float | None]:
    if isinstance(given, dict):
        if given.keys() - {"place", "km"} or not isinstance(given.get("place"), str):
            raise Wrong(_NEAR)
        given = [given["place"], given.get("km")]
    if not isinstance(given, list | tuple) or not 1 <= len(given) <= 2 or not isinstance(given[0], str):
        raise Wrong(_NEAR)
    place, km = given[0].strip(), given[1] if len(given) == 2 else None
    if not place or len(place) > _LONGEST_WORD:
        raise Wrong(_NEAR)
    return place, None if km is None else _reach(km)


def read_apart(value: Any) -> tuple[tuple[str, float | None], ...]:
    """Return named places and the kilometres to keep from them."""
    found = read_near(value)
    if any(km is None for _, km in found):
        raise Wrong(Message("should say how many kilometres, such as dongjiang:5"))
    return found


def write_near(values: Sequence[tuple[str, float | None]]) -> str:
    """Return named places as the text of a query parameter."""
    return ",".join(place if km is None else f"{place}:{km:.12g}" for place, km in values)


def _reach(value: Any) -> float:
    km = _kilometres(value)
    if not 0 < km <= _FARTHEST_KM:
        raise Wrong(Message("should be more than 0 and at most {most} km", most=f"{_FARTHEST_KM:,.0f}"))
    return km


def _hectares_in(unit: str) -> float | None:
    """Return the hectares in a unit, or in ten thousand of it (万亩); None for what is none."""
    plain = unicodedata.normalize("NFKC", unit).strip().lower()
    one = HECTARES.get(plain.removeprefix("万"))
    return one * 10_000 if one is not None and plain.startswith("万") else one


def read_listed(value: Any) -> tuple[str, ...]:
    """Return words none of which holds a 、."""
    return tuple(dict.fromkeys(one.strip() for part in read_words(value) for one in part.split("、") if one.strip()))


def _names(allowed: Iterable[str], words: Mapping[str, str] | None) -> Bilingual:
    """Return the words of a vocabulary: in English as programs write them, in Chinese as people do."""
    called: dict[str, str] = {}
    for word, name in (words or {}).items():
        if not word.isascii():
            called.setdefault(name, word)
    allowed = list(allowed)
    return Bilingual(", ".join(allowed), "、".join(called.get(name, name) for name in allowed))


def read_choices(allowed: Sequence[str], words: Mapping[str, str] | None = None) -> Callable[[Any], tuple[str, ...]]:
    """Return a reader of some words of a vocabulary, or of what people call them."""

    def read(value: Any) -> tuple[str, ...]:
        found = tuple(dict.fromkeys((words or {}).get(one, one) for one in read_listed(value)))
        if any(one not in allowed for one in found):
            raise Wrong(Message("should be one or several of {names}", names=_names(allowed, words)), allowed)
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


def read_distances(value: Any) -> dict[str, float]:
    """Return kilometres by gateway."""
    found = {}
    for name, number in _pairs(value).items():
        gateway = GATEWAY_WORDS.get(name, name)
        if gateway not in GATEWAYS:
            raise Wrong(
                Message("should be distances to {names}", names=_names(GATEWAYS, GATEWAY_WORDS)), tuple(GATEWAYS)
            )
        if gateway in found:
            raise Wrong(Message("should be names with numbers, such as airport:30,port:20"))
        found[gateway] = _reach(number)
    if not found:
        raise Wrong(Message("should name at least one"))
    return {gateway: found[gateway] for gateway in GATEWAYS if gateway in found}


def _kilometres(value: Any) -> float:
    """Return kilometres: of a number, or of text such as 30, 30km, 30公里 or 500米."""
    match = _LENGTH.fullmatch(unicodedata.normalize("NFKC", value).strip()) if isinstance(value, str) else None
    if match is None:
        return read_number(value)
    number = read_number(match["number"])
    return number / 1000 if (match["unit"] or "").lower() in _METRES else number


def read_weights(value: Any) -> dict[str, float]:
    """Return weights by criterion or group."""
    allowed = tuple(dict.fromkeys([*GROUPS, *CRITERIA]))
    found = {}
    for name, number in _pairs(value).items():
        if name not in allowed:
            raise Wrong(Message("should be weights of {names}", names=_names(allowed, WEIGHT_WORDS)), allowed)
        weight = read_number(number)
        if not 0 <= weight <= 1e6:
            raise Wrong(Message("should be weights from 0 to 1,000,000"))
        found[name] = weight
    if not found:
        raise Wrong(Message("should name at least one"))
    return {name: found[name] for name in allowed if name in found}


def read_preset(value: Any) -> str:
    """Return the name of a preset."""
    if not isinstance(value, str) or value not in PRESETS:
        raise Wrong(Message("should be one of {names}", names=_names(PRESETS, PRESET_WORDS)), tuple(PRESETS))
    return value


def read_limit(value: Any) -> int:
    """Return the number of answers."""
    number = read_number(value)
    if number != int(number) or not 1 <= number <= MOST_LIMIT:
        raise Wrong(Message("should be a whole number from {least} to {most}", least=1, most=MOST_LIMIT))
    return int(number)


def read_sentence(value: Any) -> str:
    """Return a sentence that is not too long."""
    text = read_plain(value)
    if len(text) > LONGEST:
        raise Wrong(Message("should be at most {most} characters", most=LONGEST))
    return text


def read_within(value: Any) -> str:
    """Return a polygon as GeoJSON text."""
    try:
        return read_polygon(value)
    except ValueError as error:
        raise Wrong(error.args[0]) from None
