"""Request words: the question as it was understood, and what a sentence was read as."""

import json
from dataclasses import asdict
from typing import Any

from app.siting.knowledge import Knowledge
from app.siting.question import Question
from app.siting.weights import DEFAULT_PRESET


def request_words(question: Question, knowledge: Knowledge) -> dict[str, Any]:
    """Return the question with ids and names."""
    area = question.area_ha
    given = question.asked_weights
    return {
        "industries": [
            {
                "words": wish.words,
                "means": [
                    {**_named(knowledge.industries, one.id), "weight": one.weight, "found_as": one.kind}
                    for one in wish.matches
                ],
            }
            for wish in question.wishes
        ],
        "area": None if area is None else {"ha": area, "mu": round(area * 15, 2), "km2": round(area / 100, 6)},
        "level": list(question.levels),
        "districts": [_named(knowledge.zones, one) for one in question.districts],
        "avoid_districts": [_named(knowledge.zones, one) for one in question.avoid_districts],
        "in_elements": [_named(knowledge.elements, one) for one in question.in_elements],
        "avoid_elements": [_named(knowledge.elements, one) for one in question.avoid_elements],
        "within": None if question.within is None else json.loads(question.within),
        "max_km": dict(question.max_km),
        "min_km": dict(question.min_km),
        "exclude_layers": [one.id for one in question.exclude_layers],
        "layer": None if question.layer is None else question.layer.id,
        "preset": given.get("preset") or (None if given.get("weights") else DEFAULT_PRESET),
        "emphasis": list(given.get("emphasis") or ()),
        "weights_given": given.get("weights") or None,
        "weights": {name: round(weight, 6) for name, weight in question.weights.items()},
        "limit": question.limit,
        "reading": _reading(question),
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
