"""SQL of what is around a zone: its neighbours, ways out, projects, the indicators of its area, its plan elements."""

from app.facts.industry_zones_sql import BELONGS
from app.facts.parts_sql import PERIOD, evidence, list_of, named

NEIGHBOURS = 6
"""Most neighbours that are told."""

_LEAST_OVERLAP_HA = 0.05
"""公顷 that two footprints have in common before that is an overlap and not the seam of a shared edge."""

_PEERS = """
    CASE z.kind WHEN 'district' THEN o.kind = 'district'
                WHEN 'functional_area' THEN o.kind = 'functional_area' OR o.is_park
                ELSE CASE WHEN z.kind <> 'development_zone' OR z.is_park THEN o.is_park
                          ELSE o.kind = 'development_zone' END END
    AND o.id <> z.id AND o.id IS DISTINCT FROM z.parent_id AND o.parent_id IS DISTINCT FROM z.id
    AND NOT EXISTS (SELECT FROM yuantu.zone_host AS h
                     WHERE (h.zone_id, h.host_id) IN ((z.id, o.id), (o.id, z.id)))"""
"""What a zone is a neighbour of: zones of its own rank that neither hold it nor lie in it."""

_SHARED = f"""
    SELECT CASE WHEN ha > {_LEAST_OVERLAP_HA} THEN round(ha::numeric, 1) END AS overlap_ha
      FROM (SELECT CASE WHEN z.area_ha IS NOT NULL AND o.area_ha IS NOT NULL AND ST_Intersects(z.geom, o.geom)
                        THEN ST_Area(ST_Intersection(z.geom, o.geom)::geography) / 10000 END AS ha) AS shared"""

_NEIGHBOURS = list_of(
    f"""
    SELECT row_number() OVER (ORDER BY m.boundary_m, m.centroid_m) AS n, json_build_object(
           'zone', {named("o", kind=True)}, 'level', o.level,
           'boundary_m', round(m.boundary_m), 'centroid_m', round(m.centroid_m),
           'azimuth', round(m.azimuth::numeric, 1), 'overlap_ha', s.overlap_ha) AS item
      FROM yuantu.zone AS o
      CROSS JOIN LATERAL (
           SELECT ST_Distance(z.geom::geography, o.geom::geography) AS boundary_m,
                  ST_Distance(ST_Centroid(z.geom)::geography, ST_Centroid(o.geom)::geography) AS centroid_m,
                  degrees(ST_Azimuth(ST_Centroid(z.geom)::geography, ST_Centroid(o.geom)::geography)) AS azimuth) AS m
      CROSS JOIN LATERAL ({_SHARED}) AS s
     WHERE o.geom IS NOT NULL AND z.geom IS NOT NULL AND {_PEERS}
     ORDER BY m.boundary_m, m.centroid_m
     LIMIT {NEIGHBOURS}"""
)

_WAYS = list_of(
    """
    SELECT array_position(CAST('{port_area,airport,rail_station,metro_station}' AS text[]), nearest.kind) AS n,
           json_build_object(
           'id', nearest.id, 'name_zh', nearest.name_zh, 'name_en', nearest.name_en, 'kind', nearest.kind,
           'boundary_m', round(nearest.boundary_m), 'centroid_m', round(nearest.centroid_m),
           'azimuth', round(nearest.azimuth::numeric, 1), 'accuracy_m', nearest.accuracy_m,
           'source_zh', nearest.source_zh, 'source_en', nearest.source_en) AS item
      FROM (SELECT DISTINCT ON (f.kind) f.*, m.*
              FROM yuantu.facility AS f
              CROSS JOIN LATERAL (
                   SELECT ST_Distance(z.geom::geography, f.geom::geography) AS boundary_m,
                          ST_Distance(ST_Centroid(z.geom)::geography, f.geom::geography) AS centroid_m,
                          degrees(ST_Azimuth(ST_Centroid(z.geom)::geography, f.geom::geography)) AS azimuth) AS m
             WHERE z.geom IS NOT NULL
             ORDER BY f.kind, m.boundary_m, m.centroid_m, f.id) AS nearest"""
)

_INSIDE = """
inside AS (
    SELECT asked.id FROM asked
    UNION
    SELECT part.id FROM inside AS i JOIN yuantu.zone AS part ON part.parent_id = i.id
)"""

_HERE = """
here AS MATERIALIZED (
    SELECT f.* FROM yuantu.thing_feature AS f
     WHERE f.kind = 'project'
       AND (f.area_zone_id IN (SELECT id FROM inside)
            OR (f.certainty = 'named' AND EXISTS (SELECT FROM inside AS i WHERE i.id = ANY (f.place_ids))))
)"""
"""Projects that a document places in the zone or in a part of it, or lists under it."""

_ABOVE = """
above AS (
    SELECT asked.id, 0 AS step FROM asked
    UNION ALL
    SELECT up.id, a.step + 1
      FROM above AS a
      JOIN yuantu.zone AS z ON z.id = a.id
      JOIN yuantu.zone AS up ON up.id = coalesce(z.parent_id, (SELECT h.host_id FROM yuantu.zone_host AS h
                                                                WHERE h.zone_id = z.id ORDER BY h.sort LIMIT 1))
), measured AS (
    SELECT a.id, a.step FROM above AS a
     WHERE EXISTS (SELECT FROM yuantu.indicator AS k WHERE k.scope_zone_id = a.id)
     ORDER BY a.step LIMIT 1
)"""
"""The zone and what it lies in, and the first of these that has indicators."""

_PROJECTS = list_of(
    f"""
    SELECT p.sort AS n, json_build_object(
           'id', p.id, 'name_zh', p.name_zh, 'investment_total', p.investment_total, 'year_start', p.year_start,
           'year_end', p.year_end, 'owner_zh', p.owner_zh, 'in_table', p.in_table, 'located', p.located,
           'places_zh', p.places_zh, 'places_en', p.places_en, 'figures', p.figures_zh,
           'evidence', {evidence("p", note=False)}) AS item
      FROM here AS p
      JOIN yuantu.document AS d ON d.id = p.document_id"""
)

_INDICATORS = list_of(
    f"""
    SELECT k.sort AS n, json_build_object(
           'id', k.id, 'kind', k.kind, 'category_zh', k.category_zh, 'name_zh', k.name_zh, 'unit', k.unit,
           'nature', k.nature, 'base_year', k.base_year, 'base', k.base_text, 'target_year', k.target_year,
           'target', k.target_text, 'period', {PERIOD}, 'note_zh', k.note_zh, 'note_en', k.note_en,
           'evidence', {evidence("k", note=False)}) AS item
      FROM yuantu.indicator AS k
      JOIN measured AS m ON m.id = k.scope_zone_id AND (k.kind <> 'stated' OR m.step = 0)
      JOIN yuantu.document AS d ON d.id = k.document_id"""
)

_PLANS = list_of(
    f"""
    SELECT p.sort * 10000 + e.sort AS n, json_build_object(
           'plan', json_build_object('id', p.id, 'name_zh', p.name_zh, 'name_en', p.name_en),
           'element', {named("e", kind=True)}, 'positioning_zh', e.positioning_zh, 'positioning_en', e.positioning_en,
           'through', CASE WHEN t.id IS NOT NULL THEN {named("t", kind=True)} END,
           'evidence', {evidence("e", note=False)}) AS item
      FROM belongs AS b
      JOIN yuantu.plan_element AS e ON e.id = b.element_id
      JOIN yuantu.plan AS p ON p.id = e.plan_id
      JOIN yuantu.document AS d ON d.id = e.document_id
      LEFT JOIN yuantu.zone AS t ON t.id = b.through_id
     WHERE b.zone_id = z.id"""
)


def surroundings(identifier: str) -> str:
    """Return SQL whose one value is the text of what is around a zone.

    Distances are geodesics on the ellipsoid in metres: ``boundary_m`` from outline to outline (0 where they meet) or to
    the facility, ``centroid_m`` from centre to centre. Azimuths go from centre to centre, degrees from north over east.

    Parameters
    ----------
    identifier
        SQL of the zone's id: a bound parameter, or a column of the statement around it.
    """
    return f"""
WITH RECURSIVE asked AS (SELECT CAST({identifier} AS text) AS id), {_INSIDE}, {_HERE}, {_ABOVE}, {BELONGS}
SELECT json_build_object(
       'zone', {named("z", kind=True)},
       'neighbours', {_NEIGHBOURS},
       'facilities', {_WAYS},
       'plans', {_PLANS},
       'projects', json_build_object(
            'count', (SELECT count(*) FROM here), 'in_table', (SELECT count(*) FROM here WHERE in_table),
            'investment_total', (SELECT sum(investment_total) FROM here),
            'items', {_PROJECTS}),
       'indicators', (SELECT json_build_object('scope', {named("sz", kind=True)}, 'items', {_INDICATORS})
                        FROM measured AS m JOIN yuantu.zone AS sz ON sz.id = m.id))::text
  FROM asked JOIN yuantu.zone AS z ON z.id = asked.id
"""


SURROUNDINGS = surroundings(":id")
