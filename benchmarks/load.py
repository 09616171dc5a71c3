"""Load: closed-loop clients over HTTP (wrk) and over SQL (pgbench), one round at a time."""

import json
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CLIENTS = 8
_SCRIPT = Path(__file__).with_name("requests.lua")
_PROGRESS = re.compile(r"^progress: ([\d.]+) s, ([\d.]+) tps, lat ([\d.]+) ms")
_QUIET_SECONDS = 10.0


class LoadError(RuntimeError):
    """A round that measured something else than right answers."""


@dataclass(frozen=True)
class Round:
    """What one round measured.

    Attributes
    ----------
    rate
        Answers a second.
    bytes_each
        Mean size of an answer with its headers; None where it is not known.
    median_ms
        Median time to an answer.
    """

    rate: float
    bytes_each: float | None
    median_ms: float


def http_program() -> str:
    """Return the path of wrk.

    Raises
    ------
    LoadError
        When there is none.
    """
    found = shutil.which("wrk")
    if found is None:
        raise LoadError("wrk is not installed: apt-get install wrk")
    return found


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
    whole = max(1, round(seconds))
    command = [http_program(), "-t1", f"-c{CLIENTS}", f"-d{whole}s", "--timeout", "30s", "-s", str(_SCRIPT), url, "--"]
    command += [str(paths), str(first), *(part for pair in (headers or {}).items() for part in pair)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT ")), None)
    if line is None:
        raise LoadError(f"wrk said: {(done.stderr or done.stdout).strip()[-500:]}")
    result = json.loads(line.removeprefix("RESULT "))
    if result["failed"]:
        raise LoadError(f"{result['failed']} of {result['completed']} answers failed")
    if not result["completed"] or result["seconds"] <= 0:
        raise LoadError("no answer was complete at the end of the round")
    return Round(result["completed"] / result["seconds"], result["bytes"] / result["completed"], result["median_ms"])


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
    return Round(statistics.fmean(rate for rate, _ in counted), None, statistics.median(ms for _, ms in counted))


def wait_until_quiet(pids: Sequence[int]) -> None:
    """Wait until processes have nothing left to do.

    A slow server goes on with the requests of clients that left; that would be taken from the next one's round.
    """
    end = time.monotonic() + _QUIET_SECONDS
    before = _cpu_ticks(pids)
    while time.monotonic() < end:
        time.sleep(0.15)
        after = _cpu_ticks(pids)
        if after - before <= 1:
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
