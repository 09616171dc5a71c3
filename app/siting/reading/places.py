"""Places: names of zones, plan elements and facilities, as entries of the dictionary."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from app.facts.names import normalise
from app.siting.reading.entry import Entry
from app.siting.reading.words import VOCABULARY

ZONES = """
SELECT z.id, z.name_zh, z.name_en, z.short_name_zh, z.aliases, z.kind, z.parent_id AS parent,
       coalesce(array_agg(h.host_id ORDER BY h.sort) FILTER (WHERE h.host_id IS NOT NULL), '{}') AS hosts
  FROM yuantu.zone AS z LEFT JOIN yuantu.zone_host AS h ON h.zone_id = z.id
 GROUP BY z.id ORDER BY z.sort
"""
ZONE_NAMES = """
SELECT t.target_id AS id, t.term
  FROM yuantu.search_term AS t JOIN yuantu.zone AS z ON z.id = t.target_id AND z.kind = t.kind
 WHERE t.spelling = 'written' AND t.form IN ('alias', 'former') ORDER BY t.id
"""
"""Further names of zones, which stand apart from the zones."""
ELEMENTS = "SELECT id, name_zh, name_en FROM yuantu.plan_element ORDER BY sort, id"
FACILITIES = """
SELECT f.id, f.kind, f.name_zh, f.name_en, t.term, t.form
  FROM yuantu.search_term AS t JOIN yuantu.facility AS f ON f.id = t.target_id
 WHERE t.kind = 'facility' AND t.spelling = 'written'
 ORDER BY t.form <> 'official', f.sort, t.id
"""

_SHORT = 2
"""Characters of a name up to which it is taken as a place only where the sentence speaks of one."""
_DISTRICT = " District"
_ALL = "municipality"
"""The kind of zone in which every site lies: naming it narrows nothing."""
_THEME_PARK = ("主题园区", "主题园")
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_PARKS = ("park", "functional_area")
_ELEMENT_PREFIXES = ("中国", "天津", "京津冀特色")
_ELEMENT_SUFFIXES = ("片区",)
_STATION, _STATION_EN = "站", " station"
_KINDS_OF_STATION = {
    "rail_station": ("铁路", "railway", ("火车站", "高铁站"), ("高铁", "火车")),
    "metro_station": ("地铁", "metro", ("地铁站",), ("地铁",)),
}
"""For each kind of station: how it is told apart from another of the same name, and endings and beginnings of names."""


def zones_above(rows: Iterable[Any]) -> dict[str, frozenset[str]]:
    """Return for each zone the ids of the zones that it lies in."""
    parents: dict[str, str | None] = {row.id: row.parent for row in rows}
    return {zone: frozenset(_above(zone, parents)) for zone in parents}


def _above(zone: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    step = parents[zone]
    while step is not None:
        yield step
        step = parents[step]


def zone_entries(rows: Iterable[Any], names: Iterable[Any], firms: Collection[str]) -> Iterator[tuple[str, Entry]]:
    """Yield the names of zones.

    Parameters
    ----------
    rows, names
        Rows of ``ZONES`` and ``ZONE_NAMES``.
    firms
        Names of firms in the form names are compared in: 一汽大众 is a firm and a park.
    """
    listed = list(rows)
    above = zones_above(listed)
    further = {zone: list(words) for zone, words in VOCABULARY.zone_names.items()}
    for name in names:
        further.setdefault(name.id, []).append(name.term)
    for row in listed:
        if row.kind == _ALL:
            continue
        themed = row.kind == "theme_park"
        values = _narrowest(row.hosts, above) if themed else (row.id,)
        park = row.kind in _PARKS
        official = Entry("zone", values, row.name_zh, row.name_en, row.id, park, alias=themed, themed=themed)
        yield row.name_zh, official
        yield row.name_en, official
        if themed:
            yield from ((word, official) for word in _theme_park_names(row, further.get(row.id, ())))
        if row.name_en.endswith(_DISTRICT):
            english = Entry("zone", values, row.name_zh, row.name_en, row.id, alias=True)
            yield row.name_en.removesuffix(_DISTRICT), english
        short = [] if row.kind == "functional_area" or themed else [row.short_name_zh or ""]
        for word in dict.fromkeys([*short, *row.aliases, *further.get(row.id, ())]):
            if word and word != row.name_zh:
                normal = normalise(word)
                yield word, Entry(
                    "zone", values, row.name_zh, row.name_en, row.id, park,
                    placed=len(normal) <= _SHORT and _is_general(normal, row.kind),
                    alias=True,
                    themed=themed or normal in firms or normal in VOCABULARY.doubtful_zones,
                    generic=normal in VOCABULARY.generic_zones,
                )  # fmt: skip


def _theme_park_names(row: Any, further: Iterable[str]) -> Iterator[str]:
    """Yield the names of a theme park with what it is behind them, and without brackets: 西青车联网主题园区."""
    plain = _BRACKETS.sub("", row.name_zh)
    for word in dict.fromkeys([plain, *row.aliases, *further]):
        stem = next((word.removesuffix(ending) for ending in _THEME_PARK if word.endswith(ending)), word)
        if not stem.isascii():
            yield from (name for ending in _THEME_PARK if (name := f"{stem}{ending}") != row.name_zh)


def _is_general(short: str, kind: str) -> bool:
    """Tell whether a short name may be an ordinary word: 东丽 and 武清 are none."""
    return kind != "district" or short in VOCABULARY.general_places


def _narrowest(hosts: Iterable[str], above: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return where documents place a theme park most exactly: in 南港, though another sentence says 经开区."""
    named = tuple(dict.fromkeys(hosts))
    return tuple(host for host in named if not any(host in above[other] for other in named))


def element_entries(rows: Iterable[Any]) -> Iterator[tuple[str, Entry]]:
    """Yield the names of plan elements: rows of ``ELEMENTS``."""
    for row in rows:
        name = row.name_zh.rpartition("：")[2]
        entry = Entry("element", (row.id,), row.name_zh, row.name_en, row.id)
        yield row.name_zh, entry
        yield name, entry
        yield row.name_en, entry
        for prefix in _ELEMENT_PREFIXES:
            if name.startswith(prefix):
                yield name.removeprefix(prefix), entry
        for suffix in _ELEMENT_SUFFIXES:
            short = name.removesuffix(suffix)
            if short != name:
                yield short, Entry("element", (row.id,), row.name_zh, row.name_en, row.id, placed=True)


def facility_entries(rows: Iterable[Any]) -> Iterator[tuple[str, Entry]]:
    """Yield the names of facilities: rows of ``FACILITIES``. Stations are named with and without 站."""
    listed = list(rows)
    kinds: dict[str, set[str]] = {}
    for row in listed:
        kinds.setdefault(row.term, set()).add(row.kind)
    for row in listed:
        sort_zh, sort_en, endings, beginnings = _KINDS_OF_STATION.get(row.kind, ("", "", (), ()))
        doubtful = len(kinds[row.term]) > 1
        zh, en = (f"{row.name_zh}（{sort_zh}）", row.name_en) if doubtful else (row.name_zh, row.name_en)
        entry = Entry("facility", (row.id,), zh, en, row.id, alias=row.form in ("former", "alias"))
        yield row.term, entry
        if row.term.endswith(_STATION):
            stem = row.term.removesuffix(_STATION)
            if stem not in VOCABULARY.general_places:
                yield stem, Entry("facility", (row.id,), zh, en, row.id, alias=True, themed=True)
            yield from ((f"{stem}{ending}", entry) for ending in endings)
            yield from ((f"{beginning}{row.term}", entry) for beginning in beginnings)
        elif row.term.endswith(f" {sort_en}{_STATION_EN}"):
            yield row.term.replace(f" {sort_en}{_STATION_EN}", _STATION_EN), entry
        elif row.kind == "port_area" and row.form == "short":
            yield row.term.removesuffix("区"), entry
