"""Datums: published values, round trips, and the offset at Tianjin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from app.geodesy import datum

WGS84 = Geod(ellps="WGS84")
HERE = (116.404, 39.915)

lons = st.floats(73.0, 137.0)
lats = st.floats(1.0, 55.0)


# The values in the read-me file of wandergis/coordtransform, which uses the Krasovsky 1940 constants.
@pytest.mark.parametrize(
    ("convert", "expected"),
    [
        (datum.wgs84_to_gcj02, (116.41024449916938, 39.91640428150164)),
        (datum.gcj02_to_bd09, (116.41036949371029, 39.92133699351021)),
    ],
)
def test_forward_conversions_give_the_published_values(convert, expected) -> None:
    assert convert(*HERE) == pytest.approx(expected, abs=1e-12)


# The published inverses take one step only, and so differ from a true inverse by up to metres and decimetres.
@pytest.mark.parametrize(
    ("convert", "published", "within_m"),
    [
        (datum.gcj02_to_wgs84, (116.39775550083061, 39.91359571849836), 5.0),
        (datum.bd09_to_gcj02, (116.39762729119315, 39.90865673957631), 0.25),
    ],
)
def test_inverse_conversions_come_near_the_published_single_step(convert, published, within_m) -> None:
    _, _, distance = WGS84.inv(*convert(*HERE), *published)
    assert distance < within_m


def test_tianjin_is_offset_by_about_550_metres_to_the_east_south_east() -> None:
    azimuth, _, distance = WGS84.inv(117.2, 39.13, *datum.wgs84_to_gcj02(117.2, 39.13))
    assert distance == pytest.approx(550, abs=20)
    assert 60 < azimuth < 100


@given(lons, lats)
def test_gcj02_comes_back_to_where_it_started(lon: float, lat: float) -> None:
    assert datum.gcj02_to_wgs84(*datum.wgs84_to_gcj02(lon, lat)) == pytest.approx((lon, lat), rel=0, abs=1e-9)


@given(lons, lats)
def test_bd09_comes_back_to_where_it_started(lon: float, lat: float) -> None:
    assert datum.bd09_to_gcj02(*datum.gcj02_to_bd09(lon, lat)) == pytest.approx((lon, lat), rel=0, abs=1e-9)


@given(lons, lats)
def test_bd09_and_wgs84_are_joined_by_gcj02(lon: float, lat: float) -> None:
    assert datum.bd09_to_wgs84(*datum.wgs84_to_bd09(lon, lat)) == pytest.approx((lon, lat), rel=0, abs=1e-9)


@pytest.mark.parametrize("point", [(2.3522, 48.8566), (-74.006, 40.7128), (151.2, -33.87)])
@pytest.mark.parametrize(
    "convert", [datum.wgs84_to_gcj02, datum.gcj02_to_wgs84, datum.gcj02_to_bd09, datum.bd09_to_gcj02]
)
def test_points_outside_china_stay_where_they_are(convert, point) -> None:
    assert convert(*point) == point


def test_a_sequence_is_converted_point_by_point() -> None:
    points = [(117.2, 39.1), (117.7, 39.0)]
    assert datum.convert_points(points, datum.wgs84_to_gcj02) == [datum.wgs84_to_gcj02(*p) for p in points]
