"""How heavy the opening page is. How quick it is, `python -m benchmarks run --only browser` measures."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK
from tests.browser.map_page import Map, OpenMap
from tests.conftest import Server

PARKS = ("parks", "theme-parks", "development-zones")
LAYERS = f"?layers=districts,plan-binhai,plan-hitech,{','.join(PARKS)}"
HTML_BYTES, FILE_BYTES = 60_000, 350_000
FILES = (".js", ".mjs", ".css", ".svg", ".png")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a profile that knows nothing yet."""
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_opening_page_is_light_and_comes_from_this_host_alone(
    page: Page, live_server: Server, language: str
) -> None:
    addresses: dict[str, str] = {}
    weights: dict[str, int] = {}
    session = page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", lambda e: addresses.update({e["requestId"]: e["request"]["url"]}))
    session.on("Network.loadingFinished", lambda e: weights.update({e["requestId"]: int(e["encodedDataLength"])}))
    session.send("Network.enable")
    opened = Map(page, live_server.url)
    opened.watch()
    opened.go(f"{LAYERS}&lang={language}")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2000)  # what comes when the page is idle counts too
    assert sum(opened.paths(layer) for layer in PARKS) >= 50
    assert opened.hosts == {urlsplit(live_server.url).netloc}
    html = page.request.get(page.url).body()
    assert len(html) < HTML_BYTES
    files = {one: url for one, url in addresses.items() if urlsplit(url).path.endswith(FILES)}
    assert len(files) > 20
    assert sum(weights[one] for one in files) < FILE_BYTES
    assert opened.complaints == []


def test_nothing_is_asked_for_twice(open_map: OpenMap) -> None:
    opened = open_map(go=False)
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(request.url))
    opened.go(LAYERS)
    opened.page.wait_for_load_state("networkidle")
    assert len(asked) == len(set(asked)), sorted(one for one in set(asked) if asked.count(one) > 1)


def test_a_second_visit_asks_for_no_file_again(page: Page, live_server: Server) -> None:
    opened = Map(page, live_server.url)
    opened.go("?tool=industry")
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    session = page.context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    session.on("Network.requestWillBeSent", lambda e: addresses.update({e["requestId"]: e["request"]["url"]}))
    session.on("Network.requestServedFromCache", lambda e: addresses.pop(e["requestId"], None))
    session.on(
        "Network.responseReceived",
        lambda e: None if e["response"]["fromDiskCache"] else sent.append(addresses.get(e["requestId"], "")),
    )
    session.send("Network.enable")
    page.reload()
    opened.settle()
    page.wait_for_load_state("networkidle")
    assert any(urlsplit(url).path == "/" for url in sent)
    assert [url for url in sent if urlsplit(url).path.endswith(FILES)] == []
