"""Drawings in the browser: what is wrong with an outline, and how they stand in an address."""

import random
from typing import Any

import pytest
import shapely

from tests.unit.browser_code import run_js
from tests.unit.measuring import some_rings


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
