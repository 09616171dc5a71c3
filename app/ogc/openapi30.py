"""A description in OpenAPI 3.1, as FastAPI writes it, said in OpenAPI 3.0.3, as clients of OGC API read it.

What 3.0 cannot say is left out, never said wrongly: the result allows whatever the source allows.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Json = dict[str, Any]

VERSION = "3.0.3"
MEDIA_TYPE = "application/vnd.oai.openapi+json;version=3.0"

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_NULL: Json = {"type": "string", "nullable": True, "enum": [None]}
"""Only null: ``nullable`` adds null to a type, and the list of values leaves nothing else."""

# fmt: off
_KEPT = frozenset({
    "title", "description", "default", "example", "deprecated", "readOnly", "writeOnly", "nullable",
    "discriminator", "xml", "externalDocs", "multipleOf", "maximum", "exclusiveMaximum", "minimum",
    "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxProperties",
    "minProperties", "required", "enum", "type", "format",
})
# fmt: on
"""Keywords of a schema that mean the same in both versions."""

_ANNOTATIONS = frozenset({"title", "description", "default", "example", "deprecated", "readOnly", "writeOnly"})
"""Keywords of a schema that say something of a value and forbid none."""

_TEMPLATE = re.compile(r"\{([^{}]+)\}")


def to_openapi_30(document: Mapping[str, Any]) -> Json:
    """Return an OpenAPI 3.1 description in the words of OpenAPI 3.0.3.

    Parameters
    ----------
    document
        The description, as ``FastAPI.openapi()`` returns it. It is not changed.

    Returns
    -------
    dict
        A description of its own. Every parameter names its ``style`` and ``explode``: where the source leaves them
        open, a list in the query stands in one value, parted by commas.
    """
    reusable = document.get("components", {})
    result = {key: value for key, value in document.items() if key not in ("jsonSchemaDialect", "webhooks")}
    result["openapi"] = VERSION
    result["info"] = _info(document.get("info", {}))
    result["paths"] = {
        path: _path_item(path, _resolved_path_item(item, reusable)) for path, item in document.get("paths", {}).items()
    }
    if reusable:
        result["components"] = _components(reusable)
    return result


def _info(info: Mapping[str, Any]) -> Json:
    """Return the information; a summary, which 3.0 does not know, becomes the description where there is none."""
    result = {key: value for key, value in info.items() if key != "summary"}
    if "summary" in info:
        result.setdefault("description", info["summary"])
    if "license" in info:
        licence = dict(info["license"])
        identifier = licence.pop("identifier", None)
        if identifier:
            licence.setdefault("url", f"https://spdx.org/licenses/{identifier}.html")
        result["license"] = licence
    return result


def _components(components: Mapping[str, Any]) -> Json:
    """Return the reusable parts; path items cannot be among them in 3.0."""
    converters: dict[str, Callable[[Any], Any]] = {
        "schemas": to_schema_30,
        "parameters": _parameter,
        "headers": _header,
        "responses": _response,
        "requestBodies": _body,
        "callbacks": _callback,
    }
    result: Json = {}
    for kind, named in components.items():
        if kind == "pathItems":
            continue
        convert: Callable[[Any], Any] = converters.get(kind, _reference)
        result[kind] = {name: convert(value) for name, value in named.items()}
    return result


def _resolved_path_item(item: Mapping[str, Any], components: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a path item; one that points at the components, where 3.0 has none, is written out."""
    prefix = "#/components/pathItems/"
    reference = item.get("$ref", "")
    if not reference.startswith(prefix):
        return item
    target: Mapping[str, Any] = components.get("pathItems", {}).get(reference.removeprefix(prefix), {})
    return {**target, **{key: value for key, value in item.items() if key != "$ref"}}


def _path_item(path: str, item: Mapping[str, Any]) -> Json:
    result: Json = {}
    shared = [_parameter(one) for one in item.get("parameters", ())]
    for key, value in item.items():
        if key in METHODS:
            result[key] = _operation(path, value, shared)
        elif key != "parameters":
            result[key] = value
    if shared:
        result["parameters"] = shared
    return result


def _operation(path: str, operation: Mapping[str, Any], shared: list[Json]) -> Json:
    result = dict(operation)
    parameters = [_parameter(one) for one in operation.get("parameters", ())]
    parameters += _undeclared(path, parameters + shared)
    if parameters:
        result["parameters"] = parameters
    if "requestBody" in operation:
        result["requestBody"] = _body(operation["requestBody"])
    answers = operation.get("responses") or {"default": {"description": "The answer"}}
    result["responses"] = {status: _response(answer) for status, answer in answers.items()}
    if "callbacks" in operation:
        result["callbacks"] = {name: _callback(value) for name, value in operation["callbacks"].items()}
    return result


def _undeclared(path: str, declared: list[Json]) -> list[Json]:
    """Return a parameter for each name in the path that has none: 3.0 asks for every one."""
    if any("$ref" in one for one in declared):
        return []
    names = {one.get("name") for one in declared if one.get("in") == "path"}
    return [
        _parameter({"name": name, "in": "path", "schema": {"type": "string"}})
        for name in dict.fromkeys(_TEMPLATE.findall(path))
        if name not in names
    ]


def _parameter(parameter: Mapping[str, Any]) -> Json:
    """Return a parameter with its style and explode said."""
    if "$ref" in parameter:
        return _reference(parameter)
    if "content" not in parameter:
        parameter = {**parameter, "schema": _without_null(parameter.get("schema", {}))}
    result = _carrier(parameter)
    if parameter.get("in") == "path":
        result["required"] = True
    if "content" not in parameter:
        form = parameter.get("in") in ("query", "cookie")
        result.setdefault("style", "form" if form else "simple")
        result.setdefault("explode", form and result["schema"].get("type") == "object")
    return result


def _without_null(schema: Mapping[str, Any] | bool) -> Mapping[str, Any] | bool:
    """Return a parameter's schema without null: nothing in an address is null, a parameter is there or it is not."""
    if isinstance(schema, bool):
        return schema
    result = dict(schema)
    if isinstance(schema.get("type"), list):
        result["type"] = [one for one in schema["type"] if one != "null"]
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            result[keyword] = [one for one in schema[keyword] if one != {"type": "null"}]
    if result.get("default", ...) is None:
        del result["default"]
    return result


def _header(header: Mapping[str, Any]) -> Json:
    return _reference(header) if "$ref" in header else _carrier(header)


def _response(response: Mapping[str, Any]) -> Json:
    if "$ref" in response:
        return _reference(response)
    result = {"description": "", **_body(response)}
    if "headers" in response:
        result["headers"] = {name: _header(value) for name, value in response["headers"].items()}
    return result


def _callback(callback: Mapping[str, Any]) -> Json:
    return {
        expression: value if expression == "$ref" else _path_item("", value) for expression, value in callback.items()
    }


def _body(body: Mapping[str, Any]) -> Json:
    """Return something that carries content: a request's body or an answer."""
    return _reference(body) if "$ref" in body else _carrier(body)


def _carrier(value: Mapping[str, Any]) -> Json:
    """Return an object of the description with its own schema, and those of its content, said in 3.0."""
    result = dict(value)
    if "schema" in value:
        result["schema"] = to_schema_30(value["schema"])
    if "content" in value:
        result["content"] = {media: _carrier(one) for media, one in value["content"].items()}
    if "encoding" in value:
        result["encoding"] = {
            name: {**one, "headers": {key: _header(header) for key, header in one["headers"].items()}}
            if "headers" in one
            else one
            for name, one in value["encoding"].items()
        }
    return result


def _reference(value: Mapping[str, Any]) -> Json:
    """Return a reference alone: 3.0 ignores what stands beside one."""
    return {"$ref": value["$ref"]} if "$ref" in value else dict(value)


def to_schema_30(schema: Mapping[str, Any] | bool) -> Json:
    """Return a schema of JSON Schema 2020-12 as a Schema Object of OpenAPI 3.0.3.

    Parameters
    ----------
    schema
        The schema; ``true`` allows everything, ``false`` nothing.

    Returns
    -------
    dict
        The schema with null said by ``nullable``, one value by ``enum``, open bounds by flags. Keywords 3.0 does not
        have (``if``, ``contains``, ``unevaluatedProperties`` and their like) are left out.
    """
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    result = {key: value for key, value in schema.items() if key in _KEPT or key.startswith("x-")}
    _set_bound(result, "minimum", "exclusiveMinimum", max)
    _set_bound(result, "maximum", "exclusiveMaximum", min)
    _set_values(result, schema)
    _set_parts(result, schema)
    _set_content(result, schema)
    _set_type(result)
    _set_items(result, schema)
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            _set_choice(result, keyword, [to_schema_30(one) for one in schema[keyword]])
    if "$ref" in schema:
        _set_reference(result, schema["$ref"])
    return result


def _set_bound(result: Json, bound: str, exclusive: str, tighter: Callable[[Any, Any], Any]) -> None:
    """Say an open bound as 3.0 does: the bound, and a flag that it is not reached."""
    value = result.get(exclusive)
    if value is None or isinstance(value, bool):
        return
    del result[exclusive]
    if bound in result and result[bound] != value and tighter(result[bound], value) == result[bound]:
        return
    result[bound] = value
    result[exclusive] = True


def _set_values(result: Json, schema: Mapping[str, Any]) -> None:
    """Say a constant as the only value, and the first of the examples as the example."""
    if "const" in schema:
        result["enum"] = [schema["const"]]
        if schema["const"] is None:
            result.setdefault("type", "null")
    if schema.get("examples"):
        result.setdefault("example", schema["examples"][0])
    if not result.get("required", True):
        del result["required"]


def _set_parts(result: Json, schema: Mapping[str, Any]) -> None:
    """Convert the schemas of an object's properties, and those that hold together or must not hold."""
    if "properties" in schema:
        result["properties"] = {name: to_schema_30(one) for name, one in schema["properties"].items()}
    rest = schema.get("additionalProperties")
    patterns = [to_schema_30(one) for one in schema.get("patternProperties", {}).values()]
    if patterns and rest is not None:
        others = [to_schema_30(rest)] if isinstance(rest, Mapping) else []
        result["additionalProperties"] = rest is True or _any_of(patterns + others)
    elif isinstance(rest, Mapping):
        result["additionalProperties"] = to_schema_30(rest)
    elif rest is not None:
        result["additionalProperties"] = rest
    if "allOf" in schema:
        result["allOf"] = [to_schema_30(one) for one in schema["allOf"]]
    if "not" in schema:
        result["not"] = to_schema_30(schema["not"])


def _set_content(result: Json, schema: Mapping[str, Any]) -> None:
    """Say what a string holds by the format: ``byte`` for Base64, ``binary`` for bytes as they are."""
    if schema.get("contentEncoding") == "base64":
        result.setdefault("format", "byte")
    elif "contentMediaType" in schema and "contentEncoding" not in schema:
        result.setdefault("format", "binary")


def _set_type(result: Json) -> None:
    """Say a list of types: null by ``nullable``, several others as a choice."""
    types = result.get("type")
    if types is None:
        return
    wanted = [types] if isinstance(types, str) else list(types)
    nullable = "null" in wanted
    others = [one for one in wanted if one != "null"]
    if not others:
        result.update(_NULL)
    elif len(others) == 1:
        result["type"] = others[0]
        if nullable:
            result["nullable"] = True
    else:
        del result["type"]
        choice: list[Json] = [{"type": one, "items": {}} if one == "array" else {"type": one} for one in others]
        if nullable:
            choice[0]["nullable"] = True
        _set_choice(result, "anyOf", choice)


def _set_items(result: Json, schema: Mapping[str, Any]) -> None:
    """Say what a list holds; one that names its members one by one holds any of them."""
    items = schema.get("items")
    if "prefixItems" in schema:
        first = [to_schema_30(one) for one in schema["prefixItems"]]
        if items is False:
            result["maxItems"] = min(len(first), result.get("maxItems", len(first)))
            result["items"] = _any_of(first)
        else:
            result["items"] = _any_of([*first, to_schema_30(True if items is None else items)])
    elif items is not None:
        result["items"] = to_schema_30(items)
    elif result.get("type") == "array":
        result["items"] = {}


def _any_of(schemas: list[Json]) -> Json:
    """Return a schema that allows what any of `schemas` allows."""
    distinct: list[Json] = []
    for one in schemas:
        if one not in distinct:
            distinct.append(one)
    if not distinct or {} in distinct:
        return {}
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}


def _set_choice(result: Json, keyword: str, choices: list[Json]) -> None:
    """Add a choice; null among the choices becomes ``nullable`` of one that names its type."""
    real = [one for one in choices if not _is_null(one)]
    if len(real) < len(choices):
        _let_be_null(real)
    if len(real) == 1 and "$ref" in real[0]:
        _set_reference(result, real[0]["$ref"])
    elif len(real) == 1 and _can_merge(result, real[0]):
        for key, value in real[0].items():
            result.setdefault(key, value)
    elif keyword in result:
        result.setdefault("allOf", []).append({keyword: real})
    else:
        result[keyword] = real


def _is_null(schema: Json) -> bool:
    """Tell whether a converted schema allows null and nothing else."""
    return {key: value for key, value in schema.items() if key not in _ANNOTATIONS} == _NULL


def _let_be_null(choices: list[Json]) -> None:
    """Let one choice be null: the first that has a type, as ``nullable`` is void without one; else a further one."""
    if any(one.get("nullable") for one in choices):
        return
    for one in choices:
        if "type" in one:
            one["nullable"] = True
            if "enum" in one:
                one["enum"] = [*one["enum"], None]
            return
    choices.append(dict(_NULL))


def _can_merge(outer: Json, inner: Json) -> bool:
    """Tell whether a schema's only choice can stand in the schema itself: no keyword that forbids is in both."""
    return not {key for key in outer.keys() & inner.keys() if key not in _ANNOTATIONS}


def _set_reference(result: Json, reference: str) -> None:
    """Add a reference; beside other keywords, where 3.0 would ignore them, as one of ``allOf``."""
    if result:
        result["allOf"] = [{"$ref": reference}, *result.get("allOf", [])]
    else:
        result["$ref"] = reference
