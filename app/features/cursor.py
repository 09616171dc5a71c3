"""Cursor: the place in a sorted result from which the next page goes on.

A cursor is the sort values and the id of the last feature of a page, with a hash of the question it belongs to, as
base64url of compact JSON. It stays right while features are added or removed, which an offset does not. Values are
kept as the text that PostgreSQL writes for them, so they come back exactly.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

_MAX_LENGTH = 8_000
"""Long enough for the characters that features are sorted by, whichever they are."""


class BadCursor(ValueError):
    """A cursor that this service did not write, or that belongs to another question."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended.

    Attributes
    ----------
    values
        Text of the sort values of the last feature, its id last; None for a null.
    """

    values: tuple[str | None, ...]

    def encode(self, question: str) -> str:
        """Return the cursor as it stands in an address.

        Parameters
        ----------
        question
            The canonical form of everything that decides which features there are and in which order.
        """
        text = json.dumps([_hash(question), *self.values], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(text: str, question: str, length: int) -> Cursor:
    """Read a cursor.

    Parameters
    ----------
    text
        As it stands in the address.
    question
        The canonical form of the question it should belong to.
    length
        How many values it should have.

    Raises
    ------
    BadCursor
        When it is no cursor, or one of another question.
    """
    if len(text) > _MAX_LENGTH or not text.isascii():
        raise BadCursor("is not a cursor of this service; follow the next link of a page")
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        found = json.loads(raw.decode())
    except (binascii.Error, ValueError, RecursionError):
        raise BadCursor("is not a cursor of this service; follow the next link of a page") from None
    sound = isinstance(found, list) and all(v is None or (isinstance(v, str) and "\x00" not in v) for v in found)
    if not sound or len(found) != length + 1 or found[-1] is None:
        raise BadCursor("is not a cursor of this service; follow the next link of a page")
    if found[0] != _hash(question):
        raise BadCursor(
            "belongs to another question: the filter or the order has changed since; start from the first page"
        )
    return Cursor(tuple(found[1:]))


def _hash(question: str) -> str:
    return hashlib.sha256(question.encode()).hexdigest()[:12]
