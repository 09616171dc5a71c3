"""Scan: the words of a sentence that the dictionary knows, from the left, the longest first."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.siting.reading.dictionary import Dictionary
from app.siting.reading.entry import Entry
from app.siting.reading.text import Span, Text
from app.siting.reading.words import Kind

_BEFORE_A_PLACE = re.compile(
    r"(?:在|位于|于|到|去|进|往|落户|落地|布局|放|选|找|要|么|不要|避开|避让|远离|排除|除了|除|别|不|非|以|和|与|或|及|、|从|是|离|距|靠|"
    r"靠近|临近|优先|最好|首选|尽量|只能|必须|一定|请问|看看|问|或者|以及|不行|天津|天津市|in|at|avoid|either|or|and|near|prefer|"
    r"preferably)\s*$"
)
_IN_OR_OUT = re.compile(
    r"(?:在|位于|进|入驻|落户|落地|放到?|选|避开|避让|远离|排除|除了|离|距|距离|靠近|临近|邻近|紧邻|毗邻|贴近|挨着|靠着?|"
    r"不要|near|to|of|from|in)\s*$"
)
_BESIDE = re.compile(r"(?:离|距|距离|靠近|临近|邻近|紧邻|毗邻|贴近|挨着|靠着?|near|to|of|from)\s*$")
_BESIDE_AFTER = re.compile(r"附近|周边|旁|周围|一带")
_INSIDE = re.compile(
    r"里|内|以外|之外|除外|附近|周边|旁|周围|一带|适合|能做|可以做|配套|供货|供应|适不适合|能不能做"
    r"|不适宜|不适合(?!放)|不能(?:做|发展|引进|放(?!在))"
)
_AFTER_A_PLACE = re.compile(
    r"\s*(?:的|内|里|范围|境|区|以外|之外|除外|、|和|或|与|及|还是|附近|周边|旁|周围|一带|那边|这边|适合|适宜|能|可|有|做|建|搞|办|设|落|"
    r"优先|都|也|,|;|。|\?|$)"
)
_SORT_OF_ZONE = re.compile(r"(?:国家级|市级|省级|区级|国家|级|个|一|家|处|哪|某|其他|各|任何|些|种|类|型)\s*$")
_LONGER_NAME = re.compile(
    r"(?:大学|学院|学校|医院|卫生院|中学|小学|幼儿园|车站|站(?![点在得立台长])|大桥|立交|大道|大街|街道|街(?!镇)|路(?![由灯线网径程面演过段])"
    r"|湖(?![南北州])|水库|大厦|广场|图书馆|博物馆|体育馆|体育场|法院)"
    r"|\s(?:university|college|hospital|school|avenue|road|street|bridge|lake|reservoir|square)(?![a-z])"
)
"""What makes the name of a place the beginning of another's: 南开|大学. A name that says 区 itself begins none."""
_SAYS_ZONE = ("区", "园", "district", "zone", "park", "area")
_WORTH_KEEPING = 3
"""Characters of a name that another word must not cut; two are often by chance: 建材 in 新建材料厂."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the sentence that the dictionary knows.

    Attributes
    ----------
    span
        Where it stands in the folded text.
    entry
        What it stands for.
    others
        What else it stands for.
    """

    span: Span
    entry: Entry
    others: tuple[Entry, ...] = ()

    def meaning(self, *kinds: Kind) -> Entry | None:
        """Return what it stands for of one of these kinds, the first kind first; None where it is none of them."""
        entries = (self.entry, *self.others)
        return next((entry for kind in kinds for entry in entries if entry.kind == kind), None)


def within(words: Sequence[Word], span: Span) -> Sequence[Word]:
    """Return the words, sorted from the left, that begin in a part of the text."""
    first = bisect_left(words, span.start, key=lambda word: word.span.start)
    return words[first : bisect_left(words, span.end, key=lambda word: word.span.start)]


def scan(text: Text, dictionary: Dictionary, taken: Sequence[Span]) -> list[Word]:
    """Return the words known, from the left; at each place the longest one.

    Parameters
    ----------
    text
        The sentence.
    dictionary
        The words.
    taken
        Parts that are something else already, such as quantities.
    """
    blocked = {at for span in taken for at in range(span.start, span.end)}
    free = [place not in blocked for place in text.squeezed_places]
    return list(_words(text, dictionary, free))


def _words(text: Text, dictionary: Dictionary, free: list[bool]) -> Iterator[Word]:
    at = 0
    while at < len(text.squeezed):
        word = _longest(text, dictionary, free, at) if free[at] else None
        if word is None:
            at += 1
            continue
        longer = _longer_name(text, word[0])
        if longer is not None:
            while at < len(text.squeezed) and text.squeezed_places[at] < longer:
                at += 1
            continue
        yield word[0]
        at = word[1]


def _longer_name(text: Text, word: Word) -> int | None:
    """Return where a proper name ends of which the name of a place is only the beginning: 南开大学, 西青大道."""
    name = text.folded[word.span.start : word.span.end]
    if word.entry.kind not in ("zone", "element") or name.endswith(_SAYS_ZONE):
        return None
    match = _LONGER_NAME.match(text.folded, word.span.end)
    return match.end() if match else None


def _longest(text: Text, dictionary: Dictionary, free: list[bool], at: int) -> tuple[Word, int] | None:
    for stop in _stops(text, dictionary, free, at):
        word = _word(text, dictionary, at, stop)
        if word is None:
            continue
        if word.entry.kind == "function" and _cuts_an_industry(text, dictionary, free, at, stop):
            continue
        return word, stop
    return None


def _stops(text: Text, dictionary: Dictionary, free: list[bool], at: int) -> range:
    """Return where words that begin at a place may end, the farthest first."""
    most = min(at + dictionary.longest(text.squeezed[at : at + 2]), len(text.squeezed))
    end = at
    while end < most and free[end]:
        end += 1
    return range(end, at, -1)


def _word(text: Text, dictionary: Dictionary, at: int, stop: int) -> Word | None:
    entries = dictionary.entries.get(text.squeezed[at:stop])
    if entries is None:
        return None
    span = Span(text.squeezed_places[at], text.squeezed_places[stop - 1] + 1)
    fitting = [entry for entry in entries if _fits(text, span, entry)] if _whole(text.folded, span) else []
    return Word(span, fitting[0], tuple(fitting[1:])) if fitting else None


def _cuts_an_industry(text: Text, dictionary: Dictionary, free: list[bool], at: int, stop: int) -> bool:
    """Tell whether a word that asks for nothing would cut the name of an industry: 做大 of 做大数据."""
    for start in range(at + 1, stop):
        most = min(start + dictionary.longest(text.squeezed[start : start + 2]), len(text.squeezed))
        for end in range(most, max(stop, start + _WORTH_KEEPING - 1), -1):
            entries = dictionary.entries.get(text.squeezed[start:end])
            if entries is None or entries[0].kind != "industry" or not all(free[start:end]):
                continue
            if _whole(text.folded, Span(text.squeezed_places[start], text.squeezed_places[end - 1] + 1)):
                return True
    return False


def _whole(folded: str, span: Span) -> bool:
    """Tell whether the Latin letters at both ends are whole words: ic is none in basic."""
    return not (_latin(folded, span.start - 1) and _latin(folded, span.start)) and not (
        _latin(folded, span.end - 1) and _latin(folded, span.end)
    )


def _latin(folded: str, at: int) -> bool:
    return 0 <= at < len(folded) and folded[at].isascii() and folded[at].isalnum()


def _fits(text: Text, span: Span, entry: Entry) -> bool:
    before, after = text.folded[max(span.start - 8, 0) : span.start], text.folded[span.end : span.end + 4]
    if entry.capital and not text.part(span).isupper():
        return False
    if entry.generic and _SORT_OF_ZONE.search(before):
        return False
    if entry.themed and entry.kind == "facility":
        return bool(_BESIDE.search(before) or _BESIDE_AFTER.match(after))
    if entry.themed:
        return bool(_IN_OR_OUT.search(before) or _INSIDE.match(after))
    return not entry.placed or _placed(before, after)


def _placed(before: str, after: str) -> bool:
    return (
        not before.strip()
        or before[-1] in ",;。?"
        or bool(_BEFORE_A_PLACE.search(before) or _AFTER_A_PLACE.match(after))
    )
