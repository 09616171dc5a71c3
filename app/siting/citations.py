"""Citations: what an answer stands on, by document, with the place in it and its own words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.siting.sections import Place, name_of, sections
from app.siting.words import say

_PLACES = 3
"""Places of the first section that are cited for."""
_STATED = ("industry", "policy")
"""Groups of criteria whose evidence is a statement about the place; the others count neighbours and distances."""

Cited = tuple[str, str, str, str]
"""Document, of what it is said, where in the document, and its own words."""


def cited(document: Mapping[str, Any], language: str) -> list[Cited]:
    """Return what an answer stands on, the most important first, each place in a document once a subject.

    Parameters
    ----------
    document
        The answer.
    language
        ``zh`` or ``en``.
    """
    found = [
        (str(one["document"]), subject, str(one["locator"]), str(one.get("wording") or ""))
        for subject, one in _statements(document, language)
        if one.get("document")
    ]
    return list(dict.fromkeys(found))


def _statements(document: Mapping[str, Any], language: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Yield the evidence of an answer, each with the name of what it is said of."""
    groups = {one["name"]: one["group"] for one in document["criteria"]}
    shown = sections(document)
    for place in shown[0].places[:_PLACES] if shown else ():
        for one in statements(place, groups):
            yield name_of(place, language), one
    for one in document["industries"]:
        for each in one["evidence"]:
            yield name_of(one["industry"], language), each
    for field in ("elsewhere", "premises"):
        for one in document[field]:
            for each in one["evidence"]:
                yield name_of(one, language), each
    against, rules = document["against"], document["rules"]
    for rule in [*(against["statements"] if against is not None else ()), *rules]:
        yield say("brief_rule")[language], {**rule, "wording": rule["clause"]}


def statements(place: Place, groups: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """Return what documents state about a place, the statements of its industry first.

    Parameters
    ----------
    place
        The place.
    groups
        Group of each criterion by its name.
    """
    values: Sequence[Mapping[str, Any]] = place["criteria"]
    return [
        evidence
        for group in _STATED
        for value in values
        if groups.get(value["name"]) == group
        for evidence in value["evidence"]
        if evidence.get("document")
    ]


def evidence_line(item: Mapping[str, Any], language: str) -> str:
    """Return a piece of evidence as a line: what is said, and where."""
    parts = [item["says"][language]] if "says" in item else []
    return " — ".join([*parts, reference(item)] if item.get("document") else parts)


def title_of(source: Mapping[str, Any]) -> str:
    """Return the short title of the document of a statement, in book-title marks."""
    return f"《{source.get('short_title_zh') or source['document']}》"


def reference(source: Mapping[str, Any]) -> str:
    """Return where a statement stands and its own words: 《…》表2“集成电路”."""
    return f"{title_of(source)}{source['locator']}{quoted(source.get('wording'))}"


def quoted(wording: str | None) -> str:
    """Return words of a document in quotation marks, those within them single (GB/T 15834-2011, 4.8.3.3)."""
    return f"“{wording.translate(_INNER)}”" if wording else ""


_INNER = str.maketrans("“”", "‘’")
