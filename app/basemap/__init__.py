"""Basemaps: the one of this host, and the tiles of others that are fetched for browsers."""
