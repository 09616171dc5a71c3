"""Dictionary: the words that a sentence about a site can use, and what each stands for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.db.reader import Reader
from app.facts import industry_sql
from app.facts.names import normalise
from app.siting.reading.words import VOCABULARY, Kind

PREFERENCE: tuple[Kind, ...] = (
    "zone", "element", "gateway", "level", "criterion", "industry", "balanced", "unasked", "function",
)  # fmt: skip
"""Of what one word stands for, the first is taken."""

ZONES = """
SELECT z.id, z.name_zh, z.name_en, z.short_name_zh, z.aliases, z.kind, z.parent_id AS parent,
       coalesce(array_agg(h.host_id ORDER BY h.sort) FILTER (WHERE h.host_id IS NOT NULL), '{}') AS hosts
  FROM yuantu.zone AS z LEFT JOIN yuantu.zone_host AS h ON h.zone_id = z.id
 GROUP BY z.id ORDER BY z.sort
"""
ELEMENTS = "SELECT id, name_zh, name_en FROM yuantu.plan_element ORDER BY sort, id"
INDUSTRY_NAMES = "SELECT id, name_zh, name_en FROM yuantu.industry"

_SHORTEST = 2
"""Characters a word needs: 氢 or 苯 alone is too little to go by inside a sentence."""

_DISTRICT = " District"

_ELEMENT_PREFIXES = ("中国", "天津", "京津冀特色")
_ELEMENT_SUFFIXES = ("片区",)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word stands for.

    Attributes
    ----------
    kind
        What sort of thing it is.
    values
        Ids, or the words of the vocabulary of that kind.
    zh, en
        What to call it when the reading is shown.
    placed
        Whether it is taken only where the sentence speaks of a place (在东丽), since the word is short or general.
    alias
        Whether the word is another name of a zone than the official one.
    themed
        Whether it is taken only behind 在, 避开 and the like: 建一个氢能产业园 asks for hydrogen, not for that park.
    """

    kind: Kind
    values: tuple[str, ...]
    zh: str
    en: str
    placed: bool = False
    alias: bool = False
    themed: bool = False

    @property
    def order(self) -> tuple[int, bool]:
        """Its place among what one word stands for: an alias of a zone comes after a plan element called so."""
        return PREFERENCE.index("element" if self.alias else self.kind), self.alias


@dataclass(frozen=True)
class Dictionary:
    """Words in the form they are compared in, and what each stands for, the preferred first."""

    entries: Mapping[str, tuple[Entry, ...]]
    longest: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Note the length of the longest word."""
        object.__setattr__(self, "longest", max(map(len, self.entries), default=0))


def build_dictionary(
    labels: Iterable[Any], industries: Iterable[Any], zones: Iterable[Any], elements: Iterable[Any]
) -> Dictionary:
    """Put the dictionary together.

    Parameters
    ----------
    labels
        Rows of ``app.facts.industry_sql.LABELS``.
    industries, zones, elements
        Rows of ``INDUSTRY_NAMES``, ``ZONES`` and ``ELEMENTS``.
    """
    found: dict[str, list[Entry]] = {}
    names = {row.id: (row.name_zh, row.name_en) for row in industries}
    for word, entry in (*_zones(zones), *_elements(elements), *_industries(labels, names), *_vocabulary()):
        normal = normalise(word)
        if len(normal) >= _SHORTEST or entry.kind == "function":
            found.setdefault(normal, []).append(entry)
    found.pop("", None)
    return Dictionary({word: tuple(sorted(ones, key=lambda one: one.order)) for word, ones in found.items()})


class Dictionaries:
    """The dictionary of the data in force: read once a data version."""

    def __init__(self) -> None:
        """Hold none yet."""
        self._version: str | None = None
        self._dictionary = Dictionary({})

    async def current(self, reader: Reader) -> Dictionary:
        """Return the dictionary of the data version in force."""
        version = await reader.data_version()
        if version != self._version:
            self._dictionary, self._version = await load_dictionary(reader), version
        return self._dictionary


async def load_dictionary(reader: Reader) -> Dictionary:
    """Read the dictionary from the database."""
    return build_dictionary(
        await reader.rows(industry_sql.LABELS),
        await reader.rows(INDUSTRY_NAMES),
        await reader.rows(ZONES),
        await reader.rows(ELEMENTS),
    )


def _zones(rows: Iterable[Any]) -> Iterator[tuple[str, Entry]]:
    listed = list(rows)
    parents = {row.id: row.parent for row in listed}
    for row in listed:
        themed = row.kind == "theme_park"
        values = _narrowest(row.hosts, parents) if themed else (row.id,)
        official = Entry("zone", values, row.name_zh, row.name_en, alias=themed, themed=themed)
        yield row.name_zh, official
        yield row.name_en, official
        if row.name_en.endswith(_DISTRICT):
            yield row.name_en.removesuffix(_DISTRICT), Entry("zone", values, row.name_zh, row.name_en, alias=True)
        short = [] if row.kind == "functional_area" or themed else [row.short_name_zh or ""]
        for word in dict.fromkeys([*short, *row.aliases]):
            if word and word != row.name_zh:
                placed = len(normalise(word)) <= _SHORTEST
                yield word, Entry("zone", values, row.name_zh, row.name_en, placed, alias=True, themed=themed)


def _narrowest(hosts: Iterable[str], parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return where documents place a theme park most exactly: in 南港, though another sentence says 经开区."""
    around: set[str | None] = set()
    for host in hosts:
        step = parents[host]
        while step is not None:
            around.add(step)
            step = parents[step]
    return tuple(host for host in dict.fromkeys(hosts) if host not in around)


def _elements(rows: Iterable[Any]) -> Iterator[tuple[str, Entry]]:
    for row in rows:
        name = row.name_zh.rpartition("：")[2]
        entry = Entry("element", (row.id,), row.name_zh, row.name_en)
        yield row.name_zh, entry
        yield name, entry
        yield row.name_en, entry
        for prefix in _ELEMENT_PREFIXES:
            if name.startswith(prefix):
                yield name.removeprefix(prefix), entry
        for suffix in _ELEMENT_SUFFIXES:
            short = name.removesuffix(suffix)
            if short != name:
                yield short, Entry("element", (row.id,), row.name_zh, row.name_en, placed=True)


def _industries(rows: Iterable[Any], names: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, Entry]]:
    meant: dict[str, list[str]] = {}
    for row in rows:
        # A code counts with its letter only: 2710 alone may be any number.
        if row.weight >= 1 and not row.normal.isdecimal() and row.normal not in VOCABULARY.common_labels:
            ids = meant.setdefault(row.normal, [])
            ids.extend([row.industry_id] if row.industry_id not in ids else [])
    for normal, ids in meant.items():
        zh, en = ("、".join(names[one][0] for one in ids), ", ".join(names[one][1] for one in ids))
        yield normal, Entry("industry", tuple(ids), zh, en)


def _vocabulary() -> Iterator[tuple[str, Entry]]:
    for kind, value, zh, en, words in VOCABULARY.entries:
        for word in words:
            yield word, Entry(kind, (value,), zh, en)
