"""Table: the rows in which zones are compared, made of what is known of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.comparison.industries import industry_rows, surrounding_rows
from app.comparison.named import contradictions, directions, links, named_rows, placed
from app.comparison.parts import Part, Row, Section, cited, source_of
from app.comparison.words import Words

FACILITIES = ("port_area", "airport", "rail_station", "metro_station")

MEASURABLE = ("document", "members")
"""What an extent rests on where it has an area; any other is drawn by estimate or is that of another place."""


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
    records = [zone.record for zone in zones]
    said: dict[str, _Cell] = {
        "directions": lambda zone: directions(zone.record, words),
        "links": lambda zone: links(zone.record, words),
        "contradictions": lambda zone: contradictions(zone.record, words),
    }
    named = {key: _of_record(cell) for key, cell in named_rows(words).items()}
    made = [
        Section("profile", _rows(zones, words, _profile(words))),
        Section("area", _rows(zones, words, {"area_computed": _computed(words), "area_official": _official(words)})),
        Section("distance", _rows(zones, words, {kind: _way(words, kind) for kind in FACILITIES})),
        Section("plans", _plan_rows(zones, words)),
        Section("industries", industry_rows(records, words)),
        Section("surrounding", surrounding_rows(records, words)),
        Section("stated", _rows(zones, words, said)),
        Section("clusters", _rows(zones, words, {"clusters": lambda zone: _clusters(zone, words)})),
        Section("projects", _rows(zones, words, _projects(words))),
        Section("named", _rows(zones, words, named)),
        Section("boundary", _rows(zones, words, _boundary(words))),
    ]
    return [one for one in made if one.rows]


def _of_record(cell: Callable[[dict[str, Any]], Sequence[Part]]) -> _Cell:
    return lambda zone: cell(zone.record)


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
        "district": lambda zone: _text(words.of(zone.record["district"], "name")),
        "lies_in": lambda zone: _lies_in(zone, words),
        "parent": lambda zone: _text(words.of(zone.record["parent"], "name")),
        "positioning": lambda zone: _text(words.of(zone.record, "positioning"), **cited(words, zone.record)),
        "hosts": lambda zone: placed(zone.record["hosts"], words),
        "theme_parks": lambda zone: placed(zone.record["theme_parks"], words),
        "note": lambda zone: _text(words.of(zone.record, "note")),
    }


def _unmeasured(zone: Zone) -> str | None:
    """Return what the extent rests on where it is no ground for areas: an estimate, or the extent of another place."""
    geometry = zone.record["geometry"]
    return None if not geometry or geometry["extent_basis"] in MEASURABLE else str(geometry["extent_basis"])


def _lies_in(zone: Zone, words: Words) -> list[Part]:
    """Return the districts that the footprint lies in; where it is an estimate, so is the district."""
    shares = zone.record["lies_in"]

    def note(share: float) -> str:
        if basis := _unmeasured(zone):
            return words(f"lies_in_{basis}")
        return words("lies_in_share", percent=f"{share * 100:.0f}") if len(shares) > 1 else ""

    return [Part(words.of(one["district"], "name"), note=note(one["share"])) for one in shares]


def _computed(words: Words) -> _Cell:
    def cell(zone: Zone) -> list[Part]:
        area = zone.record["area"]["computed"]
        if area:
            return [Part(words.area(area))]
        basis = _unmeasured(zone)
        return _text(words(f"area_{basis}" if basis else "no_geometry"))

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
        basis = _unmeasured(zone)
        notes = [words(f"way_{basis}"), note] if basis else [note]
        return [Part(text, note=words("join").join(notes), source=words.of(way, "source"))]

    return cell


def _plan_rows(zones: Sequence[Zone], words: Words) -> list[Row]:
    plans = {one["plan"]["id"]: one["plan"] for zone in zones for one in zone.around["plans"]}

    def cell(zone: Zone, plan: str) -> tuple[Part, ...]:
        roles = [one for one in zone.around["plans"] if one["plan"]["id"] == plan]
        return tuple(
            Part(
                words.of(one["element"], "name"),
                note=words("join").join(
                    filter(
                        None,
                        (
                            words("through", name=words.of(one["through"], "name")) if one["through"] else "",
                            words.of(one, "positioning"),
                        ),
                    )
                ),
                **cited(words, one),
            )
            for one in roles
        )

    return [Row(key, words.of(plan, "name"), tuple(cell(zone, key) for zone in zones)) for key, plan in plans.items()]


def _clusters(zone: Zone, words: Words) -> list[Part]:
    def note(one: dict[str, Any]) -> str:
        role = " ".join(filter(None, (words(f"role_{one['role']}"), one["place_zh"])))
        certainty = words(f"certainty_{one['certainty']}")
        return words("join").join(
            filter(None, (role, certainty, words.of(one, "basis"), words.of(one["evidence"], "note")))
        )

    return [Part(words.of(one, "name"), note=note(one), **cited(words, one)) for one in zone.record["clusters"]]


def _projects(words: Words) -> dict[str, _Cell]:
    def count(in_table: bool) -> _Cell:
        def cell(zone: Zone) -> list[Part]:
            found = [one for one in zone.around["projects"]["items"] if one["in_table"] == in_table]
            sources = dict.fromkeys(source_of(one).split("　")[0] for one in found)
            return _text(words("count_text", count=len(found)) if found else "", source=words("join").join(sources))

        return cell

    def total(zone: Zone) -> list[Part]:
        money = zone.around["projects"]["investment_total"]
        return _text(words("money_text", total=words.number(money)) if money is not None else "")

    return {"project_count": count(True), "project_total": total, "project_text": count(False)}


def _boundary(words: Words) -> dict[str, _Cell]:
    def of(key: str) -> _Cell:
        def cell(zone: Zone) -> list[Part]:
            geometry = zone.record["geometry"]
            if not geometry:
                return []
            if key == "status":
                return _text(words(f"status_{geometry['status']}"))
            if key == "extent_basis":
                return _text(words(f"extent_{geometry['extent_basis']}"))
            if key == "accuracy":
                metres = geometry["accuracy_m"]
                basis = _unmeasured(zone)
                none = words(f"accuracy_{basis}") if basis else ""
                return _text(words("metres_text", metres=f"{metres:,.0f}") if metres else none)
            return _text(words.of(geometry, "method"), source=words.of(geometry, "source"))

        return cell

    return {key: of(key) for key in ("status", "extent_basis", "accuracy", "method")}
