"""SQL of the taxonomy: what words lead to, and the nodes of its tree."""

RESOLVE = """
SELECT l.industry_id AS id, max(l.weight) AS weight,
       (array_agg(l.kind ORDER BY l.kind = 'id' DESC, l.weight DESC, l.id))[1] AS kind
  FROM yuantu.industry_label AS l
  JOIN yuantu.industry AS i ON i.id = l.industry_id
 WHERE l.normal = :normal AND (l.kind <> 'id' OR l.label = :words)
 GROUP BY l.industry_id
 ORDER BY bool_or(l.kind = 'id') DESC, max(l.weight) DESC, min(i.sort)
"""
"""``:normal`` the words in the form they are compared in, ``:words`` as written: an id is written exactly."""

LABELS = """
SELECT normal, label, industry_id, kind, weight FROM yuantu.industry_label
 WHERE kind NOT IN ('id', 'parent') ORDER BY normal, weight DESC, id
"""

_EVIDENCE = """json_build_object('document', d.id, 'title_zh', d.title_zh, 'short_title_zh', d.short_title_zh,
                                 'locator', {row}.locator)"""

_TERMS = """
SELECT t.industry_id, json_agg(json_build_object('term', t.label, 'weight', t.weight, 'basis', t.basis,
           'evidence', CASE WHEN d.id IS NOT NULL THEN {evidence} END) ORDER BY t.weight DESC, t.id) AS said
  FROM yuantu.industry_label AS t LEFT JOIN yuantu.document AS d ON d.id = t.document_id
 WHERE t.kind = 'term' GROUP BY t.industry_id""".replace("{evidence}", _EVIDENCE.replace("{row}", "t"))

_CODES = """
SELECT m.industry_id, json_agg(json_build_object('code', g.id, 'level', g.level, 'title_zh', g.title_zh,
           'weight', m.weight, 'basis', m.basis) ORDER BY m.weight DESC, g.sort) AS said
  FROM yuantu.industry_gbt AS m JOIN yuantu.gbt_code AS g ON g.id = m.gbt_id GROUP BY m.industry_id"""

_NEIGHBOURS = """
SELECT v.{here}_id AS industry_id, json_agg(json_build_object(
           'id', o.id, 'name_zh', o.name_zh, 'name_en', o.name_en, 'chain', v.chain_id,
           'relation', v.relation, 'wording', v.wording, 'note_zh', v.note_zh, 'note_en', v.note_en,
           'evidence', {evidence}) ORDER BY v.sort) AS said
  FROM yuantu.value_chain_link AS v
  JOIN yuantu.industry AS o ON o.id = v.{there}_id
  JOIN yuantu.document AS d ON d.id = v.document_id
 GROUP BY v.{here}_id""".replace("{evidence}", _EVIDENCE.replace("{row}", "v"))

_UPSTREAM = _NEIGHBOURS.replace("{here}", "downstream").replace("{there}", "upstream")
_DOWNSTREAM = _NEIGHBOURS.replace("{here}", "upstream").replace("{there}", "downstream")

_PARKS = """
SELECT named.industry_id, count(*) AS parks, round(coalesce(sum(z.area_ha), 0)::numeric, 1) AS area_ha
  FROM (SELECT DISTINCT zi.zone_id, step AS industry_id
          FROM yuantu.zone_industry AS zi
          JOIN yuantu.industry AS o ON o.id = zi.industry_id
          CROSS JOIN LATERAL unnest(o.path) AS step) AS named
  JOIN yuantu.zone AS z ON z.id = named.zone_id
 WHERE z.is_park
 GROUP BY named.industry_id"""

INDUSTRIES = (
    """
SELECT coalesce(json_agg(json_build_object(
           'id', i.id, 'parent', i.parent_id, 'kind', i.kind, 'tier', i.tier, 'name_zh', i.name_zh,
           'name_en', i.name_en, 'aliases', i.aliases, 'note_zh', i.note_zh, 'note_en', i.note_en,
           'parks', coalesce(c.parks, 0), 'area_ha', coalesce(c.area_ha, 0),
           'terms', coalesce(terms.said, '[]'), 'gbt', coalesce(codes.said, '[]'),
           'upstream', coalesce(upstream.said, '[]'), 'downstream', coalesce(downstream.said, '[]'),
           'evidence', {evidence}) ORDER BY i.sort), '[]')::text
  FROM yuantu.industry AS i
  JOIN yuantu.document AS d ON d.id = i.document_id
""".replace("{evidence}", _EVIDENCE.replace("{row}", "i"))
    + "".join(
        f"  LEFT JOIN ({statement}) AS {name} ON {name}.industry_id = i.id\n"
        for name, statement in (
            ("c", _PARKS),
            ("terms", _TERMS),
            ("codes", _CODES),
            ("upstream", _UPSTREAM),
            ("downstream", _DOWNSTREAM),
        )
    )
)
