"""Make the pictures of the user guide anew: ``python -m scripts.guide_pictures [http://127.0.0.1:8000]``.

A running service is photographed in Chromium, in Chinese, each tool in use. The pictures go to docs/images/guide.
One of them shows the address of the service: let it run where `make run` does, on port 8000.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images" / "guide"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
LARGEST = 120 * 1024
"""What a picture may weigh, bytes."""
COLORS = (256, 160, 96, 64, 40)
"""Sizes of the palette that are tried, until a picture is light enough."""
SETTLED = "!!globalThis.yuantu?.tree && [...yuantu.layers.values()].every((layer) => layer.state !== 'loading')"
PLOT = [(117.60, 39.09), (117.75, 39.10), (117.77, 39.03), (117.62, 39.01)]
"""Corners of the plot that is drawn, degrees."""

QUESTION = quote("q=建一个细胞治疗中试基地，要50公顷，离机场30公里以内，国家级园区")
RULED_OUT = (117.65, 38.72)
"""In 南港工业区, which is too far from the airport for the question, degrees."""


def _leave(page: Page) -> None:
    """Take the page as its address opens it."""


def _about(page: Page) -> None:
    page.get_by_role("button", name="“园区”说明").click()
    page.get_by_role("button", name="“园区”说明").scroll_into_view_if_needed()


def _search(page: Page) -> None:
    page.locator("#search-input").fill("芯片")
    page.locator("#search-list [role=option]").first.wait_for()


def _identify(page: Page) -> None:
    page.locator("#panel .record").wait_for()


def _answer(page: Page) -> None:
    page.locator(".siting-entry").first.wait_for()


def _why(page: Page) -> None:
    _answer(page)
    first = page.locator(".siting-entry").first
    first.locator(".siting-details > summary").click()
    first.locator(".siting-sources > summary").first.click()
    page.locator(".siting-list").first.evaluate("list => list.scrollIntoView()")
    x, y = page.evaluate(
        """([lng, lat]) => {
            const box = document.querySelector(".map").getBoundingClientRect();
            const at = yuantu.map.latLngToContainerPoint([lat, lng]);
            return [box.x + at.x, box.y + at.y];
        }""",
        list(RULED_OUT),
    )
    page.mouse.move(x - 4, y)
    page.mouse.move(x, y)


def _draw(page: Page) -> None:
    page.get_by_role("button", name="画面", exact=True).click()
    for corner in PLOT:
        x, y = page.evaluate(
            """([lng, lat]) => {
                const box = document.querySelector(".map").getBoundingClientRect();
                const at = yuantu.map.latLngToContainerPoint([lat, lng]);
                return [box.x + at.x, box.y + at.y];
            }""",
            list(corner),
        )
        page.mouse.click(x, y)
        page.wait_for_timeout(400)  # two clicks in haste are a double click
    page.keyboard.press("Enter")


def _print(page: Page) -> None:
    page.get_by_role("button", name="预览", exact=True).click()
    page.wait_for_timeout(6000)


def _share(page: Page) -> None:
    page.locator("#share").click()
    page.get_by_role("button", name="生成短链接").click()
    page.get_by_label("短链接", exact=True).wait_for()


def _walk(page: Page) -> None:
    page.locator("#tool-industry").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")


PICTURES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "overview": ("", _leave),
    "layers": ("layers=districts,parks,plan-binhai&off=parks:petrochemicals", _about),
    "search": ("", _search),
    "industry": ("tool=industry&industry=biomedicine", _leave),
    "siting": (f"siting={QUESTION}", _answer),
    "siting-why": (f"siting={QUESTION}", _why),
    "identify": ("select=parks/teda-east", _identify),
    "compare-swipe": ("tool=compare&compare=swipe:plan-binhai/plan-tianjin/50", _leave),
    "compare-parks": ("tool=compare&compare=table:teda-east,thip-marine,dongjiang", _leave),
    "measure": ("layers=districts,parks&tool=measure&view=117.72,39.05,11", _draw),
    "table": ("tool=table&table=layer%3Dparks%26sort%3D-area_ha%26f.level%3Dnational", _leave),
    "statistics": ("tool=statistics&statistics=lit:sector.equipment.*", _leave),
    "print": ("tool=print", _print),
    "share": ("layers=districts,parks,plan-hitech&view=117.6,39.1,11", _share),
    "basemap": ("tool=basemap", _leave),
    "keyboard": ("", _walk),
    "dark": ("select=parks/thip-marine&layers=districts,parks,plan-hitech", _identify),
}
"""Name of the picture: the address, and what is done there first."""


def _palette(image: Image.Image, colors: int) -> Image.Image:
    """Return a palette of the colours that much of the picture has, and of those that differ most from one another.

    The former alone would paint the small samples of a legend in the colours of their neighbours.
    """
    common = image.quantize(colors * 3 // 4, Image.Quantize.MEDIANCUT).getpalette() or []
    apart = image.quantize(colors // 4, Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*common, *apart])
    return palette


def light(picture: bytes) -> bytes:
    """Return a PNG with as many colours as its weight allows.

    Raises
    ------
    ValueError
        When even the smallest palette leaves it too heavy.
    """
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colors in COLORS:
        out = io.BytesIO()
        image.quantize(palette=_palette(image, colors), dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            return out.getvalue()
    raise ValueError(f"too heavy: {out.tell()} bytes")


def photograph(browser: Browser, url: str, name: str) -> bytes:
    """Return a picture of the guide as Chromium shows it."""
    query, act = PICTURES[name]
    scheme: Literal["dark", "light"] = "dark" if name == "dark" else "light"
    context = browser.new_context(viewport=DESK, color_scheme=scheme, locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{url}/?{query}")
    while not page.evaluate(SETTLED):
        page.wait_for_timeout(100)
    page.wait_for_load_state("networkidle")
    act(page)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)
    picture = page.screenshot()
    context.close()
    return picture


def photograph_phone(browser: Browser, url: str) -> bytes:
    """Return two states of the phone layout, side by side."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, locale="zh-CN")
    page = context.new_page()
    shots = []
    for query in ("", "select=parks/teda-east"):
        page.goto(f"{url}/?{query}")
        while not page.evaluate(SETTLED):
            page.wait_for_timeout(100)
        page.wait_for_load_state("networkidle")
        shots.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    context.close()
    width, height = shots[0].size
    both = Image.new("RGB", (2 * width + 20, height), "white")
    both.paste(shots[0], (0, 0))
    both.paste(shots[1], (width + 20, 0))
    out = io.BytesIO()
    both.save(out, "PNG")
    return out.getvalue()


def main(url: str, *names: str) -> None:
    """Make all pictures, or those named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name in names or (*PICTURES, "phone"):
            picture = photograph_phone(browser, url) if name == "phone" else photograph(browser, url, name)
            target = FOLDER / f"{name}.png"
            target.write_bytes(light(picture))
            print(f"{target.name}: {target.stat().st_size // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["http://127.0.0.1:8000"]))
