"""SQL: statements whose one value is the JSON text of an answer."""

EVIDENCE = """json_build_object('document', d.id, 'title_zh', d.title_zh, 'short_title_zh', d.short_title_zh,
       'locator', {row}.locator{note})"""
"""A source line; ``{row}`` is the row that states something, ``d`` its document."""


def _evidence(row: str, *, note: bool = True) -> str:
    return EVIDENCE.format(row=row, note=f", 'note', {row}.note" if note else "")


def _list(select: str) -> str:
    """Return SQL for a JSON array of the rows of a SELECT of one column ``item`` with an order ``n``."""
    return f"(SELECT coalesce(json_agg(item ORDER BY n), '[]') FROM ({select}) AS listed)"


def _named(alias: str, *, kind: bool = True) -> str:
    kind_member = f", 'kind', {alias}.kind" if kind else ""
    return f"json_build_object('id', {alias}.id, 'name_zh', {alias}.name_zh, 'name_en', {alias}.name_en{kind_member})"


def _area(hectares: str, *more: str) -> str:
    """Return SQL for an area in 公顷, 亩 (1/15 公顷) and km²."""
    members = [
        f"'ha', round({hectares}::numeric, 1)",
        f"'mu', round({hectares}::numeric * 15)",
        f"'km2', round({hectares}::numeric / 100, 2)",
        *more,
    ]
    return f"CASE WHEN {hectares} IS NOT NULL THEN json_build_object({', '.join(members)}) END"


_ZONE_INDUSTRIES = _list(
    f"""
    SELECT zi.sort AS n, json_build_object(
           'id', i.id, 'name_zh', i.name_zh, 'name_en', i.name_en, 'kind', i.kind,
           'sector', {_named("s", kind=False)}, 'rank', zi.rank, 'qualifier', zi.qualifier, 'wording', zi.wording,
           'note', zi.note, 'evidence', {_evidence("zi")}) AS item
      FROM yuantu.zone_industry AS zi
      JOIN yuantu.industry AS i ON i.id = zi.industry_id
      JOIN yuantu.industry AS s ON s.id = i.path[1]
      JOIN yuantu.document AS d ON d.id = zi.document_id
     WHERE zi.zone_id = z.id"""
)

_ZONE_PLANS = _list(
    f"""
    SELECT p.sort * 10000 + e.sort AS n, json_build_object(
           'plan', {_named("p", kind=False)}, 'element', {_named("e")},
           'positioning_zh', e.positioning_zh, 'positioning_en', e.positioning_en, 'evidence', {_evidence("e")}) AS item
      FROM yuantu.plan_element_zone AS m
      JOIN yuantu.plan_element AS e ON e.id = m.element_id
      JOIN yuantu.plan AS p ON p.id = e.plan_id
      JOIN yuantu.document AS d ON d.id = e.document_id
     WHERE m.zone_id = z.id AND m.role = 'member'"""
)

_ZONE_CLUSTERS = _list(
    """
    SELECT c.sort * 10000 + q.sort AS n, json_build_object(
           'id', c.id, 'name_zh', c.name_zh, 'name_en', c.name_en, 'role', q.role, 'place_zh', q.place_zh,
           'evidence', json_build_object('document', d.id, 'title_zh', d.title_zh, 'short_title_zh', d.short_title_zh,
                                         'locator', q.locator, 'note', q.note)) AS item
      FROM (SELECT cluster_id, role, name_zh AS place_zh, document_id, locator, note, sort
              FROM yuantu.cluster_place WHERE zone_id = z.id
            UNION ALL
            SELECT r.cluster_id, 'responsible', o.responsible_zh, o.document_id, o.locator, NULL, 9000 + r.sort
              FROM yuantu.cluster_zone AS r JOIN yuantu.cluster AS o ON o.id = r.cluster_id
             WHERE r.zone_id = z.id) AS q
      JOIN yuantu.cluster AS c ON c.id = q.cluster_id
      JOIN yuantu.document AS d ON d.id = q.document_id"""
)

_FIRMS = _list(
    f"""
    SELECT w.sort AS n, json_build_object('name_zh', w.name_zh, 'industry', {_named("i", kind=False)},
           'evidence', {_evidence("w")}) AS item
      FROM yuantu.industry_firm AS w
      JOIN yuantu.industry AS i ON i.id = w.industry_id
      JOIN yuantu.document AS d ON d.id = w.document_id
     WHERE w.zone_id = z.id"""
)


def _zones(join: str, where: str, order: str = "o.sort") -> str:
    return _list(f"SELECT {order} AS n, {_named('o')} AS item FROM yuantu.zone AS o {join} WHERE {where}")


_OF_ELEMENT = "JOIN yuantu.plan_element_zone AS m ON m.zone_id = o.id"


def _indicator_items(where: str) -> str:
    return _list(
        f"""
    SELECT k.sort AS n, json_build_object(
           'id', k.id, 'scope', {_named("sz")}, 'kind', k.kind, 'category_zh', k.category_zh, 'name_zh', k.name_zh,
           'unit', k.unit, 'base_year', k.base_year,
           'base', json_build_object('text', k.text_2020, 'value', k.value_2020),
           'target_2025', json_build_object('text', k.text_2025, 'value', k.value_2025),
           'industry', CASE WHEN ki.id IS NOT NULL THEN {_named("ki")} END, 'evidence', {_evidence("k")}) AS item
      FROM yuantu.indicator AS k
      JOIN yuantu.zone AS sz ON sz.id = k.scope_zone_id
      JOIN yuantu.document AS d ON d.id = k.document_id
      LEFT JOIN yuantu.industry AS ki ON ki.id = k.industry_id
     WHERE {where}"""
    )


_OFFICIAL_AREA = _area("z.official_area_ha", "'year', z.official_area_year", "'source', z.official_area_source")


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
       'kind', z.kind, 'level', z.level, 'aliases', z.aliases,
       'positioning_zh', z.positioning_zh, 'positioning_en', z.positioning_en,
       'parent', CASE WHEN up.id IS NOT NULL THEN {_named("up")} END,
       'children', {_zones("", "o.parent_id = z.id AND o.kind <> 'theme_park'")},
       'area', json_build_object(
            'computed', {_area("z.area_ha")},
            'official', {_OFFICIAL_AREA}),
       'geometry', CASE WHEN z.geom IS NOT NULL THEN json_build_object('status', z.geometry_status,
            'accuracy_m', z.accuracy_m, 'method_zh', z.geometry_method_zh, 'method_en', z.geometry_method_en,
            'source_zh', z.geometry_source_zh, 'source_en', z.geometry_source_en) END,
       'bbox', CASE WHEN z.geom IS NOT NULL THEN json_build_array(ST_XMin(z.geom), ST_YMin(z.geom),
            ST_XMax(z.geom), ST_YMax(z.geom)) END,
       'industries', {_ZONE_INDUSTRIES},
       'plans', {_ZONE_PLANS},
       'clusters', {_ZONE_CLUSTERS},
       'firms', {_FIRMS},
       'theme_parks', {_zones("JOIN yuantu.zone_host AS h ON h.zone_id = o.id", "h.host_id = z.id")},
       'hosts', {_zones("JOIN yuantu.zone_host AS h ON h.host_id = o.id", "h.zone_id = z.id")},
       'projects', (SELECT json_build_object('count', count(*), 'investment_total', sum(investment_total))
                      FROM yuantu.project WHERE zone_id = z.id),
       'indicators', {_indicator_items("k.scope_zone_id = z.id")},
       'evidence', {_evidence("z", note=False)}, 'note_zh', z.note_zh, 'note_en', z.note_en)::text
  FROM yuantu.zone AS z
  JOIN yuantu.document AS d ON d.id = z.document_id
  LEFT JOIN yuantu.zone AS up ON up.id = z.parent_id
 WHERE z.id = {identifier}
"""


ZONE = zone_record(":id")

ZONES = f"""
SELECT json_build_object('zones', {
    _list(f'''
    SELECT z.sort AS n, json_build_object(
           'id', z.id, 'name_zh', z.name_zh, 'name_en', z.name_en, 'short_name_zh', z.short_name_zh, 'kind', z.kind,
           'level', z.level, 'parent', z.parent_id, 'aliases', z.aliases, 'sectors_zh', f.sectors_zh,
           'industries_zh', f.industries_zh, 'area', {_area("z.area_ha")}, 'geometry_status', z.geometry_status) AS item
      FROM yuantu.zone AS z JOIN yuantu.zone_fact AS f ON f.id = z.id
     WHERE (CAST(:kind AS text) IS NULL OR z.kind = :kind)
       AND (CAST(:level AS text) IS NULL OR z.level = :level)
       AND (CAST(:industries AS text[]) IS NULL OR f.industry_path && CAST(:industries AS text[]))''')
})::text
"""

_ELEMENT_EVIDENCE = _evidence("e").replace("d.", "ed.")

_PLAN_ELEMENTS = _list(
    f"""
    SELECT e.sort AS n, json_build_object(
           'id', e.id, 'parent', e.parent_id, 'kind', e.kind, 'name_zh', e.name_zh, 'name_en', e.name_en,
           'positioning_zh', e.positioning_zh, 'positioning_en', e.positioning_en,
           'members', {_zones(_OF_ELEMENT, "m.element_id = e.id AND m.role = 'member'", "m.sort")},
           'drawn_through', {_zones(_OF_ELEMENT, "m.element_id = e.id AND m.role = 'via'", "m.sort")},
           'geometry_status', e.geometry_status,
           'geometry_method_zh', e.geometry_method_zh, 'geometry_method_en', e.geometry_method_en,
           'geometry_source_zh', e.geometry_source_zh, 'geometry_source_en', e.geometry_source_en,
           'evidence', {_ELEMENT_EVIDENCE}) AS item
      FROM yuantu.plan_element AS e
      JOIN yuantu.document AS ed ON ed.id = e.document_id
     WHERE e.plan_id = p.id"""
)

_PLANS = _list(
    f"""
    SELECT p.sort AS n, json_build_object(
           'id', p.id, 'name_zh', p.name_zh, 'name_en', p.name_en, 'scope', {_named("sz")},
           'refines', p.parent_element_id, 'positioning_zh', p.positioning_zh, 'positioning_en', p.positioning_en,
           'layer', '/layers/' || p.id || '.geojson', 'evidence', {_evidence("p")},
           'elements', {_PLAN_ELEMENTS}) AS item
      FROM yuantu.plan AS p
      JOIN yuantu.document AS d ON d.id = p.document_id
      JOIN yuantu.zone AS sz ON sz.id = p.scope_zone_id"""
)

PLANS = f"SELECT json_build_object('plans', {_PLANS})::text"

_CLUSTER_PLACES = _list(
    """
    SELECT w.sort AS n, json_build_object('role', w.role, 'name_zh', w.name_zh, 'zone', w.zone_id,
           'locator', w.locator, 'note', w.note) AS item
      FROM yuantu.cluster_place AS w WHERE w.cluster_id = c.id"""
)

_RESPONSIBLE = _zones("JOIN yuantu.cluster_zone AS r ON r.zone_id = o.id", "r.cluster_id = c.id", "r.sort")

_CLUSTERS = _list(
    f"""
    SELECT c.sort AS n, json_build_object(
           'id', c.id, 'name_zh', c.name_zh, 'name_en', c.name_en, 'industry', {_named("i")}, 'hub_zh', c.hub_zh,
           'summary_zh', c.summary_zh, 'summary_en', c.summary_en, 'responsible_zh', c.responsible_zh,
           'responsible', {_RESPONSIBLE},
           'places', {_CLUSTER_PLACES}, 'evidence', {_evidence("c")}) AS item
      FROM yuantu.cluster AS c
      JOIN yuantu.industry AS i ON i.id = c.industry_id
      JOIN yuantu.document AS d ON d.id = c.document_id"""
)

CLUSTERS = f"SELECT json_build_object('clusters', {_CLUSTERS})::text"

DOCUMENTS = f"""
SELECT json_build_object('documents', {
    _list('''
    SELECT d.sort AS n, json_build_object(
           'id', d.id, 'title_zh', d.title_zh, 'title_en', d.title_en, 'short_title_zh', d.short_title_zh,
           'issuer_zh', d.issuer_zh, 'issued_on', d.issued_on, 'kind', d.kind, 'period', d.period,
           'note_zh', d.note_zh, 'note_en', d.note_en) AS item
      FROM yuantu.document AS d''')
})::text
"""

INDICATORS = f"""
SELECT json_build_object('indicators', {
    _indicator_items('''
           (CAST(:scope AS text) IS NULL OR k.scope_zone_id = :scope)
       AND (CAST(:kind AS text) IS NULL OR k.kind = :kind)
       AND (CAST(:document AS text) IS NULL OR k.document_id = :document)''')
})::text
"""

PROJECTS = f"""
SELECT json_build_object('projects', {
    _list(f'''
    SELECT p.sort AS n, json_build_object(
           'id', p.id, 'seq', p.seq, 'name_zh', p.name_zh, 'category_zh', p.category_zh, 'section_zh', p.section_zh,
           'industry', CASE WHEN i.id IS NOT NULL THEN {_named("i")} END,
           'investment_total', p.investment_total, 'investment_period', p.investment_period, 'unit', '亿元',
           'year_start', p.year_start, 'year_end', p.year_end, 'funding_zh', p.funding_zh, 'owner_zh', p.owner_zh,
           'zone', {_named("z")}, 'zone_basis_zh', p.zone_basis_zh,
           'zone_basis_en', p.zone_basis_en, 'summary_zh', p.summary_zh,
           'evidence', {_evidence("p")}) AS item
      FROM yuantu.project AS p
      JOIN yuantu.zone AS z ON z.id = p.zone_id
      JOIN yuantu.document AS d ON d.id = p.document_id
      LEFT JOIN yuantu.industry AS i ON i.id = p.industry_id''')
})::text
"""

DATA_VERSION = "SELECT content_hash FROM yuantu.revision ORDER BY id DESC LIMIT 1"
