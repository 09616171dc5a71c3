"""Figures of named things: ``measure|value|unit|as printed``."""

from dataclasses import dataclass
from decimal import Decimal

from app.db.vocabulary import MEASURES
from app.loading.tables import number


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a document prints it.

    Attributes
    ----------
    measure
        What it measures: investment, capacity, land ….
    value, unit
        The number and its unit, both as printed; None where no number is printed.
    printed
        The words of the document.
    """

    measure: str
    value: Decimal | None
    unit: str | None
    printed: str


def figure(text: str) -> Figure:
    """Accept ``measure|value|unit|as printed``; value and unit may be empty.

    >>> figure("land|40|亩|占地40亩").value
    Decimal('40')
    """
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != 4:
        raise ValueError(f"{text!r} should be measure|value|unit|as printed")
    measure, value, unit, printed = parts
    if measure not in MEASURES:
        raise ValueError(f"{measure!r} is not one of {', '.join(MEASURES)}")
    if not printed:
        raise ValueError(f"{text!r} does not say what is printed")
    return Figure(measure, number(value) if value else None, unit or None, printed)
