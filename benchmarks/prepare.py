"""Prepare: the private database with the real facts and the generated parcels, and the layer files that publish them.

Everything generated is in the schemas ``bench`` (ours, EPSG:4490), ``bench_4326`` and ``bench_3857`` (the same rows for
the peers), in a database of its own, so that no generated parcel can reach the real map.
"""

import hashlib
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import shapely
import yaml
from psycopg import sql

from app.cli import migrate
from app.db.cluster import Cluster
from app.db.engine import owner_engine
from app.features.stored import column_sql
from app.loading.load import load
from app.registry.reader import read_registry
from benchmarks import parcels
from benchmarks.places import HOME, LAYERS, MAP_LAYERS, ROOT

SMALL, LARGE = 200_000, 2_000_000
SCHEMA, PEER_SCHEMA, PEER_SCHEMA_3857 = "bench", "bench_4326", "bench_3857"
BATCH = 50_000

LARGE_AROUND = (1.0, 0.8)
"""How far the land of the large table reaches from the middle of the small one's, degrees east-west and north-south."""

_PARCELS = """
CREATE TABLE {schema}.{table} (
  id bigint NOT NULL,
  name text NOT NULL,
  use_code text NOT NULL,
  area_m2 double precision NOT NULL,
  year integer NOT NULL,
  geom geometry(Polygon, {srid}) NOT NULL{geojson}
)"""
_GEOJSON = ",\n  geojson text GENERATED ALWAYS AS (ST_AsGeoJSON(geom, 6, 0)) STORED"

PARK_KINDS = ("park", "theme_park", "development_zone")


def say(words: str) -> None:
    """Print one line of progress at once."""
    print(words, flush=True)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Yield the benchmark's own PostGIS; it is stopped afterwards if this started it."""
    cluster = Cluster(HOME)
    status = cluster.up()
    try:
        yield cluster
    finally:
        if status.started_here:
            cluster.down()


def prepare(cluster: Cluster, *, large: bool = False) -> None:
    """Load the facts and whatever generated table is missing, and write the layer files.

    Parameters
    ----------
    cluster
        Runs.
    large
        Whether the table of two million parcels is wanted too (some 2 GB).
    """
    _load_facts(cluster)
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        for schema in (SCHEMA, PEER_SCHEMA, PEER_SCHEMA_3857):
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        land = land_of(connection)
        _ensure_parcels(connection, "parcels_200k", land, SMALL)
        if large:
            wide, high = LARGE_AROUND
            x, y = round(land.centroid.x, 1), round(land.centroid.y, 1)
            _ensure_parcels(connection, "parcels_2m", shapely.box(x - wide, y - high, x + wide, y + high), LARGE)
        _ensure_copies(connection)
        write_layers(large=has_large(cluster))
        _make_parks(connection)
        _store_features(connection)


def _load_facts(cluster: Cluster) -> None:
    """Load the real facts. After a change of the migrations the tables are made anew: nothing here is worth keeping."""
    migrations = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    stamp = hashlib.sha256(b"".join(path.read_bytes() for path in migrations)).hexdigest()
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        row = connection.execute("SELECT obj_description(to_regnamespace('yuantu'))").fetchone()
        if row is None or row[0] != stamp:
            connection.execute("DROP SCHEMA IF EXISTS yuantu CASCADE")
    engine = owner_engine(cluster.url())
    migrate(engine)
    report = load(engine, geodata=ROOT / "geodata", assets=ROOT / "node_modules")
    engine.dispose()
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute(sql.SQL("COMMENT ON SCHEMA yuantu IS {}").format(sql.Literal(stamp)))
    say(f"Facts: {report.rows} rows")


def has_large(cluster: Cluster) -> bool:
    """Tell whether the table of two million parcels is there."""
    with psycopg.connect(cluster.url()) as connection:
        return _stamp(connection, SCHEMA, "parcels_2m") is not None


def land_of(connection: psycopg.Connection) -> shapely.Geometry:
    row = connection.execute("SELECT ST_AsBinary(geom) FROM yuantu.zone_feature WHERE id = 'binhai'").fetchone()
    if row is None:
        raise SystemExit("The facts hold no zone 'binhai'.")
    return shapely.from_wkb(bytes(row[0]))


def _stamp(connection: psycopg.Connection, schema: str, table: str) -> str | None:
    row = connection.execute("SELECT obj_description(to_regclass(%s))", [f"{schema}.{table}"]).fetchone()
    return row[0] if row else None


def _create(connection: psycopg.Connection, schema: str, table: str, srid: int, geojson: str) -> None:
    name = sql.Identifier(schema, table)
    connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(name))
    connection.execute(_PARCELS.format(schema=schema, table=table, srid=srid, geojson=geojson))


def _finish(connection: psycopg.Connection, schema: str, table: str, stamp: str) -> None:
    """Index a table, and only then mark it as whole."""
    name = sql.Identifier(schema, table)
    connection.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (id)").format(name))
    connection.execute(sql.SQL("CREATE INDEX ON {} USING gist (geom)").format(name))
    connection.execute(sql.SQL("VACUUM (ANALYZE, FREEZE) {}").format(name))
    connection.execute(sql.SQL("COMMENT ON TABLE {} IS {}").format(name, sql.Literal(stamp)))


def _ensure_parcels(connection: psycopg.Connection, table: str, land: shapely.Geometry, count: int) -> None:
    digest = hashlib.sha256(shapely.to_wkb(land)).hexdigest()[:12]
    stamp = f"benchmark data, not real: {count} generated parcels, seed {parcels.SEED}, land {digest}"
    if _stamp(connection, SCHEMA, table) == stamp:
        say(f"{SCHEMA}.{table}: there")
        return
    began = time.monotonic()
    cells = parcels.cells_within(land, count)
    _create(connection, SCHEMA, table, 4490, _GEOJSON)
    copy = f"COPY {SCHEMA}.{table} (id, name, use_code, area_m2, year, geom) FROM STDIN"
    with connection.cursor().copy(copy) as sink:
        for at in range(0, count, BATCH):
            sink.write("".join(parcels.parcels(cells[at : at + BATCH], at + 1).rows(4490)))
    _finish(connection, SCHEMA, table, stamp)
    say(f"{SCHEMA}.{table}: {count} generated parcels in {time.monotonic() - began:.0f} s")


def _ensure_copies(connection: psycopg.Connection) -> None:
    """Store the same rows, in the same order, in the forms that comparisons need.

    For the peers with the SRID they expect and without our stored GeoJSON; and for the tiles of stored Web Mercator.
    """
    stamp = _stamp(connection, SCHEMA, "parcels_200k")
    mercator = ",\n  geom_3857 geometry(Polygon, 3857) GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED"
    for schema, table, srid, extra, geometry in (
        (PEER_SCHEMA, "parcels", 4326, "", "ST_SetSRID(geom, 4326)"),
        (PEER_SCHEMA_3857, "parcels", 3857, "", "ST_Transform(geom, 3857)"),
        (SCHEMA, "parcels_3857", 4490, _GEOJSON + mercator, "geom"),
    ):
        if _stamp(connection, schema, table) == stamp:
            continue
        _create(connection, schema, table, srid, extra)
        connection.execute(
            f"INSERT INTO {schema}.{table} (id, name, use_code, area_m2, year, geom)"
            f" SELECT id, name, use_code, area_m2, year, {geometry} FROM {SCHEMA}.parcels_200k ORDER BY id"
        )
        if "geom_3857" in extra:
            connection.execute(f"CREATE INDEX ON {schema}.{table} USING gist (geom_3857)")
        _finish(connection, schema, table, str(stamp))


def _make_parks(connection: psycopg.Connection) -> None:
    """Store the real parks as tables, so that the like-for-like comparison reads the same kind of relation."""
    kinds = ", ".join(f"'{kind}'" for kind in PARK_KINDS)
    fields = ", ".join(f'"{field.name}"' for field in read_registry(LAYERS).layer("parks").fields)
    with connection.transaction():
        for schema, geometry in (
            (SCHEMA, "geom, geojson"),
            (PEER_SCHEMA, "ST_SetSRID(geom, 4326)::geometry(MultiPolygon, 4326) AS geom"),
        ):
            connection.execute(f"DROP TABLE IF EXISTS {schema}.parks")
            connection.execute(
                f"CREATE TABLE {schema}.parks AS SELECT id, {fields}, {geometry}"
                f" FROM yuantu.zone_feature WHERE kind IN ({kinds}) ORDER BY id"
            )
            connection.execute(f"ALTER TABLE {schema}.parks ADD PRIMARY KEY (id)")
            connection.execute(f"CREATE INDEX ON {schema}.parks USING gist (geom)")
    connection.execute(f"ANALYZE {SCHEMA}.parks")
    connection.execute(f"ANALYZE {PEER_SCHEMA}.parks")


def _store_features(connection: psycopg.Connection) -> None:
    """Store the features of our own tables beside their columns, as the layer files say and an operator would do it."""
    for layer in read_registry(LAYERS).layers.values():
        if layer.source.feature is None or layer.source.table is None:
            continue
        statements = column_sql(layer, layer.source.feature)
        schema, table = layer.source.table.split(".")
        name, column = sql.Identifier(schema, table), sql.Identifier(layer.source.feature)
        digest = hashlib.sha256(statements.encode()).hexdigest()[:12]
        row = connection.execute(
            "SELECT col_description(attrelid, attnum) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attname = %s AND NOT attisdropped",
            [layer.source.table, layer.source.feature],
        ).fetchone()
        if row is not None and row[0] == digest:
            continue
        began = time.monotonic()
        connection.execute(sql.SQL("ALTER TABLE {} DROP COLUMN IF EXISTS {}").format(name, column))
        connection.execute(statements)
        connection.execute(sql.SQL("VACUUM (ANALYZE, FREEZE) {}").format(name))
        connection.execute(sql.SQL("COMMENT ON COLUMN {}.{} IS {}").format(name, column, sql.Literal(digest)))
        say(f"{layer.source.table}: features stored in {time.monotonic() - began:.0f} s")


def write_layers(*, large: bool) -> None:
    """Write the folders of layer files the service is started with.

    One has the benchmark's own and none of the published ones; the other, for the page, the published ones and parcels.
    """
    shutil.rmtree(LAYERS, ignore_errors=True)
    shutil.copytree(ROOT / "layers" / "templates", LAYERS / "templates")
    names = ["groups.yaml", "parks.yaml", "parks-view.yaml", "parcels.yaml", "parcels-3857.yaml"]
    for name in names + ["parcels-2m.yaml"] * large:
        shutil.copy(ROOT / "benchmarks" / "layers" / name, LAYERS / name)
    _write_map_layers()


def _write_map_layers() -> None:
    shutil.rmtree(MAP_LAYERS, ignore_errors=True)
    shutil.copytree(ROOT / "layers", MAP_LAYERS)
    own = ROOT / "benchmarks" / "layers"
    shutil.copy(own / "parcels.yaml", MAP_LAYERS)
    groups = [
        group
        for folder in (ROOT / "layers", own)
        for group in yaml.safe_load((folder / "groups.yaml").read_text(encoding="utf-8"))["groups"]
    ]
    text = yaml.safe_dump({"groups": groups}, allow_unicode=True)
    (MAP_LAYERS / "groups.yaml").write_text(text, encoding="utf-8")
