"""Vector tiles: layers as Mapbox Vector Tiles on the WebMercatorQuad grid, with TileJSON and style."""
