"""Words of a question: names with 、 in them, traditional characters, what is named twice, numbers as written."""

from typing import Any

import httpx
import pytest

WHOLE = "铁路、船舶、航空航天和其他运输设备制造业"
"""The title of division 37 of GB/T 4754-2017."""


def ask(api: httpx.Client, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/api/siting", params=fields).raise_for_status().json()
    return found


def meant(answer: dict[str, Any]) -> list[list[str]]:
    return [[one["id"] for one in demand["means"]] for demand in answer["request"]["industries"]]


def test_a_name_that_holds_a_list_comma_is_one_name(api: httpx.Client) -> None:
    by_title = ask(api, industries=WHOLE)
    assert meant(by_title) == meant(ask(api, industries="C37"))
    posted = api.post("/api/siting", json={"industries": [WHOLE]}).raise_for_status().json()
    assert posted["results"] == by_title["results"]
    assert api.get(posted["links"]["self"]).json()["results"] == posted["results"]


def test_a_list_comma_joins_names_all_the_same(api: httpx.Client) -> None:
    assert meant(ask(api, industries="集成电路、生物药")) == [["integrated-circuits"], ["biologics"]]
    inside = ask(api, industries="集成电路", districts="东丽区、武清区", level="国家级、市级")["request"]
    assert [one["id"] for one in inside["districts"]] == ["dongli", "wuqing"]
    assert inside["level"] == ["national", "municipal"]
    wrong = api.get("/api/siting", params={"industries": "集成电路、量子猫、生物药"}).json()
    assert [one["value"] for one in wrong["errors"]] == ["量子猫"]


def test_an_industry_named_twice_counts_once(api: httpx.Client) -> None:
    once = ask(api, industries="集成电路,生物药")
    twice = ask(api, industries="集成电路,芯片,生物药,IC")
    assert [one["score"] for one in twice["results"]] == [one["score"] for one in once["results"]]
    assert meant(twice) == meant(once)


def test_traditional_characters_name_the_same(api: httpx.Client) -> None:
    answer = ask(api, industries="集成電路", districts="東麗區")["request"]
    assert [one["id"] for one in answer["districts"]] == ["dongli"]
    assert answer["industries"][0]["means"][0]["id"] == "integrated-circuits"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"area": "1万亩"}, {"area": 666.6667}),
        ({"area": "50万平方米"}, {"area": 50}),
        ({"area": "１，２００亩"}, {"area": 80}),
        ({"max_km": "机场:500米"}, {"max_km": {"airport": 0.5}}),
        ({"max_km": "机场：３０ｋｍ、港口：20千米"}, {"max_km": {"port": 20, "airport": 30}}),
    ],
    ids=str,
)
def test_numbers_as_people_write_them(api: httpx.Client, fields: dict[str, str], expected: dict[str, Any]) -> None:
    request = ask(api, industries="集成电路", **fields)["request"]
    found = {"area": request["area"]["ha"]} if request["area"] else {"max_km": request["max_km"]}
    assert found == expected


@pytest.mark.parametrize(
    ("fields", "parameter"),
    [
        ({"area": "1,5公顷"}, "area"),
        ({"area": "12,34亩"}, "area"),
        ({"limit": "1_0"}, "limit"),
        ({"weights": "industry:4_0"}, "weights"),
        ({"max_km": "机场:30,airport:20"}, "max_km"),
        ({"weights": "industry:0"}, "weights"),
        ({"within": '{"type":"Polygon","coordinates":[[[117,39],[117.00000001,39],[117,39.00000001],[117,39]]]}'},
         "within"),
    ],
    ids=lambda one: str(one)[:30],
)  # fmt: skip
def test_numbers_that_may_be_misread_are_refused(api: httpx.Client, fields: dict[str, str], parameter: str) -> None:
    answer = api.get("/api/siting", params={"industries": "集成电路", **fields})
    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json()["errors"]] == [parameter]


def test_a_weight_of_zero_takes_one_group_out_of_a_preset(api: httpx.Client) -> None:
    weights = ask(api, industries="集成电路", preset="balanced", weights="policy:0")["request"]["weights"]
    assert weights["policy"] == 0
    # Three groups are left: size needs an area, and nobody asks for gateways, a place, a wish or to be alone.
    assert {name for name, weight in weights.items() if weight} == {"industry", "level", "agglomeration"}
    assert weights["industry"] == pytest.approx(1 / 3, abs=1e-6)
    asked = ask(
        api, industries="集成电路", preset="balanced", weights="policy:0", prefer_level="national", near="dongjiang",
        emphasis="crowding", far_from="port",
    )["request"]["weights"]  # fmt: skip
    # Four more, of which crowding is emphasised.
    assert asked["crowding"] == pytest.approx(3 / (7 + 2), abs=1e-6)
    assert asked["industry"] == asked["preference"] == asked["near_place"] == pytest.approx(1 / 9, abs=1e-6)
    assert (asked["port_away"], asked["port"], asked["policy"]) == (pytest.approx(1 / 9, abs=1e-6), 0, 0)


def test_a_list_without_end_is_refused_at_once(api: httpx.Client) -> None:
    for names in ("、".join(f"x{n}" for n in range(50_000)), "、".join(["集成电路"] * 41)):
        answer = api.post("/api/siting", json={"industries": [names]}, headers={"Accept-Language": "zh"})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["message"] == "最多 20 项"


@pytest.mark.parametrize("path", ["/api/siting.xlsx", "/siting/report", "/siting/report.pdf"])
def test_a_language_that_is_none_is_refused_in_every_form(api: httpx.Client, path: str) -> None:
    answer = api.get(path, params={"industries": "集成电路", "lang": "fr"})
    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json()["errors"]] == ["lang"]
