"""Templates of the page. Unlike Folium's own they escape what they are given."""

import json
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True
    )
    environment.policies["json.dumps_function"] = json.dumps
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


def template(name: str) -> Template:
    """Return one of the templates in ``templates/``; ``tojson`` is safe inside a script element."""
    return _environment().get_template(name)
