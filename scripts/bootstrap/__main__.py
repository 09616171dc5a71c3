"""The commands behind the Makefile: run, setup, test, conformance, bench, lint, format, clean-db, hooks."""

import errno
import os
import platform
import shlex
import socket
import subprocess
import sys
from collections.abc import Callable

from scripts.bootstrap import browser, node, postgres, python_env
from scripts.bootstrap import conformance as suite
from scripts.bootstrap.console import HOME, ROOT, SetupError, only_one, print_safely, python_of_venv, ready, say

TREE = (".", "--extend-exclude", ".yuantu")  # ruff reads .gitignore in a git work tree only
CHECKS = (
    ("ruff", ["-m", "ruff", "check", *TREE]),
    ("mypy", ["-m", "mypy"]),
    ("import-linter", ["-c", "import sys; from importlinter.cli import lint_imports_command as go; sys.exit(go())"]),
)


def main(arguments: list[str]) -> int:
    """Run one command; return the exit status."""
    print_safely()
    commands: dict[str, Callable[[], int]] = {
        "run": serve,
        "setup": setup,
        "test": test,
        "conformance": conformance,
        "bench": bench,
        "lint": lint,
        "format": reformat,
        "clean-db": clean_db,
        "hooks": hooks,
    }
    if len(arguments) != 1 or arguments[0] not in commands:
        say(f"usage: scripts/make.sh {'|'.join(commands)}")
        return 2
    os.chdir(ROOT)
    try:
        return commands[arguments[0]]()
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. The next start goes on from here.", file=sys.stderr)
        return 130


def serve() -> int:
    """Set up what serving needs, then become the server."""
    port = free_port(os.environ.get("PORT") or "8000")
    prepare(dev=False)
    program = str(python_of_venv().with_name("yuantu"))
    sys.stdout.flush()
    os.execv(program, [program, "serve", "--port", str(port)])  # noqa: S606 - a program of the environment just made


def setup() -> int:
    """Set up everything, for serving and for testing."""
    prepare(dev=True)
    return 0


def test() -> int:
    """Set up everything, run the static checks and then the tests; fail if any of them does."""
    prepare(dev=True)
    failed = failed_checks()
    say("== pytest")
    status = python("-m", "pytest", *shlex.split(os.environ.get("ARGS", "")))
    if failed:
        say(f"FAILED before the tests: {', '.join(failed)} (see above)")
    return status or (1 if failed else 0)


def conformance() -> int:
    """Run every check of tests/conformance against the running service, the OGC's own test suite among them."""
    prepare(dev=True)
    problem: SetupError | None = None
    try:
        os.environ["YUANTU_CITE_JAR"] = str(suite.ensure_suite())
    except SetupError as error:
        problem = error
        os.environ.pop("YUANTU_CITE_JAR", None)
    status = python("-m", "pytest", "tests/conformance", *shlex.split(os.environ.get("ARGS", "")))
    if problem is not None:
        say(f"\nThe OGC's own test suite did NOT run.\n{problem}")
    return status or (1 if problem else 0)


def bench() -> int:
    """Measure the service beside its peers, and write benchmarks/RESULTS.md."""
    prepare(dev=True)
    arguments = shlex.split(os.environ.get("ARGS", "")) or ["run"]
    if arguments == ["run"] and python("-m", "benchmarks", "peers"):
        say("Some peers could not be had; they are left out, with the reason.")
    return python("-m", "benchmarks", *arguments)


def lint() -> int:
    """Run the static checks."""
    prepare_tools()
    return 1 if failed_checks() else 0


def reformat() -> int:
    """Bring the Python code into the house's form."""
    prepare_tools()
    return python("-m", "ruff", "check", "--fix", *TREE) | python("-m", "ruff", "format", *TREE)


def clean_db() -> int:
    """Stop the private database and delete it."""
    if not python_of_venv().exists():
        say("Nothing to do: the service was never set up here.")
        return 0
    code = (
        "import sys; from pathlib import Path; from app.db.cluster import Cluster, ClusterError\n"
        "try: Cluster(Path(sys.argv[1])).remove()\n"
        "except ClusterError as error: sys.exit(str(error))"
    )
    status = python("-c", code, str(HOME))
    if status == 0:
        say("The private database is removed; the next `make run` makes it again from geodata/.")
    return status


def hooks() -> int:
    """Let git run the checks before every commit."""
    prepare_tools()
    return python("-m", "pre_commit", "install")


def prepare(*, dev: bool) -> None:
    """Do every step that is not done yet."""
    with only_one():
        say(f"Setting up in {ROOT} (details in {HOME / 'setup.log'})")
        ready("Python", f"{platform.python_version()} ({sys.executable})")
        python_env.ensure_environment(dev=dev)
        postgres.ensure_postgis(needed=dev)
        node.ensure_assets()
        if dev:
            browser.ensure_test_tools()


def prepare_tools() -> None:
    """See that the tools of the environment are there."""
    with only_one():
        python_env.ensure_environment(dev=True)


def failed_checks() -> list[str]:
    """Run the static checks; return the names of those that fail."""
    failed = []
    for name, command in CHECKS:
        say(f"== {name}")
        if python(*command) != 0:
            failed.append(name)
    return failed


def python(*arguments: str) -> int:
    """Run the environment's Python; return its exit status."""
    return subprocess.run([str(python_of_venv()), *arguments], cwd=ROOT, check=False).returncode  # noqa: S603


def free_port(text: str) -> int:
    """Return the port to serve on, after trying that it is free: better now than after minutes of work."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise SetupError(f"PORT={text} is no port: a number from 1 to 65535, for example `make run PORT=8077`.")
    port = int(text)
    problem = _try_port(port)
    if problem == errno.EADDRINUSE:
        other = next((one for one in range(8077, 8177) if one != port and _try_port(one) is None), 8077)
        raise SetupError(f"Port {port} is taken by another program. Serve on another one:  make run PORT={other}")
    if problem is not None:
        raise SetupError(f"Port {port} cannot be used ({os.strerror(problem)}). Another one:  make run PORT=8077")
    return port


def _try_port(port: int) -> int | None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
