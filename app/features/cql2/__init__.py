"""CQL2: the filter language of OGC 21-065r2, text and JSON, compiled to conditions in SQL with every value bound."""

from app.features.cql2.check import MAX_COORDINATES, MAX_DEPTH, MAX_NODES, MAX_TEXT
from app.features.cql2.compile import combine_and, compile_filter
from app.features.cql2.errors import Cql2Error
from app.features.cql2.json_reader import parse_json
from app.features.cql2.nodes import Node
from app.features.cql2.properties import Property, properties_of
from app.features.cql2.text_reader import parse_text
from app.features.cql2.writers import to_json, to_text

CONFORMANCE: tuple[str, ...] = tuple(
    f"http://www.opengis.net/spec/cql2/1.0/conf/{name}"
    for name in (
        "basic-cql2",
        "advanced-comparison-operators",
        "case-insensitive-comparison",
        "accent-insensitive-comparison",
        "basic-spatial-functions",
        "basic-spatial-functions-plus",
        "spatial-functions",
        "temporal-functions",
        "array-functions",
        "property-property",
        "arithmetic",
        "cql2-text",
        "cql2-json",
    )
)
"""The conformance classes of clause 2 of the standard; all but custom functions."""

__all__ = [
    "CONFORMANCE",
    "MAX_COORDINATES",
    "MAX_DEPTH",
    "MAX_NODES",
    "MAX_TEXT",
    "Cql2Error",
    "Node",
    "Property",
    "combine_and",
    "compile_filter",
    "parse_json",
    "parse_text",
    "properties_of",
    "to_json",
    "to_text",
]
