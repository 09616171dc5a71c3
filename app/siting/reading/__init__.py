"""Reading: a sentence about a site, read by rules and the dictionary into the fields of the question."""

from app.siting.reading.dictionary import Dictionaries, Dictionary, load_dictionary
from app.siting.reading.fields import LEVELS, SitingFields
from app.siting.reading.reader import LONGEST, NotUnderstood, Reading, Understood, read_sentence

__all__ = [
    "LEVELS",
    "LONGEST",
    "Dictionaries",
    "Dictionary",
    "NotUnderstood",
    "Reading",
    "SitingFields",
    "Understood",
    "load_dictionary",
    "read_sentence",
]
