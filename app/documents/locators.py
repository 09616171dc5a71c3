"""Locators: where in a document a fact stands, as people write it: ``三（二）1·光伏、表2·经开区·东区``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from app.documents.headings import Kind
from app.documents.words import NUMERAL, folded, number_of

DOT = "·"
LONGEST = 400
"""Characters of a locator, at most."""
MOST_PLACES = 40
"""Places that a locator may join."""


class Special(Enum):
    """Steps that are no heading's number."""

    ROW = auto()
    """第3行: a row of a table, counted without its header"""
    FRONT = auto()
    """前言: what stands before the first chapter"""
    NOTICE = auto()
    """通知: the notice that a document is issued with, before its own title"""
    TERM = auto()
    """a run-in title, a sub-heading or a term"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way to a place.

    Attributes
    ----------
    kind
        What it leads to.
    number
        Number of a heading or a row.
    words
        The step as written; for a term, the term.
    name
        Of a table 表 or 附表.
    """

    kind: Kind | Special
    number: int | None
    words: str
    name: str = ""


Way = tuple[Step, ...]
"""The steps to one place."""

_USUAL = str.maketrans({"(": "（", ")": "）", "•": DOT, "・": DOT, "‧": DOT, "．": "."})
"""Signs that are typed for those that locators are written with."""

_PLACE = rf"(?:{NUMERAL}(?=[（·\d、；;]|$)|（{NUMERAL}）|附?表\d|附件\d*|前言|通知|第\d+行|\d+(?=[·、；;]|$)|专栏)"
_JOINT = re.compile(rf"[、；;]\s*(?={_PLACE})")

_NUMBERING = re.compile(rf"({NUMERAL})?((?:（{NUMERAL}）)?)((?:\d{{1,2}}(?![\dA-Za-z]))?)((?:（\d{{1,2}}）)?)[、.]?")
_TABLE = re.compile(r"(附?表)\s*(\d{1,3})?")
_ANNEX = re.compile(rf"附[件录]\s*(\d{{1,2}}|{NUMERAL})?")
_ROW = re.compile(r"第(\d{1,4})行")
_BEHIND_TERM = re.compile(rf"([^（）]+)(（{NUMERAL}）\d*)")
_WHOLE = {"前言": Special.FRONT, "通知": Special.NOTICE}


def parse(locator: str) -> tuple[Way, ...]:
    """Return the ways to the places that a locator joins by ``、`` or ``；``.

    A place that begins within a chapter or a table goes on from the one before: ``三（一）、（二）``.

    Parameters
    ----------
    locator
        What a row of facts has in its column of that name.

    Raises
    ------
    ValueError
        When nothing is written.

    Examples
    --------
    >>> [step.words for step in parse("三（二）1·光伏")[0]]
    ['三', '（二）', '1', '光伏']
    """
    ways: list[Way] = []
    for part in _JOINT.split(locator.strip().translate(_USUAL)):
        steps = tuple(_steps(part))
        if steps:
            ways.append((*_shared(ways[-1] if ways else (), steps[0]), *steps))
    if not ways:
        raise ValueError("a locator needs at least one step")
    return tuple(ways[:MOST_PLACES])


def _shared(before: Way, first: Step) -> Way:
    """Return the steps that a place has in common with the one before it, which it does not repeat."""
    if first.kind in (Kind.SECTION, Kind.ITEM, Kind.SUBITEM, Special.ROW):
        for at, step in enumerate(before):
            if step.kind == first.kind:
                return before[:at]
    return ()


def _steps(place: str) -> Iterator[Step]:
    for segment in place.strip().split(DOT):
        if folded(segment):
            yield from _segment(segment.strip())


def _segment(words: str) -> Iterator[Step]:
    if words in _WHOLE:
        yield Step(_WHOLE[words], None, words)
    elif found := _ROW.fullmatch(words):
        yield Step(Special.ROW, int(found[1]), words)
    elif found := _TABLE.fullmatch(words):
        yield Step(Kind.TABLE, int(found[2]) if found[2] else None, words, found[1])
    elif found := _ANNEX.fullmatch(words):
        yield Step(Kind.ANNEX, number_of(found[1]) if found[1] else None, words)
    elif found := _BEHIND_TERM.fullmatch(words) if not words.startswith("（") else None:
        yield from _numbered_or_term(found[1])
        yield from _numbered_or_term(found[2])
    else:
        yield from _numbered_or_term(words)


_KINDS = (Kind.CHAPTER, Kind.SECTION, Kind.ITEM, Kind.SUBITEM)


def _numbered_or_term(words: str) -> Iterator[Step]:
    """Yield the numbers that a segment begins with, and the words behind them as a term."""
    found = _NUMBERING.match(words)
    if found is None or not found[0] or _is_word(found, words[found.end() :]):
        yield Step(Special.TERM, None, words)
        return
    rest = words[found.end() :]
    for kind, number in zip(_KINDS, found.groups(), strict=True):
        if number:
            yield Step(kind, number_of(number.strip("（）")), number)
    if folded(rest):
        yield Step(Special.TERM, None, rest)


def _is_word(found: re.Match[str], rest: str) -> bool:
    """Tell whether what looks like a number begins a word: 一核, 三区, 5G. Behind a section it does not."""
    return bool(rest) and not found[2] and found[0][-1] not in "）、."
