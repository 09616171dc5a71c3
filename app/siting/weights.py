"""Weights: presets, emphasis and weights given, turned into one weight a criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.siting.criteria import CRITERIA, GROUPS
from app.siting.question import Question

DEFAULT_PRESET = "industry-first"

PRESETS: Mapping[str, Mapping[str, float]] = {
    "industry-first": {
        "industry": 45, "policy": 15, "level": 5, "size": 10, "gateways": 10, "agglomeration": 8, "crowding": 7,
    },
    "balanced": dict.fromkeys(GROUPS, 1),
    "policy-first": {
        "industry": 25, "policy": 40, "level": 10, "size": 5, "gateways": 10, "agglomeration": 5, "crowding": 5,
    },
    "transport-first": {
        "industry": 25, "policy": 10, "level": 5, "size": 5, "gateways": 45, "agglomeration": 5, "crowding": 5,
    },
    "land-first": {
        "industry": 25, "policy": 10, "level": 5, "size": 40, "gateways": 10, "agglomeration": 5, "crowding": 5,
    },
    "cluster-first": {
        "industry": 30, "policy": 10, "level": 5, "size": 5, "gateways": 10, "agglomeration": 35, "crowding": 5,
    },
}  # fmt: skip
"""Weight of each group. Our choice: what a person would vary, not what a document gives."""

FIRST, NEXT = 3.0, 2.0
"""What a sentence calls important weighs so many times as much: the first named, and the others."""

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
    for place, group in enumerate(emphasis):
        groups[group] = groups.get(group, 0.0) * (FIRST if place == 0 else NEXT)
    groups |= {name: weight for name, weight in given.items() if name in GROUPS}
    single = {name: weight for name, weight in given.items() if name in CRITERIA and name not in GROUPS}
    weights = {name: 0.0 if name in idle else weight for name, weight in _shared(groups, single).items()}
    total = sum(weights.values())
    if not total > 0:
        message = _nothing(idle if any(given.values()) else {})
        raise BadRequest([ParameterError("weights", message, allowed=WEIGHED)])
    return {name: weight / total for name, weight in weights.items()}


def _shared(groups: Mapping[str, float], single: Mapping[str, float]) -> dict[str, float]:
    """Share the weight of a group among its criteria; one that has a weight of its own keeps that."""
    found = {}
    for name, criterion in CRITERIA.items():
        members = [one.name for one in CRITERIA.values() if one.group == criterion.group and one.name not in single]
        found[name] = single[name] if name in single else groups.get(criterion.group, 0.0) / len(members)
    return found


def _nothing(idle: Mapping[str, str]) -> str:
    if idle:
        return Message(
            "add up to zero: {names} cannot be judged by this question (size needs an area); give another a weight",
            names=", ".join(idle),
        )
    return NOTHING_WEIGHS
