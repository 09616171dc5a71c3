"""Constraint: a rule that candidates have to meet, and what it would have to be relaxed to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.siting.survey import Survey
from app.siting.words import Words, exact

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Constraint:
    """A rule that candidates have to meet.

    Attributes
    ----------
    id
        Its name: the field it is from, and what of it.
    rule, source
        What it asks, and what decides it.
    passes
        Which candidates meet it, or may meet it. What cannot be checked does not pass, and the reason says so; but an
        area that nobody knows rules out no park.
    possible
        Which of them only may: the accuracy of their outline does not decide it, or administration and outline differ.
    doubt
        Why a candidate only may meet it.
    reason
        Why a candidate does not meet it.
    relaxed
        What it would have to be relaxed to for a candidate to meet it.
    """

    id: str
    rule: Words
    source: Words
    passes: Mask
    reason: Callable[[int], Words]
    relaxed: Callable[[int], "Relaxed"]
    possible: Mask | None = None
    doubt: Callable[[int], Words] | None = None


@dataclass(frozen=True)
class Relaxed:
    """A rule relaxed as far as one candidate needs.

    Attributes
    ----------
    says, value
        In words, and as the value of the field; None: the field is left out.
    lets_in, doubtful
        Whether another candidate meets the relaxed rule, and whether it only may.
    """

    says: Words
    value: Any = None
    lets_in: Callable[[int], bool] = lambda row: True
    doubtful: Callable[[int], bool] = lambda row: False


def mask(survey: Survey, test: Callable[[int], bool]) -> Mask:
    """Return which candidates a test holds for."""
    return np.fromiter((test(row) for row in range(len(survey))), dtype=np.bool_, count=len(survey))


def apart(value: float, limit: float) -> str:
    """Return a value with the decimals it takes to tell it from the limit that it misses: 50.04 is not 50."""
    above = value > limit
    rounded = (round(value, places) for places in range(1, 6))
    return exact(next((one for one in rounded if one != limit and (one > limit) == above), value))
