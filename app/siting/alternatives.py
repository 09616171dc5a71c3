"""Alternatives: for each constraint, the best candidate that would enter if it were relaxed, and how far."""

from dataclasses import replace
from typing import Any

from app.problems import BadRequest
from app.siting import scoring
from app.siting.constraints import Constraint, Relaxed
from app.siting.curves import Floats
from app.siting.evaluation import Evaluation, values_of
from app.siting.weights import weighed
from app.siting.words import say


def alternatives(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Return one alternative a constraint, where relaxing it alone lets a candidate in."""
    found = []
    for constraint in evaluation.constraints:
        rows = evaluation.only_missing(constraint)
        if rows:
            found.append(_alternative(evaluation, constraint, rows))
    return found


def _alternative(evaluation: Evaluation, constraint: Constraint, rows: list[int]) -> dict[str, Any]:
    """Return the alternative that lets in the best of the candidates that fail a constraint and no other."""
    survey, row = evaluation.survey, rows[0]
    relaxed = constraint.relaxed(row)
    entering = [one for one in rows if relaxed.lets_in(one)]
    scores = _scores(evaluation, constraint, relaxed)
    score = float(scores[row])
    rank = int((scores[[*evaluation.ordered, *entering]] > score).sum()) + 1
    name = {"zh": survey.names_zh[row] or survey.ids[row], "en": survey.names_en[row] or survey.ids[row]}
    return {
        "constraint": constraint.id,
        "relax_to": relaxed.value,
        "id": survey.ids[row],
        "zone_id": survey.zones[row],
        "name_zh": name["zh"],
        "name_en": name["en"],
        "score": round(score, scoring.PLACES),
        "would_rank": rank,
        "would_enter": len(entering),
        "says": say("alternative", relaxed=relaxed.says, name=name, rank=rank, score=round(score, 1)),
    }


def _scores(evaluation: Evaluation, constraint: Constraint, relaxed: Relaxed) -> Floats:
    """Return the scores under the relaxed constraint: another area is another share of each place."""
    if constraint.id != "area":
        return evaluation.scores
    try:
        question = weighed(replace(evaluation.survey.question, area_ha=relaxed.value))
    except BadRequest:  # nothing but the share was to be weighed
        return evaluation.scores
    survey = replace(evaluation.survey, question=question)
    known = {one.name: evaluation.raw[:, place] for place, one in enumerate(evaluation.criteria)}
    known.pop("size", None)
    _, weights, _, values = values_of(survey, known)
    return scoring.weighted_sum(scoring.filled(values), weights)
