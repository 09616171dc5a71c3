"""Words of the table, in both languages, and numbers as people read them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.language import Language

_FILE = Path(__file__).with_name("texts.yaml")


@cache
def _entries() -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return entries


class Words:
    """The words of one language.

    Parameters
    ----------
    language
        Which.
    """

    def __init__(self, language: Language) -> None:
        """Choose the language."""
        self.language = language
        self._other: Language = "en" if language == "zh" else "zh"

    def __call__(self, key: str, /, **values: Any) -> str:
        """Return a text with its values filled in."""
        return str(_entries()[key][self.language]).format(**values)

    def of(self, record: dict[str, Any] | None, base: str) -> str:
        """Return a text that a record holds as ``{base}_zh`` and ``{base}_en``, the other one where one is missing."""
        if record is None:
            return ""
        return str(record.get(f"{base}_{self.language}") or record.get(f"{base}_{self._other}") or "")

    def area(self, area: dict[str, Any], decimals: int = 1) -> str:
        """Return an area in 公顷 with so many decimals, then 亩 and km²."""
        ha, mu, km2 = (float(area[unit]) for unit in ("ha", "mu", "km2"))
        return self("area_text", ha=f"{ha:,.{decimals}f}", mu=f"{mu:,.0f}", km2=f"{km2:,.2f}")

    @staticmethod
    def number(value: float) -> str:
        """Return a number with all of its decimals, as far as documents print any."""
        return f"{value:,.4f}".rstrip("0").rstrip(".")

    @staticmethod
    def distance(metres: float) -> str:
        """Return a distance: metres below a kilometre, else kilometres with one decimal."""
        return f"{metres:,.0f} m" if metres < 1000 else f"{metres / 1000:,.1f} km"
