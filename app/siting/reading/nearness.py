"""Nearness: whether a sentence wants to be near to a place or far from it, without a number of kilometres."""

import re
from collections.abc import Sequence
from typing import Literal

from app.siting.reading.entry import Entry
from app.siting.reading.scan import Word
from app.siting.reading.text import Span, Text

_BEFORE = re.compile(
    r"(?:靠近|临近|邻近|紧邻|毗邻|贴近|接近|紧靠|挨着|靠着|(?<![依可停倚牢])靠"
    r"|(?<![a-z])(?:near(?: to)?|next to|close to|adjacent to|beside|nearby|around)(?: the)?)\s*$"
)
_BESIDE = r"(?:附近|周边|旁边|旁|一带|周围|边上|隔壁)"
_AFTER = re.compile(rf"\s*的?{_BESIDE}")
_AFTER_ANOTHER = re.compile(rf"\s*[、和与及或][^,;。、和与及或]{{1,8}}?{_BESIDE}")
_AND = re.compile(r"\s*(?:、|和|与|及|或者?|以及|and|or)(?: the)?\s*")
_DENIES = re.compile(
    r"(?:不要|不能|不宜|不可|不得|不想|不应该?|不|别|避免|禁止|(?<![a-z])(?:not|no|avoid)(?: be)?)"
    r"\s*(?:再|太|放|建|设|选|位于)?(?:在|于)?\s*$"
)
_IN = re.compile(r"(?<!存)在\s*$")
_NOT_FROM = re.compile(r"(?:别|不要|不能|不宜|不可|不得|不应该?)\s*(?:离|距离?|跟)\s*$")
_HOW_FAR = re.compile(
    r"\s*(?:最好|尽量|必须|一定|比较|稍微|要|也|得|还|越|略)*(?P<no>不(?:要|能|可|宜|应|得)?|别)?(?:离|隔)?"
    r"(?:尽可能|过于|太|很|过|较|更|得)*(?P<how>近|远)(?![不近远郊程])"
)
_FROM_AFAR = re.compile(r"(?<![a-z])(?:far(?:ther|ther away| away)?|away) from(?: the)?\s*$")
_DIRECTION_BEFORE = re.compile(r"(?<![a-z])(?:north|south|east|west) of(?: the)?\s*$")
_DIRECTION_AFTER = re.compile(r"\s*的?(?:以?正?[东南西北]{1,2}(?:边|面|侧|方向)|以[东南西北])")
_SUPPLIED_BEFORE = re.compile(r"(?:给|为|替|跟|与|向|配套)\s*$")
_SUPPLIED_AFTER = re.compile(r"\s*(?:做|作|提供|搞|进行)?(?:配套|供货|供应)")

_PLACES = ("zone", "element", "facility", "gateway")
_LIST = 12
"""Words of a list of places that share what is said before the first of them."""

Nearness = Literal["near", "far"]


def place_of(word: Word) -> Entry | None:
    """Return the zone or the facility that a word stands for; None for anything else.

    A plan element has no outline of its own to measure from; a zone of the same name has.
    """
    return word.meaning("zone", "facility")


def nearness(text: Text, span: Span) -> Nearness | None:
    """Tell whether the sentence wants to be near to what stands there (离东疆近一点, 靠东疆) or far from it."""
    before, after = text.before(span), text.after(span)
    how = _HOW_FAR.match(after)
    if how:
        turned = bool(how["no"]) != bool(_NOT_FROM.search(before))
        return "near" if (how["how"] == "近") != turned else "far"
    if _FROM_AFAR.search(before):
        return "far"
    beside = _BEFORE.search(before)
    if beside is None and not _AFTER.match(after) and (_IN.search(before) or not _AFTER_ANOTHER.match(after)):
        return None
    return "far" if _DENIES.search(before[: beside.start()] if beside else before) else "near"


def nearness_of(text: Text, word: Word, ahead: Sequence[Word]) -> Nearness | None:
    """Tell the same of a word, which may share it with the one that it is joined to: 靠近东疆和临港."""
    own, joined = nearness(text, word.span), word
    for other in reversed(ahead[-_LIST:]):
        if own is not None:
            break
        if other.entry.kind in _PLACES:
            if not _AND.fullmatch(text.folded[other.span.end : joined.span.start]):
                break
            own, joined = nearness(text, other.span), other
    return own


def supplied(text: Text, span: Span) -> bool:
    """Tell whether the sentence supplies what stands there: 给一汽大众华北基地配套."""
    before, after = text.before(span), text.after(span)
    return bool(_SUPPLIED_AFTER.match(after)) or (before.endswith("配套") and bool(_SUPPLIED_BEFORE.search(before)))


def beside_in_a_direction(text: Text, span: Span) -> Span | None:
    """Return the place that stands there with what says one side of it (东丽以北, north of Binhai); None without."""
    before, after = _DIRECTION_BEFORE.search(text.before(span)), _DIRECTION_AFTER.match(text.after(span))
    if before is None and after is None:
        return None
    return Span(span.start, span.end + (after.end() if after else 0))
