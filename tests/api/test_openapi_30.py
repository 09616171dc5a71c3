"""OpenAPI 3.1 said in 3.0.3: valid by the initiative's own schema, and allowing the same values."""

import copy
import json
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from fastapi import FastAPI, Query
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from pydantic import BaseModel, Field
from schemathesis.specs.openapi.definitions import OPENAPI_30

from app.ogc.openapi30 import to_openapi_30, to_schema_30

SAYS_30 = Draft4Validator(OPENAPI_30)
"""The OpenAPI Initiative's JSON Schema of OpenAPI 3.0 documents, as schemathesis carries it."""


class Level(Enum):
    NATIONAL = "国家级"
    MUNICIPAL = "市级"


class Place(BaseModel):
    """A place."""

    kind: Literal["place"] = "place"
    position: tuple[float, float]
    ring: tuple[float, ...] = ()
    named: dict[str, int] = {}


class Road(BaseModel):
    kind: Literal["road"] = "road"
    lanes: int = Field(gt=0, lt=20, examples=[2, 4])


class Park(BaseModel):
    name: str = Field(examples=["东疆港保税区"])
    short: str | None = None
    level: Level | None = None
    area: float | int | None = Field(default=None, gt=0)
    where: Place | None = Field(default=None, description="Where it is")
    thing: Annotated[Place | Road, Field(discriminator="kind")]
    codes: list[str | None] = []
    nothing: None = None
    anything: Any = None


def application() -> FastAPI:
    """Return an application whose description uses what 3.1 added."""
    app = FastAPI(
        title="t",
        summary="A summary",
        license_info={"name": "Apache 2.0", "identifier": "Apache-2.0"},
        webhooks=None,
    )

    @app.get("/parks/{park_id}", response_model=Park)
    def park(
        park_id: str,
        bbox: Annotated[list[float] | None, Query(min_length=4, max_length=6)] = None,
        level: Literal["national", "district"] | None = None,
        grade: Annotated[Level | None, Query(description="The grade")] = None,
        limit: Annotated[int, Query(gt=0, le=100)] = 10,
    ) -> Any:
        return None

    @app.put("/parks/{park_id}")
    def change(park_id: str, park: Park) -> Park | None:
        return None

    @app.webhooks.post("changed")
    def changed(body: Park) -> None:
        """Say that a park changed."""

    return app


def errors(document: Any) -> list[str]:
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in SAYS_30.iter_errors(document)]


def keywords(value: Any) -> set[str]:
    """Return every key of a document."""
    if isinstance(value, dict):
        return set(value).union(*map(keywords, value.values()))
    return set().union(*map(keywords, value)) if isinstance(value, list) else set()


def test_a_description_of_fastapi_becomes_valid_3_0() -> None:
    before = application().openapi()
    untouched = copy.deepcopy(before)
    assert before["openapi"].startswith("3.1") and errors(before), "the source has to be what 3.0 is not"

    after = to_openapi_30(before)
    assert before == untouched
    assert errors(after) == []
    assert after["openapi"] == "3.0.3"
    assert "webhooks" not in after and after["info"]["description"] == "A summary"
    assert after["info"]["license"] == {"name": "Apache 2.0", "url": "https://spdx.org/licenses/Apache-2.0.html"}
    assert not keywords(after) & {"const", "prefixItems", "contentMediaType", "jsonSchemaDialect", "examples"}
    assert '"null"' not in json.dumps(after)


def test_every_parameter_says_its_style() -> None:
    after = to_openapi_30(application().openapi())
    parameters = {one["name"]: one for one in after["paths"]["/parks/{park_id}"]["get"]["parameters"]}
    assert parameters["bbox"]["style"] == "form" and parameters["bbox"]["explode"] is False
    assert parameters["bbox"]["schema"] == {
        "type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6, "title": "Bbox",
    }  # fmt: skip
    assert parameters["level"]["schema"] == {"type": "string", "enum": ["national", "district"], "title": "Level"}
    assert parameters["grade"]["schema"]["allOf"] == [{"$ref": "#/components/schemas/Level"}]
    assert parameters["limit"]["schema"] == {
        "type": "integer", "minimum": 0, "exclusiveMinimum": True, "maximum": 100, "default": 10, "title": "Limit",
    }  # fmt: skip
    assert (parameters["park_id"]["style"], parameters["park_id"]["explode"]) == ("simple", False)
    assert parameters["park_id"]["required"] is True


def test_what_a_parameter_says_already_stays() -> None:
    one = {"name": "ids", "in": "query", "style": "pipeDelimited", "explode": True, "schema": {"type": "array"}}
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/": {"parameters": [one]}}}
    assert to_openapi_30(document)["paths"]["/"]["parameters"] == [{**one, "schema": {"type": "array", "items": {}}}]


def test_names_in_the_path_are_declared() -> None:
    paths = {"/a/{b}/{c}": {"parameters": [{"name": "b", "in": "path", "schema": {"type": "integer"}}], "get": {}}}
    after = to_openapi_30({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths})
    assert errors(after) == []
    assert [one["name"] for one in after["paths"]["/a/{b}/{c}"]["parameters"]] == ["b"]
    [declared] = after["paths"]["/a/{b}/{c}"]["get"]["parameters"]
    assert declared["name"] == "c" and declared["required"] is True and declared["schema"] == {"type": "string"}


def test_parts_that_3_0_has_no_place_for_are_written_out() -> None:
    item = {"get": {"responses": {"200": {"$ref": "#/components/responses/yes", "description": "said again"}}}}
    document = {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {"title": "t", "version": "1"},
        "paths": {"/": {"$ref": "#/components/pathItems/item"}},
        "webhooks": {"x": item},
        "components": {"pathItems": {"item": item}, "responses": {"yes": {"description": "Yes"}}},
    }
    after = to_openapi_30(document)
    assert errors(after) == []
    assert after["paths"]["/"]["get"]["responses"]["200"] == {"$ref": "#/components/responses/yes"}
    assert after["components"] == {"responses": {"yes": {"description": "Yes"}}}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"anyOf": [{"type": "string"}, {"type": "null"}], "title": "T"},
         {"type": "string", "nullable": True, "title": "T"}),
        ({"type": ["string", "null"], "maxLength": 3}, {"type": "string", "nullable": True, "maxLength": 3}),
        ({"type": ["integer", "string"]}, {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
        ({"const": "Feature", "type": "string"}, {"enum": ["Feature"], "type": "string"}),
        ({"type": "string", "examples": ["a", "b"]}, {"type": "string", "example": "a"}),
        ({"exclusiveMinimum": 0, "type": "number"}, {"minimum": 0, "exclusiveMinimum": True, "type": "number"}),
        ({"exclusiveMaximum": 5, "maximum": 9}, {"maximum": 5, "exclusiveMaximum": True}),
        ({"exclusiveMaximum": 9, "maximum": 5}, {"maximum": 5}),
        ({"type": "string", "contentMediaType": "application/octet-stream"}, {"type": "string", "format": "binary"}),
        ({"type": "string", "contentEncoding": "base64"}, {"type": "string", "format": "byte"}),
        ({"$ref": "#/components/schemas/A", "description": "d"},
         {"allOf": [{"$ref": "#/components/schemas/A"}], "description": "d"}),
        ({"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/A"}),
        (True, {}),
        (False, {"not": {}}),
        ({"properties": {"const": {"const": 1}, "examples": {"type": ["null", "array"]}}},
         {"properties": {"const": {"enum": [1]}, "examples": {"type": "array", "items": {}, "nullable": True}}}),
    ],
)  # fmt: skip
def test_a_schema_is_said_in_3_0(before: Any, after: Any) -> None:
    assert to_schema_30(before) == after


def as_draft_4(schema: Any) -> Any:
    """Return a Schema Object of OpenAPI 3.0.3 as JSON Schema of draft 4, from which it differs in ``nullable`` only."""
    if isinstance(schema, list):
        return [as_draft_4(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    result = {
        key: value if key in ("enum", "default", "example") else as_draft_4(value) for key, value in schema.items()
    }
    # "A true value adds null to the allowed type specified by the type keyword, only if type is explicitly defined."
    if result.pop("nullable", False) and isinstance(result.get("type"), str):
        result["type"] = [result["type"], "null"]
    return result


PRECISE = [
    {"type": ["string", "null"]},
    {"type": ["integer", "string", "null"]},
    {"type": ["array", "null"], "maxItems": 1},
    {"type": "null"},
    {"const": None},
    {"const": "a"},
    {"enum": ["a", None, 1]},
    {"type": ["string", "null"], "enum": ["a", "b"]},
    {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "null"}]},
    {"anyOf": [{"type": "integer", "exclusiveMinimum": 1}, {"type": "string", "minLength": 2}, {"type": "null"}]},
    {"oneOf": [{"type": "integer"}, {"type": "number", "maximum": 0}, {"type": "null"}]},
    {"anyOf": [{"enum": ["a", 1]}, {"type": "null"}]},
    {"anyOf": [{"properties": {"a": {"type": ["integer", "null"]}}, "required": ["a"], "type": "object"},
               {"type": "null"}]},
    {"type": "array", "items": {"anyOf": [{"type": "boolean"}, {"type": "null"}]}},
    {"type": ["integer", "string"], "anyOf": [{"minimum": 3}, {"maxLength": 1, "type": ["string", "null"]}]},
    {"not": {"type": ["string", "null"]}},
    {"allOf": [{"type": ["integer", "null"]}, {"exclusiveMaximum": 2}]},
    {"minimum": 1, "exclusiveMinimum": 1},
    {"type": "object", "additionalProperties": {"type": ["integer", "null"]}},
    {"type": "object", "additionalProperties": False},
    {"type": "object", "required": []},
    {"anyOf": [{"type": "null"}]},
    {"anyOf": [{"type": "integer"}, {"type": "null"}], "type": ["integer", "null"], "minimum": 0},
]  # fmt: skip
"""Schemas whose every word 3.0 has a word for."""

LOOSER = [
    {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "items": False, "minItems": 1},
    {"type": "array", "prefixItems": [{"type": "integer"}], "items": {"type": ["null", "string"]}},
    {"type": "object", "patternProperties": {"^a": {"type": "integer"}}, "additionalProperties": False},
    {"if": {"type": "string"}, "then": {"minLength": 2}, "type": ["string", "null"]},
    {"type": "array", "contains": {"type": "null"}},
    {"type": "object", "propertyNames": {"maxLength": 1}, "unevaluatedProperties": False},
]
"""Schemas that 3.0 can only say more loosely."""

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 5) | st.sampled_from(["", "a", "b", "ab", 0.5, -0.5, 2.5]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "ab"]), inner, max_size=2),
    max_leaves=5,
)


@pytest.mark.parametrize("schema", PRECISE, ids=str)
@given(value=VALUES)
def test_the_same_values_are_allowed(schema: Any, value: Any) -> None:
    after = as_draft_4(to_schema_30(schema))
    Draft4Validator.check_schema(after)
    assert Draft202012Validator(schema).is_valid(value) == Draft4Validator(after).is_valid(value)


@pytest.mark.parametrize("schema", LOOSER, ids=str)
@given(value=VALUES)
def test_no_allowed_value_becomes_forbidden(schema: Any, value: Any) -> None:
    after = as_draft_4(to_schema_30(schema))
    Draft4Validator.check_schema(after)
    assert not Draft202012Validator(schema).is_valid(value) or Draft4Validator(after).is_valid(value)


@pytest.mark.parametrize("model", [Park, Place, Road])
def test_models_allow_the_same_values(model: type[BaseModel]) -> None:
    """Null where a model allows it, on a reference as on a plain type; values of another type nowhere."""
    schema = model.model_json_schema(ref_template="#/$defs/{model}")
    inner = schema.pop("$defs", {})
    whole = {**schema, "$defs": inner}
    after = as_draft_4({**to_schema_30(schema), "$defs": {name: to_schema_30(one) for name, one in inner.items()}})
    Draft4Validator.check_schema(after)
    place = {"kind": "place", "position": [117.7, 39.0]}
    park = {"name": "东疆", "thing": place}
    for value in (
        park, place, {"name": None}, {"kind": "road", "lanes": 2}, {"kind": "road", "lanes": 0},
        {**park, "where": None}, {**park, "where": place}, {**park, "where": 1},
        {**park, "level": None}, {**park, "level": "国家级"}, {**park, "level": "x"},
        {**park, "short": None}, {**park, "short": 1}, {**park, "codes": [None, "a"]}, {**park, "codes": [1]},
        {**park, "area": 0}, {**park, "area": 0.5}, {**park, "area": None},
        {**park, "nothing": None}, {**park, "nothing": 0}, {**park, "thing": None}, {**park, "thing": {"kind": "boat"}},
    ):  # fmt: skip
        assert Draft202012Validator(whole).is_valid(value) == Draft4Validator(after).is_valid(value), value
