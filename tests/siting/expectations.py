"""What an expert expects of an answer, in the words of ``sentences.csv``: a check for each key."""

import json
from collections.abc import Callable, Iterator
from typing import Any

Answer = dict[str, Any]
Check = Callable[[Answer, Any], str | None]

TIERS = ("itself", "surrounding", "related", "not_named")
LISTS = ("results", "related", "better", "not_named")
LITTLE = 0.03
"""Weight up to which a criterion does not matter."""
GATEWAYS = ("port", "airport", "rail", "metro")


def texts(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from texts(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from texts(value)


def lands(answer: Answer) -> list[set[str]]:
    """Return of each result its id and that of the park around it."""
    return [{one["zone_id"], (one["part_of"] or {}).get("id")} - {None} for one in answer["results"]]


def leading(answer: Answer, count: int) -> set[str]:
    return {one["zone_id"] for one in answer["results"][:count]}


def industries(answer: Answer, field: str = "industries") -> set[str]:
    return {match["id"] for demand in answer["request"][field] for match in demand["means"]}


def ids(things: list[dict[str, Any]]) -> set[str]:
    return {one.get("id") or one.get("place", "") for one in things}


def says_all(answer: Answer, words: list[str]) -> str | None:
    missing = [word for word in words if not any(word in text for text in texts(answer))]
    return f"never mentions {missing}" if missing else None


def top(answer: Answer, expected: tuple[list[str], int]) -> str | None:
    places, count = expected
    found = leading(answer, count)
    return None if found & set(places) else f"the first {count} are {sorted(found)}, none of {places}"


def not_top(answer: Answer, expected: tuple[list[str], int]) -> str | None:
    places, count = expected
    wrong = leading(answer, count) & set(places)
    return f"{sorted(wrong)} among the first {count}" if wrong else None


def documented(answer: Answer, expected: int | list[int]) -> str | None:
    low, high = expected if isinstance(expected, list) else (expected, expected)
    found = answer["counts"]["documented"]
    return None if low <= found <= high else f"{found} places are documented, not {expected}"


def tier(answer: Answer, expected: dict[str, str]) -> str | None:
    found = {one["zone_id"]: one["tier"] for name in LISTS for one in answer[name]}
    wrong = {zone: found[zone] for zone, wanted in expected.items() if found.get(zone, wanted) != wanted}
    # What is not listed is lower than what is expected to be listed.
    lost = [zone for zone, wanted in expected.items() if wanted in TIERS[:2] and zone not in found]
    return f"tiers {wrong}, not listed {lost}" if wrong or lost else None


def elsewhere(answer: Answer, expected: list[str]) -> str | None:
    found = {text for one in answer["elsewhere"] for text in (one["id"], one["name_zh"])}
    missing = [name for name in expected if name not in found]
    return f"elsewhere lacks {missing}" if missing else None


def rule_mentions(answer: Answer, words: list[str]) -> str | None:
    rules = answer["rules"] + ((answer["against"] or {}).get("statements") or [])
    missing = [word for word in words if not any(word in text for text in texts(rules))]
    return f"no rule mentions {missing}" if missing else None


def emphasis_only(answer: Answer, gateways: list[str]) -> str | None:
    weights = answer["request"]["weights"]
    least = min(weights.get(gateway, 0) for gateway in gateways)
    heavy = {one: weights[one] for one in GATEWAYS if one not in gateways and weights.get(one, 0) >= least}
    return f"weights {heavy} beside {least}" if heavy else None


def not_emphasis(answer: Answer, gateway: str) -> str | None:
    weight = answer["request"]["weights"].get(gateway, 0)
    return f"{gateway} weighs {weight}" if weight > LITTLE else None


def same(found: Any, expected: Any, what: str) -> str | None:
    return None if found == expected else f"{what} {found}, not {expected}"


def area(answer: Answer, hectares: float) -> str | None:
    found = (answer["request"]["area"] or {}).get("ha") or 0
    return None if abs(found - hectares) < 0.01 else f"area {found} ha, not {hectares}"


def floor(answer: Answer, square_metres: float) -> str | None:
    found = (answer["request"]["floor"] or {}).get("m2")
    return same(found, square_metres, "floor")


def nobody_is_ranked(answer: Answer) -> str | None:
    ranked = [one["zone_id"] for one in answer["results"] if one["rank"] is not None]
    return f"{ranked[:3]} are ranked" if ranked else None


def holds(condition: bool, otherwise: str) -> str | None:
    return None if condition else otherwise


CHECKS: dict[str, Check] = {
    "kind": lambda answer, kind: same(answer["kind"], kind, "kind"),
    "top": top,
    "not_top": not_top,
    "documented": documented,
    "tier": tier,
    "elsewhere": elsewhere,
    "mentions": says_all,
    "rule_mentions": rule_mentions,
    "emphasis_only": emphasis_only,
    "not_emphasis": not_emphasis,
    "area_ha": area,
    "floor_m2": floor,
    "no_area": lambda answer, _: holds(answer["request"]["area"] is None, "floor area read as land"),
    "no_winner": lambda answer, _: nobody_is_ranked(answer),
    "unread": lambda answer, _: holds(answer["unread"] is not None, "nothing decisive is said to be unread"),
    "refuse": lambda answer, _: holds(not answer["results"], "places are listed"),
    "refuse_or_none": lambda answer, _: holds(answer["counts"]["documented"] == 0, "places are declared documented"),
    "no_refuse": lambda answer, _: None,
    "pointer": lambda answer, _: holds(any("/zones/" in text for text in texts(answer)), "no pointer to the zone"),
    "only_in": lambda answer, places: holds(
        bool(answer["results"]) and all(land & set(places) for land in lands(answer)), f"answers outside {places}"
    ),
    "not_only_in": lambda answer, places: holds(
        any(not land & set(places) for land in lands(answer)), f"read as inside {places}"
    ),
    "districts": lambda answer, places: same(ids(answer["request"]["districts"]), set(places), "districts"),
    "prefer": lambda answer, places: same(ids(answer["request"]["prefer_districts"]), set(places), "wishes"),
    "near": lambda answer, places: holds(set(places) <= ids(answer["request"]["near"]), f"not near {places}"),
    "far_from": lambda answer, names: same(answer["request"]["far_from"], names, "far from"),
    "max_industries": lambda answer, most: holds(
        len(answer["request"]["industries"]) <= most, f"{len(answer['request']['industries'])} industries"
    ),
    "industry_any": lambda answer, wanted: holds(
        bool(industries(answer) & set(wanted)), f"industries {sorted(industries(answer))}"
    ),
    "not_industry": lambda answer, wrong: holds(not industries(answer) & set(wrong), f"read as {wrong}"),
    "avoid_industry": lambda answer, wanted: holds(
        bool(industries(answer, "avoid_industries") & set(wanted)), f"does not avoid {wanted}"
    ),
}
"""What is wrong with an answer under each expectation; None where it holds."""

MAY_BE_REFUSED = {"refuse", "refuse_or_none", "no_winner"}


def faults(answer: Answer | None, expect: str) -> list[str]:
    """Return what an answer lacks of the expectations; None is one that was refused."""
    wanted = json.loads(expect)
    if answer is None:
        return [] if wanted.keys() & MAY_BE_REFUSED else ["refused"]
    found = [CHECKS[key](answer, value) for key, value in wanted.items()]
    return [fault for fault in found if fault is not None]
