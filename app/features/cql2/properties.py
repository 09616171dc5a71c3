"""Properties: the queryables of a layer, and the kinds of value the language knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.registry.definition import FieldType, LayerDefinition

PropertyType = FieldType | Literal["geometry"]
Kind = Literal["string", "number", "boolean", "date", "timestamp", "geometry", "array"]

KINDS: Mapping[str, Kind] = {
    "string": "string",
    "url": "string",
    "json": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamp",
    "string[]": "array",
    "geometry": "geometry",
}
"""The kind of value in the language, by the type of the property."""

KIND_WORDS: Mapping[Kind, str] = {
    "string": "a string",
    "number": "a number",
    "boolean": "a boolean",
    "date": "a date",
    "timestamp": "a time",
    "geometry": "a geometry",
    "array": "an array of strings",
}


@dataclass(frozen=True, slots=True)
class Property:
    """A queryable.

    Attributes
    ----------
    name
        As filters and the column have it.
    type
        The type of the field, or ``geometry``.
    choices
        The values it may have, where they are listed.
    """

    name: str
    type: PropertyType
    choices: tuple[str, ...] | None = None

    @property
    def kind(self) -> Kind:
        """The kind of value in the language."""
        return KINDS[self.type]


def properties_of(layer: LayerDefinition) -> Mapping[str, Property]:
    """Return the queryables of a layer by name: the id, every field, and the geometry.

    Every field, since clients (GDAL) ask whether any of them is null without looking at the list first.
    """
    source = layer.source
    found = {source.key: Property(source.key, "integer" if source.key_type == "integer" else "string")}
    for field in layer.fields:
        found[field.name] = Property(field.name, field.type, tuple(field.choices) if field.choices else None)
    found[source.geometry] = Property(source.geometry, "geometry")
    return found
