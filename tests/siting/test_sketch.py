"""The map of a report: its frame, and labels that leave one another alone."""

import itertools
import json
import math
import re

import shapely
from hypothesis import given
from hypothesis import strategies as st

from app.siting.base_map import BaseMap, District, Waters
from app.siting.map_labels import NAME_SIZE, Label, width_of
from app.siting.sketch import HEIGHT, LEAST_KM, WIDTH, Shown, Sketch, path_of, sketch

COAST = shapely.LineString([(117.6, 38.6), (117.8, 38.9), (118.0, 39.2)])
LAND = District("land", "陆区", "Land District", shapely.Polygon([*COAST.coords, (117.0, 39.2), (117.0, 38.6)]))
BASE = BaseMap((LAND,), Waters(coasts=(COAST,)))


def square(lon: float, lat: float, side: float = 0.02) -> str:
    text: str = shapely.to_geojson(shapely.box(lon, lat, lon + side, lat + side))
    return text


def drawn(*places: tuple[float, float], rank: bool = True) -> Sketch:
    shown = [
        Shown(square(*at), "itself" if rank else "related", number if rank else None, f"第{number}园")
        for number, at in enumerate(places, 1)
    ]
    found = sketch(shown, BASE, [], "zh")
    assert found is not None
    return found


def box_of(label: Label) -> shapely.Geometry:
    width = width_of(label.text, NAME_SIZE)
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return shapely.box(left, label.y - NAME_SIZE / 2, left + width, label.y + NAME_SIZE / 2)


def test_a_single_place_has_its_surroundings_around_it() -> None:
    found = drawn((117.5, 38.9))
    kilometres = WIDTH / (found.bar / found.bar_km)
    assert math.isclose(kilometres, LEAST_KM, rel_tol=0.01)
    assert [label.text for label in found.districts] == ["陆区"]


def test_places_far_apart_all_lie_in_the_frame() -> None:
    found = drawn((117.1, 38.7), (117.9, 39.5))
    for place in found.places:
        assert 0 < place.mark.at_x < WIDTH and 0 < place.mark.at_y < HEIGHT
    assert WIDTH / (found.bar / found.bar_km) > LEAST_KM


PLACES = st.lists(
    st.tuples(st.floats(117.3, 117.7), st.floats(38.7, 39.0)), min_size=1, max_size=12, unique=True
)  # fmt: skip


@given(PLACES)
def test_numbers_and_names_do_not_overprint(places: list[tuple[float, float]]) -> None:
    found = drawn(*places)
    marks = [one.mark for one in found.places]
    assert sorted(mark.rank or 0 for mark in marks) == list(range(1, len(places) + 1))
    for one, other in itertools.combinations(marks, 2):
        assert math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius
    discs = [shapely.Point(mark.x, mark.y).buffer(mark.radius) for mark in marks]
    names = [box_of(one.name) for one in found.places if one.name is not None]
    for name in names:
        assert not any(name.intersects(disc) for disc in discs)
        assert name.within(shapely.box(0, 0, WIDTH, HEIGHT))
    assert not any(one.intersects(other) for one, other in itertools.combinations(names, 2))


def test_sea_lies_before_the_coast_and_land_behind_it() -> None:
    sea = BASE.waters.sea
    assert sea.contains(shapely.Point(118.2, 38.8)) and not sea.contains(shapely.Point(117.3, 38.9))
    assert drawn((117.75, 38.85)).sea.startswith("M")
    without = sketch([Shown(square(117.5, 38.9), "itself", 1, "园")], BaseMap((), Waters()), [], "zh")
    assert without is not None and without.sea == "" and without.districts == ()


def test_districts_without_a_drawn_park_are_hatched_and_alone_make_the_frame() -> None:
    assert drawn((117.5, 38.9)).named == ""
    alone = sketch([], BASE, ["land"], "en")
    assert alone is not None and alone.named != "" and alone.places == ()
    assert sketch([], BASE, ["nowhere"], "en") is None


def test_coordinates_have_one_decimal() -> None:
    data = path_of(shapely.LineString([(1.234, 2), (3.456, 4.04)]))
    assert data == "M1.2 2L3.5 4"
    assert all(len(number.partition(".")[2]) <= 1 for number in re.findall(r"[\d.]+", drawn((117.5, 38.9)).land))


def test_a_point_is_drawn_as_a_small_square() -> None:
    point = json.dumps({"type": "Point", "coordinates": [117.5, 38.9]})
    found = sketch([Shown(point, "itself", 1, "点")], BASE, [], "zh")
    assert found is not None and found.places[0].path.endswith("Z")
