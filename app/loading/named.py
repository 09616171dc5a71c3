"""Named things, rules, links and contradictions: their checks, and their rows in the tables."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.db import models
from app.db.models import Base
from app.loading.figures import Figure
from app.loading.roster import park_ids
from app.loading.tables import Row

LONGEST_CLAUSE = 60
"""Characters of a printed clause: facts are carried over, sentences are not."""

Tables = Mapping[str, list[Row]]
Batch = tuple[type[Base], list[dict[str, Any]]]


def check_named(tables: Tables, faults: list[str]) -> None:
    """Append what is wrong with named things, rules, links, directions and contradictions, with file and line."""
    first: dict[str, str] = {}
    for row in (*tables["projects"], *tables["named"]):
        _check_places(row, faults)
        if row["id"] in first:
            faults.append(f"{row.place}: id {row['id']!r} stands already at {first[row['id']]}")
        first.setdefault(row["id"], row.place)
    for row in (*tables["rules"], *tables["park_links"], *tables["directions"]):
        if len(row["clause_zh"]) > LONGEST_CLAUSE:
            faults.append(f"{row.place}: clause_zh: {len(row['clause_zh'])} characters; at most {LONGEST_CLAUSE}")
    for row in tables["rules"]:
        if row["name_zh"] not in row["clause_zh"]:
            faults.append(f"{row.place}: clause_zh: does not hold the name {row['name_zh']!r}")
    for row in tables["park_links"]:
        if not row["from"] and not row["to"]:
            faults.append(f"{row.place}: from, to: a link has a place at one end at least")
    for row in tables["cluster_places"]:
        _check_certainty(row, [row["zone"]] if row["zone"] else [], row["basis_zh"], faults)
    _check_contradictions(tables, faults)


def _check_places(row: Row, faults: list[str]) -> None:
    _check_certainty(row, row["places"], row["place_basis_zh"], faults)
    start, end = row["year_start"], row["year_end"]
    if start is not None and end is not None and start > end:
        faults.append(f"{row.place}: year_end: {end} is before {start}")


def _check_certainty(row: Row, places: list[str], basis: str | None, faults: list[str]) -> None:
    if (row["certainty"] == "none") != (not places):
        faults.append(f"{row.place}: certainty: none is what has no place, and nothing else")
    if row["certainty"] == "inferred" and not basis:
        faults.append(f"{row.place}: what is inferred says on what ground, in both languages")


def _check_contradictions(tables: Tables, faults: list[str]) -> None:
    sides: dict[str, int] = defaultdict(int)
    for row in tables["contradiction_sides"]:
        sides[row["contradiction"]] += 1
    known = {
        row["id"]
        for name in ("plan_elements", "named", "projects", "rules", "indicators", "industries")
        for row in tables[name]
    }
    for row in tables["contradictions"]:
        if sides[row["id"]] < 2:
            faults.append(
                f"{row.place}: {row['id']} has {sides[row['id']]} side(s) in contradiction_sides.csv; 2 at least"
            )
        for one in row["bears_on"]:
            if one not in known:
                faults.append(
                    f"{row.place}: bears_on: {one!r} is no id of a plan element, a named thing, a rule, an indicator"
                    " or an industry"
                )


@dataclass(frozen=True, slots=True)
class Thing:
    """A named thing with what it refers to."""

    columns: dict[str, Any]
    places: list[str]
    industries: list[str]
    figures: list[Figure]


_THING = (
    *(
        "id",
        "name_zh",
        "certainty",
        "place_zh",
        "place_basis_zh",
        "place_basis_en",
        "owner_zh",
        "year_start",
        "year_end",
    ),
    *("summary_zh", "summary_en", "locator", "note_zh", "note_en"),
)


def things(tables: Tables) -> list[Thing]:
    """Return every named thing: those of ``named/``, the listed projects, and the firms of ``industry_firms.csv``.

    What stands in both files for a document is one thing. The table of firms has research bodies too: what ``named/``
    calls a platform somewhere is one.
    """
    found = [_thing(row, "project", None) for row in tables["projects"]]
    kinds = {row["name_zh"]: row["kind"] for row in tables["named"]}
    firms = _firms(tables, kinds)
    for row in tables["named"]:
        thing = _thing(row, row["kind"], row["status"])
        thing.columns.update(name_en=row["name_en"], aliases=row["aliases"])
        _join(thing, firms.pop((row["document"], row["name_zh"]), None))
        found.append(thing)
    return [*found, *firms.values()]


def _thing(row: Row, kind: str, status: str | None) -> Thing:
    columns = {name: row[name] for name in _THING}
    columns |= {"kind": kind, "status": status, "document_id": row["document"], "area_zone_id": row["area"]}
    columns |= {"name_en": None, "aliases": []}
    return Thing(columns, list(row["places"]), list(row["industries"]), list(row["figures"]))


_WIDTH = {"development_zone": 1, "district": 2, "municipality": 3}
"""Of several areas a firm is listed under the narrowest."""


def _firms(tables: Tables, named_kinds: Mapping[str, str]) -> dict[tuple[str, str], Thing]:
    """Return the firms of the table of firms by document and name, gathered from their rows.

    ``zone`` there is the area that the document speaks of: a park or a part of one is a place, a wider area is where
    the firm is listed.
    """
    kinds = {row["id"]: row["kind"] for row in tables["zones"]}
    parks = park_ids(tables["zones"])
    gathered: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tables["industry_firms"]:
        gathered[row["document"], row["name_zh"]].append(row)
    found = {}
    for (document, name), rows in gathered.items():
        zones = _once(row["zone"] for row in rows)
        places = [zone for zone in zones if zone in parks or kinds.get(zone) == "functional_area"]
        areas = sorted(
            (zone for zone in zones if zone not in places), key=lambda zone: _WIDTH.get(kinds.get(zone, ""), 0)
        )
        notes = [(row["note_zh"], row["note_en"]) for row in rows if row["note_zh"]]
        columns = dict.fromkeys(_THING) | {
            "id": f"firm-{hashlib.sha256(f'{document}/{name}'.encode()).hexdigest()[:10]}",
            "name_zh": name,
            "certainty": "named" if places else "none",
            "locator": "、".join(_once(row["locator"] for row in rows)),
            "note_zh": notes[0][0] if notes else None,
            "note_en": notes[0][1] if notes else None,
            "kind": named_kinds.get(name, "firm"),
            "status": None,
            "document_id": document,
            "area_zone_id": areas[0] if areas else None,
            "name_en": None,
            "aliases": [],
        }
        found[document, name] = Thing(columns, places, _once(row["industry"] for row in rows), [])
    return found


def _join(thing: Thing, other: Thing | None) -> None:
    """Add to a firm what the table of firms says of it in the same document."""
    if other is None:
        return
    thing.industries[:] = _once((*thing.industries, *other.industries))
    if thing.columns["certainty"] in ("named", "none") and other.places:
        thing.places[:] = _once((*thing.places, *other.places))
        thing.columns["certainty"] = "named"
    locators = _once((*thing.columns["locator"].split("、"), *other.columns["locator"].split("、")))
    thing.columns["locator"] = "、".join(locators)


def _once(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def named_batches(tables: Tables) -> list[Batch]:
    """Return the rows of named things, rules, links, directions and contradictions, by table."""
    elements = {row["id"] for row in tables["plan_elements"]}
    found = things(tables)
    links = tables["park_links"]
    return [
        (models.NamedThing, [{**one.columns, "sort": n} for n, one in enumerate(found)]),
        (models.ThingPlace, [
            {"thing_id": one.columns["id"], **subject(place, elements), "sort": n}
            for one in found for n, place in enumerate(_once(one.places))
        ]),
        (models.ThingIndustry, [
            {"thing_id": one.columns["id"], "industry_id": industry, "sort": n}
            for one in found for n, industry in enumerate(_once(one.industries))
        ]),
        (models.ThingFigure, [
            {"thing_id": one.columns["id"], "measure": it.measure, "value": it.value, "unit": it.unit,
             "printed": it.printed, "sort": n}
            for one in found for n, it in enumerate(one.figures)
        ]),
        (models.ListedProject, [
            {"thing_id": row["id"], "industry_id": row["industry"], **{name: row[name] for name in _LISTED}}
            for row in tables["projects"]
        ]),
        (models.Rule, [_with_industries(row, n, "scope") for n, row in enumerate(tables["rules"])]),
        (models.RuleScope, _ends(tables["rules"], {"scope": None}, "rule_id", elements)),
        (models.ParkLink, [_with_industries(row, n, "from", "to") for n, row in enumerate(links)]),
        (models.ParkLinkEnd, _ends(links, {"from": "from", "to": "to"}, "link_id", elements)),
        (models.Direction, [
            {**_sourced(row, "subject"), **subject(row["subject"], elements), "sort": n}
            for n, row in enumerate(tables["directions"])
        ]),
        (models.Contradiction, [
            {"id": row["id"], "summary_zh": row["summary_zh"], "summary_en": row["summary_en"],
             "zone_ids": row["zones"], "target_ids": row["bears_on"], "sort": n}
            for n, row in enumerate(tables["contradictions"])
        ]),
        (models.ContradictionSide, [
            {"contradiction_id": row["contradiction"], **_sourced(row, "contradiction"), "sort": n}
            for n, row in enumerate(tables["contradiction_sides"])
        ]),
    ]  # fmt: skip


_LISTED = ("seq", "category_zh", "section_zh", "investment_total", "investment_period", "funding_zh")


def subject(place: str, elements: set[str]) -> dict[str, str | None]:
    """Return the two columns of what a statement speaks of: an element of a plan, or a zone."""
    return {"zone_id": None, "element_id": place} if place in elements else {"zone_id": place, "element_id": None}


def _sourced(row: Row, *without: str) -> dict[str, Any]:
    values = {name: value for name, value in row.values.items() if name not in (*without, "document")}
    return {**values, "document_id": row["document"]}


def _with_industries(row: Row, sort: int, *without: str) -> dict[str, Any]:
    return {**_sourced(row, "industries", *without), "industry_ids": row["industries"], "sort": sort}


def _ends(rows: list[Row], roles: Mapping[str, str | None], key: str, elements: set[str]) -> list[dict[str, Any]]:
    return list(_each_end(rows, roles, key, elements))


def _each_end(
    rows: list[Row], roles: Mapping[str, str | None], key: str, elements: set[str]
) -> Iterator[dict[str, Any]]:
    for row in rows:
        for column, role in roles.items():
            for n, place in enumerate(_once(row[column])):
                yield {key: row["id"], **({"role": role} if role else {}), **subject(place, elements), "sort": n}
