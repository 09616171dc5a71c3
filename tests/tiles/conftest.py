"""The service in this process, with its tiles."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.db.cluster import Cluster
from app.db.engine import READ_ROLE
from app.main import create_app
from app.settings import Settings
from app.tiles import routes

ROOT = Path(__file__).resolve().parents[2]


def application(settings: Settings) -> FastAPI:
    app = create_app(settings)
    paths = app.openapi()["paths"]
    if not any(path.startswith("/tiles/") for path in paths):
        app.include_router(routes.router)
        app.include_router(routes.ogc_router)
    return app


@pytest.fixture(scope="module")
def app(cluster: Cluster, database_url: str) -> FastAPI:
    return application(Settings(database_url=database_url, database_read_urls=cluster.url(user=READ_ROLE)))


@pytest.fixture(scope="module")
def tiles(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, headers={"Accept-Encoding": "identity"}) as client:
        yield client
