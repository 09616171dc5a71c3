"""Peers: the servers we compare with, installed from their package registries into ``.yuantu/bench-peers``.

Each is optional. One that cannot be had is reported with the reason, and the run goes on without it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.places import PEERS

TIPG = "1.6.1"
PYGEOAPI = "0.21.0"
FEATURESERV = "v1.3.1"
TILESERV = "v1.0.11"
MARTIN = "1.14.0"

BIN = PEERS / "bin"
_REASONS = PEERS / "reasons.json"

_PYTHON_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "tipg": (f"tipg=={TIPG}", "uvicorn", "uvloop", "httptools"),
    "pygeoapi": (
        f"pygeoapi=={PYGEOAPI}",
        "psycopg2-binary",
        "geoalchemy2",
        "pygeofilter[backend-sqlalchemy]",
        "sqlalchemy<2.1",
        "gunicorn",
    ),
}
_GO_MODULES = {
    "pg_featureserv": ("github.com/CrunchyData/pg_featureserv", FEATURESERV),
    "pg_tileserv": ("github.com/CrunchyData/pg_tileserv", TILESERV),
}
NAMES = (*_PYTHON_PACKAGES, *_GO_MODULES, "martin")


class NotInstalled(RuntimeError):
    """A peer that is not here; the message is the reason."""


def override(name: str) -> str:
    """Return the name of the environment variable that names a program to use for a peer."""
    return f"YUANTU_BENCH_{name.upper()}"


def program(name: str) -> Path:
    """Return the program of a peer: the one its variable names, the one installed here, or the machine's.

    Raises
    ------
    NotInstalled
        With the reason.
    """
    told = os.environ.get(override(name))
    if told:
        if not Path(told).is_file():
            raise NotInstalled(f"{override(name)} names {told}, which is no file")
        return Path(told)
    if name in _PYTHON_PACKAGES:
        here = PEERS / name / "bin" / "python"
        found = here if here.is_file() else None
    else:
        here = BIN / name
        machine = shutil.which(name)
        found = here if here.is_file() else Path(machine) if machine else None
    if found is None:
        raise NotInstalled(_reasons().get(name, "not installed; `python -m benchmarks peers` installs it"))
    return found


def version(name: str) -> str:
    """Return the version of a peer that is installed."""
    path = program(name)
    if name in _PYTHON_PACKAGES:
        code = f"import importlib.metadata as m; print(m.version({name!r}))"
        return _output([str(path), "-c", code])
    return _output([str(path), "--version"]).removeprefix(name).strip()


def install(names: tuple[str, ...]) -> int:
    """Install what is missing of the named peers; return how many could not be had."""
    BIN.mkdir(parents=True, exist_ok=True)
    reasons = _reasons()
    failed = 0
    for name in names:
        try:
            program(name)
        except NotInstalled:
            reason = _attempt(name)
            if reason:
                reasons[name] = reason
                failed += 1
                print(f"{name}: not available: {reason}", flush=True)
                continue
        reasons.pop(name, None)
        print(f"{name} {version(name)}", flush=True)
    _REASONS.write_text(json.dumps(reasons, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return failed


def _attempt(name: str) -> str | None:
    """Install a peer; return why it cannot be had, or None."""
    print(f"{name}: installing …", flush=True)
    how: Callable[[str], None] = _install_martin
    if name in _PYTHON_PACKAGES:
        how = _install_python
    elif name in _GO_MODULES:
        how = _install_go
    try:
        how(name)
    except FileNotFoundError as error:
        return f"{error.filename} is not installed"
    except subprocess.CalledProcessError as error:
        said = [line for line in (error.stderr or error.stdout or "").splitlines() if line.strip()]
        command = " ".join(map(str, error.cmd))
        return f"`{command}` failed: {' / '.join(said[-2:])}"
    return None


def _install_python(name: str) -> None:
    folder = PEERS / name
    _run([sys.executable, "-m", "venv", "--clear", str(folder)])
    try:
        _run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *_PYTHON_PACKAGES[name]])
    except subprocess.CalledProcessError:
        shutil.rmtree(folder)
        raise


def _install_go(name: str) -> None:
    """Build a program of a module of the Go module proxy.

    Not ``go install module@version``: that also asks the proxy for the list of versions, which some proxies refuse.
    """
    module, wanted = _GO_MODULES[name]
    with tempfile.TemporaryDirectory() as folder:
        go_mod = f"module peers\n\ngo 1.21\n\nrequire {module} {wanted}\n"
        Path(folder, "go.mod").write_text(go_mod, encoding="utf-8")
        Path(folder, "peers.go").write_text(f'//go:build peers\n\npackage peers\n\nimport _ "{module}"\n', "utf-8")
        environment = {"GOPROXY": "https://proxy.golang.org", "GOFLAGS": "-mod=mod", **os.environ}
        _run(["go", "build", "-o", str(BIN / name), module], cwd=folder, env=environment)


def _install_martin(name: str) -> None:
    """Build martin with nothing but its PostGIS source; takes some ten minutes on two cores."""
    features = ("--no-default-features", "--features", "postgres")
    _run(["cargo", "install", name, "--version", MARTIN, "--locked", "--root", str(PEERS), *features])


def _run(command: list[str], *, cwd: str | None = None, env: dict[str, str] | None = None) -> None:
    subprocess.run(["nice", *command], cwd=cwd, env=env, check=True, capture_output=True, text=True)


def _output(command: list[str]) -> str:
    # Whatever the exit status: pg_featureserv prints its version and exits with 1.
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()


def _reasons() -> dict[str, str]:
    try:
        reasons: dict[str, str] = json.loads(_REASONS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return reasons
