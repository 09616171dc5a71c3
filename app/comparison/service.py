"""Service: the zones of a request, and the comparison of them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.comparison.named import COUNTS, KINDS, counts_of
from app.comparison.parts import Section
from app.comparison.sql import COMPARED, DOCUMENTS
from app.comparison.table import FACILITIES, Zone, sections
from app.comparison.words import Words
from app.db.reader import Reader
from app.language import Language
from app.messages import Message
from app.problems import BadRequest, ParameterError

LEAST, MOST = 2, 4
"""How many zones are compared."""

NOTES = ("distance", "area", "industries", "surrounding", "named")
"""The notes that stand below the table."""

PARAMETERS = ("zones", "lang")
_LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A comparison as a client asks for it.

    Attributes
    ----------
    ids
        Ids of zones, in the order of the columns.
    language
        Of the table.
    """

    ids: tuple[str, ...]
    language: Language


@dataclass(frozen=True, slots=True)
class Comparison:
    """Zones side by side.

    Attributes
    ----------
    zones
        What is known of each.
    sections
        The table.
    documents
        Those that anything in the table is from: titles, and the years each plans for.
    words
        Its language.
    """

    zones: Sequence[Zone]
    sections: Sequence[Section]
    documents: Sequence[dict[str, Any]]
    words: Words

    @property
    def names(self) -> list[str]:
        """The zones' names: the heads of the columns."""
        return [self.words.of(zone.record, "name") for zone in self.zones]

    def numbers(self) -> list[tuple[str, str, list[float | None]]]:
        """Return every number of the table: what it is, its unit, and its value for each zone."""
        t = self.words
        rows: list[tuple[str, str, list[float | None]]] = []
        for kind in ("computed", "official"):
            for unit in ("ha", "mu", "km2"):
                values = [(zone.record["area"][kind] or {}).get(unit) for zone in self.zones]
                rows.append((t(f"area_{kind}"), t(f"unit_{unit}"), values))
        for facility in FACILITIES:
            for end in ("boundary", "centroid"):
                found = [_way(zone, facility).get(f"{end}_m") for zone in self.zones]
                rows.append((f"{t(facility)} ({t(f'from_{end}')})", t("unit_m"), found))
        projects = [zone.around["projects"] for zone in self.zones]
        rows.append((t("project_count"), t("unit_projects"), [one["in_table"] for one in projects]))
        rows.append((t("project_text"), t("unit_projects"), [one["count"] - one["in_table"] for one in projects]))
        rows.append((t("project_total"), t("unit_money"), [one["investment_total"] for one in projects]))
        for kind in KINDS:
            counts = [counts_of(zone.record, kind) for zone in self.zones]
            for name in COUNTS:
                if any(one[name] for one in counts):
                    title = t("with_note", text=t(f"thing_{kind}"), note=t(f"value_{name}"))
                    rows.append((title, t("unit_projects"), [one[name] for one in counts]))
        return rows

    def as_json(self) -> str:
        """Return the zones as they are known and the table of them."""
        t = self.words
        told: dict[str, Any] = {
            "zones": [{**zone.record, "surroundings": zone.around} for zone in self.zones],
            "sections": [
                {"key": one.key, "title": t(f"section_{one.key}"), "rows": [row.as_json() for row in one.rows]}
                for one in self.sections
            ],
            "documents": self.documents,
            "notes": [t(f"note_{name}") for name in NOTES],
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def parse(asked: dict[str, str]) -> Asked:
    """Return the comparison that the parameters of a request ask for.

    Raises
    ------
    BadRequest
        When there are fewer than two zones or more than four, when one stands twice, or when there is no such language.
    """
    errors = []
    ids = tuple(
        part.strip().replace("\x00", "")[:_LONGEST_ID] for part in asked.get("zones", "").split(",") if part.strip()
    )
    if not LEAST <= len(ids) <= MOST or len(set(ids)) < len(ids):
        message = Message(
            "should be {least} to {most} ids of different zones, joined by commas", least=LEAST, most=MOST
        )
        errors.append(ParameterError("zones", message, asked.get("zones", "")))
    language = asked.get("lang", "zh")
    if language not in ("zh", "en"):
        errors.append(ParameterError("lang", "should be zh or en", language, ("zh", "en")))
    if errors:
        raise BadRequest(errors)
    return Asked(ids, "en" if language == "en" else "zh")


async def compare(reader: Reader, asked: Asked) -> Comparison:
    """Return the comparison.

    Raises
    ------
    BadRequest
        Naming the ids that no zone has.
    """
    found = json.loads(str(await reader.value(COMPARED, {"ids": list(asked.ids)})))
    errors = [
        ParameterError("zones", "there is no such zone; /api/zones lists them all", one["id"])
        for one in found
        if one["record"] is None
    ]
    if errors:
        raise BadRequest(errors)
    zones = [Zone(one["record"], one["around"]) for one in found]
    words = Words(asked.language)
    named = {
        identifier
        for zone in zones
        for part in (zone.record, zone.around["plans"], zone.around["projects"])
        for identifier in _documents_in(part)
    }
    documents = json.loads(str(await reader.value(DOCUMENTS, {"ids": sorted(named)})))
    return Comparison(zones, sections(zones, words), documents, words)


def _way(zone: Zone, kind: str) -> dict[str, Any]:
    return next((one for one in zone.around["facilities"] if one["kind"] == kind), {})


def _documents_in(value: Any) -> Iterator[str]:
    """Give the ids of the documents that any evidence in a record names; indicators are no part of the table."""
    if isinstance(value, list):
        for one in value:
            yield from _documents_in(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name == "evidence" and one:
                yield one["document"]
            elif name != "indicators":
                yield from _documents_in(one)
