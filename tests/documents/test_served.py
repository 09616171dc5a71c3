"""What the API serves, against the documents themselves: each wording stands where its source line leads."""

from collections.abc import Iterator
from typing import Any

import httpx

from app.documents.marks import find_marks
from app.documents.resolving import resolve
from app.documents.shelf import Shelf

WORDINGS = ("wording", "clause_zh")


def stated(value: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object of an answer that has both an evidence and words of the document."""
    if isinstance(value, dict):
        if value.get("evidence") and any(value.get(name) for name in WORDINGS):
            yield where, value
        for name, one in value.items():
            yield from stated(one, f"{where}.{name}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from stated(one, f"{where}[{number}]")


def faults(shelf: Shelf, found: Iterator[tuple[str, dict[str, Any]]]) -> tuple[int, list[str]]:
    missing, looked = [], 0
    for where, one in found:
        evidence = one["evidence"]
        place = resolve(shelf.text(evidence["document"]).outline, evidence["locator"])
        for name in WORDINGS:
            if one.get(name):
                looked += 1
                if place is None or not find_marks(place.paragraphs, one[name]):
                    missing.append(f"{where}: {one[name]!r} does not stand at {evidence['locator']}")
    return looked, missing


def test_every_wording_of_a_zone_stands_where_its_source_leads(api: httpx.Client, real: Shelf) -> None:
    looked = 0
    for zone in api.get("/api/zones").json()["zones"]:
        record = api.get(f"/api/zones/{zone['id']}").json()
        count, missing = faults(real, stated(record, zone["id"]))
        assert missing == []
        looked += count
    assert looked > 1500


def test_every_wording_of_plans_rules_and_links_stands_where_its_source_leads(api: httpx.Client, real: Shelf) -> None:
    for path in ("/api/plans", "/api/rules", "/api/links", "/api/contradictions"):
        looked, missing = faults(real, stated(api.get(path).json(), path))
        assert missing == [] and looked > 40, path


def test_a_theme_park_has_the_document_s_own_words(api: httpx.Client) -> None:
    """Not the name of the industry in our list."""
    park = api.get("/api/zones/tp-biomanufacturing-valley").json()
    assert {(one["id"], one["wording"]) for one in park["industries"]} >= {("biomedicine", "生物医药")}
