"""Reader: a sentence to requirements, with what was understood of it and what was not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.siting.reading.areas import read_areas
from app.siting.reading.clauses import read_words
from app.siting.reading.compounds import Compound, compounds
from app.siting.reading.dictionary import Dictionary
from app.siting.reading.distances import read_distances
from app.siting.reading.entry import Entry
from app.siting.reading.industries import read_industries
from app.siting.reading.intent import Intent, intent_of, itself
from app.siting.reading.notes import Notes, Refusal
from app.siting.reading.quantities import Quantity, quantities
from app.siting.reading.requirements import Requirements
from app.siting.reading.rest import rest_of
from app.siting.reading.scan import Word, scan
from app.siting.reading.settle import settle
from app.siting.reading.text import Span, Text, fold

LONGEST = 2000
"""Characters of the longest sentence."""

_ASKED = {
    "place": ("问这里是否适合", "asks whether the place suits it"),
    "what": ("问这里适合做什么", "asks what suits the place"),
    "against": ("问不能放在哪里", "asks where it must not go"),
}


NO_PLACE = ("没有认出问的是哪个地方", "which place is asked about?")
"""Why a question about a place is not understood whose place is unknown."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A part of the sentence that was understood.

    Attributes
    ----------
    start, end
        Where it stands in the sentence, in characters (Unicode code points), the end excluded.
    text
        The part itself.
    field
        The field of ``Requirements`` that it became.
    value
        What it added to the field: ids, a number, or a pair of a place and kilometres.
    zh, en
        The reading in words.
    label
        The word of the dictionary that decided, where the part is longer: 电池回收 of 新能源汽车电池回收.
    """

    start: int
    end: int
    text: str
    field: str
    value: Any
    zh: str
    en: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A part of the sentence that was not understood, or that no field answers to; why, in both languages."""

    start: int
    end: int
    text: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence was read as.

    Attributes
    ----------
    fields
        The question.
    spans
        What was understood, from the left.
    not_understood
        What was not, from the left. Words such as 的 or 一个 are in neither.
    """

    fields: Requirements
    spans: tuple[Understood, ...] = field(default=())
    not_understood: tuple[NotUnderstood, ...] = field(default=())


def read_sentence(text: str, dictionary: Dictionary) -> Reading:
    """Read a sentence such as 建一个细胞治疗中试基地，要50公顷，离机场30公里以内，国家级园区.

    Parameters
    ----------
    text
        The sentence, at most ``LONGEST`` characters.
    dictionary
        The words for industries, places and the rest.

    Raises
    ------
    ValueError
        When the sentence is longer.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a sentence has at most {LONGEST} characters, this one has {len(text)}")
    sentence = fold(text)
    measured = quantities(sentence)
    words = scan(sentence, dictionary, [quantity.span for quantity in measured])
    words = settle(sentence, words, dictionary.zones_above)
    notes = Notes()
    intent = intent_of(sentence, words, dictionary.zones_above)
    clear = _read_intent(sentence, intent, notes)
    taken = _taken(intent, words)
    rest = [word for word in words if word not in taken]
    _read_measures(clear, measured, words, notes)
    bound = read_distances(clear, measured, rest, notes)
    found = compounds(clear, rest, dictionary)
    inside = {at for compound in found for at in range(compound.span.start, compound.span.end)}
    dropped = bound | notes.dropped
    free = [word for word in rest if word.span not in dropped]
    read_industries(clear, [compound for compound in found if compound.span not in notes.dropped], free, notes)
    read_words(clear, [word for word in free if word.span.start not in inside], notes)
    if not notes.has("industries") and (intent is None or not intent.about):
        _read_common(sentence, dictionary.common, notes)
    return _reading(sentence, words, found, notes)


def _read_common(text: Text, common: Mapping[str, Entry], notes: Notes) -> None:
    """Note an industry whose name is a common word, in a sentence that names no other: 创业孵化放在哪里."""
    for word, entry in sorted(common.items(), key=lambda item: -len(item[0])):
        start = text.folded.find(word)
        if start >= 0:
            span = Span(start, start + len(word))
            notes.add(span, "industries", entry.values, f"产业：{entry.zh}", f"industry: {entry.en}")
            return


def _read_intent(text: Text, intent: Intent | None, notes: Notes) -> Text:
    """Note what is asked; return the text without the denial that belongs to the question (哪里不能建)."""
    if intent is None:
        return text
    zh, en = _ASKED[intent.ask]
    notes.add(intent.span, "ask", intent.ask, zh, en)
    if intent.place is not None:
        span = Span(intent.zones[0].span.start, intent.zones[-1].span.end)
        value = itself(intent) if intent.ask in ("what", "against") else intent.place.values[0]
        notes.add(span, "place", value, f"问的地方：{intent.place.zh}", f"the place asked about: {intent.place.en}")
    elif intent.about:
        notes.refuse(intent.span, *NO_PLACE)
    return text.without(intent.denial) if intent.denial else text


def _taken(intent: Intent | None, words: Sequence[Word]) -> set[Word]:
    """Return the words that belong to what is asked: its place, and 主导产业 of 有哪些主导产业."""
    if intent is None:
        return set()
    own = (word for word in words if word.entry.kind in ("criterion", "unasked") and word.span.overlaps(intent.span))
    return {*intent.zones, *own}


def _read_measures(text: Text, measured: Sequence[Quantity], words: Sequence[Word], notes: Notes) -> None:
    read_areas(text, measured, words, notes)
    for quantity in measured:
        if quantity.kind == "invalid":
            notes.refuse(quantity.span, "面积和距离要大于零，不能是负数", "areas and distances must be more than zero")
        elif quantity.kind == "output":
            notes.refuse(quantity.span, "这是产量，不是用地或距离", "what is made, neither land nor a distance")
        elif quantity.kind == "limit" and notes.has("limit"):
            notes.refuse(quantity.span, "已经说了要几个答案", "the number of answers was given already")
        elif quantity.kind == "limit":
            count = int(quantity.high)
            notes.add(quantity.span, "limit", count, f"给出 {count} 个答案", f"{count} answers")


def _reading(text: Text, words: Sequence[Word], found: Sequence[Compound], notes: Notes) -> Reading:
    spans = []
    for note in sorted(notes.understood, key=lambda note: (note.span.start, note.span.end)):
        start, end = text.original_span(note.span)
        part = text.original[start:end]
        spans.append(Understood(start, end, part, note.field, note.value, note.zh, note.en, note.label))
    refusals = sorted([*notes.refused, *rest_of(text, words, found, notes)], key=lambda refusal: refusal.span.start)
    undecided = tuple(dict.fromkeys(text.part(refusal.span) for refusal in refusals if refusal.decisive))
    missed = tuple(_not_understood(text, refusal) for refusal in refusals)
    return Reading(notes.requirements(undecided), tuple(spans), missed)


def _not_understood(text: Text, refusal: Refusal) -> NotUnderstood:
    start, end = text.original_span(refusal.span)
    return NotUnderstood(start, end, text.original[start:end], refusal.zh, refusal.en)
