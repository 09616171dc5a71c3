"""The facts with markup in every text: what a careless or malicious supplier of data could send."""

import csv
import shutil
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT

SCRIPT = "<script>globalThis.ran=1</script>"
IMAGE = "<img src=x onerror=globalThis.ran=2>"
CLOSING = "</script><script>globalThis.ran=3</script>"
ATTRIBUTE = "\" onmouseover='globalThis.ran=4"
MARKUP = f"{CLOSING}{IMAGE}{SCRIPT}{ATTRIBUTE}"

_TEXTS = {
    "contradictions": ("summary_zh", "summary_en"),
    "contradiction_sides": ("wording", "locator"),
    "directions": ("text_zh", "text_en", "locator"),
    "named/1-binhai-industry": ("name_zh", "place_basis_zh", "place_zh", "summary_zh", "summary_en", "locator"),
    "park_links": ("summary_zh", "summary_en", "locator"),
    "rules/1-binhai-industry": ("verb_zh", "summary_zh", "summary_en", "locator"),
    "clusters": ("name_en", "hub_zh", "responsible_zh", "summary_zh", "summary_en", "locator"),
    "documents": ("title_zh", "title_en", "short_title_zh", "issuer_zh"),
    "facilities": ("name_zh", "name_en", "source_zh", "note_zh"),
    "indicators/1-binhai-industry": ("name_zh", "unit", "base_text", "target_text", "locator"),
    "industries/1-binhai-industry": ("name_zh", "name_en", "locator"),
    "plan_elements": ("name_zh", "name_en", "positioning_zh", "locator"),
    "plans": ("name_zh", "name_en", "positioning_zh", "locator"),
    "projects": ("name_zh", "owner_zh", "funding_zh", "summary_zh", "locator"),
    "search/aliases": ("target",),
    "theme_parks": ("name_zh", "name_en", "positioning_zh", "locator"),
    "zone_industries/1-binhai-industry": ("wording", "qualifier", "locator"),
    "zones": ("name_zh", "name_en", "short_name_zh", "aliases", "official_area_source", "note_zh"),
}


_ONLY = {
    "industries/1-binhai-industry": ("sector",),
    "search/aliases": ("owner", "project"),
    "zones": ("park", "development_zone", "functional_area"),
}
"""The kinds of rows that are marked, where others are found by their words."""


def marked_geodata(folder: Path) -> Path:
    """Return a copy of ``geodata/`` whose names, notes and sources end in markup."""
    copy = Path(shutil.copytree(ROOT / "geodata", folder / "geodata"))
    for name, columns in _TEXTS.items():
        path = copy / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            fields, rows = list(reader.fieldnames or ()), list(reader)
        for row in rows:
            if name not in _ONLY or row["kind"] in _ONLY[name]:
                row.update({column: row[column] + MARKUP for column in columns if row[column]})
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fields, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return copy


def marked_layers(folder: Path) -> Path:
    """Return a copy of ``layers/`` whose titles and descriptions end in markup."""
    copy = Path(shutil.copytree(ROOT / "layers", folder / "layers"))
    for path in copy.rglob("*.yaml"):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.write_text(yaml.safe_dump(_marked(told), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return copy


def _marked(told: Any, key: str = "") -> Any:
    if isinstance(told, list):
        return [_marked(one, key) for one in told]
    if not isinstance(told, dict):
        return told
    if set(told) == {"zh", "en"} and key in ("title", "description", "other"):
        return {language: text + MARKUP for language, text in told.items()}
    return {name: _marked(one, name) for name, one in told.items()}
