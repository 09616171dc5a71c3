"""Question: what is asked for, with every name resolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from app.evidence.demand import Demand
from app.evidence.needs import Need
from app.registry.definition import LayerDefinition
from app.siting.reading import Reading

Ask = Literal["where", "place", "what", "against"]

ASKS: tuple[Ask, ...] = ("where", "place", "what", "against")
"""Where an industry should go; whether a place suits it; what suits a place; where it must not go."""

PREMISES = ("office", "factory", "workshop", "warehouse", "laboratory")
"""Sorts of buildings whose floor area may be asked for."""


@dataclass(frozen=True, slots=True)
class Near:
    """A named zone or facility that a site should be near to, or far from.

    Attributes
    ----------
    place
        Id of a zone or of a facility.
    km
        The largest (or smallest) distance from edge to edge, kilometres; None where nearer is merely better.
    """

    place: str
    km: float | None


@dataclass(frozen=True)
class Question:
    """A question of siting.

    Attributes
    ----------
    demands
        The industries; a site should suit all of them.
    ask
        What sort of question it is.
    place
        The zone that it is about, where it is about one.
    avoid_industries
        Industries that documents must not place in the site.
    area_ha, area_low_ha, area_text
        Land needed, hectares; the lower end of a range; and as it was asked for.
    floor_m2, floor_text, premises
        Floor area needed, square metres; as it was asked for; and in what sort of building.
    levels
        Levels that will do; empty for any.
    districts, avoid_districts
        Zones to lie in or not to lie in.
    prefer_districts, prefer_levels
        Zones and levels that are wished for, and no condition.
    in_elements, avoid_elements
        Plan elements to lie in or not to lie in.
    within
        A GeoJSON polygon to lie in, as text.
    max_km, min_km
        Largest and smallest distance by gateway, kilometres.
    near, apart
        Named places to be near to, and to be far from.
    far_from
        Gateways that should be far; a wish.
    exclude_layers
        Layers whose features rule a site out.
    layer
        The layer whose features are the candidates; None for parks.
    separate
        Whether functional areas are candidates of their own, not parts of their parks.
    everything
        Whether places that no document names are listed too.
    needs
        Gateways that our table of rules gives the industries.
    weights
        Weight of each criterion, adding up to 1.
    asked_weights
        Where the weights are from: the preset, the emphasis, the weights given.
    limit
        Number of answers.
    reading
        What a sentence was read as.
    undecided
        Words of the sentence that decide and were not read.
    """

    demands: tuple[Demand, ...]
    ask: Ask = "where"
    place: str | None = None
    avoid_industries: tuple[Demand, ...] = ()
    area_ha: float | None = None
    area_low_ha: float | None = None
    area_text: str | None = None
    floor_m2: float | None = None
    floor_text: str | None = None
    premises: str | None = None
    levels: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    avoid_districts: tuple[str, ...] = ()
    prefer_districts: tuple[str, ...] = ()
    prefer_levels: tuple[str, ...] = ()
    in_elements: tuple[str, ...] = ()
    avoid_elements: tuple[str, ...] = ()
    within: str | None = None
    max_km: Mapping[str, float] = field(default_factory=dict)
    min_km: Mapping[str, float] = field(default_factory=dict)
    near: tuple[Near, ...] = ()
    apart: tuple[Near, ...] = ()
    far_from: tuple[str, ...] = ()
    exclude_layers: tuple[LayerDefinition, ...] = ()
    layer: LayerDefinition | None = None
    separate: bool = False
    everything: bool = False
    needs: tuple[Need, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    asked_weights: Mapping[str, Any] = field(default_factory=dict)
    limit: int = 10
    reading: Reading | None = None
    undecided: tuple[str, ...] = ()

    @property
    def of_zones(self) -> bool:
        """Whether the candidates are zones, not features of a layer."""
        return self.layer is None

    @property
    def least_ha(self) -> float | None:
        """The land that a site must have at least, hectares."""
        return self.area_ha if self.area_low_ha is None else self.area_low_ha
