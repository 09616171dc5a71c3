"""Places: a candidate as an answer shows it, with its tier, every value and what it stands on."""

import math
from collections.abc import Sequence
from typing import Any

from app.evidence.record import Zone
from app.evidence.source import Source
from app.evidence.tiers import TIERS, placement
from app.siting import scoring, sensitivity
from app.siting.criteria import CRITERIA, Evidence
from app.siting.criteria.industry import fits_of, tier_sentence
from app.siting.evaluation import Evaluation
from app.siting.survey import Survey
from app.siting.uncertainty import Uncertainty
from app.siting.words import Words, say

_MAIN_REASONS = 2

_WHOLE = 3
"""Rank up to which all evidence is listed; further places show the statement that places the industry there."""

_MOST_EVIDENCE = 6

_WORTH_SAYING = 0.02
"""Share of the score that a weakness costs before it is named among the reasons."""


def place(evaluation: Evaluation, row: int, uncertain: Uncertainty | None) -> dict[str, Any]:
    """Return a candidate with its tier, every value and what it stands on.

    Parameters
    ----------
    evaluation
        The candidates, judged.
    row
        Which.
    uncertain
        What becomes of the first place; None where nobody is ranked.
    """
    survey = evaluation.survey
    rank = None if uncertain is None else uncertain.ranks.get(row)
    whole = (rank or _WHOLE + 1) <= _WHOLE
    values = [_value(evaluation, row, at, whole) for at in range(len(evaluation.criteria))]
    missing = [one["name"] for one in values if one["missing"]]
    low = sum(one["weight"] * (0.0 if one["missing"] else one["normalised"]) for one in values)
    high = sum(one["weight"] * (1.0 if one["missing"] else one["normalised"]) for one in values)
    return {
        "rank": rank,
        "tied": uncertain is not None and rank is not None and list(uncertain.ranks.values()).count(rank) > 1,
        "tier": evaluation.tier(row),
        "tier_says": _tier_says(evaluation, row),
        "group": uncertain is not None and row in uncertain.group,
        "possible": doubts(evaluation, row),
        "demands": _demands(evaluation, row),
        **identity(survey, row),
        "areas": _areas(evaluation, row),
        "score": round(float(evaluation.scores[row]), scoring.PLACES),
        "score_range": [round(100 * low, 4), round(100 * high, 4)],
        "missing": missing,
        "rank_range": _rank_range(row, uncertain),
        "criteria": values,
        "reasons": _reasons(evaluation, row, values, missing, whole),
    }


def _reasons(
    evaluation: Evaluation, row: int, values: Sequence[dict[str, Any]], missing: Sequence[str], whole: bool
) -> dict[str, list[str]]:
    """Return why a place stands where it does: of the first in full, of the others what documents say."""
    if whole:
        return reasons(values, missing)
    return {language: [text] for language, text in _tier_says(evaluation, row).items()}


def _rank_range(row: int, uncertain: Uncertainty | None) -> dict[str, Any] | None:
    if uncertain is None or row not in uncertain.rows:
        return None
    spread: sensitivity.Range = uncertain.ranges[uncertain.rows.index(row)]
    return {"best": spread.best, "worst": spread.worst, "first_share": spread.first}


def doubts(evaluation: Evaluation, row: int) -> list[dict[str, Any]]:
    """Return the conditions that a candidate only may meet, and why."""
    return [
        {"constraint": one.id, "says": one.doubt(row)}
        for one in evaluation.constraints
        if one.possible is not None and one.doubt is not None and one.possible[row]
    ]


def _demands(evaluation: Evaluation, row: int) -> list[dict[str, str]]:
    survey, zone = evaluation.survey, evaluation.survey.zones[row]
    return [
        {
            "words": demand.words,
            "tier": placement(survey.record, zone, demand).tier if zone is not None else "not_named",
        }
        for demand in survey.question.demands
    ]


def _tier_says(evaluation: Evaluation, row: int) -> Words:
    """Say why a candidate has its tier, of the industry that it is nearest to."""
    survey, zone = evaluation.survey, evaluation.survey.zones[row]
    if zone is None:
        return say("outside_parks")
    fits = fits_of(survey, zone)
    at = min(range(len(fits)), key=lambda one: TIERS.index(fits[one].placement.tier))
    found = tier_sentence(survey.record, survey.question.demands[at], fits[at])
    return say("surrounding_only", says=found) if evaluation.tier(row) == "surrounding" else found


def identity(survey: Survey, row: int) -> dict[str, Any]:
    """Return what a candidate is and where."""
    record, zone_id = survey.record, survey.zones[row]
    zone = record.zones.get(zone_id or "")
    own = survey.of_zones
    around = [record.zones[one] for one in record.line(zone_id)[1 if own else 0 :]] if zone_id is not None else []
    name_zh, name_en = survey.names_zh[row], survey.names_en[row]
    return {
        "id": survey.ids[row],
        "zone_id": zone_id,
        "name": name_zh or survey.ids[row],
        "name_zh": name_zh or survey.ids[row],
        "name_en": name_en or survey.ids[row],
        "kind": zone.kind if own and zone is not None else "feature",
        "level": record.level(zone_id) if zone_id is not None else None,
        "within": [named(one) for one in around],
        **_same_land(survey, row),
        "area_ha": _finite(survey.area_ha[row]),
        "point": [float(one) for one in survey.points[row]] if not math.isnan(survey.points[row, 0]) else None,
    }


def named(zone: Zone) -> dict[str, str]:
    """Return a zone's id and names."""
    return {"id": zone.id, "name_zh": zone.name_zh, "name_en": zone.name_en}


def _same_land(survey: Survey, row: int) -> dict[str, Any]:
    """Return the candidate that a candidate is a part of, and those that are its parts: they are the same land."""
    record, zone = survey.record, survey.zones[row]
    if zone is None or not survey.of_zones:
        return {"part_of": None, "contains": []}
    whole = record.park_around(zone)
    parts = [named(record.zones[one]) for one in record.parts_of(zone)]
    return {"part_of": None if whole is None else named(record.zones[whole]), "contains": parts}


def _areas(evaluation: Evaluation, row: int) -> list[dict[str, Any]]:
    """Return the functional areas of a park that documents name for the industry, the best first."""
    survey, zone = evaluation.survey, evaluation.survey.zones[row]
    if zone is None or not survey.of_zones:
        return []
    parts = [survey.rows_of[one] for one in survey.record.parts_of(zone) if one in survey.rows_of]
    inside = sorted((one for one in parts if evaluation.tier(one) == "itself"), key=evaluation.key)
    return [_area(evaluation, one, row) for one in inside]


def _area(evaluation: Evaluation, row: int, park: int) -> dict[str, Any]:
    survey = evaluation.survey
    says = _tier_says(evaluation, row)
    better = evaluation.key(row) < evaluation.key(park)
    return {
        **named(survey.record.zones[survey.zones[row] or ""]),
        "tier": evaluation.tier(row),
        "score": round(float(evaluation.scores[row]), scoring.PLACES),
        "better": better,
        "says": says,
    }


def _finite(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 4)


def _value(evaluation: Evaluation, row: int, at: int, whole: bool) -> dict[str, Any]:
    survey, criterion = evaluation.survey, evaluation.criteria[at]
    raw, value = float(evaluation.raw[row, at]), float(evaluation.filled[row, at])
    weight, missing = float(evaluation.weights[at]), math.isnan(raw)
    shown: dict[str, Any] = {
        "name": criterion.name,
        "raw": None if missing else criterion.shown(survey.question, raw),
        "normalised": value,
        "weight": weight,
        "contribution": round(100 * weight * value, 4),
        "missing": missing,
    }
    if missing:
        says = criterion.unknown(survey, row)
        return {
            **shown,
            "says": says or say("missing", criterion=criterion.title, neutral=scoring.NEUTRAL),
            "evidence": [],
        }
    explained = criterion.explained(survey, row, raw)
    most = _MOST_EVIDENCE if whole else 1 if criterion.name == "industry" else 0
    evidence = [evidence_of(survey, one) for one in explained.evidence[:most]]
    return {**shown, "says": explained.says, "evidence": evidence}


def evidence_of(survey: Survey, one: Evidence) -> dict[str, Any]:
    """Return a piece of evidence with its place in a document, and how a statement relates to the question."""
    where = source(survey, one.source) if one.source is not None else {"document": None}
    return {"says": one.says, **where, **(one.stated or {})}


def source(survey: Survey, one: Source) -> dict[str, Any]:
    """Return a place in a document."""
    title = survey.record.documents.get(one.document, {})
    return {
        "document": one.document,
        "short_title_zh": title.get("short_title_zh"),
        "locator": one.locator,
        "wording": one.wording or None,
    }


def reasons(values: Sequence[dict[str, Any]], missing: Sequence[str]) -> dict[str, list[str]]:
    """Return the sentences that decide: what contributes most, then what costs most, then what is missing."""
    known = [one for one in values if not one["missing"]]
    best = sorted((one for one in known if one["contribution"] > 0), key=lambda one: -one["contribution"])[
        :_MAIN_REASONS
    ]
    lost = max((one for one in known if one not in best), key=_loss, default=None)
    found = [one["says"] for one in best]
    if lost is not None and _loss(lost) >= _WORTH_SAYING:
        title = CRITERIA[lost["name"]].title
        found.append(say("reason_against", criterion=title, says=lost["says"]))
    found += [one["says"] for one in values if one["name"] in missing]
    return {language: [one[language] for one in found] for language in ("zh", "en")}


def _loss(value: dict[str, Any]) -> float:
    return float(value["weight"] * (1 - value["normalised"]))
