"""ENCODERS: the formats features can be had in. ``f``, Accept, alternates and file extensions derive from it."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

import anyio

from app.features.encoders.csv_text import csv_text
from app.features.encoders.dxf import dxf
from app.features.encoders.gdal import flatgeobuf, geopackage
from app.features.encoders.geojson import JSON_FG_PROFILE, geojson, geojson_sequence, json_fg
from app.features.encoders.kml import kml
from app.features.encoders.negotiation import Representation
from app.features.encoders.parquet import geoparquet
from app.features.encoders.shapefile import shapefile
from app.features.encoders.stream import EncoderOptions, FeatureStream
from app.features.encoders.xlsx import xlsx
from app.geodesy.crs import CRS84, EPSG_4490, Crs, find_crs
from app.messages import Message
from app.problems import BadRequest, ParameterError

EPSG_4548: Final = find_crs("EPSG:4548")


@dataclass(frozen=True, kw_only=True)
class Encoder(Representation):
    """A format that features can be had in.

    Attributes
    ----------
    produce
        Makes the bytes.
    extension
        Of the file, without the leading dot: ``/layers/{id}.{extension}``.
    reads
        Which source of the stream it reads.
    binary
        Whether it is written as a file before its first byte is sent; compressing it again is of little use.
    geometry, attributes
        Whether it carries geometries, and attributes.
    unlocated
        Whether it can hold a feature without a geometry; those that it cannot hold are left out, and counted.
    any_crs
        Whether it can be in any CRS of the service, or in CRS84 only.
    file_crs
        CRS of a whole layer as a file when none is asked for.
    charset
        Whether it is text whose encoding ``EncoderOptions.encoding`` decides and the media type names.
    profile
        URI of the profile its documents follow, for a link with the relation ``profile``.
    note_zh, note_en
        What people should know before they choose it.
    """

    produce: Callable[[FeatureStream], AsyncGenerator[bytes, None]]
    extension: str
    reads: Literal["rows", "texts"] = "rows"
    binary: bool = False
    geometry: bool = True
    attributes: bool = True
    unlocated: bool = True
    any_crs: bool = True
    file_crs: Crs = EPSG_4490
    charset: bool = False
    profile: str | None = None
    note_zh: str = ""
    note_en: str = ""

    def content_type(self, options: EncoderOptions) -> str:
        """Return the Content-Type of an answer; that of CSV names its encoding (RFC 4180, 3)."""
        return f"{self.media_type}; charset={options.encoding}; header=present" if self.charset else self.media_type

    def crs_for(self, asked: Crs | None, default: Crs | None = None) -> Crs:
        """Return the CRS of an answer.

        Parameters
        ----------
        asked
            The CRS the client asked for.
        default
            What it is otherwise; ``file_crs`` if absent.

        Raises
        ------
        BadRequest
            If the format cannot be in the CRS that was asked for.
        """
        if not self.any_crs:
            if asked not in (None, CRS84):
                message = Message("{format} is always in {crs}", format=self.key, crs=CRS84.uri)
                raise BadRequest([ParameterError("crs", message, asked.uri if asked else "", (CRS84.uri,))])
            return CRS84
        return asked or default or self.file_crs

    async def encode(self, stream: FeatureStream) -> AsyncGenerator[bytes, None]:
        """Yield the bytes of the format.

        The source is closed at the end, however it comes: at the last byte, by an error, by cancellation or ``aclose``.
        What a binary format writes is off the disk before its first byte is yielded.

        Parameters
        ----------
        stream
            The features; has the source that ``reads`` names.

        Raises
        ------
        BadRequest
            If the format cannot hold what was asked for (XLSX: too many rows), before the first byte.
        ValueError
            If the stream lacks the source, or is in a CRS that the format cannot be in.
        """
        source: AsyncIterator[Any] | None = stream.texts if self.reads == "texts" else stream.rows
        try:
            async with aclosing(self.produce(stream)) as chunks:
                async for chunk in chunks:
                    yield chunk
        finally:
            with anyio.CancelScope(shield=True):
                await _close(source)


async def _close(source: object) -> None:
    close = getattr(source, "aclose", None)
    if close is not None:
        await close()


async def begun(chunks: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """Run an encoder up to its first chunk, so that what fails before it still becomes a proper error answer.

    Parameters
    ----------
    chunks
        What ``Encoder.encode`` returned.

    Returns
    -------
    async generator of bytes
        All the chunks, the first included. Close it, or read it to its end.
    """
    first = await anext(chunks, None)
    return _continued(first, chunks)


async def _continued(first: bytes | None, chunks: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(chunks):
        if first is not None:
            yield first
        async for chunk in chunks:
            yield chunk


_ALL = (
    Encoder(
        key="geojson",
        media_type="application/geo+json",
        title_zh="GeoJSON",
        title_en="GeoJSON",
        other_keys=("json",),
        other_media_types=("application/json", "application/vnd.geo+json"),
        produce=geojson,
        extension="geojson",
        reads="texts",
        file_crs=CRS84,
    ),
    Encoder(
        key="geojsonseq",
        media_type="application/geo+json-seq",
        title_zh="GeoJSON 文本序列",
        title_en="GeoJSON text sequence",
        produce=geojson_sequence,
        extension="geojsons",
        reads="texts",
        file_crs=CRS84,
    ),
    Encoder(
        key="jsonfg",
        media_type="application/vnd.ogc.fg+json",
        title_zh="JSON-FG",
        title_en="JSON-FG",
        other_media_types=("application/fg+json", f'application/geo+json;profile="{JSON_FG_PROFILE}"'),
        produce=json_fg,
        extension="fg.json",
        reads="texts",
        file_crs=CRS84,
        profile=JSON_FG_PROFILE,
    ),
    Encoder(
        key="csv",
        media_type="text/csv",
        title_zh="CSV 表格",
        title_en="CSV",
        produce=csv_text,
        extension="csv",
        file_crs=CRS84,
        charset=True,
        note_zh="图形为 WKT，经度（东）在前；以 = + - @ 等开头的文本前加单引号，防止被当作公式。",
        note_en="Geometry as WKT, x first. Text that begins like a formula has an apostrophe before it.",
    ),
    Encoder(
        key="fgb",
        media_type="application/flatgeobuf",
        title_zh="FlatGeobuf",
        title_en="FlatGeobuf",
        other_media_types=("application/vnd.flatgeobuf",),
        produce=flatgeobuf,
        extension="fgb",
        binary=True,
        note_zh="有要素没有图形时，不带空间索引，要素一个不少。",
        note_en="Without a spatial index where a feature has no geometry, so that every feature is there.",
    ),
    Encoder(
        key="gpkg",
        media_type="application/geopackage+sqlite3",
        title_zh="GeoPackage",
        title_en="GeoPackage",
        other_media_types=("application/x-gpkg",),
        produce=geopackage,
        extension="gpkg",
        binary=True,
    ),
    Encoder(
        key="shp",
        media_type="application/zip",
        title_zh="Shapefile（zip）",
        title_en="Shapefile (zip)",
        other_keys=("shapefile",),
        other_media_types=("application/x-shapefile", "application/vnd.shp"),
        produce=shapefile,
        extension="shp.zip",
        binary=True,
        note_zh="字段名缩为十个字符，长文本截至 254 字节；对照见压缩包内 fields.csv。点与多点并存时全部写作多点。",
        note_en=(
            "Field names have ten characters and texts at most 254 bytes; fields.csv in the zip explains them."
            " Points beside multipoints are multipoints."
        ),
    ),
    Encoder(
        key="kml",
        media_type="application/vnd.google-earth.kml+xml",
        title_zh="KML",
        title_en="KML",
        produce=kml,
        extension="kml",
        any_crs=False,
        file_crs=CRS84,
    ),
    Encoder(
        key="xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        title_zh="Excel 工作簿",
        title_en="Excel workbook",
        produce=xlsx,
        extension="xlsx",
        binary=True,
        geometry=False,
        file_crs=CRS84,
        note_zh="只含属性，不含图形；代码以中文名称表示。",
        note_en="Attributes only, no geometry; codes stand as their titles.",
    ),
    Encoder(
        key="parquet",
        media_type="application/vnd.apache.parquet",
        title_zh="GeoParquet",
        title_en="GeoParquet",
        other_media_types=("application/x-parquet",),
        produce=geoparquet,
        extension="parquet",
        binary=True,
    ),
    Encoder(
        key="dxf",
        media_type="image/vnd.dxf",
        title_zh="DXF（CAD）",
        title_en="DXF (CAD)",
        other_media_types=("application/dxf", "image/x-dxf"),
        produce=dxf,
        extension="dxf",
        attributes=False,
        unlocated=False,
        file_crs=EPSG_4548,
        note_zh=(
            "只含图形、名称注记和要素标识，不含其他属性；默认 EPSG:4548（CGCS2000，中央经线 117°E）。"
            "没有图形的要素不在图上，只列于文件注释（组码 999）。"
        ),
        note_en=(
            "Geometry, labels and ids only, no other attributes; in EPSG:4548 unless another CRS is asked for."
            " Features without a geometry are not drawn; comments in the file (group 999) list them."
        ),
    ),
)

ENCODERS: Final[Mapping[str, Encoder]] = MappingProxyType({one.key: one for one in _ALL})
"""Every encoder by its key, the default first."""

BY_EXTENSION: Final[Mapping[str, Encoder]] = MappingProxyType({one.extension: one for one in _ALL})
"""Every encoder by its file extension."""
