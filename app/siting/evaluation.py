"""Evaluation: raw values, values, constraints, scores and ranks of all candidates."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.siting import scoring, sensitivity
from app.siting.constraints import Constraint, Mask, constraints
from app.siting.criteria import CRITERIA, Criterion
from app.siting.curves import Floats
from app.siting.survey import Survey

VALUE_PLACES = 6
"""Decimals of values: what an answer shows is what the score is made of."""


@dataclass(frozen=True)
class Evaluation:
    """The candidates, judged.

    Attributes
    ----------
    survey
        The candidates.
    criteria
        The criteria that the question uses, in order: those with a weight.
    weights
        Their weights, adding up to 1. Shape (criteria,).
    raw, values
        NaN where missing. Shape (candidates, criteria).
    scores
        0 to 100. Shape (candidates,).
    constraints
        The constraints of the question.
    """

    survey: Survey
    criteria: tuple[Criterion, ...]
    weights: Floats
    raw: Floats
    values: Floats
    scores: Floats
    constraints: tuple[Constraint, ...]

    @cached_property
    def filled(self) -> Floats:
        """The values, missing ones replaced."""
        return scoring.filled(self.values)

    @cached_property
    def passing(self) -> Mask:
        """Which candidates meet every constraint."""
        found = np.ones(len(self.survey), dtype=np.bool_)
        for one in self.constraints:
            found &= one.passes
        return found

    @cached_property
    def ordered(self) -> list[int]:
        """The candidates that meet every constraint, the best first."""
        return scoring.order(self.scores, np.flatnonzero(self.passing))

    @cached_property
    def ranks(self) -> dict[int, int]:
        """The rank of each of them; equal scores share one."""
        ranks = scoring.ranks(self.scores[self.ordered]) if self.ordered else ()
        return {row: int(rank) for row, rank in zip(self.ordered, ranks, strict=True)}

    @cached_property
    def sharing(self) -> Counter[int]:
        """How many share each rank."""
        return Counter(self.ranks.values())

    @cached_property
    def front(self) -> list[int]:
        """The first of them, which sensitivity is worked out for."""
        return self.ordered[: sensitivity.MOST]

    @cached_property
    def rank_ranges(self) -> dict[int, sensitivity.Range]:
        """Their ranks when the weights are varied."""
        if not self.front:
            return {}
        ranges = sensitivity.rank_ranges(self.filled[self.front], self.weights)
        return dict(zip(self.front, ranges, strict=True))

    @cached_property
    def _failures(self) -> Floats:
        """How many constraints each candidate fails."""
        found = np.zeros(len(self.survey))
        for one in self.constraints:
            found += ~one.passes
        return found

    def only_missing(self, constraint: Constraint) -> list[int]:
        """Return the candidates that fail this constraint and no other, the best first."""
        return scoring.order(self.scores, np.flatnonzero((self._failures == 1) & ~constraint.passes))


def evaluate(survey: Survey) -> Evaluation:
    """Judge the candidates of a survey."""
    criteria, weights, raw, values = values_of(survey, {})
    scores = scoring.weighted_sum(scoring.filled(values), weights)
    return Evaluation(survey, criteria, weights, raw, values, scores, tuple(constraints(survey)))


def values_of(survey: Survey, known: Mapping[str, Floats]) -> tuple[tuple[Criterion, ...], Floats, Floats, Floats]:
    """Return the criteria that a question uses, their weights, and the raw values and values of the candidates.

    Parameters
    ----------
    survey
        The candidates.
    known
        Raw values by criterion that need not be measured again.
    """
    question = survey.question
    criteria = tuple(one for one in CRITERIA.values() if question.weights.get(one.name, 0.0) > 0)
    weights = np.array([question.weights[one.name] for one in criteria])
    raw = np.column_stack([known[one.name] if one.name in known else one.measure(survey) for one in criteria])
    values = np.column_stack([one.curve(question)(raw[:, place]) for place, one in enumerate(criteria)])
    return criteria, weights, raw, values.round(VALUE_PLACES)
