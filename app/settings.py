"""Settings: everything an operator can set, read once when the application is created."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.settings_basemaps import TileSource

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds geodata/, layers/, migrations/ and node_modules/."""


class Settings(BaseSettings):
    """What an operator can set, as environment variables ``YUANTU_…`` or in a file ``.env``.

    Attributes
    ----------
    home
        Folder of everything the service writes: the embedded database, its log, the runtime.
    database_url
        A PostGIS >= 3.3 database (``postgresql://user:password@host/name``). Empty: the embedded one.
    database_read_urls
        Replicas that serve requests; comma-separated. Empty: ``database_url`` in a read-only role.
    statement_timeout_ms
        Longest time one statement of a request may take, milliseconds.
    database_pool_size
        Connections one process keeps open for requests.
    count_bound
        Matching features are counted up to this number; above it an answer does not say how many there are.
    page_bytes
        Size at which a page of features ends before its limit, bytes. It bounds what one request holds in memory.
    cache_bytes
        Memory one process may use for finished answers (whole layers, tiles), bytes; 0 keeps none.
    trusted_proxies
        Addresses and networks (CIDR) of the proxies whose ``Forwarded`` and ``X-Forwarded-…`` headers are believed;
        comma-separated. Peers on a unix socket always are.
    geodata_dir, layers_dir, assets_dir
        Where the facts, the layer files and the front-end packages are.
    documents
        Folder of the documents' texts, ``{id}.txt``, ``{id}.docx`` or ``{id}.pdf``. Empty: facts name their place in a
        document, and nothing opens it.
    siting_dir
        Folder of the operator's own files for siting: ``criteria/*.py``, ``gateways/*.yaml``, ``rules/*.yaml``. Its
        Python files are run, so that it must be as safe as the program itself.
    preview_layers
        A JSON list of further layers, written by ``yuantu serve --with-geopackage``.
    cors_origins
        Origins that browsers may call the API from; comma-separated, ``*`` for all.
    tianditu_key
        The operator's key for 天地图. Set: the map offers its basemaps (and asks that host for tiles).
    openstreetmap
        Whether the map offers OpenStreetMap as a basemap (and asks that host for tiles).
    basemaps
        Further basemaps as tiles in Web Mercator, a JSON list; see ``app.settings_basemaps.TileSource``.
    tile_proxy
        Whether browsers ask this service for the tiles of basemaps, and it the hosts: keys then stay here, and sheets
        of paper have the basemap too.
    tile_cache_bytes
        Room on the disk for tiles that were fetched, bytes; 0 keeps none.
    tile_rate
        Tiles that one client may have fetched from their hosts in an hour; those kept do not count.
    map_approval_number
        审图号 to print on the map, where the operator has one.
    short_links
        How many short links of the map are kept; beyond it those go that were not used for longest. 0 keeps none.
    chromium
        The Chromium that makes sheets of paper. Empty: the one on the PATH.
    chromium_sandbox
        Whether Chromium confines its processes. It cannot do so as root, nor in containers without user namespaces.
    print_jobs
        Sheets that one process makes at a time.
    print_queue
        Sheets that may wait for their turn.
    print_timeout_s
        Longest time one sheet may take, seconds.
    """

    model_config = SettingsConfigDict(env_prefix="YUANTU_", env_file=".env", extra="ignore", frozen=True)

    home: Path = ROOT / ".yuantu"
    database_url: SecretStr | None = None
    database_read_urls: Annotated[tuple[str, ...], NoDecode] = Field(default=(), repr=False)
    statement_timeout_ms: int = Field(default=10_000, ge=100, le=600_000)
    database_pool_size: int = Field(default=8, ge=1, le=100)
    count_bound: int = Field(default=100_000, ge=1_000)
    page_bytes: int = Field(default=16 * 1024 * 1024, ge=1024)
    cache_bytes: int = Field(default=64 * 1024 * 1024, ge=0)
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "::1")
    geodata_dir: Path = ROOT / "geodata"
    layers_dir: Path = ROOT / "layers"
    assets_dir: Path = ROOT / "node_modules"
    documents: Path | None = None
    siting_dir: Path | None = None
    preview_layers: Path | None = None
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ("*",)
    tianditu_key: SecretStr | None = None
    openstreetmap: bool = False
    basemaps: tuple[TileSource, ...] = ()
    tile_proxy: bool = False
    tile_cache_bytes: int = Field(default=256 * 1024 * 1024, ge=0)
    tile_rate: int = Field(default=6_000, ge=1)
    map_approval_number: str = ""
    short_links: int = Field(default=10_000, ge=0, le=20_000)
    chromium: Path | None = None
    chromium_sandbox: bool = True
    print_jobs: int = Field(default=1, ge=1, le=16)
    print_queue: int = Field(default=4, ge=1, le=100)
    print_timeout_s: int = Field(default=60, ge=5, le=600)

    @field_validator("database_read_urls", "cors_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            ip_network(word, strict=False)
        return value

    @field_validator("basemaps")
    @classmethod
    def _have_their_own_ids(cls, value: tuple[TileSource, ...]) -> tuple[TileSource, ...]:
        ids = [source.id for source in value]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(f"two basemaps are called {twice[0]!r}; give each an id of its own")
        return value

    @field_validator("database_url", "tianditu_key", "chromium", "documents", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value
