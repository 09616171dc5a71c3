"""Servers: this service and its peers, started on loopback with the same number of workers and the same database.

Where a server can be told, it gets eight connections to the database a worker, no access log, no cache of its own and
tiles with the buffer of ours, so that what is compared is the work.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.db.cluster import Cluster
from app.db.cluster_config import OWNER
from app.db.engine import READ_ROLE
from benchmarks import peers
from benchmarks.places import HOME, LAYERS, LOGS, MAP_LAYERS, ROOT
from benchmarks.prepare import PEER_SCHEMA, PEER_SCHEMA_3857

START_SECONDS = 60.0
MAX_FEATURES = 10_000
TILE_BUFFER = 64
"""Units of a tile's 4,096 that features reach over its edge; the peers are set to what this service uses."""

OURS, OURS_CACHED, OURS_MAP = "yuantu", "yuantu (caches on)", "yuantu (with its map)"
FOLIUM = "plain Folium"


@dataclass(frozen=True)
class Launch:
    """How a server is started.

    Attributes
    ----------
    command, environment, folder
        What is run, where.
    ready
        Path that answers 200 once it serves.
    """

    command: list[str]
    environment: Mapping[str, str]
    ready: str
    folder: Path = HOME


@dataclass(frozen=True)
class Server:
    """A running server."""

    name: str
    url: str
    pid: int

    def processes(self) -> list[int]:
        """Return the ids of its processes, the first one first."""
        return descendants(self.pid)


def descendants(pid: int) -> list[int]:
    """Return the ids of a process and of all it started, the first one first."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                todo += map(int, children.read_text(encoding="ascii").split())
            except OSError:
                continue
    return found


def _socket_url(cluster: Cluster) -> str:
    """Return the database's address with the socket's folder as the host: what asyncpg and Rust understand.

    As the owner: tipg makes functions of its own in each session, which the reading role may not.
    """
    now = cluster.status()
    host = str(now.socket_dir).replace("/", "%2F")
    return f"postgresql://{OWNER}@{host}:{now.port}/yuantu"


def _keywords(cluster: Cluster) -> str:
    now = cluster.status()
    return f"host={now.socket_dir} port={now.port} user={OWNER} dbname=yuantu sslmode=disable"


def _pool(workers: int) -> int:
    return 8 if workers == 1 else 6


def _ours(cluster: Cluster, port: int, workers: int, extra: Mapping[str, str]) -> Launch:
    environment = {
        "YUANTU_DATABASE_URL": cluster.url(),
        "YUANTU_DATABASE_READ_URLS": cluster.url(user=READ_ROLE),
        "YUANTU_DATABASE_POOL_SIZE": str(_pool(workers)),
        "YUANTU_LAYERS_DIR": str(LAYERS),
        "YUANTU_STATEMENT_TIMEOUT_MS": "60000",
        **extra,
    }
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port), "--workers", str(workers)]
    return Launch(command, environment, "/readyz", ROOT)


CACHES_OFF: Mapping[str, str] = {"YUANTU_CACHE_BYTES": "0"}
"""Settings under which this service computes every answer."""


def _yuantu(cluster: Cluster, port: int, workers: int) -> Launch:
    return _ours(cluster, port, workers, CACHES_OFF)


def _yuantu_cached(cluster: Cluster, port: int, workers: int) -> Launch:
    return _ours(cluster, port, workers, {})


def _yuantu_map(cluster: Cluster, port: int, workers: int) -> Launch:
    return _ours(cluster, port, workers, {"YUANTU_LAYERS_DIR": str(MAP_LAYERS)})


def _folium(cluster: Cluster, port: int, workers: int) -> Launch:
    command = [sys.executable, "-m", "uvicorn", "--factory", "benchmarks.folium_page:app", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(workers), "--no-access-log", "--log-level", "warning"]
    return Launch(command, {}, "/leaflet.js", ROOT)


def _tipg(cluster: Cluster, port: int, workers: int) -> Launch:
    environment = {
        "DATABASE_URL": _socket_url(cluster),
        "DB_MAX_CONN_SIZE": str(_pool(workers)),
        "TIPG_DB_SCHEMAS": json.dumps([PEER_SCHEMA, PEER_SCHEMA_3857]),
        "TIPG_DB_FUNCTIONS": "[]",
        "TIPG_MAX_FEATURES_PER_QUERY": str(MAX_FEATURES),
        "TIPG_MAX_FEATURES_PER_TILE": "100000",
        "TIPG_TILE_BUFFER": str(TILE_BUFFER),
        # Otherwise it reads the catalogue anew in the middle of a run.
        "TIPG_CATALOG_TTL": "86400",
    }
    python = str(peers.program("tipg"))
    command = [python, "-m", "uvicorn", "tipg.main:app", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(workers), "--no-access-log", "--log-level", "warning"]
    return Launch(command, environment, "/healthz")


def _pygeoapi(cluster: Cluster, port: int, workers: int) -> Launch:
    python = peers.program("pygeoapi")
    config, openapi = HOME / "pygeoapi.json", HOME / "pygeoapi-openapi.yml"
    config.write_text(json.dumps(_pygeoapi_config(cluster, port), indent=1), encoding="utf-8")  # JSON is YAML
    environment = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    generate = [str(python.parent / "pygeoapi"), "openapi", "generate", str(config), "--output-file", str(openapi)]
    done = subprocess.run(generate, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise peers.NotInstalled(f"pygeoapi openapi generate failed: {done.stderr.strip()[-300:]}")
    command = [str(python), "-m", "gunicorn", "--workers", str(workers), "--worker-class", "gthread"]
    command += ["--threads", "8", "--keep-alive", "60", "--log-level", "warning"]
    command += ["--bind", f"127.0.0.1:{port}", "pygeoapi.flask_app:APP"]
    return Launch(command, environment, "/conformance?f=json")


def _pygeoapi_config(cluster: Cluster, port: int) -> dict[str, object]:
    now = cluster.status()
    url = f"http://127.0.0.1:{port}"
    connection = {"host": str(now.socket_dir), "port": now.port, "dbname": "yuantu", "user": OWNER, "password": ""}

    def resource(table: str) -> dict[str, object]:
        provider = {
            "type": "feature",
            "name": "PostgreSQL",
            "data": {**connection, "search_path": [PEER_SCHEMA, "public"]},
            "id_field": "id",
            "table": table,
            "geom_field": "geom",
        }
        extents = {"spatial": {"bbox": [117, 38, 119, 40], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
        return {
            "type": "collection",
            "title": table,
            "description": table,
            "keywords": ["benchmark"],
            "links": [],
            "extents": extents,
            "providers": [provider],
        }

    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": url,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "limits": {"default_items": 10, "max_items": MAX_FEATURES},
            "map": {"url": f"{url}/no-tiles/{{z}}/{{x}}/{{y}}.png", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "benchmark",
                "description": "benchmark",
                "keywords": ["benchmark"],
                "keywords_type": "theme",
                "terms_of_service": "none",
                "url": url,
            },
            "license": {"name": "none", "url": url},
            "provider": {"name": "benchmark", "url": url},
            "contact": {"name": "benchmark"},
        },
        "resources": {name: resource(name) for name in ("parcels", "parks")},
    }


def _pg_featureserv(cluster: Cluster, port: int, workers: int) -> Launch:
    config = HOME / "pg_featureserv.toml"
    config.write_text(
        f'[Server]\nHttpHost = "127.0.0.1"\nHttpPort = {port}\n'
        f'[Database]\nDbConnection = "{_keywords(cluster)}"\nDbPoolMaxConns = 8\nTableIncludes = ["{PEER_SCHEMA}"]\n'
        f"[Paging]\nLimitDefault = 10\nLimitMax = {MAX_FEATURES}\n",
        encoding="utf-8",
    )
    command = [str(peers.program("pg_featureserv")), "--config", str(config)]
    return Launch(command, {"GOMAXPROCS": str(workers)}, "/collections.json")


def _pg_tileserv(cluster: Cluster, port: int, workers: int) -> Launch:
    config = HOME / "pg_tileserv.toml"
    config.write_text(
        f'HttpHost = "127.0.0.1"\nHttpPort = {port}\nDbConnection = "{_keywords(cluster)}"\nDbPoolMaxConns = 8\n'
        f"DefaultBuffer = {TILE_BUFFER}\nMaxFeaturesPerTile = 100000\n",
        encoding="utf-8",
    )
    command = [str(peers.program("pg_tileserv")), "--no-preview", "--config", str(config)]
    return Launch(command, {"GOMAXPROCS": str(workers)}, "/health")


def _martin(cluster: Cluster, port: int, workers: int) -> Launch:
    config = HOME / "martin.json"

    def table(schema: str, srid: int) -> dict[str, object]:
        return {
            "schema": schema,
            "table": "parcels",
            "srid": srid,
            "geometry_column": "geom",
            "geometry_type": "POLYGON",
            "id_column": "id",
            "extent": 4096,
            "buffer": TILE_BUFFER,
            "clip_geom": True,
            "properties": {"name": "text", "use_code": "text", "area_m2": "float8", "year": "int4"},
        }

    tables = {"parcels": table(PEER_SCHEMA, 4326), "parcels_3857": table(PEER_SCHEMA_3857, 3857)}
    settings = {
        "listen_addresses": f"127.0.0.1:{port}",
        "worker_processes": workers,
        "cache_size_mb": 0,
        "postgres": {
            "connection_string": _socket_url(cluster),
            "pool_size": 8,
            "auto_publish": False,
            "tables": tables,
        },
    }
    config.write_text(json.dumps(settings, indent=1), encoding="utf-8")  # JSON is YAML
    command = [str(peers.program("martin")), "--config", str(config)]
    # The asynchronous runtime beside its web workers would otherwise take a thread a core.
    return Launch(command, {"TOKIO_WORKER_THREADS": str(workers), "RUST_LOG": "warn"}, "/health")


LAUNCHES: Mapping[str, Callable[[Cluster, int, int], Launch]] = {
    OURS: _yuantu,
    OURS_CACHED: _yuantu_cached,
    OURS_MAP: _yuantu_map,
    FOLIUM: _folium,
    "tipg": _tipg,
    "pygeoapi": _pygeoapi,
    "pg_featureserv": _pg_featureserv,
    "pg_tileserv": _pg_tileserv,
    "martin": _martin,
}


def free_port() -> int:
    """Return a port of loopback that nothing uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(cluster: Cluster, name: str, workers: int) -> Iterator[Server]:
    """Run a server until the context ends.

    Raises
    ------
    NotInstalled
        With the reason why there is none.
    """
    port = free_port()
    launch = LAUNCHES[name](cluster, port, workers)
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{name.split(' (')[0]}.log"
    # Nothing of the caller's settings reaches the servers.
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("YUANTU_", "TIPG_", "DB_"))}
    with log.open("wb") as out:
        process = subprocess.Popen(
            launch.command,
            cwd=launch.folder,
            env={**environment, **launch.environment},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(f"http://127.0.0.1:{port}{launch.ready}", name, process, log)
        yield Server(name, f"http://127.0.0.1:{port}", process.pid)
    finally:
        _stop(process)


def _wait(url: str, name: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    said = ""
    while time.monotonic() < end and process.poll() is None:
        try:
            answer = httpx.get(url, timeout=10, follow_redirects=True)
            if answer.status_code == 200:
                return
            said = f"{url} answers {answer.status_code}; "
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    tail = log.read_text(encoding="utf-8", errors="replace").strip()[-400:]
    raise peers.NotInstalled(f"{name} did not start: {said}{log} ends with: {tail}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End a server and what it started: they are a session of their own."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        try:
            process.wait(timeout=10)
            return
        except subprocess.TimeoutExpired:
            continue


@contextmanager
def all_started(
    cluster: Cluster, names: tuple[str, ...], workers: int
) -> Iterator[tuple[dict[str, Server], dict[str, str]]]:
    """Run several servers; yield those that run, and why the others do not."""
    running: dict[str, Server] = {}
    missing: dict[str, str] = {}
    with ExitStack() as stack:
        for name in names:
            try:
                running[name] = stack.enter_context(started(cluster, name, workers))
            except peers.NotInstalled as error:
                missing[name] = str(error)
        yield running, missing
