"""Outlines stand out from the land, on a light map and on a dark one, and the legend shows them as the map does."""

import re
from typing import Any

import pytest
from coloraide import Color
from playwright.sync_api import Browser

from app.webmap.colors import LEAST_CONTRAST
from tests.browser.conftest import DESK
from tests.browser.map_page import Map, OpenMap
from tests.conftest import Server

LAYERS = (
    "districts,development-zones,parks,functional-areas,theme-parks,future-clusters,"
    "plan-binhai,plan-tianjin,plan-hitech,plan-hitech-marine,plan-dongli"
)
_LOOKS = """() => {
    const look = (element) => {
        const { stroke, fill } = getComputedStyle(element);
        return { stroke, fill, opacity: Number(getComputedStyle(element).strokeOpacity) };
    };
    const paths = [...yuantu.layers.values()].flatMap((layer) =>
        [...document.querySelectorAll(`.leaflet-layer-${layer.id}-pane path`)].map((path) => [layer.id, look(path)]));
    const swatches = [...document.querySelectorAll("#legend-body .swatch > *")].map(look);
    return { paths, swatches, ground: look(document.querySelector("path.ground")) };
}"""


def hexadecimal(color: str) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", color)[:3])


def looks(opened: Map) -> tuple[dict[str, set[str]], set[str], str]:
    """Return the colours of the lines of each layer, those in the legend, and the colour of the land."""
    told: Any = opened.page.evaluate(_LOOKS)
    lines: dict[str, set[str]] = {}
    for layer, look in told["paths"]:
        if look["opacity"] == 1:  # bands beneath a line are pale
            lines.setdefault(layer, set()).add(hexadecimal(look["stroke"]))
    return lines, {hexadecimal(one["stroke"]) for one in told["swatches"]}, hexadecimal(told["ground"]["fill"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_outlines_stand_out_from_the_land(browser: Browser, live_server: Server, scheme: Any) -> None:
    context = browser.new_context(viewport=DESK, color_scheme=scheme)  # type: ignore[arg-type]
    opened = Map(context.new_page(), live_server.url)
    opened.go(f"?layers={LAYERS}")
    lines, legend, land = looks(opened)
    assert len(lines) == LAYERS.count(",") + 1
    faint = {(layer, line): round(Color(line).contrast(land), 2) for layer in lines for line in lines[layer]}
    assert {key: found for key, found in faint.items() if found < LEAST_CONTRAST} == {}
    assert set().union(*lines.values()) <= legend
    opened.shoot(f"outlines-{scheme}")
    context.close()


def test_outlines_and_legend_follow_the_button(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,plan-tianjin,future-clusters")
    before = looks(opened)
    opened.page.get_by_role("button", name="深色显示").click()
    lines, legend, land = looks(opened)
    assert land != before[2]
    assert all(Color(line).contrast(land) >= LEAST_CONTRAST for found in lines.values() for line in found)
    assert set().union(*lines.values()) <= legend
    fills = "[...document.querySelectorAll('.ground')].map((one) => getComputedStyle(one).fill)"
    assert {hexadecimal(fill) for fill in opened.page.evaluate(fills)} == {land}, "in the legend as on the map"
    opened.page.get_by_role("button", name="浅色显示").click()
    assert looks(opened) == before


def test_paper_is_white(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,plan-tianjin")
    light = looks(opened)
    opened.page.get_by_role("button", name="深色显示").click()
    dark = looks(opened)
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert looks(opened) == light
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert looks(opened) == dark != light
