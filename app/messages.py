"""Messages: sentences for the person who made a request, in English, that can be said in Chinese.

The code has the English sentence where the fault is found; ``messages.zh.yaml`` has the Chinese one under it. What is
missing there stays English, so that no fault goes unsaid.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.language import Language

CATALOGUE = Path(__file__).with_name("messages.zh.yaml")


class Message(str):
    """A sentence with values in it: the English text, which keeps what it was made of.

    Parameters
    ----------
    template
        The English sentence, with replacement fields as of ``str.format``.
    values
        The values of the fields. A value that is a message itself is translated with the sentence.

    Examples
    --------
    >>> Message("should be a whole number from {least} to {most}", least=1, most=9)
    'should be a whole number from 1 to 9'
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> "Message":
        """Fill in the values."""
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made

    def __str__(self) -> str:
        """Return the message itself, so that ``str(error)`` of an exception made with it can be translated too."""
        return self


class Bilingual(str):
    """A value of a message that is said otherwise in Chinese, such as the words of a vocabulary.

    Parameters
    ----------
    en, zh
        The value in both languages.
    """

    zh: str

    def __new__(cls, en: str, zh: str) -> "Bilingual":
        """Keep the Chinese beside the English."""
        made = super().__new__(cls, en)
        made.zh = zh
        return made


def sentence(text: str) -> Message:
    """Return a text as a message, so that it is translated where it stands in another."""
    return text if isinstance(text, Message) else Message(text)


def translated(text: str, language: Language) -> str:
    """Return a message, or a sentence without values, in a language.

    Parameters
    ----------
    text
        The English sentence.
    language
        Which language. What has no translation stays as it is.
    """
    if language == "en":
        return text
    if isinstance(text, Bilingual):
        return text.zh
    message = sentence(text)
    template = _catalogue().get(message.template)
    if template is None:
        return text
    if not message.values:
        return template
    return template.format(
        **{
            name: translated(value, language) if isinstance(value, Message | Bilingual) else value
            for name, value in message.values.items()
        }
    )


@cache
def _catalogue() -> dict[str, str]:
    """Return the Chinese sentence for each English one."""
    entries: dict[str, str] = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    return entries
