"""Engines: one for writing as the owner, one for serving requests in a read-only role with a time limit."""

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.settings import Settings

READ_ROLE = "yuantu_read"
DRIVER = "postgresql+psycopg"


def _with_driver(url: str) -> URL:
    return make_url(url).set(drivername=DRIVER)


def owner_engine(url: str) -> Engine:
    """Return a blocking engine for migrations and loading.

    Parameters
    ----------
    url
        ``postgresql://…`` of a role that owns the database.
    """
    # A role named like the schema would otherwise have it first in its search path, and types would land there.
    return create_engine(_with_driver(url), pool_pre_ping=True, connect_args={"options": "-c search_path=public"})


def read_engine(url: str, settings: Settings, *, assume_role: bool) -> AsyncEngine:
    """Return the engine that serves requests: read-only, with a statement timeout, in UTC.

    Parameters
    ----------
    url
        ``postgresql://…`` of the database or of a replica.
    settings
        For the timeout and the size of the pool.
    assume_role
        Whether the login is the owner's, so that the session has to step down to the read-only role.
    """
    options = {
        "default_transaction_read_only": "on",
        "statement_timeout": str(settings.statement_timeout_ms),
        "idle_in_transaction_session_timeout": "60000",
        # A server process that was killed leaves nobody to cancel its queries.
        "client_connection_check_interval": "10000",
        # Requests run side by side already; workers for one of them slow the others down.
        "max_parallel_workers_per_gather": "0",
        "TimeZone": "UTC",
        "search_path": "yuantu,public",
    }
    if assume_role:
        options["role"] = READ_ROLE
    return create_async_engine(
        _with_driver(url),
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_pool_size,
        isolation_level="AUTOCOMMIT",
        connect_args={"options": " ".join(f"-c {key}={value}" for key, value in options.items())},
    )


def link_engine(url: str) -> AsyncEngine:
    """Return the engine that keeps short links: in the reading role too, which may call the functions that do.

    Parameters
    ----------
    url
        ``postgresql://…`` of the primary database, as its owner.
    """
    options = {
        "role": READ_ROLE,
        "default_transaction_read_only": "off",
        "statement_timeout": "5000",
        "lock_timeout": "3000",
        "TimeZone": "UTC",
        "search_path": "yuantu,public",
    }
    return create_async_engine(
        _with_driver(url),
        pool_size=1,
        max_overflow=1,
        pool_timeout=5,
        pool_pre_ping=True,
        isolation_level="AUTOCOMMIT",
        connect_args={"options": " ".join(f"-c {key}={value}" for key, value in options.items())},
    )
