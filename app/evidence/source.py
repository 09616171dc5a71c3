"""Source: a place in a document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a document, and its own short words there."""

    document: str
    locator: str
    wording: str = ""
