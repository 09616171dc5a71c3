"""Keyset paging over a table that is not tidy: equal values, nulls, Chinese text, rows that come and go meanwhile."""

import asyncio
import json
import math
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from app.cli import migrate
from app.db.engine import owner_engine, read_engine
from app.db.reader import Reader
from app.features.cursor import BadCursor, Cursor, decode
from app.features.query import parse_items_query
from app.features.service import PageResult, read_page
from app.problems import BadRequest
from app.registry.definition import LayerDefinition
from app.settings import Settings

LONG = "长" * 900
WORDS = [
    "工业",
    "商业",
    "仓储",
    "居住",
    "é",
    "e",
    "Z",
    "a",
    "",
    None,
    LONG + "乙",
    LONG + "甲",
    "\u0001" * 2000,
    "𠮷" * 2000,
]

LAYER = LayerDefinition.model_validate(
    {
        "id": "untidy", "title": {"zh": "乱", "en": "Untidy"}, "description": {"zh": "乱", "en": "Untidy"},
        "group": "g",
        "status": "indicative", "geometry": "point", "pane": "points", "style": {"color": "#000000"},
        "source": {"table": "public.untidy", "key": "id", "key_type": "integer"},
        "fields": [
            {"name": "word", "title": {"zh": "词", "en": "Word"}, "filterable": True},
            {"name": "amount", "title": {"zh": "量", "en": "Amount"}, "type": "number", "filterable": True},
            {"name": "day", "title": {"zh": "日", "en": "Day"}, "type": "date"},
            {"name": "moment", "title": {"zh": "时", "en": "Moment"}, "type": "datetime"},
            {"name": "sure", "title": {"zh": "真", "en": "Sure"}, "type": "boolean"},
        ],
    }
)  # fmt: skip


@pytest.fixture
def engine(empty_database: str) -> Iterator[Engine]:
    engine = owner_engine(empty_database)
    migrate(engine)
    chance = random.Random(20251101)
    rows = [
        {
            "id": number * 10,
            "word": chance.choice(WORDS),
            "amount": chance.choice([None, 0.1, 1 / 3, -5, 1e20, 7, math.nan, math.inf, -math.inf]),
            "day": chance.choice([None, "2024-02-29", "2025-01-01", "-infinity"]),
            "moment": chance.choice([None, "2025-01-01T00:00:00.123456Z", "2025-01-01T08:00:00+08:00", "infinity"]),
            "sure": chance.choice([None, True, False]),
        }
        for number in range(300)
    ]
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE public.untidy (id bigint PRIMARY KEY, word text, amount float8, day date,"
                " moment timestamptz, sure boolean, geom geometry(Point, 4490),"
                " geojson text GENERATED ALWAYS AS (ST_AsGeoJSON(geom, 6, 0)) STORED)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO public.untidy"
                " VALUES (:id, :word, :amount, CAST(:day AS date), CAST(:moment AS timestamptz), :sure)"
            ),
            rows,
        )
        connection.execute(text("GRANT SELECT ON public.untidy TO yuantu_read"))
    yield engine
    engine.dispose()


class Client:
    """Asks for pages in a loop of its own."""

    def __init__(self, url: str) -> None:
        self.url = url

    def page(self, *, count_bound: int = 1000, page_bytes: int = 2**24, **query: str) -> PageResult:
        async def run() -> PageResult:
            reader = Reader([read_engine(self.url, Settings(), assume_role=True)])
            asked = parse_items_query(LAYER, query.items())
            try:
                return await read_page(reader, LAYER, asked, count_bound=count_bound, page_bytes=page_bytes)
            finally:
                await reader.close()

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, run()).result()

    def ids(self, page: PageResult) -> list[int]:
        return [feature["id"] for feature in json.loads(b"[" + page.features + b"]")]


@pytest.mark.parametrize(
    "sortby", ["", "word", "-word", "amount", "-amount,word", "day,-sure", "moment", "-moment,day", "sure", "-id"]
)
def test_a_walk_returns_everything_once_in_one_order(engine: Engine, empty_database: str, sortby: str) -> None:
    client = Client(empty_database)
    query = {"sortby": sortby} if sortby else {}
    whole = client.ids(client.page(limit="1000", **query))
    found: list[int] = []
    page = client.page(limit="37", **query)
    found += client.ids(page)
    while page.cursor is not None:
        page = client.page(limit="37", cursor=page.cursor, **query)
        found += client.ids(page)
    assert found == whole and len(set(whole)) == 300


def test_rows_that_come_and_go_meanwhile_disturb_nothing(engine: Engine, empty_database: str) -> None:
    """What is there from beginning to end is returned exactly once; an offset would repeat and skip."""
    client = Client(empty_database)
    chance = random.Random(1)
    page = client.page(limit="20", sortby="word")
    found = client.ids(page)
    gone: set[int] = set()
    new = 5
    while page.cursor is not None:
        with engine.begin() as connection:
            for _ in range(5):
                new += 10
                connection.execute(
                    text("INSERT INTO public.untidy (id, word) VALUES (:id, :word)"),
                    {"id": new, "word": chance.choice(WORDS)},
                )
            victim = chance.randrange(300) * 10
            connection.execute(text("DELETE FROM public.untidy WHERE id = :id"), {"id": victim})
            gone.add(victim)
        page = client.page(limit="20", sortby="word", cursor=page.cursor)
        found += client.ids(page)
    assert len(found) == len(set(found)), "nothing twice"
    assert {n * 10 for n in range(300)} - gone <= set(found), "nothing left out"


def test_counting_stops_at_the_bound(engine: Engine, empty_database: str) -> None:
    client = Client(empty_database)
    assert client.page(limit="10").matched == 300

    assert client.page(limit="10", count_bound=100).matched is None


@pytest.mark.parametrize("sortby", ["", "word", "-amount,word"])
def test_a_page_ends_where_it_is_large_enough(engine: Engine, empty_database: str, sortby: str) -> None:
    """Rows of very different sizes: each page holds the budget and no more than its last feature above it."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE public.untidy SET word = repeat('长', id::int) WHERE id % 70 = 0"))
    client = Client(empty_database)
    query = {"sortby": sortby} if sortby else {}
    whole = client.page(limit="1000", **query)
    found: list[int] = []
    sizes: list[int] = []
    page = client.page(limit="100", page_bytes=4000, **query)
    assert page.matched == 300
    while True:
        features = json.loads(b"[" + page.features + b"]")
        assert page.returned == len(features) > 0
        found += [one["id"] for one in features]
        last = len(json.dumps(features[-1], ensure_ascii=False, separators=(",", ":")).encode())
        assert len(page.features) - len(features) + 1 - last < 4000
        sizes.append(len(page.features))
        if page.cursor is None:
            break
        page = client.page(limit="100", page_bytes=4000, cursor=page.cursor, **query)
    assert found == client.ids(whole)
    assert all(size >= 4000 for size in sizes[:-1]) and max(sizes) > 6000


def test_a_page_of_one_feature_larger_than_the_budget(engine: Engine, empty_database: str) -> None:
    client = Client(empty_database)
    page = client.page(limit="5", page_bytes=1)
    assert client.ids(page) == [0] and page.cursor is not None
    assert client.ids(client.page(limit="5", page_bytes=1, cursor=page.cursor)) == [10]


def test_who_counts_by_offsets_is_told_of_a_page_that_ends_early(engine: Engine, empty_database: str) -> None:
    """The next offset would pass over what did not fit."""
    client = Client(empty_database)
    with pytest.raises(BadRequest, match="only the first 1 of these features fit") as refused:
        client.page(limit="5", offset="10", page_bytes=1)
    assert refused.value.errors[0].parameter == "limit"
    assert client.ids(client.page(limit="1", offset="10", page_bytes=1)) == [100]


@given(
    st.lists(st.one_of(st.none(), st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))),
    st.text(min_size=1),
    st.text(),
)
def test_a_cursor_comes_back_as_it_was(values: list[str | None], key: str, question: str) -> None:
    key = key.replace("\x00", "") or "k"
    key = key.encode("utf-8", "ignore").decode() or "k"
    question = question.encode("utf-8", "ignore").decode()
    cursor = Cursor((*values, key))
    try:
        encoded = cursor.encode(question)
    except UnicodeEncodeError:
        return
    if len(encoded) <= 4000:
        assert decode(encoded, question, len(values) + 1) == cursor


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_whatever_is_sent_as_a_cursor_is_refused_or_read(text_: str) -> None:
    with pytest.raises(BadCursor):
        decode(text_, "question", 1)


@pytest.mark.parametrize(
    "forged", [["x"], ["1e5"], ["99999999999999999999"], [None], ["1", "2"], [1], {}, "1", [["1"]]]
)
def test_a_forged_cursor_is_400(forged: Any) -> None:
    from app.features.cursor import _hash
    from app.features.ordering import order_of, read_cursor

    body = [_hash("untidy\n"), *forged] if isinstance(forged, list) else forged
    import base64

    cursor = base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")
    query = parse_items_query(LAYER, [("cursor", cursor)])
    with pytest.raises(BadRequest):
        read_cursor(LAYER, query, order_of(LAYER, query))
