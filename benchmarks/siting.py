"""Siting: what an answer costs beside the one statement that it sends. ``python -m benchmarks.siting``.

Two questions: parks (p95 over a list of different questions, no answer is kept), and 200,000 parcels with five
criteria. The floor is the very statement of the answer, sent by the same driver over a connection of the same pool and
read to its last row. Answers and floor take turns, so that a slow minute of the machine hits both.
"""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from app.db.cluster import Cluster
from app.db.engine import read_engine
from app.db.reader import Reader
from app.registry.reader import Registry, read_registry
from app.settings import Settings
from app.siting import survey_sql
from app.siting.intake import read_fields
from app.siting.service import Answer, Desk, answer_question
from app.siting.survey import MOST_FEATURES
from benchmarks.places import ROOT
from benchmarks.prepare import prepare, running_cluster, say

INDUSTRIES = ("集成电路", "细胞", "信创", "航空产业", "石墨烯", "疫苗", "氢能", "新材料", "海洋装备", "C27")
AREAS = ("20公顷", "50公顷", "300亩", "1km²")
LIMITS = ("airport:30", "port:40", "rail:15,metro:20")
PARCELS = {
    "industries": "集成电路",
    "layer": "parcels",
    "area": "0.5公顷",
    "max_km": "airport:40",
    "weights": "industry:40,level:10,size:20,port:15,airport:15",
}
"""Five criteria over the generated parcels."""

GOAL_PARKS, GOAL_PARCELS = 3.0, 2.0
ROUNDS = 5


async def timed(work: Callable[[], Awaitable[Any]]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = await work()
    return (time.perf_counter() - begun) * 1000, found


class Bench:
    """Asks questions and sends their statements."""

    def __init__(self, reader: Reader, registry: Registry) -> None:
        self.reader, self.registry, self.desk = reader, registry, Desk.empty()

    async def answer(self, fields: dict[str, str]) -> Answer:
        found = await answer_question(read_fields(fields), reader=self.reader, registry=self.registry, desk=self.desk)
        assert found.text
        return found

    async def floor(self, answer: Answer) -> int:
        survey = answer.evaluation.survey
        statement = survey_sql.statement(survey.question, survey.knowledge, MOST_FEATURES)
        return len(await self.reader.rows(statement.clause, statement.values))

    async def pair(self, fields: dict[str, str]) -> tuple[float, float, Answer]:
        ours, answer = await timed(lambda: self.answer(fields))
        bare, rows = await timed(lambda: self.floor(answer))
        assert rows == answer.document["counts"]["candidates"]
        return ours, bare, answer


async def parks(bench: Bench) -> None:
    questions = [
        {"industries": industry, "area": area, "max_km": limit}
        for industry, area, limit in itertools.product(INDUSTRIES, AREAS, LIMITS)
    ]
    for question in questions[:: len(AREAS) * len(LIMITS)]:
        await bench.pair(question)  # connections, statements and the knowledge are there afterwards
    pairs = [await bench.pair(question) for question in questions]
    ours, bare = (quantiles([pair[at] for pair in pairs], n=20)[-1] for at in (0, 1))
    middle = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    say(f"parks, {len(pairs)} questions (goal {GOAL_PARKS:g} x)")
    say(f"  p95 {ours:.1f} ms, floor p95 {bare:.1f} ms: {ours / bare:.2f} x")
    say(f"  medians {middle[0]:.1f} and {middle[1]:.1f} ms: {middle[0] / middle[1]:.2f} x")


async def parcels(bench: Bench) -> None:
    await bench.pair(PARCELS)
    pairs = [await bench.pair(PARCELS) for _ in range(ROUNDS)]
    ours, bare = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    ratio = median(pair[0] / pair[1] for pair in pairs)
    used = sum(one["used"] for one in pairs[0][2].document["criteria"])
    count = pairs[0][2].document["counts"]["candidates"]
    say(f"{count:,} parcels, {used} criteria (goal {GOAL_PARCELS:g} x)")
    say(f"  {ours:.0f} ms, bare SQL {bare:.0f} ms: {ratio:.2f} x")


async def run(url: str, layers: Path) -> None:
    """Measure both."""
    settings = Settings(statement_timeout_ms=120_000)
    reader = Reader([read_engine(url, settings, assume_role=True)])
    try:
        bench = Bench(reader, read_registry(layers))
        await parks(bench)
        await parcels(bench)
    finally:
        await reader.close()


def _layers(folder: Path) -> Path:
    """Write the layer of generated parcels alone into a folder."""
    for name in ("groups.yaml", "parcels.yaml"):
        (folder / name).write_bytes((ROOT / "benchmarks" / "layers" / name).read_bytes())
    return folder


def main() -> None:
    """Run the command."""
    with running_cluster() as cluster, TemporaryDirectory() as folder:
        _measure(cluster, _layers(Path(folder)))


def _measure(cluster: Cluster, layers: Path) -> None:
    prepare(cluster)
    asyncio.run(run(cluster.url(), layers))


if __name__ == "__main__":
    main()
