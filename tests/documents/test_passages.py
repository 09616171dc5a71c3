"""Passages: the wording is marked where it stands, and what is shown stays small."""

import pytest

from app.documents.building import outline_of
from app.documents.marks import find_marks
from app.documents.outline import Outline
from app.documents.passages import MOST_SHOWN, as_json, passage_of


def marked(lines: list[str], wording: str) -> list[str]:
    """Return the marked pieces of paragraphs."""
    paragraphs = outline_of(lines).paragraphs
    marks = find_marks(paragraphs, wording)
    return [one.text[begin:end] for one in paragraphs for begin, end in marks.get(one.number, ())]


@pytest.mark.parametrize(
    ("lines", "wording", "pieces"),
    [
        (["发展 花 窗与花窗。"], "花窗", ["花 窗", "花窗"]),
        (["打造“花窗谷”（东岸）"], '"花窗谷"(东岸)', ["“花窗谷”（东岸）"]),
        (["规划分为两", "行的标题"], "两行的", ["两", "行的"]),
        (["2024年有4家，共14.4亿元"], "4", ["4"]),
        (["2024年有4家，共14.4亿元"], "14.4", ["14.4"]),
        (["1.5G应用示范"], "5G应用", ["5G应用"]),
        (["占比保持在60%以上，1.60亿元以上"], "60以上", ["60%以上"]),
        (["占比60%"], "60以上", []),
        (["甲。"], "乙", []),
        (["甲。"], " ", []),
    ],
)
def test_a_wording_is_marked_letter_by_letter_white_space_aside(
    lines: list[str], wording: str, pieces: list[str]
) -> None:
    assert marked(lines, wording) == pieces


def test_a_wording_may_run_over_cells_and_rows_but_numbers_beside_each_other_are_two(text: Outline) -> None:
    passage = passage_of(text, "表2·青石园·东片区", "玻璃器皿 花窗、镜片 风筝 竹骨")
    assert passage is not None
    pieces = [one.text[begin:end] for one in passage.paragraphs for begin, end in passage.marks[one.number]]
    assert pieces == ["玻璃器皿\t花窗、镜片", "风筝\t竹骨"]
    figures = passage_of(text, "表1·第1行", "22")
    assert figures is not None
    assert len(figures.marks) == 1


def test_the_answer_of_a_passage(text: Outline) -> None:
    passage = passage_of(text, "二（三）1·竹骨", "竹骨风筝")
    assert passage is not None
    answer = as_json("made-up", text, passage)
    number = answer["paragraphs"][0].pop("number")
    assert text.paragraphs[number - 1].text == "——竹骨风筝。依托竹材仓库发展竹骨风筝。"
    assert answer == {
        "document": "made-up",
        "locator": "二（三）1·竹骨",
        "exact": True,
        "missing": [],
        "paragraphs": [
            {
                "text": "——竹骨风筝。依托竹材仓库发展竹骨风筝。",
                "heading_path": ["二、重点产业", "（三）推进布局优化", "1、风筝"],
                "marks": [[2, 6], [15, 19]],
            }
        ],
        "left_out": 0,
    }


def test_of_a_wide_place_the_paragraphs_with_the_wording_are_shown_and_never_many() -> None:
    outline = outline_of(["一、总则", *[f"第{at}段{'有花窗' if at % 50 == 7 else ''}。" for at in range(200)]])
    found = passage_of(outline, "一", "花窗")
    assert found is not None
    assert [one.text for one in found.paragraphs] == [
        "第7段有花窗。",
        "第57段有花窗。",
        "第107段有花窗。",
        "第157段有花窗。",
    ]
    assert found.left_out == 201 - 4
    for wording, with_it in (("", 0), ("段", MOST_SHOWN), ("没有", 0)):
        many = passage_of(outline, "一", wording)
        assert many is not None
        assert len(many.paragraphs) == MOST_SHOWN
        assert many.left_out == 201 - MOST_SHOWN
        assert len(many.marks) == with_it
