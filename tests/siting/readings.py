"""What a sentence was read as, in the form that expectations are written in."""

from dataclasses import asdict
from typing import Any

import pytest

from app.siting.reading import Requirements

ECHOED = ("area_text", "floor_text")
"""Fields that repeat the sentence; they have tests of their own."""
_ROUNDED = ("area_ha", "area_low_ha", "floor_m2")


def filled(fields: Requirements) -> dict[str, Any]:
    """Return the fields that a sentence filled: lists in place of tuples, areas to a ten-thousandth."""
    found = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(fields).items()
        if value and name not in ECHOED and value != "where"
    }
    return {name: pytest.approx(value, abs=1e-4) if name in _ROUNDED else value for name, value in found.items()}
