"""DXF, release 12 (AC1009): outlines, points and their labels for CAD programs.

Release 12 is what every CAD program reads, and the only release whose files need no object handles. GDAL writes release
2004 with a Western code page, which garbles Chinese, and polygons as hatches.
"""

import codecs
import math
import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import Any

import shapely
from anyio import to_thread

from app.features.encoders.arrow import from_wkb, leaves
from app.features.encoders.stream import FeatureStream, Row
from app.features.encoders.values import as_text, without_control_characters

APPLICATION = "YUANTU"
"""The application that the ids, as extended entity data, are registered under."""
_MAX_LAYER_NAME = 31
_MAX_TEXT = 255
_COMMENT = 999
_LEFT_OUT = "无图形 / no geometry"
_LABELS = "-TEXT"
_LABEL_SHARE = 1 / 15
_POINT_LABEL_METRES = 20.0
_METRES_PER_DEGREE = 111_320.0


def _universal(error: UnicodeError) -> tuple[str, int]:
    """Write a character that the code page lacks as AutoCAD does: \\U+ and four hexadecimal digits of UTF-16."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be").hex().upper()
    return "".join(f"\\U+{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


codecs.register_error("yuantu-dxf", _universal)


def _groups(*pairs: tuple[int, Any]) -> str:
    return "".join(f"{code:3d}\r\n{value}\r\n" for code, value in pairs)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", without_control_characters(text)).replace("^", "^ ").strip()


class _Drawing:
    """The parts of a drawing."""

    def __init__(self, stream: FeatureStream) -> None:
        self._crs = stream.crs
        self._label = stream.label_index
        name = re.sub(r"[^A-Z0-9_$-]", "_", stream.layer.id.upper())
        self._layer = name[: _MAX_LAYER_NAME - len(_LABELS)]
        self._vertex = _groups((0, "VERTEX"), (8, self._layer))
        self._left_out = 0

    def head(self) -> str:
        """Return header and tables, up to the first entity."""
        layers = [_groups((0, "LAYER"), (2, name), (70, 0), (62, 7), (6, "CONTINUOUS")) for name in self._layers]
        line = ((2, "CONTINUOUS"), (70, 64), (3, "Solid line"), (72, 65), (73, 0), (40, 0.0))
        # gbcbig.shx is the font of Chinese characters that CAD programs bring along.
        style = ((2, "STANDARD"), (70, 0), (40, 0.0), (41, 1.0), (50, 0.0), (71, 0), (42, 1.0), (3, "txt"))
        return "".join(
            (
                _groups((0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, "AC1009")),
                _groups((9, "$DWGCODEPAGE"), (3, "ANSI_936"), (0, "ENDSEC"), (0, "SECTION"), (2, "TABLES")),
                _groups((0, "TABLE"), (2, "LTYPE"), (70, 1), (0, "LTYPE"), *line, (0, "ENDTAB")),
                _groups((0, "TABLE"), (2, "LAYER"), (70, len(layers))),
                *layers,
                _groups((0, "ENDTAB"), (0, "TABLE"), (2, "STYLE"), (70, 1), (0, "STYLE"), *style, (4, "gbcbig.shx")),
                _groups((0, "ENDTAB"), (0, "TABLE"), (2, "APPID"), (70, 1), (0, "APPID"), (2, APPLICATION), (70, 0)),
                _groups((0, "ENDTAB"), (0, "ENDSEC"), (0, "SECTION"), (2, "ENTITIES")),
            )
        )

    @property
    def _layers(self) -> tuple[str, str]:
        return self._layer, self._layer + _LABELS

    def entities(self, batch: Sequence[Row]) -> str:
        """Return the entities of a batch; a feature without a geometry is a comment, which CAD programs pass over."""
        return "".join(self._entities(batch))

    def _entities(self, batch: Sequence[Row]) -> Iterator[str]:
        for (key, _, values), geometry in zip(batch, from_wkb([row[1] for row in batch]), strict=True):
            parts = leaves(geometry)
            identity = _one_line(str(key))[:_MAX_TEXT]
            said = ((1001, APPLICATION), (1000, identity))
            for part in parts:
                yield from self._part(part, said)
            label = _one_line(as_text(values[self._label])) if self._label is not None else ""
            if not parts:
                self._left_out += 1
                yield _groups((_COMMENT, f"{_LEFT_OUT}: {identity} {label}"[:_MAX_TEXT].rstrip()))
            elif label:
                yield self._text(max(parts, key=shapely.area), label)

    def _part(self, part: Any, said: Sequence[tuple[int, str]]) -> Iterator[str]:
        if part.geom_type == "Point":
            yield _groups((0, "POINT"), (8, self._layer), *self._place(part.x, part.y), *said)
        elif part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                yield self._polyline(shapely.get_coordinates(ring)[:-1].tolist(), said, closed=True)
        else:
            yield self._polyline(shapely.get_coordinates(part).tolist(), said, closed=False)

    def _polyline(self, places: Sequence[Sequence[float]], said: Sequence[tuple[int, str]], *, closed: bool) -> str:
        decimals = self._crs.decimals
        vertices = "".join(
            f"{self._vertex} 10\r\n{x:.{decimals}f}\r\n 20\r\n{y:.{decimals}f}\r\n 30\r\n0.0\r\n" for x, y in places
        )
        origin = ((66, 1), (10, 0.0), (20, 0.0), (30, 0.0), (70, int(closed)))
        start = _groups((0, "POLYLINE"), (8, self._layer), *origin, *said)
        return start + vertices + _groups((0, "SEQEND"), (8, self._layer))

    def _place(self, x: float, y: float, first: int = 10) -> Iterator[tuple[int, str]]:
        decimals = self._crs.decimals
        yield first, f"{x:.{decimals}f}"
        yield first + 10, f"{y:.{decimals}f}"
        yield first + 20, "0.0"

    def _text(self, part: Any, label: str) -> str:
        place = shapely.point_on_surface(part)
        area = shapely.area(part)
        height = _POINT_LABEL_METRES / (_METRES_PER_DEGREE if self._crs.is_geographic else 1.0)
        if area > 0:
            height = math.sqrt(area) * _LABEL_SHARE
        return _groups(
            (0, "TEXT"),
            (8, self._layer + _LABELS),
            *self._place(place.x, place.y),
            (40, f"{height:.{self._crs.decimals}f}"),
            (1, label[:_MAX_TEXT]),
            (7, "STANDARD"),
            (72, 1),
            *self._place(place.x, place.y, 11),
            (73, 2),
        )

    def foot(self) -> str:
        """Return everything after the last entity; says how many features are left out."""
        count = self._left_out
        said = f"{count} 个要素没有图形，未绘入 / {count} features have no geometry and are not drawn"
        return _groups((0, "ENDSEC"), *([(_COMMENT, said)] if count else []), (0, "EOF"))


def _bytes(text: str) -> bytes:
    return text.encode("gbk", "yuantu-dxf")


async def dxf(stream: FeatureStream) -> AsyncGenerator[bytes, None]:
    """Yield a drawing: polygons as closed polylines, a ring each; lines as polylines; points as points.

    Entities are on a layer with the layer's id, their labels as text on another, ``…-TEXT``. The feature's id goes
    along as extended data; other attributes have no place in the format. Coordinates are x, y (east, north) in the unit
    of the CRS. Text is in code page 936, and beyond it as ``\\U+XXXX``. A drawing cannot hold a feature without a
    geometry: comments (group 999) name each by its id and label, and say at the end how many there are.
    """
    drawing = _Drawing(stream)
    yield _bytes(drawing.head())
    async for batch in stream.row_batches():
        entities = await to_thread.run_sync(drawing.entities, batch)
        if entities:
            yield _bytes(entities)
    yield _bytes(drawing.foot())
