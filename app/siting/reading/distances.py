"""Distances: each distance of a sentence bound to the gateways and the named places it is measured to."""

import re
from collections.abc import Collection, Sequence
from typing import Literal

from app.siting.reading.denial import preferred
from app.siting.reading.entry import Entry
from app.siting.reading.nearness import place_of
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
_FROM = re.compile(
    r"(?:距离|距|离|靠近|临近|邻近|紧邻|毗邻|靠|(?<![搬迁落放选投签移运])到|以"
    r"|(?<![a-z])(?:from|to|of|near))(?: the)?\s*$"
)
_AND = re.compile(r"\s*(?:、|和|与|或|及|以及|and|or)(?: the)?\s*")
_AROUND = re.compile(r"\s*(?:为中心|周边|周围|附近|方圆|半径)*\s*的?\s*(?:不超过|至少|最多|大约|约)?\s*")
_IN = re.compile(r"(?<!离)在\s*$")
_HAS = re.compile(r"\s*(?:[以之]?内|范围内?)*(?:要|能)?有")
_REACHES = re.compile(r"(?:内|范围内?)?\s*(?:要|能|可)*(?:有|到达|到|可达)\s*$")


def read_distances(text: Text, measured: list[Quantity], words: list[Word], notes: Notes) -> set[Span]:
    """Note each distance with what it is measured to.

    A distance belongs to the gateways and places named before it in its clause (离机场和港口30公里), else to those
    after it (30公里内有机场), else to the gateways of the clause before (离机场近，30公里以内). A place counts where
    the sentence measures from it (离东疆, 50 km of Dongjiang), not where it lies in it (在东疆离机场30公里).

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
    distances = [quantity for quantity in measured if quantity.kind == "distance"]
    if not distances:
        return set()
    targets = _targets(text, words, distances)
    bound = _read_respectively(text, distances, targets, notes)
    distances = [quantity for quantity in distances if quantity.span not in bound]
    for at, quantity in enumerate(distances):
        before = distances[at - 1].span.end if at else 0
        after = distances[at + 1].span.start if at + 1 < len(distances) else len(text.folded)
        free = [word for word in targets if word.span not in bound]
        found = _targets_of(text, quantity, free, before, after)
        if not found:
            _refuse(text, quantity, words, bound, notes)
        for word in found:
            bound.add(word.span)
            _note(text, quantity, word, notes)
    return bound


def _targets(text: Text, words: Sequence[Word], distances: Sequence[Quantity]) -> list[Word]:
    """Return the gateways, and the places that the sentence measures from."""
    found: list[Word] = []
    for word in words:
        if word.entry.kind == "gateway" or (place_of(word) and _is_measured_from(text, word, found, distances)):
            found.append(word)
    return found


def _is_measured_from(text: Text, word: Word, found: Sequence[Word], distances: Sequence[Quantity]) -> bool:
    before = text.before(word.span)
    if _FROM.search(before):
        return True
    if found and _AND.fullmatch(text.folded[found[-1].span.end : word.span.start]):
        return True
    if word.entry.kind == "facility" and _REACHES.search(before):
        return True
    follows = next((quantity for quantity in distances if quantity.span.start >= word.span.end), None)
    if follows is None or _IN.search(before) or _HAS.match(text.after(follows.span)):
        return False
    return _AROUND.fullmatch(text.folded[word.span.end : follows.span.start]) is not None


def _read_respectively(text: Text, distances: list[Quantity], targets: list[Word], notes: Notes) -> set[Span]:
    """Note distances that stand in the order of their targets: 离机场和港口分别30公里和20公里."""
    bound: set[Span] = set()
    for clause in text.clauses:
        word = _RESPECTIVELY.search(text.folded, clause.start, clause.end)
        if word is None:
            continue
        ahead = [target for target in targets if clause.start <= target.span.start < word.start()]
        behind = [quantity for quantity in distances if word.end() <= quantity.span.start < clause.end]
        if len(ahead) == len(behind):
            for quantity, target in zip(behind, ahead, strict=True):
                _note(text, quantity, target, notes, Span(behind[0].span.start, behind[-1].span.end))
                bound |= {quantity.span, target.span}
    return bound


def _targets_of(text: Text, quantity: Quantity, free: list[Word], before: int, after: int) -> list[Word]:
    clause = text.clause(quantity.span.start)
    here = [word for word in free if clause.start <= word.span.start < clause.end]
    ahead = [word for word in here if before <= word.span.start < quantity.span.start]
    if ahead:
        return ahead
    behind = [word for word in here if quantity.span.end <= word.span.start < after]
    if behind:
        return behind
    if clause.start == 0:
        return []
    last = text.clause(clause.start - 1)
    return [word for word in free if last.start <= word.span.start < last.end and word.span.start >= before]


def _note(text: Text, quantity: Quantity, word: Word, notes: Notes, frame: Span | None = None) -> None:
    """Note a distance; what stands around it, or around a frame, tells whether it is the largest or the smallest."""
    place = place_of(word) if word.entry.kind != "gateway" else None
    entry = place or word.entry
    most, least = ("near", "apart") if place else ("max_km", "min_km")
    span = Span(min(quantity.span.start, word.span.start), max(quantity.span.end, word.span.end))
    meant = _meant(text, frame or quantity.span)
    if preferred(text, span):
        _note_wish(span, entry, meant, notes)
        return
    # 20到30公里 is between them; 20到30公里以内 is at most 30.
    if meant == "least" or (meant is None and quantity.is_range):
        km = round(quantity.low, 4)
        notes.add(
            span, least, (entry.values[0], km), f"距{entry.zh}至少 {km:g} 公里", f"at least {km:g} km from {entry.en}"
        )
    if meant != "least":
        km = round(quantity.high, 4)
        notes.add(
            span, most, (entry.values[0], km), f"距{entry.zh}不超过 {km:g} 公里", f"at most {km:g} km from {entry.en}"
        )


def _note_wish(span: Span, entry: Entry, meant: str | None, notes: Notes) -> None:
    """Note a distance that is preferred: nearer or farther is better, and nothing is excluded."""
    zh, en = f"最好靠近{entry.zh}（是愿望，不作条件）", f"preferably near {entry.en} (a wish, no condition)"
    far_zh, far_en = f"最好远离{entry.zh}（是愿望，不作条件）", f"preferably far from {entry.en} (a wish, no condition)"
    if entry.kind == "gateway":
        field, zh, en = ("far_from", far_zh, far_en) if meant == "least" else ("emphasis", zh, en)
        notes.add(span, field, entry.values, zh, en)
    elif meant == "least":
        notes.refuse(
            span, f"远离{entry.zh}只能作条件，不能作愿望", f"keeping away from {entry.en} can be a condition only"
        )
    else:
        notes.add(span, "near", (entry.values[0], None), zh, en)


def _meant(text: Text, span: Span) -> Literal["least", "most"] | None:
    """Tell whether a distance is said to be the smallest or the largest."""
    before, after = text.before(span), text.folded[span.end : span.end + 8]
    if _LEAST_AFTER.match(after):
        return "least"
    if _MOST_AFTER.match(after) or _MOST_BEFORE.search(before):
        return "most"
    return "least" if _LEAST_BEFORE.search(before) or _AWAY.search(before) else None


def _refuse(text: Text, quantity: Quantity, words: list[Word], bound: Collection[Span], notes: Notes) -> None:
    """Refuse a distance to nothing, and one to what no distance is measured to together with it."""
    clause = text.clause(quantity.span.start)
    here = (word for word in words if clause.start <= word.span.start < clause.end and word.span not in bound)
    measured_from = (word for word in here if word.entry.kind in _REASONS and _FROM.search(text.before(word.span)))
    word = next(measured_from, None)
    if word is None:
        notes.refuse(quantity.span, "没有认出是到哪里的距离", "distance to what?")
        return
    zh, en = (reason.format(zh=word.entry.zh, en=word.entry.en) for reason in _REASONS[word.entry.kind])
    if word.entry.kind == "industry":
        notes.refuse(quantity.span, zh, en)
        return
    span = Span(min(quantity.span.start, word.span.start), max(quantity.span.end, word.span.end))
    notes.refuse(span, zh, en, decisive=word.entry.kind == "unasked")
    notes.dropped.add(word.span)


_ONLY = (
    "只能量到园区、行政区、车站、港区和机场的距离",
    "distances are measured to zones, stations, ports and airports",
)
_REASONS = {
    "element": ("{zh}没有可以量距离的边界", "{en} has no outline to measure from"),
    "unasked": ("没有这方面的数据（{zh}），不能量距离", "no data to measure from ({en})"),
    "firm": _ONLY,
    "industry": _ONLY,
}
"""Why no distance is measured to a word, by its kind."""
