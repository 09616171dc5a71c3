"""Curves: value functions from a raw value to 0 … 1. They are fixed, so that no candidate changes another's value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Piecewise:
    """A curve of straight pieces through points; level before the first and after the last.

    Attributes
    ----------
    points
        Raw value and value, the raw values rising.
    """

    points: tuple[tuple[float, float], ...]

    def __call__(self, raw: Floats) -> Floats:
        """Return the values; what is missing (NaN) stays so."""
        at, values = zip(*self.points, strict=True)
        found: Floats = np.interp(raw, at, values)
        return found

    def as_json(self) -> dict[str, Any]:
        """Describe the curve in an answer."""
        return {"kind": "piecewise_linear", "points": [list(point) for point in self.points]}


@dataclass(frozen=True, slots=True)
class Steps:
    """A table from words to values; a raw value is the place of its word in the table.

    Attributes
    ----------
    table
        Value of each word.
    """

    table: Mapping[str, float]

    def code(self, word: str | None) -> float:
        """Return the raw value of a word; NaN for none."""
        return float("nan") if word is None else float(list(self.table).index(word))

    def word(self, raw: float) -> str:
        """Return the word of a raw value."""
        return list(self.table)[int(raw)]

    def __call__(self, raw: Floats) -> Floats:
        """Return the values; what is missing (NaN) stays so."""
        values = np.array([*self.table.values(), np.nan])
        known = ~np.isnan(raw)
        found: Floats = values[np.where(known, np.nan_to_num(raw), len(self.table)).astype(np.int64)]
        return found

    def as_json(self) -> dict[str, Any]:
        """Describe the table in an answer."""
        return {"kind": "table", "values": dict(self.table)}


Curve = Piecewise | Steps
