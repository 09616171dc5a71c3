"""Reader: a sentence to fields, with what was understood of it and what was not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.siting.reading.dictionary import Dictionary
from app.siting.reading.distances import read_distances
from app.siting.reading.fields import SitingFields
from app.siting.reading.notes import Notes
from app.siting.reading.quantities import Quantity, quantities
from app.siting.reading.scan import Word, scan
from app.siting.reading.text import Span, Text, fold
from app.siting.reading.wishes import read_words

LONGEST = 2000
"""Characters of the longest sentence."""

_SPOKEN = re.compile(r"[^\W_]")


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
        The field of ``SitingFields`` that it became.
    value
        What it added to the field: an id, a number, or a pair of a gateway and kilometres.
    zh, en
        The reading in words.
    """

    start: int
    end: int
    text: str
    field: str
    value: Any
    zh: str
    en: str


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

    fields: SitingFields
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
    words = scan(sentence, dictionary, [one.span for one in measured])
    notes = Notes()
    _read_measures(measured, notes)
    bound = read_distances(sentence, measured, words, notes)
    read_words(sentence, [word for word in words if word.span not in bound], notes)
    return _reading(sentence, words, notes)


def _read_measures(measured: list[Quantity], notes: Notes) -> None:
    for one in measured:
        if one.kind == "area":
            notes.area(one)
        elif one.kind == "floor":
            notes.refuse(one.span, "这是建筑面积，选址按用地面积", "an area of buildings, not of land")
        elif one.kind == "output":
            notes.refuse(one.span, "这是产量，不是用地或距离", "what is made, neither land nor a distance")
        elif one.kind == "limit":
            notes.limit(one)


def _reading(text: Text, words: list[Word], notes: Notes) -> Reading:
    spans = []
    for note in sorted(notes.understood, key=lambda one: (one.span.start, one.span.end)):
        start, end = text.original_span(note.span)
        spans.append(Understood(start, end, text.original[start:end], note.field, note.value, note.zh, note.en))
    read = [*(note.span for note in notes.understood), *(span for span, _, _ in notes.refused), *notes.passed]
    filling = [word.span for word in words if word.entry.kind == "function"]
    refused = [_refused(text, *one) for one in notes.refused]
    rest = [_refused(text, span, "没有认出这个词", "not recognised") for span in _rest(text, read, filling)]
    return Reading(notes.fields(), tuple(spans), tuple(sorted([*refused, *rest], key=lambda one: one.start)))


def _refused(text: Text, span: Span, zh: str, en: str) -> NotUnderstood:
    start, end = text.original_span(span)
    return NotUnderstood(start, end, text.original[start:end], zh, en)


def _rest(text: Text, read: list[Span], filling: list[Span]) -> Iterator[Span]:
    """Yield the runs of letters and digits that nothing covers.

    A single filling character between two of them belongs to an unknown word rather: 不 of 天气不错.
    """
    taken = {at for span in (*read, *filling) for at in range(span.start, span.end)}
    unknown = {at for at, char in enumerate(text.folded) if at not in taken and _SPOKEN.match(char)}
    unknown |= {
        span.start
        for span in filling
        if span.end - span.start == 1 and span.start - 1 in unknown and span.end in unknown
    }
    start: int | None = None
    for at in range(len(text.folded) + 1):
        if at in unknown and start is None:
            start = at
        elif at not in unknown and start is not None:
            yield Span(start, at)
            start = None
