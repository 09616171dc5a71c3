"""Witnesses: which plan a plan is drawn up on, and which document lists the parks of a district.

Two documents of which one is drawn up on the other are no two witnesses; of a district whose parks no document lists,
it is not known how many there are.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COLUMNS = (
    ("document", "drawn_up_on", "text[] NOT NULL DEFAULT '{}'"),
    ("document", "drawn_up_on_locator", "text"),
    ("zone", "parks_listed_by", "text"),
)
"""Empty until the next load, which a start does where the facts have changed."""


def upgrade() -> None:
    for table, column, kind in COLUMNS:
        op.execute(f"ALTER TABLE yuantu.{table} ADD COLUMN {column} {kind}")
    op.execute(
        "ALTER TABLE yuantu.zone ADD CONSTRAINT fk_zone_parks_listed_by_document FOREIGN KEY (parks_listed_by)"
        " REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED"
    )


def downgrade() -> None:
    for table, column, _ in COLUMNS:
        op.execute(f"ALTER TABLE yuantu.{table} DROP COLUMN {column}")
