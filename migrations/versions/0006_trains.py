"""Trains: what stops at a railway station, and the lines it is known from.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = ("trains", "lines_zh", "lines_en", "lines_source_zh", "lines_source_en")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("facility", sa.Column(name, sa.Text(), nullable=True), schema="yuantu")
    # What is loaded says nothing of trains yet; the next load does, and a start loads what has changed.
    op.execute("UPDATE yuantu.facility SET trains = 'ordinary' WHERE kind = 'rail_station'")
    op.create_check_constraint(
        op.f("ck_facility_trains"), "facility", "trains IN ('high_speed', 'ordinary')", schema="yuantu"
    )
    op.create_check_constraint(
        op.f("ck_facility_trains_of_stations"),
        "facility",
        "(kind = 'rail_station') = (trains IS NOT NULL)",
        schema="yuantu",
    )


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("facility", name, schema="yuantu")
