"""/api/search: what a hit says, which queries are refused, and what caches are told."""

import re
from typing import Any

import httpx
import pytest


def hits(api: httpx.Client, q: str, **more: str) -> list[dict[str, Any]]:
    answer = api.get("/api/search", params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["hits"]
    return found


def lit(hit: dict[str, Any]) -> str:
    return "|".join(hit["matched"]["term"][begin:end] for begin, end in hit["matched"]["ranges"])


def test_a_hit_says_what_it_is_where_it_is_and_what_matched(api: httpx.Client) -> None:
    hit = hits(api, "经开东区")[0]
    assert (hit["kind"], hit["title"], hit["subtitle"]) == ("park", "经开区东区", "国家级园区 · 经开区")
    assert hit["matched"] == {"how": "exact", "form": "alias", "term": "经开东区", "ranges": [[0, 4]]}
    assert (hit["layer"], hit["feature"], hit["link"]) == ("parks", "teda-east", "/?select=parks/teda-east")
    west, south, east, north = hit["bbox"]
    lng, lat = hit["point"]
    assert 117.6 < west < lng < east < 117.9 and 38.9 < south < lat < north < 39.2


def test_titles_in_english(api: httpx.Client) -> None:
    hit = hits(api, "渤龙湖", lang="en")[0]
    assert (hit["title"], hit["matched"]["term"]) == ("Bolonghu Science Park", "渤龙湖")
    assert hit["subtitle"].startswith("National park · Tianjin Binhai Hi-tech")
    assert hits(api, "乾顺永磁", lang="en")[0]["title"] == "乾顺永磁（天津）科技发展有限公司"


@pytest.mark.parametrize(
    ("query", "term", "part"),
    [
        ("bolong", "Bolonghu Science Park", "Bolong"),
        ("xinchuanggu", "信创谷", "信创谷"),
        ("xcg", "信创谷", "信创谷"),
        ("bolh", "渤龙湖科技园", "渤龙湖"),
        ("中塘工业园区", "天津中塘工业园", "中塘"),
        ("滨海中关村", "滨海中关村", "滨海中关村"),
        ("渤龙胡", "渤龙湖", "渤龙湖"),
        ("juanyan", "天津卷烟厂", "卷烟"),
        ("乾顺永磁天津", "乾顺永磁（天津）科技发展有限公司", "乾顺永磁（天津"),
        ("bolonghi", "渤龙湖", ""),
    ],
)
def test_what_matched_is_marked_in_the_name(api: httpx.Client, query: str, term: str, part: str) -> None:
    hit = hits(api, query)[0]
    assert (hit["matched"]["term"], lit(hit)) == (term, part)


def test_an_industry_carries_how_many_zones_have_it(api: httpx.Client) -> None:
    hit = hits(api, "芯片")[0]
    listed = api.get("/api/zones", params={"industry": hit["id"]}).json()["zones"]
    assert hit["zones"] == len(listed) > 3
    assert hit["link"] == "/api/zones?industry=integrated-circuits"
    assert hit["subtitle"] == "产品与环节 · 智能科技 › 新一代信息技术"


def test_an_owner_of_several_projects_lists_them(api: httpx.Client) -> None:
    owner = next(hit for hit in hits(api, "天津钢铁集团有限公司") if hit["kind"] == "owner")
    owned = [p["id"] for p in api.get("/api/projects").json()["projects"] if p["owner_zh"] == "天津钢铁集团有限公司"]
    assert [part["feature"] for part in owner["parts"]] == owned and len(owned) == 16
    assert owner["feature"] is None and owner["subtitle"] == "项目业主 · 16 个项目"
    sole = hits(api, "天津卷烟厂")[0]
    assert (sole["layer"], sole["feature"]) == ("projects", "dongli-p30")


def test_a_firm_lists_where_documents_name_it(api: httpx.Client) -> None:
    found = hits(api, "一汽丰田")
    firm = next(hit for hit in found if hit["kind"] == "firm")
    assert {part["feature"] for part in firm["parts"]} >= {"teda", "ecocity"}
    assert firm["subtitle"].startswith("文件点名的企业 · ") and "生态城" in firm["subtitle"]
    named = {row["name_zh"]: row for row in api.get("/api/zones/ecocity").json()["firms"]}
    assert named["一汽丰田"]["industry"]["id"] == "new-energy-vehicles"
    assert named["一汽丰田"]["evidence"]["document"] == "binhai-industry"
    assert named["一汽丰田"]["evidence"]["locator"] == "四（一）2·沿海产业发展带·中新生态城"


def test_a_firm_of_the_whole_city_has_no_place(api: httpx.Client) -> None:
    firm = next(hit for hit in hits(api, "中芯国际") if hit["kind"] == "firm")
    assert (firm["layer"], firm["feature"], firm["bbox"], firm["point"]) == (None, None, None, None)
    assert firm.get("parts", []) == [] and firm["subtitle"].startswith("文件点名的企业 · 天津")


def test_a_thing_named_by_several_documents_is_found_once_with_each(api: httpx.Client) -> None:
    found = [hit for hit in hits(api, "先进操作系统创新中心") if hit["matched"]["how"] == "exact"]
    assert len(found) == 1 and found[0]["kind"] == "platform"
    assert {part["title"] for part in found[0]["parts"]} >= {"滨海工业规划", "高新区规划纲要"}


@pytest.mark.parametrize(
    ("words", "name"), [("用地指标", "用地指标"), ("四清一绿", "四清一绿"), ("先租赁后购买", "先租赁后购买")]
)
def test_a_rule_is_found_by_its_clause(api: httpx.Client, words: str, name: str) -> None:
    rules = [hit for hit in hits(api, words, limit="50") if hit["kind"] == "rule"]
    assert rules and any(name in hit["title"] or name in hit["matched"]["term"] for hit in rules)


@pytest.mark.parametrize("words", ["利安隆", "智慧山", "茅台酒厂"])
def test_what_is_not_there_is_not_made_up(api: httpx.Client, words: str) -> None:
    """A name of three characters has no near name: one that differs in a character is another's."""
    for hit in hits(api, words):
        assert words in hit["matched"]["term"] or hit["matched"]["how"] in ("pinyin", "initials"), hit


def test_better_matches_come_first_and_zones_before_the_rest(api: httpx.Client) -> None:
    order = ["exact", "prefix", "contains", "pinyin", "initials", "fuzzy"]
    for query in ("大港", "生物", "xinchuang", "gaoxin", "jz"):
        grades = [order.index(hit["matched"]["how"]) for hit in hits(api, query, limit="50")]
        assert len(grades) > 3
        written = [grade for grade in grades if grade < 3]
        assert written == sorted(written) and grades[: len(written)] == written, query
    kinds = [hit["kind"] for hit in hits(api, "华明高新区") if hit["matched"]["how"] == "exact"]
    assert kinds == ["park", "plan_element"]


def test_kinds_and_limit(api: httpx.Client) -> None:
    assert {hit["kind"] for hit in hits(api, "生物", kind="industry")} == {"industry"}
    assert {hit["kind"] for hit in hits(api, "东丽", kind="zone,facility", limit="50")} == {
        "district", "park", "functional_area", "facility",
    }  # fmt: skip
    answer = api.get("/api/search", params={"q": "天津", "limit": "3"}).json()
    assert len(answer["hits"]) == 3 and answer["more"] is True
    assert api.get("/api/search", params={"q": "渤龙湖"}).json()["more"] is False


@pytest.mark.parametrize("query", ["%", "_", "\\", "\x00", "😀", "'; --", "……", "\u200b"])
def test_what_has_no_letter_finds_nothing(api: httpx.Client, query: str) -> None:
    answer = api.get("/api/search", params={"q": query})
    assert answer.status_code == 200 and answer.json()["hits"] == [] and answer.json()["normal"] == ""


@pytest.mark.parametrize(
    "query", ["渤%湖", "渤_湖", "' OR 1=1 --", "xq\x00zk", "(((", "[渤龙湖", "a" * 100, "龙" * 100, "ﷺ" * 100, "*+?"]
)
def test_wildcards_and_sql_are_letters_or_nothing(api: httpx.Client, query: str) -> None:
    answer = api.get("/api/search", params={"q": query})
    assert answer.status_code == 200
    names = [hit["title"] for hit in answer.json()["hits"]]
    assert len(names) < 20, "a wildcard would find everything"


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("", "q", "should be a name"),
        ("q=", "q", "should be a name"),
        ("q=%20%20", "q", "should be a name"),
        (f"q={'a' * 101}", "q", "101 characters long; at most 100"),
        ("q=a&kind=palace", "kind", "should be one or several of zone, development_zone"),
        ("q=a&kind=", "kind", "should be one or several"),
        ("q=a&limit=0", "limit", "from 1 to 50"),
        ("q=a&limit=51", "limit", "from 1 to 50"),
        ("q=a&limit=x", "limit", "from 1 to 50"),
        ("q=a&lang=fr", "lang", "should be zh or en"),
        ("q=a&q=b", "q", "twice"),
        ("q=a&page=2", "page", "no such parameter"),
    ],
)
def test_wrong_parameters_are_named(api: httpx.Client, query: str, parameter: str, said: str) -> None:
    answer = api.get(f"/api/search?{query}", headers={"Accept-Language": "en"})
    assert answer.status_code == 400 and answer.headers["content-type"] == "application/problem+json"
    [error] = answer.json()["errors"]
    assert error["parameter"] == parameter and said in error["message"]


def test_an_answer_is_not_sent_twice(api: httpx.Client) -> None:
    first = api.get("/api/search", params={"q": "渤龙湖"})
    again = api.get("/api/search", params={"q": "渤龙湖"}, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    other = api.get("/api/search", params={"q": "渤龙湖", "lang": "en"})
    assert other.headers["etag"] != first.headers["etag"]


def test_the_description(api: httpx.Client) -> None:
    operation = api.get("/openapi.json").json()["paths"]["/api/search"]["get"]
    parameters = {one["name"]: one for one in operation["parameters"]}
    assert set(parameters) == {"q", "kind", "limit", "lang"} and parameters["q"]["required"] is True
    hit = operation["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["hits"]["items"]
    assert set(hit["required"]) <= set(hits(api, "渤龙湖")[0])


def test_every_hit_on_the_map_is_in_its_layer(api: httpx.Client, database_url: str) -> None:
    from sqlalchemy import text

    from app.db.engine import owner_engine

    engine = owner_engine(database_url)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT layer, feature FROM yuantu.search_target WHERE feature IS NOT NULL")
        ).all()
        without = connection.execute(
            text(
                "SELECT t.kind, t.id FROM yuantu.search_target AS t"
                " WHERE NOT EXISTS (SELECT FROM yuantu.search_term AS m"
                " WHERE m.kind = t.kind AND m.target_id = t.id AND m.form = 'official' AND m.spelling = 'written')"
            )
        ).all()
    engine.dispose()
    assert without == []
    for layer in {layer for layer, _ in rows}:
        drawn = set(re.findall(r'"id":"([^"]+)"', api.get(f"/layers/{layer}.geojson").text))
        assert {feature for at, feature in rows if at == layer} <= drawn, layer
