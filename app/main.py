"""The application: routers, middleware, lifespan."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from app import __version__, apidocs, health, problems
from app.cache import AnswerCache
from app.compression import Compression
from app.db.engine import read_engine
from app.db.reader import Reader
from app.facts import routes as facts
from app.features import routes as features
from app.features.service import LayerSizes
from app.front import Front
from app.middleware import HeadAsGet, StandingHeaders
from app.ogc import html as ogc_pages
from app.ogc import routes as ogc
from app.proxy import ProxyHeaders
from app.registry.reader import read_preview, read_registry
from app.settings import Settings
from app.tiles import routes as tiles
from app.webmap import routes as webmap


class NoDatabase(RuntimeError):
    """No database was named."""


def make_reader(settings: Settings) -> Reader:
    """Return the reader over the replicas, or over the database in its read-only role.

    Raises
    ------
    NoDatabase
        When the settings name none; ``yuantu serve`` starts the embedded one and names it.
    """
    if settings.database_read_urls:
        return Reader([read_engine(url, settings, assume_role=False) for url in settings.database_read_urls])
    if settings.database_url is None:
        raise NoDatabase("Set YUANTU_DATABASE_URL, or start with `yuantu serve`, which brings its own database.")
    return Reader([read_engine(settings.database_url.get_secret_value(), settings, assume_role=True)])


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.answers.close()
    await app.state.reader.close()


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    settings
        Read from the environment when not given.

    Raises
    ------
    NoDatabase
        When no database is configured.
    LayerFileError
        When a layer file is wrong.
    AssetsMissing
        When the front-end packages are not installed.
    """
    settings = settings or Settings()
    app = FastAPI(
        title="Yuantu 园图",
        version=__version__,
        summary="Industrial parks of Tianjin's Binhai New Area, their priority industries and the spatial plans",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.settings = settings
    registry = read_registry(settings.layers_dir)
    if settings.preview_layers is not None:
        registry = registry.with_layers(*read_preview(settings.preview_layers))
    app.state.registry = registry
    app.state.reader = make_reader(settings)
    app.state.sizes = LayerSizes(app.state.reader)
    app.state.answers = AnswerCache(settings.cache_bytes)
    problems.install(app)
    app.add_middleware(Front)
    app.add_middleware(Compression)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match"],
        expose_headers=["ETag", "Content-Disposition"],
    )
    app.add_middleware(StandingHeaders)
    app.add_middleware(ProxyHeaders, trusted=settings.trusted_proxies)
    app.add_middleware(HeadAsGet)
    for router in (
        webmap.router,
        tiles.router,
        tiles.ogc_router,
        ogc.router,
        features.router,
        facts.router,
        health.router,
        apidocs.router,
    ):
        app.include_router(router)
    webmap.mount_static(app, settings)
    ogc_pages.mount_static(app)
    apidocs.mount_swagger(app, settings)
    return app
