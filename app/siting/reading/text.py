"""Text: a sentence with width, case and traditional characters folded; each character has its place in the original."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.facts.names import IGNORED
from app.search.normal import simplified

_CLAUSE_END = re.compile(r"(?<!\d),|,(?!\d{3})|[;。!?\n]|(?<!\d)\.(?!\d)|\.(?=\s|$)|但是?|不过|而且|并且|同时")
"""Where a clause ends; 、 and 和 go on with it."""


_REACH = 80
"""Characters over which a word acts on another one in its clause."""


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
        place = bisect_right(self.clauses, at, key=lambda clause: clause.start) - 1
        found = self.clauses[place] if place >= 0 else None
        return found if found is not None and at < found.end else Span(0, len(self.folded))

    def before(self, span: Span) -> str:
        """Return what stands before a part in its clause, no farther than words reach."""
        return self.folded[max(self.clause(span.start).start, span.start - _REACH) : span.start]

    def after(self, span: Span) -> str:
        """Return what stands after a part in its clause, no farther than words reach."""
        return self.folded[span.end : max(min(self.clause(span.start).end, span.end + _REACH), span.end)]

    def part(self, span: Span) -> str:
        """Return a part of the sentence as it was written."""
        start, end = self.original_span(span)
        return self.original[start:end]

    def without(self, span: Span) -> "Text":
        """Return the text with blanks in place of a part, every other character in its place."""
        blank = self.folded[: span.start] + " " * (span.end - span.start) + self.folded[span.end :]
        return replace(self, folded=blank)


def fold(sentence: str) -> Text:
    """Prepare a sentence for matching."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(sentence):
        characters = _folded(char)
        folded.extend(characters)
        places.extend([place] * len(characters))
    text = "".join(folded)
    kept = [place for place, char in enumerate(text) if not IGNORED.match(char)]
    return Text(sentence, text, tuple(places), "".join(text[at] for at in kept), tuple(kept), _clauses(text))


@lru_cache(maxsize=10_000)
def _folded(char: str) -> str:
    return simplified(unicodedata.normalize("NFKC", char).casefold())


def _clauses(text: str) -> tuple[Span, ...]:
    clauses, start = [], 0
    for end in _CLAUSE_END.finditer(text):
        clauses.append(Span(start, end.end()))
        start = end.end()
    clauses.append(Span(start, len(text)))
    return tuple(clause for clause in clauses if clause.end > clause.start)
