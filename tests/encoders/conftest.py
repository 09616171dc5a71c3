"""Real rows: every feature of the layers of parks and of functional areas, straight from the database."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db.engine import owner_engine
from app.features.encoders import Row
from app.registry.definition import LayerDefinition
from app.registry.reader import Registry, read_registry
from tests.conftest import ROOT
from tests.encoders.support import Facts


@pytest.fixture(scope="session")
def registry() -> Registry:
    return read_registry(ROOT / "layers")


@pytest.fixture(scope="session")
def facts_of(database_url: str, registry: Registry) -> Callable[..., Facts]:
    """Return what reads a layer: its ids, its geometries in a CRS, its fields."""

    def read(layer_id: str, srid: int = 4490) -> Facts:
        layer = registry.layer(layer_id)
        columns = ", ".join(f'"{one.name}"' for one in layer.fields)
        engine = owner_engine(database_url)
        with engine.connect() as connection:
            found = connection.execute(
                text(
                    f"SELECT id, ST_AsBinary(ST_Transform(geom, {srid})), {columns}"
                    f" FROM {layer.source.relation} AS f ORDER BY id"
                )
            ).all()
        engine.dispose()
        rows = tuple(Row(one[0], None if one[1] is None else bytes(one[1]), tuple(one[2:])) for one in found)
        return Facts(layer, rows)

    return read


@pytest.fixture(scope="session")
def parks(facts_of: Callable[..., Facts]) -> Facts:
    return facts_of("parks")


@pytest.fixture(scope="session")
def functional_areas(facts_of: Callable[..., Facts]) -> Facts:
    """Two of them have no geometry: the documents do not locate them."""
    return facts_of("functional-areas")


@pytest.fixture(scope="session")
def layer(registry: Registry) -> LayerDefinition:
    return registry.layer("parks")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that temporary files go to during the test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder
