"""Sentences that were misread once, each with its counterpart in the other direction. Written by hand."""

from typing import Any

import pytest

from app.siting.reading import Dictionary, read_sentence
from tests.siting.readings import filled

AI, LOGISTICS, NEW, PETRO = (
    ["artificial-intelligence"], ["modern-logistics"], ["new-materials"], ["petrochemicals"]
)  # fmt: skip
BOTH = {"districts": ["xiqing", "dongli"], "prefer_districts": ["xiqing"]}

READ: list[tuple[str, dict[str, Any]]] = [
    # What does not suit a place, and what does.
    ("华苑不能做什么", {"ask": "against", "place": "thip-huayuan"}),
    ("东疆不适合做什么", {"ask": "against", "place": "dongjiang"}),
    ("哪些产业不适合东疆", {"ask": "against", "place": "dongjiang"}),
    ("What can't be put in Huayuan?", {"ask": "against", "place": "thip-huayuan"}),
    ("What is not suitable for Huayuan?", {"ask": "against", "place": "thip-huayuan"}),
    ("华苑能不能做什么", {"ask": "what", "place": "thip-huayuan"}),
    ("东疆不能做化工，适合做什么", {"ask": "what", "place": "dongjiang", "avoid_industries": PETRO}),
    ("化工不能放在什么地方", {"ask": "against", "industries": PETRO}),
    # What is not at the place, and what the project is not.
    ("不做化工的地方哪里适合做新材料", {"industries": NEW, "avoid_industries": PETRO}),
    ("没有化工企业的园区，做新材料", {"industries": NEW, "avoid_industries": PETRO}),
    ("不做化工的新材料", {"industries": NEW}),
    ("有没有化工的园区", {"industries": PETRO}),
    # A condition that is not read decides; a wish and an ordinary word do not.
    ("新材料，不要放在海边的园区", {"industries": NEW, "undecided": ["海边"]}),
    ("新材料，不能靠近养老院", {"industries": NEW, "undecided": ["养老院"]}),
    ("南港以北的新材料", {"industries": NEW, "undecided": ["南港以北"]}),
    ("新材料，在东丽的北边", {"industries": NEW, "undecided": ["东丽的北边"]}),
    ("外环线以内的软件企业", {"industries": ["software"], "undecided": ["外环线以内"]}),
    ("新材料，避开养老院和小区", {"industries": NEW, "undecided": ["养老院", "小区"]}),
    ("logistics, not near the beach", {"industries": LOGISTICS, "undecided": ["beach"]}),
    ("新材料，最好不要靠近养老院", {"industries": NEW}),
    ("新材料，最好在东丽以北", {"industries": NEW}),
    ("新材料，能不能建在海边", {"industries": NEW}),
    ("新材料，一年以内建成", {"industries": NEW}),
    ("新材料，别墅区附近", {"industries": NEW}),
    ("新材料，天气不错", {"industries": NEW}),
    # A second choice, and what only looks like one.
    ("人工智能，最好在西青，不行就东丽", {"industries": AI} | BOTH),
    ("人工智能，最好在西青，实在不行东丽", {"industries": AI} | BOTH),
    ("人工智能，首选西青，其次东丽", {"industries": AI} | BOTH),
    ("人工智能，最好在西青，退而求其次东丽也可以", {"industries": AI} | BOTH),
    ("人工智能，最好在西青，或者东丽也行", {"industries": AI} | BOTH),
    ("在西青，不行就东丽，做人工智能", {"industries": AI} | BOTH),
    ("人工智能，最好在西青，不行就东丽，再不行就津南",
     {"industries": AI, "districts": ["xiqing", "dongli", "jinnan"], "prefer_districts": ["xiqing"]}),
    ("人工智能，西青或者东丽也行", {"industries": AI, "districts": ["xiqing", "dongli"]}),
    ("人工智能，东丽不行，西青", {"industries": AI, "districts": ["xiqing"], "avoid_districts": ["dongli"]}),
    # A place's name that is only the beginning of another, and one that is not.
    ("人工智能，最好离南开大学近", {"industries": AI}),
    ("人工智能，必须靠近南开大学", {"industries": AI, "undecided": ["南开大学"]}),
    ("人工智能，不要靠近西青医院", {"industries": AI, "undecided": ["西青医院"]}),
    ("人工智能，在西青大道旁", {"industries": AI}),
    ("南开大学的人工智能项目", {"industries": AI}),
    ("logistics near Nankai University", {"industries": LOGISTICS}),
    ("logistics in Nankai", {"industries": LOGISTICS, "districts": ["nankai"]}),
    ("物流，靠近武清站", {"industries": LOGISTICS, "near": [("rail-wuqing", None)]}),
    ("物流，靠近滨海国际机场", {"industries": LOGISTICS, "emphasis": ["airport"]}),
    ("物流，渤龙湖", {"industries": LOGISTICS, "districts": ["thip-bolonghu"]}),
    ("物流，在东丽路网好的地方", {"industries": LOGISTICS, "districts": ["dongli"]}),
    # Square metres of a sentence about buildings, and of one about land.
    ("找个写字楼办公，金融公司，300平米", {"industries": ["finance"], "floor_m2": 300, "premises": "office"}),
    ("金融公司，300平米", {"industries": ["finance"], "area_ha": 0.03}),
    ("写字楼，金融，用地300平米", {"industries": ["finance"], "area_ha": 0.03, "premises": "office"}),
    ("写字楼，50亩，金融", {"industries": ["finance"], "area_ha": 3.3333, "premises": "office"}),
    # Whether something may go to a place, and the condition that it must not.
    ("高新区不能放化工", {"ask": "place", "place": "thip", "industries": PETRO}),
    ("化工不能放高新区吗", {"ask": "place", "place": "thip", "industries": PETRO}),
    ("高新区能放化工吗", {"ask": "place", "place": "thip", "industries": PETRO}),
    ("Can't petrochemicals go to Huayuan?", {"ask": "place", "place": "thip-huayuan", "industries": PETRO}),
    ("化工，不能放在高新区", {"industries": PETRO, "avoid_districts": ["thip"]}),
    ("化工，东丽不能放", {"industries": PETRO, "avoid_districts": ["dongli"]}),
    # A process behind an industry changes nothing; another word may.
    ("干细胞制备", {"industries": ["stem-cells"]}),
    ("疫苗提纯", {"industries": ["vaccines"]}),
    ("芯片封装测试", {"industries": ["ic-packaging-testing"]}),
    # A theme park is meant itself where the question is what suits it.
    ("西青车联网主题园区适合做什么", {"ask": "what", "place": "tp-xiqing-connected-vehicles"}),
    ("中国信创谷适合做什么", {"ask": "what", "place": "tp-xinchuang-valley"}),
    ("中国信创谷不适合做什么", {"ask": "against", "place": "tp-xinchuang-valley"}),
    ("西青适合做什么", {"ask": "what", "place": "xiqing"}),
    # Far from a gateway stays a preference.
    ("物流，最好不要靠近机场", {"industries": LOGISTICS, "far_from": ["airport"]}),
    ("物流，一定不要靠近机场", {"industries": LOGISTICS, "far_from": ["airport"]}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "fields"), READ, ids=[sentence for sentence, _ in READ])
def test_a_sentence_misread_once_is_read(dictionary: Dictionary, sentence: str, fields: dict[str, Any]) -> None:
    assert filled(read_sentence(sentence, dictionary).fields) == fields


def test_an_office_whose_size_is_said_in_another_clause_lacks_none(dictionary: Dictionary) -> None:
    reading = read_sentence("找个写字楼办公，金融公司，300平米", dictionary)
    assert not reading.not_understood
