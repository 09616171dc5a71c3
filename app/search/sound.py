"""Sound: Chinese names in pinyin without tones, and as initials."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product

from app.search.normal import Normal, is_han, normalise

MOST_SOUNDS = 8
"""So many readings of a query with ambiguous characters are tried."""

_LOOSE_SYLLABLES = 8
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_RUNS = re.compile(f"[{_HAN}]+|[^{_HAN}]+")

Readings = Mapping[str, Sequence[Sequence[str]]]
"""Phrases that the dictionary reads wrongly, or that people read in several ways: phrase to its readings."""


def spell(term: str, readings: Readings) -> list[list[str]]:
    """Return the ways to read a name: for each character its syllable, or its normal form if it is no Chinese one.

    Parameters
    ----------
    term
        A name.
    readings
        Phrases whose readings are given; the dictionary of pypinyin reads the rest.
    """
    pattern = "|".join(re.escape(phrase) for phrase in sorted(readings, key=len, reverse=True))
    pieces = re.split(f"({pattern})", term) if pattern else [term]
    spelled = []
    for way in range(max((len(readings[piece]) for piece in pieces if piece in readings), default=1)):
        syllables: list[str] = []
        for piece in pieces:
            known = readings.get(piece)
            syllables += known[min(way, len(known) - 1)] if known else _likely(piece)
        spelled.append(syllables)
    return spelled


def _likely(text: str) -> list[str]:
    """Return the likeliest syllable of each character, by the words they are in; other characters in normal form."""
    from pypinyin import lazy_pinyin  # its dictionaries take 56 MB: who never asks for pinyin never loads them

    syllables: list[str] = []
    for run in _RUNS.findall(text):
        read = lazy_pinyin(run) if is_han(run[0]) else []
        syllables += read if len(read) == len(run) else [normalise(char).text for char in run]
    return syllables


def joined(term: str, pieces: Sequence[str]) -> Normal:
    """Join what stands for each character of a term; every Chinese character begins a syllable."""
    plain = normalise(term)
    text, offsets, starts = "", [0], []
    begins = set(plain.starts)
    for n, (char, piece) in enumerate(zip(term, pieces, strict=True)):
        if piece and (is_han(char) or plain.offsets[n] in begins):
            starts.append(len(text))
        text += piece
        offsets.append(len(text))
    return Normal(text, tuple(offsets), tuple(starts))


def initials(term: str, syllables: Sequence[str]) -> Normal:
    """Return a name with the first letter of each syllable; what is no Chinese character stays whole."""
    return joined(term, [s[:1] if is_han(char) else s for char, s in zip(term, syllables, strict=True)])


def loose(pinyin: Normal) -> str | None:
    """Return a regular expression of every way to cut syllables short: ``bolh``, ``blhu``; None for one syllable.

    Only the first eight syllables are looked at; nobody types more of them so.
    """
    ends = (*pinyin.starts[1:], len(pinyin.text))
    syllables = [pinyin.text[a:b] for a, b in zip(pinyin.starts, ends, strict=True)][:_LOOSE_SYLLABLES]
    if len(syllables) < 2:
        return None
    pattern = ""
    for n, syllable in reversed(list(enumerate(syllables))):
        cut = syllable[0] + "".join(f"(?:{letter}" for letter in syllable[1:]) + ")?" * (len(syllable) - 1)
        pattern = f"{cut}{pattern}" if n < 2 else f"(?:{cut}{pattern})?"
    return f"^{pattern}$"


@lru_cache(maxsize=2000)
def sounds(query: str) -> tuple[str, ...]:
    """Return how a query sounds, in pinyin without tones: of characters with several readings, several ways.

    Parameters
    ----------
    query
        In normal form. Without a Chinese character it sounds as it is written.
    """
    if not any(map(is_han, query)):
        return (query,)
    from pypinyin import Style, pinyin

    likely = "".join(_likely(query))
    ways = [
        dict.fromkeys(pinyin(char, style=Style.NORMAL, heteronym=True)[0]) if is_han(char) else [char] for char in query
    ]
    found = dict.fromkeys([likely])
    for way in product(*ways):
        if len(found) >= MOST_SOUNDS:
            break
        found["".join(way)] = None
    return tuple(found)
