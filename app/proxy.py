"""Proxy: what a proxy in front says about the address the client used, and the base of every link."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, unquote

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

Network = IPv4Network | IPv6Network

_NAMES = frozenset(
    {
        b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-port", b"x-forwarded-prefix",
        b"x-forwarded-proto",
    }
)  # fmt: skip
_DEFAULT_PORTS = {"http": 80, "https": 443}

# RFC 7239, 4: forwarded-pair = token "=" (token / quoted-string). Unquoted hosts with a port, and addresses in
# brackets, are sent in practice though no token may hold them.
_PAIR = re.compile(r'\s*([!#$%&\'*+.^_`|~0-9A-Za-z-]+)=(?:"((?:[^"\\]|\\.)*)"|([^";,\s]*))\s*')
_HOST = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[\w.-]+))(?::(?P<port>[0-9]{1,5}))?")
_ASCII_NAME = re.compile(r"[A-Za-z0-9._-]+")
_UNSAFE_PREFIX = re.compile(r"[\x00-\x20\x7f\\?#;,<>\"]|//|/\.{1,2}(?=/|$)")


def parse_networks(words: Iterable[str]) -> tuple[Network, ...]:
    """Return addresses and CIDR networks.

    Raises
    ------
    ValueError
        When a word is neither.
    """
    networks = []
    for word in words:
        try:
            networks.append(ip_network(word, strict=False))
        except ValueError:
            raise ValueError(f"{word!r} is neither an address (127.0.0.1) nor a network (10.0.0.0/8)") from None
    return tuple(networks)


@lru_cache(maxsize=1024)
def clean_host(host: str) -> str | None:
    """Return a host with an optional port in the spelling of a URL, or None where it is not one.

    Whitespace, control characters, slashes, userinfo and percent signs are refused. Names in other scripts come out
    in their ASCII form (IDNA); an IPv6 address stands in brackets.
    """
    found = _HOST.fullmatch(host) if len(host) <= 255 else None
    if found is None or (found["port"] is not None and not 0 < int(found["port"]) <= 65535):
        return None
    port = f":{int(found['port'])}" if found["port"] else ""
    try:
        if found["six"]:
            return f"[{IPv6Address(found['six'])}]{port}"
        name = found["name"] if found["name"].isascii() else found["name"].encode("idna").decode("ascii")
    except ValueError:
        return None
    return f"{name.lower()}{port}" if _ASCII_NAME.fullmatch(name) else None


def forwarded(header: str) -> dict[str, str]:
    """Return the pairs of the first element of a Forwarded header (RFC 7239); empty where it is malformed.

    The first element was added by the proxy nearest to the client. Names are in lower case, quotes are taken off.
    """
    pairs: dict[str, str] = {}
    at = 0
    while at < len(header):
        found = _PAIR.match(header, at)
        if found is None:
            return {}
        quoted, plain = found[2], found[3]
        pairs[found[1].lower()] = plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        at = found.end()
        if at < len(header) and header[at] == ",":
            break
        if at < len(header) and header[at] != ";":
            return {}
        at += 1
    return pairs


class ProxyHeaders:
    """Middleware: take scheme, host, port and path prefix from the headers of a trusted proxy.

    ``Forwarded`` (RFC 7239) goes before ``X-Forwarded-Proto``, ``-Host``, ``-Port`` and ``-Prefix``. Of several hops
    the first counts, so the outermost proxy has to replace what clients send under these names. A value that cannot
    be right is ignored. Peers on a unix socket are trusted.

    Parameters
    ----------
    app
        The application.
    trusted
        Addresses and networks of the proxies.
    """

    def __init__(self, app: ASGIApp, trusted: Iterable[str]) -> None:
        """Wrap an application."""
        self.app = app
        self._networks = parse_networks(trusted)
        self._trusts = lru_cache(maxsize=1024)(self._is_trusted)

    def _is_trusted(self, address: str) -> bool:
        try:
            peer = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if isinstance(peer, IPv6Address) and peer.ipv4_mapped is not None:
            peer = peer.ipv4_mapped
        return any(peer in network for network in self._networks)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            said = [pair for pair in scope["headers"] if pair[0] in _NAMES]
            client = scope.get("client")
            if said and (client is None or self._trusts(client[0])):
                self._apply(scope, _joined(said))
        await self.app(scope, receive, send)

    def _apply(self, scope: Scope, said: Mapping[str, str]) -> None:
        first = {name: value.partition(",")[0].strip() for name, value in said.items() if name != "forwarded"}
        standard = forwarded(said.get("forwarded", ""))
        scheme = (standard.get("proto") or first.get("x-forwarded-proto", "")).lower()
        if scheme in _DEFAULT_PORTS:
            scope["scheme"] = scheme
        _set_host(scope, standard.get("host") or first.get("x-forwarded-host"), first.get("x-forwarded-port", ""))
        _set_prefix(scope, first.get("x-forwarded-prefix", ""))
        self._set_client(scope, said.get("x-forwarded-for", ""))

    def _set_client(self, scope: Scope, addresses: str) -> None:
        """Set the client to the last address that is not a proxy's, for the log."""
        hops = [hop.strip() for hop in addresses.split(",") if hop.strip()]
        outside = next((hop for hop in reversed(hops) if not self._trusts(hop)), None)
        if outside is not None and _is_address(outside):
            scope["client"] = (outside, 0)


def _joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers with the lines of one name joined in their order (RFC 9110, 5.3)."""
    values: dict[str, str] = {}
    for raw, value in headers:
        name = raw.decode("ascii")
        values[name] = f"{values[name]}, {_text(value)}" if name in values else _text(value)
    return values


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _is_address(word: str) -> bool:
    try:
        ip_address(word)
    except ValueError:
        return False
    return True


def _split(host: str) -> tuple[str, str]:
    """Return the name and the port of a clean host."""
    name, colon, port = host.rpartition(":")
    return (name, port) if colon and "]" not in port else (host, "")


def _set_host(scope: Scope, named: str | None, port: str) -> None:
    host = clean_host(named) if named else None
    if host is None or not _split(host)[1]:
        own = host or clean_host(host_header(scope) or "")
        if own is None:
            return
        given = port if port.isascii() and port.isdigit() and 0 < int(port[:6]) <= 65535 else ""
        if host is None and not given:
            return
        name = _split(own)[0]
        host = f"{name}:{int(given)}" if given else own
    name, chosen = _split(host)
    if chosen and int(chosen) == _DEFAULT_PORTS.get(scope["scheme"]):
        host = name
    headers = [pair for pair in scope["headers"] if pair[0] != b"host"]
    scope["headers"] = [(b"host", host.encode("ascii")), *headers]


@lru_cache(maxsize=256)
def clean_prefix(prefix: str) -> str:
    """Return a path prefix without percent-encoding and without a slash at its end; empty where it is not a path."""
    try:
        path = unquote(prefix, errors="strict").rstrip("/")
    except UnicodeDecodeError:
        return ""
    safe = path.startswith("/") and path.isprintable() and len(path) <= 255 and not _UNSAFE_PREFIX.search(path)
    return path if safe else ""


def _set_prefix(scope: Scope, prefix: str) -> None:
    path = clean_prefix(prefix)
    configured: str = scope.get("root_path", "").rstrip("/")
    if path in ("", configured):
        return
    scope["root_path"] = path + configured
    if not (scope["path"] == path or scope["path"].startswith(f"{path}/")):
        scope["path"] = path + scope["path"]
        scope["raw_path"] = quote(path).encode("ascii") + (scope.get("raw_path") or b"")


def host_header(scope: Scope) -> str | None:
    """Return the Host header of a request."""
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), None)


def base_url(request: HTTPConnection) -> str:
    """Return the absolute URL of the service's root without a slash at its end, for links.

    It honours what a trusted proxy said and the root path. A Host header that is none falls back to the address the
    server listens on. Answers that contain it depend on it: put it into their ETag.
    """
    scope = request.scope
    scheme = scope.get("scheme", "http")
    root: str = scope.get("app_root_path", scope.get("root_path", ""))
    host = clean_host(host_header(scope) or "") or _server(scope.get("server"), scheme)
    return f"{scheme}://{host}{quote(root.rstrip('/'))}"


def _server(server: tuple[str, int | None] | None, scheme: str) -> str:
    if server is None or server[1] is None:
        return "localhost"
    name, port = server
    shown = f"[{name}]" if ":" in name else name
    return shown if port == _DEFAULT_PORTS.get(scheme) else f"{shown}:{port}"
