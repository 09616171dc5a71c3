"""What axe-core finds on the page, in each state a person brings it to. Nothing serious or critical is let through."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK, PHONE
from tests.browser.map_page import Map
from tests.browser.scenes import SCENES
from tests.conftest import ROOT, Server

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_RUN = """(tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }).then(({ violations }) =>
    violations.flatMap(({ id, impact, nodes }) => nodes.map((node) => ({
        rule: id, impact, where: node.target.join(" "), why: node.failureSummary }))))"""


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.fail(f"{AXE} is missing; `npm ci` installs it")
    return Path(AXE).read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[dict[str, Any]]:
    """Return what axe-core finds. It comes in through the debugger, so that the page's policy stays strict."""
    page.evaluate(f"{axe}; null")
    found: list[dict[str, Any]] = page.evaluate(_RUN, RULES)
    return found


def grave(found: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one['impact']} {one['rule']} at {one['where']}: {one['why']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize(("place", "language"), [(DESK, "zh"), (PHONE, "en")], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(
    browser: Browser, live_server: Server, axe: str, place: Any, language: str, name: str
) -> None:
    phone = place == PHONE
    context = browser.new_context(viewport=place, has_touch=phone, is_mobile=phone, reduced_motion="reduce")
    opened = Map(context.new_page(), live_server.url)
    SCENES[name].stage(opened, language)
    found = {}
    for colours in ("light", "dark"):
        opened.page.emulate_media(color_scheme=colours)
        opened.shoot(f"scene-{name}-{'phone' if phone else 'desk'}-{colours}")
        found[colours] = grave(violations(opened.page, axe))
    assert found == {"light": [], "dark": []}
    context.close()


@pytest.mark.parametrize(
    "path",
    ["print?layers=parks,plan-binhai&view=117.65,39.02,11", "zones/teda-east", "zones/no-such-zone", "ogc"],
)
def test_axe_finds_nothing_serious_on_other_pages(browser: Browser, live_server: Server, axe: str, path: str) -> None:
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{live_server.url}/{path}")
    page.wait_for_load_state("networkidle")
    assert grave(violations(page, axe)) == []
    context.close()


def test_headings_and_landmarks_are_in_order(browser: Browser, live_server: Server, axe: str) -> None:
    context = browser.new_context(viewport=DESK)
    opened = Map(context.new_page(), live_server.url)
    opened.go("?tool=table&select=parks/teda-east")
    rules = {one["rule"] for one in violations(opened.page, axe)}
    assert rules.isdisjoint({"heading-order", "region", "landmark-unique", "page-has-heading-one", "bypass"})
    context.close()


def test_axe_would_find_a_fault(browser: Browser, live_server: Server, axe: str) -> None:
    context = browser.new_context(viewport=DESK)
    opened = Map(context.new_page(), live_server.url)
    opened.go()
    opened.page.evaluate("document.querySelector('#share').replaceChildren()")
    assert re.search(r"critical button-name at #share", "\n".join(grave(violations(opened.page, axe))))
    context.close()
