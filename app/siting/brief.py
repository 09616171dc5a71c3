"""Brief: an answer as question, answer, basis, uncertainties and factors not considered, to paste into a document."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.siting.citations import cited, quoted
from app.siting.request_lines import missed_words, request_lines
from app.siting.sections import Place, Section, every_place, name_of, names, sections
from app.siting.vocabulary import bracketed, few, labelled, listed, sequence
from app.siting.words import Words, say

Document = Mapping[str, Any]

_MOST_NAMES = 5
_MOST_CITED = 12
_MOST_RULES = 3
_MOST_AREAS = 2
_ENDS = "。.！!？?；;"


def brief(document: Document, language: str) -> list[tuple[str, str]]:
    """Return an answer in five parts: title and text of each, a text of one or more lines.

    Parameters
    ----------
    document
        The answer; nothing else is looked at, so that panel, report, workbook and command say the same.
    language
        ``zh`` or ``en``.
    """
    parts: tuple[tuple[str, Callable[[Document, str], Iterable[str]]], ...] = (
        ("question", _question),
        ("answer", _answer),
        ("basis", _basis),
        ("uncertain", _uncertain),
        ("not_considered", _not_considered),
    )
    return [(say(f"brief_{key}")[language], _lines(part(document, language), language)) for key, part in parts]


def brief_text(document: Document, language: str) -> str:
    """Return the brief as plain text, each part under its title, to paste into a document."""
    return "\n\n".join(f"{title}\n{text}" for title, text in brief(document, language)) + "\n"


def _lines(sentences: Iterable[str], language: str) -> str:
    """Return sentences as lines; several lines are numbered."""
    found = [finished(one, language) for one in sentences if one]
    if len(found) < 2:
        return "".join(found)
    marks = ("（", "）") if language == "zh" else ("(", ") ")
    return "\n".join(f"{marks[0]}{number}{marks[1]}{one}" for number, one in enumerate(found, 1))


def finished(text: str, language: str) -> str:
    """Return a text as a sentence: with a full stop, unless it has an end, and in English with a capital."""
    if language == "en":
        text = text[:1].upper() + text[1:]
    return text if text[-1:] in _ENDS else text + ("。" if language == "zh" else ".")


def _question(document: Document, language: str) -> Iterable[str]:
    reading = document["request"]["reading"]
    parts = [
        labelled(what, text, language)
        for what, text in request_lines(document, language)
        if what != say("asked_preset")[language]
    ]
    lines = sequence(parts, language)
    if reading is None:
        yield lines
        return
    yield say("brief_quoted", text=reading["sentence"])[language]
    yield say("brief_read_as", lines=lines)[language]
    missed = missed_words(document, language)
    yield say("brief_missed", words=listed(missed, language))[language] if missed else ""


def _answer(document: Document, language: str) -> Iterable[str]:
    yield document["conclusion"][language]
    if document["verdict"] is not None:
        yield document["verdict"]["says"][language]
    for section in sections(document):
        yield _section(section, language)
    for place in every_place(document)[:_MOST_NAMES]:
        for area in [one for one in place["areas"] if one["better"]][:_MOST_AREAS]:
            name, park = name_of(area, language), name_of(place, language)
            yield say("brief_area", park=park, area=name, says=area["says"])[language]
    yield from _industries(document, language)
    if document["kind"] == "place" and document["elsewhere"]:
        yield say("brief_elsewhere", names=few(names(document["elsewhere"], language), language))[language]
    yield from _rules(document, language)


def _section(section: Section, language: str) -> str:
    """Return a section as a sentence with the names of its places; nothing for what the conclusion says already."""
    if section.name == "itself":
        ranked = [say("brief_ranked_one", name=name_of(one, language), score=round(one["score"], 1))[language]
                  for one in section.places]  # fmt: skip
        return say("brief_ranked", names=few(ranked, language))[language]
    if section.name in ("surrounding", "related"):
        found = few(names(section.places, language), language)
        return say(f"brief_{section.name}", names=found, count=len(section.places))[language]
    return ""


def _industries(document: Document, language: str) -> Iterable[str]:
    own = [one["industry"] for one in document["industries"] if one["tier"] == "itself"]
    around = [one["industry"] for one in document["industries"] if one["tier"] != "itself"]
    if own:
        found = few(names(own, language), language, 3 * _MOST_NAMES, "brief_more_items")
        yield say("brief_industries", names=found)[language]
    if around:
        found = few(names(around, language), language, _MOST_NAMES, "brief_more_items")
        yield say("brief_industries_around", names=found)[language]


def _rules(document: Document, language: str) -> Iterable[str]:
    against = document["against"]
    rules = against["statements"] if against is not None else document["rules"]
    weighty = [one for one in rules if one["effect"] != "note"] or (rules if against is not None else [])
    for rule in weighty[:_MOST_RULES]:
        yield say("brief_rules_effect", effect=say(f"effect_{rule['effect']}"), says=rule["says"])[language]


def _basis(document: Document, language: str) -> Iterable[str]:
    found = cited(document, language)
    if not found:
        yield say("brief_no_basis")[language]
        return
    documents = {one["id"]: one for one in document["documents"]}
    by_document: dict[str, dict[str, list[str]]] = {}
    for key, subject, locator, wording in found[:_MOST_CITED]:
        by_document.setdefault(key, {}).setdefault(subject, []).append(f"{locator}{quoted(wording)}")
    dash = "——" if language == "zh" else " – "
    for key, subjects in by_document.items():
        items = [f"{subject}{dash}{listed(places, language)}" for subject, places in subjects.items()]
        yield labelled(_document(documents.get(key), key, language), sequence(items, language), language)
    if len(found) > _MOST_CITED:
        yield say("brief_more_citations")[language]


def _document(one: Mapping[str, Any] | None, key: str, language: str) -> str:
    """Return the title of a document with its period."""
    if one is None:
        return f"《{key}》"
    period = one["period"][f"text_{language}"]
    if language == "zh":
        return f"《{one['title_zh']}》{bracketed(period, language)}"
    short = f"《{one['short_title_zh']}》"
    return f"{one['title_en']}{bracketed(sequence([short, period], language), language)}"


def _uncertain(document: Document, language: str) -> Iterable[str]:
    verdict, places = document["verdict"], every_place(document)
    if verdict is not None:
        for one in verdict["turned_by"]:
            yield one["says"][language] if one["share"] > 0 else ""
    possible = [
        name_of(one, language)
        + bracketed(sequence([each["says"][language] for each in one["possible"]], language), language)
        for one in document["results"]
        if one["possible"]
    ]
    if possible:
        yield say("brief_possible", count=len(possible), names=few(possible, language, 3))[language]
    missing = _missing(document, places, language)
    yield say("brief_missing", places=missing)[language] if missing else ""
    yield _expired(document, language)
    if places:
        yield say("brief_outlines")[language]
        yield say("brief_weights_given" if document["request"]["weights_given"] else "brief_weights")[language]


def _expired(document: Document, language: str) -> str:
    """Return which of the documents that are cited have expired."""
    used = {key for key, *_ in cited(document, language)[:_MOST_CITED]}
    expired = [one for one in document["documents"] if one["id"] in used and one["period"]["expired"]]
    titles = "、".join(f"《{one['short_title_zh']}》" for one in expired)
    return say("brief_expired", titles=titles, count=len(expired))[language] if expired else ""


def _missing(document: Document, places: Sequence[Place], language: str) -> str:
    """Return which of the first places lack data, and which."""
    titles = {one["name"]: one["title"][language] for one in document["criteria"]}
    found = [
        name_of(one, language) + bracketed(listed([titles[name] for name in one["missing"]], language), language)
        for one in places
        if one["missing"]
    ]  # fmt: skip
    return few(found, language, 3)


def _not_considered(document: Document, language: str) -> Iterable[str]:
    request = document["request"]
    yield say("brief_vacant_parcels" if request["layer"] else "brief_vacant")[language]
    yield say("brief_vacant_floor")[language] if request["floor"] is not None else ""
    yield say("brief_prices")[language]
    yield _controls(document)[language]
    yield say("brief_capacity")[language]
    elsewhere = few(names(document["elsewhere"], language), language)
    yield say("brief_elsewhere_missing", names=elsewhere)[language] if elsewhere else ""
    missed = missed_words(document, language)
    yield say("brief_not_read", words=listed(missed, language))[language] if missed else ""


def _controls(document: Document) -> Words:
    against = document["against"]
    if against is None or not against["missing_layers"]:
        return say("brief_controls_any")
    layers = against["missing_layers"]
    names = {language: listed([one[language] for one in layers], language) for language in ("zh", "en")}
    return say("brief_controls", layers=names)
