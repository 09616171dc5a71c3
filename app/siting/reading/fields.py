"""Fields: what a sentence is read into."""

from collections.abc import Mapping
from dataclasses import dataclass, field

GATEWAYS = ("port", "airport", "rail", "metro")
"""What distances are asked to; ``rail`` are stations of high-speed or intercity trains, ``metro`` underground ones."""

LEVELS = ("national", "municipal", "district", "town")
"""Levels of zones that can be asked for, the highest first."""

CRITERIA = ("industry", "policy", "level", "size", "gateways", "agglomeration", "crowding")
"""What a sentence may call important."""


@dataclass(frozen=True, slots=True)
class SitingFields:
    """The question of a site, as far as a sentence asks it.

    Attributes
    ----------
    industries
        Ids of the industries meant, in the order of the sentence.
    area_ha
        Area needed, hectares.
    levels
        Levels of zones that will do: national, municipal, district, town.
    districts
        Ids of the zones (districts, development zones, parks) to lie in.
    avoid_districts
        Ids of the zones not to lie in.
    in_elements
        Ids of the plan elements to lie in.
    avoid_elements
        Ids of the plan elements not to lie in.
    max_km
        Largest distance to a gateway, kilometres, by one of ``GATEWAYS``.
    min_km
        Smallest distance to a gateway, kilometres.
    emphasis
        Of ``CRITERIA``, those the sentence calls important, the first the most.
    preset
        ``balanced`` where the sentence asks for equal weights.
    limit
        Number of answers asked for.
    """

    industries: tuple[str, ...] = ()
    area_ha: float | None = None
    levels: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    avoid_districts: tuple[str, ...] = ()
    in_elements: tuple[str, ...] = ()
    avoid_elements: tuple[str, ...] = ()
    max_km: Mapping[str, float] = field(default_factory=dict)
    min_km: Mapping[str, float] = field(default_factory=dict)
    emphasis: tuple[str, ...] = ()
    preset: str | None = None
    limit: int | None = None
