"""Notes: what is understood of a sentence, gathered into the requirements."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.siting.reading.requirements import Requirements
from app.siting.reading.text import Span

_LISTS = (
    "industries", "avoid_industries", "levels", "prefer_levels", "districts", "prefer_districts", "avoid_districts",
    "in_elements", "avoid_elements", "emphasis", "far_from",
)  # fmt: skip
_SINGLE = ("ask", "place", "area_ha", "floor_m2", "premises", "preset", "limit")


@dataclass(frozen=True, slots=True)
class Note:
    """One thing understood: where, which field, what it adds, and the reading in words.

    ``label`` is the word of the dictionary that decided, where the part is longer.
    """

    span: Span
    field: str
    value: Any
    zh: str
    en: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part that no field answers to, with the reason; ``decisive`` where no site may be called the best then."""

    span: Span
    zh: str
    en: str
    decisive: bool = False


@dataclass
class Notes:
    """What has been understood and refused so far.

    Attributes
    ----------
    understood
        Everything understood.
    refused
        Parts that no field answers to.
    passed
        Parts that only introduce what is understood elsewhere: 级别 of 级别为国家级.
    dropped
        Words that belong to something else already and are not read again.
    further
        Values of fields that no part of their own stands for: the lower end of a range, the area as written.
    """

    understood: list[Note] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    passed: list[Span] = field(default_factory=list)
    dropped: set[Span] = field(default_factory=set)
    further: dict[str, Any] = field(default_factory=dict)

    def add(self, span: Span, name: str, value: Any, zh: str, en: str, label: str | None = None) -> None:
        """Note what a part of the sentence became."""
        self.understood.append(Note(span, name, value, zh, en, label))

    def refuse(self, span: Span, zh: str, en: str, *, decisive: bool = False) -> None:
        """Note that no field answers to a part of the sentence."""
        self.refused.append(Refusal(span, zh, en, decisive))

    def pass_over(self, span: Span) -> None:
        """Note that a part of the sentence asks for nothing of its own."""
        self.passed.append(span)

    def has(self, name: str) -> bool:
        """Tell whether a field was understood already."""
        return any(note.field == name for note in self.understood)

    def read(self) -> list[Span]:
        """Return every part that was understood, refused or passed over."""
        return [*(note.span for note in self.understood), *(refusal.span for refusal in self.refused), *self.passed]

    def requirements(self, undecided: tuple[str, ...]) -> Requirements:
        """Return the requirements that the notes make, with the words that decide and were not read."""
        single = {note.field: note.value for note in self.understood if note.field in _SINGLE}
        lists: dict[str, Any] = {name: self._all(name) for name in _LISTS}
        return Requirements(
            **single,
            **self.further,
            **lists,
            max_km=self._distances("max_km", min),
            min_km=self._distances("min_km", max),
            near=tuple(self._near().items()),
            apart=tuple(self._distances("apart", max).items()),
            undecided=undecided,
        )

    def _all(self, name: str) -> tuple[str, ...]:
        found = [value for note in self.understood if note.field == name for value in note.value]
        return tuple(dict.fromkeys(found))

    def _distances(self, name: str, stricter: Callable[[float, float], float]) -> dict[str, float]:
        """Of two distances to one place the stricter counts."""
        found: dict[str, float] = {}
        for note in self.understood:
            if note.field == name:
                place, km = note.value
                found[place] = stricter(found.get(place, km), km)
        return found

    def _near(self) -> dict[str, float | None]:
        """A largest distance to a place counts before the wish to be near to it."""
        found: dict[str, float | None] = {}
        for note in self.understood:
            if note.field == "near":
                place, km = note.value
                known = found.get(place)
                found[place] = km if known is None else known if km is None else min(known, km)
        return found
