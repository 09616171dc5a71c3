"""Sensitivity: seeded draws, ranks over them, and the smallest change of a weight that turns the first place."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from app.siting import scoring
from app.siting.curves import Floats

DRAWS = 1_000
SPREAD = 0.2
"""Each number is varied by up to a fifth, each way, apart from the others."""

SEED = 20_210_626
"""The same draws each time, so that the same question has the same answer."""

_ALIKE = 1e-12
"""Difference of values below which a weight parts nobody."""


@dataclass(frozen=True, slots=True)
class Range:
    """Best and worst rank of a candidate over the draws, and the share of draws in which it is first."""

    best: int
    worst: int
    first: float


@dataclass(frozen=True, slots=True)
class Turn:
    """The smallest change of one weight at which another candidate draws level with the winner.

    Attributes
    ----------
    criterion
        Place of the criterion.
    before, after
        Its weight, and the weight at which the two are level; the others stay, so that they may not add up to 1.
    winner
        Place of the candidate that leads beyond it.
    """

    criterion: int
    before: float
    after: float
    winner: int


def ranges(scores: Floats) -> list[Range]:
    """Return the range of ranks of each candidate.

    Parameters
    ----------
    scores
        Shape (draws, candidates).
    """
    ranks = _ranks(scores)
    best, worst, first = ranks.min(axis=0), ranks.max(axis=0), (ranks == 1).mean(axis=0)
    return [
        Range(int(low), int(high), round(float(share), 3)) for low, high, share in zip(best, worst, first, strict=True)
    ]


@cache
def factors(count: int, stream: int) -> Floats:
    """Return what numbers are multiplied by, the same each time; streams are independent. Shape (draws, count)."""
    # Python's generator promises the same numbers in every version (random.Random.random); NumPy's does not.
    draw = random.Random(SEED + stream)  # noqa: S311 - not for secrets
    return np.array([[1 + SPREAD * (2 * draw.random() - 1) for _ in range(count)] for _ in range(DRAWS)])


def _ranks(scores: Floats) -> scoring.Ints:
    """Return the ranks within each draw; equal scores share the better one. Shape (draws, candidates)."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ordered = np.take_along_axis(scores, order, axis=1)
    places = np.arange(1, scores.shape[1] + 1)
    first = np.ones_like(ordered, dtype=np.bool_)
    first[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    shared = np.maximum.accumulate(np.where(first, places, 1), axis=1)
    ranks = np.empty_like(shared)
    np.put_along_axis(ranks, order, shared, axis=1)
    return ranks


def smallest_turn(values: Floats, weights: Floats, winner: int, others: Sequence[int]) -> Turn | None:
    """Return the smallest change of one weight that ends the winner's lead, or None where no single weight can.

    The lead over another is the sum of weight times difference of values. It is a straight line in each weight, so that
    it reaches zero at ``weight - lead / difference``; a weight cannot fall below zero.
    """
    behind = np.asarray(others, dtype=np.int64)
    if not len(behind):
        return None
    gaps = values[winner] - values[behind]
    lead = (gaps * weights).sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        after = np.where(np.abs(gaps) < _ALIKE, np.nan, weights - lead / gaps)
    # Where no weight is left, nothing is ranked any more.
    left = weights.sum() - weights + after
    change = np.where((after >= 0) & (left > _ALIKE), np.abs(after - weights), np.inf)
    other, place = np.unravel_index(int(change.argmin()), change.shape)
    if not np.isfinite(change[other, place]):
        return None
    return Turn(int(place), float(weights[place]), float(after[other, place]), int(behind[other]))
