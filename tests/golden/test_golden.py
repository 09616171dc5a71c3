"""Golden answers: what the service says of awkward features, letter by letter.

Each file of ``answers/`` was read by a person before it was kept. After a change that is meant:
``YUANTU_WRITE_GOLDEN=1 pytest tests/golden``, and read the difference.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pyogrio
import pytest

from app.cli import migrate
from app.db.cluster import Cluster
from app.db.engine import owner_engine
from app.features.encoders import ENCODERS
from app.main import create_app
from app.settings import Settings
from tests.asgi import client_of

HERE = Path(__file__).resolve().parent
ITEMS = "/ogc/collections/odd/items"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
ASKED: dict[str, tuple[str, dict[str, str]]] = {
    "items.geojson": (ITEMS, {}),
    "items-metres.geojson": (ITEMS, {"crs": f"{EPSG}4548", "bbox": "117,38,118,40"}),
    "items-latitude-first.geojson": (ITEMS, {"crs": f"{EPSG}4490", "precision": "2", "properties": "名称,extra"}),
    "items-antimeridian.geojson": (ITEMS, {"bbox": "179.5,-20,-179.5,-10"}),
    "items-sorted.geojson": (ITEMS, {"sortby": "-名称", "limit": "2", "skipGeometry": "true"}),
    "items-nested.geojson": (ITEMS, {"filter": "extra LIKE '%乙%' OR extra = '[]'"}),
    "items-text.geojson": (ITEMS, {"q": "一段", "skipCount": "true"}),
    "item.geojson": (f"{ITEMS}/3", {}),
    "items.fg.json": (ITEMS, {"f": "jsonfg"}),
    "layer.geojson": ("/layers/odd.geojson", {}),
    "layer.geojsons": ("/layers/odd.geojsons", {}),
    "layer.csv": ("/layers/odd.csv", {}),
    "layer.kml": ("/layers/odd.kml", {}),
    "collection.json": ("/ogc/collections/odd", {}),
    "queryables.json": ("/ogc/collections/odd/queryables", {}),
}


@pytest.fixture(scope="module")
def client(cluster: Cluster) -> Iterator[httpx.Client]:
    url = cluster.ensure_database("golden")
    engine = owner_engine(url)
    migrate(engine)
    engine.dispose()
    with psycopg.connect(url) as connection:
        connection.execute((HERE / "table.sql").read_text("utf-8"))
    with client_of(create_app(Settings(layers_dir=HERE / "layers", database_url=url))) as client:
        yield client
    with psycopg.connect(cluster.url(user="postgres", database="postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE golden WITH (FORCE)")


@pytest.mark.parametrize("name", ASKED)
def test_the_answer_is_what_it_was(client: httpx.Client, name: str) -> None:
    path, query = ASKED[name]
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    kept = HERE / "answers" / name
    if os.environ.get("YUANTU_WRITE_GOLDEN"):
        kept.write_bytes(answer.content)
        pytest.skip(f"{name} is written")
    assert answer.content.decode() == kept.read_bytes().decode()


@pytest.mark.parametrize("key", ["fgb", "gpkg", "shp", "parquet", "xlsx", "dxf"])
def test_other_formats_take_them_too(client: httpx.Client, tmp_path: Path, key: str) -> None:
    extension = ENCODERS[key].extension
    answer = client.get(f"/layers/odd.{extension}")
    assert answer.status_code == 200, answer.text
    path = tmp_path / f"odd.{extension}"
    path.write_bytes(answer.content)
    if key in ("fgb", "gpkg", "shp"):
        shown = pyogrio.read_dataframe(f"/vsizip/{path}" if key == "shp" else path, read_geometry=False)
        told = dict(zip(shown.iloc[:, 0].astype(str), shown["extra"], strict=True))
        assert json.loads(told["1"]) == {"名": '乙"丙"', "层": [1, {"真": True, "空": None}]}
        assert told["4"] == '"一段文字"' and len(told) == 5


def test_nothing_is_kept_that_is_not_asked_for() -> None:
    assert {one.name for one in (HERE / "answers").iterdir()} == set(ASKED)
