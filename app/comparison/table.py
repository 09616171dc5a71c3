"""Table: the rows in which zones are compared, made of what is known of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.comparison.industries import industry_rows
from app.comparison.parts import Part, Row, Section, source_of
from app.comparison.words import Words

FACILITIES = ("port_area", "airport", "rail_station", "metro_station")


@dataclass(frozen=True, slots=True)
class Zone:
    """What is known of a zone.

    Attributes
    ----------
    record
        Everything the documents state of it, as of ``/api/zones/{id}``.
    around
        What is around it, as of ``/api/zones/{id}/surroundings``.
    """

    record: dict[str, Any]
    around: dict[str, Any]


_Cell = Callable[[Zone], Sequence[Part]]


def sections(zones: Sequence[Zone], words: Words) -> list[Section]:
    """Return the table: sections of rows, a cell a zone.

    Parameters
    ----------
    zones
        Two to four, in the order of the columns.
    words
        The language.
    """
    made = [
        Section("profile", _rows(zones, words, _profile(words))),
        Section("area", _rows(zones, words, {"area_computed": _computed(words), "area_official": _official(words)})),
        Section("distance", _rows(zones, words, {kind: _way(words, kind) for kind in FACILITIES})),
        Section("plans", _plan_rows(zones, words)),
        Section("industries", industry_rows([zone.record for zone in zones], words)),
        Section("clusters", _rows(zones, words, {"clusters": lambda zone: _clusters(zone, words)})),
        Section("projects", _rows(zones, words, _projects(words))),
        Section("boundary", _rows(zones, words, _boundary(words))),
    ]
    return [one for one in made if one.rows]


def _rows(zones: Iterable[Zone], words: Words, cells: dict[str, _Cell]) -> list[Row]:
    listed = list(zones)
    found = [Row(key, words(key), tuple(tuple(cell(zone)) for zone in listed)) for key, cell in cells.items()]
    return [row for row in found if any(row.cells)]


def _text(text: str, **more: Any) -> list[Part]:
    return [Part(text, **more)] if text else []


def _profile(words: Words) -> dict[str, _Cell]:
    def level(zone: Zone) -> list[Part]:
        value = zone.record["level"]
        return _text(words(f"level_{value}") if value else "")

    return {
        "kind": lambda zone: _text(words(f"kind_{zone.record['kind']}")),
        "level": level,
        "parent": lambda zone: _text(words.of(zone.record["parent"], "name")),
        "positioning": lambda zone: _text(words.of(zone.record, "positioning"), source=source_of(zone.record)),
    }


def _computed(words: Words) -> _Cell:
    def cell(zone: Zone) -> list[Part]:
        area = zone.record["area"]["computed"]
        return [Part(words.area(area))] if area else []

    return cell


def _official(words: Words) -> _Cell:
    def cell(zone: Zone) -> list[Part]:
        area = zone.record["area"]["official"]
        if not area:
            return []
        note = words("area_year", year=area["year"]) if area["year"] else ""
        return [Part(words.area(area, 0), note=note, source=area["source"] or "")]

    return cell


def _way(words: Words, kind: str) -> _Cell:
    def cell(zone: Zone) -> list[Part]:
        way = next((one for one in zone.around["facilities"] if one["kind"] == kind), None)
        if way is None:
            return []
        key = "way_text" if way["boundary_m"] else "way_inside"
        text = words(key, distance=words.distance(way["boundary_m"]), name=words.of(way, "name"))
        note = words("way_note", centroid=words.distance(way["centroid_m"]), accuracy=f"{way['accuracy_m']:,.0f}")
        return [Part(text, note=note, source=words.of(way, "source"))]

    return cell


def _plan_rows(zones: Sequence[Zone], words: Words) -> list[Row]:
    plans = {one["plan"]["id"]: one["plan"] for zone in zones for one in zone.around["plans"]}

    def cell(zone: Zone, plan: str) -> tuple[Part, ...]:
        roles = [one for one in zone.around["plans"] if one["plan"]["id"] == plan]
        return tuple(
            Part(
                words.of(one["element"], "name"),
                note="; ".join(
                    filter(
                        None,
                        (
                            words("through", name=words.of(one["through"], "name")) if one["through"] else "",
                            words.of(one, "positioning"),
                        ),
                    )
                ),
                source=source_of(one),
            )
            for one in roles
        )

    return [Row(key, words.of(plan, "name"), tuple(cell(zone, key) for zone in zones)) for key, plan in plans.items()]


def _clusters(zone: Zone, words: Words) -> list[Part]:
    return [
        Part(
            words.of(one, "name"),
            note=" ".join(filter(None, (words(f"role_{one['role']}"), one["place_zh"]))),
            source=source_of(one),
        )
        for one in zone.record["clusters"]
    ]


def _projects(words: Words) -> dict[str, _Cell]:
    def count(zone: Zone) -> list[Part]:
        projects = zone.around["projects"]
        sources = {source_of(one).split("　")[0]: None for one in projects["items"]}
        return _text(
            words("count_text", count=projects["count"]) if projects["count"] else "", source="; ".join(sources)
        )

    def total(zone: Zone) -> list[Part]:
        money = zone.around["projects"]["investment_total"]
        return _text(words("money_text", total=f"{money:,g}") if money is not None else "")

    return {"project_count": count, "project_total": total}


def _boundary(words: Words) -> dict[str, _Cell]:
    def of(key: str) -> _Cell:
        def cell(zone: Zone) -> list[Part]:
            geometry = zone.record["geometry"]
            if not geometry:
                return []
            if key == "status":
                return _text(words(f"status_{geometry['status']}"))
            if key == "accuracy":
                metres = geometry["accuracy_m"]
                return _text(words("metres_text", metres=f"{metres:,.0f}") if metres else "")
            return _text(words.of(geometry, "method"), source=words.of(geometry, "source"))

        return cell

    return {key: of(key) for key in ("status", "accuracy", "method")}
