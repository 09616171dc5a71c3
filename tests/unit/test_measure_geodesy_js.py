"""Areas, lengths and coordinates as the browser computes them, against PROJ and the server's own code."""

from typing import Any

import pytest
from pyproj import CRS, Geod, Transformer

from app.geodesy.datum import gcj02_to_wgs84, wgs84_to_gcj02
from tests.unit.browser_code import run_js
from tests.unit.measuring import close, some_rings

GEOD = Geod(a=6_378_137.0, rf=298.257222101)
GRID = [(116.7 + i * 0.2, 38.5 + j * 0.25) for i in range(8) for j in range(8)]


def measured(geometries: list[dict[str, Any]]) -> list[dict[str, float | None]]:
    result: list[dict[str, float | None]] = run_js(
        """
        const { Meter } = await load("tools/measure/geodesy.js");
        const meter = new Meter(require("geographiclib-geodesic"));
        return data.map((geometry) => meter.measure(geometry));
        """,
        geometries,
    )
    return result


def test_areas_and_perimeters_are_those_of_the_ellipsoid() -> None:
    rings = some_rings(1, 60)
    results = measured([{"type": "Polygon", "coordinates": [ring]} for ring in rings])
    for ring, result in zip(rings, results, strict=True):
        area, perimeter = GEOD.polygon_area_perimeter(*zip(*ring, strict=True))
        assert result["area"] == pytest.approx(abs(area), rel=1e-6)
        assert result["perimeter"] == pytest.approx(perimeter, rel=1e-6)
        assert result["length"] is None


def test_a_hole_is_taken_off_and_parts_are_added() -> None:
    outer = [(117.0, 39.0), (117.1, 39.0), (117.1, 39.1), (117.0, 39.1), (117.0, 39.0)]
    hole = [(117.02, 39.02), (117.04, 39.02), (117.04, 39.04), (117.02, 39.04), (117.02, 39.02)]
    other = [(118.0, 39.0), (118.05, 39.0), (118.05, 39.05), (118.0, 39.0)]
    (result,) = measured([{"type": "MultiPolygon", "coordinates": [[outer, hole], [other]]}])
    area_of = [abs(GEOD.polygon_area_perimeter(*zip(*ring, strict=True))[0]) for ring in (outer, hole, other)]
    assert result["area"] == pytest.approx(area_of[0] - area_of[1] + area_of[2], rel=1e-6)


def test_lengths_are_those_of_the_ellipsoid() -> None:
    lines = [ring[:-1] for ring in some_rings(2, 40)]
    results = measured([{"type": "LineString", "coordinates": line} for line in lines])
    for line, result in zip(lines, results, strict=True):
        assert result["length"] == pytest.approx(GEOD.line_length(*zip(*line, strict=True)), rel=1e-6)


@pytest.mark.filterwarnings("ignore:You will likely lose important projection information")
def test_definitions_are_those_of_the_epsg_registry() -> None:
    codes = [4490, *range(4491, 4555)]
    definitions = run_js(
        """
        const { definition } = await load("tools/measure/projection.js");
        return data.map(definition);
        """,
        codes,
    )
    for code, told in zip(codes, definitions, strict=True):
        registered = CRS.from_epsg(code).to_proj4().replace(" +type=crs", "")
        assert told == registered, code


@pytest.mark.parametrize("code", [4548, 4527])
def test_metres_agree_with_proj_to_a_centimetre(code: int) -> None:
    there = Transformer.from_crs(4490, code, always_xy=True)
    results = run_js(
        """
        const { Projection } = await load("tools/measure/projection.js");
        const projection = new Projection(require("proj4"));
        return data.grid.map((at) => {
          const plane = projection.toPlane(data.code, at);
          return { plane, back: projection.toDegrees(data.code, plane) };
        });
        """,
        {"code": code, "grid": GRID},
    )
    for at, result in zip(GRID, results, strict=True):
        assert close(result["plane"], there.transform(*at), 0.01)
        assert close(result["back"], at, 1e-8)


def test_gcj02_is_the_servers_to_the_last_digits() -> None:
    points = [*GRID, (100.5, 25.25), (2.35, 48.86)]
    results = run_js(
        """
        const { fromGcj02, toGcj02 } = await load("tools/measure/datum.js");
        return data.map((at) => ({ there: toGcj02(at), back: fromGcj02(at) }));
        """,
        points,
    )
    for at, result in zip(points, results, strict=True):
        assert close(result["there"], wgs84_to_gcj02(*at), 1e-12)
        assert close(result["back"], gcj02_to_wgs84(*at), 1e-12)
