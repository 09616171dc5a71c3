"""Readers: the text of one request parameter to its value; what is wrong is said in one sentence."""

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.db.vocabulary import ZONE_LEVELS
from app.geodesy.crs import CRS84, Crs, UnknownCrsError, find_crs
from app.messages import Message

MAX_LIMIT = 10_000
MAX_WORDS = 200
"""Longest text of a parameter that names something, characters."""
MAX_OFFSET = 10_000_000
MAX_PRECISION = 15

Bbox = tuple[float, float, float, float]


def bbox(text: str) -> Bbox:
    """Read 4 or 6 numbers: the lower corner, then the upper; heights are not kept."""
    wrong = "should be four (or, with heights, six) numbers joined by commas: west,south,east,north"
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise ValueError(wrong) from None
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        raise ValueError(wrong)
    return numbers[0], numbers[1], numbers[2], numbers[3]


def oriented_bbox(corners: Bbox, crs: Crs) -> Bbox:
    """Return a bbox as west, south, east, north whatever the axis order of its CRS; check that it makes sense.

    A west greater than the east crosses the antimeridian; only geographic CRSs have one. In the default CRS a box
    beyond the globe is a mistake (often swapped axes). In a CRS that was asked for it simply holds nothing there, and
    is cut to the globe.
    """
    first, second, third, fourth = corners
    west, south, east, north = (second, first, fourth, third) if crs.swaps_xy else corners
    if crs == CRS84 and not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise ValueError("should lie within -180,-90,180,90 degrees: longitude comes first")
    if not crs.is_geographic and west > east:
        raise ValueError(Message("has its lower easting ({west:g}) above its upper ({east:g})", west=west, east=east))
    if south > north:
        raise ValueError(
            Message(
                "has its lower northing or latitude ({south:g}) above its upper ({north:g})", south=south, north=north
            )
        )
    if crs.is_geographic:
        west, east = (min(max(x, -180.0), 180.0) for x in (west, east))
        south, north = (min(max(y, -90.0), 90.0) for y in (south, north))
    return west, south, east, north


def whole(text: str, *, least: int, most: int, clamp: bool = False) -> int:
    """Read a whole number in ASCII digits; above ``most`` it is an error, or clamped."""
    digits = re.fullmatch(r"0*([0-9]+)", text)
    # Python refuses to read thousands of digits; what has more than eighteen is above any bound.
    number = -1 if digits is None else int(digits[1][:19])
    if number < least or (number > most and not clamp):
        raise ValueError(Message("should be a whole number from {least} to {most}", least=least, most=most))
    return min(number, most)


def limit(text: str) -> int:
    """Read a limit; above the largest it is clamped, as OGC API - Features asks."""
    return whole(text, least=1, most=MAX_LIMIT, clamp=True)


def offset(text: str) -> int:
    """Read how many features to skip."""
    return whole(text, least=0, most=MAX_OFFSET)


def precision(text: str) -> int:
    """Read a number of decimals."""
    return whole(text, least=0, most=MAX_PRECISION)


def metres(text: str) -> float:
    """Read a tolerance in metres, above 0."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value <= 100_000:
        raise ValueError("should be a number of metres above 0 and up to 100000")
    return value


def flag(text: str) -> bool:
    """Read true or false."""
    if text not in ("true", "false"):
        raise ValueError("should be true or false")
    return text == "true"


def level(text: str) -> str:
    """Read a level of zones."""
    if text not in ZONE_LEVELS:
        raise ValueError(Message("should be one of {names}", names=", ".join(ZONE_LEVELS)))
    return text


def words(text: str) -> str:
    """Read an id or a name."""
    stripped = text.strip()
    if not stripped or len(stripped) > MAX_WORDS or "\x00" in stripped:
        raise ValueError(Message("should be 1 to {most} characters", most=MAX_WORDS))
    return stripped


def names(text: str) -> tuple[str, ...]:
    """Read names joined by commas; none at all is allowed."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if len(found) > MAX_WORDS:
        raise ValueError(Message("should be at most {most} names", most=MAX_WORDS))
    return tuple(dict.fromkeys(found))


def crs(text: str) -> Crs:
    """Read a CRS by URI or safe CURIE."""
    try:
        return find_crs(text)
    except UnknownCrsError as error:
        raise ValueError(str(error)) from None


DEFAULT_CRS = CRS84


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of time, both ends included; an end that is None is open.

    Attributes
    ----------
    start, end
        First and last moment, in UTC. A date stands for its whole day.
    """

    start: datetime | None
    end: datetime | None


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})")


def _moment(text: str, *, last: bool) -> datetime:
    wrong = Message("{text!r} should be a date (2025-01-31) or an RFC 3339 time (2025-01-31T12:00:00Z)", text=text[:40])
    try:
        if _DATE.fullmatch(text):
            day = datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
            return day + timedelta(days=1, microseconds=-1) if last else day
        if _TIME.fullmatch(text):
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueError(wrong)


def interval(text: str) -> Interval:
    """Read an instant, or a start and an end joined by ``/``; ``..`` or nothing leaves an end open."""
    parts = text.split("/")
    if len(parts) > 2:
        raise ValueError("should be one instant, or two joined by '/'")
    if len(parts) == 1:
        return Interval(_moment(text, last=False), _moment(text, last=True))
    open_ends = [part in ("", "..") for part in parts]
    if all(open_ends):
        raise ValueError("should have at least one end that is not open")
    span = Interval(
        None if open_ends[0] else _moment(parts[0], last=False), None if open_ends[1] else _moment(parts[1], last=True)
    )
    if span.start is not None and span.end is not None and span.start > span.end:
        raise ValueError("ends before it starts")
    return span


@dataclass(frozen=True, slots=True)
class SortKey:
    """A field to sort by."""

    name: str
    descending: bool = False


def sort_keys(text: str) -> tuple[SortKey, ...]:
    """Read fields joined by commas, each with ``+`` (the default) or ``-`` before it."""
    keys = []
    for part in text.split(","):
        # A plus sign in a query string arrives as a space.
        name = part.strip(" ").removeprefix("+")
        descending = name.startswith("-")
        keys.append(SortKey(name.removeprefix("-").strip(), descending))
    if not all(key.name for key in keys) or len(keys) > 8:
        raise ValueError("should be up to 8 fields joined by commas, each with + or - before it")
    if len({key.name for key in keys}) != len(keys):
        raise ValueError("names a field twice")
    return tuple(keys)
