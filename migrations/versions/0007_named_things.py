"""Named things: what the documents name beside zones and industries, and what each statement and shape rests on.

The facts are loaded anew from ``geodata/`` at the next start, so their tables are made anew here; past revisions are
forgotten with them, and the links that people keep stay.

Revision ID: 0007
Revises: 0006
"""

import runpy
from pathlib import Path

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

VIEWS = ("zone_feature", "plan_feature", "cluster_feature", "thing_feature", "link_feature")
BEFORE = ("0001_the_facts", "0002_reading", "0003_search", "0004_taxonomy", "0006_trains")
HERE = Path(__file__).parent

GONE_VIEWS = ("project_feature", *VIEWS)
TABLES = (
    *("dataset", "revision", "search_term", "search_target", "industry_label", "industry_gbt", "gbt_code"),
    *(
        "value_chain_link",
        "contradiction_side",
        "contradiction",
        "rule_scope",
        "rule",
        "thing_figure",
        "thing_industry",
    ),
    *("thing_place", "listed_project", "named_thing", "park_link_end", "park_link", "direction", "facility"),
    *("indicator", "project", "cluster_place", "cluster_zone", "cluster", "plan_element_zone", "plan_element", "plan"),
    *("industry_firm", "zone_industry", "industry", "zone_lies_in", "zone_host", "zone", "document"),
)
"""Before and after; another's tables in the schema are left alone."""


def _clear() -> None:
    for name in GONE_VIEWS:
        op.execute(f"DROP MATERIALIZED VIEW IF EXISTS yuantu.{name}")
    op.execute("DROP VIEW IF EXISTS yuantu.zone_fact")
    # Plans and their elements refer to each other.
    for name in TABLES:
        op.execute(f"DROP TABLE IF EXISTS yuantu.{name} CASCADE")


def upgrade() -> None:
    _clear()
    for name in ("tables", "views"):
        op.execute((HERE.parent / "sql" / "0007" / f"{name}.sql").read_text(encoding="utf-8"))
    for name in VIEWS:
        op.execute(f"CREATE UNIQUE INDEX uq_{name}_id ON yuantu.{name} (id)")
        op.execute(f"CREATE INDEX ix_{name}_geom ON yuantu.{name} USING gist (geom)")
    op.execute("GRANT SELECT ON ALL TABLES IN SCHEMA yuantu TO yuantu_read")


def downgrade() -> None:
    _clear()
    for name in BEFORE:
        runpy.run_path(str(HERE / f"{name}.py"))["upgrade"]()
