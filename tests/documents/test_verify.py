"""Verifying: the facts against the documents, where these are at hand."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.documents.headings import Kind
from app.documents.passages import MOST_SHOWN, passage_of
from app.documents.shelf import Shelf
from app.documents.verify import Verdict, verify
from app.loading.schema import TABLES
from app.loading.tables import Row
from tests.conftest import ROOT
from tests.documents.conftest import FILES, MADE_UP


def row(line: int, locator: str, **values: Any) -> Row:
    return Row(f"facts.csv:{line}", {"document": "made-up", "locator": locator, **values})


@pytest.fixture
def made_up(tmp_path: Path) -> Shelf:
    (tmp_path / "made-up.txt").write_bytes(MADE_UP["txt"]())
    return Shelf(tmp_path)


def test_locators_and_wordings_that_are_not_there_are_named_with_file_and_line(made_up: Shelf) -> None:
    rows = [
        row(2, "二（一）1", wording="花窗"),
        row(3, "二（一）1", wording="镜片"),
        row(4, "二（一）·瓷器", wording="花窗"),
        row(5, "八", wording="花窗"),
        row(6, "二（二）·花窗", wording="花窗"),
        row(7, "表1·第1行", base_text="22", target_text="25以上"),
        row(8, "表1·第1行", base_text="2", target_text=None),
        Row("facts.csv:9", {"document": None, "locator": None}),
    ]
    verdict = verify({"zone_industries": rows, "documents": [Row("documents.csv:2", {"id": "made-up"})]}, made_up)
    assert [fault.partition(" ")[0] for fault in verdict.faults] == [
        "facts.csv:3:", "facts.csv:4:", "facts.csv:5:", "facts.csv:8:",
    ]  # fmt: skip
    assert (verdict.locators, verdict.wordings, verdict.wider) == (7, 7, 1)
    assert verdict.unread == {}


def test_names_are_looked_for_in_the_tables_that_hold_names_of_the_document(made_up: Shelf) -> None:
    rows = [row(2, "二（一）1", name_zh="镜片")]
    assert verify({"named": rows}, made_up).faults
    assert not verify({"indicators": rows}, made_up).faults  # theirs are our own words


def test_documents_without_a_text_are_named_once(made_up: Shelf) -> None:
    rows = [Row(f"facts.csv:{at}", {"document": "other", "locator": "一"}) for at in (2, 3)]
    verdict = verify({"named": rows}, made_up)
    assert (list(verdict.unread), verdict.faults, verdict.locators) == (["other"], [], 0)


def test_words_of_a_table_that_a_pdf_gives_as_lines_are_no_faults(tmp_path: Path) -> None:
    (tmp_path / "made-up.pdf").write_bytes(MADE_UP["pdf"]())
    rows = [row(2, "表2·青石园·西片区", wording="玻璃 器皿灯具"), row(3, "二（一）1", wording="灯具")]
    assert [fault[:12] for fault in verify({"named": rows}, Shelf(tmp_path)).faults] == ["facts.csv:3:"]


@pytest.fixture(scope="session")
def verdict(real: Shelf) -> Verdict:
    faults: list[str] = []
    tables = {name: table.read(ROOT / "geodata", faults) for name, table in TABLES.items()}
    return verify(tables, real)


def test_every_locator_of_the_facts_leads_to_its_wording(verdict: Verdict) -> None:
    assert verdict.unread == {}
    assert verdict.locators > 6_000
    assert verdict.wordings > verdict.locators
    assert verdict.faults == []


def test_only_the_text_that_lacks_headings_leads_to_wider_places(verdict: Verdict, real: Shelf) -> None:
    assert 0 < verdict.wider < verdict.locators / 10
    chapters = {
        document: [
            one.number
            for one in real.text(document).outline.headings
            if one.kind == Kind.CHAPTER and one.parent is None
        ]
        for document in FILES
    }
    assert chapters == {
        "binhai-industry": [1, 2, 3, 4, 5, 6, 7],
        "tianjin-manufacturing": [1, 2, 3, 4, 5, 6],
        "binhai-future": [1, 2, 3, 4, 4],
        "dongli-industry": [1, 2, 3, 4, 5, 6],
        "hitech-zone": [2, 3, 4, 5, 6, 7, 8, 9, 10],
    }


PLACES = [
    ("hitech-zone", "一（一）·京津冀协同", "京津冀协同创新持续深化", ("一", "（一）")),
    ("hitech-zone", "三（三）1·创新药领域", "细胞药物", ("（三）",)),
    ("hitech-zone", "六（三）·一谷", "细胞谷", ()),
    ("hitech-zone", "三（四）·量子通信", "中科曙光", ()),
    ("hitech-zone", "表1·第18行·雏鹰", "534", ()),
    ("binhai-industry", "四（一）2·先进制造发展带·经开区西区", "先进制造发展带", ()),
    ("binhai-industry", "表2·经开区·东区", "集成电路", ()),
    ("binhai-industry", "附表1·智能科技·新一代信息技术", "云计算", ()),
    ("binhai-industry", "五（五）4·专栏", "规划面积58平方公里", ()),
    ("binhai-industry", "三（五）1", "5G+工业互联网", ()),
    ("tianjin-manufacturing", "四（二）1·经开区", "天津经济技术开发区重点发展", ()),
    ("tianjin-manufacturing", "二（三）·天津市制造业高质量发展指标体系·7", "1.13", ()),
    ("dongli-industry", "附件1·一（一）·5", "自动化电动机设备研发组装项目", ()),
    ("binhai-future", "四·保障措施（一）", "双组长制度", ()),
    ("binhai-future", "通知", "滨海新区人民政府办公室", ()),
]


@pytest.mark.parametrize(("document", "locator", "wording", "lost"), PLACES)
def test_places_of_the_real_documents(
    real: Shelf, document: str, locator: str, wording: str, lost: tuple[str, ...]
) -> None:
    passage = passage_of(real.text(document).outline, locator, wording)
    assert passage is not None
    assert passage.marks
    assert (passage.lost, passage.absent) == (lost, ())
    assert len(passage.paragraphs) <= 8 < MOST_SHOWN


def test_the_command_prints_what_does_not_resolve(real: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [row(7, "二（一）1", wording="花窗"), row(8, "八", wording="花窗")]
    facts = SimpleNamespace(tables={"zone_industries": made})
    monkeypatch.setattr("app.cli.prepare", lambda *_: (facts, {}))
    assert real.folder is not None
    (real.folder / "made-up.txt").write_bytes(MADE_UP["txt"]())
    bad = CliRunner().invoke(app, ["check", "--documents", str(real.folder)])
    assert bad.exit_code == 1
    assert "facts.csv:8: locator: '八' leads nowhere in made-up" in bad.output
    made.pop()
    good = CliRunner().invoke(app, ["check", "--documents", str(real.folder)])
    assert good.exit_code == 0, good.output
    assert "1 locators, 1 wordings: 0 faults" in good.output
