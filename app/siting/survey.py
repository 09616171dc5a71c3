"""Survey: the candidates of a question as columns, from one SQL round trip."""

import math
from asyncio import to_thread
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import shapely

from app.db.reader import Reader
from app.evidence.record import Facility, PlanningRecord, Zone
from app.evidence.rules import Bearing, bearing
from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.siting import survey_sql
from app.siting.curves import Floats
from app.siting.gateways import GATEWAYS
from app.siting.question import Question
from app.siting.words import Words

_MOSTLY = 0.5
"""Share of an outline in a district from which on it lies there."""

_MOST_KEPT = 4_000
"""Entries that are kept between questions; most take a few kilobytes."""

T = TypeVar("T")

MOST_FEATURES = 200_000
"""Largest number of features of a layer that may be candidates."""


@dataclass(frozen=True)
class Survey:
    """The candidates, one row each.

    Attributes
    ----------
    question, record
        What is asked, and what is known.
    ids, names_zh, names_en
        Of the candidates; names of parcels are None where the layer has no label.
    zones
        The zone that a candidate is, or lies in; None where it lies in none.
    area_ha
        Area, hectares; NaN where unknown.
    drawn_ha
        Of a zone without a known area that of its schematic outline, hectares: no area of it, but a hint of its size.
    points
        Longitude and latitude of the middle, degrees; NaN where there is no geometry. Shape (n, 2).
    km
        By gateway that matters: distance to the nearest, kilometres, of a zone from its nearest edge, of a feature of a
        layer from its middle; NaN where there is no geometry.
    nearest
        By gateway: place of the nearest facility among those of the record, from 1; None without geometry.
    places, elements
        Of the zones and elements asked for, those whose outline covers the middle.
    inside
        Whether the middle lies in the polygon asked for.
    covered
        Share of the candidate that each excluded layer covers. Shape (n, layers).
    near_places, near_km
        The named places of the question, first those to be near to, then those to be far from; and the distance to
        each from edge to edge, kilometres; NaN without a geometry. Shape (n, places).
    """

    question: Question
    record: PlanningRecord
    ids: Sequence[str]
    names_zh: Sequence[str | None]
    names_en: Sequence[str | None]
    zones: Sequence[str | None]
    area_ha: Floats
    drawn_ha: Floats
    points: Floats
    km: dict[str, Floats]
    nearest: dict[str, Sequence[int | None]]
    places: Sequence[Sequence[str]]
    elements: Sequence[Sequence[str]]
    inside: Sequence[bool | None]
    covered: Floats
    near_places: Sequence[Zone | Facility]
    near_km: Floats

    def __len__(self) -> int:
        """Return the number of candidates."""
        return len(self.ids)

    def facility(self, gateway: str, row: int) -> Facility:
        """Return the facility that is nearest to a candidate with a place on the map."""
        return self.record.gateways[GATEWAYS[gateway].facilities][(self.nearest[gateway][row] or 1) - 1]

    def own_error_km(self, row: int) -> float:
        """Return the likely error of the outline of a candidate, kilometres; a feature of a layer is taken as it is."""
        zone = self.record.zones.get(self.zones[row] or "") if self.of_zones else None
        return (zone.accuracy_km or 0.0) if zone is not None else 0.0

    def error_km(self, row: int, place: Zone | Facility) -> float:
        """Return the likely error of the distance from a candidate to a place, kilometres."""
        return self.own_error_km(row) + (place.accuracy_km or 0.0)

    @cached_property
    def own_errors_km(self) -> Floats:
        """The likely error of the outline of each candidate, kilometres."""
        if not self.of_zones:
            return np.zeros(len(self))
        return np.array([self.own_error_km(row) for row in range(len(self))], dtype=np.float64)

    def gateway_errors_km(self, gateway: str) -> Floats:
        """Return the likely error of the distance of each candidate to the nearest facility of a kind, kilometres."""
        facilities = self.record.gateways.get(GATEWAYS[gateway].facilities, ())
        of_facility = np.array([one.accuracy_km for one in facilities] or [0.0])
        nearest = np.array([at or 1 for at in self.nearest[gateway]], dtype=np.int64)
        found: Floats = self.own_errors_km + of_facility[nearest - 1]
        return found

    def lies_in(self, row: int, place: str) -> float:
        """Return how far a candidate lies in a zone: 1 whole, 0 not at all, else in one sense and not in another.

        By administration and by the outline; a candidate that one of the two puts there counts half.
        """
        zone = self.zones[row]
        line = self.record.line(zone) if zone is not None else ()
        ruled, drawn = place in line, place in self.places[row]
        if not self.of_zones or zone is None or self.record.zones[place].kind != "district":
            return 1.0 if ruled or drawn else 0.0
        share = self.record.zones[zone].lies_in.get(place, 0.0)
        within = share >= _MOSTLY if share or self.record.zones[zone].lies_in else ruled
        return (float(ruled) + float(within)) / 2

    @property
    def of_zones(self) -> bool:
        """Whether the candidates are zones, not features of a layer."""
        return self.question.layer is None

    @cached_property
    def bearings(self) -> list[Bearing]:
        """The rules that bear on the industries asked for and on the candidates."""
        zones = [zone for zone in dict.fromkeys(self.zones) if zone is not None]
        return self.kept("bearings", lambda: bearing(self.record, self.record.rules, self.question.demands, zones))

    @cached_property
    def prohibited(self) -> dict[str, Words]:
        """What rules rule out: by zone the sentence of the rule."""
        excluding = [one for one in self.bearings if one.effect == "exclude"]
        return {zone: dict(one.says) for one in excluding for zone in one.zones or ()}

    @cached_property
    def standing_alone(self) -> np.ndarray[Any, Any]:
        """Which candidates are compared: functional areas are parts of their parks, unless they are asked for apart."""
        if not self.of_zones or self.question.separate:
            return np.ones(len(self), dtype=np.bool_)
        return np.array([zone is None or self.record.park_around(zone) is None for zone in self.zones], dtype=np.bool_)

    def is_part(self, row: int) -> bool:
        """Tell whether a candidate is a functional area of a park."""
        zone = self.zones[row]
        return self.of_zones and zone is not None and self.record.park_around(zone) is not None

    @cached_property
    def rows_of(self) -> dict[str, int]:
        """The row of each zone."""
        return {zone: row for row, zone in enumerate(self.zones) if zone is not None}

    def kept(self, key: Hashable, work: Callable[[], T]) -> T:
        """Return what depends on the industries asked for and on nothing else of the question: worked out once."""
        whole = (key, self.question.demands)
        answers = self.record.answers
        if whole in answers:
            found: T = answers[whole]
            return found
        if len(answers) >= _MOST_KEPT:
            answers.clear()
        made = work()
        answers[whole] = made
        return made

    @cached_property
    def zone_codes(self) -> tuple[list[str | None], np.ndarray[Any, Any]]:
        """The distinct zones of the candidates, and of each candidate the place of its zone among them."""
        distinct = list(dict.fromkeys(self.zones))
        place = {zone: at for at, zone in enumerate(distinct)}
        return distinct, np.fromiter((place[zone] for zone in self.zones), dtype=np.int64, count=len(self))

    def by_zone(self, name: str, measure: Callable[[str], float]) -> Floats:
        """Return a column that depends on zone and industries only, measured once a zone; NaN where there is none.

        Parameters
        ----------
        name
            Name of the criterion.
        measure
            Returns the raw value of a zone.
        """
        distinct, codes = self.zone_codes
        known: dict[str, float] = self.kept(("measure", name), dict)
        for zone in distinct:
            if zone is not None and zone not in known:
                known[zone] = measure(zone)
        values = np.array([np.nan if zone is None else known[zone] for zone in distinct], dtype=np.float64)
        found: Floats = values[codes] if len(codes) else np.zeros(0)
        return found


async def survey(reader: Reader, record: PlanningRecord, question: Question) -> Survey:
    """Gather the candidates, in one round trip.

    Raises
    ------
    BadRequest
        When the layer has too many features.
    """
    statement = survey_sql.statement(question, record, MOST_FEATURES)
    rows = await reader.rows(statement.clause, statement.values)
    if question.layer is not None and len(rows) > MOST_FEATURES:
        message = Message("has more than {most} features; name a layer with fewer", most=MOST_FEATURES)
        raise BadRequest([ParameterError("layer", message, question.layer.id)])
    if question.of_zones:
        return _survey(rows, record, question)
    outlines, shapes = await _outlines(reader, record), await _shapes(reader, question)
    return await to_thread(_survey, rows, record, question, outlines, shapes)


Outline = tuple[str, shapely.Geometry]


async def _outlines(reader: Reader, record: PlanningRecord) -> Sequence[Outline]:
    """Return the outlines that parcels are looked up in, asked for once for the data in force."""
    found: Sequence[Outline] | None = record.memory.get(("outlines",))
    if found is None:
        rows = await reader.rows(survey_sql.OUTLINES)
        found = [(row.id, shapely.from_wkb(bytes(row.outline))) for row in rows]
        shapely.prepare([outline for _, outline in found])
        record.memory["outlines",] = found
    return found


async def _shapes(reader: Reader, question: Question) -> list[shapely.Geometry]:
    """Return the geometries of the named places of a question."""
    wanted = survey_sql.named_places(question)
    if not wanted:
        return []
    rows = await reader.rows(survey_sql.SHAPES, {"ids": wanted})
    shapes = {row.id: shapely.from_wkb(bytes(row.outline)) for row in rows}
    return [shapes[one] for one in wanted]


def _plane_km(points: Floats, shape: shapely.Geometry) -> Floats:
    """Return the distance from points to a shape, kilometres, on a plane shrunk to the latitude of the shape.

    Over Tianjin (1.8 degrees of latitude) it differs from the geodesic distance by less than one per cent.
    """
    scale = np.array([_KM_PER_DEGREE * math.cos(math.radians(shape.centroid.y)), _KM_PER_DEGREE])
    flat = shapely.transform(shape, lambda xy: xy * scale)
    found: Floats = shapely.distance(shapely.points(points * scale), flat)
    return found


_KM_PER_DEGREE = 111.2


def zones_of(points: Floats, outlines: Sequence[Outline]) -> list[str | None]:
    """Return the zone that each point lies in: of several the smallest, a district where there is no other.

    Parameters
    ----------
    drawn_ha
        Of a zone without a known area that of its schematic outline, hectares: no area of it, but a hint of its size.
    points
        Longitudes and latitudes, degrees. Shape (n, 2).
    outlines
        Ids and outlines, what is preferred first.
    """
    found = np.full(len(points), -1, dtype=np.int64)
    for at, (_, outline) in enumerate(outlines):
        west, south, east, north = outline.bounds
        x, y = points[:, 0], points[:, 1]
        near = np.flatnonzero((found < 0) & (x >= west) & (x <= east) & (y >= south) & (y <= north))
        found[near[shapely.intersects_xy(outline, points[near])]] = at
    names = [name for name, _ in outlines]
    return [names[at] if at >= 0 else None for at in found.tolist()]


def _survey(
    rows: Sequence[Any],
    record: PlanningRecord,
    question: Question,
    outlines: Sequence[Outline] = (),
    shapes: Sequence[shapely.Geometry] = (),
) -> Survey:
    names = survey_sql.columns(question)
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    named = dict(zip(names, columns, strict=True))
    points = np.column_stack([_floats(named["lon"]), _floats(named["lat"])]).round(6)
    excluded = [_floats(named[f"covered_{n}"]) for n in range(len(question.exclude_layers))]
    none: Sequence[Any] = [()] * len(rows)
    named_places = survey_sql.named_places(question)
    near = [_floats(named[f"place_{n}_km"]) for n in range(len(named_places))] if question.of_zones else []
    near += [_plane_km(points, shape) for shape in shapes]
    return Survey(
        question=question,
        record=record,
        ids=named["id"],
        names_zh=named["name_zh"],
        names_en=named["name_en"],
        zones=zones_of(points, outlines)
        if not question.of_zones
        else [one if one in record.zones else None for one in named["zone"]],
        area_ha=_floats(named["area_ha"]).round(4),
        drawn_ha=_floats(named.get("drawn_ha", [None] * len(rows))),
        points=points,
        km={one: _floats(named[f"{one}_km"]).round(3) for one in survey_sql.gateways(question)},
        nearest={one: named[f"{one}_at"] for one in survey_sql.gateways(question)},
        places=named.get("places", none),
        elements=named.get("elements", none),
        inside=named.get("inside", [None] * len(rows)),
        covered=np.column_stack(excluded) if excluded else np.zeros((len(rows), 0)),
        near_places=[record.zones.get(one) or record.facilities[one] for one in named_places],
        near_km=np.column_stack(near).round(3) if near else np.zeros((len(rows), 0)),
    )


def _floats(values: Sequence[Any]) -> Floats:
    # NULL becomes NaN.
    return np.array(values, dtype=np.float64)
