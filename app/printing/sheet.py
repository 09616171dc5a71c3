"""Sheet: what a sheet of paper shows, read from a query and checked as a whole."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final
from urllib.parse import urlencode

from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.webmap.address import known_parts
from app.webmap.texts import Language

PAPERS: Final[Mapping[str, tuple[float, float]]] = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
"""Width and height upright, millimetres (ISO 216)."""

ORIENTATIONS: Final = ("portrait", "landscape")
GRIDS: Final = ("none", "degrees", "kilometres")
RESOLUTIONS: Final = ("96", "150", "300")
SCALES: Final = (1_000, 3_000_000)
"""The largest and the smallest scale, as denominators."""

LONGEST_TITLE: Final = 60
LONGEST_MAKER: Final = 40
LONGEST_QUERY: Final = 30_000

CHINA: Final = timezone(timedelta(hours=8))
"""The time that a sheet is dated in."""

_WITHOUT_EFFECT = frozenset({"tool", "print", "search", "compare", "table", "statistics"})
"""Parts of the map's address that a sheet does not show."""

_VIEW = re.compile(r"-?\d{1,3}(\.\d+)?,-?\d{1,2}(\.\d+)?,\d{1,2}(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper.

    Attributes
    ----------
    paper
        ``A4`` or ``A3``.
    orientation
        ``portrait`` or ``landscape``.
    title
        Heading; empty for the usual one.
    maker
        Who has it made, where that is to be said.
    scale
        Denominator of the scale in the middle of the map; None for the one that the view of the address fits into.
    grid
        ``none``, ``degrees`` or ``kilometres`` (Gauss-Kruger).
    date
        The day it bears.
    resolution
        Dots per inch of the PNG.
    """

    paper: str = "A4"
    orientation: str = "landscape"
    title: str = ""
    maker: str = ""
    scale: int | None = None
    grid: str = "degrees"
    date: str = ""
    resolution: int = 150

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height as it lies, millimetres."""
        width, height = PAPERS[self.paper]
        return (width, height) if self.orientation == "portrait" else (height, width)


@dataclass(frozen=True, slots=True)
class SheetQuery:
    """A sheet, and the map on it.

    Attributes
    ----------
    sheet
        The sheet.
    language
        Language of the texts on it.
    layers
        Layers to open with, joined by commas; None for the usual ones.
    parts
        Every part of the map's address that the sheet shows, by name.
    """

    sheet: Sheet
    language: Language
    layers: str | None
    parts: tuple[tuple[str, str], ...]

    @property
    def canonical(self) -> str:
        """The query of the same sheet, with its parts in the order of their names."""
        told = {name: str(value) for name, value in asdict(self.sheet).items() if value not in (None, "")}
        return urlencode(sorted([*told.items(), *self.parts]), safe=",:/")


def read_sheet(pairs: Sequence[tuple[str, str]], layer_ids: Sequence[str], *, today: date | None = None) -> SheetQuery:
    """Return the sheet that a query asks for.

    Parameters
    ----------
    pairs
        The parameters of the query.
    layer_ids
        The layers that there are.
    today
        The day, where the query gives none.

    Raises
    ------
    BadRequest
        With everything that is wrong in it.
    """
    own = tuple(Sheet.__dataclass_fields__)
    known = (*own, *known_parts())
    errors: list[ParameterError] = []
    values: dict[str, str] = {}
    for name, value in pairs:
        if name not in known:
            errors.append(ParameterError(name[:100], "there is no such parameter", allowed=known))
        elif name in values:
            errors.append(ParameterError(name, "stands in the query twice", value))
        elif not value.isprintable():
            errors.append(ParameterError(name, "should hold no control characters"))
        values[name] = value
    if sum(map(len, values.values())) > LONGEST_QUERY:
        errors.append(ParameterError("query", Message("should be at most {most} characters", most=LONGEST_QUERY)))
    reader = _Reader(values, errors)
    sheet = _sheet(reader, today or datetime.now(CHINA).date())
    language = reader.choice("lang", ("zh", "en"), "zh")
    reader.check_layers(layer_ids)
    reader.check_view()
    if errors:
        raise BadRequest(errors)
    parts = tuple(
        sorted((name, text) for name, text in values.items() if name not in own and name not in _WITHOUT_EFFECT)
    )
    return SheetQuery(sheet, "en" if language == "en" else "zh", values.get("layers"), parts)


def _sheet(reader: "_Reader", today: date) -> Sheet:
    return Sheet(
        paper=reader.choice("paper", tuple(PAPERS), "A4"),
        orientation=reader.choice("orientation", ORIENTATIONS, "landscape"),
        title=reader.text("title", LONGEST_TITLE),
        maker=reader.text("maker", LONGEST_MAKER),
        scale=reader.scale(),
        grid=reader.choice("grid", GRIDS, "degrees"),
        date=reader.day(today),
        resolution=int(reader.choice("resolution", RESOLUTIONS, "150")),
    )


class _Reader:
    """Values of a query, and what is wrong with them."""

    def __init__(self, values: dict[str, str], errors: list[ParameterError]) -> None:
        self._values, self._errors = values, errors

    def _wrong(self, name: str, message: str, allowed: Sequence[str] = ()) -> None:
        self._errors.append(ParameterError(name, message, self._values[name], allowed))

    def choice(self, name: str, allowed: tuple[str, ...], usual: str) -> str:
        value = self._values.get(name, usual)
        if value not in allowed:
            self._wrong(name, Message("should be one of {allowed}", allowed=", ".join(allowed)), allowed)
            return usual
        return value

    def text(self, name: str, longest: int) -> str:
        value = self._values.get(name, "").strip()
        if len(value) > longest:
            self._wrong(name, Message("should be at most {most} characters", most=longest))
        return value

    def scale(self) -> int | None:
        value = self._values.get("scale")
        if value is None:
            return None
        largest, smallest = SCALES
        if value.isascii() and value.isdigit() and largest <= int(value[:12]) <= smallest:
            return int(value)
        self._wrong("scale", Message("should be a whole number from {least} to {most}", least=largest, most=smallest))
        return None

    def day(self, today: date) -> str:
        value = self._values.get("date")
        if value is None:
            return today.isoformat()
        try:
            if date.fromisoformat(value).isoformat() == value:
                return value
        except ValueError:
            pass
        self._wrong("date", "should be a day such as 2025-03-31")
        return ""

    def check_layers(self, layer_ids: Sequence[str]) -> None:
        asked = [part.strip() for part in self._values.get("layers", "").split(",") if part.strip()]
        if any(one not in layer_ids for one in asked):
            self._wrong("layers", "names a layer that does not exist", tuple(layer_ids))

    def check_view(self) -> None:
        view = self._values.get("view")
        if view is not None and _VIEW.fullmatch(view) is None:
            self._wrong("view", "should be longitude, latitude and zoom, such as 117.7,39.0,11")
