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
TRAINS = ("high_speed", "ordinary")
"""What stops at a railway station: high-speed or intercity trains, or none of these."""
SEARCH_KINDS = (
    *("development_zone", "park", "district", "functional_area", "theme_park", "municipality"),
    *("plan", "plan_element", "industry", "cluster", "project", "owner", "firm", "facility", "document"),
)
"""What can be searched for."""
SEARCH_FORMS = ("official", "short", "former", "alias", "english", "term", "place", "code")
SEARCH_SPELLINGS = ("written", "pinyin", "initials")
LABEL_KINDS = ("id", "name", "alias", "term", "code", "title", "parent")
"""What leads to an industry; ``parent`` leads to the nearest one above that a park is named with."""
BASES = ("printed", "mapping")
"""``printed``: a document has the word where it speaks of the industry; ``mapping``: it is our own."""
CHAIN_RELATIONS = ("step", "supply", "use")
GBT_LEVELS = ("section", "division", "group", "class")
