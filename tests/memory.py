"""How much memory a process takes, as the kernel counts it."""

import re
from pathlib import Path
from types import TracebackType


def _mebibytes(pid: int, what: str) -> float:
    found = re.search(rf"^{what}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    assert found is not None, f"/proc/{pid}/status has no {what}"
    return int(found[1]) / 1024


def rss(pid: int) -> float:
    """Return the resident memory of a process now, MiB."""
    return _mebibytes(pid, "VmRSS")


class RssWatch:
    """Measure by how much the resident memory of a process grows at most while a block runs.

    >>> with RssWatch(server_pid) as watch: ...
    >>> watch.growth  # MiB
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.before = 0.0
        self.growth = 0.0

    def __enter__(self) -> "RssWatch":
        # 5 resets the peak (VmHWM) to what is resident now; see proc_pid_clear_refs(5).
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")
        self.before = rss(self.pid)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.growth = _mebibytes(self.pid, "VmHWM") - self.before
