"""Compounds: names of industries that stand together and are one demand, 新能源汽车|电池回收."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.facts.names import normalise
from app.siting.reading.denial import denied
from app.siting.reading.dictionary import Dictionary
from app.siting.reading.entry import Entry
from app.siting.reading.scan import Word, within
from app.siting.reading.text import Span, Text
from app.siting.reading.words import VOCABULARY

_JOINED = re.compile(r"\s*(?:专?用|级|领域|行业)?(?P<of>的?)\s*")
_HEADS = "|".join(sorted(map(re.escape, VOCABULARY.generic_heads), key=len, reverse=True))
_GENERIC_AFTER = re.compile(
    rf"\s*(?:的\s*)?(?:关键|核心|专用|精密|配套|结构)*(?:{_HEADS})(?:[及和与](?:{_HEADS}))*(?![a-z])"
)
_PLACED = re.compile(r"(?:近|靠|离|距|邻|着|远|避开|to|from|near)\s*$")
_SHORTEST = 2
_PRODUCT = 2
"""Levels of the taxonomy above a product, at least."""
_FURTHER = 12
"""Characters by which a name may reach beyond the word before it."""
_GENERIC = frozenset(map(normalise, VOCABULARY.generic_heads))


@dataclass(frozen=True, slots=True)
class Compound:
    """One industry asked for.

    Attributes
    ----------
    span
        All its words, with what narrows them.
    words
        The names of industries in it.
    head
        The one that is meant.
    """

    span: Span
    words: tuple[Word, ...]
    head: Word


def compounds(text: Text, words: Sequence[Word], dictionary: Dictionary) -> list[Compound]:
    """Return the industries that a sentence names, those that stand together as one.

    A name directly before another one, or before its 的, narrows it. Of the two the later is meant
    (新能源汽车|电池回收, 化工|仓储), unless it is a word for a part or a process that means nothing of its own there
    (无人机|整机), or one belongs to the other in the taxonomy: then the narrower is meant (新能源|光伏组件). Two names
    side by side that end in no such word are two demands (人工智能|大数据), unless the later is a product of another
    sector (碳纤维|自行车).

    Parameters
    ----------
    text
        The sentence.
    words
        Its words that the dictionary knows, from the left.
    dictionary
        The words that there are, and what each industry belongs to.
    """
    found: list[Compound] = []
    for word in words:
        if word.entry.kind != "industry":
            continue
        head = _head_of_both(text, found[-1], word, dictionary) if found else None
        if head is None:
            found.append(Compound(word.span, (word,), word))
        else:
            last = found[-1]
            found[-1] = Compound(Span(last.span.start, word.span.end), (*last.words, word), head)
    return [_with_parts(text, _with_gateway(text, compound, words), words, dictionary) for compound in found]


def _head_of_both(text: Text, last: Compound, word: Word, dictionary: Dictionary) -> Word | None:
    """Return which of two is meant; None where they are two demands."""
    above = dictionary.industries_above
    joined = _JOINED.fullmatch(text.folded[last.span.end : word.span.start])
    if joined is None or (joined["of"] and denied(text, last.span)):
        return None
    name = _name(text, word)
    if name in VOCABULARY.modifiers or _name(text, last.head) in VOCABULARY.modifiers:
        return None
    if last.head.entry.values == word.entry.values:
        return last.head
    spanning = _spanning(text, last.words[-1].span, word.span.end, last.head.entry, dictionary)
    if spanning is not None:
        return spanning
    if name in _GENERIC or _belongs(last.head.entry, word.entry, above):
        return last.head
    english = name.isascii() and _name(text, last.head).isascii()
    narrowed = joined["of"] or english or name.endswith(VOCABULARY.head_endings)
    if narrowed or _belongs(word.entry, last.head.entry, above) or _is_used_for(word.entry, last.head.entry, above):
        return word
    return None


def _is_used_for(entry: Entry, other: Entry, above: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether one word is a product and another a sector apart, which it is made of or for: 碳纤维|自行车."""
    own = {step for industry in entry.values for step in (industry, *above.get(industry, ()))}
    others = {step for industry in other.values for step in (industry, *above.get(industry, ()))}
    product = all(len(above.get(industry, ())) >= _PRODUCT for industry in entry.values)
    return product and not own & others


def _belongs(entry: Entry, other: Entry, above: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether what one word means belongs to what another means."""
    return all(above.get(industry, frozenset()) & set(other.values) for industry in entry.values)


def _name(text: Text, word: Word) -> str:
    return normalise(text.folded[word.span.start : word.span.end])


def _with_gateway(text: Text, compound: Compound, words: Sequence[Word]) -> Compound:
    """Return the demand with the gateway that stands directly before it and names its use: 地铁|盾构机."""
    start = compound.span.start
    for word in within(words, Span(max(start - _FURTHER, 0), start)):
        attached = word.entry.kind == "gateway" and word.span.end == start
        if attached and not _PLACED.search(text.before(word.span)):
            return Compound(Span(word.span.start, compound.span.end), compound.words, compound.head)
    return compound


def _with_parts(text: Text, compound: Compound, words: Sequence[Word], dictionary: Dictionary) -> Compound:
    """Return the demand with the parts and processes that follow it: 汽车|配件."""
    longer = _overlapping(text, compound, words, dictionary)
    if longer is not None:
        return Compound(Span(compound.span.start, longer.span.end), compound.words, longer)
    match = _GENERIC_AFTER.match(text.folded, compound.span.end)
    if match is None or any(word.entry.kind == "industry" for word in within(words, Span(*match.span()))):
        return compound
    return Compound(Span(compound.span.start, match.end()), compound.words, compound.head)


def _overlapping(text: Text, compound: Compound, words: Sequence[Word], dictionary: Dictionary) -> Word | None:
    """Return the industry that the end of a name makes with what follows it: 电池回收 of 锂电池|回收."""
    last = compound.words[-1].span
    behind = within(words, Span(last.end, last.end + _FURTHER))
    cut = {at for word in behind for at in range(word.span.start + 1, word.span.end)}
    for stop in range(min(last.end + _FURTHER, len(text.folded)), last.end, -1):
        word = _spanning(text, last, stop, compound.head.entry, dictionary) if stop not in cut else None
        if word is not None:
            return word
    return None


def _spanning(text: Text, last: Span, stop: int, head: Entry, dictionary: Dictionary) -> Word | None:
    """Return the industry that reaches from inside a word to a place behind it."""
    for start in range(last.start + 1, last.end):
        inside = _is_latin(text.folded[start - 1]) and _is_latin(text.folded[start])
        if inside or dictionary.longest(text.folded[start : start + 2]) < _SHORTEST:
            continue
        entries = dictionary.entries.get(normalise(text.folded[start:stop]), ())
        entry = next((entry for entry in entries if entry.kind == "industry"), None)
        # 装备制造 is above 海洋装备, and says less.
        if entry is not None and not _belongs(head, entry, dictionary.industries_above):
            return Word(Span(start, stop), entry)
    return None


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
