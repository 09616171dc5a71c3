"""The fields of a question: what is wrong is told in the reader's words, and the same question gives the same bytes."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

KINDS: tuple[dict[str, str], ...] = (
    {"industries": "集成电路", "ask": "place", "place": "thip-huayuan"},
    {"ask": "what", "place": "东疆"},
    {"ask": "against", "industries": "石油化工"},
    {"industries": "新材料", "avoid_industries": "石油化工", "tiers": "all"},
    {"industries": "新材料", "near": "dongjiang,rail-tianjin:40", "apart": "teda-nangang:30"},
    {"industries": "新材料", "prefer_districts": "东丽区,滨海新区", "prefer_level": "国家级", "far_from": "港口,地铁"},
    {"industries": "生物医药", "floor": "3万平方米", "premises": "车间", "needs": "off", "areas": "separate"},
    {"industries": "海洋装备", "area": "300-500亩", "emphasis": "port,policy"},
)


@pytest.fixture(scope="module")
def names(api: httpx.Client) -> list[str]:
    """Return the names of the fields."""
    return [one["name"] for one in api.get("/api/siting/options").raise_for_status().json()["fields"]]


# --- the same answer ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fields", KINDS, ids=lambda one: "-".join(one))
def test_asked_twice_and_at_the_same_time_it_is_the_same(api: httpx.Client, fields: dict[str, str]) -> None:
    first = api.get("/api/siting", params=fields).raise_for_status()

    def again(_: int) -> httpx.Response:
        return api.get("/api/siting", params=fields, headers={"Cache-Control": "no-cache"})

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(again, range(4)))
    assert {one.content for one in answers} == {first.content}
    assert {one.headers["etag"] for one in answers} == {first.headers["etag"]}
    turned = api.get("/api/siting", params=dict(reversed(fields.items())))
    assert turned.content == first.content


@pytest.mark.parametrize("fields", KINDS, ids=lambda one: "-".join(one))
def test_what_is_posted_is_what_is_got(api: httpx.Client, fields: dict[str, str]) -> None:
    lists = ("industries", "avoid_industries", "prefer_districts", "prefer_level", "far_from", "emphasis")
    body: dict[str, Any] = {name: value.split(",") if name in lists else value for name, value in fields.items()}
    if "near" in body:
        body["near"] = [{"place": "dongjiang", "km": None}, {"place": "rail-tianjin", "km": 40}]
        body["apart"] = [{"place": "teda-nangang", "km": 30}]
    posted = api.post("/api/siting", json=body).raise_for_status()
    got = api.get("/api/siting", params=fields).raise_for_status()
    assert posted.content == got.content
    # The link of the answer asks the same once more.
    assert api.get(got.json()["links"]["self"]).content == got.content
    asked = got.json()["request"]
    for name in ("ask", "place", "near", "apart", "far_from", "prefer_districts", "prefer_level", "floor", "areas"):
        assert name in asked


@pytest.mark.parametrize("fields", KINDS, ids=lambda one: "-".join(one))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_form_has_an_answer_to_every_kind(api: httpx.Client, fields: dict[str, str], lang: str) -> None:
    answer = api.get("/api/siting", params=fields).raise_for_status().json()
    text = api.get("/api/siting.txt", params={**fields, "lang": lang}).raise_for_status()
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer["conclusion"][lang].rstrip("。.") in text.text
    for path in ("/siting/report", "/api/siting.xlsx"):
        assert api.get(path, params={**fields, "lang": lang}).status_code == 200
    features = api.get("/api/siting.geojson", params=fields).raise_for_status().json()["features"]
    assert [one["id"] for one in features] == [one["id"] for one in answer["results"]]


# --- size ---------------------------------------------------------------------------------------------------------

LARGEST = 100_000


@pytest.mark.parametrize(
    "industry", ["智能科技", "生物医药", "新一代信息技术", "互联网", "装备制造", "新材料", "人工智能"]
)
def test_a_default_answer_is_small(api: httpx.Client, industry: str) -> None:
    answer = api.get("/api/siting", params={"industries": industry}).raise_for_status()
    assert len(answer.content) < LARGEST
    assert 0 < len(answer.json()["results"]) <= 10


# --- what is wrong ------------------------------------------------------------------------------------------------

WRONG = (
    ("ask", "why", "where"),
    ("ask", "place", None),
    ("place", "华园科技园", "华苑科技园"),
    ("avoid_industries", "石有化工", "石油化工"),
    ("prefer_districts", "东丽去", "东丽区"),
    ("prefer_level", "国际级", "national"),
    ("near", "东疆港保税取:50", "东疆港保税区"),
    ("near", "dongjiang:abc", None),
    ("near", "dongjiang:-5", "1,000"),
    ("near", "dongjiang:1,dongjiang:2", "50"),
    ("near", "dongli-eda-north:10", None),
    ("apart", "dongjiang", None),
    ("far_from", "火星", "port"),
    ("floor", "-200平方米", None),
    ("floor", "五", None),
    ("floor", "200 acre", None),
    ("premises", "castle", "office"),
    ("needs", "maybe", "off"),
    ("areas", "both", "separate"),
    ("tiers", "some", "all"),
    ("emphasis", "beauty", "metro"),
    ("area", "500-300亩", "300-500亩"),
    ("area", "-300亩", "1,200,000"),
)


def told(api: httpx.Client, field: str, value: str, language: str) -> dict[str, Any]:
    fields = {"industries": "集成电路", **({"ask": "place"} if field == "place" else {}), field: value}
    answer = api.get("/api/siting", params=fields, headers={"Accept-Language": language})
    assert answer.status_code == 400, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(("field", "value", "right"), WRONG, ids=[f"{field}={value}" for field, value, _ in WRONG])
def test_what_is_wrong_is_told_with_what_would_be_right(
    api: httpx.Client, names: list[str], field: str, value: str, right: str | None
) -> None:
    for language in ("zh", "en"):
        problem = told(api, field, value, language)
        (error,) = problem["errors"]
        # Who asks about a place has to name it.
        assert error["parameter"] == ("place" if value == "place" else field)
        whole = " ".join([problem["detail"], *error.get("allowed", ())])
        assert right is None or right in whole
        if language == "en":
            assert not re.search(r"[\u3000-\u303f\uff01-\uff5e]", problem["detail"].replace("、", ", "))
            continue
        assert re.match(r"[\u4e00-\u9fff]+：", problem["detail"]), problem["detail"]
        words = set(re.findall(r"[A-Za-z_]+", problem["detail"])) - set(error.get("allowed", ())) - {value}
        assert not words & set(names), problem["detail"]
        assert not re.search(r"[a-z]+_[a-z]+", " ".join(words)), problem["detail"]


@pytest.mark.parametrize(("value", "wanted"), [("-200平方米", "平方米"), ("五", "平方米"), ("200 acre", "平方米")])
def test_floor_area_is_told_in_units_of_floors(api: httpx.Client, value: str, wanted: str) -> None:
    detail = told(api, "floor", value, "zh")["detail"]
    assert wanted in detail and "公顷" not in detail, detail


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"ask": "against"},
        {"ask": "place", "place": "东疆"},
        {"industries": "集成电路", "weights": "near_place:1"},
        {"industries": "集成电路", "weights": "size:1"},
        {"industries": "集成电路", "weights": "industry:0"},
    ],
    ids=str,
)
def test_a_chinese_reader_sees_no_names_of_fields_or_criteria(
    api: httpx.Client, names: list[str], fields: dict[str, str]
) -> None:
    criteria = [one["name"] for one in api.get("/api/siting/options").json()["criteria"]]
    answer = api.get("/api/siting", params=fields, headers={"Accept-Language": "zh"})
    assert answer.status_code == 400
    detail = answer.json()["detail"]
    assert not set(re.findall(r"[A-Za-z_]+", detail)) & {*names, *criteria}, detail


@pytest.mark.parametrize(("field", "value"), [("level", "x"), ("far_from", "火星"), ("premises", "x"), ("ask", "x")])
def test_a_chinese_reader_is_told_the_words_that_are_read(api: httpx.Client, field: str, value: str) -> None:
    right = {"level": "国家级", "far_from": "港口", "premises": "写字楼", "ask": "适合"}[field]
    assert right in told(api, field, value, "zh")["detail"]


ODD: tuple[Any, ...] = (
    [None, None], [1, 2], {"a": 1}, [["x"]], True, 0, -1, "", " , ", [{"place": "dongjiang", "km": [1]}],
    {"value": [1]}, {"value": "5", "unit": 3}, [{"km": 3}], [["dongjiang", 5, 6]], {"airport": None},
    "x" * 200, "dongjiang:NaN",
)  # fmt: skip
"""What no field takes, or some field takes and others do not."""


def test_no_odd_value_of_any_field_ends_in_a_server_error(api: httpx.Client, names: list[str]) -> None:
    failed = []
    for field in names:
        for value in ODD:
            body = {"industries": ["集成电路"], field: value}
            # A server that fails closes the connection.
            answer = api.post("/api/siting", json=body, headers={"Connection": "close"})
            if answer.status_code not in (200, 400):
                failed.append((field, json.dumps(value)[:40], answer.status_code))
    assert failed == []


# --- the description ----------------------------------------------------------------------------------------------


def test_the_description_has_every_field_and_every_part_of_the_answer(api: httpx.Client, names: list[str]) -> None:
    paths = api.get("/openapi.json").raise_for_status().json()["paths"]
    for path in ("/api/siting", "/api/siting.geojson", "/api/siting.xlsx", "/api/siting.txt", "/siting/report"):
        described = [one["name"] for one in paths[path]["get"]["parameters"]]
        assert set(described) - {"lang"} == set(names), path
        assert ("lang" in described) == (path not in ("/api/siting", "/api/siting.geojson")), path
        assert all(one["description"] for one in paths[path]["get"]["parameters"])
    body = paths["/api/siting"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert set(body["properties"]) == set(names)
    for method in ("get", "post"):
        schema = paths["/api/siting"][method]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = api.get("/api/siting", params={"industries": "集成电路"}).json()
        missing = answer.keys() - schema["properties"].keys()
        assert missing == set(), sorted(missing)
        assert set(schema["required"]) <= answer.keys()
    for fields in KINDS:
        answer = api.get("/api/siting", params=fields).json()
        assert set(schema["required"]) <= answer.keys()
