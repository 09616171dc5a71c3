"""Report: an answer as a page of sentences and tables, for reading and printing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from app.siting.base_map import Drawing
from app.siting.brief import brief
from app.siting.citations import evidence_line, reference, statements, title_of
from app.siting.request_lines import missed_words, request_lines
from app.siting.same_land import kin, ranks_of
from app.siting.sections import Place, Section, every_place, first_of, name_of, names, sections
from app.siting.sketch import Shown, Sketch, sketch
from app.siting.vocabulary import bracketed, curve, few, labelled, listed, sequence, word
from app.siting.words import Words, number, say, texts

Document = Mapping[str, Any]

_LISTED = 50
"""Places of a section in its table."""

_EXPLAINED = 20
"""Places that a report explains one by one."""

_SHOWN_EXCLUDED = 40

_DRAWN = {"related": 5, "not_named": 0}
"""Places of a section on the map, where not all that are listed are drawn."""

_MOST_DRAWN = 20
_GROUNDS = 3
"""Places in documents beside a place in a table."""

_EXPLAINED_SECTIONS = frozenset({"itself", "unranked", "place", "possible", "surrounding"})


@dataclass(frozen=True, slots=True)
class _Table:
    """A section as a table: its places, how many more there are, and which columns it has."""

    title: Words
    note: Words | None
    places: Sequence[Place]
    more: int
    ranked: bool
    mixed: bool
    scored: bool


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, undefined=StrictUndefined,
    )  # fmt: skip
    environment.filters["number"] = number
    environment.globals |= {"evidence_line": evidence_line, "title_of": title_of}
    return environment.get_template("report.html.jinja")


def report(document: Document, drawing: Drawing, language: str) -> str:
    """Return the page.

    Parameters
    ----------
    document
        The answer.
    drawing
        What its map is drawn from.
    language
        ``zh`` or ``en``.
    """
    found = sections(document)
    places = [one for section in found if section.name in _EXPLAINED_SECTIONS for one in section.places]
    excluded = document["counts"]["candidates"] - document["counts"]["remaining"]
    drawn = _map(document, found, drawing, language)
    return _template().render(
        answer=document,
        t={key: text[language] for key, text in texts().items() if "{" not in text[language]},
        lang=language,
        name=f"name_{language}",
        subject=_subject(document, language),
        brief=[(title, text.split("\n")) for title, text in brief(document, language)],
        map=drawn,
        legend=_legend(drawn, language) if drawn is not None else [],
        sections=[_table(one) for one in found],
        nothing=not found and document["kind"] in ("where", "place"),
        explained=places[:_EXPLAINED],
        more=len(places) - _EXPLAINED,
        lines=request_lines(document, language),
        missed=listed(missed_words(document, language), language),
        excluded=document["excluded"][:_SHOWN_EXCLUDED],
        more_excluded=max(excluded - _SHOWN_EXCLUDED, 0),
        **_criteria(document, language),
        **_words(document, language),
    )


def _subject(document: Document, language: str) -> str:
    """Return what the report is about: the sentence, else the industries or the place."""
    request = document["request"]
    if request["reading"] is not None:
        return str(request["reading"]["sentence"])
    parts = [one["words"] for one in request["industries"]]
    if request["place"] is not None:
        parts.append(name_of(request["place"], language))
    return listed(parts, language)


def _table(section: Section) -> _Table:
    places = section.places[:_LISTED]
    return _Table(
        title=section.title,
        note=section.note,
        places=places,
        more=len(section.places) - len(places),
        ranked=section.ranked,
        mixed=section.mixed,
        scored=section.name not in ("related", "not_named"),
    )


def _map(document: Document, found: Sequence[Section], drawing: Drawing, language: str) -> Sketch | None:
    shown = [
        Shown(
            shape=drawing.shapes[one["id"]],
            tier=one["tier"] if section.name == "possible" else section.name,
            rank=None if section.name == "place" else one["rank"],
            name=name_of(one, language),
            first=one["group"],
            possible=bool(one["possible"]),
        )
        for section in found
        for one in section.places[: _DRAWN.get(section.name, _MOST_DRAWN)]
        if one["id"] in drawing.shapes
    ]
    return sketch(shown, drawing.base, [one["id"] for one in document["elsewhere"]], language)


def _legend(drawn: Sketch, language: str) -> list[tuple[str, str]]:
    """Return the kinds of marks in the map, each with what it means."""
    shown = [one.shown for one in drawn.places]
    kinds = {"itself" if one.rank is not None else one.tier for one in shown}
    kinds |= {"possible"} if any(one.possible for one in shown) else set()
    kinds |= {"named"} if drawn.named else set()
    keys = {"itself": "ranked"}
    order = ("itself", "place", "unranked", "better", "surrounding", "related", "not_named", "possible", "named")
    return [(kind, say(f"report_map_{keys.get(kind, kind)}")[language]) for kind in order if kind in kinds]


def _criteria(document: Document, language: str) -> dict[str, Any]:
    """Return what the page says of criteria and weights."""
    criteria, given = document["criteria"], document["request"]["weights_given"]
    idle = [
        one["title"][language] + bracketed(one["not_used"][language], language)
        for one in criteria
        if not one["used"] and one["not_used"] is not None
    ]
    return {
        "titles": {one["name"]: one["title"][language] for one in criteria},
        "used": [one for one in criteria if one["used"]],
        "unused": listed(idle, language),
        "weight_owner": say("set_by_asker" if given else "set_by_us")[language],
        "curve": lambda criterion: curve(criterion, language),
    }


def _words(document: Document, language: str) -> dict[str, Any]:
    """Return the functions with which the page says things."""
    ranks, shown = ranks_of(document), {one["id"]: one for one in every_place(document)}
    groups = {one["name"]: one["group"] for one in document["criteria"]}

    def of(prefix: str) -> Any:
        return lambda key: word(prefix, key)[language]

    def first(place: Place) -> str:
        words = first_of(document, place)
        return words[language] if words is not None else ""

    def bears_on(rule: Mapping[str, Any]) -> str:
        if rule["places"] is None:
            return say("all_places")[language]
        return few([name_of(shown[one], language) for one in rule["places"] if one in shown], language)

    return {
        "kin": lambda place: kin(place, ranks, language),
        "labelled": lambda label, text: labelled(label, text, language),
        "sequence": lambda items: sequence(items, language),
        "say": lambda key, **values: say(key, **values)[language],
        "tier": lambda place: word("tier", place["tier"])[language],
        "effect": of("effect"), "standing": of("standing"), "kind": of("kind"), "assumption": of("assumption"),
        "first": first, "bears_on": bears_on,
        "names_of": lambda ones: few(names(ones, language), language),
        "grounds": lambda place: list(dict.fromkeys(reference(one) for one in statements(place, groups)))[:_GROUNDS],
    }  # fmt: skip
