"""Vocabularies: the words that coded columns may hold. geodata/README.md says what each means."""

ZONE_KINDS = ("municipality", "district", "development_zone", "park", "functional_area", "theme_park")
ZONE_LEVELS = ("national", "municipal", "district", "town")
GEOMETRY_STATUSES = ("indicative", "derived", "imported", "statutory")
EXTENT_BASES = ("document", "members", "host", "schematic")
"""What a shape's extent rests on: a text that gives it, the union of what it lists, the place it lies in, or us."""
INDUSTRY_KINDS = ("sector", "subsector", "product")
INDUSTRY_TIERS = (
    "leading", "strategic", "advantage", "marine", "traditional", "new_track", "future", "service",
)  # fmt: skip
ZONE_INDUSTRY_RANKS = ("leading", "supporting", "service")
PLAN_ELEMENT_KINDS = ("core", "belt", "valley", "area", "base", "city", "group")
ELEMENT_ROLES = ("member", "core", "via")
HOST_ROLES = ("host", "core")
CLUSTER_PLACE_ROLES = ("source", "carrier", "hub")
INDICATOR_KINDS = ("headline", "sector_target", "stated")
NATURES = ("binding", "expected")
"""约束性 and 预期性."""
CERTAINTIES = ("named", "one_of", "inferred", "none")
"""How a place is known: the document names it, names several candidates, it is inferred, or there is none."""
THING_KINDS = (
    *("project", "carrier", "platform", "firm", "designation", "infrastructure"),
    *("technology", "governance", "policy", "fund", "unit"),
)
THING_STATUSES = ("done", "under_way", "planned")
MEASURES = (
    *("investment", "capacity", "output", "revenue", "tax", "land", "floor_area", "quantity", "length", "power"),
    *("growth", "share", "rank", "other"),
)
RULE_THEMES = (
    *("land", "admission", "layout", "environment", "energy", "safety", "approval", "finance", "talent"),
    *("innovation", "other"),
)
RULE_STRENGTHS = ("binding", "strict", "justify", "require", "guide", "encourage", "explore", "reported")
"""From what binds to what is tried, and what a document only reports as done; its own verb stands beside it."""
LINK_KINDS = ("hands_over", "takes_over", "joint", "merged", "supports")
FACILITY_KINDS = ("port_area", "airport", "rail_station", "metro_station")
TRAINS = ("high_speed", "ordinary")
"""What stops at a railway station: high-speed or intercity trains, or none of these."""
SEARCH_KINDS = (
    *("development_zone", "park", "district", "functional_area", "theme_park", "municipality"),
    *("plan", "plan_element", "industry", "cluster", "project", "owner", "firm", "facility", "document"),
    *("carrier", "platform", "designation", "infrastructure", "technology", "governance", "policy", "fund"),
    *("unit", "rule"),
)
"""What can be searched for."""
SEARCH_FORMS = ("official", "short", "former", "alias", "english", "term", "place", "code", "clause")
SEARCH_SPELLINGS = ("written", "pinyin", "initials")
LABEL_KINDS = ("id", "name", "alias", "term", "code", "title", "parent")
"""What leads to an industry; ``parent`` leads to the nearest one above that a park is named with."""
BASES = ("printed", "mapping")
"""``printed``: a document has the word where it speaks of the industry; ``mapping``: it is our own."""
CHAIN_RELATIONS = ("step", "supply", "use")
GBT_LEVELS = ("section", "division", "group", "class")
