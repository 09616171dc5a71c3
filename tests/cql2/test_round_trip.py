"""What is written is read back as the same tree, in text and in JSON; nothing at all makes a reader fail otherwise."""

import contextlib
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.features.cql2 import Cql2Error, Node, parse_json, parse_text, to_json, to_text
from tests.cql2.trees import conditions

_WORDS = st.sampled_from(
    ["a", '"b"', "'c'", "1", ".5", "(", ")", ",", "=", "<>", "+", "-", "^", "*", "div", "AND", "OR", "NOT", "IS",
     "NULL", "LIKE", "BETWEEN", "IN", "CASEI", "DATE", "TIMESTAMP", "INTERVAL", "BBOX", "POINT", "POLYGON", "Z",
     "S_WITHIN", "T_MEETS", "A_EQUALS", "GEOMETRYCOLLECTION", "'..'", "'2022-01-01'", "true", "f"]
)  # fmt: skip
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["op", "args", "type", "bbox", "coordinates", "date", "property"]), inner),
        st.fixed_dictionaries(
            {"op": st.sampled_from(["=", "and", "in", "s_within", "t_meets", "a_equals", "like", "f", "+"]),
             "args": st.lists(inner, max_size=3)}
        ),
        st.fixed_dictionaries(
            {"type": st.sampled_from(["Point", "Polygon", "MultiPoint", "GeometryCollection"]), "coordinates": inner}
        ),
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(conditions())
def test_text(node: Node) -> None:
    text = to_text(node)
    assert parse_text(text) == node
    assert to_text(parse_text(text)) == text


@settings(max_examples=400, deadline=None)
@given(conditions())
def test_json(node: Node) -> None:
    value = to_json(node)
    assert parse_json(value) == node
    assert parse_json(json.loads(json.dumps(value))) == node


@settings(max_examples=300, deadline=None)
@given(conditions())
def test_text_and_json_say_the_same(node: Node) -> None:
    assert parse_json(to_json(parse_text(to_text(node)))) == node


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=25).map(" ".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Cql2Error):
        node = parse_text(text)
        assert parse_text(to_text(node)) == node


@settings(max_examples=500, deadline=None)
@given(_JSON)
def test_any_json_is_read_or_refused(value: Any) -> None:
    with contextlib.suppress(Cql2Error):
        node = parse_json(value)
        assert parse_json(to_json(node)) == node
