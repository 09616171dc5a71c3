"""Survey: the candidates of a question as columns, from one SQL round trip."""

from asyncio import to_thread
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import shapely

from app.db.reader import Reader
from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.siting import survey_sql
from app.siting.curves import Floats
from app.siting.knowledge import Facility, Knowledge
from app.siting.question import Question

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
    question, knowledge
        What is asked, and what is known.
    ids, names_zh, names_en
        Of the candidates; names of parcels are None where the layer has no label.
    zones
        The zone that a candidate is, or lies in; None where it lies in none.
    area_ha
        Area, hectares; NaN where unknown.
    points
        Longitude and latitude of the middle, degrees; NaN where there is no geometry. Shape (n, 2).
    km
        By gateway that matters: distance to the nearest, kilometres; NaN where there is no geometry.
    nearest
        By gateway: place of the nearest facility among those of the knowledge, from 1; None without geometry.
    places, elements
        Of the zones and elements asked for, those whose outline covers the middle.
    inside
        Whether the middle lies in the polygon asked for.
    covered
        Share of the candidate that each excluded layer covers. Shape (n, layers).
    """

    question: Question
    knowledge: Knowledge
    ids: Sequence[str]
    names_zh: Sequence[str | None]
    names_en: Sequence[str | None]
    zones: Sequence[str | None]
    area_ha: Floats
    points: Floats
    km: dict[str, Floats]
    nearest: dict[str, Sequence[int | None]]
    places: Sequence[Sequence[str]]
    elements: Sequence[Sequence[str]]
    inside: Sequence[bool | None]
    covered: Floats

    def __len__(self) -> int:
        """Return the number of candidates."""
        return len(self.ids)

    def facility(self, gateway: str, row: int) -> Facility:
        """Return the facility that is nearest to a candidate with a place on the map."""
        return self.knowledge.gateways[gateway][(self.nearest[gateway][row] or 1) - 1]

    @property
    def of_zones(self) -> bool:
        """Whether the candidates are zones, not features of a layer."""
        return self.question.layer is None

    def kept(self, key: Hashable, work: Callable[[], T]) -> T:
        """Return what depends on the industries asked for and on nothing else of the question: worked out once."""
        whole = (key, self.question.wishes)
        answers = self.knowledge.answers
        if whole in answers:
            found: T = answers[whole]
            return found
        if len(answers) >= _MOST_KEPT:
            answers.clear()
        made = work()
        answers[whole] = made
        return made

    @cached_property
    def _zone_codes(self) -> tuple[list[str | None], np.ndarray[Any, Any]]:
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
        distinct, codes = self._zone_codes
        known: dict[str, float] = self.kept(("measure", name), dict)
        for zone in distinct:
            if zone is not None and zone not in known:
                known[zone] = measure(zone)
        values = np.array([np.nan if zone is None else known[zone] for zone in distinct], dtype=np.float64)
        found: Floats = values[codes] if len(codes) else np.zeros(0)
        return found


async def survey(reader: Reader, knowledge: Knowledge, question: Question) -> Survey:
    """Gather the candidates, in one round trip.

    Raises
    ------
    BadRequest
        When the layer has too many features.
    """
    statement = survey_sql.statement(question, knowledge, MOST_FEATURES)
    rows = await reader.rows(statement.clause, statement.values)
    if question.layer is not None and len(rows) > MOST_FEATURES:
        message = Message("has more than {most} features; name a layer with fewer", most=MOST_FEATURES)
        raise BadRequest([ParameterError("layer", message, question.layer.id)])
    outlines = () if question.layer is None else await _outlines(reader, knowledge)
    return (
        await to_thread(_survey, rows, knowledge, question, outlines)
        if outlines
        else _survey(rows, knowledge, question)
    )


Outline = tuple[str, shapely.Geometry]


async def _outlines(reader: Reader, knowledge: Knowledge) -> Sequence[Outline]:
    """Return the outlines that parcels are looked up in, asked for once for the data in force."""
    found: Sequence[Outline] | None = knowledge.memory.get(("outlines",))
    if found is None:
        rows = await reader.rows(survey_sql.OUTLINES)
        found = [(row.id, shapely.from_wkb(bytes(row.outline))) for row in rows]
        shapely.prepare([outline for _, outline in found])
        knowledge.memory["outlines",] = found
    return found


def zones_of(points: Floats, outlines: Sequence[Outline]) -> list[str | None]:
    """Return the zone that each point lies in: of several the smallest, a district where there is no other.

    Parameters
    ----------
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


def _survey(rows: Sequence[Any], knowledge: Knowledge, question: Question, outlines: Sequence[Outline] = ()) -> Survey:
    names = survey_sql.columns(question)
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    named = dict(zip(names, columns, strict=True))
    points = np.column_stack([_floats(named["lon"]), _floats(named["lat"])]).round(6)
    excluded = [_floats(named[f"covered_{n}"]) for n in range(len(question.exclude_layers))]
    none: Sequence[Any] = [()] * len(rows)
    return Survey(
        question=question,
        knowledge=knowledge,
        ids=named["id"],
        names_zh=named["name_zh"],
        names_en=named["name_en"],
        zones=zones_of(points, outlines)
        if outlines
        else [one if one in knowledge.zones else None for one in named["zone"]],
        area_ha=_floats(named["area_ha"]).round(4),
        points=points,
        km={one: _floats(named[f"{one}_km"]).round(3) for one in survey_sql.gateways(question)},
        nearest={one: named[f"{one}_at"] for one in survey_sql.gateways(question)},
        places=named.get("places", none),
        elements=named.get("elements", none),
        inside=named.get("inside", [None] * len(rows)),
        covered=np.column_stack(excluded) if excluded else np.zeros((len(rows), 0)),
    )


def _floats(values: Sequence[Any]) -> Floats:
    # NULL becomes NaN.
    return np.array(values, dtype=np.float64)
