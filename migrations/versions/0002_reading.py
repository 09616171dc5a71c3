"""Reading: the summary of each zone that layers and answers read, and the role that may only read.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Sort orders follow the files: the plan of Binhai first, its table 2 before its chapter, so that the first sector
# named for a park is the one that table 2 names first.
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
        SELECT array_agg(p.name_zh || '·' || e.name_zh ORDER BY p.sort, e.sort) AS roles_zh,
               array_agg(p.name_en || ': ' || e.name_en ORDER BY p.sort, e.sort) AS roles_en
          FROM yuantu.plan_element_zone AS m
          JOIN yuantu.plan_element AS e ON e.id = m.element_id
          JOIN yuantu.plan AS p ON p.id = e.plan_id
         WHERE m.zone_id = z.id AND m.role = 'member'
       ) AS roles ON true
"""

READ_ROLE = """
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yuantu_read') THEN
    CREATE ROLE yuantu_read NOLOGIN;
    EXECUTE format('GRANT yuantu_read TO %I', current_user);
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'The role yuantu_read is missing and % may not create it.', current_user
    USING HINT = 'Ask the administrator: CREATE ROLE yuantu_read NOLOGIN; GRANT yuantu_read TO ' || current_user;
END $$
"""


def upgrade() -> None:
    op.execute(ZONE_FACT)
    op.execute(READ_ROLE)
    op.execute("GRANT USAGE ON SCHEMA yuantu TO yuantu_read")
    op.execute("GRANT SELECT ON ALL TABLES IN SCHEMA yuantu TO yuantu_read")
    op.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA yuantu GRANT SELECT ON TABLES TO yuantu_read")


def downgrade() -> None:
    op.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA yuantu REVOKE SELECT ON TABLES FROM yuantu_read")
    op.execute("REVOKE SELECT ON ALL TABLES IN SCHEMA yuantu FROM yuantu_read")
    op.execute("REVOKE USAGE ON SCHEMA yuantu FROM yuantu_read")
    op.execute("DROP VIEW yuantu.zone_fact")
