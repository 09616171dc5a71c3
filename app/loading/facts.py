"""Facts: every table of geodata/ read and checked against the others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.loading.named import check_named
from app.loading.schema import TABLES
from app.loading.search_checks import check_search
from app.loading.statements import check_statements
from app.loading.tables import Column, LoadError, Row
from app.loading.taxonomy import check_taxonomy

BOUNDS = (116.6, 38.5, 118.2, 40.3)
"""West, south, east, north of Tianjin with its sea, degrees: what lies outside is a mistake (often swapped axes)."""

HAN = re.compile(r"[\u4e00-\u9fff]")
PROSE = ("note", "summary", "positioning", "text", "basis", "place_basis", "method", "source", "lines_source")
"""Beginnings of the columns that hold sentences, which a reader of Chinese has to find in Chinese."""

_UNNAMED = Column(required=True)

INDUSTRY_RANK = {"sector": 0, "subsector": 1, "product": 2}


@dataclass(frozen=True)
class Facts:
    """The rows of every table, in file order, and what follows from them.

    Attributes
    ----------
    tables
        Rows by table name.
    industry_paths
        For each industry the ids from its sector down to itself.
    """

    tables: Mapping[str, list[Row]]
    industry_paths: Mapping[str, list[str]]

    def __getitem__(self, table: str) -> list[Row]:
        """Return the rows of a table."""
        return self.tables[table]


def read_facts(folder: Path) -> Facts:
    """Read and check every table of a geodata folder.

    Parameters
    ----------
    folder
        The geodata folder.

    Raises
    ------
    LoadError
        Naming every fault with file and line: unreadable cells, unknown ids, repeated rows, broken trees.
    """
    faults: list[str] = []
    tables = {name: table.read(folder, faults) for name, table in TABLES.items()}
    _check_languages(tables, faults)
    _check_references(tables, faults)
    _check_repeats(tables, faults)
    _check_theme_parks(tables, faults)
    _parents_first(tables["zones"], faults)
    paths = _parents_first(tables["industries"], faults)
    _check_industry_tree(tables["industries"], faults)
    _parents_first(tables["plan_elements"], faults)
    _check_plan_elements(tables, faults)
    _check_positions(tables["facilities"], faults)
    _check_trains(tables["facilities"], faults)
    check_named(tables, faults)
    check_statements(tables, faults)
    check_search(tables, faults)
    check_taxonomy(tables, faults)
    if faults:
        raise LoadError(faults)
    return Facts(tables, paths)


def _check_languages(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    """A text of the two columns ``…_zh`` and ``…_en`` is there in both languages or in none, and each in its own.

    A named thing has an English name only where it has an established one.
    """
    for name, rows in tables.items():
        columns = TABLES[name].columns
        pairs = [(zh, f"{zh[:-3]}_en") for zh in columns if zh.endswith("_zh") and f"{zh[:-3]}_en" in columns]
        if not columns.get("name_en", _UNNAMED).required:
            pairs = [pair for pair in pairs if pair[1] != "name_en"]
        for row in rows:
            for zh, en in pairs:
                if (row[zh] is None) != (row[en] is None):
                    given, missing = (zh, en) if row[en] is None else (en, zh)
                    faults.append(f"{row.place}: {missing}: is empty, though {given} is not")
                elif row[zh] is not None and zh.startswith(PROSE) and not HAN.search(row[zh]):
                    faults.append(f"{row.place}: {zh}: is not Chinese: {row[zh]!r}")


def _check_references(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    ids = {name: {row["id"] for row in rows} for name, rows in tables.items() if TABLES[name].key}
    # A theme park is a zone too; what takes place in one may name it.
    ids["zones"] |= ids["theme_parks"]
    ids["places"] = ids["zones"] | ids["plan_elements"]
    for name, rows in tables.items():
        links = [(column, spec) for column, spec in TABLES[name].columns.items() if spec.refers_to]
        for row in rows:
            for column, spec in links:
                value = row[column]
                for one in value if spec.several else [value] if value else []:
                    if one not in ids[str(spec.refers_to)]:
                        faults.append(f"{row.place}: {column}: {one!r} is not an id of {spec.refers_to}")


def _check_repeats(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    keys = {
        "zone_industries": ("subject", "industry", "document", "locator", "wording"),
        "theme_park_hosts": ("theme_park", "host", "document", "locator"),
        "cluster_places": ("cluster", "role", "name_zh", "zone"),
        "industry_firms": ("industry", "zone", "name_zh", "locator"),
    }
    for name, columns in keys.items():
        first: dict[tuple[object, ...], str] = {}
        for row in tables[name]:
            key = tuple(row[column] for column in columns)
            if key in first:
                faults.append(f"{row.place}: says the same as {first[key]}")
            first.setdefault(key, row.place)


def _check_theme_parks(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    zones = {row["id"] for row in tables["zones"]}
    for row in tables["theme_parks"]:
        if row["id"] in zones:
            faults.append(f"{row.place}: id {row['id']!r} is taken by a zone")


def _parents_first(rows: list[Row], faults: list[str]) -> dict[str, list[str]]:
    """Return each row's path from the root; a cycle is a fault."""
    parents = {row["id"]: row["parent"] for row in rows}
    paths: dict[str, list[str]] = {}
    for row in rows:
        path, at = [row["id"]], row["parent"]
        while at is not None and at not in path:
            path.append(at)
            at = parents.get(at)
        if at is not None:
            faults.append(f"{row.place}: parent: {row['id']!r} is its own ancestor ({' < '.join([*path, at])})")
        paths[row["id"]] = path[::-1]
    return paths


def _check_industry_tree(rows: list[Row], faults: list[str]) -> None:
    kinds = {row["id"]: row["kind"] for row in rows}
    for row in rows:
        if (row["kind"] == "sector") != (row["parent"] is None):
            faults.append(f"{row.place}: a sector has no parent, and everything else has one")
        elif row["parent"] in kinds and INDUSTRY_RANK[kinds[row["parent"]]] > INDUSTRY_RANK[row["kind"]]:
            faults.append(f"{row.place}: a {row['kind']} cannot stand under a {kinds[row['parent']]}")


def _check_positions(rows: list[Row], faults: list[str]) -> None:
    west, south, east, north = BOUNDS
    for row in rows:
        if not (west <= row["lon"] <= east and south <= row["lat"] <= north):
            faults.append(f"{row.place}: {row['lon']}, {row['lat']} lies outside Tianjin {BOUNDS}: longitude first")


def _check_trains(rows: list[Row], faults: list[str]) -> None:
    """What trains stop at is said of every railway station and of nothing else, with the lines and their source."""
    for row in rows:
        said = [row[column] is not None for column in ("trains", "lines_zh", "lines_source_zh")]
        if said != [row["kind"] == "rail_station"] * len(said):
            faults.append(f"{row.place}: trains, lines and their source belong to railway stations, and to each")


def _check_plan_elements(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    plans = {row["id"]: row["plan"] for row in tables["plan_elements"]}
    parents = {row["parent"] for row in tables["plan_elements"]}
    for row in tables["plan_elements"]:
        if row["parent"] is not None and plans.get(row["parent"]) != row["plan"]:
            faults.append(f"{row.place}: parent: {row['parent']!r} belongs to another plan")
        if not (row["members"] or row["core"] or row["via"] or row["along"] or row["id"] in parents):
            faults.append(
                f"{row.place}: has neither members nor core nor via nor a line nor parts, so it has no place on the map"
            )
