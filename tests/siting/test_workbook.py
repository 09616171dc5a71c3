"""The workbook: a sheet a part of the answer, the same every time, and nothing that calculates."""

import io
import zipfile
from typing import Any

import httpx
import openpyxl
import pytest
from openpyxl.workbook import Workbook

from app.siting.workbook import workbook

SHEETS = [
    "答复", "排名", "所在区域", "相关", "其他地区", "规则", "逐项得分", "条件", "排除", "敏感性", "判据", "问题",
]  # fmt: skip


def raw(api: httpx.Client, **fields: Any) -> bytes:
    return api.get("/api/siting.xlsx", params=fields).raise_for_status().content


def book(api: httpx.Client, **fields: Any) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw(api, **fields)))


def column(found: Workbook, sheet: str, title: str) -> list[Any]:
    rows = list(found[sheet].iter_rows(values_only=True))
    at = rows[0].index(title)
    return [row[at] for row in rows[1:]]


def test_every_part_has_its_sheet(api: httpx.Client) -> None:
    found = book(api, industries="集成电路", max_km="airport:40", lang="zh")
    assert found.sheetnames == SHEETS
    english = book(api, industries="集成电路", lang="en")
    assert english.sheetnames[:2] == ["Brief", "Ranking"]
    for lang in ("zh", "en"):
        assert all(len(name) <= 31 for name in book(api, ask="what", place="dongjiang", lang=lang).sheetnames)


def test_tiers_stand_apart_and_are_named(api: httpx.Client) -> None:
    answer = api.get("/api/siting", params={"industries": "集成电路"}).raise_for_status().json()
    found = book(api, industries="集成电路")
    listed = {tier: [one["id"] for one in answer["results"] if one["tier"] == tier and not one["possible"]]
              for tier in ("itself", "surrounding")}  # fmt: skip
    assert set(listed["itself"]) <= set(column(found, "排名", "标识"))
    assert column(found, "所在区域", "标识") == listed["surrounding"]
    assert column(found, "相关", "标识") == [one["id"] for one in answer["related"]]
    assert set(column(found, "排名", "文件布局")) <= {"文件布局于此", "文件布局到所在区域"}
    assert set(column(found, "相关", "文件布局")) <= {"产业链或大类相关", "文件布局到所在区域"}
    assert all(column(found, "逐项得分", "文件布局"))


def test_the_first_sheet_is_the_brief(api: httpx.Client) -> None:
    plain = api.get("/api/siting.txt", params={"q": "做集成电路", "lang": "zh"}).raise_for_status().text
    rows = book(api, q="做集成电路", lang="zh")["答复"].iter_rows(min_row=2, values_only=True)
    assert [text for row in rows for text in row if text] == [line for line in plain.splitlines() if line]


def test_values_have_their_source(api: httpx.Client) -> None:
    found = book(api, industries="集成电路")
    assert any("表2·经开区·东区" in str(cell) for cell in column(found, "逐项得分", "依据"))


def test_the_question_of_a_place_has_its_industries(api: httpx.Client) -> None:
    found = book(api, ask="what", place="dongjiang", lang="zh")
    assert "产业" in found.sheetnames and len(column(found, "产业", "产业")) > 0


@pytest.mark.parametrize("sentence", ["=1+1，集成电路", '+HYPERLINK("http://a.example")集成电路', "@SUM(1)集成电路"])
def test_nothing_in_it_calculates(api: httpx.Client, sentence: str) -> None:
    content = raw(api, q=sentence)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert sheets and not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    assert sentence in column(openpyxl.load_workbook(io.BytesIO(content)), "问题", "内容")


def test_the_same_answer_gives_the_same_bytes(api: httpx.Client) -> None:
    fields = {"industries": "海洋装备", "limit": 7}
    answer = api.get("/api/siting", params=fields).raise_for_status().json()
    assert workbook(answer, "zh") == workbook(answer, "zh") == raw(api, **fields)
