"""Statistics: medians of rounds, and ratios of medians."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Summary:
    """The rounds of one contender in one figure.

    Attributes
    ----------
    median, low, high
        Median, smallest and largest of the rounds.
    rounds
        How many there were.
    """

    median: float
    low: float
    high: float
    rounds: int


def summarise(values: Sequence[float]) -> Summary:
    """Return the summary of the rounds of one contender.

    Raises
    ------
    ValueError
        When there is no round.
    """
    if not values:
        raise ValueError("no round was measured")
    return Summary(statistics.median(values), min(values), max(values), len(values))


def ratio(first: Sequence[float], second: Sequence[float]) -> Summary:
    """Return how many times as fast the first is as the second.

    Rounds are paired as they were run, one after the other, so that a slow minute of the machine hits both sides: the
    ratio is the median of the pairs' ratios.

    Raises
    ------
    ValueError
        When the two were not measured the same number of times.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} rounds beside {len(second)}")
    return summarise([one / other for one, other in zip(first, second, strict=True)])


def verdict(value: float, *, at_least: float | None = None, at_most: float | None = None) -> bool:
    """Tell whether a figure reaches a goal."""
    return (at_least is None or value >= at_least) and (at_most is None or value <= at_most)
