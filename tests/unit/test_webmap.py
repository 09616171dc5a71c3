"""The page on the server's side: what it names, what it tells the browser, what it leaves behind."""

import json
import re
from pathlib import Path
from typing import Any

import folium
import pytest
import yaml

from app.registry.definition import LayerDefinition
from app.registry.reader import Registry, read_registry
from app.webmap import page as page_module
from app.webmap.assets import Tool, core_modules, tools
from app.webmap.layers import PANES, client_definition, opening_layers
from app.webmap.page import PageQuery
from tests.unit.pages import Elements, client, config_of, render

ROOT = Path(__file__).resolve().parents[2]
WEBMAP = Path(page_module.__file__).parent


@pytest.fixture(scope="module")
def registry() -> Registry:
    return read_registry(ROOT / "layers")


def without_ids(html: str) -> str:
    return re.sub(r"[0-9a-f]{32}", "ID", html)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_refers_to_no_other_host(registry: Registry, language: Any) -> None:
    html = render(registry, PageQuery(language=language))
    assert not re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", html)
    for tag, attributes in Elements(html).found:
        for name in ("src", "href"):
            assert not (attributes.get(name) or "/").startswith("//"), (tag, attributes)


def test_nothing_in_the_page_needs_unsafe_inline(registry: Registry) -> None:
    for tag, attributes in Elements(render(registry)).found:
        assert tag != "style"
        assert "style" not in attributes, (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        if tag == "script" and "src" not in attributes and attributes.get("type") != "application/json":
            assert attributes.get("nonce") == "N0NCE"


def test_every_address_in_the_page_is_served(registry: Registry) -> None:
    with client(registry) as browser:
        html = browser.get("/").text
        found = [a for tag, a in Elements(html).found if tag in ("script", "link") and a.get("as") != "fetch"]
        links = [a.get("src") or a.get("href") for a in found]
        addresses = [link for link in links if link]
        assert len(addresses) > 10
        for address in addresses:
            assert browser.get(address).status_code == 200, address


def test_a_plain_folium_map_afterwards_is_unchanged(registry: Registry) -> None:
    before = without_ids(folium.Map().get_root().render())
    links = (list(folium.Map.default_js), list(folium.Map.default_css))
    render(registry)
    assert without_ids(folium.Map().get_root().render()) == before
    assert (folium.Map.default_js, folium.Map.default_css) == links


def test_a_link_added_to_one_page_does_not_reach_the_next(registry: Registry) -> None:
    page_module.WebMap().add_js_link("extra", "/static/js/extra.js")
    assert "extra.js" not in render(registry)
    assert "extra.js" not in folium.Map().get_root().render()


def test_two_requests_get_the_same_page_but_for_the_nonce(registry: Registry) -> None:
    with client(registry) as browser:
        first, second = browser.get("/"), browser.get("/")
    nonces = [re.findall(r'nonce="([^"]+)"', answer.text) for answer in (first, second)]
    assert [len(found) for found in nonces] == [1, 1]
    assert nonces[0] != nonces[1]
    assert first.text.replace(nonces[0][0], "") == second.text.replace(nonces[1][0], "")
    for answer, (nonce,) in zip((first, second), nonces, strict=True):
        assert f"'nonce-{nonce}'" in answer.headers["content-security-policy"]


def test_the_policy_admits_this_host_and_nothing_inline(registry: Registry) -> None:
    with client(registry) as browser:
        headers = browser.get("/").headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


def test_basemaps_are_offered_only_when_configured(registry: Registry) -> None:
    assert config_of(render(registry))["basemaps"] == []
    with client(registry, tianditu_key="k3y", openstreetmap=True) as browser:
        answer = browser.get("/")
    told = config_of(answer.text)["basemaps"]
    assert [basemap["id"] for basemap in told] == ["tianditu_vector", "tianditu_imagery", "osm"]
    assert "LAYER=cva" in told[0]["tiles"][1]
    assert "tk=k3y" in told[0]["tiles"][0]
    images = re.search(r"img-src ([^;]*)", answer.headers["content-security-policy"])
    assert images
    assert {"https://t0.tianditu.gov.cn", "https://tile.openstreetmap.org"} <= set(images.group(1).split())


def test_no_sql_reaches_the_browser(registry: Registry) -> None:
    html = render(registry)
    assert "SELECT" not in html
    assert "yuantu.zone_feature" not in html
    assert all("source" not in layer for layer in config_of(html)["layers"])


def test_the_browser_is_told_each_layer_in_one_language(registry: Registry) -> None:
    definition = registry.layer("parks")
    zh, en = client_definition(definition, "zh"), client_definition(definition, "en")
    assert (zh["title"], en["title"]) == (definition.title.zh, definition.title.en)
    assert (zh["label"], en["label"]) == ("short_name_zh", "name_en")
    level = next(field for field in en["fields"] if field["name"] == "level")
    assert level["choices"]["national"] == "National"


def test_every_pane_of_the_definitions_has_its_place() -> None:
    annotation = LayerDefinition.model_fields["pane"].annotation
    assert set(PANES) == set(annotation.__args__)  # type: ignore[union-attr]
    assert PANES == ("districts", "plans", "zones", "parks", "areas", "points")


@pytest.mark.parametrize(
    ("query", "shown", "unknown"),
    [
        (None, {"districts", "parks", "plan-binhai"}, []),
        ("", set(), []),
        ("parks,plan-hitech", {"parks", "plan-hitech"}, []),
        (" parks ,nonsense,nonsense,<b>", {"parks"}, ["nonsense", "<b>"]),
    ],
)
def test_layers_to_open_with(registry: Registry, query: str | None, shown: set[str], unknown: list[str]) -> None:
    assert opening_layers(registry.layers.values(), query) == (shown, unknown)


def test_texts_from_outside_cannot_leave_their_place(registry: Registry) -> None:
    evil = "</script><script>alert(1)</script>{{ 7*7 }}"
    html = render(registry, PageQuery(layers=evil), map_approval_number=evil)
    assert "<script>alert" not in html
    assert "49" not in html.split('id="config"')[0].split("foot-note")[1]
    told = config_of(html)
    assert told["unknownLayers"] == [evil]
    assert told["approvalNumber"] == evil


def test_a_definition_may_hold_what_templates_and_html_would_act_on(registry: Registry) -> None:
    title = "{{ 7*7 }}{% raw %}</script><b>'\"&"
    words = registry.layer("parks").title.model_copy(update={"zh": title})
    changed = registry.layer("parks").model_copy(update={"title": words})
    html = render(Registry({**registry.layers, "parks": changed}, registry.groups, registry.digests))
    told = {layer["id"]: layer["title"] for layer in config_of(html)["layers"]}
    assert told["parks"] == title


def test_a_path_under_which_a_proxy_serves_the_page_is_kept(registry: Registry) -> None:
    html = render(registry, PageQuery(root="/maps"))
    assert config_of(html)["root"] == "/maps"
    for _, attributes in Elements(html).found:
        address = attributes.get("src") or attributes.get("href") or "#"
        assert address.startswith(("/maps/", "#", "?")), address


def test_the_approval_number_is_printed_where_there_is_one(registry: Registry) -> None:
    assert "审图号" not in render(registry).split('id="config"')[0]
    assert "审图号：津S(2026)001" in render(registry, map_approval_number="津S(2026)001")


TEXTS = sorted((WEBMAP / "texts").glob("*.yaml"))
MODULES = sorted((WEBMAP / "static" / "js").rglob("*.js"))


def entries_of(path: Path) -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return entries


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_text_has_both_languages(path: Path) -> None:
    for key, words in entries_of(path).items():
        assert words.keys() == {"zh", "en"}, key
        places = [sorted(re.findall(r"\{(\w+)\}", words[language])) for language in ("zh", "en")]
        assert places[0] == places[1], key
        assert path.stem == "core" or key.startswith(f"{path.stem}_"), key


FOLDERS = {"sheet": "print", "record": "record"}
"""Folders of modules that use the texts of a tool."""


def texts_known_to(path: Path) -> set[str]:
    """Return the texts that a module can ask for: those of the page, and those of its tool."""
    first, *more = path.relative_to(WEBMAP / "static" / "js").parts
    name = Path(more[0]).stem if first == "tools" else FOLDERS.get(first, "core")
    own = WEBMAP / "texts" / f"{name}.yaml"
    core = set(entries_of(WEBMAP / "texts" / "core.yaml"))
    return core | set(entries_of(own)) if own.is_file() else core


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_text_asked_for_exists(path: Path) -> None:
    asked = set(re.findall(r'\bt\("(\w+)"', path.read_text(encoding="utf-8")))
    assert asked <= texts_known_to(path)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_browser_code_never_writes_html(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    forbidden = r"(inner|outer|insertAdjacent)HTML|document\.write|\beval\(|new Function|bind(Popup|Tooltip)\((?!el\()"
    assert not re.search(forbidden, code)
    assert code.count("\n") < 400


def test_what_a_tool_needs_is_asked_for_when_it_is_opened(registry: Registry) -> None:
    html = render(registry)
    links = [a for tag, a in Elements(html).found if tag == "link" and a.get("rel") == "modulepreload"]
    preloaded = {(a["href"] or "").removeprefix(config_of(html)["files"]) for a in links}
    assert {"/static/js/main.js", "/static/js/tools.js", "/static/js/layer.js"} <= preloaded
    assert not [address for address in preloaded if "/tools/" in address]
    assert "/static/js/share.js" not in preloaded


def test_modules_are_followed_from_import_to_import(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    files = {
        "main.js": 'import { a } from "./a.js";\nimport {\n  b,\n} from "./b.js";\nconst c = () => import("./c.js");\n',
        "a.js": '/** @typedef {import("./c.js").Later} Later */\nexport { b } from "./b.js";\n',
        "b.js": 'import x from "./a.js"; // a ring\n',
        "c.js": "",
    }
    for name, code in files.items():
        (tmp_path / name).write_text(code, encoding="utf-8")
    assert core_modules(tmp_path / "main.js") == ("a.js", "b.js", "main.js")


def test_a_tool_is_offered_when_its_module_exists(tmp_path: Path) -> None:
    static = tmp_path / "static"
    (static / "js" / "tools" / "measure").mkdir(parents=True)
    (static / "css" / "tools").mkdir(parents=True)
    (tmp_path / "texts").mkdir()
    for name in ("measure.js", "table.js", "measure/geodesic.js"):
        (static / "js" / "tools" / name).touch()
    (static / "css" / "tools" / "table.css").touch()
    (tmp_path / "texts" / "measure.yaml").touch()
    assert tools(static) == (Tool("measure", style=False, texts=True), Tool("table", style=True, texts=False))


def test_each_tool_of_the_service_has_its_title_and_place(registry: Registry) -> None:
    listed = re.findall(r'\{ id: "(\w+)"', (WEBMAP / "static" / "js" / "tools.js").read_text(encoding="utf-8"))
    assert listed[0] == "search"
    assert {f"tool_{name}" for name in listed} <= entries_of(WEBMAP / "texts" / "core.yaml").keys()
    assert {tool["id"] for tool in config_of(render(registry))["tools"]} <= set(listed)


def test_texts_of_a_tool_come_in_one_language_with_an_etag(registry: Registry) -> None:
    with client(registry) as browser:
        chinese, english = browser.get("/map/texts/core.json"), browser.get("/map/texts/core.json?lang=en")
        assert chinese.json()["share"] == "分享"
        assert english.json()["share"] == "Share"
        tag = {"If-None-Match": english.headers["etag"]}
        assert browser.get("/map/texts/core.json?lang=en", headers=tag).status_code == 304
        assert browser.get("/map/texts/core.json", headers=tag).status_code == 200
        for wrong in ("?lang=fr", "?lang=en&lang=zh", "?language=en"):
            assert browser.get(f"/map/texts/core.json{wrong}").status_code == 400, wrong
        for missing in ("nothing", "Core", "..%2Fcore", "core.yaml", "a" * 500):
            assert browser.get(f"/map/texts/{missing}.json").status_code == 404, missing


def test_fields_that_layers_share_are_told_once(registry: Registry) -> None:
    told = config_of(render(registry))
    names = [json.dumps(one, sort_keys=True) for one in told["fields"]]
    assert len(names) == len(set(names))
    for layer in told["layers"]:
        definition = registry.layer(layer["id"])
        assert [told["fields"][place]["name"] for place in layer["fields"]] == [one.name for one in definition.fields]
