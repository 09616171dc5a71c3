"""Workbook, places: a sheet a tier, the values of each criterion, and the criteria."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.siting.citations import evidence_line
from app.siting.same_land import kin, ranks_of
from app.siting.sections import Place, every_place, first_of, name_of, sections, tier_title
from app.siting.vocabulary import curve, listed, word
from app.siting.words import say

Document = Mapping[str, Any]
Row = Sequence[Any]


def head(language: str, *keys: str) -> list[str]:
    """Return the titles of columns."""
    return [say(f"head_{key}")[language] for key in keys]


def places(*names: str) -> Callable[[Document, str], Iterable[Row]]:
    """Return the rows of some sections: a place a row, with the contribution of each criterion."""

    def rows(document: Document, language: str) -> Iterable[Row]:
        used = [one for one in document["criteria"] if one["used"]]
        yield [
            *head(language, "rank", "name", "id", "tier", "group", "possible", "score", "low", "high", "ranks",
                  "area", "tier_says", "areas", "kin"),
            *(f"{one['title'][language]} {one['weight'] * 100:.1f}%" for one in used),
            *head(language, "reasons"),
        ]  # fmt: skip
        for section in sections(document):
            if section.name in names:
                for place in section.places:
                    yield _place(document, place, used, language)

    return rows


def _place(document: Document, place: Place, used: Sequence[Mapping[str, Any]], language: str) -> Row:
    first, spread = first_of(document, place), place["rank_range"]
    values = {value["name"]: value["contribution"] for value in place["criteria"]}
    return [
        place["rank"], name_of(place, language), place["id"], tier_title(place)[language],
        "" if first is None else first[language],
        "\n".join(one["says"][language] for one in place["possible"]),
        place["score"], *place["score_range"],
        "" if spread is None else f"{spread['best']}–{spread['worst']}", place["area_ha"],
        place["tier_says"][language],
        "\n".join(f"{name_of(one, language)} {one['score']:.1f}: {one['says'][language]}" for one in place["areas"]),
        kin(place, ranks_of(document), language), *(values.get(one["name"]) for one in used),
        "\n".join(place["reasons"][language]),
    ]  # fmt: skip


def values(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of the values: a criterion of a place a row."""
    shown = {one["name"]: (one["title"][language], one["unit"][language]) for one in document["criteria"]}
    yield head(
        language, "rank", "name", "tier", "criterion", "raw", "unit", "value", "weight", "contribution", "missing",
        "says", "evidence",
    )  # fmt: skip
    for place in every_place(document):
        for value in place["criteria"]:
            title, unit = shown[value["name"]]
            yield [
                place["rank"], name_of(place, language), tier_title(place)[language], title,
                value["raw"], unit, value["normalised"], value["weight"], value["contribution"],
                say("missing_yes")[language] if value["missing"] else "", value["says"][language],
                evidence(value["evidence"], language),
            ]  # fmt: skip


def evidence(items: Iterable[Mapping[str, Any]], language: str) -> str:
    """Return evidence as lines: what is said, and where."""
    return "\n".join(evidence_line(one, language) for one in items)


def criteria(document: Document, language: str) -> Iterable[Row]:
    """Return the rows of the criteria: weight, who set it, and the value function."""
    given = document["request"]["weights_given"]
    owner = say("set_by_asker" if given else "set_by_us")[language]
    yield head(language, "criterion", "weight", "ours", "unit", "direction", "function", "basis")
    for one in document["criteria"]:
        yield [
            one["title"][language], one["weight"], owner, one["unit"][language],
            word("direction", one["direction"])[language], curve(one, language),
            one["basis"][language] if one["used"] or one["not_used"] is None
            else listed([one["not_used"][language], one["basis"][language]], language),
        ]  # fmt: skip
