"""SQL: every rule of the documents, and what they report as done, as one JSON list; it holds for a data version."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.evidence.rule import Rule
from app.evidence.source import Source


def _list(select: str) -> str:
    return f"(SELECT coalesce(json_agg(to_json(r)), '[]') FROM ({select}) AS r)"


RULES = _list(
    """SELECT kind, id, theme, strength, verb, clause, summary_zh, summary_en, industries, document, locator, scope
         FROM (SELECT 'rule' AS kind, r.id, r.theme, r.strength, r.verb_zh AS verb, r.clause_zh AS clause,
                      r.summary_zh, r.summary_en, r.industry_ids AS industries, r.document_id AS document, r.locator,
                      ARRAY(SELECT coalesce(s.zone_id, s.element_id) FROM yuantu.rule_scope AS s
                             WHERE s.rule_id = r.id ORDER BY s.sort) AS scope, r.sort
                 FROM yuantu.rule AS r
               UNION ALL
               SELECT 'thing', t.id, 'layout', 'reported', '', t.name_zh, t.summary_zh, t.summary_en,
                      ARRAY(SELECT i.industry_id FROM yuantu.thing_industry AS i WHERE i.thing_id = t.id
                             ORDER BY i.sort), t.document_id, t.locator,
                      CASE WHEN t.area_zone_id IS NULL THEN '{}' ELSE ARRAY[t.area_zone_id] END, t.sort
                 FROM yuantu.named_thing AS t
                WHERE t.kind IN ('governance', 'policy') AND t.status IN ('done', 'under_way')) AS x
        ORDER BY kind, sort"""
)
"""Rules first, then what the documents report as done about the order of parks and industry (governance, policy)."""


def rules_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Return the rules that ``RULES`` gives, in the order of the documents."""
    return tuple(_rule(row) for row in rows)


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        row["id"], row["theme"], row["strength"], row["verb"], row["clause"],
        row["summary_zh"] or "", row["summary_en"] or "", tuple(row["scope"]), tuple(row["industries"]),
        Source(row["document"], row["locator"], row["clause"]), row["kind"],
    )  # fmt: skip
