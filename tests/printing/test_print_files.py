"""Sheets as files: real ones, made by a real Chromium from the real service."""

import io
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from pypdf import PdfReader

from app.main import create_app
from app.settings import Settings
from tests.asgi import client_of
from tests.conftest import Server

POINTS_PER_MM = 72 / 25.4
SHEET = {"layers": "districts,parks,plan-binhai", "view": "117.65,39.02,11", "date": "2025-06-01"}

needs_chromium = pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium")


def plain(text: str) -> str:
    """Return text without spaces, in the compatible form: Chromium writes 示 as the radical of the same shape."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def text_of(pdf: bytes) -> str:
    return plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


@needs_chromium
@pytest.mark.parametrize(
    ("paper", "orientation", "size"),
    [
        ("A4", "landscape", (297, 210)),
        ("A4", "portrait", (210, 297)),
        ("A3", "landscape", (420, 297)),
        ("A3", "portrait", (297, 420)),
    ],
)
def test_a_pdf_is_one_page_of_the_paper(api: httpx.Client, paper: str, orientation: str, size: tuple[int, int]) -> None:
    answer = api.get("/print.pdf", params={**SHEET, "paper": paper, "orientation": orientation})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx([side * POINTS_PER_MM for side in size], abs=1.0)


@needs_chromium
def test_a_sheet_says_what_a_map_has_to(api: httpx.Client) -> None:
    more = {"title": "滨海新区规划示意图", "scale": "200000", "maker": "规划和自然资源局", "grid": "degrees"}
    text = text_of(api.get("/print.pdf", params={**SHEET, **more}).content)
    for words in (
        "滨海新区规划示意图", "图例", "一核两带多片区", "园区", "示意", "虚线：示意或推算的界线",
        "比例尺1:200,000", "千米", "北", "117°40′", "39°00′", "CGCS2000经纬度",
        "《天津市滨海新区工业高质量发展“十四五”规划》", "图形误差：园区400", "市辖区约500米",
        "［规划期2021—2025", "处边界为估计，不计面积", "边界为估计的不载明误差",
        "示意图，不作为法定依据", "无审图号", "制图：规划和自然资源局", "制图日期：2025年6月1日",
    ):  # fmt: skip
        assert plain(words) in text, words


@needs_chromium
def test_the_legend_has_only_what_is_in_the_frame(api: httpx.Client) -> None:
    asked = {"layers": "parks", "date": "2025-06-01", "scale": "100000", "basemap": "none", "grid": "none"}
    port = text_of(api.get("/print.pdf", params={**asked, "view": "117.77,38.90,11"}).content)
    assert "装备制造" in port
    assert "生物医药" not in port
    assert "市辖区" not in port


@needs_chromium
def test_the_legend_counts_what_has_no_place_on_the_map(api: httpx.Client) -> None:
    projects = api.get("/layers/projects.geojson").json()["features"]
    located = [one["properties"]["located"] for one in projects]
    text = text_of(api.get("/print.pdf", params={**SHEET, "layers": "districts,projects"}).content)
    assert plain(f"其中 {located.count('district')} 项只知所在区，未落点，按区计数") in text
    nowhere = [one["properties"]["certainty"] for one in projects if one["properties"]["located"] == "none"]
    assert plain(f"另有 {nowhere.count('none')} 项无地点") in text
    assert plain(f"另有 {len(nowhere) - nowhere.count('none')} 项只有候选地点，未落图") in text


@needs_chromium
def test_kilometres_of_the_grid_are_those_of_gauss_kruger(api: httpx.Client) -> None:
    pyproj = pytest.importorskip("pyproj")
    x, y = pyproj.Transformer.from_crs(4490, 4527, always_xy=True).transform(117.65, 39.02)
    asked = {**SHEET, "scale": "100000", "grid": "kilometres"}
    text = text_of(api.get("/print.pdf", params=asked).content)
    step = 5
    assert str(round(x / 1000 / step) * step) in text
    assert str(round(y / 1000 / step) * step) in text
    assert "EPSG:4527" in text


@needs_chromium
def test_an_english_sheet(api: httpx.Client) -> None:
    text = text_of(api.get("/print.pdf", params={**SHEET, "lang": "en", "title": "Binhai"}).content)
    for words in ("Binhai", "Legend", "Industrialparks", "Indicativemapwithoutlegaleffect", "Date:2025-06-01"):
        assert plain(words) in text, words


@needs_chromium
def test_two_runs_give_the_same_pixels(api: httpx.Client) -> None:
    asked = {**SHEET, "resolution": "96"}
    first, second = (api.get("/print.png", params=asked, headers={"Cache-Control": "no-cache"}) for _ in range(2))
    assert first.headers["content-type"] == "image/png"
    one, two = (Image.open(io.BytesIO(answer.content)).convert("RGB") for answer in (first, second))
    assert one.size == (1123, 794)
    assert one.tobytes() == two.tobytes()
    colours = one.getcolors(maxcolors=1 << 24)
    assert colours is not None
    assert len(colours) > 500, "there is a map on it"


@needs_chromium
def test_what_has_not_changed_is_not_made_again(api: httpx.Client) -> None:
    asked = {**SHEET, "resolution": "96"}
    tag = api.get("/print.png", params=asked).headers["etag"]
    again = api.get("/print.png", params=asked, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""


@needs_chromium
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"paper": "A5"}, "paper"),
        ({"url": "http://169.254.169.254/"}, "url"),
        ({"layers": "nonsense"}, "layers"),
        ({"select": "parks/nonsense"}, "parks/nonsense"),
        ({"basemap": "osm"}, "basemap=osm"),
    ],
)
def test_what_cannot_be_drawn_is_a_bad_request(api: httpx.Client, query: dict[str, str], said: str) -> None:
    for path in ("/print.pdf", "/print.png"):
        answer = api.get(path, params={"date": "2025-06-01", **query})
        assert answer.status_code == 400
        assert said in answer.json()["detail"]


def test_the_page_of_a_sheet_admits_nothing_foreign(api: httpx.Client) -> None:
    answer = api.get("/print", params={"title": "</script><img src=x onerror=alert(1)>"})
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "<img src=x" not in answer.text


@contextmanager
def service(live_server: Server, **values: Any) -> Iterator[httpx.Client]:
    told = {"database_url": live_server.database_url, **values}
    app = create_app(Settings(_env_file=None, **told))  # type: ignore[call-arg]
    with client_of(app, timeout=60) as client:
        yield client


def test_without_chromium_it_says_what_to_install(live_server: Server, tmp_path: Path) -> None:
    for program in (tmp_path / "none", Path("/bin/true")):
        with service(live_server, chromium=program) as client:
            answer = client.get("/print.pdf", params=SHEET, headers={"Accept-Language": "zh"})
            assert answer.status_code == 503
            assert "apt-get install chromium" in answer.json()["detail"]
            assert answer.json()["reason"] == "no-chromium"
            assert client.get("/print", params=SHEET).status_code == 200, "browsers can still print it"


@pytest.fixture
def stuck(tmp_path: Path) -> Path:
    """Return a Chromium that never answers; it writes its process id down."""
    program = tmp_path / "chromium"
    program.write_text(f"#!/bin/sh\necho $$ >> {tmp_path}/pids\nsleep 300 & sleep 300\n")
    program.chmod(0o755)
    return program


def test_a_browser_that_hangs_is_ended(live_server: Server, stuck: Path) -> None:
    with service(live_server, chromium=stuck, print_timeout_s=5) as client:
        answer = client.get("/print.pdf", params=SHEET)
    assert answer.status_code == 504
    assert not _alive(stuck)


def test_no_more_sheets_are_made_than_the_machine_bears(live_server: Server, stuck: Path) -> None:
    with (
        service(live_server, chromium=stuck, print_timeout_s=5, print_jobs=1, print_queue=1) as client,
        ThreadPoolExecutor(5) as pool,
    ):
        answers = list(pool.map(lambda _: client.get("/print.pdf", params=SHEET), range(5)))
    refused = [answer for answer in answers if answer.status_code == 503]
    assert [answer.json()["reason"] for answer in refused] == ["busy"] * 3
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    assert sorted(answer.status_code for answer in answers) == [503, 503, 503, 504, 504]
    assert len((stuck.parent / "pids").read_text().split()) == 2


def _alive(program: Path) -> bool:
    groups = (program.parent / "pids").read_text().split()
    listed = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    # What has ended and is not fetched by its parent (Z) is listed still.
    return any(line.split()[0] in groups and "Z" not in line.split()[1] for line in listed.splitlines())


@needs_chromium
def test_behind_a_proxy_it_prints_under_the_public_address(live_server: Server) -> None:
    told = {"Forwarded": "host=maps.example.cn;proto=https", "X-Forwarded-Prefix": "/yuantu"}
    with httpx.Client(base_url=live_server.url, timeout=60, headers=told) as client:
        answer = client.get("/print.png", params={**SHEET, "resolution": "96"})
    assert answer.status_code == 200, answer.text
    assert Image.open(io.BytesIO(answer.content)).size == (1123, 794)


@needs_chromium
def test_nothing_of_a_sheet_is_left_behind(api: httpx.Client) -> None:
    before = _profiles()
    assert api.get("/print.png", params={**SHEET, "resolution": "96"}).status_code == 200
    assert _profiles() <= before


def _profiles() -> set[str]:
    return {name for name in os.listdir("/tmp") if name.startswith("yuantu-print-")}
