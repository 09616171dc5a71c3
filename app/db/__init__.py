"""The database: its engines, its tables, and the private PostGIS that runs when none is configured."""
