"""Marks: where a wording stands in paragraphs, white space and the width of signs aside."""

import re
from collections.abc import Iterator, Sequence

from app.documents.outline import Paragraph
from app.documents.words import folded, folded_signs

Marks = dict[int, list[tuple[int, int]]]
"""Ranges of characters, from and up to, by the number of the paragraph."""

_Sign = tuple[str, int, int]
"""A character of the compared form, the number of its paragraph, its index there."""

_BOUNDED = re.compile(r"(\d+(?:\.\d+)?)((?:以上|以下|以内|左右)?)")
_UNIT = r"[^\d.,。;、()]{1,8}?"


def find_marks(paragraphs: Sequence[Paragraph], wording: str) -> Marks:
    """Return every place of a wording, which may go on from a paragraph into the one behind it.

    A number is found where it stands alone, not within another. Between a number and its 以上 or 左右 the unit may
    stand, which facts keep in a column of its own.

    Parameters
    ----------
    paragraphs
        Paragraphs in the order of the document.
    wording
        Words of the document.
    """
    sought = folded(wording)
    marks: Marks = {}
    if not sought:
        return marks
    bounded = _BOUNDED.fullmatch(sought)
    patterns = [re.compile(re.escape(sought))]
    if bounded and bounded[2]:
        patterns.append(re.compile(f"{re.escape(bounded[1])}{_UNIT}{bounded[2]}"))
    for run in _runs(paragraphs):
        signs = [(sign, one.number, at) for one in run for sign, at in folded_signs(one.text)]
        for begin, end in _places(signs, patterns, bounded is not None):
            for number in dict.fromkeys(number for _, number, _ in signs[begin:end]):
                places = [at for _, own, at in signs[begin:end] if own == number]
                marks.setdefault(number, []).append((places[0], places[-1] + 1))
    return marks


def _runs(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return the paragraphs in runs without gaps."""
    runs: list[list[Paragraph]] = []
    for one in paragraphs:
        if runs and runs[-1][-1].number + 1 == one.number:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _places(signs: Sequence[_Sign], patterns: Sequence[re.Pattern[str]], exact: bool) -> Iterator[tuple[int, int]]:
    """Yield the places of the first pattern that is found."""
    text = "".join(sign for sign, _, _ in signs)
    for pattern in patterns:
        spans = [one.span() for one in pattern.finditer(text)]
        found = [span for span in spans if not any(_cuts_number(signs, at, exact) for at in span)]
        if found:
            yield from found
            return


def _cuts_number(signs: Sequence[_Sign], at: int, exact: bool) -> bool:
    """Tell whether an end of a range lies within a number.

    A stop counts as part of one only where a bare number is sought: ``1.5G`` is the first item, 5G.
    """
    before = _sign_beside(signs, at - 1, at)
    after = _sign_beside(signs, at, at - 1)
    if before.isdecimal() and after.isdecimal():
        return True
    if not exact:
        return False
    whole = before == "." and after.isdecimal() and _sign_beside(signs, at - 2, at - 1).isdecimal()
    return whole or (before.isdecimal() and after == "." and _sign_beside(signs, at + 1, at).isdecimal())


def _sign_beside(signs: Sequence[_Sign], at: int, other: int) -> str:
    """Return a sign where it touches another in the same paragraph, else nothing."""
    if not (0 <= at < len(signs) and 0 <= other < len(signs)):
        return ""
    (sign, number, index), (_, its_number, its_index) = signs[at], signs[other]
    return sign if number == its_number and abs(index - its_index) <= 1 else ""
