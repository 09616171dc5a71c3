"""The Python environment: uv, and the packages of ``uv.lock`` in ``.venv``."""

import importlib.util
import json
import os
import re
import shutil
import sys
import tomllib
from pathlib import Path

from scripts.bootstrap import apt
from scripts.bootstrap.console import (
    HOME,
    ROOT,
    SetupError,
    fingerprint,
    output,
    python_of_venv,
    read_stamp,
    ready,
    run,
    step,
    works,
    write_stamp,
)

UV_VERSION = "0.13.8"
"""The uv that is fetched where there is none, and that the container image uses."""

UV_OLDEST = (0, 5)
"""The oldest uv on the machine's PATH that reads the lock file and knows dependency groups."""

_OFFLINE = "The first set-up needs the network (the package registries); later ones do not."


def ensure_environment(*, dev: bool) -> None:
    """Install the locked packages into ``.venv``, with the tools for tests if `dev`; do nothing if they are there.

    Packages are only ever added to an environment that fits the lock file: serving after testing keeps the test tools.
    """
    wanted = _fingerprint()
    stamp = read_stamp("python")
    group = "dev" if dev else "run"
    if stamp[:1] == [wanted] and {group, "dev"} & set(stamp[1:]) and _usable():
        ready("Python packages", "ready")
        return
    with step("Python packages", note="(the first time up to a minute)"):
        if not _made_here():
            shutil.rmtree(ROOT / ".venv", ignore_errors=True)
        environment = {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv"), "VIRTUAL_ENV": ""}
        selection = ["--group", "dev"] if dev else ["--no-dev"]
        command = [uv(), "sync", "--frozen", "--inexact", *selection, "--python", sys.executable, "--no-progress"]
        run(command, env=environment, why=_OFFLINE)
        kept = [group] if stamp[:1] != [wanted] else sorted({group, *stamp[1:]})
        write_stamp("python", wanted, *kept)


def uv() -> str:
    """Return the path of a uv: the machine's, or one of the project's own, fetched with pip."""
    there = shutil.which("uv")
    if there and _uv_version(there) >= UV_OLDEST:
        return there
    own = HOME / "tools" / "uv"
    program = own / "bin" / "uv"
    if _uv_version(str(program)) != _numbers(UV_VERSION):
        shutil.rmtree(own, ignore_errors=True)
        run([*_pip(), "install", "--quiet", "--target", str(own), f"uv=={UV_VERSION}"], why=_OFFLINE)
    return str(program)


def _pip() -> list[str]:
    """Return a command that is pip. A fresh Debian has none: the package that carries it as a wheel is enough."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    own = HOME / "tools" / "pip"
    for folder in (Path("/usr/share/python-wheels"), own / "usr/share/python-wheels"):
        for wheel in sorted(folder.glob("pip-*.whl")):
            return [sys.executable, f"{wheel}/pip"]
    if not apt.available():
        raise SetupError(
            f"{sys.executable} has no pip, and this is no Debian, where the set-up would fetch it. "
            f"Install pip or uv. {apt.ELSEWHERE}"
        )
    with apt.Unpacker() as packages:
        packages.unpack("python3-pip-whl", own, alone=True)
    wheel = next((own / "usr/share/python-wheels").glob("pip-*.whl"))
    return [sys.executable, f"{wheel}/pip"]


def _uv_version(program: str) -> tuple[int, ...]:
    told = output([program, "--version"]) or ""
    found = re.match(r"uv (\d+(?:\.\d+)*)", told)
    return _numbers(found[1]) if found else ()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _fingerprint() -> str:
    """Hash what decides the environment: the lock file, the parts of pyproject.toml that matter, the interpreter."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tools = project.get("tool", {})
    parts = [project.get(key) for key in ("project", "build-system", "dependency-groups")]
    parts += [tools.get("uv"), tools.get("hatch")]
    return fingerprint(
        (ROOT / "uv.lock").read_bytes(), json.dumps(parts, sort_keys=True), os.fsencode(ROOT), sys.version
    )


def _made_here() -> bool:
    """Tell whether ``.venv`` was made in this folder: its programs name it, so a copied or moved one does not run."""
    try:
        return os.fsencode(ROOT / ".venv") in (ROOT / ".venv/bin/yuantu").read_bytes()[:500]
    except OSError:
        return True


def _usable() -> bool:
    return (ROOT / ".venv/bin/yuantu").exists() and _made_here() and works([str(python_of_venv()), "-c", ""])
