"""Names: the form in which words for industries are compared, and which names are near a word that is none."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

IGNORED = re.compile(r"[\s\x00-\x1f\-‐‑‒–—―·・“”\"'‘’「」《》]+")
"""White space, control characters, hyphens, dots and quotes: CAR-T, CAR T and “CAR－T” are one word."""

_LONGEST = 60
"""Characters of a person's words that are compared with names; no name is longer."""

_LEAST_LIKE = 0.34


def normalise(words: str) -> str:
    """Return the form in which words are compared: width, case, white space, hyphens and quotes do not count.

    >>> normalise("ＣＡＲ－Ｔ 细胞治疗")
    'cart细胞治疗'
    """
    return IGNORED.sub("", unicodedata.normalize("NFKC", words).casefold())


def nearest(words: str, names: Iterable[tuple[str, str]], most: int = 5) -> tuple[str, ...]:
    """Return the names that are like a word, the likest first.

    A name that contains the word, or is contained in it, comes before one that shares pairs of characters with it
    (Dice's coefficient of the characters and their pairs).

    Parameters
    ----------
    words
        What a person wrote.
    names
        The names: as they are compared, and as they are written.
    most
        Largest number of names returned.
    """
    normal = normalise(words)[:_LONGEST]
    if not normal:
        return ()
    pieces = _pieces(normal)
    scored = []
    for compared, written in names:
        likeness = _likeness(normal, pieces, compared)
        if likeness >= _LEAST_LIKE:
            scored.append((-likeness, len(written), written))
    return tuple(dict.fromkeys(written for _, _, written in sorted(scored)))[:most]


def _likeness(normal: str, pieces: Counter[str], name: str) -> float:
    if len(name) > 1 and len(normal) > 1 and (name in normal or normal in name):
        return 1 + min(len(name), len(normal)) / max(len(name), len(normal))
    others = _pieces(name)
    return 2 * sum((pieces & others).values()) / (pieces.total() + others.total())


def _pieces(text: str) -> Counter[str]:
    return Counter([*text, *(text[at : at + 2] for at in range(len(text) - 1))])
