"""Coordinate reference systems, Chinese map datums and areas: what the service knows about measuring the Earth."""
