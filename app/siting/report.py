"""Report: an answer as a page of sentences and tables, for reading and printing."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from app.siting.kin import kin, ranks_of
from app.siting.sketch import sketch
from app.siting.words import number, say, texts
from app.siting.workbook import question_lines

_LISTED = 20
"""Places that a report explains one by one."""

_SHOWN_EXCLUDED = 40


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, undefined=StrictUndefined,
    )  # fmt: skip
    environment.filters["number"] = number
    return environment.get_template("report.html.jinja")


def report(document: Mapping[str, Any], shapes: Mapping[str, str], language: str) -> str:
    """Return the page.

    Parameters
    ----------
    document
        The answer.
    shapes
        Footprints of the places as GeoJSON text, by id.
    language
        ``zh`` or ``en``.
    """
    words = {key: text[language] for key, text in texts().items() if "{" not in text[language]}
    results, ranks = document["results"][:_LISTED], ranks_of(document)
    return _template().render(
        answer=document,
        results=results,
        more=len(document["results"]) - len(results),
        excluded=document["excluded"][:_SHOWN_EXCLUDED],
        more_excluded=max(document["counts"]["candidates"] - document["counts"]["remaining"] - _SHOWN_EXCLUDED, 0),
        titles={one["name"]: one["title"][language] for one in document["criteria"]},
        used=[one for one in document["criteria"] if one["used"]],
        lines=question_lines(document["request"], language),
        map=sketch([(one["rank"], shapes[one["id"]]) for one in results if one["id"] in shapes]),
        lang=language,
        name=f"name_{language}",
        kin=lambda one: kin(one, ranks, language),
        t=words,
        say=lambda key, **values: say(key, **values)[language],
    )
