"""The facts: documents, zones, industries, plans, clusters, projects, indicators, facilities.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public")
    op.create_table(
        "document",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("short_title_zh", sa.Text(), nullable=False),
        sa.Column("issuer_zh", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("note_zh", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        schema="yuantu",
    )
    op.create_table(
        "facility",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("geom", Geometry("POINT", srid=4490, spatial_index=False), nullable=False),
        sa.Column("geojson", sa.Text(), sa.Computed("ST_AsGeoJSON(geom, 6, 0)", persisted=True), nullable=True),
        sa.Column("accuracy_m", sa.Float(precision=53), nullable=False),
        sa.Column("source_zh", sa.Text(), nullable=False),
        sa.Column("source_en", sa.Text(), nullable=False),
        sa.Column("note_zh", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('port_area', 'airport', 'rail_station', 'metro_station')", name=op.f("ck_facility_kind")
        ),
        sa.CheckConstraint("accuracy_m > 0", name=op.f("ck_facility_accuracy_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility")),
        schema="yuantu",
    )
    op.create_index("ix_facility_geom", "facility", ["geom"], unique=False, schema="yuantu", postgresql_using="gist")
    op.create_table(
        "revision",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.Column("loader_version", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        schema="yuantu",
    )
    op.create_table(
        "dataset",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["yuantu.revision.id"], name=op.f("fk_dataset_revision_id_revision")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_dataset")),
        schema="yuantu",
    )
    op.create_table(
        "industry",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("aliases", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("path", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('sector', 'subsector', 'product')", name=op.f("ck_industry_kind")),
        sa.CheckConstraint(
            "tier IN ('leading', 'strategic', 'advantage', 'marine', 'traditional', 'new_track', 'future', 'service')",
            name=op.f("ck_industry_tier"),
        ),
        sa.CheckConstraint("path[cardinality(path)] = id", name=op.f("ck_industry_path_ends_in_id")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["yuantu.document.id"],
            name=op.f("fk_industry_document_id_document"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["yuantu.industry.id"],
            name=op.f("fk_industry_parent_id_industry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_industry")),
        schema="yuantu",
    )
    op.create_index(op.f("ix_industry_parent_id"), "industry", ["parent_id"], unique=False, schema="yuantu")
    op.create_index("ix_industry_path", "industry", ["path"], unique=False, schema="yuantu", postgresql_using="gin")
    op.create_table(
        "zone",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("short_name_zh", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("aliases", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("positioning_zh", sa.Text(), nullable=True),
        sa.Column("positioning_en", sa.Text(), nullable=True),
        sa.Column("official_area_ha", sa.Float(precision=53), nullable=True),
        sa.Column("official_area_year", sa.SmallInteger(), nullable=True),
        sa.Column("official_area_source", sa.Text(), nullable=True),
        sa.Column("geom", Geometry("MULTIPOLYGON", srid=4490, spatial_index=False), nullable=True),
        sa.Column("geojson", sa.Text(), sa.Computed("ST_AsGeoJSON(geom, 6, 0)", persisted=True), nullable=True),
        sa.Column(
            "area_ha",
            sa.Float(precision=53),
            sa.Computed("ST_Area(geom::geography) / 10000", persisted=True),
            nullable=True,
        ),
        sa.Column("geometry_status", sa.Text(), nullable=True),
        sa.Column("accuracy_m", sa.Float(precision=53), nullable=True),
        sa.Column("geometry_method_zh", sa.Text(), nullable=True),
        sa.Column("geometry_method_en", sa.Text(), nullable=True),
        sa.Column("geometry_source_zh", sa.Text(), nullable=True),
        sa.Column("geometry_source_en", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note_zh", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "geometry_status IN ('indicative', 'derived', 'imported', 'statutory')",
            name=op.f("ck_zone_geometry_status"),
        ),
        sa.CheckConstraint("id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_zone_id_slug")),
        sa.CheckConstraint(
            "kind IN ('municipality', 'district', 'development_zone', 'park', 'functional_area', 'theme_park')",
            name=op.f("ck_zone_kind"),
        ),
        sa.CheckConstraint("level IN ('national', 'municipal', 'district', 'town')", name=op.f("ck_zone_level")),
        sa.CheckConstraint(
            "(geom IS NULL) = (geometry_status IS NULL) AND (geom IS NULL OR"
            " (geometry_method_zh, geometry_method_en, geometry_source_zh, geometry_source_en) IS NOT NULL)",
            name=op.f("ck_zone_geometry_explained"),
        ),
        sa.CheckConstraint("NOT ST_IsEmpty(geom)", name=op.f("ck_zone_geom_not_empty")),
        sa.CheckConstraint("ST_IsPolygonCCW(geom)", name=op.f("ck_zone_geom_ccw")),
        sa.CheckConstraint("ST_IsValid(geom)", name=op.f("ck_zone_geom_valid")),
        sa.CheckConstraint("accuracy_m > 0", name=op.f("ck_zone_accuracy_positive")),
        sa.CheckConstraint("area_ha > 0", name=op.f("ck_zone_area_positive")),
        sa.CheckConstraint("official_area_ha > 0", name=op.f("ck_zone_official_area_positive")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_zone_not_own_parent")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["yuantu.document.id"],
            name=op.f("fk_zone_document_id_document"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["yuantu.zone.id"],
            name=op.f("fk_zone_parent_id_zone"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone")),
        schema="yuantu",
    )
    op.create_index("ix_zone_geom", "zone", ["geom"], unique=False, schema="yuantu", postgresql_using="gist")
    op.create_index(op.f("ix_zone_kind"), "zone", ["kind"], unique=False, schema="yuantu")
    op.create_index(op.f("ix_zone_parent_id"), "zone", ["parent_id"], unique=False, schema="yuantu")
    op.create_table(
        "cluster",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("industry_id", sa.Text(), nullable=False),
        sa.Column("hub_zh", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("responsible_zh", sa.Text(), nullable=True),
        sa.Column("summary_zh", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["yuantu.document.id"],
            name=op.f("fk_cluster_document_id_document"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["industry_id"],
            ["yuantu.industry.id"],
            name=op.f("fk_cluster_industry_id_industry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster")),
        schema="yuantu",
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scope_zone_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("industry_id", sa.Text(), nullable=True),
        sa.Column("category_zh", sa.Text(), nullable=True),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("text_2020", sa.Text(), nullable=True),
        sa.Column("value_2020", sa.Numeric(), nullable=True),
        sa.Column("text_2025", sa.Text(), nullable=True),
        sa.Column("value_2025", sa.Numeric(), nullable=True),
        sa.Column("base_year", sa.SmallInteger(), nullable=True),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('headline', 'sector_target')", name=op.f("ck_indicator_kind")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["yuantu.document.id"],
            name=op.f("fk_indicator_document_id_document"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["industry_id"],
            ["yuantu.industry.id"],
            name=op.f("fk_indicator_industry_id_industry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["scope_zone_id"],
            ["yuantu.zone.id"],
            name=op.f("fk_indicator_scope_zone_id_zone"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        schema="yuantu",
    )
    op.create_index(op.f("ix_indicator_scope_zone_id"), "indicator", ["scope_zone_id"], unique=False, schema="yuantu")
    op.create_table(
        "industry_firm",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("industry_id", sa.Text(), nullable=False),
        sa.Column("zone_id", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["yuantu.document.id"],
            name=op.f("fk_industry_firm_document_id_document"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["industry_id"],
            ["yuantu.industry.id"],
            name=op.f("fk_industry_firm_industry_id_industry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"],
            ["yuantu.zone.id"],
            name=op.f("fk_industry_firm_zone_id_zone"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_industry_firm")),
        schema="yuantu",
    )
    op.create_index(
        op.f("ix_industry_firm_industry_id"), "industry_firm", ["industry_id"], unique=False, schema="yuantu"
    )
    op.create_index(op.f("ix_industry_firm_zone_id"), "industry_firm", ["zone_id"], unique=False, schema="yuantu")
    op.create_table(
        "plan",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("scope_zone_id", sa.Text(), nullable=False),
        sa.Column("parent_element_id", sa.Text(), nullable=True),
        sa.Column("positioning_zh", sa.Text(), nullable=True),
        sa.Column("positioning_en", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["yuantu.document.id"],
            name=op.f("fk_plan_document_id_document"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["scope_zone_id"],
            ["yuantu.zone.id"],
            name=op.f("fk_plan_scope_zone_id_zone"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        schema="yuantu",
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("category_zh", sa.Text(), nullable=False),
        sa.Column("section_zh", sa.Text(), nullable=True),
        sa.Column("industry_id", sa.Text(), nullable=True),
        sa.Column("investment_total", sa.Numeric(), nullable=True),
        sa.Column("investment_period", sa.Numeric(), nullable=True),
        sa.Column("year_start", sa.SmallInteger(), nullable=True),
        sa.Column("year_end", sa.SmallInteger(), nullable=True),
        sa.Column("funding_zh", sa.Text(), nullable=True),
        sa.Column("owner_zh", sa.Text(), nullable=True),
        sa.Column("zone_id", sa.Text(), nullable=False),
        sa.Column("zone_basis_zh", sa.Text(), nullable=False),
        sa.Column("zone_basis_en", sa.Text(), nullable=False),
        sa.Column("summary_zh", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "investment_total >= 0 AND investment_period >= 0", name=op.f("ck_project_investment_not_negative")
        ),
        sa.CheckConstraint("year_start <= year_end", name=op.f("ck_project_years_in_order")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["yuantu.document.id"],
            name=op.f("fk_project_document_id_document"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["industry_id"],
            ["yuantu.industry.id"],
            name=op.f("fk_project_industry_id_industry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["yuantu.zone.id"], name=op.f("fk_project_zone_id_zone"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        schema="yuantu",
    )
    op.create_index(op.f("ix_project_industry_id"), "project", ["industry_id"], unique=False, schema="yuantu")
    op.create_index(op.f("ix_project_zone_id"), "project", ["zone_id"], unique=False, schema="yuantu")
    op.create_table(
        "zone_host",
        sa.Column("zone_id", sa.Text(), nullable=False),
        sa.Column("host_id", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["host_id"],
            ["yuantu.zone.id"],
            name=op.f("fk_zone_host_host_id_zone"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"],
            ["yuantu.zone.id"],
            name=op.f("fk_zone_host_zone_id_zone"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("zone_id", "host_id", name=op.f("pk_zone_host")),
        schema="yuantu",
    )
    op.create_table(
        "zone_industry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("zone_id", sa.Text(), nullable=False),
        sa.Column("industry_id", sa.Text(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank IN ('leading', 'supporting', 'service')", name=op.f("ck_zone_industry_rank")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["yuantu.document.id"],
            name=op.f("fk_zone_industry_document_id_document"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["industry_id"],
            ["yuantu.industry.id"],
            name=op.f("fk_zone_industry_industry_id_industry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"],
            ["yuantu.zone.id"],
            name=op.f("fk_zone_industry_zone_id_zone"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_industry")),
        sa.UniqueConstraint(
            "zone_id",
            "industry_id",
            "document_id",
            "locator",
            "wording",
            name=op.f("uq_zone_industry_zone_id_industry_id_document_id_locator_wording"),
        ),
        schema="yuantu",
    )
    op.create_index(
        op.f("ix_zone_industry_industry_id"), "zone_industry", ["industry_id"], unique=False, schema="yuantu"
    )
    op.create_index(op.f("ix_zone_industry_zone_id"), "zone_industry", ["zone_id"], unique=False, schema="yuantu")
    op.create_table(
        "cluster_place",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("zone_id", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('source', 'carrier', 'hub')", name=op.f("ck_cluster_place_role")),
        sa.ForeignKeyConstraint(
            ["cluster_id"],
            ["yuantu.cluster.id"],
            name=op.f("fk_cluster_place_cluster_id_cluster"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["yuantu.document.id"],
            name=op.f("fk_cluster_place_document_id_document"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"],
            ["yuantu.zone.id"],
            name=op.f("fk_cluster_place_zone_id_zone"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_place")),
        schema="yuantu",
    )
    op.create_index(op.f("ix_cluster_place_cluster_id"), "cluster_place", ["cluster_id"], unique=False, schema="yuantu")
    op.create_index(op.f("ix_cluster_place_zone_id"), "cluster_place", ["zone_id"], unique=False, schema="yuantu")
    op.create_table(
        "cluster_zone",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("zone_id", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id"],
            ["yuantu.cluster.id"],
            name=op.f("fk_cluster_zone_cluster_id_cluster"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"],
            ["yuantu.zone.id"],
            name=op.f("fk_cluster_zone_zone_id_zone"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cluster_id", "zone_id", name=op.f("pk_cluster_zone")),
        schema="yuantu",
    )
    op.create_table(
        "plan_element",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("positioning_zh", sa.Text(), nullable=True),
        sa.Column("positioning_en", sa.Text(), nullable=True),
        sa.Column("geom", Geometry("MULTIPOLYGON", srid=4490, spatial_index=False), nullable=True),
        sa.Column("geojson", sa.Text(), sa.Computed("ST_AsGeoJSON(geom, 6, 0)", persisted=True), nullable=True),
        sa.Column("geometry_status", sa.Text(), nullable=True),
        sa.Column("geometry_method_zh", sa.Text(), nullable=True),
        sa.Column("geometry_method_en", sa.Text(), nullable=True),
        sa.Column("geometry_source_zh", sa.Text(), nullable=True),
        sa.Column("geometry_source_en", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "geometry_status IN ('indicative', 'derived', 'imported', 'statutory')",
            name=op.f("ck_plan_element_geometry_status"),
        ),
        sa.CheckConstraint(
            "kind IN ('core', 'belt', 'valley', 'area', 'base', 'city', 'group')", name=op.f("ck_plan_element_kind")
        ),
        sa.CheckConstraint(
            "(geom IS NULL) = (geometry_status IS NULL) AND (geom IS NULL OR"
            " (geometry_method_zh, geometry_method_en, geometry_source_zh, geometry_source_en) IS NOT NULL)",
            name=op.f("ck_plan_element_geometry_explained"),
        ),
        sa.CheckConstraint("ST_IsPolygonCCW(geom)", name=op.f("ck_plan_element_geom_ccw")),
        sa.CheckConstraint("ST_IsValid(geom)", name=op.f("ck_plan_element_geom_valid")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["yuantu.document.id"],
            name=op.f("fk_plan_element_document_id_document"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["yuantu.plan_element.id"],
            name=op.f("fk_plan_element_parent_id_plan_element"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["yuantu.plan.id"],
            name=op.f("fk_plan_element_plan_id_plan"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_element")),
        schema="yuantu",
    )
    op.create_index(
        "ix_plan_element_geom", "plan_element", ["geom"], unique=False, schema="yuantu", postgresql_using="gist"
    )
    op.create_index(op.f("ix_plan_element_plan_id"), "plan_element", ["plan_id"], unique=False, schema="yuantu")
    op.create_table(
        "plan_element_zone",
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("zone_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('member', 'via')", name=op.f("ck_plan_element_zone_role")),
        sa.ForeignKeyConstraint(
            ["element_id"],
            ["yuantu.plan_element.id"],
            name=op.f("fk_plan_element_zone_element_id_plan_element"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"],
            ["yuantu.zone.id"],
            name=op.f("fk_plan_element_zone_zone_id_zone"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("element_id", "zone_id", "role", name=op.f("pk_plan_element_zone")),
        schema="yuantu",
    )
    op.create_index(
        op.f("ix_plan_element_zone_zone_id"), "plan_element_zone", ["zone_id"], unique=False, schema="yuantu"
    )
    op.create_foreign_key(
        op.f("fk_plan_parent_element_id_plan_element"),
        "plan",
        "plan_element",
        ["parent_element_id"],
        ["id"],
        source_schema="yuantu",
        referent_schema="yuantu",
        deferrable=True,
        initially="DEFERRED",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_plan_parent_element_id_plan_element"), "plan", schema="yuantu", type_="foreignkey")
    op.drop_index(op.f("ix_plan_element_zone_zone_id"), table_name="plan_element_zone", schema="yuantu")
    op.drop_table("plan_element_zone", schema="yuantu")
    op.drop_index(op.f("ix_plan_element_plan_id"), table_name="plan_element", schema="yuantu")
    op.drop_index("ix_plan_element_geom", table_name="plan_element", schema="yuantu", postgresql_using="gist")
    op.drop_table("plan_element", schema="yuantu")
    op.drop_table("cluster_zone", schema="yuantu")
    op.drop_index(op.f("ix_cluster_place_zone_id"), table_name="cluster_place", schema="yuantu")
    op.drop_index(op.f("ix_cluster_place_cluster_id"), table_name="cluster_place", schema="yuantu")
    op.drop_table("cluster_place", schema="yuantu")
    op.drop_index(op.f("ix_zone_industry_zone_id"), table_name="zone_industry", schema="yuantu")
    op.drop_index(op.f("ix_zone_industry_industry_id"), table_name="zone_industry", schema="yuantu")
    op.drop_table("zone_industry", schema="yuantu")
    op.drop_table("zone_host", schema="yuantu")
    op.drop_index(op.f("ix_project_zone_id"), table_name="project", schema="yuantu")
    op.drop_index(op.f("ix_project_industry_id"), table_name="project", schema="yuantu")
    op.drop_table("project", schema="yuantu")
    op.drop_table("plan", schema="yuantu")
    op.drop_index(op.f("ix_industry_firm_zone_id"), table_name="industry_firm", schema="yuantu")
    op.drop_index(op.f("ix_industry_firm_industry_id"), table_name="industry_firm", schema="yuantu")
    op.drop_table("industry_firm", schema="yuantu")
    op.drop_index(op.f("ix_indicator_scope_zone_id"), table_name="indicator", schema="yuantu")
    op.drop_table("indicator", schema="yuantu")
    op.drop_table("cluster", schema="yuantu")
    op.drop_index(op.f("ix_zone_parent_id"), table_name="zone", schema="yuantu")
    op.drop_index(op.f("ix_zone_kind"), table_name="zone", schema="yuantu")
    op.drop_index("ix_zone_geom", table_name="zone", schema="yuantu", postgresql_using="gist")
    op.drop_table("zone", schema="yuantu")
    op.drop_index("ix_industry_path", table_name="industry", schema="yuantu", postgresql_using="gin")
    op.drop_index(op.f("ix_industry_parent_id"), table_name="industry", schema="yuantu")
    op.drop_table("industry", schema="yuantu")
    op.drop_table("dataset", schema="yuantu")
    op.drop_table("revision", schema="yuantu")
    op.drop_index("ix_facility_geom", table_name="facility", schema="yuantu", postgresql_using="gist")
    op.drop_table("facility", schema="yuantu")
    op.drop_table("document", schema="yuantu")
