"""Short links of the map: kept once, followed by anyone, and good for nothing else."""

import hashlib
import json
from base64 import b32encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.cli import migrate
from app.db.cluster import Cluster
from app.db.engine import READ_ROLE, owner_engine
from app.main import create_app
from app.settings import Settings
from app.webmap import links
from app.webmap.limiter import Limiter
from tests.conftest import Server


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[call-arg]


@pytest.fixture
def client(empty_database: str) -> Iterator[TestClient]:
    """Serve a database of its own, whose links no other test sees; every client may keep many."""
    engine = owner_engine(empty_database)
    migrate(engine)
    engine.dispose()
    app = create_app(settings(database_url=empty_database, short_links=5))
    app.state.link_limiter = Limiter(1000, 1000)
    with TestClient(app, base_url="http://maps.example", follow_redirects=False) as client:
        yield client


def keep(client: TestClient | httpx.Client, query: Any, **more: Any) -> httpx.Response:
    return client.post("/api/links", json={"query": query}, **more)


def test_a_link_leads_to_the_map_as_it_was(client: TestClient) -> None:
    kept = keep(client, "layers=districts,parks&view=117.7,39.0,11&select=parks/teda-east")
    assert kept.status_code == 201
    told = kept.json()
    assert told["url"] == kept.headers["location"] == f"http://maps.example/s/{told['id']}"
    answer = client.get(f"/s/{told['id']}")
    assert answer.status_code == 303
    address = urlsplit(answer.headers["location"])
    assert (address.scheme, address.netloc, address.path) == ("", "", "/")
    assert parse_qs(address.query) == {
        "layers": ["districts,parks"],
        "view": ["117.7,39.0,11"],
        "select": ["parks/teda-east"],
    }
    assert client.head(f"/s/{told['id']}").status_code == 303


def test_the_id_is_made_of_the_query_alone(client: TestClient) -> None:
    first = keep(client, "view=117.7,39,11&layers=parks").json()["id"]
    digest = hashlib.sha256(b"layers=parks&view=117.7,39,11").digest()
    assert first == b32encode(digest).decode().lower()[:16]
    assert keep(client, "view=117.7,39,11&layers=parks").json()["id"] == first
    assert keep(client, "layers=parks&view=117.7%2C39%2C11").json()["id"] == first
    assert keep(client, "layers=parks&view=117.7,39,12").json()["id"] != first


def test_text_in_any_script_comes_back_as_it_was(client: TestClient) -> None:
    kept = keep(client, "off=parks:%E5%9B%BD%E5%AE%B6%E7%BA%A7,parks:&filter=" + "%F0%A0%AE%B7%26%3D%23")
    location = client.get(f"/s/{kept.json()['id']}").headers["location"]
    assert location.isascii()
    assert parse_qs(urlsplit(location).query) == {"off": ["parks:国家级,parks:"], "filter": ["𠮷&=#"]}


@pytest.mark.parametrize(
    "query",
    [
        "https://evil.example/",
        "//evil.example",
        "layers=parks&next=https://evil.example/",
        "layers=parks\r\nSet-Cookie: a=b",
        "layers=parks%0D%0ALocation:%20https://evil.example/",
        "layers=parks%00",
        "layers=parks&layers=districts",
        "layers=%FF%FE",
        "layers",
        "",
        "?layers=parks",
        "view=" + "1" * 60_000,
        "filter=" + "%E5%9B%AD" * 7000,
        "layers=\ud800",
        "<script>alert(1)</script>",
        None,
        7,
        ["layers=parks"],
    ],
)
def test_what_is_not_a_query_of_the_map_is_refused(client: TestClient, query: Any) -> None:
    body = json.dumps({"query": query})
    refused = client.post("/api/links", content=body, headers={"Content-Type": "application/json"})
    assert refused.status_code == 400, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["errors"][0]["parameter"] in ("query", "body")


def test_markup_in_a_query_stays_a_part_of_a_query(client: TestClient) -> None:
    kept = keep(client, "layers=%3Cscript%3Ealert(1)%3C/script%3E%22'&filter=javascript:alert(1)")
    location = client.get(f"/s/{kept.json()['id']}").headers["location"]
    assert location.startswith("/?filter=javascript:alert")
    assert not set(location) & set("<>\"'\r\n\\ ")


@pytest.mark.parametrize(
    "identifier", ["a", "a" * 16, "A" * 16, "%2e%2e%2fetc", "'; DROP TABLE--", "園" * 16, "a" * 5000]
)
def test_an_unknown_link_is_not_found(client: TestClient, identifier: str) -> None:
    answer = client.get(f"/s/{identifier}")
    assert answer.status_code == 404
    assert "location" not in answer.headers


def test_only_json_is_read_and_no_more_than_could_be_right(client: TestClient) -> None:
    form = client.post("/api/links", content='{"query": "layers=parks"}', headers={"Content-Type": "text/plain"})
    assert form.status_code == 415
    typed = {"Content-Type": "application/json"}
    for body in ("", "{", "[]", '{"query": "layers=parks", "more": 1}', "[" * 100_000, "\xff"):
        assert client.post("/api/links", content=body.encode("latin-1"), headers=typed).status_code == 400
    huge = client.post("/api/links", content=b'{"query": "' + b"a" * 1_000_000 + b'"}', headers=typed)
    assert huge.status_code == 413


def test_the_oldest_link_that_nobody_follows_makes_room(client: TestClient, empty_database: str) -> None:
    ids = [keep(client, f"view=117,39,{zoom}").json()["id"] for zoom in range(5)]
    engine = owner_engine(empty_database)
    with engine.begin() as connection:
        for age, identifier in zip((50, 40, 30, 20, 10), ids, strict=True):
            connection.execute(
                text("UPDATE yuantu.short_link SET used_at = now() - make_interval(days => :age) WHERE id = :id"),
                {"age": age, "id": identifier},
            )
    assert client.get(f"/s/{ids[0]}").status_code == 303  # followed: now the newest
    newest = [keep(client, f"view=118,39,{zoom}").json()["id"] for zoom in range(2)]
    there = {identifier for identifier in (*ids, *newest) if client.get(f"/s/{identifier}").status_code == 303}
    assert there == {ids[0], ids[3], ids[4], *newest}
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM yuantu.short_link")).scalar_one() == 5
    engine.dispose()


def test_the_same_link_from_many_at_once_is_kept_once(client: TestClient, empty_database: str) -> None:
    with ThreadPoolExecutor(12) as many:
        answers = list(many.map(lambda n: keep(client, f"view=117,39,{n % 3}"), range(24)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 3
    engine = owner_engine(empty_database)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM yuantu.short_link")).scalar_one() == 3
    engine.dispose()


def test_one_client_cannot_fill_the_store(client: TestClient) -> None:
    client.app.state.link_limiter = Limiter(links.BURST, links.PER_HOUR)  # type: ignore[attr-defined]
    answers = [keep(client, f"view=117,39,{n / 10}") for n in range(links.BURST + 1)]
    assert [answer.status_code for answer in answers] == [201] * links.BURST + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 3600 / links.PER_HOUR
    again = keep(client, f"view=117,39,{(links.BURST - 1) / 10}")
    assert again.status_code == 201, "what is kept already costs nothing"


def test_permits_come_back_and_an_address_block_is_one_client() -> None:
    now = [0.0]
    limiter = Limiter(2, 60, clock=lambda: now[0])
    assert [limiter.wait("10.0.0.1") for _ in range(3)] == [0, 0, pytest.approx(60)]
    assert limiter.wait("10.0.0.2") == 0
    now[0] = 60
    assert limiter.wait("10.0.0.1") == 0
    assert limiter.wait("10.0.0.1") > 0
    assert [limiter.wait(f"2001:db8:1:2::{n}") for n in range(3)] == [0, 0, pytest.approx(60)]
    assert limiter.wait("2001:db8:1:3::1") == 0


def test_a_service_over_a_replica_follows_links_and_keeps_none(
    client: TestClient, empty_database: str, cluster: Cluster
) -> None:
    identifier = keep(client, "layers=parks").json()["id"]
    name = urlsplit(empty_database).path[1:]
    replica = settings(database_read_urls=cluster.url(user=READ_ROLE, database=name), database_url=None)
    with TestClient(create_app(replica), follow_redirects=False) as reading:
        assert reading.get(f"/s/{identifier}").headers["location"] == "/?layers=parks"
        refused = keep(reading, "layers=districts")
        assert refused.status_code == 503
        assert "No short links can be kept" in refused.json()["detail"]
        assert keep(reading, "layers=parks").status_code == 201, "what is kept already can be told"


def test_behind_a_proxy_both_addresses_have_its_path(client: TestClient) -> None:
    said = {"X-Forwarded-Host": "park.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/maps"}
    app = create_app(client.app.state.settings.model_copy(update={"trusted_proxies": ("0.0.0.0/0",)}))  # type: ignore[attr-defined]
    with TestClient(app, follow_redirects=False, client=("10.0.0.9", 1)) as behind:
        told = keep(behind, "layers=parks", headers=said).json()
        assert told["url"] == f"https://park.example/maps/s/{told['id']}"
        assert behind.get(f"/s/{told['id']}", headers=said).headers["location"] == "/maps/?layers=parks"


def test_the_reading_role_can_add_links_only_through_the_function(client: TestClient, empty_database: str) -> None:
    keep(client, "layers=parks")
    engine = owner_engine(empty_database)
    with engine.connect() as connection:
        connection.execute(text(f"SET ROLE {READ_ROLE}"))
        connection.commit()
        for statement in (
            "INSERT INTO yuantu.short_link (id, query) VALUES ('aaaaaaaaaaaaaaaa', 'x')",
            "UPDATE yuantu.short_link SET query = 'layers=evil'",
            "DELETE FROM yuantu.short_link",
            "SELECT yuantu.keep_link('aaaaaaaaaaaaaaaa', E'layers=a\\r\\nb', 10)",
            "SELECT yuantu.keep_link('short', 'layers=a', 10)",
        ):
            with pytest.raises(DBAPIError):
                connection.execute(text(statement))
            connection.rollback()
    engine.dispose()


def test_a_link_outlives_a_load(api: httpx.Client, live_server: Server) -> None:
    from app.loading.load import load
    from tests.conftest import ROOT

    told = keep(api, "layers=parks,districts&view=117.5,39.1,10").json()
    engine = owner_engine(live_server.database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE yuantu.revision SET content_hash = content_hash || 'x'"))
    try:
        load(engine, geodata=ROOT / "geodata", assets=ROOT / "node_modules")
    finally:
        engine.dispose()
    answer = api.get(f"/s/{told['id']}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?layers=parks,districts&view=117.5,39.1,10")
