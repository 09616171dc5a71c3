"""Evaluation: raw values, values, constraints, tiers, scores and ranks of all candidates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.evidence.tiers import TIERS, Tier, placement, tier_of
from app.siting import scoring
from app.siting.constraint import Constraint, Mask
from app.siting.constraints import constraints
from app.siting.criteria import CRITERIA, Criterion
from app.siting.curves import Floats
from app.siting.survey import Survey

VALUE_PLACES = 6
"""Decimals of values: what an answer shows is what the score is made of."""

Key = tuple[bool, int, int, float]
"""What a candidate is ordered by: whether it only may meet the conditions, its tier, how many of the industries asked
for no document places there, and its score, the highest first."""


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
        """Which candidates meet, or may meet, every constraint."""
        found = self.survey.standing_alone.copy()
        for constraint in self.constraints:
            found &= constraint.passes
        return found

    @cached_property
    def possible(self) -> Mask:
        """Which candidates only may meet one of them."""
        found = np.zeros(len(self.survey), dtype=np.bool_)
        for constraint in self.constraints:
            if constraint.possible is not None:
                found |= constraint.possible
        return found

    @cached_property
    def _tiers(self) -> tuple[scoring.Ints, scoring.Ints]:
        """Of each candidate the place of its tier in ``TIERS``, and how many industries no document places there."""
        zones, codes = self.survey.zone_codes
        each = [_tier(self.survey, zone) for zone in zones] or [(len(TIERS) - 1, 0)]
        tiers, unplaced = np.array(each, dtype=np.int64).T
        return tiers[codes], unplaced[codes]

    def tier(self, row: int) -> Tier:
        """Return the tier of a candidate."""
        return TIERS[int(self._tiers[0][row])]

    def key(self, row: int) -> Key:
        """Return what a candidate is ordered by."""
        tiers, unplaced = self._tiers
        return bool(self.possible[row]), int(tiers[row]), int(unplaced[row]), -float(self.scores[row])

    def ahead(self, row: int, rows: Sequence[int]) -> int:
        """Return how many of some candidates come before one."""
        some = np.array(rows, dtype=np.int64)
        tiers, unplaced = self._tiers
        before, level = np.zeros(len(some), dtype=np.bool_), np.ones(len(some), dtype=np.bool_)
        for column in (self.possible.astype(np.int64), tiers, unplaced, -self.scores):
            before |= level & (column[some] < column[row])
            level &= column[some] == column[row]
        return int(before.sum())

    def whole(self, rows: Sequence[int]) -> int:
        """Return in how many of some candidates documents place all of the industries asked for."""
        return int((self._tiers[1][np.array(rows, dtype=np.int64)] == 0).sum())

    def by_key(self, rows: scoring.Ints) -> list[int]:
        """Return candidates in the order of an answer; equal ones in the order they came in."""
        tiers, unplaced = self._tiers
        order = np.lexsort((-self.scores[rows], unplaced[rows], tiers[rows], self.possible[rows]))
        found: list[int] = rows[order].tolist()
        return found

    def by_key_of(self, rows: Sequence[int]) -> list[int]:
        """Return some candidates in the order of an answer."""
        return self.by_key(np.array(rows, dtype=np.int64))

    @cached_property
    def ordered(self) -> list[int]:
        """The candidates that meet, or may meet, every constraint, in the order of an answer."""
        return self.by_key(np.flatnonzero(self.passing))

    @cached_property
    def _ordered(self) -> scoring.Ints:
        return np.array(self.ordered, dtype=np.int64)

    def of_tier(self, *tiers: Tier) -> list[int]:
        """Return those of some tiers, in the order of an answer."""
        rows = self._ordered
        found: list[int] = rows[np.isin(self._tiers[0][rows], [TIERS.index(tier) for tier in tiers])].tolist()
        return found

    def by_tier(self, tier: Tier) -> list[int]:
        """Return all candidates of a tier, whether they meet the conditions or not."""
        return self.by_key(np.flatnonzero(self._tiers[0] == TIERS.index(tier)))

    @cached_property
    def placed(self) -> list[int]:
        """The candidates that documents place every industry or some of them in, in the order of an answer."""
        return self.of_tier("itself")

    @cached_property
    def sure(self) -> list[int]:
        """The placed candidates that are sure of every condition, in the order of an answer."""
        rows = np.array(self.placed, dtype=np.int64)
        found: list[int] = rows[~self.possible[rows]].tolist()
        return found

    @cached_property
    def contenders(self) -> list[int]:
        """Those that come before the others whatever their scores: documents place most of the industries there."""
        rows = np.array(self.sure, dtype=np.int64)
        unplaced = self._tiers[1][rows]
        found: list[int] = rows[unplaced == unplaced[0]].tolist() if len(rows) else []
        return found

    @cached_property
    def _failures(self) -> Floats:
        """How many constraints each candidate fails."""
        found = np.zeros(len(self.survey))
        for constraint in self.constraints:
            found += ~constraint.passes
        return found

    def only_missing(self, constraint: Constraint) -> list[int]:
        """Return the candidates that fail this constraint and no other, in the order of an answer."""
        return self.by_key(np.flatnonzero((self._failures == 1) & ~constraint.passes & self.survey.standing_alone))


def _tier(survey: Survey, zone: str | None) -> tuple[int, int]:
    """Return the place of a zone's tier in ``TIERS``, and how many of the industries no document places there.

    A word that decides and was not read leaves nothing placed anywhere.
    """
    record, demands = survey.record, survey.question.demands
    tier = tier_of(record, zone, demands)
    if survey.question.undecided and tier in ("itself", "surrounding"):
        tier = "related"
    unplaced = sum(zone is None or placement(record, zone, demand).tier != "itself" for demand in demands)
    return TIERS.index(tier), unplaced


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
