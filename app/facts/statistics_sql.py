"""SQL of the statistics: parks by sector, areas by level, indicators of 2020 and 2025, projects by sector and year."""

_BOX = """(CAST(:west AS float8) IS NULL OR ST_Intersects({row}.geom, ST_MakeEnvelope(CAST(:west AS float8),
                 CAST(:south AS float8), CAST(:east AS float8), CAST(:north AS float8), 4490)))"""

_NAMED = "json_build_object('id', {row}.id, 'name_zh', {row}.name_zh, 'name_en', {row}.name_en)"


def _named(row: str) -> str:
    return _NAMED.replace("{row}", row)


def _in_box(row: str) -> str:
    return _BOX.replace("{row}", row)


_DOCUMENT = """json_build_object('id', d.id, 'title_zh', d.title_zh, 'title_en', d.title_en,
                                         'short_title_zh', d.short_title_zh)"""

# 东疆 and 生态城 are development zones of one park: table 2 of the plan of Binhai lists them as parks.
_PARK = f"""
park AS (
    SELECT z.* FROM yuantu.zone AS z
     WHERE (z.kind = 'park' OR z.id IN ('dongjiang', 'ecocity')) AND {_in_box("z")}
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
           'official', json_build_object('count', count(k.official_area_ha),
                                         'area_ha', coalesce(sum(k.official_area_ha), 0)),
           'without_industry', count(*) FILTER (WHERE NOT EXISTS (SELECT FROM named_in AS n WHERE n.zone_id = k.id)),
           'zones', coalesce(json_agg({_named("k")} ORDER BY k.sort), '[]'))
  FROM park AS k"""

_RANKED = "coalesce(json_agg(n.zone_id ORDER BY n.sort) FILTER (WHERE n.rank = {rank}), '[]')"

_SECTORS = f"""
SELECT coalesce(json_agg(json_build_object(
           'sector', {_named("s")}, 'parks', counted.parks, 'area_ha', counted.area_ha,
           'leading', counted.leading, 'supporting', counted.supporting, 'service', counted.service,
           'documents', (SELECT json_agg({_DOCUMENT} ORDER BY d.sort) FROM yuantu.document AS d
                          WHERE d.id IN (SELECT zi.document_id FROM yuantu.zone_industry AS zi
                                           JOIN yuantu.industry AS i ON i.id = zi.industry_id
                                           JOIN park AS k ON k.id = zi.zone_id
                                          WHERE i.path[1] = s.id)))
           ORDER BY counted.parks DESC, s.sort), '[]')
  FROM (SELECT n.sector_id, count(*) AS parks, round(sum(n.area_ha)::numeric, 1) AS area_ha,
               {_RANKED.replace("{rank}", "1")} AS leading,
               {_RANKED.replace("{rank}", "2")} AS supporting,
               {_RANKED.replace("{rank}", "3")} AS service
          FROM named_in AS n GROUP BY n.sector_id) AS counted
  JOIN yuantu.industry AS s ON s.id = counted.sector_id"""

_LEVELS = """
SELECT coalesce(json_agg(json_build_object(
           'level', counted.level, 'zones', counted.zones, 'area_ha', counted.area_ha,
           'official_zones', counted.official_zones, 'official_area_ha', counted.official_area_ha)
           ORDER BY array_position(CAST('{national,municipal,district,town}' AS text[]), counted.level)), '[]')
  FROM (SELECT k.level, json_agg(k.id ORDER BY k.sort) AS zones, round(sum(k.area_ha)::numeric, 1) AS area_ha,
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
           'scope', {_named("z")}, 'scope_kind', z.kind,
           'zones', (SELECT coalesce(json_agg(k.id ORDER BY k.sort), '[]')
                       FROM below AS b JOIN yuantu.zone AS k ON k.id = b.zone_id
                      WHERE b.scope_id = z.id AND (k.kind = 'park' OR k.id IN ('dongjiang', 'ecocity'))),
           'document', {_DOCUMENT}, 'kind', printed.kind, 'items', printed.items)
           ORDER BY d.sort, printed.first), '[]')
  FROM (SELECT k.scope_zone_id, k.document_id, k.kind, min(k.sort) AS first,
               json_agg(json_build_object(
                   'id', k.id, 'name_zh', k.name_zh, 'category_zh', k.category_zh, 'unit', k.unit,
                   'base_year', k.base_year,
                   'base', json_build_object('text', k.text_2020, 'value', k.value_2020),
                   'target_2025', json_build_object('text', k.text_2025, 'value', k.value_2025),
                   'locator', k.locator, 'note', k.note) ORDER BY k.sort) AS items
          FROM yuantu.indicator AS k GROUP BY k.scope_zone_id, k.document_id, k.kind) AS printed
  JOIN yuantu.zone AS z ON z.id = printed.scope_zone_id
  JOIN yuantu.document AS d ON d.id = printed.document_id
 WHERE {_in_box("z")}"""

_PROJECTS = f"""
SELECT json_build_object(
           'count', count(*), 'investment_total', coalesce(sum(p.investment_total), 0), 'unit', '亿元',
           'documents', (SELECT coalesce(json_agg({_DOCUMENT} ORDER BY d.sort), '[]') FROM yuantu.document AS d
                          WHERE d.id IN (SELECT document_id FROM listed)),
           'items', coalesce(json_agg(json_build_object(
                   'id', p.id, 'name_zh', p.name_zh, 'sector', p.sector_id, 'year', p.year_start,
                   'investment_total', p.investment_total, 'locator', p.locator) ORDER BY p.sort), '[]'),
           'cells', (SELECT coalesce(json_agg(json_build_object(
                           'sector', CASE WHEN s.id IS NOT NULL THEN {_named("s")} END, 'year', c.year,
                           'count', c.count, 'investment_total', c.investment_total, 'projects', c.projects)
                           ORDER BY s.sort, c.year), '[]')
                       FROM (SELECT l.sector_id, l.year_start AS year, count(*) AS count,
                                    sum(l.investment_total) AS investment_total,
                                    json_agg(l.id ORDER BY l.sort) AS projects
                               FROM listed AS l GROUP BY 1, 2) AS c
                       LEFT JOIN yuantu.industry AS s ON s.id = c.sector_id))
  FROM listed AS p"""

_LISTED = f"""
listed AS (
    SELECT p.*, i.path[1] AS sector_id
      FROM yuantu.project AS p
      JOIN yuantu.project_feature AS f ON f.id = p.id
      LEFT JOIN yuantu.industry AS i ON i.id = p.industry_id
     WHERE {_in_box("f")}
)"""
"""Projects stand at a point of their district or park; a project belongs to the year in which it starts."""

STATISTICS = f"""
WITH {_PARK}, {_NAMED_IN}, {_BELOW}, {_LISTED}
SELECT json_build_object('parks', ({_TOTALS}), 'sectors', ({_SECTORS}), 'levels', ({_LEVELS}),
                         'indicators', ({_INDICATORS}), 'projects', ({_PROJECTS}))::text
"""
"""``:west``, ``:south``, ``:east``, ``:north`` of the extent, degrees; all null for everything."""
