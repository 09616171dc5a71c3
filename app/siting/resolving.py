"""Resolving: a request's fields and its sentence into a question, with every name found."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.db.reader import Reader
from app.evidence.demand import Demand, Match
from app.evidence.needs import Need, needed
from app.evidence.record import Element, Facility, PlanningRecord, Zone
from app.facts.industries import FOUND, match_industry
from app.facts.names import nearest, normalise
from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.registry.definition import LayerDefinition
from app.registry.reader import Registry
from app.search.normal import simplified
from app.siting.parameter_readers import MOST_LIMIT, MOST_WORDS
from app.siting.question import Near, Question
from app.siting.reading import NO_PLACE, Dictionary, Reading, read_sentence
from app.siting.request import SitingRequest, titled
from app.siting.weights import weighed

_ZONES = ("districts", "avoid_districts", "prefer_districts")
_ELEMENTS = ("in_elements", "avoid_elements")


async def resolve(
    asked: SitingRequest, *, reader: Reader, registry: Registry, record: PlanningRecord, dictionary: Dictionary
) -> Question:
    """Return the question that a request's fields ask.

    Raises
    ------
    BadRequest
        When a name is not known, with those that are near; when no industry is named and the question needs one.
    """
    reading = read_sentence(asked.values["q"], dictionary) if "q" in asked.values else None
    values = (_of_reading(reading) if reading is not None else {}) | dict(asked.values)
    errors: list[ParameterError] = []
    sentence = asked.values.get("q", "")
    demands = await _demands(reader, "industries", asked.values.get("industries"), reading, sentence)
    avoided = await _demands(reader, "avoid_industries", asked.values.get("avoid_industries"), reading, sentence)
    zones = _names(values, _ZONES, lambda: _zone_names(record), errors)
    elements = _names(values, _ELEMENTS, lambda: _element_names(record), errors)
    place = _place(values, record, errors)
    near, apart = (_near(values, field, record, errors) for field in ("near", "apart"))
    layer, excluded = _layer(values, registry, errors), _excluded(values, registry, errors)
    ask = values.get("ask", "where")
    lost = reading is not None and any(one.en == NO_PLACE[1] for one in reading.not_understood)
    if lost and place is None:
        errors.append(ParameterError("place", Message("should name the place that the question is about"), sentence))
    elif not demands and ask == "against" and reading is not None and place is None:
        demands = (_unknown_demand(reading, asked.values["q"]),)
    if not demands and not errors and ask != "what" and not (ask == "against" and place is not None):
        errors.append(_no_industry(asked, reading))
    if errors:
        raise BadRequest(titled(errors))
    spoken_of = [
        record.zones[one].kind for one in (place, *zones["districts"]) if one is not None and one in record.zones
    ]
    question = Question(
        **_plain(values),
        demands=demands,
        ask=ask,
        place=place,
        avoid_industries=avoided,
        districts=zones["districts"],
        avoid_districts=zones["avoid_districts"],
        prefer_districts=zones["prefer_districts"],
        in_elements=elements["in_elements"],
        avoid_elements=elements["avoid_elements"],
        near=near,
        apart=apart,
        exclude_layers=excluded,
        layer=layer,
        separate=values.get("areas") == "separate" or "functional_area" in spoken_of,
        needs=_needs(record, demands, values),
        reading=reading,
        undecided=() if "industries" in asked.values or reading is None else reading.fields.undecided,
    )
    return weighed(question) if demands else question


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a question that hold no name."""
    area, floor = values.get("area") or {}, values.get("floor") or {}
    return {
        "area_ha": area.get("ha"),
        "area_low_ha": area.get("low_ha"),
        "area_text": area.get("text"),
        "floor_m2": floor.get("m2"),
        "floor_text": floor.get("text"),
        "premises": values.get("premises"),
        "levels": tuple(values.get("level", ())),
        "prefer_levels": tuple(values.get("prefer_level", ())),
        "within": values.get("within"),
        "max_km": values.get("max_km", {}),
        "min_km": values.get("min_km", {}),
        "far_from": tuple(values.get("far_from", ())),
        "everything": values.get("tiers") == "all",
        "asked_weights": {name: values[name] for name in ("preset", "emphasis", "weights") if values.get(name)},
        "limit": min(values.get("limit", 10), MOST_LIMIT),
    }


def _needs(record: PlanningRecord, demands: Sequence[Demand], values: Mapping[str, Any]) -> tuple[Need, ...]:
    """Return the gateways that our table gives the industries, without those that should be far."""
    if values.get("needs") == "off":
        return ()
    return tuple(need for need in needed(record, demands) if need.gateway not in values.get("far_from", ()))


def _unknown_demand(reading: Reading, sentence: str) -> Demand:
    """Return what a sentence asks against that is no industry of the taxonomy: rules may know its words (危化品)."""
    taken = {at for span in reading.spans for at in range(span.start, span.end)}
    left = "".join("" if at in taken else char for at, char in enumerate(sentence)).strip(" ，,。?？!！")
    return Demand(left or sentence, ())


def _no_industry(asked: SitingRequest, reading: Reading | None) -> ParameterError:
    message = Message("names no industry that is known; say which, or give industries")
    return ParameterError("q" if reading is not None else "industries", message, asked.values.get("q", ""))


_SAME = (
    "ask", "place", "districts", "avoid_districts", "prefer_districts", "in_elements", "avoid_elements", "max_km",
    "min_km", "near", "apart", "far_from", "emphasis", "preset", "limit", "premises",
)  # fmt: skip
"""Fields of a reading that are called alike in a request."""


def _of_reading(reading: Reading) -> dict[str, Any]:
    """Return the fields that a sentence was read as, under the names of a request."""
    fields = reading.fields
    found = {name: getattr(fields, name) for name in _SAME}
    found |= {"level": fields.levels, "prefer_level": fields.prefer_levels}
    if fields.area_ha is not None:
        found["area"] = {"ha": fields.area_ha, "low_ha": fields.area_low_ha, "text": fields.area_text}
    if fields.floor_m2 is not None:
        found["floor"] = {"m2": fields.floor_m2, "text": fields.floor_text}
    return {name: value for name, value in found.items() if value not in (None, (), {})}


def _place(values: Mapping[str, Any], record: PlanningRecord, errors: list[ParameterError]) -> str | None:
    """Return the zone that a question is about; one that asks about a place has to name it."""
    if "place" not in values:
        if values.get("ask") in ("place", "what"):
            errors.append(ParameterError("place", Message("should name the place that the question is about")))
        return None
    found = _names({"place": (values["place"],)}, ("place",), lambda: _subject_names(record), errors)["place"]
    return found[0] if found else None


def _subject_names(record: PlanningRecord) -> list[tuple[str, Zone | Element | Facility]]:
    """Return what a question may be about: zones, theme parks and elements of plans."""
    themes = [one for one in record.zones.values() if one.kind == "theme_park"]
    named: list[tuple[str, Zone | Element | Facility]] = [*_zone_names(record)]
    named += [(one.id, one) for one in themes] + [(normalise(one.name_zh), one) for one in themes]
    named += [(normalise(name), one) for one in themes for name in one.other_names]
    return [*named, *_element_names(record)]


def _near(
    values: Mapping[str, Any], field: str, record: PlanningRecord, errors: list[ParameterError]
) -> tuple[Near, ...]:
    """Return the named places of a field; each has to be drawn on the map."""
    given = values.get(field) or ()
    found = []
    for words, km in given:
        ids = _names({field: (words,)}, (field,), lambda: _place_names(record), errors)[field]
        zone = record.zones.get(ids[0]) if ids else None
        if zone is not None and not zone.located:
            message = Message("is not drawn on the map, so that no distance to it is known")
            errors.append(ParameterError(field, message, words))
        found += [Near(one, km) for one in ids]
    return tuple(found)


def _place_names(record: PlanningRecord) -> list[tuple[str, Zone | Element | Facility]]:
    facilities = list(record.facilities.values())
    named: list[tuple[str, Zone | Element | Facility]] = [*_zone_names(record)]
    named += [(one.id, one) for one in facilities] + [(normalise(one.name_zh), one) for one in facilities]
    return named + [(normalise(one.name_en), one) for one in facilities]


async def _demands(
    reader: Reader, field: str, given: Sequence[str] | None, reading: Reading | None, sentence: str
) -> tuple[Demand, ...]:
    """Return the industries of a field: those given, else those of the sentence, one demand a word."""
    if given is not None:
        return await _demands_given(reader, given, field)
    spans = [one for one in reading.spans if one.field == field] if reading is not None else []
    last: tuple[int, tuple[str, ...]] | None = None
    demands: dict[tuple[str, ...], Demand] = {}
    for span in spans:
        ids = tuple(span.value)
        if last is not None and _EITHER.fullmatch(sentence[last[0] : span.start]) and last[1] in demands:
            # 新能源汽车或者动力电池: one of them will do, so that the nearer counts.
            one = demands.pop(last[1])
            other = await _demand_of(reader, span.text, ids)
            ids = tuple(dict.fromkeys((*last[1], *ids)))
            demands[ids] = Demand(f"{one.words}或{other.words}", tuple(dict.fromkeys((*one.matches, *other.matches))))
        elif ids not in demands:
            demands[ids] = await _demand_of(reader, span.text, ids)
        last = span.end, ids
    return tuple(demands.values())


_EITHER = re.compile(r"\s*(?:或者?是?|或|\bor\b|/)\s*", re.I)
"""Between two industries of which one will do."""


async def _demands_given(reader: Reader, given: Sequence[str], field: str) -> tuple[Demand, ...]:
    """Return the industries given, one demand each: what two words lead to alike is wished for once.

    Raises
    ------
    BadRequest
        Naming every word that is none.
    """
    errors: list[ParameterError] = []
    found: dict[tuple[Match, ...], Demand] = {}
    waiting = list(given)
    while waiting:
        words = waiting.pop(0)
        try:
            demand = await _demand(reader, words, field)
            found.setdefault(tuple(Match(one.id, one.weight, "") for one in demand.matches), demand)
        except BadRequest as error:
            parts = _parts(words)
            waiting[:0] = parts
            errors += [] if parts else error.errors
    if len(found) > MOST_WORDS:
        errors.append(ParameterError(field, Message("should name at most {most}", most=MOST_WORDS)))
    if errors:
        raise BadRequest(titled(errors))
    return tuple(found.values())


def _parts(words: str) -> list[str]:
    """Return the words that 、 joins; none where it joins nothing. It stands in names too, so whole words go first."""
    parts = [one.strip() for one in words.split("、") if one.strip()]
    return parts if parts != [words] else []


async def _demand(reader: Reader, words: str, field: str = "industries") -> Demand:
    """Return the demand of words: what they mean most directly; what that belongs to is the matter of the tree."""
    matches = await match_industry(reader, simplified(words), field)
    usable = [one for one in matches if one.weight >= FOUND and one.kind != "parent"] or matches
    demand = Demand(words, tuple(Match(one.id, one.weight, one.kind) for one in usable))
    return replace(demand, matches=demand.meant)


async def _demand_of(reader: Reader, words: str, ids: tuple[str, ...]) -> Demand:
    """Return the demand of a word of a sentence: what the word leads to, if that is what was read."""
    try:
        demand = await _demand(reader, words)
    except BadRequest:
        demand = Demand(words, ())
    if set(ids) == {one.id for one in demand.matches}:
        return demand
    return Demand(words, tuple(Match(one, 1.0, "id") for one in ids))


def _zone_names(record: PlanningRecord) -> list[tuple[str, Zone]]:
    zones = [one for one in record.zones.values() if one.kind != "theme_park"]
    named = [(one.id, one) for one in zones] + [(normalise(one.name_zh), one) for one in zones]
    named += [(normalise(one.name_en), one) for one in zones]
    return named + [(normalise(name), one) for one in zones for name in one.other_names]


def _element_names(record: PlanningRecord) -> list[tuple[str, Element]]:
    elements = record.elements.values()
    named = [(one.id, one) for one in elements] + [(normalise(one.name_zh), one) for one in elements]
    named += [(normalise(one.name_zh.rpartition("：")[2]), one) for one in elements]
    return named + [(normalise(one.name_en), one) for one in elements]


def _names(
    values: Mapping[str, Any],
    fields: Sequence[str],
    names: Callable[[], Sequence[tuple[str, Zone | Element | Facility]]],
    errors: list[ParameterError],
) -> dict[str, tuple[str, ...]]:
    """Return the ids of what the words of some fields name; the first of what is called alike."""
    if not any(values.get(field) for field in fields):
        return dict.fromkeys(fields, ())
    named = names()
    known: dict[str, str] = {}
    for name, thing in named:
        known.setdefault(name, thing.id)
    found: dict[str, tuple[str, ...]] = {}
    for field in fields:
        ids = []
        waiting = list(values.get(field, ()))
        while waiting:
            words = waiting.pop(0)
            one = known.get(words) or known.get(normalise(simplified(words)))
            if one is None and _parts(words):
                waiting[:0] = _parts(words)
            elif one is None:
                near = nearest(words, [(name, thing.name_zh) for name, thing in named])
                errors.append(ParameterError(field, _unknown(near), words, near))
            else:
                ids.append(one)
        found[field] = tuple(dict.fromkeys(ids))
    return found


def _unknown(near: Sequence[str]) -> str:
    if near:
        return Message("nothing is called so; did you mean {names}?", names="、".join(near))
    return Message("nothing is called so")


def _layer(values: Mapping[str, Any], registry: Registry, errors: list[ParameterError]) -> LayerDefinition | None:
    if "layer" not in values:
        return None
    layer = registry.layers.get(values["layer"])
    if layer is None:
        errors.append(ParameterError("layer", "there is no such layer", values["layer"], tuple(registry.layers)))
    return layer


def _excluded(
    values: Mapping[str, Any], registry: Registry, errors: list[ParameterError]
) -> tuple[LayerDefinition, ...]:
    polygons = [layer.id for layer in registry.layers.values() if layer.geometry == "polygon"]
    found = []
    for name in values.get("exclude_layers", ()):
        if name in polygons:
            found.append(registry.layers[name])
        else:
            errors.append(ParameterError("exclude_layers", "should be published polygon layers", name, polygons))
    return tuple(found)
