"""Quantities: areas, distances and the number of answers in a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.siting.reading.numbers import NUMBER, value_of
from app.siting.reading.text import Span, Text

HECTARES = {
    "公顷": 1.0, "ha": 1.0, "hm2": 1.0, "hectares": 1.0, "hectare": 1.0,
    "亩": 1 / 15, "市亩": 1 / 15, "mu": 1 / 15,
    "平方公里": 100.0, "平方千米": 100.0, "平方km": 100.0, "km2": 100.0, "sqkm": 100.0, "square kilometres": 100.0,
    "square kilometers": 100.0,
    "平方米": 1e-4, "平米": 1e-4, "平方": 1e-4, "m2": 1e-4, "sqm": 1e-4,
    "英亩": 0.40468564224, "acres": 0.40468564224, "acre": 0.40468564224,
}  # fmt: skip
"""Hectares in a unit of area; 15 亩 are a hectare, an acre is 4,046.8564224 m² (international acre)."""

KILOMETRES = {
    "公里": 1.0, "千米": 1.0, "km": 1.0, "kilometres": 1.0, "kilometers": 1.0, "里": 0.5, "里地": 0.5, "华里": 0.5,
    "米": 1e-3, "m": 1e-3, "metres": 1e-3, "meters": 1e-3,
    "海里": 1.852, "英里": 1.609344, "miles": 1.609344, "mile": 1.609344,
}  # fmt: skip
"""Kilometres in a unit of length; 里 is the 市里 of 500 m."""

MOST_ANSWERS = 100


def _units(units: dict[str, float]) -> str:
    return "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))


_OF_A_NAME = r"(?!(?<=里)[台海河桥铺庄店屯堡坨村镇沟湾岗坡])"
"""里 stands in many names of places: 八里台, 七里海."""
_JOIN = r"\s*(?:到|至|[-~—–－～]+|to)\s*"
_START = r"(?<![0-9a-z.几数多上零〇一二两俩三四五六七八九十百千万亿])"
_LETTERS_END = r"(?![a-z0-9])"


def _quantity(units: dict[str, float]) -> re.Pattern[str]:
    unit = _units(units)
    return re.compile(
        rf"{_START}(?:(?P<low>{NUMBER})\s*(?:(?P<low_unit>{unit})\s*)?{_JOIN})?(?P<high>{NUMBER})(?:多|余|来)?\s*"
        rf"(?P<unit>{unit})(?P<half>半)?{_LETTERS_END}{_OF_A_NAME}"
    )


_AREA = _quantity(HECTARES)
_DISTANCE = _quantity(KILOMETRES)
_FLOOR = re.compile(r"(?:建筑面积|建面|建筑|厂房|办公楼?|仓库|宿舍|楼面)[^,;。]{0,6}$")
_PER = re.compile(r"(?:/|每|元)\s*$")
_OUTPUT = re.compile(r"(?:年产|日产|月产|年产量|产量|产能|年加工|年处理|年销)[^,;。]{0,4}$")

_LIMIT = re.compile(
    rf"(?P<ask>给我|给出|列出|列|推荐|挑选?|选出?|找出?|来|要|看|前|只要|top\s*|give me\s*|show\s*)"
    rf"(?P<count>{NUMBER})\s*(?P<unit>个|处|家|名|块|sites?|answers?|candidates?|parks?)?"
    rf"(?P<what>最?合?适?合?的?(?:候选地?|方案|园区|地方|地块|选址|答案|结果))?(?![0-9a-z百千万十几多])"
)
_COUNTED = re.compile(
    rf"{_START}(?P<count>{NUMBER})\s*(?:个|处|块)(?:候选|合适的?|备选)?(?:园区|地方|方案|地块|选址|答案|候选)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of the sentence.

    Attributes
    ----------
    span
        Where it stands in the folded text.
    kind
        What it is of; ``floor`` is an area of buildings, which is not that of the land; ``output`` is what is made.
    low, high
        The value, or the ends of the range: hectares, kilometres, or a number.
    """

    span: Span
    kind: Literal["area", "floor", "output", "distance", "limit"]
    low: float
    high: float


def quantities(text: Text) -> list[Quantity]:
    """Return the quantities of a sentence, from the left; none overlaps another."""
    found: list[Quantity] = []
    for one in (*_areas(text.folded), *_distances(text.folded), *_limits(text.folded)):
        if not any(one.span.overlaps(other.span) for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.span.start)


def _areas(folded: str) -> Iterator[Quantity]:
    for match in _AREA.finditer(folded):
        ends = _ends(match, HECTARES)
        before = folded[max(match.start() - 16, 0) : match.start()]
        if ends is not None and not _PER.search(before):
            floor, output = _FLOOR.search(before), _OUTPUT.search(before)
            other = floor or output
            start = match.start() - len(other[0]) if other else match.start()
            yield Quantity(Span(start, match.end()), "floor" if floor else "output" if output else "area", *ends)


def _distances(folded: str) -> Iterator[Quantity]:
    for match in _DISTANCE.finditer(folded):
        ends = _ends(match, KILOMETRES)
        output = _OUTPUT.search(folded[max(match.start() - 16, 0) : match.start()])
        if ends is not None:
            start = match.start() - len(output[0]) if output else match.start()
            yield Quantity(Span(start, match.end()), "output" if output else "distance", *ends)


def _limits(folded: str) -> Iterator[Quantity]:
    for match in _LIMIT.finditer(folded):
        count = value_of(match["count"])
        asked = match["unit"] or match["what"] or match["ask"].strip() in ("top", "前")
        # 一个 is an article: 要一个园区 asks for a site, not for one answer.
        article = count == 1 and match["ask"].strip() not in ("只要", "top", "前")
        if count is not None and asked and not article and count == int(count) and 1 <= count <= MOST_ANSWERS:
            yield Quantity(Span(*match.span()), "limit", count, count)
    for match in _COUNTED.finditer(folded):
        count = value_of(match["count"])
        if count is not None and count == int(count) and 1 < count <= MOST_ANSWERS:
            yield Quantity(Span(*match.span()), "limit", count, count)


def _ends(match: re.Match[str], units: dict[str, float]) -> tuple[float, float] | None:
    high, factor = value_of(match["high"]), units[match["unit"]]
    if high is None:
        return None
    most = (high + (0.5 if match["half"] else 0)) * factor
    low = value_of(match["low"]) if match["low"] else None
    if low is None:
        return (most, most) if most > 0 else None
    least = low * units[match["low_unit"] or match["unit"]]
    return (min(least, most), max(least, most)) if most > 0 else None
