"""Readers: the same document from every kind of file; what cannot be read is said, not stumbled over."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from app.documents import shelf
from app.documents.blocks import Table, Unreadable
from app.documents.plain import read_plain
from app.documents.portable import read_pdf
from app.documents.shelf import NoText, Shelf, available
from app.documents.word import read_word
from tests.documents import sample
from tests.documents.conftest import MADE_UP
from tests.unit.pages import settings


def test_text_and_word_give_the_same_paragraphs_and_tables() -> None:
    def plain(block: object) -> object:
        return " ".join(block.split()) if isinstance(block, str) else block

    contents = {"一、总体要求 1", "二、重点产业 2"}  # lines with a tab are a table in text alone
    from_text = [plain(one) for one in read_plain(MADE_UP["txt"]())]
    from_word = [plain(one) for one in read_word(MADE_UP["docx"]())]
    assert [one for one in from_word if one not in contents] == [one for one in from_text if one != CONTENTS]


CONTENTS = Table((("一、总体要求", "1"), ("二、重点产业", "2")))


def test_lines_of_a_pdf_are_paragraphs_again_without_page_numbers() -> None:
    paragraphs = read_pdf(sample.as_pdf())
    for piece in sample.PIECES:
        if isinstance(piece, str):
            assert piece.replace("\t", "") in [str(one).replace("\t", "") for one in paragraphs]
    assert not any("— 1 —" in str(one) for one in paragraphs)


def test_a_full_line_of_a_pdf_may_begin_with_a_numeral() -> None:
    width = sample.WIDTH
    first, second = "甲" * (width - 5) + "扩建及", "一、二期工程都在其中，" + "乙" * (width - 11)
    lines = [(2, first), (0, second), (0, "完。"), (2, "丙" * (width - 2)), (0, "丁。")]
    assert read_pdf(sample.pdf(lines)) == [f"{first}{second}完。", "丙" * (width - 2) + "丁。"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_that_offices_save_it_in(encoding: str) -> None:
    assert read_plain(sample.as_text().encode(encoding)) == read_plain(sample.as_text().encode())


def test_rows_of_a_line_each_are_a_table_and_indented_paragraphs_are_none() -> None:
    assert read_plain("甲\t乙\n丙\t丁\n".encode()) == [Table((("甲", "乙"), ("丙", "丁")))]
    assert read_plain("围绕“113\tX”体系。\n".encode()) == ["围绕“113 X”体系。"]
    assert read_plain("\t第一段。\n\t第二段。\n".encode()) == ["第一段。", "第二段。"]


NUMBERING = """
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>"""
STYLES = """
<w:style w:styleId="Base"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Section"><w:basedOn w:val="Base"/></w:style>"""


def numbered(text: str, level: int) -> str:
    return sample.paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def test_numbers_that_word_prints_by_itself_are_printed() -> None:
    section = '<w:pStyle w:val="Section"/>'
    body = (
        numbered("总则", 0) + sample.paragraph("目的", section) + sample.paragraph("范围", section)
        + numbered("分则", 0) + sample.paragraph("职责", section) + numbered("条目", 2)
    )  # fmt: skip
    content = sample.word(body, numbering=NUMBERING, styles=STYLES)
    assert read_word(content) == ["一、总则", "（一）目的", "（二）范围", "二、分则", "（一）职责", "条目"]


def test_what_was_struck_out_of_a_word_document_is_left_out() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = f"<w:p>{run.format('留')}<w:moveFrom>{run.format('移')}</w:moveFrom><w:ins>{run.format('增')}</w:ins></w:p>"
    assert read_word(sample.word(f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt><w:tbl/>")) == ["留增"]


def test_entities_of_a_word_document_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    body = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><w:document {sample._W}>'
        "<w:body><w:p><w:r><w:t>甲&e;</w:t></w:r></w:p></w:body></w:document>"
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", body)
    assert "机密" not in str(read_word(content.getvalue()))


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sample.as_pdf())))
    writer.encrypt("geheim", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return archive.getvalue()


BROKEN = {
    "picture.pdf": (sample.pdf([]), "pictures of pages and no text"),
    "half.pdf": (sample.as_pdf()[:700], "not a PDF file, or a broken one"),
    "noise.pdf": (bytes(range(256)) * 20, "not a PDF file, or a broken one"),
    "locked.pdf": (encrypted(), "asks for a password"),
    "empty.docx": (b"", "not a Word document"),
    "half.docx": (sample.as_word()[:300], "not a Word document"),
    "sheet.docx": (zipped("xl/workbook.xml", b"<x/>"), "not a Word document"),
    "fault.docx": (zipped("word/document.xml", b"<w:document"), "not a Word document"),
    "noise.txt": (b"\x00\x01\x02" * 50, "not text in UTF-8"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_said_to_be_one(name: str, tmp_path: Path) -> None:
    content, words = BROKEN[name]
    (tmp_path / name).write_bytes(content)
    for _ in range(2):  # the second time from memory
        with pytest.raises(Unreadable, match=words):
            Shelf(tmp_path).text(name.partition(".")[0])


def test_files_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "LARGEST_FILE", 1024 * 1024)
    (tmp_path / "large.txt").write_bytes("长".encode() * 400_000)
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        Shelf(tmp_path).text("large")
    bomb = zipped("word/document.xml", b" " * (80 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    with pytest.raises(Unreadable, match="unpacks to more than 64 MB"):
        read_word(bomb)


def test_a_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("一、旧", encoding="utf-8")
    kept = Shelf(tmp_path)
    first = kept.text("plan")
    assert kept.text("plan").outline is first.outline
    file.write_text("一、新", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    second = kept.text("plan")
    assert second.outline.paragraphs[0].text == "一、新"
    assert second.signature != first.signature


@pytest.mark.parametrize("name", ["../secret", "..", "", "a/b", "plan.txt", "PLAN", "a\x00", "/etc/hostname"])
def test_only_files_of_the_folder_are_read(name: str, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.txt").write_text("机密", encoding="utf-8")
    (inner / "plan.txt").write_text("一、甲", encoding="utf-8")
    with pytest.raises(NoText, match="holds no file"):
        Shelf(inner).text(name)


def test_the_documents_that_can_be_opened_are_told(tmp_path: Path) -> None:
    for name in ("plan-a.txt", "plan-b.docx", "plan-c.pdf", "notes.md", "Plan.txt", "plan d.txt"):
        (tmp_path / name).touch()
    (tmp_path / "folder.txt").mkdir()
    assert available(settings(documents=tmp_path)) == {"plan-a", "plan-b", "plan-c"}
    assert available(settings(documents=tmp_path / "missing")) == frozenset()
    assert available(settings(documents="")) == frozenset()
    with pytest.raises(NoText, match="YUANTU_DOCUMENTS"):
        Shelf(None).text("plan-a")
