"""What must hold for any values and weights."""

from itertools import pairwise
from typing import Any

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.siting import scoring, sensitivity

Array = np.ndarray[Any, Any]
CRITERIA_COUNT = 6


def matrices(least: int = 2) -> st.SearchStrategy[Array]:
    values = st.integers(0, 1000).map(lambda number: number / 1000)
    return st.integers(least, 12).flatmap(lambda n: arrays(np.float64, (n, CRITERIA_COUNT), elements=values))


weights = arrays(np.float64, CRITERIA_COUNT, elements=st.integers(1, 1000).map(float)).map(
    lambda drawn: drawn / drawn.sum()
)


def order(values: Array, share: Array) -> list[int]:
    return scoring.order(scoring.weighted_sum(values, share), np.arange(len(values)))


@given(matrices(), weights, arrays(np.float64, CRITERIA_COUNT, elements=st.floats(0, 1)))
def test_another_candidate_leaves_the_order_of_the_rest(values: Array, share: Array, another: Array) -> None:
    more = np.vstack([values, another])
    assert [row for row in order(more, share) if row < len(values)] == order(values, share)
    assert np.array_equal(scoring.weighted_sum(more, share)[:-1], scoring.weighted_sum(values, share))
    assert np.allclose(scoring.topsis(more, share)[:-1], scoring.topsis(values, share), atol=1e-6)


@given(matrices(), weights, st.integers(0, 11), st.integers(0, CRITERIA_COUNT - 1), st.floats(0, 1))
def test_a_better_value_never_costs_a_rank(values: Array, share: Array, row: int, column: int, gain: float) -> None:
    row %= len(values)
    better = values.copy()
    better[row, column] += (1 - better[row, column]) * gain
    before = scoring.ranks(scoring.weighted_sum(values, share))[row]
    assert scoring.ranks(scoring.weighted_sum(better, share))[row] <= before
    assert scoring.topsis(better, share)[row] >= scoring.topsis(values, share)[row] - 1e-6


@given(matrices(), weights)
def test_the_smallest_turn_parts_the_first_two(values: Array, share: Array) -> None:
    ordered = order(values, share)
    first, rest = ordered[0], ordered[1:]
    turn = sensitivity.smallest_turn(values, share, first, rest)
    if turn is None:
        return
    changed = share.copy()
    changed[turn.criterion] = turn.after
    level = values @ changed
    assert level[turn.winner] == pytest.approx(level[first], abs=1e-9)
    # Nearer to the weight as it is, the first stays first.
    changed[turn.criterion] = turn.before + 0.99 * (turn.after - turn.before)
    assert (values @ changed)[first] >= (values @ changed).max() - 1e-9


@settings(deadline=None)
@given(matrices(1), weights)
def test_ranges_of_ranks_hold_every_draw(values: Array, share: Array) -> None:
    varied = share * sensitivity.factors(len(share), 0)
    scores = (values @ (varied / varied.sum(axis=1, keepdims=True)).T).T.round(9)
    spreads = sensitivity.ranges(scores)
    assert spreads == sensitivity.ranges(scores)
    drawn = np.array([scoring.ranks(draw) for draw in scores])
    for place, spread in enumerate(spreads):
        assert (spread.best, spread.worst) == (drawn[:, place].min(), drawn[:, place].max())
        assert spread.first == pytest.approx((drawn[:, place] == 1).mean(), abs=1e-3)
    assert sum(spread.first for spread in spreads) >= 0.999 - 0.001 * len(spreads)


def test_the_draws_are_the_same_each_time_and_within_their_spread() -> None:
    for count, stream in ((1, 0), (7, 0), (7, 3)):
        factors = sensitivity.factors(count, stream)
        assert factors.shape == (sensitivity.DRAWS, count)
        assert abs(factors - 1).max() <= sensitivity.SPREAD
        assert abs(factors.mean() - 1) < 0.02
        sensitivity.factors.cache_clear()
        assert np.array_equal(factors, sensitivity.factors(count, stream))
    assert not np.array_equal(sensitivity.factors(7, 0), sensitivity.factors(7, 3))


# --- over the served answers --------------------------------------------------------------------------------------

INDUSTRIES = (
    "集成电路", "人工智能", "汽车零部件", "现代物流", "高端装备制造", "医疗器械", "轨道交通装备", "氢能", "无人机",
    "石化", "总部经济", "智能网联汽车",
)  # fmt: skip
"""Of many places and of few, with a first place alone and with several level."""

CONSTRAINTS: tuple[dict[str, str], ...] = (
    {"level": "national"},
    {"districts": "滨海新区"},
    {"avoid_districts": "经开区"},
    {"avoid_elements": "plan-binhai-core"},
    {"max_km": "airport:40"},
    {"min_km": "port:12"},
    {"near": "dongjiang:45"},
    {"apart": "rail-tianjin:20"},
    {"avoid_industries": "石化"},
    {"area": "2000公顷"},
)

EVERYTHING = {"tiers": "all", "limit": "1000"}

MORE = {
    "emphasis": "crowding,port,airport,rail,metro",
    "near": "dongjiang",
    "prefer_districts": "东丽区",
    "area": "50公顷",
}
"""Asks for what is not asked for by default, and leaves some values missing."""


def ask(api: httpx.Client, **fields: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/api/siting", params=EVERYTHING | fields).raise_for_status().json()
    return found


def every_place(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [*answer["results"], *answer["related"], *answer["not_named"]]


def values_of(place: dict[str, Any]) -> dict[str, Any]:
    return {
        criterion["name"]: (criterion["raw"], criterion["normalised"], criterion["weight"])
        for criterion in place["criteria"]
    }


def test_curves_run_one_way_and_stay_within_0_and_1(api: httpx.Client) -> None:
    answer = ask(api, industries="细胞", far_from="port,airport,rail,metro", prefer_level="national", **MORE)
    curves = [
        criterion for criterion in answer["criteria"] if criterion["value_function"]["kind"] == "piecewise_linear"
    ]
    assert len(curves) >= 14
    for criterion in curves:
        raw, values = zip(*criterion["value_function"]["points"], strict=True)
        if criterion["name"] == "size":
            # More of a parcel is better until it is full.
            assert raw[-1] > 1 and values[-1] == 0
            raw, values = raw[:-1], values[:-1]
        assert list(raw) == sorted(raw)
        assert list(values) == sorted(values, reverse=criterion["direction"] == "less")
        assert 0 <= min(values) <= max(values) <= 1
    by_name = {criterion["name"]: criterion["value_function"]["points"] for criterion in curves}
    for gateway in ("port", "airport", "rail", "metro"):
        away = [[km, pytest.approx(1 - value)] for km, value in by_name[gateway]]
        assert by_name[f"{gateway}_away"] == away


def test_scaling_all_weights_changes_nothing(api: httpx.Client) -> None:
    first = ask(api, industries="细胞", weights="industry:40,policy:20,rail:10")
    ten = ask(api, industries="细胞", weights="industry:400,policy:200,rail:100")
    assert every_place(first) == every_place(ten)
    assert (first["sensitivity"], first["verdict"]) == (ten["sensitivity"], ten["verdict"])


def test_the_same_question_gives_the_same_bytes(api: httpx.Client) -> None:
    fields = {"industries": "细胞", "area": "50公顷", "max_km": "airport:30", "near": "dongjiang"}
    first = api.get("/api/siting", params=fields)
    again = api.get("/api/siting", params=dict(reversed(fields.items())))
    document = {"industries": ["细胞"], "area": "50公顷", "max_km": {"airport": 30}, "near": [{"place": "dongjiang"}]}
    posted = api.post("/api/siting", json=document)
    assert first.content == again.content == posted.content
    kept = api.get("/api/siting", params=fields, headers={"If-None-Match": first.headers["etag"]})
    assert kept.status_code == 304
    for form in ("geojson", "xlsx", "txt"):
        former, latter = (api.get(f"/api/siting.{form}", params=fields).content for _ in range(2))
        assert former == latter


def test_the_verdict_is_the_same_whatever_was_asked_between_and_however_much_is_listed(api: httpx.Client) -> None:
    first = {industry: ask(api, industries=industry) for industry in INDUSTRIES}
    for industry in reversed(INDUSTRIES):
        for fields in ({}, {"limit": "1"}, {"tiers": "named"}, MORE):
            again = ask(api, industries=industry, **fields)
            if fields is not MORE:
                assert again["verdict"] == first[industry]["verdict"], (industry, fields)
                assert again["conclusion"] == first[industry]["conclusion"], (industry, fields)


@pytest.mark.parametrize("fields", CONSTRAINTS, ids=lambda fields: "-".join(fields))
def test_a_constraint_keeps_scores_and_the_order_behind_the_group(api: httpx.Client, fields: dict[str, str]) -> None:
    left = 0
    for industry in ("新材料", "智能装备", "集成电路,人工智能"):
        # What is asked for by a constraint alone is measured, and weighs nothing.
        whole, narrow = ask(api, industries=industry), ask(api, industries=industry, **fields)
        before = {place["id"]: place for place in every_place(whole)}
        for place in every_place(narrow):
            assert place["score"] == before[place["id"]]["score"]
            assert place["tier"] == before[place["id"]]["tier"]
            assert values_of(place) == values_of(before[place["id"]])
        level = {*(whole["verdict"] or {}).get("group", ()), *(narrow["verdict"] or {}).get("group", ())}
        behind = [place["id"] for place in every_place(narrow) if not place["possible"] and place["id"] not in level]
        assert behind == [place["id"] for place in every_place(whole) if place["id"] in behind]
        left += len(behind)
        removed = {key for key in before if key not in {place["id"] for place in every_place(narrow)}}
        named = {key for key in removed if before[key]["tier"] != "not_named"}
        assert named == {place["id"] for place in narrow["excluded"]}
    assert left > 0


@pytest.mark.parametrize("industry", ["集成电路", "安全软件", "细胞,现代中药", "智能网联汽车"])
def test_areas_of_their_own_leave_scores_as_they_are(api: httpx.Client, industry: str) -> None:
    inside = ask(api, industries=industry, **MORE)
    apart = ask(api, industries=industry, areas="separate", **MORE)
    scores = {place["id"]: place for place in every_place(apart)}
    assert {place["id"] for place in every_place(inside)} < set(scores)
    for place in every_place(inside):
        other = scores[place["id"]]
        for key in ("score", "score_range", "tier", "missing", "areas"):
            assert place[key] == other[key], (place["id"], key)
        assert values_of(place) == values_of(other)
        for area in place["areas"]:
            assert (area["score"], area["tier"]) == (scores[area["id"]]["score"], scores[area["id"]]["tier"])
            assert scores[area["id"]]["part_of"]["id"] == place["id"]
            if place["tier"] == area["tier"] and len(place["demands"]) == 1:
                assert area["better"] == (area["score"] > place["score"])


@pytest.mark.parametrize("fields", [{}, {"areas": "separate"}, MORE, {"weights": "industry:1"}], ids=str)
def test_a_group_has_the_best_score_and_its_verdict(api: httpx.Client, fields: dict[str, str]) -> None:
    alone = 0
    for industry in INDUSTRIES:
        answer = ask(api, industries=industry, **fields)
        verdict, ranked = answer["verdict"], [place for place in answer["results"] if place["rank"] is not None]
        group = [place for place in ranked if place["group"]]
        assert [place["id"] for place in group] == verdict["group"] == [place["id"] for place in ranked[: len(group)]]
        assert group and max(place["score"] for place in ranked) == max(place["score"] for place in group)
        assert all(place["rank"] == 1 and place["tied"] == (len(group) > 1) for place in group)
        second = answer["sensitivity"]["topsis"]
        assert verdict["stable"] == (len(group) == 1 and second["same_winner"])
        alone += len(group) == 1
        turned = [turn["share"] for turn in verdict["turned_by"]]
        assert turned == sorted(turned, reverse=True) and all(0 < share <= 1 for share in turned)
        assert 0 <= answer["sensitivity"]["winner_first_share"] <= 1
        assert not any(place["group"] for place in [*answer["related"], *answer["not_named"]])
    assert 0 < alone < len(INDUSTRIES)


@pytest.mark.parametrize("fields", [{}, {"areas": "separate"}, MORE], ids=str)
def test_ranks_follow_scores_and_lie_within_their_range(api: httpx.Client, fields: dict[str, str]) -> None:
    for industry in INDUSTRIES:
        ranked = [place for place in ask(api, industries=industry, **fields)["results"] if place["rank"] is not None]
        others = [place for place in ranked if not place["group"]]
        for place, after in pairwise(others):
            assert place["score"] >= after["score"]
            assert (place["rank"] == after["rank"]) == (place["score"] == after["score"])
        by_score = scoring.ranks(np.array([place["score"] for place in ranked]))
        for place, position in zip(ranked, by_score, strict=True):
            spread = place["rank_range"]
            assert 1 <= spread["best"] <= position <= spread["worst"] <= len(ranked), (industry, place["id"])
            assert 0 <= spread["first_share"] <= 1
            assert (spread["first_share"] > 0) == (spread["best"] == 1)
            if not place["group"]:
                assert spread["best"] <= place["rank"] <= spread["worst"], (industry, place["id"])
        assert sum(place["rank_range"]["first_share"] for place in ranked) >= 0.999 - 0.001 * len(ranked)


def test_the_score_is_the_sum_of_the_contributions(api: httpx.Client) -> None:
    missing = 0
    for fields in ({}, MORE):
        answer = ask(api, industries="氢能", areas="separate", **fields)
        assert sum(criterion["weight"] for criterion in answer["criteria"]) == pytest.approx(1, abs=1e-5)
        for place in every_place(answer):
            assert place["score"] == pytest.approx(sum(value["contribution"] for value in place["criteria"]), abs=1e-3)
            # What is missing counts the middle, so that it may be as much less as more.
            low, high = place["score_range"]
            unknown = [value for value in place["criteria"] if value["missing"]]
            assert place["missing"] == [value["name"] for value in unknown]
            assert all(value["normalised"] == 0.5 and value["raw"] is None for value in unknown)
            assert (low + high) / 2 == pytest.approx(place["score"], abs=1e-3)
            assert high - low == pytest.approx(100 * sum(value["weight"] for value in unknown), abs=1e-3)
            missing += len(unknown)
    assert missing > 0


def test_of_several_industries_the_fits_are_averaged(api: httpx.Client) -> None:
    def fits(industries: str) -> dict[str, float]:
        answer = ask(api, industries=industries, weights="industry:1")
        return {place["id"]: place["criteria"][0]["raw"] for place in every_place(answer)}

    first, second, both = fits("集成电路"), fits("现代中药"), fits("集成电路,现代中药")
    assert both == {key: pytest.approx((first[key] + second[key]) / 2, abs=0.0051) for key in both}
    placed = ask(api, industries="集成电路,现代中药")["results"]
    without = [sum(demand["tier"] != "itself" for demand in place["demands"]) for place in placed if place["rank"]]
    assert without == sorted(without) and len(set(without)) > 1
