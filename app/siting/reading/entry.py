"""Entry: what a word of the dictionary stands for."""

from dataclasses import dataclass

from app.siting.reading.words import Kind

PREFERENCE: tuple[Kind, ...] = (
    "zone", "element", "gateway", "facility", "level", "criterion", "industry", "firm", "premises", "hazard",
    "balanced", "unasked", "function",
)  # fmt: skip
"""Of what one word stands for, the first is taken."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word stands for.

    Attributes
    ----------
    kind
        What sort of thing it is.
    values
        Ids, or the words of the vocabulary of that kind.
    zh, en
        What to call it when the reading is shown.
    own
        Id of the place itself, where ``values`` are the places that it is taken for: a theme park and its hosts.
    park
        Of a zone, whether it is a park or a functional area, not a district or a development zone.
    placed
        Whether it is taken only where the sentence speaks of a place (在东丽), since the word is short or general.
    alias
        Whether the word is another name of a zone than the official one, or a short or former one of a facility.
    themed
        Whether it is taken only behind 在, 避开, 靠近 and the like: 建一个氢能产业园 asks for hydrogen, not for that
        park, and 一汽大众的零部件 names the firm, not its plant.
    generic
        Whether it stands for any zone of the sort as well: 国家级经开区.
    capital
        Whether it is taken only where it is written in capitals.
    bare
        Of a criterion, whether naming it is enough to call it important.
    """

    kind: Kind
    values: tuple[str, ...]
    zh: str
    en: str
    own: str | None = None
    park: bool = False
    placed: bool = False
    alias: bool = False
    themed: bool = False
    generic: bool = False
    capital: bool = False
    bare: bool = False

    @property
    def order(self) -> tuple[int, bool]:
        """Its place among what one word stands for: an alias of a zone comes after a plan element called so."""
        kind = "element" if self.kind == "zone" and self.alias else self.kind
        return PREFERENCE.index(kind), self.alias
