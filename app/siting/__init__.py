"""Siting: where an industry should go, and why."""
