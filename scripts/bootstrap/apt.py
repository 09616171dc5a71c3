"""Debian packages: installed where that is allowed, else downloaded and unpacked into a folder of the project's."""

import os
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from scripts.bootstrap.console import SetupError, output, run, works

ELSEWHERE = "Or run the whole service in containers: docker compose up"


def available() -> bool:
    """Tell whether this machine has Debian's package tools."""
    return all(map(shutil.which, ("apt-get", "apt-cache", "dpkg-deb")))


@cache
def elevated() -> tuple[str, ...] | None:
    """Return what to put before a command to run it as root; None where the caller may not."""
    if os.geteuid() == 0:
        return ()
    return ("sudo", "-n") if shutil.which("sudo") and works(["sudo", "-n", "true"]) else None


def as_root(*command: str) -> str:
    """Run a command as root, directly or with sudo."""
    prefix = elevated()
    if prefix is None:
        raise SetupError(f"Only root can do this: {' '.join(command)}")
    return run([*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command], why=ELSEWHERE)


@cache
def update() -> None:
    """Fetch the package lists, once in a run."""
    as_root("apt-get", "update", "-q")


def install(*packages: str) -> None:
    """Install packages, without what they merely recommend."""
    update()
    as_root("apt-get", "install", "-q", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", *packages)


def newest_postgis(options: tuple[str, ...] = ()) -> int:
    """Return the highest N for which this release has a package ``postgresql-N-postgis-3``."""
    listed = output(["apt-cache", *options, "search", "--names-only", "^postgresql-[0-9]+-postgis-3$"]) or ""
    numbers = [int(number) for number in re.findall(r"^postgresql-(\d+)-postgis-3 ", listed, re.MULTILINE)]
    if not numbers:
        raise SetupError(f"apt knows no package postgresql-N-postgis-3 (N: 14 or more). {ELSEWHERE}")
    return max(numbers)


class Unpacker:
    """Download packages as an ordinary user and unpack them, with package lists of its own.

    Use as a context manager: the lists and the packages are in a temporary folder.
    """

    def __enter__(self) -> "Unpacker":
        """Fetch the package lists that the machine's sources name."""
        if not available():
            raise SetupError(f"This is no Debian or Ubuntu (apt-get and dpkg-deb are missing). {ELSEWHERE}")
        self._folder = Path(tempfile.mkdtemp(prefix="yuantu-apt-"))
        for name in ("lists/partial", "cache/archives/partial", "debs"):
            (self._folder / name).mkdir(parents=True)
        self.options = (
            "-o", f"Dir::State::Lists={self._folder}/lists",
            "-o", f"Dir::Cache={self._folder}/cache",
            "-o", "Debug::NoLocking=1",
            "-o", "APT::Get::List-Cleanup=0",
            "-o", "Acquire::Languages=none",
            # Hooks that the machine runs as root after an update or a download.
            "-o", "APT::Update::Post-Invoke-Success::=/bin/true",
        )  # fmt: skip
        try:
            run(["apt-get", *self.options, "-q", "update"], why=ELSEWHERE)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the lists and the packages."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def unpack(self, package: str, target: Path, *, alone: bool = False) -> None:
        """Unpack `package` and all it needs that this machine lacks into `target`, which appears when it is complete.

        Parameters
        ----------
        package
            A package's name.
        target
            A folder; replaced if it is there.
        alone
            Whether to leave out what it depends on.
        """
        wanted = [package] if alone else self._missing(package)
        debs = self._folder / "debs"
        run(["apt-get", *self.options, "-q", "download", *wanted], cwd=debs, why=ELSEWHERE)
        new = target.with_name(f"{target.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        for deb in sorted(debs.glob("*.deb")):
            run(["dpkg-deb", "--extract", str(deb), str(new)])
            deb.unlink()
        shutil.rmtree(target, ignore_errors=True)
        new.replace(target)

    def _missing(self, package: str) -> list[str]:
        told = run(["apt-get", *self.options, "-s", "install", "--no-install-recommends", package], why=ELSEWHERE)
        found = re.findall(r"^Inst (\S+) (?:\[[^]]*\] )?\((\S+) ", told, re.MULTILINE)
        # A package that is installed but whose files are broken or hidden is still fetched itself.
        return [f"{name}={version}" for name, version in found] or [package]
