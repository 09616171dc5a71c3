"""Vocabularies: the words that coded columns may hold. geodata/README.md says what each means."""

ZONE_KINDS = ("municipality", "district", "development_zone", "park", "functional_area", "theme_park")
ZONE_LEVELS = ("national", "municipal", "district", "town")
GEOMETRY_STATUSES = ("indicative", "derived", "imported", "statutory")
INDUSTRY_KINDS = ("sector", "subsector", "product")
INDUSTRY_TIERS = (
    "leading", "strategic", "advantage", "marine", "traditional", "new_track", "future", "service",
)  # fmt: skip
ZONE_INDUSTRY_RANKS = ("leading", "supporting", "service")
PLAN_ELEMENT_KINDS = ("core", "belt", "valley", "area", "base", "city", "group")
CLUSTER_PLACE_ROLES = ("source", "carrier", "hub")
INDICATOR_KINDS = ("headline", "sector_target")
FACILITY_KINDS = ("port_area", "airport", "rail_station", "metro_station")
