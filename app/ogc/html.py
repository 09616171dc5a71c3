"""HTML: the documents and features as pages."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )
}
"""Headers of every page: nothing inline runs, nothing comes from another host."""

_ENVIRONMENT = Environment(loader=PackageLoader("app.ogc"), autoescape=True, undefined=StrictUndefined)


def page(request: Request, name: str, **context: Any) -> str:
    """Return a page as text.

    Parameters
    ----------
    request
        For addresses, and for the language (``lang``).
    name
        Name of the template.
    context
        What the page shows.
    """
    base = str(request.base_url).rstrip("/")
    return _ENVIRONMENT.get_template(f"{name}.html").render(base=base, root=f"{base}/ogc", **context)


def answer(request: Request, name: str, **context: Any) -> Response:
    """Return a page as a response."""
    return HTMLResponse(page(request, name, **context), headers=SECURITY)
