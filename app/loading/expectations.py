"""Completeness: what expectations.yaml says a complete load contains, counted and summed."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.loading.facts import Facts
from app.loading.schema import TABLES
from app.loading.tables import Row

FILE = "expectations.yaml"
Where = dict[str, str | list[str]]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    document: str | None = None
    locator: str | None = None

    @property
    def printed(self) -> str:
        """Where the expectation comes from."""
        return f" ({self.document} {self.locator or ''})".replace(" )", ")") if self.document else ""


class Count(_Part):
    """How many rows there are."""

    where: Where = {}
    equals: int | None = None
    at_least: int | None = None


class Covered(_Part):
    """Zones each of which has at least one row from the document and locator."""

    of: Where


class Total(_Part):
    """A sum that a document prints; the tolerance is half of its last digit."""

    where: Where = {}
    column: str = Field(alias="sum")
    expected: Decimal
    tolerance: Decimal


class Expectations(BaseModel):
    """Everything the file may say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    counts: tuple[Count, ...] = ()
    covered: tuple[Covered, ...] = ()
    totals: tuple[Total, ...] = ()


def check_expectations(folder: Path, facts: Facts, faults: list[str]) -> None:
    """Count and sum what was read against ``expectations.yaml``; append what differs to ``faults``."""
    try:
        raw = yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))
        expectations = Expectations.model_validate(raw)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        faults.append(f"{FILE}:1: {error}")
        return
    for count in expectations.counts:
        _check_count(count, facts, faults)
    for covered in expectations.covered:
        _check_covered(covered, facts, faults)
    for total in expectations.totals:
        rows = _select(_table(facts, total.file), total.where)
        got = sum((row[total.column] for row in rows if row[total.column] is not None), Decimal(0))
        if abs(got - total.expected) > total.tolerance:
            faults.append(f"{total.file}: {total.column} sums to {got}, {total.expected} is printed{total.printed}")


def _check_count(count: Count, facts: Facts, faults: list[str]) -> None:
    got = len(list(_select(_table(facts, count.file), count.where)))
    what = ", ".join(f"{column} {value}" for column, value in count.where.items())
    if count.equals is not None and got != count.equals:
        faults.append(f"{count.file}: {got} rows {what} instead of {count.equals}{count.printed}")
    if count.at_least is not None and got < count.at_least:
        faults.append(f"{count.file}: {got} rows {what}, fewer than {count.at_least}{count.printed}")


def _check_covered(covered: Covered, facts: Facts, faults: list[str]) -> None:
    stated = {
        row["subject"]
        for row in _table(facts, covered.file)
        if row["document"] == covered.document and row["locator"].startswith(covered.locator or "")
    }
    for row in _select(facts["zones"], covered.of):
        if row["id"] not in stated:
            faults.append(f"{covered.file}: no row for {row['id']} ({row['name_zh']}){covered.printed}")


def _table(facts: Facts, file: str) -> list[Row]:
    for name, table in TABLES.items():
        if table.file in (file, f"{file}/"):
            return facts[name]
    raise KeyError(f"{FILE} names {file}, which is no table of geodata/")


def _select(rows: Iterable[Row], where: Mapping[str, Any]) -> Iterable[Row]:
    return (row for row in rows if all(_matches(row[column], wanted) for column, wanted in where.items()))


def _matches(value: Any, wanted: str | list[str]) -> bool:
    if isinstance(wanted, list):
        return any(_matches(value, one) for one in wanted)
    if wanted.endswith("*"):
        return str(value).startswith(wanted[:-1])
    return str(value) == wanted
