"""Nothing that a client writes reaches the database as SQL, and nothing that it writes makes the database fail."""

import re
import string
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.features.cql2 import Cql2Error, Node, Property, compile_filter, nodes, parse_json, parse_text, to_json, to_text
from app.geodesy.crs import REGISTRY, Crs, find_crs
from tests.cql2 import trees
from tests.cql2.conftest import PROPERTIES, Table

ALLOWED = {one.lower() for one in nodes.CALLABLE}
_KEYWORDS = {
    "date", "timestamp", "interval", "bbox", "point", "linestring", "polygon", "multipoint", "multilinestring",
    "multipolygon", "geometrycollection", "div", "between", "like", "in", "and", "or", "not", "is", "null",
}  # fmt: skip
_OPERATORS = {"between", "like", "in", "and", "or", "not", "div", "isnull"}

# Every word that the SQL of a condition may hold; columns and bound values are taken out first.
SQL_WORDS = {
    "and", "or", "not", "is", "null", "in", "between", "like", "any", "case", "when", "then", "else", "end", "true",
    "false", "cast", "as", "collate", "select", "from", "offset", "at", "time", "zone", "array",
    "text", "bigint", "numeric", "float8", "date", "timestamptz", "bytea", "boolean",
    "lower", "upper", "translate", "chr", "normalize", "nfd", "nfc", "regexp_replace", "nullif", "div", "mod", "power",
    "abs", "trunc", "log", "n", "a", "b", "f", "e308", "e",
    "st_intersects", "st_contains", "st_crosses", "st_equals", "st_overlaps", "st_touches", "st_within",
    "st_geomfromwkb", "st_isvalid", "geometrytype",
}  # fmt: skip
_STRINGS = {"'UTC'", "'infinity'", "'-infinity'", "''", "'g'", "'GEOMETRYCOLLECTION'"}


@pytest.fixture(scope="module")
def every_function(sample: Table) -> Sequence[str]:
    with sample.engine.connect() as connection:
        names = connection.execute(text("SELECT DISTINCT proname FROM pg_proc ORDER BY proname")).scalars().all()
    assert {"pg_sleep", "pg_read_file", "lower", "st_buffer"} <= set(names)
    return names


_ARGUMENTS = ("", "5", "'x'", "name", "n, 1", "'a', 'b'", "geom, 10, 'm'", "1, 2, 3, 4")
_PLACES = ("{}", "{} = 1", "name = {}", "n + {} > 1", "n IN ({})", "{} IS NULL", "CASEI({}) = 'x'", "NOT {}",
           "S_INTERSECTS(geom, {})", "T_AFTER({}, at)", "T_AFTER(INTERVAL({}, at), at)", "A_CONTAINS(tags, {})",
           "A_CONTAINS(tags, ({}, 'x'))", "{} BETWEEN 1 AND 2", "{} LIKE 'x'")  # fmt: skip


def test_no_function_of_the_database_can_be_called(every_function: Sequence[str], sample: Table) -> None:
    tried = 0
    for number, name in enumerate(every_function):
        if name.lower() in ALLOWED:
            continue
        for spelling in (name, f'"{name}"', f"pg_catalog.{name}"):
            call = f"{spelling}({_ARGUMENTS[number % len(_ARGUMENTS)]})"
            filter_ = _PLACES[(number // 3) % len(_PLACES)].format(call)
            with pytest.raises(Cql2Error):
                _compile(parse_text(filter_))
            tried += 1
        if name.lower() in _KEYWORDS:
            continue
        for arguments in _ARGUMENTS:
            with pytest.raises(Cql2Error, match="There is no function"):
                _compile(parse_text(f"{name}({arguments}) = 1" if name.isascii() else f"{name}()"))
    assert tried > 5_000


def test_no_function_of_the_database_can_be_called_in_json(every_function: Sequence[str]) -> None:
    for name in every_function:
        if name.lower() in ALLOWED or name.lower() in _OPERATORS:
            continue
        for args in ([], ["x"], [{"property": "n"}, 1], [{"property": "geom"}, 10, "m"]):
            for value in ({"op": name, "args": args}, {"op": "=", "args": [{"op": name, "args": args}, 1]}):
                with pytest.raises(Cql2Error, match="There is no function"):
                    _compile(parse_json(value))


def _compile(node: Node, crs: Crs = REGISTRY[0]) -> tuple[str, dict[str, Any]]:
    return compile_filter(node, PROPERTIES, filter_crs=crs, geometry="geom")


def check_sql(sql: str, properties: Sequence[str] = tuple(PROPERTIES)) -> None:
    """Require that SQL is made of known columns, bound values, and words and signs of ours."""
    for name in properties:
        sql = sql.replace(f'f."{name}"', " ")
    sql = re.sub(r"(?<![:\w]):cql_\d+\b", " ", sql)
    sql = sql.replace('COLLATE "C"', " ").replace('COLLATE "und-x-icu"', " ")
    for one in re.findall(r"'[^']*'", sql):
        assert one in _STRINGS, one
        sql = sql.replace(one, " ", 1)
    words = {word.lower() for word in re.findall(r"[^\W\d]\w*", sql)}
    assert words <= SQL_WORDS, words - SQL_WORDS
    rest = set(re.sub(r"[\w\s.]", "", sql))
    assert rest <= set("()[],=<>+-*/|&@"), rest
    for forbidden in ("--", "/*", "*/", ";", "$", '"', "\\"):
        assert forbidden not in sql


MARK = "zqX7"


@pytest.mark.parametrize(
    ("filter_", "count"),
    [
        ("name = {}", 0), ("name LIKE {}", 0), ("CASEI(name) = CASEI({})", 0), ("ACCENTI(name) LIKE ACCENTI({})", 0),
        ("name IN ({}, other)", 0), ("name IN ({}, 'y')", 0), ("A_CONTAINS(tags, ({}))", 0),
        ("A_CONTAINS(({}, name), ({}))", 6), ("{} IS NULL", 0), ("{} = {}", 6), ("A_EQUALS(({}), ({}))", 6),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "content",
    [MARK, f"{MARK}'; DROP TABLE x; --", f"{MARK}\\' OR 1=1", f"{MARK}$$ $1 :cql_0 %s %(x)s", f"/* {MARK} */",
     f'{MARK}"', f"{MARK}{{}}[]", f"{MARK}\u2019\uff07\u02bc", f"{MARK}E'\\x27'", f"{MARK}\n--\t"],
)  # fmt: skip
def test_strings_are_bound(sample: Table, filter_: str, count: int, content: str) -> None:
    node = parse_text(filter_.replace("{}", to_text(nodes.Text(content))))
    sql, values = _compile(node)
    assert MARK.lower() not in sql.lower()
    check_sql(sql)
    assert "A_EQUALS" in filter_ or any(MARK in str(one) for one in values.values())
    assert sample.count(node) == count


@pytest.mark.parametrize(
    "name",
    [
        'x"; DROP TABLE y; --', "x' OR '1'='1", "n) OR (1=1", "f.n", "pg_sleep(5)", "\\", "name\x00", "n\ud800",
        'f"."n', "ctid", "xmin", "tableoid", "N", "n ", " n", "ｎ",
    ],
)  # fmt: skip
def test_names_are_looked_up_only(name: str) -> None:
    for make in (
        lambda: parse_text('"' + name.replace('"', '""') + '" IS NULL'),
        lambda: parse_json({"op": "isNull", "args": [{"property": name}]}),
    ):
        with pytest.raises(Cql2Error):
            _compile(make())


def test_a_column_of_any_name_is_quoted() -> None:
    properties = {name: Property(name, "string") for name in ('a"b', "a:b", "a b", "a'b")}
    for name in properties:
        node = parse_json({"op": "isNull", "args": [{"property": name}]})
        sql, values = compile_filter(node, properties, filter_crs=REGISTRY[0], geometry="geom")
        written = str(text(sql).compile(compile_kwargs={"literal_binds": True}))
        assert written == '(f."' + name.replace('"', '""') + '" COLLATE "C" IS NULL)'
        assert values == {}


@settings(max_examples=500, deadline=None)
@given(trees.conditions(), st.sampled_from(REGISTRY))
def test_any_tree_is_compiled_to_our_words_or_refused(node: Node, crs: Crs) -> None:
    try:
        sql, values = _compile(node, crs)
    except Cql2Error:
        return
    check_sql(sql)
    assert list(values) == [f"cql_{n}" for n in range(len(values))]


# Filters whose types fit, so that they do reach the database.
_name = st.sampled_from(["name", "other", "名称"]).map(nodes.PropertyName)
_digits = st.sampled_from(["n", "m", "x", "y", "id"]).map(nodes.PropertyName)
_extreme = st.sampled_from(
    [
        0,
        -1,
        1,
        2,
        0.5,
        -0.0,
        1 / 3,
        2**31,
        2**63 - 1,
        2**63,
        -(2**63),
        10**30,
        10**308,
        1.7e308,
        -1.7e308,
        5e-324,
        1e-300,
    ]
).map(nodes.Number)
_number = st.recursive(
    st.one_of(_digits, _extreme, trees.numbers),
    lambda inner: st.builds(nodes.Arithmetic, st.sampled_from(nodes.ARITHMETIC), inner, inner),
    max_leaves=6,
)
_string = st.recursive(
    st.one_of(_name, trees.texts),
    lambda inner: st.builds(nodes.Fold, st.sampled_from(nodes.FOLDS), inner),
    max_leaves=2,
)
_instant = st.one_of(st.sampled_from(["day", "at", "starts", "ends"]).map(nodes.PropertyName), trees.instants)
_interval = st.builds(nodes.Interval, st.one_of(st.none(), _instant), st.one_of(st.none(), _instant))
_space = st.one_of(st.just(nodes.PropertyName("geom")), trees.spatials)
_flag = st.one_of(st.just(nodes.PropertyName("flag")), trees.booleans)


def _lists(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, min_size=1, max_size=4).map(tuple)


_same = st.sampled_from([_number, _string, _instant, _flag])
_comparison = _same.flatmap(lambda one: st.builds(nodes.Comparison, st.sampled_from(nodes.COMPARISONS), one, one))
_in = _same.flatmap(lambda one: st.builds(nodes.In, one, _lists(one)))
_array = st.one_of(
    st.just((_string, True)), st.just((_number, False)), st.just((trees.dates, False)), st.just((_flag, False))
).flatmap(
    lambda pair: st.builds(
        nodes.ArrayComparison,
        st.sampled_from(nodes.ARRAY),
        st.one_of(st.just(nodes.PropertyName("tags")), st.builds(nodes.Array, _lists(pair[0])))
        if pair[1]
        else st.builds(nodes.Array, _lists(pair[0])),
        st.builds(nodes.Array, _lists(pair[0])),
    )
)
_typed = st.recursive(
    st.one_of(
        _comparison,
        _in,
        _flag,
        _array,
        st.builds(nodes.Like, _string, trees.patterns),
        st.builds(nodes.Between, _number, _number, _number),
        st.builds(nodes.IsNull, st.one_of(_number, _string, _instant, _interval, _space)),
        st.builds(nodes.Spatial, st.sampled_from(nodes.SPATIAL), _space, _space),
        st.builds(nodes.Temporal, st.sampled_from(nodes.TEMPORAL), _interval, _interval),
        st.builds(nodes.Temporal, st.sampled_from(nodes.TEMPORAL[:2]), st.one_of(_instant, _interval), _instant),
    ),
    lambda inner: st.one_of(st.builds(nodes.Not, inner), st.builds(nodes.And, st.lists(inner, min_size=2).map(tuple))),
    max_leaves=4,
)


@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(node=_typed, crs=st.sampled_from(REGISTRY))
def test_no_filter_makes_the_database_fail(sample: Table, node: Node, crs: Crs) -> None:
    try:
        count = sample.count(node, crs)
    except Cql2Error:
        return
    assert 0 <= count <= 6
    assert sample.count(parse_json(to_json(node)), crs) == count


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pattern=st.text(st.sampled_from("%_\\ab'é\u0301ßΣς<=\u0338"), max_size=12), fold=st.sampled_from(["", *nodes.FOLDS])
)
def test_no_pattern_makes_the_database_fail(sample: Table, pattern: str, fold: Any) -> None:
    value: Node = nodes.PropertyName("name")
    literal: Node = nodes.Text(pattern)
    if fold:
        value, literal = nodes.Fold(fold, value), nodes.Fold(fold, literal)
    try:
        sample.count(nodes.Like(value, literal))
    except Cql2Error as error:
        assert "escape" in str(error)


@pytest.mark.parametrize(
    "filter_",
    [
        "n + 9223372036854775807 > 0",
        "n * n * n * n * n * n > 0",
        "-n = -9223372036854775808",
        "n = 1e308 * 10",
        "x = 1e308 * 10 OR x > 10 ^ 299 * 10 ^ 299",
        "x < 1e-300 * 1e-300",
        "x = y / 1e-308 / 1e-308",
        "m = 99999",
        "m IN (99999, 1)",
        "n % 0 = 0 OR n div 0 = 0 OR n / 0 = 0",
        "0 ^ -1 = 0 OR (0 - 8) ^ 0.5 = 0 OR n ^ 1e308 = 0 OR 2 ^ x = 0 OR x ^ x = 0 OR y ^ y = 0",
        "day > DATE('9999-12-31') OR at < TIMESTAMP('0001-01-01T00:00:00Z')",
        "at = TIMESTAMP('9999-12-31T23:59:59.9999999Z')",
        "T_AFTER(INTERVAL(day, at), INTERVAL('..', '9999-12-31'))",
        "S_TOUCHES(geom, geom) OR S_OVERLAPS(geom, geom) OR S_CROSSES(geom, geom) OR S_CONTAINS(geom, geom)",
        "S_EQUALS(geom, GEOMETRYCOLLECTION(POINT(1 1),POINT(2 2)))",
        "S_INTERSECTS(geom, LINESTRING(1 1,1 1))" ,
    ],
)  # fmt: skip
def test_edges_of_types(sample: Table, filter_: str) -> None:
    try:
        assert 0 <= sample.count(parse_text(filter_)) <= 6
    except Cql2Error as error:
        assert "not a valid geometry" in str(error)


def test_a_long_list_is_one_value(sample: Table) -> None:
    sql, values = _compile(parse_text(f"n IN ({','.join(map(str, range(-2000, 2000)))})"))
    assert len(values) == 1
    assert sample.count(parse_text(f"n IN ({','.join(map(str, range(-2000, 2000)))})")) == 4
    assert sample.count(parse_json({"op": "in", "args": [{"property": "name"}, ["x"] * 9_000 + ["Straße"]]})) == 1
    check_sql(sql)


def test_alphabet_of_text_cannot_escape(sample: Table) -> None:
    for character in string.punctuation + "\n\t\u2028\u00a0\ufeff":
        node = parse_json({"op": "=", "args": [{"property": "name"}, f"a{character}b"]})
        assert sample.count(node) == 0
        assert parse_text(f"name = '{character * 2 if character in chr(39) + chr(92) else character}'")


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:4548", "EPSG:4527", "EPSG:4326"])
@pytest.mark.parametrize(
    "numbers", ["1e8,1e8", "-1e8,1e8", "0,1e8", "9e7,-9e7", "2e7,2.1e7", "4e7,0", "0,0", "90,180", "-90,-180"]
)
def test_places_beyond_the_earth(sample: Table, crs: str, numbers: str) -> None:
    x, y = numbers.split(",")
    try:
        for name in ("S_INTERSECTS", "S_WITHIN"):
            sample.count(parse_text(f"{name}(geom, POINT({x} {y}))"), find_crs(crs))
            sample.count(parse_text(f"{name}(geom, BBOX({x},{y},1e8,1e8))"), find_crs(crs))
    except Cql2Error as error:
        assert "reach" in str(error) or "beyond" in str(error)


def make_deep(op: Callable[[Any], Any], depth: int) -> Any:
    value: Any = {"op": "=", "args": [{"property": "n"}, 1]}
    for _ in range(depth):
        value = op(value)
    return value


def test_the_deepest_filter_that_is_read_also_runs(sample: Table) -> None:
    assert sample.count(parse_json(make_deep(lambda one: {"op": "not", "args": [one]}, 48))) == 0
    deep: Any = {"property": "n"}
    for _ in range(40):
        deep = {"op": "+", "args": [deep, 1]}
    assert sample.count(parse_json({"op": "=", "args": [deep, 47]})) == 1
    power: Any = {"property": "m"}
    for _ in range(40):
        power = {"op": "^", "args": [power, 1]}
    assert sample.count(parse_json({"op": "=", "args": [power, 2]})) == 1
