"""``yuantu siting``: the answer to a question of siting as a table."""

import asyncio
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Annotated, Any

import typer

from app.db.engine import read_engine
from app.db.reader import Reader
from app.language import Language
from app.messages import translated
from app.problems import BadRequest
from app.registry.reader import read_registry
from app.settings import Settings
from app.siting.intake import Asked, read_fields
from app.siting.service import Answer, Desk, answer_question
from app.siting.words import say
from app.siting.workbook import question_lines

Database = Callable[[Settings], AbstractContextManager[str]]
"""Gives the address of the database, and starts it where it does not run."""


def add_command(app: typer.Typer, database: Database) -> None:
    """Add the command to the application's."""

    @app.command()
    def siting(
        sentence: Annotated[str | None, typer.Argument(help="The question as a sentence.")] = None,
        industry: Annotated[list[str] | None, typer.Option(help="Industry, product or GB/T 4754 code.")] = None,
        area: Annotated[str | None, typer.Option(help="Land needed: 50公顷, 750亩, 0.5km².")] = None,
        near: Annotated[
            list[str] | None, typer.Option(help="Largest distance: airport:30km, port, rail, metro.")
        ] = None,
        far: Annotated[list[str] | None, typer.Option(help="Smallest distance, in the same form.")] = None,
        level: Annotated[list[str] | None, typer.Option(help="national, municipal, district or town.")] = None,
        within: Annotated[list[str] | None, typer.Option(help="District, development zone or park to lie in.")] = None,
        avoid: Annotated[
            list[str] | None, typer.Option(help="District, development zone or park not to lie in.")
        ] = None,
        element: Annotated[list[str] | None, typer.Option(help="Plan element to lie in.")] = None,
        layer: Annotated[str | None, typer.Option(help="Layer whose features are the candidates.")] = None,
        preset: Annotated[str | None, typer.Option(help="Weights that go together, such as transport-first.")] = None,
        weight: Annotated[list[str] | None, typer.Option(help="Weight of a criterion or group: industry:40.")] = None,
        limit: Annotated[int, typer.Option(help="Number of answers.")] = 10,
        lang: Annotated[str, typer.Option(help="zh or en.")] = "zh",
        as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
    ) -> None:
        """Tell where an industry should go, and why."""
        if lang not in ("zh", "en"):
            raise typer.BadParameter("should be zh or en", param_hint="--lang")
        language: Language = "en" if lang == "en" else "zh"
        given = {
            "q": sentence, "industries": industry, "area": area, "max_km": _joined(near), "min_km": _joined(far),
            "level": level, "districts": within, "avoid_districts": avoid, "in_elements": element, "layer": layer,
            "preset": preset, "weights": _joined(weight), "limit": limit,
        }  # fmt: skip
        try:
            asked = read_fields(given)
            settings = Settings()
            with database(settings) as url:
                answer = asyncio.run(_answer(asked, settings, url))
        except BadRequest as error:
            for one in error.errors:
                typer.secho(f"{one.parameter}: {translated(one.message, language)}", err=True, fg=typer.colors.RED)
            raise typer.Exit(2) from None
        typer.echo(answer.text if as_json else "\n".join(table(answer.document, language)))


def _joined(values: Sequence[str] | None) -> str | None:
    return ",".join(values) if values else None


async def _answer(asked: Asked, settings: Settings, url: str) -> Answer:
    reader = Reader([read_engine(url, settings, assume_role=True)])
    try:
        registry = read_registry(settings.layers_dir)
        return await answer_question(asked, reader=reader, registry=registry, desk=Desk.empty())
    finally:
        await reader.close()


def table(document: Mapping[str, Any], language: Language) -> list[str]:
    """Return an answer as lines for a terminal.

    Parameters
    ----------
    document
        The answer.
    language
        ``zh`` or ``en``.
    """
    lines = [f"{what}: {asked}" for what, asked in question_lines(document["request"], language)]
    reading = document["request"]["reading"]
    if reading is not None and reading["not_understood"]:
        missed = "; ".join(f"{one['text']} ({one[language]})" for one in reading["not_understood"])
        lines.append(f"{say('report_not_understood')[language]}: {missed}")
    lines += ["", document["conclusion"][language], ""]
    used = [one for one in document["criteria"] if one["used"]]
    head = [say("head_rank"), say("head_name"), say("head_score"), *(one["title"] for one in used)]
    shown = [[cell[language] for cell in head]]
    for one in document["results"]:
        values = {value["name"]: value for value in one["criteria"]}
        cells = [_cell(values[criterion["name"]]) for criterion in used]
        shown.append([str(one["rank"]), one[f"name_{language}"], f"{one['score']:.1f}", *cells])
    if document["results"]:
        lines += _aligned(shown)
    for place in document["results"][:3]:
        lines += ["", f"{place['rank']} {place[f'name_{language}']}"]
        lines += [f"  - {reason}" for reason in place["reasons"][language]]
    if document["alternatives"]:
        lines += ["", say("report_alternatives")[language]]
        lines += [f"  - {one['says'][language]}" for one in document["alternatives"]]
    return lines


def _cell(value: Mapping[str, Any]) -> str:
    return "–" if value["missing"] else f"{value['normalised']:.2f}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as columns; Chinese characters are two cells wide on a terminal."""
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
