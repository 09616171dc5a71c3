"""Client: what stands in for wrk where it cannot be installed. Slower than wrk, so quick answers look slower too.

Run as a program of its own: ``python -m benchmarks.client URL PATHS FIRST SECONDS [HEADER VALUE]…``.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

CLIENTS = 8
_BUFFER = 2**20


class _Load:
    """Clients that ask for the next path as soon as an answer is complete, until the time is over."""

    def __init__(self, url: str, requests: list[bytes], first: int, seconds: float) -> None:
        split = urlsplit(url)
        self.host, self.port = str(split.hostname), split.port
        self.requests: Iterator[bytes] = (requests[(first + n) % len(requests)] for n in count())
        self.began = time.monotonic()
        self.end = self.began + seconds
        self.last = self.began
        self.times: list[float] = []
        self.bytes = self.failed = 0

    async def client(self) -> None:
        """Ask until the time is over; an answer that was asked for is waited for."""
        reader, writer = await asyncio.open_connection(self.host, self.port, limit=_BUFFER)
        while time.monotonic() < self.end:
            asked = time.monotonic()
            writer.write(next(self.requests))
            status, size, stays = await _answer(reader)
            self.last = time.monotonic()
            self.times.append(self.last - asked)
            self.bytes += size
            self.failed += status >= 400
            if not stays:
                writer.close()
                reader, writer = await asyncio.open_connection(self.host, self.port, limit=_BUFFER)
        writer.close()

    async def run(self) -> None:
        """Run all clients."""
        await asyncio.gather(*(self.client() for _ in range(CLIENTS)))

    def result(self) -> dict[str, float]:
        """Return the figures, under the names that requests.lua gives them."""
        ordered = sorted(self.times)
        return {
            "completed": len(ordered),
            "seconds": self.last - self.began,
            "bytes": self.bytes,
            "median_ms": statistics.median(ordered) * 1000 if ordered else 0.0,
            "p99_ms": ordered[int(len(ordered) * 0.99)] * 1000 if ordered else 0.0,
            "failed": self.failed,
        }


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int, bool]:
    """Read one answer; return its status, its size and whether the connection stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status_line, *lines = head.split("\r\n")
    status = int(status_line.split()[1])
    headers = {
        name.strip().lower(): value.strip().lower() for name, _, value in (line.partition(":") for line in lines)
    }
    stays = headers.get("connection") != "close"
    if status in (204, 304):
        return status, len(head), stays
    if headers.get("transfer-encoding") == "chunked":
        size = 0
        while part := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(part + 2)
            size += part
        await reader.readexactly(2)
        return status, len(head) + size, stays
    if "content-length" not in headers:
        return status, len(head) + len(await reader.read()), False
    left = size = int(headers["content-length"])
    while left:
        left -= len(await reader.read(min(left, _BUFFER)))
    return status, len(head) + size, stays


def main(arguments: list[str]) -> None:
    """Run one round and print its figures as requests.lua does."""
    url, paths, first, seconds, *pairs = arguments
    headers = {"Host": urlsplit(url).netloc, **dict(zip(pairs[::2], pairs[1::2], strict=True))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    asked = Path(paths).read_text(encoding="utf-8").splitlines()
    load = _Load(url, [f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode() for path in asked], int(first), float(seconds))
    asyncio.run(load.run())
    print(f"RESULT {json.dumps(load.result())}")


if __name__ == "__main__":
    main(sys.argv[1:])
