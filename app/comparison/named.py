"""What documents say of a zone beyond its industries: directions, theme parks, what is named, links, contradictions."""

from collections.abc import Callable, Sequence
from typing import Any

from app.comparison.parts import Part, cited
from app.comparison.words import Words
from app.db.vocabulary import THING_KINDS

KINDS = tuple(kind for kind in THING_KINDS if kind != "project")
"""Kinds of named things that have a row, in the order of the rows; projects have a section of their own."""

COUNTS = ("here", "candidate", "listed")
"""What is counted of a kind: placed here by a document, perhaps here, named for the area without a place in it."""


def directions(record: dict[str, Any], words: Words) -> list[Part]:
    """Return what documents say a zone is to become: in our words, with the printed clause beside them."""
    return [
        Part(words.of(one, "text"), note=words("clause", clause=one["clause_zh"]), **cited(words, one))
        for one in record["directions"]
    ]


def placed(items: Sequence[dict[str, Any]], words: Words) -> list[Part]:
    """Return the theme parks of a zone, or the zones of a theme park: a part for each statement of a document."""
    return [
        Part(
            words.of(one, "name"),
            note=words("wording", wording=one["wording"]) if one["wording"] else "",
            **cited(words, one),
        )
        for one in items
    ]


def counts_of(record: dict[str, Any], kind: str) -> dict[str, int]:
    """Return how many things of a kind documents place in a zone, hold possible there, or only name for it."""
    found = next((one for one in record["named"] if one["kind"] == kind), None)
    return {name: found[name] if found else 0 for name in COUNTS}


def named_rows(words: Words) -> dict[str, Callable[[dict[str, Any]], Sequence[Part]]]:
    """Return a row for each kind of thing, and one for what documents require of a zone."""

    def of(kind: str) -> Callable[[dict[str, Any]], Sequence[Part]]:
        def cell(record: dict[str, Any]) -> list[Part]:
            counts = counts_of(record, kind)
            return [Part(words(f"named_{name}", count=count)) for name, count in counts.items() if count]

        return cell

    def rules(record: dict[str, Any]) -> list[Part]:
        count = record["rule_count"]
        return [Part(words("rule_count_text", count=count))] if count else []

    return {**{f"thing_{kind}": of(kind) for kind in KINDS}, "rules": rules}


def links(record: dict[str, Any], words: Words) -> list[Part]:
    """Return the ties between a zone and others that documents state."""
    return [
        Part(words.of(one, "summary"), note=words(f"link_{one['kind']}"), **cited(words, one))
        for one in record["links"]
    ]


def contradictions(record: dict[str, Any], words: Words) -> list[Part]:
    """Return where documents say different things of a zone, with each of the places."""
    return [Part(words.of(one, "summary"), **cited(words, *one["sides"])) for one in record["contradictions"]]
