"""An operator's own criterion and gateway, each one file in a folder, are there wherever a question or answer goes."""

import html
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from app.db.cluster import Cluster
from tests.conftest import ROOT, serving

QUIET = '''
"""Quiet: a criterion that documents know nothing of."""

import numpy as np

from app.siting.criteria.base import Criterion, Evidence, Explained, register
from app.siting.curves import Piecewise
from app.siting.words import words


@register
class Quiet(Criterion):
    """Number of characters of the name of a site: the shorter the quieter."""

    name, group, order, direction = "quiet", "quiet", 90, "less"
    title, unit = words("僻静程度", "Quietness"), words("字", "characters")
    basis = words("示例：名称越短越僻静。", "An example: the shorter the name the quieter.")
    presets = {"industry-first": 20, "balanced": 1}
    colour = {"light": "#117733", "dark": "#44aa66"}
    spoken = ("僻静", "僻静程度", "quietness")

    def curve(self, question):
        return Piecewise(((4, 1.0), (12, 0.0)))

    def measure(self, survey):
        return np.array([float(len(one)) for one in survey.names_zh])

    def explain(self, survey, row, raw):
        counted = Evidence(words("数名称的字", "the characters of the name are counted"))
        return Explained(words(f"名称共 {raw:g} 字", f"its name has {raw:g} characters"), (counted,))
'''

TRAM = """\
name: tram
order: 54
facilities: metro_station
title: {zh: 有轨电车站, en: Tram stop}
one: {zh: 有轨电车站, en: a tram stop}
curve: [[1, 1], [5, 0.5], [10, 0]]
colour: {light: "#882255", dark: "#cc6699"}
words: 有轨电车|有轨电车站|有轨电车线|tram stop
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of siting files with one criterion and one gateway."""
    found = tmp_path_factory.mktemp("siting")
    for name, file, text in (("criteria", "quiet.py", QUIET), ("gateways", "tram.yaml", TRAM)):
        (found / name).mkdir()
        (found / name / file).write_text(text, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def own(cluster: Cluster, database_url: str, folder: Path) -> Iterator[httpx.Client]:
    """Return a client of a server that has the folder."""
    with (
        serving(cluster, database_url, folder, YUANTU_SITING_DIR=str(folder)) as server,
        httpx.Client(base_url=server.url, timeout=30) as client,
    ):
        yield client


def ask(client: httpx.Client, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/siting", params=fields).raise_for_status().json()
    return found


def values(place: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in place["criteria"]}


def test_options_have_both_and_what_a_panel_draws_of_them(own: httpx.Client, api: httpx.Client) -> None:
    told, plain = (client.get("/api/siting/options").raise_for_status().json() for client in (own, api))
    criteria = {one["name"]: one for one in told["criteria"]}
    assert criteria.keys() - {one["name"] for one in plain["criteria"]} == {"quiet", "tram", "tram_away"}
    quiet, tram = criteria["quiet"], criteria["tram"]
    assert (quiet["title"], quiet["group"]) == ({"zh": "僻静程度", "en": "Quietness"}, "quiet")
    assert (quiet["colour"], tram["colour"]) == (
        {"light": "#117733", "dark": "#44aa66"}, {"light": "#882255", "dark": "#cc6699"},
    )  # fmt: skip
    assert quiet["unit"]["zh"] == "字" and quiet["basis"]["en"].startswith("An example")
    assert (tram["group"], tram["title"]["zh"]) == ("gateways", "有轨电车站")
    assert criteria["tram_away"]["title"]["zh"] == "远离有轨电车站"
    assert {"name": "quiet", "title": {"zh": "僻静程度", "en": "Quietness"}} in told["groups"]
    assert {"name": "tram", "title": {"zh": "有轨电车站", "en": "Tram stop"}} in told["gateways"]
    presets = {one["name"]: one["weights"]["quiet"] for one in told["presets"]}
    assert presets == {one["name"]: 0 for one in plain["presets"]} | {"industry-first": 20, "balanced": 1}
    fields = {one["name"]: one["schema"] for one in told["fields"]}
    assert {"quiet", "tram"} <= set(fields["emphasis"]["items"]["enum"])
    assert "tram" in fields["far_from"]["items"]["enum"]
    # Nothing else of the service has changed.
    assert [one for one in told["criteria"] if one["name"] in {each["name"] for each in plain["criteria"]}] == plain[
        "criteria"
    ]


def test_the_answer_has_the_criterion_with_its_weight_and_values(own: httpx.Client) -> None:
    answer = ask(own, industries="集成电路", limit=50, tiers="all")
    told = next(one for one in answer["criteria"] if one["name"] == "quiet")
    # industry 45, policy 15, level 5, agglomeration 10 and quiet 20.
    assert told["used"] and told["weight"] == pytest.approx(20 / 95, abs=1e-6)
    for place in (*answer["results"], *answer["related"], *answer["not_named"]):
        quiet = values(place)["quiet"]
        length = len(place["name_zh"])
        assert quiet["raw"] == length and quiet["says"]["zh"] == f"名称共 {length} 字"
        assert quiet["normalised"] == pytest.approx(min(max((12 - length) / 8, 0), 1))
        assert quiet["contribution"] == pytest.approx(100 * quiet["weight"] * quiet["normalised"], abs=1e-3)
        total = sum(one["contribution"] for one in place["criteria"])
        assert place["score"] == pytest.approx(total, abs=1e-3)
    alone = ask(own, industries="集成电路", weights="quiet:1")
    assert [one["name"] for one in alone["results"][0]["criteria"]] == ["quiet"]
    emphasised = ask(own, industries="集成电路", emphasis="quiet")["request"]["weights"]
    assert emphasised["quiet"] == pytest.approx(60 / 135, abs=1e-6)


def test_the_gateway_is_measured_weighed_and_a_condition(own: httpx.Client) -> None:
    answer = ask(own, industries="集成电路", weights="tram:1,metro:1", limit=50, tiers="all")
    places = [*answer["results"], *answer["related"], *answer["not_named"]]
    assert len(places) > 20
    for place in places:
        both = values(place)
        assert both["tram"]["raw"] == both["metro"]["raw"]
        if both["tram"]["raw"] is not None:
            km = both["tram"]["raw"]
            expected = 1 if km <= 1 else max(1 - (km - 1) / 8, 0) if km <= 5 else max(0.5 - (km - 5) / 10, 0)
            assert both["tram"]["normalised"] == pytest.approx(expected, abs=1e-4)
    weighed = ask(own, industries="集成电路")["request"]["weights"]
    assert (weighed["tram"], weighed["tram_away"]) == (0, 0)
    far = ask(own, industries="集成电路", far_from="tram")
    assert far["request"]["far_from"] == ["tram"] and far["request"]["weights"]["tram_away"] > 0
    near = ask(own, industries="集成电路", max_km="有轨电车站:5")
    assert near["request"]["max_km"] == {"tram": 5}
    assert near["constraints"][0]["rule"]["zh"] == "距最近的有轨电车站直线不超过 5 公里"


@pytest.mark.parametrize(
    ("sentence", "field", "expected"),
    [
        ("做集成电路，看重僻静程度", "emphasis", ["quiet"]),
        ("做集成电路，离有轨电车站5公里以内", "max_km", {"tram": 5}),
        ("做集成电路，有轨电车线2公里以外", "min_km", {"tram": 2}),
        ("做集成电路，离有轨电车远一点", "far_from", ["tram"]),
        ("做集成电路，最好靠近有轨电车", "emphasis", ["tram"]),
    ],
)
def test_a_sentence_has_words_for_both(own: httpx.Client, sentence: str, field: str, expected: Any) -> None:
    request = ask(own, q=sentence)["request"]
    assert request[field] == expected
    assert [one["text"] for one in request["reading"]["not_understood"]] == []
    span = next(one for one in request["reading"]["spans"] if one["field"] == field)
    assert sentence[span["start"] : span["end"]] == span["text"]
    title = "僻静程度" if "quiet" in expected else "有轨电车站"
    assert title in span["zh"]


def test_words_of_a_folder_are_read_by_who_has_it_only(api: httpx.Client) -> None:
    request = ask(api, q="做集成电路，看重僻静程度")["request"]
    assert request["emphasis"] == [] and "quiet" not in request["weights"]
    assert any("僻静" in one["text"] for one in request["reading"]["not_understood"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_report_brief_and_workbook_have_both(own: httpx.Client, lang: str) -> None:
    fields = {"industries": "集成电路", "emphasis": "tram,quiet"}
    answer = ask(own, **fields)
    first = values(answer["results"][0])
    titles = {one["name"]: one["title"][lang] for one in answer["criteria"]}
    text = html.unescape(re.sub(r"<[^>]+>", " ", own.get("/siting/report", params={**fields, "lang": lang}).text))
    for name in ("quiet", "tram"):
        assert titles[name] in text and first[name]["says"][lang] in text
    basis = next(one["basis"][lang] for one in answer["criteria"] if one["name"] == "quiet")
    assert basis in text
    question = own.get("/api/siting.txt", params={**fields, "lang": lang}).text.split("\n\n")[0]
    assert titles["quiet"] in question and titles["tram"] in question
    content = own.get("/api/siting.xlsx", params={**fields, "lang": lang}).raise_for_status().content
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = {sheet.title: {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row} for sheet in book}
    whole = set.union(*cells.values())
    for name in ("quiet", "tram"):
        assert titles[name] in whole and first[name]["says"][lang] in whole
    features = own.get("/api/siting.geojson", params=fields).json()["features"]
    assert features[0]["properties"]["quiet_raw"] == first["quiet"]["raw"]


def test_needs_and_uncertainty_go_on_as_before(own: httpx.Client) -> None:
    answer = ask(own, industries="海洋装备")
    assert [one["gateway"] for one in answer["request"]["needs"]] == ["port"]
    assert answer["results"][0]["id"] == "ftz-lingang"
    assert answer["sensitivity"]["draws"] == 1000


def start(folder: Path, database_url: str) -> subprocess.CompletedProcess[str]:
    """Return how a server ends that cannot start."""
    environment = {**os.environ, "YUANTU_DATABASE_URL": database_url, "YUANTU_SITING_DIR": str(folder)}
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "1"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


WRONG = (
    ("gateways/tram.yaml", TRAM + "speed: 3\n", "speed"),
    ("gateways/tram.yaml", TRAM.replace("curve: [[1, 1], [5, 0.5], [10, 0]]\n", ""), "curve"),
    ("gateways/tram.yaml", TRAM.replace("[5, 0.5]", "[five, 0.5]"), "five"),
    ("gateways/tram.yaml", TRAM.replace("name: tram", "name: port"), "port"),
    ("criteria/quiet.py", QUIET.replace('"quiet", "quiet", 90', '"policy", "policy", 90'), "policy"),
    ("criteria/quiet.py", "from app.siting.criteria.base import nothing_like_it\n", "nothing_like_it"),
)


@pytest.mark.parametrize(("file", "text", "named"), WRONG, ids=[f"{file}-{named}" for file, _, named in WRONG])
def test_a_wrong_file_is_named_at_the_start(
    tmp_path: Path, database_url: str, file: str, text: str, named: str
) -> None:
    path = tmp_path / file
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    done = start(tmp_path, database_url)
    assert done.returncode != 0
    assert str(path) in done.stderr
    assert named in done.stderr.splitlines()[-1]
