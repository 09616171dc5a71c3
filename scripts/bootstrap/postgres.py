"""PostgreSQL with PostGIS for the private database: found, installed, or unpacked under ``.yuantu/runtime``."""

import shutil
from pathlib import Path

from app.db.binaries import Binaries, ClusterError, find_binaries, runtime_env
from scripts.bootstrap import apt
from scripts.bootstrap.console import HOME, SetupError, output, ready, run, setting, step

_CREATE = Path("/etc/postgresql-common/createcluster.conf")


def ensure_postgis(*, needed: bool) -> None:
    """See that programs for the private database are there.

    Parameters
    ----------
    needed
        Whether they are needed even if ``YUANTU_DATABASE_URL`` names a server: the tests make databases of their own.
    """
    if setting("YUANTU_DATABASE_URL") and not needed:
        ready("PostGIS", "not needed: YUANTU_DATABASE_URL names a server")
        return
    found = _find()
    if found:
        ready("PostGIS", f"ready (PostgreSQL {found.version} in {found.bindir})")
        return
    try:
        find_binaries(HOME)
    except ClusterError as error:
        if setting("YUANTU_PG_BINDIR") or not apt.available():
            raise SetupError(str(error)) from error
    with step("PostGIS", note="(the first time about half a minute)") as line:
        if apt.elevated() is not None:
            _install()
        else:
            _unpack()
        found = _find()
        if not found:
            raise SetupError("PostgreSQL was installed, but its programs do not run here. " + apt.ELSEWHERE)
        line.outcome = f"installed, PostgreSQL {found.version} in {found.bindir}"


def _find() -> Binaries | None:
    try:
        return find_binaries(HOME)
    except ClusterError:
        return None


def _install() -> None:
    """Install the system's packages, and no more: no server of the system's own is made or started."""
    apt.update()
    major = apt.newest_postgis()
    packages = (f"postgresql-{major}", f"postgresql-{major}-postgis-3")
    if output(["dpkg-query", "-W", "-f=${Status}", packages[0]]) == "install ok installed":
        apt.install(*packages)
        return
    apt.install("postgresql-common")
    kept = f"{_CREATE}.before-yuantu"
    apt.as_root("cp", "-p", str(_CREATE), kept)
    try:
        apt.as_root("pg_conftool", str(_CREATE), "set", "create_main_cluster", "off")
        apt.install(*packages)
    finally:
        apt.as_root("mv", kept, str(_CREATE))


def _unpack() -> None:
    """Unpack the packages under ``.yuantu/runtime`` and do the two things that installing would have done besides."""
    runtime = HOME / "runtime"
    with apt.Unpacker() as packages:
        packages.unpack(f"postgresql-{apt.newest_postgis(packages.options)}-postgis-3", runtime)
    for folder in ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/lintian"):
        shutil.rmtree(runtime / folder, ignore_errors=True)
    # postgis.control is one of Debian's alternatives, a link that the package's own script would make.
    for control in runtime.glob("usr/share/postgresql/*/extension/*-3.control"):
        link = control.with_name(control.name.replace("-3.control", ".control"))
        if not link.exists():
            link.symlink_to(control.name)
    env = runtime_env(runtime)
    for library in runtime.glob("usr/lib/postgresql/*/lib/postgis-3.so"):
        told = run(["ldd", str(library)], env=env)
        if "not found" in told:
            raise SetupError(f"The unpacked PostGIS lacks libraries:\n{told}\n{apt.ELSEWHERE}")
