"""Strategies: random trees of CQL2 that the grammar allows."""

from typing import Any

from hypothesis import strategies as st

from app.features.cql2 import nodes
from app.features.cql2.check import geometry_node

NAMES = st.one_of(
    st.sampled_from(["name", "n", "x", "flag", "date", "interval", "名称", "eo:a.b", "NOT", 'q"u', "a b", "point"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=8),
)
STRINGS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
properties = st.builds(nodes.PropertyName, NAMES)
texts = st.builds(nodes.Text, STRINGS)
numbers = st.builds(
    nodes.Number,
    st.one_of(
        st.integers(-(10**30), 10**30),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
)
booleans = st.builds(nodes.Boolean, st.booleans())
dates = st.dates().map(lambda one: nodes.Date(one.isoformat()))
timestamps = st.datetimes().map(lambda one: nodes.Timestamp(one.isoformat() + "Z"))
instants = st.one_of(dates, timestamps)
functions = st.builds(nodes.Function, st.just("f_unc:tion"), st.tuples())
intervals = st.builds(
    nodes.Interval, st.one_of(st.none(), instants, properties), st.one_of(st.none(), instants, properties)
)
folds = st.recursive(
    st.one_of(texts, properties), lambda inner: st.builds(nodes.Fold, st.sampled_from(nodes.FOLDS), inner), max_leaves=2
)
patterns = st.recursive(texts, lambda inner: st.builds(nodes.Fold, st.sampled_from(nodes.FOLDS), inner), max_leaves=2)
arithmetic = st.recursive(
    st.one_of(numbers, properties),
    lambda inner: st.builds(nodes.Arithmetic, st.sampled_from(nodes.ARITHMETIC), inner, inner),
    max_leaves=6,
)
scalars = st.one_of(folds, arithmetic, booleans, instants, functions)

_coordinate = st.floats(-180, 180)


def _positions(size: int) -> st.SearchStrategy[tuple[float, ...]]:
    return st.tuples(*[_coordinate] * size)


@st.composite
def geometries(draw: st.DrawFn) -> nodes.Geometry:
    size = draw(st.sampled_from([2, 3]))
    kind = draw(st.sampled_from(list(nodes.GEOMETRY_DEPTHS)))
    line = st.lists(_positions(size), min_size=2, max_size=4).map(tuple)
    ring = st.lists(_positions(size), min_size=3, max_size=4).map(lambda one: (*one, one[0]))
    polygon = st.lists(ring, min_size=1, max_size=2).map(tuple)
    shapes: dict[str, st.SearchStrategy[Any]] = {
        "Point": _positions(size),
        "LineString": line,
        "MultiPoint": st.lists(_positions(size), min_size=1, max_size=3).map(tuple),
        "Polygon": polygon,
        "MultiLineString": st.lists(line, min_size=1, max_size=2).map(tuple),
        "MultiPolygon": st.lists(polygon, min_size=1, max_size=2).map(tuple),
    }
    return geometry_node(kind, draw(shapes[kind]))


boxes = st.builds(nodes.Bbox, st.one_of(st.tuples(*[_coordinate] * 4), st.tuples(*[_coordinate] * 6)))
collections = st.builds(nodes.GeometryCollection, st.lists(geometries(), min_size=1, max_size=3).map(tuple))
spatials = st.one_of(geometries(), boxes, collections)


def _many(inner: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(inner, min_size=least, max_size=3).map(tuple)


def conditions(leaves: int = 8) -> st.SearchStrategy[nodes.Node]:
    """Return a strategy of conditions of all kinds, nested."""
    temporals = st.one_of(instants, intervals, properties, functions)
    simple = st.one_of(
        booleans,
        properties,
        functions,
        st.builds(nodes.Comparison, st.sampled_from(nodes.COMPARISONS), scalars, scalars),
        st.builds(nodes.Like, st.one_of(folds, functions), patterns),
        st.builds(nodes.Between, arithmetic, arithmetic, arithmetic),
        st.builds(nodes.In, scalars, _many(scalars, 1)),
        st.builds(nodes.IsNull, st.one_of(scalars, spatials, intervals)),
        st.builds(
            nodes.Spatial,
            st.sampled_from(nodes.SPATIAL),
            st.one_of(spatials, properties),
            st.one_of(spatials, functions),
        ),
        st.builds(nodes.Temporal, st.sampled_from(nodes.TEMPORAL), temporals, temporals),
    )
    return st.recursive(simple, _nested, max_leaves=leaves)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    element = st.one_of(scalars, spatials, intervals, inner, st.builds(nodes.Array, _many(scalars).filter(_not_one)))
    operand = st.one_of(st.builds(nodes.Array, _many(element)), properties, functions)
    return st.one_of(
        st.builds(nodes.And, _many(inner, 2)),
        st.builds(nodes.Or, _many(inner, 2)),
        st.builds(nodes.Not, inner),
        st.builds(nodes.IsNull, inner),
        st.builds(nodes.ArrayComparison, st.sampled_from(nodes.ARRAY), operand, operand),
    )


def _not_one(items: tuple[Any, ...]) -> bool:
    # Text cannot tell an array of one inside an array from an expression in parentheses.
    return len(items) != 1
