"""Text: a sentence with width, case and traditional characters folded; each character knows its original's place."""

import re
import unicodedata
from dataclasses import dataclass, field

from app.facts.names import IGNORED
from app.search.normal import simplified

_CLAUSE_END = re.compile(r"(?<!\d),|,(?!\d{3})|[;。!?\n]|(?<!\d)\.(?!\d)|\.(?=\s|$)|但是?|不过|而且|并且|同时")
"""Where a clause ends; 、 and 和 go on with it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the folded text, its end excluded."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Text:
    """A sentence as it is matched.

    Attributes
    ----------
    original
        As it was written.
    folded
        With compatibility characters, case and traditional characters folded, character by character.
    places
        For each folded character the place of its original.
    squeezed
        The folded text without what names are compared without.
    squeezed_places
        For each squeezed character its place in ``folded``.
    clauses
        The clauses, as parts of ``folded``.
    """

    original: str
    folded: str
    places: tuple[int, ...]
    squeezed: str
    squeezed_places: tuple[int, ...]
    clauses: tuple[Span, ...] = field(repr=False)

    def original_span(self, span: Span) -> tuple[int, int]:
        """Return where a part of the folded text stands in the original."""
        if span.start >= span.end:
            return (0, 0)
        return self.places[span.start], self.places[span.end - 1] + 1

    def clause(self, at: int) -> Span:
        """Return the clause around a place."""
        return next((one for one in self.clauses if one.start <= at < one.end), Span(0, len(self.folded)))


def fold(sentence: str) -> Text:
    """Prepare a sentence for matching."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(sentence):
        for one in simplified(unicodedata.normalize("NFKC", char).casefold()):
            folded.append(one)
            places.append(place)
    text = "".join(folded)
    kept = [place for place, char in enumerate(text) if not IGNORED.match(char)]
    return Text(sentence, text, tuple(places), "".join(text[at] for at in kept), tuple(kept), _clauses(text))


def _clauses(text: str) -> tuple[Span, ...]:
    clauses, start = [], 0
    for end in _CLAUSE_END.finditer(text):
        clauses.append(Span(start, end.end()))
        start = end.end()
    clauses.append(Span(start, len(text)))
    return tuple(one for one in clauses if one.end > one.start)
