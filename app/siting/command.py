"""``yuantu siting``: the answer to a question of siting in a terminal."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated, Any

import typer

from app.db.engine import read_engine
from app.db.reader import Reader
from app.language import Language
from app.messages import translated
from app.problems import BadRequest, ParameterError
from app.registry.reader import read_registry
from app.settings import Settings
from app.siting.request import SitingRequest, read_fields
from app.siting.service import Answer, SitingCaches, answer_question
from app.siting.terminal import lines
from app.siting.vocabulary import word

Database = Callable[[Settings], AbstractContextManager[str]]
"""Gives the address of the database, and starts it where it does not run."""

_OPTIONS = {
    "industry": "industries", "area": "area", "floor": "floor", "premises": "premises", "ask": "ask", "place": "place",
    "near": "max_km", "far": "min_km", "near_place": "near", "apart": "apart", "far_from": "far_from",
    "level": "level", "within": "districts", "avoid": "avoid_districts", "element": "in_elements",
    "avoid_industry": "avoid_industries", "prefer": "prefer_districts", "prefer_level": "prefer_level",
    "layer": "layer", "preset": "preset", "emphasis": "emphasis", "weight": "weights", "needs": "needs",
    "areas": "areas", "tiers": "tiers", "limit": "limit",
}  # fmt: skip
"""Field of the question that each option is."""
_PAIRS = frozenset({"near", "far", "near_place", "apart", "weight"})
"""Options whose values are joined: pairs of a name and a number."""

One = str | None
Several = list[str] | None


def add_command(app: typer.Typer, database: Database) -> None:
    """Add the command to the application's."""

    @app.command()
    def siting(
        context: typer.Context,
        sentence: Annotated[One, typer.Argument(help="The question as a sentence.")] = None,
        industry: Annotated[Several, typer.Option(help="Industry, product or GB/T 4754 code.")] = None,
        ask: Annotated[One, typer.Option(help="where, place, what or against.")] = None,
        place: Annotated[One, typer.Option(help="Zone that the questions place and what are about.")] = None,
        area: Annotated[One, typer.Option(help="Land needed: 50公顷, 300-500亩, 0.5km².")] = None,
        floor: Annotated[One, typer.Option(help="Floor area of buildings: 200平方米.")] = None,
        premises: Annotated[One, typer.Option(help="office, factory, workshop, warehouse or laboratory.")] = None,
        near: Annotated[Several, typer.Option(help="Largest distance: airport:30km, port, rail, metro.")] = None,
        far: Annotated[Several, typer.Option(help="Smallest distance, in the same form.")] = None,
        near_place: Annotated[
            Several,
            typer.Option(help="Zone or facility to be near to: dongjiang:50; without km: nearer is better."),
        ] = None,
        apart: Annotated[Several, typer.Option(help="Zone or facility to be apart from: dongjiang:20.")] = None,
        far_from: Annotated[Several, typer.Option(help="Gateway that should be far: a preference.")] = None,
        level: Annotated[Several, typer.Option(help="national, municipal, district or town.")] = None,
        within: Annotated[Several, typer.Option(help="District, development zone or park to lie in.")] = None,
        avoid: Annotated[Several, typer.Option(help="District, development zone or park not to lie in.")] = None,
        element: Annotated[Several, typer.Option(help="Plan element to lie in.")] = None,
        avoid_industry: Annotated[Several, typer.Option(help="Leave out where documents place this industry.")] = None,
        prefer: Annotated[Several, typer.Option(help="District or zone preferred: no condition.")] = None,
        prefer_level: Annotated[Several, typer.Option(help="Level preferred: no condition.")] = None,
        layer: Annotated[One, typer.Option(help="Layer whose features are the candidates.")] = None,
        preset: Annotated[One, typer.Option(help="Weights that go together, such as transport-first.")] = None,
        emphasis: Annotated[Several, typer.Option(help="Group or gateway that matters more.")] = None,
        weight: Annotated[Several, typer.Option(help="Weight of a criterion or group: industry:40.")] = None,
        needs: Annotated[One, typer.Option(help="on or off: gateways that the industry needs.")] = None,
        areas: Annotated[One, typer.Option(help="inside or separate: functional areas.")] = None,
        tiers: Annotated[One, typer.Option(help="all: places that no document names too.")] = None,
        limit: Annotated[int | None, typer.Option(help="Number of answers; 10.")] = None,
        lang: Annotated[str, typer.Option(help="zh or en.")] = "zh",
        as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
    ) -> None:
        """Tell where an industry should go, what suits a place, and why."""
        if lang not in ("zh", "en"):
            raise typer.BadParameter("should be zh or en", param_hint="--lang")
        language: Language = "en" if lang == "en" else "zh"
        try:
            request = read_fields(_fields(sentence, context.params))
            settings = Settings()
            with database(settings) as url:
                answer = asyncio.run(_answer(request, settings, url))
        except BadRequest as error:
            for one in error.errors:
                typer.secho(complaint(one, language), err=True, fg=typer.colors.RED)
            raise typer.Exit(2) from None
        typer.echo(answer.text if as_json else "\n".join(lines(answer.document, language)))


def _fields(sentence: str | None, options: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a question that the command's options are."""
    given: dict[str, Any] = {"q": sentence} if sentence is not None else {}
    for option, field in _OPTIONS.items():
        value = options.get(option)
        if isinstance(value, list | tuple):
            value = (",".join(value) if option in _PAIRS else list(value)) if value else None
        if value is not None:
            given[field] = value
    return given


def complaint(error: ParameterError, language: Language) -> str:
    """Return a fault as a line: what the field is called in the language, the option, and what would be right."""
    options = {field: option for option, field in _OPTIONS.items()}
    name = word("field", error.parameter)[language]
    message = translated(error.message, language)
    option = options.get(error.parameter)
    if option is None:
        return f"{name}：{message}" if language == "zh" else f"{name}: {message}"
    flag = f"--{option.replace('_', '-')}"
    return f"{name}（{flag}）：{message}" if language == "zh" else f"{flag}: {message}"


async def _answer(request: SitingRequest, settings: Settings, url: str) -> Answer:
    reader = Reader([read_engine(url, settings, assume_role=True)])
    try:
        registry = read_registry(settings.layers_dir)
        return await answer_question(request, reader=reader, registry=registry, caches=SitingCaches.empty())
    finally:
        await reader.close()
