"""Golden answers: what the service says of awkward features, letter by letter.

They hold what the service printed; that it is true is held by `test_what_is_kept_is_what_the_table_holds`. After a
change that is meant: ``YUANTU_WRITE_GOLDEN=1 pytest tests/golden``, and read the difference before it is kept.
"""

import json
import math
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import psycopg
import pyogrio
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import shape

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


def test_what_is_kept_is_what_the_table_holds(client: httpx.Client, cluster: Cluster) -> None:
    """Beside the rows as the driver and shapely read them, and pyproj for the metres."""
    with psycopg.connect(cluster.ensure_database("golden")) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        rows = connection.execute(
            'SELECT id, "名称", tags, amount, whole, day, moment, sure, site, extra, ST_AsBinary(geom)'
            " FROM odd ORDER BY id"
        ).fetchall()

    def kept(name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((HERE / "answers" / name).read_bytes())["features"]
        return found

    for feature, row in zip(kept("items.geojson"), rows, strict=True):
        told = feature["properties"]
        assert feature["id"] == row[0]
        assert [told[name] for name in ("名称", "tags", "whole", "sure", "site", "extra")] == [
            row[1], row[2], row[4], row[7], row[8], row[9]
        ]  # fmt: skip
        assert told["amount"] == (row[3] if row[3] is not None and math.isfinite(row[3]) else None)
        assert told["day"] == (row[5] and row[5].isoformat())
        assert (told["moment"] and datetime.fromisoformat(told["moment"])) == row[6]
        if row[10] is None:
            assert feature["geometry"] is None
        else:
            drawn, stored = shape(feature["geometry"]), shapely.from_wkb(bytes(row[10]))
            assert drawn.geom_type == stored.geom_type and shapely.equals_exact(drawn, stored, 5e-7)
    outlines = {row[0]: shapely.from_wkb(bytes(row[10])) for row in rows if row[10] is not None}
    to_metres = Transformer.from_crs("EPSG:4490", "EPSG:4548", always_xy=True)
    metres = kept("items-metres.geojson")
    assert [one["id"] for one in metres] == [1, 5]
    for feature in metres:
        right = shapely.transform(
            outlines[feature["id"]], lambda at: np.column_stack(to_metres.transform(*at.T))[:, ::-1]
        )
        assert shapely.equals_exact(shape(feature["geometry"]), right, 0.01)
    assert [one["id"] for one in kept("items-antimeridian.geojson")] == [3]
    assert [one["id"] for one in kept("items-nested.geojson")] == [1, 3]
    assert [one["id"] for one in kept("items-text.geojson")] == [4]


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
