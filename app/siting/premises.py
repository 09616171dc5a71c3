"""Premises: carriers that documents name, for who asks for floor area. What is vacant, none of them says."""

from collections.abc import Iterator
from typing import Any

from app.evidence.record import Thing
from app.siting.criteria.base import Evidence, texts_of
from app.siting.fit import demand_factor
from app.siting.places import evidence_of
from app.siting.survey import Survey
from app.siting.words import fill, joined

WORDS = {
    "office": ("写字楼", "楼宇", "大厦", "软件园", "科技园", "商务", "总部", "众创", "孵化", "加速器"),
    "factory": ("标准厂房", "标准化厂房", "厂房", "工业园", "产业园", "加速器"),
    "workshop": ("厂房", "中试", "车间", "加速器", "生产基地", "产业化基地", "CDMO", "CMO"),
    "warehouse": ("仓", "冷链", "物流"),
    "laboratory": ("实验室", "研发", "中试", "孵化", "加速器", "创新中心"),
}
"""Words in the names of carriers by the sort of building that is asked for. The choice of words is ours."""

TEXTS = texts_of(
    placed=("文件所列载体“{name}”，在{place}", "a carrier that a document names: {name}, in {place}"),
    itself=("文件所列载体“{name}”", "a carrier that a document names: {name}"),
    unplaced=("文件所列载体“{name}”，没有说在哪里", "a carrier that a document names, without saying where: {name}"),
)

_MOST = 8


def premises(survey: Survey) -> list[dict[str, Any]]:
    """Return the carriers that documents name for the buildings and industries asked for, the nearest first."""
    found = sorted(_suitable(survey), key=lambda pair: -pair[0])
    return [_entry(survey, thing) for _, thing in found[:_MOST]]


def _suitable(survey: Survey) -> Iterator[tuple[float, Thing]]:
    kinds = [survey.question.premises] if survey.question.premises else list(WORDS)
    wanted = tuple(word for kind in kinds for word in WORDS[kind])
    for thing in survey.record.things:
        if thing.kind == "carrier" and any(word in thing.name_zh for word in wanted):
            near = max(
                (
                    demand_factor(survey.record, demand, one)
                    for demand in survey.question.demands
                    for one in thing.industries
                ),
                default=0.0,
            )
            if near > _UNRELATED:
                yield near, thing


_UNRELATED = 0.3
"""Factor of a relation up to which a carrier is not of the industry asked for."""


def _entry(survey: Survey, thing: Thing) -> dict[str, Any]:
    record = survey.record
    called = {"zh": thing.name_zh, "en": thing.name_en or thing.summary["en"] or thing.name_zh}
    places = [record.place(one) for one in thing.places] if thing.certainty == "named" else []
    itself = any(thing.name_zh == place.name_zh for place in places)
    key = "itself" if itself else "placed" if places else "unplaced"
    says = fill(TEXTS[key], name=called, place=joined([one.words for one in places]))
    zones = [record.zones[one] for one in thing.places if one in record.zones] if places else []
    first = zones[0] if len(zones) == 1 else None
    return {
        "id": thing.id,
        "name_zh": thing.name_zh,
        "name_en": thing.name_en,
        "kind": thing.kind,
        "place": None if first is None else {"id": first.id, "name_zh": first.name_zh, "name_en": first.name_en},
        "says": says,
        "evidence": [evidence_of(survey, Evidence(dict(thing.summary), thing.source))],
    }
