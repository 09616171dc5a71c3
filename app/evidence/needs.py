"""Needs: which gateways an industry needs, by a table of ours (``needs.yaml``); answers show it as ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.evidence.demand import Demand
from app.evidence.record import Industry, PlanningRecord

FILE = Path(__file__).with_name("needs.yaml")
_KEYS = {"gateway", "industries", "why"}


@dataclass(frozen=True, slots=True)
class NeedRule:
    """A row of the table.

    Attributes
    ----------
    industries
        Ids of industries that need the gateway, with everything below them.
    without
        Ids of those below them that do not.
    why
        Our reason, by language.
    """

    gateway: str
    industries: frozenset[str]
    without: frozenset[str]
    why: Mapping[str, str]

    def holds(self, industry: Industry) -> bool:
        """Tell whether an industry needs the gateway."""
        return bool(self.industries.intersection(industry.path)) and not self.without.intersection(industry.path)


@dataclass(frozen=True, slots=True)
class Need:
    """A gateway that an industry asked for needs, and our reason by language."""

    gateway: str
    industry: Industry
    why: Mapping[str, str]


@cache
def need_rules(file: Path = FILE) -> tuple[NeedRule, ...]:
    """Read the table.

    Raises
    ------
    ValueError
        When a row lacks something, or has what it should not.
    """
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(_row(f"{file.name}: row {number}", row) for number, row in enumerate(rows, start=1))


def _row(where: str, row: Mapping[str, Any]) -> NeedRule:
    if missing := _KEYS - row.keys():
        raise ValueError(f"{where}: {', '.join(sorted(missing))}: missing")
    if strange := row.keys() - _KEYS - {"except"}:
        raise ValueError(f"{where}: {', '.join(sorted(strange))}: unknown")
    if row["why"].keys() != {"zh", "en"}:
        raise ValueError(f"{where}: why: should have zh and en")
    return NeedRule(row["gateway"], frozenset(row["industries"]), frozenset(row.get("except", ())), row["why"])


def checked_need_rules(record: PlanningRecord) -> tuple[NeedRule, ...]:
    """Return the table after checking it against a record; once for each record.

    Raises
    ------
    ValueError
        When a row names an industry that the taxonomy does not have.
    """
    kept: tuple[NeedRule, ...] | None = record.memory.get(("needs",))
    if kept is None:
        kept = need_rules()
        for number, rule in enumerate(kept, start=1):
            _check(f"{FILE.name}: row {number}", rule, record)
        record.memory["needs",] = kept
    return kept


def _check(where: str, rule: NeedRule, record: PlanningRecord) -> None:
    if strange := sorted((rule.industries | rule.without) - record.industries.keys()):
        raise ValueError(f"{where}: {', '.join(strange)}: not in the taxonomy of industries")


def needed(record: PlanningRecord, demands: Sequence[Demand]) -> tuple[Need, ...]:
    """Return the gateways that the industries asked for need, each once, in the order of the table.

    The first industry that needs a gateway stands for it.
    """
    asked = [match.id for demand in demands if demand.matches for match in demand.meant]
    industries = [record.industries[one] for one in asked if one in record.industries]
    found: dict[str, Need] = {}
    for rule in checked_need_rules(record):
        needs = (Need(rule.gateway, industry, rule.why) for industry in industries if rule.holds(industry))
        for need in needs:
            found.setdefault(need.gateway, need)
    return tuple(found.values())
