"""Intake: a request's fields read, a sentence read into them, and every name resolved."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from app.db.reader import Reader
from app.facts.industries import FOUND, match_industry
from app.facts.names import nearest, normalise
from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.registry.definition import LayerDefinition
from app.registry.reader import Registry
from app.search.normal import simplified
from app.siting.fields import FIELDS, MOST_LIMIT, MOST_WORDS, Wrong, as_text
from app.siting.knowledge import Element, Knowledge, Zone
from app.siting.question import Match, Question, Wish
from app.siting.reading import Dictionary, Reading, read_sentence
from app.siting.weights import NOTHING_WEIGHS, WEIGHED, weighed

_FROM_SENTENCE = {"levels": "level", "area_ha": "area"}
"""Fields of a reading that are called otherwise in a request."""


@dataclass(frozen=True)
class Asked:
    """A request's fields, read but not yet resolved.

    Attributes
    ----------
    values
        By name; only those that were given.
    """

    values: Mapping[str, Any]

    @property
    def canonical(self) -> str:
        """The fields as text that is the same for the same question."""
        return as_text(self.values)

    @property
    def layers(self) -> tuple[str, ...]:
        """Ids of the layers that the fields name."""
        return (*((self.values["layer"],) if "layer" in self.values else ()), *self.values.get("exclude_layers", ()))

    @property
    def query(self) -> str:
        """The fields as the query of an address."""
        pairs = [(name, one.write(self.values[name])) for name, one in FIELDS.items() if name in self.values]
        return urlencode(pairs, safe=",:")


def read_fields(given: Mapping[str, Any], prefix: str = "") -> Asked:
    """Read the fields of a request.

    Raises
    ------
    BadRequest
        Naming every field that is wrong, and what would be right.
    """
    errors, values = [], {}
    for name, value in given.items():
        if name not in FIELDS:
            errors.append(ParameterError(name[:100], "there is no such field", allowed=tuple(FIELDS)))
        elif value not in (None, [], {}):
            try:
                values[name] = FIELDS[name].read(value)
            except Wrong as error:
                errors.append(ParameterError(prefix + name, error.message, _short(value), error.allowed))
    if not values.keys() & {"preset", "q"} and "weights" in values and not any(values["weights"].values()):
        errors.append(ParameterError("weights", NOTHING_WEIGHS, _short(given["weights"]), WEIGHED))
    if not errors and not values.keys() & {"industries", "q"}:
        errors.append(
            ParameterError(
                "industries",
                "should name at least one industry, such as 集成电路; or ask with q in a sentence",
            )
        )
    if errors:
        raise BadRequest(errors)
    return Asked({name: values[name] for name in FIELDS if name in values})


def _short(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)[:200]


async def resolve(
    asked: Asked, *, reader: Reader, registry: Registry, knowledge: Knowledge, dictionary: Dictionary
) -> Question:
    """Return the question that a request's fields ask.

    Raises
    ------
    BadRequest
        When a name is not known, with those that are near; when no industry is named.
    """
    values = dict(asked.values)
    reading = read_sentence(values["q"], dictionary) if "q" in values else None
    from_sentence = _of_reading(reading) if reading is not None else {}
    wishes = await _wishes(reader, values.get("industries"), reading)
    values = from_sentence | values
    errors: list[ParameterError] = []
    zones = _names(values, ("districts", "avoid_districts"), lambda: _zone_names(knowledge), errors)
    elements = _names(values, ("in_elements", "avoid_elements"), lambda: _element_names(knowledge), errors)
    layer = _layer(values, registry, errors)
    excluded = _excluded(values, registry, errors)
    if not wishes:
        errors.append(
            ParameterError(
                "q", "names no industry that is known; say which, or give industries", asked.values.get("q", "")
            )
        )
    if errors:
        raise BadRequest(errors)
    asked_weights = {name: values.get(name) for name in ("preset", "emphasis", "weights") if values.get(name)}
    question = Question(
        wishes=wishes,
        area_ha=values.get("area"),
        levels=tuple(values.get("level", ())),
        districts=zones["districts"],
        avoid_districts=zones["avoid_districts"],
        in_elements=elements["in_elements"],
        avoid_elements=elements["avoid_elements"],
        within=values.get("within"),
        max_km=values.get("max_km", {}),
        min_km=values.get("min_km", {}),
        exclude_layers=excluded,
        layer=layer,
        asked_weights=asked_weights,
        limit=min(values.get("limit", 10), MOST_LIMIT),
        reading=reading,
    )
    return weighed(question)


def _of_reading(reading: Reading) -> dict[str, Any]:
    """Return the fields that a sentence was read as, under the names of a request."""
    found = {}
    fields = reading.fields
    for name in (
        "area_ha", "levels", "districts", "avoid_districts", "in_elements", "avoid_elements",
        "max_km", "min_km", "emphasis", "preset", "limit",
    ):  # fmt: skip
        value = getattr(fields, name)
        if value not in (None, (), {}):
            found[_FROM_SENTENCE.get(name, name)] = value
    return found


async def _wishes(reader: Reader, given: Sequence[str] | None, reading: Reading | None) -> tuple[Wish, ...]:
    """Return the industries wished for: those given, else those of the sentence, one wish a word."""
    if given is not None:
        return await _wishes_given(reader, given)
    spans = [one for one in reading.spans if one.field == "industries"] if reading is not None else []
    wishes: dict[tuple[str, ...], Wish] = {}
    for span in spans:
        ids = tuple(span.value)
        if ids not in wishes:
            wishes[ids] = await _wish_of(reader, span.text, ids)
    return tuple(wishes.values())


async def _wishes_given(reader: Reader, given: Sequence[str]) -> tuple[Wish, ...]:
    """Return the industries given, one wish each: what two words lead to alike is wished for once.

    Raises
    ------
    BadRequest
        Naming every word that is none.
    """
    errors: list[ParameterError] = []
    found: dict[tuple[Match, ...], Wish] = {}
    waiting = list(given)
    while waiting:
        words = waiting.pop(0)
        try:
            wish = await _wish(reader, words)
            found.setdefault(tuple(Match(one.id, one.weight, "") for one in wish.matches), wish)
        except BadRequest as error:
            parts = _parts(words)
            waiting[:0] = parts
            errors += [] if parts else error.errors
    if len(found) > MOST_WORDS:
        errors.append(ParameterError("industries", Message("should name at most {most}", most=MOST_WORDS)))
    if errors:
        raise BadRequest(errors)
    return tuple(found.values())


def _parts(words: str) -> list[str]:
    """Return the words that 、 joins; none where it joins nothing. It stands in names too, so whole words go first."""
    parts = [one.strip() for one in words.split("、") if one.strip()]
    return parts if parts != [words] else []


async def _wish(reader: Reader, words: str) -> Wish:
    matches = await match_industry(reader, simplified(words), "industries")
    # What words belong to is a relation of its own (above, sector): were it meant, 未来产业 would count as 细胞治疗.
    usable = [one for one in matches if one.weight >= FOUND and one.kind != "parent"] or matches
    return Wish(words, tuple(Match(one.id, one.weight, one.kind) for one in usable))


async def _wish_of(reader: Reader, words: str, ids: tuple[str, ...]) -> Wish:
    """Return the wish of a word of a sentence: what the word leads to, if that is what was read."""
    try:
        wish = await _wish(reader, words)
    except BadRequest:
        wish = Wish(words, ())
    if set(ids) <= {one.id for one in wish.matches}:
        return wish
    return Wish(words, tuple(Match(one, 1.0, "id") for one in ids))


def _zone_names(knowledge: Knowledge) -> list[tuple[str, Zone]]:
    zones = [one for one in knowledge.zones.values() if one.kind != "theme_park"]
    named = [(one.id, one) for one in zones] + [(normalise(one.name_zh), one) for one in zones]
    named += [(normalise(one.name_en), one) for one in zones]
    return named + [(normalise(name), one) for one in zones for name in one.other_names]


def _element_names(knowledge: Knowledge) -> list[tuple[str, Element]]:
    elements = knowledge.elements.values()
    named = [(one.id, one) for one in elements] + [(normalise(one.name_zh), one) for one in elements]
    named += [(normalise(one.name_zh.rpartition("：")[2]), one) for one in elements]
    return named + [(normalise(one.name_en), one) for one in elements]


def _names(
    values: Mapping[str, Any],
    fields: Sequence[str],
    names: Callable[[], Sequence[tuple[str, Zone | Element]]],
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
