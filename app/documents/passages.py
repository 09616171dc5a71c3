"""Passages: what is shown of a place in a document: its paragraphs, or those of them that matter, with the wording."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.documents.marks import Marks, find_marks
from app.documents.outline import Outline, Paragraph
from app.documents.resolving import resolve

MOST_SHOWN = 20
"""Paragraphs of a passage, at most."""


@dataclass(frozen=True)
class Passage:
    """What is shown of a place.

    Attributes
    ----------
    locator
        As it was asked for.
    paragraphs
        In the order of the document, at most ``MOST_SHOWN``: of a larger place those with the wording, or the first.
    marks
        Where the wording stands in them.
    left_out
        How many further paragraphs the place has.
    lost, absent
        What of the locator is not in the text; see ``app.documents.resolving.Resolution``.
    """

    locator: str
    paragraphs: Sequence[Paragraph]
    marks: Marks = field(default_factory=dict)
    left_out: int = 0
    lost: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the place is no wider than the locator says."""
        return not self.lost and not self.absent


def passage_of(outline: Outline, locator: str, wording: str = "") -> Passage | None:
    """Return what is shown of a place, or None where the locator leads nowhere.

    Parameters
    ----------
    outline
        The document.
    locator
        One or more places.
    wording
        Words of the document to mark; nothing for none.
    """
    found = resolve(outline, locator)
    if found is None:
        return None
    marks = find_marks(found.paragraphs, wording)
    shown = list(found.paragraphs)
    if len(shown) > MOST_SHOWN and marks:
        shown = [one for one in shown if one.number in marks]
    shown = shown[:MOST_SHOWN]
    numbers = {one.number for one in shown}
    return Passage(
        locator,
        shown,
        {number: ranges for number, ranges in marks.items() if number in numbers},
        len(found.paragraphs) - len(shown),
        found.lost,
        found.absent,
    )


def as_json(document_id: str, outline: Outline, passage: Passage) -> dict[str, Any]:
    """Return a passage as the member of an answer.

    Parameters
    ----------
    document_id
        Id of the document.
    outline
        Its text.
    passage
        What is shown of it.
    """
    return {
        "document": document_id,
        "locator": passage.locator,
        "exact": passage.exact,
        "missing": [*passage.lost, *passage.absent],
        "paragraphs": [
            {
                "number": one.number,
                "text": one.text,
                "heading_path": outline.path(one),
                "marks": [list(ends) for ends in passage.marks.get(one.number, ())],
            }
            for one in passage.paragraphs
        ],
        "left_out": passage.left_out,
    }


def runs(numbers: Iterable[int]) -> list[range]:
    """Return numbers in order as ranges without gaps.

    >>> runs([3, 4, 9])
    [range(3, 5), range(9, 10)]
    """
    found: list[range] = []
    for number in numbers:
        if found and found[-1].stop == number:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    return found
