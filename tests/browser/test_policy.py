"""The page's Content-Security-Policy: strict, and never in the way of the page's own code."""

import re
from html.parser import HTMLParser

import httpx
import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import DESK
from tests.browser.map_page import Map
from tests.browser.scenes import SCENES
from tests.conftest import Server

PAGES = [
    "/",
    "/?lang=en&layers=parks",
    "/zones/teda-east",
    "/zones/no-such-zone",
    "/print?layers=parks&view=117.65,39.02,11",
]
LISTEN = """
globalThis.refused = [];
addEventListener("securitypolicyviolation", (event) =>
    refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`), true);
"""


def policy_of(answer: httpx.Response) -> dict[str, list[str]]:
    words = (part.split() for part in answer.headers["content-security-policy"].split(";"))
    return {name: sources for name, *sources in words}


class Inline(HTMLParser):
    """Collects what a policy without unsafe-inline would refuse, and the nonces of scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self.nonces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.refused += [f"<{tag} {name}>" for name in named if name.startswith("on") or name == "style"]
        self.refused += [
            f"<{tag} {value}>" for value in named.values() if (value or "").lower().startswith("javascript:")
        ]
        if tag == "style":
            self.refused.append("<style>")
        if tag == "script" and "src" not in named and named.get("type") != "application/json":
            self.nonces.append(named.get("nonce") or "")


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_is_strict(api: httpx.Client, path: str) -> None:
    policy = policy_of(api.get(path))
    assert policy["default-src"] == ["'none'"]
    assert policy["object-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert (
        policy["worker-src"] == policy["style-src"] == policy["connect-src"] == policy["frame-ancestors"] == ["'self'"]
    )
    assert policy["script-src"][0] == "'self'"
    assert re.fullmatch(r"'nonce-[\w-]{22,}'", policy["script-src"][1])
    assert len(policy["script-src"]) == 2
    words = {word for sources in policy.values() for word in sources}
    assert not [word for word in words if "unsafe" in word or word in ("*", "http:", "https:", "blob:")]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_inline_but_the_script_with_the_nonce(api: httpx.Client, path: str) -> None:
    answer = api.get(path)
    inline = Inline()
    inline.feed(answer.text)
    assert inline.refused == []
    nonce = policy_of(answer)["script-src"][1].removeprefix("'nonce-").removesuffix("'")
    assert inline.nonces == [nonce] * len(inline.nonces)
    assert len(inline.nonces) == (0 if answer.status_code == 404 else 1)


def test_a_nonce_is_used_once(api: httpx.Client) -> None:
    nonces = {policy_of(api.get("/"))["script-src"][1] for _ in range(3)}
    assert len(nonces) == 3


@pytest.mark.parametrize("name", SCENES)
def test_no_tool_asks_for_what_the_policy_refuses(browser: Browser, live_server: Server, name: str) -> None:
    context = browser.new_context(viewport=DESK)
    context.add_init_script(LISTEN)
    opened = Map(context.new_page(), live_server.url)
    opened.watch()
    SCENES[name].stage(opened)
    assert opened.page.evaluate("refused") == []
    assert not [
        told for told in opened.complaints if "Content Security Policy" in told or "Content-Security-Policy" in told
    ]
    context.close()


def test_a_sheet_of_paper_asks_for_nothing_that_is_refused(browser: Browser, live_server: Server) -> None:
    context = browser.new_context(viewport=DESK)
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.goto(f"{live_server.url}/print?layers=districts,parks,plan-binhai&view=117.65,39.02,11")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("refused") == []
    context.close()


def test_what_is_refused_would_be_noticed(browser: Browser, live_server: Server) -> None:
    context = browser.new_context(viewport=DESK)
    context.add_init_script(LISTEN)
    opened = Map(context.new_page(), live_server.url)
    opened.go()
    opened.page.evaluate(
        """() => {
            const button = document.createElement("div");
            button.setAttribute("onclick", "globalThis.ran = 1");
            document.body.append(button);
            button.click();
        }"""
    )
    opened.until("refused.length > 0")
    assert opened.page.evaluate("globalThis.ran") is None
    assert opened.page.evaluate("refused")[0].startswith("script-src-attr inline")
    context.close()
