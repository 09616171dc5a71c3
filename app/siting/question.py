"""Question: what is asked for, with every name resolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.registry.definition import LayerDefinition
from app.siting.reading import Reading

GATEWAYS = ("port", "airport", "rail", "metro")


@dataclass(frozen=True, slots=True)
class Match:
    """An industry that words lead to; ``weight`` 1 means it, less leads to what is above or beside it."""

    id: str
    weight: float
    kind: str


@dataclass(frozen=True, slots=True)
class Wish:
    """An industry that is to be sited: the words for it, and what they lead to."""

    words: str
    matches: tuple[Match, ...]

    @property
    def meant(self) -> tuple[Match, ...]:
        """The industries that the words lead to most directly."""
        most = max(one.weight for one in self.matches)
        return tuple(one for one in self.matches if one.weight == most)


@dataclass(frozen=True)
class Question:
    """A question of siting.

    Attributes
    ----------
    wishes
        The industries; a site should suit all of them.
    area_ha
        Land needed, hectares.
    levels
        Levels that will do; empty for any.
    districts, avoid_districts
        Zones to lie in or not to lie in.
    in_elements, avoid_elements
        Plan elements to lie in or not to lie in.
    within
        A GeoJSON polygon to lie in, as text.
    max_km, min_km
        Largest and smallest distance by gateway, kilometres.
    exclude_layers
        Layers whose features rule a site out.
    layer
        The layer whose features are the candidates; None for parks and functional areas.
    weights
        Weight of each criterion, adding up to 1.
    asked_weights
        Where the weights are from: the preset, the emphasis, the weights given.
    limit
        Number of answers.
    reading
        What a sentence was read as.
    """

    wishes: tuple[Wish, ...]
    area_ha: float | None = None
    levels: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    avoid_districts: tuple[str, ...] = ()
    in_elements: tuple[str, ...] = ()
    avoid_elements: tuple[str, ...] = ()
    within: str | None = None
    max_km: Mapping[str, float] = field(default_factory=dict)
    min_km: Mapping[str, float] = field(default_factory=dict)
    exclude_layers: tuple[LayerDefinition, ...] = ()
    layer: LayerDefinition | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    asked_weights: Mapping[str, Any] = field(default_factory=dict)
    limit: int = 10
    reading: Reading | None = None
