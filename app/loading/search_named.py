"""Targets of the search among named things and rules: the same name in several documents is found once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from app.loading.facts import Facts
from app.loading.named import Thing, things
from app.loading.search_target import Target, part
from app.loading.words import NOTHING, Words, listed
from app.search.normal import normalise

LAYERS = {
    "project": "projects",
    "carrier": "carriers",
    "platform": "carriers",
    "designation": "designations",
    "infrastructure": "infrastructure",
}
"""The layer that shows a kind of named thing."""

_KINDS = {
    "project": Words("项目", "Project"),
    "carrier": Words("载体", "Carrier"),
    "platform": Words("平台与机构", "Platform or institute"),
    "firm": Words("文件点名的企业", "Firm named in the documents"),
    "designation": Words("称号与定位", "Designation"),
    "infrastructure": Words("基础设施", "Infrastructure"),
    "technology": Words("技术与产品", "Technology or product"),
    "governance": Words("园区治理", "Governance of parks"),
    "policy": Words("政策与行动", "Policy or programme"),
    "fund": Words("基金", "Fund"),
    "unit": Words("责任单位", "Responsible unit"),
}
_RULE = Words("规定与要求", "Rule or demand")
_OWNER = Words("项目业主", "Project owner")
_STATUSES = {
    "done": Words("已建成或已获得", "done or obtained"),
    "under_way": Words("推进中", "under way"),
    "planned": Words("规划或争取中", "planned or sought"),
}
_CANDIDATES = Words("（候选地之一，文件未写明）", " (one of several candidates)")
_INFERRED = Words("（推断）", " (inferred)")

Parts = Mapping[str, dict[str, Any]]


def named_targets(facts: Facts, zones: Parts) -> Iterator[Target]:
    """Yield what can be found of named things, owners and rules.

    Parameters
    ----------
    facts
        For the rows.
    zones
        How zones and plan elements are shown as parts, by id.
    """
    documents = {row["id"]: Words(row["short_title_zh"], row["title_en"]) for row in facts["documents"]}
    found = things(facts.tables)
    gathered: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing in found:
        gathered[thing.columns["kind"], normalise(thing.columns["name_zh"]).text].append(thing)
    for n, ((kind, _), same) in enumerate(gathered.items()):
        yield _target(kind, same, n, zones, documents)
    yield from _owners(found)
    yield from _rules(facts, zones, documents)


def _target(kind: str, same: list[Thing], sort: int, zones: Parts, documents: Mapping[str, Words]) -> Target:
    first = same[0].columns
    names = [(one.columns["name_zh"], "official") for one in same]
    names += [(one.columns["name_en"], "english") for one in same if one.columns["name_en"]]
    names += [(alias, "alias") for one in same for alias in one.columns["aliases"]]
    layer = LAYERS.get(kind)
    places = list(dict.fromkeys(place for one in same for place in one.places))
    if layer is None or len(same) == 1:
        areas = [one.columns["area_zone_id"] for one in same if one.columns["area_zone_id"]]
        parts = [zones[place] for place in dict.fromkeys([*places, *areas])]
    else:
        parts = [part(layer, one.columns["id"], documents[one.columns["document_id"]]) for one in same]
    status = first["status"]
    return Target(
        kind,
        first["id"],
        Words(first["name_zh"], first["name_en"] or ""),
        (
            _KINDS[kind],
            _where(same, zones),
            _STATUSES[status] if status else NOTHING,
            listed(dict.fromkeys(documents[one.columns["document_id"]] for one in same)),
        ),
        tuple(dict.fromkeys(names)),
        sort,
        layer,
        first["id"] if layer else None,
        parts,
    )


def _where(same: list[Thing], zones: Parts) -> Words:
    """Return the places that documents name, with how they are known; else the area it is listed under."""
    said = [_placed(one, zones) for one in same if one.places]
    if said:
        return listed(dict.fromkeys(said))
    areas = dict.fromkeys(one.columns["area_zone_id"] for one in same if one.columns["area_zone_id"])
    return listed(_title(zones[area]) for area in areas)


def _placed(thing: Thing, zones: Parts) -> Words:
    where = listed(_title(zones[place]) for place in thing.places)
    return where + {"one_of": _CANDIDATES, "inferred": _INFERRED}.get(thing.columns["certainty"], NOTHING)


def _title(shown: Mapping[str, Any]) -> Words:
    return Words(shown["title_zh"], shown["title_en"] or shown["title_zh"])


def _owners(found: list[Thing]) -> Iterator[Target]:
    owned: dict[str, list[Thing]] = defaultdict(list)
    for thing in found:
        if thing.columns["kind"] == "project" and thing.columns["owner_zh"]:
            for owner in thing.columns["owner_zh"].split("、"):
                owned[owner].append(thing)
    for n, (owner, projects) in enumerate(owned.items()):
        count = Words(f"{len(projects)} 个项目", f"{len(projects)} project{'s' if len(projects) > 1 else ''}")
        parts = [part("projects", one.columns["id"], Words(one.columns["name_zh"], "")) for one in projects]
        only = parts[0] if len(parts) == 1 else {"layer": None, "feature": None}
        names = ((owner, "official"),)
        yield Target("owner", owner, Words(owner, ""), (_OWNER, count), names, n, only["layer"], only["feature"], parts)


def _rules(facts: Facts, zones: Parts, documents: Mapping[str, Words]) -> Iterator[Target]:
    for n, row in enumerate(facts["rules"]):
        names = [(row["name_zh"], "official"), *((alias, "alias") for alias in row["aliases"])]
        names += [(row["name_en"], "english")] if row["name_en"] else []
        names.append((row["clause_zh"], "clause"))
        scope = listed(_title(zones[place]) for place in row["scope"])
        details = (_RULE, Words(f"“{row['verb_zh']}”", f"“{row['verb_zh']}”"), scope, documents[row["document"]])
        title = Words(row["name_zh"], row["name_en"] or "")
        yield Target("rule", row["id"], title, details, tuple(dict.fromkeys(names)), n)
