"""Reading tables: CSV files to typed rows, with file and line in every complaint."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class LoadError(ValueError):
    """Facts that cannot be loaded. The message lists every fault as ``file:line: what``."""

    def __init__(self, faults: list[str]) -> None:
        """Join the faults, the first hundred of them."""
        self.faults = tuple(faults)
        more = [f"… and {len(faults) - 100} more"] if len(faults) > 100 else []
        super().__init__("\n".join([*faults[:100], *more]))


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Attributes
    ----------
    place
        ``file:line`` it begins at.
    values
        Converted values by column; empty cells are None, or an empty list where the column holds several values.
    """

    place: str
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        """Return the value of a column."""
        return self.values[column]


@dataclass(frozen=True)
class Column:
    """What a column may hold.

    Attributes
    ----------
    convert
        Turns the text of a cell into its value; raises ValueError saying what would be right.
    required
        Whether an empty cell is a fault.
    refers_to
        Name of the table whose ids the values are, if they are ids.
    several
        Whether a cell holds several values, joined by ``;``.
    """

    convert: Callable[[str], Any] = str
    required: bool = False
    refers_to: str | None = None
    several: bool = False

    def read(self, cell: str) -> Any:
        """Return the value of a cell."""
        if self.several:
            return [self.convert(part.strip()) for part in cell.split(";") if part.strip()]
        if cell == "":
            if self.required:
                raise ValueError("is empty")
            return None
        return self.convert(cell)


def slug(text: str) -> str:
    """Accept an id of lower-case ASCII letters, digits and single hyphens."""
    if not SLUG.fullmatch(text):
        raise ValueError(f"{text!r} is no id: use lower-case letters, digits and single hyphens")
    return text


def number(text: str) -> Decimal:
    """Accept a decimal number."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number") from None
    if not value.is_finite():
        raise ValueError(f"{text!r} is not a finite number")
    return value


def integer(text: str) -> int:
    """Accept a whole number."""
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a whole number") from None


def one_of(values: tuple[str, ...]) -> Callable[[str], str]:
    """Accept a word of a vocabulary."""

    def convert(text: str) -> str:
        if text not in values:
            raise ValueError(f"{text!r} is not one of {', '.join(values)}")
        return text

    return convert


@dataclass(frozen=True)
class Table:
    """A file, or a folder of files of the same columns, and what its columns may hold.

    Attributes
    ----------
    file
        Name below geodata/: ``zones.csv``, or ``industries/`` for a folder.
    columns
        Every column by name, in the order of the header.
    key
        The column of the ids, if rows have ids.
    """

    file: str
    columns: Mapping[str, Column]
    key: str | None = "id"

    def paths(self, folder: Path) -> list[Path]:
        """Return the files the table is read from, in the order of their names."""
        if self.file.endswith("/"):
            return sorted((folder / self.file).glob("*.csv"))
        return [folder / self.file]

    def read(self, folder: Path, faults: list[str]) -> list[Row]:
        """Read every row; append what is wrong to ``faults``."""
        paths = self.paths(folder)
        if not paths:
            faults.append(f"{self.file}: holds no CSV file")
        rows = [row for path in paths for row in self._read_file(folder, path, faults)]
        if self.key is not None:
            self._check_unique(rows, self.key, faults)
        return rows

    def _read_file(self, folder: Path, path: Path, faults: list[str]) -> Iterator[Row]:
        name = path.relative_to(folder).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            faults.append(f"{name}: missing")
            return
        except UnicodeDecodeError as error:
            faults.append(f"{name}: not UTF-8 (byte {error.start})")
            return
        reader = csv.reader(text.splitlines(keepends=True), strict=True)
        header = next(reader, [])
        if header != list(self.columns):
            faults.append(f"{name}:1: the header should be {','.join(self.columns)}")
            return
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                faults.append(f"{name}:{line}: not CSV: {error}")
                return
            if cells is None:
                return
            if cells:
                row = self._convert(f"{name}:{line}", cells, faults)
                if row is not None:
                    yield row

    def _convert(self, place: str, cells: list[str], faults: list[str]) -> Row | None:
        if len(cells) != len(self.columns):
            faults.append(f"{place}: {len(cells)} cells instead of {len(self.columns)}")
            return None
        values: dict[str, Any] = {}
        sound = True
        for (name, column), cell in zip(self.columns.items(), cells, strict=True):
            try:
                values[name] = column.read(cell.strip())
            except ValueError as error:
                faults.append(f"{place}: {name}: {error}")
                sound = False
        return Row(place, values) if sound else None

    @staticmethod
    def _check_unique(rows: list[Row], key: str, faults: list[str]) -> None:
        first: dict[str, str] = {}
        for row in rows:
            if row[key] in first:
                faults.append(f"{row.place}: {key} {row[key]!r} stands already at {first[row[key]]}")
            first.setdefault(row[key], row.place)
