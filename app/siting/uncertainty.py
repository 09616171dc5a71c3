"""Uncertainty: what becomes of the first place when what is ours is not quite right.

Varied are the weights, the factors of relation, rank and standing, the bend of the value functions and the outlines
of the places: all together, and each kind alone to tell which of them turns the winner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from app.siting import scoring, sensitivity
from app.siting.criteria.gateways import Nearness
from app.siting.criteria.industry import fits_of
from app.siting.criteria.near_place import NearPlace
from app.siting.curves import Floats, Piecewise
from app.siting.evaluation import Evaluation
from app.siting.fit import RANKS, RELATIONS, STANDINGS, Fit, directness, strength

Assumption = Literal["weights", "relations", "standings", "curves", "accuracy"]

ASSUMPTIONS: tuple[Assumption, ...] = ("weights", "relations", "standings", "curves", "accuracy")

MOST = 60
"""Candidates that are varied, the best first: who stands behind them would not come to the front."""

ENOUGH = 0.1
"""Share of the draws in which another has to come up to the winner to be level with it."""


@dataclass(frozen=True)
class Uncertainty:
    """The ranks of the contenders over the draws.

    Attributes
    ----------
    evaluation
        The candidates, judged.
    rows
        The contenders that are varied, the best first.
    """

    evaluation: Evaluation
    rows: list[int]

    @property
    def draws(self) -> int:
        """The number of draws."""
        return sensitivity.DRAWS

    @cached_property
    def scores(self) -> Floats:
        """Scores with everything varied together. Shape (draws, candidates)."""
        return self._scores(ASSUMPTIONS)

    @cached_property
    def ranges(self) -> list[sensitivity.Range]:
        """Best and worst rank of each, and the share of draws in which it is first."""
        return sensitivity.ranges(self.scores)

    @cached_property
    def group(self) -> list[int]:
        """The first and those level with it: they come up to it in a tenth of the draws."""
        level = (self.scores >= self.scores[:, :1]).mean(axis=0)
        return [row for row, share in zip(self.rows, level, strict=True) if share >= ENOUGH]

    @cached_property
    def leaders(self) -> list[int]:
        """The group in the order in which it is shown: as they are level, the most directly named first."""
        return sorted(self.group, key=lambda row: (-self._directness(row), self.evaluation.key(row)))

    def _directness(self, row: int) -> float:
        """Return how directly documents place the industries in a candidate, 0 to 1."""
        survey, zone = self.evaluation.survey, self.evaluation.survey.zones[row]
        fits = fits_of(survey, zone) if zone is not None else []
        return sum(directness(fit) for fit in fits)

    @cached_property
    def ordered(self) -> list[int]:
        """The placed candidates that are sure of the conditions: the group, then the others by their scores."""
        evaluation = self.evaluation
        leading = set(self.leaders)
        others = [row for row in evaluation.sure if row not in leading]
        return self.leaders + others

    @cached_property
    def ranks(self) -> dict[int, int]:
        """The rank of each of them: those of the group are level, and so are equal ones."""
        found, leading = dict.fromkeys(self.leaders, 1), len(self.leaders)
        key = self.evaluation.key
        before = None
        for place, row in enumerate(self.ordered[leading:], leading):
            level = before is not None and key(before) == key(row)
            found[row] = found[before] if level and before is not None else place + 1
            before = row
        return found

    @cached_property
    def turns(self) -> dict[Assumption, float]:
        """By what is varied alone: the share of draws in which the winner is not first; none where it always is."""
        found: dict[Assumption, float] = {}
        for one in ASSUMPTIONS:
            if self._bears(one):
                scores = self._scores((one,))
                share = float((scores.max(axis=1) > scores[:, 0]).mean())
                if share > 0:
                    found[one] = round(share, 3)
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def _bears(self, assumption: Assumption) -> bool:
        return len(self.rows) > 1 and (assumption != "accuracy" or bool(self._measured))

    def _scores(self, varied: Sequence[Assumption]) -> Floats:
        evaluation = self.evaluation
        values = np.repeat(evaluation.filled[self.rows][np.newaxis], sensitivity.DRAWS, axis=0)
        if "relations" in varied or "standings" in varied:
            self._vary_fits(values, varied)
        if "accuracy" in varied:
            self._vary_outlines(values)
        if "curves" in varied:
            bend = 1 / sensitivity.factors(len(evaluation.criteria), 1)
            values = values ** bend[:, np.newaxis, :]
        weights = np.repeat(evaluation.weights[np.newaxis], sensitivity.DRAWS, axis=0)
        if "weights" in varied:
            weights = evaluation.weights * sensitivity.factors(len(evaluation.weights), 0)
        weights = weights / weights.sum(axis=1, keepdims=True)
        found: Floats = np.einsum("dcv,dv->dc", values, weights).round(scoring.PLACES + 2)
        return found

    def _vary_fits(self, values: Floats, varied: Sequence[Assumption]) -> None:
        """Put the industry fits under varied factors in their place."""
        names = [criterion.name for criterion in self.evaluation.criteria]
        if "industry" not in names:
            return
        factors = _varied_factors(varied)
        survey = self.evaluation.survey
        at = names.index("industry")
        for place, row in enumerate(self.rows):
            zone = survey.zones[row]
            if zone is not None:
                fits = fits_of(survey, zone)
                values[:, place, at] = sum(_points(fit, factors) for fit in fits) / len(fits)

    @cached_property
    def _measured(self) -> list[int]:
        """The criteria whose raw value is a distance from an outline."""
        criteria = enumerate(self.evaluation.criteria)
        return [at for at, criterion in criteria if isinstance(criterion, Nearness | NearPlace)]

    def _vary_outlines(self, values: Floats) -> None:
        """Put the values of distances under outlines that are off by up to their error in their place."""
        evaluation, survey = self.evaluation, self.evaluation.survey
        errors = np.array([survey.own_error_km(row) for row in self.rows])
        off = sensitivity.factors(len(self.rows), 2)
        for at in self._measured:
            curve = evaluation.criteria[at].curve(survey.question)
            raw = evaluation.raw[self.rows, at]
            if isinstance(curve, Piecewise):
                moved = np.maximum(raw + errors * (off - 1) / sensitivity.SPREAD, 0)
                values[:, :, at] = scoring.filled(curve(moved))


_FACTORS: dict[tuple[str, str], float] = {
    **{("relation", name): factor for name, factor in RELATIONS.items()},
    **{("rank", name): factor for name, factor in RANKS.items()},
    **{("standing", name): factor for name, factor in STANDINGS.items()},
}


def _varied_factors(varied: Sequence[Assumption]) -> dict[tuple[str, str], Floats]:
    """Return each factor in each draw; what is the thing itself, said of the place itself, stays 1."""
    draws = sensitivity.factors(len(_FACTORS), 3)
    found = {}
    for at, (name, factor) in enumerate(_FACTORS.items()):
        moves = ("relations" if name[0] == "relation" else "standings") in varied and factor < 1
        found[name] = np.minimum(factor * draws[:, at], 1.0) if moves else np.full(sensitivity.DRAWS, factor)
    return found


def _points(fit: Fit, factors: dict[tuple[str, str], Floats]) -> Floats:
    """Return the fit of a place to an industry in each draw, 0 to 1; how many documents agree stays."""
    best = np.zeros(sensitivity.DRAWS)
    namings = fit.placement.namings
    kinds = {(one.relation, one.statement.rank, one.standing, one.weight) for one in namings}
    for relation, rank, standing, weight in kinds:
        strengths = factors["relation", relation] * factors["rank", rank] * factors["standing", standing]
        best = np.maximum(best, weight * strengths)
    strongest = max(map(strength, namings), default=0.0)
    agreement = fit.points / (100 * strongest) if strongest else 0.0
    found: Floats = best * agreement
    return found


def uncertainty(evaluation: Evaluation) -> Uncertainty | None:
    """Return the ranks of the contenders over the draws; None where nobody is ranked."""
    rows = evaluation.contenders[:MOST]
    return Uncertainty(evaluation, rows) if rows else None
