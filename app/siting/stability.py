"""Stability: the smallest change of a weight that turns the first place, and a second method's view."""

from typing import Any

import numpy as np

from app.siting import scoring, sensitivity
from app.siting.conclusion import row_name
from app.siting.uncertainty import Uncertainty
from app.siting.words import say


def stability(uncertain: Uncertainty | None) -> dict[str, Any] | None:
    """Return what was varied, the smallest change of a weight that turns the first place, and the second method."""
    if uncertain is None:
        return None
    return {
        "draws": sensitivity.DRAWS,
        "spread": sensitivity.SPREAD,
        "seed": sensitivity.SEED,
        "candidates": len(uncertain.rows),
        "winner_first_share": uncertain.ranges[0].first,
        "smallest_change": _smallest_change(uncertain),
        "topsis": _topsis(uncertain),
    }


def _smallest_change(uncertain: Uncertainty) -> dict[str, Any] | None:
    evaluation, rows = uncertain.evaluation, uncertain.rows
    values = evaluation.filled[rows]
    turn = sensitivity.smallest_turn(values, evaluation.weights, 0, range(1, len(rows)))
    if turn is None:
        return None
    criterion = evaluation.criteria[turn.criterion]
    row = rows[turn.winner]
    before, after = round(turn.before, 6), round(turn.after, 6)
    # The other weights stay; what people see are shares of the whole.
    share = turn.after / (1 - turn.before + turn.after)
    says = say(
        "turn_tied" if abs(after - before) < 1e-9 else "turn_up" if after > before else "turn_down",
        criterion=criterion.title, before=round(before * 100, 1), after=round(share * 100, 1),
        name=row_name(evaluation, row),
    )  # fmt: skip
    return {
        "criterion": criterion.name,
        "weight": before,
        "weight_at_turn": after,
        "share_at_turn": round(share, 6),
        "change": round(after - before, 6),
        "new_winner": evaluation.survey.ids[row],
        "says": says,
    }


def _topsis(uncertain: Uncertainty) -> dict[str, Any]:
    evaluation, rows = uncertain.evaluation, uncertain.rows
    survey = evaluation.survey
    closeness = scoring.topsis(evaluation.filled[rows], evaluation.weights)
    winners = {survey.ids[rows[at]] for at in np.flatnonzero(closeness == closeness.max())}
    first = {survey.ids[row] for row in rows if uncertain.evaluation.scores[row] == evaluation.scores[rows[0]]}
    listed = min(len(rows), survey.question.limit)
    correlation = scoring.agreement(evaluation.scores[rows], closeness) if len(rows) > 2 else None
    key = "topsis_same" if winners & first else "topsis_other"
    return {
        "rank_correlation": correlation,
        "same_winner": bool(winners & first),
        "winners": sorted(winners),
        "closeness": {survey.ids[rows[at]]: float(closeness[at]) for at in range(listed)},
        "says": say(key, correlation="–" if correlation is None else f"{correlation:.2f}"),
    }
