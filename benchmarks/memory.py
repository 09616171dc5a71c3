"""Memory: how much the service grows while it streams a large layer, to a quick reader and to one that stops."""

import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.checks import WrongAnswer
from benchmarks.servers import Server

_MARK = b'"type":"Feature"'
_PAUSE_SECONDS = 3.0


@dataclass(frozen=True)
class Growth:
    """What one stream cost.

    Attributes
    ----------
    mebibytes
        Highest resident size during the stream above the resident size before it, over all processes, MiB.
    features, megabytes, seconds
        What was streamed, and how long it took.
    """

    mebibytes: float
    features: int
    megabytes: float
    seconds: float


def stream(server: Server, path: str, *, expected: int, pausing: bool) -> Growth:
    """Read a layer to its end and return how much the service grew.

    Parameters
    ----------
    server
        Just warmed up.
    path
        The layer.
    expected
        Features it has.
    pausing
        Whether the reader stops for a while after the first bytes, so that a server that reads ahead without bound
        would fill its memory.

    Raises
    ------
    WrongAnswer
        When features are missing.
    """
    pids = server.processes()
    before = sum(_status(pid, "VmRSS") for pid in pids)
    for pid in pids:
        Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")  # VmHWM begins anew
    began = time.monotonic()
    features = size = 0
    tail = b""
    with httpx.stream("GET", server.url + path, timeout=120, headers={"Accept-Encoding": "identity"}) as answer:
        if answer.status_code != 200:
            raise WrongAnswer(f"{path} answers {answer.status_code}")
        for chunk in answer.iter_raw():
            if pausing and not size:
                time.sleep(_PAUSE_SECONDS)
            size += len(chunk)
            text = tail + chunk
            features += text.count(_MARK)
            tail = text[-len(_MARK) + 1 :]
    seconds = time.monotonic() - began
    if features != expected:
        raise WrongAnswer(f"{path} streams {features} features, not {expected}")
    after = sum(_status(pid, "VmHWM") for pid in pids)
    return Growth((after - before) / 1024, features, size / 1e6, seconds)


def _status(pid: int, name: str) -> int:
    """Return a figure of a process's status, KiB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0
