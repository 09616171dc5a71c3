"""Taxonomy: the words that lead to industries, gathered from names, aliases, terms and GB/T codes, and their checks."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from app.facts.names import normalise
from app.loading.roster import park_ids
from app.loading.tables import Row

FOUND = 0.8
"""Weight of the industry under which a map looks for what a word means; from here on up it counts as found."""

_CODE = re.compile(r"[A-T](\d{2,4})?")

Label = dict[str, Any]


def gbt_code(text: str) -> str:
    """Accept a code of GB/T 4754-2017 with the letter of its section: C, C27, C276, C2762."""
    if not _CODE.fullmatch(text):
        raise ValueError(f"{text!r} is no code of GB/T 4754: use the letter of the section and up to four digits")
    return text


def check_taxonomy(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    """Append what is wrong with terms, chains and codes to ``faults``, with file and line."""
    _check_terms(tables, faults)
    _check_chains(tables, faults)
    _check_codes(tables, faults)


def label_rows(tables: Mapping[str, list[Row]], paths: Mapping[str, list[str]]) -> list[Label]:
    """Return the rows of the table of labels.

    Parameters
    ----------
    tables
        Rows by table name.
    paths
        For each industry the ids from its sector down to itself.
    """
    labels: dict[str, dict[str, Label]] = defaultdict(dict)
    for label in (*_names(tables), *_terms(tables), *_codes(tables)):
        labels[label["normal"]].setdefault(label["industry_id"], label)
    for label in _titles(tables):
        if not any(known["kind"] != "title" for known in labels[label["normal"]].values()):
            labels[label["normal"]].setdefault(label["industry_id"], label)
    named = {step for one in _named(tables) for step in paths[one]}
    for known in labels.values():
        for parent in _parents(known, paths, named):
            known[parent["industry_id"]] = parent
    # Ids come last and beside the rest: they are found as they are written, names in every spelling.
    ids = [_label(row["id"], row["id"], "id") for row in tables["industries"]]
    found = [*(label for known in labels.values() for label in known.values()), *ids]
    return [{**label, "sort": n} for n, label in enumerate(found)]


def chain_rows(tables: Mapping[str, list[Row]]) -> list[Label]:
    """Return the rows of the table of value chain links."""
    return [
        {
            "chain_id": row["chain"],
            "upstream_id": row["upstream"],
            "downstream_id": row["downstream"],
            "relation": row["relation"],
            "wording": row["wording"],
            "document_id": row["document"],
            "locator": row["locator"],
            "note_zh": row["note_zh"],
            "note_en": row["note_en"],
            "sort": n,
        }
        for n, row in enumerate(tables["value_chains"])
    ]


def gbt_rows(tables: Mapping[str, list[Row]]) -> tuple[list[Label], list[Label]]:
    """Return the rows of the tables of GB/T codes and of what they are mapped to."""
    codes = [
        {"id": row["id"], "parent_id": row["parent"], "level": row["level"], "title_zh": row["title_zh"], "sort": n}
        for n, row in enumerate(tables["gbt_codes"])
    ]
    mapped = [
        {
            "gbt_id": row["gbt"],
            "industry_id": row["industry"],
            "weight": float(row["weight"]),
            "basis": row["basis"],
            "sort": n,
        }
        for n, row in enumerate(tables["industry_gbt"])
    ]
    return codes, mapped


def _label(label: str, industry: str, kind: str, row: Row | None = None) -> Label:
    stated = row.values if row is not None else {}
    return {
        "normal": normalise(label),
        "label": label,
        "industry_id": industry,
        "kind": kind,
        "weight": float(stated.get("weight", 1)),
        "basis": stated.get("basis"),
        "document_id": stated.get("document"),
        "locator": stated.get("locator"),
    }


def _names(tables: Mapping[str, list[Row]]) -> Iterator[Label]:
    for kind in ("name", "alias"):
        for row in tables["industries"]:
            for label in (row["name_zh"], row["name_en"]) if kind == "name" else row["aliases"]:
                yield _label(label, row["id"], kind)


def _terms(tables: Mapping[str, list[Row]]) -> Iterator[Label]:
    for row in tables["industry_terms"]:
        yield _label(row["term"], row["industry"], "term", row)


def _codes(tables: Mapping[str, list[Row]]) -> Iterator[Label]:
    """Yield C27, 27 and the like. A group without classes of its own is written with a nought as well: 2710 is 271."""
    parents = {row["parent"] for row in tables["gbt_codes"]}
    for row in tables["industry_gbt"]:
        code = row["gbt"]
        written = [code, f"{code}0"] if len(code) == len("C271") and code not in parents else [code]
        for one in written:
            yield _label(one, row["industry"], "code", row)
            yield _label(one[1:], row["industry"], "code", row)


def _titles(tables: Mapping[str, list[Row]]) -> Iterator[Label]:
    titles = {row["id"]: row["title_zh"] for row in tables["gbt_codes"]}
    for row in tables["industry_gbt"]:
        yield _label(titles[row["gbt"]], row["industry"], "title", row)


def _named(tables: Mapping[str, list[Row]]) -> Iterator[str]:
    """Yield every industry that a park is named with."""
    places = park_ids(tables["zones"])
    return (row["industry"] for row in tables["zone_industries"] if row["subject"] in places)


def _parents(known: Mapping[str, Label], paths: Mapping[str, list[str]], named: set[str]) -> Iterator[Label]:
    """Yield the nearest industries above that a park is named with, where none is named with what a word leads to."""
    if any(one in named and label["weight"] >= FOUND for one, label in known.items()):
        return
    above: dict[str, Label] = {}
    for one, label in known.items():
        if label["weight"] == 1:
            nearest = next((step for step in reversed(paths[one][:-1]) if step in named), None)
            if nearest is not None:
                above[nearest] = {**_label(label["label"], nearest, "parent"), "weight": FOUND}
    yield from above.values()


def _check_terms(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for label in _names(tables):
        owners[label["normal"]].add(label["industry_id"])
    first: dict[tuple[str, str], str] = {}
    weights: dict[str, list[float]] = defaultdict(list)
    for row in tables["industry_terms"]:
        normal, weight = normalise(row["term"]), float(row["weight"])
        key = (normal, row["industry"])
        if key in first:
            faults.append(f"{row.place}: says the same as {first[key]}")
        first.setdefault(key, row.place)
        weights[normal].append(weight)
        if (row["basis"] == "printed") != (row["document"] is not None and row["locator"] is not None):
            faults.append(f"{row.place}: a printed term names its document and locator, a mapping of ours neither")
        if not 0 < weight <= 1:
            faults.append(f"{row.place}: weight: {row['weight']} should be above 0 and at most 1")
        if row["industry"] in owners[normal]:
            faults.append(f"{row.place}: term: {row['term']!r} is a name of {row['industry']!r} already")
        elif owners[normal] and weight == 1:
            named = ", ".join(sorted(owners[normal]))
            faults.append(f"{row.place}: term: {row['term']!r} is a name of {named}: elsewhere it weighs less than 1")
    for row in tables["industry_terms"]:
        normal = normalise(row["term"])
        if not owners[normal] and max(weights[normal]) < 1:
            faults.append(f"{row.place}: term: {row['term']!r} means no industry: one should have the weight 1")


def _check_chains(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    first: dict[tuple[str, ...], str] = {}
    for row in tables["value_chains"]:
        key = tuple(row[column] for column in ("upstream", "downstream", "document", "wording"))
        if key in first:
            faults.append(f"{row.place}: says the same as {first[key]}")
        first.setdefault(key, row.place)
        if row["upstream"] == row["downstream"]:
            faults.append(f"{row.place}: downstream: {row['downstream']!r} is the upstream too")


def _check_codes(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    lengths = {"section": 1, "division": 3, "group": 4, "class": 5}
    for row in tables["gbt_codes"]:
        if len(row["id"]) != lengths[row["level"]]:
            faults.append(f"{row.place}: level: {row['id']} is no {row['level']}")
        if (row["level"] == "section") != (row["parent"] is None):
            faults.append(f"{row.place}: parent: a section has none, and everything else has one")
        elif row["parent"] is not None and not row["id"].startswith(row["parent"]):
            faults.append(f"{row.place}: parent: {row['id']} does not lie in {row['parent']}")
    first: dict[tuple[str, str], str] = {}
    for row in tables["industry_gbt"]:
        key = (row["gbt"], row["industry"])
        if key in first:
            faults.append(f"{row.place}: says the same as {first[key]}")
        first.setdefault(key, row.place)
