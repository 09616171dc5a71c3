"""Short links: a table that readers add to through one function.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Whoever may execute these needs no right to the table: they run as its owner, and do one thing.
KEEP = """
CREATE FUNCTION yuantu.keep_link(link_id text, link_query text, most integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- One at a time, so that two that come at once do not both find room for one.
  PERFORM pg_advisory_xact_lock('yuantu.short_link'::regclass::oid::bigint);
  INSERT INTO yuantu.short_link (id, query) VALUES (link_id, link_query)
      ON CONFLICT (id) DO UPDATE SET used_at = now();
  -- However many a caller asks for, no more than 20,000 are kept.
  DELETE FROM yuantu.short_link AS old
   WHERE old.id IN (SELECT l.id FROM yuantu.short_link AS l
                     WHERE l.id <> link_id
                     ORDER BY l.used_at DESC, l.id
                    OFFSET greatest(least(most, 20000), 1) - 1);
END $$
"""

USE = """
CREATE FUNCTION yuantu.use_link(link_id text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE yuantu.short_link SET used_at = now() WHERE id = link_id AND used_at < now() - interval '1 day'
$$
"""

FUNCTIONS = ("yuantu.keep_link(text, text, integer)", "yuantu.use_link(text)")


def upgrade() -> None:
    op.create_table(
        "short_link",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("length(query) BETWEEN 1 AND 60000", name=op.f("ck_short_link_query_length")),
        sa.CheckConstraint("query ~ '^[!-~]+$'", name=op.f("ck_short_link_query_ascii")),
        sa.CheckConstraint("id ~ '^[a-z2-7]{16}$'", name=op.f("ck_short_link_id_form")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_link")),
        schema="yuantu",
    )
    op.create_index("ix_short_link_used_at", "short_link", ["used_at"], schema="yuantu")
    op.execute("GRANT SELECT ON yuantu.short_link TO yuantu_read")
    for definition in (KEEP, USE):
        op.execute(definition)
    for function in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO yuantu_read")


def downgrade() -> None:
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("short_link", schema="yuantu")
