"""SQL of the statistics: parks by sector, areas by level, indicators, projects by sector and year."""

from app.facts.parts_sql import PERIOD, named

_BOX = """(CAST(:west AS float8) IS NULL OR ST_Intersects({row}.geom, ST_MakeEnvelope(CAST(:west AS float8),
                 CAST(:south AS float8), CAST(:east AS float8), CAST(:north AS float8), 4490)))"""


def _in_box(row: str) -> str:
    return _BOX.replace("{row}", row)


_DOCUMENT = """json_build_object('id', d.id, 'title_zh', d.title_zh, 'title_en', d.title_en,
                                         'short_title_zh', d.short_title_zh)"""

_PARK = f"""
park AS (
    SELECT z.* FROM yuantu.zone AS z
     WHERE z.is_park AND {_in_box("z")}
)"""

_NAMED_IN = """
named_in AS (
    SELECT i.path[1] AS sector_id, k.id AS zone_id, k.sort, k.area_ha,
           min(array_position(CAST('{leading,supporting,service}' AS text[]), zi.rank)) AS rank
      FROM park AS k
      JOIN yuantu.zone_industry AS zi ON zi.zone_id = k.id
      JOIN yuantu.industry AS i ON i.id = zi.industry_id
     GROUP BY 1, k.id, k.sort, k.area_ha
)"""
"""A park counts once a sector, with the highest rank that any document gives it there."""

_TOTALS = f"""
SELECT json_build_object(
           'count', count(*), 'area_ha', round(coalesce(sum(k.area_ha), 0)::numeric, 1),
           'with_area', count(k.area_ha),
           'official', json_build_object('count', count(k.official_area_ha),
                                         'area_ha', coalesce(sum(k.official_area_ha), 0)),
           'without_industry', count(*) FILTER (WHERE NOT EXISTS (SELECT FROM named_in AS n WHERE n.zone_id = k.id)),
           'zones', coalesce(json_agg({named("k")} ORDER BY k.sort), '[]'))
  FROM park AS k"""

_RANKED = "coalesce(json_agg(n.zone_id ORDER BY n.sort) FILTER (WHERE n.rank = {rank}), '[]')"

_SECTORS = f"""
SELECT coalesce(json_agg(json_build_object(
           'sector', {named("s")}, 'parks', counted.parks, 'area_ha', counted.area_ha,
           'with_area', counted.with_area,
           'leading', counted.leading, 'supporting', counted.supporting, 'service', counted.service,
           'documents', (SELECT json_agg({_DOCUMENT} ORDER BY d.sort) FROM yuantu.document AS d
                          WHERE d.id IN (SELECT zi.document_id FROM yuantu.zone_industry AS zi
                                           JOIN yuantu.industry AS i ON i.id = zi.industry_id
                                           JOIN park AS k ON k.id = zi.zone_id
                                          WHERE i.path[1] = s.id)))
           ORDER BY counted.parks DESC, s.sort), '[]')
  FROM (SELECT n.sector_id, count(*) AS parks, round(coalesce(sum(n.area_ha), 0)::numeric, 1) AS area_ha,
               count(n.area_ha) AS with_area, {_RANKED.replace("{rank}", "1")} AS leading,
               {_RANKED.replace("{rank}", "2")} AS supporting,
               {_RANKED.replace("{rank}", "3")} AS service
          FROM named_in AS n GROUP BY n.sector_id) AS counted
  JOIN yuantu.industry AS s ON s.id = counted.sector_id"""

_LEVELS = """
SELECT coalesce(json_agg(json_build_object(
           'level', counted.level, 'zones', counted.zones, 'area_ha', counted.area_ha,
           'with_area', counted.with_area,
           'official_zones', counted.official_zones, 'official_area_ha', counted.official_area_ha)
           ORDER BY array_position(CAST('{national,municipal,district,town}' AS text[]), counted.level)), '[]')
  FROM (SELECT k.level, json_agg(k.id ORDER BY k.sort) AS zones,
               round(coalesce(sum(k.area_ha), 0)::numeric, 1) AS area_ha,
               count(k.area_ha) AS with_area,
               coalesce(json_agg(k.id ORDER BY k.sort) FILTER (WHERE k.official_area_ha IS NOT NULL), '[]')
                   AS official_zones,
               sum(k.official_area_ha) AS official_area_ha
          FROM park AS k GROUP BY k.level) AS counted"""

_BELOW = """
below AS (
    WITH RECURSIVE part AS (
        SELECT DISTINCT k.scope_zone_id AS scope_id, k.scope_zone_id AS zone_id FROM yuantu.indicator AS k
        UNION
        SELECT p.scope_id, z.id FROM part AS p JOIN yuantu.zone AS z ON z.parent_id = p.zone_id
    )
    SELECT scope_id, zone_id FROM part
)"""

_INDICATORS = f"""
SELECT coalesce(json_agg(json_build_object(
           'scope', {named("z")}, 'scope_kind', z.kind,
           'zones', (SELECT coalesce(json_agg(k.id ORDER BY k.sort), '[]')
                       FROM below AS b JOIN yuantu.zone AS k ON k.id = b.zone_id
                      WHERE b.scope_id = z.id AND k.is_park),
           'document', {_DOCUMENT}, 'period', {PERIOD}, 'kind', printed.kind, 'items', printed.items)
           ORDER BY d.sort, printed.first), '[]')
  FROM (SELECT k.scope_zone_id, k.document_id, k.kind, min(k.sort) AS first,
               json_agg(json_build_object(
                   'id', k.id, 'name_zh', k.name_zh, 'category_zh', k.category_zh, 'unit', k.unit,
                   'nature', k.nature, 'base_year', k.base_year, 'target_year', k.target_year,
                   'base', json_build_object('text', k.base_text, 'value', k.base_value),
                   'target', json_build_object('text', k.target_text, 'value', k.target_value),
                   'locator', k.locator, 'note_zh', k.note_zh, 'note_en', k.note_en) ORDER BY k.sort) AS items
          FROM yuantu.indicator AS k WHERE k.kind <> 'stated'
         GROUP BY k.scope_zone_id, k.document_id, k.kind) AS printed
  JOIN yuantu.zone AS z ON z.id = printed.scope_zone_id
  JOIN yuantu.document AS d ON d.id = printed.document_id
 WHERE {_in_box("z")}"""

_PROJECTS = f"""
SELECT json_build_object(
           'count', count(*), 'investment_total', coalesce(sum(p.investment_total), 0), 'unit', '亿元',
           'in_table', count(*) FILTER (WHERE p.in_table),
           'located', json_build_object('park', count(*) FILTER (WHERE p.located = 'park'),
                                        'district', count(*) FILTER (WHERE p.located = 'district'),
                                        'none', count(*) FILTER (WHERE p.located = 'none')),
           'districts', (SELECT coalesce(json_agg(json_build_object('district', {named("z")}, 'count', c.count,
                                  'in_table', c.in_table, 'investment_total', c.investment_total)
                                  ORDER BY c.count DESC, z.sort), '[]')
                           FROM (SELECT l.district_id, count(*), count(*) FILTER (WHERE l.in_table) AS in_table,
                                        sum(l.investment_total) AS investment_total
                                   FROM chosen AS l GROUP BY 1) AS c
                           JOIN yuantu.zone AS z ON z.id = c.district_id),
           'documents', (SELECT coalesce(json_agg({_DOCUMENT} ORDER BY d.sort), '[]') FROM yuantu.document AS d
                          WHERE d.id IN (SELECT document_id FROM chosen)),
           'items', coalesce(json_agg(json_build_object(
                   'id', p.id, 'name_zh', p.name_zh, 'sector', p.sector_id, 'year', p.year_start,
                   'investment_total', p.investment_total, 'in_table', p.in_table, 'located', p.located,
                   'district', p.district_id, 'locator', p.locator) ORDER BY p.sort), '[]'),
           'cells', (SELECT coalesce(json_agg(json_build_object(
                           'sector', CASE WHEN s.id IS NOT NULL THEN {named("s")} END, 'year', c.year,
                           'count', c.count, 'investment_total', c.investment_total, 'projects', c.projects)
                           ORDER BY s.sort, c.year), '[]')
                       FROM (SELECT l.sector_id, l.year_start AS year, count(*) AS count,
                                    sum(l.investment_total) AS investment_total,
                                    json_agg(l.id ORDER BY l.sort) AS projects
                               FROM chosen AS l WHERE l.in_table GROUP BY 1, 2) AS c
                       LEFT JOIN yuantu.industry AS s ON s.id = c.sector_id))
  FROM chosen AS p"""

_CHOSEN = f"""
chosen AS (
    SELECT f.*, coalesce(i.path[1], (SELECT o.path[1] FROM yuantu.industry AS o WHERE o.id = f.industry_ids[1]))
                AS sector_id
      FROM yuantu.thing_feature AS f
      LEFT JOIN yuantu.listed_project AS p ON p.thing_id = f.id
      LEFT JOIN yuantu.industry AS i ON i.id = p.industry_id
     WHERE f.kind = 'project' AND {_in_box("f")}
)"""
"""Projects of all documents. In an extent only those count that a document places in a park; the table's cells are by
the year in which a project starts."""

_NAMED = """
SELECT coalesce(json_agg(json_build_object(
           'kind', k.kind, 'count', k.count, 'here', k.here, 'done', k.done, 'under_way', k.under_way,
           'planned', k.planned, 'documents', k.documents) ORDER BY k.count DESC, k.kind), '[]')
  FROM (SELECT c.kind, sum(c.count) AS count, sum(c.here) AS here, sum(c.done) AS done, sum(c.under_way) AS under_way,
               sum(c.planned) AS planned,
               json_agg(json_build_object('document', c.document_id, 'count', c.count) ORDER BY c.document_id)
                   AS documents
          FROM (SELECT f.kind, f.document_id, count(*), count(f.geom) AS here,
                       count(*) FILTER (WHERE f.status = 'done') AS done,
                       count(*) FILTER (WHERE f.status = 'under_way') AS under_way,
                       count(*) FILTER (WHERE f.status = 'planned') AS planned
                  FROM yuantu.thing_feature AS f WHERE {box} GROUP BY 1, 2) AS c
         GROUP BY c.kind) AS k""".replace("{box}", _in_box("f"))
"""Named things by kind: how many, how many of them stand on the map, and how far they are."""

STATISTICS = f"""
WITH {_PARK}, {_NAMED_IN}, {_BELOW}, {_CHOSEN}
SELECT json_build_object('parks', ({_TOTALS}), 'sectors', ({_SECTORS}), 'levels', ({_LEVELS}),
                         'indicators', ({_INDICATORS}), 'projects', ({_PROJECTS}), 'named', ({_NAMED}))::text
"""
"""``:west``, ``:south``, ``:east``, ``:north`` of the extent, degrees; all null for everything."""
