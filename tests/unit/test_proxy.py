"""What a proxy says about the client's address (RFC 7239 and X-Forwarded-*), and the base of links."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from app.proxy import ProxyHeaders, base_url, clean_host, forwarded
from app.settings import Settings

TRUSTED = ("127.0.0.1", "::1", "10.1.0.0/16", "fd00::/8")


def through(
    *headers: tuple[str, str],
    client: str | None = "127.0.0.1",
    host: str | None = "inner:8000",
    root_path: str = "",
    path: str = "/layers",
) -> Request:
    """Send a request through the middleware; return it as the application sees it."""
    seen: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    async def receive() -> Message:
        raise AssertionError

    async def send(_: Message) -> None:
        raise AssertionError

    raw = [(name.lower().encode(), value.encode()) for name, value in headers]
    if host is not None:
        raw.insert(0, (b"host", host.encode()))
    scope = {
        "type": "http", "method": "GET", "scheme": "http", "headers": raw, "query_string": b"",
        "client": None if client is None else (client, 5000), "server": ("0.0.0.0", 8000),
        "root_path": root_path, "path": root_path + path, "raw_path": (root_path + path).encode(),
    }  # fmt: skip
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, ProxyHeaders(app, TRUSTED)(scope, receive, send)).result()
    return Request(seen[0])


def base(*headers: tuple[str, str], **options: str | None) -> str:
    return base_url(through(*headers, **options))


def test_without_a_proxy() -> None:
    assert base() == "http://inner:8000"
    assert base(host="[::1]:8000") == "http://[::1]:8000"
    assert base(root_path="/yuantu") == "http://inner:8000/yuantu"
    assert base(root_path="/园图/") == "http://inner:8000/%E5%9B%AD%E5%9B%BE"
    assert base(host=None) == "http://0.0.0.0:8000"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("proto=https;host=example.org", "https://example.org"),
        ("Proto=HTTPS; Host=Example.org", "https://example.org"),
        ('for=192.0.2.43;proto=https;host="example.org:8443"', "https://example.org:8443"),
        ('host="[2001:db8::1]:8443";proto=https', "https://[2001:db8::1]:8443"),
        ("host=[2001:DB8:0::1]", "http://[2001:db8::1]"),
        ("proto=https;host=outer.example, proto=http;host=middle.example", "https://outer.example"),
        ('for="_a,b;c";proto=https;host=a.example, host=b.example', "https://a.example"),
        ('host="exa\\mple.org"', "http://example.org"),
        ("host=example.org:443;proto=https", "https://example.org"),
        ("host=园图.example", "http://xn--fcs8a.example"),
        ("for=192.0.2.43", "http://inner:8000"),
        ("proto=javascript;host=example.org", "http://example.org"),
    ],
)
def test_forwarded(value: str, expected: str) -> None:
    assert base(("Forwarded", value)) == expected


def test_forwarded_as_rfc_7239_prints_it() -> None:
    # RFC 7239, 4 and 7.1.
    assert forwarded('For="[2001:db8:cafe::17]:4711"') == {"for": "[2001:db8:cafe::17]:4711"}
    assert forwarded("for=192.0.2.60;proto=http;by=203.0.113.43") == {
        "for": "192.0.2.60", "proto": "http", "by": "203.0.113.43",
    }  # fmt: skip
    assert forwarded("for=192.0.2.43, for=198.51.100.17;by=203.0.113.60;proto=http;host=example.com") == {
        "for": "192.0.2.43"
    }
    for malformed in ('for="unclosed', "host", "for=a b=c", "=x"):
        assert forwarded(malformed) == {}


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Proto": "https", "Host": "example.org"}, "https://example.org"),
        ({"Proto": "https, http", "Host": "example.org, inner"}, "https://example.org"),
        ({"Host": "example.org", "Port": "8443", "Proto": "https"}, "https://example.org:8443"),
        ({"Host": "example.org:9000", "Port": "8443"}, "http://example.org:9000"),
        ({"Host": "example.org", "Port": "443", "Proto": "https"}, "https://example.org"),
        ({"Port": "8443"}, "http://inner:8443"),
        ({"Port": "99999"}, "http://inner:8000"),
        ({"Host": "[2001:db8::1]", "Port": "8443"}, "http://[2001:db8::1]:8443"),
        ({"Prefix": "/yuantu"}, "http://inner:8000/yuantu"),
        ({"Prefix": "/yuantu/"}, "http://inner:8000/yuantu"),
        ({"Prefix": "/园图"}, "http://inner:8000/%E5%9B%AD%E5%9B%BE"),
        ({"Prefix": "/%E5%9B%AD%E5%9B%BE"}, "http://inner:8000/%E5%9B%AD%E5%9B%BE"),
        ({"Prefix": "/"}, "http://inner:8000"),
    ],
)
def test_x_forwarded(headers: dict[str, str], expected: str) -> None:
    assert base(*((f"X-Forwarded-{name}", value) for name, value in headers.items())) == expected


def test_forwarded_goes_first() -> None:
    both = (("Forwarded", "proto=https;host=a.example"), ("X-Forwarded-Host", "b.example"))
    assert base(*both) == base(*reversed(both)) == "https://a.example"
    assert base(("Forwarded", "proto=https"), ("X-Forwarded-Host", "b.example")) == "https://b.example"


def test_a_prefix_is_part_of_the_path_once() -> None:
    for sent in ("/layers", "/yuantu/layers"):
        request = through(("X-Forwarded-Prefix", "/yuantu"), path=sent)
        assert request.scope["root_path"] == "/yuantu" and request.scope["path"] == "/yuantu/layers"
    request = through(("X-Forwarded-Prefix", "/yuantu"), root_path="/yuantu")
    assert request.scope["root_path"] == "/yuantu" and request.scope["path"] == "/yuantu/layers"
    request = through(("X-Forwarded-Prefix", "/apps"), root_path="/yuantu")
    assert request.scope["root_path"] == "/apps/yuantu" and request.scope["path"] == "/apps/yuantu/layers"


@pytest.mark.parametrize(
    ("client", "believed"),
    [
        ("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("10.1.2.3", True), ("fd12::1", True),
        (None, True), ("10.2.0.1", False), ("203.0.113.9", False), ("2001:db8::1", False), ("testclient", False),
    ],
)  # fmt: skip
def test_only_proxies_are_believed(client: str | None, believed: bool) -> None:
    spoofed = (
        ("Forwarded", "proto=https;host=evil.example"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Prefix", "/evil"),
        ("X-Forwarded-For", "198.51.100.1"),
    )
    request = through(*spoofed, client=client)
    assert base_url(request) == ("https://evil.example/evil" if believed else "http://inner:8000")
    assert request.scope["path"] == ("/evil/layers" if believed else "/layers")
    assert request.scope["client"] == (("198.51.100.1", 0) if believed else (client, 5000))


def test_the_client_is_the_last_address_that_is_no_proxy() -> None:
    assert through(("X-Forwarded-For", "1.1.1.1, 203.0.113.7, 10.1.0.4")).scope["client"] == ("203.0.113.7", 0)
    assert through(("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "2.2.2.2")).scope["client"] == ("2.2.2.2", 0)
    assert through(("X-Forwarded-For", "unknown")).scope["client"] == ("127.0.0.1", 5000)


@pytest.mark.parametrize(
    "host",
    [
        "", "a b", "a\tb", "a/b", "a\\b", "user@example.org", "user:pw@example.org", "a?b", "a#b", "a\x00", "a\r\nb",
        "example.org:", "example.org:0", "example.org:65536", "example.org:x", "[::1", "::1", "[::g]", "[1.2.3.4]",
        'a"b', "a<b", "a%2fb", "x" * 300, "é" * 100,
    ],
)  # fmt: skip
def test_hosts_that_are_none_are_ignored(host: str) -> None:
    assert clean_host(host) is None
    assert base(("X-Forwarded-Host", host), host=None) == "http://0.0.0.0:8000"
    assert base(host=host) == "http://0.0.0.0:8000"


@pytest.mark.parametrize(
    "prefix",
    ["yuantu", "//evil.example", "/a//b", "/../x", "/a/./b", "/a b", "/a\\b", "/a?b", "/%ff", "/%00", "/%2e%2e/x"],
)
def test_prefixes_that_are_no_path_are_ignored(prefix: str) -> None:
    assert base(("X-Forwarded-Prefix", prefix)) == "http://inner:8000"


def test_the_setting_takes_networks_and_refuses_anything_else() -> None:
    assert Settings(trusted_proxies="10.0.0.0/8, ::1").trusted_proxies == ("10.0.0.0/8", "::1")
    with pytest.raises(ValueError, match="nginx"):
        Settings(trusted_proxies="nginx")
