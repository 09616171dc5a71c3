"""Word's automatic numbers: what is printed before a paragraph though no run of text holds it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.documents.words import numeral_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Name space of WordprocessingML (ECMA-376), as lxml writes it."""

_MOST_STYLES = 20


def _chinese(number: int) -> str:
    return numeral_of(number) if 0 < number < 100 else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "ideographDigital": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": str,
    "decimalEnclosedCircleChinese": lambda number: chr(0x2460 + number - 1) if 0 < number <= 20 else str(number),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
}
"""Spellings of numbers by ``w:numFmt`` (ECMA-376, 17.18.59); bullets and rarer ones print nothing."""


@dataclass(frozen=True, slots=True)
class _Level:
    spelling: str
    pattern: str
    start: int


@dataclass
class Numbers:
    """Counts the numbered paragraphs of a document.

    Parameters
    ----------
    numbering, styles
        Roots of ``word/numbering.xml`` and ``word/styles.xml``; None where a document has none.
    """

    numbering: Any
    styles: Any
    _abstract: dict[str, str] = field(default_factory=dict)
    _levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    _styled: dict[str, Any] = field(default_factory=dict)
    _counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        """Read the definitions."""
        for one in self.numbering.iter(f"{W}abstractNum") if self.numbering is not None else ():
            for level in one.iter(f"{W}lvl"):
                self._levels[_value(one, "abstractNumId"), int(_value(level, "ilvl"))] = _Level(
                    _child(level, "numFmt"), _child(level, "lvlText"), int(_child(level, "start") or 1)
                )
        for one in self.numbering.iter(f"{W}num") if self.numbering is not None else ():
            self._abstract[_value(one, "numId")] = _child(one, "abstractNumId")
        for one in self.styles.iter(f"{W}style") if self.styles is not None else ():
            self._styled[_value(one, "styleId")] = one

    def before(self, paragraph: Any) -> str:
        """Count a paragraph and return what is printed before it, or nothing."""
        number, at = self._numbered(paragraph)
        name = self._abstract.get(number or "")
        if name is None or (name, at) not in self._levels:
            return ""
        counts = self._counts[name]
        counts[at] = counts[at] + 1 if at in counts else self._levels[name, at].start
        for deeper in [other for other in counts if other > at]:
            del counts[deeper]
        level = self._levels[name, at]
        if level.spelling not in _FORMATS:
            return ""
        printed = level.pattern
        for other in range(at + 1):
            if (one := self._levels.get((name, other))) is not None:
                spell = _FORMATS.get(one.spelling, str)
                printed = printed.replace(f"%{other + 1}", spell(counts.get(other, one.start)))
        return printed

    def _numbered(self, paragraph: Any) -> tuple[str | None, int]:
        """Return the list and the level of a paragraph, its own or those of its style."""
        number, at = _list_of(paragraph)
        properties = paragraph.find(f"{W}pPr")
        style = _child(properties, "pStyle") if properties is not None else ""
        for _ in range(_MOST_STYLES):
            if (number is not None and at is not None) or style not in self._styled:
                break
            its_number, its_level = _list_of(self._styled[style])
            number = its_number if number is None else number
            at = its_level if at is None else at
            style = _child(self._styled[style], "basedOn")
        return number, at or 0


def _list_of(element: Any) -> tuple[str | None, int | None]:
    found = element.find(f"{W}pPr/{W}numPr")
    if found is None:
        return None, None
    level = _child(found, "ilvl")
    return _child(found, "numId") or None, int(level) if level else None


def _value(element: Any, name: str) -> str:
    return str(element.get(f"{W}{name}", ""))


def _child(element: Any, name: str) -> str:
    """Return the value of a child element, or nothing."""
    found = element.find(f"{W}{name}")
    return _value(found, "val") if found is not None else ""
