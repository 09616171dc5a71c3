"""What must hold for any values and weights."""

import json
from typing import Any

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.siting import scoring, sensitivity
from app.siting.criteria import CRITERIA
from app.siting.curves import Piecewise
from app.siting.question import Question

Array = np.ndarray[Any, Any]
CRITERIA_COUNT = 6


def matrices(least: int = 2) -> st.SearchStrategy[Array]:
    values = st.integers(0, 1000).map(lambda one: one / 1000)
    return st.integers(least, 12).flatmap(lambda n: arrays(np.float64, (n, CRITERIA_COUNT), elements=values))


weights = arrays(np.float64, CRITERIA_COUNT, elements=st.integers(1, 1000).map(float)).map(lambda one: one / one.sum())


def order(values: Array, share: Array) -> list[int]:
    return scoring.order(scoring.weighted_sum(values, share), np.arange(len(values)))


@given(matrices(), weights, arrays(np.float64, CRITERIA_COUNT, elements=st.floats(0, 1)))
def test_another_candidate_leaves_the_order_of_the_rest(values: Array, share: Array, another: Array) -> None:
    more = np.vstack([values, another])
    assert [one for one in order(more, share) if one < len(values)] == order(values, share)
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
def test_the_rank_is_within_its_range(values: Array, share: Array) -> None:
    spreads = sensitivity.rank_ranges(values, share)
    assert spreads == sensitivity.rank_ranges(values, share)
    for spread in spreads:
        assert 1 <= spread.best <= spread.worst <= len(values)
    assert sum(spread.first for spread in spreads) >= 0.999


def test_curves_run_one_way_and_stay_within_0_and_1() -> None:
    question = Question(wishes=())
    for one in CRITERIA.values():
        curve = one.curve(question)
        if isinstance(curve, Piecewise):
            raw = [at for at, _ in curve.points]
            values = [value for _, value in curve.points]
            assert raw == sorted(raw)
            assert values == sorted(values, reverse=one.direction == "less")
            assert 0 <= min(values) <= max(values) <= 1


def test_scaling_all_weights_changes_nothing(api: httpx.Client) -> None:
    one = api.get("/api/siting", params={"industries": "细胞", "weights": "industry:40,policy:20,rail:10"}).json()
    ten = api.get("/api/siting", params={"industries": "细胞", "weights": "industry:400,policy:200,rail:100"}).json()
    assert one["results"] == ten["results"]
    assert one["sensitivity"] == ten["sensitivity"]


def test_the_same_question_gives_the_same_bytes(api: httpx.Client) -> None:
    fields = {"industries": "细胞", "area": "50公顷", "max_km": "airport:30"}
    first = api.get("/api/siting", params=fields)
    again = api.get("/api/siting", params=dict(reversed(fields.items())))
    posted = api.post("/api/siting", json={"industries": ["细胞"], "area": 50, "max_km": {"airport": 30}})
    assert first.content == again.content == posted.content
    kept = api.get("/api/siting", params=fields, headers={"If-None-Match": first.headers["etag"]})
    assert kept.status_code == 304
    for form in ("geojson", "xlsx"):
        one, other = (api.get(f"/api/siting.{form}", params=fields).content for _ in range(2))
        assert one == other


def test_narrowing_the_candidates_keeps_scores_and_order(api: httpx.Client) -> None:
    whole = api.get("/api/siting", params={"industries": "新材料", "limit": 100}).json()["results"]
    narrow = api.get("/api/siting", params={"industries": "新材料", "limit": 100, "level": "national"}).json()[
        "results"
    ]
    scores = {one["id"]: one["score"] for one in whole}
    assert [one["id"] for one in narrow] == [one["id"] for one in whole if one["level"] == "national"]
    assert all(one["score"] == scores[one["id"]] for one in narrow)


def test_the_score_is_the_sum_of_the_contributions(api: httpx.Client) -> None:
    answer = json.loads(api.get("/api/siting", params={"industries": "氢能", "limit": 100}).text)
    assert sum(one["weight"] for one in answer["criteria"]) == pytest.approx(1, abs=1e-5)
    for one in answer["results"]:
        assert one["score"] == pytest.approx(sum(value["contribution"] for value in one["criteria"]), abs=1e-3)
        low, high = one["score_range"]
        assert low <= one["score"] + 1e-3 <= high + 2e-3
        assert (low == high) == (not one["missing"])
