"""The pages under /ogc: one for every document, in both languages, safe whatever the data say."""

import html
import json
import re
import time
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx
import pytest
from fastapi import Request

from app.ogc.html import page
from app.registry.definition import LayerDefinition
from app.registry.reader import Registry, read_registry
from app.settings import Settings

PAGES = [
    "/ogc",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/parks",
    "/ogc/collections/parks/queryables",
    "/ogc/collections/parks/items",
    "/ogc/collections/parks/items/teda-east",
    "/ogc/api.html",
]
HOSTILE = [
    "<script>globalThis.harmed=1</script>",
    "</script><script>globalThis.harmed=2</script>",
    "<img src=x onerror=globalThis.harmed=3>",
    '"><svg onload=globalThis.harmed=4>',
    "{{ 7 * 7 }}<!-- & ' -->",
]
_VOID = {"meta", "link", "input", "br", "img", "hr"}


class Seen(HTMLParser):
    """What a page holds, as a browser would read it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: dict[str, list[str]] = {}
        self.feed(text)
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.setdefault(self.open[-1] if self.open else "", []).append(data)

    def all(self, tag: str, **having: str) -> list[dict[str, str | None]]:
        found = (one for name, one in self.tags if name == tag)
        return [one for one in found if all(one.get(name.rstrip("_")) == value for name, value in having.items())]

    def text(self) -> str:
        return " ".join(word for tag, words in self.words.items() if tag not in ("script", "style") for word in words)

    def hrefs(self) -> list[str]:
        return [str(one["href"]) for one in self.all("a")]


def get(api: httpx.Client, path: str, language: str = "zh-CN,zh;q=0.9", **headers: str) -> tuple[httpx.Response, Seen]:
    answer = api.get(path, headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": language, **headers})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer, Seen(answer.text)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return read_registry(Settings().layers_dir)


def rendered(
    registry: Registry, layer: LayerDefinition, features: list[dict[str, Any]], query: str = "", **document: Any
) -> str:
    """Return the page of some features, as the route would make it of what the database says."""
    path = f"/ogc/collections/{layer.id}/items"
    scope = {
        "type": "http", "method": "GET", "path": path, "root_path": "", "query_string": query.encode(), "headers": [],
        "scheme": "http", "server": ("127.0.0.1", 8000), "path_params": {"collection_id": layer.id},
        "app": SimpleNamespace(state=SimpleNamespace(registry=registry)),
    }  # fmt: skip
    whole = {"features": features, "numberReturned": len(features), "numberMatched": len(features), "links": []}
    return page(Request(scope), "items", document={**whole, **document}, layer=layer)


def feature(feature_id: str, geometry: Any = None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": feature_id, "geometry": geometry, "properties": properties}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "lang"), [("zh-CN", "zh-CN"), ("en-GB,en;q=0.9", "en"), ("fr", "zh-CN")])
def test_every_document_has_a_page_in_the_reader_s_language(
    api: httpx.Client, path: str, language: str, lang: str
) -> None:
    answer, seen = get(api, path, language)
    assert seen.all("html")[0]["lang"] == lang
    assert {one.strip() for one in answer.headers["vary"].split(",")} >= {"Accept", "Accept-Language"}
    assert len(seen.all("h1")) == 1 and seen.words["title"][0].strip()
    assert ("数据集" in seen.text()) == (lang == "zh-CN")
    formats = [str(one["href"]) for one in seen.all("link", rel="alternate")]
    assert any("json" in api.get(one).headers["content-type"] for one in formats)
    assert set(formats) <= set(seen.hrefs()), "people see the other formats too"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_inline_runs_and_nothing_comes_from_elsewhere(api: httpx.Client, path: str) -> None:
    answer, seen = get(api, path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    for _, attributes in seen.tags:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
    for script in seen.all("script"):
        assert script.get("type") == "application/json" or str(script["src"]).startswith("/")
    loaded = [one["src"] for one in seen.all("script") if one.get("src")]
    loaded += [one["href"] for one in seen.all("link") if one["rel"] in ("stylesheet", "icon")]
    assert loaded
    for one in loaded:
        found = api.get(str(one))
        assert found.status_code == 200 and found.headers["x-content-type-options"] == "nosniff", one


def test_every_link_of_every_page_leads_somewhere(api: httpx.Client) -> None:
    home = str(api.base_url).rstrip("/")
    checked: set[str] = set()
    for path in [*PAGES, "/ogc/collections/parks/items?limit=10&offset=10&level=national&sortby=-area_ha"]:
        for href in get(api, path)[1].hrefs():
            address = urljoin(f"{home}{path}", href)
            assert address.startswith(home), href
            if "#" in href or address in checked:
                continue
            checked.add(address)
            answer = api.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
            assert answer.status_code == 200, f"{path} links to {address}"
    assert len(checked) > 60


def test_breadcrumbs_lead_back_to_the_map(api: httpx.Client) -> None:
    crumbs = get(api, "/ogc/collections/parks/items/teda-east")[1].hrefs()
    for one in ("/", "/ogc", "/ogc/collections", "/ogc/collections/parks", "/ogc/collections/parks/items"):
        assert one in crumbs


def test_a_collection_s_page_names_its_fields_its_systems_and_its_status(api: httpx.Client) -> None:
    text = get(api, "/ogc/collections/parks")[1].text()
    for words in (
        "Industrial parks",
        "示意",
        "area_ha",
        "图上面积",
        "公顷",
        "national",
        "国家级",
        "EPSG:4490",
        "EPSG:4548",
    ):
        assert words in text, words
    box = api.get("/ogc/collections/parks").json()["extent"]["spatial"]["bbox"][0]
    assert all(f"{edge}°" in text for edge in box)


def test_a_collection_s_page_leads_to_the_whole_layer_as_a_file(api: httpx.Client) -> None:
    files = [one for one in get(api, "/ogc/collections/parks")[1].hrefs() if one.startswith("/layers/parks.")]
    assert {"/layers/parks.geojson", "/layers/parks.csv", "/layers/parks.gpkg", "/layers/parks.shp.zip"} <= set(files)


def test_an_item_s_page_shows_titles_units_and_translated_codes(api: httpx.Client) -> None:
    area = api.get("/ogc/collections/parks/items/teda-east").json()["properties"]["area_ha"]
    _, seen = get(api, "/ogc/collections/parks/items/teda-east")
    text = seen.text()
    assert f"{area:,.1f} 公顷" in text
    assert "国家级" in text and "人工智能、集成电路、大数据" in text
    assert parse_qs(urlsplit(next(one for one in seen.hrefs() if "select=" in one)).query) == {
        "select": ["parks/teda-east"]
    }
    english = get(api, "/ogc/collections/parks/items/teda-east", "en")[1].text()
    assert f"{area:,.1f} ha" in english and "National" in english and "TEDA East" in english


def rows(seen: Seen) -> list[str]:
    return [str(one["data-feature"]) for one in seen.all("tr") if "data-feature" in one]


def test_following_next_shows_every_feature_once(api: httpx.Client) -> None:
    path, found = "/ogc/collections/parks/items?limit=10&sortby=level", []
    for _ in range(10):
        _, seen = get(api, path)
        found += rows(seen)
        following = seen.all("a", rel="next")
        if not following:
            break
        path = str(following[0]["href"])
    everything = [one["id"] for one in api.get("/ogc/collections/parks/items?limit=1000").json()["features"]]
    assert sorted(found) == sorted(everything) and len(set(found)) == len(found)


def test_an_offset_has_a_page_before(api: httpx.Client) -> None:
    _, seen = get(api, "/ogc/collections/parks/items?limit=10&offset=20")
    before = str(seen.all("a", rel="prev")[0]["href"])
    assert "11–20" in get(api, before)[1].text()
    first = str(seen.all("a", rel="first")[0]["href"])
    assert "1–10" in get(api, first)[1].text()
    assert (
        rows(get(api, before)[1])[0]
        == api.get("/ogc/collections/parks/items?offset=10&limit=1").json()["features"][0]["id"]
    )


def test_page_sizes_keep_the_question(api: httpx.Client) -> None:
    _, seen = get(api, "/ogc/collections/parks/items?level=national&limit=10&offset=10")
    sizes = [one for one in seen.hrefs() if "limit=1000" in one]
    assert sizes and all(parse_qs(urlsplit(one).query)["level"] == ["national"] for one in sizes)
    assert all("offset" not in one for one in sizes)


def test_a_search_that_finds_nothing_says_so(api: httpx.Client) -> None:
    _, seen = get(api, "/ogc/collections/parks/items?q=nowhere&limit=10")
    assert "没有符合条件的要素" in seen.text()
    assert "/ogc/collections/parks/items?limit=10" in seen.hrefs()
    assert not seen.all("table")


def test_features_without_geometry_are_listed_and_said_to_be_missing_on_the_map(api: httpx.Client) -> None:
    listed = api.get("/ogc/collections/functional-areas/items?limit=1000").json()["features"]
    unplaced = [one["id"] for one in listed if one["geometry"] is None]
    assert unplaced, "the data hold such features"
    _, seen = get(api, "/ogc/collections/functional-areas/items?limit=1000")
    assert f"其中 {len(unplaced)} 个没有图形" in seen.text()
    assert set(unplaced) <= set(rows(seen))
    _, item = get(api, f"/ogc/collections/functional-areas/items/{unplaced[0]}")
    assert "没有图形" in item.text() and not item.all("div", id="map")


def test_a_page_without_geometries_has_no_map(api: httpx.Client) -> None:
    _, seen = get(api, "/ogc/collections/parks/items?skipGeometry=true&properties=name_zh,area_ha")
    assert not seen.all("div", id="map") and len(rows(seen)) == 38
    headings = [one for one in seen.all("th", scope="col")]
    assert len(headings) == 3


def test_in_another_system_the_map_asks_for_longitude_and_latitude(api: httpx.Client) -> None:
    query = urlencode({"crs": "http://www.opengis.net/def/crs/EPSG/0/4548", "limit": 3, "level": "national"})
    answer, _ = get(api, f"/ogc/collections/parks/items?{query}")
    data = map_data(answer.text)
    assert data["features"] == []
    fetched = api.get(data["url"]).json()
    assert len(fetched["features"]) == 3
    west, *_ = [x for one in fetched["features"] for x, *_ in corners(one["geometry"])]
    assert 116 < west < 119


def corners(geometry: Any) -> list[Any]:
    nested = geometry["coordinates"]
    while isinstance(nested[0][0], list):
        nested = [one for part in nested for one in part]
    return list(nested)


def map_data(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="map-data">(.*?)</script>', text, re.S)
    assert found
    return json.loads(found[1])


def test_pages_work_under_a_proxy_s_prefix(api: httpx.Client) -> None:
    said = {"X-Forwarded-Prefix": "/gis/yuantu", "X-Forwarded-Host": "maps.example.cn", "X-Forwarded-Proto": "https"}
    for path in PAGES:
        _, seen = get(api, path, **said)
        addresses = [*seen.hrefs(), *(str(one["src"]) for one in seen.all("script") if "src" in one)]
        addresses += [str(one["href"]) for one in seen.all("link")] + [str(one["action"]) for one in seen.all("form")]
        for one in addresses:
            ours = one.startswith(("/gis/yuantu/", "https://maps.example.cn/gis/yuantu/", "#"))
            assert ours, f"{path}: {one}"


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_shown_as_text(registry: Registry, value: str) -> None:
    layer = registry.layers["parks"]
    square = {"type": "Polygon", "coordinates": [[[117, 39], [118, 39], [118, 40], [117, 39]]]}
    spoiled = {field.name: [value] if field.type == "string[]" else value for field in layer.fields}
    text = rendered(registry, layer, [feature(value, square, **spoiled)], urlencode({"q": value}))
    seen = Seen(text)
    assert value not in text
    assert value in html.unescape(text) and value in seen.text()
    assert not [one for one in seen.tags if one[0] in ("svg", "img")]
    assert all("src" in one or one.get("type") == "application/json" for one in seen.all("script"))
    assert map_data(text)["features"][0]["id"] == value
    assert rows(seen) == [value]


def test_an_address_in_the_data_is_a_link_only_if_it_is_of_the_web(registry: Registry) -> None:
    layer = registry.layers["parks"]
    linked = layer.model_copy(
        update={"fields": (layer.fields[0].model_copy(update={"name": "site", "type": "url"}),), "label": None}
    )
    features = [feature("a", site="https://example.cn/"), feature("b", site="javascript:alert(1)")]
    seen = Seen(rendered(registry, linked, features))
    assert "https://example.cn/" in seen.hrefs()
    assert not [one for one in seen.hrefs() if one.startswith("javascript")]
    assert "javascript:alert(1)" in seen.text()


def test_nested_values_and_odd_numbers_are_shown(registry: Registry) -> None:
    layer = registry.layers["parks"]
    odd = {"name_zh": {"a": ["乙", None]}, "sectors_zh": ["一、二", "三"], "area_ha": -1234567.89, "accuracy_m": 0}
    text = Seen(rendered(registry, layer, [feature("x", None, **odd)])).text()
    assert '{"a": ["乙", null]}' in text and "一、二；三" in text and "-1,234,567.9" in text


def test_a_thousand_rows_are_quick(registry: Registry) -> None:
    layer = registry.layers["parks"]
    ring = [[117 + i / 1e3, 39 + i * i / 1e4] for i in range(12)]
    square = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    full = {field.name: ["智能科技"] * 3 if field.type == "string[]" else "某某园区" for field in layer.fields}
    features = [feature(f"p{n}", square, **full) for n in range(1000)]
    rendered(registry, layer, features[:1])
    started = time.perf_counter()
    text = rendered(registry, layer, features)
    assert text.count("data-feature=") == 1000
    assert time.perf_counter() - started < 2


def test_the_queryables_page_leads_to_the_features_of_each_value(api: httpx.Client) -> None:
    _, seen = get(api, "/ogc/collections/parks/queryables")
    assert "国家级" in seen.text() and "图上面积" in seen.text()
    national = "/ogc/collections/parks/items?level=national"
    assert national in seen.hrefs()
    for one in rows(get(api, national)[1]):
        assert api.get(f"/ogc/collections/parks/items/{one}").json()["properties"]["level"] == "national"


def test_the_api_page_lists_what_the_description_says(api: httpx.Client) -> None:
    _, seen = get(api, "/ogc/api.html")
    text = seen.text()
    for path, methods in api.get("/ogc/api").json()["paths"].items():
        assert path in text
        for parameter in methods["get"].get("parameters", []):
            assert parameter.get("name", "") in text


def test_the_page_of_features_offers_every_format(api: httpx.Client) -> None:
    offered = api.get("/ogc/collections/parks/items?limit=1").json()["links"]
    formats = {one["href"] for one in offered if one["rel"] in ("self", "alternate") and one["type"] != "text/html"}
    _, seen = get(api, "/ogc/collections/parks/items?limit=1")
    assert len(formats) > 5 and formats <= set(seen.hrefs())
    assert "CSV 表格" in seen.text()


def test_a_page_kept_in_one_language_is_not_taken_for_the_other(api: httpx.Client) -> None:
    for path in PAGES[:-1]:
        chinese, _ = get(api, path, "zh-CN")
        english, _ = get(api, path, "en")
        assert chinese.headers["etag"] != english.headers["etag"], path


def test_a_missing_feature_is_a_problem_for_browsers_too(api: httpx.Client) -> None:
    answer = api.get("/ogc/collections/parks/items/nowhere", headers={"Accept": "text/html"})
    assert answer.status_code == 404 and answer.headers["content-type"] == "application/problem+json"
