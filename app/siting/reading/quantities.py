"""Quantities: areas, distances and the number of answers in a sentence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from app.siting.reading.numbers import NUMBER, value_of
from app.siting.reading.text import Span, Text
from app.siting.reading.units import AREA_UNITS, KILOMETRES, AreaUnit

MOST_ANSWERS = 100


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_OF_A_NAME = r"(?!(?<=里)[台海河桥铺庄店屯堡坨村镇沟湾岗坡])(?!(?<=平)[台均衡原谷价安])"
"""里 stands in many names of places (八里台, 七里海), 平 in other words (平台, 平均)."""
_JOIN = r"\s*(?:到|至|[-~—–－～]+|to)\s*"
_START = r"(?<![0-9a-z.几数多上零〇一二两俩三四五六七八九十百千万亿])"
_LETTERS_END = r"(?![a-z0-9])"


def _quantity(units: Iterable[str]) -> re.Pattern[str]:
    unit = _alternatives(units)
    return re.compile(
        rf"{_START}(?:(?P<low>{NUMBER})\s*(?:(?P<low_unit>{unit})\s*)?{_JOIN})?(?P<high>{NUMBER})(?:多|余|来)?\s*"
        rf"(?P<unit>{unit})(?P<half>半)?{_LETTERS_END}{_OF_A_NAME}"
    )


_AREA = _quantity(AREA_UNITS)
_DISTANCE = _quantity(KILOMETRES)
_MINUS = re.compile(r"(?:(?:(?<![\w\-−])|(?<=[^\x00-\x7f\-−]))[-−]|负|minus )$")
"""A sign before a number, not a hyphen inside a word and not a dash of two strokes."""
_PER = re.compile(r"(?:/|每|元)\s*$")
_OUTPUT = re.compile(r"(?:年产量|年产|日产|月产|产量|产能|年加工|年处理|年销)[^,;。]{0,4}$")

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
        What it is of; ``output`` is what is made, ``invalid`` an area or a distance that is not above zero.
    low, high
        The value, or the ends of the range: hectares, kilometres, or a number.
    unit
        Of an area, the unit it is written in.
    """

    span: Span
    kind: Literal["area", "output", "distance", "limit", "invalid"]
    low: float
    high: float
    unit: AreaUnit | None = None

    @property
    def is_range(self) -> bool:
        """Whether it has two ends."""
        return self.low < self.high


def quantities(text: Text) -> list[Quantity]:
    """Return the quantities of a sentence, from the left; none overlaps another."""
    found: list[Quantity] = []
    for quantity in (*_areas(text.folded), *_distances(text.folded), *_limits(text.folded)):
        if not any(quantity.span.overlaps(other.span) for other in found):
            found.append(quantity)
    return sorted(found, key=lambda quantity: quantity.span.start)


def _areas(folded: str) -> Iterator[Quantity]:
    for match in _AREA.finditer(folded):
        unit = AREA_UNITS[match["unit"]]
        low_unit = AREA_UNITS[match["low_unit"]] if match["low_unit"] else unit
        ends = _ends(match, low_unit.hectares, unit.hectares)
        before = folded[max(match.start() - 16, 0) : match.start()]
        if ends is not None and not _PER.search(before):
            yield _measured(match, before, "area", ends, unit)


def _distances(folded: str) -> Iterator[Quantity]:
    for match in _DISTANCE.finditer(folded):
        unit = KILOMETRES[match["unit"]]
        ends = _ends(match, KILOMETRES[match["low_unit"]] if match["low_unit"] else unit, unit)
        if ends is not None:
            yield _measured(match, folded[max(match.start() - 16, 0) : match.start()], "distance", ends)


def _measured(
    match: re.Match[str],
    before: str,
    kind: Literal["area", "distance"],
    ends: tuple[float, float],
    unit: AreaUnit | None = None,
) -> Quantity:
    """Return an area or a distance, unless what stands before it makes it something else."""
    minus, output = _MINUS.search(before), _OUTPUT.search(before)
    if minus or ends[1] <= 0:
        start = match.start() - (len(minus[0]) if minus else 0)
        return Quantity(Span(start, match.end()), "invalid", *ends)
    if output:
        return Quantity(Span(match.start() - len(output[0]), match.end()), "output", *ends)
    return Quantity(Span(*match.span()), kind, *ends, unit)


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


def _ends(match: re.Match[str], low_unit: float, unit: float) -> tuple[float, float] | None:
    """Return both ends of a quantity in the base unit; None for what is no number after all."""
    high = value_of(match["high"])
    if high is None:
        return None
    most = (high + (0.5 if match["half"] else 0)) * unit
    low = value_of(match["low"]) if match["low"] else None
    if low is None:
        return most, most
    return min(low * low_unit, most), max(low * low_unit, most)
