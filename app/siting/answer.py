"""Answer: an evaluation as the document that people and programs read."""

from typing import Any

from app.evidence.record import Element, PlanningRecord, Zone
from app.evidence.rules import Bearing, against, bearing
from app.evidence.tiers import TIERS
from app.siting import scoring
from app.siting.alternatives import alternatives
from app.siting.conclusion import conclusion, of_place, verdict
from app.siting.criteria import CRITERIA, Criterion
from app.siting.criteria.industry import quoted
from app.siting.elsewhere import elsewhere
from app.siting.evaluation import Evaluation
from app.siting.places import doubts, identity, place
from app.siting.premises import premises
from app.siting.profile import profile
from app.siting.question import Question
from app.siting.request_document import request_document
from app.siting.rules import control_layers_missing, rule_document
from app.siting.stability import stability
from app.siting.survey import Survey
from app.siting.uncertainty import Uncertainty, uncertainty
from app.siting.words import Words, joined, say

MOST_EXCLUDED = 60
"""Excluded candidates that are listed; the constraints count all."""

_MOST_INDUSTRIES = 12
"""Industries that documents name a place with which are listed beside the one that is asked about."""

MOST_RELATED = 3
MOST_BETTER = 3


def document(evaluation: Evaluation, version: str) -> dict[str, Any]:
    """Return the answer to where an industry should go, or whether a place suits it, without its links.

    Parameters
    ----------
    evaluation
        The candidates, judged.
    version
        The data version.
    """
    survey, question = evaluation.survey, evaluation.survey.question
    uncertain = uncertainty(evaluation)
    beyond = elsewhere(survey)
    steps = _constraints(evaluation)
    about = _about(evaluation, uncertain) if question.ask == "place" else _everywhere(evaluation, uncertain)
    second = stability(uncertain)
    last = next((one["rule"] for one in steps if one["removes_the_last"]), None)
    concluded = (
        of_place(evaluation, about.pop("rows"), about["better"])
        if question.ask == "place"
        else conclusion(evaluation, uncertain, beyond, last)
    )
    listed = [one["id"] for part in ("results", "related", "not_named") for one in about[part]]
    tiers = {tier: len(evaluation.of_tier(tier)) for tier in TIERS}
    return {
        **_head(question, survey.record, version),
        "notes": _notes(survey),
        "criteria": [_criterion(question, one) for one in CRITERIA.values() if _speaks(question, one)],
        "constraints": steps,
        "conclusion": concluded,
        "verdict": verdict(evaluation, uncertain, second and second["topsis"]) if question.ask == "where" else None,
        "counts": {
            "candidates": int(survey.standing_alone.sum()),
            "remaining": len(evaluation.ordered),
            "documented": tiers["itself"],
            "surrounding": tiers["surrounding"],
            "related": tiers["related"],
            "not_named": tiers["not_named"],
            "possible": sum(bool(evaluation.possible[row]) for row in evaluation.ordered),
            "listed": len(about["results"]),
        },
        **about,
        "industries": profile(survey.record, question.place)[:_MOST_INDUSTRIES] if question.place is not None else [],
        "elsewhere": beyond,
        "rules": [rule_document(survey.record, one, listed) for one in _rules(survey, about["results"])],
        "premises": premises(survey) if question.floor_m2 is not None or question.premises is not None else [],
        "excluded": _excluded(evaluation),
        "sensitivity": second,
        "alternatives": alternatives(evaluation),
    }


def members(record: PlanningRecord, subject: str) -> tuple[str, ...]:
    """Return the zones that a plan area consists of, or that host a theme park; none of what is a zone itself."""
    if subject in record.elements:
        return record.elements[subject].members
    return tuple(host for host, themes in record.themes.items() if any(theme.id == subject for theme in themes))


_SILENT = ("idle_gateway", "idle_away", "idle_near_place", "idle_preference")
"""Reasons for which a criterion is left out of an answer: nobody asked for it."""


def _speaks(question: Question, one: Criterion) -> bool:
    return question.weights.get(one.name, 0.0) > 0 or one.idle(question) not in _SILENT


_MOST_RULED = 3
"""Places, the first of the answer, whose own rules are listed."""


def _rules(survey: Survey, results: list[dict[str, Any]]) -> list[Bearing]:
    """Return the rules that bear on the industries, and those of the places that are listed."""
    zones = list(dict.fromkeys(one["zone_id"] for one in results if one["zone_id"] is not None))[:_MOST_RULED]
    zones += [one for one in [survey.question.place] if one in survey.record.zones and one not in zones]
    return bearing(survey.record, survey.record.rules, survey.question.demands, zones)


def _everywhere(evaluation: Evaluation, uncertain: Uncertainty | None) -> dict[str, Any]:
    question = evaluation.survey.question
    rows = evaluation.of_tier("itself", "surrounding")
    if uncertain is not None:
        rows = [*uncertain.ordered, *(row for row in rows if row not in uncertain.ranks)]
    rows = rows[: question.limit]
    related = evaluation.of_tier("related")[: question.limit if question.everything else MOST_RELATED]
    others = evaluation.of_tier("not_named")[: question.limit] if question.everything else []
    return {
        "results": [place(evaluation, row, uncertain) for row in rows],
        "related": [place(evaluation, row, uncertain) for row in related],
        "not_named": [place(evaluation, row, uncertain) for row in others],
        "better": [],
    }


def _about(evaluation: Evaluation, uncertain: Uncertainty | None) -> dict[str, Any]:
    """Return the place that a question is about, or the parks in it, and what suits the industry better."""
    survey = evaluation.survey
    inside = [
        row for row, zone in enumerate(survey.zones) if zone and survey.question.place in survey.record.line(zone)
    ]
    own = [row for row in inside if survey.zones[row] == survey.question.place]
    rows = own or evaluation.by_key_of([row for row in inside if survey.standing_alone[row]])[: survey.question.limit]
    nearer = evaluation.of_tier("itself", "surrounding")
    ahead = [row for row in nearer if row not in inside and (not rows or evaluation.key(row) < evaluation.key(rows[0]))]
    return {
        "rows": rows,
        "results": [place(evaluation, row, uncertain) for row in rows],
        "related": [],
        "not_named": [],
        "better": [place(evaluation, row, uncertain) for row in ahead[:MOST_BETTER]],
    }


def of_the_place(question: Question, record: PlanningRecord, version: str) -> dict[str, Any]:
    """Return the answer to what suits a place."""
    place = record.place(question.place or "")
    industries = profile(record, place.id)
    own = sum(one["tier"] == "itself" for one in industries)
    concluded = say("profile_some" if own else "profile_none", name=place.words, count=own, wider=len(industries) - own)
    return {
        **_without_places(question, record, version, concluded),
        "place": {**_addressed(place), "members": [_addressed(record.zones[one]) for one in members(record, place.id)]},
        "industries": industries[:_MOST_PROFILE],
    }


_MOST_PROFILE = 80
"""Industries of a place that are listed; the conclusion counts all."""


def _addressed(place: Zone | Element) -> dict[str, str | None]:
    names = {"id": place.id, "name_zh": place.name_zh, "name_en": place.name_en}
    return {**names, "address": f"/zones/{place.id}" if isinstance(place, Zone) else None}


def of_the_contrary(question: Question, record: PlanningRecord, version: str) -> dict[str, Any]:
    """Return the answer to where an industry must not go: what documents say against places, and what is not known."""
    asked = joined([quoted(demand.words) for demand in question.demands])
    if question.place is None:
        found = against(record, record.rules, question.demands)
        says = say("against_some" if found else "against_none", asked=asked, count=len(found))
    else:
        zones = [question.place, *members(record, question.place)]
        bearings = bearing(record, record.rules, question.demands, [one for one in zones if one in record.zones])
        found = [one for one in bearings if one.on != "industry" or question.demands]
        key, name = "against_place" if question.demands else "against_anything", record.place(question.place).words
        says = say(key, asked=asked, name=name, count=len(found))
    return {
        **_without_places(question, record, version, says),
        "against": {
            "says": says,
            "statements": [rule_document(record, one, []) for one in found],
            "missing_layers": control_layers_missing(),
        },
    }


def _without_places(question: Question, record: PlanningRecord, version: str, concluded: Words) -> dict[str, Any]:
    counts = ("candidates", "remaining", "documented", "surrounding", "related", "not_named", "possible", "listed")
    empty: dict[str, Any] = {name: [] for name in _LISTS}
    return {
        **_head(question, record, version),
        **empty,
        "notes": _notes_of_documents(record),
        "conclusion": concluded,
        "counts": dict.fromkeys(counts, 0),
        "verdict": None,
        "sensitivity": None,
    }


_LISTS = (
    "criteria", "constraints", "results", "related", "not_named", "better", "elsewhere", "rules", "premises",
    "excluded", "alternatives",
)  # fmt: skip


def _head(question: Question, record: PlanningRecord, version: str) -> dict[str, Any]:
    unread = None
    if question.undecided:
        words = list(question.undecided)
        unread = {"words": words, "says": say("unread", words="、".join(words))}
    return {
        "kind": question.ask,
        "request": request_document(question, record),
        "data_version": version,
        "date": record.loaded_on,
        "documents": [dict(one) for one in record.documents.values()],
        "unread": unread,
        "place": None,
        "industries": [],
        "against": None,
    }


def _notes(survey: Survey) -> list[Words]:
    keys = ["note_footprints", "note_straight", "note_land", "note_weights", "note_missing"]
    keys.append("note_parts" if survey.of_zones else "note_parcels")
    if survey.question.floor_m2 is not None or survey.question.premises is not None:
        keys.append("note_floor")
    return _notes_of_documents(survey.record) + [say(key, neutral=scoring.NEUTRAL) for key in keys]


def _notes_of_documents(record: PlanningRecord) -> list[Words]:
    expired = [one for one in record.documents.values() if one["period"]["expired"]]
    if not expired:
        return []
    titles = joined([{"zh": f"《{one['short_title_zh']}》", "en": str(one["title_en"])} for one in expired])
    years = sorted({f"{one['period']['start']}—{one['period']['end']}" for one in expired})
    return [say("note_expired", titles=titles, years="、".join(years))]


def _criterion(question: Question, one: Criterion) -> dict[str, Any]:
    weight = question.weights.get(one.name, 0.0)
    return {
        "name": one.name,
        "group": one.group,
        "title": one.title,
        "unit": one.unit,
        "direction": one.direction,
        "weight": round(weight, 6),
        "used": weight > 0,
        "not_used": None if weight > 0 else say(one.idle(question) or "idle_weight"),
        "value_function": one.curve(question).as_json(),
        "basis": one.basis,
        "colour": one.colour,
    }


def _constraints(evaluation: Evaluation) -> list[dict[str, Any]]:
    alone = evaluation.survey.standing_alone
    left, passing = int(alone.sum()), alone
    found = []
    for one in evaluation.constraints:
        passing = passing & one.passes
        before, left = left, int(passing.sum())
        found.append(
            {
                "id": one.id,
                "rule": one.rule,
                "source": one.source,
                "removed": int((~one.passes & alone).sum()),
                "removed_by_it_alone": len(evaluation.only_missing(one)),
                "possible": 0 if one.possible is None else int((one.possible & alone).sum()),
                "left_after_it": left,
                "removes_the_last": before > 0 and left == 0,
            }
        )
    return found


def _excluded(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Return what the conditions exclude of what documents name, the nearest first."""
    out = (~evaluation.passing & evaluation.survey.standing_alone).nonzero()[0]
    rows = [row for row in evaluation.by_key(out) if evaluation.tier(row) != "not_named"]
    return [
        {
            **{name: value for name, value in identity(evaluation.survey, row).items() if name in _SHORT},
            "tier": evaluation.tier(row),
            "score": round(float(evaluation.scores[row]), scoring.PLACES),
            "possible": doubts(evaluation, row),
            "reasons": [
                {"constraint": one.id, **one.reason(row)} for one in evaluation.constraints if not one.passes[row]
            ],
        }
        for row in rows[:MOST_EXCLUDED]
    ]


_SHORT = ("id", "zone_id", "name", "name_zh", "name_en", "kind", "part_of", "point")
