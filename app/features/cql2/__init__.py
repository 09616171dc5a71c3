"""CQL2 (placeholder until the package is written: replace this file)."""

from collections.abc import Mapping
from typing import Any

from app.geodesy.crs import Crs
from app.registry.definition import LayerDefinition


class Cql2Error(ValueError):
    """A filter that cannot be used."""


class Node:
    """A parsed expression."""


def parse_text(text: str) -> Node:
    """Parse CQL2 text."""
    raise Cql2Error("not yet")


def parse_json(value: Any) -> Node:
    """Parse CQL2 JSON."""
    raise Cql2Error("not yet")


def properties_of(layer: LayerDefinition) -> Mapping[str, Any]:
    """Return the queryables."""
    return {}


def compile_filter(
    node: Node, properties: Mapping[str, Any], *, filter_crs: Crs, alias: str, geometry: str
) -> tuple[str, dict[str, Any]]:
    """Compile."""
    raise Cql2Error("not yet")


CONFORMANCE: tuple[str, ...] = ()
