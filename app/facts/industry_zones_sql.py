"""SQL of the zones of an industry: who names it there, which plan elements they belong to, how large they are."""

from app.facts.parts_sql import list_of, named

_EVIDENCE = """json_build_object('document', d.id, 'title_zh', d.title_zh, 'short_title_zh', d.short_title_zh,
                                         'locator', zi.locator)"""

BELONGS = """
belongs AS (
    SELECT m.element_id, m.zone_id, CAST(NULL AS text) AS through_id
      FROM yuantu.plan_element_zone AS m
     WHERE m.role = 'member'
    UNION ALL
    SELECT m.element_id, part.id, m.zone_id
      FROM yuantu.plan_element_zone AS m
      JOIN yuantu.zone AS part ON part.parent_id = m.zone_id AND part.kind <> 'theme_park'
      JOIN yuantu.zone AS whole ON whole.id = m.zone_id AND whole.kind = 'development_zone'
      JOIN yuantu.plan_element AS e ON e.id = m.element_id
     WHERE m.role = 'member'
       AND NOT EXISTS (SELECT FROM yuantu.plan_element_zone AS other
                         JOIN yuantu.plan_element AS sibling ON sibling.id = other.element_id
                        WHERE other.role = 'member' AND other.zone_id = part.id AND sibling.plan_id = e.plan_id
                          AND sibling.parent_id IS NOT DISTINCT FROM e.parent_id)
)"""
"""Zones of plan elements: members, and the parks of a development zone that is one, unless a sibling names them."""

_STATEMENTS = (
    """
       (SELECT json_agg(json_build_object(
                   'industry', {industry}, 'rank', zi.rank, 'qualifier', zi.qualifier, 'wording', zi.wording,
                   'note_zh', zi.note_zh, 'note_en', zi.note_en, 'evidence', {evidence})
               ORDER BY array_position(CAST('{leading,supporting,service}' AS text[]), zi.rank), zi.sort)
          FROM yuantu.zone_industry AS zi
          JOIN yuantu.industry AS i ON i.id = zi.industry_id
          JOIN yuantu.document AS d ON d.id = zi.document_id
         WHERE zi.zone_id = z.id AND CAST(:industry AS text) = ANY (i.path))""".replace("{evidence}", _EVIDENCE)
).replace("{industry}", named("i"))

_PLANS = """
       (SELECT coalesce(json_agg(json_build_object(
                   'plan', {plan}, 'element', {element}, 'through', CASE WHEN t.id IS NOT NULL THEN {through} END)
               ORDER BY p.sort, e.sort), '[]')
          FROM belongs AS b
          JOIN yuantu.plan_element AS e ON e.id = b.element_id
          JOIN yuantu.plan AS p ON p.id = e.plan_id
          LEFT JOIN yuantu.zone AS t ON t.id = b.through_id
         WHERE b.zone_id = z.id)""".replace("{plan}", named("p"))
_PLANS = _PLANS.replace("{element}", named("e")).replace("{through}", named("t"))

_DISTRICTS = f"""
       (SELECT coalesce(json_agg({named("z")} ORDER BY z.sort), '[]')
          FROM yuantu.zone AS z WHERE z.kind = 'district')"""

_ALL_PLANS = f"""
       (SELECT coalesce(json_agg(json_build_object(
                   'id', p.id, 'name_zh', p.name_zh, 'name_en', p.name_en,
                   'elements', (SELECT json_agg({named("e")} ORDER BY e.sort)
                                  FROM yuantu.plan_element AS e WHERE e.plan_id = p.id)) ORDER BY p.sort), '[]')
          FROM yuantu.plan AS p)"""

_ELEMENTS = list_of(
    f"""
    SELECT p.sort * 10000 + e.sort AS n, json_build_object(
           'id', e.id, 'name_zh', e.name_zh, 'name_en', e.name_en, 'kind', e.kind, 'plan', {named("p")},
           'members', (SELECT coalesce(json_agg({named("o")} ORDER BY m.sort), '[]')
                         FROM yuantu.plan_element_zone AS m JOIN yuantu.zone AS o ON o.id = m.zone_id
                        WHERE m.element_id = e.id AND m.role = 'member'),
           'statements', {_STATEMENTS.replace("zi.zone_id = z.id", "zi.element_id = e.id")}) AS item
      FROM yuantu.plan_element AS e JOIN yuantu.plan AS p ON p.id = e.plan_id
     WHERE EXISTS (SELECT FROM yuantu.zone_industry AS zi
                     JOIN yuantu.industry AS i ON i.id = zi.industry_id
                    WHERE zi.element_id = e.id AND CAST(:industry AS text) = ANY (i.path))"""
)
"""What is said of a plan element as a whole: it holds for no member by itself."""

ZONES_OF_INDUSTRY = f"""
WITH {BELONGS}
SELECT json_build_object(
       'industry', (SELECT json_build_object('id', i.id, 'name_zh', i.name_zh, 'name_en', i.name_en, 'kind', i.kind,
                                             'path', i.path)
                      FROM yuantu.industry AS i WHERE i.id = :industry),
       'districts', {_DISTRICTS},
       'plans', {_ALL_PLANS},
       'elements', {_ELEMENTS},
       'zones', coalesce(json_agg(said.item ORDER BY said.sort), '[]'))::text
  FROM (
        SELECT z.sort, json_build_object(
               'id', z.id, 'name_zh', z.name_zh, 'name_en', z.name_en, 'kind', z.kind, 'level', z.level,
               'is_park', z.is_park,
               'district', CASE WHEN district.id IS NOT NULL THEN {named("district")} END,
               'lies_in', (SELECT coalesce(json_agg(l.district_id ORDER BY l.share DESC), '[]')
                             FROM yuantu.zone_lies_in AS l WHERE l.zone_id = z.id),
               'area_ha', round(z.area_ha::numeric, 4), 'geometry_status', z.geometry_status,
               'extent_basis', z.extent_basis,
               'official_area_ha', z.official_area_ha, 'official_area_year', z.official_area_year,
               'official_area_source', z.official_area_source,
               'bbox', CASE WHEN z.geom IS NOT NULL THEN json_build_array(
                       round(ST_XMin(z.geom)::numeric, 6), round(ST_YMin(z.geom)::numeric, 6),
                       round(ST_XMax(z.geom)::numeric, 6), round(ST_YMax(z.geom)::numeric, 6)) END,
               'plans', {_PLANS},
               'statements', {_STATEMENTS}) AS item
          FROM yuantu.zone AS z
          LEFT JOIN yuantu.zone AS district ON district.id = z.district_id
         WHERE EXISTS (SELECT FROM yuantu.zone_industry AS zi
                         JOIN yuantu.industry AS i ON i.id = zi.industry_id
                        WHERE zi.zone_id = z.id AND CAST(:industry AS text) = ANY (i.path))
       ) AS said
"""
