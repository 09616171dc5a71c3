"""Terminal: an answer as lines of text."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from app.language import Language
from app.siting.brief import brief
from app.siting.citations import reference
from app.siting.sections import Place, Section, first_of, name_of, sections, tier_title
from app.siting.vocabulary import bracketed, labelled, listed, word
from app.siting.words import say

_EXPLAINED = 3
"""Places whose reasons are printed."""

Document = Mapping[str, Any]


def lines(document: Document, language: Language) -> list[str]:
    """Return an answer as lines for a terminal.

    Parameters
    ----------
    document
        The answer.
    language
        ``zh`` or ``en``.
    """
    parts = dict(zip(("question", "answer", "basis", "uncertain", "open"), brief(document, language), strict=True))
    found = _paragraph(*parts["question"]) + _paragraph(*parts["answer"])
    for section in sections(document):
        found += _section(document, section, language)
    found += _industries(document, language) + _elsewhere(document, language) + _rules(document, language)
    found += _premises(document, language)
    if document["alternatives"]:
        found += ["", f"## {say('report_alternatives')[language]}"]
        found += [f"  - {one['says'][language]}" for one in document["alternatives"]]
    for key in ("basis", "uncertain", "open"):
        found += _paragraph(*parts[key])
    return found[1:]


def _paragraph(title: str, text: str) -> list[str]:
    return ["", f"## {title}", *text.split("\n")]


def _section(document: Document, section: Section, language: Language) -> list[str]:
    """Return a section: a table of its places, and the reasons of the first."""
    used = [one for one in document["criteria"] if one["used"]]
    ranked, mixed = section.ranked, section.mixed
    keys = [*(["rank"] if ranked else []), "name", *(["tier"] if mixed else []), "score"]
    rows = [[*(say(f"head_{key}")[language] for key in keys), *(one["title"][language] for one in used)]]
    for place in section.places:
        values = {value["name"]: value for value in place["criteria"]}
        rank = [str(place["rank"] or "–")] if ranked else []
        cells = [_cell(values.get(criterion["name"])) for criterion in used]
        first = first_of(document, place)
        name = name_of(place, language) + (f" [{first[language]}]" if first is not None else "")
        tier = [tier_title(place)[language]] if mixed else []
        rows.append([*rank, name, *tier, f"{place['score']:.1f}", *cells])
    found = ["", f"## {section.title[language]}"]
    if section.note is not None:
        found.append(section.note[language])
    found += _aligned(rows)
    for place in section.places[:_EXPLAINED]:
        found += _reasons(place, language)
    return found


def _reasons(place: Place, language: Language) -> list[str]:
    name = name_of(place, language)
    rank = f"{place['rank']} " if place["rank"] is not None else ""
    tier, why = place["tier_says"][language], place["reasons"][language]
    found = [] if any(one.startswith(tier) for one in why) else [tier]
    found += [one["says"][language] for one in place["possible"]]
    found += [
        say("report_area", area=name_of(one, language), says=one["says"])[language]
        for one in place["areas"]
        if one["better"]
    ]
    return ["", f"{rank}{name}", *(f"  - {one}" for one in [*found, *why])]


def _industries(document: Document, language: Language) -> list[str]:
    if not document["industries"]:
        return []
    found = ["", f"## {say('report_industries')[language]}"]
    for one in document["industries"]:
        tier, rank = word("tier", one["tier"])[language], word("standing", one["rank"])[language]
        name = name_of(one["industry"], language)
        found += [f"  - {name}{bracketed(listed([tier, rank], language), language)}", *_evidence(one["evidence"])]
    return found


def _elsewhere(document: Document, language: Language) -> list[str]:
    if not document["elsewhere"]:
        return []
    found = ["", f"## {say('section_elsewhere')[language]}", say("note_elsewhere")[language]]
    for one in document["elsewhere"]:
        found += [
            f"  - {labelled(name_of(one, language), one['says'][language], language)}",
            *_evidence(one["evidence"]),
        ]
    return found


def _rules(document: Document, language: Language) -> list[str]:
    against = document["against"]
    items = [*(against["statements"] if against is not None else ()), *document["rules"]]
    found = ["", f"## {say('report_rules')[language]}", say("report_rules_note")[language]] if items else []
    for one in items:
        effect = word("effect", one["effect"])[language]
        source = bracketed(reference({**one, "wording": None}), language)
        found.append(f"  - [{effect}] {one['says'][language]}{source}")
    return found


def _premises(document: Document, language: Language) -> list[str]:
    if not document["premises"]:
        return []
    found = ["", f"## {say('report_premises')[language]}", say("report_premises_note")[language]]
    for one in document["premises"]:
        found += [
            f"  - {labelled(name_of(one, language), one['says'][language], language)}",
            *_evidence(one["evidence"]),
        ]
    return found


def _evidence(items: Sequence[Mapping[str, Any]]) -> list[str]:
    return [f"      {reference(one)}" for one in items if one.get("document")]


def _cell(value: Mapping[str, Any] | None) -> str:
    return "–" if value is None or value["missing"] else f"{value['normalised']:.2f}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as columns; Chinese characters are two cells wide on a terminal."""
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
