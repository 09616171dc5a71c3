"""What an answer claims as a whole, of plans and in its evidence, and whether the tables of geodata/ bear it out."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.siting import grammar
from tests.siting import independent as facts
from tests.siting.claims import LANGUAGES, PLACES, Question, parts, subjects, walk, zone
from tests.siting.grammar import RANKS, RELATIONS, Claim
from tests.siting.independent import Row, normalised

ROUNDED = 0.051
"""What a score of one digit may be off by."""

# --- the conclusion -----------------------------------------------------------------------------------------------


def check_conclusion(question: Question) -> Iterator[str]:
    """The conclusion says how many places the documents name, which comes first, and what has no park."""
    text = question.answer["conclusion"]["zh"]
    if not grammar.balanced(text):
        return
    claims = grammar.said_in_conclusion(text)
    for claim in claims:
        if claim is None:
            yield f"the conclusion has a sentence of no known kind: {text!r}"
        elif fault := _conclusion_fault(question, claim):
            yield f"{fault}: {text!r}"
    if bool(question.places("elsewhere")) != any(claim is not None and claim.kind == "elsewhere" for claim in claims):
        yield f"what has no park is {[each['id'] for each in question.places('elsewhere')]}: {text!r}"


def _conclusion_fault(question: Question, claim: Claim) -> str | None:
    if claim["asked"] and not question.asks(claim["asked"]):
        return f"{claim['asked']!r} is not what was asked for"
    documented, around = facts.documented(question.demanded), facts.stated_around(question.demanded)
    if claim.kind == "elsewhere":
        return _elsewhere(question, claim)
    if claim.kind in ("first", "level"):
        return _first(question, claim, len(documented))
    if documented:
        return f"documents place it in {sorted(documented)}"
    if claim.kind == "nowhere":
        return f"documents place it around {sorted(around)}" if around else None
    wholes = {row.subject for rows in around.values() for row in rows}
    if claim.count != len(wholes) or not all(subjects(name) & wholes for name in claim.names):
        return f"documents place it in {sorted(wholes)}"
    return None


def _first(question: Question, claim: Claim, documented: int) -> str | None:
    results = question.places("results")
    group, score = question.answer["verdict"]["group"], results[0]["score"]
    if int(claim["count"]) != documented:
        return f"documents place it in {documented} places"
    directly = _directly(question)
    told = int(claim["direct"]) if claim["direct"] else 0 if claim["indirect"] else documented
    if not directly <= told <= documented:
        return f"documents place the industry itself or a part of it in {directly} places"
    if claim.count != len(group) or (claim.kind == "first") != (len(group) == 1):
        return f"first are {group}"
    if not all(subjects(name) & set(group) for name in claim.names):
        return f"first are {group}"
    if claim["score"] and abs(float(claim["score"]) - score) > ROUNDED:
        return f"the score of the first is {score}"
    return None


def _directly(question: Question) -> int:
    """Return in how many of the documented places a row names what was asked or a part of it."""
    return sum(
        any(question.demanded & set(facts.lineage(row.industry)) for row in facts.own_rows(question.demanded, place))
        for place in facts.documented(question.demanded)
    )


def _elsewhere(question: Question, claim: Claim) -> str | None:
    listed = [entry["id"] for entry in question.places("elsewhere")]
    if claim.count != len(listed) or not all(subjects(name) & set(listed) for name in claim.names):
        return f"elsewhere are {listed}"
    if claim["drawn"] == "图上没有画出其园区" and (drawn := [each for each in listed if _places_inside(each)]):
        return f"of {drawn} parks are drawn"
    return None


def _places_inside(key: str) -> frozenset[str]:
    return facts.places_inside(key) if key in facts.zones() or key in facts.elements() else frozenset()


def check_notes(question: Question) -> Iterator[str]:
    """The notes on what has no park of its own say why, and truly."""
    for entry in question.places("elsewhere"):
        claim = grammar.said_in_note(entry["note"]["zh"])
        if claim is None:
            yield f"{entry['id']} has a note of no known kind: {entry['note']['zh']!r}"
        elif fault := _note_fault(question, entry["id"], claim):
            yield f"{fault}: {entry['id']} {entry['note']['zh']!r}"


def _note_fault(question: Question, key: str, claim: Claim) -> str | None:
    if claim.kind == "district":
        listed = facts.zones()[key]["parks_listed_by"]
        return f"{listed} lists its parks" if listed or key not in subjects(claim["place"]) else None
    if claim.kind == "theme":
        return "it is in a place that is compared" if key in facts.theme_parks_with_a_place() else None
    if claim.kind == "zone":
        return f"{sorted(_places_inside(key))} are drawn" if _places_inside(key) else None
    named = facts.narrowed(question.demanded, key)
    return f"documents name {sorted(named)} in it" if named else None


# --- the evidence -------------------------------------------------------------------------------------------------


@cache
def _stated() -> dict[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in (*facts.statements(), *facts.cluster_statements()):
        found.setdefault((row.subject, row.industry, row.document, row.locator, row.wording), []).append(row)
    return found


def check_evidence(question: Question) -> Iterator[str]:
    """Each statement is a row of the tables, in the relation and the standing that tree, chains and zones give it."""
    for key, part in parts(question):
        for each in walk(part):
            if each.get("relation") and each.get("subject"):
                yield from (f"{key}: {fault}" for fault in _evidence_faults(question, key, each))


def _evidence_faults(question: Question, key: str, each: dict[str, Any]) -> Iterator[str]:
    title = f"{each['subject']} {each['industry']} ({each['document']} {each['locator']} {each['wording']})"
    printed = tuple(each[name] for name in ("subject", "industry", "document", "locator", "wording"))
    rows = _stated().get(printed)
    if not rows:
        yield f"no row {title}"
        return
    true = facts.relations_to_any(question.meant, each["industry"])
    if each["relation"] not in true:
        yield f"{title} is called {each['relation']}, it is {sorted(true)}"
    stands = _standing(key, each["subject"])
    if each["standing"] not in stands:
        yield f"{title} stands as {each['standing']}, it is {sorted(stands)}"
    for language in LANGUAGES:
        text = each["says"][language]
        claim = grammar.said_as_evidence(text, language)
        if claim is None:
            yield f"evidence of no known kind: {text!r}"
        elif (
            each["subject"] not in subjects(claim["place"])
            or RELATIONS[claim["relation"]] != each["relation"]
            or not any(row.rank == RANKS[claim["rank"]] and _term_of(row, claim["term"]) for row in rows)
        ):
            yield f"{title} is told as {text!r}"


def _term_of(row: Row, term: str) -> bool:
    names = {normalised(name) for name in facts.industries()[row.industry].names}
    return normalised(term) in names or normalised(term) in normalised(row.wording)


def _standing(key: str, subject: str) -> set[str]:
    """Return how a statement about a subject may stand to a place, or to what is listed without one."""
    if key not in facts.candidates() and subject == key:
        return {"own", "district" if facts.zones().get(key, {}).get("kind") == "district" else "around"}
    if key not in facts.zones():
        return set()
    found = {facts.own_subjects(key).get(subject), facts.around_subjects(key).get(subject)}
    return {each for each in found if each}


# --- plans --------------------------------------------------------------------------------------------------------


def check_plans(question: Question) -> Iterator[str]:
    """What is said of a place in plans, theme parks and tracks is in the tables."""
    for place in question.places(*PLACES):
        for criterion in place["criteria"]:
            if criterion["name"] == "policy":
                yield from _plan_faults(zone(place), criterion["says"]["zh"])


@cache
def _plan_faults(key: str, text: str) -> tuple[str, ...]:
    faults = []
    for claim in grammar.said_of_plans(text):
        if claim is None:
            faults.append(f"{key}: of plans a sentence of no known kind: {text!r}")
        elif claim.kind != "none" and not _plan_holds(key, claim):
            faults.append(f"{key}: {claim.kind} is not in the tables: {text!r}")
    return tuple(faults)


def _plan_holds(key: str, claim: Claim) -> bool:
    lands = facts.zones_around(key) if claim["around"] else (key,)
    if claim.kind in ("member", "core"):
        plans = {row["id"] for row in facts.rows("plans") if f"《{row['name_zh']}》" == claim["plan"]}
        return any(
            row["name_zh"] == claim["name"] and row["plan"] in plans and _members(element, claim.kind) & set(lands)
            for element, row in facts.elements().items()
        )
    named = subjects(claim["place"]) & {key, *facts.zones_around(key), *facts.zones_inside(key)}
    if claim.kind in ("host", "host_core"):
        themes = {key for key, row in facts.theme_parks().items() if row["name_zh"] == claim["name"]}
        roles = {"host"} if claim.kind == "host" else {"core"}
        hosts = [row for row in facts.rows("theme_park_hosts") if row["theme_park"] in themes and row["role"] in roles]
        return any(row["host"] in named for row in hosts)
    tracks = {row["id"]: row for row in facts.rows("clusters") if row["name_zh"] == claim["name"]}
    if claim.kind == "responsible":
        return any(set(facts.values_of(row["responsible_zones"])) & named for row in tracks.values())
    return any(
        row["zone"] in named and row["role"] == claim.kind and row["certainty"] == "named"
        for row in facts.rows("cluster_places")
        if row["cluster"] in tracks
    )


def _members(element: str, role: str) -> set[str]:
    """Return the zones that a document names as members or as the core of an element, or of a part of it."""
    row = facts.elements()[element]
    found = {*facts.values_of(row["core"]), *(facts.values_of(row["members"]) if role == "member" else ())}
    for part, other in facts.elements().items():
        if other["parent"] == element:
            found |= _members(part, role)
    return found
