"""Blocks: what a reader of any format hands on, before headings are looked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in a document.

    Attributes
    ----------
    rows
        One or more rows, of one or more cells from left to right. A cell that goes on from the row above is empty;
        lines of a cell are parted by ``\\n``. Where every row has one cell, the table is a frame around text.
    """

    rows: tuple[tuple[str, ...], ...]

    @property
    def is_frame(self) -> bool:
        """Whether it is a frame around text rather than a table."""
        return all(len(row) == 1 for row in self.rows)


Block = str | Table
"""A paragraph, or a table."""


class Unreadable(ValueError):
    """A file that no text can be read from; the message says why, without naming the file."""
