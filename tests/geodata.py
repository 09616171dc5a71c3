"""The facts counted by hand from the text files, without the loader and without the database."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from pyproj import Geod

GEODATA = Path(__file__).resolve().parent.parent / "geodata"
RANKS = ("leading", "supporting", "service")
_GEOD = Geod(ellps="GRS80")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a file, or of all files of a folder."""
    path = GEODATA / name
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path.with_suffix(".csv")]
    return tuple(row for file in files for row in csv.DictReader(file.open(encoding="utf-8", newline="")))


@cache
def parks() -> dict[str, dict[str, str]]:
    """Return the parks by id: 东疆 and 生态城 are zones that table 2 lists as parks."""
    return {row["id"]: row for row in rows("zones") if row["kind"] == "park" or row["id"] in ("dongjiang", "ecocity")}


@cache
def path_of(industry: str) -> tuple[str, ...]:
    """Return the ids from the sector down to an industry."""
    parents = {row["id"]: row["parent"] for row in rows("industries")}
    path = [industry]
    while parents[path[0]]:
        path.insert(0, parents[path[0]])
    return tuple(path)


@cache
def plan_elements() -> dict[str, dict[str, str]]:
    """Return the plan elements by id."""
    return {row["id"]: row for row in rows("plan_elements")}


def subjects_of(industry: str) -> dict[str, str]:
    """Return all that a document names an industry or a part of it for, with the highest rank given there."""
    ranks: dict[str, str] = {}
    for row in rows("zone_industries"):
        if industry in path_of(row["industry"]):
            known = ranks.get(row["subject"], RANKS[-1])
            ranks[row["subject"]] = min(known, row["rank"], key=RANKS.index)
    return ranks


def zones_of(industry: str) -> dict[str, str]:
    """Return the zones among them: what is said of a plan element as a whole is said of no zone in it."""
    return {subject: rank for subject, rank in subjects_of(industry).items() if subject not in plan_elements()}


def elements_of(industry: str) -> dict[str, str]:
    """Return the plan elements among them."""
    return {subject: rank for subject, rank in subjects_of(industry).items() if subject in plan_elements()}


def parks_by_sector() -> dict[str, dict[str, set[str]]]:
    """Return the parks of each sector, by rank."""
    sectors: dict[str, dict[str, set[str]]] = {}
    for sector in {path_of(row["industry"])[0] for row in rows("zone_industries")}:
        ranked = {zone: rank for zone, rank in zones_of(sector).items() if zone in parks()}
        if ranked:
            sectors[sector] = {rank: {zone for zone, own in ranked.items() if own == rank} for rank in RANKS}
    return sectors


@cache
def _features() -> dict[str, dict[str, Any]]:
    files = sorted((GEODATA / "footprints").glob("*.geojson"))
    features = [one for file in files for one in json.loads(file.read_text(encoding="utf-8"))["features"]]
    return {feature["properties"]["id"]: feature for feature in features}


@cache
def footprints() -> dict[str, Any]:
    """Return the footprints that are drawn, by zone."""
    return {zone: shapely.geometry.shape(feature["geometry"]) for zone, feature in _features().items()}


def has_area(zone: str) -> bool:
    """Tell whether a published text gives the extent or the area of a footprint; the others are estimates."""
    return bool(_features()[zone]["properties"]["extent_basis"] == "document")


def hectares(zone: str) -> float:
    """Return the geodesic area of a footprint, 公顷."""
    return float(abs(_GEOD.geometry_area_perimeter(footprints()[zone])[0]) / 10_000)


def total_hectares(zones: Iterable[str]) -> float:
    """Return the area of those footprints that have one, 公顷."""
    return sum(hectares(zone) for zone in zones if has_area(zone))


def projects_by_sector_and_year() -> dict[tuple[str, int], list[dict[str, str]]]:
    """Return the projects of each sector and starting year."""
    found: dict[tuple[str, int], list[dict[str, str]]] = defaultdict(list)
    for row in rows("projects"):
        found[path_of(row["industry"])[0], int(row["year_start"])].append(row)
    return found
