"""Questions with known answers: what comes first is what the documents say."""

import httpx
import pytest

from tests.siting.questions import KNOWN, Known


@pytest.mark.parametrize("known", KNOWN, ids=lambda one: " ".join(one.fields.values())[:40])
def test_the_documents_answer_comes_first(api: httpx.Client, known: Known) -> None:
    answer = api.get("/api/siting", params=known.fields).raise_for_status().json()
    ranked = [one["zone_id"] for one in answer["results"]]
    assert tuple(ranked[: len(known.first)]) == known.first, f"{known.where}: {ranked[:5]}"
    best = next(one for one in answer["results"][0]["criteria"] if one["name"] == "industry")
    documents = {one["document"] for one in best["evidence"]}
    assert known.where.partition(" ")[0] in documents
    assert all(one["locator"] and one["wording"] for one in best["evidence"])


def test_there_are_thirty_of_them() -> None:
    assert len(KNOWN) >= 30
