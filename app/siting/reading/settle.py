"""Settle: the words of a sentence with the meaning that the words beside them give them."""

import re
from collections.abc import Mapping, Sequence

from app.siting.reading.scan import Word
from app.siting.reading.text import Span, Text

_AND = re.compile(r"\s*(?:、|和|与|或者?|及|以及|还是|,?\s*要么|and|or)\s*(?:在|放在)?\s*")
_INSIDE = re.compile(r"\s*(?:的|内的?|里的?|下面的|下属的|in|of)?\s*")


def settle(text: Text, words: Sequence[Word], zones_above: Mapping[str, frozenset[str]]) -> list[Word]:
    """Return the words with the meaning that the others give them.

    冷库 is premises beside an industry and an industry of its own without one. What is a zone and an element of a plan
    is a zone where the sentence joins it to a zone: 华明高新区和东丽经开区. A zone that only says where the zone behind
    it lies is part of that one: 滨海高新区的华苑.

    Parameters
    ----------
    text, words
        The sentence, and its words that the dictionary knows.
    zones_above
        For each zone the ids of the zones that it lies in.
    """
    plain = any(word.entry.kind == "industry" and not word.meaning("premises") for word in words)
    settled: list[Word] = []
    for word in words:
        premises = word.meaning("premises") if plain and word.entry.kind == "industry" else None
        zone = word.meaning("zone") if word.entry.kind == "element" and _joined_to_zone(text, words, word) else None
        entry = premises or zone
        settled.append(Word(word.span, entry) if entry else word)
    return _nested(text, settled, zones_above)


def _joined_to_zone(text: Text, words: Sequence[Word], word: Word) -> bool:
    return any(
        zone.entry.kind == "zone"
        and (
            _AND.fullmatch(text.folded[zone.span.end : word.span.start])
            or _AND.fullmatch(text.folded[word.span.end : zone.span.start])
        )
        for zone in words
    )


def _nested(text: Text, words: Sequence[Word], above: Mapping[str, frozenset[str]]) -> list[Word]:
    """Return the words with each zone that is named inside another as one word."""
    found: list[Word] = []
    for word in words:
        outer = next((other for other in reversed(found) if other.entry.kind != "function"), None)
        if outer is not None and _lies_in(text, word, outer, above):
            del found[found.index(outer) :]
            word = Word(Span(outer.span.start, word.span.end), word.entry, word.others)
        found.append(word)
    return found


def _lies_in(text: Text, word: Word, outer: Word, above: Mapping[str, frozenset[str]]) -> bool:
    if word.entry.kind != "zone" or outer.entry.kind != "zone":
        return False
    inside = all(set(outer.entry.values) & above.get(zone, frozenset()) for zone in word.entry.values)
    return inside and _INSIDE.fullmatch(text.folded[outer.span.end : word.span.start]) is not None
