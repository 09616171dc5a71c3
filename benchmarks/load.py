"""Load: closed-loop clients over HTTP (wrk, or `benchmarks.client`) and over SQL (pgbench), a round at a time."""

import json
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.client import CLIENTS
from benchmarks.places import ROOT
from scripts.bootstrap import apt
from scripts.bootstrap.console import SetupError

_SCRIPT = Path(__file__).with_name("requests.lua")
_PROGRESS = re.compile(r"^progress: ([\d.]+) s, ([\d.]+) tps, lat ([\d.]+) ms")
_QUIET_SECONDS, _QUIET_STEP = 10.0, 0.06


class LoadError(RuntimeError):
    """A round that measured something else than right answers."""


class NothingComplete(LoadError):
    """A round that was too short for its server."""


@dataclass(frozen=True)
class Round:
    """What one round measured.

    Attributes
    ----------
    rate
        Answers a second.
    median_ms
        Median time to an answer.
    """

    rate: float
    median_ms: float


def wrk() -> str | None:
    """Return the path of wrk, or None where it is not installed."""
    return shutil.which("wrk")


def ensure_wrk() -> str | None:
    """Install wrk where that is allowed; return why it cannot be had, or None."""
    if wrk() is not None:
        return None
    if not apt.available() or apt.elevated() is None:
        return "not installed, and this account may not install packages; a client in Python stands in"
    try:
        apt.install("wrk")
    except SetupError as error:
        return str(error)
    return None


def _command(url: str, paths: Path, first: int, seconds: float) -> list[str]:
    """Return the command of a round, but for the headers."""
    program = wrk()
    if program is None:
        return [sys.executable, "-m", "benchmarks.client", url, str(paths), str(first), str(seconds)]
    whole = max(1, round(seconds))
    options = ["-t1", f"-c{CLIENTS}", f"-d{whole}s", "--timeout", "30s", "-s", str(_SCRIPT)]
    return [program, *options, url, "--", str(paths), str(first)]


def http_round(
    url: str, paths: Path, *, seconds: float, first: int = 0, headers: Mapping[str, str] | None = None
) -> Round:
    """Let eight keep-alive clients ask for the paths in turn.

    Parameters
    ----------
    url
        ``http://host:port``.
    paths
        File of paths, one a line.
    seconds
        Length of the round.
    first
        Number of the path to begin with.
    headers
        Further request headers.

    Raises
    ------
    LoadError
        When any answer was an error.
    """
    command = _command(url, paths, first, seconds)
    command += [part for pair in (headers or {}).items() for part in pair]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT ")), None)
    if line is None:
        raise LoadError(f"the load generator said: {(done.stderr or done.stdout).strip()[-500:]}")
    result = json.loads(line.removeprefix("RESULT "))
    if result["failed"]:
        raise LoadError(f"{result['failed']} of {result['completed']} answers failed")
    if not result["completed"] or result["seconds"] <= 0:
        raise NothingComplete("no answer was complete at the end of the round")
    return Round(result["completed"] / result["seconds"], result["median_ms"])


def sql_round(
    program: str, connection: Sequence[str], script: Path, *, seconds: float, jobs: int, constants: Mapping[str, str]
) -> Round:
    """Let eight clients send one prepared statement again and again.

    The first second is not counted: in it each connection prepares the statement and fills its caches, as the
    connections that a server keeps open have done long before.

    Parameters
    ----------
    program
        Path of pgbench.
    connection
        Its connection options.
    script
        File of the script.
    seconds
        Length of the round after that second.
    jobs
        Threads of pgbench.
    constants
        Values of parameters that are the same each time.
    """
    whole = max(1, round(seconds)) + 1
    command = [program, "--no-vacuum", "--protocol=prepared", f"--client={CLIENTS}", f"--jobs={jobs}"]
    command += [f"--time={whole}", "--progress=1", f"--file={script}"]
    command += [f"--define={name}={value}" for name, value in constants.items()]
    done = subprocess.run([*command, *connection], capture_output=True, text=True, check=False)
    rows = [match for line in done.stderr.splitlines() if (match := _PROGRESS.match(line))]
    counted = [(float(row[2]), float(row[3])) for row in rows if float(row[1]) > 1.5]
    if done.returncode or not counted:
        raise LoadError(f"pgbench said: {(done.stderr or done.stdout).strip()[-500:]}")
    return Round(statistics.fmean(rate for rate, _ in counted), statistics.median(ms for _, ms in counted))


def wait_until_quiet(pids: Sequence[int]) -> None:
    """Wait until processes have nothing left to do.

    A slow server goes on with the requests of clients that left; that would be taken from the next one's round.
    """
    end = time.monotonic() + _QUIET_SECONDS
    before = _cpu_ticks(pids)
    while time.monotonic() < end:
        time.sleep(_QUIET_STEP)
        after = _cpu_ticks(pids)
        if after == before:
            return
        before = after


def _cpu_ticks(pids: Sequence[int]) -> int:
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total
