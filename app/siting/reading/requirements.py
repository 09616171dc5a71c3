"""Requirements: what a sentence about a site is read into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

LEVELS = ("national", "municipal", "district", "town")
"""Levels of zones that can be asked for, the highest first."""

Ask = Literal["where", "place", "what", "against"]
"""Where should it go; does this place suit it; what suits this place; where must it not go."""

Premises = Literal["office", "factory", "workshop", "warehouse", "laboratory"]
"""What floor area is wanted in."""


@dataclass(frozen=True, slots=True)
class Requirements:
    """The question of a site, as far as a sentence asks it.

    Attributes
    ----------
    ask
        What kind of question it is.
    place
        Id of the zone (or plan element) that ``place`` and ``what`` are about.
    industries
        Ids of the industries meant, in the order of the sentence.
    avoid_industries
        Ids of the industries that must not be at the site.
    area_ha
        Area of land needed, hectares; of a range the upper end.
    area_low_ha
        Lower end of a range of areas, hectares.
    area_text
        The area as the user wrote it: 200亩, 300-500亩.
    floor_m2
        Floor area of buildings needed, square metres.
    floor_text
        The floor area as the user wrote it.
    premises
        What the floor area is in; also without a floor area.
    levels
        Levels of zones that will do: national, municipal, district, town.
    prefer_levels
        Levels that are preferred, not required.
    districts
        Ids of the zones (districts, development zones, parks) to lie in; any one of them.
    prefer_districts
        Ids of the zones preferred, not required.
    avoid_districts
        Ids of the zones not to lie in.
    in_elements
        Ids of the plan elements to lie in.
    avoid_elements
        Ids of the plan elements not to lie in.
    max_km, min_km
        Largest and smallest distance to a gateway, kilometres, by the gateway's name.
    near
        Ids of zones or facilities to be near to, each with the largest distance in kilometres; None: the nearer the
        better.
    apart
        Ids of zones or facilities to keep away from, each with the smallest distance in kilometres.
    far_from
        Gateways that should be far; a preference.
    emphasis
        Names of criteria, groups of criteria or single gateways that the sentence calls important, the first the most.
    preset
        ``balanced`` where the sentence asks for equal weights.
    limit
        Number of answers asked for.
    undecided
        Words that decide the question and were not read; with one of them no site may be called the best.
    """

    ask: Ask = "where"
    place: str | None = None
    industries: tuple[str, ...] = ()
    avoid_industries: tuple[str, ...] = ()
    area_ha: float | None = None
    area_low_ha: float | None = None
    area_text: str | None = None
    floor_m2: float | None = None
    floor_text: str | None = None
    premises: Premises | None = None
    levels: tuple[str, ...] = ()
    prefer_levels: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    prefer_districts: tuple[str, ...] = ()
    avoid_districts: tuple[str, ...] = ()
    in_elements: tuple[str, ...] = ()
    avoid_elements: tuple[str, ...] = ()
    max_km: Mapping[str, float] = field(default_factory=dict)
    min_km: Mapping[str, float] = field(default_factory=dict)
    near: tuple[tuple[str, float | None], ...] = ()
    apart: tuple[tuple[str, float], ...] = ()
    far_from: tuple[str, ...] = ()
    emphasis: tuple[str, ...] = ()
    preset: str | None = None
    limit: int | None = None
    undecided: tuple[str, ...] = ()
