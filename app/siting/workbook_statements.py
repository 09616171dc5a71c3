"""Workbook, statements: the brief, what documents say, the conditions, and the question."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.siting.brief import brief
from app.siting.request_lines import missed_words, request_lines
from app.siting.sections import every_place, name_of, names, tier_title
from app.siting.vocabulary import listed, word
from app.siting.words import say
from app.siting.workbook_places import evidence, head

Document = Mapping[str, Any]
Row = Sequence[Any]


def brief_rows(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of the brief: a line a row."""
    yield head(language, "section", "text")
    for title, text in brief(document, language):
        for at, line in enumerate(text.split("\n")):
            yield [title if at == 0 else "", line]


def industries(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of what documents state for the place that was asked about."""
    yield head(language, "industry", "id", "tier", "rank_of", "says", "evidence")
    for one in document["industries"]:
        yield [
            name_of(one["industry"], language), one["industry"]["id"], word("tier", one["tier"])[language],
            word("standing", one["rank"])[language], one["says"][language], evidence(one["evidence"], language),
        ]  # fmt: skip


def elsewhere(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of what documents name without a park that is drawn."""
    yield head(language, "name", "id", "kind", "says", "note", "evidence", "address")
    for one in document["elsewhere"]:
        yield [
            name_of(one, language), one["id"], word("kind", one["kind"])[language], one["says"][language],
            one["note"][language] if one["note"] is not None else "", evidence(one["evidence"], language),
            one["address"],
        ]  # fmt: skip


def rules(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of the rules that bear on industry or place."""
    yield from _rules(document, document["rules"], language)


def against(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of what documents say against the industry, and of the layers that are not loaded."""
    found = document["against"]
    yield from _rules(document, found["statements"] if found is not None else (), language)
    for layer in found["missing_layers"] if found is not None else ():
        yield [say("report_missing_layers")[language], "", layer[language]]


def _rules(document: Document, items: Iterable[Mapping[str, Any]], language: str) -> Iterable[Row]:
    shown = {one["id"]: one for one in every_place(document)}
    yield head(
        language, "effect", "verb", "clause", "says", "scope", "bears_on", "document", "locator", "strength", "address"
    )
    for one in items:
        bears_on = (
            say("all_places")[language]
            if one["places"] is None
            else listed([name_of(shown[key], language) for key in one["places"] if key in shown], language)
        )
        yield [
            word("effect", one["effect"])[language], one["verb"], one["clause"], one["says"][language],
            listed(names(one["scope"], language), language), bears_on, one["short_title_zh"], one["locator"],
            word("strength", one["strength"])[language], one["address"],
        ]  # fmt: skip


def premises(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of carriers and premises that documents name."""
    yield head(language, "name", "id", "kind", "place", "says", "evidence")
    for one in document["premises"]:
        place = name_of(one["place"], language) if one["place"] is not None else ""
        yield [
            name_of(one, language), one["id"], word("kind", one["kind"])[language], place, one["says"][language],
            evidence(one["evidence"], language),
        ]  # fmt: skip


def conditions(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of the conditions: how many fail each, and what is left."""
    yield head(language, "constraint", "source", "removed", "alone", "left")
    for one in document["constraints"]:
        yield [
            one["rule"][language], one["source"][language], one["removed"], one["removed_by_it_alone"],
            one["left_after_it"],
        ]  # fmt: skip


def excluded(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of what fails a condition."""
    yield head(language, "name", "id", "tier", "score", "reasons")
    for one in document["excluded"]:
        tier = word("tier", one.get("tier"))[language]
        reasons = "\n".join(each[language] for each in one["reasons"])
        yield [name_of(one, language), one["id"], tier, one["score"], reasons]


def sensitivity(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of ranks under variation, and of what turns the first place."""
    yield head(language, "name", "best", "worst", "first_share", "tier")
    for one in every_place(document):
        spread = one["rank_range"]
        if spread is not None:
            yield [
                name_of(one, language), spread["best"], spread["worst"], spread["first_share"],
                tier_title(one)[language],
            ]  # fmt: skip
    verdict, found = document["verdict"], document["sensitivity"]
    if verdict is not None:
        yield [verdict["says"][language]]
        for one in verdict["turned_by"]:
            yield [word("assumption", one["assumption"])[language], one["says"][language], None, one["share"]]
    if found is not None:
        for key in ("topsis", "smallest_change"):
            if found.get(key) is not None:
                yield [found[key]["says"][language]]
    for one in document["alternatives"]:
        yield [one["says"][language]]


def question(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of the question as it was understood, and of the notes."""
    yield head(language, "field", "asked")
    reading = document["request"]["reading"]
    if reading is not None:
        yield [say("report_reading")[language], reading["sentence"]]
    yield from request_lines(document, language)
    missed = listed(missed_words(document, language), language)
    if missed:
        yield [say("report_not_understood")[language], missed]
    yield [say("head_version")[language], f"{document['data_version']} ({document['date']})"]
    for note in document["notes"]:
        yield [say("head_note")[language], note[language]]
