"""The service: the page and the answer of a passage, and what they say where there is none."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from app.documents import routes

PASSAGE = "/api/documents/binhai-industry/passage"
PAGE = "/documents/binhai-industry"
CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}


class Page(HTMLParser):
    """What a reader sees of a page: marked words, dimmed paragraphs, links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.marked: list[str] = []
        self.near: list[str] = []
        self.own: list[str] = []
        self.path: list[str] = []
        self.links: list[str] = []
        self.refused: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.refused += [name for name in named if name == "style" or name.startswith("on")]
        self.refused += [tag] if tag in ("script", "style") else []
        self.links += [str(named[name]) for name in ("href", "src") if named.get(name)]
        if tag not in ("meta", "link", "br"):
            self.open.append((tag, str(named.get("class", ""))))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        words = data.strip()
        if not words:
            return
        tags = [tag for tag, _ in self.open]
        classes = [word for _, own in self.open for word in own.split()]
        if "mark" in tags:
            self.marked.append(words)
        if "path" in classes:
            self.path.append(words)
        if "near" in classes:
            self.near.append(words)
        elif "piece" in classes and ("own" in classes or "tr" in tags):
            self.own.append(words)


def page(client: httpx.Client, status: int = 200, path: str = PAGE, **query: str) -> tuple[str, Page]:
    answer = client.get(path, params=query or None)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    found = Page(answer.text)
    assert found.refused == []
    assert not [link for link in found.links if "//" in urljoin("/", link)]
    return answer.text, found


def test_a_passage_as_json(client: httpx.Client) -> None:
    answer = client.get(PASSAGE, params={"at": "二（一）1", "mark": "发展花窗"})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["document"], body["locator"], body["exact"]) == ("binhai-industry", "二（一）1", True)
    first, second = body["paragraphs"]
    assert (first["text"], first["marks"]) == ("1.花窗", [])
    assert second["heading_path"] == ["二、重点产业", "（一）玻璃器皿", "1.花窗"]
    ((begin, end),) = second["marks"]
    assert second["text"][begin:end] == "发展花窗"
    again = client.get(
        PASSAGE, params={"at": "二（一）1", "mark": "发展花窗"}, headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


def test_every_kind_of_file_answers(client: httpx.Client) -> None:
    for document in ("binhai-industry", "dongli-industry", "hitech-zone"):
        body = client.get(f"/api/documents/{document}/passage", params={"at": "二（一）2"}).json()
        assert [one["text"] for one in body["paragraphs"]] == ["2.镜片。发展观星镜片，支持青石光学工坊。"]


def test_a_changed_file_changes_the_answer(client: httpx.Client, folder: Path) -> None:
    first = client.get(PASSAGE, params={"at": "三（一）"})
    (folder / "binhai-industry.txt").write_text("三、保障\n（一）新的安排\n一个字也不同。", encoding="utf-8")
    second = client.get(PASSAGE, params={"at": "三（一）"}, headers={"If-None-Match": first.headers["etag"]})
    assert second.status_code == 200
    assert second.json()["paragraphs"][0]["text"] == "（一）新的安排"


def test_the_page_marks_the_wording_and_dims_what_stands_around(client: httpx.Client) -> None:
    html, found = page(client, at="二（一）1", mark="青石窑炉", lang="zh")
    assert found.marked == ["青石窑炉"]
    assert "".join(found.own) == "1.花窗以青石窑炉为依托发展花窗。"
    assert found.path == ["二、重点产业", "（一）玻璃器皿"]
    assert "2.镜片。发展观星镜片，支持青石光学工坊。" in found.near
    assert "天津市滨海新区工业高质量发展“十四五”规划" in html
    assert "天津市滨海新区人民政府" in html
    assert "2021-2025" in html
    assert len(found.near) == 4


def test_rows_are_shown_as_a_table_under_its_header(client: httpx.Client) -> None:
    _, found = page(client, path="/documents/dongli-industry", at="表2·东片区·风筝", mark="竹骨", lang="zh")
    assert found.marked == ["竹骨"]
    assert "市级" in found.own  # from the merged cell above
    assert "重点产业" in found.near  # the header
    assert found.path[-1] == "东片区"


def test_a_period_that_is_over_is_said_by_the_clock(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(date):
        year_now = 2025

        @classmethod
        def today(cls) -> "Clock":
            return cls(cls.year_now, 12, 31)

    monkeypatch.setattr(routes, "date", Clock)
    assert "已届满" not in page(client, at="一", lang="zh")[0]
    assert "ended" not in page(client, at="一", lang="en")[0]
    Clock.year_now = 2026
    assert "已届满" in page(client, at="一", lang="zh")[0]
    assert "ended" in page(client, at="一", lang="en")[0]


def test_a_wider_place_and_a_wording_that_is_not_there_are_said(client: httpx.Client) -> None:
    html, found = page(client, at="二（二）·花窗", mark="瓷器", lang="zh")
    assert "现有文本缺少“（二）”" in html
    assert "所指的段落中没有这段文字" in html
    assert found.marked == []
    assert "瓷窑 was not found" in page(client, at="二（一）·瓷窑", lang="en")[0]


def test_a_locator_that_leads_nowhere_gets_the_outline(client: httpx.Client) -> None:
    html, found = page(client, 404, at="八（一）", lang="zh")
    assert "找不到“八（一）”" in html
    assert "（一）玻璃器皿" in html
    chapter = next(link for link in found.links if "at=%E4%BA%8C&" in link)
    assert page(client, path=chapter)[1].own[0] == "二、重点产业"
    problem = client.get(PASSAGE, params={"at": "八（一）"})
    assert problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"
    assert "no such heading or table" in problem.json()["detail"]


def test_without_a_locator_the_page_is_the_outline(client: httpx.Client) -> None:
    html, found = page(client, lang="en")
    assert "How the document begins" in html
    assert found.own == []


def test_what_a_client_writes_is_text(client: httpx.Client) -> None:
    evil = "<script>alert(1)</script>"
    for query in ({"at": evil}, {"at": "一", "mark": evil}):
        html, _ = page(client, 404 if query["at"] == evil else 200, **query, lang="zh")
        assert evil not in html
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "at: should be given"),
        ("?at=", "at: should be given"),
        ("?at=" + "一" * 401, "at: should be 1 to 400 characters"),
        ("?at=一&mark=" + "一" * 401, "mark: should be 1 to 400 characters"),
        ("?at=一&page=2", "page: there is no such parameter"),
        ("?at=一&at=二", "at: stands in the query twice"),
    ],
)
def test_wrong_parameters(client: httpx.Client, query: str, words: str) -> None:
    answer = client.get(f"{PASSAGE}{query}")
    assert answer.status_code == 400
    assert words in answer.json()["detail"]


def test_a_wrong_language_of_the_page(client: httpx.Client) -> None:
    answer = client.get(PAGE, params={"at": "一", "lang": "fr"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["allowed"] == ["zh", "en"]


def test_the_page_is_in_the_language_that_is_preferred(client: httpx.Client) -> None:
    assert '<html lang="zh-CN">' in client.get(PAGE, params={"at": "一"}).text
    assert '<html lang="en">' in client.get(PAGE, params={"at": "一"}, headers={"Accept-Language": "en"}).text
    assert '<html lang="en">' in client.get(PAGE, params={"at": "一", "lang": "en"}, headers=CHINESE).text


def test_a_document_without_a_file(client: httpx.Client) -> None:
    answer = client.get("/api/documents/binhai-future/passage", params={"at": "一"}, headers=CHINESE)
    assert answer.status_code == 404
    assert "文件夹中没有 binhai-future.txt、binhai-future.docx 或 binhai-future.pdf" in answer.json()["detail"]
    html, _ = page(client, 404, "/documents/binhai-future", at="一", lang="en")
    assert "holds no file binhai-future.txt, binhai-future.docx or binhai-future.pdf" in html
    assert "Action Plan of Binhai New Area" in html


def test_a_broken_file_is_a_message_in_both_faces(client: httpx.Client, folder: Path) -> None:
    (folder / "tianjin-manufacturing.pdf").write_bytes(b"nothing")
    answer = client.get("/api/documents/tianjin-manufacturing/passage", params={"at": "一"})
    assert answer.status_code == 503
    assert "it is not a PDF file, or a broken one" in answer.json()["detail"]
    html, _ = page(client, 503, "/documents/tianjin-manufacturing", at="一", lang="zh")
    assert "不是 PDF 文件，或文件已损坏" in html
    assert str(folder) not in answer.text + html


@pytest.mark.parametrize("document", ["atlantis", "..%2Fsecret", "binhai-industry.txt", "a%00b"])
def test_an_unknown_document(client: httpx.Client, document: str) -> None:
    answer = client.get(f"/api/documents/{document}/passage", params={"at": "一"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    if "%2F" not in document:
        assert "binhai-industry" in answer.json()["allowed"]
        html, _ = page(client, 404, f"/documents/{document}", lang="zh")
        assert "天津市滨海新区工业高质量发展“十四五”规划" in html


def test_where_the_operator_keeps_no_texts_both_faces_say_so(api: httpx.Client) -> None:
    answer = api.get(PASSAGE, params={"at": "一"})
    assert answer.status_code == 404
    assert "run without the texts of the documents (YUANTU_DOCUMENTS)" in answer.json()["detail"]
    html, _ = page(api, 404, at="一", lang="zh")
    assert "本服务未配备文件原文（YUANTU_DOCUMENTS）" in html


def test_the_style_comes_from_this_host_and_knows_dark_screens(client: httpx.Client) -> None:
    html, found = page(client, at="一")
    style = next(link for link in found.links if link.endswith(".css"))
    css = client.get(style)
    assert css.status_code == 200
    assert "prefers-color-scheme: dark" in css.text
    assert not re.search(r"url\(|@import", css.text)
    assert 'name="viewport"' in html
