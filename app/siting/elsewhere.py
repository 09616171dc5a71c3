"""Elsewhere: what documents name for an industry where no park is drawn: districts, theme parks, plan areas."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.evidence.demand import Demand
from app.evidence.record import PlanningRecord, Thing, Zone
from app.evidence.relations import places
from app.evidence.source import Source
from app.evidence.tiers import Naming, located, subjects_that_place
from app.siting.criteria.base import Evidence, texts_of
from app.siting.criteria.industry import naming_evidence, stated
from app.siting.places import evidence_of
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import Words, fill, inside_quotes

TEXTS = texts_of(
    district=(
        "没有文件列出{name}的园区，图上没有画出或没有画全",
        "no document lists the parks of {name}; not all are on the map",
    ),
    theme=("文件没有说它在哪个园区，图上没有画出", "no document says in which park it is, and it is not drawn"),
    zone=("图上没有画出它的园区", "none of its parks is drawn"),
    element=(
        "这是对整个片区的表述，文件没有说到其中的园区",
        "said of the whole area; no document speaks of a park in it",
    ),
    thing=("文件把“{thing}”列在{name}", "a document has “{thing}” in {name}"),
)

_NAMING_THINGS = ("designation", "carrier")
"""Kinds of named things that say of a district that an industry is placed there."""

_MOST = 20
_MOST_EVIDENCE = 1


def elsewhere(survey: Survey) -> list[dict[str, Any]]:
    """Return what documents name for the industries and has no park to compare, what they state most directly first."""
    record = survey.record
    found: dict[str, dict[str, Any]] = {}
    for demand in survey.question.demands:
        named = subjects_that_place(record, demand)
        things = _things(record, demand)
        for subject in sorted({*named, *things}, key=lambda one: _order(record, one, named.get(one, []))):
            if subject in found or not _apart(record, subject) or _narrowed(record, demand, subject, named):
                continue
            if _asked_for(record, survey.question, subject):
                found[subject] = _entry(survey, demand, subject, named.get(subject, []), things.get(subject, []))
    return list(found.values())[:_MOST]


def _order(record: PlanningRecord, subject: str, namings: list[Naming]) -> tuple[int, int, int, str]:
    nearest = min((("same", "part", "wider").index(one.relation) for one in namings), default=3)
    element = subject not in record.zones
    return (int(not namings), int(element), nearest, subject)


def _things(record: PlanningRecord, demand: Demand) -> dict[str, list[Thing]]:
    """Return designations and carriers of an industry by the one district that documents place them in."""
    found: dict[str, list[Thing]] = {}
    for thing in record.things:
        if thing.kind in _NAMING_THINGS and thing.certainty == "named" and len(thing.places) == 1:
            zone = record.zones.get(thing.places[0])
            if zone is not None and zone.kind == "district" and _is_of(record, demand, thing):
                found.setdefault(zone.id, []).append(thing)
    return found


def _is_of(record: PlanningRecord, demand: Demand, thing: Thing) -> bool:
    return any(places(record, match.id, one) for match in demand.matches for one in thing.industries)


def _apart(record: PlanningRecord, subject: str) -> bool:
    """Tell whether a subject has no park to compare, or may have others than those that are drawn."""
    zone = record.zones.get(subject)
    if zone is None:
        element = record.elements[subject]
        # What is said of it bears on those of its members that are parks; where none is, on nobody who is compared.
        return not any(record.zones[member].candidate for member in element.members)
    if zone.candidate:
        return False
    if zone.kind == "theme_park":
        return not any(record.zones[host].candidate for host in _hosts(record, zone.id))
    if zone.kind == "district":
        return zone.listed_by is None
    return not _has_parks(record, subject)


def _narrowed(record: PlanningRecord, demand: Demand, subject: str, named: Mapping[str, list[Naming]]) -> bool:
    """Tell whether documents name members of a plan area, or places in them, so that they say more than of it all."""
    if subject in record.zones:
        return False
    closer = located(record, demand)
    return any(member in named or member in closer for member in record.elements[subject].members)


def _has_parks(record: PlanningRecord, zone: str) -> bool:
    return record.zones[zone].candidate or any(record.zones[part].candidate for part in record.parts.get(zone, ()))


def _hosts(record: PlanningRecord, theme: str) -> list[str]:
    return [host for host, themes in record.themes.items() if any(one.id == theme for one in themes)]


def _asked_for(record: PlanningRecord, question: Question, subject: str) -> bool:
    """Tell whether a subject may meet the conditions of place."""
    lines = [set(record.line(zone)) for zone in _zones(record, subject)]
    inside = not question.districts or any(line & set(question.districts) for line in lines)
    barred = bool(lines) and all(line & set(question.avoid_districts) for line in lines)
    return inside and not barred and not question.in_elements and question.within is None


def _zones(record: PlanningRecord, subject: str) -> Iterable[str]:
    if subject not in record.zones:
        return record.elements[subject].members
    return _hosts(record, subject) or [subject] if record.zones[subject].kind == "theme_park" else [subject]


def _entry(survey: Survey, demand: Demand, subject: str, namings: list[Naming], things: list[Thing]) -> dict[str, Any]:
    record = survey.record
    place = record.place(subject)
    order = sorted(namings, key=lambda one: ("same", "part", "wider").index(one.relation))
    says = stated(record, demand.words, order[0], place.words) if order else _of_thing(things[0], place.words)
    evidence = [naming_evidence(record, one) for one in order] + list(_thing_evidence(things, place.words))
    return {
        "id": subject,
        "kind": place.kind if isinstance(place, Zone) else "element",
        "name_zh": place.name_zh,
        "name_en": place.name_en,
        "address": f"/zones/{subject}" if isinstance(place, Zone) else None,
        "says": says,
        "note": _note(place),
        "evidence": [evidence_of(survey, one) for one in evidence[:_MOST_EVIDENCE]],
    }


def _thing_evidence(things: list[Thing], name: Words) -> Iterator[Evidence]:
    for thing in things:
        yield Evidence(_of_thing(thing, name), Source(thing.source.document, thing.source.locator, thing.name_zh))


def _of_thing(thing: Thing, name: Words) -> Words:
    called = {"zh": thing.name_zh, "en": thing.name_en or thing.name_zh}
    return fill(TEXTS["thing"], thing=inside_quotes(called), name=name)


def _note(place: Any) -> Words:
    if not isinstance(place, Zone):
        return dict(TEXTS["element"])
    key = {"district": "district", "theme_park": "theme"}.get(place.kind, "zone")
    return fill(TEXTS[key], name=place.words)
