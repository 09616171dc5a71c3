"""Rules: what documents ask of an industry and of places, as an answer shows it."""

from collections.abc import Sequence
from typing import Any

from app.evidence.record import PlanningRecord
from app.evidence.rules import Bearing
from app.siting.criteria.base import texts_of
from app.siting.words import Words

LAYERS = texts_of(
    red=("生态保护红线", "ecological protection red lines"),
    farmland=("永久基本农田", "permanent basic farmland"),
    boundary=("城镇开发边界", "urban growth boundaries"),
    water=("饮用水水源保护区", "protection areas of drinking water sources"),
    safety=("危险化学品企业外部安全防护距离", "external safety distances of plants with hazardous chemicals"),
    dwelling=("居民区和学校、医院等敏感目标", "dwellings, schools, hospitals and other sensitive places"),
)
"""Control layers that a decision needs and no document here gives; they are not loaded."""


def control_layers_missing() -> list[Words]:
    """Return the control layers that are not loaded."""
    return [dict(one) for one in LAYERS.values()]


def rule_document(record: PlanningRecord, bearing: Bearing, listed: Sequence[str]) -> dict[str, Any]:
    """Return a rule as it bears on a question.

    Parameters
    ----------
    listed
        Ids of the places of the answer: of those that the rule bears on these are named.
    """
    rule = bearing.rule
    own = rule.titles["zh"] if rule.titles is not None else rule.source.document
    title = record.documents.get(rule.source.document, {}).get("short_title_zh") or own
    places = None if bearing.zones is None else [one for one in listed if one in bearing.zones]
    return {
        "id": rule.id,
        "says": dict(bearing.says),
        "verb": rule.verb,
        "clause": rule.clause_zh,
        "effect": bearing.effect,
        "on": bearing.on,
        "strength": rule.strength,
        "scope": [_place(record, one) for one in rule.scope],
        "industries": list(rule.industries),
        "places": places,
        "document": rule.source.document,
        "short_title_zh": title,
        "locator": rule.source.locator,
        "address": rule.address,
    }


def _place(record: PlanningRecord, subject: str) -> dict[str, str]:
    place = record.place(subject)
    return {"id": subject, "name_zh": place.name_zh, "name_en": place.name_en}
