"""What follows from the footprints: unions, corridors, and who takes which park."""

import csv
from pathlib import Path

import pytest
import shapely

from app.loading.derive import ElementGeometry, derive_elements
from app.loading.footprints import Footprint
from app.loading.load import prepare

ROOT = Path(__file__).resolve().parent.parent.parent
GEODATA = ROOT / "geodata"
NORTH, SOUTH = "plan-tianjin-coastal-north", "plan-tianjin-coastal-south"


@pytest.fixture(scope="module")
def footprints() -> dict[str, Footprint]:
    return prepare(GEODATA, ROOT / "node_modules")[1]


@pytest.fixture(scope="module")
def elements() -> dict[str, ElementGeometry]:
    return derive_elements(*prepare(GEODATA, ROOT / "node_modules"))


def parks_of(zone: str) -> set[str]:
    with (GEODATA / "zones.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file) if row["parent"] == zone and row["kind"] == "park"}


def union(footprints: dict[str, Footprint], zones: set[str]) -> shapely.Geometry:
    return shapely.union_all([footprints[zone].geometry for zone in sorted(zones)])


def test_a_development_zone_leaves_a_park_to_the_sibling_that_names_it(
    elements: dict[str, ElementGeometry], footprints: dict[str, Footprint]
) -> None:
    """经开区 stands for the north and owns 南港工业区, which the plan names for the south."""
    north, south = elements[NORTH], elements[SOUTH]
    expected = union(footprints, (parks_of("teda") - {"teda-nangang"}) | parks_of("thip") | {"ecocity"})
    assert north.geometry.symmetric_difference(expected).area < 1e-7
    assert south.geometry.contains(footprints["teda-nangang"].geometry.representative_point())
    assert north.geometry.intersection(south.geometry).area < 1e-9
    assert "天津经济技术开发区不含已列入临海先进制造产业带南部的南港工业区" in north.method.zh
    assert "without Nangang Industrial Zone" in north.method.en
    assert "南港工业区" not in north.source.zh and "经开区东区" in north.source.zh


def test_a_development_zone_is_whole_where_no_sibling_names_a_park_of_it(
    elements: dict[str, ElementGeometry], footprints: dict[str, Footprint]
) -> None:
    """南港工业区 stands beside 经开区 in the belt itself, and no other element of its level names it."""
    belt = elements["plan-tianjin-coastal"].geometry
    assert belt.buffer(1e-6).contains(footprints["teda"].geometry)
    assert "不含" not in elements["plan-tianjin-coastal"].method.zh


def test_every_derived_geometry_says_how_it_came_about_in_both_languages(
    elements: dict[str, ElementGeometry], footprints: dict[str, Footprint]
) -> None:
    for made in (*elements.values(), *footprints.values()):
        assert made.method.zh.endswith("。") and made.method.en.endswith(".")
        assert made.source.zh and made.source.en
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in made.method.en) or isinstance(made, Footprint)


def test_a_corridor_is_said_to_be_schematic(elements: dict[str, ElementGeometry]) -> None:
    route = elements["plan-tianjin-jingjin"].method
    assert route.zh == "穿过武清区、北辰区、东丽区、滨海新区、宽10公里的示意走廊；文件未列成员，也未划边界。"
    assert route.en.startswith("Schematic corridor 10 km wide through Wuqing District, Beichen District")
    assert "走廊为示意" in elements["plan-binhai-belt-coastal"].method.zh


def test_an_element_drawn_through_one_zone_takes_its_outline(geodata_copy: Path) -> None:
    path = geodata_copy / "plan_elements.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("wuqing;beichen;dongli;binhai", "binhai"), encoding="utf-8")
    facts, footprints = prepare(geodata_copy, ROOT / "node_modules")
    element = derive_elements(facts, footprints)["plan-tianjin-jingjin"]
    assert element.geometry.symmetric_difference(footprints["binhai"].geometry).area < 1e-9
    assert element.method.zh == "示意，取滨海新区的范围；文件未列成员，也未划边界。"
