"""/api/industries/{id}/zones: the zones of an industry, against counts from the text files alone."""

from typing import Any

import httpx
import pytest

from tests import geodata


def zones(api: httpx.Client, industry: str) -> dict[str, Any]:
    answer = api.get(f"/api/industries/{industry}/zones")
    assert answer.status_code == 200, answer.text
    return {zone["id"]: zone for zone in answer.json()["zones"]}


@pytest.mark.parametrize(
    "industry", ["biomedicine", "integrated-circuits", "equipment", "modern-services", "new-tracks"]
)
def test_the_zones_of_an_industry_with_their_ranks(api: httpx.Client, industry: str) -> None:
    wanted = geodata.zones_of(industry)
    found = zones(api, industry)
    assert {zone: one["statements"][0]["rank"] for zone, one in found.items()} == wanted
    assert {zone for zone, one in found.items() if one["is_park"]} == set(wanted) & set(geodata.parks())
    for one in found.values():
        assert all(industry in geodata.path_of(said["industry"]["id"]) for said in one["statements"])
        ranks = [geodata.RANKS.index(said["rank"]) for said in one["statements"]]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize("industry", ["petrochemicals", "biomedicine", "auto-key-components", "modern-services"])
def test_what_is_said_of_a_plan_element_as_a_whole_stands_apart(api: httpx.Client, industry: str) -> None:
    elements = {one["id"]: one for one in api.get(f"/api/industries/{industry}/zones").json()["elements"]}
    assert {element: one["statements"][0]["rank"] for element, one in elements.items()} == geodata.elements_of(industry)
    own = geodata.zones_of(industry)
    for element, one in elements.items():
        members = [zone for zone in geodata.plan_elements()[element]["members"].split(";") if zone]
        assert [zone["id"] for zone in one["members"]] == members
        # A member is among the zones only where a document says it of the zone itself.
        assert {zone for zone in members if zone in zones(api, industry)} == {zone for zone in members if zone in own}


def test_the_parts_of_the_dagang_area_have_only_what_is_said_of_themselves(api: httpx.Client) -> None:
    # 四（一）3: 大港片区 as a whole develops 汽车零部件; 附表2 names other industries for the parks in it.
    answer = api.get("/api/industries/auto-key-components/zones").json()
    [dagang] = [one for one in answer["elements"] if one["id"] == "plan-binhai-dagang"]
    assert {zone["id"] for zone in dagang["members"]} == {"dagang-petro", "zhongtang"}
    assert dagang["statements"][0]["wording"] == "汽车零部件"
    assert "dagang-petro" not in {zone["id"] for zone in answer["zones"]}


def test_every_node_of_the_tree_counts_what_its_list_holds(api: httpx.Client) -> None:
    def nodes(tree: list[Any]) -> Any:
        for node in tree:
            yield node
            yield from nodes(node["children"])

    some = [node for node in nodes(api.get("/api/industries").json()["industries"]) if node["parks"]][::9]
    assert len(some) > 5
    for node in some:
        parks = [one for one in zones(api, node["id"]).values() if one["is_park"]]
        assert len(parks) == node["parks"], node["id"]
        areas = [one["area_ha"] for one in parks if one["area_ha"] is not None]
        assert len(areas) == sum(geodata.has_area(one["id"]) for one in parks)
        assert sum(areas) == pytest.approx(node["area_ha"] or 0, abs=0.06), node["id"]


def test_a_statement_is_as_the_document_words_it(api: httpx.Client) -> None:
    east = zones(api, "integrated-circuits")["teda-east"]
    assert (east["level"], east["district"]["id"]) == ("national", "binhai")
    assert (east["official_area_ha"], east["official_area_year"]) == (4000, 2022)
    assert east["area_ha"] == pytest.approx(geodata.hectares("teda-east"), rel=1e-3)
    table_2 = next(said for said in east["statements"] if said["evidence"]["locator"] == "表2·经开区·东区")
    assert (table_2["rank"], table_2["wording"], table_2["evidence"]["document"]) == (
        "leading", "集成电路", "binhai-industry",
    )  # fmt: skip


def test_the_parks_of_a_development_zone_belong_to_its_elements_unless_a_sibling_names_them(api: httpx.Client) -> None:
    for zone, one in zones(api, "equipment").items():
        named = {row["id"] for row in geodata.rows("plan_elements") if zone in row["members"].split(";")}
        direct = {role["element"]["id"] for role in one["plans"] if role["through"] is None}
        assert direct == named, zone
    south = zones(api, "petrochemicals")["teda-nangang"]
    rows = {row["id"]: row for row in geodata.rows("plan_elements")}
    for role in south["plans"]:
        if role["through"]:
            element = rows[role["element"]["id"]]
            assert role["through"]["id"] == "teda" and "teda" in element["members"].split(";")
            siblings = [r for r in rows.values() if (r["plan"], r["parent"]) == (element["plan"], element["parent"])]
            assert not any("teda-nangang" in r["members"].split(";") for r in siblings)


def test_an_industry_that_does_not_exist(api: httpx.Client) -> None:
    answer = api.get("/api/industries/nothing/zones", headers={"Accept-Language": "zh"})
    assert answer.status_code == 404
    assert "产业" in answer.json()["detail"] and "/api/industries" in answer.json()["detail"]
    assert api.get("/api/industries/biomedicine/zones", params={"level": "national"}).status_code == 400
