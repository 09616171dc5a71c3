"""Negotiation of codings (RFC 9110, 12.5.3), and the middleware that applies them."""

import asyncio
import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
import zstandard
from starlette.types import Message, Receive, Scope, Send

from app.compression import Choice, Compression, compress, decompress, is_compressible, negotiate

TEXT = ("园图 industrial park, " * 400).encode()
DECODERS = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
    None: bytes,
}


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.5, zstd;q=0", "gzip"),
        ("gzip;q=0.5", "gzip"),
        ("gzip ; q=0.2 , identity;q=0.8", "identity"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("gzip;q=0", "identity"),
        ("*", "zstd"),
        ("*;q=0.1", "zstd"),
        ("*;q=0", "identity"),
        ("zstd;q=0, *", "br"),
        ("gzip;q=1, *;q=0", "gzip"),
        ("deflate", "identity"),
        ("gzip;q=nonsense", "identity"),
        ("gzip;q=nan", "identity"),
        ("gzip;q=7", "identity"),
        (",,;;,", "identity"),
        ("gzip, " + "x" * 5000, "gzip"),
    ],
)
def test_the_coding_a_client_gets(header: str | None, coding: str) -> None:
    assert negotiate(header).coding == coding


def test_identity_is_acceptable_unless_refused() -> None:
    assert negotiate("gzip") == Choice("gzip", True)
    assert negotiate("gzip, identity;q=0") == Choice("gzip", False)
    assert negotiate("gzip, *;q=0") == Choice("gzip", False)
    # Nothing on offer is acceptable: the header is disregarded.
    assert negotiate("identity;q=0") == Choice("identity", True)


@pytest.mark.parametrize(
    ("media_type", "smaller"),
    [
        ("application/geo+json; charset=utf-8", True),
        ("text/csv", True),
        ("application/vnd.mapbox-vector-tile", True),
        ("application/geopackage+sqlite3", True),
        ("image/svg+xml", True),
        ("image/png", False),
        ("application/zip", False),
        ("application/vnd.apache.parquet", False),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
        ("", False),
    ],
)
def test_media_types_that_get_smaller(media_type: str, smaller: bool) -> None:
    assert is_compressible(media_type) is smaller


@pytest.mark.parametrize("coding", ["zstd", "br", "gzip"])
@pytest.mark.parametrize("thorough", [False, True])
def test_a_body_comes_back_as_it_was(coding: str, thorough: bool) -> None:
    packed = compress(TEXT, coding, thorough=thorough)
    assert len(packed) < len(TEXT) / 10 and packed == compress(TEXT, coding, thorough=thorough)
    assert DECODERS[coding](packed) == decompress(packed, coding) == TEXT


def serve(
    parts: list[bytes], *, accept: str | None = "gzip", status: int = 200, method: str = "GET", **headers: str
) -> tuple[dict[str, str], list[bytes]]:
    """Send an answer through the middleware; return its headers and the parts of its body."""
    sent: list[Message] = []
    fields = {"content_type": "application/json", **headers}
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items() if value]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": raw})
        for number, part in enumerate(parts, 1):
            await send({"type": "http.response.body", "body": part, "more_body": number < len(parts)})

    async def receive() -> Message:
        raise AssertionError("the middleware has nothing to receive")

    async def send(message: Message) -> None:
        sent.append(message)

    accepted = [] if accept is None else [(b"accept-encoding", accept.encode())]
    scope = {"type": "http", "method": method, "headers": accepted}
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, Compression(app)(scope, receive, send)).result()
    start, *bodies = sent
    assert [message["more_body"] for message in bodies] == [True] * (len(bodies) - 1) + [False]
    return {name.decode(): value.decode() for name, value in start["headers"]}, [one["body"] for one in bodies]


@pytest.mark.parametrize("coding", ["zstd", "br", "gzip"])
@pytest.mark.parametrize("size", [2_000, 1_000_000])
def test_a_whole_body(coding: str, size: int) -> None:
    body = (TEXT * (size // len(TEXT) + 1))[:size]
    headers, (packed,) = serve([body], accept=coding, content_length=str(size), etag='W/"a"')
    assert DECODERS[coding](packed) == body
    assert headers == {
        "content-type": "application/json", "vary": "Accept-Encoding", "content-encoding": coding,
        "content-length": str(len(packed)), "etag": 'W/"a"',
    }  # fmt: skip


@pytest.mark.parametrize("coding", ["zstd", "br", "gzip"])
def test_each_part_of_a_stream_can_be_read_when_it_arrives(coding: str) -> None:
    parts = [TEXT, b"", TEXT[:5], TEXT * 100, b"end"]
    headers, packed = serve(parts, accept=coding, content_length="1")
    assert "content-length" not in headers and headers["content-encoding"] == coding
    assert DECODERS[coding](b"".join(packed)) == b"".join(parts)
    read = {
        "gzip": lambda body: zlib.decompressobj(31).decompress(body),
        "br": lambda body: brotli.Decompressor().process(body),
        "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
    }[coding]
    assert read(packed[0]) == TEXT
    assert read(packed[0] + packed[1]) == TEXT + TEXT[:5]


def test_small_bodies_are_sent_as_they_are_unless_that_is_refused() -> None:
    headers, (body,) = serve([b"{}"], content_length="2")
    assert body == b"{}" and "content-encoding" not in headers and headers["vary"] == "Accept-Encoding"
    headers, (body,) = serve([b"{}"], accept="gzip, identity;q=0", content_length="2")
    assert gzip.decompress(body) == b"{}" and headers["content-length"] == str(len(body))


@pytest.mark.parametrize(
    ("headers", "varies"),
    [
        ({"accept": None}, True),
        ({"accept": "gzip;q=0"}, True),
        ({"content_encoding": "br"}, True),
        ({"cache_control": "public, no-transform"}, True),
        ({"status": 206}, True),
        ({"content_type": "application/zip"}, False),
        ({"content_type": ""}, False),
    ],
)
def test_what_is_left_alone(headers: dict, varies: bool) -> None:
    answer, (body,) = serve([TEXT], etag='"strong"', content_length=str(len(TEXT)), **headers)
    assert body == TEXT and answer["content-length"] == str(len(TEXT)) and answer["etag"] == '"strong"'
    assert ("vary" in answer) is varies


def test_answers_without_a_body() -> None:
    assert serve([b""], status=304, content_type="", etag='W/"a"') == (
        {"etag": 'W/"a"', "vary": "Accept-Encoding"}, [b""],
    )  # fmt: skip
    assert serve([b""], status=204, content_type="") == ({}, [b""])
    headers, body = serve([b""], method="HEAD", content_length="5000")
    assert body == [b""] and headers["content-length"] == "5000" and headers["vary"] == "Accept-Encoding"


def test_a_strong_etag_is_weakened_and_ranges_are_not_offered() -> None:
    headers, _ = serve([TEXT], etag='"strong"', accept_ranges="bytes")
    assert headers["etag"] == 'W/"strong"' and "accept-ranges" not in headers


def test_vary_is_extended() -> None:
    assert serve([TEXT], vary="Origin")[0]["vary"] == "Origin, Accept-Encoding"
    assert serve([TEXT], vary="accept-encoding")[0]["vary"] == "accept-encoding"
    assert serve([TEXT], vary="*")[0]["vary"] == "*"


def test_what_does_not_get_smaller_stays() -> None:
    import random

    noise = random.Random(1).randbytes(5000)
    headers, (body,) = serve([noise], content_length="5000")
    assert body == noise and "content-encoding" not in headers and headers["content-length"] == "5000"
