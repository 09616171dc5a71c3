"""Checks of statements: each stands at what it speaks of, and rests on something."""

from collections import defaultdict
from collections.abc import Mapping

from app.loading.tables import Row

NO_SOURCES = ("一般了解", "general knowledge")
"""What is no source: what nobody can look up."""

_SOURCES = {
    "facilities": ("source_zh", "source_en", "lines_source_zh", "lines_source_en"),
    "zones": ("official_area_source",),
}


def check_statements(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    """Append statements that stand at the members of what they speak of, and sources that are none, to ``faults``."""
    _check_subjects(tables, faults)
    for name, columns in _SOURCES.items():
        for row in tables[name]:
            for column in columns:
                check_source(row.place, column, row[column], faults)


def check_source(place: str, column: str, text: str | None, faults: list[str]) -> None:
    """Append a source that cannot be looked up to ``faults``."""
    if text and any(words in text for words in NO_SOURCES):
        instead = "无公开来源，估计 (no public source, estimated)"
        faults.append(f"{place}: {column}: {text!r} is no source; find one, or write {instead}")


def _check_subjects(tables: Mapping[str, list[Row]], faults: list[str]) -> None:
    """Find what stands, from one paragraph, at every member of a plan element: the document says it of the element."""
    said: dict[tuple[str, ...], dict[str, Row]] = defaultdict(dict)
    for row in tables["zone_industries"]:
        key = tuple(row[column] for column in ("industry", "document", "locator", "wording"))
        said[key][row["subject"]] = row
    for element in tables["plan_elements"]:
        members = set(element["members"])
        for rows in said.values():
            if len(members) > 1 and members <= rows.keys():
                first = min((rows[one] for one in members), key=lambda row: row.place)
                faults.append(
                    f"{first.place}: subject: {first['wording']!r} stands at every member of {element['id']}"
                    f" ({element['name_zh']}) from one paragraph; what a document says of the whole belongs to it"
                )
