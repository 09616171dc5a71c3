"""Chromium, and pages that remember what they asked for and complained about."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.map_page import Map, OpenMap

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing; `make test` installs it")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_map(browser: Browser, live_server: Any) -> Iterator[OpenMap]:
    """Open the map: ``open_map("?lang=en")``; before it goes there, ``routes`` may replace answers."""
    contexts = []

    def open_it(
        query: str = "", *, phone: bool = False, routes: dict[str, Callable[..., Any]] | None = None, go: bool = True
    ) -> Map:
        context = browser.new_context(viewport=PHONE if phone else DESK, has_touch=phone, is_mobile=phone)
        contexts.append(context)
        opened = Map(context.new_page(), live_server.url)
        for pattern, handler in (routes or {}).items():
            opened.page.route(pattern, handler)
        opened.watch()
        if go:
            opened.go(query)
        return opened

    yield open_it
    for context in contexts:
        context.close()
