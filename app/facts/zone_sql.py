"""SQL of a zone: everything the documents state of it, and what is stated of what it lies in."""

from app.facts.named_sql import DIRECTION, LINK, RULE, contradictions_of, named_at
from app.facts.parts_sql import PERIOD, area, evidence, list_of, named, zones

STATEMENT = f"""json_build_object(
       'id', i.id, 'name_zh', i.name_zh, 'name_en', i.name_en, 'kind', i.kind, 'sector', {named("s")},
       'rank', zi.rank, 'qualifier', zi.qualifier, 'wording', zi.wording,
       'note_zh', zi.note_zh, 'note_en', zi.note_en, 'evidence', {evidence("zi")})"""
"""A statement ``zi`` on an industry ``i`` of the sector ``s``."""


def statements(where: str) -> str:
    """Return SQL for a list of statements on industries, those of the rows ``zi`` that meet a condition."""
    return list_of(
        f"""
    SELECT zi.sort AS n, {STATEMENT} AS item
      FROM yuantu.zone_industry AS zi
      JOIN yuantu.industry AS i ON i.id = zi.industry_id
      JOIN yuantu.industry AS s ON s.id = i.path[1]
      JOIN yuantu.document AS d ON d.id = zi.document_id
     WHERE {where}"""
    )


_INDUSTRIES = statements("zi.zone_id = z.id")

_SURROUNDING = list_of(
    f"""
    SELECT e.sort * 10000 + zi.sort AS n, json_build_object(
           'of', {named("e", kind=True)}, 'plan', {named("p")}, 'statement', {STATEMENT}) AS item
      FROM yuantu.plan_element_zone AS m
      JOIN yuantu.plan_element AS e ON e.id = m.element_id
      JOIN yuantu.plan AS p ON p.id = e.plan_id
      JOIN yuantu.zone_industry AS zi ON zi.element_id = e.id
      JOIN yuantu.industry AS i ON i.id = zi.industry_id
      JOIN yuantu.industry AS s ON s.id = i.path[1]
      JOIN yuantu.document AS d ON d.id = zi.document_id
     WHERE m.zone_id = z.id AND m.role = 'member'"""
)
"""What is said of a plan element as a whole, at each of its members: never the member's own."""

_PLANS = list_of(
    f"""
    SELECT p.sort * 10000 + e.sort AS n, json_build_object(
           'plan', {named("p")}, 'element', {named("e", kind=True)}, 'role', m.role,
           'positioning_zh', e.positioning_zh, 'positioning_en', e.positioning_en, 'evidence', {evidence("e")}) AS item
      FROM yuantu.plan_element_zone AS m
      JOIN yuantu.plan_element AS e ON e.id = m.element_id
      JOIN yuantu.plan AS p ON p.id = e.plan_id
      JOIN yuantu.document AS d ON d.id = e.document_id
     WHERE m.zone_id = z.id AND m.role IN ('member', 'core')"""
)

_CLUSTERS = list_of(
    """
    SELECT c.sort * 10000 + q.sort AS n, json_build_object(
           'id', c.id, 'name_zh', c.name_zh, 'name_en', c.name_en, 'role', q.role, 'place_zh', q.place_zh,
           'certainty', q.certainty, 'basis_zh', q.basis_zh, 'basis_en', q.basis_en,
           'evidence', json_build_object('document', d.id, 'title_zh', d.title_zh, 'short_title_zh', d.short_title_zh,
                          'locator', q.locator, 'note_zh', q.note_zh, 'note_en', q.note_en)) AS item
      FROM (SELECT cluster_id, role, name_zh AS place_zh, certainty, basis_zh, basis_en, document_id, locator,
                   note_zh, note_en, sort
              FROM yuantu.cluster_place WHERE zone_id = z.id
            UNION ALL
            SELECT r.cluster_id, 'responsible', o.responsible_zh, 'named', NULL, NULL, o.document_id, o.locator, NULL,
                   NULL, 9000 + r.sort
              FROM yuantu.cluster_zone AS r JOIN yuantu.cluster AS o ON o.id = r.cluster_id
             WHERE r.zone_id = z.id) AS q
      JOIN yuantu.cluster AS c ON c.id = q.cluster_id
      JOIN yuantu.document AS d ON d.id = q.document_id"""
)

_FIRMS = list_of(
    f"""
    SELECT w.sort AS n, json_build_object('name_zh', w.name_zh, 'industry', {named("i")},
           'evidence', {evidence("w")}) AS item
      FROM yuantu.industry_firm AS w
      JOIN yuantu.industry AS i ON i.id = w.industry_id
      JOIN yuantu.document AS d ON d.id = w.document_id
     WHERE w.zone_id = z.id"""
)

_HOSTED = list_of(
    f"""
    SELECT h.sort AS n, json_build_object('id', o.id, 'kind', o.kind, 'name_zh', o.name_zh, 'name_en', o.name_en,
           'role', h.role, 'wording', h.wording, 'evidence', {evidence("h", note=False)}) AS item
      FROM yuantu.zone_host AS h
      JOIN yuantu.zone AS o ON o.id = h.zone_id
      JOIN yuantu.document AS d ON d.id = h.document_id
     WHERE h.host_id = z.id"""
)
_HOSTS = _HOSTED.replace("o.id = h.zone_id", "o.id = h.host_id").replace("WHERE h.host_id", "WHERE h.zone_id")

_LIES_IN = list_of(
    f"""
    SELECT row_number() OVER (ORDER BY l.share DESC) AS n, json_build_object(
           'district', {named("o")}, 'share', round(l.share::numeric, 3)) AS item
      FROM yuantu.zone_lies_in AS l JOIN yuantu.zone AS o ON o.id = l.district_id WHERE l.zone_id = z.id"""
)

_DIRECTIONS = list_of(
    f"""SELECT w.sort AS n, {DIRECTION} AS item FROM yuantu.direction AS w
          JOIN yuantu.document AS d ON d.id = w.document_id WHERE w.zone_id = z.id"""
)
_LINKS = list_of(
    f"""SELECT l.sort AS n, {LINK} AS item FROM yuantu.park_link AS l
          JOIN yuantu.document AS d ON d.id = l.document_id
         WHERE EXISTS (SELECT FROM yuantu.park_link_end AS y WHERE y.link_id = l.id AND y.zone_id = z.id)"""
)
_SCOPED = "EXISTS (SELECT FROM yuantu.rule_scope AS y WHERE y.rule_id = r.id AND y.zone_id = z.id)"
_RULES = list_of(
    f"""SELECT r.sort AS n, {RULE} AS item FROM yuantu.rule AS r
          JOIN yuantu.document AS d ON d.id = r.document_id
         WHERE z.kind NOT IN ('municipality', 'district', 'development_zone') AND {_SCOPED}"""
)
_RULE_COUNT = f"(SELECT count(*) FROM yuantu.rule AS r WHERE {_SCOPED})"
"""A city, a district or a development zone has the rules of a whole document: they are counted; /api/rules has them."""


def indicator_items(where: str) -> str:
    """Return SQL for a list of indicators ``k`` of the scope ``sz``, from the document ``d``."""
    return list_of(
        f"""
    SELECT k.sort AS n, json_build_object(
           'id', k.id, 'scope', {named("sz", kind=True)}, 'kind', k.kind, 'nature', k.nature,
           'category_zh', k.category_zh, 'name_zh', k.name_zh, 'unit', k.unit, 'base_year', k.base_year,
           'base', json_build_object('text', k.base_text, 'value', k.base_value, 'year', k.base_year),
           'target', json_build_object('text', k.target_text, 'value', k.target_value, 'year', k.target_year),
           'industry', CASE WHEN ki.id IS NOT NULL THEN {named("ki", kind=True)} END, 'document', d.id,
           'period', {PERIOD}, 'evidence', {evidence("k")}) AS item
      FROM yuantu.indicator AS k
      JOIN yuantu.zone AS sz ON sz.id = k.scope_zone_id
      JOIN yuantu.document AS d ON d.id = k.document_id
      LEFT JOIN yuantu.industry AS ki ON ki.id = k.industry_id
     WHERE {where}"""
    )


_PROJECTS_AT = """EXISTS (SELECT FROM yuantu.thing_place AS h WHERE h.thing_id = t.id AND h.zone_id = {zone}
                           AND t.certainty = 'named')"""


def projects_of(zone: str, *, table: bool) -> str:
    """Return SQL for the number of projects of a zone, listed there or placed there.

    Parameters
    ----------
    zone
        SQL of the zone's id.
    table
        Whether those of the table of projects are counted, with their investment, or those of running text.
    """
    money = ", 'investment_total', sum(p.investment_total), 'unit', '亿元'" if table else ""
    return f"""(SELECT json_build_object('count', count(*){money})
           FROM yuantu.named_thing AS t LEFT JOIN yuantu.listed_project AS p ON p.thing_id = t.id
          WHERE t.kind = 'project' AND (p.thing_id IS NOT NULL) = {str(table).lower()}
            AND (t.area_zone_id = {zone} OR {_PROJECTS_AT.replace("{zone}", zone)}))"""


_OFFICIAL_AREA = area("z.official_area_ha", "'year', z.official_area_year", "'source', z.official_area_source")


def zone_record(identifier: str) -> str:
    """Return SQL whose one value is the text of everything the documents state of a zone.

    Parameters
    ----------
    identifier
        SQL of the zone's id: a bound parameter, or a column of the statement around it.
    """
    return f"""
SELECT json_build_object(
       'id', z.id, 'name_zh', z.name_zh, 'name_en', z.name_en, 'short_name_zh', z.short_name_zh,
       'kind', z.kind, 'is_park', z.is_park, 'level', z.level, 'aliases', z.aliases,
       'positioning_zh', z.positioning_zh, 'positioning_en', z.positioning_en,
       'directions', {_DIRECTIONS},
       'parent', CASE WHEN up.id IS NOT NULL THEN {named("up", kind=True)} END,
       'district', CASE WHEN home.id IS NOT NULL THEN {named("home")} END,
       'lies_in', {_LIES_IN},
       'children', {zones("", "o.parent_id = z.id AND o.kind <> 'theme_park'")},
       'area', json_build_object(
            'computed', {area("z.area_ha")},
            'official', {_OFFICIAL_AREA}),
       'geometry', CASE WHEN z.geom IS NOT NULL THEN json_build_object('status', z.geometry_status,
            'extent_basis', z.extent_basis,
            'accuracy_m', CASE WHEN z.extent_basis IN ('document', 'members') THEN z.accuracy_m END,
            'method_zh', z.geometry_method_zh, 'method_en', z.geometry_method_en,
            'source_zh', z.geometry_source_zh, 'source_en', z.geometry_source_en) END,
       'bbox', CASE WHEN z.geom IS NOT NULL THEN json_build_array(ST_XMin(z.geom), ST_YMin(z.geom),
            ST_XMax(z.geom), ST_YMax(z.geom)) END,
       'industries', {_INDUSTRIES},
       'surrounding', {_SURROUNDING},
       'plans', {_PLANS},
       'clusters', {_CLUSTERS},
       'firms', {_FIRMS},
       'theme_parks', {_HOSTED},
       'hosts', {_HOSTS},
       'projects', {projects_of("z.id", table=True)},
       'projects_text', {projects_of("z.id", table=False)},
       'named', {named_at("z.id")},
       'links', {_LINKS},
       'rules', {_RULES}, 'rule_count', {_RULE_COUNT},
       'contradictions', {contradictions_of("z.id")},
       'indicators', {indicator_items("k.scope_zone_id = z.id")},
       'evidence', {evidence("z", note=False)}, 'note_zh', z.note_zh, 'note_en', z.note_en)::text
  FROM yuantu.zone AS z
  JOIN yuantu.document AS d ON d.id = z.document_id
  LEFT JOIN yuantu.zone AS up ON up.id = z.parent_id
  LEFT JOIN yuantu.zone AS home ON home.id = z.district_id
 WHERE z.id = {identifier}
"""


ZONE = zone_record(":id")
