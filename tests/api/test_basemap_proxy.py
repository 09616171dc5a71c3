"""Tiles of basemaps fetched for browsers, from a tile host of the test's own that behaves as tile hosts do."""

import base64
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from pydantic import ValidationError

from app.basemap.proxy import LARGEST_TILE, TileProxy
from app.basemap.routes import router
from app.basemap.tile_cache import TileCache
from app.problems import install
from app.settings import Settings
from app.webmap.limiter import Limiter
from tests.asgi import client_of

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
KEY = "s3cretkey"


@dataclass
class TileHost:
    """A host of tiles: what it was asked, and how it answers."""

    asked: list[str] = field(default_factory=list)
    status: int = 200
    body: bytes = PNG
    media_type: str = "image/png"
    delay: float = 0.0
    url: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        time.sleep(self.delay)
        handler.send_response(self.status)
        handler.send_header("Content-Type", self.media_type)
        handler.send_header("Content-Length", str(len(self.body)))
        handler.end_headers()
        handler.wfile.write(self.body)


@pytest.fixture
def host() -> Iterator[TileHost]:
    told = TileHost()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked has left
                told.answer(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield told
    server.shutdown()
    server.server_close()


def source(url: str, **values: Any) -> dict[str, Any]:
    usual = {"id": "city", "title_zh": "市级底图", "title_en": "City map", "attribution": "© 测绘院", "max_zoom": 17}
    return {**usual, "url": url, **values}


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[call-arg]


Ask = Callable[..., httpx.Client]


@pytest.fixture
def ask(host: TileHost, tmp_path: Path) -> Iterator[Ask]:
    """Give a client of the routes; ``seconds`` is how long a host may take."""
    contexts = []

    def open_it(seconds: float = 10.0, rate: int = 6000, burst: int = 400, **values: Any) -> httpx.Client:
        template = f"{host.url}/wmts?L={{z}}&R={{y}}&C={{x}}&tk={KEY}"
        told = {"home": tmp_path, "tile_proxy": True, "basemaps": [source(template)], **values}
        app = FastAPI()
        app.state.settings = settings(**told)
        app.state.tile_proxy = TileProxy(app.state.settings, seconds)
        app.state.tile_limiter = Limiter(burst, rate)
        install(app)
        app.include_router(router)
        context = client_of(app)
        contexts.append(context)
        return context.__enter__()

    yield open_it
    for context in contexts:
        context.__exit__(None, None, None)


def test_a_tile_is_fetched_once_and_the_key_stays_here(ask: Ask, host: TileHost) -> None:
    client = ask()
    answer = client.get("/basemap/city/0/12/3386/1565")
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, PNG, "image/png")
    assert "max-age=" in answer.headers["cache-control"]
    assert parse_qs(urlsplit(host.asked[0]).query) == {"L": ["12"], "R": ["1565"], "C": ["3386"], "tk": [KEY]}
    assert client.get("/basemap/city/0/12/3386/1565").content == PNG
    assert len(host.asked) == 1
    assert KEY not in str(answer.headers)


def test_kept_tiles_outlast_the_process_and_the_host(ask: Ask, host: TileHost) -> None:
    assert ask().get("/basemap/city/0/12/3386/1565").status_code == 200
    host.status = 500
    assert ask().get("/basemap/city/0/12/3386/1565").content == PNG
    assert ask().get("/basemap/city/0/12/3386/1566").status_code == 502


def test_an_old_tile_is_asked_for_again_and_shown_where_the_host_is_down(
    ask: Ask, host: TileHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = ask()
    client.get("/basemap/city/0/12/3386/1565")
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 30 * 24 * 3600)
    host.status = 503
    assert client.get("/basemap/city/0/12/3386/1565").content == PNG
    assert len(host.asked) == 2


def test_many_who_want_one_tile_have_it_fetched_once(ask: Ask, host: TileHost) -> None:
    client = ask()
    host.delay = 0.5
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: client.get("/basemap/city/0/12/3386/1565"), range(6)))
    assert [answer.status_code for answer in answers] == [200] * 6
    assert len(host.asked) == 1


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"status": 403, "body": b'{"msg":"key"}', "media_type": "application/json"}, 502),
        ({"body": b"<html>sign in</html>", "media_type": "image/png"}, 502),
        ({"body": PNG + bytes(LARGEST_TILE)}, 502),
        ({"status": 302}, 502),
        ({"status": 404}, 404),
        ({"body": b""}, 502),
        ({"delay": 2.0}, 504),
    ],
)
def test_what_is_no_tile_is_refused_and_not_kept(
    ask: Ask, host: TileHost, how: dict[str, Any], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    client = ask(seconds=0.4)
    for name, value in how.items():
        setattr(host, name, value)
    with caplog.at_level(logging.INFO):
        answer = client.get("/basemap/city/0/12/3386/1565")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert KEY not in answer.text
    assert KEY not in caplog.text
    host.status, host.body, host.media_type, host.delay = 200, PNG, "image/png", 0.0
    assert client.get("/basemap/city/0/12/3386/1565").status_code == 200


def test_a_host_that_is_down_is_said(ask: Ask) -> None:
    client = ask(basemaps=[source("http://127.0.0.1:9/{z}/{x}/{y}.png")])
    answer = client.get("/basemap/city/0/12/3386/1565", headers={"Accept-Language": "zh"})
    assert answer.status_code == 502
    assert "没有给出瓦片" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    ["nope/0/1/0/0", "city/1/1/0/0", "city/0/18/0/0", "city/0/2/4/0", "city/0/2/0/4", "city/0/12/3386/99999999"],
)
def test_tiles_that_cannot_be_are_not_asked_for(ask: Ask, host: TileHost, path: str) -> None:
    answer = ask().get(f"/basemap/{path}")
    assert answer.status_code == 404
    assert answer.json()["detail"]
    assert host.asked == []


@pytest.mark.parametrize("path", ["city/0/-1/0/0", "city/0/a/0/0", "city/0/1/0.5/0", "city/0/1/0/0?url=http://x"])
def test_addresses_that_are_none_are_bad_requests(ask: Ask, host: TileHost, path: str) -> None:
    assert ask().get(f"/basemap/{path}").status_code == 400
    assert host.asked == []


def test_one_client_cannot_have_any_number_fetched(ask: Ask, host: TileHost) -> None:
    client = ask(burst=3, rate=1)
    answers = [client.get(f"/basemap/city/0/12/3386/{row}") for row in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert client.get("/basemap/city/0/12/3386/0").status_code == 200, "a kept one does not count"
    assert len(host.asked) == 3


def test_nothing_is_fetched_unless_the_operator_says_so(ask: Ask, host: TileHost) -> None:
    answer = ask(tile_proxy=False).get("/basemap/city/0/12/3386/1565")
    assert answer.status_code == 404
    assert "YUANTU_TILE_PROXY" in answer.json()["detail"]
    assert host.asked == []


def test_the_cache_stays_within_its_bounds(tmp_path: Path) -> None:
    cache = TileCache(tmp_path / "tiles.sqlite", 10_000)
    for number in range(50):
        cache.keep(f"t{number}", ("image/png", bytes(1000)))
        assert cache.size() <= 10_000
    assert cache.get("t49") is not None
    assert cache.get("t0") is None
    cache.keep("huge", ("image/png", bytes(10_001)))
    assert cache.get("huge") is None
    cache.close()
    assert TileCache(tmp_path / "none.sqlite", 0).get("t") is None
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://webrd01.is.autonavi.com/appmaptile?x={x}&y={y}&z={z}", "GCJ-02"),
        ("https://rt{s}.map.gtimg.com/tile?z={z}&x={x}&y={y}", "GCJ-02"),
        ("https://maponline0.bdimg.com/tile/?x={x}&y={y}&z={z}", "GCJ-02"),
        ("https://WPRD01.is.AutoNavi.com/appmaptile?x={x}&y={y}&z={z}", "550 m"),
        ("https://tiles.example.cn/{z}/{x}.png", "{z}, {x} and {y}"),
        ("https://tiles.example.cn/{z}/{x}/{y}/{q}.png", "{z}, {x} and {y}"),
        ("file:///{z}/{x}/{y}.png", "https://"),
        ("//tiles.example.cn/{z}/{x}/{y}.png", "https://"),
        ("https://{x}.example.cn/{z}/{y}.png", "host"),
        ("https://a.cn;script-src *\N{SPACE}/{z}/{x}/{y}.png", "host"),
        ("https://user:pass@tiles.example.cn/{z}/{x}/{y}.png", "https://"),
    ],
)
def test_settings_refuse_what_is_no_basemap(url: str, said: str) -> None:
    with pytest.raises(ValidationError, match="basemaps") as refusal:
        settings(basemaps=[source(url)])
    assert said in str(refusal.value)


def test_settings_take_basemaps_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    wmts = "https://gis.example.cn/wmts/base/{TileMatrix}/{TileRow}/{TileCol}.png"
    told = (
        '[{"id":"city","title_zh":"市级底图","title_en":"City map","attribution":"测绘院","url":"' + wmts + '"},'
        '{"id":"photo","title_zh":"影像","title_en":"Imagery","attribution":"x","url":"https://t{s}.example.cn/{z}/{x}/{y}",'
        '"subdomains":"012"}]'
    )
    monkeypatch.setenv("YUANTU_BASEMAPS", told)
    city, photo = settings().basemaps
    assert city.url == "https://gis.example.cn/wmts/base/{z}/{y}/{x}.png"
    assert photo.subdomains == "012"
    with pytest.raises(ValidationError, match="two basemaps are called 'city'"):
        settings(basemaps=[source("https://a.cn/{z}/{x}/{y}"), source("https://b.cn/{z}/{x}/{y}")])
    with pytest.raises(ValidationError, match="there already"):
        settings(basemaps=[source("https://a.cn/{z}/{x}/{y}", id="osm")])
