"""What a filter may name, and the conformance classes that are declared."""

from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.features.cql2 import CONFORMANCE, Cql2Error, combine_and, compile_filter, parse_text, properties_of
from app.features.cql2.queryables import queryables_schema
from app.geodesy.crs import CRS84
from app.registry.definition import LayerDefinition
from app.registry.reader import read_registry
from tests.conftest import ROOT

REGISTRY = read_registry(ROOT / "layers")


def _layer(**changes: Any) -> LayerDefinition:
    words = {"zh": "名", "en": "Name"}
    return LayerDefinition.model_validate(
        {
            "id": "things", "title": {"zh": "东西", "en": "Things"}, "description": words, "group": "g",
            "status": "imported", "geometry": "line", "source": {"table": "s.t", "geometry": "shape"},
            "fields": [
                {"name": "kind", "title": words, "facet": True, "choices": {"a": words, "b": words}},
                {"name": "tags", "title": words, "type": "string[]", "filterable": True},
                {"name": "length", "title": words, "type": "number", "unit": {"zh": "米", "en": "m"}},
                {"name": "since", "title": words, "type": "date", "filterable": True},
                {"name": "until", "title": words, "type": "datetime", "filterable": True},
                {"name": "hidden", "title": words},
            ],
            "datetime": ["since", "until"], "style": {"color": "#000000"}, "pane": "areas", **changes,
        }
    )  # fmt: skip


@pytest.mark.parametrize("layer", REGISTRY.layers.values(), ids=lambda layer: layer.id)
def test_every_layer_has_queryables(layer: LayerDefinition) -> None:
    schema = queryables_schema(layer, "https://example.org/ogc")
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://example.org/ogc/collections/{layer.id}/queryables"
    assert schema["type"] == "object"
    assert list(schema["properties"]) == list(properties_of(layer))
    geometry = schema["properties"][layer.source.geometry]
    assert geometry["x-ogc-role"] == "primary-geometry"
    assert geometry["format"].startswith("geometry-")
    assert "type" not in geometry
    assert schema["properties"][layer.source.key]["x-ogc-role"] == "id"
    for field in layer.fields:
        assert field.name in schema["properties"]
        if field.choices and field.type != "string[]":
            assert schema["properties"][field.name]["enum"] == list(field.choices)


def test_the_schema_of_a_layer() -> None:
    words = {"title": "名", "description": "Name"}
    schema = queryables_schema(_layer(), "http://x")
    assert schema["additionalProperties"] is False
    assert schema["properties"] == {
        "id": {"title": "标识", "description": "Identifier", "type": "string", "x-ogc-role": "id"},
        "kind": {**words, "type": "string", "enum": ["a", "b"]},
        "tags": {**words, "type": "array", "items": {"type": "string"}},
        "length": {**words, "type": "number", "x-ogc-unit": "m"},
        "since": {**words, "type": "string", "format": "date", "x-ogc-role": "primary-interval-start"},
        "until": {**words, "type": "string", "format": "date-time", "x-ogc-role": "primary-interval-end"},
        "hidden": {**words, "type": "string"},
        "shape": {
            "title": "图形",
            "description": "Geometry",
            "format": "geometry-linestring-or-multilinestring",
            "x-ogc-role": "primary-geometry",
        },
    }


def test_an_unknown_property_is_answered_with_the_queryables() -> None:
    layer = _layer()
    with pytest.raises(Cql2Error, match="'hidde'; there are: id, kind, tags, length, since, until, hidden, shape"):
        compile_filter(parse_text("hidde = 'x'"), properties_of(layer), filter_crs=CRS84, geometry="shape")


def test_conformance_classes() -> None:
    prefix = "http://www.opengis.net/spec/cql2/1.0/conf/"
    assert all(one.startswith(prefix) for one in CONFORMANCE)
    assert {one.removeprefix(prefix) for one in CONFORMANCE} == {
        "basic-cql2", "advanced-comparison-operators", "case-insensitive-comparison", "accent-insensitive-comparison",
        "basic-spatial-functions", "basic-spatial-functions-plus", "spatial-functions", "temporal-functions",
        "array-functions", "property-property", "arithmetic", "cql2-text", "cql2-json",
    }  # fmt: skip


def test_conditions_are_combined() -> None:
    one, two = parse_text("a = 1"), parse_text("b = 2 OR c = 3")
    assert combine_and([one]) == one
    assert combine_and([one, two]) == parse_text("a = 1 AND (b = 2 OR c = 3)")
    with pytest.raises(ValueError, match="nothing"):
        combine_and([])


def test_preview_layers_have_queryables(world: Callable[[str], Any]) -> None:
    types = {name: one.type for name, one in world("ne_110m_populated_places_simple").properties.items()}
    assert {name: types[name] for name in ("fid", "geom", "pop_max", "start", "date")} == {
        "fid": "integer", "geom": "geometry", "pop_max": "integer", "start": "datetime", "date": "date",
    }  # fmt: skip
