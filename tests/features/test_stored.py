"""Features that a table stores whole: the same answers as when they are put together, whatever happens to the table."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from sqlalchemy import Engine, text

from app.cli import migrate
from app.db.engine import owner_engine
from app.features.stored import NotStorable, column_sql
from app.main import create_app
from app.registry.definition import LayerDefinition
from app.registry.reader import read_registry
from app.settings import Settings
from tests.asgi import client_of
from tests.conftest import ROOT

FIELDS = [
    ("word", "string"), ("words", "string[]"), ("amount", "number"), ("whole", "integer"), ("day", "date"),
    ("moment", "datetime"), ("sure", "boolean"), ("面积", "number"),
]  # fmt: skip

TABLE = """
CREATE TABLE public.things (
  id text PRIMARY KEY, word text, words text[], amount float8, whole integer, day date, moment timestamptz,
  sure boolean, "面积" numeric, geom geometry(Point, 4490),
  geojson text GENERATED ALWAYS AS (ST_AsGeoJSON(geom, 6, 0)) STORED);
INSERT INTO public.things VALUES
  ('a"b', E'引号"与\\\\反斜线', '{甲,"乙 \\"丙\\""}', 1e20, 7, '2024-02-29', '2025-01-01T08:00:00+08', true, 1.50,
   'SRID=4490;POINT(117.1234567 39)'),
  ('空', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('c', '</script>', '{}', 0.1, -1, '0001-01-01', 'infinity', false, 0, 'SRID=4490;POINT EMPTY');
GRANT SELECT ON public.things TO yuantu_read;
"""


def definition(fields: list[tuple[str, str]], feature: str | None) -> dict[str, Any]:
    source = {"table": "public.things", "key": "id"} | ({"feature": feature} if feature else {})
    return {
        "id": "things", "title": {"zh": "物", "en": "Things"}, "description": {"zh": "物", "en": "Things"},
        "group": "g", "status": "indicative", "geometry": "point", "pane": "points", "style": {"color": "#000000"},
        "source": source,
        "fields": [{"name": name, "title": {"zh": name, "en": name}, "type": kind} for name, kind in fields],
    }  # fmt: skip


def write_layers(folder: Path, fields: list[tuple[str, str]] = FIELDS, feature: str | None = "feature") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "groups.yaml").write_text('groups: [{"id": "g", "title": {"zh": "组", "en": "Group"}}]', "utf-8")
    (folder / "things.yaml").write_text(json.dumps(definition(fields, feature)), "utf-8")
    return folder


@pytest.fixture
def engine(empty_database: str) -> Engine:
    engine = owner_engine(empty_database)
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(TABLE)
    return engine


def answers(url: str, layers: Path) -> tuple[str, str, str]:
    """Return a whole layer, a page and a page that is asked for in another form, as the service gives them."""
    settings = Settings(layers_dir=layers, database_url=url)
    with client_of(create_app(settings)) as client:

        def get(path: str) -> str:
            answer: httpx.Response = client.get(path)
            assert answer.status_code == 200, answer.text
            return json.dumps(json.loads(answer.text)["features"], ensure_ascii=False)

        items = "/ogc/collections/things/items"
        return get("/layers/things.geojson"), get(items), get(f"{items}?properties=word,words&precision=3")


def store(url: str, layers: Path) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(column_sql(read_registry(layers).layer("things"), "feature"))


def test_stored_features_are_those_put_together(
    engine: Engine, empty_database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plain = answers(empty_database, write_layers(tmp_path / "plain", feature=None))
    layers = write_layers(tmp_path / "layers")
    store(empty_database, layers)
    assert answers(empty_database, layers) == plain
    assert len(json.loads(plain[0])) == 3 and "infinity" in plain[0] and '引号\\"与' in plain[0]
    assert not caplog.records


def test_they_are_what_is_read(engine: Engine, empty_database: str, tmp_path: Path) -> None:
    """A column that a table only calls so, to show that answers come from it where they may."""
    layers = write_layers(tmp_path / "layers")
    store(empty_database, layers)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE public.things ALTER feature DROP EXPRESSION"))
        connection.execute(text("UPDATE public.things SET feature = NULL WHERE id = 'c'"))
    with client_of(create_app(Settings(layers_dir=layers, database_url=empty_database))) as client:
        with engine.begin() as connection:
            connection.execute(
                text("""UPDATE public.things SET feature = '{"type":"Feature","id":"空","mark": 1}' WHERE id = '空'""")
            )
        page = client.get("/ogc/collections/things/items").json()["features"]
        other = client.get("/ogc/collections/things/items?precision=6").json()["features"]
    assert [one.get("mark") for one in page] == [None, None, 1] and page[2]["id"] == "空"
    # One without a stored feature is put together; none is lost.
    assert page[1] == other[1] and page[1]["id"] == "c"
    assert all("mark" not in one for one in other)


def test_a_changed_row_is_a_changed_feature(engine: Engine, empty_database: str, tmp_path: Path) -> None:
    layers = write_layers(tmp_path / "layers")
    store(empty_database, layers)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL TimeZone = 'Asia/Shanghai'"))
        connection.execute(text("UPDATE public.things SET word = '新', moment = '2025-06-01T08:00:00+08', geom = NULL"))
    whole, page, _ = answers(empty_database, layers)
    for feature in json.loads(whole) + json.loads(page):
        assert feature["geometry"] is None
        assert feature["properties"]["word"] == "新"
        assert feature["properties"]["moment"] == "2025-06-01T00:00:00+00:00"


def test_what_the_layer_file_does_not_say_is_not_used(
    engine: Engine, empty_database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store(empty_database, write_layers(tmp_path / "layers"))
    fewer = write_layers(tmp_path / "layers", FIELDS[:2])
    features = json.loads(answers(empty_database, fewer)[1])
    assert all(list(one["properties"]) == ["word", "words"] for one in features)
    assert "things: 3 of its first 1000 stored features are not what the layer file says" in caplog.text


def test_a_column_that_is_not_there_is_said(
    engine: Engine, empty_database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(json.loads(answers(empty_database, write_layers(tmp_path / "layers"))[1])) == 3
    assert "things: its stored features cannot be read" in caplog.text and "feature" in caplog.text


def test_a_select_stores_nothing() -> None:
    layer = LayerDefinition.model_validate(definition(FIELDS, None) | {"source": {"sql": "SELECT 1"}})
    with pytest.raises(NotStorable, match="things is a SELECT"):
        column_sql(layer, "feature")


def test_the_command_prints_what_the_database_takes(engine: Engine, empty_database: str, tmp_path: Path) -> None:
    layers = write_layers(tmp_path / "layers", feature=None)

    def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "app.cli", "stored-features", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env={"PATH": "", "YUANTU_LAYERS_DIR": str(layers)}, capture_output=True, text=True
        )

    right = ask("things", "--column", "整")
    assert right.returncode == 0, right.stderr
    with psycopg.connect(empty_database) as connection:
        connection.execute(right.stdout)
        found = connection.execute("""SELECT "整"::json ->> 'id' FROM public.things ORDER BY id""").fetchall()
    assert {one for (one,) in found} == {'a"b', "c", "空"}
    wrong = ask("nothing")
    assert wrong.returncode == 2 and "there is no layer 'nothing'; there are things" in wrong.stderr
