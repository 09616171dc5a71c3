"""Alembic's entry point: migrates the database whose connection the caller hands over in the configuration."""

from alembic import context
from sqlalchemy import Connection, text

from app.db.engine import owner_engine
from app.db.models import SCHEMA, Base
from app.settings import Settings


def _include(_object: object, name: str | None, kind: str, reflected: bool, _compare_to: object) -> bool:
    """Leave what PostGIS owns out of the comparison."""
    return not (kind == "table" and reflected and name == "spatial_ref_sys")


def _migrate(connection: Connection) -> None:
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table_schema=SCHEMA,
        include_schemas=True,
        include_object=_include,
    )
    with context.begin_transaction():
        context.run_migrations()


def _run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _migrate(connection)
        return
    url = Settings().database_url
    if url is None:
        raise SystemExit("Set YUANTU_DATABASE_URL, or use `yuantu db upgrade` for the embedded database.")
    with owner_engine(url.get_secret_value()).connect() as own:
        _migrate(own)


_run()
