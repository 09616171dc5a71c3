"""SQL: statements whose one value is the JSON text of an answer."""

from app.facts.named_sql import AT_ZONE, OF_INDUSTRY, THING
from app.facts.parts_sql import PERIOD, area, evidence, list_of, named, zones
from app.facts.zone_sql import indicator_items, statements

ZONES = f"""
SELECT json_build_object('zones', {
    list_of(f'''
    SELECT z.sort AS n, json_build_object(
           'id', z.id, 'name_zh', z.name_zh, 'name_en', z.name_en, 'short_name_zh', z.short_name_zh, 'kind', z.kind,
           'is_park', z.is_park, 'level', z.level, 'parent', z.parent_id, 'district', z.district_id,
           'lies_in', (SELECT coalesce(json_agg(l.district_id ORDER BY l.share DESC), '[]')
                         FROM yuantu.zone_lies_in AS l WHERE l.zone_id = z.id),
           'aliases', z.aliases, 'sectors_zh', f.sectors_zh, 'industries_zh', f.industries_zh,
           'area', {area("z.area_ha")}, 'geometry_status', z.geometry_status, 'extent_basis', z.extent_basis) AS item
      FROM yuantu.zone AS z JOIN yuantu.zone_fact AS f ON f.id = z.id
     WHERE (CAST(:kind AS text) IS NULL OR z.kind = :kind)
       AND (CAST(:level AS text) IS NULL OR z.level = :level)
       AND (CAST(:district AS text) IS NULL OR z.district_id = :district)
       AND (CAST(:lies_in AS text) IS NULL OR EXISTS (SELECT FROM yuantu.zone_lies_in AS l
                                                       WHERE l.zone_id = z.id AND l.district_id = :lies_in))
       AND (CAST(:industries AS text[]) IS NULL OR f.industry_path && CAST(:industries AS text[]))''')
})::text
"""

_OF_ELEMENT = "JOIN yuantu.plan_element_zone AS m ON m.zone_id = o.id"


def zones_of_element(role: str) -> str:
    """Return SQL for the zones that have a role in a plan element ``e``."""
    return zones(_OF_ELEMENT, f"m.element_id = e.id AND m.role = '{role}'", "m.sort")


ELEMENT_INDUSTRIES = statements("zi.element_id = e.id")

_ELEMENT_EVIDENCE = evidence("e").replace("d.", "ed.")

_PLAN_ELEMENTS = list_of(
    f"""
    SELECT e.sort AS n, json_build_object(
           'id', e.id, 'parent', e.parent_id, 'kind', e.kind, 'name_zh', e.name_zh, 'name_en', e.name_en,
           'positioning_zh', e.positioning_zh, 'positioning_en', e.positioning_en,
           'members', {zones_of_element("member")}, 'core', {zones_of_element("core")},
           'drawn_through', {zones_of_element("via")}, 'industries', {ELEMENT_INDUSTRIES},
           'geometry_status', e.geometry_status, 'extent_basis', e.extent_basis,
           'geometry_method_zh', e.geometry_method_zh, 'geometry_method_en', e.geometry_method_en,
           'geometry_source_zh', e.geometry_source_zh, 'geometry_source_en', e.geometry_source_en,
           'note_zh', e.note_zh, 'note_en', e.note_en, 'evidence', {_ELEMENT_EVIDENCE}) AS item
      FROM yuantu.plan_element AS e
      JOIN yuantu.document AS ed ON ed.id = e.document_id
     WHERE e.plan_id = p.id"""
)

_PLANS = list_of(
    f"""
    SELECT p.sort AS n, json_build_object(
           'id', p.id, 'name_zh', p.name_zh, 'name_en', p.name_en, 'scope', {named("sz", kind=True)},
           'refines', p.parent_element_id, 'positioning_zh', p.positioning_zh, 'positioning_en', p.positioning_en,
           'layer', '/layers/' || p.id || '.geojson', 'period', {PERIOD}, 'evidence', {evidence("p")},
           'elements', {_PLAN_ELEMENTS}) AS item
      FROM yuantu.plan AS p
      JOIN yuantu.document AS d ON d.id = p.document_id
      JOIN yuantu.zone AS sz ON sz.id = p.scope_zone_id"""
)

PLANS = f"SELECT json_build_object('plans', {_PLANS})::text"

_CLUSTER_PLACES = list_of(
    """
    SELECT w.sort AS n, json_build_object('role', w.role, 'name_zh', w.name_zh, 'zone', w.zone_id,
           'certainty', w.certainty, 'basis_zh', w.basis_zh, 'basis_en', w.basis_en, 'document', w.document_id,
           'locator', w.locator,
           'note_zh', w.note_zh, 'note_en', w.note_en) AS item
      FROM yuantu.cluster_place AS w WHERE w.cluster_id = c.id"""
)

_RESPONSIBLE = zones("JOIN yuantu.cluster_zone AS r ON r.zone_id = o.id", "r.cluster_id = c.id", "r.sort")

_CLUSTERS = list_of(
    f"""
    SELECT c.sort AS n, json_build_object(
           'id', c.id, 'name_zh', c.name_zh, 'name_en', c.name_en, 'industry', {named("i", kind=True)},
           'hub_zh', c.hub_zh, 'summary_zh', c.summary_zh, 'summary_en', c.summary_en,
           'responsible_zh', c.responsible_zh, 'responsible', {_RESPONSIBLE},
           'places', {_CLUSTER_PLACES}, 'evidence', {evidence("c")}) AS item
      FROM yuantu.cluster AS c
      JOIN yuantu.industry AS i ON i.id = c.industry_id
      JOIN yuantu.document AS d ON d.id = c.document_id"""
)

CLUSTERS = f"SELECT json_build_object('clusters', {_CLUSTERS})::text"

DOCUMENTS = f"""
SELECT json_build_object('documents', {
    list_of(f'''
    SELECT d.sort AS n, json_build_object(
           'id', d.id, 'title_zh', d.title_zh, 'title_en', d.title_en, 'short_title_zh', d.short_title_zh,
           'issuer_zh', d.issuer_zh, 'issued_on', d.issued_on, 'kind', d.kind, 'period', d.period,
           'planned', {PERIOD}, 'expired', ({PERIOD})->'expired',
           'note_zh', d.note_zh, 'note_en', d.note_en) AS item
      FROM yuantu.document AS d''')
})::text
"""

INDICATORS = f"""
SELECT json_build_object('indicators', {
    indicator_items('''
           (CAST(:scope AS text) IS NULL OR k.scope_zone_id = :scope)
       AND (CAST(:kind AS text) IS NULL OR k.kind = :kind)
       AND (CAST(:year AS int) IS NULL OR :year IN (k.base_year, k.target_year))
       AND (CAST(:industries AS text[]) IS NULL OR ki.path && CAST(:industries AS text[]))
       AND (CAST(:document AS text) IS NULL OR k.document_id = :document)''')
})::text
"""

PROJECTS = f"""
SELECT json_build_object('projects', {
    list_of(f'''
    SELECT t.sort AS n, CAST(CAST({THING} AS jsonb) || jsonb_build_object(
           'in_table', p.thing_id IS NOT NULL, 'seq', p.seq, 'category_zh', p.category_zh, 'section_zh', p.section_zh,
           'industry', CASE WHEN i.id IS NOT NULL THEN {named("i", kind=True)} END,
           'investment_total', p.investment_total, 'investment_period', p.investment_period,
           'unit', CASE WHEN p.thing_id IS NOT NULL THEN '亿元' END, 'funding_zh', p.funding_zh) AS json) AS item
      FROM yuantu.named_thing AS t
      JOIN yuantu.document AS d ON d.id = t.document_id
      LEFT JOIN yuantu.zone AS a ON a.id = t.area_zone_id
      LEFT JOIN yuantu.listed_project AS p ON p.thing_id = t.id
      LEFT JOIN yuantu.industry AS i ON i.id = p.industry_id
     WHERE t.kind = 'project'
       AND (CAST(:document AS text) IS NULL OR t.document_id = :document)
       AND (CAST(:year AS int) IS NULL OR (t.year_start <= :year AND coalesce(t.year_end, t.year_start) >= :year))
       AND {AT_ZONE} AND {OF_INDUSTRY}''')
})::text
"""
