"""The floor: the statements this service sends, sent by pgbench.

They are not written down a second time. The database logs what the service sends for each request of a scenario; the
statements on the spatial tables become a pgbench script with the same bound parameters.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg

from app.db.cluster import Cluster
from app.db.cluster_config import SUPERUSER
from app.db.engine import READ_ROLE
from benchmarks import load
from benchmarks.places import HOME

_ENTRY = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[(\d+)\] (\S+) (LOG|DETAIL|STATEMENT|ERROR|FATAL|HINT):  ", re.M)
_EXECUTE = re.compile(r"(?:execute [^:]*|statement): (.*)", re.S)
_PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')", re.S)
_COLON_IN_TEXT = re.compile(r"(?<!:):(?=[A-Za-z0-9_])")
_PLACEHOLDER = re.compile(r"\$(\d+)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")


class NoFloor(RuntimeError):
    """The statements cannot be replayed; the message says why."""


@dataclass(frozen=True)
class Statement:
    """A statement as the service sent it: its text with ``$1`` …, and the values bound."""

    text: str
    values: tuple[str | None, ...]


@dataclass(frozen=True)
class Script:
    """A pgbench script: each run of it stands for one request."""

    path: Path
    constants: dict[str, str]


@contextmanager
def logging_statements(cluster: Cluster) -> Iterator[Path]:
    """Let the database log every statement of the reading role meanwhile; yield the log."""
    with psycopg.connect(cluster.url(user=SUPERUSER), autocommit=True) as connection:
        connection.execute(f"ALTER ROLE {READ_ROLE} SET log_statement = 'all'")
        try:
            yield cluster.home / "pg.log"
        finally:
            connection.execute(f"ALTER ROLE {READ_ROLE} RESET log_statement")


def capture(log: Path, url: str, paths: Sequence[str], relation: str) -> list[list[Statement]]:
    """Ask for each path and return the statements on a relation that the service sent for it.

    Parameters
    ----------
    log
        The database's log, while `logging_statements` holds.
    url
        The service, without load from elsewhere.
    paths
        The requests.
    relation
        ``schema.table`` that a statement must name to count; the service's bookkeeping does not.
    """
    captured = []
    with httpx.Client(base_url=url, timeout=60) as client, log.open("rb") as stream:
        for path in paths:
            stream.seek(0, 2)
            client.get(path).raise_for_status()
            said = stream.read().decode("utf-8", errors="replace")
            captured.append([one for one in statements(said) if relation in one.text])
    return captured


def statements(log: str) -> list[Statement]:
    """Return the statements that a piece of the log shows, in order."""
    marks = list(_ENTRY.finditer(log))
    found: list[Statement] = []
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(log)
        words = log[mark.end() : end].rstrip("\n")
        if mark[3] == "LOG" and (sent := _EXECUTE.match(words)):
            # The log indents the lines of a statement after the first with a tab; white space means nothing here.
            found.append(Statement(sent[1].replace("\n\t", "\n"), ()))
        elif mark[3] == "DETAIL" and words.lower().startswith("parameters:") and found:
            found[-1] = Statement(found[-1].text, tuple(_values(words)))
    return found


def _values(detail: str) -> Iterator[str | None]:
    for match in _PARAMETER.finditer(detail):
        yield None if match[2] == "NULL" else match[2][1:-1].replace("''", "'")


def script(name: str, captured: Sequence[Sequence[Statement]]) -> Script:
    """Write the pgbench script that sends what was captured, one request drawn at random each time.

    Raises
    ------
    NoFloor
        When the requests did not all send the same texts, or values that are not numbers vary.
    """
    texts = [[one.text for one in request] for request in captured]
    if not texts or not texts[0]:
        raise NoFloor("the service sent no statement on the table")
    if any(one != texts[0] for one in texts):
        raise NoFloor("the statements differ from request to request in more than their bound values")
    lines = [f"\\set request random(1, {len(captured)})"]
    constants: dict[str, str] = {}
    for number, text in enumerate(texts[0]):
        columns = list(zip(*(request[number].values for request in captured), strict=True))
        inline: dict[int, str] = {}
        for place, values in enumerate(columns, start=1):
            variable = f"s{number}_p{place}"
            inline[place] = f":{variable}"
            if len(set(values)) > 1:
                lines.append(f"\\set {variable} {_choice(values)}")
            elif values[0] is None:
                inline[place] = "NULL"
            else:
                constants[variable] = values[0]
        lines.append(_with_variables(text, inline) + ";")
    path = HOME / f"floor-{name}.sql"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Script(path, constants)


def _choice(values: Sequence[str | None], first: int = 1) -> str:
    """Return a pgbench expression that picks a value by ``:request``, in a few comparisons."""
    if len(values) == 1:
        value = values[0]
        if value is None or not _NUMBER.fullmatch(value):
            raise NoFloor(f"a value that varies is not a number: {value!r}")
        return f"({value})" if value.startswith("-") else value
    half = len(values) // 2
    before = _choice(values[:half], first)
    after = _choice(values[half:], first + half)
    return f"CASE WHEN :request < {first + half} THEN {before} ELSE {after} END"


def _with_variables(text: str, inline: dict[int, str]) -> str:
    # pgbench takes a colon before a word for a variable, even within a string: '… :null' becomes '… :' || 'null', which
    # the planner folds into one constant again.
    safe = _COLON_IN_TEXT.sub(":' || '", text)
    return _PLACEHOLDER.sub(lambda match: inline[int(match[1])], safe)


def run(cluster: Cluster, one: Script, *, seconds: float, jobs: int) -> load.Round:
    """Measure one round of a script."""
    now = cluster.status()
    connection = ["--host", str(now.socket_dir), "--port", str(now.port), "--username", READ_ROLE, "yuantu"]
    program = cluster.binaries.program("pgbench")
    return load.sql_round(program, connection, one.path, seconds=seconds, jobs=jobs, constants=one.constants)
