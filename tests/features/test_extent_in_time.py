"""The extent in time of a table: dates and times of every kind, open ends and endless ones."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text

from app.cli import migrate
from app.db.engine import owner_engine, read_engine
from app.db.reader import Reader
from app.features.service import LayerSizes
from app.registry.definition import LayerDefinition
from app.settings import Settings
from tests.asgi import run


@pytest.fixture
def engine(empty_database: str) -> Iterator[Engine]:
    engine = owner_engine(empty_database)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("kind", "column", "rows", "expected"),
    [
        ("integer", "integer", ["2020", "987", None], ["0987-01-01T00:00:00Z", "2020-12-31T23:59:59Z"]),
        ("date", "date", ["2024-02-29", "1850-05-05"], ["1850-05-05T00:00:00Z", "2024-02-29T23:59:59Z"]),
        ("date", "date", ["-infinity", "1850-05-05"], [None, "1850-05-05T23:59:59Z"]),
        (
            "datetime", "timestamptz", ["2025-01-01T08:00:00+08:00", "2025-01-01T00:00:00.25Z", None],
            ["2025-01-01T00:00:00.000000Z", "2025-01-01T00:00:00.250000Z"],
        ),
        ("datetime", "timestamptz", ["2025-01-01T00:00:00Z", "infinity"], ["2025-01-01T00:00:00.000000Z", None]),
        ("date", "date", [None], [None, None]),
        ("date", "date", [], None),
    ],
)  # fmt: skip
def test_the_ends_of_what_a_table_holds(
    engine: Engine, empty_database: str, kind: str, column: str, rows: list[str | None], expected: Any
) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(f"CREATE TABLE public.times (id serial, at {column}, geom geometry(Point, 4490), geojson text)")
        )
        for one in rows:
            connection.execute(text(f"INSERT INTO public.times (at) VALUES (CAST(:at AS {column}))"), {"at": one})
        connection.execute(text("GRANT SELECT ON public.times TO yuantu_read"))
    layer = LayerDefinition.model_validate(
        {
            "id": "times", "title": {"zh": "时", "en": "Times"}, "description": {"zh": "时", "en": "Times"},
            "group": "g", "status": "indicative", "geometry": "point", "pane": "points", "style": {"color": "#000000"},
            "source": {"table": "public.times", "key_type": "integer"}, "datetime": ["at"],
            "fields": [{"name": "at", "title": {"zh": "时", "en": "At"}, "type": kind}],
        }
    )  # fmt: skip

    async def ask() -> Any:
        reader = Reader([read_engine(empty_database, Settings(), assume_role=True)])
        try:
            return (await LayerSizes(reader).of(layer)).time
        finally:
            await reader.close()

    assert run(ask()) == expected
