"""CQL2 JSON: what the schema of annex C takes, and how what it does not take is refused."""

from typing import Any

import pytest

from app.features.cql2 import MAX_NODES, Cql2Error, parse_json, parse_text, to_json

P = {"property": "a"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "TRUE"),
        ({"op": "=", "args": [P, False]}, "a = FALSE"),
        ({"op": "isNull", "args": [{"op": "=", "args": [P, 1]}]}, "(a = 1) IS NULL"),
        ({"op": "like", "args": [{"op": "casei", "args": [P]}, {"op": "casei", "args": ["x%"]}]},
         "CASEI(a) LIKE CASEI('x%')"),
        ({"op": "s_within", "args": [P, {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}]},
         "S_WITHIN(a, MULTIPOINT((1 2), (3 4)))"),
        ({"op": "s_within", "args": [P, {"type": "Point", "coordinates": [1, 2, 3], "bbox": [1, 2, 3, 1, 2, 3]}]},
         "S_WITHIN(a, POINT Z(1 2 3))"),
        ({"op": "s_within", "args": [P, {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]}]},
         "S_WITHIN(a, MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0))))"),
        ({"op": "s_within", "args": [P, {"type": "GeometryCollection", "geometries": [
            {"type": "Point", "coordinates": [1, 2]}, {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}]}]},
         "S_WITHIN(a, GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(1 2, 3 4)))"),
        ({"op": "a_containedBy", "args": [["x", True, 1, {"date": "2022-01-01"}], P]},
         "A_CONTAINEDBY(('x', TRUE, 1, DATE('2022-01-01')), a)"),
        ({"op": "and", "args": [{"op": "not", "args": [True]}, False, P]}, "NOT TRUE AND FALSE AND a"),
    ],
)  # fmt: skip
def test_says_the_same_as_text(value: Any, text: str) -> None:
    assert parse_json(value) == parse_text(text)
    assert parse_json(to_json(parse_text(text))) == parse_text(text)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "null is no value"),
        ("x", "A filter is a condition"),
        (5, "A filter is a condition"),
        ([], "A filter is a condition"),
        ({}, "exactly one of the members"),
        ({"op": "=", "property": "a", "args": []}, "exactly one of the members"),
        ({"op": 5, "args": []}, '"op" should be a string'),
        ({"op": "=", "args": "x"}, '"args" should be an array'),
        ({"op": "="}, '"args" should be an array'),
        ({"op": "=", "args": [P]}, "takes 2 arguments, not 1"),
        ({"op": "and", "args": [True]}, "at least 2 arguments"),
        ({"op": "and", "args": [True, 1]}, "are conditions"),
        ({"op": "not", "args": []}, "takes 1 arguments, not 0"),
        ({"op": "=", "args": [P, None]}, "null is no value"),
        ({"op": "=", "args": [P, [1]]}, "compares strings"),
        ({"op": "=", "args": [P, float("nan")]}, "finite"),
        ({"op": "=", "args": [P, float("inf")]}, "finite"),
        ({"op": "=", "args": [P, 10**400]}, "between"),
        ({"op": "=", "args": [P, "a\x00"]}, "U+0000"),
        ({"op": "=", "args": [{"property": "\ud83d"}, 1]}, "U+D83D"),
        ({"op": "=", "args": [P, {"date": "2022-13-01"}]}, "no day"),
        ({"op": "=", "args": [P, {"timestamp": 5}]}, '"timestamp" should be a string'),
        ({"op": "in", "args": [P, 1]}, "an array of values"),
        ({"op": "like", "args": [P, P]}, "pattern"),
        ({"op": "between", "args": [P, "1", 2]}, "takes numbers"),
        ({"op": "t_after", "args": [P, {"interval": ["2022-01-01"]}]}, "two ends"),
        ({"op": "t_after", "args": [P, {"interval": [1, 2]}]}, "An end of"),
        ({"op": "t_after", "args": [P, {"interval": [{"date": "2022-01-01"}, ".."]}]}, "An end of"),
        ({"op": "s_equals", "args": [P, {"type": "Circle", "coordinates": [1, 2]}]}, "not a type of geometry"),
        ({"op": "s_equals", "args": [P, {"type": ["Point"], "coordinates": [1, 2]}]}, "not a type of geometry"),
        ({"op": "s_equals", "args": [P, {"type": "Point", "coordinates": []}]}, "empty POINT"),
        ({"op": "s_equals", "args": [P, {"type": "Point", "coordinates": ["1", 2]}]}, "should be a number"),
        ({"op": "s_equals", "args": [P, {"type": "Point", "coordinates": [[1, 2]]}]}, "should be a number"),
        ({"op": "s_equals", "args": [P, {"type": "Point"}]}, "should be an array"),
        ({"op": "s_equals", "args": [P, {"type": "Polygon", "coordinates": [[1, 2]]}]}, "should be an array"),
        ({"op": "s_equals", "args": [P, {"type": "Polygon", "coordinates": []}]}, "empty POLYGON"),
        ({"op": "s_equals", "args": [P, {"type": "Polygon", "coordinates": [[]]}]}, "at least four"),
        ({"op": "s_equals", "args": [P, {"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]], []]}]}, "two"),
        ({"op": "s_equals", "args": [P, {"type": "MultiPolygon", "coordinates": [[]]}]}, "empty"),
        ({"op": "s_equals", "args": [P, {"type": "GeometryCollection", "geometries": []}]}, "empty"),
        ({"op": "s_equals", "args": [P, {"bbox": [1, 2]}]}, "four or six"),
        ({"op": "s_equals", "args": [P, {"bbox": [1, 2, True, 4]}]}, "should be a number"),
    ],
    ids=lambda one: ascii(one)[:70],
)
def test_refused(value: Any, says: str) -> None:
    with pytest.raises(Cql2Error) as caught:
        parse_json(value)
    assert says in str(caught.value)
    assert caught.value.position is None


@pytest.mark.parametrize("op", ["not", "casei", "+", "f", "="])
def test_deep_nesting_is_refused_clearly(op: str) -> None:
    value: Any = True
    for _ in range(900):
        value = {"op": op, "args": [value] if op in ("not", "casei", "f") else [value, 1]}
    with pytest.raises(Cql2Error):
        parse_json(value)
    for _ in range(900):
        value = [value]
    with pytest.raises(Cql2Error, match="nested"):
        parse_json({"op": "a_equals", "args": [value, P]})


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(Cql2Error, match="between"):
        parse_json({"op": "=", "args": [P, 10**5000]})


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(Cql2Error, match=f"more than {MAX_NODES} parts"):
        parse_json({"op": "in", "args": [P, list(range(MAX_NODES))]})


def test_too_many_coordinates_are_refused() -> None:
    line = {"type": "LineString", "coordinates": [[n % 180, 1] for n in range(30_000)]}
    with pytest.raises(Cql2Error, match="positions"):
        parse_json({"op": "s_intersects", "args": [P, line]})
