"""Texts in both languages of the interface."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A text in Chinese and in English."""

    zh: str
    en: str

    def __add__(self, other: "Words") -> "Words":
        """Return both texts one behind the other."""
        return Words(self.zh + other.zh, self.en + other.en)

    def columns(self, base: str) -> dict[str, str]:
        """Return the texts as the columns ``{base}_zh`` and ``{base}_en``."""
        return {f"{base}_zh": self.zh, f"{base}_en": self.en}


NOTHING = Words("", "")


def listed(names: Iterable[Words]) -> Words:
    """Return several names as one text: 甲、乙 and A, B."""
    names = list(names)
    return Words("、".join(name.zh for name in names), ", ".join(name.en for name in names))
