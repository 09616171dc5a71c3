"""The description of the API as a page, from the service's own host."""

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

from app.settings import Settings

router = APIRouter(include_in_schema=False)

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
