"""Measure: the contenders of a scenario in turn, round after round, each only after its answers were looked at."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx

from app.db.cluster import Cluster
from benchmarks import checks, floor, load
from benchmarks.places import HOME
from benchmarks.prepare import say
from benchmarks.scenarios import Contender, Scenario
from benchmarks.servers import Server, descendants

WARM_UP_SECONDS = 1.0


@dataclass(frozen=True)
class Plan:
    """How long to measure.

    Attributes
    ----------
    rounds
        Rounds a contender.
    seconds
        Length of a round; None: what the scenario says.
    workers
        Worker counts.
    """

    rounds: int = 5
    seconds: float | None = None
    workers: tuple[int, ...] = (1, 2)


@dataclass
class Figures:
    """What was measured of one contender.

    Attributes
    ----------
    rates
        Answers a second, one a round.
    median_ms
        Median time to an answer in each round.
    bytes_each, features_each
        Mean size of a body and mean number of features, looked at before timing.
    note
        Why it was not timed.
    """

    name: str
    rates: list[float] = field(default_factory=list)
    median_ms: list[float] = field(default_factory=list)
    bytes_each: float | None = None
    features_each: float | None = None
    note: str = ""


@dataclass
class Outcome:
    """What was measured in one scenario with one number of workers."""

    key: str
    title: str
    workers: int
    figures: list[Figures]
    goals: list[dict[str, object]]


class Bench:
    """Runs scenarios against running servers.

    Parameters
    ----------
    cluster
        The database.
    running, missing
        Servers that run, and why others do not.
    scripts
        The floor's scripts by scenario and contender they replay; a text where there is none, saying why.
    plan
        How long to measure.
    workers
        Workers that each server has.
    """

    def __init__(
        self,
        cluster: Cluster,
        running: Mapping[str, Server],
        missing: Mapping[str, str],
        scripts: Mapping[tuple[str, str], floor.Script | str],
        plan: Plan,
        workers: int,
    ) -> None:
        """See the class."""
        self.cluster, self.running, self.missing = cluster, running, missing
        self.scripts, self.plan, self.workers = scripts, plan, workers

    def run(self, scenario: Scenario) -> Outcome:
        """Measure a scenario."""
        say(f"\n{scenario.title}; {self.workers} worker{'s' if self.workers > 1 else ''}")
        figures = {one.name: Figures(one.name) for one in scenario.contenders}
        taking_part = self._check(scenario, figures)
        paths = {one.name: self._paths(scenario, one) for one in taking_part if one.server}
        for one in taking_part:
            if one.server:
                self._round(scenario, one, figures[one.name], paths, -1)
        for number in range(self.plan.rounds):
            for one in taking_part:
                if not figures[one.name].note:
                    self._round(scenario, one, figures[one.name], paths, number)
        for measured in figures.values():
            rates = " ".join(f"{rate:.1f}" for rate in measured.rates)
            say(f"  {measured.name:36s} {rates} {measured.note}")
        return Outcome(
            scenario.key,
            scenario.title,
            self.workers,
            list(figures.values()),
            [asdict(goal) for goal in scenario.goals],
        )

    def _check(self, scenario: Scenario, figures: Mapping[str, Figures]) -> list[Contender]:
        """Return the contenders whose answers are right; note what is wrong with the others."""
        reference: checks.Answers | None = None
        taking_part = []
        for one in scenario.contenders:
            mine = figures[one.name]
            if one.server is None:
                found = self.scripts.get((scenario.key, one.floor_of or ""), "was not captured")
                mine.note = f"not available: {found}" if isinstance(found, str) else ""
            elif one.server not in self.running:
                mine.note = f"not available: {self.missing.get(one.server, 'not started')}"
            else:
                try:
                    answers = checks.look(self.running[one.server].url, list(one.paths), one.kind, one.headers)
                except (checks.WrongAnswer, httpx.HTTPError, ValueError, KeyError) as error:
                    mine.note = f"not timed: {type(error).__name__}: {error}"
                    continue
                reference = reference or answers
                mine.bytes_each = answers.bytes_each
                mine.features_each = sum(answers.features) / len(answers.features)
                wrong = checks.difference(answers, reference, expected=scenario.expected, tolerance=scenario.tolerance)
                mine.note = f"not timed: {wrong}" if wrong else ""
            if not mine.note:
                taking_part.append(one)
        return taking_part

    def _paths(self, scenario: Scenario, one: Contender) -> Path:
        place = HOME / "paths" / f"{scenario.key}-{scenario.contenders.index(one)}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join(one.paths) + "\n", encoding="utf-8")
        return place

    def _round(
        self, scenario: Scenario, one: Contender, figures: Figures, paths: Mapping[str, Path], number: int
    ) -> None:
        """Run one round; the one before the first (number -1) only warms the server up."""
        seconds = self.plan.seconds or scenario.seconds
        try:
            if one.server is None:
                script = self.scripts[scenario.key, one.floor_of or ""]
                assert isinstance(script, floor.Script)
                done = floor.run(self.cluster, script, seconds=seconds, jobs=self.workers)
            else:
                # Every contender begins a round at the same place of the list, and each round at another.
                done = load.http_round(
                    self.running[one.server].url,
                    paths[one.name],
                    seconds=WARM_UP_SECONDS if number < 0 else seconds,
                    first=max(0, number) * 37,
                    headers=one.headers,
                )
                load.wait_until_quiet(self._busy_processes(self.running[one.server]))
        except load.LoadError as error:
            if number >= 0 or not isinstance(error, load.NothingComplete):
                figures.note = f"stopped: {error}"
            return
        if number >= 0:
            figures.rates.append(done.rate)
            figures.median_ms.append(done.median_ms)

    def _busy_processes(self, server: Server) -> list[int]:
        postmaster = self.cluster.status().pid
        return server.processes() + (descendants(postmaster) if postmaster else [])


def save(path: Path, results: Mapping[str, object]) -> None:
    """Write raw results as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
