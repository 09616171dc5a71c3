"""What the steps share: where things are, progress lines, running commands, and stamps of what is already done."""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class SetupError(RuntimeError):
    """A step cannot be done; the message says why and what to do."""


def setting(name: str) -> str:
    """Return a setting from the environment or, as the service does, from the file ``.env``."""
    if name in os.environ:
        return os.environ[name]
    try:
        lines = (ROOT / ".env").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    for line in lines:
        key, _, value = line.removeprefix("export ").partition("=")
        if key.strip() == name:
            return value.strip().strip("'\"")
    return ""


HOME = (ROOT / (setting("YUANTU_HOME") or ".yuantu")).absolute()
LOG = HOME / "setup.log"


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


@dataclass
class Step:
    """One progress line: what is done, and how it went."""

    title: str
    outcome: str = "done"


@contextmanager
def step(title: str, *, note: str = "") -> Iterator[Step]:
    """Announce a step that takes a while, and say how long it took; set ``outcome`` for another word than 'done'."""
    one = Step(title)
    say(f"  {title:<28} ... {note}".rstrip())
    start = time.monotonic()
    yield one
    say(f"  {title:<28} {one.outcome} ({time.monotonic() - start:.1f} s)")


def ready(title: str, detail: str) -> None:
    """Say that a step has nothing to do."""
    say(f"  {title:<28} {detail}")


def run(command: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT, why: str = "") -> str:
    """Run a command, keep what it says in the log, and return its standard output.

    Raises
    ------
    SetupError
        If it fails, with the end of what it said, and `why` as advice.
    """
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"\n$ {' '.join(command)}\n")
        log.flush()
        try:
            done = subprocess.run(  # noqa: S603 - commands of this set-up, no shell
                command,
                env={**os.environ, **(env or {})},
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
        except OSError as error:
            raise SetupError(f"{command[0]} cannot be run: {error.strerror}. {why}".strip()) from error
        log.write(done.stdout + done.stderr)
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip().splitlines()[-15:]
        raise SetupError(
            "\n".join(
                [f"This failed: {' '.join(command)}", *(f"    {line}" for line in said), why, f"All of it: {LOG}"]
            )
        )
    return done.stdout


def works(command: Sequence[str]) -> bool:
    """Tell whether a command runs and succeeds."""
    return output(command) is not None


def output(command: Sequence[str]) -> str | None:
    """Return what a command prints, None if it fails or is not there."""
    try:
        done = subprocess.run(  # noqa: S603 - commands of this set-up, no shell
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def fingerprint(*parts: bytes | str) -> str:
    """Return a hash over `parts`."""
    hashed = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        hashed.update(len(data).to_bytes(8, "big") + data)
    return hashed.hexdigest()


def read_stamp(name: str) -> list[str]:
    """Return the words of a stamp, none if the step was never finished."""
    try:
        return (HOME / "stamps" / name).read_text(encoding="utf-8").split()
    except OSError:
        return []


def write_stamp(name: str, *words: str) -> None:
    """Record that a step is finished, and for what."""
    folder = HOME / "stamps"
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{name}.new"
    new.write_text(" ".join(words) + "\n", encoding="utf-8")
    new.replace(folder / name)


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the set-up's lock: two at once would step on each other."""
    try:
        HOME.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(HOME / "setup.lock", os.O_RDONLY | os.O_CREAT, 0o644)
        LOG.touch()
    except OSError as error:
        raise SetupError(
            f"{HOME} cannot be written ({error.strerror}): were you root before? Its owner has to run this."
        ) from error
    if LOG.stat().st_size > 5_000_000:
        LOG.replace(LOG.with_name("setup.log.1"))
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("  Another set-up of this folder is under way; waiting for it.")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def python_of_venv() -> Path:
    """Return the interpreter of the project's environment."""
    return ROOT / ".venv" / "bin" / "python"


def print_safely() -> None:
    """Never fail for a character that the terminal lacks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
