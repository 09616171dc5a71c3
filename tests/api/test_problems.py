"""Problems: what is wrong, in the language the client prefers; members that programs read stay as they are."""

import re
from typing import Any

import httpx
import pytest

from app.features.cql2 import Cql2Error, parse_text
from app.messages import translated
from tests.cql2.test_text import REFUSED

CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}

FAULTS = [
    ("/layers/parks.geojson?limit=x&bbox=1,2&hello=1", 400),
    ("/layers/parks.geojson?bbox=500,0,501,1", 400),
    ("/layers/parks.geojson?datetime=2025-02-30", 400),
    ("/layers/parks.geojson?sortby=nothing", 400),
    ("/layers/parks.geojson?sortby=industry_path", 400),
    ("/layers/parks.geojson?cursor=abc", 400),
    ("/layers/parks.geojson?crs=EPSG:1", 400),
    ("/layers/parks.geojson?filter=name_zh", 400),
    ("/layers/parks.geojson?filter=height>1", 400),
    ("/layers/parks.geojson?filter=area_ha='x'", 400),
    ('/layers/parks.geojson?filter-lang=cql2-json&filter={"op":"and","args":[]}', 400),
    ("/layers/parks.kml?crs=http://www.opengis.net/def/crs/EPSG/0/3857", 400),
    ("/layers/parks.geojson?industry=不存在的产业", 400),
    ("/layers/nothing", 404),
    ("/layers/parks.mp3", 404),
    ("/nothing", 404),
    ("/api/zones?kind=village", 400),
    ("/api/zones/" + "x" * 101, 400),
    ("/api/zones/atlantis", 404),
    ("/ogc/collections/nothing", 404),
    ("/ogc/collections/parks/items/nothing", 404),
    ("/ogc/collections/parks/items?f=mp3", 400),
    ("/ogc/tileMatrixSets/nothing", 404),
    ("/tiles/parks/a/1/1.mvt", 400),
    ("/tiles/parks/11/1/4096.mvt", 404),
    ("/tiles/parks/99/1/1.mvt", 404),
    ("/tiles/parks/11/1693/782.mvt?properties=x", 400),
]


def problem(api: httpx.Client, path: str, status: int, headers: dict[str, str], language: str) -> dict[str, Any]:
    answer = api.get(path, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == language
    assert "accept-language" in answer.headers["vary"].lower()
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(("path", "status"), FAULTS)
def test_a_problem_is_said_in_the_language_of_the_client(api: httpx.Client, path: str, status: int) -> None:
    english = problem(api, path, status, {}, "en")
    chinese = problem(api, path, status, CHINESE, "zh")
    assert not re.search("[\u4e00-\u9fff]", english["title"])
    for one in (chinese["title"], chinese["detail"], *(error["message"] for error in chinese.get("errors", ()))):
        assert re.search("[\u4e00-\u9fff]", one), one
    for one in (english, chinese):
        one.pop("title"), one.pop("detail")
        for error in one.get("errors", ()):
            error.pop("message")
    assert chinese == english


def test_every_wrong_parameter_is_named_in_the_detail(api: httpx.Client) -> None:
    found = problem(api, "/layers/parks.geojson?limit=x&hello=1", 400, CHINESE, "zh")
    assert found["title"] == "请求有误"
    assert found["detail"] == "limit：应为 1 到 10000 之间的整数；hello：没有这个参数"
    assert [error["parameter"] for error in found["errors"]] == ["limit", "hello"]


def test_a_method_that_is_not_there_is_a_problem_too(api: httpx.Client) -> None:
    answer = api.delete("/layers/parks.geojson", headers=CHINESE)
    assert (answer.status_code, answer.json()["title"]) == (405, "不支持此方法")
    assert answer.headers["allow"] == "GET"


def test_compression_keeps_what_the_answer_varies_by(api: httpx.Client) -> None:
    answer = api.get("/layers/parks.geojson?hello=1", headers={**CHINESE, "Accept-Encoding": "gzip"})
    assert {one.strip().lower() for one in answer.headers["vary"].split(",")} >= {"accept-language"}


@pytest.mark.parametrize("text", [text for text, _, _ in REFUSED], ids=lambda one: ascii(one)[:60])
def test_every_fault_of_a_filter_is_said_in_chinese(text: str) -> None:
    with pytest.raises(Cql2Error) as caught:
        parse_text(text)
    said = translated(str(caught.value), "zh")
    assert re.search("[\u4e00-\u9fff]", said)
    assert not re.search(r"Expected|takes |should| is | not |in the |after ", said), said
