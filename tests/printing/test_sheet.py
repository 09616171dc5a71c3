"""What a sheet is asked for: everything is checked, and everything that is wrong is said at once."""

from datetime import date

import pytest

from app.printing.sheet import Sheet, read_sheet
from app.problems import BadRequest

LAYERS = ("districts", "parks", "plan-binhai")
DAY = date(2025, 3, 31)


def test_a_query_without_anything_is_a_sheet_of_today() -> None:
    query = read_sheet([], LAYERS, today=DAY)
    assert query.sheet == Sheet(date="2025-03-31")
    assert query.sheet.size_mm == (297.0, 210.0)
    assert (query.language, query.layers, query.parts) == ("zh", None, ())


def test_paper_and_map_are_told_apart() -> None:
    pairs = [
        ("view", "117.7,39.0,11"), ("paper", "A3"), ("orientation", "portrait"), ("title", " 滨海新区 "),
        ("scale", "50000"), ("layers", "parks,districts"), ("grid", "kilometres"), ("date", "2024-02-29"),
        ("tool", "print"), ("lang", "en"),
    ]  # fmt: skip
    query = read_sheet(pairs, LAYERS)
    assert query.sheet == Sheet("A3", "portrait", "滨海新区", "", 50_000, "kilometres", "2024-02-29", 150)
    assert query.sheet.size_mm == (297.0, 420.0)
    assert query.parts == (("lang", "en"), ("layers", "parks,districts"), ("view", "117.7,39.0,11"))
    assert read_sheet(list(reversed(pairs)), LAYERS).canonical == query.canonical


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("paper", "A5"),
        ("orientation", "upright"),
        ("title", "图" * 61),
        ("title", "a\x00b"),
        ("maker", "图" * 41),
        ("scale", "0"),
        ("scale", "1e5"),
        ("scale", "٥٠٠٠٠"),
        ("scale", "9" * 400),
        ("grid", "utm"),
        ("date", "2025-02-30"),
        ("date", "20250331"),
        ("date", "today"),
        ("resolution", "1200"),
        ("layers", "parks,nonsense"),
        ("view", "117.7,39.0"),
        ("view", "javascript:alert(1)"),
        ("lang", "fr"),
        ("url", "http://169.254.169.254/"),
        ("select", "x" * 40_000),
    ],
)
def test_what_is_wrong_is_named(name: str, value: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        read_sheet([(name, value)], LAYERS)
    assert refusal.value.errors[0].parameter in (name, "query")


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(BadRequest) as refusal:
        read_sheet([("paper", "A5"), ("scale", "x"), ("grid", "y"), ("parks", "1"), ("grid", "none")], LAYERS)
    assert {error.parameter for error in refusal.value.errors} == {"paper", "scale", "grid", "parks"}
