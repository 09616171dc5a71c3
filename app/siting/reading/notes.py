"""Notes: what is understood of a sentence, gathered into the fields."""

from dataclasses import dataclass, field
from typing import Any

from app.siting.reading.fields import SitingFields
from app.siting.reading.quantities import Quantity
from app.siting.reading.text import Span


@dataclass(frozen=True, slots=True)
class Note:
    """One thing understood: where, which field, what it adds, and the reading in words."""

    span: Span
    field: str
    value: Any
    zh: str
    en: str


@dataclass
class Notes:
    """What has been understood and refused so far.

    Attributes
    ----------
    understood
        Everything understood.
    refused
        Parts no field answers to, each with the reason in Chinese and in English.
    passed
        Parts that only introduce what is understood elsewhere: 级别 of 级别为国家级.
    """

    understood: list[Note] = field(default_factory=list)
    refused: list[tuple[Span, str, str]] = field(default_factory=list)
    passed: list[Span] = field(default_factory=list)

    def add(self, span: Span, name: str, value: Any, zh: str, en: str) -> None:
        """Note what a part of the sentence became."""
        self.understood.append(Note(span, name, value, zh, en))

    def refuse(self, span: Span, zh: str, en: str) -> None:
        """Note that no field answers to a part of the sentence."""
        self.refused.append((span, zh, en))

    def pass_over(self, span: Span) -> None:
        """Note that a part of the sentence asks for nothing of its own."""
        self.passed.append(span)

    def area(self, one: Quantity) -> None:
        """Note the area needed. Of a range the larger end is needed; a second area is refused."""
        if any(note.field == "area_ha" for note in self.understood):
            self.refuse(one.span, "已经有一个面积", "an area was given already")
            return
        area = round(one.high, 4)
        self.add(one.span, "area_ha", area, f"需要用地 {area:g} 公顷", f"needs {area:g} ha of land")

    def limit(self, one: Quantity) -> None:
        """Note the number of answers; a second one is refused."""
        if any(note.field == "limit" for note in self.understood):
            self.refuse(one.span, "已经说了要几个答案", "the number of answers was given already")
            return
        count = int(one.high)
        self.add(one.span, "limit", count, f"给出 {count} 个答案", f"{count} answers")

    def fields(self) -> SitingFields:
        """Return the fields that the notes make."""
        single = {note.field: note.value for note in self.understood if note.field in ("area_ha", "limit", "preset")}
        return SitingFields(
            industries=self._all("industries"),
            area_ha=single.get("area_ha"),
            levels=self._all("levels"),
            districts=self._all("districts"),
            avoid_districts=self._all("avoid_districts"),
            in_elements=self._all("in_elements"),
            avoid_elements=self._all("avoid_elements"),
            max_km=self._distances("max_km", min),
            min_km=self._distances("min_km", max),
            emphasis=self._all("emphasis"),
            preset=single.get("preset"),
            limit=single.get("limit"),
        )

    def _all(self, name: str) -> tuple[str, ...]:
        found = [value for note in self.understood if note.field == name for value in note.value]
        return tuple(dict.fromkeys(found))

    def _distances(self, name: str, stricter: Any) -> dict[str, float]:
        """Of two distances to one gateway the stricter counts."""
        found: dict[str, float] = {}
        for note in self.understood:
            if note.field == name:
                gateway, km = note.value
                found[gateway] = stricter(found.get(gateway, km), km)
        return found
