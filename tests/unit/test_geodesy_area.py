"""Areas: known numbers, and a closed formula for the whole ellipsoid."""

import math

import pytest
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon
from shapely.affinity import translate

from app.geodesy.area import Area, geodesic_area

A = 6_378_137.0
F = 1 / 298.257222101

# A box of 0.01 degree at Binhai; the east and west sides are meridians.
BOX = Polygon([(117.70, 39.00), (117.71, 39.00), (117.71, 39.01), (117.70, 39.01)])


def meridian_parallel_cell_m2(south: float, north: float, width_deg: float) -> float:
    """Area between two parallels: Snyder, Map Projections (USGS 1395, 1987), eq. 3-12, in closed form."""
    e = math.sqrt(F * (2 - F))

    def q(lat: float) -> float:
        s = math.sin(math.radians(lat))
        return (1 - e * e) * (s / (1 - e * e * s * s) + math.atanh(e * s) / e)

    return A * A * math.radians(width_deg) * (q(north) - q(south)) / 2


def test_one_mu_is_two_thousand_thirds_of_a_square_metre() -> None:
    assert Area.from_mu(1).m2 == pytest.approx(2000 / 3)


def test_one_hectare_is_fifteen_mu() -> None:
    assert Area(1).mu == 15


def test_one_square_kilometre_is_a_hundred_hectares_and_fifteen_hundred_mu() -> None:
    area = Area.from_km2(1)
    assert (area.hectares, area.mu, area.m2) == (100, 1500, 1_000_000)


@pytest.mark.parametrize("bad", [-1.0, math.nan, math.inf])
def test_an_area_is_finite_and_not_negative(bad: float) -> None:
    with pytest.raises(ValueError, match="finite number of hectares"):
        Area(bad)


def test_areas_compare_by_size() -> None:
    assert Area.from_mu(14.9) < Area(1) < Area.from_km2(0.02)


@pytest.mark.parametrize(
    ("hectares", "zh", "en"),
    [
        (5800, "5,800 公顷（87,000 亩，58.00 km²）", "5,800 ha (87,000 mu, 58.00 km²)"),
        (33.0667, "33.07 公顷（496.0 亩，0.3307 km²）", "33.07 ha (496.0 mu, 0.3307 km²)"),
        (0.5, "0.5000 公顷（7.500 亩，0.0050 km²）", "0.5000 ha (7.500 mu, 0.0050 km²)"),
        (0, "0 公顷（0 亩，0 km²）", "0 ha (0 mu, 0 km²)"),
    ],
)
def test_hectares_come_first_in_both_languages(hectares: float, zh: str, en: str) -> None:
    area = Area(hectares)
    assert area.format("zh") == zh
    assert area.format("en") == en


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        Area(1).format("fr")  # type: ignore[arg-type]


def test_an_octant_is_an_eighth_of_the_ellipsoid() -> None:
    octant = Polygon([(90, 0), (180, 0), (90, 90)])
    e = math.sqrt(F * (2 - F))
    whole = 2 * math.pi * A * A * (1 + (1 - e * e) / e * math.atanh(e))
    assert whole / 1e6 == pytest.approx(510_065_622, abs=1)  # the published surface of GRS 80, the same figure
    assert geodesic_area(octant).m2 == pytest.approx(whole / 8, rel=1e-9)


def test_a_small_box_agrees_with_the_closed_formula() -> None:
    # The box's geodesic edges bulge poleward of the parallels by less than 5 cm: under 1e-6 of the area.
    assert geodesic_area(BOX).m2 == pytest.approx(meridian_parallel_cell_m2(39.00, 39.01, 0.01), rel=1e-6)


def test_the_direction_of_rings_does_not_matter() -> None:
    hole = [(117.702, 39.002), (117.704, 39.002), (117.704, 39.004), (117.702, 39.004)]
    expected = geodesic_area(BOX).m2 - geodesic_area(Polygon(hole)).m2
    for shell in (BOX.exterior.coords, BOX.exterior.coords[::-1]):
        for ring in (hole, hole[::-1]):
            assert geodesic_area(Polygon(shell, [ring])).m2 == pytest.approx(expected)


def test_parts_add_up_and_lines_count_nothing() -> None:
    east = translate(BOX, xoff=0.02)
    both = MultiPolygon([BOX, east])
    mixed = GeometryCollection([both, LineString([(117, 39), (118, 39)]), Point(117, 39)])
    assert geodesic_area(mixed).m2 == pytest.approx(2 * geodesic_area(BOX).m2)


def test_an_empty_geometry_has_no_area() -> None:
    assert geodesic_area(Polygon()) == Area(0)
