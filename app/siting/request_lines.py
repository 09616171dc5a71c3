"""Request lines: the question as it was understood, as pairs of what and asked."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from app.siting.criteria import CRITERIA, GROUP_TITLES
from app.siting.gateways import GATEWAYS
from app.siting.sections import name_of, names
from app.siting.vocabulary import bracketed, labelled, listed, word
from app.siting.words import Words, joined, number, say

Request = Mapping[str, Any]
Line = tuple[str, str]

_SQUARE_METRES = re.compile(r"^\d[\d,.]*\s*(?:平方米|平米|㎡|m²|m2)$")
_ZONES = (
    "districts", "avoid_districts", "in_elements", "avoid_elements", "prefer_districts",
)  # fmt: skip


def request_lines(document: Mapping[str, Any], language: str) -> list[Line]:
    """Return the question of an answer: what is asked, and how.

    Parameters
    ----------
    document
        The answer.
    language
        ``zh`` or ``en``.
    """
    request, titles = document["request"], _titles()
    found: list[tuple[str, str]] = []
    for part in (_subject, _land, _places, _distances, _weights):
        found += part(request, titles, language)
    return [(say(f"asked_{key}")[language], text) for key, text in found if text]


def missed_words(document: Mapping[str, Any], language: str) -> list[str]:
    """Return what was not understood or not used of a sentence, each quoted with the reason."""
    reading = document["request"]["reading"]
    if reading is None:
        return []
    return [f"“{one['text']}”{bracketed(one[language], language)}" for one in reading["not_understood"]]


def _titles() -> dict[str, Words]:
    """Return what people see of criteria, gateways and groups, by name."""
    gateways = {name: dict(one.title) for name, one in GATEWAYS.items()}
    return {name: one.title for name, one in CRITERIA.items()} | gateways | GROUP_TITLES


def _subject(request: Request, titles: Mapping[str, Words], language: str) -> Iterable[Line]:
    ask = request["ask"]
    yield "ask", "" if ask == "where" else say(f"ask_{ask}")[language]
    yield "place", name_of(request["place"], language) if request["place"] is not None else ""
    for key, field in (("industry", "industries"), ("avoid_industries", "avoid_industries")):
        for one in request[field]:
            means = listed(names(one["means"], language), language)
            yield key, one["words"] if means == one["words"] else f"{one['words']} → {means}"


def _land(request: Request, titles: Mapping[str, Words], language: str) -> Iterable[Line]:
    area, floor = request["area"], request["floor"]
    yield "area", _area(area, language) if area is not None else ""
    if floor is not None:
        yield "floor", _floor(floor, language) if floor["m2"] is not None else ""
        yield "premises", floor["title"][language] if floor["title"] is not None else ""


def _area(area: Mapping[str, Any], language: str) -> str:
    """Return an area as it was given, and in hectares; in mu where it was given in hectares."""
    given, ha = area["given"], float(area["ha"])
    if given is None:
        return say("asked_area_says", ha=ha, mu=float(area["mu"]), km2=area["km2"])[language]
    if area["low_ha"] is not None:
        other = say("asked_hectares_between", low=float(area["low_ha"]), ha=ha)
    else:
        other = say("asked_mu", mu=float(area["mu"])) if "公顷" in given else say("asked_hectares", ha=ha)
    return str(given) + bracketed(other[language], language)


def _floor(floor: Mapping[str, Any], language: str) -> str:
    """Return a floor area as it was given, and in square metres where it was given otherwise."""
    given, metres = floor["given"], say("asked_square_metres", m2=float(floor["m2"]))[language]
    if given is None:
        return metres
    return str(given) if _SQUARE_METRES.search(given) and language == "zh" else given + bracketed(metres, language)


def _places(request: Request, titles: Mapping[str, Words], language: str) -> Iterable[Line]:
    for key, field in (("level", "level"), ("prefer_level", "prefer_level")):
        yield key, joined([word("level", one) for one in request[field]])[language]
    for field in _ZONES:
        yield field, listed(names(request[field], language), language)
    yield "within", say("asked_drawn")[language] if request["within"] is not None else ""
    yield "areas", say("areas_separate")[language] if request["areas"] == "separate" else ""
    yield "tiers", say("tiers_all")[language] if request["tiers"] == "all" else ""
    layers = {key: title[language] for key, title in request["layer_titles"].items()}
    yield "exclude_layers", listed([layers[key] for key in request["exclude_layers"]], language)
    yield "layer", layers.get(request["layer"], "")


def _distances(request: Request, titles: Mapping[str, Words], language: str) -> Iterable[Line]:
    for field in ("max_km", "min_km"):
        pairs = [
            say("asked_km", name=_title(titles, name), km=float(km))[language] for name, km in request[field].items()
        ]
        yield field, listed(pairs, language)
    for field, key in (("near", "asked_within_km"), ("apart", "asked_apart_km")):
        yield field, listed([_named_distance(one, key)[language] for one in request[field]], language)
    yield "far_from", joined([_title(titles, name) for name in request["far_from"]])[language]
    needs = [
        one["title"][language]
        + bracketed(labelled(name_of(one["industry"], language), one["why"][language], language), language)
        for one in request["needs"]
        if _compares(request)
    ]
    yield "needs", listed(needs, language)


def _named_distance(one: Mapping[str, Any], key: str) -> Words:
    name = {language: name_of(one, language) for language in ("zh", "en")}
    return say("asked_nearer", place=name) if one["km"] is None else say(key, place=name, km=float(one["km"]))


def _weights(request: Request, titles: Mapping[str, Words], language: str) -> Iterable[Line]:
    preset, given = request["preset"], request["weights_given"]
    yield "preset", word("preset", preset)[language] if preset and _compares(request) else ""
    yield "emphasis", joined([_title(titles, name) for name in request["emphasis"]])[language]
    pairs = [f"{_title(titles, name)[language]} {number(weight)}" for name, weight in (given or {}).items()]
    yield "weights", listed(pairs, language)


def _compares(request: Request) -> bool:
    """Tell whether places are compared, so that gateways and weights matter."""
    return request["ask"] in ("where", "place")


def _title(titles: Mapping[str, Words], name: str) -> Words:
    return titles.get(name, {"zh": name, "en": name})
