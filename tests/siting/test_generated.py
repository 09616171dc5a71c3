"""Names of every industry as questions, and what the answers say held against geodata/.

The facts come from :mod:`tests.siting.independent`, which knows nothing of the code that writes the sentences. A chunk
gathers the faults of its questions; the first of them are shown.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

import httpx
import pytest

from tests.siting import independent as facts
from tests.siting.claims import PLACES, Question, check_claims, check_spelling, statements_about, zone
from tests.siting.claims_overall import check_conclusion, check_evidence, check_notes, check_plans
from tests.siting.independent import Row, normalised

CHUNKS = 8
SHOWN = 5
SENTENCE = "项目放在哪里"
EVERYTHING = 1000
"""A limit that leaves nothing out."""

FEW_RELATED, MOST_ELSEWHERE = 3, 20
"""How many entries of a list an answer shows."""

# --- what is asked ------------------------------------------------------------------------------------------------


def ask(api: httpx.Client, query: dict[str, Any]) -> dict[str, Any]:
    # A comma parts the names of a query; a name that has one is asked for as JSON.
    if "," in str(query.get("industries", "")):
        answer = api.post("/api/siting", json=query | {"industries": [query["industries"]]})
    else:
        answer = api.get("/api/siting", params=query)
    if answer.status_code != 200:
        raise ValueError(f"{answer.status_code} {answer.text[:200]}")
    found: dict[str, Any] = answer.json()
    return found


def names() -> tuple[str, ...]:
    """Return all names and aliases, and some of the English names, each once."""
    found: dict[str, str] = {}
    for number, industry in enumerate(facts.industries().values()):
        for name in (industry.name_zh, *industry.aliases, *([] if number % 4 else [industry.name_en])):
            found.setdefault(normalised(name), name)
    return tuple(found.values())


def queries(chunk: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the words and the queries of a chunk: names, some of them without a limit, some as sentences."""
    for number, word in enumerate(names()):
        if number % CHUNKS == chunk:
            yield word, {"industries": word}
            if number // CHUNKS % 16 == 0:
                yield word, {"industries": word, "tiers": "all", "limit": EVERYTHING}
    for number, industry in enumerate(facts.industries().values()):
        if number % CHUNKS == chunk and number // CHUNKS % 4 == 0:
            sentence = f"{industry.name_zh}{SENTENCE}"
            yield sentence, {"q": sentence}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_answers_say_what_the_documents_say(api: httpx.Client, chunk: int) -> None:
    questions = list(queries(chunk))
    assert len(questions) * CHUNKS > 1000
    found: dict[str, list[str]] = {}
    with ThreadPoolExecutor(2) as pool:
        for kind, fault in chain.from_iterable(pool.map(lambda each: faults(api, *each), questions)):
            found.setdefault(kind, []).append(fault)
    shown = [f"{kind}: {len(some)} faults\n  " + "\n  ".join(some[:SHOWN]) for kind, some in found.items()]
    assert not shown, f"of {len(questions)} questions\n" + "\n".join(shown)


def faults(api: httpx.Client, word: str, query: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what is wrong with the answer to a question, with the check that says so."""
    try:
        question = Question(word, ask(api, query), whole="tiers" in query)
    except (ValueError, httpx.HTTPError) as fault:
        return [("no answer", f"{word}: {fault}")]
    checks = [check_reading, *(CHECKS if len(question.request_words) == 1 else CHECKS_OF_SEVERAL)]
    try:
        return [(each.__name__, f"{word}: {fault}") for each in checks for fault in dict.fromkeys(each(question))]
    except KeyError as missing:
        return [("incomplete", f"{word}: the answer has no {missing}")]


def check_reading(question: Question) -> Iterator[str]:
    """The words were taken for what they name, and no others were read."""
    name = normalised(question.word.removesuffix(SENTENCE))
    if {normalised(each) for each in question.request_words} != {name}:
        yield f"read as {sorted(question.request_words)}"
    for each in question.answer["request"]["industries"]:
        meant = {meaning["id"] for meaning in each["means"] if meaning.get("weight", 1) == 1}
        if meant != facts.industries_by_name().get(normalised(each["words"]), frozenset()):
            yield f"{each['words']!r} was read as {sorted(meant)}"


# --- places -------------------------------------------------------------------------------------------------------


def check_tiers(question: Question) -> Iterator[str]:
    """Each place stands in the tier that the documents give it, and so does each area in it."""
    for place in question.places(*PLACES):
        key, tier = zone(place), place["tier"]
        if fault := _tier_fault(question, key, tier):
            yield f"{key} stands as {tier}; {fault}"
        if [each["tier"] for each in place["demands"]] != [tier]:
            yield f"{key} stands as {tier}; its demands are {place['demands']}"
        for area in place["areas"]:
            if area["tier"] == "itself" and not facts.own_rows(question.demanded, area["id"]):
                yield f"{area['id']} in {key} stands as itself; no document places it there"


def _tier_fault(question: Question, key: str, tier: str) -> str | None:
    demanded = question.demanded
    own, around = facts.own_rows(demanded, key), facts.stated_around(demanded).get(key, ())
    if key not in facts.candidates():
        return "it is no candidate"
    if tier != "itself" and own:
        return _shown(own)
    if tier == "itself" and not own:
        return "no document places it there"
    if tier == "surrounding" and not around:
        return "nothing is stated around it that is not placed elsewhere in it"
    if tier in ("related", "not_named") and around:
        return _shown(around)
    if (tier == "related") != bool(_relations(question, key)) and tier in ("related", "not_named"):
        return f"what bears on it is {sorted(_relations(question, key))}"
    return None


def _relations(question: Question, key: str) -> frozenset[str]:
    rows = statements_about(key)
    return frozenset[str]().union(*(facts.relations_to_any(question.demanded, row.industry) for row in rows))


def _shown(rows: tuple[Row, ...]) -> str:
    return "; ".join(f"{row.subject}: {row.wording} ({row.document} {row.locator})" for row in rows[:2])


def check_counts(question: Question) -> Iterator[str]:
    """The counts are those of the documents, and nobody is left out of the lists."""
    counts = question.answer["counts"]
    if counts["documented"] != len(facts.documented(question.demanded)):
        yield f"{counts['documented']} documented places, the tables have {sorted(facts.documented(question.demanded))}"
    if counts["surrounding"] != len(facts.stated_around(question.demanded)):
        yield f"{counts['surrounding']} surrounding places, of {sorted(facts.stated_around(question.demanded))}"
    if counts["candidates"] != len(facts.candidates()):
        yield f"{counts['candidates']} candidates, there are {len(facts.candidates())}"
    total = sum(counts[each] for each in ("documented", "surrounding", "related", "not_named"))
    if total != counts["remaining"]:
        yield f"the tiers sum up to {total}, {counts['remaining']} places remain"
    listed = [place["tier"] for place in question.places("results")]
    limit = question.answer["request"]["limit"]
    for tier, room in (("itself", limit), ("surrounding", limit - listed.count("itself"))):
        number = counts["documented" if tier == "itself" else tier]
        if listed.count(tier) != min(room, number):
            yield f"{listed.count(tier)} of {number} listed as {tier}"
    related = len(question.places("related"))
    if related != (counts["related"] if question.whole else min(FEW_RELATED, counts["related"])):
        yield f"{related} of {counts['related']} related places are listed"


def check_completeness(question: Question) -> Iterator[str]:
    """Without a limit, every candidate stands in one tier."""
    if not question.whole:
        return
    listed = [zone(place) for place in question.places("results", "related", "not_named")]
    if doubled := {each for each in listed if listed.count(each) > 1}:
        yield f"listed twice: {sorted(doubled)}"
    named = {zone(place) for place in question.places("results")}
    if missing := facts.documented(question.demanded) - named:
        yield f"not among the results: {sorted(missing)}"
    counts = question.answer["counts"]
    if len(question.places("not_named")) != counts["not_named"]:
        yield f"{len(question.places('not_named'))} of {counts['not_named']} not named are listed"


def check_order(question: Question) -> Iterator[str]:
    """Only what a document places has a rank; tiers come in order, and what is uncertain after what is certain."""
    results = question.places("results")
    order = [(bool(place["possible"]), ["itself", "surrounding"].index(place["tier"])) for place in results]
    if order != sorted(order):
        yield f"out of order: {[(zone(place), place['tier'], bool(place['possible'])) for place in results]}"
    ranks = [place["rank"] for place in results if place["tier"] == "itself" and not place["possible"]]
    if None in ranks or ranks != sorted(ranks):
        yield f"ranks {ranks}"
    group = (question.answer["verdict"] or {"group": []})["group"]
    first = results[: len(group)]
    if [place["id"] for place in results if place["group"]] != [place["id"] for place in first]:
        yield f"{group} do not stand first"
    if {place["id"] for place in first} != set(group) or any(place["rank"] != 1 for place in first):
        yield f"{group} are not the first on a level: {[(place['id'], place['rank']) for place in first]}"
    if bool(group) != (None not in ranks and bool(ranks)):
        yield f"ranks {ranks}, first are {group}"
    for place in question.places(*PLACES):
        if place["tier"] != "itself" and place["rank"] is not None:
            yield f"{zone(place)} ({place['tier']}) has rank {place['rank']}"
    if results and not (facts.documented(question.demanded) or facts.stated_around(question.demanded)):
        yield f"results {[zone(place) for place in results]}, but no document places it anywhere"


def check_elsewhere(question: Question) -> Iterator[str]:
    """What is named without a park of its own is listed, and nothing else is."""
    demanded, listed = question.demanded, question.places("elsewhere")
    for entry in listed:
        key = entry["id"]
        about = facts.by_subject().get(key, ())
        named = any(facts.relations_to_any(demanded, row.industry) & {"same", "part", "wider"} for row in about)
        if not named and not facts.named_things(demanded, key):
            yield f"elsewhere: nothing places it in {key}"
        if entry["kind"] == "theme_park" and key in facts.theme_parks_with_a_place():
            yield f"elsewhere: {key} lies in a place that is compared"
    ids = {entry["id"] for entry in listed}
    if len(ids) != len(listed) or len(ids) > MOST_ELSEWHERE:
        yield f"elsewhere: {[entry['id'] for entry in listed]}"
    due = facts.districts_without_a_park(demanded) | facts.theme_parks_without_a_place(demanded)
    due |= facts.elements_without_a_place(demanded)
    if len(ids) < min(len(due), MOST_ELSEWHERE) or (len(ids) < MOST_ELSEWHERE and due - ids):
        yield f"elsewhere: without {sorted(due - ids)}"


CHECKS_OF_SEVERAL = (check_spelling,)
CHECKS = (
    check_tiers,
    check_counts,
    check_completeness,
    check_order,
    check_elsewhere,
    check_evidence,
    check_spelling,
    check_claims,
    check_conclusion,
    check_notes,
    check_plans,
)


# --- the facts themselves -----------------------------------------------------------------------------------------


def test_the_facts_are_those_that_the_documents_print() -> None:
    """The computation that judges the answers, judged by what was read in the documents."""

    def places(word: str) -> frozenset[str]:
        return facts.documented(facts.industries_by_name()[normalised(word)])

    # 滨海工业规划 表2 and 四（一）2, 天津制造业规划 四（二）1, 东丽工业规划 四（二）1.
    assert places("石化") == {"teda-nangang", "teda-central"}
    assert places("海洋装备") == {"ftz-lingang"}
    assert places("轨道交通装备") == {"dongjiang", "huaming"}
    assert places("智能网联汽车") == {"teda-faw-vw", "huaming", "dongli-eda"}
    assert places("集成电路") >= {"teda-east", "teda-micro", "thip-marine", "thip-huayuan"}
    # 高新区规划纲要 三（四）names 量子通信 for the whole zone; nobody names 钢铁.
    assert not places("量子科技") and not places("钢铁")
    assert set(facts.stated_around(facts.industries_by_name()["量子科技"])) == {
        "thip-huayuan", "thip-bolonghu", "thip-marine", "thip-jingjin"
    }  # fmt: skip
    assert not facts.stated_around(facts.industries_by_name()["钢铁"])
    assert "xiqing" in facts.districts_without_a_park(facts.industries_by_name()["智能网联汽车"])
    assert "tp-xiqing-connected-vehicles" in facts.theme_parks_without_a_place(
        facts.industries_by_name()["智能网联汽车"]
    )


FIRST = "ftz-lingang"


def judged(words: str, place: str, says: str) -> list[str]:
    """Return the faults of a sentence that stands for a place, or as the conclusion where there is none."""
    means = [{"id": each, "weight": 1} for each in facts.industries_by_name()[normalised(words)]]
    request = {"industries": [{"words": words, "means": means}]}
    conclusion = {"zh": "" if place else says}
    first = {"zone_id": place or FIRST, "tier_says": {"zh": says} if place else {}, "score": 70.0}
    answer = {"request": request, "results": [first], "conclusion": conclusion, "verdict": {"group": [FIRST]}}
    question = Question(words, answer)
    of_place = [*check_claims(question), *check_spelling(question)]
    return of_place if place else [*of_place, *check_conclusion(question)]


@pytest.mark.parametrize(
    ("words", "place", "true", "false"),
    [
        (
            "量子科技", "thip-marine",
            "文件将“量子科技”所含的“量子通信产品”列为天津滨海高新技术产业开发区的产业（本服务计为辅助），未细分到此处",
            (
                "文件将“量子科技”所含的“生物制造”列为天津滨海高新技术产业开发区的产业（本服务计为辅助）",
                "文件将“量子科技”所含的“量子通信产品”列为天津滨海高新技术产业开发区的重点产业",
                "文件将“量子科技”所属的“量子通信产品”列为天津滨海高新技术产业开发区的产业（本服务计为辅助）",
                "文件将“量子科技”所含的“量子通信产品”列为高新区海洋片区的产业（本服务计为辅助）",
                "文件将“量子”所含的“量子通信产品”列为天津滨海高新技术产业开发区的产业（本服务计为辅助）",
            ),
        ),
        (
            "量子科技", "thip-marine",
            "文件将“量子通信”列为天津滨海高新技术产业开发区的产业（本服务计为辅助）（“量子科技”归入此类），未细分到此处",
            (
                "文件将“量子通信”列为天津滨海高新技术产业开发区的产业（本服务计为辅助）",
                "文件将“量子通信”列为东丽区的产业（本服务计为辅助）（“量子科技”归入此类）",
                "天津滨海高新技术产业开发区的重点产业“生物医药”与“量子科技”同处一条产业链",
                "没有文件将“量子科技”或其相关产业列入此处",
                "文件布局到thip-marine",
                "文件布局到高新区,未细分到园区",
                "文件将““量子科技”所含的“量子通信产品”列为天津滨海高新技术产业开发区的产业（本服务计为辅助）",
            ),
        ),
        (
            "石化", "teda-east", "文件把“石化”布局到滨海新区，并具体到经开区中区、南港工业区，没有单独说到此处",
            (
                "文件把“石化”布局到滨海新区，并具体到经开区东区、南港工业区，没有单独说到此处",
                "文件把“石化”布局到滨海新区，并具体到南港工业区，没有单独说到此处",
                "文件把“石化”布局到东丽区，并具体到经开区中区、南港工业区，没有单独说到此处",
            ),
        ),
        (
            "海洋装备", "ftz-lingang", "文件将“海洋装备”列为保税区临港片区的重点产业，依据《滨海工业规划》",
            ("文件将“海洋装备”列为保税区临港片区的重点产业，未细分到此处",),
        ),
        (
            "海洋装备", "", "文件把“海洋装备”布局到 1 处园区，首选保税区临港片区（70 分）",
            (
                "文件把“海洋装备”布局到 2 处园区，首选保税区临港片区（70 分）",
                "文件把“海洋装备”布局到 1 处园区，首选南港工业区（70 分）",
                "没有文件把“海洋装备”布局到任何园区",
                "文件把“海洋装备”布局到天津港保税区，未细分到园区",
            ),
        ),
        (
            "量子科技", "", "文件把“量子科技”布局到天津滨海高新技术产业开发区，未细分到园区",
            (
                "没有文件把“量子科技”布局到任何园区",
                "文件把“量子科技”布局到滨海新区，未细分到园区",
                "文件把“量子科技”布局到天津滨海高新技术产业开发区，未细分到园区。文件还点名西青区，图上没有画出其园区",
            ),
        ),
    ],
)  # fmt: skip
def test_a_false_sentence_would_be_found(words: str, place: str, true: str, false: tuple[str, ...]) -> None:
    """The judge of sentences is judged: true ones pass, and the same ones with another term do not."""
    assert not judged(words, place, true)
    assert [each for each in false if not judged(words, place, each)] == []
