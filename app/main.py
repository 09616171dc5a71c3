"""The application: routers, middleware, lifespan."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app import __version__, apidocs, health, problems
from app.allocator import keep_large_blocks, spare_nothing, spare_what_stays
from app.basemap import routes as basemap
from app.basemap.proxy import TileProxy
from app.cache import AnswerCache
from app.comparison import routes as comparison
from app.compression import Compression
from app.db.engine import link_engine, read_engine
from app.db.reader import Reader
from app.documents import pages as document_pages
from app.documents import routes as documents
from app.documents.shelf import Shelf
from app.facts import industry_zones, named_routes, statistics, surroundings
from app.facts import routes as facts
from app.features import routes as features
from app.features.service import LayerSizes
from app.features.stored import trusted
from app.front import Front
from app.middleware import CrossOrigin, HeadAsGet, StandingHeaders
from app.ogc import html as ogc_pages
from app.ogc import routes as ogc
from app.printing import routes as printing
from app.printing import siting_report
from app.printing.printer import Printer
from app.proxy import ProxyHeaders
from app.registry.reader import read_preview, read_registry
from app.search import routes as search
from app.settings import Settings
from app.siting import routes as siting
from app.siting.service import SitingCaches
from app.tiles import routes as tiles
from app.webmap import links, zone_pages
from app.webmap import routes as webmap
from app.webmap.limiter import Limiter
from app.webmap.link_store import LinkStore

ROUTERS = (
    webmap.router,
    zone_pages.router,
    printing.router,
    basemap.router,
    tiles.router,
    tiles.ogc_router,
    ogc.router,
    features.router,
    facts.router,
    named_routes.router,
    industry_zones.router,
    statistics.router,
    surroundings.router,
    documents.router,
    comparison.router,
    search.router,
    siting.router,
    siting_report.router,
    links.router,
    health.router,
    apidocs.router,
)
"""Every router, in the order in which addresses are looked up."""


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


def make_link_store(settings: Settings, reader: Reader) -> LinkStore:
    """Return the store of short links; where only replicas are known it can be read."""
    url = settings.database_url
    engine = link_engine(url.get_secret_value()) if url is not None and settings.short_links else None
    return LinkStore(reader, engine, settings.short_links)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    keep_large_blocks()
    app.state.registry = await trusted(app.state.registry, app.state.reader)
    spare_what_stays()
    yield
    spare_nothing()
    app.state.answers.close()
    await app.state.tile_proxy.close()
    await app.state.links.close()
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
    app = apidocs.DescribedAPI(
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
    app.state.links = make_link_store(settings, app.state.reader)
    app.state.link_limiter = Limiter(links.BURST, links.PER_HOUR)
    app.state.siting = SitingCaches.empty()
    app.state.documents = Shelf(settings.documents)
    app.state.printer = Printer(settings)
    app.state.tile_proxy = TileProxy(settings)
    app.state.tile_limiter = Limiter(basemap.BURST, settings.tile_rate)
    problems.install(app)
    _add_middleware(app, settings)
    for router in ROUTERS:
        app.include_router(router)
    webmap.mount_static(app, settings)
    ogc_pages.mount_static(app)
    document_pages.mount_static(app)
    apidocs.mount_swagger(app, settings)
    return app


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """Add the middleware; what is added last sees a request first."""
    app.add_middleware(Front)
    app.add_middleware(Compression)
    app.add_middleware(
        CrossOrigin,
        origins=settings.cors_origins,
        posted=siting.POSTED,
    )
    app.add_middleware(StandingHeaders)
    app.add_middleware(ProxyHeaders, trusted=settings.trusted_proxies)
    app.add_middleware(HeadAsGet)
