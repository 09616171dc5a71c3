"""The routes of siting as OpenAPI describes them; the fields are those of ``PARAMETERS``."""

from typing import Any

from fastapi.responses import Response

from app.siting.parameters import PARAMETERS
from app.siting.question import ASKS

_PARAMETERS = [
    {
        "name": name,
        "in": "query",
        "required": False,
        "description": one.description
        + (" Several are joined by commas." if one.schema.get("type") == "array" else ""),
        "schema": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 10}
        if name == "limit"
        else {"type": "string", **({"enum": one.schema["enum"]} if "enum" in one.schema else {})},
    }
    for name, one in PARAMETERS.items()
]
_LANGUAGE = {
    "name": "lang", "in": "query", "required": False, "description": "Language of the words.",
    "schema": {"type": "string", "enum": ["zh", "en"], "default": "zh"},
}  # fmt: skip
_WORDS = {
    "type": "object",
    "required": ["zh", "en"],
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}
_ROWS = {"type": "array", "items": {"type": "object"}}
_ANSWER: dict[str, Any] = {
    "type": "object",
    "required": [
        "request", "data_version", "date", "criteria", "constraints", "results", "excluded", "sensitivity",
        "alternatives", "conclusion", "links",
    ],
    "properties": {
        "request": {"type": "object", "description": "The question as it was understood."},
        "data_version": {"type": "string"},
        "date": {"type": "string", "description": "Day on which the data were loaded."},
        "kind": {"type": "string", "enum": list(ASKS)},
        "conclusion": _WORDS,
        "verdict": {"type": ["object", "null"], "description": "Whether the first place stands, and its group."},
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "unread": {"type": ["object", "null"], "description": "Words that decide and were not read: nobody is ranked."},
        "documents": {**_ROWS, "description": "The documents, with their periods."},
        "criteria": {**_ROWS, "description": "Every criterion with its weight, value function and basis."},
        "constraints": {**_ROWS, "description": "Every rule, its source, and how many it removed."},
        "results": {**_ROWS, "description": "Places of the tiers itself and surrounding."},
        "related": {**_ROWS, "description": "Places that are related by value chain or sector only."},
        "not_named": {**_ROWS, "description": "The other places, with tiers=all."},
        "better": {**_ROWS, "description": "Of a question about a place: places that suit better."},
        "elsewhere": {**_ROWS, "description": "What documents name for the industry and no park is drawn of."},
        "rules": {**_ROWS, "description": "Clauses of the documents that bear on the question."},
        "place": {"type": ["object", "null"], "description": "The place that the question is about."},
        "industries": {**_ROWS, "description": "What documents state for that place."},
        "against": {"type": ["object", "null"], "description": "What documents say against places for the industry."},
        "premises": {**_ROWS, "description": "Carriers that documents name for the floor area asked for."},
        "excluded": {**_ROWS, "description": "What was ruled out, with every reason."},
        "sensitivity": {"type": ["object", "null"]},
        "alternatives": {**_ROWS, "description": "For each constraint, the best place that relaxing it would let in."},
        "notes": {"type": "array", "items": _WORDS},
        "links": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
    },
}  # fmt: skip

_OK = {200: {"description": "The answer", "content": {"application/json": {"schema": _ANSWER}}}}

QUESTION: dict[str, Any] = {"openapi_extra": {"parameters": _PARAMETERS}, "responses": _OK}

POSTED: dict[str, Any] = {
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            name: {**one.schema, "description": one.description} for name, one in PARAMETERS.items()
                        },
                    }
                }
            },
        }
    },
    "responses": _OK | {413: {"description": "The body is too long"}, 415: {"description": "The body is not JSON"}},
}

OPTIONS: dict[str, Any] = {
    "responses": {
        200: {"description": "What may be asked", "content": {"application/json": {"schema": {"type": "object"}}}}
    }
}


def as_file(media_type: str) -> dict[str, Any]:
    """Return the description of a form of the answer."""
    languages = [] if media_type.endswith("geo+json") else [_LANGUAGE]
    return {
        "openapi_extra": {"parameters": [*_PARAMETERS, *languages]},
        "responses": {200: {"description": "The answer", "content": {media_type: {}}}},
        "response_class": Response,
    }
