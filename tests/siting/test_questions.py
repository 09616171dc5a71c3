"""Questions with known answers: what comes first is what the documents say."""

import httpx
import pytest

from tests.siting.questions import KNOWN, Known


@pytest.mark.parametrize("known", KNOWN, ids=lambda one: " ".join(one.fields.values())[:40])
def test_the_documents_answer_comes_first(api: httpx.Client, known: Known) -> None:
    answer = api.get("/api/siting", params=known.fields).raise_for_status().json()
    ranked = [one["zone_id"] for one in answer["results"]]
    count = len(known.first)
    assert set(ranked[:count]) == set(known.first), f"{known.where}: {ranked[:5]}"
    assert known.first[0] in answer["verdict"]["group"] or count > 1
    document = known.where.partition(" ")[0]
    cited = set()
    for place in answer["results"][:count]:
        assert (place["tier"], place["possible"]) == ("itself", [])
        evidence = next(one for one in place["criteria"] if one["name"] == "industry")["evidence"]
        assert all(one["locator"] and one["wording"] for one in evidence)
        cited |= {one["document"] for one in evidence}
    assert document in cited


@pytest.mark.parametrize("known", [one for one in KNOWN if len(one.first) > 1], ids=lambda one: one.where[:30])
def test_of_places_that_documents_name_alike_none_other_is_documented(api: httpx.Client, known: Known) -> None:
    answer = api.get("/api/siting", params=known.fields).raise_for_status().json()
    assert answer["counts"]["documented"] == len(known.first)


@pytest.mark.parametrize("known", [one for one in KNOWN if one.area], ids=lambda one: one.area)
def test_the_functional_area_that_is_meant_stands_in_its_park(api: httpx.Client, known: Known) -> None:
    first = api.get("/api/siting", params=known.fields).raise_for_status().json()["results"][0]
    assert [(one["id"], one["tier"], one["better"]) for one in first["areas"]] == [(known.area, "itself", True)]
    apart = api.get("/api/siting", params={**known.fields, "areas": "separate"}).raise_for_status().json()
    assert apart["results"][0]["id"] == known.area
    assert apart["results"][0]["score"] == first["areas"][0]["score"]


def test_there_are_thirty_of_them() -> None:
    assert len(KNOWN) >= 30
