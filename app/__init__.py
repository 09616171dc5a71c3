"""Yuantu 园图: an industrial-park spatial service."""

__version__ = "0.1.0"
