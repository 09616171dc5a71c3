"""Industries: which of them several zones have in common, and what is said of the plan elements they belong to."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from app.comparison.parts import Part, Row, Shared, cited
from app.comparison.words import Words


def industry_rows(records: Sequence[dict[str, Any]], words: Words) -> list[Row]:
    """Return a row for each sector that a document names, or of which it names a part, for any of the zones.

    A sector is common where every zone has it or a part of it; a part is common where every zone has that part. Sectors
    that all zones have come first, then those of several, then the others; each group in the order of the documents.

    Parameters
    ----------
    records
        What the documents state of each zone, in the order of the columns.
    words
        The language.
    """
    sectors: dict[str, dict[str, Any]] = {}
    in_sector: dict[str, set[int]] = defaultdict(set)
    in_zone: dict[str, set[int]] = defaultdict(set)
    for column, record in enumerate(records):
        for one in record["industries"]:
            sectors.setdefault(one["sector"]["id"], one["sector"])
            in_sector[one["sector"]["id"]].add(column)
            in_zone[one["id"]].add(column)
    rows = [
        Row(
            key,
            words.of(sector, "name"),
            tuple(_cell(record, key, in_zone, len(records), words) for record in records),
            shared(len(in_sector[key]), len(records)),
        )
        for key, sector in sectors.items()
    ]
    return sorted(rows, key=lambda row: ("common", "some", "single").index(row.shared))


def shared(has: int, all_zones: int) -> Shared:
    """Say whether so many zones are all of them, some or one."""
    return "common" if has == all_zones else "some" if has > 1 else "single"


def _cell(
    record: dict[str, Any], sector: str, in_zone: dict[str, set[int]], zones: int, words: Words
) -> tuple[Part, ...]:
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in record["industries"]:
        if one["sector"]["id"] == sector:
            said[one["id"]].append(one)
    return tuple(_part(statements, shared(len(in_zone[key]), zones), words) for key, statements in said.items())


def _part(statements: list[dict[str, Any]], of_zones: Shared, words: Words) -> Part:
    """Return an industry of a zone; where several documents name it, it is leading where any of them says so."""
    first = statements[0]
    name = words.of(first, "name") if first["id"] != first["sector"]["id"] else words("sector_itself")
    return Part(name, note=_note(statements, words), shared=of_zones, **cited(words, *statements))


def _note(statements: list[dict[str, Any]], words: Words) -> str:
    """Return rank, what the documents put in brackets, their own terms where those differ, and what is to be noted."""
    ranks = [one["rank"] for one in statements]
    rank = "leading" if "leading" in ranks else ranks[0]
    qualifiers = [one["qualifier"].replace(";", "、") for one in statements if one["qualifier"]]
    printed = [one["wording"] for one in statements if one["wording"] and one["wording"] not in one["name_zh"]]
    terms = "”、“".join(dict.fromkeys(printed)) if words.language == "zh" else ""
    several = len({one["evidence"]["document"] for one in statements}) > 1
    notes = [_remark(one, words, named=several) for one in statements]
    return words("join").join(
        filter(
            None, dict.fromkeys((words(f"rank_{rank}"), *qualifiers, terms and words("wording", wording=terms), *notes))
        )
    )


def _remark(statement: dict[str, Any], words: Words, *, named: bool) -> str:
    """Return our note on a statement; where other documents state the same, with the name of its own."""
    note = words.of(statement, "note").rstrip("。.")
    return words("remark", document=statement["evidence"]["short_title_zh"], note=note) if note and named else note


def surrounding_rows(records: Sequence[dict[str, Any]], words: Words) -> list[Row]:
    """Return a row for each plan element that documents name industries for as a whole and any of the zones belongs to.

    What is said of an element holds for none of its members by itself, so it is never counted as common to zones.

    Parameters
    ----------
    records
        What the documents state of each zone, in the order of the columns.
    words
        The language.
    """
    elements = {one["of"]["id"]: one["of"] for record in records for one in record["surrounding"]}

    def cell(record: dict[str, Any], element: str) -> tuple[Part, ...]:
        said: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in record["surrounding"]:
            if one["of"]["id"] == element:
                said[one["statement"]["id"]].append(one["statement"])
        return tuple(
            Part(words.of(group[0], "name"), note=_note(group, words), **cited(words, *group))
            for group in said.values()
        )

    return [
        Row(key, words("surrounding", name=words.of(element, "name")), tuple(cell(record, key) for record in records))
        for key, element in elements.items()
    ]
