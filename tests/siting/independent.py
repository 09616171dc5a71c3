"""What the documents state of places and industries, read from geodata/ once more: without our code and a database.

A row of ``zone_industries`` says something of one subject: a zone, a theme park or an element of a plan. How the row
stands to a place, and what its industry is to the industry asked for, is worked out here from the tables alone.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GEODATA = Path(__file__).resolve().parents[2] / "geodata"

STRONG = ("same", "part", "parent")
"""Relations that place an industry: it is named itself, a part of it is, or what directly contains it (no sector)."""

CLUSTER_ROLES = ("hub", "carrier")
"""Roles in a cluster that stand as a rank: the cluster is to be there. A source of innovation is no such place."""


@dataclass(frozen=True)
class Industry:
    """A node of the tree."""

    id: str
    parent: str
    kind: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name_zh, self.name_en, *self.aliases)


@dataclass(frozen=True)
class Row:
    """A statement of a document: this industry at this subject."""

    subject: str
    industry: str
    rank: str
    wording: str
    document: str
    locator: str


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a file, or of all files of a folder in the order of their names."""
    path = GEODATA / name
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path.with_suffix(".csv")]
    found: list[dict[str, str]] = []
    for each in files:
        with each.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return tuple(found)


def values_of(value: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several."""
    return tuple(filter(None, (each.strip() for each in value.split(";"))))


@cache
def normalised(text: str) -> str:
    """Return a text as words are compared: without regard to width, case, white space, hyphens and quotes."""
    narrow = "".join(chr(ord(each) - 0xFEE0) if 0xFF01 <= ord(each) <= 0xFF5E else each for each in text)
    return re.sub(r"[\s\-‐‑–—_“”‘’\"'「」《》]", "", narrow).lower()


# --- industries ---------------------------------------------------------------------------------------------------


@cache
def industries() -> dict[str, Industry]:
    return {
        row["id"]: Industry(
            row["id"], row["parent"], row["kind"], row["name_zh"], row["name_en"], values_of(row["aliases"])
        )
        for row in rows("industries")
    }


@cache
def industries_by_name() -> dict[str, frozenset[str]]:
    """Return what a name means: all industries that have it as a name or an alias."""
    found: dict[str, set[str]] = {}
    for industry in industries().values():
        for name in industry.names:
            found.setdefault(normalised(name), set()).add(industry.id)
    return {name: frozenset(ids) for name, ids in found.items()}


@cache
def lineage(industry: str) -> tuple[str, ...]:
    """Return an industry and all above it, the nearest first."""
    above = [industry]
    while parent := industries()[above[-1]].parent:
        above.append(parent)
    return tuple(above)


@cache
def chain_partners(industry: str) -> frozenset[str]:
    """Return what a chain joins with an industry: neighbours, the steps of one printed chain, and whose chain it is."""
    printed: dict[tuple[str, str, str], set[str]] = {}
    found: set[str] = set()
    for row in rows("value_chains"):
        members = {row["chain"], row["upstream"], row["downstream"]}
        if industry in members:
            found |= members
        if row["relation"] == "step":
            printed.setdefault((row["chain"], row["document"], row["wording"]), set()).update(members)
    for members in printed.values():
        if industry in members:
            found |= members
    return frozenset(found - {industry})


@cache
def relations(demanded: str, stated: str) -> frozenset[str]:
    """Return all that a stated industry is to the one asked for, ``parent`` beside ``wider`` for the direct one."""
    found = set()
    if stated == demanded:
        found.add("same")
    elif demanded in lineage(stated):
        found.add("part")
    elif stated in lineage(demanded):
        if industries()[stated].kind == "sector":
            found.add("sector")
        else:
            found |= {"wider", "parent"} if industries()[demanded].parent == stated else {"wider"}
    if stated != demanded and set(lineage(stated)) & chain_partners(demanded):
        found.add("chain")
    return frozenset(found)


@cache
def relations_to_any(demanded: frozenset[str], stated: str) -> frozenset[str]:
    """Return all that a stated industry is to any of those asked for."""
    return frozenset[str]().union(*(relations(each, stated) for each in demanded))


@cache
def placing_industries(demanded: frozenset[str]) -> frozenset[str]:
    """Return the industries that, stated somewhere, place one of those asked for there."""
    return frozenset(each for each in industries() if relations_to_any(demanded, each) & set(STRONG))


# --- places -------------------------------------------------------------------------------------------------------


@cache
def zones() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows("zones")}


@cache
def elements() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows("plan_elements")}


@cache
def theme_parks() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows("theme_parks")}


@cache
def zones_around(zone: str) -> tuple[str, ...]:
    """Return the zones around a zone, the nearest first."""
    found: list[str] = []
    while parent := zones()[found[-1] if found else zone]["parent"]:
        found.append(parent)
    return tuple(found)


@cache
def zones_inside(zone: str) -> frozenset[str]:
    """Return the zones inside a zone."""
    return frozenset(each for each in zones() if zone in zones_around(each))


@cache
def candidates() -> frozenset[str]:
    """Return the places that are compared: parks, and development zones that have no parks of their own."""
    with_parks = {row["parent"] for row in zones().values() if row["kind"] == "park"}
    return frozenset(
        key
        for key, row in zones().items()
        if row["kind"] == "park" or (row["kind"] == "development_zone" and key not in with_parks)
    )


@cache
def hosted_theme_parks(zone: str) -> frozenset[str]:
    """Return the theme parks that a document places in a zone itself or in a functional area of it."""
    areas = {each for each in zones_inside(zone) if zones()[each]["kind"] == "functional_area"}
    return frozenset(row["theme_park"] for row in rows("theme_park_hosts") if row["host"] in {zone, *areas})


@cache
def own_subjects(zone: str) -> dict[str, str]:
    """Return the subjects that are the place or part of it, with how their statements stand."""
    parts = {each for each in zones_inside(zone) if zones()[each]["kind"] == "functional_area"}
    return {zone: "own"} | dict.fromkeys(sorted(parts | hosted_theme_parks(zone)), "part")


@cache
def around_subjects(zone: str) -> dict[str, str]:
    """Return the subjects around a place: zones by administration, and elements of plans that name it as a member."""
    found: dict[str, str] = {}
    for each in zones_around(zone):
        kind = zones()[each]["kind"]
        if kind in ("park", "development_zone"):
            found[each] = "around"
        elif kind == "district":
            found[each] = "district"
    for key, row in elements().items():
        if zone in values_of(row["members"]):
            found[key] = "around"
    return found


@cache
def places_inside(subject: str) -> frozenset[str]:
    """Return the places compared inside a zone, or inside what an element of a plan names as its members."""
    members = values_of(elements()[subject]["members"]) if subject in elements() else (subject,)
    inside = frozenset[str]().union(*({each, *zones_inside(each)} for each in members))
    return inside & candidates()


# --- statements ---------------------------------------------------------------------------------------------------


@cache
def statements() -> tuple[Row, ...]:
    return tuple(
        Row(row["subject"], row["industry"], row["rank"], row["wording"], row["document"], row["locator"])
        for row in rows("zone_industries")
    )


@cache
def cluster_statements() -> tuple[Row, ...]:
    """Return the hubs and carriers of clusters that the document places, as statements of the cluster's industry."""
    subject = {row["id"]: row["industry"] for row in rows("clusters")}
    return tuple(
        Row(row["zone"], subject[row["cluster"]], row["role"], row["name_zh"], row["document"], row["locator"])
        for row in rows("cluster_places")
        if row["role"] in CLUSTER_ROLES and row["certainty"] == "named"
    )


@cache
def by_subject() -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in (*statements(), *cluster_statements()):
        found.setdefault(row.subject, []).append(row)
    return {subject: tuple(of_it) for subject, of_it in found.items()}


@cache
def strong_rows(demanded: frozenset[str], subject: str) -> tuple[Row, ...]:
    """Return the statements about a subject that place one of the industries asked for."""
    return tuple(row for row in by_subject().get(subject, ()) if row.industry in placing_industries(demanded))


@cache
def own_rows(demanded: frozenset[str], place: str) -> tuple[Row, ...]:
    """Return the statements that place an industry in a place itself."""
    return tuple(row for subject in own_subjects(place) for row in strong_rows(demanded, subject))


@cache
def documented(demanded: frozenset[str]) -> frozenset[str]:
    """Return the places that a document names for an industry."""
    return frozenset(each for each in candidates() if own_rows(demanded, each))


@cache
def narrowed(demanded: frozenset[str], subject: str) -> frozenset[str]:
    """Return the places that documents name for an industry inside what they also name as a whole."""
    return documented(demanded) & places_inside(subject)


@cache
def stated_around(demanded: frozenset[str]) -> dict[str, tuple[Row, ...]]:
    """Return the places that no document names, with what is stated of a zone or an element around them.

    A statement about a zone inside which the documents name places for the industry says nothing of the other places; a
    plan area lists its members, and what is said of it is said around each.
    """
    found = {
        each: tuple(
            row
            for subject in around_subjects(each)
            if subject in elements() or not narrowed(demanded, subject)
            for row in strong_rows(demanded, subject)
        )
        for each in candidates() - documented(demanded)
    }
    return {each: statements for each, statements in found.items() if statements}


# --- what has no place to compare ---------------------------------------------------------------------------------


@cache
def districts_without_a_park(demanded: frozenset[str]) -> frozenset[str]:
    """Return the districts named for an industry, or in which a thing of it is named, where no place is compared."""
    return frozenset(
        key
        for key, row in zones().items()
        if row["kind"] == "district"
        and not places_inside(key)
        and (strong_rows(demanded, key) or named_things(demanded, key))
    )


@cache
def named_things(demanded: frozenset[str], district: str) -> tuple[dict[str, str], ...]:
    """Return the carriers and designations of an industry that a document places in this district and nowhere else."""
    return tuple(
        row
        for row in rows("named")
        if row["kind"] in ("carrier", "designation")
        and row["certainty"] == "named"
        and values_of(row["places"]) == (district,)
        and set(values_of(row["industries"])) & placing_industries(demanded)
    )


@cache
def elements_without_a_place(demanded: frozenset[str]) -> frozenset[str]:
    """Return the elements named for an industry that bear on no place, and inside which nothing is named for it.

    A member that is a zone with parks of its own is no place; where it is named itself, that says more than the whole.
    """
    return frozenset(
        key
        for key, row in elements().items()
        if strong_rows(demanded, key)
        and not any(key in around_subjects(each) for each in candidates())
        and not narrowed(demanded, key)
        and not any(strong_rows(demanded, each) for each in values_of(row["members"]))
    )


@cache
def theme_parks_with_a_place() -> frozenset[str]:
    """Return the theme parks that a document places in one of the places compared."""
    return frozenset[str]().union(*(hosted_theme_parks(each) for each in candidates()))


def theme_parks_without_a_place(demanded: frozenset[str]) -> frozenset[str]:
    """Return the theme parks named for an industry that no document places in one of the places compared."""
    return frozenset(
        each for each in theme_parks() if each not in theme_parks_with_a_place() and strong_rows(demanded, each)
    )
