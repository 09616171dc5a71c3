"""From a source line to the place in the document's text, where the operator keeps that."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Route, expect

from app.db.cluster import Cluster
from tests.browser.conftest import DESK
from tests.browser.map_page import Map, OpenMap
from tests.conftest import Server, serving

TEXT = """一、基础
二、思路
三、产业
四、布局
（一）格局
1.一核
2.两带
先进制造发展带。经开区西区承接研发转化高端业态，重点发展生物药、高端医疗器械、整车制造及关键零部件。
"""


@pytest.fixture(scope="module")
def with_texts(cluster: Cluster, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a service that has the text of one document."""
    folder: Path = tmp_path_factory.mktemp("documents")
    (folder / "binhai-industry.txt").write_text(TEXT, encoding="utf-8")
    with serving(cluster, database_url, tmp_path_factory.mktemp("server"), YUANTU_DOCUMENTS=str(folder)) as server:
        yield server


@pytest.fixture
def reader(browser: Browser, with_texts: Server) -> Iterator[Map]:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    opened = Map(context.new_page(), with_texts.url)
    opened.watch()
    yield opened
    context.close()


def test_a_source_line_opens_the_place_in_the_text(reader: Map) -> None:
    reader.go("zones/teda-west")
    direction = reader.page.locator("#panel .block").filter(has_text="发展方向").locator("li").first
    link = direction.locator("a.source")
    href: Any = link.get_attribute("href")
    assert urlsplit(href).path == "/documents/binhai-industry"
    asked = parse_qs(urlsplit(href).query)
    assert asked["at"] == ["四（一）2·先进制造发展带·经开区西区"]
    assert asked["mark"][0].startswith("承接研发转化高端业态，重点发展生物药")
    assert link.get_attribute("target") == "_blank"
    assert link.get_attribute("rel") == "noopener"
    with reader.page.context.expect_page() as opening:
        link.click()
    text = opening.value
    expect(text.locator("body")).to_contain_text("经开区西区承接研发转化高端业态")
    expect(text.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(reader.page.locator("#panel h2")).to_have_text("经开区西区")
    assert reader.complaints == []


def test_only_documents_whose_text_is_there_are_linked(reader: Map) -> None:
    reader.go("zones/teda-west")
    panel = reader.page.locator("#panel")
    expect(panel.locator("a.source", has_text="滨海工业规划").first).to_be_visible()
    expect(panel.locator("span.source", has_text="滨海未来产业方案").first).to_be_visible()
    expect(panel.locator("a.source", has_text="滨海未来产业方案")).to_have_count(0)
    # The sources of a layer's own attributes are linked too.
    expect(panel.locator(".block", has_text="出处与备注").locator("a.source").first).to_be_visible()


def test_the_path_of_a_proxy_is_kept(reader: Map) -> None:
    def beside(route: Route) -> None:
        url = route.request.url.replace("/maps/", "/", 1)
        route.fulfill(response=route.fetch(url=url, headers={**route.request.headers, "x-forwarded-prefix": "/maps"}))

    reader.page.route("**/maps/**", beside)
    reader.page.goto(f"{reader.url}/maps/zones/teda-west")
    link = reader.page.locator("#panel a.source").first
    expect(link).to_have_attribute("href", re.compile("^/maps/documents/binhai-industry[?]at="))
    reader.page.wait_for_load_state("networkidle")
    reader.page.unroute_all(behavior="ignoreErrors")


def test_a_document_is_opened_from_its_layer_and_from_its_panel(reader: Map) -> None:
    reader.go("?layers=parks&select=documents/binhai-industry")
    link = reader.page.locator("#panel").get_by_role("link", name="在新窗口阅读")
    expect(link).to_have_attribute("href", re.compile("^/documents/binhai-industry"))
    reader.page.locator("#entry-parks .entry-about").click()
    documents = reader.page.locator("#about-parks .entry-document")
    expect(documents.locator("a")).to_have_count(1)


def test_without_texts_a_source_is_no_link(open_map: OpenMap) -> None:
    opened = open_map("zones/teda-west")
    expect(opened.page.locator("#panel .source").first).to_be_visible()
    expect(opened.page.locator("#panel a.source")).to_have_count(0)
