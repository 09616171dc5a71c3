"""A document made up for the tests, as each kind of file: no place, firm or figure in it exists."""

import io
import zipfile
from collections.abc import Sequence
from html import escape

Row = Sequence[str]
Piece = str | Sequence[Row]

HEADER = ("级别", "园区", "片区", "重点产业", "细分领域")
GUIDE = (
    HEADER,
    ("市级", "青石园", "东片区", "玻璃器皿", "花窗、镜片"),
    ("", "", "", "风筝", "竹骨"),
    ("", "", "西片区", "玻璃器皿", "灯罩"),
    ("", "白沙园", "（商贸、\n仓储）", "", ""),
)
FIGURES = (
    ("类别", "指标名称", "2020年", "2025年"),
    ("规模", "风筝产量（万只）", "22", "25以上"),
    ("", "窑炉数（座）", "3.5", "6"),
    ("类别", "指标名称", "2020年", "2025年"),
    ("环境", "清洁燃料比例（%）", "完成下达任务", "完成下达任务"),
)
PROJECTS = (
    ("序号", "项目名称", "投资"),
    ("一、玻璃", "", ""),
    ("（一）窑炉", "", ""),
    ("1", "一号窑改造", "3.5"),
    ("2", "二号窑改造", "0.5"),
    ("（二）器皿", "", ""),
    ("1", "花窗车间", "1.2"),
    ("二、风筝", "", ""),
    ("1", "竹骨仓库", "0.8"),
)
BOX = (("专栏1  风筝节",), ("放飞场。位于西片区，可容纳千只风筝。\n评选。每年秋天评出十佳。",))

PIECES: tuple[Piece, ...] = (
    "青石湾管委会关于印发",
    "青石湾手工业发展规划的通知",
    "各园区：",
    "现将《青石湾手工业发展规划》印发给你们。",
    "（此件公开发布）",
    "青石湾手工业发展规划",
    "目 录",
    "一、总体要求\t1",
    "二、重点产业\t2",
    "一、总体要求",
    "青石湾以手工业立身，规划期为五年。",
    "（一）发展现状",
    "手工业稳步发展，同时存在一些问题。",
    "一是窑炉老旧。全区半数窑炉使用超过二十年。",
    "二是竹材依赖外地。本地竹材只够三成。",
    "（二）发展目标",
    "器皿产业规模稳步增长。到2025年，器皿产值达到60%以上的占比。",
    "自主设计能力实现跃升。新增设计工坊12家，力争设计师达到112人。",
    "表1 青石湾重点指标",
    FIGURES,
    "到2035年，青石湾成为有影响的手工业名镇。",
    "二、重点产业",
    "（一）玻璃器皿",
    "1.花窗",
    "以青石窑炉为依托发展花窗。",
    "2.镜片。发展观星镜片，支持青石光学工坊。",
    "（三）推进布局优化",
    "1、风筝",
    "——竹骨风筝。依托竹材仓库发展竹骨风筝。",
    "——绢面风筝。发展绢面风筝与放飞服务。",
    "专项安排如下。",
    BOX,
    "（四）园区指引",
    "东岸带主要包括青石园东片区、西片区和白沙园，发展手工业。",
    "表2 园区指引",
    GUIDE,
    "三、保障措施",
    "（一）加强组织",
    "成立手工业联席会议。",
    "（2） 加强投入",
    "设立手工业基金。",
    "三、附则",
    "（一）施行",
    "本规划自印发之日起施行。",
    "附件1：",
    "青石湾重大项目列表",
    "单位：万元",
    PROJECTS,
)
"""Lines and tables. The heading （二） of chapter 二 is missing, as some texts lack one; there are two chapters 三."""


def as_text() -> str:
    """Return the document as word processors save text."""
    return "\n".join(piece if isinstance(piece, str) else _table_as_text(piece) for piece in PIECES)


def _table_as_text(rows: Sequence[Row]) -> str:
    return "\n" + "\n\n".join("\n".join(f"\t{cell}" for cell in _merged(row)) for row in rows) + "\n"


def _merged(row: Row) -> Row:
    """Return a line across a table as its one cell."""
    return row[:1] if row[0][:1] in "一二（" and not any(row[1:]) else row


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **parts: str) -> bytes:
    """Return a Word document of a body and of further parts, by name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_W}>{xml}</w:{name}>")
    return content.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph as WordprocessingML, in two runs."""
    half = len(text) // 2
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (text[:half], text[half:]))
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def as_word() -> bytes:
    """Return the document as a .docx file; cells that go on from above are merged with those."""
    return word("".join(paragraph(one) if isinstance(one, str) else _table_as_word(one) for one in PIECES))


def _table_as_word(rows: Sequence[Row]) -> str:
    table = ""
    for at, row in enumerate(rows):
        cells = ""
        for column, cell in enumerate(_merged(row)):
            below = at + 1 < len(rows) and not any(rows[at + 1][: column + 1])
            goes_on = at and not any(row[: column + 1])
            merged = "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>' if below else ""
            lines = "".join(paragraph(line) for line in cell.split("\n"))
            cells += f"<w:tc><w:tcPr>{merged}</w:tcPr>{lines}</w:tc>"
        table += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl>{table}</w:tbl>"


WIDTH = 24
"""Characters of a full line of the PDF."""


def as_pdf() -> bytes:
    """Return the document as a PDF file of one page, with lines broken and a page number."""
    lines = [line for piece in PIECES for line in _lines(piece)]
    return pdf([*lines, (0, "— 1 —")])


def _lines(piece: Piece) -> list[tuple[int, str]]:
    """Return lines with the characters each is indented by."""
    if not isinstance(piece, str):
        return [(0, " ".join(cell for cell in row if cell).replace("\n", "")) for row in piece]
    first, rest = piece[: WIDTH - 2], piece[WIDTH - 2 :]
    return [(2, first), *((0, rest[at : at + WIDTH]) for at in range(0, len(rest), WIDTH))]


def pdf(lines: Sequence[tuple[int, str]]) -> bytes:
    """Return a PDF file of one page with lines of text, in a font that every reader has for Chinese (Adobe-GB1)."""
    shown = "".join(
        f"1 0 0 1 {60 + 14 * indent} {5000 - 20 * at} Tm <{text.encode('utf-16-be').hex()}> Tj\n"
        for at, (indent, text) in enumerate(lines)
    )
    stream = f"BT /F 14 Tf\n{shown}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 5100] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for at, one in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{at} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    body += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return body.encode("latin-1")
