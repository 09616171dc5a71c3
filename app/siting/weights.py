"""Weights: presets, emphasis and weights given, turned into one weight a criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.messages import Bilingual, Message
from app.problems import BadRequest, ParameterError
from app.siting.criteria import CRITERIA, GROUPS, PRESETS
from app.siting.gateways import GATEWAYS
from app.siting.question import Question

DEFAULT_PRESET = "industry-first"

FIRST, NEXT = 3.0, 2.0
"""What a sentence calls important weighs so many times as much: the first named, and the others."""

EMPHASES = tuple(dict.fromkeys([*GROUPS, *GATEWAYS]))
"""What may be called important: groups, and single gateways."""

WEIGHED = tuple(dict.fromkeys([*GROUPS, *CRITERIA]))
"""What a weight may be given to."""

NOTHING_WEIGHS = Message("add up to zero; give at least one criterion a weight above zero")


def weighed(question: Question) -> Question:
    """Return a question with the weights that it asks for.

    Raises
    ------
    BadRequest
        When nothing is left that weighs anything.
    """
    asked = question.asked_weights
    idle = {name: reason for name, one in CRITERIA.items() if (reason := one.idle(question)) is not None}
    weights = weigh(
        preset=asked.get("preset"), emphasis=asked.get("emphasis", ()), given=asked.get("weights", {}), idle=idle
    )
    return replace(question, weights=weights)


def weigh(
    *, preset: str | None, emphasis: Sequence[str], given: Mapping[str, float], idle: Mapping[str, str]
) -> dict[str, float]:
    """Return the weight of each criterion; together they are 1.

    Parameters
    ----------
    preset
        Name of a preset; None: the weights given alone, or ``industry-first`` where none are given.
    emphasis
        Groups that matter more, the most important first.
    given
        Weights by criterion or group. They replace those of a preset; without one, what is not given weighs nothing.
    idle
        Criteria that the question does not need: they weigh nothing.

    Raises
    ------
    BadRequest
        When nothing is left that weighs anything.
    """
    alone = preset is None and given
    groups = dict.fromkeys(GROUPS, 0.0) if alone else dict(PRESETS[preset or DEFAULT_PRESET])
    groups |= {name: weight for name, weight in given.items() if name in GROUPS}
    single = {name: weight for name, weight in given.items() if name in CRITERIA and name not in GROUPS}
    weights = {name: 0.0 if name in idle else weight for name, weight in _shared(groups, single, idle).items()}
    for place, emphasised in enumerate(emphasis):
        for name in weights:
            if emphasised in (name, CRITERIA[name].group) and name not in given:
                weights[name] *= FIRST if place == 0 else NEXT
    total = sum(weights.values())
    if not total > 0:
        wanted = {name for name in idle if given.get(name) or given.get(CRITERIA[name].group)}
        message = _nothing(sorted(wanted, key=list(CRITERIA).index))
        raise BadRequest([ParameterError("weights", message, allowed=WEIGHED, titles={"zh": "权重"})])
    return {name: weight / total for name, weight in weights.items()}


def _shared(groups: Mapping[str, float], single: Mapping[str, float], idle: Mapping[str, str]) -> dict[str, float]:
    """Share the weight of a group among its criteria that the question uses; one with a weight of its own keeps it."""
    found = {}
    for name, criterion in CRITERIA.items():
        sharing = [
            one.name
            for one in CRITERIA.values()
            if one.group == criterion.group and one.name not in single and one.name not in idle
        ]
        share = groups.get(criterion.group, 0.0) / max(len(sharing), 1)
        found[name] = single.get(name, share)
    return found


def _nothing(idle: Sequence[str]) -> str:
    if idle:
        return Message(
            "add up to zero: {names} cannot be judged by this question (size needs an area); give another a weight",
            names=Bilingual(", ".join(idle), "、".join(CRITERIA[name].title["zh"] for name in idle)),
        )
    return NOTHING_WEIGHS
