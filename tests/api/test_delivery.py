"""Delivery: streams, cancelled queries, answers from memory; on a small application with the real parts."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from app import problems
from app.answers import etag, streaming_answer, text_answer
from app.cache import AnswerCache
from app.compression import Compression
from app.db.engine import owner_engine, read_engine
from app.db.reader import Reader
from app.middleware import HeadAsGet
from app.proxy import ProxyHeaders, base_url
from app.settings import Settings
from tests.asgi import run
from tests.conftest import ROOT, free_port
from tests.memory import RssWatch

FEATURES = """
SELECT '{"type":"Feature","id":"parcel-' || n || '","geometry":{"type":"Polygon","coordinates":[['
       || (SELECT string_agg('[' || round((117 + random())::numeric, 6) || ',39.123456]', ',')
             FROM generate_series(1, 12 + n % 2))
       || ']]},"properties":{"name_zh":"地块"}}' AS feature
  FROM generate_series(1, :count) AS n
"""


router = APIRouter()


def delivery_app() -> FastAPI:
    """Return the application that the tests of this file serve with uvicorn."""
    settings = Settings(statement_timeout_ms=60_000)
    assert settings.database_url is not None
    app = FastAPI()
    app.state.reader = Reader([read_engine(settings.database_url.get_secret_value(), settings, assume_role=True)])
    app.state.answers = AnswerCache(settings.cache_bytes)
    app.state.made = Counter()
    problems.install(app)
    app.add_middleware(Compression)
    app.add_middleware(ProxyHeaders, trusted=settings.trusted_proxies)
    app.add_middleware(HeadAsGet)
    app.include_router(router)
    return app


@router.get("/value/{mark}")
async def sleeping_value(request: Request, mark: str, cached: bool = False) -> Response:
    async def produce() -> str:
        return str(await request.app.state.reader.value("SELECT pg_sleep(30)"))

    return await text_answer(request, etag(mark), produce, cacheable=cached)


@router.get("/stream")
async def stream(request: Request, count: int, fail: bool = False, slow: bool = False) -> Response:
    statement = f"{FEATURES} CROSS JOIN LATERAL (SELECT pg_sleep(0.001 + 0 * n)) AS pause" if slow else FEATURES

    async def lines() -> AsyncIterator[str]:
        yield '{"type":"FeatureCollection","features":['
        joint = ""
        async for rows in request.app.state.reader.stream(statement, {"count": count}):
            yield joint + ",".join(row.feature for row in rows)
            joint = ","
            if fail:
                raise RuntimeError("half way")
        yield "]}"

    return streaming_answer(request, etag("stream", str(count)), lines, media_type="application/geo+json")


@router.get("/broken")
async def broken(request: Request) -> Response:
    async def lines() -> AsyncIterator[str]:
        async for rows in request.app.state.reader.stream("SELECT 1 / (g - 3) FROM generate_series(1, 5) AS g"):
            yield str(rows)

    return streaming_answer(request, etag("broken"), lines)


@router.get("/whole/{name}")
async def whole(request: Request, name: str) -> Response:
    async def produce() -> bytes:
        request.app.state.made[name] += 1
        await asyncio.sleep(0.2)
        return b'{"name":"' + b"park " * 2000 + b'"}'

    return await text_answer(request, etag(name), produce, media_type="application/geo+json", cacheable=True)


@router.get("/made")
def made(request: Request) -> dict[str, int]:
    return dict(request.app.state.made)


@router.get("/base")
def base(request: Request) -> dict[str, str]:
    return {"base": base_url(request)}


@dataclass(frozen=True)
class Delivery:
    url: str
    port: int
    pid: int


@pytest.fixture(scope="module")
def delivery(database_url: str) -> Iterator[Delivery]:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "tests.api.test_delivery:delivery_app"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--no-proxy-headers", "--log-level", "critical"],
        cwd=ROOT,
        env={**os.environ, "YUANTU_DATABASE_URL": database_url},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                httpx.get(f"{url}/base")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield Delivery(url, port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def running(database_url: str) -> int:
    """Return how many sessions sleep in the database, or fetch from a cursor."""
    engine = owner_engine(database_url)
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND (state = 'active' AND query LIKE '%pg_sleep%' OR state <> 'idle' AND query LIKE 'FETCH%')"
            )
        ).scalar_one()
    engine.dispose()
    return int(found)


def comes_true(database_url: str, count: int, *, within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if running(database_url) == count:
            return True
        time.sleep(0.05)
    return False


def leave(delivery: Delivery, path: str, database_url: str) -> None:
    """Ask, wait until the query runs, and hang up."""
    with socket.create_connection(("127.0.0.1", delivery.port)) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        assert comes_true(database_url, 1, within=5), "the query never ran"


@pytest.mark.parametrize("path", ["/value/a", "/value/b?cached=true", "/stream?count=100000&slow=true"])
def test_the_query_of_a_client_that_left_is_cancelled(delivery: Delivery, database_url: str, path: str) -> None:
    leave(delivery, path, database_url)
    assert comes_true(database_url, 0, within=2), "the query goes on for nobody"


def test_a_client_that_leaves_in_the_middle_of_a_stream_ends_it(delivery: Delivery, database_url: str) -> None:
    with httpx.stream("GET", f"{delivery.url}/stream?count=100000&slow=true", timeout=20) as answer:
        parts = answer.iter_raw(100)
        assert next(parts)
        assert comes_true(database_url, 1, within=2)
    assert comes_true(database_url, 0, within=2)


def test_leaving_clients_use_up_no_connections(delivery: Delivery, database_url: str) -> None:
    for number in range(20):  # The pool holds 16.
        leave(delivery, f"/value/{number}", database_url)
        assert comes_true(database_url, 0, within=2)
    assert httpx.get(f"{delivery.url}/stream?count=10", timeout=5).status_code == 200


def test_others_still_get_an_answer_whose_first_asker_left(delivery: Delivery) -> None:
    address = ("127.0.0.1", delivery.port)
    with socket.create_connection(address) as first, socket.create_connection(address) as second:
        # Both are there before the answer is made, however busy the machine is.
        for client in (first, second):
            client.sendall(b"GET /whole/shared HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        time.sleep(0.05)
        first.close()
        assert second.makefile("rb").readline() == b"HTTP/1.1 200 OK\r\n"
    assert httpx.get(f"{delivery.url}/made").json()["shared"] == 1


def test_identical_requests_are_made_once_and_kept_in_every_coding(delivery: Delivery) -> None:
    codings = ["gzip", "br", "zstd", "identity"] * 4
    with ThreadPoolExecutor(16) as pool:
        answers = list(
            pool.map(lambda one: httpx.get(f"{delivery.url}/whole/once", headers={"Accept-Encoding": one}), codings)
        )
    assert {len(answer.json()["name"]) for answer in answers} == {10_000}
    assert [answer.headers.get("content-encoding", "identity") for answer in answers] == codings
    assert {answer.headers["vary"] for answer in answers} == {"Accept-Encoding"}
    assert len({answer.headers["etag"] for answer in answers}) == 1
    assert httpx.get(f"{delivery.url}/made").json()["once"] == 1


def test_head_and_304_have_the_headers_of_get(delivery: Delivery) -> None:
    url = f"{delivery.url}/whole/head"
    httpx.get(url)
    time.sleep(0.2)  # until the thorough compression has replaced the quick one
    got, head = httpx.get(url), httpx.head(url)
    assert head.content == b"" and {**head.headers, "date": ""} == {**got.headers, "date": ""}
    again = httpx.get(url, headers={"If-None-Match": f'"x", {got.headers["etag"].removeprefix("W/")}'})
    assert again.status_code == 304 and again.content == b""
    assert {name: again.headers[name] for name in ("etag", "cache-control", "vary")} == {
        name: got.headers[name] for name in ("etag", "cache-control", "vary")
    }
    stream = f"{delivery.url}/stream?count=1000000"
    begun = time.monotonic()
    head = httpx.head(stream)
    assert head.headers["content-type"] == "application/geo+json" and head.headers["etag"].startswith("W/")
    assert httpx.get(stream, headers={"If-None-Match": head.headers["etag"]}).status_code == 304
    assert time.monotonic() - begun < 2, "the stream was made for a request without a body"


@pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
def test_a_stream_is_whole_in_every_coding(delivery: Delivery, coding: str) -> None:
    answer = httpx.get(f"{delivery.url}/stream?count=5001", headers={"Accept-Encoding": coding})
    assert [f["id"] for f in answer.json()["features"]] == [f"parcel-{n}" for n in range(1, 5002)]
    assert answer.headers.get("content-encoding", "identity") == coding
    assert answer.headers["transfer-encoding"] == "chunked" and "content-length" not in answer.headers


def test_a_short_stream_has_a_length(delivery: Delivery) -> None:
    answer = httpx.get(f"{delivery.url}/stream?count=1", headers={"Accept-Encoding": "identity"})
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_fault_before_the_first_part_is_a_problem_and_one_after_it_breaks_off(delivery: Delivery) -> None:
    answer = httpx.get(f"{delivery.url}/broken")
    assert answer.status_code == 500 and answer.headers["content-type"] == "application/problem+json"
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"{delivery.url}/stream?count=100000&fail=true", headers={"Accept-Encoding": "gzip"})


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
def test_200_000_features_stream_in_little_memory(delivery: Delivery, coding: str) -> None:
    length = 0
    headers = {"Accept-Encoding": coding}
    with (
        RssWatch(delivery.pid) as watch,
        httpx.stream("GET", f"{delivery.url}/stream?count=200000", headers=headers, timeout=60) as answer,
    ):
        for part in answer.iter_bytes(65536):
            length += len(part)
    assert length > 60_000_000
    assert watch.growth < 40, f"{watch.growth:.0f} MiB"


def test_a_slow_client_does_not_make_the_server_hold_the_answer(delivery: Delivery) -> None:
    with (
        RssWatch(delivery.pid) as watch,
        httpx.stream("GET", f"{delivery.url}/stream?count=200000", headers={"Accept-Encoding": "identity"}) as answer,
    ):
        parts = answer.iter_bytes(65536)
        next(parts)
        time.sleep(1.5)
        next(parts)
    assert watch.growth < 40, f"{watch.growth:.0f} MiB"


def test_links_start_where_the_proxy_says(delivery: Delivery) -> None:
    def base(**headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return str(httpx.get(f"{delivery.url}/base", headers=named).json()["base"])

    assert base() == delivery.url
    assert base(Forwarded="proto=https;host=park.example") == "https://park.example"
    assert base(X_Forwarded_Proto="https", X_Forwarded_Host="park.example", X_Forwarded_Prefix="/yuantu") == (
        "https://park.example/yuantu"
    )
    assert base(X_Forwarded_Host="evil.example/path") == delivery.url


def test_a_stream_reads_only_and_in_batches(database_url: str) -> None:
    async def ask() -> tuple[list[int], str]:
        reader = Reader([read_engine(database_url, Settings(), assume_role=True)])
        sizes = [len(rows) async for rows in reader.stream("SELECT generate_series(1, 25)", batch=10)]
        try:
            with pytest.raises(DBAPIError):
                async for _ in reader.stream("DELETE FROM yuantu.zone RETURNING id"):
                    pass
            # The connection is back in autocommit, as the pool lends it.
            return sizes, str(await reader.value("SELECT current_setting('transaction_read_only')"))
        finally:
            await reader.close()

    assert run(ask()) == ([10, 10, 5], "on")


def test_repeated_cancellation_does_not_leave_a_query_behind(database_url: str) -> None:
    async def ask() -> bool:
        reader = Reader([read_engine(database_url, Settings(statement_timeout_ms=60_000), assume_role=True)])
        task = asyncio.create_task(reader.value("SELECT pg_sleep(30)"))
        while not await asyncio.to_thread(running, database_url):
            await asyncio.sleep(0.05)
        for _ in range(5):
            task.cancel()
            await asyncio.sleep(0)
        gone = await asyncio.to_thread(comes_true, database_url, 0, within=2)
        await reader.close()
        return gone

    assert run(ask())


def test_the_data_version_is_asked_for_once_a_second(empty_database: str) -> None:
    async def ask() -> None:
        engine = owner_engine(empty_database)
        read = read_engine(empty_database, Settings(), assume_role=False)
        reader = Reader([read])

        def execute(statement: str) -> None:
            with engine.begin() as connection:
                connection.exec_driver_sql(statement)

        # A fault is not kept.
        with pytest.raises(DBAPIError):
            await reader.data_version()
        execute("CREATE SCHEMA yuantu; CREATE TABLE yuantu.revision (id serial, content_hash text)")
        assert await reader.data_version() == ""
        execute("INSERT INTO yuantu.revision (content_hash) VALUES ('one')")
        assert await reader.data_version() == "", "asked again within a second"
        await asyncio.sleep(1.05)
        asked: list[str] = []
        event.listen(read.sync_engine, "before_cursor_execute", lambda *one: asked.append(one[2]))
        assert set(await asyncio.gather(*(reader.data_version() for _ in range(100)))) == {
            f"one-{datetime.now(ZoneInfo('Asia/Shanghai')).year}"
        }
        assert len(asked) == 1
        await reader.close()
        engine.dispose()

    run(ask())
