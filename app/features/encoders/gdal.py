"""GeoPackage and FlatGeobuf, written by GDAL through pyogrio."""

from collections.abc import AsyncGenerator, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio.raw

from app.features.encoders.arrow import Table, multi_name, promoted
from app.features.encoders.spool import Spool
from app.features.encoders.stream import FeatureStream
from app.features.encoders.values import free_name
from app.features.encoders.workfile import Batches, through_file
from app.geodesy.crs import CRS84, Crs

_IF_COMPLETE = "if complete"
MAX_INDEXED = 50_000
"""Features up to which a FlatGeobuf is indexed: GDAL builds the index in one go, and Python stands still meanwhile."""
_GPKG_VERSION = "1.2"
"""GDAL's own default, 1.4, makes readers of some years ago warn or refuse; nothing of it is used here."""


def gdal_crs(crs: Crs) -> str:
    """Return a CRS as GDAL names it.

    CRS84 is written as EPSG:4326: the formats that GDAL writes give x before y whatever the axis order of the CRS, and
    EPSG codes are what their readers know.
    """
    return "EPSG:4326" if crs == CRS84 else crs.name


def write_layer(
    path: Path,
    batches: Iterator[pa.RecordBatch],
    schema: pa.Schema,
    *,
    driver: str,
    layer: str,
    geometry: tuple[str, str] | None,
    crs: Crs,
    **options: Any,
) -> None:
    """Write record batches with a driver of GDAL.

    Parameters
    ----------
    path
        The file.
    batches, schema
        What to write.
    driver, layer
        GDAL's driver, and the name of the layer.
    geometry
        Name of the geometry column and type of the layer; None for a table without geometry.
    crs
        CRS of the geometries.
    options
        Further options of ``pyogrio.raw.write_arrow``.
    """
    spatial: dict[str, Any] = {}
    if geometry is not None:
        spatial = {"geometry_name": geometry[0], "geometry_type": geometry[1], "crs": gdal_crs(crs)}
    reader = pa.RecordBatchReader.from_batches(schema, batches)
    pyogrio.raw.write_arrow(reader, path, driver=driver, layer=layer, **spatial, **options)


def _layer_type(stream: FeatureStream, spool: Spool) -> str:
    """Return the type of the layer: one that every geometry fits, and the same whichever features were asked for."""
    if spool.mixed:
        return "Unknown"
    family = spool.families[0] if spool.families else stream.layer.geometry
    if family == "point" and not spool.types[4]:
        return "Point"
    return multi_name(family)


def _write(
    stream: FeatureStream, path: Path, batches: Batches, *, driver: str, options: Mapping[str, str], **more: Any
) -> Path:
    """Write a stream into one layer. The option SPATIAL_INDEX may be ``if complete``."""
    spool = Spool(Table(stream, instead={"string[]": "string"}), path.parent, batches)
    geometry, fit = None, None
    if stream.with_geometry:
        kind = _layer_type(stream, spool)
        geometry = (spool.table.geometry, kind)
        fit = promoted(kind.removeprefix("Multi").lower().removesuffix("string")) if kind.startswith("Multi") else None
    write_layer(
        path,
        spool.batches(fit),
        spool.table.schema,
        driver=driver,
        layer=stream.layer.id,
        geometry=geometry,
        crs=stream.crs,
        layer_options={name: _decided(value, spool) for name, value in options.items()},
        **more,
    )
    return path


def _decided(option: str, spool: Spool) -> str:
    if option != _IF_COMPLETE:
        return option
    return "YES" if not spool.missing and spool.types.total() <= MAX_INDEXED else "NO"


def geopackage(stream: FeatureStream) -> AsyncGenerator[bytes, None]:
    """Yield a GeoPackage with one table, named after the layer; lists are joined by ``;``.

    The table has a title and a description, and each column its Chinese title (``gpkg_data_columns``). Lines and
    polygons are always the multi type. Geometries have an R-tree.
    """
    words, fields = stream.words, [one.name for one in stream.fields]
    options = {
        "IDENTIFIER": words.zh,
        "DESCRIPTION": stream.layer.description.zh,
        "FID": free_name(("fid", "ogc_fid"), fields),
    }
    if stream.with_geometry:
        options |= {"GEOMETRY_NAME": free_name(("geom", "feature_geom"), fields), "SPATIAL_INDEX": "YES"}

    def write(folder: Path, batches: Batches) -> Path:
        path = folder / f"{stream.layer.id}.gpkg"
        version = {"VERSION": _GPKG_VERSION}
        return _write(stream, path, batches, driver="GPKG", options=options, dataset_options=version)

    return through_file(stream.row_batches(), write)


def flatgeobuf(stream: FeatureStream) -> AsyncGenerator[bytes, None]:
    """Yield a FlatGeobuf; lists are joined by ``;``.

    Lines and polygons are always the multi type. The spatial index, and with it the order of a Hilbert curve instead of
    the layer's own, is left out where a feature has no geometry (the index cannot hold one) and beyond 50,000 features.
    """
    index = _IF_COMPLETE if stream.with_geometry else "NO"
    options = {"TITLE": stream.words.zh, "DESCRIPTION": stream.layer.description.zh, "SPATIAL_INDEX": index}

    def write(folder: Path, batches: Batches) -> Path:
        return _write(stream, folder / f"{stream.layer.id}.fgb", batches, driver="FlatGeobuf", options=options)

    return through_file(stream.row_batches(), write)
