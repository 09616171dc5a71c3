"""Areas in sentences: land and floor, ranges, units, and numbers that are none. Written by hand."""

from typing import Any

import pytest

from app.siting.reading import Dictionary, read_sentence
from tests.siting.readings import filled

READ: list[tuple[str, dict[str, Any]]] = [
    # Floor on either side of the number, and in the clause beside it.
    ("疫苗，标准厂房2万平方米", {"floor_m2": 20000, "premises": "factory"}),
    ("疫苗，2万平方米的标准厂房", {"floor_m2": 20000, "premises": "factory"}),
    ("疫苗，要厂房，2000平方米", {"floor_m2": 2000, "premises": "factory"}),
    ("疫苗，2000平方米，厂房", {"floor_m2": 2000, "premises": "factory"}),
    ("软件，办公1000平", {"floor_m2": 1000, "premises": "office"}),
    ("软件，500平米办公室", {"floor_m2": 500, "premises": "office"}),
    ("类器官，实验室面积不少于2000平方米", {"floor_m2": 2000, "premises": "laboratory"}),
    ("电商，仓库不要超过3000平米", {"floor_m2": 3000, "premises": "warehouse"}),
    ("疫苗，GMP厂房8000㎡", {"floor_m2": 8000, "premises": "workshop"}),
    ("疫苗，无尘车间两千平米", {"floor_m2": 2000, "premises": "workshop"}),
    ("石墨烯，建筑面积5万平方米", {"floor_m2": 50000}),
    ("机器人，厂房建筑面积3万平米", {"floor_m2": 30000, "premises": "factory"}),
    ("biologics, 800 sqm of lab space", {"floor_m2": 800, "premises": "laboratory"}),
    ("software, 5,000 square metres of office", {"floor_m2": 5000, "premises": "office"}),
    # Premises without a size.
    ("软件企业，要写字楼", {"premises": "office"}),
    ("细胞治疗，租一个GMP车间", {"premises": "workshop"}),
    ("疫苗，自己建厂房", {}),
    # Land, though buildings are named.
    ("厂房用地50亩，做疫苗", {"area_ha": 3.3333}),
    ("疫苗，厂房占地3万平方米", {"area_ha": 3}),
    ("疫苗，50亩厂房用地", {"area_ha": 3.3333}),
    ("疫苗，厂区3万平方米", {"area_ha": 3}),
    ("疫苗，厂子用地3万平方米", {"area_ha": 3}),
    ("疫苗，10万平米", {"area_ha": 10}),
    ("做办公软件，3000平米", {"area_ha": 0.3}),
    # Both.
    ("疫苗，厂房3万平方米用地50亩", {"area_ha": 3.3333, "floor_m2": 30000, "premises": "factory"}),
    ("做芯片的，要3万平米厂房和50亩地", {"area_ha": 3.3333, "floor_m2": 30000, "premises": "factory"}),
    ("用地面积3万平方米，建筑面积5万平方米，做机器人", {"area_ha": 3, "floor_m2": 50000}),
    # Ranges: the upper end is needed.
    ("疫苗，300~500亩", {"area_ha": 33.3333, "area_low_ha": 20}),
    ("疫苗，50亩到80亩之间", {"area_ha": 5.3333, "area_low_ha": 3.3333}),
    ("biologics, 20 to 30 ha", {"area_ha": 30, "area_low_ha": 20}),
    ("疫苗，3亩至2公顷", {"area_ha": 2, "area_low_ha": 0.2}),
    # Not an area at all.
    ("疫苗，-50亩", {}),
    ("疫苗，用地-50亩", {}),
    ("疫苗，负五十亩", {}),
    ("疫苗，0亩", {}),
    ("-50 ha for biologics", {}),
    ("疫苗，地价每亩不超过30万", {"undecided": ["地价"]}),
    ("疫苗，投资强度300万元/亩", {}),
    ("疫苗——50亩", {"area_ha": 3.3333}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "fields"), READ, ids=[sentence for sentence, _ in READ])
def test_an_area_is_land_or_floor(dictionary: Dictionary, sentence: str, fields: dict[str, Any]) -> None:
    found = filled(read_sentence(sentence, dictionary).fields)
    assert found.pop("industries")
    assert found == fields


@pytest.mark.parametrize(
    ("sentence", "area", "floor", "zh", "en"),
    [
        ("疫苗，200亩", "200亩", None, "需要用地 200 亩", "needs 200 mu of land (13.33 ha)"),
        ("疫苗，５０公顷", "５０公顷", None, "需要用地 50 公顷", "needs 50 ha of land"),
        ("疫苗，五百亩左右", "五百亩", None, "需要用地 500 亩", "needs 500 mu of land (33.33 ha)"),
        ("疫苗，300-500亩", "300-500亩", None, "需要用地 300–500 亩（按上限计）",
         "needs 300–500 mu of land (33.33 ha; the upper end counts)"),
        ("疫苗，不超过50亩", "50亩", None, "需要用地不超过 50 亩（按上限计）",
         "needs at most 50 mu of land (3.333 ha; the upper end counts)"),
        ("疫苗，100公顷以上", "100公顷", None, "需要用地 100 公顷以上", "needs 100 ha or more of land"),
        ("疫苗，车间1.5万平方米", None, "1.5万平方米", "需要建筑面积 15,000 平方米（不是用地）",
         "needs 15,000 m² of floor (not land)"),
    ],
)  # fmt: skip
def test_the_unit_of_the_user_is_kept(
    dictionary: Dictionary, sentence: str, area: str | None, floor: str | None, zh: str, en: str
) -> None:
    reading = read_sentence(sentence, dictionary)
    assert (reading.fields.area_text, reading.fields.floor_text) == (area, floor)
    (part,) = (part for part in reading.spans if part.field in ("area_ha", "floor_m2"))
    assert (part.zh, part.en) == (zh, en)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [("疫苗，-50亩", "-50亩"), ("疫苗，负五十亩", "负五十亩"), ("疫苗，离机场-5公里", "-5公里"), ("疫苗，0亩", "0亩")],
)
def test_what_is_not_above_zero_is_refused_with_the_reason(dictionary: Dictionary, sentence: str, text: str) -> None:
    (part,) = read_sentence(sentence, dictionary).not_understood
    assert (part.text, part.zh) == (text, "面积和距离要大于零，不能是负数")
