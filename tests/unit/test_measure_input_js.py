"""Coordinates and shapes as people type and paste them: read by the browser, checked against PROJ and shapely."""

from typing import Any

import pytest
import shapely
from pyproj import Geod, Transformer

from app.geodesy.datum import wgs84_to_gcj02
from tests.unit.browser_code import run_js
from tests.unit.measuring import close

GEOD = Geod(a=6_378_137.0, rf=298.257222101)
PARSE = """
const { Projection } = await load("tools/measure/projection.js");
const { parsePosition } = await load("tools/measure/coordinate.js");
const { converter, parseShapes } = await load("tools/measure/shapes.js");
const projection = new Projection(require("proj4"));
"""


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
    ("POLYGON((117.7 39, 117.8 39", "auto", "wkt_brackets", {"opened": 2, "closed": 0}),
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
