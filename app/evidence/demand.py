"""Demand: an industry that is asked for, and what its words lead to in the taxonomy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """An industry that words lead to; ``weight`` 1 means it, less leads to what is above or beside it."""

    id: str
    weight: float
    kind: str


@dataclass(frozen=True, slots=True)
class Demand:
    """An industry that is asked for: the words for it, and what they lead to."""

    words: str
    matches: tuple[Match, ...]

    @property
    def meant(self) -> tuple[Match, ...]:
        """The industries that the words lead to most directly."""
        most = max(match.weight for match in self.matches)
        return tuple(match for match in self.matches if match.weight == most)
