"""Sentences of investment officers, judged by the documents before the answers were seen (``sentences.csv``)."""

import csv
from pathlib import Path

import httpx
import pytest

from tests.siting.expectations import CHECKS, faults

ROWS = list(csv.DictReader(Path(__file__).with_name("sentences.csv").open(encoding="utf-8")))


def test_there_are_sixty_and_more() -> None:
    assert len({row["sentence"] for row in ROWS}) >= 60


@pytest.mark.parametrize("row", ROWS, ids=[row["sentence"] for row in ROWS])
def test_an_answer_is_what_an_expert_expects(api: httpx.Client, row: dict[str, str]) -> None:
    response = api.get("/api/siting", params={"q": row["sentence"]}, headers={"Accept-Language": "zh"})
    assert response.status_code in (200, 400)
    answer = response.json() if response.status_code == 200 else None
    assert faults(answer, row["expect"]) == [], row["why"]


def test_the_checks_can_fail(api: httpx.Client) -> None:
    answer = api.get("/api/siting", params={"q": "集成电路，50公顷"}).json()
    wrong = {
        "kind": "what", "top": [["teda-nangang"], 2], "documented": 0, "no_winner": True, "area_ha": 3, "unread": True,
        "elsewhere": ["binhai"], "tier": {"teda-east": "related"}, "only_in": ["thip-huayuan"], "near": ["dongjiang"],
    }  # fmt: skip
    found = [name for name, value in wrong.items() if CHECKS[name](answer, value) is None]
    assert found == []
