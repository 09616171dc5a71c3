"""Find PostgreSQL programs that can serve PostGIS. Standard library only: the set-up script imports it too."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_PROJECT_HOME = Path(__file__).resolve().parents[2] / ".yuantu"

MINIMUM_MAJOR = 14
"""Oldest PostgreSQL that the migrations are written for."""

_WHERE = (
    "usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "usr/pgsql-*/bin",  # the PostgreSQL project's RPMs
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)
_CONTROL_FILES = {"PostGIS": "postgis.control", "pg_trgm (contrib)": "pg_trgm.control"}


class ClusterError(RuntimeError):
    """The private database cannot do what was asked; the message says why and what to do."""


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL installation that has PostGIS.

    Attributes
    ----------
    bindir
        Folder of ``postgres`` and ``initdb``.
    version
        Major version, for example 15.
    env
        Variables its programs need; not empty for a runtime unpacked under ``.yuantu/runtime``.
    """

    bindir: Path
    version: int
    env: dict[str, str] = field(default_factory=dict)

    def program(self, name: str) -> str:
        """Return the path of one program, such as ``initdb``."""
        return str(self.bindir / name)


def find_binaries(home: Path, environ: Mapping[str, str] = os.environ) -> Binaries:
    """Return the newest PostgreSQL >= 14 with PostGIS on this machine.

    Parameters
    ----------
    home
        The ``.yuantu`` folder; a runtime unpacked below it counts.
    environ
        Where ``YUANTU_PG_BINDIR`` (the only folder tried, when set) and ``PATH`` are read from.

    Raises
    ------
    ClusterError
        If there is none; the message lists what was looked at and the ways to get one.
    """
    return list_binaries(home, environ)[0]


def list_binaries(home: Path, environ: Mapping[str, str] = os.environ) -> list[Binaries]:
    """Return every usable installation, newest first. Parameters and errors are those of `find_binaries`."""
    usable: dict[Path, Binaries] = {}
    rejected: list[str] = []
    for bindir, env in _candidates(home, environ):
        if bindir in usable:
            continue
        found = _inspect(bindir, env)
        if isinstance(found, Binaries):
            usable[bindir] = found
        else:
            rejected.append(f"  {bindir}: {found}")
    if not usable:
        raise ClusterError(_advice(environ, sorted(set(rejected))))
    return sorted(usable.values(), key=lambda one: one.version, reverse=True)


def runtime_env(runtime: Path) -> dict[str, str]:
    """Return the variables with which programs unpacked (not installed) under `runtime` find libraries and data."""
    folders = [
        path
        for pattern in ("usr/lib/*-linux-gnu*", "lib/*-linux-gnu*")
        for base in sorted(runtime.glob(pattern))
        # Debian links BLAS and LAPACK by `update-alternatives`, which unpacking does not run.
        for path in (base, base / "blas", base / "lapack")
        if path.is_dir()
    ]
    return {
        "LD_LIBRARY_PATH": ":".join(map(str, folders)),
        "PROJ_DATA": str(runtime / "usr/share/proj"),
        "PROJ_LIB": str(runtime / "usr/share/proj"),  # the name before PROJ 9.1
        "GDAL_DATA": str(runtime / "usr/share/gdal"),
    }


def _candidates(home: Path, environ: Mapping[str, str]) -> Iterator[tuple[Path, dict[str, str]]]:
    chosen = environ.get("YUANTU_PG_BINDIR")
    if chosen:
        yield Path(chosen), {}
        return
    for bindir in sorted(Path("/").glob(_WHERE[0])):
        yield bindir, {}
    # A database elsewhere (the tests', say) uses the runtime of this project too.
    homes = (home, Path(environ.get("YUANTU_HOME") or _PROJECT_HOME))
    for runtime in dict.fromkeys((one / "runtime").absolute() for one in homes):
        env = runtime_env(runtime)
        for bindir in sorted(runtime.glob(_WHERE[0])):
            yield bindir, env
    for pattern in _WHERE[1:]:
        for bindir in sorted(Path("/").glob(pattern)):
            yield bindir, {}
    path = environ.get("PATH")
    pg_config = shutil.which("pg_config", path=path)
    if pg_config and (told := _output([pg_config, "--bindir"], {})):
        yield Path(told), {}
    initdb = shutil.which("initdb", path=path)
    if initdb:
        yield Path(initdb).resolve().parent, {}


def _inspect(bindir: Path, env: dict[str, str]) -> Binaries | str:
    """Return the installation in `bindir`, or why it does not serve."""
    missing = [name for name in ("postgres", "initdb") if not os.access(bindir / name, os.X_OK)]
    if missing:
        return f"no {' and no '.join(missing)}"
    version = _output([str(bindir / "postgres"), "--version"], env)
    major = re.search(r"\(PostgreSQL\) (\d+)", version)
    if not major:
        return "`postgres --version` fails"
    if int(major[1]) < MINIMUM_MAJOR:
        return f"PostgreSQL {major[1]} is older than {MINIMUM_MAJOR}"
    folders = _extension_folders(bindir, int(major[1]), env)
    for what, control in _CONTROL_FILES.items():
        if not any((folder / control).is_file() for folder in folders):
            return f"PostgreSQL {major[1]} without {what}"
    return Binaries(bindir, int(major[1]), env)


def _extension_folders(bindir: Path, major: int, env: dict[str, str]) -> list[Path]:
    told = _output([str(bindir / "pg_config"), "--sharedir"], env)
    if told:
        return [Path(told) / "extension"]
    shares = [bindir.parent / "share", bindir.parent / "share/postgresql"]
    if len(bindir.parents) > 3:
        shares.append(bindir.parents[3] / f"share/postgresql/{major}")
    return [share / "extension" for share in shares]


def _output(command: list[str], env: dict[str, str]) -> str:
    """Return what `command` prints, or nothing if it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - programs found above, no shell
            command, capture_output=True, text=True, timeout=20, env={**os.environ, **env}, check=False, cwd="/"
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _advice(environ: Mapping[str, str], rejected: list[str]) -> str:
    lines = [f"No PostgreSQL >= {MINIMUM_MAJOR} with PostGIS was found."]
    if rejected:
        lines += ["Looked at:", *rejected]
    if environ.get("YUANTU_PG_BINDIR"):
        lines.append("YUANTU_PG_BINDIR is set, so nothing else was tried: correct it or unset it.")
    lines += [
        "Any one of these gives it:",
        "  make run                  (on Debian and Ubuntu it installs or unpacks what is missing)",
        "  apt-get install postgresql-15 postgresql-15-postgis-3   (Debian 12; other releases have another number)",
        "  docker compose up         (the whole service in containers)",
        "  YUANTU_DATABASE_URL=postgresql://user:password@host/name   (a PostGIS >= 3.3 of your own)",
    ]
    return "\n".join(lines)
