"""Service: the bytes of a tile."""

from collections.abc import Sequence

from app.db.reader import Reader
from app.registry.definition import LayerDefinition, LayerField
from app.tiles.grid import Tile
from app.tiles.sql import tile_statement


async def tile_bytes(reader: Reader, layer: LayerDefinition, tile: Tile, fields: Sequence[LayerField]) -> bytes:
    """Return a tile as a Mapbox Vector Tile; no bytes where the layer has nothing.

    Parameters
    ----------
    reader
        Asks the database: once, or a second time where the tile proves too full.
    layer, tile
        Whose tile, and which.
    fields
        The fields that become attributes.
    """
    if tile.z >= layer.tiles.detail_from:
        whole = tile_statement(layer, tile, fields, thinned=False)
        found = await reader.bytes_value(whole.text, whole.values)
        if found is not None:
            return found
    thinned = tile_statement(layer, tile, fields, thinned=True)
    return await reader.bytes_value(thinned.text, thinned.values) or b""
