"""Derived footprints: of what is put together from others, and of theme parks, which lie in a host."""

from collections.abc import Iterable, Mapping

import shapely

from app.loading.facts import Facts
from app.loading.footprints import Footprint, joint_basis, tidy
from app.loading.roster import park_ids
from app.loading.tables import Row
from app.loading.words import NOTHING, Words, listed

_UNIONS = (
    ("development_zone", "park", Words("由所辖{}个园区的边界合并而成。", "Union of the footprints of its {} parks.")),
    ("municipality", "district", Words("由所辖{}个区的轮廓合并而成。", "Union of the footprints of its {} districts.")),
)
"""Kinds of zone, what they are made of, and how that is said."""

_HOSTED = Words(
    "取文件写明的所在园区或功能区的范围；不是主题园区自身的边界。",
    "Footprint of the park or functional area that a document names; it is no boundary of the theme park.",
)


_DRAWN_HOST = Words("其所在处的图形本身为示意。", " The outline of that place is itself an estimate.")


def derive_zones(facts: Facts, footprints: Mapping[str, Footprint]) -> dict[str, Footprint]:
    """Return the footprints of the zones that have none of their own but parts or hosts that have.

    Parameters
    ----------
    facts
        The roster of zones and the theme parks.
    footprints
        Footprints read or imported, by zone.
    """
    names = zone_names(facts)
    derived: dict[str, Footprint] = {}
    for kind, part_kind, said in _UNIONS:
        for row in facts["zones"]:
            if row["kind"] != kind or row["id"] in footprints:
                continue
            members = [footprints[part] for part in parts_of(facts, row["id"], part_kind) if part in footprints]
            if members:
                method = Words(said.zh.format(len(members)), said.en.format(len(members)))
                method += schematic_members(members, names)
                derived[row["id"]] = _united(row, members, method, names)
    for row in facts["theme_parks"]:
        hosts = [footprints[host] for host in _nearest_hosts(facts, row["id"]) if host in footprints]
        if hosts and row["id"] not in footprints:
            method = _HOSTED + (_DRAWN_HOST if any(host.basis == "schematic" for host in hosts) else NOTHING)
            derived[row["id"]] = _united(row, hosts, method, names, "host")
    return derived


def _nearest_hosts(facts: Facts, theme_park: str) -> list[str]:
    """Return where a theme park is drawn: in functional areas if documents name some, else in its core, else in parks.

    A district or a development zone says where it is administered, not where it lies.
    """
    kinds = {row["id"]: row["kind"] for row in facts["zones"]}
    parks = park_ids(facts["zones"])
    stated = [row for row in facts["theme_park_hosts"] if row["theme_park"] == theme_park]
    areas = [row["host"] for row in stated if kinds.get(row["host"]) == "functional_area"]
    core = [row["host"] for row in stated if row["role"] == "core" and row["host"] in parks]
    return list(dict.fromkeys(areas or core or [row["host"] for row in stated if row["host"] in parks]))


def zone_names(facts: Facts) -> dict[str, Words]:
    """Return the names of zones and theme parks, by id."""
    rows = [*facts["zones"], *facts["theme_parks"]]
    return {row["id"]: Words(row["name_zh"], row["name_en"]) for row in rows}


def parts_of(facts: Facts, zone: str, kind: str) -> list[str]:
    """Return the ids of the parts of a zone that are of a kind."""
    return [row["id"] for row in facts["zones"] if row["parent"] == zone and row["kind"] == kind]


def schematic_members(members: Iterable[Footprint], names: Mapping[str, Words]) -> Words:
    """Say which members have an estimated outline, so that their union has no area."""
    drawn = [names[member.zone] for member in members if member.basis == "schematic"]
    if not drawn:
        return NOTHING
    those = listed(drawn)
    return Words(
        f"其中{those.zh}的边界为估计，因此不计面积。",
        f" The outlines of {those.en} are estimates, so no area is given.",
    )


def footprints_of(zones: Iterable[str], names: Mapping[str, Words]) -> Words:
    """Say whose footprints a geometry is made of."""
    those = listed(names[zone] for zone in zones)
    return Words(f"{those.zh}的边界", f"Footprints of {those.en}")


def _united(
    row: Row, members: list[Footprint], method: Words, names: Mapping[str, Words], basis: str | None = None
) -> Footprint:
    return Footprint(
        row["id"],
        tidy(shapely.union_all([member.geometry for member in members])),
        "derived",
        basis or joint_basis(member.basis for member in members),
        max(member.accuracy_m for member in members),
        method,
        footprints_of([member.zone for member in members], names),
        row.place,
    )
