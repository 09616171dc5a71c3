"""Queryables (placeholder: replace this file)."""

from typing import Any

from app.registry.definition import LayerDefinition


def queryables_schema(layer: LayerDefinition, base_url: str) -> dict[str, Any]:
    """Return the queryables."""
    return {"type": "object", "properties": {}}
