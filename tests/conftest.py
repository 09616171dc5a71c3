"""What the tests stand on: one private PostGIS a session, the real data in it, and the real command serving it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import hypothesis
import pytest

from app.cli import migrate
from app.db.cluster import Cluster
from app.db.engine import READ_ROLE, owner_engine
from app.loading.load import load

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("yuantu", deadline=None)
hypothesis.settings.load_profile("yuantu")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser's tests last: it keeps an event loop running, beside which ``asyncio.run`` refuses to work."""
    items.sort(key=lambda item: (ROOT / "tests" / "browser") in item.path.parents)


@dataclass(frozen=True)
class Server:
    """The service as a user has it."""

    url: str
    database_url: str


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of reference material beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("the reference material (../shared) is not here")
    return SHARED


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("home") / ".yuantu", durable=False)
    cluster.up()
    try:
        yield cluster
    finally:
        cluster.remove()


@pytest.fixture(scope="session")
def database_url(cluster: Cluster) -> str:
    """Return the owner's URL of a database with the real facts in it."""
    engine = owner_engine(cluster.url())
    migrate(engine)
    load(engine, geodata=ROOT / "geodata", assets=ROOT / "node_modules")
    engine.dispose()
    return cluster.url()


@pytest.fixture
def empty_database(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the owner's URL of an empty database, dropped afterwards."""
    name = f"t_{abs(hash(request.node.nodeid)) % 10**12}"
    url = cluster.ensure_database(name)
    yield url
    admin = owner_engine(cluster.url(user="postgres", database="postgres"))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.dispose()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def live_server(cluster: Cluster, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run `yuantu serve` on a free port."""
    with serving(cluster, database_url, tmp_path_factory.mktemp("server")) as server:
        yield server


@contextmanager
def serving(cluster: Cluster, database_url: str, folder: Path, **settings: str) -> Iterator[Server]:
    """Run `yuantu serve` on a free port with further settings, as environment variables; its log is in the folder."""
    port = free_port()
    log = folder / "log"
    environment = {
        **os.environ,
        "YUANTU_DATABASE_URL": database_url,
        "YUANTU_DATABASE_READ_URLS": cluster.url(user=READ_ROLE),
        **settings,
    }
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    server = Server(f"http://127.0.0.1:{port}", database_url)
    try:
        _wait_until_ready(server.url, process, log)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the server ended at once:\n{log.read_text()}")
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"the server was not ready within a minute:\n{log.read_text()}")


@pytest.fixture(scope="session")
def api(live_server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=live_server.url, timeout=30) as client:
        yield client


@pytest.fixture
def geodata_copy(tmp_path: Path) -> Path:
    """Return a copy of geodata/ that a test may spoil."""
    return Path(shutil.copytree(ROOT / "geodata", tmp_path / "geodata"))
