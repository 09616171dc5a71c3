"""Search: what can be found, and every form of its name.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = (
    "development_zone", "park", "district", "functional_area", "theme_park", "municipality", "plan", "plan_element",
    "industry", "cluster", "project", "owner", "firm", "facility", "document",
)  # fmt: skip
FORMS = ("official", "short", "former", "alias", "english", "term", "place", "code")
SPELLINGS = ("written", "pinyin", "initials")


def _one_of(column: str, words: tuple[str, ...], name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({', '.join(repr(word) for word in words)})", name=op.f(name))


def upgrade() -> None:
    # Edit distances: three letters are too few for trigrams, and names of parks have three characters.
    op.execute("CREATE EXTENSION IF NOT EXISTS fuzzystrmatch WITH SCHEMA public")
    op.create_table(
        "search_target",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("detail_zh", sa.Text(), nullable=False),
        sa.Column("detail_en", sa.Text(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=True),
        sa.Column("feature", sa.Text(), nullable=True),
        sa.Column("parts", postgresql.JSONB(), nullable=False),
        sa.Column("zones", sa.Integer(), nullable=True),
        sa.Column("bbox", sa.ARRAY(sa.Float(53)), nullable=True),
        sa.Column("point", sa.ARRAY(sa.Float(53)), nullable=True),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        _one_of("kind", KINDS, "ck_search_target_kind"),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_search_target")),
        schema="yuantu",
    )
    op.create_table(
        "search_term",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.Column("normal", sa.Text(), nullable=False),
        sa.Column("core", sa.Text(), nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        sa.Column("loose", sa.Text(), nullable=True),
        sa.Column("offsets", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("starts", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("weight", sa.SmallInteger(), nullable=False),
        _one_of("form", FORMS, "ck_search_term_form"),
        _one_of("spelling", SPELLINGS, "ck_search_term_spelling"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_term")),
        sa.ForeignKeyConstraint(
            ["kind", "target_id"],
            ["yuantu.search_target.kind", "yuantu.search_target.id"],
            name=op.f("fk_search_term_kind_target_id_search_target"),
            deferrable=True,
            initially="DEFERRED",
        ),
        schema="yuantu",
    )
    op.create_index("ix_search_term_kind_target_id", "search_term", ["kind", "target_id"], schema="yuantu")
    op.create_index("ix_search_term_core", "search_term", ["core"], schema="yuantu")
    op.create_index(
        "ix_search_term_normal",
        "search_term",
        ["normal"],
        schema="yuantu",
        postgresql_ops={"normal": "text_pattern_ops"},
    )
    op.create_index(
        "ix_search_term_normal_trgm",
        "search_term",
        ["normal"],
        schema="yuantu",
        postgresql_using="gin",
        postgresql_ops={"normal": "public.gin_trgm_ops"},
    )


def downgrade() -> None:
    op.drop_table("search_term", schema="yuantu")
    op.drop_table("search_target", schema="yuantu")
