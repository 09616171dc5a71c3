"""Targets of the search: each thing that can be found, with its names and what a list of hits shows of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.loading.facts import Facts
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

RANKS = {"plan": 1, "plan_element": 1, "industry": 2, "cluster": 3, "project": 4, "owner": 5, "firm": 6}
RANKS |= {"facility": 7, "document": 8}
"""Of equally good hits, zones (0) come before plans, plans before industries, and so on."""

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
    "project": Words("项目", "Project"),
    "owner": Words("项目业主", "Project owner"),
    "firm": Words("文件列举的企业和机构", "Named in the documents"),
    "port_area": Words("港区", "Port area"),
    "airport": Words("机场", "Airport"),
    "rail_station": Words("铁路站", "Rail station"),
    "metro_station": Words("地铁站", "Metro station"),
    "document": Words("规划文件", "Document"),
}


@dataclass(frozen=True)
class Target:
    """A thing that can be found.

    Attributes
    ----------
    kind, id
        What it is; the id of an owner or a firm is its name as printed.
    title
        Its name; the English one is empty where there is none.
    details
        What tells it from others of its name, in parts.
    names
        Each form of its name, and which form that is.
    layer, feature
        Where the map draws it.
    parts
        What it stands for where it is several things.
    sort
        Its place among those of its kind.
    """

    kind: str
    id: str
    title: Words
    details: tuple[Words, ...]
    names: tuple[tuple[str, str], ...]
    sort: int
    layer: str | None = None
    feature: str | None = None
    parts: list[dict[str, Any]] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """Return the target as a row of its table; places on the map come when everything is written."""
        details = [one for one in self.details if one.zh]
        return {
            "kind": self.kind,
            "id": self.id,
            "title_zh": self.title.zh,
            "title_en": self.title.en or None,
            "detail_zh": " · ".join(one.zh for one in details),
            "detail_en": " · ".join(one.en for one in details if one.en),
            "layer": self.layer,
            "feature": self.feature,
            "parts": self.parts,
            "zones": None,
            "rank": RANKS.get(self.kind, 0),
            "sort": self.sort,
        }


def targets(facts: Facts) -> list[Target]:
    """Return everything that can be found."""
    makers = (_zones, _theme_parks, _plans, _plan_elements, _industries, _clusters, _projects, _owners, _firms)
    return [target for make in (*makers, _facilities, _documents) for target in make(facts)]


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
    with_parks = {row["parent"] for row in facts["zones"] if row["kind"] == "park"}
    layers = {
        row["id"]: "parks"
        if row["kind"] == "development_zone" and row["id"] not in with_parks
        else LAYERS.get(row["kind"])
        for row in facts["zones"]
    }
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
        hosts = listed(_short(rows[host]) for host in row["hosts"])
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


def _projects(facts: Facts) -> Iterator[Target]:
    zones = {row["id"]: _short(row) for row in facts["zones"]}
    for n, row in enumerate(facts["projects"]):
        details = (_WORDS["project"], zones[row["zone"]], Words(row["owner_zh"] or "", row["owner_zh"] or ""))
        names = ((row["name_zh"], "official"),)
        yield Target("project", row["id"], Words(row["name_zh"], ""), details, names, n, "projects", row["id"])


def _part(layer: str | None, feature: str | None, title: Words) -> dict[str, Any]:
    return {"layer": layer, "feature": feature, "title_zh": title.zh, "title_en": title.en or None}


def _owners(facts: Facts) -> Iterator[Target]:
    owned: dict[str, list[Row]] = defaultdict(list)
    for row in facts["projects"]:
        if row["owner_zh"]:
            owned[row["owner_zh"]].append(row)
    for n, (owner, rows) in enumerate(owned.items()):
        count = Words(f"{len(rows)} 个项目", f"{len(rows)} project{'s' if len(rows) > 1 else ''}")
        parts = [_part("projects", row["id"], Words(row["name_zh"], "")) for row in rows]
        yield _gathered("owner", owner, count, parts, n)


def _firms(facts: Facts) -> Iterator[Target]:
    zones = {row["id"]: _short(row) for row in facts["zones"]}
    layers = _zone_layers(facts)
    named: dict[str, list[str]] = defaultdict(list)
    for row in facts["industry_firms"]:
        named[row["name_zh"]].append(row["zone"])
    for n, (firm, ids) in enumerate(named.items()):
        at = list(dict.fromkeys(ids))
        # The city is drawn in no layer.
        parts = [_part(layers[zone], zone if layers[zone] else None, zones[zone]) for zone in at]
        yield _gathered("firm", firm, listed(zones[zone] for zone in at), parts, n)


def _gathered(kind: str, name: str, detail: Words, parts: list[dict[str, Any]], sort: int) -> Target:
    """Return what is shown by its parts; where there is one, that is where it is."""
    only = parts[0] if len(parts) == 1 else {"layer": None, "feature": None}
    names = ((name, "official"),)
    title = Words(name, "")
    return Target(kind, name, title, (_WORDS[kind], detail), names, sort, only["layer"], only["feature"], parts)


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
        parts = [_part(plan["id"], None, _name(plan)) for plan in plans]
        if any(cluster["document"] == row["id"] for cluster in facts["clusters"]):
            parts.append(_part("future-clusters", None, Words("未来产业赛道", "Future-industry tracks")))
        if any(project["document"] == row["id"] for project in facts["projects"]):
            parts.append(_part("projects", None, Words("项目", "Projects")))
        yield Target("document", row["id"], Words(row["title_zh"], row["title_en"]), details, names, n, parts=parts)
