"""Spoken: the words that sentences have for criteria and gateways, from their own files."""

from collections.abc import Iterator

from app.siting.criteria import CRITERIA
from app.siting.gateways import GATEWAYS
from app.siting.reading import VocabularyEntry


def spoken() -> Iterator[VocabularyEntry]:
    """Yield the vocabulary of criteria and gateways, which the dictionary of sentences takes in."""
    for criterion in CRITERIA.values():
        if criterion.spoken:
            title = criterion.spoken_title or criterion.title
            yield VocabularyEntry(
                "criterion", criterion.group, title["zh"], title["en"], criterion.spoken, bare=criterion.spoken_alone
            )
    for gateway in GATEWAYS.values():
        yield VocabularyEntry("gateway", gateway.name, gateway.one["zh"], gateway.one["en"], gateway.words)
