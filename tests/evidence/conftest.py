"""The record and the rules of the real data."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from app.db.engine import read_engine
from app.db.reader import Reader
from app.evidence.demand import Demand, Match
from app.evidence.record import PlanningRecord
from app.evidence.record_store import load_record
from app.evidence.rule import Rule
from app.evidence.rules_sql import RULES, rules_of
from app.settings import Settings

Ask = Callable[..., Demand]


@dataclass(frozen=True)
class Evidence:
    """What the documents say."""

    record: PlanningRecord
    rules: tuple[Rule, ...]

    @property
    def candidates(self) -> list[str]:
        return [zone.id for zone in self.record.zones.values() if zone.candidate]

    def rule(self, identifier: str) -> Rule:
        return next(rule for rule in self.rules if rule.id == identifier)


@pytest.fixture(scope="session")
def evidence(database_url: str) -> Evidence:
    async def load() -> Evidence:
        reader = Reader([read_engine(database_url, Settings(), assume_role=True)])
        try:
            rows = json.loads(await reader.value(f"SELECT {RULES}::text"))
            return Evidence(await load_record(reader), rules_of(rows))
        finally:
            await reader.close()

    # Other tests may leave a loop running in this thread.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, load()).result()


def ask(words: str, *industries: str) -> Demand:
    """Return a demand of these words, which mean these industries."""
    return Demand(words, tuple(Match(industry, 1.0, "name") for industry in industries))
