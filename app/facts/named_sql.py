"""SQL of named things, rules, links, directions and contradictions."""

from app.facts.parts_sql import PERIOD, evidence, list_of, named

_PLACE = """json_build_object('id', coalesce(pz.id, pe.id), 'kind', coalesce(pz.kind, pe.kind),
       'name_zh', coalesce(pz.name_zh, pe.name_zh), 'name_en', coalesce(pz.name_en, pe.name_en))"""


def _places(table: str, key: str, row: str, where: str = "") -> str:
    """Return SQL for the zones and plan elements that a row of another table points to."""
    return list_of(
        f"""
        SELECT h.sort AS n, {_PLACE} AS item
          FROM yuantu.{table} AS h
          LEFT JOIN yuantu.zone AS pz ON pz.id = h.zone_id
          LEFT JOIN yuantu.plan_element AS pe ON pe.id = h.element_id
         WHERE h.{key} = {row}.id{where}"""
    )


_INDUSTRIES = list_of(
    f"""SELECT x.sort AS n, {named("i")} AS item FROM yuantu.thing_industry AS x
          JOIN yuantu.industry AS i ON i.id = x.industry_id WHERE x.thing_id = t.id"""
)
_FIGURES = list_of(
    """SELECT g.sort AS n, json_build_object('measure', g.measure, 'value', g.value, 'unit', g.unit,
              'printed', g.printed) AS item FROM yuantu.thing_figure AS g WHERE g.thing_id = t.id"""
)
_INDUSTRIES_OF_IDS = """(SELECT coalesce(json_agg(json_build_object('id', i.id, 'name_zh', i.name_zh,
       'name_en', i.name_en) ORDER BY i.sort), '[]') FROM yuantu.industry AS i WHERE i.id = ANY ({row}.industry_ids))"""

THING = f"""json_build_object(
       'id', t.id, 'kind', t.kind, 'name_zh', t.name_zh, 'name_en', t.name_en, 'aliases', t.aliases,
       'status', t.status, 'certainty', t.certainty, 'places', {_places("thing_place", "thing_id", "t")},
       'place_zh', t.place_zh, 'place_basis_zh', t.place_basis_zh, 'place_basis_en', t.place_basis_en,
       'area', CASE WHEN a.id IS NOT NULL THEN {named("a", kind=True)} END,
       'industries', {_INDUSTRIES}, 'owner_zh', t.owner_zh, 'year_start', t.year_start, 'year_end', t.year_end,
       'figures', {_FIGURES}, 'summary_zh', t.summary_zh, 'summary_en', t.summary_en,
       'evidence', {evidence("t")})"""
"""All that is known of a named thing ``t``, listed under the zone ``a``, from the document ``d``."""

OF_INDUSTRY = """(CAST(:industries AS text[]) IS NULL OR EXISTS (
             SELECT FROM yuantu.thing_industry AS x JOIN yuantu.industry AS i ON i.id = x.industry_id
              WHERE x.thing_id = t.id AND i.path && CAST(:industries AS text[])))"""

AT_ZONE = """(CAST(:zone AS text) IS NULL OR t.area_zone_id = :zone OR EXISTS (
             SELECT FROM yuantu.thing_place AS h WHERE h.thing_id = t.id AND :zone IN (h.zone_id, h.element_id)))"""

_THINGS_WHERE = f"""
       (CAST(:kind AS text) IS NULL OR t.kind = :kind)
   AND (CAST(:document AS text) IS NULL OR t.document_id = :document)
   AND (CAST(:status AS text) IS NULL OR t.status = :status)
   AND (CAST(:certainty AS text) IS NULL OR t.certainty = :certainty)
   AND (CAST(:year AS int) IS NULL OR (t.year_start <= :year AND coalesce(t.year_end, t.year_start) >= :year))
   AND {AT_ZONE} AND {OF_INDUSTRY}"""

THINGS = f"""
WITH chosen AS MATERIALIZED (SELECT t.id, t.sort FROM yuantu.named_thing AS t WHERE {_THINGS_WHERE}),
     page AS (SELECT id FROM chosen ORDER BY sort, id OFFSET :offset LIMIT :limit)
SELECT json_build_object('count', (SELECT count(*) FROM chosen), 'offset', CAST(:offset AS int), 'things', {
    list_of(f'''
    SELECT t.sort AS n, {THING} AS item
      FROM page JOIN yuantu.named_thing AS t USING (id)
      JOIN yuantu.document AS d ON d.id = t.document_id
      LEFT JOIN yuantu.zone AS a ON a.id = t.area_zone_id''')
})::text
"""

COUNTS = """
SELECT json_build_object('kinds', (
    SELECT json_agg(json_build_object('kind', c.kind, 'document', c.document_id, 'count', c.count)
                    ORDER BY c.kind, c.document_id)
      FROM (SELECT kind, document_id, count(*) FROM yuantu.named_thing GROUP BY 1, 2
            UNION ALL SELECT 'rule', document_id, count(*) FROM yuantu.rule GROUP BY 1, 2
            UNION ALL SELECT 'park_link', document_id, count(*) FROM yuantu.park_link GROUP BY 1, 2
            UNION ALL SELECT 'direction', document_id, count(*) FROM yuantu.direction GROUP BY 1, 2
            UNION ALL SELECT 'indicator', document_id, count(*) FROM yuantu.indicator GROUP BY 1, 2) AS c))::text
"""

RULE = f"""json_build_object(
       'id', r.id, 'theme', r.theme, 'name_zh', r.name_zh, 'name_en', r.name_en, 'strength', r.strength,
       'verb_zh', r.verb_zh, 'clause_zh', r.clause_zh, 'scope', {_places("rule_scope", "rule_id", "r")},
       'industries', {_INDUSTRIES_OF_IDS.replace("{row}", "r")}, 'summary_zh', r.summary_zh,
       'summary_en', r.summary_en, 'period', CASE WHEN r.strength <> 'reported' THEN {PERIOD} END,
       'evidence', {evidence("r")})"""

RULES = f"""
SELECT json_build_object('rules', {
    list_of(f'''
    SELECT r.sort AS n, {RULE} AS item
      FROM yuantu.rule AS r JOIN yuantu.document AS d ON d.id = r.document_id
     WHERE (CAST(:theme AS text) IS NULL OR r.theme = :theme)
       AND (CAST(:strength AS text) IS NULL OR r.strength = :strength)
       AND (CAST(:document AS text) IS NULL OR r.document_id = :document)
       AND (CAST(:zone AS text) IS NULL OR EXISTS (SELECT FROM yuantu.rule_scope AS s
                                                   WHERE s.rule_id = r.id AND :zone IN (s.zone_id, s.element_id)))
       AND (CAST(:industries AS text[]) IS NULL OR EXISTS (SELECT FROM yuantu.industry AS i
                  WHERE i.id = ANY (r.industry_ids) AND i.path && CAST(:industries AS text[])))''')
})::text
"""

LINK = f"""json_build_object(
       'id', l.id, 'kind', l.kind, 'from', {_places("park_link_end", "link_id", "l", " AND h.role = 'from'")},
       'to', {_places("park_link_end", "link_id", "l", " AND h.role = 'to'")},
       'industries', {_INDUSTRIES_OF_IDS.replace("{row}", "l")}, 'clause_zh', l.clause_zh, 'summary_zh', l.summary_zh,
       'summary_en', l.summary_en, 'evidence', {evidence("l")})"""

LINKS = f"""
SELECT json_build_object('links', {
    list_of(f'''
    SELECT l.sort AS n, {LINK} AS item
      FROM yuantu.park_link AS l JOIN yuantu.document AS d ON d.id = l.document_id
     WHERE (CAST(:kind AS text) IS NULL OR l.kind = :kind)
       AND (CAST(:document AS text) IS NULL OR l.document_id = :document)
       AND (CAST(:zone AS text) IS NULL OR EXISTS (SELECT FROM yuantu.park_link_end AS e
                                                   WHERE e.link_id = l.id AND :zone IN (e.zone_id, e.element_id)))''')
})::text
"""

DIRECTION = f"""json_build_object('clause_zh', w.clause_zh, 'text_zh', w.text_zh, 'text_en', w.text_en,
       'evidence', {evidence("w", note=False)})"""

CONTRADICTION = f"""json_build_object(
       'id', c.id, 'summary_zh', c.summary_zh, 'summary_en', c.summary_en, 'zones', c.zone_ids,
       'bears_on', c.target_ids, 'sides', {
    list_of(f'''
       SELECT s.sort AS n, json_build_object('wording', s.wording, 'evidence', {evidence("s", note=False)}) AS item
         FROM yuantu.contradiction_side AS s JOIN yuantu.document AS d ON d.id = s.document_id
        WHERE s.contradiction_id = c.id''')
})"""

CONTRADICTIONS = f"""
SELECT json_build_object('contradictions', {
    list_of(f'''
    SELECT c.sort AS n, {CONTRADICTION} AS item FROM yuantu.contradiction AS c
     WHERE (CAST(:zone AS text) IS NULL OR :zone = ANY (c.zone_ids))
       AND (CAST(:document AS text) IS NULL OR EXISTS (SELECT FROM yuantu.contradiction_side AS s
                                           WHERE s.contradiction_id = c.id AND s.document_id = :document))''')
})::text
"""


def contradictions_of(identifier: str) -> str:
    """Return SQL for the contradictions that bear on a zone, an element, a thing, an indicator or an industry."""
    return list_of(
        f"""SELECT c.sort AS n, {CONTRADICTION} AS item FROM yuantu.contradiction AS c
             WHERE {identifier} = ANY (c.zone_ids) OR {identifier} = ANY (c.target_ids)"""
    )


FEW = 40
"""So many things of a kind come with a zone; ``/api/things`` lists the rest."""


def named_at(zone: str) -> str:
    """Return SQL for what documents name at a zone, by kind: counts, and the first things themselves in short.

    ``here`` are those that a document places in the zone; ``candidate`` those it is one of several places for, or is
    inferred for; ``listed`` counts what a document names in the area without a place in it, ``unplaced`` those of them
    that have no place at all: the others have one in a part of the area or beside it.
    """
    item = f"""json_build_object('id', t.id, 'name_zh', t.name_zh, 'name_en', t.name_en, 'status', t.status,
               'certainty', t.certainty, 'place_basis_zh', t.place_basis_zh, 'place_basis_en', t.place_basis_en,
               'summary_zh', t.summary_zh, 'summary_en', t.summary_en, 'figures', (SELECT coalesce(
               json_agg(g.printed ORDER BY g.sort), '[]') FROM yuantu.thing_figure AS g WHERE g.thing_id = t.id),
               'evidence', {evidence("t")})"""
    return f"""(SELECT coalesce(json_agg(json_build_object('kind', k.kind, 'here', k.here, 'candidate', k.candidate,
                       'listed', k.listed, 'unplaced', k.unplaced, 'things', k.things) ORDER BY k.kind), '[]')
      FROM (SELECT t.kind, count(*) FILTER (WHERE h.id IS NOT NULL AND t.certainty = 'named') AS here,
                   count(*) FILTER (WHERE h.id IS NOT NULL AND t.certainty <> 'named') AS candidate,
                   count(*) FILTER (WHERE h.id IS NULL) AS listed,
                   count(*) FILTER (WHERE h.id IS NULL AND t.certainty = 'none') AS unplaced,
                   coalesce(json_agg({item} ORDER BY n) FILTER (WHERE h.id IS NOT NULL AND n <= {FEW}), '[]') AS things
              FROM (SELECT t.*, row_number() OVER (PARTITION BY t.kind ORDER BY at.id IS NULL, t.certainty <> 'named',
                                                                              t.sort) AS n
                      FROM yuantu.named_thing AS t
                      LEFT JOIN yuantu.thing_place AS at ON at.thing_id = t.id AND at.zone_id = {zone}
                     WHERE at.id IS NOT NULL OR t.area_zone_id = {zone}) AS t
              JOIN yuantu.document AS d ON d.id = t.document_id
              LEFT JOIN yuantu.thing_place AS h ON h.thing_id = t.id AND h.zone_id = {zone}
             GROUP BY t.kind) AS k)"""
