"""The operating system's side of the private cluster: which user runs it, where it lives, whether it is alive."""

import fcntl
import hashlib
import os
import pwd
import stat
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.db.binaries import ClusterError

SYSTEM_BASE = Path("/var/lib/yuantu")
"""Where data go when root runs the service from a folder that the server's user cannot reach."""

SOCKET_PARENT = Path("/tmp")  # noqa: S108 - a socket's path has 107 bytes; the folder in it is checked and private


@dataclass(frozen=True)
class ServerUser:
    """The account that the server runs as: the caller's own, or another one where the caller is root."""

    uid: int
    gid: int
    name: str

    @property
    def switch(self) -> bool:
        """Whether programs must be started under another account than the caller's."""
        return self.uid != os.geteuid()


@dataclass(frozen=True)
class PidFile:
    """What ``postmaster.pid`` tells of a server that runs, or did."""

    pid: int
    port: int
    socket_dir: Path | None


def account_name(uid: int) -> str:
    """Return the account's name; the server asks for the name of whoever connects, so there has to be one."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise ClusterError(
            f"User id {uid} has no name on this machine (no entry in /etc/passwd), and PostgreSQL needs one. "
            "Give it one, or set YUANTU_DATABASE_URL to a database server."
        ) from None


def server_user(owner: int | None) -> ServerUser:
    """Return the account to run the server as.

    Parameters
    ----------
    owner
        User id that owns the data folder, None if there is none yet.
    """
    me = os.geteuid()
    if me != 0:
        if owner not in (None, me):
            raise ClusterError(
                f"The database's files belong to '{account_name(int(owner or 0))}': the service was started as root or "
                "by someone else before. Run as that user or as root, or remove them with `sudo make clean-db`: "
                "everything in it is loaded again from geodata/."
            )
        return _account(account_name(me))
    if owner:
        return _account(account_name(owner))
    for name in ("postgres", "nobody"):
        try:
            return _account(name)
        except KeyError:
            continue
    raise ClusterError(
        "PostgreSQL refuses to run as root, and there is neither a user 'postgres' nor 'nobody' to run it as. "
        "Create one (`useradd --system postgres`) or run as an ordinary user."
    )


def _account(name: str) -> ServerUser:
    entry = pwd.getpwnam(name)
    return ServerUser(entry.pw_uid, entry.pw_gid, name)


def owner_of(path: Path) -> int | None:
    """Return the user id that owns `path`, None if it is not there."""
    try:
        return path.stat().st_uid
    except FileNotFoundError:
        return None
    except PermissionError:
        raise ClusterError(
            f"{path} cannot be read: the service was started as root before. Run as root, or remove the database "
            "with `sudo make clean-db`: everything in it is loaded again from geodata/."
        ) from None


def digest(home: Path) -> str:
    """Return ten characters that stand for one project's folder."""
    return hashlib.sha256(os.fsencode(home)).hexdigest()[:10]


def reachable(folder: Path, user: ServerUser) -> bool:
    """Tell whether `user` may pass through every parent of `folder`. Asked by trying, as access lists can differ."""
    if not user.switch:
        return True
    return run(["/bin/ls", "-d", f"{folder}/."], user=user, env={}).returncode == 0


def run(command: list[str], *, user: ServerUser, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program to its end as `user`, in a clean environment."""
    return subprocess.run(  # noqa: S603 - no shell; programs come from `Binaries`
        command,
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        cwd="/",
        env=clean_environment(env),
        check=False,
        start_new_session=True,
        umask=0o077,
        user=user.uid if user.switch else None,
        group=user.gid if user.switch else None,
        extra_groups=[] if user.switch else None,
    )


def spawn(command: list[str], *, user: ServerUser, env: Mapping[str, str], log: int) -> int:
    """Start a program that outlives this process and its terminal; return its process id.

    The shell in between ends at once, so that the server is nobody's child: it leaves no zombie here, and a Ctrl-C in
    the terminal does not reach it.
    """
    told = subprocess.run(  # noqa: S603 - the command is passed as arguments, not as shell text
        ["/bin/sh", "-c", '"$@" </dev/null >&2 & echo $!', "sh", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        cwd="/",
        env=clean_environment(env),
        check=True,
        start_new_session=True,
        umask=0o077,
        user=user.uid if user.switch else None,
        group=user.gid if user.switch else None,
        extra_groups=[] if user.switch else None,
    )
    return int(told.stdout)


def clean_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which no setting of the caller's (PGDATA, PGPORT, LC_ALL, …) reaches the server."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "HOME": "/", **extra}


def private_folder(path: Path, user: ServerUser) -> None:
    """Make a folder that only `user` can enter, or check that it is one.

    Raises
    ------
    ClusterError
        If something else is in its place, or it belongs to someone else: another user may have put it there.
    """
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        pass
    except OSError as error:
        raise ClusterError(f"The folder {path} cannot be made: {error.strerror}.") from error
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {user.uid, os.geteuid()}:
        raise ClusterError(
            f"{path} should be a folder of '{user.name}' for the database's socket, but it is "
            f"{'a folder' if stat.S_ISDIR(found.st_mode) else 'something else'} of user id {found.st_uid}. Remove it."
        )
    if user.switch and found.st_uid != user.uid:
        os.chown(path, user.uid, user.gid, follow_symlinks=False)
    if stat.S_IMODE(found.st_mode) != 0o700:
        path.chmod(0o700)


def read_pid_file(path: Path) -> PidFile | None:
    """Read a ``postmaster.pid``; None if there is none, or none that makes sense."""
    try:
        lines = path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        socket_dir = Path(lines[4]) if len(lines) > 4 and lines[4] else None
        return PidFile(int(lines[0]), int(lines[3]) if len(lines) > 3 else 0, socket_dir)
    except (FileNotFoundError, IndexError, ValueError):
        return None


def is_alive(pid: int) -> bool:
    """Tell whether a process runs (a zombie, which only waits to be counted by its parent, does not)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return not Path("/proc/self/stat").exists() or Path(f"/proc/{pid}").exists()
    return state not in {"Z", "X"}


def is_server_of(pid: int, data_dir: Path) -> bool:
    """Tell whether process `pid` is the server of `data_dir`: ids are used again, so being alive proves nothing."""
    if not is_alive(pid):
        return False
    folder = working_folder(pid)
    if folder is not None:  # the server works in its data folder
        return folder == str(data_dir)
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip().startswith("postgres")
    except OSError:
        return True


def working_folder(pid: int) -> str | None:
    """Return the folder a process works in, None where the system does not say."""
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return None


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of one project's cluster: one process at a time starts, stops or removes it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ClusterError(
            f"{path} cannot be made: {error.strerror}. The service keeps its private database in that folder; "
            "make it writable, or name another one in YUANTU_HOME."
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
