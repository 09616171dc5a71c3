-- What layers and answers read. Statements of a plan element as a whole stay with the element: a zone_fact holds
-- what is said of the zone itself.
CREATE VIEW yuantu.zone_fact AS
SELECT z.id,
       leads.sector_id AS lead_sector_id,
       coalesce(said.sectors_zh, '{}') AS sectors_zh,
       coalesce(said.sectors_en, '{}') AS sectors_en,
       coalesce(said.industries_zh, '{}') AS industries_zh,
       coalesce(said.industries_en, '{}') AS industries_en,
       coalesce(said.supporting_zh, '{}') AS supporting_zh,
       coalesce(said.services_zh, '{}') AS services_zh,
       coalesce(said.industry_path, '{}') AS industry_path,
       coalesce(said.document_ids, '{}') AS document_ids,
       coalesce(cited.sources_zh, '{}') AS sources_zh,
       coalesce(roles.roles_zh, '{}') AS plan_roles_zh,
       coalesce(roles.roles_en, '{}') AS plan_roles_en
  FROM yuantu.zone AS z
  LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT step) AS industry_path,
               array_agg(DISTINCT zi.document_id) AS document_ids
          FROM yuantu.zone_industry AS zi
          JOIN yuantu.industry AS i ON i.id = zi.industry_id
          CROSS JOIN LATERAL unnest(i.path) AS step
         WHERE zi.zone_id = z.id
       ) AS paths ON true
  LEFT JOIN LATERAL (
        SELECT paths.industry_path, paths.document_ids,
               array_agg(named.name_zh ORDER BY named.first) FILTER (WHERE named.kind = 'sector' AND named.rank <> 2) AS sectors_zh,
               array_agg(named.name_en ORDER BY named.first) FILTER (WHERE named.kind = 'sector' AND named.rank <> 2) AS sectors_en,
               array_agg(named.name_zh ORDER BY named.first)
                   FILTER (WHERE named.kind <> 'sector' AND named.rank = 1) AS industries_zh,
               array_agg(named.name_en ORDER BY named.first)
                   FILTER (WHERE named.kind <> 'sector' AND named.rank = 1) AS industries_en,
               array_agg(named.name_zh ORDER BY named.first)
                   FILTER (WHERE named.kind <> 'sector' AND named.rank = 2) AS supporting_zh,
               array_agg(named.name_zh ORDER BY named.first)
                   FILTER (WHERE named.kind <> 'sector' AND named.rank = 3) AS services_zh
          FROM (
                SELECT i.name_zh, i.name_en, i.kind, min(zi.sort) AS first,
                       min(CASE zi.rank WHEN 'leading' THEN 1 WHEN 'supporting' THEN 2 ELSE 3 END) AS rank
                  FROM yuantu.zone_industry AS zi
                  JOIN yuantu.industry AS i ON i.id = zi.industry_id
                 WHERE zi.zone_id = z.id
                 GROUP BY i.id
                UNION ALL
                SELECT s.name_zh, s.name_en, s.kind, min(zi.sort) AS first,
                       CASE WHEN bool_or(zi.rank = 'leading') THEN 1 WHEN bool_or(zi.rank = 'service') THEN 3 ELSE 2 END AS rank
                  FROM yuantu.zone_industry AS zi
                  JOIN yuantu.industry AS i ON i.id = zi.industry_id AND i.kind <> 'sector'
                  JOIN yuantu.industry AS s ON s.id = i.path[1]
                 WHERE zi.zone_id = z.id
                   AND NOT EXISTS (SELECT FROM yuantu.zone_industry AS o
                                    WHERE o.zone_id = z.id AND o.industry_id = s.id)
                 GROUP BY s.id
               ) AS named
       ) AS said ON true
  LEFT JOIN LATERAL (
        SELECT i.path[1] AS sector_id
          FROM yuantu.zone_industry AS zi
          JOIN yuantu.industry AS i ON i.id = zi.industry_id
         WHERE zi.zone_id = z.id AND zi.rank <> 'supporting'
         ORDER BY zi.sort
         LIMIT 1
       ) AS leads ON true
  LEFT JOIN LATERAL (
        SELECT array_agg(c.source_zh ORDER BY c.first) AS sources_zh
          FROM (SELECT d.short_title_zh || ' ' || zi.locator AS source_zh, min(zi.sort) AS first
                  FROM yuantu.zone_industry AS zi
                  JOIN yuantu.document AS d ON d.id = zi.document_id
                 WHERE zi.zone_id = z.id
                 GROUP BY 1) AS c
       ) AS cited ON true
  LEFT JOIN LATERAL (
        SELECT array_agg(p.name_zh || '·' || e.name_zh ORDER BY p.sort, e.sort) AS roles_zh,
               array_agg(p.name_en || ': ' || e.name_en ORDER BY p.sort, e.sort) AS roles_en
          FROM yuantu.plan_element_zone AS m
          JOIN yuantu.plan_element AS e ON e.id = m.element_id
          JOIN yuantu.plan AS p ON p.id = e.plan_id
         WHERE m.zone_id = z.id AND m.role = 'member'
       ) AS roles ON true;

CREATE MATERIALIZED VIEW yuantu.zone_feature AS
SELECT z.id, z.kind, z.level, z.name_zh, z.name_en, coalesce(z.short_name_zh, z.name_zh) AS short_name_zh,
       z.is_park, z.parent_id, up.name_zh AS parent_zh, up.name_en AS parent_en,
       CASE WHEN up.kind = 'development_zone' THEN up.id
            WHEN z.kind = 'development_zone' THEN z.id
            ELSE coalesce(up.id, '') END AS administration,
       z.district_id, home.name_zh AS district_zh, home.name_en AS district_en,
       coalesce(land.ids, '{}') AS lies_in, coalesce(land.names_zh, '{}') AS lies_in_zh,
       coalesce(land.names_en, '{}') AS lies_in_en,
       coalesce(z.positioning_zh, wanted.text_zh) AS positioning_zh,
       coalesce(z.positioning_en, wanted.text_en) AS positioning_en,
       f.lead_sector_id, f.sectors_zh, f.sectors_en, f.industries_zh, f.industries_en, f.supporting_zh,
       f.services_zh, f.industry_path, coalesce(wider.said_zh, '{}') AS surrounding_zh,
       coalesce(wider.said_en, '{}') AS surrounding_en, f.plan_roles_zh, f.plan_roles_en,
       round(z.area_ha::numeric, 1) AS area_ha, round((z.area_ha * 15)::numeric, 0) AS area_mu,
       round((z.area_ha / 100)::numeric, 2) AS area_km2,
       z.official_area_ha, z.official_area_year, z.official_area_source,
       z.geometry_status, z.extent_basis,
       CASE WHEN z.extent_basis IN ('document', 'members') THEN z.accuracy_m END AS accuracy_m,
       z.geometry_method_zh, z.geometry_method_en, z.geometry_source_zh, z.geometry_source_en,
       array_prepend(d.short_title_zh || ' ' || z.locator,
                     array_remove(f.sources_zh, d.short_title_zh || ' ' || z.locator)) AS sources_zh,
       z.note_zh, z.note_en, z.sort + CASE WHEN z.geom IS NULL THEN 1000000 ELSE 0 END AS sort, z.geom, z.geojson
  FROM yuantu.zone AS z
  JOIN yuantu.zone_fact AS f ON f.id = z.id
  JOIN yuantu.document AS d ON d.id = z.document_id
  LEFT JOIN yuantu.zone AS up ON up.id = z.parent_id
  LEFT JOIN yuantu.zone AS home ON home.id = z.district_id
  LEFT JOIN LATERAL (
        SELECT array_agg(o.id ORDER BY l.share DESC) AS ids,
               array_agg(o.name_zh || CASE WHEN l.share < 0.995 THEN '（约' || round(l.share * 100) || '%）' ELSE '' END
                         ORDER BY l.share DESC) AS names_zh,
               array_agg(o.name_en || CASE WHEN l.share < 0.995 THEN ' (about ' || round(l.share * 100) || '%)' ELSE '' END
                         ORDER BY l.share DESC) AS names_en
          FROM yuantu.zone_lies_in AS l JOIN yuantu.zone AS o ON o.id = l.district_id
         WHERE l.zone_id = z.id
       ) AS land ON true
  LEFT JOIN LATERAL (
        SELECT w.text_zh, w.text_en FROM yuantu.direction AS w WHERE w.zone_id = z.id ORDER BY w.sort LIMIT 1
       ) AS wanted ON true
  LEFT JOIN LATERAL (
        SELECT array_agg(e.name_zh || '：' || s.names_zh ORDER BY e.sort) AS said_zh,
               array_agg(e.name_en || ': ' || s.names_en ORDER BY e.sort) AS said_en
          FROM yuantu.plan_element_zone AS m
          JOIN yuantu.plan_element AS e ON e.id = m.element_id
          JOIN LATERAL (
                SELECT string_agg(n.name_zh, '、' ORDER BY n.first) AS names_zh,
                       string_agg(n.name_en, ', ' ORDER BY n.first) AS names_en
                  FROM (SELECT i.name_zh, i.name_en, min(zi.sort) AS first
                          FROM yuantu.zone_industry AS zi JOIN yuantu.industry AS i ON i.id = zi.industry_id
                         WHERE zi.element_id = e.id GROUP BY i.id) AS n
               ) AS s ON s.names_zh IS NOT NULL
         WHERE m.zone_id = z.id AND m.role = 'member'
       ) AS wider ON true;

-- A group only gathers its parts; the parts are drawn.
CREATE MATERIALIZED VIEW yuantu.plan_feature AS
SELECT e.id, e.plan_id, p.name_zh AS plan_zh, p.name_en AS plan_en, e.kind, e.name_zh, e.name_en,
       up.name_zh AS part_of_zh, up.name_en AS part_of_en,
       e.positioning_zh, e.positioning_en,
       coalesce(m.names_zh, '{}') AS members_zh, coalesce(m.names_en, '{}') AS members_en,
       coalesce(own.names_zh, '{}') AS industries_zh, coalesce(own.names_en, '{}') AS industries_en,
       coalesce(said.industry_path, '{}') AS industry_path,
       CASE WHEN e.extent_basis IN ('document', 'members')
            THEN round((ST_Area(e.geom::geography) / 10000)::numeric, 1) END AS area_ha,
       e.geometry_status, e.extent_basis, e.geometry_method_zh, e.geometry_method_en, e.geometry_source_zh,
       e.geometry_source_en, e.note_zh, e.note_en,
       d.short_title_zh || ' ' || e.locator AS source_zh,
       e.sort + CASE WHEN e.geom IS NULL THEN 1000000 ELSE 0 END AS sort, e.geom, e.geojson
  FROM yuantu.plan_element AS e
  JOIN yuantu.plan AS p ON p.id = e.plan_id
  JOIN yuantu.document AS d ON d.id = e.document_id
  LEFT JOIN yuantu.plan_element AS up ON up.id = e.parent_id
  LEFT JOIN LATERAL (
        SELECT array_agg(z.name_zh ORDER BY ez.sort) AS names_zh, array_agg(z.name_en ORDER BY ez.sort) AS names_en
          FROM yuantu.plan_element_zone AS ez
          JOIN yuantu.zone AS z ON z.id = ez.zone_id
         WHERE ez.element_id = e.id AND ez.role = 'member'
       ) AS m ON true
  LEFT JOIN LATERAL (
        SELECT array_agg(n.name_zh ORDER BY n.first) AS names_zh, array_agg(n.name_en ORDER BY n.first) AS names_en
          FROM (SELECT i.name_zh, i.name_en, min(zi.sort) AS first
                  FROM yuantu.zone_industry AS zi JOIN yuantu.industry AS i ON i.id = zi.industry_id
                 WHERE zi.element_id = e.id GROUP BY i.id) AS n
       ) AS own ON true
  LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT step) AS industry_path
          FROM yuantu.zone_industry AS zi
          JOIN yuantu.industry AS i ON i.id = zi.industry_id
          CROSS JOIN LATERAL unnest(i.path) AS step
         WHERE zi.element_id = e.id
            OR zi.zone_id IN (SELECT zone_id FROM yuantu.plan_element_zone
                               WHERE element_id = e.id AND role = 'member')
       ) AS said ON true
 WHERE e.kind <> 'group'
    OR NOT EXISTS (SELECT FROM yuantu.plan_element AS part WHERE part.parent_id = e.id);

-- A track, and beside it each carrier, hub and responsible zone. A place counts for the track's own shape only where
-- this document itself names it; what is placed in no park has no geometry.
CREATE MATERIALIZED VIEW yuantu.cluster_feature AS
WITH place AS (
     SELECT p.cluster_id, p.role, p.name_zh, min(p.certainty) AS certainty, min(p.sort) AS sort,
            string_agg(DISTINCT p.basis_zh, '；') AS basis_zh, string_agg(DISTINCT p.basis_en, '; ') AS basis_en,
            min(p.locator) AS locator, min(p.document_id) AS document_id,
            array_agg(z.name_zh ORDER BY p.sort) FILTER (WHERE z.id IS NOT NULL) AS zones_zh,
            array_agg(z.name_en ORDER BY p.sort) FILTER (WHERE z.id IS NOT NULL) AS zones_en,
            ST_Union(z.geom) FILTER (WHERE z.kind NOT IN ('district', 'municipality')
                                       AND (z.is_park OR z.kind <> 'development_zone')
                                       AND p.certainty IN ('named', 'inferred')) AS geom
       FROM yuantu.cluster_place AS p
       LEFT JOIN yuantu.zone AS z ON z.id = p.zone_id
      WHERE p.role <> 'source'
      GROUP BY p.cluster_id, p.role, p.name_zh
), part AS (
     SELECT c.id, c.id AS track_id, 'track' AS role, c.name_zh, c.name_en, CAST(NULL AS text) AS certainty,
            CAST(NULL AS text) AS basis_zh, CAST(NULL AS text) AS basis_en, CAST('{}' AS text[]) AS zones_zh,
            CAST('{}' AS text[]) AS zones_en, c.document_id, c.locator, 0 AS place, 
            (SELECT ST_Union(p.geom) FROM place AS p WHERE p.cluster_id = c.id AND p.certainty = 'named') AS geom
       FROM yuantu.cluster AS c
     UNION ALL
     SELECT p.cluster_id || '-' || p.role || '-'
            || row_number() OVER (PARTITION BY p.cluster_id, p.role ORDER BY p.sort), p.cluster_id, p.role, p.name_zh,
            p.name_zh, p.certainty, p.basis_zh, p.basis_en, coalesce(p.zones_zh, '{}'), coalesce(p.zones_en, '{}'),
            p.document_id, p.locator, 1000 + p.sort, p.geom
       FROM place AS p
     UNION ALL
     SELECT c.id || '-responsible-' || z.id, c.id, 'responsible', z.name_zh, z.name_en, 'named', NULL, NULL,
            ARRAY[z.name_zh], ARRAY[z.name_en], c.document_id, c.locator, 100 + r.sort,
            CASE WHEN z.kind <> 'district' THEN z.geom END
       FROM yuantu.cluster_zone AS r
       JOIN yuantu.cluster AS c ON c.id = r.cluster_id
       JOIN yuantu.zone AS z ON z.id = r.zone_id
)
SELECT x.id, x.track_id, t.name_zh AS track_zh, t.name_en AS track_en, x.role, x.name_zh, x.name_en,
       t.hub_zh, CASE WHEN x.role = 'track' THEN t.summary_zh END AS summary_zh,
       CASE WHEN x.role = 'track' THEN t.summary_en END AS summary_en, t.responsible_zh, i.path AS industry_path,
       coalesce(named.carriers_zh, '{}') AS carriers_zh, coalesce(named.origins_zh, '{}') AS origins_zh,
       x.zones_zh, x.zones_en, x.certainty, x.basis_zh, x.basis_en,
       CASE WHEN x.geom IS NOT NULL THEN 'derived' END AS geometry_status,
       CASE WHEN x.geom IS NOT NULL THEN 'host' END AS extent_basis,
       CASE WHEN x.geom IS NULL THEN NULL
            WHEN x.role = 'track' THEN '文件写明所在园区的载体，取这些园区的范围；不是赛道自身的边界。'
            WHEN x.role = 'responsible' THEN '段末括注所列单位的范围；括注的含义文件未写明，不是赛道的边界。'
            WHEN x.certainty = 'inferred' THEN '取推断的所在园区的范围；本文件未写明地点。'
            ELSE '取文件写明的所在园区的范围；不是载体自身的边界。' END AS geometry_method_zh,
       CASE WHEN x.geom IS NULL THEN NULL
            WHEN x.role = 'track' THEN 'Footprints of the parks in which this document places carriers; no boundary of the track.'
            WHEN x.role = 'responsible' THEN 'The zone named in the closing bracket, whose meaning the document does not give; no boundary of the track.'
            WHEN x.certainty = 'inferred' THEN 'Footprint of the park it is inferred to lie in; this document gives no place.'
            ELSE 'Footprint of the park the document names; no boundary of the carrier.' END AS geometry_method_en,
       d.short_title_zh || ' ' || x.locator AS source_zh,
       t.sort * 10000 + x.place + CASE WHEN x.geom IS NULL THEN 1000000 ELSE 0 END AS sort,
       ST_Multi(ST_ForcePolygonCCW(x.geom)) AS geom, ST_AsGeoJSON(ST_Multi(ST_ForcePolygonCCW(x.geom)), 6, 0) AS geojson
  FROM part AS x
  JOIN yuantu.cluster AS t ON t.id = x.track_id
  JOIN yuantu.industry AS i ON i.id = t.industry_id
  JOIN yuantu.document AS d ON d.id = x.document_id
  LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT p.name_zh) FILTER (WHERE p.role = 'carrier') AS carriers_zh,
               array_agg(DISTINCT p.name_zh) FILTER (WHERE p.role = 'source') AS origins_zh
          FROM yuantu.cluster_place AS p WHERE p.cluster_id = t.id AND x.role = 'track'
       ) AS named ON true;

-- Named things. One stands on the map only where a document itself names its park: at an inner point of that park, which
-- is not its address. What is named for a district or a development zone, or for one of several places, has no geometry.
CREATE MATERIALIZED VIEW yuantu.thing_feature AS
SELECT t.id, t.kind, t.name_zh, t.name_en, t.aliases, t.status, t.certainty, t.owner_zh, t.year_start, t.year_end,
       CASE WHEN at.geom IS NOT NULL THEN 'park'
            WHEN coalesce(at.district_id, listed.district_id) IS NOT NULL THEN 'district' ELSE 'none' END AS located,
       coalesce(at.ids, '{}') AS place_ids, coalesce(at.names_zh, '{}') AS places_zh,
       coalesce(at.names_en, '{}') AS places_en, t.place_zh AS place_printed_zh, t.place_basis_zh, t.place_basis_en,
       t.area_zone_id, listed.name_zh AS area_zh, listed.name_en AS area_en,
       coalesce(at.district_id, listed.district_id) AS district_id,
       (SELECT name_zh FROM yuantu.zone WHERE id = coalesce(at.district_id, listed.district_id)) AS district_zh,
       (SELECT name_en FROM yuantu.zone WHERE id = coalesce(at.district_id, listed.district_id)) AS district_en,
       coalesce(made.ids, '{}') AS industry_ids, coalesce(made.names_zh, '{}') AS industries_zh,
       coalesce(made.names_en, '{}') AS industries_en, coalesce(made.path, '{}') AS industry_path,
       coalesce(told.printed, '{}') AS figures_zh, t.summary_zh, t.summary_en,
       p.thing_id IS NOT NULL AS in_table, p.seq, p.category_zh, p.section_zh, p.investment_total, p.investment_period,
       p.funding_zh, t.document_id, d.short_title_zh AS document_zh, t.locator,
       d.short_title_zh || ' ' || t.locator AS source_zh, t.note_zh, t.note_en,
       CASE WHEN at.geom IS NOT NULL THEN 'host' END AS extent_basis,
       t.sort + CASE WHEN at.geom IS NULL THEN 1000000 ELSE 0 END AS sort,
       at.geom, ST_AsGeoJSON(at.geom, 6, 0) AS geojson
  FROM yuantu.named_thing AS t
  JOIN yuantu.document AS d ON d.id = t.document_id
  LEFT JOIN yuantu.listed_project AS p ON p.thing_id = t.id
  LEFT JOIN LATERAL (
        SELECT a.name_zh, a.name_en, CASE WHEN a.kind = 'district' THEN a.id ELSE a.district_id END AS district_id
          FROM yuantu.zone AS a WHERE a.id = t.area_zone_id
       ) AS listed ON true
  LEFT JOIN LATERAL (
        SELECT array_agg(coalesce(z.id, e.id) ORDER BY h.sort) AS ids,
               array_agg(coalesce(z.name_zh, e.name_zh) ORDER BY h.sort) AS names_zh,
               array_agg(coalesce(z.name_en, e.name_en) ORDER BY h.sort) AS names_en,
               -- What is inferred tells no district, and several candidates only where they lie in one.
               CASE WHEN t.certainty <> 'inferred'
                         AND count(DISTINCT CASE WHEN z.kind = 'district' THEN z.id ELSE z.district_id END) = 1
                    THEN min(CASE WHEN z.kind = 'district' THEN z.id ELSE z.district_id END) END AS district_id,
               CASE WHEN t.certainty = 'named' AND bool_and(z.geom IS NOT NULL AND z.kind NOT IN ('district', 'municipality')
                         AND (z.is_park OR z.kind <> 'development_zone'))
                    THEN CASE WHEN count(*) = 1 THEN (array_agg(ST_PointOnSurface(z.geom)))[1]
                              ELSE ST_Multi(ST_Collect(ST_PointOnSurface(z.geom))) END END AS geom
          FROM yuantu.thing_place AS h
          LEFT JOIN yuantu.zone AS z ON z.id = h.zone_id
          LEFT JOIN yuantu.plan_element AS e ON e.id = h.element_id
         WHERE h.thing_id = t.id
       ) AS at ON true
  LEFT JOIN LATERAL (
        SELECT array_agg(i.id ORDER BY x.sort) AS ids, array_agg(i.name_zh ORDER BY x.sort) AS names_zh,
               array_agg(i.name_en ORDER BY x.sort) AS names_en,
               (SELECT array_agg(DISTINCT step) FROM yuantu.thing_industry AS y
                  JOIN yuantu.industry AS j ON j.id = y.industry_id CROSS JOIN LATERAL unnest(j.path) AS step
                 WHERE y.thing_id = t.id) AS path
          FROM yuantu.thing_industry AS x JOIN yuantu.industry AS i ON i.id = x.industry_id
         WHERE x.thing_id = t.id
       ) AS made ON true
  LEFT JOIN LATERAL (
        SELECT array_agg(g.printed ORDER BY g.sort) AS printed FROM yuantu.thing_figure AS g WHERE g.thing_id = t.id
       ) AS told ON true;

-- A link is a line from each place it comes from to each it leads to, between inner points: where, not by which way.
-- No point stands for a district, a city or a belt: a link to one is listed, not drawn.
CREATE MATERIALIZED VIEW yuantu.link_feature AS
WITH placed AS (
     SELECT id, geom FROM yuantu.zone WHERE kind NOT IN ('district', 'municipality')
     UNION ALL
     SELECT id, geom FROM yuantu.plan_element WHERE kind IN ('core', 'area', 'base')
)
SELECT l.id, l.kind, l.summary_zh, l.summary_en, l.clause_zh,
       coalesce(e.from_zh, '{}') AS from_zh, coalesce(e.from_en, '{}') AS from_en, coalesce(e.from_ids, '{}') AS from_ids,
       coalesce(e.to_zh, '{}') AS to_zh, coalesce(e.to_en, '{}') AS to_en, coalesce(e.to_ids, '{}') AS to_ids,
       CASE WHEN e.from_zh IS NULL THEN '至' || array_to_string(e.to_zh, '、')
            WHEN e.to_zh IS NULL THEN '自' || array_to_string(e.from_zh, '、')
            ELSE array_to_string(e.from_zh, '、') || ' → ' || array_to_string(e.to_zh, '、') END AS name_zh,
       CASE WHEN e.from_en IS NULL THEN 'To ' || array_to_string(e.to_en, ', ')
            WHEN e.to_en IS NULL THEN 'From ' || array_to_string(e.from_en, ', ')
            ELSE array_to_string(e.from_en, ', ') || ' → ' || array_to_string(e.to_en, ', ') END AS name_en,
       coalesce((SELECT array_agg(DISTINCT step) FROM yuantu.industry AS i CROSS JOIN LATERAL unnest(i.path) AS step
                  WHERE i.id = ANY (l.industry_ids)), '{}') AS industry_path,
       coalesce((SELECT array_agg(i.name_zh ORDER BY i.sort) FROM yuantu.industry AS i
                  WHERE i.id = ANY (l.industry_ids)), '{}') AS industries_zh,
       coalesce((SELECT array_agg(i.name_en ORDER BY i.sort) FROM yuantu.industry AS i
                  WHERE i.id = ANY (l.industry_ids)), '{}') AS industries_en,
       l.note_zh, l.note_en, l.document_id, d.short_title_zh || ' ' || l.locator AS source_zh,
       CASE WHEN line.geom IS NOT NULL THEN 'schematic' END AS extent_basis,
       l.sort + CASE WHEN line.geom IS NULL THEN 1000000 ELSE 0 END AS sort,
       line.geom, ST_AsGeoJSON(line.geom, 6, 0) AS geojson
  FROM yuantu.park_link AS l
  JOIN yuantu.document AS d ON d.id = l.document_id
  LEFT JOIN LATERAL (
        SELECT array_agg(o.name_zh ORDER BY x.sort) FILTER (WHERE x.role = 'from') AS from_zh,
               array_agg(o.name_en ORDER BY x.sort) FILTER (WHERE x.role = 'from') AS from_en,
               array_agg(o.id ORDER BY x.sort) FILTER (WHERE x.role = 'from') AS from_ids,
               array_agg(o.name_zh ORDER BY x.sort) FILTER (WHERE x.role = 'to') AS to_zh,
               array_agg(o.name_en ORDER BY x.sort) FILTER (WHERE x.role = 'to') AS to_en,
               array_agg(o.id ORDER BY x.sort) FILTER (WHERE x.role = 'to') AS to_ids
          FROM yuantu.park_link_end AS x
          JOIN (SELECT id, coalesce(short_name_zh, name_zh) AS name_zh, name_en FROM yuantu.zone
                UNION ALL SELECT id, name_zh, name_en FROM yuantu.plan_element) AS o ON o.id = coalesce(x.zone_id, x.element_id)
         WHERE x.link_id = l.id
       ) AS e ON true
  LEFT JOIN LATERAL (
        SELECT ST_Multi(ST_Collect(ST_MakeLine(ST_PointOnSurface(a.geom), ST_PointOnSurface(b.geom)))) AS geom
          FROM placed AS a
          JOIN placed AS b ON b.id = ANY (e.to_ids)
         WHERE a.id = ANY (e.from_ids) AND a.id <> b.id AND a.geom IS NOT NULL AND b.geom IS NOT NULL
       ) AS line ON true;
