"""SQL: one statement that returns a layer's tile."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from app.db.models import SRID
from app.registry.definition import LayerDefinition, LayerField
from app.tiles.grid import EXTENT, TILE_PIXELS, Tile, degrees, unit_degrees, unit_metres

_QUOTE = '"'
_GEOMETRY, _ID = '"geometry."', '"id."'
"""Columns of the tile's rows that become geometry and feature id; a dot stands in no field's name."""

_MERCATOR_LATITUDE = 85.06
"""The matrix ends at 85.0511 degrees; what lies beyond is cut off, because EPSG:3857 has no place for the poles."""

_HALF_PIXEL = EXTENT // TILE_PIXELS // 2
"""Half a pixel of the screen in units of a tile."""

_FEWEST = 2_000
"""Features a tile may hold at any zoom."""

_SIZES_PER_E = 100
"""Sizes that differ by less than a hundredth look equal, and count as equal."""

_LEAST_SIZE = "1e-30"
"""Stands for a size of nothing, which has no logarithm."""


class Statement(NamedTuple):
    """SQL with psycopg's placeholders, and what is bound to them."""

    text: str
    values: dict[str, Any]


def most_features(layer: LayerDefinition, z: int) -> int:
    """Return how many features a tile holds at most: half as many with each zoom below that of full detail."""
    full = layer.tiles.limit
    return max(full >> max(layer.tiles.detail_from - z, 0), min(full, _FEWEST))


def tile_statement(layer: LayerDefinition, tile: Tile, fields: Sequence[LayerField], *, thinned: bool) -> Statement:
    """Return the statement whose one value is the tile; it is empty where the layer has nothing.

    The features stand in the layer's order, which ends in the key, so the same tile has the same bytes.

    Parameters
    ----------
    layer
        The layer.
    tile
        Address of the tile.
    fields
        The fields that become attributes.
    thinned
        Whether features are left out where there are more than a tile may hold, the smallest first. Otherwise the
        value is then NULL, which spares the ranking in the common case.
    """
    source = layer.source
    most = most_features(layer, tile.z)
    values: dict[str, Any] = {
        **tile._asdict(),
        "layer": layer.id,
        "buffer": layer.tiles.buffer,
        "limit": most if thinned else most + 1,
    }
    drawn = f'f."{layer.tiles.geometry_3857 or source.geometry}"'
    where = [_within(layer, drawn, tile, values), *_large_enough(layer, drawn, tile, values)]
    order = _columns([source.sort, source.key])
    value = f"ST_AsMVT(tile.*, %(layer)s, {EXTENT}, '{_GEOMETRY.strip(_QUOTE)}'{_id_argument(layer)})"
    # Choosing and ordering come before the costly work on geometries; the LIMIT keeps PostgreSQL from mixing them,
    # and from giving the aggregate its rows in another order.
    text = f"""
SELECT {value if thinned else f"CASE WHEN count(*) < %(limit)s THEN {value} END"}
  FROM (SELECT ST_AsMVTGeom({_mercator(layer, drawn, tile, values)}, ST_TileEnvelope(%(z)s, %(x)s, %(y)s),
                            {EXTENT}, %(buffer)s, true) AS {_GEOMETRY}{_attributes(layer, fields)}
          FROM (SELECT {_needed(layer, fields)}
                  FROM {source.relation.replace("%", "%%")} AS f
                 WHERE {" AND ".join(where)}
                 ORDER BY {_rank(layer, drawn) if thinned else order}
                 LIMIT %(limit)s) AS f
         {f"ORDER BY {order}" if thinned else ""}) AS tile
"""
    return Statement(text, values)


def _columns(names: Iterable[str | None]) -> str:
    return ", ".join(f'f."{name}"' for name in dict.fromkeys(names) if name is not None)


def _needed(layer: LayerDefinition, fields: Sequence[LayerField]) -> str:
    source = layer.source
    drawn = layer.tiles.geometry_3857 or source.geometry
    return _columns([source.key, source.sort, drawn, *(field.name for field in fields)])


def _id_argument(layer: LayerDefinition) -> str:
    return f", '{_ID.strip(_QUOTE)}'" if layer.source.key_type == "integer" else ""


def _within(layer: LayerDefinition, drawn: str, tile: Tile, values: dict[str, Any]) -> str:
    """Return the condition that the index answers: the feature's box touches the tile's."""
    if layer.tiles.geometry_3857:
        return f"{drawn} && ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => {layer.tiles.buffer / EXTENT})"
    # Computed here: ST_Transform would put the margin beyond the antimeridian on the other side of the globe.
    values |= degrees(tile, layer.tiles.buffer)._asdict()
    return f"{drawn} && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, {SRID})"


def _large_enough(layer: LayerDefinition, drawn: str, tile: Tile, values: dict[str, Any]) -> list[str]:
    """Return the condition that leaves out what would be smaller than half a pixel, below the zoom of full detail."""
    if layer.geometry == "point" or tile.z >= layer.tiles.detail_from:
        return []
    unit = unit_metres(tile.z) if layer.tiles.geometry_3857 else unit_degrees(tile.z)
    values["least"] = unit * _HALF_PIXEL
    return [f"(ST_XMax({drawn}) - ST_XMin({drawn}) >= %(least)s OR ST_YMax({drawn}) - ST_YMin({drawn}) >= %(least)s)"]


def _mercator(layer: LayerDefinition, drawn: str, tile: Tile, values: dict[str, Any]) -> str:
    """Return SQL for a feature's geometry in EPSG:3857, as detailed as the zoom shows."""
    geometry = drawn
    if not layer.tiles.geometry_3857:
        world = f"ST_MakeEnvelope(-180, -{_MERCATOR_LATITUDE}, 180, {_MERCATOR_LATITUDE}, {SRID})"
        within = f"CASE WHEN {drawn} @ {world} THEN {drawn} ELSE ST_ClipByBox2D({drawn}, {world}) END"
        geometry = f"ST_Transform({within}, 3857)"
    if layer.geometry == "point" or tile.z >= layer.tiles.detail_from:
        return geometry
    values["tolerance"] = unit_metres(tile.z) * _HALF_PIXEL
    return f"ST_Simplify({geometry}, %(tolerance)s, true)"


def _rank(layer: LayerDefinition, drawn: str) -> str:
    """Return SQL for the order in which features are taken.

    Among equals chance decides, in which a hash of the key stands, so that the same features are taken every time: by
    their keys they would go row by row, and what is left of a layer of equal lots would lie in stripes.
    """
    key = f'f."{layer.source.key}"'
    chance = f"hashtextextended({key}::text, 0), {key}"
    if layer.tiles.rank:
        return f'f."{layer.tiles.rank}" DESC NULLS LAST, {chance}'
    if layer.geometry == "point":
        return chance
    size = f"ST_{'Area' if layer.geometry == 'polygon' else 'Length'}({drawn})"
    return f"round(ln(greatest({size}, {_LEAST_SIZE})) * {_SIZES_PER_E}) DESC, {chance}"


_AS_TEXT = {
    "string[]": "array_to_string({0}, '、')",
    "datetime": "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
}
_CASTS = {"integer": "bigint", "number": "double precision", "boolean": "boolean"}


def _attributes(layer: LayerDefinition, fields: Sequence[LayerField]) -> str:
    """Return SQL for the feature id and the attributes; tiles hold text, numbers and booleans only."""
    key = f'f."{layer.source.key}"'
    columns = []
    if layer.source.key_type == "integer":
        columns.append(f"{key}::bigint AS {_ID}")
    elif all(field.name != "id" for field in fields):
        columns.append(f'{key}::text AS "id"')
    columns += [f'{_value(field)} AS "{field.name}"' for field in fields]
    return "".join(f", {column}" for column in columns)


def _value(field: LayerField) -> str:
    column = f'f."{field.name}"'
    if field.type in _AS_TEXT:
        return _AS_TEXT[field.type].format(column)
    return f"{column}::{_CASTS.get(field.type, 'text')}"
