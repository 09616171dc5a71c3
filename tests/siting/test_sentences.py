"""Sentences about sites, and the fields they are read into. Every expectation is written by hand."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.siting.reading import LONGEST, Dictionary, read_sentence
from tests.siting.readings import filled

READ: list[tuple[str, dict[str, Any]]] = [
    ("建一个细胞治疗中试基地，要50公顷，离机场30公里以内，国家级园区",
     {"industries": ["cell-therapy"], "area_ha": 50, "max_km": {"airport": 30}, "levels": ["national"]}),
    ("我们想在滨海新区找一块300亩的地建芯片厂，距港口不超过20公里",
     {"industries": ["integrated-circuits"], "area_ha": 20, "districts": ["binhai"], "max_km": {"port": 20}}),
    # A gateway that is named raises itself alone, not the group of gateways.
    ("氢燃料电池和储能项目，两平方公里，靠近港口，给我三个",
     {"industries": ["fuel-cells", "energy-storage"], "area_ha": 200, "emphasis": ["port"], "limit": 3}),
    ("动力电池工厂，需要1.5平方公里左右，东丽区内，高铁站10公里之内",
     {"industries": ["power-batteries"], "area_ha": 150, "districts": ["dongli"], "max_km": {"rail": 10}}),
    ("信创企业，在中国信创谷，十公顷，地铁3公里内",
     {"industries": ["xinchuang"], "area_ha": 10, "in_elements": ["hitech-valley"], "max_km": {"metro": 3}}),
    ("海洋装备制造，占地五十公顷，离天津港15km以内，不要在大港",
     {"industries": ["marine-equipment"], "area_ha": 50, "max_km": {"port": 15},
      "avoid_elements": ["plan-binhai-dagang"]}),
    ("疫苗生产线 200000平方米 经开区西区 国家级或市级",
     {"industries": ["vaccines"], "area_ha": 20, "districts": ["teda-west"], "levels": ["national", "municipal"]}),
    ("石墨烯材料，半平方公里，最看重交通，产业匹配优先",
     {"industries": ["graphene"], "area_ha": 50, "emphasis": ["gateways", "industry"]}),
    ("无人机基地，避开南港，离机场5公里以外",
     {"industries": ["drones"], "avoid_districts": ["teda-nangang"], "min_km": {"airport": 5}}),
    ("航空维修，离滨海国际机场10里以内，前5个",
     {"industries": ["aircraft-maintenance"], "max_km": {"airport": 5}, "limit": 5}),
    ("轨道交通装备，距离高铁站和地铁站都不超过5公里",
     {"industries": ["rail-equipment"], "max_km": {"rail": 5, "metro": 5}}),
    ("海水淡化装备，临港片区或者南港工业区，100公顷以上",
     {"industries": ["desalination-equipment"], "districts": ["ftz-lingang", "teda-nangang"], "area_ha": 100}),
    ("飞机零部件，保税区，远离机场2公里",
     {"industries": ["aviation-supporting"], "districts": ["ftz"], "min_km": {"airport": 2}}),
    ("化工新材料，60到80公顷，不在东丽，均衡考虑",
     {"industries": ["advanced-chemical-materials"], "area_ha": 80, "area_low_ha": 60,
      "avoid_districts": ["dongli"], "preset": "balanced"}),
    ("我要建数据中心，离机场至少8千米，30公里内有港口",
     {"industries": ["smart-infrastructure"], "min_km": {"airport": 8}, "max_km": {"port": 30}}),
    ("在津南区、西青区或北辰区建机器人工厂，80亩，交通便利",
     {"industries": ["robots"], "districts": ["jinnan", "xiqing", "beichen"], "area_ha": 5.3333,
      "emphasis": ["gateways"]}),
    ("C27，20公顷，滨海新区", {"industries": ["biomedicine"], "area_ha": 20, "districts": ["binhai"]}),
    ("食品饮料，10万平米，静海区，离高铁20公里、地铁5公里",
     {"industries": ["food-beverages"], "area_ha": 10, "districts": ["jinghai"], "max_km": {"rail": 20, "metro": 5}}),
    ("乙烯，南港，三百五十亩，离港口十公里以内",
     {"industries": ["ethylene"], "districts": ["teda-nangang"], "area_ha": 23.3333, "max_km": {"port": 10}}),
    ("先进制造发展带里做新能源汽车，1200亩",
     {"industries": ["new-energy-vehicles"], "in_elements": ["plan-binhai-belt-advanced"], "area_ha": 80}),
    ("市级以上园区，中药饮片，一百亩",
     {"industries": ["modern-tcm"], "levels": ["national", "municipal"], "area_ha": 6.6667}),
    ("不要国家级的，食品加工", {"industries": ["food-processing"], "levels": ["municipal", "district", "town"]}),
    ("推荐2个园区，光伏组件，离地铁近", {"industries": ["pv-modules"], "limit": 2, "emphasis": ["metro"]}),
    ("ＣＡＲ－Ｔ，５０公顷", {"industries": ["cell-therapy"], "area_ha": 50}),
    ("国产操作系统、数据库和中间件，华苑科技园",
     {"industries": ["operating-systems", "databases", "middleware"], "districts": ["thip-huayuan"]}),
    ("风机叶片，离港口10至15公里",
     {"industries": ["wind-key-components"], "min_km": {"port": 10}, "max_km": {"port": 15}}),
    ("风机叶片，离港口10至15公里以内", {"industries": ["wind-key-components"], "max_km": {"port": 15}}),
    ("风机叶片，离港口10-15公里以外", {"industries": ["wind-key-components"], "min_km": {"port": 10}}),
    ("二十五公顷，心脏支架，武清区", {"industries": ["implant-devices"], "area_ha": 25, "districts": ["wuqing"]}),
    ("1,200亩，整车制造", {"industries": ["vehicle-manufacturing"], "area_ha": 80}),
    ("两平方公里半，汽车零部件", {"industries": ["auto-key-components"], "area_ha": 250}),
    ("大模型和算力，给我十个候选",
     {"industries": ["artificial-intelligence", "high-performance-computing"], "limit": 10}),
    ("除了南港工业区和大港石化产业园区，润滑油",
     {"industries": ["oil-refining"], "avoid_districts": ["teda-nangang", "dagang-petro"]}),
    ("生态城以外，智能网联汽车", {"industries": ["intelligent-connected-vehicles"], "avoid_districts": ["ecocity"]}),
    ("冷链物流，离机场和港口都在二十公里以内",
     {"industries": ["cold-chain-logistics"], "max_km": {"airport": 20, "port": 20}}),
    ("离机场近，30公里以内，卫星", {"industries": ["satellites"], "max_km": {"airport": 30}}),
    # A level that is preferred is a wish of its own, not a weight of all levels.
    ("优先国家级园区，盾构机", {"industries": ["heavy-equipment"], "prefer_levels": ["national"]}),
    ("碳纤维，配套要好，不扎堆", {"industries": ["fibres-composites"], "emphasis": ["agglomeration", "crowding"]}),
    ("最看重政策，其次产业匹配度最重要，细胞", {"industries": ["cell-products"], "emphasis": ["policy", "industry"]}),
    ("离地铁800米以内，工业软件，1公顷",
     {"industries": ["industrial-software"], "max_km": {"metro": 0.8}, "area_ha": 1}),
    ("沿海产业发展带，海洋工程装备，距港口<5km",
     {"industries": ["offshore-engineering-equipment"], "in_elements": ["plan-binhai-belt-coastal"],
      "max_km": {"port": 5}}),
    ("渤龙湖建细胞库", {"industries": ["cell-banking"], "districts": ["thip-bolonghu"]}),
    ("build a cell therapy plant, 50 hectares, within 30 km of the airport, national level",
     {"industries": ["cell-therapy"], "area_ha": 50, "max_km": {"airport": 30}, "levels": ["national"]}),
    ("Integrated Circuits in Binhai New Area, 100 ha, at least 5 km away from the port",
     {"industries": ["integrated-circuits"], "districts": ["binhai"], "area_ha": 100, "min_km": {"port": 5}}),
    ("100 acres for wind turbines", {"industries": ["wind-turbine-manufacturing"], "area_ha": 40.4686}),
    ("三个园区，无人机，东疆", {"industries": ["drones"], "districts": ["dongjiang"], "limit": 3}),
    ("做一个储能电站，别离地铁太远", {"industries": ["energy-storage"], "emphasis": ["metro"]}),
    ("南港化工新材料主题园里做聚乙烯，1000亩",
     {"industries": ["polyolefins"], "districts": ["teda-nangang"], "area_ha": 66.6667}),
    # Documents name 保税区 as its host and 临港 as its core: the narrower place is meant.
    ("在海洋装备主题园区里造船", {"industries": ["high-tech-ships"], "districts": ["ftz-lingang"]}),
    ("建一个氢能产业园，20公顷", {"industries": ["hydrogen"], "area_ha": 20}),
    # 中试 is an industry where nothing else is asked for, or beside one; else it says what sort of facility is wanted.
    ("建一个中试基地，20公顷", {"industries": ["pilot-testing"], "area_ha": 20}),
    ("小试中试，高新区", {"industries": ["pilot-testing"], "districts": ["thip"]}),
    ("疫苗和中试，10公顷", {"industries": ["vaccines", "pilot-testing"], "area_ha": 10}),
    ("不要化工，建一个中试基地", {"industries": ["pilot-testing"], "avoid_industries": ["petrochemicals"]}),
    ("聚烯烃中试平台，南港工业区", {"industries": ["polyolefins"], "districts": ["teda-nangang"]}),
    ("中试线，做疫苗，10公顷", {"industries": ["vaccines"], "area_ha": 10}),
    ("石墨烯的中试，10公顷", {"industries": ["graphene"], "area_ha": 10}),
    ("芯片芯片芯片", {"industries": ["integrated-circuits"]}),
    # What only looks like a denial: 级别, 特别, 非常, 能不能, 要不要, innovative.
    ("园区级别为国家级，做生物药", {"industries": ["biologics"], "levels": ["national"]}),
    ("我们特别想在滨海新区做集成电路", {"industries": ["integrated-circuits"], "districts": ["binhai"]}),
    ("我们非常希望在滨海新区做集成电路", {"industries": ["integrated-circuits"], "districts": ["binhai"]}),
    ("能不能在东丽区建一个航空产业基地", {"industries": ["aviation"], "districts": ["dongli"]}),
    ("要不要在东丽区做集成电路", {"industries": ["integrated-circuits"], "districts": ["dongli"]}),
    ("no more than 50 ha in Dongli, biologics",
     {"industries": ["biologics"], "districts": ["dongli"], "area_ha": 50}),
    # A denial is about the place that follows it, not about what is to be made there.
    ("不要在南港工业区建集成电路厂，要50公顷",
     {"industries": ["integrated-circuits"], "avoid_districts": ["teda-nangang"], "area_ha": 50}),
    ("不在大港的国家级园区，集成电路",
     {"industries": ["integrated-circuits"], "avoid_elements": ["plan-binhai-dagang"], "levels": ["national"]}),
    ("不在滨海新区但在东丽区，石墨烯",
     {"industries": ["graphene"], "avoid_districts": ["binhai"], "districts": ["dongli"]}),
    ("除高新区外，细胞治疗", {"industries": ["cell-therapy"], "avoid_districts": ["thip"]}),
    ("除了渤龙湖以外的高新区，细胞治疗",
     {"industries": ["cell-therapy"], "avoid_districts": ["thip-bolonghu"], "districts": ["thip"]}),
    ("非东丽区不可，集成电路", {"industries": ["integrated-circuits"], "districts": ["dongli"]}),
    ("在东丽不行，集成电路", {"industries": ["integrated-circuits"], "avoid_districts": ["dongli"]}),
    ("国家级、市级都可以，集成电路", {"industries": ["integrated-circuits"], "levels": ["national", "municipal"]}),
    ("远离港口20公里以上、靠近机场，集成电路",
     {"industries": ["integrated-circuits"], "min_km": {"port": 20}, "emphasis": ["airport"]}),
    # At least and at most, denied.
    ("烃类，离港口不少于30公里", {"industries": ["hydrocarbons"], "min_km": {"port": 30}}),
    ("烃类，离港口不低于10公里，离机场不小于20公里",
     {"industries": ["hydrocarbons"], "min_km": {"port": 10, "airport": 20}}),
    ("离机场不要超过30公里，集成电路", {"industries": ["integrated-circuits"], "max_km": {"airport": 30}}),
    ("离港口别少于20公里，集成电路", {"industries": ["integrated-circuits"], "min_km": {"port": 20}}),
    ("no less than 10 km from the port, biologics", {"industries": ["biologics"], "min_km": {"port": 10}}),
    ("级别不低于市级，集成电路", {"industries": ["integrated-circuits"], "levels": ["national", "municipal"]}),
    ("至少市级园区，集成电路", {"industries": ["integrated-circuits"], "levels": ["national", "municipal"]}),
    ("区级以下园区，食品加工", {"industries": ["food-processing"], "levels": ["district", "town"]}),
    # Two distances in the order of their gateways.
    ("离机场和港口分别30公里和20公里，集成电路",
     {"industries": ["integrated-circuits"], "max_km": {"airport": 30, "port": 20}}),
    ("离机场和港口分别不少于30公里和20公里，集成电路",
     {"industries": ["integrated-circuits"], "min_km": {"airport": 30, "port": 20}}),
    ("离机场30公里、离港口20公里以内，集成电路",
     {"industries": ["integrated-circuits"], "max_km": {"airport": 30, "port": 20}}),
    ("半径30公里内有机场，集成电路", {"industries": ["integrated-circuits"], "max_km": {"airport": 30}}),
    # Traditional characters.
    ("做積體電路或集成電路，離機場３０公里以內，國家級園區，要5,000畝",
     {"industries": ["integrated-circuits"], "max_km": {"airport": 30}, "levels": ["national"],
      "area_ha": 333.3333}),
    ("离机场30公里以内，离机场20公里以内", {"max_km": {"airport": 20}}),
    ("", {}),
    ("？！……", {}),
]  # fmt: skip

UNREAD: list[tuple[str, list[str]]] = [
    ("建一个细胞治疗中试基地，要50公顷，离机场30公里以内，国家级园区", ["中试"]),
    ("聚烯烃中试平台，南港工业区", ["中试"]),
    ("中试线，做疫苗，10公顷", ["中试"]),
    ("石墨烯的中试，10公顷", ["中试"]),
    ("离机场半小时，航空物流", ["半小时"]),
    ("5公里以内，机器人", ["5公里"]),
    ("几十公顷，疫苗", ["几十公顷"]),
    ("五六十公顷，疫苗", ["五六十公顷"]),
    ("50公顷，再要20公顷，疫苗", ["20公顷"]),
    ("国家级实验室旁边的疫苗厂", ["国家级", "实验室"]),
    ("投资强度300万元/亩，疫苗", ["投资强度", "300万元", "亩"]),
    ("今天天气不错", ["今天天气不错"]),
    ("疫苗，魑魅魍魉", ["魑魅魍魉"]),
    ("光伏玻璃，年产100万平方米", ["年产100万平方米"]),
    ("在八里台做集成电路", ["八里台"]),
    ("不需要靠近港口，航空产业", ["港口"]),
    ("不必在滨海新区，航空产业", ["滨海新区"]),
    ("不一定要国家级，航空产业", ["国家级"]),
    ("biologics north of Binhai New Area", ["north", "Binhai New Area"]),
]


def test_there_are_enough_of_them() -> None:
    assert len(READ) >= 45 and len({sentence for sentence, _ in READ}) == len(READ)


@pytest.mark.parametrize(("sentence", "fields"), READ, ids=[sentence for sentence, _ in READ])
def test_a_sentence_is_read(dictionary: Dictionary, sentence: str, fields: dict[str, Any]) -> None:
    assert filled(read_sentence(sentence, dictionary).fields) == fields


@pytest.mark.parametrize(("sentence", "rest"), UNREAD, ids=[sentence for sentence, _ in UNREAD])
def test_what_is_not_understood_is_said(dictionary: Dictionary, sentence: str, rest: list[str]) -> None:
    reading = read_sentence(sentence, dictionary)
    assert [part.text for part in reading.not_understood] == rest
    for part in reading.not_understood:
        assert sentence[part.start : part.end] == part.text and part.zh and part.en


@pytest.mark.parametrize(
    "sentence", [s for s, _ in READ if s not in dict(UNREAD)], ids=[s for s, _ in READ if s not in dict(UNREAD)]
)
def test_nothing_else_is_called_not_understood(dictionary: Dictionary, sentence: str) -> None:
    assert [part.text for part in read_sentence(sentence, dictionary).not_understood] == []


def test_each_part_says_where_it_stands_and_what_it_became(dictionary: Dictionary) -> None:
    sentence = "建一个细胞治疗中试基地，要５０公顷，离机场30公里以内，不要在大港，国家级园区"
    parts = [(part.text, part.field, part.value) for part in read_sentence(sentence, dictionary).spans]
    assert parts == [
        ("细胞治疗", "industries", ("cell-therapy",)),
        ("５０公顷", "area_ha", 50.0),
        ("机场30公里", "max_km", ("airport", 30.0)),
        ("大港", "avoid_elements", ("plan-binhai-dagang",)),
        ("国家级", "levels", ("national",)),
    ]
    shown = [(part.zh, part.en) for part in read_sentence(sentence, dictionary).spans]
    assert shown[1] == ("需要用地 50 公顷", "needs 50 ha of land")
    assert shown[2] == ("距机场不超过 30 公里", "at most 30 km from an airport")


def test_characters_outside_the_basic_plane_keep_the_places(dictionary: Dictionary) -> None:
    reading = read_sentence("🚀🚀火箭㎢㍿，50公顷", dictionary)
    assert [(part.start, part.end, part.text) for part in reading.spans] == [(2, 4, "火箭"), (7, 11, "50公顷")]


def test_a_longer_sentence_is_refused(dictionary: Dictionary) -> None:
    read_sentence("芯" * LONGEST, dictionary)
    with pytest.raises(ValueError, match="2000 characters"):
        read_sentence("芯" * (LONGEST + 1), dictionary)


PIECES = st.sampled_from(
    [
        *"的在离距不要能吗哪万千百十半两三五.,，、。和至到-0123456789 \x00\u200b",
        *("机场", "公里", "公顷", "亩", "平方公里", "以内", "以外", "大港", "南港", "国家级", "芯片", "远离", "给我"),
        *(
            "个",
            "亿",
            "几",
            "㎢",
            "½",
            "建筑面积",
            "km",
            "²",
            "厂房",
            "适合做什么",
            "东疆",
            "天津站",
            "靠近",
            "最好",
            "石化",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_no_text_breaks_the_reader(dictionary: Dictionary, sentence: str) -> None:
    reading = read_sentence(sentence, dictionary)
    assert reading == read_sentence(sentence, dictionary)
    for part in (*reading.spans, *reading.not_understood):
        assert 0 <= part.start < part.end <= len(sentence) and sentence[part.start : part.end] == part.text
    fields = reading.fields
    assert fields.area_ha is None or fields.area_ha > 0
    assert fields.limit is None or 1 <= fields.limit <= 100
    assert all(km >= 0 for km in (*fields.max_km.values(), *fields.min_km.values()))
