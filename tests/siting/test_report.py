"""The report: what an officer pastes, the parts of the answer apart, and the map."""

import html
import re
from typing import Any

import httpx
import pytest

PARTS = {
    "zh": ["问题", "答复", "依据", "不确定之处", "未考虑的因素"],
    "en": ["Question", "Answer", "Basis", "Uncertainties", "Factors not considered"],
}
LARGEST_MAP = 150_000
QUESTIONS = (
    {"q": "在滨海新区做集成电路，要50公顷，天气不错"},
    {"q": "海洋装备"},
    {"q": "东丽区的智能电网"},
    {"q": "钢铁冶炼"},
    {"ask": "place", "place": "thip-huayuan", "industries": "集成电路"},
    {"ask": "what", "place": "dongjiang"},
    {"ask": "against", "industries": "石油化工"},
    {"q": "脑机接口初创公司，要写字楼，200平方米"},
)


def page(api: httpx.Client, **fields: Any) -> str:
    return api.get("/siting/report", params=fields).raise_for_status().text


def brief(api: httpx.Client, **fields: Any) -> list[tuple[str, str]]:
    """Return titles and texts of the brief as it is offered as plain text."""
    text = api.get("/api/siting.txt", params=fields).raise_for_status().text
    found = [part.partition("\n")[::2] for part in text.strip().split("\n\n")]
    return [(title, lines) for title, lines in found]


def told(text: str) -> str:
    """Return what a reader sees of a page: no markup, no white space."""
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<(style|svg).*?</\1>|<[^>]+>", "", text, flags=re.S)))


def svg(text: str) -> str:
    found = re.search(r'<svg class="map".*?</svg>', text, re.S)
    return found[0] if found else ""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("fields", QUESTIONS, ids=str)
def test_the_brief_stands_first_and_is_that_of_the_answer(api: httpx.Client, fields: dict[str, str], lang: str) -> None:
    text = page(api, **fields, lang=lang)
    block = re.search(r'<section class="brief">.*?</section>', text, re.S)
    assert block is not None
    assert re.findall(r"<p><b>(.*?)[：:]</b>", block[0]) == PARTS[lang]
    answer = api.get("/api/siting", params=fields).raise_for_status().json()
    for title, text in brief(api, **fields, lang=lang):
        assert re.sub(r"\s+", "", text) in told(block[0]) and title in PARTS[lang]
    assert answer["conclusion"][lang].rstrip("。.") in html.unescape(block[0])


@pytest.mark.parametrize("fields", QUESTIONS, ids=str)
def test_the_brief_cites_documents_and_says_what_was_not_considered(api: httpx.Client, fields: dict[str, str]) -> None:
    answer = api.get("/api/siting", params=fields).raise_for_status().json()
    parts = dict(brief(api, **fields, lang="zh"))
    assert "《" in parts["依据"] or "没有直接的依据" in parts["依据"]
    for word in ("可供土地", "地价", "管控"):
        assert word in parts["未考虑的因素"]
    reading = answer["request"]["reading"]
    for missed in reading["not_understood"] if reading is not None else ():
        assert missed["text"] in parts["问题"] and missed["text"] in parts["未考虑的因素"]


@pytest.mark.parametrize("fields", QUESTIONS, ids=str)
def test_a_chinese_report_has_no_ids_and_no_names_of_fields(api: httpx.Client, fields: dict[str, str]) -> None:
    answer = api.get("/api/siting", params=fields).raise_for_status().json()
    text = told(page(api, **fields, lang="zh"))
    places = [*answer["results"], *answer["related"], *answer["better"], *answer["elsewhere"]]
    for one in places:
        assert one["id"] not in text.replace(answer["data_version"], "")
    for name in ("max_km", "min_km", "not_named", "surrounding", "score_range", "None"):
        assert name not in text


def test_tiers_stand_under_their_own_headings(api: httpx.Client) -> None:
    answer = api.get("/api/siting", params={"industries": "集成电路"}).raise_for_status().json()
    text = page(api, industries="集成电路")
    parts = dict(zip(*[iter(re.split(r"<h2[^>]*>(.*?)</h2>", text, flags=re.S)[1:])] * 2, strict=True))
    own = [one["name_zh"] for one in answer["results"] if one["tier"] == "itself" and not one["possible"]]
    around = [one["name_zh"] for one in answer["results"] if one["tier"] == "surrounding" and not one["possible"]]
    related = [one["name_zh"] for one in answer["related"]]
    for title, names in (
        ("文件布局于此", own),
        ("文件布局到所在区域（未细分到此处）", around),
        ("产业链或大类相关", related),
    ):
        for name in names:
            assert f"<td>{name}" in parts[title]
    assert not any(f"<td>{name}" in parts["文件布局于此"] for name in [*around, *related])


def test_the_map_has_land_sea_districts_north_scale_and_ranks(api: httpx.Client) -> None:
    fields = {"industries": "海洋装备", "districts": "滨海新区"}
    answer = api.get("/api/siting", params=fields).raise_for_status().json()
    drawing = svg(page(api, **fields))
    for name in ("sea", "land", "border", "coast", "river"):
        assert re.search(rf'<path class="{name}" d="M', drawing)
    names = re.findall(r'<text class="district"[^>]*>(.*?)</text>', drawing)
    assert "滨海新区" in names and len(names) > 1
    assert "km</text>" in drawing and ">北</text>" in drawing
    ranks = sorted(int(one) for one in re.findall(r'<text class="number[^>]*>(\d+)</text>', drawing))
    assert ranks == [one["rank"] for one in answer["results"] if one["rank"] is not None]
    assert "示意，非法定" in page(api, **fields)


@pytest.mark.parametrize("fields", QUESTIONS, ids=str)
def test_the_map_is_small(api: httpx.Client, fields: dict[str, str]) -> None:
    assert len(svg(page(api, **fields))) < LARGEST_MAP


def test_districts_that_are_named_without_a_park_are_said_and_hatched(api: httpx.Client) -> None:
    answer = api.get("/api/siting", params={"q": "智能网联汽车"}).raise_for_status().json()
    text = page(api, q="智能网联汽车")
    assert "西青" in " ".join(one["name_zh"] for one in answer["elsewhere"])
    assert "文件点名、但没有园区图形的地方" in text and 'class="hatched"' in svg(text)


def test_it_speaks_both_languages_and_escapes(api: httpx.Client) -> None:
    answer = api.get("/siting/report", params={"q": "做集成电路<script>alert(1)</script>"})
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "《滨海工业规划》表2·经开区·东区" in answer.text
    assert "TEDA East" in page(api, industries="集成电路", lang="en")


def test_weights_are_marked_as_ours_or_as_those_of_who_asks(api: httpx.Client) -> None:
    assert "<td>本服务</td>" in page(api, industries="集成电路")
    given = page(api, industries="集成电路", weights="industry:3,metro:1")
    assert "<td>提问者</td>" in given and "<td>本服务</td>" not in given


def test_layers_are_called_by_their_titles(api: httpx.Client) -> None:
    text = told(page(api, industries="海洋装备", exclude_layers="plan-dongli", lang="zh"))
    assert "plan-dongli" not in text and "排除图层" in text
    parcels = told(page(api, industries="氢能", layer="theme-parks", limit=5, lang="zh"))
    assert "候选图层" in parcels and "theme-parks" not in parcels


def test_the_page_says_what_the_rules_ask_in_their_own_words(api: httpx.Client) -> None:
    answer = api.get("/api/siting", params={"industries": "石油化工"}).raise_for_status().json()
    text = page(api, industries="石油化工", lang="zh")
    assert answer["rules"]
    for rule in answer["rules"]:
        assert html.escape(rule["clause"], quote=True).replace("&quot;", "&#34;").replace("&#x27;", "&#39;") in text
        assert f"《{rule['short_title_zh']}》{rule['locator']}" in text
