"""The service in this process, with its tiles."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from app.db.cluster import Cluster
from app.db.engine import READ_ROLE
from app.main import create_app
from app.settings import Settings
from tests.asgi import client_of


@pytest.fixture(scope="module")
def app(cluster: Cluster, database_url: str) -> FastAPI:
    return create_app(Settings(database_url=database_url, database_read_urls=cluster.url(user=READ_ROLE)))


@pytest.fixture(scope="module")
def tiles(app: FastAPI) -> Iterator[httpx.Client]:
    with client_of(app, headers={"Accept-Encoding": "identity"}) as client:
        yield client
