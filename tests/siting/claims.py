"""What the sentences of an answer claim, and whether the tables of geodata/ bear it out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from tests.siting import grammar
from tests.siting import independent as facts
from tests.siting.grammar import RANKS, Claim, same_words
from tests.siting.independent import Row, normalised

LANGUAGES = ("zh", "en")
PLACES = ("results", "related", "better", "not_named")


@dataclass(frozen=True)
class Question:
    """A word that was asked for, with its answer."""

    word: str
    answer: dict[str, Any]
    whole: bool = False
    """Asked with a limit that leaves nothing out, and with the places that no document names."""

    @cached_property
    def means(self) -> dict[str, float]:
        """What the words mean, as the answer says it."""
        found: dict[str, float] = {}
        for each in self.answer["request"]["industries"]:
            for meaning in each["means"]:
                found[meaning["id"]] = max(meaning.get("weight", 1), found.get(meaning["id"], 0))
        return found

    @cached_property
    def demanded(self) -> frozenset[str]:
        """The industries that are meant wholly: what is related to the words places nothing."""
        return frozenset(key for key, weight in self.means.items() if weight == 1)

    @cached_property
    def meant(self) -> frozenset[str]:
        """The industries that are meant wholly or in part."""
        return frozenset(self.means)

    @cached_property
    def request_words(self) -> frozenset[str]:
        return frozenset(each["words"] for each in self.answer["request"]["industries"])

    def asks(self, words: str) -> bool:
        return any(same_words(words, each) for each in self.request_words)

    def places(self, *lists: str) -> list[dict[str, Any]]:
        return [place for name in lists for place in self.answer.get(name) or ()]


def zone(place: dict[str, Any]) -> str:
    return str(place["zone_id"])


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a part of an answer."""
    if isinstance(value, dict):
        yield value
        value = value.values()
    elif not isinstance(value, list):
        return
    for each in value:
        if isinstance(each, dict | list):
            yield from walk(each)


def parts(question: Question) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what speaks of one place, with its id."""
    for place in question.places(*PLACES):
        yield zone(place), place
    for entry in question.places("elsewhere"):
        yield entry["id"], entry


@cache
def statements_about(place: str) -> tuple[Row, ...]:
    """Return all statements that bear on a place, or on what is listed without one."""
    subjects = [*facts.own_subjects(place), *facts.around_subjects(place)] if place in facts.zones() else [place]
    return tuple(row for subject in subjects for row in facts.by_subject().get(subject, ()))


# --- spelling -----------------------------------------------------------------------------------------------------


@cache
def ids() -> frozenset[str]:
    """Return the ids that nobody should see in a sentence, but for those that are English words."""
    tables = ("zones", "industries", "plan_elements", "theme_parks", "clusters", "plans", "documents", "facilities")
    found = {row["id"] for table in tables for row in facts.rows(table)}
    printed = " ".join(row.get("name_en") or "" for table in tables for row in facts.rows(table)).lower()
    return frozenset(each for each in found if "-" in each and each not in printed)


@cache
def bare_ids() -> frozenset[str]:
    """Return the ids of one word too: these are English, and have no place in a Chinese sentence."""
    return ids() | {row["id"] for table in ("zones", "industries", "plan_elements") for row in facts.rows(table)}


def check_spelling(question: Question) -> Iterator[str]:
    """No sentence shows an id or leaves a quotation open, and Chinese ones have Chinese commas."""
    own = {normalised(question.word), *re.findall(r"[a-z0-9]+", question.word)}
    for each in walk(question.answer):
        for language in LANGUAGES:
            texts = each.get(language) or ()
            for text in (texts,) if isinstance(texts, str) else texts:
                for fault, words in _misspelt(text, language):
                    if not words or words - own:
                        yield f"{fault} in {text!r}"


@cache
def _misspelt(text: str, language: str) -> tuple[tuple[str, frozenset[str]], ...]:
    found: list[tuple[str, frozenset[str]]] = []
    slugs = set(re.findall(r"(?<![A-Za-z0-9./-])[a-z0-9]+(?:-[a-z0-9]+)*(?![A-Za-z0-9./-])", text))
    if shown := slugs & (bare_ids() if language == "zh" else ids()):
        found.append((f"id {sorted(shown)}", frozenset(shown)))
    if language == "zh" and re.search(r"[\u4e00-\u9fff”》）],\s*[\u4e00-\u9fff“《（]", text):
        found.append(("half-width comma", frozenset()))
    if not grammar.balanced(text):
        found.append(("open quotation", frozenset()))
    if re.search(r"[.,;。，；][ ]?[,;。，；]|[.] [a-z]", text):
        found.append(("doubled stop", frozenset()))
    return tuple(found)


# --- what is said of places and industries ------------------------------------------------------------------------


def check_claims(question: Question) -> Iterator[str]:
    """What sentences say of parts, wholes, sectors, chains and places holds by tree, chains and rows."""
    for key, part in parts(question):
        for language, text in _sentences_of(part):
            if not grammar.balanced(text):
                continue
            claim = grammar.said_of_a_place(text, language)
            if fault := _claim_fault(question, key, claim) if claim else "the sentence is of no known kind":
                yield f"{key}: {fault}: {text!r}"


def _sentences_of(part: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is said of the industry at a place: of itself, of the areas in it, and as a criterion."""
    said = [part.get("tier_says"), part.get("says"), *(area["says"] for area in part.get("areas", ()))]
    said += [each["says"] for each in part.get("criteria", ()) if each["name"] == "industry"]
    for each in filter(None, said):
        yield from each.items()


def _claim_fault(question: Question, key: str, claim: Claim) -> str | None:
    if claim["asked"] and not question.asks(claim["asked"]):
        return f"{claim['asked']!r} is not what was asked for"
    if claim["not_here"] and facts.own_rows(question.demanded, key):
        return "a document places it right here"
    if claim.kind in ("nothing", "narrowed", "track", "thing"):
        return {"nothing": _nothing, "narrowed": _narrowed, "track": _track, "thing": _thing}[claim.kind](
            question, key, claim
        )
    return _listed(question, key, claim)


def _listed(question: Question, key: str, claim: Claim) -> str | None:
    """Return what is wrong with: a document lists an industry at a place, and that is so related to what was asked."""
    relation = claim.kind.removeprefix("other_")
    if claim.kind == "same" and not claim["asked"] and not _explains_itself(question, claim["said"]):
        return f"it does not say what {claim['said']!r} has to do with what was asked for"
    named, rank, said = subjects(claim["place"]), RANKS[claim["rank"]], claim["said"]
    rows = [row for row in statements_about(key) if row.subject in named and row.rank == rank and _names(row, said)]
    if not rows:
        return f"no row lists {said!r} there so"
    if claim["node"]:
        node = normalised(claim["node"])
        rows = [row for row in rows if node in _names_of(row.industry)]
    if not any(relation in facts.relations_to_any(question.meant, row.industry) for row in rows):
        return f"that is not related as {relation}"
    return None


def _explains_itself(question: Question, said: str) -> bool:
    """Tell whether a term has the words that were asked for in it, or is the English name of what they mean."""
    named = {facts.industries()[each].name_en for each in question.meant}
    return said in named or any(normalised(words) in normalised(said) for words in question.request_words)


def _nothing(question: Question, key: str, claim: Claim) -> str | None:
    del claim
    rows = [row for row in statements_about(key) if facts.relations_to_any(question.meant, row.industry)]
    return f"there is {rows[0]}" if rows else None


def _narrowed(question: Question, key: str, claim: Claim) -> str | None:
    """Return what is wrong with: documents place it in a whole, and there in these places, but not here."""
    if facts.own_rows(question.demanded, key):
        return "a document places it right here"
    for subject in subjects(claim["place"]):
        named = facts.narrowed(question.demanded, subject)
        printed = [{*subjects(name)} & named for name in claim.names]
        if (
            any(row.subject == subject for row in statements_about(key) if row in _strong(question.demanded, subject))
            and all(printed)
            and claim.count == len(named)
        ):
            return None
    return "documents do not place it in the whole, or not in just these places in it"


def _strong(demanded: frozenset[str], subject: str) -> tuple[Row, ...]:
    return facts.strong_rows(demanded, subject)


def _track(question: Question, key: str, claim: Claim) -> str | None:
    for row in statements_about(key):
        if row.subject in subjects(claim["place"]) and row.rank == RANKS[claim["role"]]:
            track = next(each for each in facts.rows("clusters") if each["industry"] == row.industry)
            if claim["name"] in (track["name_zh"], track["name_en"]) and row.industry in facts.placing_industries(
                question.demanded
            ):
                return None
    return "no row of the cluster says so"


def _thing(question: Question, key: str, claim: Claim) -> str | None:
    things = facts.named_things(question.demanded, key)
    names = [(row["name_zh"], row["name_en"], row["summary_en"].rstrip(".")) for row in things]
    if not any(same_words(claim["name"].rstrip("."), name) for each in names for name in each if name):
        return f"no such thing of it is in {key}, only {[each[0] for each in names]}"
    return None if key in subjects(claim["place"]) else f"{claim['place']} is not {key}"


def _names(row: Row, term: str) -> bool:
    """Tell whether a term is that of a row: its wording, or a name of its industry."""
    return normalised(term) in _names_of(row.industry) or normalised(term) in normalised(row.wording)


@cache
def _names_of(industry: str) -> frozenset[str]:
    return frozenset(normalised(name) for name in facts.industries()[industry].names)


def _without_colons(text: str) -> str:
    return normalised(text).replace(":", "")


@cache
def subjects(text: str) -> frozenset[str]:
    """Return the subjects that a phrase names (园内的主题园区（中国信创谷）): those of the longest name in it."""
    found: dict[int, set[str]] = {}
    words = _without_colons(text)
    for key, name in _subject_names():
        if name in words:
            found.setdefault(len(name), set()).add(key)
    return frozenset(found[max(found)]) if found else frozenset()


@cache
def _subject_names() -> tuple[tuple[str, str], ...]:
    found = []
    for table in ("zones", "theme_parks", "plan_elements"):
        for row in facts.rows(table):
            names = [row["name_zh"], row["name_en"], row.get("short_name_zh"), *facts.values_of(row.get("aliases", ""))]
            found += [(row["id"], _without_colons(name)) for name in names if name]
    return tuple(found)
