"""Base of the criteria: what each one says of itself, measures and explains; and the register they are found in."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from app.evidence.source import Source
from app.siting.curves import Curve, Floats
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import Words

Direction = Literal["more", "less"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value comes from: a place in a document, or a fact that is not from one.

    Attributes
    ----------
    says
        What it says, by language.
    source
        The document and the place in it; None where the fact is measured or looked up.
    stated
        Of a statement about an industry: the industry and the subject it is said of, and how both relate to the
        question.
    """

    says: Words
    source: Source | None = None
    stated: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """A value of one candidate, for people.

    Attributes
    ----------
    says
        One sentence.
    evidence
        What it stands on.
    """

    says: Words
    evidence: tuple[Evidence, ...] = field(default=())


class Criterion(ABC):
    """One thing that sites are compared by.

    Attributes
    ----------
    name
        Its name in requests and answers.
    group
        What a person weighs it under; several criteria may share a group.
    order
        Its place in answers.
    title, unit
        What people see.
    direction
        Whether more or less of the raw value is better.
    basis
        Where the value function is from.
    presets
        The weight of its group in each preset; a group has those of its first criterion.
    colour
        Of its bar, on a light and on a dark page.
    spoken, spoken_title, spoken_alone
        What it is called in sentences, how the reading is shown (its title where that is None), and whether to name it
        is enough to call it important (产业集聚), or the sentence has to say so (看重级别).
    of_the_zone
        Whether the raw value depends on nothing but the zone and the industries asked for, so that it may be kept.
    """

    name: ClassVar[str]
    group: ClassVar[str]
    order: ClassVar[int]
    title: ClassVar[Words]
    unit: ClassVar[Words]
    direction: ClassVar[Direction]
    basis: ClassVar[Words]
    presets: ClassVar[Mapping[str, float]]
    colour: ClassVar[Mapping[str, str]]
    spoken: ClassVar[tuple[str, ...]] = ()
    spoken_title: ClassVar[Words | None] = None
    spoken_alone: ClassVar[bool] = False
    of_the_zone: ClassVar[bool] = False

    @abstractmethod
    def curve(self, question: Question) -> Curve:
        """Return the value function; it depends on the question, never on the candidates."""

    @abstractmethod
    def measure(self, survey: Survey) -> Floats:
        """Return the raw value of each candidate, NaN where it is missing."""

    @abstractmethod
    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Explain the raw value of a candidate; it is not missing."""

    def explained(self, survey: Survey, row: int, raw: float) -> Explained:
        """Explain a raw value; what depends on the zone only is explained once."""
        if not self.of_the_zone:
            return self.explain(survey, row, raw)
        zone = survey.zones[row]
        return survey.kept(("explain", self.name, zone, raw), lambda: self.explain(survey, row, raw))

    def unknown(self, survey: Survey, row: int) -> Words | None:
        """Say why the value of a candidate is missing; None where there is nothing more to say than that it is."""
        return None

    def idle(self, question: Question) -> str | None:
        """Return the key of the reason why the question does not need this criterion, or None."""
        return None

    def shown(self, question: Question, raw: float) -> Any:
        """Return the raw value as answers show it."""
        return raw


_REGISTER: dict[str, Criterion] = {}


def register(kind: type[Criterion]) -> type[Criterion]:
    """Register a criterion by its name; the decorator of every criterion."""
    add(kind())
    return kind


def add(criterion: Criterion) -> None:
    """Register a criterion that is made of data.

    Raises
    ------
    ValueError
        When the name is taken.
    """
    if criterion.name in _REGISTER:
        raise ValueError(f"two criteria are called {criterion.name!r}")
    _REGISTER[criterion.name] = criterion


def registered() -> tuple[Criterion, ...]:
    """Return the registered criteria in their order."""
    return tuple(sorted(_REGISTER.values(), key=lambda one: (one.order, one.name)))


def texts_of(**templates: tuple[str, str]) -> Mapping[str, Words]:
    """Return the sentences of a criterion, Chinese and English, for ``app.siting.words.fill``."""
    return {key: {"zh": zh, "en": en} for key, (zh, en) in templates.items()}
