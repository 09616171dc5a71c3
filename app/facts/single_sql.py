"""SQL of one named thing, one rule, one plan element: what a page says of it."""

from app.facts.named_sql import DIRECTION, LINK, RULE, THING, contradictions_of
from app.facts.parts_sql import PERIOD, evidence, list_of, named
from app.facts.sql import ELEMENT_INDUSTRIES, zones_of_element

_ALIKE = list_of(
    f"""
    SELECT t.sort AS n, {THING} AS item
      FROM yuantu.named_thing AS t
      JOIN yuantu.document AS d ON d.id = t.document_id
      LEFT JOIN yuantu.zone AS a ON a.id = t.area_zone_id
     WHERE t.kind = self.kind AND t.id <> self.id
       AND (t.name_zh = self.name_zh OR t.name_zh = ANY (self.aliases) OR self.name_zh = ANY (t.aliases))"""
)
"""Things of the same kind and name: what another document, or another place of this one, says of it."""

SINGLE_THING = f"""
SELECT (CAST({THING} AS jsonb) || jsonb_build_object(
       'period', {PERIOD}, 'alike', (SELECT {_ALIKE} FROM yuantu.named_thing AS self WHERE self.id = t.id),
       'contradictions', {contradictions_of("t.id")}))::text
  FROM yuantu.named_thing AS t
  JOIN yuantu.document AS d ON d.id = t.document_id
  LEFT JOIN yuantu.zone AS a ON a.id = t.area_zone_id
 WHERE t.id = :id
"""

SINGLE_RULE = f"""
SELECT (CAST({RULE} AS jsonb) || jsonb_build_object('contradictions', {contradictions_of("r.id")}))::text
  FROM yuantu.rule AS r JOIN yuantu.document AS d ON d.id = r.document_id
 WHERE r.id = :id
"""


_DIRECTIONS = list_of(
    f"""SELECT w.sort AS n, {DIRECTION} AS item FROM yuantu.direction AS w
          JOIN yuantu.document AS d ON d.id = w.document_id WHERE w.element_id = e.id"""
)
_RULES = list_of(
    f"""SELECT r.sort AS n, {RULE} AS item FROM yuantu.rule AS r
          JOIN yuantu.document AS d ON d.id = r.document_id
         WHERE EXISTS (SELECT FROM yuantu.rule_scope AS y WHERE y.rule_id = r.id AND y.element_id = e.id)"""
)
_LINKS = list_of(
    f"""SELECT l.sort AS n, {LINK} AS item FROM yuantu.park_link AS l
          JOIN yuantu.document AS d ON d.id = l.document_id
         WHERE EXISTS (SELECT FROM yuantu.park_link_end AS y WHERE y.link_id = l.id AND y.element_id = e.id)"""
)
_THINGS = list_of(
    f"""SELECT t.sort AS n, {THING} AS item FROM yuantu.named_thing AS t
          JOIN yuantu.document AS d ON d.id = t.document_id
          LEFT JOIN yuantu.zone AS a ON a.id = t.area_zone_id
         WHERE EXISTS (SELECT FROM yuantu.thing_place AS y WHERE y.thing_id = t.id AND y.element_id = e.id)"""
)

SINGLE_ELEMENT = f"""
SELECT json_build_object(
       'id', e.id, 'kind', e.kind, 'name_zh', e.name_zh, 'name_en', e.name_en, 'plan', {named("p")},
       'positioning_zh', e.positioning_zh, 'positioning_en', e.positioning_en, 'period', {PERIOD},
       'members', {zones_of_element("member")}, 'core', {zones_of_element("core")},
       'drawn_through', {zones_of_element("via")},
       'directions', {_DIRECTIONS}, 'industries', {ELEMENT_INDUSTRIES}, 'rules', {_RULES}, 'links', {_LINKS},
       'things', {_THINGS}, 'contradictions', {contradictions_of("e.id")},
       'extent_basis', e.extent_basis, 'note_zh', e.note_zh, 'note_en', e.note_en,
       'evidence', {evidence("e", note=False)})::text
  FROM yuantu.plan_element AS e
  JOIN yuantu.plan AS p ON p.id = e.plan_id
  JOIN yuantu.document AS d ON d.id = e.document_id
 WHERE e.id = :id
"""
