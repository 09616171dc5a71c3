"""The panel of siting, as the browser tests use it."""

from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.browser.map_page import Map

CELLS = "建一个细胞治疗中试基地，要50公顷，离机场30公里以内，国家级园区"


def link(**fields: str) -> str:
    """Return the query of a page that opens on a question."""
    return f"?siting={quote(urlencode(fields, safe=',:'))}"


def dock_of(opened: Map) -> Locator:
    return opened.page.locator("#dock .siting")


def wait_for_answer(dock: Locator) -> None:
    expect(dock.locator(".siting-conclusion")).to_be_visible(timeout=20_000)
    expect(dock.locator(".siting-status")).not_to_have_attribute("aria-busy", "true")


def open_tool(opened: Map) -> Locator:
    opened.page.locator("#tool-siting").click()
    dock = dock_of(opened)
    expect(dock.locator("#siting-sentence")).to_be_visible(timeout=20_000)
    return dock


def ask(opened: Map, sentence: str) -> Locator:
    dock = open_tool(opened)
    dock.locator("#siting-sentence").fill(sentence)
    dock.locator("#siting-sentence").press("Enter")
    wait_for_answer(dock)
    return dock


def listed(dock: Locator) -> list[str]:
    """Return the ids of the places that are ranked, in the order of the list."""
    return ids_in(dock, "itself")


def ids_in(dock: Locator, group: str) -> list[str]:
    """Return the ids of the places under a heading: itself, surrounding, place, better, related, not_named."""
    entries = dock.locator(f".siting-group[data-group={group}] .siting-entry")
    return [str(entry.get_attribute("data-id")) for entry in entries.all()]


def scores(dock: Locator) -> list[float]:
    """Return the scores that are shown: those of ranked places."""
    texts = dock.locator(".siting-group[data-group=itself] .siting-score").all_inner_texts()
    return [float(text.split()[0]) for text in texts]


def ranked(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the ranked places of an answer."""
    return [place for place in answer["results"] if place["rank"] is not None]


def part(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("siting", [""])[0]


def question(page: Page) -> dict[str, str]:
    pairs = (field.partition("=") for field in part(page).split("&") if field)
    return {name: unquote(value) for name, _, value in pairs}


def answer_of(opened: Map, **fields: str) -> dict[str, Any]:
    """Return the service's answer with every candidate that meets the conditions."""
    answer = httpx.get(f"{opened.url}/api/siting", params=fields | {"limit": "100"}, timeout=30)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def faded(page: Page) -> tuple[set[str], set[str]]:
    """Return the parks whose shapes are lit, and those whose shapes are faded."""
    found = page.evaluate(
        """() => {
            const items = yuantu.layers.get("parks").items.filter((item) => item.path);
            const elements = (path) => path.getLayers ? path.getLayers().flatMap(elements) : [path.getElement()];
            const has = (item, name) => elements(item.path).some((one) => one?.classList.contains(name));
            const having = (name) => items.filter((item) => has(item, name));
            return [having("lit"), having("faded")].map((found) => found.map((item) => item.id));
        }"""
    )
    return set(found[0]), set(found[1])
