"""Distances: each distance of a sentence bound to the gateways it is measured to."""

import re
from typing import Literal

from app.siting.reading.notes import Notes
from app.siting.reading.quantities import Quantity
from app.siting.reading.scan import Word
from app.siting.reading.text import Span, Text

_NOT = r"(?:不(?:要|能|得|可|应|会|可以|应该)?|别|勿|莫)"
_NO = r"(?:no|not)\s+"
_SMALLER = r"(?:小于|少于|低于|短于|近于)"
_LARGER = r"(?:超过|超出|大于|多于|高于|远于)"
_MOST_BEFORE = re.compile(
    rf"(?:{_NOT}{_LARGER}|(?<![不要能得可应会别勿莫以该]){_SMALLER}|最多|至多|最远|不到|控制在|within|up to|at most"
    rf"|{_NO}(?:more|further|farther) than|(?<!no )(?<!not )less than|<=?|≤)\s*$"
)
_LEAST_BEFORE = re.compile(rf"(?:{_NOT}{_SMALLER}|{_LARGER}|至少|最少|at least|{_NO}less than|more than|>=?|≥)\s*$")
_MOST_AFTER = re.compile(r"\s*(?:的?(?:范围|距离))?(?:以内|之内|内|以下|范围)")
_LEAST_AFTER = re.compile(r"\s*(?:以外|之外|开外|以上|以远|外|away)")
_AWAY = re.compile(r"远离|避开|避免|远于|离得?远|away from")
_RESPECTIVELY = re.compile(r"分别|各自|依次|respectively")
_NEAR_A_PLACE = re.compile(r"(?:距离|距|离|靠近|临近|邻近|紧邻)\s*$")


def read_distances(text: Text, measured: list[Quantity], words: list[Word], notes: Notes) -> set[Span]:
    """Note each distance with its gateways.

    A distance belongs to the gateways named before it in its clause (离机场和港口30公里), else to those after it
    (30公里内有机场), else to those of the clause before (离机场近，30公里以内).

    Parameters
    ----------
    text, measured, words
        The sentence, its quantities, and its words that the dictionary knows.
    notes
        What is understood is added to them.

    Returns
    -------
    set
        The words that belong to a distance.
    """
    distances = [one for one in measured if one.kind == "distance"]
    gateways = [word for word in words if word.entry.kind == "gateway"]
    bound = _read_respectively(text, distances, gateways, notes)
    distances = [one for one in distances if one.span not in bound]
    for place, one in enumerate(distances):
        before = distances[place - 1].span.end if place else 0
        after = distances[place + 1].span.start if place + 1 < len(distances) else len(text.folded)
        free = [word for word in gateways if word.span not in bound]
        found = _gateways_of(text, one, free, before, after)
        if not found:
            _refuse(text, one, words, bound, notes)
        for word in found:
            bound.add(word.span)
            _note(text, one, word, notes)
    return bound


def _read_respectively(text: Text, distances: list[Quantity], gateways: list[Word], notes: Notes) -> set[Span]:
    """Note distances that stand in the order of their gateways: 离机场和港口分别30公里和20公里."""
    bound: set[Span] = set()
    for clause in text.clauses:
        word = _RESPECTIVELY.search(text.folded, clause.start, clause.end)
        if word is None:
            continue
        ahead = [one for one in gateways if clause.start <= one.span.start < word.start()]
        behind = [one for one in distances if word.end() <= one.span.start < clause.end]
        if len(ahead) == len(behind):
            for one, gateway in zip(behind, ahead, strict=True):
                _note(text, one, gateway, notes, Span(behind[0].span.start, behind[-1].span.end))
                bound |= {one.span, gateway.span}
    return bound


def _gateways_of(text: Text, one: Quantity, free: list[Word], before: int, after: int) -> list[Word]:
    clause = text.clause(one.span.start)
    here = [word for word in free if clause.start <= word.span.start < clause.end]
    ahead = [word for word in here if before <= word.span.start < one.span.start]
    if ahead:
        return ahead
    behind = [word for word in here if one.span.end <= word.span.start < after]
    if behind:
        return behind
    if clause.start == 0:
        return []
    last = text.clause(clause.start - 1)
    return [word for word in free if last.start <= word.span.start < last.end and word.span.start >= before]


def _note(text: Text, one: Quantity, word: Word, notes: Notes, frame: Span | None = None) -> None:
    """Note a distance; what stands around it, or around a frame, tells whether it is the largest or the smallest."""
    gateway, zh, en = word.entry.values[0], word.entry.zh, word.entry.en
    span = Span(min(one.span.start, word.span.start), max(one.span.end, word.span.end))
    meant = _meant(text, frame or one.span)
    # 20到30公里 is between them; 20到30公里以内 is at most 30.
    if meant == "least" or (meant is None and one.low < one.high):
        km = round(one.low, 4)
        notes.add(span, "min_km", (gateway, km), f"距{zh}至少 {km:g} 公里", f"at least {km:g} km from {en}")
    if meant != "least":
        km = round(one.high, 4)
        notes.add(span, "max_km", (gateway, km), f"距{zh}不超过 {km:g} 公里", f"at most {km:g} km from {en}")


def _meant(text: Text, span: Span) -> Literal["least", "most"] | None:
    """Tell whether a distance is said to be the smallest or the largest."""
    clause = text.clause(span.start)
    before, after = text.folded[clause.start : span.start], text.folded[span.end : span.end + 8]
    if _LEAST_AFTER.match(after):
        return "least"
    if _MOST_AFTER.match(after) or _MOST_BEFORE.search(before):
        return "most"
    return "least" if _LEAST_BEFORE.search(before) or _AWAY.search(before) else None


def _refuse(text: Text, one: Quantity, words: list[Word], bound: set[Span], notes: Notes) -> None:
    """Refuse a distance to nothing, and one to a zone together with the zone."""
    clause = text.clause(one.span.start)
    for word in words:
        near = _NEAR_A_PLACE.search(text.folded[clause.start : max(word.span.start, clause.start)])
        if word.entry.kind in ("zone", "element") and clause.start <= word.span.start < clause.end and near:
            bound.add(word.span)
            span = Span(min(one.span.start, word.span.start), max(one.span.end, word.span.end))
            notes.refuse(
                span,
                "只能按到港口、机场、铁路和地铁的距离选",
                "only distances to ports, airports, rail, metro",
            )
            return
    notes.refuse(one.span, "没有说是到哪里的距离：港口、机场、高铁还是地铁", "to what: port, airport, rail or metro?")
