"""Alternatives: for each constraint, the best candidate that would enter if it were relaxed, and how far."""

from typing import Any

import numpy as np

from app.siting import scoring
from app.siting.evaluation import Evaluation
from app.siting.words import say


def alternatives(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Return one alternative a constraint, where relaxing it alone lets a candidate in."""
    survey = evaluation.survey
    remaining = evaluation.scores[evaluation.ordered] if evaluation.ordered else np.zeros(0)
    found = []
    for constraint in evaluation.constraints:
        rows = evaluation.only_missing(constraint)
        if not rows:
            continue
        row = rows[0]
        score = float(evaluation.scores[row])
        rank = int((remaining > score).sum()) + 1
        words, value = constraint.relaxed(row)
        name = {"zh": survey.names_zh[row] or survey.ids[row], "en": survey.names_en[row] or survey.ids[row]}
        found.append(
            {
                "constraint": constraint.id,
                "relax_to": value,
                "id": survey.ids[row],
                "zone_id": survey.zones[row],
                "name_zh": name["zh"],
                "name_en": name["en"],
                "score": round(score, scoring.PLACES),
                "would_rank": rank,
                "would_enter": len(rows),
                "says": say("alternative", relaxed=words, name=name, rank=rank, score=round(score, 1)),
            }
        )
    return found
