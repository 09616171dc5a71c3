"""RecordStore: the record of the data in force, read from the database in one round trip."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.db.reader import Reader
from app.evidence import record_sql
from app.evidence.record import (
    REACH_KM,
    Element,
    Facility,
    Industry,
    Named,
    PlanningRecord,
    Role,
    Statement,
    Theme,
    Thing,
    Zone,
    grouped,
)
from app.evidence.rules_office import read_office_rules
from app.evidence.rules_sql import rules_of
from app.evidence.source import Source
from app.facts.names import normalise
from app.settings import Settings


class RecordStore:
    """The record of the data in force: read once a data version."""

    def __init__(self) -> None:
        """Hold none yet."""
        self._version: str | None = None
        self._record: PlanningRecord | None = None

    async def current(self, reader: Reader) -> PlanningRecord:
        """Return the record of the data version in force."""
        version = await reader.data_version()
        if self._record is None or version != self._version:
            self._record, self._version = await load_record(reader), version
        return self._record


async def load_record(reader: Reader) -> PlanningRecord:
    """Read the record from the database, in one round trip, and the operator's own rules beside it.

    Raises
    ------
    RulesFileError
        When a file of rules of the operator's cannot be read.
    """
    record = _record(json.loads(await reader.value(record_sql.RECORD, {"reach": REACH_KM})))
    folder = Settings().siting_dir
    if folder is None:
        return record
    own = (rule for path in sorted(folder.glob("rules/*.yaml")) for rule in read_office_rules(path, record))
    return replace(record, rules=(*record.rules, *own))


def _source(row: Mapping[str, Any]) -> Source:
    return Source(row["document"], row["locator"], row.get("wording") or "")


def _record(told: Mapping[str, Any]) -> PlanningRecord:
    statements = [Statement(row["subject"], row["industry"], row["rank"], _source(row)) for row in told["statements"]]
    by_subject = grouped((one.subject, one) for one in statements)
    return PlanningRecord(
        zones={row["id"]: _zone(row) for row in told["zones"]},
        industries={
            row["id"]: Industry(*_words_of(row), row["kind"], tuple(row["path"]), _labels(row))
            for row in told["industries"]
        },
        elements={row["id"]: _element(row) for row in told["elements"]},
        facilities={row["id"]: _facility(row) for row in told["facilities"]},
        statements=by_subject,
        roles=grouped(_roles(told)),
        things=tuple(_thing(row) for row in told["things"]),
        themes=_themes(told, by_subject),
        chains=_chains(told["chains"]),
        neighbours=grouped((row["zone"], (row["other"], float(row["km"]))) for row in told["neighbours"]),
        unlisted=grouped((row["zone"], row["district"]) for row in told["unlisted"]),
        rules=rules_of(told["rules"]),
        documents={row["id"]: row for row in told["documents"]},
        loaded_on=told["loaded_on"] or "",
    )


def _labels(row: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(map(normalise, (row["name_zh"], *row["aliases"])))


def _named(row: Mapping[str, Any]) -> Named:
    return Named(row["id"], row["name_zh"], row["name_en"])


def _facility(row: Mapping[str, Any]) -> Facility:
    lines, source = _both(row, "lines"), _both(row, "lines_source")
    return Facility(
        *_words_of(row), row["kind"], row["lon"], row["lat"], row["stops"], row["accuracy_km"], lines, source
    )


def _both(row: Mapping[str, Any], column: str) -> dict[str, str] | None:
    """Return a text of two columns by language; None where there is none."""
    zh, en = row[f"{column}_zh"], row[f"{column}_en"]
    return None if zh is None or en is None else {"zh": zh, "en": en}


def _zone(row: Mapping[str, Any]) -> Zone:
    names = tuple(dict.fromkeys([row["short_name_zh"] or row["name_zh"], *row["aliases"]]))
    return Zone(
        row["id"], row["name_zh"], row["name_en"], names, row["kind"], row["level"], row["parent"],
        row["area_ha"], row["official_area_ha"], row["located"], row["candidate"], row["park"], row["accuracy_km"],
        row["lies_in"], row["parks_listed_by"],
    )  # fmt: skip


def _thing(row: Mapping[str, Any]) -> Thing:
    summary = {"zh": row["summary_zh"] or "", "en": row["summary_en"] or ""}
    return Thing(
        row["id"], row["kind"], row["name_zh"], row["name_en"], summary, tuple(row["industries"]),
        tuple(row["places"]), row["certainty"], row["place_zh"], row["listed"], _source(row),
    )  # fmt: skip


def _element(row: Mapping[str, Any]) -> Element:
    return Element(
        row["id"], row["name_zh"], row["name_en"], row["plan"], {"zh": row["plan_zh"], "en": row["plan_en"]},
        row["parent"], row["kind"], tuple(row["members"]), tuple(row["cores"]), row["inner"], _source(row),
    )  # fmt: skip


def _themes(told: Mapping[str, Any], statements: Mapping[str, tuple[Statement, ...]]) -> dict[str, tuple[Theme, ...]]:
    hosts: dict[str, dict[str, tuple[bool, Source]]] = defaultdict(dict)
    for row in told["hosts"]:
        hosts[row["theme"]].setdefault(row["host"], (row["role"] == "core", _source(row)))
    themes = [
        Theme(*_words_of(row), _leading_themes(statements.get(row["id"], ())), hosts[row["id"]])
        for row in told["themes"]
    ]
    return grouped((host, theme) for theme in themes for host in theme.hosts)


def _leading_themes(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Return what a theme park is about: of each place in a document what it names first, its fields come behind it."""
    first: dict[tuple[str, str], str] = {}
    for one in statements:
        if one.rank == "leading":
            first.setdefault((one.source.document, one.source.locator), one.industry)
    return tuple(dict.fromkeys(first.values()))


def _words_of(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["id"], row["name_zh"], row["name_en"]


def _roles(told: Mapping[str, Any]) -> Iterable[tuple[str, Role]]:
    tracks = {row["id"]: row for row in told["tracks"]}
    for row in told["places"]:
        track = tracks[row["track"]]
        source = _source(row | {"wording": row["name_zh"]})
        yield row["zone"], Role(row["zone"], _named(track), track["industry"], row["role"], source)
    for track in tracks.values():
        for zone in track["responsible"]:
            yield zone, Role(zone, _named(track), track["industry"], "responsible", _source(track))


def _chains(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Source]]:
    found: dict[str, dict[str, Source]] = defaultdict(dict)
    for row in rows:
        source = _source(row)
        for one, other in (("upstream", "downstream"), ("chain", "upstream"), ("chain", "downstream")):
            if row[one] != row[other]:
                found[row[one]].setdefault(row[other], source)
                found[row[other]].setdefault(row[one], source)
    return dict(found)
