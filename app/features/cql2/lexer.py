"""Lexer: CQL2 text to tokens (annex B of OGC 21-065r2)."""

import re
from dataclasses import dataclass
from typing import Literal

from app.features.cql2.check import MAX_TEXT, check_text
from app.features.cql2.errors import Cql2Error, shown
from app.messages import Message

Kind = Literal["name", "quoted", "number", "string", "sign", "end"]

# Rules identifierStart and identifierPart. ':' and '.' are part of names: eo:cloud_cover, a.b.
NAME_START = (
    ":_A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1ffe\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME_PART = NAME_START + ".0-9\u0300-\u036f\u203f-\u2040"
_SPACE = "\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

_TOKEN = re.compile(
    rf"""
    (?P<space>[{_SPACE}]+)
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>[{NAME_START}][{NAME_PART}]*)
  | (?P<sign><>|<=|>=|[=<>()+\-*/%^,])
    """,
    re.VERBOSE,
)
_ESCAPES = {
    "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "'": "'", "\\": "\\",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the language.

    Attributes
    ----------
    kind
        What it is; a quoted name is ``quoted``.
    text
        The name, the sign, the digits, or the content of the literal without quotes and escapes.
    position
        Offset into the text.
    """

    kind: Kind
    text: str
    position: int

    @property
    def word(self) -> str:
        """The token in lower case if it can be a keyword, else nothing."""
        return self.text.lower() if self.kind == "name" and self.text.isascii() else ""


def tokens(text: str) -> list[Token]:
    """Return the tokens of a filter, the last of kind ``end``.

    Raises
    ------
    Cql2Error
        When the text is too long, or a character cannot stand where it is.
    """
    if len(text) > MAX_TEXT:
        raise Cql2Error(
            Message("The filter has {count} characters; at most {most} are read", count=len(text), most=MAX_TEXT)
        )
    check_text(text, 0)
    found: list[Token] = []
    at = 0
    while at < len(text):
        start = at
        if text[at] in "'\"":
            token, at = (_string if text[at] == "'" else _quoted)(text, at)
            found.append(token)
            continue
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise Cql2Error(Message("{text} has no place in CQL2 text", text=shown(text[at])), at)
        at = match.end()
        kind = match.lastgroup
        if kind == "number" and at < len(text) and re.match(f"[{NAME_START}.]", text[at]):
            raise Cql2Error("A number should end here; names do not begin with a digit unless quoted", at)
        if kind != "space":
            found.append(Token(kind, match[0], start))  # type: ignore[arg-type]
    found.append(Token("end", "", len(text)))
    return found


def _string(text: str, start: int) -> tuple[Token, int]:
    """Read a character literal: ``''`` and ``\\'`` are a quote, ``\\n`` and the like control characters.

    A backslash before any other character stands for itself, so that ``\\%`` reaches a LIKE pattern.
    """
    parts: list[str] = []
    at = start + 1
    while at < len(text):
        here, following = text[at], text[at + 1 : at + 2]
        if here == "'" and following != "'":
            return Token("string", "".join(parts), start), at + 1
        if here == "'":
            parts.append("'")
            at += 2
        elif here == "\\" and following in _ESCAPES and following:
            parts.append(_ESCAPES[following])
            at += 2
        else:
            parts.append(here)
            at += 1
    raise Cql2Error("The character literal that begins here is not closed; a quote inside it is doubled: ''", start)


def _quoted(text: str, start: int) -> tuple[Token, int]:
    parts: list[str] = []
    at = start + 1
    while at < len(text):
        if text[at] != '"':
            parts.append(text[at])
            at += 1
        elif text[at + 1 : at + 2] == '"':
            parts.append('"')
            at += 2
        elif not parts:
            raise Cql2Error("A quoted name should not be empty", start)
        else:
            return Token("quoted", "".join(parts), start), at + 1
    raise Cql2Error('The name that begins here is not closed with "', start)
