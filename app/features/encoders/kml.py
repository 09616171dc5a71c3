"""KML 2.2 (OGC 07-147r2): placemarks with typed extended data, always in WGS 84."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely
from anyio import to_thread

from app.features.encoders.arrow import from_wkb
from app.features.encoders.stream import FeatureStream, Row
from app.features.encoders.values import as_text, column_names, free_name, without_control_characters
from app.geodesy.crs import CRS84

_TYPES = {"integer": "int", "number": "double", "boolean": "bool"}
_DECIMALS = CRS84.decimals


def _words(text: str) -> str:
    return escape(without_control_characters(text))


def _quoted(text: str) -> str:
    return quoteattr(without_control_characters(text))


def _coordinates(geometry: Any) -> str:
    places = shapely.get_coordinates(geometry).tolist()
    return " ".join(f"{round(x, _DECIMALS)!r},{round(y, _DECIMALS)!r}" for x, y in places)


def _value(value: Any) -> str:
    # Both spellings are right in XML Schema; GDAL reads the words as no.
    return str(int(value)) if isinstance(value, bool) else as_text(value)


def geometry_text(geometry: Any) -> str:
    """Return a geometry in longitude and latitude as KML; empty if there is none."""
    if geometry is None or shapely.is_empty(geometry):
        return ""
    kind = geometry.geom_type
    if kind == "Point":
        return f"<Point><coordinates>{_coordinates(geometry)}</coordinates></Point>"
    if kind in ("LineString", "LinearRing"):
        return f"<LineString><coordinates>{_coordinates(geometry)}</coordinates></LineString>"
    if kind == "Polygon":
        rings = [("outerBoundaryIs", geometry.exterior), *(("innerBoundaryIs", ring) for ring in geometry.interiors)]
        inside = "".join(
            f"<{name}><LinearRing><coordinates>{_coordinates(ring)}</coordinates></LinearRing></{name}>"
            for name, ring in rings
        )
        return f"<Polygon>{inside}</Polygon>"
    return f"<MultiGeometry>{''.join(map(geometry_text, geometry.geoms))}</MultiGeometry>"


class _Document:
    """The parts of a KML document."""

    def __init__(self, stream: FeatureStream) -> None:
        self._stream = stream
        # GDAL already calls the id of the XML element "id", and would call ours "id2".
        self._key = free_name(("feature_id",), (one.name for one in stream.fields))
        self._names = [self._key, *column_names(stream.fields, (self._key,))]
        self._label = stream.label_index
        self._schema = f"schema-{stream.layer.id}"

    def head(self) -> str:
        """Return everything before the first placemark: title, description and the schema of the fields."""
        stream, language = self._stream, self._stream.options.language
        titles = [self._key, *(getattr(one.title, language) for one in stream.fields)]
        types = ["string", *(_TYPES.get(one.type, "string") for one in stream.fields)]
        fields = "".join(
            f"<SimpleField type={_quoted(kind)} name={_quoted(name)}>"
            f"<displayName>{_words(title)}</displayName></SimpleField>"
            for name, kind, title in zip(self._names, types, titles, strict=True)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
            f'<Document id="root"><name>{_words(getattr(stream.words, language))}</name>'
            f"<description>{_words(getattr(stream.layer.description, language))}</description>"
            f"<Schema name={_quoted(stream.layer.id)} id={_quoted(self._schema)}>{fields}</Schema>"
            f"<Folder><name>{_words(stream.layer.id)}</name>\n"
        )

    def placemarks(self, batch: Sequence[Row]) -> str:
        """Return the placemarks of a batch."""
        return "".join(self._placemarks(batch))

    def _placemarks(self, batch: Sequence[Row]) -> Iterator[str]:
        wkb = [row[1] if self._stream.with_geometry else None for row in batch]
        for (key, _, values), geometry in zip(batch, from_wkb(wkb), strict=True):
            label = as_text(values[self._label]) if self._label is not None else ""
            data = "".join(
                f"<SimpleData name={_quoted(name)}>{_words(_value(value))}</SimpleData>"
                for name, value in zip(self._names, (key, *values), strict=True)
                if value is not None
            )
            yield (
                f"<Placemark><name>{_words(label or str(key))}</name>"
                f"<ExtendedData><SchemaData schemaUrl={_quoted('#' + self._schema)}>{data}</SchemaData></ExtendedData>"
                f"{geometry_text(geometry)}</Placemark>\n"
            )

    def foot(self) -> str:
        """Return everything after the last placemark."""
        return "</Folder></Document></kml>\n"


async def kml(stream: FeatureStream) -> AsyncGenerator[bytes, None]:
    """Yield a KML document.

    A placemark is named by the field that labels the layer, or else by its id. Values are typed by a schema that gives
    each field its title; lists are joined by ``;``. Characters that XML does not allow are left out.

    Raises
    ------
    ValueError
        If the rows are not in CRS84: KML knows nothing else.
    """
    if stream.crs != CRS84:
        raise ValueError(f"KML is in CRS84; the rows are in {stream.crs.name}")
    document = _Document(stream)
    yield document.head().encode()
    async for batch in stream.row_batches():
        if batch:
            yield (await to_thread.run_sync(document.placemarks, batch)).encode()
    yield document.foot().encode()
