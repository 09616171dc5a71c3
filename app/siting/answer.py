"""Answer: an evaluation as the document that people and programs read."""

import math
from collections.abc import Sequence
from typing import Any

from app.siting import scoring
from app.siting.alternatives import alternatives
from app.siting.criteria import CRITERIA, Criterion, Evidence
from app.siting.evaluation import Evaluation
from app.siting.knowledge import Source, Zone
from app.siting.request_words import request_words
from app.siting.stability import stability
from app.siting.survey import Survey
from app.siting.words import Words, joined, say

MOST_EXCLUDED = 200
"""Excluded candidates that are listed; the constraints count all."""

_MAIN_REASONS = 3

_MOST_LEADERS = 5
"""Candidates in the first place that the conclusion names; of more it gives the number."""

_WORTH_SAYING = 0.02
"""Share of the score that a weakness costs before it is named among the reasons."""


def document(evaluation: Evaluation, version: str) -> dict[str, Any]:
    """Return the answer, without its links.

    Parameters
    ----------
    evaluation
        The candidates, judged.
    version
        The data version.
    """
    survey = evaluation.survey
    listed = evaluation.ordered[: survey.question.limit]
    return {
        "request": request_words(survey.question, survey.knowledge),
        "data_version": version,
        "date": survey.knowledge.loaded_on,
        "documents": [dict(one) for one in survey.knowledge.documents.values()],
        "notes": _notes(survey),
        "criteria": [_criterion(evaluation, one) for one in CRITERIA.values()],
        "constraints": _constraints(evaluation),
        "counts": {"candidates": len(survey), "remaining": len(evaluation.ordered), "listed": len(listed)},
        "results": [result(evaluation, row) for row in listed],
        "excluded": _excluded(evaluation),
        "sensitivity": stability(evaluation),
        "alternatives": alternatives(evaluation),
        "conclusion": conclusion(evaluation),
    }


def _notes(survey: Survey) -> list[Words]:
    keys = ["note_footprints", "note_straight", "note_land", "note_weights", "note_missing"]
    keys.append("note_parts" if survey.of_zones else "note_parcels")
    found = [say(key, neutral=scoring.NEUTRAL) for key in keys]
    expired = [one for one in survey.knowledge.documents.values() if one["period"]["expired"]]
    if expired:
        titles = joined([{"zh": f"《{one['short_title_zh']}》", "en": str(one["title_en"])} for one in expired])
        years = sorted({f"{one['period']['start']}—{one['period']['end']}" for one in expired})
        found.insert(0, say("note_expired", titles=titles, years="、".join(years)))
    return found


def _criterion(evaluation: Evaluation, one: Criterion) -> dict[str, Any]:
    question = evaluation.survey.question
    weight = question.weights.get(one.name, 0.0)
    idle = one.idle(question)
    direction, basis = one.described(question)
    return {
        "name": one.name,
        "group": one.group,
        "title": one.title,
        "unit": one.unit,
        "direction": direction,
        "weight": round(weight, 6),
        "used": weight > 0,
        "not_used": None if weight > 0 else say(idle or "idle_weight"),
        "value_function": one.curve(question).as_json(),
        "basis": basis,
    }


def result(evaluation: Evaluation, row: int) -> dict[str, Any]:
    """Return a candidate that meets every constraint, with every value and what it stands on."""
    survey = evaluation.survey
    values = [_value(evaluation, row, place) for place in range(len(evaluation.criteria))]
    missing = [one["name"] for one in values if one["missing"]]
    low = sum(one["weight"] * (0.0 if one["missing"] else one["normalised"]) for one in values)
    high = sum(one["weight"] * (1.0 if one["missing"] else one["normalised"]) for one in values)
    rank = evaluation.ranks[row]
    spread = evaluation.rank_ranges.get(row)
    return {
        "rank": rank,
        "tied": evaluation.sharing[rank] > 1,
        **identity(survey, row),
        "score": round(float(evaluation.scores[row]), scoring.PLACES),
        "score_range": [round(100 * low, 4), round(100 * high, 4)],
        "missing": missing,
        "rank_range": None
        if spread is None
        else {"best": spread.best, "worst": spread.worst, "first_share": spread.first},
        "criteria": values,
        "reasons": reasons(values, missing),
    }


def identity(survey: Survey, row: int) -> dict[str, Any]:
    """Return what a candidate is and where."""
    knowledge, zone_id = survey.knowledge, survey.zones[row]
    zone = knowledge.zones.get(zone_id or "")
    own = survey.of_zones
    around = [knowledge.zones[one] for one in knowledge.line(zone_id)[1 if own else 0 :]] if zone_id is not None else []
    name_zh, name_en = survey.names_zh[row], survey.names_en[row]
    return {
        "id": survey.ids[row],
        "zone_id": zone_id,
        "name": name_zh or survey.ids[row],
        "name_zh": name_zh or survey.ids[row],
        "name_en": name_en or survey.ids[row],
        "kind": zone.kind if own and zone is not None else "feature",
        "level": knowledge.level(zone_id) if zone_id is not None else None,
        "within": [_named(one) for one in around],
        **_kin(survey, row),
        "area_ha": _finite(survey.area_ha[row]),
        "point": [float(one) for one in survey.points[row]] if not math.isnan(survey.points[row, 0]) else None,
    }


def _named(one: Zone) -> dict[str, str]:
    return {"id": one.id, "name_zh": one.name_zh, "name_en": one.name_en}


def _kin(survey: Survey, row: int) -> dict[str, Any]:
    """Return the candidate that a candidate is a part of, and those that are its parts: they are the same land."""
    knowledge, zone = survey.knowledge, survey.zones[row]
    if zone is None or not survey.of_zones:
        return {"part_of": None, "contains": []}
    whole = knowledge.park_around(zone)
    parts = [_named(knowledge.zones[one]) for one in knowledge.parts_of(zone)]
    return {"part_of": None if whole is None else _named(knowledge.zones[whole]), "contains": parts}


def _finite(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 4)


def _value(evaluation: Evaluation, row: int, place: int) -> dict[str, Any]:
    survey, criterion = evaluation.survey, evaluation.criteria[place]
    raw, value = float(evaluation.raw[row, place]), float(evaluation.filled[row, place])
    weight, missing = float(evaluation.weights[place]), math.isnan(raw)
    shown: dict[str, Any] = {
        "name": criterion.name,
        "raw": None if missing else criterion.shown(survey.question, raw),
        "unit": criterion.unit,
        "direction": criterion.described(survey.question)[0],
        "normalised": value,
        "weight": weight,
        "contribution": round(100 * weight * value, 4),
        "missing": missing,
    }
    if missing:
        return {**shown, "says": say("missing", criterion=criterion.title, neutral=scoring.NEUTRAL), "evidence": []}
    explained = criterion.explained(survey, row, raw)
    return {**shown, "says": explained.says, "evidence": [_evidence(survey, one) for one in explained.evidence]}


def _evidence(survey: Survey, one: Evidence) -> dict[str, Any]:
    return {"says": one.says, **(source(survey, one.source) if one.source is not None else {"document": None})}


def source(survey: Survey, one: Source) -> dict[str, Any]:
    """Return a place in a document."""
    title = survey.knowledge.documents.get(one.document, {})
    return {
        "document": one.document,
        "title_zh": title.get("title_zh"),
        "short_title_zh": title.get("short_title_zh"),
        "locator": one.locator,
        "wording": one.wording or None,
    }


def reasons(values: Sequence[dict[str, Any]], missing: Sequence[str]) -> dict[str, list[str]]:
    """Return the sentences that decide: what contributes most, then what costs most, then what is missing."""
    known = [one for one in values if not one["missing"]]
    best = sorted(known, key=lambda one: -one["contribution"])[:_MAIN_REASONS]
    lost = max((one for one in known if one not in best), key=_loss, default=None)
    said = [one["says"] for one in best]
    if lost is not None and _loss(lost) >= _WORTH_SAYING:
        title = CRITERIA[lost["name"]].title
        said.append(say("reason_against", criterion=title, says=lost["says"]))
    said += [one["says"] for one in values if one["name"] in missing]
    return {language: [one[language] for one in said] for language in ("zh", "en")}


def _loss(value: dict[str, Any]) -> float:
    return float(value["weight"] * (1 - value["normalised"]))


def _constraints(evaluation: Evaluation) -> list[dict[str, Any]]:
    left = len(evaluation.survey)
    passing = None
    found = []
    for one in evaluation.constraints:
        passing = one.passes if passing is None else passing & one.passes
        before, left = left, int(passing.sum())
        found.append(
            {
                "id": one.id,
                "rule": one.rule,
                "source": one.source,
                "removed": int((~one.passes).sum()),
                "removed_by_it_alone": len(evaluation.only_missing(one)),
                "left_after_it": left,
                "removes_the_last": before > 0 and left == 0,
            }
        )
    return found


def _excluded(evaluation: Evaluation) -> list[dict[str, Any]]:
    rows = scoring.order(evaluation.scores, (~evaluation.passing).nonzero()[0])
    return [
        {
            **identity(evaluation.survey, row),
            "score": round(float(evaluation.scores[row]), scoring.PLACES),
            "reasons": [
                {"constraint": one.id, **one.reason(row)} for one in evaluation.constraints if not one.passes[row]
            ],
        }
        for row in rows[:MOST_EXCLUDED]
    ]


def conclusion(evaluation: Evaluation) -> Words:
    """Return the answer in a sentence or two."""
    survey = evaluation.survey
    if not evaluation.ordered:
        last = next((one for one in _constraints(evaluation) if one["removes_the_last"]), None)
        if last is None:
            return say("conclusion_nobody")
        helps = any(one["removed_by_it_alone"] for one in _constraints(evaluation))
        return say("conclusion_impossible" if helps else "conclusion_stuck", rule=last["rule"])
    first = [row for row in evaluation.ordered if evaluation.ranks[row] == 1]
    found = [identity(survey, row) for row in first[:_MOST_LEADERS]]
    leaders = joined([{"zh": one["name_zh"], "en": one["name_en"]} for one in found])
    if len(first) > _MOST_LEADERS:
        leaders = say("conclusion_tied", leaders=leaders, count=len(first))
    score = round(float(evaluation.scores[first[0]]), 1)
    return say("conclusion", count=len(evaluation.ordered), parts=_parts(evaluation), leaders=leaders, score=score)


def _parts(evaluation: Evaluation) -> Words:
    """Say how many of the candidates that remain are parts of others that do; nothing where none is."""
    survey = evaluation.survey
    remaining = {survey.zones[row] for row in evaluation.ordered} if survey.of_zones else set()
    inside = [zone for zone in remaining if zone is not None and survey.knowledge.park_around(zone) in remaining]
    return say("conclusion_parts", count=len(inside)) if inside else {"zh": "", "en": ""}
