"""What the private cluster is told: server settings, who may log in, and the roles and extensions it must have."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "yuantu"
READER = "yuantu_read"
SUPERUSER = "postgres"
ROLES = (SUPERUSER, OWNER, READER)
EXTENSIONS = ("postgis", "pg_trgm", "fuzzystrmatch")
GRANTS = Path(__file__).with_name("grants.sql")

_HBA = """\
# Written at every start. Only the Unix socket, only the accounts that pg_ident.conf lists; no passwords, no network.
local all all peer map=yuantu
"""

ALLOCATOR = {"MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "16777216", "MALLOC_TOP_PAD_": "1048576"}
"""Environment of the server, bytes: an answer grows to half a megabyte by doubling, and glibc would otherwise map each
step anew and give it back; kept on the heap, the next answer of the same process finds the memory there."""


def server_settings(*, socket_dir: Path, port: int, base: Path, durable: bool) -> dict[str, str]:
    """Return the settings given on the server's command line.

    Parameters
    ----------
    socket_dir, port
        Where it listens: a socket in a private folder, never the network.
    base
        Folder of ``pg_hba.conf`` and ``pg_ident.conf``.
    durable
        False for a throw-away database: a crash of the machine may lose it, and it is faster.
    """
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket_dir),
        "unix_socket_permissions": "0700",
        "port": str(port),
        "hba_file": str(base / "pg_hba.conf"),
        "ident_file": str(base / "pg_ident.conf"),
        "cluster_name": "yuantu",
        "max_connections": "60",
        "shared_buffers": "256MB" if durable else "64MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "random_page_cost": "1.1",
        # Statements are short and many at a time: compiling them or splitting one over cores costs more than it gives.
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "log_destination": "stderr",
        "logging_collector": "off",
        "log_line_prefix": "%m [%p] %u@%d ",
        "log_min_duration_statement": "2s",
    }
    if not durable:
        settings |= {"fsync": "off", "full_page_writes": "off"}
    return settings


def write_access_files(base: Path, accounts: Iterable[str]) -> None:
    """Write ``pg_hba.conf`` and ``pg_ident.conf``: each of `accounts` may connect in each of the cluster's roles."""
    quoted = sorted({'"' + name.replace('"', '""') + '"' for name in accounts})
    lines = ["# Written at every start. MAP  ACCOUNT OF THE MACHINE  ROLE"]
    lines += [f"yuantu {account} {role}" for account in quoted for role in ROLES]
    _replace(base / "pg_hba.conf", _HBA)
    _replace(base / "pg_ident.conf", "\n".join(lines) + "\n")


def _replace(path: Path, text: str) -> None:
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.chmod(0o644)  # the server's account has to read it, whatever the caller's umask
    new.replace(path)


def ensure_roles(connection: psycopg.Connection) -> None:
    """Create the owner and the reading role if they are missing."""
    there = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
    for role in (OWNER, READER):
        if role not in there:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))


def ensure_database(connection: psycopg.Connection, name: str, locale: str) -> bool:
    """Create the owner's database `name` if it is missing; tell whether it was. The connection must autocommit."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return False
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE {}").format(
            sql.Identifier(name), sql.Identifier(OWNER), sql.Literal(locale)
        )
    )
    return True


def ensure_contents(connection: psycopg.Connection) -> None:
    """Create the extensions, or bring them up to the installed version, and grant what the roles need."""
    for name in EXTENSIONS:
        row = connection.execute(
            "SELECT installed_version, default_version FROM pg_available_extensions WHERE name = %s", [name]
        ).fetchone()
        installed, available = row or (None, None)
        if installed is None:
            connection.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(name)))
        elif _numbers(installed) < _numbers(available):
            connection.execute(sql.SQL("ALTER EXTENSION {} UPDATE").format(sql.Identifier(name)))
    connection.execute(GRANTS.read_bytes())


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def utf8_locale(listed: str) -> str:
    """Choose a UTF-8 locale from what ``locale -a`` prints.

    The order is C.UTF-8 first because it sorts alike everywhere. Under plain C, pg_trgm takes no Chinese character for
    a letter, and similarity is always 0.
    """
    names = listed.split()
    plain = {name.lower().replace("-", ""): name for name in names}
    for wanted in ("c.utf8", "en_us.utf8", "zh_cn.utf8"):
        if wanted in plain:
            return "C.UTF-8" if wanted == "c.utf8" and os.uname().sysname == "Linux" else plain[wanted]
    others = [name for key, name in sorted(plain.items()) if key.endswith(".utf8")]
    return others[0] if others else "C.UTF-8"
