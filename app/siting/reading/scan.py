"""Scan: the words of a sentence that the dictionary knows, from the left, the longest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.siting.reading.dictionary import Dictionary, Entry
from app.siting.reading.text import Span, Text

_BEFORE_A_PLACE = re.compile(
    r"(?:在|位于|于|到|去|进|往|落户|落地|放|选|要|不要|避开|避让|远离|排除|除了|除|别|不|非|和|与|或|及|、|从|是|离|距|靠近|临近|或者|以及|天津|天津市|in|at|avoid)\s*$"
)
_IN_OR_OUT = re.compile(r"(?:在|位于|进|入驻|落户|落地|放到?|选|避开|避让|远离|排除|除了|离|距|靠近|临近|不要)\s*$")
_INSIDE = re.compile(r"里|内|以外|之外|除外")
_AFTER_A_PLACE = re.compile(r"\s*(?:的|内|里|范围|境|区|以外|之外|除外|、|和|或|与|及|附近|周边|,|;|。|$)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the sentence that the dictionary knows.

    Attributes
    ----------
    span
        Where it stands in the folded text.
    entry
        What it stands for.
    """

    span: Span
    entry: Entry


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
        word = _longest(text, dictionary, free, at)
        if word is None:
            at += 1
            continue
        yield word[0]
        at = word[1]


def _longest(text: Text, dictionary: Dictionary, free: list[bool], at: int) -> tuple[Word, int] | None:
    end = at
    while end < len(text.squeezed) and end - at < dictionary.longest and free[end]:
        end += 1
    for stop in range(end, at, -1):
        entries = dictionary.entries.get(text.squeezed[at:stop])
        if entries is None:
            continue
        span = Span(text.squeezed_places[at], text.squeezed_places[stop - 1] + 1)
        if not _whole(text.folded, span):
            continue
        entry = next((one for one in entries if _fits(text.folded, span, one)), None)
        if entry is not None:
            return Word(span, entry), stop
    return None


def _whole(folded: str, span: Span) -> bool:
    """Tell whether the Latin letters at both ends are whole words: ic is none in basic."""
    return not (_latin(folded, span.start - 1) and _latin(folded, span.start)) and not (
        _latin(folded, span.end - 1) and _latin(folded, span.end)
    )


def _latin(folded: str, at: int) -> bool:
    return 0 <= at < len(folded) and folded[at].isascii() and folded[at].isalnum()


def _fits(folded: str, span: Span, entry: Entry) -> bool:
    if entry.themed:
        before, after = folded[max(span.start - 8, 0) : span.start], folded[span.end : span.end + 2]
        return bool(_IN_OR_OUT.search(before) or _INSIDE.match(after))
    return not entry.placed or _placed(folded, span)


def _placed(folded: str, span: Span) -> bool:
    before, after = folded[max(span.start - 8, 0) : span.start], folded[span.end : span.end + 4]
    return (
        span.start == 0 or before[-1] in ",;。" or bool(_BEFORE_A_PLACE.search(before) or _AFTER_A_PLACE.match(after))
    )
