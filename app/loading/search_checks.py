"""Checks of geodata/search/: aliases of things there are, and readings that fit their phrases."""

from collections.abc import Mapping

from app.loading.named import things
from app.loading.tables import Row
from app.search.normal import is_han, normalise

_TABLES_OF_KINDS = {
    "plan": "plans",
    "plan_element": "plan_elements",
    "industry": "industries",
    "cluster": "clusters",
    "facility": "facilities",
    "document": "documents",
}


def check_search(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    """Append what is wrong with the aliases and the readings to ``faults``.

    Parameters
    ----------
    tables
        Rows by table name.
    faults
        Complaints, each with file and line.
    """
    known = _known(tables)
    for row in tables["search_aliases"]:
        if (row["kind"], row["target"]) not in known:
            faults.append(f"{row.place}: target: there is no {row['kind']} {row['target']!r}")
        if not normalise(row["term"]).text:
            faults.append(f"{row.place}: term: {row['term']!r} has neither letters nor digits")
    for row in tables["search_readings"]:
        syllables = row["pinyin"].split()
        if not all(map(is_han, row["phrase"])):
            faults.append(f"{row.place}: phrase: {row['phrase']!r} should be Chinese characters only")
        elif len(syllables) != len(row["phrase"]):
            faults.append(f"{row.place}: pinyin: should be {len(row['phrase'])} syllables, one a character")
        elif not all(one.isascii() and one.isalpha() and one.islower() for one in syllables):
            faults.append(f"{row.place}: pinyin: should be lower-case letters without tones")


def _known(tables: Mapping[str, list[Row]]) -> set[tuple[str, str]]:
    known = {(row["kind"], row["id"]) for row in tables["zones"]}
    known |= {("theme_park", row["id"]) for row in tables["theme_parks"]}
    known |= {("owner", row["owner_zh"]) for row in tables["projects"] if row["owner_zh"]}
    # A named thing may stand in several documents: what is given another name is all of that name.
    known |= {(one.columns["kind"], one.columns["name_zh"]) for one in things(tables)}
    for kind, table in _TABLES_OF_KINDS.items():
        known |= {(kind, row["id"]) for row in tables[table]}
    return known
