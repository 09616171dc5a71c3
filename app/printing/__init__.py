"""Printing: the map as a sheet of paper, as PDF and as PNG."""
