"""What people have on the screen while they work: addresses, and what is done there before one looks."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.map_page import Map

COMPARED = "table:teda-east,thip-marine,dongjiang"
SWIPED = "swipe:plan-binhai/plan-tianjin/50"
DRAWN = "tginBg40s_Gi7p0rC"


def _nothing(opened: Map) -> None:
    """Leave the page as the address opens it."""


@dataclass(frozen=True)
class Scene:
    """A state of the workbench.

    Attributes
    ----------
    query
        Parts of the address, beside the language.
    proof
        Selector of what is there when the scene has come about.
    act
        What is done on the page first.
    """

    query: str
    proof: str
    act: Callable[[Map], None] = _nothing

    def stage(self, opened: Map, language: str = "zh") -> None:
        """Bring a page to it."""
        opened.go(f"?lang={language}{self.query and '&' + self.query}")
        self.act(opened)
        expect(opened.page.locator(self.proof).first).to_be_visible(timeout=20_000)
        opened.settle()
        opened.page.wait_for_load_state("networkidle")


def _search(opened: Map) -> None:
    opened.page.locator("#search-input").fill("信创")


def _layers(opened: Map) -> None:
    button = opened.page.locator("#open-layers")
    if button.is_visible():
        button.click()
    opened.page.locator("#entry-parks [aria-controls=about-parks]").click()


def _share(opened: Map) -> None:
    opened.page.locator("#share").click()


def _unfold_kinds(opened: Map) -> None:
    expect(opened.page.locator("#panel details.kind").first).to_be_attached()
    opened.page.evaluate("document.querySelectorAll('#panel details').forEach((one) => (one.open = true))")


def _click_stack(opened: Map) -> None:
    places = "(layer) => layer.stacks.map((stack) => [stack.length, ...layer.placeOf(stack)])"
    _, lng, lat = max(opened.page.evaluate(f"({places})(yuantu.layers.get('projects'))"))
    opened.click(lng, lat)


def _fail(opened: Map) -> None:
    opened.page.route("**/layers/facilities.geojson", lambda route: route.abort())
    opened.page.evaluate("yuantu.switch(yuantu.layers.get('facilities'), true)")


SCENES = {
    "opening": Scene("", ".map path"),
    "layers": Scene("", "#about-parks", _layers),
    "class-off": Scene("layers=plan-binhai&off=plan-binhai:belt", "#legend, .legend-button"),
    "feature": Scene("select=parks/teda-east", "#panel .record"),
    "stack": Scene("layers=districts,projects", "#panel ol.choices", _click_stack),
    "element": Scene("layers=districts,plan-binhai&select=plan-binhai/plan-binhai-dagang", "#panel .record .block"),
    "unlocated": Scene("layers=districts,projects,carriers&select=projects/dongli-p01", "#panel .place-notice"),
    "rule": Scene("select=rules/hz-b-r-standard-land", "#panel .record .rows"),
    "kinds": Scene("layers=districts&select=districts/binhai", "#panel details.kind[open]", _unfold_kinds),
    "search": Scene("", "#search-list [role=option]", _search),
    "share": Scene("", "dialog[open]", _share),
    "fault": Scene("", "#notices .notice", _fail),
    "industry": Scene("tool=industry", "#dock [role=tree]"),
    "industry-found": Scene("industry=biomedicine", "#dock .industry-zone"),
    "siting": Scene("tool=siting", "#siting-sentence"),
    "compare-parks": Scene(f"tool=compare&compare={COMPARED}", "#dock table, #drawer table, .compare-table"),
    "compare-swipe": Scene(f"tool=compare&compare={SWIPED}", "[role=slider], [role=separator]"),
    "measure": Scene(f"tool=measure&measure={DRAWN}", "#dock .measure-row"),
    "table": Scene("tool=table&table=layer%3Dparks", "#drawer [role=row]"),
    "statistics": Scene("tool=statistics", "#dock canvas"),
    "print": Scene("tool=print", ".print-frame"),
    "basemap": Scene("tool=basemap", "#dock input[type=radio]"),
}
"""The opening page, and each tool in use."""
