"""The command line of the benchmarks."""

import argparse
import json
import sys
from collections.abc import Sequence

from app.db.cluster import Cluster, ClusterError
from benchmarks import peers
from benchmarks.checks import WrongAnswer
from benchmarks.floor import NoFloor
from benchmarks.load import LoadError, ensure_wrk
from benchmarks.measure import Plan, save
from benchmarks.places import HOME, RESULTS_JSON, RESULTS_MD
from benchmarks.prepare import prepare, running_cluster, say
from benchmarks.report import markdown
from benchmarks.run import KEYS, run


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("prepare", help="load the facts and the generated parcels into .yuantu/bench")
    making.add_argument("--large", action="store_true", help="also two million parcels (1.4 GB, half a minute)")
    making.add_argument("--fresh", action="store_true", help="delete the benchmark's database first")
    getting = commands.add_parser("peers", help="install the servers to compare with into .yuantu/bench-peers")
    getting.add_argument("names", nargs="*", choices=[*peers.NAMES, []], help="which; all by default")
    measuring = commands.add_parser("run", help="measure, and write benchmarks/RESULTS.md")
    measuring.add_argument("--quick", action="store_true", help="two short rounds with one worker; RESULTS.md is kept")
    measuring.add_argument("--only", action="append", choices=KEYS, help="a scenario; may be repeated; all by default")
    measuring.add_argument("--rounds", type=int, default=5, help="rounds a contender (5)")
    measuring.add_argument("--seconds", type=float, default=None, help="length of a round; whole seconds")
    measuring.add_argument("--workers", type=int, action="append", help="a number of workers; may be repeated (1, 2)")
    commands.add_parser("report", help="write RESULTS.md again from the last whole run")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    told = _parser().parse_args(arguments)
    try:
        if told.command == "prepare":
            if told.fresh:
                Cluster(HOME).remove()
            with running_cluster() as cluster:
                prepare(cluster, large=told.large)
        elif told.command == "peers":
            say(f"wrk: {ensure_wrk() or 'installed'}")
            peers.install(tuple(told.names) or peers.NAMES)
        elif told.command == "run":
            _run(told)
        else:
            RESULTS_MD.write_text(markdown(json.loads(RESULTS_JSON.read_text(encoding="utf-8"))), encoding="utf-8")
    except (ClusterError, LoadError, NoFloor, peers.NotInstalled, WrongAnswer) as error:
        sys.exit(str(error))


def _run(told: argparse.Namespace) -> None:
    only = tuple(told.only or KEYS)
    plan = Plan(told.rounds, told.seconds, tuple(told.workers or (1, 2)))
    if told.quick:
        plan = Plan(2, told.seconds or 1.0, tuple(told.workers or (1,)))
    with running_cluster() as cluster:
        prepare(cluster)
        results = run(cluster, plan, only)
    page = markdown(results)
    print(f"\n{page}")
    whole = not told.quick and only == KEYS
    save(RESULTS_JSON if whole else HOME / "results-part.json", results)
    place = RESULTS_MD if whole else HOME / "RESULTS-part.md"
    place.write_text(page, encoding="utf-8")
    say(f"Written to {place}")
