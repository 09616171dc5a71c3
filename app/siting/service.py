"""Service: a request to its answer; what the routes, the exports and the command share."""

import json
from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.db.reader import Reader
from app.evidence.record import PlanningRecord
from app.evidence.record_store import RecordStore
from app.registry.reader import Registry
from app.siting import answer
from app.siting.evaluation import evaluate
from app.siting.links import links
from app.siting.question import Question
from app.siting.reading import Dictionaries
from app.siting.request import SitingRequest
from app.siting.resolving import resolve
from app.siting.spoken import spoken
from app.siting.survey import Survey, survey


@dataclass(frozen=True)
class SitingCaches:
    """What answers questions of siting between requests: the record and the dictionary of the data in force."""

    records: RecordStore
    dictionaries: Dictionaries

    @classmethod
    def empty(cls) -> "SitingCaches":
        """Return one that has read nothing yet."""
        return cls(RecordStore(), Dictionaries(spoken()))


@dataclass(frozen=True)
class Answer:
    """An answer, and what it was made of.

    Attributes
    ----------
    survey
        The candidates; None where the question compares none.
    document
        What is sent as JSON.
    """

    survey: Survey | None
    document: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The document as JSON text."""
        return json.dumps(self.document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


async def answer_question(
    asked: SitingRequest, *, reader: Reader, registry: Registry, caches: SitingCaches, root: str = ""
) -> Answer:
    """Answer a request.

    Parameters
    ----------
    asked
        Its fields.
    reader, registry, caches
        The database, the layers, and what is kept between requests.
    root
        Address before the paths of links.

    Raises
    ------
    BadRequest
        When a name is not known, or the question cannot be answered as asked.
    """
    version = await reader.data_version()
    record = await caches.records.current(reader)
    dictionary = await caches.dictionaries.current(reader)
    question = await resolve(asked, reader=reader, registry=registry, record=record, dictionary=dictionary)
    told = await _answered(question, reader, record, version)
    reading = told.document["request"]["reading"]
    if reading is not None:
        reading["sentence"] = asked.values["q"]
    return Answer(told.survey, {**told.document, "links": links(asked, root)})


async def _answered(question: Question, reader: Reader, record: PlanningRecord, version: str) -> Answer:
    if question.ask == "what":
        return Answer(None, answer.of_the_place(question, record, version))
    if question.ask == "against":
        return Answer(None, answer.of_the_contrary(question, record, version))
    found = await survey(reader, record, question)
    # A layer takes seconds, which other requests should not wait for.
    return _judged(found, version) if question.of_zones else await to_thread(_judged, found, version)


def _judged(found: Survey, version: str) -> Answer:
    return Answer(found, answer.document(evaluate(found), version))
