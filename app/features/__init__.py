"""Features: layers as GeoJSON, assembled by PostGIS."""
