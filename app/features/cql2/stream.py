"""TokenStream: the tokens of a filter, one after the other, and how deep the reading has gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from app.features.cql2.check import MAX_DEPTH, too_deep
from app.features.cql2.errors import Cql2Error, shown
from app.features.cql2.lexer import Token, tokens
from app.messages import Message, sentence


class TokenStream:
    """Reads tokens from left to right.

    Parameters
    ----------
    text
        The filter.
    """

    def __init__(self, text: str) -> None:
        """Split the text into tokens."""
        self._tokens = tokens(text)
        self._at = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self._tokens[self._at]

    @property
    def following(self) -> Token:
        """The token after that."""
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    def next(self) -> Token:
        """Read a token."""
        token = self.token
        if token.kind != "end":
            self._at += 1
        return token

    def at_sign(self, *signs: str) -> bool:
        """Tell whether one of the signs comes next."""
        return self.token.kind == "sign" and self.token.text in signs

    def take_sign(self, sign: str) -> bool:
        """Read the sign if it comes next, and tell whether it did."""
        found = self.at_sign(sign)
        if found:
            self.next()
        return found

    def take_word(self, *words: str) -> str:
        """Read one of the keywords, in lower case, if it comes next; else return nothing."""
        found = self.token.word
        if found and found in words:
            self.next()
            return found
        return ""

    def expect_sign(self, sign: str, where: str) -> None:
        """Read a sign that has to come next."""
        if not self.take_sign(sign):
            self.fail(Message("Expected {sign!r} {where}", sign=sign, where=sentence(where)))

    def expect_word(self, word: str, where: str) -> None:
        """Read a keyword that has to come next."""
        if not self.take_word(word):
            self.fail(Message("Expected {word} {where}", word=word.upper(), where=sentence(where)))

    def expect_string(self, what: str) -> Token:
        """Read a character literal that has to come next."""
        if self.token.kind != "string":
            self.fail(Message("Expected {what} in single quotes", what=sentence(what)))
        return self.next()

    def opens_list(self) -> bool:
        """Tell whether the parenthesis that comes next holds nothing, or something before a comma of its own."""
        depth = 0
        for ahead in range(self._at, len(self._tokens)):
            token = self._tokens[ahead]
            if token.kind != "sign":
                continue
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if depth == 0:
                return ahead == self._at + 1
            if depth == 1 and token.text == ",":
                return True
        return False

    def fail(self, expected: str) -> NoReturn:
        """Raise an error at the token to be read next."""
        found = Message("the end of the filter") if self.token.kind == "end" else shown(self.token.text)
        raise Cql2Error(
            Message("{expected}, found {found}", expected=sentence(expected), found=found), self.token.position
        )

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Count one level of nesting.

        Raises
        ------
        Cql2Error
            When there are too many.
        """
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep(self.token.position)
        yield
        self._depth -= 1
