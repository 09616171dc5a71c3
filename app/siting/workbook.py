"""Workbook: an answer as XLSX."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from app.siting.criteria import GROUP_TITLES
from app.siting.kin import kin, ranks_of
from app.siting.words import joined, number, say

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(2000, 1, 1)
"""A fixed time, so that the same question gives the same file."""

_LONGEST = 32_000
"""Characters of a cell, below the 32,767 that Excel takes."""

Row = Sequence[Any]


def workbook(document: Mapping[str, Any], language: str) -> bytes:
    """Return an answer as a workbook.

    Parameters
    ----------
    document
        The answer.
    language
        ``zh`` or ``en``.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": say("report_title")[language], "created": _CREATED})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e5e7eb"})
    for key, rows in (
        ("sheet_ranking", _ranking(document, language)),
        ("sheet_values", _values(document, language)),
        ("sheet_constraints", _constraints(document, language)),
        ("sheet_excluded", _excluded(document, language)),
        ("sheet_sensitivity", _sensitivity(document, language)),
        ("sheet_criteria", _criteria(document, language)),
        ("sheet_question", _question(document, language)),
    ):
        _write(book, say(key)[language], list(rows), head)
    book.close()
    return out.getvalue()


def _write(book: Any, title: str, rows: Sequence[Row], head: Format) -> None:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(at, column, value, head if at == 0 else None)
            elif value is not None:
                sheet.write_string(at, column, str(value)[:_LONGEST], head if at == 0 else None)
    for column, title_cell in enumerate(rows[0] if rows else ()):
        sheet.set_column(column, column, min(max(2.2 * len(str(title_cell)), 12), 48))


def _head(language: str, *keys: str) -> list[str]:
    return [say(f"head_{key}")[language] for key in keys]


def _ranking(document: Mapping[str, Any], language: str) -> Iterable[Row]:
    used = [one for one in document["criteria"] if one["used"]]
    titles = [f"{one['title'][language]} {one['weight'] * 100:.1f}%" for one in used]
    yield [
        *_head(language, "rank", "name", "id", "score", "rank_range", "area", "kin"),
        *titles,
        *_head(language, "reasons"),
    ]
    places = ranks_of(document)
    for one in document["results"]:
        spread = one["rank_range"]
        ranks = "" if spread is None else f"{spread['best']}–{spread['worst']}"
        values = {value["name"]: value["contribution"] for value in one["criteria"]}
        yield [
            one["rank"], one[f"name_{language}"], one["id"], one["score"], ranks, one["area_ha"],
            kin(one, places, language), *(values.get(criterion["name"]) for criterion in used),
            "\n".join(one["reasons"][language]),
        ]  # fmt: skip


def _values(document: Mapping[str, Any], language: str) -> Iterable[Row]:
    titles = {one["name"]: one["title"][language] for one in document["criteria"]}
    yield _head(
        language,
        "rank",
        "name",
        "criterion",
        "raw",
        "unit",
        "value",
        "weight",
        "contribution",
        "missing",
        "says",
        "evidence",
    )
    for one in document["results"]:
        for value in one["criteria"]:
            yield [
                one["rank"], one[f"name_{language}"], titles[value["name"]], value["raw"], value["unit"][language],
                value["normalised"], value["weight"], value["contribution"],
                say("missing_yes")[language] if value["missing"] else "", value["says"][language],
                "\n".join(_evidence(each, language) for each in value["evidence"]),
            ]  # fmt: skip


def _evidence(one: Mapping[str, Any], language: str) -> str:
    if one["document"] is None:
        return str(one["says"][language])
    wording = f"“{one['wording']}”" if one["wording"] else ""
    return f"{one['says'][language]} — 《{one['short_title_zh'] or one['document']}》{one['locator']}{wording}"


def _constraints(document: Mapping[str, Any], language: str) -> Iterable[Row]:
    yield _head(language, "constraint", "source", "removed", "left")
    for one in document["constraints"]:
        yield [one["rule"][language], one["source"][language], one["removed"], one["left_after_it"]]


def _excluded(document: Mapping[str, Any], language: str) -> Iterable[Row]:
    yield _head(language, "name", "id", "score", "reasons")
    for one in document["excluded"]:
        yield [one[f"name_{language}"], one["id"], one["score"], "\n".join(each[language] for each in one["reasons"])]


def _sensitivity(document: Mapping[str, Any], language: str) -> Iterable[Row]:
    yield _head(language, "name", "best", "worst", "first_share")
    for one in document["results"]:
        spread = one["rank_range"]
        if spread is not None:
            yield [one[f"name_{language}"], spread["best"], spread["worst"], spread["first_share"]]
    told = document["sensitivity"]
    if told is not None:
        yield [told["topsis"]["says"][language]]
        if told["smallest_change"] is not None:
            yield [told["smallest_change"]["says"][language]]
    for one in document["alternatives"]:
        yield [one["says"][language]]


def _criteria(document: Mapping[str, Any], language: str) -> Iterable[Row]:
    yield _head(language, "criterion", "weight", "unit", "direction", "function", "basis")
    for one in document["criteria"]:
        function = one["value_function"]
        points = function.get("points") or list(function["values"].items())
        said = "; ".join(f"{at if isinstance(at, str) else number(at)} → {number(value)}" for at, value in points)
        direction = say(f"direction_{one['direction']}")[language]
        yield [one["title"][language], one["weight"], one["unit"][language], direction, said, one["basis"][language]]


def _question(document: Mapping[str, Any], language: str) -> Iterable[Row]:
    yield _head(language, "field", "asked")
    yield from question_lines(document["request"], language)
    yield [say("head_version")[language], f"{document['data_version']} ({document['date']})"]
    for note in document["notes"]:
        yield [say("head_note")[language], note[language]]


def question_lines(request: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """Return the question as it was understood: what is asked, and how."""
    lines: list[tuple[str, str]] = []

    def add(key: str, text: str) -> None:
        if text:
            lines.append((say(f"asked_{key}")[language], text))

    comma = "、" if language == "zh" else ", "
    for one in request["industries"]:
        means = comma.join(each.get(f"name_{language}") or each["id"] for each in one["means"])
        add("industry", one["words"] if means == one["words"] else f"{one['words']} → {means}")
    if request["area"] is not None:
        area = request["area"]
        add("area", say("asked_area_says", ha=area["ha"], mu=area["mu"], km2=area["km2"])[language])
    add("level", joined([say(f"level_{one}") for one in request["level"]])[language])
    for field in ("districts", "avoid_districts", "in_elements", "avoid_elements"):
        add(field, comma.join(one[f"name_{language}"] for one in request[field]))
    add("within", say("asked_drawn")[language] if request["within"] is not None else "")
    for field in ("max_km", "min_km"):
        said = [f"{say(f'gateway_{name}')[language]} {number(km)} km" for name, km in request[field].items()]
        add(field, comma.join(said))
    add("exclude_layers", comma.join(request["exclude_layers"]))
    add("layer", request["layer"] or "")
    add("preset", say(f"preset_{request['preset']}")[language] if request["preset"] else "")
    add("emphasis", joined([GROUP_TITLES[one] for one in request["emphasis"]])[language])
    return lines
