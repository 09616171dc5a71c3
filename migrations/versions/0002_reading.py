"""Reading: the summary of each zone that layers and answers read, and the role that may only read.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Sort orders follow the files: the plan of Binhai first, and in it the tables before the chapters, so that the first
# sector named for a park is the one that table 2 (or appendix table 2) names first.
ZONE_FACT = """
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
               array_agg(named.name_zh ORDER BY named.first) FILTER (WHERE named.kind = 'sector') AS sectors_zh,
               array_agg(named.name_en ORDER BY named.first) FILTER (WHERE named.kind = 'sector') AS sectors_en,
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
                SELECT s.name_zh, s.name_en, s.kind, min(zi.sort) AS first, 1 AS rank
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
         WHERE zi.zone_id = z.id
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
       ) AS roles ON true
"""

ZONE_FEATURE = """
CREATE MATERIALIZED VIEW yuantu.zone_feature AS
SELECT z.id, z.kind, z.level, z.name_zh, z.name_en, coalesce(z.short_name_zh, z.name_zh) AS short_name_zh,
       z.parent_id, up.name_zh AS parent_zh, up.name_en AS parent_en,
       CASE WHEN up.kind = 'development_zone' THEN up.id
            WHEN z.kind = 'development_zone' THEN z.id
            ELSE coalesce(up.id, '') END AS administration,
       z.positioning_zh, z.positioning_en,
       f.lead_sector_id, f.sectors_zh, f.sectors_en, f.industries_zh, f.industries_en, f.supporting_zh,
       f.services_zh, f.industry_path, f.plan_roles_zh, f.plan_roles_en,
       round(z.area_ha::numeric, 1) AS area_ha, round((z.area_ha * 15)::numeric, 0) AS area_mu,
       round((z.area_ha / 100)::numeric, 2) AS area_km2,
       z.official_area_ha, z.official_area_year, z.official_area_source,
       z.geometry_status, z.accuracy_m, z.geometry_method_zh, z.geometry_method_en,
       z.geometry_source_zh, z.geometry_source_en,
       array_prepend(d.short_title_zh || ' ' || z.locator,
                     array_remove(f.sources_zh, d.short_title_zh || ' ' || z.locator)) AS sources_zh,
       z.note_zh, z.note_en, z.sort, z.geom, z.geojson
  FROM yuantu.zone AS z
  JOIN yuantu.zone_fact AS f ON f.id = z.id
  JOIN yuantu.document AS d ON d.id = z.document_id
  LEFT JOIN yuantu.zone AS up ON up.id = z.parent_id
"""

# A group only gathers its parts; the parts are drawn.
PLAN_FEATURE = """
CREATE MATERIALIZED VIEW yuantu.plan_feature AS
SELECT e.id, e.plan_id, p.name_zh AS plan_zh, p.name_en AS plan_en, e.kind, e.name_zh, e.name_en,
       up.name_zh AS part_of_zh, up.name_en AS part_of_en,
       e.positioning_zh, e.positioning_en,
       coalesce(m.names_zh, '{}') AS members_zh, coalesce(m.names_en, '{}') AS members_en,
       coalesce(m.industry_path, '{}') AS industry_path,
       round((ST_Area(e.geom::geography) / 10000)::numeric, 1) AS area_ha,
       e.geometry_status, e.geometry_method_zh, e.geometry_method_en, e.geometry_source_zh, e.geometry_source_en,
       e.note AS note_en,
       d.short_title_zh || ' ' || e.locator AS source_zh, e.sort, e.geom, e.geojson
  FROM yuantu.plan_element AS e
  JOIN yuantu.plan AS p ON p.id = e.plan_id
  JOIN yuantu.document AS d ON d.id = e.document_id
  LEFT JOIN yuantu.plan_element AS up ON up.id = e.parent_id
  LEFT JOIN LATERAL (
        SELECT array_agg(z.name_zh ORDER BY ez.sort) AS names_zh,
               array_agg(z.name_en ORDER BY ez.sort) AS names_en,
               (SELECT array_agg(DISTINCT step)
                  FROM yuantu.plan_element_zone AS ez2
                  JOIN yuantu.zone_industry AS zi ON zi.zone_id = ez2.zone_id
                  JOIN yuantu.industry AS i ON i.id = zi.industry_id
                  CROSS JOIN LATERAL unnest(i.path) AS step
                 WHERE ez2.element_id = e.id AND ez2.role = 'member') AS industry_path
          FROM yuantu.plan_element_zone AS ez
          JOIN yuantu.zone AS z ON z.id = ez.zone_id
         WHERE ez.element_id = e.id AND ez.role = 'member'
       ) AS m ON true
 WHERE e.kind <> 'group'
    OR NOT EXISTS (SELECT FROM yuantu.plan_element AS part WHERE part.parent_id = e.id)
"""

CLUSTER_FEATURE = """
CREATE MATERIALIZED VIEW yuantu.cluster_feature AS
SELECT c.id, c.name_zh, c.name_en, c.hub_zh, c.summary_zh, c.summary_en, c.responsible_zh,
       i.path AS industry_path,
       coalesce(named.carriers_zh, '{}') AS carriers_zh, coalesce(named.origins_zh, '{}') AS origins_zh,
       CASE WHEN carried.geom IS NOT NULL
            THEN '由文件所列赛道载体所在园区的边界合并而成。'
            ELSE '由责任单位所辖范围的边界合并而成；文件未把载体落到园区。'
        END AS geometry_method_zh,
       CASE WHEN carried.geom IS NOT NULL
            THEN 'Union of the footprints of the zones in which the document places carriers of the track.'
            ELSE 'Union of the footprints of the responsible zones; the document places no carrier in a park.'
        END AS geometry_method_en,
       d.short_title_zh || ' ' || c.locator AS source_zh, c.sort,
       shape.geom, ST_AsGeoJSON(shape.geom, 6, 0) AS geojson
  FROM yuantu.cluster AS c
  JOIN yuantu.industry AS i ON i.id = c.industry_id
  JOIN yuantu.document AS d ON d.id = c.document_id
  LEFT JOIN LATERAL (
        SELECT array_agg(p.name_zh ORDER BY p.sort) FILTER (WHERE p.role = 'carrier') AS carriers_zh,
               array_agg(p.name_zh ORDER BY p.sort) FILTER (WHERE p.role = 'source') AS origins_zh
          FROM yuantu.cluster_place AS p WHERE p.cluster_id = c.id
       ) AS named ON true
  LEFT JOIN LATERAL (
        SELECT ST_Union(z.geom) AS geom
          FROM yuantu.cluster_place AS p JOIN yuantu.zone AS z ON z.id = p.zone_id
         WHERE p.cluster_id = c.id AND p.role <> 'source' AND z.kind <> 'district'
       ) AS carried ON true
  LEFT JOIN LATERAL (
        SELECT ST_Union(z.geom) AS geom
          FROM yuantu.cluster_zone AS r JOIN yuantu.zone AS z ON z.id = r.zone_id
         WHERE r.cluster_id = c.id
       ) AS responsible ON true
  CROSS JOIN LATERAL (
        SELECT ST_Multi(ST_ForcePolygonCCW(coalesce(carried.geom, responsible.geom))) AS geom
       ) AS shape
"""

PROJECT_FEATURE = """
CREATE MATERIALIZED VIEW yuantu.project_feature AS
SELECT p.id, p.seq, p.name_zh, p.category_zh, p.section_zh, p.industry_id,
       i.name_zh AS industry_zh, i.name_en AS industry_en,
       coalesce(i.path, '{}') AS industry_path, p.investment_total, p.investment_period,
       p.year_start, p.year_end, p.funding_zh, p.owner_zh, z.id AS zone_id, z.name_zh AS zone_zh,
       z.name_en AS zone_en, p.zone_basis_zh, p.zone_basis_en, p.summary_zh,
       d.short_title_zh || ' ' || p.locator AS source_zh, p.sort,
       at.geom, ST_AsGeoJSON(at.geom, 6, 0) AS geojson
  FROM yuantu.project AS p
  JOIN yuantu.zone AS z ON z.id = p.zone_id
  JOIN yuantu.document AS d ON d.id = p.document_id
  LEFT JOIN yuantu.industry AS i ON i.id = p.industry_id
  CROSS JOIN LATERAL (SELECT ST_PointOnSurface(z.geom) AS geom) AS at
"""

FEATURES = {
    "zone_feature": ZONE_FEATURE,
    "plan_feature": PLAN_FEATURE,
    "cluster_feature": CLUSTER_FEATURE,
    "project_feature": PROJECT_FEATURE,
}
"""What layers read: kept as rows, and refreshed by each load."""

READ_ROLE = """
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yuantu_read') THEN
    CREATE ROLE yuantu_read NOLOGIN;
    EXECUTE format('GRANT yuantu_read TO %I', current_user);
  END IF;
  IF NOT pg_has_role(current_user, 'yuantu_read', 'MEMBER') THEN
    RAISE EXCEPTION 'The role yuantu_read exists, but % may not step down to it.', current_user
      USING HINT = 'Ask the administrator: GRANT yuantu_read TO ' || current_user;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'The role yuantu_read is missing and % may not create it.', current_user
    USING HINT = 'Ask the administrator: CREATE ROLE yuantu_read NOLOGIN; GRANT yuantu_read TO ' || current_user;
END $$
"""


def upgrade() -> None:
    op.execute(ZONE_FACT)
    for name, definition in FEATURES.items():
        op.execute(definition)
        op.execute(f"CREATE UNIQUE INDEX uq_{name}_id ON yuantu.{name} (id)")
        op.execute(f"CREATE INDEX ix_{name}_geom ON yuantu.{name} USING gist (geom)")
    op.execute(READ_ROLE)
    op.execute("GRANT USAGE ON SCHEMA yuantu TO yuantu_read")
    op.execute("GRANT SELECT ON ALL TABLES IN SCHEMA yuantu TO yuantu_read")
    op.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA yuantu GRANT SELECT ON TABLES TO yuantu_read")


def downgrade() -> None:
    op.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA yuantu REVOKE SELECT ON TABLES FROM yuantu_read")
    op.execute("REVOKE SELECT ON ALL TABLES IN SCHEMA yuantu FROM yuantu_read")
    op.execute("REVOKE USAGE ON SCHEMA yuantu FROM yuantu_read")
    for name in reversed(FEATURES):
        op.execute(f"DROP MATERIALIZED VIEW yuantu.{name}")
    op.execute("DROP VIEW yuantu.zone_fact")
