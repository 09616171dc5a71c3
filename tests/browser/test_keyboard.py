"""The whole workbench without a mouse: what Tab reaches, where the focus is seen, and where it goes back to."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.map_page import Map, OpenMap

MOST_STOPS = 200
HERE = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const box = at.getBoundingClientRect();
    const part = at.closest("#layers, #tools, #dock, #drawer, #panel, #legend, #search, .map, header, footer, dialog");
    const left = Math.max(box.x, part?.getBoundingClientRect().x ?? 0);
    const over = document.elementFromPoint(left + Math.min(box.width / 2, 8), box.y + box.height / 2);
    const ringed = [at, at.parentElement, at.firstElementChild].map((one) => one && getComputedStyle(one));
    globalThis.stops ??= new Map();
    if (!stops.has(at)) stops.set(at, stops.size);
    return {
        stop: stops.get(at),
        name: at.id || at.getAttribute("aria-label") || at.textContent.trim().slice(0, 40),
        part: part?.id || part?.className || part?.localName || "page",
        ring: ringed.some((style) => style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
        seen: [over, over?.closest("label")?.control].some((one) => one && (at.contains(one) || one.contains(at))),
    };
}"""


def walk(page: Page, key: str = "Tab") -> list[dict[str, Any]]:
    """Press a key from where the focus is until it leaves the page or comes round."""
    stops: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        here = page.evaluate(HERE)
        if stops and here and here["stop"] == stops[-1]["stop"]:
            continue  # a field of several parts, such as a date
        if here is None or here["stop"] in {one["stop"] for one in stops}:
            return stops
        stops.append(here)
    raise AssertionError(f"more than {MOST_STOPS} stops: {stops[-5:]}")


def parts_in_order(stops: list[dict[str, Any]]) -> list[str]:
    """Return the parts of the page in the order in which they were met, once each."""
    return list(dict.fromkeys(one["part"] for one in stops))


def open_by_keyboard(page: Page, tool: str) -> None:
    page.locator("#tools button[tabindex='0']").focus()
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == f"tool-{tool}":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")


def test_tab_goes_through_everything_in_order_and_shows_where_it_is(open_map: OpenMap) -> None:
    opened = open_map()
    opened.until("document.querySelector('#search-input') !== null")
    stops = walk(opened.page)
    parts = parts_in_order(stops)
    assert parts[:5] == ["page", "search", "bar", "tools", "layers"]
    assert parts[5].startswith("map")
    assert parts[6:] == ["legend", "foot"]
    assert stops[0]["name"] == "跳到地图"
    assert [one["name"] for one in stops if not one["ring"]] == []
    assert [one["name"] for one in stops if not one["seen"]] == []
    assert {"layer-parks", "share", "theme", "language", "search-input"} <= {one["name"] for one in stops}
    back = walk(opened.page, "Shift+Tab")
    assert len(back) >= len(stops) - 1
    assert opened.complaints == []


def test_the_skip_link_goes_to_the_map_which_arrows_move(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到地图")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.map') !== null")
    before = page.evaluate("yuantu.map.getCenter().lng")
    page.keyboard.press("ArrowRight")
    opened.until(f"yuantu.map.getCenter().lng > {before}")
    zoom = page.evaluate("yuantu.map.getZoom()")
    page.keyboard.press("+")
    opened.until(f"yuantu.map.getZoom() > {zoom}")


@pytest.mark.parametrize(
    "tool", ["industry", "siting", "compare", "measure", "table", "statistics", "print", "basemap"]
)
def test_a_tool_is_opened_walked_through_and_left(open_map: OpenMap, tool: str) -> None:
    opened = open_map()
    page = opened.page
    open_by_keyboard(page, tool)
    place = "drawer" if tool == "table" else "dock"
    expect(page.locator(f"#{place} h2")).to_be_focused()
    opened.until(f"document.querySelectorAll('#{place} .dock-body button, #{place} .dock-body input').length > 0")
    page.wait_for_load_state("networkidle")
    stops = walk(page)
    inside = [one for one in stops if one["part"] == place]
    assert len(inside) >= 2
    assert [one["name"] for one in inside if not one["ring"]] == []
    assert [one["name"] for one in inside if not one["seen"]] == []
    assert stops[-1]["part"] != place, "the tool keeps the focus"
    page.locator(f"#{place} h2").focus()
    page.keyboard.press("Escape")
    expect(page.locator(f"#{place}")).to_be_hidden()
    expect(page.locator(f"#tool-{tool}")).to_be_focused()
    assert opened.complaints == []


def test_a_feature_is_found_read_and_left(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page
    page.locator("#entry-parks [aria-controls=about-parks]").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="要素列表").first.focus()
    page.keyboard.press("Enter")
    choice = page.locator("#about-parks, #entry-parks").get_by_role("button", name="经开区东区", exact=True).first
    choice.focus()
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("经开区东区")
    assert page.evaluate("document.querySelector('#panel').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(choice).to_be_focused()


def test_search_is_reached_by_a_key_and_leads_to_the_panel(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page
    opened.until("document.querySelector('#search-input') !== null")
    page.keyboard.press("/")
    expect(page.locator("#search-input")).to_be_focused()
    page.keyboard.type("blh")
    expect(page.locator("#search-list [role=option]").first).to_contain_text("渤龙湖")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("渤龙湖")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate("document.activeElement !== document.body"), "the focus is lost"


def test_a_dialog_gives_the_focus_back(open_map: OpenMap) -> None:
    opened = open_map()
    page = opened.page
    page.locator("#share").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#share")).to_be_focused()


def test_the_legend_is_folded_and_its_classes_switched(open_map: OpenMap) -> None:
    opened = open_map("?layers=plan-binhai")
    page = opened.page
    button = page.get_by_role("button", name="图例")
    expect(button).to_have_attribute("aria-expanded", "true")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#legend-body")).to_be_hidden()
    page.keyboard.press("Enter")
    before = opened.paths("plan-binhai")
    page.locator("#class-plan-binhai-1").focus()
    page.keyboard.press("Space")
    opened.until(f"document.querySelectorAll('.leaflet-layer-plan-binhai-pane path').length < {before}")
    expect(page.locator("#class-plan-binhai-1")).to_be_focused()


def test_the_legend_makes_way_for_what_opens_beside_the_map(open_map: OpenMap) -> None:
    opened: Map = open_map()
    page = opened.page
    body = page.locator("#legend-body")
    expect(body).to_be_visible()
    page.locator("#tool-industry").click()
    expect(body).to_be_hidden()
    page.keyboard.press("Escape")
    expect(body).to_be_visible()
    page.locator("#tool-table").click()
    expect(body).to_be_hidden()
    page.get_by_role("button", name="图例").click()
    expect(body).to_be_visible()
    page.locator("#tool-industry").click()
    expect(body).to_be_visible()
