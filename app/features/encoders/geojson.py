"""GeoJSON (RFC 7946), GeoJSON text sequences (RFC 8142) and JSON-FG (OGC 21-045r1), from texts that PostGIS made."""

import json
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from app.features.encoders.stream import FeatureStream
from app.geodesy.crs import CRS84

RECORD_SEPARATOR = "\x1e"
_GEOMETRY = ',"geometry":'

_JSON_FG = "http://www.opengis.net/spec/json-fg-1/1.0/conf"
JSON_FG_CONFORMANCE = (f"{_JSON_FG}/core", f"{_JSON_FG}/types-schemas")
JSON_FG_PROFILE = "http://www.opengis.net/def/profile/OGC/0/jsonfg"
_DIMENSION = {"point": 0, "line": 1, "polygon": 2}


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _members(members: Mapping[str, Any]) -> str:
    return "".join(f"{_compact(name)}:{_compact(value)}," for name, value in members.items())


async def _collection(
    stream: FeatureStream, head: Mapping[str, Any], rewrite: "_Rewrite | None" = None
) -> AsyncGenerator[bytes, None]:
    yield f'{{"type":"FeatureCollection",{_members(head)}"features":['.encode()
    returned = 0
    async for batch in stream.text_batches():
        texts = [rewrite(text) for text in batch] if rewrite is not None else batch
        if texts:
            yield (("," if returned else "") + ",".join(texts)).encode()
        returned += len(texts)
    tail = await stream.tail(returned) if stream.tail is not None else {}
    yield f'],{_members(tail)}"numberReturned":{returned}}}'.encode()


def geojson(stream: FeatureStream) -> AsyncGenerator[bytes, None]:
    """Yield a FeatureCollection: ``head``, the features, ``tail`` and ``numberReturned``."""
    return _collection(stream, stream.head)


async def geojson_sequence(stream: FeatureStream) -> AsyncGenerator[bytes, None]:
    """Yield a sequence: each feature after a record separator (0x1E) and before a line feed (RFC 7464, 2.2)."""
    async for batch in stream.text_batches():
        if batch:
            yield "".join(f"{RECORD_SEPARATOR}{text}\n" for text in batch).encode()


def json_fg(stream: FeatureStream) -> AsyncGenerator[bytes, None]:
    """Yield a JSON-FG feature collection.

    A geometry in CRS84 stands in ``geometry``, and ``place`` is null. In any other CRS it stands in ``place``, in the
    axis order of the CRS, ``coordRefSys`` names the CRS once for the collection, and ``geometry`` is null. ``time``
    comes from the fields that the layer's ``datetime`` names; it is absent when they are not selected.
    """
    head: dict[str, Any] = {
        "conformsTo": JSON_FG_CONFORMANCE,
        "featureType": stream.layer.id,
        "geometryDimension": _DIMENSION[stream.layer.geometry],
    }
    if stream.crs != CRS84:
        head["coordRefSys"] = stream.crs.uri
    return _collection(stream, {**head, **stream.head}, _Rewrite(stream))


class _Rewrite:
    """Turns the text of a GeoJSON feature into that of a JSON-FG feature, without reading its geometry."""

    def __init__(self, stream: FeatureStream) -> None:
        names = [one.name for one in stream.fields]
        self._time = stream.layer.datetime if all(name in names for name in stream.layer.datetime) else ()
        self._geometry = ',"place":null,"geometry":' if stream.crs == CRS84 else ',"geometry":null,"place":'

    def __call__(self, text: str) -> str:
        # A quotation mark inside a JSON string is escaped, so the first match is the member itself.
        before, marker, after = text.partition(_GEOMETRY)
        if not marker:
            raise ValueError("a feature text has no geometry member")
        time = f',"time":{_compact(self._time_of(text))}' if self._time else ""
        return f"{before}{time}{self._geometry}{after}"

    def _time_of(self, text: str) -> dict[str, Any] | None:
        properties = json.loads(text)["properties"]
        return time_of([properties[name] for name in self._time])


def time_of(values: Sequence[Any]) -> dict[str, Any] | None:
    """Return the ``time`` of a feature: one instant, or the first and the last of an interval.

    Parameters
    ----------
    values
        One or two dates, times or years, as JSON has them; None is unknown, or an open end.

    Returns
    -------
    dict or None
        ``{"date": …}``, ``{"timestamp": …}`` or ``{"interval": [start, end]}`` by OGC 21-045r1, 7.2 and 8.3: timestamps
        in UTC; both ends dates or both timestamps. A year is the interval of its days. None if nothing is known, or if
        the end lies before the start.
    """
    first = _moment(values[0], last=False)
    if len(values) == 1:
        end = _moment(values[0], last=True)
        if first is None or end is None or first == end:
            return None if first is None else {"timestamp" if "T" in first else "date": first}
        return {"interval": [first, end]}
    end = _moment(values[1], last=True)
    if first is None and end is None:
        return None
    if first is not None and end is not None:
        if "T" in first and "T" not in end:
            end += "T23:59:59Z"
        elif "T" in end and "T" not in first:
            first += "T00:00:00Z"
        if first.rstrip("Z") > end.rstrip("Z"):
            return None
    return {"interval": [first or "..", end or ".."]}


def _moment(value: Any, *, last: bool) -> str | None:
    """Return a value as a date or as a timestamp in UTC; None if it is neither."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}", value):
        value = int(value)
    if isinstance(value, int) and 1 <= value <= 9999:
        return (date(value, 12, 31) if last else date(value, 1, 1)).isoformat()
    if not isinstance(value, str):
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return date.fromisoformat(value).isoformat()
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    moment = (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return moment.isoformat().replace("+00:00", "Z")
