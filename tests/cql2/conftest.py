"""A small table with every type of property, and the data set of the standard's abstract tests, both in PostGIS."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from app.db.engine import READ_ROLE, owner_engine
from app.features.cql2 import Node, Property, compile_filter, parse_json, parse_text, properties_of
from app.geodesy.crs import CRS84, Crs
from app.loading.geopackage import drop_preview, load_geopackage
from app.registry.definition import LayerDefinition

PROPERTIES: Mapping[str, Property] = {
    one.name: one
    for one in (
        Property("id", "integer"),
        Property("name", "string"),
        Property("other", "string"),
        Property("n", "integer"),
        Property("m", "integer"),
        Property("x", "number"),
        Property("y", "number"),
        Property("flag", "boolean"),
        Property("day", "date"),
        Property("at", "datetime"),
        Property("starts", "datetime"),
        Property("ends", "datetime"),
        Property("tags", "string[]"),
        Property("名称", "string"),
        Property("geom", "geometry"),
    )
}

SAMPLE = """
CREATE TABLE {schema}.sample (
  id integer PRIMARY KEY, name text, other text, n bigint, m smallint, x double precision, y numeric, flag boolean,
  day date, at timestamptz, starts timestamptz, ends timestamptz, tags text[], "名称" text,
  geom geometry(Geometry, 4490));
INSERT INTO {schema}.sample VALUES
 (1, 'Straße', 'STRASSE', 7, 2, 0.5, 0.1, true, '2022-04-16', '2022-04-16 10:13:19Z', '2022-01-01Z', '2022-03-01Z',
  '{{a,b}}', '滨海新区', 'SRID=4490;POLYGON((0 0,4 0,4 4,0 4,0 0))'),
 (2, 'Café 100%%', 'Café 100_', -7, 3, 2.25, 1000, false, '2022-04-17', '2022-04-16 23:59:59.999Z', '2022-02-01Z',
  '2022-04-01Z', '{{b}}', '东丽区', 'SRID=4490;LINESTRING(-1 2,5 2)'),
 (3, 'ΟΔΟΣ', 'οδος', 9223372036854775807, 0, 1.7e308, -3, NULL, '0001-01-01', '0001-01-01Z', '2022-03-01Z', NULL,
  '{{}}', 'a''b"c\\d', 'SRID=4490;POINT(4 4)'),
 (4, '', NULL, 0, NULL, 5e-324, 1e-9, true, '9999-12-31', '9999-12-31 23:59:59Z', '2022-01-01Z', '2022-04-01Z',
  '{{a,b,c}}', NULL, 'SRID=4490;POLYGON((10 10,12 12,12 10,10 12,10 10))'),
 (5, NULL, 'x', NULL, NULL, 'NaN', 'NaN', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
 (6, 'ﬁn', 'Fin', -1, -32768, 'Infinity', 0, false, NULL, NULL, '2022-04-01Z', '2022-04-01Z', '{{NULL}}', 'İı',
  'SRID=4490;GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(20 20,21 21))');
"""


@dataclass(frozen=True)
class Table:
    """A relation that filters can be tried on, as the reading role sees it."""

    engine: Engine
    relation: str
    properties: Mapping[str, Property]
    geometry: str = "geom"

    def _run(self, what: str, node: Node, crs: Crs) -> Any:
        sql, values = compile_filter(node, self.properties, filter_crs=crs, geometry=self.geometry)
        with self.engine.connect() as connection:
            connection.exec_driver_sql(f"SET ROLE {READ_ROLE}")
            connection.exec_driver_sql("SET TimeZone = 'UTC'")
            connection.exec_driver_sql("SET statement_timeout = '20s'")
            return connection.execute(text(f"SELECT {what} FROM {self.relation} AS f WHERE {sql}"), values).scalar()

    def count(self, node: Node, crs: Crs = CRS84) -> int:
        """Return how many rows match."""
        return int(self._run("count(*)", node, crs))

    def ids(self, filter_: str | Mapping[str, Any], crs: Crs = CRS84) -> list[int]:
        """Return the ids of the rows that match a filter in text, or in JSON."""
        node = parse_text(filter_) if isinstance(filter_, str) else parse_json(filter_)
        return list(self._run("coalesce(array_agg(f.id ORDER BY f.id), '{}')", node, crs))


@pytest.fixture(scope="session")
def owner(database_url: str) -> Iterator[Engine]:
    engine = owner_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def sample(owner: Engine) -> Iterator[Table]:
    schema = "yuantu_preview_sample"
    with owner.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        connection.exec_driver_sql(SAMPLE.format(schema=schema))
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {READ_ROLE}")
        connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {READ_ROLE}")
    yield Table(owner, f"{schema}.sample", PROPERTIES)
    drop_preview(owner, schema)


@pytest.fixture(scope="session")
def world(owner: Engine, shared: Path) -> Iterator[Callable[[str], Table]]:
    """Return the tables of the standard's data set by their names."""
    path = shared / "cql2" / "ne110m4cql2.gpkg"
    if not path.is_file():
        pytest.skip("the data set of the standard's abstract tests is not here")
    schema = "yuantu_preview_world"
    layers: dict[str, LayerDefinition] = {one.id: one for one in load_geopackage(owner, path, schema)}

    def table(name: str) -> Table:
        layer = layers[name]
        return Table(owner, layer.source.relation, properties_of(layer), layer.source.geometry)

    yield table
    drop_preview(owner, schema)
