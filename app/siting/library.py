"""Library: the knowledge of the data in force, read from the database in one round trip."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from app.db.reader import Reader
from app.siting import knowledge_sql
from app.siting.knowledge import (
    REACH_KM,
    Element,
    Facility,
    Industry,
    Knowledge,
    Named,
    Project,
    Role,
    Source,
    Statement,
    Theme,
    Zone,
    grouped,
)


class Library:
    """The knowledge of the data in force: read once a data version."""

    def __init__(self) -> None:
        """Hold none yet."""
        self._version: str | None = None
        self._knowledge: Knowledge | None = None

    async def current(self, reader: Reader) -> Knowledge:
        """Return the knowledge of the data version in force."""
        version = await reader.data_version()
        if self._knowledge is None or version != self._version:
            self._knowledge, self._version = await load_knowledge(reader), version
        return self._knowledge


async def load_knowledge(reader: Reader) -> Knowledge:
    """Read the knowledge from the database, in one round trip."""
    return _knowledge(json.loads(await reader.value(knowledge_sql.KNOWLEDGE, {"reach": REACH_KM})))


def _source(row: Mapping[str, Any]) -> Source:
    return Source(row["document"], row["locator"], row.get("wording") or "")


def _knowledge(told: Mapping[str, Any]) -> Knowledge:
    statements = [Statement(row["subject"], row["industry"], row["rank"], _source(row)) for row in told["statements"]]
    by_subject = grouped((one.subject, one) for one in statements)
    return Knowledge(
        zones={row["id"]: _zone(row) for row in told["zones"]},
        industries={
            row["id"]: Industry(row["id"], row["name_zh"], row["name_en"], row["kind"], tuple(row["path"]))
            for row in told["industries"]
        },
        elements={row["id"]: _element(row) for row in told["elements"]},
        facilities={row["id"]: _facility(row) for row in told["facilities"]},
        statements=by_subject,
        roles=grouped(_roles(told)),
        projects=grouped(
            (row["zone"], Project(row["id"], row["name_zh"], row["industry"], _source(row))) for row in told["projects"]
        ),
        themes=_themes(told, by_subject),
        chains=_chains(told["chains"]),
        neighbours=grouped((row["zone"], (row["other"], float(row["km"]))) for row in told["neighbours"]),
        documents={row["id"]: row for row in told["documents"]},
        loaded_on=told["loaded_on"] or "",
    )


def _named(row: Mapping[str, Any]) -> Named:
    return Named(row["id"], row["name_zh"], row["name_en"])


def _facility(row: Mapping[str, Any]) -> Facility:
    gateway = next(name for name, kind in knowledge_sql.GATEWAY_KINDS.items() if kind == row["kind"])
    lines, source = _both(row, "lines"), _both(row, "lines_source")
    return Facility(*_words_of(row), gateway, row["lon"], row["lat"], lines, source)


def _both(row: Mapping[str, Any], column: str) -> dict[str, str] | None:
    """Return a text of two columns by language; None where there is none."""
    zh, en = row[f"{column}_zh"], row[f"{column}_en"]
    return None if zh is None or en is None else {"zh": zh, "en": en}


def _zone(row: Mapping[str, Any]) -> Zone:
    names = tuple(dict.fromkeys([row["short_name_zh"] or row["name_zh"], *row["aliases"]]))
    return Zone(
        row["id"], row["name_zh"], row["name_en"], names, row["kind"], row["level"], row["parent"],
        row["area_ha"], row["official_area_ha"], row["located"], row["candidate"], row["park"],
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
        yield row["zone"], Role(_named(track), track["industry"], row["role"], source)
    for track in tracks.values():
        for zone in track["responsible"]:
            yield zone, Role(_named(track), track["industry"], "responsible", _source(track))


def _chains(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Source]]:
    found: dict[str, dict[str, Source]] = defaultdict(dict)
    for row in rows:
        source = _source(row)
        for one, other in (("upstream", "downstream"), ("chain", "upstream"), ("chain", "downstream")):
            if row[one] != row[other]:
                found[row[one]].setdefault(row[other], source)
                found[row[other]].setdefault(row[one], source)
    return dict(found)
