"""Layer files: what is wrong in one is said with file and line."""

from pathlib import Path

import pytest

from app.problems import NotFound
from app.registry.reader import LayerFileError, read_registry

LAYERS = Path(__file__).resolve().parent.parent.parent / "layers"

GROUPS = "groups:\n  - {id: parks, title: {zh: 园区, en: Parks}}\n"
LAYER = """\
id: sites
title: {zh: 地块, en: Sites}
description: {zh: 地块, en: Sites}
group: parks
status: indicative
geometry: polygon
pane: parks
source: {table: yuantu.zone_feature}
fields:
  - {name: name_zh, title: {zh: 名称, en: Name}}
style: {color: "#112233"}
"""


def folder(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "groups.yaml").write_text(GROUPS, encoding="utf-8")
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_layer_is_one_file(tmp_path: Path) -> None:
    registry = read_registry(folder(tmp_path, sites=LAYER))
    assert registry.layer("sites").title.zh == "地块"
    with pytest.raises(NotFound):
        registry.layer("nope")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LAYER.replace("pane: parks", "pain: parks"), "sites.yaml:7: pain: unknown key"),
        (
            LAYER.replace("title: {zh: 名称, en: Name}", "titel: {zh: 名称}"),
            "sites.yaml:10: fields.0.titel: unknown key",
        ),
        (LAYER.replace("status: indicative", "status: sure"), "sites.yaml:5: status: Input should be 'indicative'"),
        (LAYER.replace("group: parks", "group: cities"), "group 'cities' is not one of ['parks']"),
        (LAYER.replace("id: sites", "id: plots"), "name the file plots.yaml"),
        (LAYER + "pane: areas\n", "sites.yaml:12: the key 'pane' stands here a second time"),
        (LAYER.replace('"#112233"', "red"), "sites.yaml:11: style.color:"),
        (LAYER.replace("name: name_zh", 'name: "x\'; DROP TABLE zone; --"'), "sites.yaml:10: fields.0.name:"),
        (LAYER.replace("table: yuantu.zone_feature", "table: a; b"), "sites.yaml:8: source.table:"),
        (LAYER + "label: {zh: nope, en: name_zh}\n", "label.zh names 'nope', which is not one of the fields"),
        (LAYER + "datetime: [name_zh]\n", "datetime names 'name_zh', which is neither a year (integer), a date nor a"),
        ("id: [", "sites.yaml:1: not YAML"),
        ("", "sites.yaml:1: should hold keys and values"),
        ("extends: nowhere.yaml\n" + LAYER, "nowhere.yaml: missing"),
        ("extends: ../../secret.yaml\n" + LAYER, "is outside"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(LayerFileError) as caught:
        read_registry(folder(tmp_path, sites=text))
    assert expected in str(caught.value), str(caught.value)


def test_a_fault_in_a_template_names_the_template(tmp_path: Path) -> None:
    path = folder(tmp_path, sites="extends: base/all.yaml\nid: sites\n")
    (path / "base").mkdir()
    (path / "base" / "all.yaml").write_text(LAYER.replace("id: sites\n", "").replace("pane: parks", "pane: roof"))
    with pytest.raises(LayerFileError, match=r"all\.yaml:6: pane: Input should be"):
        read_registry(path)


def test_a_fill_may_differ_from_the_outline(tmp_path: Path) -> None:
    text = LAYER.replace('color: "#112233"', 'color: "#112233", fill: "#fefefe"')
    style = read_registry(folder(tmp_path, sites=text)).layer("sites").style
    assert (style.color, style.fill) == ("#112233", "#fefefe")
    with pytest.raises(LayerFileError, match=r"sites\.yaml:11: style\.fill:"):
        read_registry(folder(tmp_path, sites=text.replace("#fefefe", "white")))


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(LayerFileError, match=r"groups\.yaml"):
        read_registry(tmp_path)
    with pytest.raises(LayerFileError, match="holds no layer file"):
        read_registry(folder(tmp_path))


def test_the_published_layers_are_sound() -> None:
    registry = read_registry(LAYERS)
    assert {"parks", "plan-binhai", "plan-hitech", "districts", "facilities"} <= set(registry.layers)
    for layer in registry.layers.values():
        colours = [entry.color for entry in layer.style.classes]
        assert len(set(colours)) == len(colours), f"two classes of {layer.id} look alike"


SETS = "sets:\n  - {id: all, title: {zh: 全部, en: All}, layers: [sites]}\n"


def test_sets_of_layers_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    registry = read_registry(folder(tmp_path, sites=LAYER, sets=SETS))
    assert [(one.id, one.title.zh, one.layers) for one in registry.sets] == [("all", "全部", ("sites",))]
    assert list(registry.layers) == ["sites"]


def test_there_need_be_no_sets(tmp_path: Path) -> None:
    assert read_registry(folder(tmp_path, sites=LAYER)).sets == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SETS.replace("[sites]", "[sites, plots]"), "sets.yaml:2: there is no layer 'plots'; there are ['sites']"),
        (SETS.replace("layers:", "layer:"), "sets.yaml:2: sets.0.layer: unknown key"),
        (SETS.replace("[sites]", "[]"), "sets.yaml:2: sets.0.layers:"),
        (SETS + SETS.splitlines()[1], "sets.yaml:3: a second set has the id 'all'"),
        ("set: []\n", "sets.yaml:1: set: unknown key"),
    ],
)
def test_what_is_wrong_in_the_sets_is_said_with_file_and_line(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(LayerFileError) as caught:
        read_registry(folder(tmp_path, sites=LAYER, sets=text))
    assert expected in str(caught.value)


def test_the_published_sets_name_published_layers() -> None:
    registry = read_registry(LAYERS)
    assert [one.title.zh for one in registry.sets] == ["园区+规划", "产业布局", "未来产业", "项目与设施"]
    assert all(layer in registry.layers for one in registry.sets for layer in one.layers)
