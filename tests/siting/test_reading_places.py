"""Places in sentences: in, near, apart, preferred, either. Written by hand."""

from typing import Any

import pytest

from app.siting.reading import Dictionary, read_sentence
from tests.siting.readings import filled

READ: list[tuple[str, dict[str, Any]]] = [
    # Near a named place is not inside it.
    ("物流，在东疆", {"districts": ["dongjiang"]}),
    ("物流，靠东疆", {"near": [("dongjiang", None)]}),
    ("靠近东疆的物流企业", {"near": [("dongjiang", None)]}),
    ("东疆附近做物流", {"near": [("dongjiang", None)]}),
    ("靠近东疆和临港，做物流", {"near": [("dongjiang", None), ("ftz-lingang", None)]}),
    ("离渤龙湖不远的物流", {"near": [("thip-bolonghu", None)]}),
    ("离一汽大众近一点，做物流", {"near": [("teda-faw-vw", None)]}),
    ("给一汽大众华北基地配套的物流", {"near": [("teda-faw-vw", None)]}),
    ("一汽大众的物流供应商", {}),
    ("logistics near Dongjiang", {"near": [("dongjiang", None)]}),
    ("logistics in Dongjiang", {"districts": ["dongjiang"]}),
    ("物流，离南港工业区5公里以内", {"near": [("teda-nangang", 5)]}),
    ("靠近空港片区的物流", {"near": [("ftz-airport", None)]}),
    ("东疆50公里以内，做物流", {"near": [("dongjiang", 50)]}),
    ("以东疆为中心20公里，做物流", {"near": [("dongjiang", 20)]}),
    ("滨海新区30公里以内有港口，做物流", {"districts": ["binhai"], "max_km": {"port": 30}}),
    ("在东疆离机场30公里以内，做物流", {"districts": ["dongjiang"], "max_km": {"airport": 30}}),
    ("物流，离高铁站10公里以内、离东疆30公里以内", {"max_km": {"rail": 10}, "near": [("dongjiang", 30)]}),
    ("logistics within 50 km of Dongjiang and 40 km of Tianjin railway station",
     {"near": [("dongjiang", 50), ("rail-tianjin", 40)]}),
    # Apart.
    ("物流，离生态城至少20公里", {"apart": [("ecocity", 20)]}),
    ("物流，距东疆20公里以外", {"apart": [("dongjiang", 20)]}),
    ("物流，距东疆10到20公里", {"near": [("dongjiang", 20)], "apart": [("dongjiang", 10)]}),
    ("logistics, at least 20 km from the Eco-City", {"apart": [("ecocity", 20)]}),
    ("物流，远离东疆", {"avoid_districts": ["dongjiang"]}),
    ("物流，不要靠近东疆", {"avoid_districts": ["dongjiang"]}),
    # Stations and port areas by name, with and without 站; one in a kind is a gateway.
    ("物流，靠近滨海西站", {"near": [("rail-binhai-west", None)]}),
    ("物流，离滨海西10公里以内", {"near": [("rail-binhai-west", 10)]}),
    ("物流，离天津北站5公里以内", {"near": [("rail-tianjin-north", 5)]}),
    ("物流，地铁塘沽站附近", {"near": [("metro-tanggu", None)]}),
    ("物流，距离塘沽站5公里以内", {"near": [("rail-tanggu", 5)]}),
    ("物流，东疆港区周边20公里", {"near": [("port-dongjiang", 20)]}),
    ("物流，靠近港口", {"emphasis": ["port"]}),
    ("物流，离天津港20公里以内", {"max_km": {"port": 20}}),
    # Gateways in both directions.
    ("物流，离港口远一点", {"far_from": ["port"]}),
    ("物流，远离机场", {"far_from": ["airport"]}),
    ("物流，不靠近港口", {"far_from": ["port"]}),
    ("物流，离港口不要太近", {"far_from": ["port"]}),
    ("物流，离港口不要太远", {"emphasis": ["port"]}),
    ("物流，别离地铁太远", {"emphasis": ["metro"]}),
    ("离港口近、离机场远的物流", {"emphasis": ["port"], "far_from": ["airport"]}),
    ("远离港口但靠近地铁的物流", {"far_from": ["port"], "emphasis": ["metro"]}),
    ("物流，不要靠近港口和机场", {"far_from": ["port", "airport"]}),
    ("物流，交通便利", {"emphasis": ["gateways"]}),
    ("物流，港口远不远都行", {}),
    ("物流，不需要靠近港口", {}),
    ("logistics far from the airport", {"far_from": ["airport"]}),
    ("logistics, not near the port", {"far_from": ["port"]}),
    # Either of two; 滨海 alone is the district.
    ("物流，要么东丽要么滨海", {"districts": ["dongli", "binhai"]}),
    ("物流，要么在临港，要么在南港", {"districts": ["ftz-lingang", "teda-nangang"]}),
    ("东丽或者滨海，做物流", {"districts": ["dongli", "binhai"]}),
    ("物流放东疆还是生态城好", {"districts": ["dongjiang", "ecocity"]}),
    ("华明高新区和东丽经开区都可以，做物流", {"districts": ["huaming", "dongli-eda"]}),
    ("either Dongli or Binhai, logistics", {"districts": ["dongli", "binhai"]}),
    ("物流，不要滨海", {"avoid_districts": ["binhai"]}),
    ("西青，做物流", {"districts": ["xiqing"]}),
    ("武清的物流", {"districts": ["wuqing"]}),
    # A zone inside another one: the narrower.
    ("在滨海新区的经开区西区做物流", {"districts": ["teda-west"]}),
    ("不要在滨海新区的南港，做物流", {"avoid_districts": ["teda-nangang"]}),
    # Wishes and conditions.
    ("物流，最好在滨海新区", {"prefer_districts": ["binhai"]}),
    ("物流，优先东丽区", {"prefer_districts": ["dongli"]}),
    ("物流，东丽区优先", {"prefer_districts": ["dongli"]}),
    ("物流，必须在东丽区", {"districts": ["dongli"]}),
    ("物流，只能在滨海新区", {"districts": ["binhai"]}),
    ("物流，一定要在滨海新区，最好国家级", {"districts": ["binhai"], "prefer_levels": ["national"]}),
    ("物流，国家级优先", {"prefer_levels": ["national"]}),
    ("物流，必须国家级", {"levels": ["national"]}),
    ("物流，最好离机场30公里以内", {"emphasis": ["airport"]}),
    ("物流，最好离东疆30公里以内", {"near": [("dongjiang", None)]}),
    ("物流，最好不要在滨海新区", {"avoid_districts": ["binhai"]}),
    ("logistics, preferably in Dongli", {"prefer_districts": ["dongli"]}),
    ("logistics, must be in Dongli, preferably national level",
     {"districts": ["dongli"], "prefer_levels": ["national"]}),
    # A word that is a zone and any zone of the sort.
    ("物流，国家级经开区", {"levels": ["national"]}),
    ("物流，在经开区", {"districts": ["teda"]}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "fields"), READ, ids=[sentence for sentence, _ in READ])
def test_a_place_is_read(dictionary: Dictionary, sentence: str, fields: dict[str, Any]) -> None:
    found = filled(read_sentence(sentence, dictionary).fields)
    assert found.pop("industries")[:1] == ["modern-logistics"]
    assert found == fields


@pytest.mark.parametrize(
    ("sentence", "text", "reason"),
    [
        ("物流，远离天津站", "天津站", "没有说离天津站多少公里"),
        ("物流，离大港10公里", "大港10公里", "大港片区没有可以量距离的边界"),
        ("物流，港口远不远都行", "港口", "说了不作要求（港口）"),
        ("智能装备，最好在东丽，不行滨海也可以", "滨海", "滨海新区是退一步的选择，不作条件"),
        ("物流，离八里台5公里", "5公里", "没有认出是到哪里的距离"),
    ],
)
def test_what_is_not_used_says_why(dictionary: Dictionary, sentence: str, text: str, reason: str) -> None:
    reading = read_sentence(sentence, dictionary)
    assert (text, reason) in [(part.text, part.zh) for part in reading.not_understood]


DISTRICTS = {
    "东丽": "dongli", "西青": "xiqing", "津南": "jinnan", "北辰": "beichen", "武清": "wuqing", "宝坻": "baodi",
    "宁河": "ninghe", "静海": "jinghai", "蓟州": "jizhou", "和平": "heping", "河东": "hedong", "河西": "hexi",
    "南开": "nankai", "河北": "hebei", "红桥": "hongqiao", "滨海": "binhai",
}  # fmt: skip


@pytest.mark.parametrize(("word", "zone"), DISTRICTS.items())
def test_every_district_is_known(dictionary: Dictionary, word: str, zone: str) -> None:
    assert read_sentence(f"在{word}做物流", dictionary).fields.districts == (zone,)
    assert read_sentence(f"不要{word}，做物流", dictionary).fields.avoid_districts == (zone,)
