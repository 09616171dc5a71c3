"""The private PostgreSQL + PostGIS that serves when no database is configured: make it, start it, stop it.

It lives in the project's ``.yuantu`` folder, listens on a Unix socket in a folder that only its account can enter, and
lets in the accounts it was started for by asking the kernel who they are (peer authentication): no port, no password.
"""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import psycopg

from app.db import cluster_config as config
from app.db import cluster_host as host
from app.db.binaries import Binaries, ClusterError, find_binaries, list_binaries

__all__ = ["Binaries", "Cluster", "ClusterError", "ClusterStatus", "find_binaries"]

PORT = 54329
"""Part of the socket's file name only: every cluster has a socket folder of its own, so one number serves all."""

START_SECONDS = 120.0
"""Longest wait for a start; replaying the log after a crash is part of it."""

STOP_SECONDS = 60.0
LOG_BYTES = 10_000_000


@dataclass(frozen=True)
class ClusterStatus:
    """How a cluster is.

    Attributes
    ----------
    running
        Whether its server runs.
    pid
        The server's process id, None if it does not run.
    version
        Major version of PostgreSQL: of the data, or before there are any of the programs found; None if neither.
    data_dir, socket_dir, port
        Where the data are, and where the server listens.
    started_here
        Whether the call of `Cluster.up` that returned this started the server, so that the caller should stop it.
    """

    running: bool
    pid: int | None
    version: int | None
    data_dir: Path
    socket_dir: Path
    port: int
    started_here: bool = False


class Cluster:
    """One project's private database server.

    Parameters
    ----------
    home
        The project's ``.yuantu`` folder; made if missing.
    binaries
        The PostgreSQL to use. Without it the one of the data's version, or for new data the newest found.
    durable
        False for a throw-away database of tests: faster, and lost if the machine crashes.
    """

    def __init__(self, home: Path, *, binaries: Binaries | None = None, durable: bool = True) -> None:
        """See the class. Nothing on the disk is touched yet."""
        self.home = home.absolute().resolve()
        self.durable = durable
        self._binaries = binaries

    def up(self) -> ClusterStatus:
        """Make the cluster if it is not there, start it if it does not run, and ensure roles, database and extensions.

        Safe to call at any time and from several processes at once.

        Raises
        ------
        ClusterError
            With what is wrong and what to do.
        """
        with host.locked(self.home / "cluster.lock"):
            started = not self.status().running
            if started:
                self._check_version()
                self._make_data()
                self._start()
            try:
                self._ensure(config.OWNER)
            except BaseException:
                if started:
                    self._stop()
                raise
            return replace(self.status(), started_here=started)

    def down(self) -> None:
        """Stop the server: open transactions are rolled back. Nothing happens if it does not run."""
        if not self.home.is_dir():
            return
        with host.locked(self.home / "cluster.lock"):
            self._stop()

    def status(self) -> ClusterStatus:
        """Return whether the server runs, and where."""
        data = self._data_dir
        version = self._data_version()
        if version is None and self._binaries:
            version = self._binaries.version
        found = host.read_pid_file(data / "postmaster.pid")
        if found and host.is_server_of(found.pid, data):
            return ClusterStatus(
                True, found.pid, version, data, found.socket_dir or self._socket_dir, found.port or PORT
            )
        return ClusterStatus(False, None, version, data, self._socket_dir, PORT)

    def url(self, user: str = config.OWNER, database: str = config.OWNER) -> str:
        """Return the address to connect to.

        Parameters
        ----------
        user
            ``yuantu`` (the owner), ``yuantu_read`` or ``postgres`` (the superuser). None has a password.
        database
            Name of the database.

        Examples
        --------
        ``postgresql://yuantu@/yuantu?host=%2Ftmp%2Fyuantu-1000-0123456789&port=54329``
        """
        now = self.status()
        place = quote(str(now.socket_dir), safe="")
        return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?host={place}&port={now.port}"

    def ensure_database(self, name: str) -> str:
        """Create the database `name` beside the main one (for tests), if it is missing; return the owner's address."""
        with host.locked(self.home / "cluster.lock"):
            self._ensure(name)
        return self.url(database=name)

    def remove(self) -> None:
        """Stop the server and delete its data, log and socket. What came from geodata/ can be loaded again."""
        if not self.home.is_dir():
            return
        with host.locked(self.home / "cluster.lock"):
            self._stop()
            base = self._base
            for folder in [self._data_dir, *base.glob("pg.new-*"), self._socket_dir]:
                if folder.is_dir() and not folder.is_symlink():
                    shutil.rmtree(folder)
            if base != self.home:
                shutil.rmtree(base)
            for name in ("pg_hba.conf", "pg_ident.conf", "pg.log", "pg.log.1", "pg-location"):
                (self.home / name).unlink(missing_ok=True)

    @property
    def _base(self) -> Path:
        """The folder that holds the data: `home`, or where ``pg-location`` in it says."""
        system = host.SYSTEM_BASE / host.digest(self.home)
        try:
            told = (self.home / "pg-location").read_text(encoding="utf-8").strip()
        except OSError:
            return self.home
        return system if told == str(system) else self.home  # another place: the note came with a copied folder

    @property
    def _data_dir(self) -> Path:
        return self._base / "pg"

    @property
    def _user(self) -> host.ServerUser:
        return host.server_user(host.owner_of(self._data_dir))

    @property
    def _socket_dir(self) -> Path:
        return host.SOCKET_PARENT / f"yuantu-{self._user.uid}-{host.digest(self.home)}"

    @property
    def binaries(self) -> Binaries:
        """The PostgreSQL in use; looked for at the first need."""
        if self._binaries is None:
            wanted = self._data_version()
            found = list_binaries(self.home)
            self._binaries = next((one for one in found if one.version == wanted), found[0])
        return self._binaries

    def _data_version(self) -> int | None:
        try:
            return int((self._data_dir / "PG_VERSION").read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None
        except PermissionError:
            host.server_user(host.owner_of(self._data_dir))  # says whose it is
            raise

    def _check_version(self) -> None:
        data = self._data_dir
        version = self._data_version()
        if version is None:
            if data.is_dir() and any(data.iterdir()):
                raise ClusterError(f"{data} is not a PostgreSQL data folder, and it is not empty. Move it away.")
            return
        if version != self.binaries.version:
            raise ClusterError(
                f"The data in {data} were written by PostgreSQL {version}; the one found here is "
                f"{self.binaries.version} ({self.binaries.bindir}), which cannot read them. Either\n"
                "  start afresh: `make clean-db`, then `make run` (everything is loaded again from geodata/), or\n"
                f"  install PostgreSQL {version} with PostGIS beside it (on Debian: postgresql-{version}-postgis-3),\n"
                "  or name the folder of its programs in YUANTU_PG_BINDIR.\n"
                "To carry data of your own over, run it with the old version once more and save them with\n"
                f'  pg_dump "$(yuantu db url)" > old.sql; then move {data} away and load old.sql into the new one.'
            )

    def _make_data(self) -> None:
        """Run ``initdb`` aside and move the result into place, so that a half-made cluster is never taken for one."""
        self._choose_base()
        base, user = self._base, self._user
        if self._data_version() is not None:
            return
        for leftover in base.glob("pg.new-*"):
            shutil.rmtree(leftover)
        new = base / f"pg.new-{os.getpid()}"
        new.mkdir(mode=0o700)
        if user.switch:
            os.chown(new, user.uid, user.gid)
        command = [
            self.binaries.program("initdb"),
            f"--pgdata={new}",
            f"--username={config.SUPERUSER}",
            "--encoding=UTF8",
            f"--locale={self._locale()}",
            "--auth=peer",
        ]
        done = host.run(command if self.durable else [*command, "--no-sync"], user=user, env=self.binaries.env)
        if done.returncode != 0:
            shutil.rmtree(new, ignore_errors=True)
            raise ClusterError(f"initdb failed as user '{user.name}':\n{(done.stderr or done.stdout).strip()}")
        if self._data_dir.is_dir():
            self._data_dir.rmdir()  # empty: checked before
        new.rename(self._data_dir)

    def _choose_base(self) -> None:
        """Put new data where the server's account can reach them, and leave a note if that is not in `home`."""
        user = self._user
        if self._data_version() is not None or host.reachable(self.home, user):
            return
        base = host.SYSTEM_BASE / host.digest(self.home)
        base.mkdir(mode=0o755, parents=True, exist_ok=True)
        if not host.reachable(base, user):
            raise ClusterError(
                f"The database runs as user '{user.name}', who can reach neither {self.home} nor {base}. "
                "Put the project into another folder, or run as an ordinary user."
            )
        (self.home / "pg-location").write_text(f"{base}\n", encoding="utf-8")

    def _locale(self) -> str:
        try:
            listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout  # noqa: S607
        except OSError:
            listed = ""
        return config.utf8_locale(listed)

    def _start(self) -> None:
        """Start the server and wait until it answers."""
        user, socket_dir, data = self._user, self._socket_dir, self._data_dir
        config.write_access_files(self._base, {host.account_name(0), host.account_name(os.geteuid()), user.name})
        host.private_folder(socket_dir, user)
        self._clear_stale(socket_dir)
        settings = config.server_settings(socket_dir=socket_dir, port=PORT, base=self._base, durable=self.durable)
        command = [self.binaries.program("postgres"), "-D", str(data)]
        command += [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        log = self.home / "pg.log"
        if log.exists() and log.stat().st_size > LOG_BYTES:
            log.replace(log.with_name("pg.log.1"))
        deadline = time.monotonic() + START_SECONDS
        while True:
            before = log.stat().st_size if log.exists() else 0
            with log.open("ab") as stream:
                pid = host.spawn(command, user=user, env={**config.ALLOCATOR, **self.binaries.env}, log=stream.fileno())
            if self._answers(pid, deadline):
                return
            with log.open("rb") as stream:
                stream.seek(before)
                said = stream.read().decode(errors="replace")
            # Processes of a killed server need a moment to notice that it is gone.
            if "pre-existing shared memory block" not in said or time.monotonic() > deadline:
                raise ClusterError(f"PostgreSQL did not start; {log} says:\n{said.strip()[-2000:]}")
            time.sleep(0.3)

    def _clear_stale(self, socket_dir: Path) -> None:
        """Remove what a killed server left: its process id may be another program's by now, which PostgreSQL minds."""
        data = self._data_dir
        found = host.read_pid_file(socket_dir / f".s.PGSQL.{PORT}.lock")
        if found and host.is_alive(found.pid) and (host.working_folder(found.pid) or "").endswith("/pg (deleted)"):
            # A server of this project whose data folder was deleted under it.
            os.kill(found.pid, signal.SIGQUIT)
            self._wait_gone(found.pid, STOP_SECONDS)
        for path in (data / "postmaster.pid", socket_dir / f".s.PGSQL.{PORT}.lock"):
            stale = host.read_pid_file(path)
            if stale and not host.is_server_of(stale.pid, data):
                path.unlink(missing_ok=True)

    def _answers(self, pid: int, deadline: float) -> bool:
        """Wait for the server; tell whether it came up. An interrupted or endless start is ended."""
        try:
            while host.is_alive(pid):
                try:
                    with self._connect("postgres"):
                        return True
                except psycopg.OperationalError as error:
                    if time.monotonic() > deadline:
                        raise ClusterError(
                            f"PostgreSQL (process {pid}) did not answer in {START_SECONDS:.0f} s: {error}; "
                            f"see {self.home / 'pg.log'}."
                        ) from error
                    time.sleep(0.05)
        except BaseException:
            os.kill(pid, signal.SIGINT)
            raise
        return False

    def _connect(self, database: str) -> psycopg.Connection:
        now = self.status()
        return psycopg.connect(
            host=str(now.socket_dir),
            port=now.port,
            user=config.SUPERUSER,
            dbname=database,
            autocommit=True,
            connect_timeout=10,
            options="-c client_min_messages=warning",
        )

    def _ensure(self, database: str) -> None:
        try:
            with self._connect("postgres") as connection:
                config.ensure_roles(connection)
                config.ensure_database(connection, database, self._locale())
            with self._connect(database) as connection, connection.transaction():
                config.ensure_contents(connection)
        except psycopg.Error as error:
            raise ClusterError(
                f"The private database cannot be prepared: {error} See {self.home / 'pg.log'}."
            ) from error

    def _stop(self) -> None:
        now = self.status()
        if now.pid is None:
            return
        try:
            os.kill(now.pid, signal.SIGINT)  # "fast": ends sessions, writes a checkpoint
        except ProcessLookupError:
            return
        except PermissionError:
            raise ClusterError(
                f"The server (process {now.pid}) is another user's; stop it as that user or as root."
            ) from None
        if not self._wait_gone(now.pid, STOP_SECONDS):
            raise ClusterError(
                f"The server (process {now.pid}) still runs {STOP_SECONDS:.0f} s after it was asked to stop; "
                f"see {self.home / 'pg.log'}. `kill -QUIT {now.pid}` ends it at once; the next start then recovers."
            )

    @staticmethod
    def _wait_gone(pid: int, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while host.is_alive(pid):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True
