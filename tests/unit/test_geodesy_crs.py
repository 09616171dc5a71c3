"""The CRS registry, held against what pyproj knows of the same codes."""

import math

import pyproj
import pytest

from app.geodesy.crs import CRS84, EPSG_4490, REGISTRY, UnknownCrsError, find_crs, gauss_kruger_zone

every_crs = pytest.mark.parametrize("crs", REGISTRY, ids=lambda crs: crs.name)


def test_the_registry_holds_the_six_that_the_service_speaks() -> None:
    names = ["OGC:CRS84", "EPSG:4490", "EPSG:4326", "EPSG:3857", "EPSG:4548", "EPSG:4527"]
    assert [crs.name for crs in REGISTRY] == names


@every_crs
def test_axis_order_and_unit_are_those_of_the_epsg_dataset(crs) -> None:
    axes = pyproj.CRS(crs.name).axis_info
    assert crs.axes == tuple(axis.direction for axis in axes)
    assert {crs.unit} == {axis.unit_name for axis in axes}


@every_crs
def test_geographic_and_projected_are_told_apart(crs) -> None:
    known = pyproj.CRS(crs.name)
    assert (crs.is_geographic, not crs.is_geographic) == (known.is_geographic, known.is_projected)


@every_crs
def test_the_srid_means_the_same_but_for_axis_order(crs) -> None:
    assert pyproj.CRS(crs.name).equals(pyproj.CRS.from_epsg(crs.srid), ignore_axis_order=True)


@every_crs
def test_english_titles_of_projections_are_the_dataset_s(crs) -> None:
    if not crs.is_geographic:
        assert crs.title_en == pyproj.CRS(crs.name).name


@every_crs
def test_written_coordinates_resolve_about_a_centimetre_to_a_millimetre(crs) -> None:
    metres_per_unit = math.pi * 6_378_137 / 180 if crs.is_geographic else 1.0
    assert 0.0009 < metres_per_unit * 10**-crs.decimals < 0.012


@every_crs
def test_the_uri_is_one_that_proj_resolves_to_the_same(crs) -> None:
    assert pyproj.CRS(crs.uri).equals(pyproj.CRS(crs.name))


@every_crs
def test_every_name_leads_to_the_entry(crs) -> None:
    for name in (crs.uri, crs.safe_curie, crs.name, f" {crs.name.lower()} "):
        assert find_crs(name) is crs


@pytest.mark.parametrize(
    ("name", "lat_first", "northing_first"),
    [
        ("OGC:CRS84", False, False),
        ("EPSG:4326", True, False),
        ("EPSG:4490", True, False),
        ("EPSG:3857", False, False),
        ("EPSG:4548", False, True),
        ("EPSG:4527", False, True),
    ],
)
def test_the_order_flags_say_which_coordinate_comes_first(name: str, lat_first: bool, northing_first: bool) -> None:
    crs = find_crs(name)
    assert (crs.lat_first, crs.northing_first) == (lat_first, northing_first)
    assert crs.swaps_xy == (lat_first or northing_first)


def test_names_are_written_as_ogc_writes_them() -> None:
    assert CRS84.uri == "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    assert EPSG_4490.uri == "http://www.opengis.net/def/crs/EPSG/0/4490"
    assert EPSG_4490.safe_curie == "[EPSG:4490]"


@pytest.mark.parametrize("name", ["EPSG:2361", "4490", "", "http://www.opengis.net/def/crs/EPSG/0/9999", "[EPSG:4490"])
def test_an_unknown_name_is_refused_with_what_would_be_right(name: str) -> None:
    with pytest.raises(UnknownCrsError) as caught:
        find_crs(name)
    assert isinstance(caught.value, ValueError)
    assert caught.value.asked == name
    for crs in REGISTRY:
        assert crs.uri in str(caught.value)


@pytest.mark.parametrize("number", range(25, 46))
def test_zone_codes_are_those_of_the_epsg_dataset(number: int) -> None:
    zone = gauss_kruger_zone(3.0 * number)
    assert (zone.number, zone.central_meridian) == (number, 3 * number)
    for code, name, false_easting in (
        (zone.epsg_zone, f"CGCS2000 / 3-degree Gauss-Kruger zone {number}", number * 1_000_000 + 500_000),
        (zone.epsg_cm, f"CGCS2000 / 3-degree Gauss-Kruger CM {3 * number}E", 500_000),
    ):
        known = pyproj.CRS.from_epsg(code)
        values = {p.name: p.value for p in known.coordinate_operation.params}
        assert known.name == name
        assert values["Longitude of natural origin"] == 3 * number
        assert values["False easting"] == false_easting


@pytest.mark.parametrize(
    ("lon", "number"), [(112.5, 38), (115.4999, 38), (115.5, 39), (117.7, 39), (118.4999, 39), (118.5, 40)]
)
def test_a_longitude_belongs_to_the_zone_within_one_and_a_half_degrees(lon: float, number: int) -> None:
    assert gauss_kruger_zone(lon).number == number


def test_tianjin_is_in_zone_39_around_117_degrees() -> None:
    zone = gauss_kruger_zone(117.7)
    assert (zone.number, zone.central_meridian, zone.epsg_zone, zone.epsg_cm) == (39, 117, 4527, 4548)


@pytest.mark.parametrize("lon", [73.4999, 136.5, -117.0, math.nan, math.inf])
def test_a_longitude_off_the_grid_is_refused(lon: float) -> None:
    with pytest.raises(ValueError, match=r"73\.5 to 136\.5"):
        gauss_kruger_zone(lon)
