"""The predicates of the standard's abstract tests (annex A of OGC 21-065r2), on its own data set.

The rows of the class ``basic-cql2-combination`` are ``(NOT (p2) AND p1) OR (p3 AND p4) OR NOT (p1 OR p4)``, as the
abstract test has it. Their counts are held against the truth tables too, computed here from the data, no database.
"""

import csv
import operator
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from app.features.cql2 import parse_json, parse_text, to_json, to_text
from tests.conftest import SHARED
from tests.cql2.conftest import Table

COMBINATION = "basic-cql2-combination"
PLACES = "ne_110m_populated_places_simple"
_LISTED = re.compile(r"\(NOT \((.+)\) AND (.+)\) OR \((.+) AND (.+)\) OR NOT \((.+) OR (.+)\)")

Row = dict[str, str]
Truth = list[bool | None]


def _rows() -> Sequence[Row]:
    path = SHARED / "cql2" / "cql2_ats.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


ROWS = _rows()
PLAIN = [row for row in ROWS if row["conformance_class"] != COMBINATION]
COMBINED = [row for row in ROWS if row["conformance_class"] == COMBINATION]
needs_list = pytest.mark.skipif(not ROWS, reason="the list of abstract tests is not here")


def _check(table: Table, predicate: str, expected: int) -> None:
    node = parse_text(predicate)
    assert table.count(node) == expected
    assert table.count(parse_json(to_json(node))) == expected
    assert table.count(parse_text(to_text(node))) == expected


@needs_list
def test_the_list_is_whole() -> None:
    assert len(PLAIN) == 134
    assert len(COMBINED) == 43


@pytest.mark.parametrize("row", PLAIN, ids=lambda row: row["predicate"][:80])
def test_predicate(world: Callable[[str], Table], row: Row) -> None:
    _check(world(row["layer"]), row["predicate"], int(row["expected"]))


def _four(row: Row) -> tuple[str, str, str, str]:
    found = _LISTED.fullmatch(row["predicate"])
    assert found, row["predicate"]
    assert (found[2], found[4]) == (found[5], found[6])
    return found[2], found[1], found[3], found[4]


@pytest.mark.parametrize("row", COMBINED, ids=lambda row: row["predicate"][:80])
def test_combination(world: Callable[[str], Table], row: Row) -> None:
    _check(world(row["layer"]), row["predicate"], int(row["expected"]))


@pytest.fixture(scope="module")
def places(shared: Path) -> list[dict[str, Any]]:
    _, table = pyogrio.read_arrow(shared / "cql2" / "ne110m4cql2.gpkg", layer=PLACES)
    found: list[dict[str, Any]] = table.select(["name", "pop_other", "start", "boolean"]).to_pylist()
    return found


_COMPARE = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
_LITERALS: dict[str, Any] = {
    "'København'": "København",
    "TIMESTAMP('2022-04-16T10:13:19Z')": datetime(2022, 4, 16, 10, 13, 19, tzinfo=UTC),
    "true": True,
    "1038288": 1038288,
}


def _truth(predicate: str, rows: list[dict[str, Any]]) -> Truth:
    null = re.fullmatch(r"(\w+) IS (NOT )?NULL", predicate)
    if null:
        return [(row[null[1]] is None) is not bool(null[2]) for row in rows]
    found = re.fullmatch(r"(\w+)(<>|<=|>=|=|<|>)(.+)", predicate)
    assert found
    compare, literal = _COMPARE[found[2]], _LITERALS[found[3]]
    return [None if row[found[1]] is None else compare(row[found[1]], literal) for row in rows]


def _not(a: Truth) -> Truth:
    return [None if one is None else not one for one in a]


def _and(a: Truth, b: Truth) -> Truth:
    return [
        False if False in (one, two) else None if None in (one, two) else True for one, two in zip(a, b, strict=True)
    ]


def _or(a: Truth, b: Truth) -> Truth:
    return _not(_and(_not(a), _not(b)))


@pytest.mark.parametrize("row", COMBINED, ids=lambda row: row["predicate"][:80])
def test_combination_follows_the_truth_tables(places: list[dict[str, Any]], row: Row) -> None:
    p1, p2, p3, p4 = (_truth(one, places) for one in _four(row))
    truth = _or(_or(_and(_not(p2), p1), _and(p3, p4)), _not(_or(p1, p4)))
    assert truth.count(True) == int(row["expected"])


@pytest.mark.parametrize("name", ["T_AFTER", "T_BEFORE", "T_EQUALS", "T_INTERSECTS", "T_DISJOINT"])
@pytest.mark.parametrize(
    "instant", ["DATE('2021-04-16')", "INTERVAL('2021-01-01', '2022-04-16')", "INTERVAL('..', '..')"]
)
def test_temporal_functions_hold_turned_round(world: Callable[[str], Table], name: str, instant: str) -> None:
    mirrored = {"T_AFTER": "T_BEFORE", "T_BEFORE": "T_AFTER"}.get(name, name)
    table = world(PLACES)
    forward = table.count(parse_text(f'{name}("date", {instant})'))
    assert forward == table.count(parse_text(f'{mirrored}({instant}, "date")'))
