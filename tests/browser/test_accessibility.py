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
    """Return what axe-core finds. The debugger puts it into the page, past the page's own policy, which stays strict."""
    page.evaluate(f"{axe}; null")
    found: list[dict[str, Any]] = page.evaluate(_RUN, RULES)
    return found


def grave(found: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one['impact']} {one['rule']} at {one['where']}: {one['why']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


VARIANTS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": DESK},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
    "english-phone-dark": {"viewport": PHONE, "has_touch": True, "is_mobile": True, "color_scheme": "dark"},
    "english": {"viewport": DESK},
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_axe_finds_nothing_serious(browser: Browser, live_server: Server, axe: str, variant: str) -> None:
    language = "en" if variant.startswith("english") else "zh"
    found: dict[str, list[str]] = {}
    for name, scene in SCENES.items():
        context = browser.new_context(**VARIANTS[variant], reduced_motion="reduce")
        opened = Map(context.new_page(), live_server.url)
        scene.stage(opened, language)
        opened.shoot(f"scene-{name}-{variant}")
        if told := grave(violations(opened.page, axe)):
            found[name] = told
        context.close()
    assert found == {}


@pytest.mark.parametrize(
    "path",
    ["print?layers=parks,plan-binhai&view=117.65,39.02,11", "zones/teda-east", "zones/no-such-zone", "docs", "ogc"],
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
