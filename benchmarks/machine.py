"""Machine: what the figures were measured on."""

import os
import platform
import re
import subprocess
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import psycopg

from app.db.cluster import Cluster
from benchmarks import peers
from benchmarks.load import wrk

_BUSY_SECONDS = 2.0


def describe(cluster: Cluster) -> dict[str, str]:
    """Return machine, system and versions, as words."""
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"))
    with psycopg.connect(cluster.url()) as connection:
        row = connection.execute(
            "SELECT current_setting('server_version'), PostGIS_Lib_Version(), current_setting('shared_buffers')"
        ).fetchone()
    assert row is not None
    return {
        "Processor": f"{_processor()}, {len(os.sched_getaffinity(0))} cores",
        "Memory": f"{int(memory[1]) / 2**20:.0f} GiB" if memory else "not known",
        "System": f"{_system()}, Linux {platform.release()}",
        "PostgreSQL": f"{row[0]}, PostGIS {row[1]}, shared_buffers {row[2]}",
        "Python": f"{platform.python_version()}, uvicorn {version('uvicorn')}, psycopg {version('psycopg')}",
        "Load generators": f"{_wrk()}; {_pgbench(cluster)}",
    }


def peer_versions() -> Mapping[str, str]:
    """Return the version of each peer, or why it is not there."""
    found = {}
    for name in peers.NAMES:
        try:
            found[name] = peers.version(name)
        except peers.NotInstalled as error:
            found[name] = f"not available: {error}"
    return found


def busy() -> float:
    """Return the share of the processors that others use just now, while the benchmark does nothing."""

    def ticks() -> tuple[int, int]:
        fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
        numbers = [int(one) for one in fields]
        return sum(numbers[:8]), numbers[3] + numbers[4]

    total, idle = ticks()
    time.sleep(_BUSY_SECONDS)
    total_after, idle_after = ticks()
    return 1 - (idle_after - idle) / max(1, total_after - total)


def _processor() -> str:
    found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.M)
    return found[1] if found else platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def _wrk() -> str:
    program = wrk()
    if program is None:
        return "benchmarks.client, in Python, which is slower than wrk"
    said = subprocess.run([program, "-v"], capture_output=True, text=True, check=False).stdout
    return " ".join(said.split()[:2])


def _pgbench(cluster: Cluster) -> str:
    command = [cluster.binaries.program("pgbench"), "--version"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
