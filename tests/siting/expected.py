"""What the criteria of siting give a place for an industry, worked out from geodata/ once more: without our code.

The factors and points are those that docs/siting.md and the answer's ``basis`` texts print.
"""

from collections.abc import Iterator
from functools import cache

from tests.siting.independent import (
    Row,
    around_subjects,
    by_subject,
    elements,
    industries,
    lineage,
    own_rows,
    own_subjects,
    placing_industries,
    rows,
    statements,
    values_of,
    zones,
    zones_around,
    zones_inside,
)
from tests.siting.measured import Districts, neighbours

RELATIONS = {"same": 1.0, "part": 0.9, "wider": 0.7, "sector": 0.45, "chain": 0.3}
RANKS = {"leading": 1.0, "supporting": 0.7, "service": 0.9}
STANDINGS = {"own": 1.0, "part": 0.9, "around": 0.6, "district": 0.3}
AGREEING = {
    "same": ("same", "part"), "part": ("same", "part"), "wider": ("same", "part", "wider"), "sector": ("sector",),
    "chain": ("chain",),
}  # fmt: skip
ROLES = {"core": 40, "valley": 40, "base": 30, "belt": 30, "area": 20, "group": 15, "city": 5}
TRACKS = {"hub": 25, "carrier": 25, "source": 10, "responsible": 12}
LEVELS = {"national": 1.0, "municipal": 0.7, "district": 0.5, "town": 0.4}


# --- industries ---------------------------------------------------------------------------------------------------


def industry_named(name: str) -> str:
    """Return the id of the industry of a Chinese name."""
    return next(key for key, industry in industries().items() if industry.name_zh == name)


@cache
def _linked(industry: str) -> frozenset[str]:
    """Return what a row of the chains links with an industry: the step before or after it, or whose chain it is."""
    found = set()
    for row in rows("value_chains"):
        pairs = [("upstream", "downstream"), ("chain", "upstream"), ("chain", "downstream")]
        for start, end in (*pairs, *((end, start) for start, end in pairs)):
            if row[start] == industry:
                found.add(row[end])
    return frozenset(found - {industry})


@cache
def relation(demanded: str, stated: str) -> str | None:
    """Return what a stated industry is to the one asked for: the nearest."""
    if demanded == stated:
        return "same"
    if demanded in lineage(stated):
        return "part"
    if stated in lineage(demanded):
        return "sector" if industries()[stated].kind == "sector" else "wider"
    return "chain" if set(lineage(stated)) & _linked(demanded) else None


def near(demanded: str, stated: str) -> float:
    """Return the factor of that relation; 0 for none."""
    return RELATIONS.get(relation(demanded, stated) or "", 0.0)


# --- industry fit -------------------------------------------------------------------------------------------------


@cache
def places() -> tuple[str, ...]:
    """Return the parks, the development zones without parks, and the functional areas."""
    with_parks = {row["parent"] for row in zones().values() if row["kind"] == "park"}
    kinds = {key: row["kind"] for key, row in zones().items() if key not in with_parks}
    kinds |= {key: row["kind"] for key, row in zones().items() if row["kind"] == "park"}
    return tuple(key for key, kind in kinds.items() if kind in ("park", "development_zone", "functional_area"))


@cache
def narrowed(demanded: str) -> frozenset[str]:
    """Return what is around the places that a document names for an industry: of it documents tell where exactly."""
    named = [place for place in places() if own_rows(frozenset({demanded}), place)]
    return frozenset(subject for place in named for subject in around_subjects(place)) - set(elements())


@cache
def bearing(place: str, demanded: str) -> tuple[tuple[Row, str, str], ...]:
    """Return the statements that bear on a place, with their relation and their standing."""
    found = []
    itself = bool(own_rows(frozenset({demanded}), place))
    for subject, standing in (own_subjects(place) | around_subjects(place)).items():
        for row in by_subject().get(subject, ()):
            how = relation(demanded, row.industry)
            places_it = row.industry in placing_industries(frozenset({demanded}))
            if how and row.rank in RANKS and (itself or not places_it or subject not in narrowed(demanded)):
                found.append((row, how, standing))
    return tuple(found)


def tier(place: str, demanded: str) -> str:
    """Return how near documents place an industry to a place."""
    demands = frozenset({demanded})
    if own_rows(demands, place):
        return "itself"
    around = [
        (subject, row)
        for subject in around_subjects(place)
        for row in by_subject().get(subject, ())
        if row.industry in placing_industries(demands)
    ]
    if any(subject not in narrowed(demanded) for subject, _ in around):
        return "surrounding"
    return "related" if bearing(place, demanded) or around else "not_named"


def fits(place: str, demanded: str) -> set[float]:
    """Return the points of the industry fit; several where two statements are equally strong and agree with others."""
    strengths = [
        (RELATIONS[how] * RANKS[row.rank] * STANDINGS[standing], how) for row, how, standing in bearing(place, demanded)
    ]
    best = max((strength for strength, _ in strengths), default=0.0)
    strongest = {how for strength, how in strengths if abs(strength - best) < 1e-9}
    return {100 * best * _agreement(place, demanded, how) for how in strongest} or {0.0}


def _agreement(place: str, demanded: str, strongest: str) -> float:
    agreeing: dict[str, float] = {}
    for row, how, standing in bearing(place, demanded):
        if how in AGREEING[strongest]:
            agreeing[row.document] = max(agreeing.get(row.document, 0.0), STANDINGS[standing])
    basis = {row["id"]: values_of(row["drawn_up_on"]) for row in rows("documents")}
    witnesses: dict[str, float] = {}
    for document, standing in agreeing.items():
        # One drawn up on another that says the same is no witness of its own.
        witness = next((base for base in basis[document] if base in agreeing), document)
        witnesses[witness] = max(witnesses.get(witness, 0.0), standing)
    return 0.8 + 0.1 * min(max(sum(witnesses.values()) - 1, 0.0), 2.0)


# --- neighbours ---------------------------------------------------------------------------------------------------


@cache
def _industries_of(zone: str) -> tuple[tuple[str, str], ...]:
    return tuple((row.industry, row.rank) for row in statements() if row.subject == zone)


def agglomeration(place: str, demanded: str, districts: Districts, *, with_same: bool) -> float | None:
    """Return the points of parks around and projects inside; None where too little is known."""
    parks = [_worth(other, demanded, with_same=with_same) for other in neighbours(place)]
    if not any(parks) and districts.unlisted(place):
        return None
    return sum(parks) + 0.5 * len(projects(place, demanded))


def _worth(park: str, demanded: str, *, with_same: bool) -> float:
    how = {relation(demanded, industry): industry for industry, _ in _industries_of(park)}
    if how.keys() & {"same", "part"}:
        return 1.0 if with_same else 0.0
    if "chain" in how:
        return 1.0
    return 0.5 if any(_sector(industry) == _sector(demanded) for industry, _ in _industries_of(park)) else 0.0


def projects(place: str, demanded: str) -> set[str]:
    """Return the projects of the sector that a document places in a place or a part of it; each once.

    What a document places in a development zone or a district as a whole is in none of its parks for all it says. Only
    the table that a document prints is a list: what running text mentions is no measure of who is where.
    """
    inside = {place, *zones_inside(place)}
    return {
        row["id"]
        for row in rows("projects")
        if row["certainty"] == "named" and inside & set(values_of(row["places"]))
        if any(_sector(industry) == _sector(demanded) for industry in values_of(row["industries"]))
    }


def _sector(industry: str) -> str:
    return lineage(industry)[-1]


def crowding(place: str, demanded: str, districts: Districts) -> int | None:
    """Return how many parks around lead with the industry; None where too little is known."""
    leading = [
        other
        for other in neighbours(place)
        if any(rank == "leading" and demanded in lineage(industry) for industry, rank in _industries_of(other))
    ]
    return None if not leading and districts.unlisted(place) else len(leading)


# --- plans and policy ---------------------------------------------------------------------------------------------


def level(place: str) -> str:
    """Return the level of a place, or of the park around it."""
    return next(zones()[zone]["level"] for zone in (place, *zones_around(place)) if zones()[zone]["level"])


def policy(place: str, demanded: str) -> float:
    """Return the points of what plans make of a place: its role, a theme park in it, and tracks of future industry."""
    return sum(
        max(points, default=0.0) for points in (_roles(place), _themes(place, demanded), _tracks(place, demanded))
    )


def _roles(place: str) -> Iterator[float]:
    elements = {row["id"]: row for row in rows("plan_elements")}
    inner = {row["id"]: zones()[row["scope_zone"]]["kind"] == "park" for row in rows("plans")}
    groups = {(row["plan"], row["parent"]) for row in elements.values()}
    for group in sorted(groups):
        beside = [row for row in elements.values() if (row["plan"], row["parent"]) == group]
        for around in (place, *zones_around(place)):
            naming = [row for row in beside if around in (*values_of(row["members"]), *values_of(row["core"]))]
            for row in naming:
                up = row
                while up:
                    yield ROLES[up["kind"]] * (1 if around == place else 0.5) * (0.5 if inner[up["plan"]] else 1)
                    up = elements.get(up["parent"], {})
            if naming:
                break


def _themes(place: str, demanded: str) -> Iterator[float]:
    hosts: dict[str, set[str]] = {}
    for row in rows("theme_park_hosts"):
        hosts.setdefault(row["theme_park"], set()).add(row["host"])
    for theme, host in ((theme, host) for theme, named in hosts.items() for host in named):
        if host == place:
            yield 35 * _theme(theme, demanded)
        elif host in zones_around(place) and not any(host in zones_around(other) for other in hosts[theme]):
            yield 15 * _theme(theme, demanded)


def _theme(theme: str, demanded: str) -> float:
    """Return how near the theme is: what each place in a document names first of the theme park."""
    first: dict[tuple[str, str], str] = {}
    for row in statements():
        if row.subject == theme and row.rank == "leading":
            first.setdefault((row.document, row.locator), row.industry)
    return max((near(demanded, industry) for industry in first.values()), default=0.0)


def _tracks(place: str, demanded: str) -> Iterator[float]:
    of = {row["id"]: row["industry"] for row in rows("clusters")}
    roles = [
        (row["zone"], of[row["cluster"]], row["role"])
        for row in rows("cluster_places")
        if row["zone"] and row["certainty"] == "named"
    ]
    roles += [
        (zone, row["industry"], "responsible")
        for row in rows("clusters")
        for zone in values_of(row["responsible_zones"])
    ]
    for zone, industry, role in roles:
        if zone == place:
            yield TRACKS[role] * near(demanded, industry)
        elif zone in zones_around(place):
            yield min(TRACKS[role], TRACKS["responsible"]) * near(demanded, industry)
