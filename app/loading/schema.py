"""The tables of geodata/: their files, their columns and what the columns refer to."""

from app.db import vocabulary
from app.loading.figures import figure
from app.loading.tables import Column, Table, integer, number, one_of, slug
from app.loading.taxonomy import gbt_code

_ID = Column(slug, required=True)
_TEXT = Column()
_NAME = Column(required=True)
_TEXTS = Column(several=True)
_NUMBER = Column(number)
_INTEGER = Column(integer)
_FIGURES = Column(figure, several=True)


def _choice(values: tuple[str, ...], *, required: bool = True) -> Column:
    return Column(one_of(values), required=required)


def _ref(table: str, *, required: bool = True) -> Column:
    return Column(slug, required=required, refers_to=table)


def _refs(table: str) -> Column:
    return Column(slug, several=True, refers_to=table)


_SOURCE = {"document": _ref("documents"), "locator": _NAME}
_NAMES = {"name_zh": _NAME, "name_en": _NAME}
_POSITIONING = {"positioning_zh": _TEXT, "positioning_en": _TEXT}
_NOTES = {"note_zh": _TEXT, "note_en": _TEXT}
_SOURCE_NOTE = {**_SOURCE, **_NOTES}
_SUMMARY = {"summary_zh": _TEXT, "summary_en": _TEXT}
_PLACED = {
    "places": _refs("places"), "certainty": _choice(vocabulary.CERTAINTIES), "place_zh": _TEXT,
    "place_basis_zh": _TEXT, "place_basis_en": _TEXT,
}  # fmt: skip
"""Places of a named thing: zones, theme parks or plan elements, and how they are known."""

TABLES = {
    "documents": Table(
        "documents.csv",
        {
            "id": _ID, "title_zh": _NAME, "title_en": _NAME, "short_title_zh": _NAME, "issuer_zh": _NAME,
            "issued_on": _TEXT, "kind": _NAME, "period": _TEXT, "drawn_up_on": _refs("documents"),
            "drawn_up_on_locator": _TEXT, **_NOTES,
        },
    ),
    "zones": Table(
        "zones.csv",
        {
            "id": _ID, **_NAMES, "short_name_zh": _TEXT, "parent": _ref("zones", required=False),
            "kind": _choice(vocabulary.ZONE_KINDS), "level": _choice(vocabulary.ZONE_LEVELS, required=False),
            "aliases": _TEXTS, **_SOURCE, "official_area_ha": _NUMBER, "official_area_year": _INTEGER,
            "official_area_source": _TEXT, "parks_listed_by": _ref("documents", required=False), **_NOTES,
        },
    ),
    "industries": Table(
        "industries/",
        {
            "id": _ID, "parent": _ref("industries", required=False), "kind": _choice(vocabulary.INDUSTRY_KINDS),
            "tier": _choice(vocabulary.INDUSTRY_TIERS, required=False), **_NAMES, "aliases": _TEXTS, **_SOURCE_NOTE,
        },
    ),
    "zone_industries": Table(
        "zone_industries/",
        {
            "subject": _ref("places"), "industry": _ref("industries"),
            "rank": _choice(vocabulary.ZONE_INDUSTRY_RANKS),
            "qualifier": _TEXT, "wording": _NAME, **_SOURCE_NOTE,
        },
        key=None,
    ),
    "industry_firms": Table(
        "industry_firms.csv",
        {"industry": _ref("industries"), "zone": _ref("zones"), "name_zh": _NAME, **_SOURCE_NOTE},
        key=None,
    ),
    "plans": Table(
        "plans.csv",
        {
            "id": _ID, **_NAMES, "scope_zone": _ref("zones"), "parent_element": _ref("plan_elements", required=False),
            **_POSITIONING, **_SOURCE,
        },
    ),
    "plan_elements": Table(
        "plan_elements.csv",
        {
            "id": _ID, "plan": _ref("plans"), "parent": _ref("plan_elements", required=False), "sort": _INTEGER,
            "kind": _choice(vocabulary.PLAN_ELEMENT_KINDS), **_NAMES, "members": _refs("zones"), "core": _refs("zones"),
            "via": _refs("zones"), "along": _TEXT, **_POSITIONING, **_SOURCE_NOTE,
        },
    ),
    "clusters": Table(
        "clusters.csv",
        {
            "id": _ID, **_NAMES, "industry": _ref("industries"), "hub_zh": _TEXTS, "responsible_zones": _refs("zones"),
            "responsible_zh": _TEXT, "summary_zh": _TEXT, "summary_en": _TEXT, **_SOURCE,
        },
    ),
    "cluster_places": Table(
        "cluster_places.csv",
        {
            "cluster": _ref("clusters"), "role": _choice(vocabulary.CLUSTER_PLACE_ROLES), "name_zh": _NAME,
            "zone": _ref("zones", required=False), "certainty": _choice(vocabulary.CERTAINTIES), "basis_zh": _TEXT,
            "basis_en": _TEXT, **_SOURCE_NOTE,
        },
        key=None,
    ),
    "theme_parks": Table(
        "theme_parks.csv",
        {
            "id": _ID, **_NAMES, "parent": _ref("zones"), "planned_area_ha": _NUMBER, **_POSITIONING,
            "aliases": _TEXTS, **_SOURCE, **_NOTES,
        },
    ),
    "theme_park_hosts": Table(
        "theme_park_hosts.csv",
        {
            "theme_park": _ref("theme_parks"), "host": _ref("zones"), "role": _choice(vocabulary.HOST_ROLES),
            "wording": _NAME, **_SOURCE,
        },
        key=None,
    ),
    "projects": Table(
        "projects.csv",
        {
            "id": _ID, "seq": Column(integer, required=True), "name_zh": _NAME, "category_zh": _NAME,
            "section_zh": _TEXT, "industry": _ref("industries", required=False), "industries": _refs("industries"),
            "investment_total": _NUMBER, "investment_period": _NUMBER, "year_start": _INTEGER, "year_end": _INTEGER,
            "funding_zh": _TEXT, "owner_zh": _TEXT, "area": _ref("zones"), **_PLACED, "figures": _FIGURES, **_SUMMARY,
            **_SOURCE_NOTE,
        },
    ),
    "named": Table(
        "named/",
        {
            "id": _ID, "kind": _choice(vocabulary.THING_KINDS), "name_zh": _NAME, "name_en": _TEXT, "aliases": _TEXTS,
            "industries": _refs("industries"), **_PLACED, "area": _ref("zones", required=False),
            "status": _choice(vocabulary.THING_STATUSES, required=False), "owner_zh": _TEXT, "year_start": _INTEGER,
            "year_end": _INTEGER, "figures": _FIGURES, **_SUMMARY, **_SOURCE_NOTE,
        },
    ),
    "rules": Table(
        "rules/",
        {
            "id": _ID, "theme": _choice(vocabulary.RULE_THEMES), "name_zh": _NAME, "name_en": _TEXT,
            "strength": _choice(vocabulary.RULE_STRENGTHS), "verb_zh": _NAME, "clause_zh": _NAME,
            "scope": _refs("places"), "industries": _refs("industries"), "aliases": _TEXTS, **_SUMMARY, **_SOURCE_NOTE,
        },
    ),
    "park_links": Table(
        "park_links.csv",
        {
            "id": _ID, "kind": _choice(vocabulary.LINK_KINDS), "from": _refs("places"), "to": _refs("places"),
            "industries": _refs("industries"), "clause_zh": _NAME, **_SUMMARY, **_SOURCE_NOTE,
        },
    ),
    "directions": Table(
        "directions.csv",
        {"subject": _ref("places"), "clause_zh": _NAME, "text_zh": _NAME, "text_en": _NAME, **_SOURCE},
        key=None,
    ),
    "contradictions": Table(
        "contradictions.csv",
        {
            "id": _ID, "summary_zh": _NAME, "summary_en": _NAME, "zones": _refs("zones"), "bears_on": _TEXTS,
        },
    ),
    "contradiction_sides": Table(
        "contradiction_sides.csv",
        {"contradiction": _ref("contradictions"), "wording": _NAME, **_SOURCE},
        key=None,
    ),
    "indicators": Table(
        "indicators/",
        {
            "id": _ID, "scope": _ref("zones"), "kind": _choice(vocabulary.INDICATOR_KINDS),
            "nature": _choice(vocabulary.NATURES, required=False),
            "industry": _ref("industries", required=False), "category_zh": _TEXT, "name_zh": _NAME, "unit": _TEXT,
            "base_year": _INTEGER, "base_text": _TEXT, "base_value": _NUMBER, "target_year": _INTEGER,
            "target_text": _TEXT, "target_value": _NUMBER, **_SOURCE_NOTE,
        },
    ),
    "facilities": Table(
        "facilities.csv",
        {
            "id": _ID, **_NAMES, "kind": _choice(vocabulary.FACILITY_KINDS), "lon": Column(number, required=True),
            "lat": Column(number, required=True), "accuracy_m": Column(number, required=True), "source_zh": _NAME,
            "source_en": _NAME, "trains": _choice(vocabulary.TRAINS, required=False), "lines_zh": _TEXT,
            "lines_en": _TEXT, "lines_source_zh": _TEXT, "lines_source_en": _TEXT, **_NOTES,
        },
    ),
    "industry_terms": Table(
        "industry_terms.csv",
        {
            "term": _NAME, "industry": _ref("industries"), "weight": Column(number, required=True),
            "basis": _choice(vocabulary.BASES), "document": _ref("documents", required=False), "locator": _TEXT,
        },
        key=None,
    ),
    "value_chains": Table(
        "value_chains.csv",
        {
            "chain": _ref("industries"), "upstream": _ref("industries"), "downstream": _ref("industries"),
            "relation": _choice(vocabulary.CHAIN_RELATIONS), "wording": _NAME, **_SOURCE_NOTE,
        },
        key=None,
    ),
    "gbt_codes": Table(
        "gbt4754.csv",
        {
            "id": Column(gbt_code, required=True), "parent": Column(gbt_code, refers_to="gbt_codes"),
            "level": _choice(vocabulary.GBT_LEVELS), "title_zh": _NAME,
        },
    ),
    "industry_gbt": Table(
        "industry_gbt.csv",
        {
            "gbt": Column(gbt_code, required=True, refers_to="gbt_codes"), "industry": _ref("industries"),
            "weight": Column(number, required=True), "basis": _choice(vocabulary.BASES),
        },
        key=None,
    ),
    "search_aliases": Table(
        "search/aliases.csv",
        {
            "kind": _choice(vocabulary.SEARCH_KINDS), "target": _NAME, "term": _NAME,
            "form": _choice(("short", "alias", "former")), "basis": _NAME,
        },
        key=None,
    ),
    "search_readings": Table("search/readings.csv", {"phrase": _NAME, "pinyin": _NAME, "basis": _NAME}, key=None),
}  # fmt: skip
"""Every table by name; the order is that of reading."""
