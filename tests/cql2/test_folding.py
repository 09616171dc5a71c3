"""CASEI and ACCENTI over every character: Python's own tables of Unicode are the independent tool."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

import pytest
from sqlalchemy import text

from app.features.cql2.context import Context
from app.features.cql2.nodes import Fold, PropertyName
from app.features.cql2.scalars import scalar
from app.geodesy.crs import CRS84
from tests.cql2.conftest import PROPERTIES, Table

CHARACTERS = [
    chr(code)
    for code in range(1, 0x110000)
    if not 0xD800 <= code < 0xE000 and unicodedata.category(chr(code)) not in ("Cn", "Co")
]


def _folded(sample: Table, op: str, strings: Iterable[str]) -> Mapping[str, str]:
    context = Context(PROPERTIES, CRS84, "f", "geom")
    expression = scalar(context, Fold("casei" if op == "casei" else "accenti", PropertyName("name"))).sql
    statement = text(f"SELECT f.name, {expression} FROM unnest(CAST(:strings AS text[])) AS f(name)")
    with sample.engine.connect() as connection:
        rows = connection.execute(statement, {"strings": list(strings), **context.values}).all()
    return {row[0]: row[1] for row in rows}


def _classes(folded: Mapping[str, str]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for character, fold in folded.items():
        found[fold].add(character)
    return {frozenset(one) for one in found.values()}


def test_casei_is_the_full_case_folding_of_unicode(sample: Table) -> None:
    strings = [*CHARACTERS, "ss", "SS", "fi", "i\u0307", "ΑΣ", "ας", "ασ"]
    assert _classes(_folded(sample, "casei", strings)) == _classes({one: one.casefold() for one in strings})


@pytest.mark.parametrize("word", ["ΟΔΟΣ", "ΣΑΣ Σ", "ΑΣ.", "İSTANBUL", "ISPARTA ısparta", "STRASSE", "ẞ", "ΐ", "ŉ", "ﬃ"])
def test_casei_of_words(sample: Table, word: str) -> None:
    spellings = [word, word.lower(), word.casefold()]
    folded = _folded(sample, "casei", spellings)
    expected = {one.casefold() for one in spellings}
    assert len(set(folded.values())) == len(expected)
    # Folding a part gives a part of the folded whole, which LIKE needs.
    parts = _folded(sample, "casei", [word[: n + 1] for n in range(len(word))])
    assert all(folded[word].startswith(part) for part in parts.values())


def test_accenti_takes_nonspacing_marks_away(sample: Table) -> None:
    def expected(one: str) -> str:
        kept = (c for c in unicodedata.normalize("NFD", one) if unicodedata.category(c) != "Mn" or c in "\u3099\u309a")
        return unicodedata.normalize("NFC", "".join(kept))

    folded = _folded(sample, "accenti", [*CHARACTERS, "e\u0301\u0328", "한국", "が", "ệ", "Åå"])
    assert {one: fold for one, fold in folded.items() if fold != expected(one)} == {}
