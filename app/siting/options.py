"""Options: what a question may hold, for panels and programs that ask."""

from typing import Any

from app.siting.criteria import CRITERIA, GROUP_TITLES, GROUPS, PRESETS
from app.siting.gateways import GATEWAYS
from app.siting.parameter_readers import HECTARES
from app.siting.parameters import PARAMETERS
from app.siting.question import PREMISES, Question
from app.siting.weights import DEFAULT_PRESET
from app.siting.words import say


def document() -> dict[str, Any]:
    """Return criteria, groups, presets, gateways, units and fields."""
    plain = Question(demands=())
    return {
        "criteria": [
            {
                "name": one.name,
                "group": one.group,
                "title": one.title,
                "unit": one.unit,
                "direction": one.direction,
                "value_function": one.curve(plain).as_json(),
                "basis": one.basis,
                "colour": one.colour,
            }
            for one in CRITERIA.values()
        ],
        "groups": [{"name": group, "title": GROUP_TITLES[group]} for group in GROUPS],
        "presets": [
            {"name": name, "title": say(f"preset_{name}"), "weights": weights, "default": name == DEFAULT_PRESET}
            for name, weights in PRESETS.items()
        ],
        "gateways": [{"name": name, "title": dict(gateway.title)} for name, gateway in GATEWAYS.items()],
        "premises": [{"name": name, "title": say(f"premises_{name}")} for name in PREMISES],
        "area_units": list(HECTARES),
        "fields": [
            {"name": name, "description": one.description, "schema": one.schema} for name, one in PARAMETERS.items()
        ],
    }
