"""The description of the API: with the faults it answers, and as a page from the service's own host."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

from app.problems import MEDIA_TYPE, SCHEMA
from app.settings import Settings

router = APIRouter(include_in_schema=False)

OPERATIONS = "operations"
"""Tag of what watches over the service: takes no parameters, and says itself how it can fail."""

_NOT_SENT = {"HTTPValidationError", "ValidationError"}
"""FastAPI's own form of a fault: `app.problems` answers 400 with a problem in its place."""

_FAULTS = {
    "400": "A parameter is unknown or wrong: `errors` says which, and what would be right",
    "404": "There is no such thing: `allowed` lists the names, where they are few",
    "500": "The server failed",
    "503": "The query took too long, or the database cannot be reached",
}


class DescribedAPI(FastAPI):
    """An application whose description has the problems that operations answer, not the faults FastAPI supposes."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI 3.1 document."""
        if self.openapi_schema is None:
            self.openapi_schema = with_problems(super().openapi())
        return self.openapi_schema


def with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """Return a description whose operations answer faults as problems.

    Parameters
    ----------
    document
        As FastAPI makes it; its operations are changed in place. What an operation says of a status itself stands.
    """
    for operation in _operations(document):
        _describe_faults(operation)
    components = document.setdefault("components", {})
    kept = {name: one for name, one in components.get("schemas", {}).items() if name not in _NOT_SENT}
    components["schemas"] = {**kept, "Problem": SCHEMA}
    return document


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in document.get("paths", {}).values():
        yield from (one for one in operations.values() if isinstance(one, dict) and "responses" in one)


def _describe_faults(operation: dict[str, Any]) -> None:
    responses: dict[str, Any] = operation["responses"]
    if "HTTPValidationError" in str(responses.get("422")):
        del responses["422"]
    if OPERATIONS in operation.get("tags", ()):
        return
    has_path = any(one.get("in") == "path" for one in operation.get("parameters", ()))
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, words in _FAULTS.items():
        if status != "404" or has_path:
            responses.setdefault(status, {"description": words, "content": content})


_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""Swagger UI writes style attributes; scripts are files only."""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Yuantu 园图 · API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/swagger-ui/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="assets/swagger-ui/swagger-ui-bundle.js"></script>
<script src="docs.js"></script>
</body>
</html>
"""

_SCRIPT = """SwaggerUIBundle({
  url: "openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null,
  syntaxHighlight: { activated: false },
});
"""


@router.get("/docs")
def docs() -> HTMLResponse:
    """Return the page."""
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})


@router.get("/docs.js")
def docs_script() -> Response:
    """Return the script that starts Swagger UI."""
    return Response(_SCRIPT, media_type="text/javascript")


def mount_swagger(app: FastAPI, settings: Settings) -> None:
    """Mount Swagger UI's files under ``/assets/swagger-ui``, where they are installed."""
    files = settings.assets_dir / "swagger-ui-dist"
    if files.is_dir():
        app.mount("/assets/swagger-ui", StaticFiles(directory=files), name="swagger-ui")
