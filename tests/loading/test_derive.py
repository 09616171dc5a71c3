"""What follows from the footprints: unions, corridors, hosts, and what each extent rests on."""

from pathlib import Path

import pytest
import shapely

from app.loading.elements import ElementGeometry, derive_elements, read_lines
from app.loading.footprints import Footprint, joint_basis
from app.loading.load import prepare
from app.loading.tables import LoadError

ROOT = Path(__file__).resolve().parent.parent.parent
GEODATA = ROOT / "geodata"
NORTH, SOUTH = "plan-tianjin-coastal-north", "plan-tianjin-coastal-south"


@pytest.fixture(scope="module")
def footprints() -> dict[str, Footprint]:
    return prepare(GEODATA, ROOT / "node_modules")[1]


@pytest.fixture(scope="module")
def elements() -> dict[str, ElementGeometry]:
    return elements_of(GEODATA)


def elements_of(geodata: Path) -> dict[str, ElementGeometry]:
    facts, footprints = prepare(geodata, ROOT / "node_modules")
    return derive_elements(facts, footprints, read_lines(geodata))


def union(footprints: dict[str, Footprint], zones: set[str]) -> shapely.Geometry:
    return shapely.union_all([footprints[zone].geometry for zone in sorted(zones)])


def covered(shape: shapely.Geometry, footprint: Footprint) -> float:
    return float(shape.intersection(footprint.geometry).area / footprint.geometry.area)


def test_the_north_of_the_coastal_belt_holds_nothing_that_lies_elsewhere(
    elements: dict[str, ElementGeometry], footprints: dict[str, Footprint]
) -> None:
    """The text's members are whole development zones; some of their parks lie in the south or far inland."""
    north = elements[NORTH]
    for zone in ("teda-central", "teda-nangang", "teda-yixian", "teda-micro", "thip-huayuan", "teda-south"):
        assert covered(north.geometry, footprints[zone]) < 0.05, zone
    for zone in ("teda-east", "teda-north", "ecocity", "thip-marine"):
        assert covered(north.geometry, footprints[zone]) > 0.95, zone
    assert north.basis == "schematic" and "文件未写明范围" in north.method.zh


def test_the_two_cities_are_their_districts(
    elements: dict[str, ElementGeometry], footprints: dict[str, Footprint]
) -> None:
    ten = {"heping", "hedong", "hexi", "nankai", "hebei", "hongqiao", "dongli", "xiqing", "jinnan", "beichen"}
    jincheng = elements["plan-tianjin-jincheng"]
    assert jincheng.geometry.symmetric_difference(union(footprints, ten)).area < 1e-7
    assert elements["plan-tianjin-bincheng"].geometry.symmetric_difference(footprints["binhai"].geometry).area < 1e-9
    assert {jincheng.basis, elements["plan-tianjin-bincheng"].basis} == {"schematic"}


def test_a_belt_follows_the_shore_road_past_its_members_and_leaves_the_core_out(
    elements: dict[str, ElementGeometry], footprints: dict[str, Footprint]
) -> None:
    belt = elements["plan-binhai-belt-coastal"]
    for zone in ("teda-north", "ecocity", "teda-central", "teda-nangang", "ftz-lingang"):
        assert covered(belt.geometry, footprints[zone]) > 0.999
    # The shore road runs past 经开区东区, which the document puts into the core.
    assert covered(belt.geometry, footprints["teda-east"]) < 0.001
    assert len(belt.geometry.geoms) < 5, "the corridor joins the members"
    assert belt.basis == "schematic" and "走廊为示意" in belt.method.zh and "海滨大道" in belt.method.zh


def test_a_core_is_not_the_extent(elements: dict[str, ElementGeometry], footprints: dict[str, Footprint]) -> None:
    zhigu = elements["plan-tianjin-zhigu"]
    assert zhigu.basis == "host" and "核心" in zhigu.method.zh and "文件未写明范围" in zhigu.method.zh
    assert zhigu.geometry.symmetric_difference(footprints["haihe-education"].geometry).area < 1e-9


def test_a_union_is_as_good_as_its_weakest_part(
    elements: dict[str, ElementGeometry], footprints: dict[str, Footprint]
) -> None:
    assert joint_basis(["document", "members"]) == "members" and joint_basis(["document", "schematic"]) == "schematic"
    assert elements["hitech-area-huayuan"].basis == "members"  # 华苑 alone, whose area is published
    assert elements["plan-binhai-core"].basis == "schematic"  # the outline of 海洋片区 is an estimate
    assert elements["plan-binhai-dagang"].basis == "schematic"  # both outlines are estimates
    assert footprints["teda"].basis == "schematic" and "微电子工业区" in footprints["teda"].method.zh


def test_a_theme_park_is_drawn_where_a_document_puts_it(footprints: dict[str, Footprint]) -> None:
    same = {
        "tp-cell-valley": "bolonghu-cell-valley",
        "tp-marine-equipment": "ftz-lingang",
        "tp-dongli-health": "huaming",
    }
    for park, host in same.items():
        assert footprints[park].basis == "host"
        assert footprints[park].geometry.symmetric_difference(footprints[host].geometry).area < 1e-9
    # A district or a development zone says who runs it, not where it lies; 中欧先进制造产业园 has no printed place.
    for park in ("tp-sino-european-manufacturing", "tp-baodi-power-batteries", "tp-north-voice-valley"):
        assert park not in footprints


def test_every_derived_geometry_says_how_it_came_about_in_both_languages(
    elements: dict[str, ElementGeometry], footprints: dict[str, Footprint]
) -> None:
    for made in (*elements.values(), *footprints.values()):
        assert made.method.zh.endswith("。") and made.method.en.endswith(".")
        assert made.source.zh and made.source.en
        assert made.basis in ("document", "members", "host", "schematic")
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in made.method.en) or isinstance(made, Footprint)


def test_a_belt_without_members_is_a_schematic_corridor_along_a_road(elements: dict[str, ElementGeometry]) -> None:
    route = elements["plan-tianjin-jingjin"]
    assert route.method.zh == "沿京津塘高速、宽10公里的示意走廊；文件未列成员，也未写明范围。"
    assert route.method.en.startswith("Schematic corridor 10 km wide along")
    assert route.basis == "schematic"


def test_an_unknown_line_is_no_line(geodata_copy: Path) -> None:
    path = geodata_copy / "plan_elements.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",jingjintang,", ",no-such-road,"), encoding="utf-8")
    with pytest.raises(LoadError, match=r"plan_elements\.csv:\d+: along: 'no-such-road' is no line of base/"):
        prepare(geodata_copy, ROOT / "node_modules")
