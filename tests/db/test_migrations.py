"""Migrations, constraints and the role that may only read."""

import pytest
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from app.cli import migrate
from app.db.cluster import Cluster
from app.db.engine import DRIVER, READ_ROLE, owner_engine
from app.db.models import Base


def names(url: str) -> set[str]:
    engine = owner_engine(url)
    try:
        inspector = inspect(engine)
        return {*inspector.get_table_names("yuantu"), *inspector.get_view_names("yuantu")}
    finally:
        engine.dispose()


def test_up_down_and_up_again(empty_database: str) -> None:
    engine = owner_engine(empty_database)
    migrate(engine)
    full = names(empty_database)
    assert {table.name for table in Base.metadata.sorted_tables} <= full
    migrate(engine, "base")
    assert names(empty_database) == {"alembic_version"}
    migrate(engine)
    assert names(empty_database) == full
    engine.dispose()


def test_the_models_say_what_the_migrations_make(empty_database: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = owner_engine(empty_database)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "version_table_schema": "yuantu",
                "include_object": lambda o, name, kind, reflected, other: name != "spatial_ref_sys",
            },
        )
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_spatial_columns_are_cgcs2000_with_gist_indexes(database_url: str) -> None:
    engine = owner_engine(database_url)
    with engine.connect() as connection:
        columns = connection.execute(
            text("SELECT f_table_name, srid FROM geometry_columns WHERE f_table_schema = 'yuantu'")
        ).all()
        tables = {t for t, srid in columns if srid == 4490}
        assert {"zone", "plan_element", "facility"} <= tables
        indexed = connection.execute(
            text("SELECT tablename FROM pg_indexes WHERE schemaname = 'yuantu' AND indexdef LIKE '%USING gist (geom)%'")
        ).scalars()
        features = {"zone_feature", "plan_feature", "cluster_feature", "thing_feature", "link_feature"}
        assert set(indexed) == {"zone", "plan_element", "facility", *features}
    engine.dispose()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("kind = 'palace'", "ck_zone_kind"),
        ("geometry_status = 'certain'", "ck_zone_geometry_status"),
        ("geometry_status = NULL", "ck_zone_geometry_explained"),
        ("accuracy_m = 0", "ck_zone_accuracy_positive"),
        ("official_area_ha = 0", "ck_zone_official_area_positive"),
        ("parent_id = id", "ck_zone_not_own_parent"),
        (
            "geom = ST_GeomFromText('MULTIPOLYGON(((117 39,118 40,118 39.5,117 40,117 39)))', 4490)",
            "ck_zone_geom_",  # which of its rules refuses it first is up to the database
        ),
        (
            "geom = ST_GeomFromText('MULTIPOLYGON(((117 39,117 40,118 40,118 39,117 39)))', 4490)",
            "ck_zone_geom_ccw",
        ),
        ("geom = ST_GeomFromText('MULTIPOLYGON EMPTY', 4490)", "ck_zone_"),
    ],
)
def test_a_zone_that_breaks_a_rule_is_refused(database_url: str, change: str, constraint: str) -> None:
    engine = owner_engine(database_url)
    with engine.connect() as connection:
        with pytest.raises(IntegrityError, match=constraint):
            connection.execute(text(f"UPDATE yuantu.zone SET {change} WHERE id = 'teda-east'"))
        connection.rollback()
    engine.dispose()


def test_the_reading_role_reads_and_does_nothing_else(cluster: Cluster, database_url: str) -> None:
    engine = create_engine(make_url(cluster.url(user=READ_ROLE)).set(drivername=DRIVER))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM yuantu.zone")).scalar_one() > 70
        connection.rollback()
        for statement in (
            "DELETE FROM yuantu.zone",
            "UPDATE yuantu.zone SET name_zh = ''",
            "CREATE TABLE yuantu.mine (id int)",
            "CREATE TABLE public.mine (id int)",
        ):
            with pytest.raises(DBAPIError):
                connection.execute(text(statement))
            connection.rollback()
        connection.execute(text("SET default_transaction_read_only = off"))
        connection.commit()
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text("DELETE FROM yuantu.zone"))
    engine.dispose()
