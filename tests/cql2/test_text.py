"""CQL2 text: what the grammar of annex B takes, and how what it does not take is refused."""

import pytest

from app.features.cql2 import MAX_DEPTH, MAX_TEXT, Cql2Error, parse_json, parse_text, to_json, to_text

# Filters of the standard's own examples, with the JSON that the standard gives for them.
EXAMPLES = [
    ("city='Toronto'", {"op": "=", "args": [{"property": "city"}, "Toronto"]}),
    (
        "balance-150.0 > 0",
        {"op": ">", "args": [{"op": "-", "args": [{"property": "balance"}, 150.0]}, 0]},
    ),
    ("updated >= date('1970-01-01')", {"op": ">=", "args": [{"property": "updated"}, {"date": "1970-01-01"}]}),
    ("geometry IS NOT NULL", {"op": "not", "args": [{"op": "isNull", "args": [{"property": "geometry"}]}]}),
    ("name LIKE 'Smith%'", {"op": "like", "args": [{"property": "name"}, "Smith%"]}),
    ("depth BETWEEN 100.0 and 150.0", {"op": "between", "args": [{"property": "depth"}, 100.0, 150.0]}),
    (
        "category NOT IN (1,2,3,4)",
        {"op": "not", "args": [{"op": "in", "args": [{"property": "category"}, [1, 2, 3, 4]]}]},
    ),
    (
        "CASEI(road_class) IN (CASEI('Οδος'),CASEI('Straße'))",
        {
            "op": "in",
            "args": [
                {"op": "casei", "args": [{"property": "road_class"}]},
                [{"op": "casei", "args": ["Οδος"]}, {"op": "casei", "args": ["Straße"]}],
            ],
        },
    ),
    (
        "S_INTERSECTS(geometry,POINT(36.319836 32.288087))",
        {
            "op": "s_intersects",
            "args": [{"property": "geometry"}, {"type": "Point", "coordinates": [36.319836, 32.288087]}],
        },
    ),
    (
        "T_INTERSECTS(event_time, INTERVAL('1969-07-16T05:32:00Z', '1969-07-24T16:50:35Z'))",
        {
            "op": "t_intersects",
            "args": [
                {"property": "event_time"},
                {"interval": ["1969-07-16T05:32:00Z", "1969-07-24T16:50:35Z"]},
            ],
        },
    ),
    (
        "T_DURING(INTERVAL(touchdown, liftOff), INTERVAL('1969-07-16T13:32:00Z', '..'))",
        {
            "op": "t_during",
            "args": [
                {"interval": [{"property": "touchdown"}, {"property": "liftOff"}]},
                {"interval": ["1969-07-16T13:32:00Z", ".."]},
            ],
        },
    ),
    (
        "A_CONTAINS(layer:ids, ('layers-ca','layers-us'))",
        {"op": "a_contains", "args": [{"property": "layer:ids"}, ["layers-ca", "layers-us"]]},
    ),
    (
        "(floors>5 AND material='brick') OR swimming_pool=true",
        {
            "op": "or",
            "args": [
                {
                    "op": "and",
                    "args": [
                        {"op": ">", "args": [{"property": "floors"}, 5]},
                        {"op": "=", "args": [{"property": "material"}, "brick"]},
                    ],
                },
                {"op": "=", "args": [{"property": "swimming_pool"}, True]},
            ],
        },
    ),
    (
        'value = - foo * 2.0 + "bar" / 6.1234 - "x" ^ 2.0',
        {
            "op": "=",
            "args": [
                {"property": "value"},
                {
                    "op": "-",
                    "args": [
                        {
                            "op": "+",
                            "args": [
                                {"op": "*", "args": [{"op": "*", "args": [-1, {"property": "foo"}]}, 2.0]},
                                {"op": "/", "args": [{"property": "bar"}, 6.1234]},
                            ],
                        },
                        {"op": "^", "args": [{"property": "x"}, 2.0]},
                    ],
                },
            ],
        },
    ),
    (
        'S_INTERSECTS("geometry", BBOX(-128.098193, -1.1, -99999.0, 180.0, 90.0, 100000.0))',
        {
            "op": "s_intersects",
            "args": [{"property": "geometry"}, {"bbox": [-128.098193, -1.1, -99999.0, 180.0, 90.0, 100000.0]}],
        },
    ),
    (
        "T_FINISHEDBY(INTERVAL(starts_at, ends_at), INTERVAL('1991-10-07', '2010-02-10T05:29:20.073225Z'))",
        {
            "op": "t_finishedBy",
            "args": [
                {"interval": [{"property": "starts_at"}, {"property": "ends_at"}]},
                {"interval": ["1991-10-07", "2010-02-10T05:29:20.073225Z"]},
            ],
        },
    ),
]


@pytest.mark.parametrize(("text", "value"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_examples_of_the_standard(text: str, value: object) -> None:
    node = parse_text(text)
    assert node == parse_json(value)
    assert to_json(node) == value
    assert parse_text(to_text(node)) == node


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a = 1 OR b = 2 AND c = 3", "a = 1 OR (b = 2 AND c = 3)"),
        ("NOT a = 1 AND b = 2", "(NOT (a = 1)) AND b = 2"),
        ("NOT a IS NULL", "a IS NOT NULL"),
        ("NOT a BETWEEN 1 AND 2 AND b = 3", "(NOT (a BETWEEN 1 AND 2)) AND b = 3"),
        ("a NOT LIKE 'x'", "NOT (a LIKE 'x')"),
        ("a ILIKE 'x%'", "CASEI(a) LIKE CASEI('x%')"),
        ("a NOT ILIKE 'x%'", "NOT (CASEI(a) LIKE CASEI('x%'))"),
        ("a + b * c ^ 2 = 1", "(a + (b * (c ^ 2))) = 1"),
        ("a - b - c = 1", "((a - b) - c) = 1"),
        ("a / b * c = 1", "((a / b) * c) = 1"),
        ("a div b % c = 1", "((a div b) % c) = 1"),
        ("-a ^ 2 = 1", "(-1 * a) ^ 2 = 1"),
        ("a--1=1", "a - -1 = 1"),
        ("a = 1 IS NULL", "(a = 1) IS NULL"),
        ("((((a)))) = (1)", "a = 1"),
        ("A_OVERLAPS(a,(1,(2+3)*4))", "a_overlaps(a, (1, (2 + 3) * 4))"),
        ("casei(a)=Casei('x')", "CASEI(a) = CASEI('x')"),
        ("s_Equals(g,multipoint(1 2,3 4))", "S_EQUALS(g, MULTIPOINT((1 2), (3 4)))"),
        ("S_EQUALS(g,POINT Z(1 2 3))", "S_EQUALS(g, POINT(1 2 3))"),
        ("a=TRUE and b=false", "a = true AND b = FALSE"),
        ("a = 2. AND b = .5 AND c = 1E3", "a = 2 AND b = 0.5 AND c = 1000"),
        ("a\u00a0=\u30001", "a = 1"),
        ("a = +5", "a = 5"),
        ("T_AFTER(interval, DATE('2022-01-01'))", "T_AFTER(\"interval\", DATE('2022-01-01'))"),
    ],
)
def test_means_the_same(text: str, same: str) -> None:
    assert parse_text(text) == parse_text(same)


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("'Via dell''Avvento'", "Via dell'Avvento"),
        (r"'Via dell\'Avvento'", "Via dell'Avvento"),
        (r"'\a\b\t\n\v\f\r'", "\a\b\t\n\v\f\r"),
        (r"'100\%'", r"100\%"),
        (r"'C:\\temp'", r"C:\temp"),
        ("'天津 — 滨海𠀀'", "天津 — 滨海𠀀"),
        ("''", ""),
        ("'-- /* ; $$ '", "-- /* ; $$ "),
    ],
)
def test_character_literals(literal: str, value: str) -> None:
    assert to_json(parse_text(f"a = {literal}"))["args"][1] == value


@pytest.mark.parametrize("name", ["eo:cloud_cover", "a.b", "名称", "_x", "Ångström", "été2"])
def test_names_without_quotes(name: str) -> None:
    assert to_json(parse_text(f"{name} IS NULL"))["args"] == [{"property": name}]


@pytest.mark.parametrize("name", ["date", "a-b", "1a", 'a"b', "a b", "NOT", "园区;"])
def test_names_in_quotes(name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    node = parse_text(f"{quoted} IS NULL")
    assert to_json(node)["args"] == [{"property": name}]
    assert parse_text(to_text(node)) == node


REFUSED = [
    ("", 0, "Expected a property"),
    ("   ", 3, "Expected a property"),
    ("'x'", 0, "A filter is a condition"),
    ("a = 1 AND 5", 10, "AND joins conditions"),
    ("a + 1", 2, "A filter is a condition"),
    ("a = ", 4, "found the end of the filter"),
    ("a == 1", 3, "Expected"),
    ("a = 1 b = 2", 6, "Expected AND, OR or the end"),
    ("a != 1", 2, "no place in CQL2 text"),
    ("a = 1;", 5, "no place in CQL2 text"),
    ("a = 'x", 4, "not closed"),
    ('"a = 1', 0, "not closed"),
    ('"" = 1', 0, "not be empty"),
    ("(a = 1", 6, "Expected ')'"),
    ("a = 1)", 5, "Expected AND, OR or the end"),
    ("a ^ b ^ c = 1", 6, "does not chain"),
    ("a LIKE b", 7, "The pattern of LIKE is a literal"),
    ("a BETWEEN 1 OR 2", 12, "Expected AND"),
    ("a BETWEEN 'b' AND 'c'", 10, "takes numbers"),
    ("a IN 1", 5, "Expected '('"),
    ("a IN (1, POINT(1 2))", 9, "compares strings, numbers"),
    ("a IS 5", 5, "Expected NULL"),
    ("a NOT 5", 6, "Expected LIKE, BETWEEN or IN"),
    ("a = 1 + 'x'", 8, "takes numbers"),
    ("date = 1", 0, 'a property of that name is quoted: "date"'),
    ("a = null", 4, "is a keyword"),
    ("a = 12abc", 6, "A number should end here"),
    ("a = 1.2.3", 7, "A number should end here"),
    ("a = 1e999", 4, "finite"),
    ("a = " + "9" * 5000, 4, "finite"),
    ("a = " + "9" * 310, 4, "between"),
    ("a = DATE('2022-02-30')", 9, "no day"),
    ("a = DATE('2022-2-3')", 9, "write it like 2022-04-16"),
    ("a = DATE('0000-01-01')", 9, "no day"),
    ("a = DATE(x)", 9, "in single quotes"),
    ("a = TIMESTAMP('2022-04-16')", 14, "write it like 2022-04-16T10:13:19Z"),
    ("a = TIMESTAMP('2022-04-16T25:00:00Z')", 14, "hours go to 23"),
    ("a = TIMESTAMP('2022-04-16T10:00:00+08:00')", 14, "is not a time in UTC"),
    ("T_AFTER(a, INTERVAL('2022'))", 20, "is not a date"),
    ("T_AFTER(a, INTERVAL('2022-01-01'))", 32, "Expected ','"),
    ("T_AFTER(a, INTERVAL(1, 2))", 20, "An end of an INTERVAL"),
    ("T_AFTER(a, 5)", 11, "T_AFTER takes times"),
    ("T_AFTER(a)", 0, "takes 2 arguments, not 1"),
    ("S_EQUALS(g, 'x')", 12, "S_EQUALS takes geometries"),
    ("S_EQUALS(g, POINT(1))", 19, "a second coordinate"),
    ("S_EQUALS(g, POINT(1 2 3 4))", 12, "two numbers"),
    ("S_EQUALS(g, POINT M(1 2 3))", 18, "leave M out"),
    ("S_EQUALS(g, POINT EMPTY)", 12, "is a keyword"),
    ("S_EQUALS(g, LINESTRING(1 2))", 12, "at least two positions"),
    ("S_EQUALS(g, LINESTRING(1 2, 3 4 5))", 12, "two numbers"),
    ("S_EQUALS(g, POLYGON((0 0,1 1,1 0)))", 12, "at least four positions"),
    ("S_EQUALS(g, POLYGON((0 0,1 1,1 0,0 1)))", 12, "end where it begins"),
    ("S_EQUALS(g, GEOMETRYCOLLECTION(BBOX(1,2,3,4)))", 31, "Expected a geometry"),
    ("S_EQUALS(g, BBOX(1,2,3))", 12, "four or six numbers"),
    ("S_EQUALS(g, BBOX(1,2,3,1e400))", 23, "finite"),
    ("A_EQUALS(a, 'x')", 12, "A_EQUALS takes arrays"),
    ("CASEI(1) = 'x'", 6, "CASEI takes a string"),
    ("NOT 'x'", 4, "NOT joins conditions"),
    ("a = \u200b1", 4, "no place"),
    ("a = 'x\x00y'", 6, "U+0000"),
    ("a = 'x\ud800y'", 6, "U+D800"),
    ("a /* b */ = 1", None, "Expected"),
    ("a = $$x$$", 4, "no place"),
]


@pytest.mark.parametrize(("text", "position", "says"), REFUSED, ids=lambda one: ascii(one)[:60])
def test_refused(text: str, position: int | None, says: str) -> None:
    with pytest.raises(Cql2Error) as caught:
        parse_text(text)
    assert says in str(caught.value)
    if position is not None:
        assert caught.value.position == position
        assert f"(at character {position + 1})" in str(caught.value)


def test_chained_comparisons_are_refused() -> None:
    with pytest.raises(Cql2Error, match="compares strings, numbers"):
        parse_text("a = b = c")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "a = 1" + ")" * 10_000,
        "(" * 10_000,
        "NOT " * 4_900 + "a = 1",
        "-" * 10_000 + "1 = a",
        "CASEI(" * 3_000 + "a",
        "f(" * 9_000,
        "a = " + "1+" * 9_000 + "1",
        "a = " + "x*" * 9_000 + "1",
        "A_EQUALS(" + "(" * 10_000,
        "A_EQUALS(a," + "(1," * 5_000 + "1",
        "S_EQUALS(g, " + "GEOMETRYCOLLECTION(" * 1_000,
        "INTERVAL(" * 2_000,
        "a IS NULL" + " IS NULL" * 2_000,
        "a" + " NOT LIKE 'x'" * 1_000,
    ],
    ids=lambda text: text[:12],
)
def test_deep_nesting_is_refused_clearly(text: str) -> None:
    assert len(text) <= MAX_TEXT + 1_000
    with pytest.raises(Cql2Error):
        parse_text(text)


def test_nesting_up_to_the_limit_is_read_and_written() -> None:
    node = parse_text("NOT (" * (MAX_DEPTH // 2 - 1) + "a = 1" + ")" * (MAX_DEPTH // 2 - 1))
    assert parse_text(to_text(node)) == node
    assert parse_json(to_json(node)) == node
    assert parse_text("(" * MAX_DEPTH + "a = 1" + ")" * MAX_DEPTH) == parse_text("a = 1")


def test_long_lists_and_long_chains_of_or_are_fine() -> None:
    parse_text(f"a IN ({','.join(map(str, range(3000)))})")
    parse_text(" OR ".join(f"a = {n}" for n in range(1500)))


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(Cql2Error, match=f"at most {MAX_TEXT}"):
        parse_text("a = 1 " + " " * MAX_TEXT)
