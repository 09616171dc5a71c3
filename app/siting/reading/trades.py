"""Trades: names of industries, and of firms that documents print under them, as entries of the dictionary."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.facts.names import normalise
from app.siting.reading.entry import Entry
from app.siting.reading.words import VOCABULARY

INDUSTRIES = "SELECT id, name_zh, name_en, path FROM yuantu.industry ORDER BY sort"
ALIASES = """
SELECT t.term, t.target_id AS industry_id
  FROM yuantu.search_term AS t JOIN yuantu.industry AS i ON i.id = t.target_id
 WHERE t.kind = 'industry' AND t.form = 'alias' AND t.spelling = 'written' ORDER BY t.id
"""
"""People's words for industries, which stand apart from the taxonomy."""
FIRMS = """
SELECT name_zh, name_en, industry_id FROM (
    SELECT t.name_zh, t.name_en, i.industry_id, 0 AS part, t.sort, i.sort AS place
      FROM yuantu.named_thing AS t JOIN yuantu.thing_industry AS i ON i.thing_id = t.id
     WHERE t.kind = 'firm'
     UNION ALL
    SELECT f.name_zh, NULL, f.industry_id, 1, f.sort, 0 FROM yuantu.industry_firm AS f) AS firm
 ORDER BY part, sort, place
"""
"""Firms with the industries under which documents print them."""
FIRM_NAMES = """
SELECT DISTINCT n.name_zh, t.term
  FROM yuantu.search_term AS t JOIN yuantu.named_thing AS n ON n.id = t.target_id
 WHERE t.kind = 'firm' AND t.spelling = 'written' AND n.kind = 'firm'
"""

_MOST_NAMED = 3
"""Industries of a firm that the reading names."""
_LEAST_PLURAL = 5
"""Letters an English name needs to be read in the singular and in the plural."""
_COMPANY = ("股份有限公司", "有限公司", "公司", "集团")


def industry_entries(
    labels: Iterable[Any], aliases: Iterable[Any], industries: Iterable[Any]
) -> Iterator[tuple[str, Entry]]:
    """Yield the words for industries.

    Parameters
    ----------
    labels
        Rows of ``app.facts.industry_sql.LABELS``.
    aliases, industries
        Rows of ``ALIASES`` and ``INDUSTRIES``.
    """
    names = {row.id: (row.name_zh, row.name_en) for row in industries}
    meant: dict[str, dict[str, None]] = {}
    for row in labels:
        # A code counts with its letter only: 2710 alone may be any number.
        if row.weight >= 1 and not row.normal.isdecimal():
            meant.setdefault(row.normal, {})[row.industry_id] = None
    for row in aliases:
        meant.setdefault(normalise(row.term), {})[row.industry_id] = None
    for normal, ids in list(meant.items()):
        for variant in _numbers(normal):
            meant.setdefault(variant, ids)
    for normal, ids in meant.items():
        if normal not in VOCABULARY.common_labels:
            yield normal, _entry(tuple(ids), names, capital=normal in VOCABULARY.capital_labels)


def common_entries(labels: Iterable[Any], industries: Iterable[Any]) -> dict[str, Entry]:
    """Return the names of industries that are read only where a sentence names no other: 创业孵化, 关键材料.

    Shorter ones (设计, 材料) stand in too many sentences to be read at all.
    """
    names = {row.id: (row.name_zh, row.name_en) for row in industries}
    meant: dict[str, dict[str, None]] = {}
    for row in labels:
        if row.weight >= 1 and row.normal in VOCABULARY.common_labels and len(row.normal) >= _LEAST_COMMON:
            meant.setdefault(row.normal, {})[row.industry_id] = None
    return {normal: _entry(tuple(ids), names) for normal, ids in meant.items() if not normal.isascii()}


_LEAST_COMMON = 4


def _entry(ids: tuple[str, ...], names: Mapping[str, tuple[str, str]], *, capital: bool = False) -> Entry:
    zh, en = "、".join(names[one][0] for one in ids), ", ".join(names[one][1] for one in ids)
    return Entry("industry", ids, zh, en, capital=capital)


def _numbers(normal: str) -> Iterator[str]:
    """Yield the singular or the plural of an English name."""
    if not normal.isascii() or not normal.isalpha() or len(normal) < _LEAST_PLURAL:
        return
    if normal.endswith("ies"):
        yield f"{normal[:-3]}y"
    elif normal.endswith("s"):
        if not normal.endswith(("ss", "us", "is", "ics")):
            yield normal[:-1]
    elif normal.endswith("y") and normal[-2] not in "aeiou":
        yield f"{normal[:-1]}ies"
    else:
        yield f"{normal}s"


def firm_entries(firms: Iterable[Any], names: Iterable[Any], industries: Iterable[Any]) -> list[tuple[str, Entry]]:
    """Return the names of firms: rows of ``FIRMS``, ``FIRM_NAMES`` and ``INDUSTRIES``."""
    titles = {row.id: (row.name_zh, row.name_en) for row in industries}
    printed: dict[str, dict[str, None]] = {}
    spellings: dict[str, dict[str, None]] = {}
    for row in firms:
        printed.setdefault(row.name_zh, {})[row.industry_id] = None
        spellings.setdefault(row.name_zh, {row.name_zh: None}).update({row.name_en: None} if row.name_en else {})
    for row in names:
        if row.name_zh in spellings:
            spellings[row.name_zh][row.term] = None
    found = []
    for firm, ids in printed.items():
        zh, en = _under(firm, [titles[industry] for industry in ids])
        entry = Entry("firm", tuple(ids), zh, en)
        found += [(word, entry) for word in _short_and_long(spellings[firm])]
    return found


def _under(firm: str, industries: list[tuple[str, str]]) -> tuple[str, str]:
    named = industries[:_MOST_NAMED]
    more_zh, more_en = ("等", " and others") if len(industries) > _MOST_NAMED else ("", "")
    zh = "、".join(zh for zh, _ in named) + more_zh
    return (
        f"{zh}（文件把“{firm}”列在其下）",
        f"{', '.join(en for _, en in named)}{more_en} (documents print {firm} under it)",
    )


def _short_and_long(spellings: Iterable[str]) -> Iterator[str]:
    """Yield the names of a firm, with and without 公司; not those that are ordinary words."""
    for name in spellings:
        short = next((name.removesuffix(ending) for ending in _COMPANY if name.endswith(ending)), name)
        for word in {name, short}:
            if normalise(word) not in VOCABULARY.common_firms and len(word) > 1:
                yield word
