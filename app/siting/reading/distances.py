"""Distances: each distance of a sentence bound to the gateways it is measured to."""

import re

from app.siting.reading.notes import Notes
from app.siting.reading.quantities import Quantity
from app.siting.reading.scan import Word
from app.siting.reading.text import Span, Text

_MOST_BEFORE = re.compile(r"(?:不超过|不大于|小于|少于|低于|最多|至多|不到|控制在|不远于|within|less than|<=?|≤)\s*$")
_LEAST_BEFORE = re.compile(r"(?:超过|大于|多于|至少|不少于|不低于|不小于|最少|at least|more than|>=?|≥)\s*$")
_MOST_AFTER = re.compile(r"\s*(?:的?(?:范围|距离))?(?:以内|之内|内|以下|范围)")
_LEAST_AFTER = re.compile(r"\s*(?:以外|之外|开外|以上|以远|外|away)")
_AWAY = re.compile(r"远离|避开|避免|远于|离得?远|away from")
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
    bound: set[Span] = set()
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


def _note(text: Text, one: Quantity, word: Word, notes: Notes) -> None:
    gateway, zh, en = word.entry.values[0], word.entry.zh, word.entry.en
    span = Span(min(one.span.start, word.span.start), max(one.span.end, word.span.end))
    if _at_least(text, one):
        km = round(one.low, 4)
        notes.add(span, "min_km", (gateway, km), f"距{zh}至少 {km:g} 公里", f"at least {km:g} km from {en}")
    else:
        km = round(one.high, 4)
        notes.add(span, "max_km", (gateway, km), f"距{zh}不超过 {km:g} 公里", f"at most {km:g} km from {en}")


def _at_least(text: Text, one: Quantity) -> bool:
    clause = text.clause(one.span.start)
    before, after = text.folded[clause.start : one.span.start], text.folded[one.span.end : one.span.end + 8]
    if _LEAST_AFTER.match(after):
        return True
    if _MOST_AFTER.match(after) or _MOST_BEFORE.search(before):
        return False
    return bool(_LEAST_BEFORE.search(before) or _AWAY.search(before))


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
