"""Targets of the search: each thing that can be found, with its names and what a list of hits shows of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from app.loading.facts import Facts
from app.loading.roster import park_ids
from app.loading.search_named import named_targets
from app.loading.search_target import Target, part
from app.loading.tables import Row
from app.loading.words import NOTHING, Words, listed

LAYERS = {
    "development_zone": "development-zones",
    "park": "parks",
    "district": "districts",
    "functional_area": "functional-areas",
    "theme_park": "theme-parks",
}
"""The layer that draws a kind of zone; a plan's layer is called as the plan is."""

_ZONE_ORDER = tuple(LAYERS)
_INDUSTRY_ORDER = ("sector", "subsector", "product")

_WORDS = {
    "municipality": Words("直辖市", "Municipality"),
    "district": Words("市辖区", "District"),
    "development_zone": Words("开发区", "Development zone"),
    "park": Words("园区", "Park"),
    "functional_area": Words("功能区", "Functional area"),
    "theme_park": Words("主题园区", "Theme park"),
    "national": Words("国家级", "National"),
    "municipal": Words("市级", "Municipal"),
    "town": Words("街镇级", "Town"),
    "plan": Words("空间规划", "Spatial plan"),
    "sector": Words("产业门类", "Sector"),
    "subsector": Words("细分产业", "Subsector"),
    "product": Words("产品与环节", "Product"),
    "cluster": Words("未来产业赛道", "Future-industry track"),
    "port_area": Words("港区", "Port area"),
    "airport": Words("机场", "Airport"),
    "rail_station": Words("铁路站", "Rail station"),
    "metro_station": Words("地铁站", "Metro station"),
    "document": Words("规划文件", "Document"),
}


def targets(facts: Facts) -> list[Target]:
    """Return everything that can be found."""
    makers = (_zones, _theme_parks, _plans, _plan_elements, _industries, _clusters)
    found = [target for make in (*makers, _facilities, _documents) for target in make(facts)]
    return [*found, *named_targets(facts, zone_parts(facts))]


def zone_parts(facts: Facts) -> dict[str, dict[str, Any]]:
    """Return how each zone and plan element is shown as a part of a hit: its layer, its id there, its name."""
    layers = _zone_layers(facts)
    named = {row["id"]: _short(row) for row in facts["zones"]} | {row["id"]: _name(row) for row in facts["theme_parks"]}
    parts = {zone: part(layers[zone], zone if layers[zone] else None, title) for zone, title in named.items()}
    return parts | {row["id"]: part(row["plan"], row["id"], _name(row)) for row in facts["plan_elements"]}


def _name(row: Row) -> Words:
    return Words(row["name_zh"], row["name_en"])


def _short(row: Row) -> Words:
    return Words(row["short_name_zh"] or row["name_zh"], row["name_en"])


def _names(row: Row, *more: tuple[str | None, str]) -> tuple[tuple[str, str], ...]:
    given = ((row["name_zh"], "official"), (row["name_en"], "english"), *more)
    return tuple((name, form) for name, form in given if name)


def _aliases(row: Row) -> Iterator[tuple[str, str]]:
    return ((alias, "alias") for alias in row["aliases"])


def _zone_layers(facts: Facts) -> dict[str, str | None]:
    """Return the layer of each zone: a development zone without parks is drawn among the parks."""
    parks = park_ids(facts["zones"])
    layers = {row["id"]: LAYERS["park"] if row["id"] in parks else LAYERS.get(row["kind"]) for row in facts["zones"]}
    return layers | {row["id"]: LAYERS["theme_park"] for row in facts["theme_parks"]}


def _zones(facts: Facts) -> Iterator[Target]:
    rows = {row["id"]: row for row in facts["zones"]}
    layers = _zone_layers(facts)
    for n, row in enumerate(facts["zones"]):
        kind = _WORDS[row["kind"]]
        level = _WORDS[row["level"]] + Words("", " ") if row["level"] else NOTHING
        what = level + (Words(kind.zh, kind.en.lower()) if row["level"] else kind)
        up = _short(rows[row["parent"]]) if row["parent"] else NOTHING
        place = _ZONE_ORDER.index(row["kind"]) if row["kind"] in _ZONE_ORDER else len(_ZONE_ORDER)
        yield Target(
            row["kind"],
            row["id"],
            _name(row),
            (what, up),
            _names(row, (row["short_name_zh"], "short"), *_aliases(row)),
            place * 10000 + n,
            layers[row["id"]],
            row["id"] if layers[row["id"]] else None,
        )


def _theme_parks(facts: Facts) -> Iterator[Target]:
    rows = {row["id"]: row for row in facts["zones"]}
    for n, row in enumerate(facts["theme_parks"]):
        stated = [one["host"] for one in facts["theme_park_hosts"] if one["theme_park"] == row["id"]]
        hosts = listed(_short(rows[host]) for host in dict.fromkeys(stated or [row["parent"]]))
        sort = _ZONE_ORDER.index("theme_park") * 10000 + n
        names = _names(row, *_aliases(row))
        yield Target(
            "theme_park",
            row["id"],
            _name(row),
            (_WORDS["theme_park"], hosts),
            names,
            sort,
            LAYERS["theme_park"],
            row["id"],
        )


def _plans(facts: Facts) -> Iterator[Target]:
    scopes = {row["id"]: _short(row) for row in facts["zones"]}
    for n, row in enumerate(facts["plans"]):
        yield Target(
            "plan", row["id"], _name(row), (_WORDS["plan"], scopes[row["scope_zone"]]), _names(row), n, row["id"]
        )


def _plan_elements(facts: Facts) -> Iterator[Target]:
    plans = {row["id"]: _name(row) for row in facts["plans"]}
    gathering = {row["parent"] for row in facts["plan_elements"]}
    for n, row in enumerate(facts["plan_elements"]):
        # The layer draws the parts of a group, not the group.
        drawn = row["kind"] != "group" or row["id"] not in gathering
        # 一核：滨海新区主城区 is looked for under what follows the colon, too.
        _, _, rest = row["name_zh"].partition("：")
        names = _names(row, (rest or None, "short"))
        feature = row["id"] if drawn else None
        yield Target(
            "plan_element", row["id"], _name(row), (plans[row["plan"]],), names, 1000 + n, row["plan"], feature
        )


def _industries(facts: Facts) -> Iterator[Target]:
    rows = {row["id"]: row for row in facts["industries"]}
    for n, row in enumerate(facts["industries"]):
        above = [_name(rows[one]) for one in facts.industry_paths[row["id"]][:-1]]
        path = Words(" › ".join(one.zh for one in above), " › ".join(one.en for one in above))
        names = _names(row, *_aliases(row))
        sort = _INDUSTRY_ORDER.index(row["kind"]) * 10000 + n
        yield Target("industry", row["id"], _name(row), (_WORDS[row["kind"]], path), names, sort)


def _clusters(facts: Facts) -> Iterator[Target]:
    places: dict[str, list[str]] = defaultdict(list)
    for row in facts["cluster_places"]:
        places[row["cluster"]].append(row["name_zh"])
    for n, row in enumerate(facts["clusters"]):
        named = [(place, "place") for place in dict.fromkeys([*row["hub_zh"], *places[row["id"]]])]
        yield Target(
            "cluster", row["id"], _name(row), (_WORDS["cluster"],), _names(row, *named), n, "future-clusters", row["id"]
        )


def _facilities(facts: Facts) -> Iterator[Target]:
    for n, row in enumerate(facts["facilities"]):
        yield Target("facility", row["id"], _name(row), (_WORDS[row["kind"]],), _names(row), n, "facilities", row["id"])


def _documents(facts: Facts) -> Iterator[Target]:
    for n, row in enumerate(facts["documents"]):
        plans: Iterable[Row] = (plan for plan in facts["plans"] if plan["document"] == row["id"])
        names = ((row["title_zh"], "official"), (row["title_en"], "english"), (row["short_title_zh"], "short"))
        details = (
            _WORDS["document"],
            Words(row["issuer_zh"], row["issuer_zh"]),
            Words(row["period"] or "", row["period"] or ""),
        )
        parts = [part(plan["id"], None, _name(plan)) for plan in plans]
        if any(cluster["document"] == row["id"] for cluster in facts["clusters"]):
            parts.append(part("future-clusters", None, Words("未来产业赛道", "Future-industry tracks")))
        if any(one["document"] == row["id"] for name in ("projects", "named") for one in facts[name]):
            parts.append(part("projects", None, Words("项目", "Projects")))
        yield Target("document", row["id"], Words(row["title_zh"], row["title_en"]), details, names, n, parts=parts)
