"""Scoring: weighted sum, TOPSIS with fixed ideals, ranks, and how far two rankings agree."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.siting.curves import Floats

Ints = NDArray[np.int64]

NEUTRAL = 0.5
"""Value that stands for a missing one: neither praise nor blame, whoever the candidate is. Answers flag it."""

PLACES = 6
"""Decimals of scores; what is equal to these is a tie."""


def filled(values: Floats, neutral: float = NEUTRAL) -> Floats:
    """Return the values with missing ones replaced. Shape (candidates, criteria)."""
    found: Floats = np.where(np.isnan(values), neutral, values)
    return found


def weighted_sum(values: Floats, weights: Floats) -> Floats:
    """Return the scores, 0 to 100: the values times the weights, added up, rounded to ``PLACES``.

    Parameters
    ----------
    values
        0 to 1, none missing. Shape (candidates, criteria).
    weights
        Adding up to 1. Shape (criteria,).
    """
    # Added column by column: the same row gives the same sum whatever stands beside it.
    total = np.zeros(len(values))
    for column, weight in enumerate(weights):
        total += values[:, column] * weight
    found: Floats = (100 * total).round(PLACES)
    return found


def topsis(values: Floats, weights: Floats) -> Floats:
    """Return the closeness to the ideal, 0 to 1 (Hwang and Yoon 1981, pp. 130-132).

    The ideal has value 1 in every criterion and the anti-ideal 0, not the best and worst of the candidates: so here too
    no candidate changes another's result. The values are comparable already and are not normalised again.
    """
    to_ideal = np.sqrt((((1 - values) * weights) ** 2).sum(axis=1))
    to_worst = np.sqrt(((values * weights) ** 2).sum(axis=1))
    found: Floats = (to_worst / (to_ideal + to_worst)).round(PLACES)
    return found


def ranks(scores: Floats) -> Ints:
    """Return the rank of each score, the highest first; equal scores share the better rank (1, 2, 2, 4)."""
    ordered = np.sort(-scores)
    found: Ints = np.searchsorted(ordered, -scores, side="left") + 1
    return found


def agreement(one: Floats, other: Floats) -> float | None:
    """Return Spearman's rank correlation of two scorings; None where one of them orders nothing."""
    first, second = _mean_ranks(one), _mean_ranks(other)
    first, second = first - first.mean(), second - second.mean()
    scale = np.sqrt((first**2).sum() * (second**2).sum())
    return None if scale == 0 else round(float((first * second).sum() / scale), 4)


def _mean_ranks(scores: Floats) -> Floats:
    ordered = np.sort(scores)
    low, high = np.searchsorted(ordered, scores, side="left"), np.searchsorted(ordered, scores, side="right")
    found: Floats = (low + high + 1) / 2
    return found


def order(scores: Floats, among: Sequence[int] | Ints) -> list[int]:
    """Return candidates from the best to the worst; equal ones in the order they came in."""
    chosen = np.asarray(among, dtype=np.int64)
    return [int(one) for one in chosen[np.argsort(-scores[chosen], kind="stable")]]
