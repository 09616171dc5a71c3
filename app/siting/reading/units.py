"""Units of area and length that sentences use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AreaUnit:
    """A unit of area.

    Attributes
    ----------
    hectares
        Hectares in it.
    zh, en
        What it is called when the reading is shown.
    land
        Whether people measure land in it: floor area comes in square metres.
    """

    hectares: float
    zh: str
    en: str
    land: bool = True


_SQUARE_METRE = AreaUnit(1e-4, "平方米", "m²", land=False)
_SQUARE_FOOT = AreaUnit(9.290304e-6, "平方英尺", "sq ft", land=False)
_HECTARE = AreaUnit(1.0, "公顷", "ha")
_MU = AreaUnit(1 / 15, "亩", "mu")
_SQUARE_KILOMETRE = AreaUnit(100.0, "平方公里", "km²")
_ACRE = AreaUnit(0.40468564224, "英亩", "acres")

_NAMES = (
    (_HECTARE, "公顷|ha|hm2|hectares|hectare"),
    (_MU, "亩|市亩|mu"),
    (_SQUARE_KILOMETRE, "平方公里|平方千米|平方km|km2|sqkm|sq km|square kilometres|square kilometers"),
    (_SQUARE_METRE, "平方米|平方公尺|平米|平方|平|m2|sqm|sq m|square metres|square meters|square metre|square meter"),
    (_SQUARE_FOOT, "平方英尺|sqft|sq ft|square feet|ft2"),
    (_ACRE, "英亩|acres|acre"),
)

AREA_UNITS = {name: unit for unit, names in _NAMES for name in names.split("|")}
"""Units of area by name; 15 亩 are a hectare, an acre is 4,046.8564224 m² (international acre)."""

KILOMETRES = {
    "公里": 1.0, "千米": 1.0, "km": 1.0, "kilometres": 1.0, "kilometers": 1.0, "kilometre": 1.0, "kilometer": 1.0,
    "里": 0.5, "里地": 0.5, "华里": 0.5,
    "米": 1e-3, "公尺": 1e-3, "m": 1e-3, "metres": 1e-3, "meters": 1e-3,
    "海里": 1.852, "英里": 1.609344, "miles": 1.609344, "mile": 1.609344,
}  # fmt: skip
"""Kilometres in a unit of length; 里 is the 市里 of 500 m."""
