"""Rule: what a document asks, with its own verb, and of what industries and places it speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.evidence.source import Source

Kind = Literal["rule", "thing", "office"]
"""``rule``: a row of the table of rules; ``thing``: what a document reports as done (钢铁围城), a named thing that sets
no rule of its own; ``office``: a rule that an office has added."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A clause that asks, directs or limits something.

    Attributes
    ----------
    theme, strength
        Of ``RULE_THEMES`` and ``RULE_STRENGTHS`` in ``app.db.vocabulary``.
    verb
        The document's own verb; empty for a thing.
    clause_zh
        The document's own words, at most 60 characters; for a thing its name.
    scope
        Ids of the zones and plan elements that it speaks of.
    industries
        Ids of the industries that it names; empty where it names none.
    source
        Where it stands. For a rule of an office the document is the title that the office gives.
    titles
        The title of an office's document by language; None where the document is one of the record's.
    """

    id: str
    theme: str
    strength: str
    verb: str
    clause_zh: str
    summary_zh: str
    summary_en: str
    scope: tuple[str, ...]
    industries: tuple[str, ...]
    source: Source
    kind: Kind = "rule"
    titles: Mapping[str, str] | None = None

    @property
    def address(self) -> str | None:
        """Where the service has more of it; None for a rule of an office."""
        return None if self.kind == "office" else f"/api/{self.kind}s/{self.id}"
