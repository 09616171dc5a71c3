"""One named thing, one rule, one plan element: by its id, with its source, what contradicts it and what is alike."""

import httpx
import pytest


def test_a_thing_comes_with_its_namesakes_of_other_documents(api: httpx.Client) -> None:
    fund = api.get("/api/things/bi-b-haihe-fund").json()
    listed = api.get("/api/things", params={"kind": "fund", "limit": 1000}).json()["things"]
    same = {key: value for key, value in fund.items() if key not in ("alike", "contradictions", "period")}
    assert same in listed
    documents = {one["evidence"]["document"] for one in fund["alike"]}
    assert documents and "binhai-industry" not in documents
    assert fund["period"]["expired"] is True


def test_a_rule_and_what_it_asks(api: httpx.Client) -> None:
    rule = api.get("/api/rules/hz-b-r-standard-land").json()
    assert rule["verb_zh"] == "实施"
    assert "标准地" in rule["clause_zh"]
    assert [one["id"] for one in rule["scope"]] == ["thip"]
    assert rule["contradictions"] == []


def test_an_element_tells_its_members_from_its_core(api: httpx.Client) -> None:
    area = api.get("/api/elements/plan-binhai-dagang").json()
    assert {one["id"] for one in area["members"]} == {"dagang-petro", "zhongtang"}
    assert {one["name_zh"] for one in area["industries"]} >= {"先进化工材料", "生物医药"}
    assert area["directions"][0]["evidence"]["document"] == "binhai-industry"
    group = api.get("/api/elements/plan-tianjin-group-ziya").json()
    assert group["members"] == []
    assert [one["id"] for one in group["core"]] == ["ziya-eda"]


def test_every_element_of_a_plan_can_be_had(api: httpx.Client) -> None:
    for plan in api.get("/api/plans").json()["plans"]:
        for element in plan["elements"]:
            found = api.get(f"/api/elements/{element['id']}").json()
            assert found["members"] == element["members"]
            assert found["industries"] == element["industries"]
            assert found["plan"]["id"] == plan["id"]


@pytest.mark.parametrize(("kind", "way"), [("things", "things"), ("rules", "rules"), ("elements", "plans")])
def test_what_is_not_there_is_said_with_a_way_to_what_is(api: httpx.Client, kind: str, way: str) -> None:
    missing = api.get(f"/api/{kind}/no-such-id")
    assert missing.status_code == 404
    assert missing.headers["content-type"].startswith("application/problem+json")
    assert "'no-such-id'" in missing.json()["detail"] and f"/api/{way}" in missing.json()["detail"]
    assert "没有" in api.get(f"/api/{kind}/no-such-id", headers={"Accept-Language": "zh"}).json()["detail"]
    assert api.get(f"/api/{kind}/no-such-id?x=1").status_code == 400
    assert api.get(f"/api/{kind}/a%00b").status_code == 404


def test_what_is_listed_without_any_place_is_told_from_what_lies_in_a_part(api: httpx.Client) -> None:
    for group in api.get("/api/zones/binhai").json()["named"]:
        query = {"zone": "binhai", "kind": group["kind"], "certainty": "none", "limit": 1}
        assert group["unplaced"] == api.get("/api/things", params=query).json()["count"]
        assert group["unplaced"] <= group["listed"]
