"""Texts of the interface, in both languages, from files that the page and its browser code share."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Language = Literal["zh", "en"]
FOLDER = Path(__file__).parent / "texts"
CORE = "core"
"""The texts that come with the page; each tool has a file of its own, asked for when the tool is opened."""
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")


class NoTexts(LookupError):
    """There is no file of texts of that name."""


@cache
def texts(language: Language, name: str = CORE) -> dict[str, str]:
    """Return every text of one file in one language, by key.

    Parameters
    ----------
    language
        Which language.
    name
        ``core``, or the id of a tool.

    Raises
    ------
    NoTexts
        When there is no such file.
    KeyError
        When a text lacks the language.
    """
    if not has_texts(name):
        raise NoTexts(name)
    entries = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return {key: str(words[language]) for key, words in entries.items()}


def has_texts(name: str) -> bool:
    """Tell whether there is a file of texts of that name."""
    return _NAME.fullmatch(name) is not None and (FOLDER / f"{name}.yaml").is_file()
