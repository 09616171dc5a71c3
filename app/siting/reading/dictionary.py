"""Dictionary: the words that a sentence about a site can use, and what each stands for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.db.reader import Reader
from app.facts import industry_sql
from app.facts.names import normalise
from app.siting.reading import places, trades
from app.siting.reading.entry import Entry
from app.siting.reading.words import VOCABULARY, VocabularyEntry

_SHORTEST = 2
"""Characters a word needs: 氢 or 苯 alone is too little to go by inside a sentence."""


@dataclass(frozen=True)
class Dictionary:
    """The dictionary.

    Attributes
    ----------
    entries
        Words in the form they are compared in, and what each stands for, the preferred first.
    zones_above, industries_above
        For each zone and each industry the ids of what it lies in or belongs to.
    common
        Names of industries that are read only where a sentence names no other.
    """

    entries: Mapping[str, tuple[Entry, ...]]
    zones_above: Mapping[str, frozenset[str]] = field(default_factory=dict)
    industries_above: Mapping[str, frozenset[str]] = field(default_factory=dict)
    common: Mapping[str, Entry] = field(default_factory=dict)
    _longest: Mapping[str, int] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Note the length of the longest word by the first two characters."""
        longest: dict[str, int] = {}
        for word in self.entries:
            longest[word[:2]] = max(longest.get(word[:2], 0), len(word))
        object.__setattr__(self, "_longest", longest)

    def longest(self, start: str) -> int:
        """Return the length of the longest word that begins with these two characters, at least 1."""
        return self._longest.get(start, 1)


async def load_dictionary(reader: Reader, further: Iterable[VocabularyEntry] = ()) -> Dictionary:
    """Read the dictionary from the database.

    Parameters
    ----------
    reader
        The database.
    further
        Words of criteria and gateways; they replace those that the vocabulary has of the same kind and value.
    """
    industries = await reader.rows(trades.INDUSTRIES)
    zones = await reader.rows(places.ZONES)
    firms = trades.firm_entries(await reader.rows(trades.FIRMS), await reader.rows(trades.FIRM_NAMES), industries)
    aliases, labels = await reader.rows(trades.ALIASES), await reader.rows(industry_sql.LABELS)
    found: dict[str, list[Entry]] = {}
    for word, entry in (
        *places.zone_entries(zones, await reader.rows(places.ZONE_NAMES), {normalise(word) for word, _ in firms}),
        *places.element_entries(await reader.rows(places.ELEMENTS)),
        *places.facility_entries(await reader.rows(places.FACILITIES)),
        *trades.industry_entries(labels, aliases, industries),
        *firms,
        *_vocabulary(tuple(further)),
    ):
        normal = normalise(word)
        if len(normal) >= _SHORTEST or (normal and entry.kind == "function"):
            found.setdefault(normal, []).append(entry)
    for taken in VOCABULARY.taken_as:
        for word in taken.words:
            found[normalise(word)] = [Entry("zone", (taken.value,), taken.zh, taken.en)]
    return Dictionary(
        {word: tuple(sorted(entries, key=lambda entry: entry.order)) for word, entries in found.items()},
        places.zones_above(zones),
        {row.id: frozenset(row.path) - {row.id} for row in industries},
        trades.common_entries(labels, industries),
    )


class Dictionaries:
    """The dictionary of the data in force: read once a data version."""

    def __init__(self, further: Iterable[VocabularyEntry] = ()) -> None:
        """Hold none yet; ``further`` as in ``load_dictionary``."""
        self._version: str | None = None
        self._dictionary = Dictionary({})
        self._further = tuple(further)

    async def current(self, reader: Reader) -> Dictionary:
        """Return the dictionary of the data version in force."""
        version = await reader.data_version()
        if version != self._version:
            self._dictionary, self._version = await load_dictionary(reader, self._further), version
        return self._dictionary


def _vocabulary(further: tuple[VocabularyEntry, ...]) -> Iterable[tuple[str, Entry]]:
    replaced = {(entry.kind, entry.value) for entry in further}
    kept = (entry for entry in VOCABULARY.entries if (entry.kind, entry.value) not in replaced)
    for given in (*kept, *further):
        for word in given.words:
            yield word, Entry(given.kind, (given.value,), given.zh, given.en, bare=given.bare)
