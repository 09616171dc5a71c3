"""What the browser computes when it measures, against PROJ, shapely and the server's own code."""

import math
import random
from typing import Any

import pytest
import shapely
from pyproj import CRS, Geod, Transformer

from app.geodesy.datum import gcj02_to_wgs84, wgs84_to_gcj02
from tests.unit.browser_code import run_js

TIANJIN = (116.70, 38.55, 118.10, 40.25)
GEOD = Geod(a=6_378_137.0, rf=298.257222101)
GRID = [(116.7 + i * 0.2, 38.5 + j * 0.25) for i in range(8) for j in range(8)]

PARSE = """
const { Projection } = await load("tools/measure/projection.js");
const { parsePosition } = await load("tools/measure/coordinate.js");
const { converter, parseShapes } = await load("tools/measure/shapes.js");
const projection = new Projection(require("proj4"));
"""


def close(a: list[float], b: tuple[float, float], tolerance: float) -> bool:
    return all(abs(x - y) <= tolerance for x, y in zip(a, b, strict=True))


def some_rings(seed: int, count: int) -> list[list[tuple[float, float]]]:
    """Return star-shaped rings around places in Tianjin, from some ten metres to some ten kilometres across."""
    chance = random.Random(seed)
    rings = []
    for _ in range(count):
        lon, lat = chance.uniform(TIANJIN[0], TIANJIN[2]), chance.uniform(TIANJIN[1], TIANJIN[3])
        size = 10 ** chance.uniform(-4, -1)
        corners = sorted(chance.uniform(0, 2 * math.pi) for _ in range(chance.randint(3, 12)))
        radii = [size * chance.uniform(0.5, 1) for _ in corners]
        ring = [(lon + r * math.cos(a), lat + r * math.sin(a)) for a, r in zip(corners, radii, strict=True)]
        rings.append([*ring, ring[0]])
    return rings


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


def positions(asked: list[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """Return, for each text and choice of a CRS, its position, or the key of what is wrong with it."""
    results = run_js(
        PARSE
        + """
        return data.map(([text, choice]) => {
          try {
            const { pair, reading } = parsePosition(text, choice);
            return { at: converter(reading, projection)(pair), reading };
          } catch (error) {
            if (!error.key) throw error;
            return { fault: error.key.replace("measure_fault_", "") };
          }
        });
        """,
        asked,
    )
    return dict(zip(asked, results, strict=True))


DEGREES = (117.691666667, 39.033333333)
METRES = Transformer.from_crs(4548, 4490, always_xy=True).transform(540_000, 4_320_000)


TYPED = [
    ("117.7 39.0", (117.7, 39.0), 4490, "lonlat"),
    ("39.0,117.7", (117.7, 39.0), 4490, "latlon"),
    ("117．7，39．0", (117.7, 39.0), 4490, "lonlat"),
    ("东经：117.7，北纬：39.0", (117.7, 39.0), 4490, "lonlat"),
    ("N39.0 E117.7", (117.7, 39.0), 4490, "latlon"),
    ("117°41′30″E 39°02′N", DEGREES, 4490, "lonlat"),
    ("E117°41'30\" N39°02'", DEGREES, 4490, "lonlat"),
    ("北纬39度2分 东经117度41分30秒", DEGREES, 4490, "latlon"),
    ("117 41 30 39 02 00", DEGREES, 4490, "lonlat"),
    ("117:41:30, 39:02:00", DEGREES, 4490, "lonlat"),
    ("4320000 540000", METRES, 4548, "ne"),
    ("540000, 4320000", METRES, 4548, "en"),
    ("39540000 4320000", METRES, 4527, "en"),
    ("4320000/39540000", METRES, 4527, "ne"),
    ("X=4,320,000.00 Y=39,540,000.00", METRES, 4527, "ne"),
    ("4320000 20540000", METRES, 4498, "ne"),
]

NOT_TYPED = [
    ("滨海", "auto", "no_numbers"),
    ("117.7", "auto", "two_numbers"),
    ("117.7, 39.0, 5", "auto", "two_numbers"),
    ("12, 13", "auto", "outside_china"),
    ("-117.7, 39.0", "auto", "outside_china"),
    ("540000 550000", "auto", "magnitude"),
    ("117°61′ 39°02′", "auto", "sexagesimal"),
    ("39.0E 117.7N", "auto", "sides"),
    ("117.7 39.0", "4548", "choice"),
    ("4320000 39540000", "4548", "choice"),
]


@pytest.fixture(scope="module")
def typed() -> dict[tuple[str, str], Any]:
    return positions([(text, "auto") for text, *_ in TYPED] + [(text, choice) for text, choice, _ in NOT_TYPED])


@pytest.mark.parametrize(("text", "expected", "code", "order"), TYPED)
def test_a_typed_position_is_recognised(
    typed: dict[tuple[str, str], Any], text: str, expected: tuple[float, float], code: int, order: str
) -> None:
    result = typed[text, "auto"]
    assert result["reading"] == {"code": code, "order": order}
    assert close(result["at"], expected, 1e-8)


@pytest.mark.parametrize(("text", "choice", "fault"), NOT_TYPED)
def test_a_typed_position_that_is_none_is_refused(
    typed: dict[tuple[str, str], Any], text: str, choice: str, fault: str
) -> None:
    assert typed[text, choice] == {"fault": fault}


def test_a_phone_position_is_brought_back_from_gcj02() -> None:
    offset = wgs84_to_gcj02(117.7, 39.0)
    (result,) = positions([(f"{offset[0]:.9f},{offset[1]:.9f}", "gcj02")]).values()
    assert close(result["at"], (117.7, 39.0), 1e-8)
    assert 500 < GEOD.inv(*offset, 117.7, 39.0)[2] < 600  # metres: what the interface says


def pasted(asked: list[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """Return, for each text and choice of a CRS, its shapes, or what is wrong with it."""
    results = run_js(
        PARSE
        + """
        return data.map(([text, choice]) => {
          try {
            return parseShapes(text, projection, { choice });
          } catch (error) {
            if (!error.key) throw error;
            return { fault: error.key.replace("measure_fault_", ""), values: error.values };
          }
        });
        """,
        asked,
    )
    return dict(zip(asked, results, strict=True))


def shapes(text: str) -> Any:
    return pasted([(text, "auto")])[text, "auto"]


PLOT = [(4320000.0, 540000.0), (4321000.0, 540000.0), (4321000.0, 541000.0)]
"""Northings and eastings."""
TO_DEGREES = Transformer.from_crs(4548, 4490, always_xy=True)


def plot_in_degrees() -> shapely.Polygon:
    return shapely.Polygon([TO_DEGREES.transform(easting, northing) for northing, easting in PLOT])


SURVEY = "\n".join(
    [
        "[属性描述]",
        "坐标系=2000国家大地坐标系",
        "几度分带=3",
        "带号=39",
        "[地块坐标]",
        "4,50.0,1,一号地块,面,,工业,,@",
        *(f"J{number},1,{north:.3f},39{east:.3f}" for number, (north, east) in enumerate([*PLOT, PLOT[0]], 1)),
    ]
)


FORMS = [
    "\n".join(f"{n} {e}" for n, e in PLOT),
    "\n".join(f"J{i}\t{n}\t39{e}" for i, (n, e) in enumerate(PLOT, 1)),
    "\n".join(f"{i}, {e}, {n}, 3.{i}" for i, (n, e) in enumerate(PLOT, 1)),
    "点号 X Y\n" + "\n".join(f"J{i} {n} {e}" for i, (n, e) in enumerate(PLOT, 1)),
    SURVEY,
    "SRID=4527;POLYGON((" + ",".join(f"39{e} {n}" for n, e in [*PLOT, PLOT[0]]) + "))",
    plot_in_degrees().wkt,
    "POLYGON Z ((" + ", ".join(f"{x} {y} 3.5" for x, y in plot_in_degrees().exterior.coords) + "))",
    shapely.to_geojson(plot_in_degrees()),
    '{"type":"Feature","properties":{},"geometry":' + shapely.to_geojson(plot_in_degrees()) + "}",
    str([list(corner) for corner in plot_in_degrees().exterior.coords]),
    "\n".join(f"{y:.9f},{x:.9f}" for x, y in plot_in_degrees().exterior.coords),
]
NOT_PASTED: list[tuple[str, str, str, dict[str, Any]]] = [
    ("", "auto", "empty", {}),
    ("滨海新区", "auto", "no_numbers", {}),
    ("117.7 39\n117.8 x\n117.8 39.1", "auto", "row", {"row": 2}),
    ("117.7 39\n117.8 3900\n117.8 39.1", "auto", "row_magnitude", {"row": 2}),
    ("117.7 39\n117.8 39\n39.1 117.8", "auto", "mixed", {"place": 3}),
    ("12 13\n13 13\n13 14", "auto", "outside_china", {}),
    ("坐标系=1980西安坐标系\nJ1,1,4320000,39540000", "auto", "datum", {}),
    ("117.7 39\n117.8 39\n117.8 39.1", "4527", "choice", {"found": "EPSG:4490"}),
    ("POLYGON((117.7 39, 117.8))", "auto", "wkt", {}),
    ('{"type": "Polygon"', "auto", "json", {}),
    ('{"type": "Circle"}', "auto", "geojson", {}),
    ('{"type": "Polygon", "coordinates": [[["a", 1]]]}', "auto", "geojson_coordinates", {}),
    ("SRID=2382;POINT(540000 4320000)", "auto", "crs", {"name": "EPSG:2382"}),
    ("SRID=4527;POINT(540000 4320000)", "auto", "declared", {"found": "EPSG:4548"}),
    ("<kml></kml>", "auto", "markup", {}),
]


@pytest.fixture(scope="module")
def results() -> dict[tuple[str, str], Any]:
    return pasted([(text, "auto") for text in FORMS] + [(text, choice) for text, choice, *_ in NOT_PASTED])


@pytest.mark.parametrize("text", FORMS)
def test_a_pasted_polygon_is_the_same_in_every_form(results: dict[tuple[str, str], Any], text: str) -> None:
    (one,) = results[text, "auto"]["shapes"]
    got = shapely.geometry.shape(one["geometry"])
    assert got.exterior.hausdorff_distance(plot_in_degrees().exterior) < 1e-7
    if text == SURVEY:
        assert one["name"] == "一号地块"


def test_two_plots_and_a_ring_within_one() -> None:
    text = "117 39\n117.1 39\n117.1 39.1\n117 39.1\n\n117.5 39\n117.6 39\n117.6 39.1"
    assert [one["geometry"]["type"] for one in shapes(text)["shapes"]] == ["Polygon", "Polygon"]
    outer = [(4320000, 540000), (4330000, 540000), (4330000, 550000), (4320000, 550000)]
    inner = [(4322000, 542000), (4324000, 542000), (4324000, 544000)]
    rows = [f"J{i},{ring},{n},{e}" for ring, corners in ((1, outer), (2, inner)) for i, (n, e) in enumerate(corners)]
    (one,) = shapes("\n".join(rows))["shapes"]
    assert len(one["geometry"]["coordinates"]) == 2


@pytest.mark.parametrize(("text", "choice", "fault", "values"), NOT_PASTED)
def test_a_paste_that_is_no_shape_says_why(
    results: dict[tuple[str, str], Any], text: str, choice: str, fault: str, values: dict[str, Any]
) -> None:
    result = results[text, choice]
    assert result.get("fault") == fault
    assert result["values"].items() >= values.items()


def test_a_declared_meridian_is_kept() -> None:
    """EPSG:4549 is central meridian 120°, which no magnitude tells from 117°."""
    result = shapes("SRID=4549;POINT(540000 4320000)")
    expected = Transformer.from_crs(4549, 4490, always_xy=True).transform(540_000, 4_320_000)
    assert close(result["shapes"][0]["geometry"]["coordinates"], expected, 1e-9)


def test_wkt_goes_out_as_it_came_in() -> None:
    texts = [
        "POINT (117.7 39)",
        "LINESTRING (117.7 39, 117.8 39.1)",
        "POLYGON ((117 39, 117.1 39, 117.1 39.1, 117 39), (117.05 39.01, 117.08 39.01, 117.08 39.03, 117.05 39.01))",
        "MULTIPOINT ((117 39), (117.1 39.1))",
        "MULTIPOLYGON (((117 39, 117.1 39, 117.1 39.1, 117 39)), ((118 39, 118.1 39, 118.1 39.1, 118 39)))",
    ]
    written = run_js(
        """
        const { parseWkt, toWkt } = await load("tools/measure/wkt.js");
        return data.map((text) => toWkt(parseWkt(text).geometry));
        """,
        texts,
    )
    for text, again in zip(texts, written, strict=True):
        assert shapely.from_wkt(again).equals(shapely.from_wkt(text)), again


def flaws(geometries: list[dict[str, Any]]) -> list[Any]:
    result: list[Any] = run_js(
        """
        const { flaw } = await load("tools/measure/check.js");
        return data.map(flaw);
        """,
        geometries,
    )
    return result


def test_a_ring_is_faulted_exactly_where_shapely_finds_it_invalid() -> None:
    chance = random.Random(4)
    rings = []
    for _ in range(400):
        # On a coarse grid, so that corners touch edges and edges lie on one another.
        ring = [(117 + chance.randint(0, 6) / 8, 39 + chance.randint(0, 6) / 8) for _ in range(chance.randint(3, 7))]
        rings.append([*ring, ring[0]])
    results = flaws([{"type": "Polygon", "coordinates": [ring]} for ring in rings])
    kept = 0
    for ring, result in zip(rings, results, strict=True):
        polygon = shapely.Polygon(ring)
        assert (result is None) == (polygon.is_valid and polygon.area > 0), ring
        kept += result is None
    assert 20 < kept < 380


def test_a_bow_tie_is_faulted_where_it_crosses() -> None:
    ring = [[117, 39], [118, 40], [118, 39], [117, 40], [117, 39]]
    (result,) = flaws([{"type": "Polygon", "coordinates": [ring]}])
    assert result["at"] == pytest.approx([117.5, 39.5])
    assert (result["values"]["first"], result["values"]["second"]) == (1, 3)


def test_drawings_come_back_from_an_address_to_a_decimetre() -> None:
    chance = random.Random(5)
    drawings = []
    for place, ring in enumerate(some_rings(6, 12)):
        polygon = {"type": "Polygon", "coordinates": [ring]}
        drawings.append({"geometry": polygon, "name": f"地块*{place}.%2A/,", "color": chance.randrange(1 << 24)})
    drawings += [
        {"geometry": {"type": "Point", "coordinates": [117.123456, 39.654321]}, "name": "", "color": 0},
        {"geometry": {"type": "LineString", "coordinates": [[116.5, 38.5], [118.25, 40]]}, "name": "", "color": 5},
        {"geometry": {"type": "MultiPolygon", "coordinates": [[[[117, 39], [118, 39], [118, 40], [117, 39]]]] * 2},
         "name": "", "color": 5},
    ]  # fmt: skip
    contents = {"drawings": drawings, "mark": [117.7, 39.0], "units": "m"}
    result = run_js(
        """
        const { decode, encode } = await load("tools/measure/codec.js");
        const text = encode(data);
        const address = new URLSearchParams({ measure: text }).toString();
        return { text, again: decode(new URLSearchParams(address).get("measure")) };
        """,
        contents,
    )
    again = result["again"]
    assert (again["mark"], again["units"]) == ([117.7, 39.0], "m")
    for drawing, kept in zip(drawings, again["drawings"], strict=True):
        assert (kept["name"], kept["color"]) == (drawing["name"], drawing["color"])
        one, other = (shapely.geometry.shape(each["geometry"]) for each in (drawing, kept))
        assert shapely.get_coordinates(other) == pytest.approx(shapely.get_coordinates(one), abs=5.1e-7)
    corners = sum(len(shapely.get_coordinates(shapely.geometry.shape(one["geometry"]))) for one in drawings)
    assert len(result["text"]) < 12 * corners + 200


def test_an_address_that_is_no_drawing_is_refused() -> None:
    texts = ["x", "p", "pA", "p!!!", "pAgg", "g", "*" * 10 + "zz", "p" + "g" * 50]
    refused = run_js(
        """
        const { decode, Unreadable } = await load("tools/measure/codec.js");
        const isRefused = (text) => {
          try { decode(text); return false; } catch (error) { return error instanceof Unreadable; }
        };
        return data.map(isRefused);
        """,
        texts,
    )
    assert dict(zip(texts, refused, strict=True)) == dict.fromkeys(texts, True)
