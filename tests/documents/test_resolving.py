"""Resolving: a locator leads to the paragraphs that a reader would turn to, whatever kind of file the document is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.blocks import Table
from app.documents.building import outline_of
from app.documents.locators import parse
from app.documents.outline import Outline
from app.documents.resolving import Resolution, resolve
from app.documents.words import number_of, numeral_of


def place(outline: Outline, locator: str) -> Resolution:
    found = resolve(outline, locator)
    assert found is not None, locator
    return found


def texts(outline: Outline, locator: str) -> list[str]:
    return [one.text.replace("\t", " ").strip() for one in place(outline, locator).paragraphs]


IN_EVERY_FILE = {
    "一（二）": ["（二）发展目标", "器皿产业规模稳步增长。", "自主设计能力实现跃升。"],
    "二（一）1": ["1.花窗", "以青石窑炉为依托发展花窗。"],
    "二（一）2": ["2.镜片。"],
    "二（三）1·绢面风筝": ["——绢面风筝。"],
    "二（三）绢面风筝": ["——绢面风筝。"],
    "一（二）·器皿产业规模": ["器皿产业规模稳步增长。"],
    "一（二）·自主设计跃升": ["自主设计能力实现跃升。"],
    "三（二）": ["（2） 加强投入", "设立手工业基金。"],
    "三·附则（一）": ["（一）施行", "本规划自印发之日起施行。"],
    "二（四）·东岸带·白沙园": ["东岸带主要包括"],
    "一（一）·问题": ["手工业稳步发展，", "一是窑炉老旧。", "二是竹材依赖外地。"],
    "二（一）1、2": ["1.花窗", "以青石窑炉为依托发展花窗。", "2.镜片。"],
    "三（一）；一（二）·自主设计": ["自主设计能力实现跃升。", "（一）加强组织", "成立手工业联席会议。"],
}
"""Places that the headings lead to: the beginnings of their paragraphs."""


@pytest.mark.parametrize("locator", IN_EVERY_FILE)
def test_headings_and_terms_lead_to_the_same_place_in_every_kind_of_file(outline: Outline, locator: str) -> None:
    found = place(outline, locator)
    assert found.exact, (found.lost, found.absent)
    beginnings = IN_EVERY_FILE[locator]
    if locator == "一（二）":  # the section goes on with a table
        found = Resolution(found.paragraphs[:3])
    assert len(found.paragraphs) == len(beginnings), [one.text for one in found.paragraphs]
    for one, beginning in zip(found.paragraphs, beginnings, strict=True):
        assert one.text.startswith(beginning)


def test_what_stands_before_the_chapters(outline: Outline) -> None:
    front = texts(outline, "前言")
    assert front[0] == "青石湾管委会关于印发"
    assert front[-1].startswith(("青石湾手工业发展规划", "目 录"))
    notice = texts(outline, "通知")
    assert notice[-1] == "（此件公开发布）"
    assert len(notice) < len(front)


def test_a_table_of_contents_is_not_taken_for_the_chapters(outline: Outline) -> None:
    first = place(outline, "一").paragraphs
    assert first[1].text == "青石湾以手工业立身，规划期为五年。"


ROWS = {
    "表1·第1行": ["风筝产量（万只） 22 25以上"],
    "表1·第3行": ["完成下达任务"],
    "表2·青石园·西片区": ["西片区 玻璃器皿 灯罩"],
    "表2·青石园·东片区": ["东片区 玻璃器皿", "风筝 竹骨"],
    "表2·东片区·风筝": ["风筝 竹骨"],
    "附件1·一（一）·2": ["2 二号窑改造 0.5"],
    "附件1·一（二）·1": ["1 花窗车间 1.2"],
    "附件1·二·1": ["1 竹骨仓库 0.8"],
}


@pytest.mark.parametrize("locator", ROWS)
def test_rows_are_found_by_number_and_by_what_stands_in_merged_cells(kind: str, outline: Outline, locator: str) -> None:
    found = place(outline, locator)
    if kind == "pdf":  # its tables are lines
        assert not found.exact
        assert not found.absent
        assert len(found.paragraphs) > len(ROWS[locator])
        return
    assert found.exact
    assert len(found.paragraphs) == len(ROWS[locator])
    for one, part in zip(texts(outline, locator), ROWS[locator], strict=True):
        assert part in one


def test_a_row_says_what_goes_on_from_the_rows_above(text: Outline) -> None:
    row = place(text, "表2·东片区·风筝").paragraphs[0]
    assert text.path(row) == ["二、重点产业", "（四）园区指引", "表2 园区指引", "市级", "青石园", "东片区"]


def test_a_frame_ends_where_it_is_drawn(kind: str, text: Outline) -> None:
    assert texts(text, "二（三）·专栏1")[0] == "专栏1  风筝节"
    assert len(texts(text, "二（三）·专栏1")) == 3
    assert texts(text, "二（三）1·专栏")[1].startswith("放飞场。")


def test_a_missing_heading_is_bridged_by_its_neighbours_and_said(outline: Outline) -> None:
    wide = place(outline, "二（二）")
    assert not wide.exact
    assert wide.lost == ("（二）",)
    assert wide.paragraphs[0].text == "（一）玻璃器皿"
    assert wide.paragraphs[-1].text.startswith("2.镜片。")
    narrow = place(outline, "二（二）·花窗")
    assert narrow.lost == ("（二）",)
    assert narrow.paragraphs[0].text == "1.花窗"


def test_a_step_that_is_not_there_leaves_the_wider_place_and_is_named(outline: Outline) -> None:
    assert place(outline, "二（一）·瓷器").absent == ("瓷器",)
    assert place(outline, "二（九）").absent == ("（九）",)
    assert place(outline, "二（九）").paragraphs[0].text == "二、重点产业"
    assert place(outline, "二（一）、九").absent == ("九",)


@pytest.mark.parametrize("locator", ["九", "表7", "附件4", "没有的词语", "", "·", "、"])
def test_a_locator_may_lead_nowhere(outline: Outline, locator: str) -> None:
    assert resolve(outline, locator) is None


def test_numbers_that_a_word_processor_wrote_its_own_way_go_on_from_those_before() -> None:
    lines = ["一、总则", "（一）目的", "说明。", "（2） 范围", "说明。", "2、 附则", "1、条目", "说明。"]
    outline = outline_of(lines)
    assert texts(outline, "一（二）") == ["（2） 范围", "说明。"]
    assert texts(outline, "二")[0] == "2、 附则"
    assert texts(outline, "二1") == ["1、条目", "说明。"]


def test_a_title_may_begin_with_a_number_and_a_number_is_no_title() -> None:
    outline = outline_of(["一、产业", "1.5G应用", "甲。", "2.3亿元是这一年的产值。", "2.北斗", "乙。"])
    assert texts(outline, "一1") == ["1.5G应用", "甲。", "2.3亿元是这一年的产值。"]
    assert texts(outline, "一2") == ["2.北斗", "乙。"]


def test_the_annex_that_a_document_itself_is_contains_nothing() -> None:
    outline = outline_of(["附件3", "某规划", "一、总则", "甲。", "附件1", "清单", Table((("名称", "数"), ("窑", "2")))])
    assert texts(outline, "一") == ["一、总则", "甲。"]
    assert texts(outline, "附件1") == ["附件1", "清单", "名称 数", "窑 2"]


def test_a_place_within_a_table_is_no_chapter_of_the_document(text: Outline) -> None:
    assert texts(text, "一")[0] == "一、总体要求"
    assert texts(text, "附件1·一")[0] == "一、玻璃"


def test_lines_of_a_narrow_cell_are_one_word_and_lines_of_a_list_are_not() -> None:
    table = Table((("级别", "企业"), ("国\n家\n级", "雏鹰：534\n瞪羚：50")))
    assert outline_of(["表1 企业", table]).paragraphs[2].cells == ("国家级", "雏鹰：534 瞪羚：50")


@pytest.mark.parametrize("value", range(1, 100))
def test_numerals(value: int) -> None:
    assert number_of(numeral_of(value)) == value


def test_words_that_begin_with_a_numeral_are_terms() -> None:
    assert [step.words for step in parse("六（三）·一谷")[0]] == ["六", "（三）", "一谷"]
    assert [step.words for step in parse("三·1、生物医药")[0]] == ["三", "1", "生物医药"]
    assert len(parse("前言、一（二）、四、表1·第3行、第4行；附件1")) == 6


@given(st.text(alphabet="一二十（）()·、；1289.．第行表附件前言通知专栏花窗\t\x00 a", max_size=40))
def test_no_locator_makes_it_stumble(locator: str) -> None:
    outline = outline_of(["一、总则", "（一）甲", "1.乙", "花窗。", Table((("a", "b"), ("1", ""), ("", "花窗")))])
    found = resolve(outline, locator)
    assert found is None or found.paragraphs
