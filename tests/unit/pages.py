"""The page of the map without a database behind it, and what tests read of it."""

import json
import re
from contextlib import AbstractContextManager
from html.parser import HTMLParser
from typing import Any

import httpx
from fastapi import FastAPI

from app.problems import install
from app.registry.reader import Registry
from app.settings import Settings
from app.webmap.page import PageQuery, render_page
from app.webmap.routes import mount_static, router
from tests.asgi import client_of


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[call-arg]


def client(registry: Registry, **values: Any) -> AbstractContextManager[httpx.Client]:
    app = FastAPI()
    app.state.settings, app.state.registry = settings(**values), registry
    install(app)
    app.include_router(router)
    mount_static(app, app.state.settings)
    return client_of(app)


def render(registry: Registry, query: PageQuery = PageQuery(), **values: Any) -> str:  # noqa: B008 - frozen
    return render_page(settings=settings(**values), registry=registry, query=query, nonce="N0NCE")


def config_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="config">(.*?)</script>', html, re.S)
    assert found
    told: dict[str, Any] = json.loads(found.group(1))
    return told


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
