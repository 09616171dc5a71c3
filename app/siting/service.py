"""Service: a request to its answer; what the routes, the exports and the command share."""

import json
from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.db.reader import Reader
from app.registry.reader import Registry
from app.siting import answer
from app.siting.evaluation import Evaluation, evaluate
from app.siting.intake import Asked, resolve
from app.siting.library import Library
from app.siting.links import links
from app.siting.reading import Dictionaries
from app.siting.survey import Survey, survey


@dataclass(frozen=True)
class Desk:
    """What answers questions of siting between requests: the knowledge and the dictionary of the data in force."""

    library: Library
    dictionaries: Dictionaries

    @classmethod
    def empty(cls) -> "Desk":
        """Return one that has read nothing yet."""
        return cls(Library(), Dictionaries())


@dataclass(frozen=True)
class Answer:
    """An answer, and what it was made of.

    Attributes
    ----------
    evaluation
        The candidates, judged.
    document
        What is sent as JSON.
    """

    evaluation: Evaluation
    document: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The document as JSON text."""
        return json.dumps(self.document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


async def answer_question(asked: Asked, *, reader: Reader, registry: Registry, desk: Desk, root: str = "") -> Answer:
    """Answer a request.

    Parameters
    ----------
    asked
        Its fields.
    reader, registry, desk
        The database, the layers, and what is kept between requests.
    root
        Address before the paths of links.

    Raises
    ------
    BadRequest
        When a name is not known, or the question cannot be answered as asked.
    """
    version = await reader.data_version()
    knowledge = await desk.library.current(reader)
    dictionary = await desk.dictionaries.current(reader)
    question = await resolve(asked, reader=reader, registry=registry, knowledge=knowledge, dictionary=dictionary)
    found = await survey(reader, knowledge, question)
    # A layer takes seconds, which other requests should not wait for.
    evaluation, told = _judged(found, version) if question.layer is None else await to_thread(_judged, found, version)
    reading = told["request"]["reading"]
    if reading is not None:
        reading["sentence"] = asked.values["q"]
    return Answer(evaluation, {**told, "links": links(asked, root)})


def _judged(found: Survey, version: str) -> tuple[Evaluation, dict[str, Any]]:
    evaluation = evaluate(found)
    return evaluation, answer.document(evaluation, version)
