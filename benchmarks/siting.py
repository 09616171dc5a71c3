"""Siting: what an answer costs beside the one statement that it sends; alone: ``python -m benchmarks.siting``.

Two questions: parks (p95 over a list of different questions, no answer is kept), and 200,000 parcels with five
criteria. The floor is the very statement of the answer, sent by the same driver over a connection of the same pool and
read to its last row. Answers and floor take turns, so that a slow minute of the machine hits both.
"""

import asyncio
import itertools
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from app.db.cluster import Cluster
from app.db.engine import read_engine
from app.db.reader import Reader
from app.registry.reader import Registry, read_registry
from app.settings import Settings
from app.siting import survey_sql
from app.siting.request import read_fields
from app.siting.service import Answer, SitingCaches, answer_question
from app.siting.survey import MOST_FEATURES
from benchmarks.places import ROOT
from benchmarks.prepare import prepare, running_cluster, say
from benchmarks.stats import ratio

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
"""Largest ratio of an answer's time to that of its statement."""

ROUNDS = 5


@dataclass
class Compared:
    """Answers of siting beside their statements.

    Attributes
    ----------
    name, goal
        What was asked, and the largest ratio that is good enough.
    questions
        Number of different questions in a round.
    figure
        What of their times a round gives: the 95th percentile, or the one there is.
    ours, floor
        Milliseconds of the answers and of the bare statements, one a round.
    """

    name: str
    goal: float
    questions: int
    figure: str
    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)


async def timed(work: Callable[[], Awaitable[Any]]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = await work()
    return (time.perf_counter() - begun) * 1000, found


class Bench:
    """Asks questions and sends their statements."""

    def __init__(self, reader: Reader, registry: Registry) -> None:
        self.reader, self.registry, self.caches = reader, registry, SitingCaches.empty()

    async def answer(self, fields: dict[str, str]) -> Answer:
        found = await answer_question(
            read_fields(fields), reader=self.reader, registry=self.registry, caches=self.caches
        )
        assert found.text
        return found

    async def floor(self, answer: Answer) -> int:
        survey = answer.survey
        assert survey is not None
        statement = survey_sql.statement(survey.question, survey.record, MOST_FEATURES)
        return len(await self.reader.rows(statement.clause, statement.values))

    async def pair(self, fields: dict[str, str]) -> tuple[float, float, Answer]:
        ours, answer = await timed(lambda: self.answer(fields))
        bare, rows = await timed(lambda: self.floor(answer))
        assert answer.survey is not None and rows == len(answer.survey)
        return ours, bare, answer


async def parks(bench: Bench, rounds: int) -> Compared:
    """Ask different questions about parks, all of them in each round."""
    questions = [
        {"industries": industry, "area": area, "max_km": limit}
        for industry, area, limit in itertools.product(INDUSTRIES, AREAS, LIMITS)
    ]
    for question in questions[:: len(AREAS) * len(LIMITS)]:
        await bench.pair(question)  # connections, statements and the record are there afterwards
    found = Compared("parks", GOAL_PARKS, len(questions), "p95")
    for _ in range(rounds):
        pairs = [await bench.pair(question) for question in questions]
        found.ours.append(quantiles([ours for ours, _, _ in pairs], n=20)[-1])
        found.floor.append(quantiles([bare for _, bare, _ in pairs], n=20)[-1])
    return found


async def parcels(bench: Bench, rounds: int) -> Compared:
    """Ask for the best of the generated parcels by five criteria."""
    _, _, answer = await bench.pair(PARCELS)
    used = sum(one["used"] for one in answer.document["criteria"])
    count = answer.document["counts"]["candidates"]
    found = Compared(f"{count:,} parcels, {used} criteria", GOAL_PARCELS, 1, "time")
    for _ in range(rounds):
        ours, bare, _ = await bench.pair(PARCELS)
        found.ours.append(ours)
        found.floor.append(bare)
    return found


async def run(url: str, layers: Path, rounds: int) -> list[Compared]:
    """Measure both."""
    settings = Settings(statement_timeout_ms=120_000)
    reader = Reader([read_engine(url, settings, assume_role=True)])
    try:
        bench = Bench(reader, read_registry(layers))
        return [await parks(bench, rounds), await parcels(bench, rounds)]
    finally:
        await reader.close()


def measure(cluster: Cluster, rounds: int) -> list[dict[str, Any]]:
    """Measure both in a database that is prepared, and say what was found; return raw figures.

    Parameters
    ----------
    cluster
        The benchmark's database.
    rounds
        Rounds of each.
    """
    say("\nAnswers of siting beside the statement that each sends")
    with TemporaryDirectory() as folder:
        found = asyncio.run(run(cluster.url(), _layers(Path(folder)), rounds))
    for one in found:
        says(one)
    return [asdict(one) for one in found]


def says(one: Compared) -> None:
    """Print the figures of one kind of question."""
    times = ratio(one.ours, one.floor)
    milliseconds = " ".join(f"{ours:.1f}/{bare:.1f}" for ours, bare in zip(one.ours, one.floor, strict=True))
    say(f"  {one.name:36s} {milliseconds} ms: {times.median:.2f}x (goal {one.goal:g}x)")


def _layers(folder: Path) -> Path:
    """Write the layer of generated parcels alone into a folder."""
    for name in ("groups.yaml", "parcels.yaml"):
        (folder / name).write_bytes((ROOT / "benchmarks" / "layers" / name).read_bytes())
    return folder


def main(arguments: Sequence[str] = ()) -> None:
    """Run the command; a number is that of the rounds."""
    with running_cluster() as cluster:
        prepare(cluster)
        measure(cluster, int(arguments[0]) if arguments else ROUNDS)


if __name__ == "__main__":
    main(sys.argv[1:])
