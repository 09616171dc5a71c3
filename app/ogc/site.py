"""Site: how the pages of one request address the service, and the words they use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import yaml
from fastapi import Request

from app.features.encoders import ENCODERS
from app.language import Language
from app.ogc import links
from app.ogc.values import say
from app.registry.definition import LayerDefinition
from app.registry.reader import Registry

Document = Mapping[str, Any]
"""A document as its JSON answer is."""


_CHINESE = {one.title_en: one.title_zh for one in ENCODERS.values()}
"""Titles of formats in Chinese; the documents' links have the English ones."""


@cache
def _texts(language: Language) -> dict[str, str]:
    entries = yaml.safe_load((Path(__file__).parent / "templates" / "texts.yaml").read_text(encoding="utf-8"))
    return {key: str(words[language]) for key, words in entries.items()}


@dataclass(frozen=True)
class Site:
    """The service as the pages of one request address it.

    Attributes
    ----------
    request
        The request.
    language
        Language of the page.
    """

    request: Request
    language: Language

    @cached_property
    def address(self) -> str:
        """Absolute address of ``/ogc``, for people to copy."""
        return links.root(self.request)

    @cached_property
    def root(self) -> str:
        """Path of ``/ogc``, with the prefix that a proxy serves it under."""
        return urlsplit(self.address).path

    @property
    def base(self) -> str:
        """Path of the service's root, without a slash at its end."""
        return self.root.removesuffix("/ogc")

    @property
    def texts(self) -> Mapping[str, str]:
        """Texts of the interface."""
        return _texts(self.language)

    @property
    def registry(self) -> Registry:
        """The published layers."""
        registry: Registry = self.request.app.state.registry
        return registry

    @property
    def html_language(self) -> str:
        """Language of the page, as HTML says it."""
        return "en" if self.language == "en" else "zh-CN"

    @property
    def html_other_language(self) -> str:
        """The other language."""
        return "zh-CN" if self.language == "en" else "en"

    @property
    def layer(self) -> LayerDefinition:
        """The layer that the address names."""
        return self.registry.layer(self.request.path_params["collection_id"])

    def collection(self, layer: LayerDefinition) -> str:
        """Return the address of a collection's page."""
        return f"{self.root}/collections/{quote(layer.id, safe='')}"

    def item(self, layer: LayerDefinition, feature_id: object) -> str:
        """Return the address of a feature's page."""
        return f"{self.collection(layer)}/items/{quote(str(feature_id), safe='')}"

    def crumbs(self, *keys: str, layer: LayerDefinition | None = None) -> list[tuple[str, str]]:
        """Return the way here from the map: titles and addresses, without the page itself."""
        way = [(self.texts["map"], f"{self.base}/"), (self.texts["home"], self.root)]
        if layer is not None or "collections" in keys:
            way.append((self.texts["collections"], f"{self.root}/collections"))
        if layer is not None:
            way.append((say(layer.title, self.language), self.collection(layer)))
        if layer is not None and "items" in keys:
            way.append((self.texts["items"], f"{self.collection(layer)}/items"))
        return way


def formats(site: Site, document: Document, rels: Sequence[str] = ("alternate",)) -> list[Mapping[str, str]]:
    """Return the document's links of some relations, but to HTML, each with the short label of its format."""
    found: dict[str, Mapping[str, str]] = {}
    for one in document.get("links", ()):
        if one["rel"] in rels and one.get("type") != links.HTML:
            label = one.get("title", "").rpartition(" as ")[2] or one.get("type") or one["href"]
            label = label if site.language == "en" else _CHINESE.get(label, label)
            found.setdefault(one["href"], {**one, "label": label})
    return list(found.values())


def href_of(document: Document, rel: str) -> str | None:
    """Return the address of a document's first link of a relation."""
    return next((one["href"] for one in document.get("links", ()) if one["rel"] == rel), None)
