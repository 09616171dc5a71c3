"""Stability: sensitivity as an answer tells it."""

from typing import Any

import numpy as np

from app.siting import scoring, sensitivity
from app.siting.evaluation import Evaluation
from app.siting.words import say


def stability(evaluation: Evaluation) -> dict[str, Any] | None:
    """Return rank ranges, the smallest change of a weight that turns the first place, and the second method's view."""
    if not evaluation.front:
        return None
    return {
        "draws": sensitivity.DRAWS,
        "spread": sensitivity.SPREAD,
        "seed": sensitivity.SEED,
        "candidates": len(evaluation.front),
        "winner_first_share": evaluation.rank_ranges[evaluation.front[0]].first,
        "smallest_change": _smallest_change(evaluation),
        "topsis": _topsis(evaluation),
    }


def _smallest_change(evaluation: Evaluation) -> dict[str, Any] | None:
    front = evaluation.front
    values = evaluation.filled[front]
    turn = sensitivity.smallest_turn(values, evaluation.weights, 0, range(1, len(front)))
    if turn is None:
        return None
    criterion, survey = evaluation.criteria[turn.criterion], evaluation.survey
    row = front[turn.winner]
    name = {"zh": survey.names_zh[row] or survey.ids[row], "en": survey.names_en[row] or survey.ids[row]}
    before, after = round(turn.before, 6), round(turn.after, 6)
    # The other weights stay; what people see are shares of the whole.
    share = turn.after / (1 - turn.before + turn.after)
    says = say(
        "turn_tied" if abs(after - before) < 1e-9 else "turn_up" if after > before else "turn_down",
        criterion=criterion.title, before=round(before * 100, 1), after=round(share * 100, 1), name=name,
    )  # fmt: skip
    return {
        "criterion": criterion.name,
        "weight": before,
        "weight_at_turn": after,
        "share_at_turn": round(share, 6),
        "change": round(after - before, 6),
        "new_winner": survey.ids[row],
        "says": says,
    }


def _topsis(evaluation: Evaluation) -> dict[str, Any]:
    front, survey = evaluation.front, evaluation.survey
    closeness = scoring.topsis(evaluation.filled[front], evaluation.weights)
    scores = evaluation.scores[front]
    winners = {survey.ids[front[at]] for at in np.flatnonzero(closeness == closeness.max())}
    same = bool(winners & {survey.ids[row] for row in front if evaluation.ranks[row] == 1})
    listed = min(len(front), survey.question.limit)
    correlation = scoring.agreement(scores, closeness) if len(front) > 2 else None
    return {
        "rank_correlation": correlation,
        "same_winner": same,
        "winners": sorted(winners),
        "closeness": {survey.ids[front[at]]: float(closeness[at]) for at in range(listed)},
        "says": say(
            "topsis_same" if same else "topsis_other", correlation="–" if correlation is None else f"{correlation:.2f}"
        ),
    }
