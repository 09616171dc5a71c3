"""Profile: what documents state of a place; the answer to 东疆适合做什么."""

from collections.abc import Sequence
from typing import Any

from app.evidence.record import PlanningRecord, Statement
from app.evidence.relations import INSIDE, Standing, standings
from app.evidence.source import Source
from app.siting.criteria.base import texts_of
from app.siting.criteria.industry import subject, term_of
from app.siting.words import Words, fill, say

TEXTS = texts_of(says=("文件将“{said}”列为{place}的{rank}", "{place} is named with “{said}” as {rank}"))

_RANKS = ("leading", "supporting", "service")


def profile(record: PlanningRecord, zone: str) -> list[dict[str, Any]]:
    """Return the industries that documents name a place with: itself and what is in it first, then what is around it.

    Parameters
    ----------
    zone
        Id of a zone, or of an element of a plan; of that what is said of it as a whole.
    """
    rows: dict[tuple[str, str], list[tuple[Statement, Standing]]] = {}
    about: Sequence[tuple[str, Standing]]
    about = standings(record, zone) if zone in record.zones else [(zone, "own")]
    for place, standing in about:
        tier = "itself" if standing in INSIDE else "surrounding"
        for statement in record.statements.get(place, ()):
            rows.setdefault((tier, statement.industry), []).append((statement, standing))
    own = {industry for tier, industry in rows if tier == "itself"}
    found = [
        _entry(record, tier, statements)
        for (tier, industry), statements in rows.items()
        if tier == "itself" or industry not in own
    ]
    return sorted(found, key=lambda one: (one["tier"] != "itself", _RANKS.index(one["rank"])))


def _entry(record: PlanningRecord, tier: str, statements: list[tuple[Statement, Standing]]) -> dict[str, Any]:
    first = min((one for one, _ in statements), key=lambda one: _RANKS.index(one.rank))
    industry = record.industries[first.industry]
    return {
        "industry": {"id": industry.id, "name_zh": industry.name_zh, "name_en": industry.name_en},
        "tier": tier,
        "rank": first.rank,
        "says": _says(record, first),
        "evidence": [
            {
                "says": _says(record, one),
                **_where(record, one.source),
                "industry": one.industry,
                "subject": one.subject,
                "standing": standing,
            }
            for one, standing in statements[:3]
        ],
    }


def _says(record: PlanningRecord, statement: Statement) -> Words:
    said, place = term_of(record, statement), subject(record, statement)
    return fill(TEXTS["says"], said=said, place=place, rank=say(f"rank_{statement.rank}"))


def _where(record: PlanningRecord, source: Source) -> dict[str, Any]:
    title = record.documents[source.document]["short_title_zh"]
    return {
        "document": source.document,
        "short_title_zh": title,
        "locator": source.locator,
        "wording": source.wording or None,
    }
