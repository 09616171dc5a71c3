"""Answers from memory: what is known before any route, what is kept, and in which coding."""

import asyncio
import gzip
import os
from dataclasses import dataclass

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import Response
from sqlalchemy.exc import OperationalError

from app.answers import etag, text_answer
from app.cache import AnswerCache
from app.compression import Compression
from app.front import Front
from tests.asgi import run


@dataclass
class Versions:
    """Stands in for the reader where only the data version is asked for."""

    version: str = "one"
    broken: bool = False

    async def data_version(self) -> str:
        if self.broken:
            raise OperationalError("", {}, Exception("no database"))
        return self.version


def test_a_known_request_is_answered_before_its_route() -> None:
    app = FastAPI()
    app.add_middleware(Front)
    app.add_middleware(Compression)
    app.state.answers, app.state.reader = AnswerCache(10**6), Versions()
    routed: list[str] = []

    @app.get("/data/{name}")
    async def data(request: Request, name: str) -> Response:
        version = app.state.reader.version
        kind = request.headers["accept"]
        routed.append(kind)

        async def produce() -> str:
            return f"{version} {kind} " * 200

        tag = etag(version, name, kind)
        headers = {"Content-Crs": "<x>"}
        return await text_answer(request, tag, produce, headers=headers, cacheable=True, version=version)

    async def ask() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x", headers={"Accept": "a"}) as client:
            first = await client.get("/data/park")
            second = await client.get("/data/park")
            assert routed == ["a"] and second.content == first.content == b"one a " * 200
            assert sorted(second.headers.items()) == sorted(first.headers.items())
            tag = {"If-None-Match": first.headers["etag"]}
            third = await client.get("/data/park", headers=tag)
            assert routed == ["a"] and third.status_code == 304 and third.headers["content-crs"] == "<x>"
            assert third.headers["vary"] == "Accept-Encoding" and "content-type" not in third.headers
            # Whatever may decide the answer sends the request to its route.
            assert (await client.get("/data/park", headers={"Accept": "b"})).text == "one b " * 200
            await client.get("/data/park", headers={"Host": "y"})
            await client.get("/data/park?q=1")
            assert routed == ["a", "b", "a", "a"]
            app.state.reader.version = "two"
            changed = await client.get("/data/park", headers=tag)
            assert changed.status_code == 200 and changed.text == "two a " * 200
            app.state.reader.broken = True
            routed.clear()
            assert (await client.get("/data/park")).status_code == 200 and routed == ["a"]

    run(ask())


def test_the_cache_keeps_to_its_bound_and_forgets_the_oldest() -> None:
    async def ask() -> tuple[list[str], bool]:
        cache = AnswerCache(100_000)
        made: list[str] = []

        async def get(tag: str, size: int = 20_000) -> None:
            async def produce() -> bytes:
                made.append(tag)
                return os.urandom(size)

            assert len((await cache.answer(tag, "identity", produce)).body) == size

        for tag in ("a", "b", "c", "d", "a", "e", "a", "b", "big", "big"):
            await get(tag, 30_000 if tag == "big" else 20_000)
        return made, cache.size <= 100_000

    # e drops b, the one not asked for longest; what is longer than a quarter of the bound is not kept.
    assert run(ask()) == (["a", "b", "c", "d", "e", "b", "big", "big"], True)


def test_a_thorough_compression_follows() -> None:
    body = b",".join(b"[%d.%06d,%d.%06d]" % (117, n * 7919 % 10**6, 39, n * 104729 % 10**6) for n in range(4000))

    async def ask() -> list[int]:
        cache = AnswerCache(10**7)

        async def produce() -> bytes:
            return body

        first = await cache.answer("tag", "gzip", produce, thorough=True)
        second = first
        for _ in range(100):
            second = await cache.answer("tag", "gzip", produce)
            if second is not first:
                break
            await asyncio.sleep(0.05)
        assert gzip.decompress(first.body) == gzip.decompress(second.body) == body
        cache.close()
        return [len(first.body), len(second.body)]

    quick, thorough = run(ask())
    assert thorough < quick
