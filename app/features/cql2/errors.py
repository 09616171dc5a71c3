"""Cql2Error: what is wrong with a filter, where, and what would be right."""

from app.messages import Message, sentence


class Cql2Error(ValueError):
    """A filter that cannot be used.

    Parameters
    ----------
    message
        What is wrong and what would be right.
    position
        Offset into the text of the filter, from 0; None for a filter in JSON.

    Attributes
    ----------
    position
        The same.
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        """Word the error, with the place counted from 1 as people count."""
        self.position = position
        super().__init__(
            message
            if position is None
            else Message("{fault} (at character {place})", fault=sentence(message), place=position + 1)
        )


def shown(text: object, limit: int = 40) -> str:
    """Return what a client wrote, shortened and quoted for an error message."""
    words = str(text)
    return repr(words if len(words) <= limit else words[:limit] + "…")
