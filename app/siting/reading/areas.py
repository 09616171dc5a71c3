"""Areas: each area of a sentence told apart as land or as floor of buildings."""

import re
from collections.abc import Sequence
from typing import cast

from app.siting.reading.denial import denied
from app.siting.reading.notes import Notes
from app.siting.reading.quantities import Quantity
from app.siting.reading.requirements import Premises
from app.siting.reading.scan import Word, within
from app.siting.reading.text import Span, Text

ANY = "any"
"""Premises of a word that says floor area and not what of: 建筑面积."""

_LAND = re.compile(
    r"用地|占地|土地|地块|地皮|净地|厂区|园区面积|(?<=[亩顷里米方])的?地(?![铁方下上点段区块])"
    r"|(?<![a-z])(?:land|plot|site area)(?![a-z])"
)
_MOST_BEFORE = re.compile(
    r"(?:不(?:要|能)?超过|不大于|不多于|最多|至多|最大|不到|控制在|no more than|at most|up to)\s*$"
)
_MOST_AFTER = re.compile(r"\s*(?:以内|之内|以下|封顶)")
_LEAST_BEFORE = re.compile(r"(?:不少于|不低于|不小于|至少|最少|起码|大于|超过|at least|no less than|more than)\s*$")
_LEAST_AFTER = re.compile(r"\s*(?:以上|起步|起(?![步来])|and above|or more)")


def read_areas(text: Text, measured: Sequence[Quantity], words: Sequence[Word], notes: Notes) -> None:
    """Note the land and the floor area that a sentence asks for.

    Parameters
    ----------
    text, measured, words
        The sentence, its quantities, and its words that the dictionary knows.
    notes
        What is understood is added to them.
    """
    premises = [word for word in words if word.meaning("premises")]
    for at, quantity in enumerate(measured):
        if quantity.kind != "area":
            continue
        frame = _frame(text, measured, at)
        floor = (
            _floor_word(text, quantity, frame, premises)
            or _floor_of_the_next_clause(text, quantity, measured, premises)
            or _floor_of_the_sentence(text, quantity, measured, premises)
        )
        if floor is None:
            _note_land(text, quantity, notes)
        else:
            _note_floor(text, quantity, floor, premises, notes)


def _frame(text: Text, measured: Sequence[Quantity], at: int) -> Span:
    """Return the part of the clause that speaks of one quantity: from the one before it to the one behind it."""
    clause = text.clause(measured[at].span.start)
    start = max(clause.start, measured[at - 1].span.end if at else 0)
    end = min(clause.end, measured[at + 1].span.start if at + 1 < len(measured) else clause.end)
    return Span(start, max(end, measured[at].span.end))


def _floor_word(text: Text, quantity: Quantity, frame: Span, premises: Sequence[Word]) -> Word | None:
    """Return the word by which an area is floor of a building; None where land is nearer to it, or nothing is said."""
    land = _nearest_land(text, quantity, frame)
    nearest: tuple[int, Word] | None = None
    for word in within(premises, frame):
        gap = _gap(word.span, quantity.span, frame, text)
        if gap is not None and (nearest is None or gap < nearest[0]):
            nearest = (gap, word)
    if nearest is None or (land is not None and land <= nearest[0]):
        return None
    if _LAND.match(text.folded, nearest[1].span.end) and nearest[1].span.start >= quantity.span.end:
        return None
    if quantity.unit is not None and quantity.unit.land and _kind(nearest[1]) != ANY:
        return None
    return nearest[1]


def _nearest_land(text: Text, quantity: Quantity, frame: Span) -> int | None:
    found = (Span(*match.span()) for match in _LAND.finditer(text.folded, frame.start, frame.end))
    gaps = [gap for span in found if (gap := _gap(span, quantity.span, frame, text)) is not None]
    return min(gaps, default=None)


def _gap(span: Span, quantity: Span, frame: Span, text: Text) -> int | None:
    """Return the characters between a word and a quantity; None for a word that belongs to another quantity."""
    if frame.start <= span.start and span.end <= quantity.start:
        return quantity.start - span.end
    if quantity.end <= span.start and span.end <= frame.end:
        another = frame.end < text.clause(quantity.start).end and not text.folded[span.end : frame.end].strip()
        return None if another else span.start - quantity.end
    return None


def _floor_of_the_next_clause(
    text: Text, quantity: Quantity, measured: Sequence[Quantity], premises: Sequence[Word]
) -> Word | None:
    """Return the word of a clause beside the one that holds square metres and nothing else: 要写字楼，200平方米."""
    clause = text.clause(quantity.span.start)
    if quantity.unit is None or quantity.unit.land or _LAND.search(text.folded, clause.start, clause.end):
        return None
    others = [other for other in text.clauses if other.end == clause.start or other.start == clause.end]
    for beside in others:
        taken = any(beside.overlaps(other.span) for other in measured if other.kind == "area" and other is not quantity)
        words = [word for word in within(premises, beside) if not denied(text, word.span)]
        if words and not taken and not _LAND.search(text.folded, beside.start, beside.end):
            return words[-1]
    return None


def _floor_of_the_sentence(
    text: Text, quantity: Quantity, measured: Sequence[Quantity], premises: Sequence[Word]
) -> Word | None:
    """Return the premises that a sentence about buildings speaks of, for its only area, in square metres."""
    single = sum(other.kind == "area" for other in measured) == 1
    if quantity.unit is None or quantity.unit.land or not single or _LAND.search(text.folded):
        return None
    return next((word for word in premises if _kind(word) != ANY and not denied(text, word.span)), None)


def _specific(text: Text, quantity: Quantity, floor: Word, premises: Sequence[Word]) -> Premises | None:
    """Return what the floor area is in: of 厂房建筑面积 the 厂房."""
    clauses = (text.clause(quantity.span.start), text.clause(floor.span.start))
    near = [word for clause in clauses for word in within(premises, clause)]
    kinds = [_kind(word) for word in (floor, *near) if _kind(word) != ANY]
    return cast(Premises, kinds[0]) if kinds else None


def _kind(word: Word) -> str:
    premises = word.meaning("premises")
    return premises.values[0] if premises else ANY


def _note_land(text: Text, quantity: Quantity, notes: Notes) -> None:
    """Note the land needed. Of a range the larger end is needed; a second area is refused."""
    if notes.has("area_ha"):
        notes.refuse(quantity.span, "已经有一个用地面积", "an area of land was given already")
        return
    zh, en = _in_words(text, quantity, land=True)
    notes.add(quantity.span, "area_ha", round(quantity.high, 4), zh, en)
    notes.further["area_text"] = text.part(quantity.span).strip()
    if quantity.is_range:
        notes.further["area_low_ha"] = round(quantity.low, 4)


def _note_floor(text: Text, quantity: Quantity, floor: Word, premises: Sequence[Word], notes: Notes) -> None:
    kind = _specific(text, quantity, floor, premises)
    if notes.has("floor_m2"):
        notes.refuse(quantity.span, "已经有一个建筑面积", "a floor area was given already")
        return
    together = text.clause(floor.span.start) == text.clause(quantity.span.start)
    start, end = min(floor.span.start, quantity.span.start), max(floor.span.end, quantity.span.end)
    span = Span(start, end) if together else quantity.span
    zh, en = _in_words(text, quantity, land=False)
    notes.add(span, "floor_m2", round(quantity.high * 10_000, 2), zh, en)
    own = [*within(premises, span), floor]
    notes.dropped |= {word.span for word in own if word.entry.kind == "premises"}
    notes.further["floor_text"] = text.part(quantity.span).strip()
    if kind is not None and not notes.has("premises"):
        notes.add(floor.span, "premises", kind, f"要{PREMISES_ZH[kind]}", f"in {PREMISES_EN[kind]}")


PREMISES_ZH = {"office": "办公楼", "factory": "厂房", "workshop": "车间", "warehouse": "仓库", "laboratory": "实验室"}
PREMISES_EN = {
    "office": "offices", "factory": "factory buildings", "workshop": "workshops", "warehouse": "warehouses",
    "laboratory": "laboratories",
}  # fmt: skip


def _in_words(text: Text, quantity: Quantity, *, land: bool) -> tuple[str, str]:
    """Return the reading of an area in the unit in which it was written, in Chinese and in English."""
    unit = quantity.unit
    if unit is None:
        raise ValueError("only areas have units of area")
    low, high = quantity.low / unit.hectares, quantity.high / unit.hectares
    number = f"{low:,.8g}–{high:,.8g}" if quantity.is_range else f"{high:,.8g}"
    before, after = text.before(quantity.span), text.after(quantity.span)
    most = not quantity.is_range and (_MOST_BEFORE.search(before) or _MOST_AFTER.match(after))
    least = not most and (_LEAST_BEFORE.search(before) or _LEAST_AFTER.match(after))
    remarks = [("", f"{quantity.high:,.4g} ha")] if land and unit.hectares < 1 else []
    remarks += [("按上限计", "the upper end counts")] if quantity.is_range or most else []
    remarks += [] if land else [("不是用地", "not land")]
    remarks_zh, remarks_en = "，".join(zh for zh, _ in remarks if zh), "; ".join(en for _, en in remarks)
    zh = f"需要{'用地' if land else '建筑面积'}{'不超过' if most else ''} {number} {unit.zh}{'以上' if least else ''}"
    number_en = f"{'at most ' if most else ''}{number} {unit.en}{' or more' if least else ''}"
    en = f"needs {number_en} of {'land' if land else 'floor'}"
    return f"{zh}（{remarks_zh}）" if remarks_zh else zh, f"{en} ({remarks_en})" if remarks_en else en
