"""The colours of the layer files: told apart by people who see fewer of them, and names legible in them.

Dichromatic vision is simulated after Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of
Color Vision Deficiency", IEEE TVCG 15(6), 2009, table of severity 1.0, on linear sRGB. Distances are Euclidean in
Oklab (B. Ottosson, "A perceptual color space for image processing", 2020); contrast is that of WCAG 2.2.
"""

import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.registry.definition import LayerDefinition, Style, StyleClass
from app.registry.reader import read_registry
from app.webmap.colors import LAND_DARK, LAND_LIGHT, line_color
from tests.conftest import ROOT

Vector = NDArray[np.float64]

VISION = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
LEAST_APART = 0.09
"""Two colours side by side differ clearly from 0.02 on; those of a legend are compared across the screen."""
LEAST_CONTRAST = 4.5
SHARE_OF_LABEL = 0.62  # of the class's colour in the colour of a name; the rest is black
_TO_LMS = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
_TO_LAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)  # fmt: skip
LAYERS = read_registry(ROOT / "layers").layers
CSS = ROOT / "app" / "webmap" / "static" / "css"
LAND = {
    "light": str(LAYERS["districts"].style.fill),
    "dark": re.findall(r"--land: (#\w{6})", (CSS / "dark.css").read_text(encoding="utf-8"))[0],
}
LEAST_SEEN = 3.0
"""What WCAG 2.2 asks of graphical objects (success criterion 1.4.11)."""


def encoded(color: str) -> Vector:
    return np.array([int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)])


def linear(values: Vector) -> Vector:
    curved = ((values + 0.055) / 1.055) ** 2.4
    return np.asarray(np.where(values <= 0.04045, values / 12.92, curved))


def oklab(light: Vector) -> Vector:
    return np.asarray(_TO_LAB @ np.cbrt(_TO_LMS @ np.clip(light, 0, 1)))


def distance(a: str, b: str, vision: str) -> float:
    seen = [oklab(VISION[vision] @ linear(encoded(color))) for color in (a, b)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def contrast(a: Vector, b: Vector) -> float:
    weights = np.array([0.2126, 0.7152, 0.0722])
    dark, light = sorted(float(weights @ linear(one)) + 0.05 for one in (a, b))
    return light / dark


def seen(color: str, land: str) -> float:
    return contrast(encoded(color), encoded(land))


def classes(layer: LayerDefinition, on: str = "light") -> dict[str, str]:
    """Return the colours that stand side by side in the legend of a layer; those of lines on a dark map too."""
    shown = {str(one.value): one for one in layer.style.classes}
    others = {"other": layer.style} if shown and layer.style.other else {}
    return {key: line_of(one, on) for key, one in (shown | others).items()}


def line_of(look: Style | StyleClass, on: str) -> str:
    return look.color if on == "light" else look.dark or line_color(look.color, LAND["dark"])


CLASSED = [(one.id, "light") for one in LAYERS.values() if one.style.classes]
CLASSED += [(layer, "dark") for layer, _ in CLASSED if LAYERS[layer].geometry != "point"]
"""Layers with classes, on what land; points keep their colours, within a white ring."""


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(("layer", "on"), CLASSED)
def test_classes_are_told_apart(layer: str, on: str, vision: str) -> None:
    pairs = combinations(classes(LAYERS[layer], on).items(), 2)
    near = {
        f"{a} {one} / {b} {other}": round(found, 3)
        for (a, one), (b, other) in pairs
        if (found := distance(one, other, vision)) < LEAST_APART
    }
    assert near == {}


@pytest.mark.parametrize("on", ["light", "dark"])
@pytest.mark.parametrize("layer", LAYERS)
def test_lines_and_points_stand_out_from_the_land(layer: str, on: str) -> None:
    style = LAYERS[layer].style
    lines = {line_of(one, on) for one in (style, *style.classes)}
    if LAYERS[layer].geometry == "point" and on == "dark":
        lines = {"#ffffff"}
    assert {line: seen(line, LAND[on]) for line in lines if seen(line, LAND[on]) < LEAST_SEEN} == {}


@given(color=st.integers(0, 0xFFFFFF), land=st.sampled_from(["light", "dark"]))
def test_any_colour_becomes_a_line_that_stands_out(color: int, land: str) -> None:
    """Layers of other people's files have whatever colours they have."""
    told = f"#{color:06x}"
    line = line_color(told, LAND[land])
    assert seen(line, LAND[land]) >= LEAST_SEEN
    if seen(told, LAND[land]) >= LEAST_SEEN:
        assert line == told


def test_a_colour_keeps_its_hue() -> None:
    for color in ("#4c2100", "#235432", "#263e79", "#c1121f"):
        before, after = (oklab(linear(encoded(one)))[1:] for one in (color, line_color(color, LAND["dark"])))
        turned = np.degrees(np.arctan2(*before[::-1]) - np.arctan2(*after[::-1]))
        assert abs((turned + 180) % 360 - 180) < 8, color


@pytest.mark.parametrize("layer", [one.id for one in LAYERS.values() if one.pane in ("zones", "plans")])
def test_names_in_the_colour_of_their_class_are_legible(layer: str) -> None:
    for color in {LAYERS[layer].style.color, *classes(LAYERS[layer]).values()}:
        assert contrast(encoded(color) * SHARE_OF_LABEL, np.ones(3)) >= LEAST_CONTRAST, color


@pytest.mark.parametrize("layer", [one.id for one in LAYERS.values() if one.style.stack])
def test_numbers_in_stacks_are_legible(layer: str) -> None:
    assert contrast(encoded(LAYERS[layer].style.color), np.ones(3)) >= LEAST_CONTRAST


def test_the_land_is_as_the_rule_takes_it_to_be() -> None:
    assert LAND == {"light": LAND_LIGHT, "dark": LAND_DARK}


def test_the_simulation_confuses_what_such_people_confuse() -> None:
    assert distance("#e05050", "#7a8a2a", "deuteranopia") < 0.5 * distance("#e05050", "#7a8a2a", "usual")
    assert distance("#2060e0", "#208040", "tritanopia") < 0.6 * distance("#2060e0", "#208040", "usual")
    assert contrast(np.zeros(3), np.ones(3)) == pytest.approx(21)
