"""The private PostGIS, tried on a real server."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from app.db import cluster_config, cluster_host
from app.db.binaries import list_binaries
from app.db.cluster import Cluster, ClusterError, find_binaries

ROOT = Path(__file__).resolve().parents[2]
Maker = Callable[..., Cluster]


def _folder(parent: str, prefix: str) -> Path:
    path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    path.chmod(0o755)  # like a project's folder: when root runs the tests, the server's account has to get in
    return path


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """One running server for the tests that only look."""
    folder = _folder("/tmp", "yuantu 园图 ")
    one = Cluster(folder / ".yuantu", durable=False)
    try:
        assert one.up().started_here
        yield one
    finally:
        one.remove()
        shutil.rmtree(folder)


@pytest.fixture
def make() -> Iterator[Maker]:
    """Make clusters that are the test's own to break."""
    made: list[tuple[Cluster, Path]] = []

    def maker(*, home: Path | None = None, durable: bool = False) -> Cluster:
        folder = _folder("/tmp", "yuantu-test-")
        one = Cluster(home or folder / ".yuantu", durable=durable)
        made.append((one, folder))
        return one

    yield maker
    for one, folder in made:
        one.remove()
        shutil.rmtree(folder)


def _ask(one: Cluster, query: str, user: str = "yuantu", database: str = "yuantu") -> list[tuple[object, ...]]:
    with psycopg.connect(one.url(user, database)) as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


def _gone(pid: int) -> bool:
    deadline = time.monotonic() + 20
    while cluster_host.is_alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


# --- a cluster that runs


def test_a_path_with_spaces_and_chinese_serves(cluster: Cluster) -> None:
    now = cluster.status()
    assert now.running
    assert now.version == find_binaries(cluster.home).version
    assert now.data_dir == cluster.home / "pg"
    assert _ask(cluster, "SELECT 1") == [(1,)]


def test_a_second_up_changes_nothing(cluster: Cluster) -> None:
    before = cluster.status()
    again = cluster.up()
    assert not again.started_here
    assert again == before


@pytest.mark.parametrize("role", ["yuantu", "yuantu_read", "postgres"])
def test_the_account_that_started_it_gets_in_without_a_password(cluster: Cluster, role: str) -> None:
    assert _ask(cluster, "SELECT current_user", role) == [(role,)]


def test_nobody_else_gets_in(cluster: Cluster) -> None:
    assert _ask(cluster, "SHOW listen_addresses") == [("",)]
    assert stat.S_IMODE(cluster.status().socket_dir.stat().st_mode) == 0o700
    with pytest.raises(psycopg.OperationalError, match=r"(?i)peer authentication"):
        _ask(cluster, "SELECT 1", "somebody")
    methods = _ask(cluster, "SELECT DISTINCT type, auth_method FROM pg_hba_file_rules", "postgres")
    assert methods == [("local", "peer")]


def test_the_owner_owns_a_utf8_database(cluster: Cluster) -> None:
    query = (
        "SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding), lower(replace(datctype, '-', '')) "
        "FROM pg_database WHERE datname = current_database()"
    )
    [(owner, encoding, locale)] = _ask(cluster, query)
    assert (owner, encoding) == ("yuantu", "UTF8")
    assert str(locale).endswith("utf8")
    assert _ask(cluster, "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user") == [
        (False, False, False)
    ]


def test_trigrams_see_chinese(cluster: Cluster) -> None:
    # Under the plain C locale this is 0: no Chinese character counts as a letter.
    [(alike,)] = _ask(cluster, "SELECT similarity('天津经开区东区', '经开区东区')")
    assert isinstance(alike, float)
    assert alike > 0


def test_postgis_transforms_with_projs_database(cluster: Cluster) -> None:
    from pyproj import Transformer

    expected = Transformer.from_crs(4490, 4528, always_xy=True).transform(117.7, 39.0)
    point = "ST_Transform(ST_SetSRID(ST_MakePoint(117.7, 39.0), 4490), 4528)"
    [(x, y)] = _ask(cluster, f"SELECT ST_X({point}), ST_Y({point})")
    assert (x, y) == pytest.approx(expected, abs=0.001)


def test_the_reader_reads_and_cannot_write(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url()) as owner:
        owner.execute("CREATE SCHEMA held; CREATE TABLE held.park (name text); INSERT INTO held.park VALUES ('东区')")
    assert _ask(cluster, "SELECT name FROM held.park", "yuantu_read") == [("东区",)]
    for statement in (
        "INSERT INTO held.park VALUES ('西区')",
        "UPDATE held.park SET name = ''",
        "DELETE FROM held.park",
        "CREATE TABLE public.mine (a int)",
        "CREATE TEMPORARY TABLE mine (a int)",
        "CREATE SCHEMA mine",
    ):
        with psycopg.connect(cluster.url("yuantu_read"), autocommit=True) as reader:
            with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                reader.execute(statement)  # type: ignore[arg-type]
            # What a reader can switch off must not be all that keeps it from writing.
            reader.execute("SET default_transaction_read_only = off")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(statement)  # type: ignore[arg-type]


def test_the_owner_can_step_down_and_the_reader_cannot_step_up(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url()) as owner:
        owner.execute("SET ROLE yuantu_read")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("CREATE TABLE public.mine (a int)")
    with (
        psycopg.connect(cluster.url("yuantu_read")) as reader,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        reader.execute("SET ROLE yuantu")


def test_another_database_beside_the_main_one(cluster: Cluster) -> None:
    url = cluster.ensure_database("yuantu_other")
    assert cluster.ensure_database("yuantu_other") == url
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_database(), postgis_lib_version() IS NOT NULL").fetchone()
    assert row == ("yuantu_other", True)


def test_it_is_in_a_session_of_its_own(cluster: Cluster) -> None:
    pid = cluster.status().pid
    assert pid is not None
    assert os.getsid(pid) != os.getsid(0)  # a Ctrl-C in this terminal does not reach it


# --- starting, stopping, breaking


def test_it_outlives_the_process_that_started_it_and_stops_when_told(make: Maker) -> None:
    one = make()
    code = (
        "import sys; from pathlib import Path; from app.db.cluster import Cluster\n"
        "Cluster(Path(sys.argv[1]), durable=False).up()"
    )
    subprocess.run([sys.executable, "-c", code, str(one.home)], cwd=ROOT, check=True)
    now = one.status()
    assert now.running
    assert not one.up().started_here
    one.down()
    assert not one.status().running
    assert now.pid is not None
    assert not cluster_host.is_alive(now.pid)
    one.down()  # no error


def test_down_and_status_before_anything_was_made(make: Maker) -> None:
    one = make()
    one.down()
    assert not one.status().running
    assert not one.home.exists()


def test_the_callers_environment_does_not_reach_the_server(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PGDATA": "/nonexistent",
        "PGPORT": "1",
        "PGHOST": "nowhere.invalid",
        "LC_ALL": "xx_XX",
    }.items():
        monkeypatch.setenv(name, value)
    one = make()
    assert one.up().running
    assert one.up().running


def test_two_processes_start_one_server(make: Maker) -> None:
    one = make()
    code = (
        "import sys; from pathlib import Path; from app.db.cluster import Cluster\n"
        "now = Cluster(Path(sys.argv[1]), durable=False).up(); print(now.pid, now.started_here)"
    )
    command = [sys.executable, "-c", code, str(one.home)]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[0].split() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert said[0][0] == said[1][0] == str(one.status().pid)
    assert sorted(words[1] for words in said) == ["False", "True"]


def test_a_killed_server_recovers_what_was_committed(make: Maker) -> None:
    one = make(durable=True)
    pid = one.up().pid
    assert pid is not None
    with psycopg.connect(one.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(pid, signal.SIGKILL)
    assert _gone(pid)
    assert not one.status().running
    assert one.up().started_here
    assert _ask(one, "SELECT answer FROM kept") == [(42,)]


def test_a_stale_pid_file_that_names_another_program(make: Maker) -> None:
    one = make()
    now = one.up()
    left = (now.data_dir / "postmaster.pid").read_text()
    one.down()
    user = now.data_dir.stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=user if user != os.geteuid() else None) as bystander:
        for place in (now.data_dir / "postmaster.pid", now.socket_dir / f".s.PGSQL.{now.port}.lock"):
            place.write_text(left.replace(str(now.pid), str(bystander.pid), 1))
            os.chown(place, user, -1)
        assert not one.status().running
        one.down()
        assert one.up().started_here
        assert bystander.poll() is None
        bystander.kill()


def test_a_server_whose_folder_was_deleted_is_replaced(make: Maker) -> None:
    one = make()
    orphan = one.up().pid
    assert orphan is not None
    shutil.rmtree(one.home)
    assert one.up().started_here
    assert not cluster_host.is_alive(orphan)


def test_data_of_another_major_version_are_refused_with_a_way_out(make: Maker) -> None:
    one = make()
    data = one.up().data_dir
    one.down()
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(ClusterError) as caught:
        Cluster(one.home, durable=False).up()
    for expected in ("PostgreSQL 9", str(data), "make clean-db", "postgresql-9-postgis-3", "pg_dump"):
        assert expected in str(caught.value)
    (data / "PG_VERSION").write_text(f"{find_binaries(one.home).version}\n")
    assert one.up().running  # nothing was touched


def test_a_half_made_cluster_is_not_taken_for_one(make: Maker) -> None:
    one = make()
    leftover = one.home / "pg.new-1"
    leftover.mkdir(parents=True)
    one.home.chmod(0o755)
    (leftover / "PG_VERSION").write_text("15\n")
    assert one.up().running
    assert not leftover.exists()


def test_a_foreign_folder_in_its_place_is_left_alone(make: Maker) -> None:
    one = make()
    foreign = one.home / "pg" / "thesis.odt"
    foreign.parent.mkdir(parents=True)
    foreign.write_text("years of work")
    with pytest.raises(ClusterError, match="not a PostgreSQL data folder"):
        one.up()
    assert foreign.read_text() == "years of work"


def test_a_socket_folder_that_someone_else_laid_is_refused(make: Maker, tmp_path: Path) -> None:
    one = make()
    place = one.status().socket_dir
    place.symlink_to(tmp_path)
    try:
        with pytest.raises(ClusterError, match="Remove it"):
            one.up()
        assert list(tmp_path.iterdir()) == []
    finally:
        place.unlink()


def test_a_failed_start_says_what_the_log_says(make: Maker) -> None:
    one = make()
    data = one.up().data_dir
    one.down()
    (data / "global" / "pg_control").rename(data / "global" / "away")
    with pytest.raises(ClusterError, match="pg_control"):
        one.up()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another account")
def test_roots_private_folder_is_not_opened_for_the_server(make: Maker) -> None:
    folder = _folder("/tmp", "yuantu-private-")
    folder.chmod(0o700)
    try:
        one = make(home=folder / "project" / ".yuantu")
        data = one.up().data_dir
        assert data.is_relative_to("/var/lib/yuantu")
        assert (one.home / "pg-location").read_text().strip() == str(data.parent)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert _ask(one, "SELECT 1") == [(1,)]
        one.remove()
        assert not data.parent.exists()
    finally:
        shutil.rmtree(folder)


# --- finding PostgreSQL


def _fake(bindir: Path, version: str, *controls: str) -> Path:
    bindir.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (bindir / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        (bindir / name).chmod(0o755)
    for control in controls:
        path = bindir.parent / "share" / "extension" / control
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return bindir


def test_the_newest_is_found_first(tmp_path: Path) -> None:
    newest = _fake(tmp_path / "new" / "bin", "99.1", "postgis.control", "pg_trgm.control")
    found = list_binaries(tmp_path, {"PATH": str(newest)})
    assert found[0].bindir == newest
    assert [one.version for one in found] == sorted((one.version for one in found), reverse=True)


@pytest.mark.parametrize(
    ("version", "controls", "reason"),
    [
        ("13.4", ("postgis.control", "pg_trgm.control"), "PostgreSQL 13 is older than 14"),
        ("16.1", ("pg_trgm.control",), "PostgreSQL 16 without PostGIS"),
        ("17beta1", ("postgis.control",), "PostgreSQL 17 without pg_trgm"),
    ],
)
def test_what_does_not_serve_is_refused_with_reasons(
    tmp_path: Path, version: str, controls: tuple[str, ...], reason: str
) -> None:
    bindir = _fake(tmp_path / "bin", version, *controls)
    with pytest.raises(ClusterError) as caught:
        find_binaries(tmp_path, {"YUANTU_PG_BINDIR": str(bindir)})
    for expected in (reason, str(bindir), "make run", "docker compose up", "apt-get install postgresql-15-postgis-3"):
        assert expected in str(caught.value).replace("postgresql-15 postgresql-15-postgis-3", "postgresql-15-postgis-3")


def test_the_locale_is_a_utf8_one() -> None:
    assert cluster_config.utf8_locale("C\nC.utf8\nPOSIX\nen_US.utf8\n") == "C.UTF-8"
    assert cluster_config.utf8_locale("C\nPOSIX\nde_DE\nde_DE.utf8\nzh_CN.utf8\n") == "zh_CN.utf8"
    assert cluster_config.utf8_locale("C\nPOSIX\nde_DE.utf8\n") == "de_DE.utf8"
