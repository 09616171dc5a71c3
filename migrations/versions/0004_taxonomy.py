"""Taxonomy: words that lead to industries, value chains, and GB/T 4754-2017.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LABEL_KINDS = ("id", "name", "alias", "term", "code", "title", "parent")
BASES = ("printed", "mapping")
RELATIONS = ("step", "supply", "use")
LEVELS = ("section", "division", "group", "class")


def _one_of(table: str, column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(repr(word) for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def _fk(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"yuantu.{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        deferrable=True,
        initially="DEFERRED",
    )


def _weight(table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint("weight > 0 AND weight <= 1", name=op.f(f"ck_{table}_weight_in_range"))


def upgrade() -> None:
    op.create_table(
        "industry_label",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("normal", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("industry_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("weight", sa.Float(precision=53), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Text(), nullable=True),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        _one_of("industry_label", "kind", LABEL_KINDS),
        _one_of("industry_label", "basis", BASES),
        _weight("industry_label"),
        sa.CheckConstraint(
            "(document_id IS NOT NULL) = (basis IS NOT DISTINCT FROM 'printed')",
            name=op.f("ck_industry_label_printed_somewhere"),
        ),
        _fk("industry_label", "industry_id", "industry"),
        _fk("industry_label", "document_id", "document"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_industry_label")),
        schema="yuantu",
    )
    op.create_table(
        "value_chain_link",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("chain_id", sa.Text(), nullable=False),
        sa.Column("upstream_id", sa.Text(), nullable=False),
        sa.Column("downstream_id", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        _one_of("value_chain_link", "relation", RELATIONS),
        sa.CheckConstraint("upstream_id <> downstream_id", name=op.f("ck_value_chain_link_two_industries")),
        _fk("value_chain_link", "chain_id", "industry"),
        _fk("value_chain_link", "upstream_id", "industry"),
        _fk("value_chain_link", "downstream_id", "industry"),
        _fk("value_chain_link", "document_id", "document"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_chain_link")),
        schema="yuantu",
    )
    op.create_table(
        "gbt_code",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        _one_of("gbt_code", "level", LEVELS),
        _fk("gbt_code", "parent_id", "gbt_code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gbt_code")),
        schema="yuantu",
    )
    op.create_table(
        "industry_gbt",
        sa.Column("gbt_id", sa.Text(), nullable=False),
        sa.Column("industry_id", sa.Text(), nullable=False),
        sa.Column("weight", sa.Float(precision=53), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        _one_of("industry_gbt", "basis", BASES),
        _weight("industry_gbt"),
        _fk("industry_gbt", "gbt_id", "gbt_code"),
        _fk("industry_gbt", "industry_id", "industry"),
        sa.PrimaryKeyConstraint("gbt_id", "industry_id", name=op.f("pk_industry_gbt")),
        schema="yuantu",
    )
    for table, column in (
        ("industry_label", "normal"),
        ("industry_label", "industry_id"),
        ("value_chain_link", "chain_id"),
        ("value_chain_link", "upstream_id"),
        ("value_chain_link", "downstream_id"),
        ("gbt_code", "parent_id"),
        ("industry_gbt", "industry_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], schema="yuantu")


def downgrade() -> None:
    for table in ("industry_gbt", "gbt_code", "value_chain_link", "industry_label"):
        op.drop_table(table, schema="yuantu")
