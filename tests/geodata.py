"""The facts counted by hand from the text files, without the loader and without the database."""

import csv
import json
from collections import defaultdict
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


def zones_of(industry: str) -> dict[str, str]:
    """Return the zones for which a document names an industry or a part of it, with the highest rank given there."""
    ranks: dict[str, str] = {}
    for row in rows("zone_industries"):
        if industry in path_of(row["industry"]):
            known = ranks.get(row["zone"], RANKS[-1])
            ranks[row["zone"]] = min(known, row["rank"], key=RANKS.index)
    return ranks


def parks_by_sector() -> dict[str, dict[str, set[str]]]:
    """Return the parks of each sector, by rank."""
    sectors: dict[str, dict[str, set[str]]] = {}
    for sector in {path_of(row["industry"])[0] for row in rows("zone_industries")}:
        ranked = {zone: rank for zone, rank in zones_of(sector).items() if zone in parks()}
        if ranked:
            sectors[sector] = {rank: {zone for zone, own in ranked.items() if own == rank} for rank in RANKS}
    return sectors


@cache
def footprints() -> dict[str, Any]:
    """Return the footprints that are drawn, by zone."""
    found = {}
    for file in sorted((GEODATA / "footprints").glob("*.geojson")):
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
            found[feature["properties"]["id"]] = shapely.geometry.shape(feature["geometry"])
    return found


def hectares(zone: str) -> float:
    """Return the geodesic area of a footprint, 公顷."""
    return float(abs(_GEOD.geometry_area_perimeter(footprints()[zone])[0]) / 10_000)


def projects_by_sector_and_year() -> dict[tuple[str, int], list[dict[str, str]]]:
    """Return the projects of each sector and starting year."""
    found: dict[tuple[str, int], list[dict[str, str]]] = defaultdict(list)
    for row in rows("projects"):
        found[path_of(row["industry"])[0], int(row["year_start"])].append(row)
    return found
