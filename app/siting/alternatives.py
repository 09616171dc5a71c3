"""Alternatives: for each constraint, the best candidate that would enter if it were relaxed, and how far."""

from dataclasses import replace
from typing import Any

from app.problems import BadRequest
from app.siting import scoring
from app.siting.conclusion import row_name
from app.siting.constraint import Constraint, Relaxed, mask
from app.siting.curves import Floats
from app.siting.evaluation import Evaluation, values_of
from app.siting.uncertainty import uncertainty
from app.siting.weights import weighed
from app.siting.words import say


def alternatives(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Return one alternative a constraint, where relaxing it alone lets in a place that documents name."""
    found = []
    for constraint in evaluation.constraints:
        rows = [row for row in evaluation.only_missing(constraint) if evaluation.tier(row) in ("itself", "surrounding")]
        if rows:
            found.append(_alternative(evaluation, constraint, rows))
    return found


def _alternative(evaluation: Evaluation, constraint: Constraint, rows: list[int]) -> dict[str, Any]:
    """Return the alternative that lets in the best of the candidates that fail a constraint and no other."""
    row = rows[0]
    relaxed = constraint.relaxed(row)
    judged = _relaxed(evaluation, constraint, relaxed)
    survey = evaluation.survey
    uncertain = uncertainty(judged) if survey.of_zones else None
    rank = uncertain.ranks.get(row) if uncertain is not None else _rank(judged, row)
    score, name = float(judged.scores[row]), row_name(evaluation, row)
    key = "alternative" if rank is not None else "alternative_surrounding"
    return {
        "constraint": constraint.id,
        "relax_to": relaxed.value,
        "id": survey.ids[row],
        "zone_id": survey.zones[row],
        "name_zh": name["zh"],
        "name_en": name["en"],
        "tier": evaluation.tier(row),
        "score": round(score, scoring.PLACES),
        "would_rank": rank,
        "would_enter": sum(relaxed.lets_in(one) for one in rows),
        "says": say(key, relaxed=relaxed.says, name=name, rank=rank, score=round(score, 1)),
    }


def _rank(judged: Evaluation, row: int) -> int | None:
    """Return the rank among many candidates, of which nobody works out who is level with the first."""
    return judged.ahead(row, judged.placed) + 1 if judged.tier(row) == "itself" else None


def _relaxed(evaluation: Evaluation, constraint: Constraint, relaxed: Relaxed) -> Evaluation:
    """Return the candidates judged under the relaxed constraint."""
    survey = evaluation.survey
    meets = mask(survey, relaxed.lets_in) | constraint.passes
    wider = replace(constraint, passes=meets, possible=mask(survey, relaxed.doubtful))
    others = tuple(wider if one is constraint else one for one in evaluation.constraints)
    return replace(evaluation, constraints=others, scores=_scores(evaluation, constraint, relaxed))


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
