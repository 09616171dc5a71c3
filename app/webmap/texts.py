"""Texts of the interface, in both languages, from one file that the page and its browser code share."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Language = Literal["zh", "en"]
_FILE = Path(__file__).parent / "texts.yaml"


@cache
def texts(language: Language) -> dict[str, str]:
    """Return every text of the interface in one language, by key.

    Raises
    ------
    KeyError
        When a text lacks the language.
    """
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {key: str(words[language]) for key, words in entries.items()}
