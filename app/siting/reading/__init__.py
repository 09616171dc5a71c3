"""Reading: a sentence about a site, read by rules and the dictionary into the fields of the question."""

from app.siting.reading.dictionary import Dictionaries, Dictionary, load_dictionary
from app.siting.reading.reader import LONGEST, NO_PLACE, NotUnderstood, Reading, Understood, read_sentence
from app.siting.reading.requirements import LEVELS, Requirements
from app.siting.reading.words import VocabularyEntry

__all__ = [
    "LEVELS",
    "LONGEST",
    "NO_PLACE",
    "Dictionaries",
    "Dictionary",
    "NotUnderstood",
    "Reading",
    "Requirements",
    "Understood",
    "VocabularyEntry",
    "load_dictionary",
    "read_sentence",
]
