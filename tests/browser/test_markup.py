"""Markup that is stored in names is shown as text, on every face of the map."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from app.db.cluster import Cluster
from app.db.engine import READ_ROLE
from tests.browser.conftest import DESK
from tests.browser.map_page import Map
from tests.browser.markup import CLOSING, MARKUP, marked_geodata, marked_layers
from tests.conftest import Server, serving

DATABASE = "markup"
EAST = f"经开区东区{MARKUP}"
WATCH = """
globalThis.refused = [];
addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective), true);
"""
BORN = "document.querySelectorAll('img[src=x], [onerror], [onmouseover]').length"
SCRIPTS = "[...document.scripts].filter((script) => script.textContent.startsWith('globalThis.ran')).length"


@pytest.fixture(scope="module")
def marked(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the service over facts and layer files with markup in them."""
    folder = tmp_path_factory.mktemp("markup")
    settings = {
        "YUANTU_DATABASE_READ_URLS": cluster.url(user=READ_ROLE, database=DATABASE),
        "YUANTU_GEODATA_DIR": str(marked_geodata(folder)),
        "YUANTU_LAYERS_DIR": str(marked_layers(folder)),
    }
    with serving(cluster, cluster.ensure_database(DATABASE), folder, **settings) as server:
        yield server


@pytest.fixture
def opened(browser: Browser, marked: Server) -> Iterator[Map]:
    """Open pages of that service; in the end nothing of the data may have come to life."""
    context: BrowserContext = browser.new_context(viewport=DESK)
    context.add_init_script(WATCH)
    opened = Map(context.new_page(), marked.url)
    opened.watch()
    yield opened
    page = opened.page
    assert page.evaluate("globalThis.ran") is None
    assert page.evaluate(BORN) == 0
    assert page.evaluate(SCRIPTS) == 0
    assert page.evaluate("refused") == [], "the policy had to step in"
    assert opened.complaints == []
    context.close()


def test_the_page_s_own_texts(opened: Map) -> None:
    opened.go("?layers=parks,plan-binhai")
    source = opened.page.request.get(f"{opened.url}/").text()
    assert CLOSING not in source
    page = opened.page
    expect(page.locator("#entry-parks")).to_contain_text(f"园区{MARKUP}")
    expect(page.locator("#layers")).to_contain_text(f"空间规划{MARKUP}")
    expect(page.locator("#layers .set").first).to_have_text(f"园区+规划{MARKUP}")
    expect(page.locator("#legend")).to_contain_text(f"生物医药{MARKUP}")
    page.locator("#entry-parks [aria-controls=about-parks]").click()
    expect(page.locator("#about-parks")).to_contain_text(f"。{MARKUP}")
    opened.shoot("markup-layers")


def test_labels_tooltip_and_panel(opened: Map) -> None:
    opened.go("?layers=parks,plan-binhai&view=117.7,39.04,12")
    page = opened.page
    expect(page.locator(".label-parks", has_text="经开区东区")).to_have_text(EAST)
    at = opened.label_point("parks", "teda-east")
    page.mouse.move(*opened.at(*at))
    expect(page.locator(".tip")).to_contain_text(EAST)
    opened.click(*at)
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(EAST)
    expect(panel.locator(".record")).to_contain_text(MARKUP)
    expect(panel.locator(".around")).to_contain_text(MARKUP)
    opened.shoot("markup-panel")


def test_the_table(opened: Map) -> None:
    opened.go("?tool=table&table=layer%3Dprojects")
    rows = opened.page.locator("#drawer .grid-body .grid-row")
    expect(rows.first).to_contain_text(MARKUP)
    expect(opened.page.locator("#drawer").get_by_role("columnheader").nth(1)).to_contain_text(MARKUP)
    opened.shoot("markup-table")


def test_search_and_what_was_searched_for(opened: Map) -> None:
    opened.go()
    box = opened.page.locator("#search-input")
    found = opened.page.locator("#search-list [role=option]")
    for words in ("经开区东区", "永磁直驱系统系列", "临港片区"):
        box.fill(words)
        expect(found.first).to_contain_text(words)
        expect(found.first).to_contain_text("globalThis.ran")
    opened.shoot("markup-search")
    box.fill(MARKUP[:100])
    expect(opened.page.locator("#search")).to_contain_text("globalThis.ran")
    found.first.or_(opened.page.locator(".search-note")).first.wait_for()


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("tool=industry", "#dock"),
        ("industry=biomedicine", "#dock .industry-zone"),
        ("tool=statistics", "#dock table, #dock .statistics-total"),
        ("tool=compare&compare=table:teda-east,thip-marine", "#dock table"),
        ("tool=compare&compare=swipe:parks/plan-binhai/50", "#dock"),
        ("layers=districts,projects", "#legend"),
        (f"tool=measure&measure=tginBg40s_Gi7p0rC.{quote(quote(MARKUP))}", "#dock"),
    ],
)
def test_each_tool(opened: Map, query: str, place: str) -> None:
    opened.go(f"?{query}")
    opened.page.wait_for_load_state("networkidle")
    opened.until(
        f"[...document.querySelectorAll({place!r})].some((one) =>"
        " one.textContent.includes('globalThis.ran') || [...one.querySelectorAll('input')].some((input) =>"
        " input.value.includes('globalThis.ran')))"
    )


def test_the_sheet_of_paper(opened: Map) -> None:
    title = quote(MARKUP[:60])
    opened.page.goto(
        f"{opened.url}/print?layers=parks,plan-binhai&view=117.7,39.04,12&title={title}&maker={quote(MARKUP[:40])}"
    )
    opened.page.wait_for_load_state("networkidle")
    body = opened.page.locator("body")
    expect(body).to_contain_text(EAST)
    expect(body).to_contain_text(f"园区{MARKUP}")
    expect(body).to_contain_text(MARKUP[:60])
    assert CLOSING not in opened.page.request.get(opened.page.url).text()
    opened.shoot("markup-sheet")


def test_the_page_of_a_zone_and_of_one_that_is_missing(opened: Map) -> None:
    opened.page.goto(f"{opened.url}/zones/teda-east")
    opened.settle()
    expect(opened.page.locator("#panel h2")).to_have_text(EAST)
    assert opened.page.title().startswith(EAST)
    described: Any = opened.page.locator("meta[name=description]").get_attribute("content")
    assert EAST in described
    assert opened.page.evaluate(SCRIPTS) == 0
    opened.page.goto(f"{opened.url}/zones/{quote('teda<script>globalThis.ran=1', safe='')}")
    expect(opened.page.locator("main")).to_contain_text("<script>globalThis.ran=1")
    opened.complaints[:] = [told for told in opened.complaints if "404" not in told]


def test_markup_in_the_address(opened: Map) -> None:
    opened.go(f"?layers={quote(MARKUP)}&select={quote('parks/' + MARKUP)}&{quote(MARKUP)}=1")
    expect(opened.page.locator("#notices")).to_contain_text("globalThis.ran")


@pytest.mark.parametrize(
    "path", ["ogc/collections", "ogc/collections/parks/items", "ogc/collections/parks/items/teda-east"]
)
def test_the_pages_of_the_ogc_api(opened: Map, path: str) -> None:
    opened.page.goto(f"{opened.url}/{path}?f=html")
    expect(opened.page.locator("body")).to_contain_text(MARKUP)
