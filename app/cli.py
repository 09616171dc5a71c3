"""The `yuantu` command."""

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from app.db.cluster import Cluster, ClusterError
from app.db.engine import READ_ROLE, owner_engine
from app.documents.shelf import Shelf
from app.documents.verify import verify
from app.features.stored import NotStorable, column_sql
from app.loading.geopackage import SCHEMA_PREFIX, GeoPackageError, drop_preview, load_geopackage
from app.loading.load import load as load_facts
from app.loading.load import prepare
from app.loading.tables import LoadError, Row
from app.registry.reader import LayerFileError, read_registry, write_preview
from app.settings import ROOT, Settings
from app.siting.command import add_command as add_siting

app = typer.Typer(
    help="园图 Yuantu: industrial parks, priority industries and spatial plans.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The embedded database.", no_args_is_help=True)
app.add_typer(db, name="db")


def say(words: str) -> None:
    """Print one line of progress at once."""
    typer.echo(words)
    sys.stdout.flush()


@contextmanager
def database(settings: Settings, *, quiet: bool = False) -> Iterator[str]:
    """Yield the owner's URL of the configured database, or of the embedded one, which runs meanwhile."""
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value()
        return
    cluster = Cluster(settings.home)
    if not quiet and not cluster.status().running:
        say("Starting the embedded PostGIS …")
    status = cluster.up()
    try:
        yield cluster.url()
    finally:
        if status.started_here:
            cluster.down()


def migrate(engine: Engine, target: str = "head") -> None:
    """Bring the tables to a revision."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations").replace("%", "%%"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        if target == "base":
            command.downgrade(config, target)
        else:
            command.upgrade(config, target)


def _load(engine: Engine, settings: Settings) -> None:
    report = load_facts(engine, geodata=settings.geodata_dir, assets=settings.assets_dir)
    state = "Loaded" if report.changed else "Already loaded:"
    say(f"{state} {report.rows} rows of facts (revision {report.revision}, data version {report.content_hash})")


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            hint = f"make run PORT={8077 if port != 8077 else 8088}"
            raise typer.BadParameter(
                f"{host}:{port} cannot be used ({error.strerror}). Choose another port: {hint}"
            ) from None


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer requests.")] = 1,
    root_path: Annotated[str, typer.Option(help="Path that a proxy serves this under, such as /yuantu.")] = "",
    access_log: Annotated[bool, typer.Option(help="Log every request.")] = False,
    with_geopackage: Annotated[
        Path | None, typer.Option(help="Publish every table of this GeoPackage too, until the server ends.")
    ] = None,
) -> None:
    """Start everything: database, tables, facts, server."""
    _check_port(host, port)
    settings = Settings()
    registry = read_registry(settings.layers_dir)
    _end_on_sigterm()
    with database(settings) as url, ExitStack() as until_the_end:
        engine = owner_engine(url)
        migrate(engine)
        _load(engine, settings)
        if with_geopackage is not None:
            until_the_end.enter_context(_preview(engine, with_geopackage, set(registry.layers)))
        engine.dispose()
        os.environ["YUANTU_DATABASE_URL"] = url
        if settings.database_url is None:
            os.environ["YUANTU_DATABASE_READ_URLS"] = Cluster(settings.home).url(user=READ_ROLE)
        shown = f"[{host}]" if ":" in host else host
        say(f"园图 Yuantu: http://{shown}:{port}{root_path}/   (map)")
        say(f"  layers    http://{shown}:{port}{root_path}/layers")
        say(f"  API       http://{shown}:{port}{root_path}/docs")
        say("Ctrl-C stops it.")
        uvicorn.run(
            "app.main:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            root_path=root_path,
            access_log=access_log,
            log_level="warning",
            # Longer than the minute that proxies keep a connection for, so that they never send into a closing one.
            timeout_keep_alive=75,
            proxy_headers=False,  # app.proxy reads them
        )


@contextmanager
def _preview(engine: Engine, path: Path, taken: set[str]) -> Iterator[None]:
    """Publish a GeoPackage from a schema of its own, which is dropped at the end."""
    schema = f"{SCHEMA_PREFIX}{os.getpid()}"
    layers = load_geopackage(engine, path, schema, taken=taken)
    say(f"Preview of {path}: {', '.join(layer.id for layer in layers)}")
    with tempfile.TemporaryDirectory(prefix="yuantu-preview-") as folder:
        listing = Path(folder) / "layers.json"
        write_preview(listing, layers)
        os.environ["YUANTU_PREVIEW_LAYERS"] = str(listing)
        try:
            yield
        finally:
            drop_preview(engine, schema)
            engine.dispose()


def _end_on_sigterm() -> None:
    """Turn SIGTERM into an ordinary exit until uvicorn takes over, so that the database is stopped too."""

    def end(*_: object) -> None:
        raise SystemExit(143)

    signal.signal(signal.SIGTERM, end)


@app.command()
def load(
    geodata: Annotated[Path | None, typer.Option(help="Folder of the facts.", exists=True, file_okay=False)] = None,
) -> None:
    """Load geodata/ into the database, unless it is there already."""
    settings = Settings() if geodata is None else Settings(geodata_dir=geodata)
    with database(settings) as url:
        engine = owner_engine(url)
        migrate(engine)
        _load(engine, settings)
        engine.dispose()


@app.command()
def check(
    documents: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the documents' texts: look up every locator and every wording too.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
) -> None:
    """Check the facts, the footprints and the layer files without a database."""
    settings = Settings()
    facts, footprints = prepare(settings.geodata_dir, settings.assets_dir)
    layers = read_registry(settings.layers_dir).layers
    say(f"{sum(map(len, facts.tables.values()))} rows, {len(footprints)} footprints, {len(layers)} layers: no fault")
    if documents is not None:
        _check_documents(facts.tables, documents)


def _check_documents(tables: Mapping[str, Sequence[Row]], folder: Path) -> None:
    """Print every locator and wording that a text does not bear out; exit 1 if there are any."""
    verdict = verify(tables, Shelf(folder))
    for fault in verdict.faults:
        say(fault)
    for document, why in verdict.unread.items():
        say(f"{document} was not looked at: {why}")
    say(
        f"{verdict.locators} locators, {verdict.wordings} wordings: {len(verdict.faults)} faults; "
        f"{verdict.wider} locators lead to a wider place"
    )
    if verdict.faults or not verdict.locators:
        raise typer.Exit(1)


@app.command()
def stored_features(
    layer: Annotated[str, typer.Argument(help="Id of a layer whose source is a table.")],
    column: Annotated[str, typer.Option(help="Name of the new column.")] = "feature",
) -> None:
    """Print the SQL that keeps a layer's features as GeoJSON in its table; run it as the owner of the table."""
    layers = read_registry(Settings().layers_dir).layers
    if layer not in layers:
        raise typer.BadParameter(f"there is no layer {layer!r}; there are {', '.join(layers)}", param_hint="LAYER")
    try:
        say(column_sql(layers[layer], column).rstrip())
    except NotStorable as error:
        raise typer.BadParameter(str(error), param_hint="LAYER") from None


add_siting(app, database)


@db.command("up")
def db_up() -> None:
    """Start the embedded database and leave it running."""
    status = Cluster(Settings().home).up()
    say(f"PostgreSQL {status.version} runs with pid {status.pid}; {Cluster(Settings().home).url()}")


@db.command("down")
def db_down() -> None:
    """Stop the embedded database."""
    Cluster(Settings().home).down()
    say("The embedded database is stopped.")


@db.command("status")
def db_status() -> None:
    """Tell whether the embedded database runs; exit 3 if not."""
    status = Cluster(Settings().home).status()
    say(f"running, pid {status.pid}, PostgreSQL {status.version}" if status.running else "not running")
    say(f"data {status.data_dir}")
    raise typer.Exit(0 if status.running else 3)


@db.command("url")
def db_url() -> None:
    """Print the address of the database, for psql and QGIS."""
    settings = Settings()
    say(settings.database_url.get_secret_value() if settings.database_url else Cluster(settings.home).url())


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the tables to the newest revision."""
    with database(Settings()) as url:
        engine = owner_engine(url)
        migrate(engine)
        engine.dispose()
    say("The tables are up to date.")


def main() -> None:
    """Run the command; what a user can mend ends with a message, not with a traceback."""
    try:
        app()
    except (ClusterError, LoadError, LayerFileError, GeoPackageError) as error:
        typer.secho(str(error), err=True, fg=typer.colors.RED)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
