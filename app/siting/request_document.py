"""Request document: the question as it was understood, and what a sentence was read as."""

import json
from dataclasses import asdict
from typing import Any

from app.evidence.demand import Demand
from app.evidence.needs import Need
from app.evidence.record import PlanningRecord
from app.siting.gateways import GATEWAYS
from app.siting.question import Near, Question
from app.siting.weights import DEFAULT_PRESET
from app.siting.words import say


def request_document(question: Question, record: PlanningRecord) -> dict[str, Any]:
    """Return the question with ids and names."""
    given = question.asked_weights
    return {
        "ask": question.ask,
        "place": None if question.place is None else _named({**record.elements, **record.zones}, question.place),
        "industries": [_demand(record, demand) for demand in question.demands],
        "avoid_industries": [_demand(record, demand) for demand in question.avoid_industries],
        "area": _area(question),
        "floor": _floor(question),
        "level": list(question.levels),
        "prefer_level": list(question.prefer_levels),
        **{
            field: [_named(record.zones, one) for one in getattr(question, field)]
            for field in ("districts", "avoid_districts", "prefer_districts")
        },
        **{
            field: [_named(record.elements, one) for one in getattr(question, field)]
            for field in ("in_elements", "avoid_elements")
        },
        "within": None if question.within is None else json.loads(question.within),
        "max_km": dict(question.max_km),
        "min_km": dict(question.min_km),
        "near": [_near(record, one) for one in question.near],
        "apart": [_near(record, one) for one in question.apart],
        "far_from": list(question.far_from),
        "exclude_layers": [one.id for one in question.exclude_layers],
        "layer": None if question.layer is None else question.layer.id,
        "layer_titles": _layer_titles(question),
        "areas": "separate" if question.separate else "inside",
        "tiers": "all" if question.everything else "named",
        "needs": [_need(one) for one in question.needs],
        "preset": given.get("preset") or (None if given.get("weights") else DEFAULT_PRESET),
        "emphasis": list(given.get("emphasis") or ()),
        "weights_given": given.get("weights") or None,
        "weights": {name: round(weight, 6) for name, weight in question.weights.items()},
        "limit": question.limit,
        "undecided": list(question.undecided),
        "reading": _reading(question),
    }


def _demand(record: PlanningRecord, demand: Demand) -> dict[str, Any]:
    means = [
        {**_named(record.industries, one.id), "weight": one.weight, "found_as": one.kind} for one in demand.matches
    ]
    return {"words": demand.words, "means": means}


def _layer_titles(question: Question) -> dict[str, dict[str, str]]:
    """Return what the layers of a question are called, by id."""
    layers = [*question.exclude_layers, *([] if question.layer is None else [question.layer])]
    return {one.id: {"zh": one.title.zh, "en": one.title.en} for one in layers}


def _area(question: Question) -> dict[str, Any] | None:
    area = question.area_ha
    if area is None:
        return None
    return {
        "ha": area,
        "mu": round(area * 15, 2),
        "km2": round(area / 100, 6),
        "low_ha": question.area_low_ha,
        "given": question.area_text,
    }


def _floor(question: Question) -> dict[str, Any] | None:
    if question.floor_m2 is None and question.premises is None:
        return None
    premises = None if question.premises is None else say(f"premises_{question.premises}")
    return {"m2": question.floor_m2, "premises": question.premises, "title": premises, "given": question.floor_text}


def _near(record: PlanningRecord, near: Near) -> dict[str, Any]:
    place = record.zones.get(near.place) or record.facilities[near.place]
    return {"place": near.place, "name_zh": place.name_zh, "name_en": place.name_en, "km": near.km}


def _need(need: Need) -> dict[str, Any]:
    industry = need.industry
    return {
        "gateway": need.gateway,
        "title": dict(GATEWAYS[need.gateway].title),
        "industry": {"id": industry.id, "name_zh": industry.name_zh, "name_en": industry.name_en},
        "why": dict(need.why),
    }


def _named(things: Any, key: str) -> dict[str, str]:
    thing = things.get(key)
    return {"id": key, **({} if thing is None else {"name_zh": thing.name_zh, "name_en": thing.name_en})}


def _reading(question: Question) -> dict[str, Any] | None:
    if question.reading is None:
        return None
    return {
        "spans": [asdict(one) for one in question.reading.spans],
        "not_understood": [asdict(one) for one in question.reading.not_understood],
    }
