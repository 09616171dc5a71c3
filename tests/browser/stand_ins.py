"""Stand-ins for the tools, where the frame around them is tested; and what such tests read of a page."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route

from tests.browser.map_page import Map

TOOL = """
export default class {
  constructor(workbench) { this.workbench = workbench; this.text = ""; }
  open(container, argument) {
    this.input = document.createElement("input");
    this.input.setAttribute("aria-label", "ID state");
    this.input.addEventListener("change", () => {
      this.text = this.input.value;
      this.workbench.permalink.changed("ID", { push: true });
    });
    this.input.value = this.text;
    const told = document.createElement("p");
    told.textContent = `ID with ${argument ?? "nothing"}`;
    container.append(told, this.input);
    document.body.classList.add("has-ID");
  }
  close() { this.text = ""; document.body.classList.remove("has-ID"); }
  state() { return this.text || null; }
  restore(text) { this.text = text; this.input.value = text; }
}
"""
MODULE = re.compile(r"/static/js/tools/(\w+)\.js")


def serve_tool(route: Route) -> None:
    found = MODULE.search(route.request.url)
    assert found
    route.fulfill(status=200, content_type="text/javascript", body=TOOL.replace("ID", found[1]))


def offering(*ids: str) -> Callable[[Route], None]:
    """Return a handler that makes the page offer these tools and no others."""

    def handle(route: Route) -> None:
        answer = route.fetch()
        told = json.dumps([{"id": name, "style": False, "texts": False} for name in ids])
        route.fulfill(response=answer, body=re.sub(r'"tools":\s*\[.*?\]', f'"tools":{told}', answer.text()))

    return handle


def with_tools(*ids: str) -> dict[Any, Any]:
    return {re.compile(r":\d+/(\?.*)?$"): offering(*ids), MODULE: serve_tool}


THREE = with_tools("measure", "statistics", "table")


def query_of(page: Page) -> dict[str, str]:
    return {name: value for name, [value] in parse_qs(urlsplit(page.url).query, keep_blank_values=True).items()}


def layers_on(opened: Map) -> list[str]:
    on: list[str] = opened.page.evaluate("[...yuantu.layers.values()].filter((l) => yuantu.isOn(l)).map((l) => l.id)")
    return on
